"""What scenarios change at borders for the goods and the lorries of one trip, by joining, leaving and agreements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from landbridge.world.borders import border_effects
from landbridge.world.membership import blocs_changed
from landbridge.world.types import Evidences

if TYPE_CHECKING:
    from landbridge.world.borders import BorderEffect
    from landbridge.world.trip import Trip
    from landbridge.world.world import World

What = Literal["union goods", "permit", "visa"]
KIND_OF: Final[Mapping[What, str]] = {
    "union goods": "no_border_check",
    "permit": "permit_free",
    "visa": "visa_free_driver",
}
"""The kind of rows of `bloc_effects` on which each formality hangs."""
BOTH_SIDES: Final = 0.5
"""Without a carrier, half of the lorries belong to each end of the trip."""


@dataclass(frozen=True, slots=True)
class Formality:
    """One formality at one border that the scenarios change.

    `union goods` are goods that come back into the customs territory of their destination from outside; `permit` and
    `visa` are those that a lorry and its driver need. `before` and `after` are the shares of the shipment, or of the
    lorries, that are such goods or need such papers, by the facts and in the world; `evidence` are the rows of
    `bloc_effects` that came or went.
    """

    what: What
    before: float
    after: float
    evidence: Evidences


def formalities(world: World, trip: Trip) -> Mapping[tuple[str, str], tuple[Formality, ...]]:
    """By border (area left, area entered) the formalities that the scenarios of a world change for a trip.

    Examples
    --------
    >>> from landbridge.world import Trip, World, parse_scenario
    >>> out = parse_scenario("{name: out, events: [{kind: leave, bloc: eaeu, areas: ARM}]}")
    >>> found = formalities(World.at("2025-06-01").apply(out), Trip("ARM", "RUS"))
    >>> [(one.what, one.before, one.after) for one in found["GEO", "RUS"]]
    [('union goods', 1.0, 0.0), ('permit', 0.5, 1.0)]
    """
    if not blocs_changed(world) or not trip.origin_area or not trip.destination_area:
        return MappingProxyType({})
    base = world.base
    unions = tuple(_union(one, trip.destination_area) for one in (base, world))
    found = {}
    for start, goal in _borders(world):
        some = (*_goods(base, world, trip, unions, start, goal), *_lorries(base, world, trip, start, goal))
        if some:
            found[start, goal] = some
    return MappingProxyType(found)


def _borders(world: World) -> Iterator[tuple[str, str]]:
    """All ordered pairs of areas that lorries can pass between: by crossings and by ferries."""
    rows = (*world.facts.table("crossings").rows, *world.facts.table("ferries").rows)
    pairs = {tuple(sorted((row["area_a"], row["area_b"]))) for row in rows if row["area_a"] != row["area_b"]}
    for one, other in sorted(pairs):
        yield one, other
        yield other, one


def _union(world: World, area: str) -> frozenset[str]:
    """The customs territory of an area: itself, and those between which and it goods pass without customs control."""
    areas = (row["id"] for row in world.facts.table("areas").rows)
    return frozenset((area, *(one for one in areas if border_effects(world, one, area, "road").no_border_check)))


def _came_or_went(kind: str, some: BorderEffect, others: BorderEffect) -> Evidences:
    """The rows of a kind that only one of two effects has."""
    rows = {key for what, key in some.rows if what == kind} ^ {key for what, key in others.rows if what == kind}
    return tuple(("bloc_effects", key) for key in sorted(rows))


def _goods(
    base: World, world: World, trip: Trip, unions: tuple[frozenset[str], ...], start: str, goal: str
) -> Iterator[Formality]:
    before, after = (float(goal in union and start not in union and trip.origin_area in union) for union in unions)
    if before != after:
        ends = (trip.origin_area, trip.destination_area, "road")
        rows = _came_or_went(KIND_OF["union goods"], border_effects(base, *ends), border_effects(world, *ends))
        yield Formality("union goods", before, after, rows)


def _lorries(base: World, world: World, trip: Trip, start: str, goal: str) -> Iterator[Formality]:
    """Permits and visas of the lorries: of the carrier's state, or half of them of each end of the trip."""
    homes = _homes(trip, start, goal)
    effects = [tuple(border_effects(one, home, area, "road") for one in (base, world)) for home, area, _ in homes]
    for what, field in (("permit", "permit_free"), ("visa", "visa_free")):
        before, after = (
            sum(weight for (_, _, weight), pair in zip(homes, effects, strict=True) if not getattr(pair[i], field))
            for i in (0, 1)
        )
        if before != after:
            rows = {row for was, now in effects for row in _came_or_went(KIND_OF[what], was, now)}  # type: ignore[index]
            yield Formality(what, before, after, tuple(sorted(rows)))  # type: ignore[arg-type]


def _homes(trip: Trip, start: str, goal: str) -> list[tuple[str, str, float]]:
    """Home of a lorry, the foreign area for which it needs papers at this border, share of the lorries.

    One from the destination was in the area that is left already, empty on its way to the goods. Carriers of third
    states need permits whatever binds the two ends.
    """
    ends = (trip.origin_area, trip.destination_area)
    if trip.carrier_area is not None and trip.carrier_area not in ends:
        return []
    found = []
    weight = BOTH_SIDES if trip.carrier_area is None else 1.0
    for home, area in zip(ends, (goal, start), strict=True):
        if trip.carrier_area in (None, home) and area != home:
            found.append((home, area, weight))
    return found
