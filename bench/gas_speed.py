"""How long the gas model takes: a year by months, and the same program solved again with other pipes shut.

The same matrix goes to scipy's `linprog`, which starts anew each time; where PyPSA is installed, the network that
`to_pypsa` makes goes to it. Seconds are of the processor.
"""

from __future__ import annotations

import random
import statistics
import time
import warnings
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np

from landbridge.energy import gas
from landbridge.energy.closing import Closures
from landbridge.energy.horizon import make_horizon
from landbridge.energy.lean import Lean, make_lean
from landbridge.energy.program import Program, make_program
from landbridge.energy.run import after, solve_before, solver_of
from landbridge.energy.solver import Solver
from landbridge.energy.system import make_system
from landbridge.world import World
from landbridge.world.intervals import read_day

DAY, START, END = "2021-01-01", "2021-01-01", "2021-12-31"
SCENARIO = "russian-gas-stop"
SHUT, AT_ONCE = 25, 3
"""How often pipes are shut, and how many at once."""
CLOSED = 200
"""How often names are drawn and closed."""
PLAYERS = ("UKR", "BLR", "TUR", "DEU", "NOR", "RUS", "POL", "AZE")
"""Areas of a game: each coalition of them is closed once, in a random order."""


def took(work: Callable[[], object]) -> float:
    """Seconds of the processor."""
    start = time.process_time()
    work()
    return time.process_time() - start


def shut(solver: Solver, program: Program, points: np.ndarray, *, back: bool = False) -> None:
    """Shut points for the whole horizon, or open them again."""
    up, down = (program.blocks[one][points].ravel() for one in ("up", "down"))
    solver.bounds(up, program.low[up], program.high[up] if back else np.zeros(len(up)))
    solver.bounds(down, program.low[down] if back else program.high[down], program.high[down])


def lean_again(lean: Lean, program: Program, points: np.ndarray, opened: object) -> float:
    """Seconds for the program without what no closing can change, with points shut, from the open system."""
    up, down = (program.blocks[one][points].ravel() for one in ("up", "down"))
    columns = np.concatenate([up, down])
    high, low = program.high[columns].copy(), program.low[columns].copy()
    high[: len(up)], low[len(up) :] = 0.0, program.high[down]
    lean.bounds(columns, low, high)
    seconds = took(lambda: lean.solve(opened))
    lean.bounds(columns, program.low[columns], program.high[columns])
    return seconds


def scipy_again(program: Program, points: np.ndarray) -> float:
    """Seconds that scipy takes for the program with points shut."""
    from scipy.optimize import linprog
    from scipy.sparse import coo_array, vstack

    low, high = program.low.copy(), program.high.copy()
    up, down = (program.blocks[one][points].ravel() for one in ("up", "down"))
    high[up], low[down] = 0.0, high[down]
    matrix = coo_array(
        (program.value, (program.row, program.col)), shape=(len(program.row_low), len(program.cost))
    ).tocsr()
    equal = program.row_low == program.row_high
    above = np.isfinite(program.row_high) & ~equal
    below = np.isfinite(program.row_low) & ~equal
    most = vstack([matrix[above], -matrix[below]])
    limit = np.concatenate([program.row_high[above], -program.row_low[below]])
    found = {}

    def work() -> None:
        found["it"] = linprog(
            program.cost, most, limit, matrix[equal], program.row_low[equal], np.column_stack([low, high]),
            method="highs",
        )  # fmt: skip

    seconds = took(work)
    if not found["it"].success:
        raise SystemExit(f"scipy: {found['it'].message}")
    return seconds


def closures(world: World, step: str) -> tuple[float, float, float]:
    """Seconds that a closing takes by the step of the periods: in the middle, of the slowest tenth, and in a game."""
    built = Closures(world, start=START, end=END, step=step)
    draw = random.Random(7)
    spent = sorted(took(lambda: built.close(draw.sample(built.names, AT_ONCE))) for _ in range(CLOSED))
    coalitions = [[one for k, one in enumerate(PLAYERS) if n >> k & 1] for n in range(2 ** len(PLAYERS))]
    draw.shuffle(coalitions)
    fresh = Closures(world, start=START, end=END, step=step)
    game = [took(lambda some=some: fresh.close(some)) for some in coalitions]  # type: ignore[misc]
    return statistics.median(spent), spent[int(0.9 * CLOSED)], statistics.median(game)


def pypsa_once(program: Program) -> tuple[float, float] | None:
    """Seconds that PyPSA takes to build and solve, and its objective; None where it is not installed."""
    if find_spec("pypsa") is None:
        return None
    import pypsa  # noqa: F401  (not counted)

    from landbridge.energy.pypsa import solve, to_pypsa

    found = {}

    def work() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found["it"] = solve(to_pypsa(program), program, log_to_console=False)

    return took(work), found["it"]


def measure() -> str:
    """A table."""
    base = World.at(DAY)
    world = base.apply(SCENARIO)
    first = took(lambda: gas(world, start=START, end=END))
    again = statistics.median(took(lambda: gas(world, start=START, end=END)) for _ in range(3))
    alone = statistics.median(took(lambda: gas(base, start=START, end=END)) for _ in range(3))
    horizon = make_horizon(read_day(START), read_day(END))
    before = solve_before(make_system(base, horizon, undisturbed=True))
    program = make_program(after(make_system(base, horizon), before))
    solver = solver_of(program)
    cold = took(solver.solve)
    opened = solver.basis()
    system = program.system
    carrying = np.flatnonzero(system.usual_mcmd.max(axis=1) > 1.0)
    draw, spent, scipy_spent, differ = random.Random(5), [], [], 0.0
    lean, quick = make_lean(program), []
    lean.solve()
    lean_opened = lean.basis()
    for n in range(SHUT):
        points = np.array(sorted(draw.sample(carrying.tolist(), AT_ONCE)))
        shut(solver, program, points)
        solver.start_from(opened)
        spent.append(took(solver.solve))
        quick.append(lean_again(lean, program, points, lean_opened))
        if n < 3:
            mine = solver.solve().objective
            scipy_spent.append(scipy_again(program, points))
            low, high = program.low.copy(), program.high.copy()
            up, down = (program.blocks[one][points].ravel() for one in ("up", "down"))
            high[up], low[down] = 0.0, high[down]
            fresh = Solver(
                program.cost, low, high, program.row, program.col, program.value, program.row_low, program.row_high
            )
            differ = max(differ, abs(fresh.solve().objective / mine - 1))
        shut(solver, program, points, back=True)
    middle = statistics.median(spent)
    slow = statistics.median(scipy_spent)
    pypsa = pypsa_once(program)
    closing = {step: closures(base, step) for step in ("month", "season")}
    rows = [
        ("a year by months, all areas, three ways of sharing (`gas`), asked first", f"{first:.2f} s", ""),
        ("the same, asked again", f"{again:.2f} s", "2 s"),
        ("a year by months without a cut", f"{alone:.2f} s", "2 s"),
        (
            f"its program: {len(program.cost):,} columns, {len(program.row_low):,} rows, solved from nothing",
            f"{1e3 * cold:.0f} ms",
            "",
        ),
        (
            f"solved again with {AT_ONCE} pipes shut, without what no closing can change (`lean`; median of {SHUT},"
            f" 90 % within {1e3 * sorted(quick)[int(0.9 * SHUT)]:.0f} ms)",
            f"{1e3 * statistics.median(quick):.0f} ms",
            "20 ms",
        ),
        (
            f"the whole program, to 1e-10, solved again (90 % within {1e3 * sorted(spent)[int(0.9 * SHUT)]:.0f} ms)",
            f"{1e3 * middle:.0f} ms",
            "",
        ),
        (f"the same by scipy linprog (HiGHS anew): {slow / middle:.0f} times as long", f"{1e3 * slow:.0f} ms", ""),
        *(
            row
            for step, (half, tenth, game) in closing.items()
            for row in (
                (
                    f"`Closures` of a year by {step}s, {AT_ONCE} names drawn and closed (median of {CLOSED};"
                    f" 90 % of them within {1e3 * tenth:.0f} ms)",
                    f"{1e3 * half:.0f} ms",
                    "20 ms",
                ),
                (
                    f"the same, each coalition of {len(PLAYERS)} areas closed in a random order (median of"
                    f" {2 ** len(PLAYERS)})",
                    f"{1e3 * game:.0f} ms",
                    "20 ms",
                ),
            )
        ),
        ("largest relative difference of the objective, solved again against anew", f"{differ:.1e}", ""),
    ]
    if pypsa is not None:
        apart = abs(pypsa[1] / solver_of(program).solve().objective - 1)
        told = f"PyPSA, built and solved once: {pypsa[0] / middle:,.0f} times as long; objective {apart:.0e} apart"
        rows.append((told, f"{pypsa[0]:.1f} s", ""))
    lines = ["| what | measured | asked |", "| --- | --- | --- |"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows), ""]) + page_note(pypsa is None)


def page_note(missing: bool) -> str:
    """What has to be said beside the table."""
    return "\nPyPSA was not installed in this run." if missing else ""
