"""What blocs and conventions do at one border: checks, hours, documents, permits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from landbridge.facts import Row
from landbridge.world.agreements import effects_in_force
from landbridge.world.membership import areas_of, left_by_scenario, members, memo_of_blocs, suspended_pairs
from landbridge.world.types import Evidences

if TYPE_CHECKING:
    from landbridge.world.world import World


@dataclass(frozen=True, slots=True)
class BorderEffect:
    """What passing from one area to another means on paper.

    `no_border_check` is no customs at the border, `no_person_check` no passport control; `hours_saved` [h] and
    `customs_share_saved` (share of customs time) come from treaties; `document` is the consignment note that both
    sides take (CIM, SMGS, the common CIM/SMGS; CMR by road), None where it must be written anew; `documents` are all
    that both take; `transit_documents` are the customs papers for transit that both take, one of which a shipment
    needs. `permit_free` lorries and `visa_free` drivers of the first area need no permit or visa in the second. `rows`
    are (kind of effect, id) of the rows that say so. A text of whose use nothing is known does nothing.
    """

    no_border_check: bool = False
    no_person_check: bool = False
    hours_saved: float = 0.0
    customs_share_saved: float = 0.0
    document: str | None = None
    documents: tuple[str, ...] = ()
    transit_documents: tuple[str, ...] = ()
    permit_free: bool = False
    visa_free: bool = False
    e_permit: bool = False
    no_duty: bool = False
    duty_pct: float | None = None
    fee_usd: float = 0.0
    evidence: Evidences = ()
    rows: Evidences = ()


_CUSTOMS_FREE_UNITS = frozenset(("h customs", "h"))
_NOTES = (("cim", "CIM"), ("smgs", "SMGS"))
_PERMITS = ("permits", "permits bilateral")
"""Units of rows that do away with permits; other rows of the kind give a quota or some routes."""
_NO_TRANSIT_PAPERS = frozenset(("none", "CIM/SMGS", *(name for _, name in _NOTES)))
"""Documents of the table that are consignment notes, or none."""


def effect_rows(world: World, a: str, b: str, mode: str, cargo: str = "all") -> tuple[Row, ...]:
    """Rows of `bloc_effects` that hold between two areas on the day, suspended pairs left out.

    Examples
    --------
    >>> from landbridge.world import World
    >>> [row["id"] for row in effect_rows(World.at("2024-06-01"), "KAZ", "RUS", "rail") if row["kind"] == "no_duty"]
    ['cisfta-no-duty-2012-09-20', 'eaeu-no-duty-2015-01-01']
    """
    pair = frozenset((a, b))
    return tuple(
        row
        for row, first, second in _active(world)
        if ((a in first and b in second) or (b in first and a in second and row["both_ways"]))
        and ("all" in row["mode"] or mode in row["mode"] or (mode == "river" and "inland" in row["mode"]))
        and row["cargo"] in ("all", cargo)
        and not (row["bloc_id"] and pair in suspended_pairs(world, row["bloc_id"]))
    )


def _active(world: World) -> tuple[tuple[Row, frozenset[str], frozenset[str]], ...]:
    """The rows of `bloc_effects` that hold on the day, with the areas from which and to which."""
    memo = memo_of_blocs(world)
    found: tuple[tuple[Row, frozenset[str], frozenset[str]], ...] | None = memo.get(("bloc effects",))
    if found is None:
        used = (row for row in effects_in_force(world) if row["use"] is None)
        found = memo["bloc effects",] = tuple((row, *effect_sides(world, row)) for row in used)
    return found


def effect_sides(world: World, row: Row) -> tuple[frozenset[str], frozenset[str]]:
    """The areas from which and to which a row of `bloc_effects` holds.

    Where it lists members by name, one that leaves by a scenario is in it no more.

    Examples
    --------
    >>> from landbridge.world import World
    >>> world = World.at("2024-06-01")
    >>> there, back = effect_sides(world, world.facts.row("bloc_effects", "cisfta-no-duty-2012-09-20"))
    >>> "KAZ" in there, "CHN" in back
    (True, False)
    """
    gone = left_by_scenario(world, row["bloc_id"]) if row["bloc_id"] else frozenset()
    return areas_of(world, row["from_area_set"]) - gone, areas_of(world, row["to_area_set"]) - gone


def border_effects(world: World, a: str, b: str, mode: str, cargo: str = "all") -> BorderEffect:
    """What blocs and conventions do for goods that go from area `a` to its neighbour `b`.

    Examples
    --------
    >>> from landbridge.world import World
    >>> world = World.at("2024-06-01")
    >>> border_effects(world, "KAZ", "RUS", "rail").no_border_check
    True
    >>> border_effects(world, "CHN", "KAZ", "rail").document
    'SMGS'
    """
    key = ("border", a, b, mode, cargo)
    memo = memo_of_blocs(world)
    known: BorderEffect | None = memo.get(key)
    if known is None:
        known = memo[key] = _border_effects(world, a, b, mode, cargo)
    return known


def _border_effects(world: World, a: str, b: str, mode: str, cargo: str) -> BorderEffect:
    rows = effect_rows(world, a, b, mode, cargo)
    by_kind: dict[str, list[Row]] = {}
    for row in rows:
        by_kind.setdefault(row["kind"], []).append(row)
    checks = by_kind.get("no_border_check", [])
    shorter = by_kind.get("shorter_border_h", [])
    papers = {row["document"] for row in by_kind.get("transit_document", []) if row["document"]}
    document, documents = _consignment_note(world, a, b, mode, papers)
    customs_free = any(row["unit"] in _CUSTOMS_FREE_UNITS for row in checks)
    duties = [row["value"] for row in by_kind.get("duty_pct", []) if row["value"] is not None]
    no_duty = bool(by_kind.get("no_duty"))
    return BorderEffect(
        no_border_check=customs_free,
        no_person_check=any(row["unit"] == "h persons" for row in checks),
        hours_saved=sum(-row["value"] for row in shorter if not row["unit"].startswith("ratio")),
        customs_share_saved=max((-row["value"] for row in shorter if row["unit"].startswith("ratio")), default=0.0),
        document=document,
        documents=documents,
        transit_documents=() if customs_free else tuple(sorted(papers - _NO_TRANSIT_PAPERS)),
        permit_free=any(row["unit"] in _PERMITS for row in by_kind.get("permit_free", [])),
        visa_free=bool(by_kind.get("visa_free_driver")),
        e_permit=bool(by_kind.get("e_permit")),
        no_duty=no_duty,
        duty_pct=None if no_duty or not duties else min(duties),
        fee_usd=sum(row["value"] for row in by_kind.get("fee_usd", []) if row["value"] is not None),
        evidence=tuple(sorted(("bloc_effects", row["id"]) for row in rows)),
        rows=tuple(sorted((row["kind"], row["id"]) for row in rows)),
    )


def _consignment_note(world: World, a: str, b: str, mode: str, papers: set[str]) -> tuple[str | None, tuple[str, ...]]:
    """The consignment note that both sides take, and all that they take."""
    if mode == "road":
        return "CMR", ("CMR",)
    if mode != "rail":
        return None, ()
    both = tuple(name for bloc, name in _NOTES if {a, b} <= members(world, bloc))
    either = "CIM/SMGS" in papers
    documents = (*both, "CIM/SMGS") if either else both
    if len(both) == 1:
        return both[0], documents
    return ("CIM/SMGS" if either else both[0] if both else None), documents
