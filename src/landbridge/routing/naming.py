"""The named corridor that a way follows, by the gates that it passes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.geo import great_circle_km
from landbridge.network import KINDS, MODES
from landbridge.routing.gates import TABLE_OF, Branch, Gate, branches
from landbridge.routing.passing import Places, places_near
from landbridge.routing.thresholds import Thresholds, thresholds

if TYPE_CHECKING:
    from landbridge.network import Network
    from landbridge.routing.plan import Plan
    from landbridge.world import World

WORDS = {
    "rail": "rail", "Rail": "rail", "railway": "rail", "train": "rail", "road": "road", "sea": "sea",
    "Maritime": "sea", "ferry": "sea", "waterway": "river", "canal": "river",
}  # fmt: skip
"""Words in the names of corridors that promise a mode."""
NAMED_FROM = 4
"""Shorter parts of an id are codes of areas and modes, no names."""


def corridor_labels(the_plan: Plan, ways: Sequence[tuple[NDArray[np.int64], str]]) -> list[str | None]:
    """The name of the branch that each of some paths follows, or None.

    Parameters
    ----------
    ways
        The arcs of each path, and the branch that it was looked for, if any.
    """
    if not ways:
        return []
    network, world = the_plan.network, the_plan.world
    limits = thresholds(world.facts)
    signs = _signs(network, world)
    passed = signs.passed(network, [arcs for arcs, _ in ways])
    hards = (passed @ signs.hard).astype(np.int64)
    # A path that passes no gate but places, which take long to look for, bears no name.
    some = (hards > 0) & ((hards + signs.spots) / signs.gates >= limits.named_gates_share)
    some &= (passed @ signs.named).astype(np.int64) == signs.named_most
    return [
        _label(world, _Path(network, arcs, signs.places, limits), reason, signs, own, number, gates)
        for (arcs, reason), own, number, gates in zip(ways, some, hards, passed, strict=True)
    ]


def _label(
    world: World,
    path: _Path,
    reason: str,
    signs: _Signs,
    some: NDArray[np.bool_],
    hards: NDArray[np.int64],
    passed: NDArray[np.float32],
) -> str | None:
    """The name of that of some branches which a path follows, or None.

    Parameters
    ----------
    hards
        How many gates other than places it passes of each branch.
    passed
        Which gates it passes, places left out.
    """
    best: tuple[float, int, str] | None = None
    for number in np.flatnonzero(some).tolist():
        one, hard = signs.branches[number], int(hards[number])
        if not one.told.modes <= path.modes:
            continue
        near = [path.near[place] for place in one.places if place in path.near]
        share = (hard + len(near)) / one.told.gates
        if share < path.limits.named_gates_share or not _its_own(world, path, one, near, passed):
            continue
        if one.told.id == reason:
            return one.told.name
        score = (share, hard, one.told.name)
        if best is None or score[:2] > best[:2]:
            best = score
    return None if best is None else best[2]


class _Path:
    """A path, with what is asked of it for many branches worked out once and when it is needed."""

    def __init__(self, network: Network, arcs: NDArray[np.int64], places: Places, limits: Thresholds) -> None:
        self.network, self.arcs, self.places, self.limits = network, arcs, places, limits

    @cached_property
    def nodes(self) -> NDArray[np.int32]:
        """The nodes that it comes to, in order."""
        return np.concatenate([self.network.tail[self.arcs], self.network.head[self.arcs[-1:]]])

    @cached_property
    def refs(self) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The rows that its arcs belong to, and the positions of those that belong to one."""
        refs = self.network.ref[self.arcs]
        return refs, np.flatnonzero(refs >= 0)

    @cached_property
    def stands(self) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The terminals of its nodes, and the positions of those that have one."""
        stands = self.network.node_terminal[self.nodes]
        return stands, np.flatnonzero(stands >= 0)

    @cached_property
    def km(self) -> NDArray[np.float64]:
        return self.network.km[self.arcs].astype(np.float64)

    @cached_property
    def modes(self) -> set[str]:
        """The modes that make a good part of it; ferries count as ships whatever they carry."""
        modes = _modes(self.network)[self.arcs]
        by_mode = np.bincount(modes, weights=self.km, minlength=len(MODES))
        least = self.limits.told_mode_share * float(self.km.sum())
        return {MODES[number] for number in set(modes.tolist()) if float(by_mode[number]) >= least}

    @cached_property
    def areas(self) -> NDArray[np.int16]:
        return np.asarray(self.network.node_area[self.nodes])

    @cached_property
    def near(self) -> dict[int, int]:
        """Where it comes nearest to each place that it comes near, by the number of the place."""
        return self.places.nearest(self.nodes)


@lru_cache(maxsize=8)
def _modes(network: Network) -> NDArray[np.uint8]:
    """The mode of each arc, that of ships for ferries."""
    return np.where(network.kind == KINDS.index("ferry"), MODES.index("sea"), network.mode).astype(np.uint8)


def _its_own(world: World, path: _Path, one: _Signed, near: Sequence[int], gates: NDArray[np.float32]) -> bool:
    """Whether a path is that of a branch: a good part of it lies between its gates, and no foreign area there.

    Parameters
    ----------
    near
        Positions of the nodes that lie nearest to the places of the branch.
    gates
        Which gates of all branches it passes, places left out.
    """
    passed = [
        some[own[numbers[some]]] for own, (numbers, some) in ((one.own_ref, path.refs), (one.own_terminal, path.stands))
    ]
    ends = [*near, *(int(some[end]) for some in passed if some.size for end in (0, -1))]
    first, last = min(ends), max(ends)
    if float(path.km[first : last + 1].sum()) < path.limits.corridor_km_share * float(path.km.sum()):
        return False
    if not one.told.areas:
        return True
    areas = path.network.areas
    numbers = set(path.areas[first : last + 1].tolist())
    if not all(_belongs(world, areas[number], one.told.areas) for number in numbers if number >= 0):
        return False
    missed = [end for end in one.ends if not gates[end.number]]
    return not any(_left_early(world, path, one, end, first, last) for end in missed)


def _left_early(world: World, path: _Path, one: _Signed, end: _End, first: int, last: int) -> bool:
    """Whether a path leaves a branch long before an end that it does not come to, for an area not its own.

    Parameters
    ----------
    first, last
        Positions of the first and the last node of the path at its gates.
    """
    network = path.network

    def gap_km(node: int) -> float:
        return float(great_circle_km(end.lat, end.lon, float(network.lat[node]), float(network.lon[node])))

    after = gap_km(int(path.nodes[last])) <= gap_km(int(path.nodes[first]))
    left = min(gap_km(int(path.nodes[last])), gap_km(int(path.nodes[first])))
    if left < path.limits.left_early_share * float(path.km[first : last + 1].sum()):
        return False
    beyond = path.areas[last:] if after else path.areas[: first + 1]
    return any(not _belongs(world, network.areas[area], one.told.areas) for area in set(beyond.tolist()) if area >= 0)


@lru_cache(maxsize=4096)
def _belongs(world: World, area: str, some: frozenset[str]) -> bool:
    """Whether an area is one of some, or joined to one of them without any check of goods."""
    from landbridge.world import border_effects

    return area in some or any(border_effects(world, area, other, "road").no_border_check for other in sorted(some))


@dataclass(frozen=True, slots=True)
class _End:
    """The first or last gate of a branch, where it is no place: its number among all gates, and where it lies."""

    number: int
    lat: float
    lon: float


@dataclass(frozen=True, eq=False, slots=True)
class _Signed:
    """A branch in a network: which refs and terminals of the network are its own, and the numbers of its places."""

    told: _Told
    own_ref: NDArray[np.bool_]
    own_terminal: NDArray[np.bool_]
    places: tuple[int, ...]
    ends: tuple[_End, ...]


@dataclass(frozen=True, eq=False, slots=True)
class _Signs:
    """The gates of all branches by number: of each arc and each node of a network, -1 for none.

    `hard` and `named` count for each gate and branch how often it is one of its gates and one its name speaks of;
    `named_most`, `spots` and `gates` are for each branch how many its name speaks of, its places and all its gates.
    """

    branches: tuple[_Signed, ...]
    of_arc: NDArray[np.int16]
    of_node: NDArray[np.int16]
    hard: NDArray[np.float32]
    named: NDArray[np.float32]
    named_most: NDArray[np.int64]
    spots: NDArray[np.int64]
    gates: NDArray[np.int64]
    places: Places

    def passed(self, network: Network, paths: Sequence[NDArray[np.int64]]) -> NDArray[np.float32]:
        """Which gates some paths pass, 1 where one does, shape (paths, gates)."""
        found = np.zeros((len(paths), self.hard.shape[0]), dtype=np.float32)
        arcs = np.concatenate(paths)
        sizes = np.array([path.size for path in paths], dtype=np.int64)
        owner = np.repeat(np.arange(sizes.size), sizes)
        last = np.flatnonzero(sizes)
        ends = network.head[arcs[np.cumsum(sizes)[last] - 1]]
        for whose, gates in (
            (owner, self.of_arc[arcs]),
            (owner, self.of_node[network.tail[arcs]]),
            (last, self.of_node[ends]),
        ):
            some = np.flatnonzero(gates >= 0)
            found[whose[some], gates[some]] = 1.0
        return found


@lru_cache(maxsize=32)
def _signs(network: Network, world: World) -> _Signs:
    return _signs_of(network, _told_branches(world), thresholds(world.facts).passed_km)


@lru_cache(maxsize=8)
def _signs_of(network: Network, told: tuple[_Told, ...], passed_km: float) -> _Signs:
    keys = {key: number for number, key in enumerate(sorted({key for one in told for key in (*one.hard, *one.named)}))}
    stands = [("terminal", terminal.id) for terminal in network.terminals]
    # What has no ref or stands at no terminal is -1 in the network: one more stands at the end.
    of_ref, of_terminal = (
        np.array([*(keys.get(key, -1) for key in some), -1], dtype=np.int16) for some in (network.refs, stands)
    )
    by_id: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
    for places, some in zip(by_id, (network.refs, stands), strict=True):
        for number, (_, key) in enumerate(some):
            places.setdefault(key, []).append(number)
    hard, named = (np.zeros((len(told), len(keys)), dtype=np.uint8) for _ in range(2))
    for number, one in enumerate(told):
        for gate in one.hard:
            hard[number, keys[gate]] += 1
        for gate in one.named:
            named[number, keys[gate]] = 1
    spots = tuple(dict.fromkeys(place for one in told for place in one.places))
    numbers = {place: number for number, place in enumerate(spots)}

    def own(ids: set[str], places: Mapping[str, list[int]], size: int) -> NDArray[np.bool_]:
        found = np.zeros(size + 1, dtype=np.bool_)
        found[[number for key in ids for number in places.get(key, ())]] = True
        return found

    def signed(one: _Told) -> _Signed:
        rows = {key for kind, key in one.hard if kind != "terminal"}
        terminals = {key for kind, key in one.hard if kind == "terminal"}
        own_ref, own_terminal = own(rows, by_id[0], len(network.refs)), own(terminals, by_id[1], len(stands))
        ends = tuple(end for key in one.ends if (end := end_at(key)) is not None)
        return _Signed(one, own_ref, own_terminal, tuple(numbers[place] for place in one.places), ends)

    def end_at(key: tuple[str, str]) -> _End | None:
        at_terminal = key[0] == "terminal"
        some = by_id[at_terminal].get(key[1], ())
        spots = np.flatnonzero(np.isin(network.node_terminal if at_terminal else network.ref, some))
        if not spots.size:
            return None
        node = int(spots[0]) if at_terminal else int(network.head[spots[0]])
        return _End(keys[key], float(network.lat[node]), float(network.lon[node]))

    return _Signs(
        branches=tuple(signed(one) for one in told),
        of_arc=of_ref[network.ref],
        of_node=of_terminal[network.node_terminal],
        hard=hard.T.astype(np.float32),
        named=named.T.astype(np.float32),
        named_most=named.sum(axis=1, dtype=np.int64),
        spots=np.array([len(one.places) for one in told], dtype=np.int64),
        gates=np.array([one.gates for one in told], dtype=np.int64),
        places=places_near(network, spots, passed_km),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What a path must pass to bear the name of a branch.

    `hard` are its posts, ports, passages and ferries, `places` the positions of its places, `gates` how many it has;
    `modes` and `named` are the modes and gates that the name itself speaks of; `areas` are those it runs through;
    `ends` are its first and last gate where they are no places.
    """

    id: str
    name: str
    gates: int
    hard: tuple[tuple[str, str], ...]
    places: tuple[tuple[float, float], ...]
    modes: frozenset[str]
    named: frozenset[tuple[str, str]]
    areas: frozenset[str]
    ends: tuple[tuple[str, str], ...]


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
        ends=tuple(key(gate) for gate in (branch.gates[0], branch.gates[-1]) if gate.kind != "place"),
    )  # fmt: skip
