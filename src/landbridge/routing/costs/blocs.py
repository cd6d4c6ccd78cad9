"""What joining, leaving and agreements change at a border: customs time, transit papers, permits, drivers' visas.

Rates and waits of the facts were measured with the blocs of their day in force. A scenario that changes a bloc is
therefore priced by the difference alone, and each piece stands on the row of `bloc_effects` that came or went.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from landbridge.routing.costs.parts import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from landbridge.routing.costs.moves import Trip
    from landbridge.routing.costs.values import Value
    from landbridge.routing.costs.waits import Border
    from landbridge.world import Formality, Rules, World

PUT_UP: Final = "customs control put up"
DONE_AWAY: Final = "customs control done away with"
CUSTOMS: Final = "customs time"
GOODS: Final = "status of the goods"
PAPERS: Final = "other transit papers"
CHANGES: Final = frozenset({PUT_UP, DONE_AWAY, CUSTOMS, GOODS, PAPERS, "permit", "visa"})
"""Factors of the pieces that scenarios add or take by changing a bloc."""
WAITS: Final = frozenset({"border wait", "through train", "bloc", PUT_UP, DONE_AWAY, CUSTOMS})
"""Factors of the pieces that the usual wait at a border is made of."""
FORMAL: Final = WAITS | {"persons control", "border fees", "transit papers"}
"""Factors of all that a control takes."""


def bloc_changed(
    world: World,
    rules: Rules,
    trip: Trip,
    border: Border,
    effects: tuple[Any, Any],
    costs: tuple[Sequence[Part], Sequence[Part]],
) -> list[Part]:
    """The pieces that a changed bloc adds to those of a border, or takes from them.

    Parameters
    ----------
    border
        `new` where the change has put up a control or done away with one.
    effects
        What blocs do at this border by the facts, and in the world.
    costs
        What the border costs otherwise, and for a `new` one what it costs by the facts.
    """
    usual, now = effects
    parts, before = costs
    own = rules.formalities.get((border.start, border.goal), ())
    more = _controls(border, _row(world, usual, now, "no_border_check"), parts, before) if border.new else []
    if border.checked:
        hours = sum(part.hours for part in (*parts, *more) if part.factor in WAITS)
        more += _goods(trip, border.mode, now, own, hours)
        if not border.new:
            more += _papers(world, trip, border.mode, effects, own, parts)
    if border.mode == "road":
        more += _of_lorries(trip, own, sum(part.usd for part in (*parts, *more)))
    return more


def _controls(border: Border, row: tuple[str, str], parts: Sequence[Part], before: Sequence[Part]) -> list[Part]:
    """A control that is put up or done away with: its hours stand on the rule of the pair, this names the reason.

    Where the rule says less than was measured with the control away, or more than with it, the measured holds.
    """
    was, now = (
        [sum(getattr(part, name) for part in some if part.factor in FORMAL) for name in ("hours", "usd")]
        for some in (before, parts)
    )
    least = max if border.checked else min
    hours, usd = (least(old, new) - new for old, new in zip(was, now, strict=True))
    return [Part(PUT_UP if border.checked else DONE_AWAY, *row, "D", hours=hours, usd=usd)]


def measured_change(world: World, customs: Value, effects: tuple[Any, Any], measured: float) -> list[Part]:
    """What the usual blocs save of hours that were measured is put back, what the present ones save is taken off.

    Parameters
    ----------
    customs
        Share of the hours at a border that is customs.
    measured
        Hours measured at the post [h].
    """
    usual, now = effects
    if measured <= 0.0:
        return []
    kept = [1.0 - customs.value * one.customs_share_saved for one in effects]
    hours = max((measured + usual.hours_saved) / kept[0] * kept[1] - now.hours_saved, 0.0)
    if hours == measured:
        return []
    return [Part(CUSTOMS, *_row(world, usual, now, "shorter_border_h"), "D", hours=hours - measured)]


def _row(world: World, usual: Any, now: Any, kind: str) -> tuple[str, str]:
    """The row of a kind that came or went; the event where none did."""
    changed = {key for what, key in usual.rows if what == kind} ^ {key for what, key in now.rows if what == kind}
    if changed:
        return ("bloc_effects", min(changed))
    event = next(one for key, one in sorted(world.effects.items()) if key[0] in ("member", "agreement"))
    return event.evidence[0]


def _union_goods(own: Sequence[Formality]) -> Formality | None:
    return next((one for one in own if one.what == "union goods"), None)


def _goods(trip: Trip, mode: str, now: Any, own: Sequence[Formality], hours: float) -> list[Part]:
    """Customs time for goods that come back into their own customs territory, and for those that no longer do."""
    found = _union_goods(own)
    if found is None or hours <= 0.0:
        return []
    customs, spared = (trip.book.get(name, mode=mode) for name in ("customs_share", "union_goods_share"))

    def change(spares: float) -> float:
        kept = [
            1.0 - customs.value * max(float(now.customs_share_saved), share * spares)
            for share in (found.before, found.after)
        ]
        return kept[1] / kept[0] - 1.0

    central = change(spared.value)
    if central == 0.0:
        return []
    ends = sorted(change(spared.value * ratio) / central for ratio in (spared.low, spared.high))
    table, row = found.evidence[0] if found.evidence else spared.row
    return [
        Part(GOODS, table, row, "D", hours=central * hours, low=min(ends[0], 1.0), high=max(ends[1], 1.0)),
        Part(GOODS, *spared.row, spared.grade),
    ]


def _papers(
    world: World, trip: Trip, mode: str, effects: tuple[Any, Any], own: Sequence[Formality], parts: Sequence[Part]
) -> list[Part]:
    """Money for other transit papers than those with which the rule of an outer border was judged."""
    usual, now = effects
    found = _union_goods(own)
    shares = [_cheapest(trip, mode, one.transit_documents) for one in effects]
    if found is not None:
        # Goods that come back into their own customs territory need less than others.
        less = trip.book.get("papers_share", mode=mode, product="union goods")
        are = (found.before, found.after)
        shares = [min(one, less, key=_central) if some else one for one, some in zip(shares, are, strict=True)]
    usd = sum(part.usd for part in parts if part.factor == "transit papers")
    change = usd * (shares[1].value / shares[0].value - 1.0)
    if change == 0.0:
        return []
    row = _row(world, usual, now, "transit_document")
    if found is not None and found.evidence and usual.transit_documents == now.transit_documents:
        row = found.evidence[0]
    return [Part(PAPERS, *row, "D", usd=change), *(Part(PAPERS, *one.row, one.grade) for one in shares)]


def _cheapest(trip: Trip, mode: str, papers: Sequence[str]) -> Value:
    """The share of the price of own papers of each state at the cheapest of the papers that both sides take."""
    return min((trip.book.get("papers_share", mode=mode, product=one) for one in ("", *papers)), key=_central)


def _central(one: Value) -> float:
    return one.value


def _of_lorries(trip: Trip, own: Sequence[Formality], usd: float) -> list[Part]:
    """Permits of the lorries and visas of their drivers; what is saved is never more than the border costs."""
    parts = []
    left = usd
    for one in own:
        if one.what == "union goods":
            continue
        price = trip.book.get(f"{one.what}_usd", mode="road")
        change = max((one.after - one.before) * price.value * trip.load.lorries, -left)
        left += change
        table, row = one.evidence[0] if one.evidence else price.row
        parts += [
            Part(one.what, table, row, "D", usd=change, low=price.low, high=price.high),
            Part(one.what, *price.row, price.grade),
        ]
    return parts
