"""What an alternative is called: the corridor whose gates it passes, else the border or passage that marks it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.geo import great_circle_km
from landbridge.network import KINDS, MODES
from landbridge.routing.gates import TABLE_OF, Branch, Gate, branches
from landbridge.routing.thresholds import Thresholds, thresholds

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.routing.answer import Itinerary, Leg
    from landbridge.routing.plan import Plan
    from landbridge.world import World

MARKS = ("canal", "route")
WORDS = {
    "rail": "rail", "Rail": "rail", "railway": "rail", "train": "rail", "road": "road", "sea": "sea",
    "Maritime": "sea", "ferry": "sea", "waterway": "river", "canal": "river",
}  # fmt: skip
"""Words in the names of corridors that promise a mode."""
SHIPS = ("sea", "river")
DEGREES_OF_A_KM = 0.01
"""No less than the latitude that a kilometre spans."""
NAMED_FROM = 4
"""Shorter parts of an id are codes of areas and modes, no names."""


def corridor_label(the_plan: Plan, arcs: NDArray[np.int64], reason: str) -> str | None:
    """The name of the branch that the path follows, or None; `reason` is the branch it was looked for, if any."""
    network, limits = the_plan.network, thresholds(the_plan.world.facts)
    numbers = np.unique(network.ref[arcs])
    refs = {network.refs[int(number)] for number in numbers if number >= 0}
    nodes = np.concatenate([network.tail[arcs], network.head[arcs[-1:]]])
    terminals = {network.terminals[int(number)].id for number in np.unique(network.node_terminal[nodes]) if number >= 0}
    modes = _main_modes(the_plan, arcs, limits)
    passed = refs | {("terminal", terminal) for terminal in terminals}
    near: dict[tuple[float, float], NDArray[np.intp]] = {}

    def by(place: tuple[float, float]) -> NDArray[np.intp]:
        if place not in near:
            near[place] = _near(place, network.lat[nodes], network.lon[nodes], limits.passed_km)
        return near[place]

    best: tuple[float, int, str] | None = None
    for one in _told_branches(the_plan.world):
        hard = sum(key in passed for key in one.hard)
        # A path that passes no gate but places, which take long to look for, bears no name.
        if hard == 0 or (hard + len(one.places)) / one.gates < limits.named_gates_share:
            continue
        if not (one.modes <= modes and one.named <= passed):
            continue
        share = (hard + sum(by(place).size > 0 for place in one.places)) / one.gates
        if share < limits.named_gates_share or not _its_own(
            the_plan, arcs, nodes, one, [by(each) for each in one.places]
        ):
            continue
        if one.id == reason:
            return one.name
        score = (share, hard, one.name)
        if best is None or score[:2] > best[:2]:
            best = score
    return None if best is None else best[2]


def _its_own(
    the_plan: Plan,
    arcs: NDArray[np.int64],
    nodes: NDArray[np.int32],
    one: _Told,
    near: Sequence[NDArray[np.intp]],
) -> bool:
    """Whether a path is that of a branch: a good part of it lies between its gates, and no foreign area there.

    Parameters
    ----------
    nodes
        The nodes of the path, one more than its arcs.
    near
        Positions of the nodes that lie near each place of the branch.
    """
    network, world = the_plan.network, the_plan.world
    rows = {key for kind, key in one.hard if kind != "terminal"}
    terminals = {key for kind, key in one.hard if kind == "terminal"}
    refs, stands = network.ref[arcs], network.node_terminal[nodes]
    own = [number for number in np.unique(refs).tolist() if number >= 0 and network.refs[number][1] in rows]
    at = [number for number in np.unique(stands).tolist() if number >= 0 and network.terminals[number].id in terminals]
    spots = [np.flatnonzero(np.isin(refs, own)), np.flatnonzero(np.isin(stands, at)), *near]
    positions = np.concatenate(spots)
    first, last = int(positions.min()), int(positions.max())
    km = network.km[arcs].astype(np.float64)
    if float(km[first : last + 1].sum()) < thresholds(world.facts).corridor_km_share * float(km.sum()):
        return False
    areas = {network.areas[number] for number in np.unique(network.node_area[nodes[first : last + 1]]) if number >= 0}
    return not one.areas or all(_belongs(world, area, one.areas) for area in areas)


@lru_cache(maxsize=4096)
def _belongs(world: World, area: str, some: frozenset[str]) -> bool:
    """Whether an area is one of some, or joined to one of them without any check of goods."""
    from landbridge.world import border_effects

    return area in some or any(border_effects(world, area, other, "road").no_border_check for other in sorted(some))


@dataclass(frozen=True, slots=True)
class _Told:
    """What a path must pass to bear the name of a branch.

    `hard` are its posts, ports, passages and ferries, `places` the positions of its places, `gates` how many it has;
    `modes` and `named` are the modes and gates that the name itself speaks of; `areas` are those it runs through.
    """

    id: str
    name: str
    gates: int
    hard: tuple[tuple[str, str], ...]
    places: tuple[tuple[float, float], ...]
    modes: frozenset[str]
    named: frozenset[tuple[str, str]]
    areas: frozenset[str]


@lru_cache(maxsize=32)
def _told_branches(world: World) -> tuple[_Told, ...]:
    """The branches of all named corridors of the day with what their names promise."""
    return tuple(_told_branch(branch) for branch in branches(world))


def _told_branch(branch: Branch) -> _Told:
    words = set(re.findall(r"\w+", branch.name))
    folded = {word.casefold() for word in words}

    def key(gate: Gate) -> tuple[str, str]:
        return ("terminal", gate.id) if gate.kind == "port" else (TABLE_OF.get(gate.kind, gate.kind), gate.id)

    def in_name(gate: Gate) -> bool:
        return bool(folded & {part.casefold() for part in re.split(r"[-_]", gate.id) if len(part) >= NAMED_FROM})

    hard = [gate for gate in branch.gates if gate.kind != "place"]
    return _Told(
        id=branch.id,
        name=branch.name,
        gates=len(branch.gates),
        hard=tuple(key(gate) for gate in hard),
        places=tuple((one.lat, one.lon) for one in branch.gates
                     if one.kind == "place" and one.lat is not None and one.lon is not None),
        modes=frozenset(WORDS[word] for word in words & WORDS.keys()),
        named=frozenset(key(gate) for gate in hard if in_name(gate)),
        areas=branch.areas,
    )  # fmt: skip


def _near(
    place: tuple[float, float], lat: NDArray[np.float32], lon: NDArray[np.float32], near_km: float
) -> NDArray[np.intp]:
    """The position at which a path comes nearest to a place, if it comes near it."""
    some = np.flatnonzero(np.abs(lat - place[0]) <= DEGREES_OF_A_KM * near_km)
    km = np.asarray(great_circle_km(*place, lat[some], lon[some]))
    return np.asarray(some[km == km.min(initial=near_km)][:1])


def _main_modes(the_plan: Plan, arcs: NDArray[np.int64], limits: Thresholds) -> set[str]:
    """The modes that make a good part of a path; ferries count as ships whatever they carry."""
    network = the_plan.network
    km = network.km[arcs].astype(np.float64)
    modes = np.where(network.kind[arcs] == KINDS.index("ferry"), MODES.index("sea"), network.mode[arcs])
    least = limits.told_mode_share * float(km.sum())
    return {MODES[number] for number in np.unique(modes).tolist() if float(km[modes == number].sum()) >= least}


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

    return [mode for mode in sorted(km, key=lambda mode: -km[mode]) if km[mode] > 0.0 and counts(mode)]


def plain_label(legs: tuple[Leg, ...], facts: Facts) -> str:
    """A name from the modes and the borders or passages that mark the route; canals and capes before straits."""
    km: dict[str, float] = {}
    for leg in legs:
        if leg.kind in {"move", "passage"}:
            km[leg.mode] = km.get(leg.mode, 0.0) + leg.km
    limits = thresholds(facts)
    main = told(km, {leg.mode for leg in legs if leg.kind == "crossing"} | _between_ships(legs, limits), limits)
    modes = (" and ".join([part for part in (", ".join(main[:-1]), *main[-1:]) if part])).capitalize() or "Direct"
    rows = [facts.table("passages").by_id.get(leg.ref[1]) for leg in legs if leg.kind == "passage" and leg.ref]
    known = [row for row in rows if row is not None]
    passages = [row["name"] for row in known if row["kind"] in MARKS] or [row["name"] for row in known]
    transit = [facts.table("areas").by_id[area]["name"] for area in _transit_areas(legs)]
    at_sea = main[:1] == ["sea"]
    marks = list(dict.fromkeys(passages if at_sea and passages else transit or passages))[:2]
    return f"{modes} via {' and '.join(marks)}" if marks else modes


def _between_ships(legs: Sequence[Leg], limits: Thresholds) -> set[str]:
    """The modes by which the cargo gets from one ship to the next."""
    moves = [leg for leg in legs if leg.kind == "move" and leg.km > limits.turn_km]
    afloat = [number for number, leg in enumerate(moves) if leg.mode in SHIPS]
    return {leg.mode for leg in moves[afloat[0] : afloat[-1]]} if afloat else set()


def _transit_areas(legs: tuple[Leg, ...]) -> list[str]:
    km: dict[str, float] = {}
    for leg in legs:
        if leg.kind == "move" and leg.areas:
            km[leg.areas[-1]] = km.get(leg.areas[-1], 0.0) + leg.km
    inner = [leg.areas[-1] for leg in legs if leg.areas]
    ends = {inner[0], inner[-1]} if inner else set()
    return [area for area, _ in sorted(km.items(), key=lambda item: -item[1]) if area not in ends]


def told_apart(routes: Sequence[Itinerary]) -> tuple[Itinerary, ...]:
    """The routes, those of one name told apart by the first post, port or passage that the others do not pass."""
    found = []
    for route in routes:
        others = [_spots(other) for other in routes if other is not route and other.label == route.label]
        own = [name for spot, name in _spots(route).items() if all(spot not in other for other in others)]
        found.append(replace(route, label=f"{route.label}, by {own[0]}") if others and own else route)
    return tuple(found)


def _spots(route: Itinerary) -> dict[tuple[str, str], str]:
    """What a route passes that has a row, and its name: posts first, then passages and ports."""
    order = {"crossing": 0, "passage": 1, "transfer": 2}
    legs = [leg for leg in route.legs if leg.ref is not None and leg.kind in order]
    return {leg.ref: leg.start for leg in sorted(legs, key=lambda leg: order[leg.kind]) if leg.ref is not None}
