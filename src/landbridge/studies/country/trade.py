"""With whom an area trades, as observed: partners and groups of goods in the last known year before the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from landbridge.politics.votes import last_seen
from landbridge.studies.country.rows import Evidences, Told

if TYPE_CHECKING:
    from landbridge.facts import Facts, Row
    from landbridge.world import World


@dataclass(frozen=True, slots=True)
class Partner(Told):
    """One of the main partners.

    Attributes
    ----------
    exports_musd, imports_musd
        Goods sold to it and bought from it [million current USD].
    share, exports_share, imports_share
        Of all trade, of all exports, of all imports of the area.
    box_share
        Share of what boxes may carry: each group of goods counts by the share of its tonnes that goes in boxes.
    main_group
        The group of goods with the most trade between the two.
    """

    area: str
    exports_musd: float
    imports_musd: float
    share: float
    exports_share: float | None
    imports_share: float | None
    box_share: float | None
    main_group: str
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Group(Told):
    """Trade in one group of goods: its share of all trade, and the listed partner with the most of it."""

    group: str
    description: str
    exports_musd: float
    imports_musd: float
    share: float
    main_partner: str | None
    main_partner_share: float | None
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Trade(Told):
    """Trade of an area in a year.

    Attributes
    ----------
    ahead
        Whether the year is not over on the day: no earlier one is in the table.
    listed_share
        Of all trade, what the partners here make together.
    left_out
        Groups of goods whose share in boxes is not known: they weigh on no route.
    """

    year: int
    ahead: bool
    exports_musd: float
    imports_musd: float
    listed_share: float
    partners: tuple[Partner, ...]
    groups: tuple[Group, ...]
    left_out: tuple[str, ...]
    evidence: Evidences


def trade_years(world: World, area: str) -> tuple[int, ...]:
    """The years of which trade of an area is known, the first first.

    Examples
    --------
    >>> from landbridge.world import World
    >>> trade_years(World.at("2022-05-16"), "ARM")
    (2015, 2016, 2017, 2018, 2019, 2020)
    """
    return tuple(sorted({row["year"] for row in world.facts.table("area_trade").where(area=area)}))


def trade(world: World, area: str, last: int | None = None) -> Trade | None:
    """Trade of an area in the last year that was over on the day; the first known year before that; None if unknown.

    `last` is the last year to look at, where it is another than that.

    Examples
    --------
    >>> from landbridge.world import World
    >>> told = trade(World.at("2022-05-16"), "ARM")
    >>> told.year, told.partners[0].area, round(told.partners[0].share, 2)
    (2020, 'RUS', 0.35)
    >>> trade(World.at("2022-05-16"), "X_ABK") is None
    True
    """
    rows = world.facts.table("area_trade").where(area=area)
    if not rows:
        return None
    years = trade_years(world, area)
    known = [year for year in years if year <= (last_seen(world) if last is None else last)]
    year = max(known) if known else years[0]
    some = {row["partner"]: row for row in rows if row["year"] == year}
    whole = some.pop(None)
    total = whole["exports_musd"] + whole["imports_musd"]
    if total <= 0:
        return None
    boxes = _box_shares(world.facts)
    in_boxes = _boxed(whole, boxes)
    ordered = sorted(some.values(), key=lambda row: (-row["exports_musd"] - row["imports_musd"], row["partner"]))
    partners = tuple(_partner(row, whole, total, in_boxes, boxes) for row in ordered)
    return Trade(
        year=year,
        ahead=not known,
        exports_musd=whole["exports_musd"],
        imports_musd=whole["imports_musd"],
        listed_share=sum(one.share for one in partners),
        partners=partners,
        groups=_groups(world.facts, whole, ordered, total),
        left_out=tuple(group for group, share in boxes if share is None),
        evidence=(("area_trade", whole["id"]),),
    )


def _box_shares(facts: Facts) -> list[tuple[str, float | None]]:
    """Each group of goods in the order of the lists, with the share of its tonnes that goes in boxes."""
    rows = sorted(facts.table("trade_groups").rows, key=lambda row: row["place"])
    return [(row["id"], row["box_share"]) for row in rows]


def _by_group(row: Row) -> list[float]:
    sold, bought = row["exports_by_group_musd"], row["imports_by_group_musd"]
    return [float(one) + float(other) for one, other in zip(sold, bought, strict=True)]


def _boxed(row: Row, boxes: list[tuple[str, float | None]]) -> float:
    return sum(value * (share or 0.0) for value, (_, share) in zip(_by_group(row), boxes, strict=True))


def _partner(row: Row, whole: Row, total: float, in_boxes: float, boxes: list[tuple[str, float | None]]) -> Partner:
    amounts = _by_group(row)
    sold, bought = row["exports_musd"], row["imports_musd"]
    return Partner(
        area=row["partner"],
        exports_musd=sold,
        imports_musd=bought,
        share=(sold + bought) / total,
        exports_share=sold / whole["exports_musd"] if whole["exports_musd"] else None,
        imports_share=bought / whole["imports_musd"] if whole["imports_musd"] else None,
        box_share=_boxed(row, boxes) / in_boxes if in_boxes else None,
        main_group=boxes[amounts.index(max(amounts))][0],
        evidence=(("area_trade", row["id"]), ("area_trade", whole["id"])),
    )


def _groups(facts: Facts, whole: Row, rows: list[Row], total: float) -> tuple[Group, ...]:
    sums = _by_group(whole)
    found = []
    for at, (group, _) in enumerate(_box_shares(facts)):
        if sums[at] <= 0:
            continue
        best = max(rows, key=lambda row: (_by_group(row)[at], row["partner"]), default=None)
        amount = 0.0 if best is None else _by_group(best)[at]
        known = best is not None and amount > 0
        found.append(
            Group(
                group=group,
                description=facts.row("trade_groups", group)["description"],
                exports_musd=float(whole["exports_by_group_musd"][at]),
                imports_musd=float(whole["imports_by_group_musd"][at]),
                share=sums[at] / total,
                main_partner=best["partner"] if known and best is not None else None,
                main_partner_share=amount / sums[at] if known else None,
                evidence=(("area_trade", whole["id"]), *((("area_trade", best["id"]),) if known and best else ())),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.share, one.group)))
