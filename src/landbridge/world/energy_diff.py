"""What differs between two worlds in gas and oil: points, plants, straits, fields, stores, demand, swaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from landbridge.errors import DateError
from landbridge.world.fuels import COMMODITIES
from landbridge.world.lng import lng_import_states, lng_states
from landbridge.world.pipe_facts import TABLE, Commodity
from landbridge.world.pipes import PipeStates, demand_factors, pipe_states, production_factors, storage_factors
from landbridge.world.swaps import SwapRule, swaps_on

if TYPE_CHECKING:
    from landbridge.world.world import World

UNIT: Final = {"gas": "mcm/d", "oil": "kb/d"}
TOPICS: Final = frozenset(("pipe", "production", "storage", "use", "swap"))
Told = tuple[str, str, str, str, str]
"""Kind and id of a subject, its direction, what holds before and after."""


def energy_changes(before: World, after: World) -> Iterator[Told]:
    """What differs in gas and oil; no table is read where nothing can differ.

    Examples
    --------
    >>> from landbridge.world import World
    >>> world = World.at("2023-06-01")
    >>> list(energy_changes(world, world.apply("armenia-georgia-gas-cut")))
    [('gas_point', 'georgia-armenia', 'GEO>ARM', '9.6 mcm/d', '0 mcm/d')]
    """
    if before.day == after.day and _said(before) == _said(after):
        return
    for commodity in COMMODITIES:
        if TABLE[commodity] in before.facts.names:
            yield from _points(before, after, commodity)
    if "gas_points" not in before.facts.names:
        return
    for kind, direction, states in (("lng", "export", lng_states), ("lng", "import", lng_import_states)):
        try:
            old, new = (states(world, [world.day]) for world in (before, after))
        except DateError:
            continue
        for zone in sorted({*old, *new}):
            was, now = (f"{float(found[zone][0]):.0%}" if zone in found else "100%" for found in (old, new))
            if was != now:
                yield kind, zone, direction, was, now
    yield from _factors(before, after)
    yield from _swaps(before, after)


def _said(world: World) -> tuple[object, ...]:
    """What the scenarios of a world change that gas and oil feel."""
    effects = world.effects.items()
    return tuple((key, str(one.value)) for key, one in effects if key[0] in TOPICS or key[1:2] == ("passage",))


def _points(before: World, after: World, commodity: Commodity) -> Iterator[Told]:
    try:
        old, new = (_one_day(pipe_states(world, [world.day], commodity=commodity)) for world in (before, after))
    except DateError:
        return
    for name in sorted({*old, *new}):
        was, now = (found.get(name, ("", "not built"))[1] for found in (old, new))
        if was != now:
            yield f"{commodity}_point", name, (new.get(name) or old[name])[0], was, now


def _one_day(states: PipeStates) -> dict[str, tuple[str, str]]:
    ways = zip(states.from_zones, states.to_zones, strict=True)
    unit = UNIT[states.commodity]
    return {
        name: (f"{tail}>{head}", f"{float(amount):.4g} {unit}")
        for name, (tail, head), amount in zip(states.points, ways, states.capacity[:, 0], strict=True)
    }


def _factors(before: World, after: World) -> Iterator[Told]:
    for fuel in COMMODITIES:
        for kind, factors in (("production", production_factors), ("demand", demand_factors)):
            old, new = ({key: float(one[0]) for key, one in factors(w, [w.day], fuel).items()} for w in (before, after))
            yield from _times(kind, fuel, old, new)
    old, new = ({key: float(one[0]) for key, one in storage_factors(w, [w.day]).items()} for w in (before, after))
    yield from _times("storage", "gas", old, new)


def _times(kind: str, fuel: str, old: dict[str, float], new: dict[str, float]) -> Iterator[Told]:
    for key in sorted({*old, *new}):
        was, now = old.get(key, 1.0), new.get(key, 1.0)
        if was != now:
            yield kind, key, fuel, f"times {was:g}", f"times {now:g}"


def _swaps(before: World, after: World) -> Iterator[Told]:
    old, new = ({one.swap: one for one in swaps_on(world, [world.day])} for world in (before, after))
    for key in sorted({*old, *new}):
        was, now = (_swap_words(found.get(key)) for found in (old, new))
        if was != now:
            rule = new.get(key) or old[key]
            yield "swap", key, f"{'+'.join(rule.in_points)}>{'+'.join(rule.out_points)}", was, now


def _swap_words(rule: SwapRule | None) -> str:
    if rule is None:
        return "none"
    most = "" if rule.cap_mcmd is None else f"; at most {rule.cap_mcmd:.4g} mcm/d"
    return f"{rule.kind}: {rule.out_per_in:g} out of 1 in{most}"
