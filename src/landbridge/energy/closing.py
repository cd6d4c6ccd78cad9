"""The same gas system solved again and again with other pipes closed: what coalition games and rankings ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from landbridge.energy.program import make_program
from landbridge.energy.question import GasQuestion, horizon_of
from landbridge.energy.run import after, solve_before, solver_of
from landbridge.energy.system import make_systems
from landbridge.errors import InputError, nearest

if TYPE_CHECKING:
    from landbridge.world import World


@dataclass(frozen=True, slots=True)
class Closed:
    """What closing does: harm [million USD] and shortage by area [bcm], both over the horizon."""

    harm_musd: float
    shortage_bcm: Mapping[str, float]


class Closures:
    """A gas system that is built once; then pipes are closed, and it is solved from where it stood.

    Harm is the cost of the program at least-cost sharing: what is not served by tier, other fuels, changed flows.
    Closing more is never less harm.

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
        self._solver = solver_of(self._program)
        self._groups = _groups(system.points, system.pipelines, system.ends, system.areas, system.zones)
        self._shut: set[int] = set()
        self._solver.solve()
        self._open = self._solver.basis()

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
        names = list(closed)
        for name in names:
            if name not in self._groups:
                raise InputError(
                    f"no point, pipeline or area {name!r} in the gas system", nearest=nearest(name, self.names)
                )
        wanted = {p for name in names for p in self._groups[name]}
        self._set(wanted - self._shut, shut=True)
        self._set(self._shut - wanted, shut=False)
        self._shut = wanted
        # nearer to most closures than the last one, and the same answer whatever was asked before
        self._solver.start_from(self._open)
        solution = self._solver.solve()
        program = self._program
        short = solution.x[program.blocks["short"]].sum(axis=1) @ (program.system.days / 1000)
        told: dict[str, float] = {}
        for z, area in enumerate(program.system.areas):
            if area is not None:
                told[area] = told.get(area, 0.0) + float(short[z])
        return Closed(float(solution.objective), told)

    def _set(self, points: Iterable[int], *, shut: bool) -> None:
        """Let nothing through points, or let them be as they were."""
        at = sorted(points)
        if not at:
            return
        blocks, program = self._program.blocks, self._program
        up, down = blocks["up"][at].ravel(), blocks["down"][at].ravel()
        columns = np.concatenate([up, down])
        low, high = program.low[columns].copy(), program.high[columns].copy()
        if shut:
            high[: len(up)] = 0.0
            low[len(up) :] = program.high[down]
        self._solver.bounds(columns, low, high)


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
