"""A program solved: what flows, what is short, what is in store; and the system as it was before a cut."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from landbridge.energy.program import Program, make_program, terminals_of
from landbridge.energy.solver import Solution, Solver
from landbridge.energy.system import System
from landbridge.energy.usual import entering, fed

Floats = npt.NDArray[np.float64]
NOTHING: Final = 1e-10
"""Less than this is nothing [million m3 a day]: small enough for the balance of a small area over a month."""


@dataclass(frozen=True, slots=True)
class Run:
    """A solution by what it means; rates in million m3 a day, stocks in bcm.

    Attributes
    ----------
    flow, made
        At each point; in each zone [points or zones, periods].
    short, switched
        Not served, and served by another fuel [zones, tiers, periods].
    gap
        Gas from nowhere where the data cannot balance [zones, periods].
    out, back, held
        Of each store; `held` at the end of a period [stores, periods].
    pack
        Drawn from the pipes, less what was put back [zones, periods].
    landed, tank
        What each importer's terminals send out, and what of it comes out of tanks, less what was put back
        [importers, periods].
    price
        What one more unit in a zone is worth [zones, periods; USD per 1000 m3].
    """

    system: System
    flow: Floats
    made: Floats
    short: Floats
    switched: Floats
    gap: Floats
    out: Floats
    back: Floats
    held: Floats
    pack: Floats
    landed: Floats
    tank: Floats
    price: Floats
    untaken: Floats


def solver_of(program: Program) -> Solver:
    """A solver that holds a program."""
    return Solver(
        program.cost, program.low, program.high, program.row, program.col, program.value, program.row_low,
        program.row_high,
    )  # fmt: skip


def read_run(program: Program, solution: Solution) -> Run:
    """A solution by what it means; what the solver leaves of nothing is 0."""
    system, x = program.system, np.where(np.abs(solution.x) < NOTHING, 0.0, solution.x)
    blocks, days = program.blocks, system.days
    tiers = system.demand.mcmd.shape[1]
    switched = np.zeros((len(system.zones), tiers, len(days)))
    switched[:, 1:] = x[blocks["switch"]]
    pack = np.zeros((len(system.zones), len(days)))
    if blocks["pack"].size:
        drawn = x[blocks["pack"]]
        pack = np.diff(drawn, axis=1, prepend=0.0) / days
    tank = np.zeros((len(system.lng.importers), len(days)))
    if blocks["tank"].size:
        tank = np.diff(x[blocks["tank"]], axis=1, prepend=0.0) / days
    flow = system.usual_mcmd + x[blocks["up"]] - x[blocks["down"]]
    landed = np.array([flow[terminals_of(system, name)].sum(axis=0) for name in system.lng.importers])
    return Run(
        system=system,
        flow=np.where(np.abs(flow) < NOTHING, 0.0, flow),
        made=system.production.usual_mcmd + x[blocks["more"]] - x[blocks["less"]] - x[blocks["far"]],
        short=x[blocks["short"]],
        switched=switched,
        gap=x[blocks["gap"]],
        out=x[blocks["out"]],
        back=x[blocks["back"]],
        held=x[blocks["held"]],
        pack=pack,
        landed=landed,
        tank=tank,
        price=solution.price[program.balance] / (days / 1000),
        untaken=x[blocks["untaken"]],
    )


def after(system: System, before: Run) -> System:
    """A disturbed system whose usual flows are those of the undisturbed one as it was solved.

    What flowed, was made and was drawn from the pool before a cut is what a cut changes, so costs of change and the
    share that an area passes on are counted from there.
    """
    # where the sources tell a cut as a share, it is a share of what flowed
    told = np.where(system.flow_share < 1, system.flow_share * before.flow, np.inf)
    capacity = np.minimum(system.capacity_mcmd, told)
    own = before.made + entering(before.flow, system.kinds, system.heads, len(system.zones)) + before.pack
    for s, store in enumerate(system.stores):
        own[store.zone] += before.out[s]
    usual = fed(before.flow, capacity, system.tails, system.heads, np.maximum(own, 0.0))
    made = np.minimum(before.made, system.production.most_mcmd)
    market, old = system.lng, before.system.lng
    drawn = np.maximum(before.landed - before.tank - old.firm_mcmd, 0.0)
    # what has been lost on the way falls on all who draw from the pool alike
    lasting = np.divide(
        market.usual_pool_mcmd, old.usual_pool_mcmd, out=np.ones_like(drawn), where=old.usual_pool_mcmd > 1e-9
    )
    whole = old.usual_pool_mcmd.sum(axis=0)
    overall = np.divide(market.usual_pool_mcmd.sum(axis=0), whole, out=np.ones_like(whole), where=whole > 1e-9)
    lasting = np.where(old.usual_pool_mcmd > 1e-9, lasting, overall)
    return replace(
        system,
        capacity_mcmd=capacity,
        usual_mcmd=usual,
        before_mcmd=before.flow,
        production=replace(system.production, usual_mcmd=made),
        lng=replace(market, usual_pool_mcmd=drawn * lasting),
    )


def solve_before(system: System) -> Run:
    """Solve an undisturbed system at least cost."""
    program = make_program(system)
    return read_run(program, solver_of(program).solve())
