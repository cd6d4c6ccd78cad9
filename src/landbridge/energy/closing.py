"""The same gas system solved again and again with other pipes closed: what coalition games and rankings ask for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from landbridge.energy.lean import make_lean
from landbridge.energy.program import make_program
from landbridge.energy.question import GasQuestion, horizon_of
from landbridge.energy.run import after, solve_before
from landbridge.energy.system import make_systems
from landbridge.errors import InputError, nearest

if TYPE_CHECKING:
    from landbridge.world import World

Bools = npt.NDArray[np.bool_]
KEPT: Final = 512
"""The most solved closures that are kept to start from."""
CARRIES_BCM: Final = 1e-9
"""A point that carries less over the horizon carries nothing [bcm]."""


@dataclass(frozen=True, slots=True)
class Closed:
    """What closing does: harm [million USD] and shortage by area [bcm], both over the horizon."""

    harm_musd: float
    shortage_bcm: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Solved:
    """A closure as it was solved: which points are shut, which carry gas then, the answer and the basis."""

    shut: Bools
    carries: Bools
    answer: Closed
    basis: Any


class Closures:
    """A gas system that is built once; then pipes are closed, and it is solved from the nearest closure known.

    Harm is the cost of the program at least-cost sharing: what is not served by tier, other fuels, changed flows.
    Closing more is never less harm.

    Notes
    -----
    The program has lost what no closing can change (`energy.lean`). A closure starts from the basis of that solved
    before from which the least usual gas sets it apart, so a game whose coalitions differ by a player or two takes a
    few steps of the dual simplex for each. Where the points that are shut besides carried nothing in a solved
    closure, its solution is still allowed and still the best, so it is the answer.

    Examples
    --------
    >>> from landbridge.world import World
    >>> closures = Closures(World.at("2021-10-01"), step="season")
    >>> none, belarus = closures.close(()), closures.close(["russia-belarus"])
    >>> belarus.harm_musd > none.harm_musd, belarus.shortage_bcm["BLR"] > 5
    (True, True)
    """

    def __init__(self, world: World, **options: Any) -> None:
        question = GasQuestion(**options)
        horizon = horizon_of(world, question)
        before, now = make_systems(world, horizon, basis=question.basis, cold=question.cold)
        system = after(now, solve_before(before))
        self._program = make_program(system)
        self._lean = make_lean(self._program)
        self._groups = _groups(system.points, system.pipelines, system.ends, system.areas, system.zones)
        # what could pass at all: a point that is shut anyhow does not tell two closures apart
        self._able: Bools = (system.capacity_mcmd.max(axis=1) > 0) | (system.usual_mcmd.max(axis=1) > 0)
        self._usual_bcm = system.usual_mcmd @ system.days / 1000
        self._shut: Bools = np.zeros(len(system.points), dtype=bool)
        self._kept: OrderedDict[bytes, _Solved] = OrderedDict()
        self._open = self._solve(self._shut)

    @property
    def names(self) -> tuple[str, ...]:
        """What can be closed: points, pipelines, and areas (all points that touch one)."""
        return tuple(sorted(self._groups))

    def close(self, closed: Iterable[str]) -> Closed:
        """Close points, pipelines or areas, and nothing else.

        Raises
        ------
        InputError
            For a name that is none of these, with the nearest ones.
        """
        wanted = np.zeros(len(self._shut), dtype=bool)
        for name in closed:
            if name not in self._groups:
                raise InputError(
                    f"no point, pipeline or area {name!r} in the gas system", nearest=nearest(name, self.names)
                )
            wanted[list(self._groups[name])] = True
        wanted &= self._able
        key = wanted.tobytes()
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found.answer
        return self._solve(wanted).answer

    def _solve(self, wanted: Bools) -> _Solved:
        start = self._nearest(wanted)
        if start is not None and not (start.shut & ~wanted).any() and not (start.carries & wanted).any():
            solved = _Solved(wanted, start.carries, start.answer, start.basis)
        else:
            self._set(wanted & ~self._shut, shut=True)
            self._set(self._shut & ~wanted, shut=False)
            self._shut = wanted
            objective, x = self._lean.solve(None if start is None else start.basis)
            system, blocks = self._program.system, self._program.blocks
            flow_bcm = self._usual_bcm + (x[blocks["up"]] - x[blocks["down"]]) @ system.days / 1000
            short = (x[blocks["short"]].sum(axis=1) + x[blocks["gap"]]) @ system.days / 1000
            told: dict[str, float] = {}
            for area, bcm in zip(system.areas, short.tolist(), strict=True):
                if area is not None:
                    told[area] = told.get(area, 0.0) + bcm
            answer = Closed(objective, MappingProxyType(told))
            solved = _Solved(wanted, flow_bcm > CARRIES_BCM, answer, self._lean.basis())
        self._kept[wanted.tobytes()] = solved
        # the open system stays: most closures are near it
        while len(self._kept) > KEPT:
            oldest = next(key for key, one in self._kept.items() if one.shut.any())
            del self._kept[oldest]
        return solved

    def _nearest(self, wanted: Bools) -> _Solved | None:
        """The solved closure that differs in the least usual gas; one whose answer is that of the closure first."""
        if not self._kept:
            return None
        every = list(self._kept.values())
        shut, carries = np.array([one.shut for one in every]), np.array([one.carries for one in every])
        holds = ~(shut & ~wanted).any(axis=1) & ~(carries & wanted).any(axis=1)
        apart = (shut ^ wanted) @ (self._usual_bcm + CARRIES_BCM)
        return every[int(np.argmin(np.where(holds, -1.0, apart)))]

    def _set(self, points: Bools, *, shut: bool) -> None:
        """Let nothing through points, or let them be as they were."""
        at = np.flatnonzero(points)
        if not len(at):
            return
        blocks, program = self._program.blocks, self._program
        up, down = blocks["up"][at].ravel(), blocks["down"][at].ravel()
        columns = np.concatenate([up, down])
        low, high = program.low[columns].copy(), program.high[columns].copy()
        if shut:
            high[: len(up)] = 0.0
            low[len(up) :] = program.high[down]
        self._lean.bounds(columns, low, high)


def _groups(
    points: tuple[str, ...],
    pipelines: tuple[str, ...],
    ends: tuple[tuple[str, str], ...],
    areas: tuple[str | None, ...],
    zones: tuple[str, ...],
) -> dict[str, tuple[int, ...]]:
    """The points that each name stands for."""
    of_zone = dict(zip(zones, areas, strict=True))
    found: dict[str, list[int]] = {}
    for p, point in enumerate(points):
        tail, head = (of_zone.get(zone) for zone in ends[p])
        for name in dict.fromkeys((point, pipelines[p], tail, head)):
            if name:
                found.setdefault(name, []).append(p)
    return {name: tuple(ps) for name, ps in found.items()}
