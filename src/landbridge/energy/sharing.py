"""Three ways to share what is short; the truth lies between them."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from landbridge.energy.program import Program
from landbridge.energy.run import Run, read_run
from landbridge.energy.solver import Solver

Floats = npt.NDArray[np.float64]
Sharing = Literal["national", "equal", "least-cost"]
SHARINGS: Final[tuple[Sharing, ...]] = ("national", "equal", "least-cost")
LEVELS: Final = 40
"""The most rounds of levelling."""
NEAR: Final = 1e-6
"""Relative shortages that differ by less are one [share]."""


def share(program: Program, solver: Solver, sharing: Sharing, floor_bcm: Floats, lost: Floats | None = None) -> Run:
    """Solve a program under one way of sharing; the solver is left as it was.

    Parameters
    ----------
    floor_bcm
        Shortage that an area has before any cut, because its data does not balance [areas].
    lost
        The share of what it asks for that the cut takes from an area; all of it when not told [areas].

    Notes
    -----
    national
        An importing area passes on no larger share of what enters it by pipe than before, and no point carries more out
        of it than before. Of its own gas, from stores and cargoes, it sends on by as much less as the cut takes; gas
        that others hold in its stores, or that was promised to them out of stores, goes to them.
        Points that a scenario builds or widens, and those that open within the horizon, are free.
    equal
        The largest relative shortage is made as small as can be, then the next largest, and so on (lexicographic least
        maximum; Ogryczak and Sliwinski 2006); the areas at a level are found by the prices of their rows.
    least-cost
        Harm is made least, whoever bears it: tiers go short in their order wherever gas can reach.
    """
    if sharing == "national":
        return _national(program, solver, lost)
    if sharing == "equal":
        return _equal(program, solver, floor_bcm)
    return read_run(program, solver.solve())


def _national(program: Program, solver: Solver, lost: Floats | None) -> Run:
    system = program.system
    crossed, usual = program.borders, system.usual_mcmd
    leaves = crossed.leaves
    now_out = np.array([usual[ps].sum(axis=0) for ps in leaves])
    now_in = np.array([usual[ps].sum(axis=0) for ps in crossed.enters])
    importing = _importing(program)
    left = np.zeros(len(leaves)) if lost is None else 1 - np.clip(lost, 0.0, 1.0)
    own = np.maximum(crossed.out_mcmd - crossed.into_mcmd, 0.0) * left[:, None]
    most = np.where(importing, crossed.share * now_in - now_out + own, np.inf)
    rows = program.pass_rows.ravel()
    up = program.blocks["up"]
    # new room was made to be used
    room = np.maximum(system.capacity_mcmd - system.normal_mcmd, 0.0)
    room[list(system.opened)] = system.capacity_mcmd[list(system.opened)]
    most = most + np.array([room[ps].sum(axis=0) for ps in leaves])
    kept = [(p, a) for a, ps in enumerate(leaves) for p in ps if room[p].max() <= 1e-9]
    # what others hold in stores here may go to them
    owed = np.zeros_like(usual)
    for lease in system.leases:
        owed[list(lease.way)] += lease.most_mcmd
    columns = np.concatenate([up[p, importing[a]] for p, a in kept]) if kept else np.zeros(0, dtype=np.int64)
    above = np.concatenate([owed[p, importing[a]] for p, a in kept]) if kept else np.zeros(0)
    solver.bounds(columns, program.low[columns], np.minimum(above, program.high[columns]))
    sent = program.blocks["sent"]
    rates = [lease.most_mcmd for lease in system.leases]
    solver.bounds(sent.ravel(), program.low[sent.ravel()], np.concatenate([np.zeros(0), *rates]))
    solver.rows(rows, np.full(len(rows), -np.inf), most.ravel())
    try:
        return read_run(program, solver.solve())
    finally:
        solver.bounds(columns, program.low[columns], program.high[columns])
        solver.bounds(sent.ravel(), program.low[sent.ravel()], program.high[sent.ravel()])
        solver.rows(rows, np.full(len(rows), -np.inf), np.full(len(rows), np.inf))


def _importing(program: Program) -> npt.NDArray[np.bool_]:
    """Areas that make less in a year than they ask for: what they pass on is not theirs [areas, periods]."""
    system = program.system
    own = system.demand.year_mcmd - system.production.year_mcmd
    group = [system.zones_of(name) for name in program.short_areas]
    lacks = np.array([own[zs].sum() > 0 for zs in group])
    return np.repeat(lacks[:, None], len(system.days), axis=1)


def _equal(program: Program, solver: Solver, floor_bcm: Floats) -> Run:
    even = int(program.blocks["even"][0])
    demand = program.short_demand_bcm
    rows = program.short_rows
    columns = np.arange(len(program.cost))
    levelling = np.zeros(len(program.cost))
    levelling[even] = demand.sum()
    # gas from nowhere must not look like a way to serve anybody
    levelling[program.blocks["gap"].ravel()] = program.cost[program.blocks["gap"].ravel()]
    open_rows = [a for a in range(len(rows)) if demand[a] > 1e-9]
    fixed: dict[int, float] = {}
    low = np.full(len(rows), -np.inf)
    solver.costs(columns, levelling)
    solver.rows(rows[open_rows], low[open_rows], floor_bcm[open_rows])
    try:
        for _ in range(LEVELS):
            solution = solver.solve()
            level = float(solution.x[even])
            if level <= NEAR:
                break
            price = solution.price[rows]
            tight = [a for a in open_rows if abs(price[a]) > 1e-9] or open_rows
            for a in tight:
                fixed[a] = floor_bcm[a] + demand[a] * level
                solver.entry(int(rows[a]), even, 0.0)
                solver.rows([int(rows[a])], low[a : a + 1], np.array([fixed[a] * (1 + 1e-9) + 1e-9]))
            open_rows = [a for a in open_rows if a not in fixed]
            if not open_rows:
                break
        for a in open_rows:
            # whoever is not at a level goes no shorter than the last one
            solver.entry(int(rows[a]), even, 0.0)
            solver.rows([int(rows[a])], low[a : a + 1], np.array([floor_bcm[a] + demand[a] * NEAR + 1e-9]))
        solver.costs(columns, program.cost)
        return read_run(program, solver.solve())
    finally:
        solver.costs(columns, program.cost)
        for a, row in enumerate(rows):
            solver.entry(int(row), even, -float(demand[a]))
        solver.rows(rows, low, np.full(len(rows), np.inf))
