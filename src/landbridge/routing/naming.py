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
DEGREES_OF_A_KM = 0.01
"""No less than the latitude that a kilometre spans."""
NAMED_FROM = 4
"""Shorter parts of an id are codes of areas and modes, no names."""


def corridor_label(the_plan: Plan, arcs: NDArray[np.int64], reason: str) -> str | None:
    """The name of the branch that the path follows, or None; `reason` is the branch it was looked for, if any."""
    network, world = the_plan.network, the_plan.world
    limits = thresholds(world.facts)
    signs = _signs(network, world)
    path = _Path(network, arcs, limits)
    passed = signs.passed(path)
    best: tuple[float, int, str] | None = None
    for one in signs.branches:
        if not one.any_hard & passed:
            continue
        hard = sum(mark & passed != 0 for mark in one.hard)
        # A path that passes no gate but places, which take long to look for, bears no name.
        if hard == 0 or (hard + len(one.told.places)) / one.told.gates < limits.named_gates_share:
            continue
        if one.named & ~passed or not one.told.modes <= path.modes:
            continue
        near = [path.near(place) for place in one.told.places]
        share = (hard + sum(spots.size > 0 for spots in near)) / one.told.gates
        if share < limits.named_gates_share or not _its_own(world, path, one, near):
            continue
        if one.told.id == reason:
            return one.told.name
        score = (share, hard, one.told.name)
        if best is None or score[:2] > best[:2]:
            best = score
    return None if best is None else best[2]


class _Path:
    """A path, with what is asked of it for many branches worked out once and when it is needed."""

    def __init__(self, network: Network, arcs: NDArray[np.int64], limits: Thresholds) -> None:
        self.network, self.arcs, self.limits = network, arcs, limits
        self.nodes = np.concatenate([network.tail[arcs], network.head[arcs[-1:]]])
        self.refs, self.stands = network.ref[arcs], network.node_terminal[self.nodes]
        self._near: dict[tuple[float, float], NDArray[np.intp]] = {}

    @cached_property
    def km(self) -> NDArray[np.float64]:
        return self.network.km[self.arcs].astype(np.float64)

    @cached_property
    def modes(self) -> set[str]:
        """The modes that make a good part of it; ferries count as ships whatever they carry."""
        ferry = self.network.kind[self.arcs] == KINDS.index("ferry")
        modes = np.where(ferry, MODES.index("sea"), self.network.mode[self.arcs])
        least = self.limits.told_mode_share * float(self.km.sum())
        return {MODES[number] for number in set(modes.tolist()) if float(self.km[modes == number].sum()) >= least}

    @cached_property
    def place(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        return self.network.lat[self.nodes], self.network.lon[self.nodes]

    @cached_property
    def areas(self) -> NDArray[np.int16]:
        return np.asarray(self.network.node_area[self.nodes])

    def near(self, place: tuple[float, float]) -> NDArray[np.intp]:
        """Where it comes nearest to a place, if it comes near it."""
        if place not in self._near:
            self._near[place] = _near(place, *self.place, self.limits.passed_km)
        return self._near[place]


def _its_own(world: World, path: _Path, one: _Signed, near: Sequence[NDArray[np.intp]]) -> bool:
    """Whether a path is that of a branch: a good part of it lies between its gates, and no foreign area there.

    Parameters
    ----------
    near
        Positions of the nodes that lie near each place of the branch.
    """
    spots = [np.flatnonzero(one.own_ref[path.refs]), np.flatnonzero(one.own_terminal[path.stands]), *near]
    positions = np.concatenate(spots)
    first, last = int(positions.min()), int(positions.max())
    if float(path.km[first : last + 1].sum()) < path.limits.corridor_km_share * float(path.km.sum()):
        return False
    if not one.told.areas:
        return True
    areas = path.network.areas
    numbers = set(path.areas[first : last + 1].tolist())
    return all(_belongs(world, areas[number], one.told.areas) for number in numbers if number >= 0)


@lru_cache(maxsize=4096)
def _belongs(world: World, area: str, some: frozenset[str]) -> bool:
    """Whether an area is one of some, or joined to one of them without any check of goods."""
    from landbridge.world import border_effects

    return area in some or any(border_effects(world, area, other, "road").no_border_check for other in sorted(some))


@dataclass(frozen=True, eq=False, slots=True)
class _Signed:
    """A branch in a network: its gates as bits, and which refs and terminals of the network are its own."""

    told: _Told
    hard: tuple[int, ...]
    any_hard: int
    named: int
    own_ref: NDArray[np.bool_]
    own_terminal: NDArray[np.bool_]


@dataclass(frozen=True, eq=False, slots=True)
class _Signs:
    """The gates of all branches as bits: of each ref and each terminal of a network its number, -1 for none."""

    branches: tuple[_Signed, ...]
    of_ref: NDArray[np.int16]
    of_terminal: NDArray[np.int16]

    def passed(self, path: _Path) -> int:
        """The bits of the gates that a path passes."""
        some = np.concatenate([self.of_ref[path.refs], self.of_terminal[path.stands]])
        found = 0
        for number in some[some >= 0].tolist():
            found |= 1 << number
        return found


@lru_cache(maxsize=32)
def _signs(network: Network, world: World) -> _Signs:
    return _signs_of(network, _told_branches(world))


@lru_cache(maxsize=8)
def _signs_of(network: Network, told: tuple[_Told, ...]) -> _Signs:
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

    def own(ids: set[str], places: Mapping[str, list[int]], size: int) -> NDArray[np.bool_]:
        found = np.zeros(size + 1, dtype=np.bool_)
        found[[number for key in ids for number in places.get(key, ())]] = True
        return found

    def signed(one: _Told) -> _Signed:
        rows = {key for kind, key in one.hard if kind != "terminal"}
        terminals = {key for kind, key in one.hard if kind == "terminal"}
        hard = tuple(1 << keys[key] for key in one.hard)
        named = sum(1 << keys[key] for key in one.named)
        own_ref, own_terminal = own(rows, by_id[0], len(network.refs)), own(terminals, by_id[1], len(stands))
        return _Signed(one, hard, sum(set(hard)), named, own_ref, own_terminal)

    return _Signs(tuple(signed(one) for one in told), of_ref, of_terminal)


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
