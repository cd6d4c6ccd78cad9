"""What an alternative is called that follows no named corridor: the border or passage that marks it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from landbridge.routing.thresholds import Thresholds, thresholds
from landbridge.routing.unnamed import is_position

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.routing.answer import Itinerary, Leg

MARKS = ("canal", "route")
SHIPS = ("sea", "river")
MOST_MARKS = 2
"""How many areas or passages a name tells."""


def told(km: Mapping[str, float], over: Collection[str], limits: Thresholds) -> list[str]:
    """The modes worth telling, the longest first: a good part of the way, a long part, or what the way hangs on.

    Parameters
    ----------
    km
        Kilometres by mode.
    over
        Modes by which a border is crossed or the land between two ships.
    """
    total = sum(km.values())

    def counts(mode: str) -> bool:
        least = limits.told_ship_km if mode in SHIPS else limits.told_km
        return mode in over or km[mode] >= min(least, limits.told_mode_share * total)

    return [
        mode for mode in sorted(km, key=lambda mode: -km[mode]) if (km[mode] > 0.0 or mode in over) and counts(mode)
    ]


def plain_label(legs: tuple[Leg, ...], facts: Facts) -> str:
    """A name from the modes and the borders or passages that mark the route; canals and capes before straits."""
    km: dict[str, float] = {}
    for leg in legs:
        if leg.kind in {"move", "passage", "crossing"}:  # a way may take the train over the border alone
            km[leg.mode] = km.get(leg.mode, 0.0) + leg.km
    limits = thresholds(facts)
    main = told(km, {leg.mode for leg in legs if leg.kind == "crossing"} | _between_ships(legs, limits), limits)
    modes = (" and ".join([part for part in (", ".join(main[:-1]), *main[-1:]) if part])).capitalize() or "Direct"
    rows = [facts.table("passages").by_id.get(leg.ref[1]) for leg in legs if leg.kind == "passage" and leg.ref]
    known = [row for row in rows if row is not None]
    passages = [row["name"] for row in known if row["kind"] in MARKS] or [row["name"] for row in known]
    transit = [facts.table("areas").by_id[area]["name"] for area in _transit_areas(legs)]
    at_sea = main[:1] == ["sea"]
    marks = list(dict.fromkeys(passages if at_sea and passages else transit or passages))[:MOST_MARKS]
    return f"{modes} via {' and '.join(marks)}" if marks else modes


def _between_ships(legs: Sequence[Leg], limits: Thresholds) -> set[str]:
    """The modes by which the cargo gets from one ship to the next."""
    moves = [leg for leg in legs if leg.kind == "move" and leg.km > limits.turn_km]
    afloat = [number for number, leg in enumerate(moves) if leg.mode in SHIPS]
    return {leg.mode for leg in moves[afloat[0] : afloat[-1]]} if afloat else set()


def _transit_areas(legs: tuple[Leg, ...]) -> list[str]:
    """The areas on the way that most of it lies in, in the order in which it comes to them."""
    km: dict[str, float] = {}
    for leg in legs:
        if leg.kind == "move" and leg.areas:
            km[leg.areas[-1]] = km.get(leg.areas[-1], 0.0) + leg.km
    inner = [leg.areas[-1] for leg in legs if leg.areas]
    ends = {inner[0], inner[-1]} if inner else set()
    longest = [area for area, _ in sorted(km.items(), key=lambda item: -item[1]) if area not in ends][:MOST_MARKS]
    return [area for area in km if area in longest]


def told_apart(routes: Sequence[Itinerary], beside: Sequence[Itinerary] = ()) -> tuple[Itinerary, ...]:
    """The routes, those of one name told apart by the first post, passage, port or change of mode of their own.

    Where no single one is a way's own, two together may be, else what some of the others do not pass. Where nothing
    they pass tells them apart, a mode that only one takes does, at last the length.

    Parameters
    ----------
    beside
        Ways told already in the same answer, by their names before they were told apart: these differ from them too.
    """
    taken = {one.label for one in told_apart(beside)} if beside else set[str]()
    every = [(one.label, _spots(one), one.modes) for one in (*beside, *routes)]
    found: list[Itinerary] = []
    for number, route in enumerate(routes, len(beside)):
        others = [one for i, one in enumerate(every) if i != number and one[0] == route.label]
        spots = every[number][1]
        names = [name for spot, name in spots.items() if all(spot not in some for _, some, _ in others)]
        names += [
            f"{spots[one]} and {spots[other]}"
            for one, other in combinations(spots, 2)
            if not names and all(one not in some or other not in some for _, some, _ in others)
        ]
        names += [name for spot, name in spots.items() if any(spot not in some for _, some, _ in others)]
        modes = [mode for mode in route.modes if all(mode not in some for _, _, some in others)]
        own = [*(f", by {name}" for name in names), "", *(f", with {mode}" for mode in modes), f", {route.km:,.0f} km"]
        told = own if others else [""]
        label = next((name for end in told if (name := route.label + end) not in taken), route.label + told[-1])
        taken.add(label)
        found.append(replace(route, label=label))
    return tuple(found)


def _spots(route: Itinerary) -> dict[tuple[str, str], str]:
    """What a route passes, and its name: posts first, then passages and ports, at last where it changes mode."""
    order = {"crossing": 0, "passage": 1, "transfer": 2}
    legs = [leg for leg in route.legs if leg.ref is not None and leg.kind in order]
    found = {leg.ref: leg.start for leg in sorted(legs, key=lambda leg: order[leg.kind]) if leg.ref is not None}
    ends = {route.legs[0].start, route.legs[-1].end} if route.legs else set()
    for leg in route.legs:
        if leg.kind == "transfer" and leg.ref is None and leg.start not in ends and not is_position(leg.start):
            found.setdefault(("", leg.start), leg.start)
    return found
