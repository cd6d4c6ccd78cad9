"""A program without what no closing can change: columns with no room, rows that bind nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from landbridge.energy.program import Program
from landbridge.energy.solver import Solver

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(slots=True)
class Lean:
    """A program that is solved at least cost again and again; columns are named as in the whole program.

    Attributes
    ----------
    place
        Where each column of the program stands among those that are left; -1 for one that is gone.
    stands
        Where the columns that are gone stand; 0 for the others.
    """

    place: Ints
    stands: Floats
    solver: Solver
    fixed_cost: float

    def bounds(self, columns: Ints, low: Floats, high: Floats) -> None:
        """Change the bounds of columns; one that is gone must stay where it is."""
        at = self.place[columns]
        some = at >= 0
        self.solver.bounds(at[some], low[some], high[some])

    def basis(self) -> Any:
        """The basis in which it stands."""
        return self.solver.basis()

    def solve(self, start: Any = None) -> tuple[float, Floats]:
        """Solve it, from a basis if there is one: the objective and all columns of the program."""
        if start is not None:
            self.solver.start_from(start)
        solution = self.solver.solve()
        x = np.where(self.place >= 0, np.append(solution.x, 0.0)[self.place], self.stands)
        return solution.objective + self.fixed_cost, x


def make_lean(program: Program) -> Lean:
    """A program without columns that have no room and rows without bounds.

    Notes
    -----
    Closing a point only narrows bounds, so a column without room stays where it is. The rows of the ways of sharing
    bind nothing at least cost. The simplex starts from a basis, so costs are not perturbed and the matrix is not
    scaled: both would be done anew each time.

    Examples
    --------
    >>> from datetime import date
    >>> from landbridge.energy.horizon import make_horizon
    >>> from landbridge.energy.program import make_program
    >>> from landbridge.energy.run import solver_of
    >>> from landbridge.energy.system import make_system
    >>> from landbridge.world import World
    >>> program = make_program(make_system(World.at("2009-01-01"), make_horizon(date(2009, 1, 1), date(2009, 1, 3))))
    >>> lean, whole = make_lean(program), solver_of(program).solve().objective
    >>> abs(lean.solve()[0] / whole - 1) < 1e-7, bool((lean.place < 0).any())
    (True, True)
    """
    left = program.high > program.low
    bound = np.isfinite(program.row_low) | np.isfinite(program.row_high)
    place = np.where(left, np.cumsum(left) - 1, -1)
    row_place = np.cumsum(bound) - 1
    stands = np.where(left, 0.0, program.low)
    moved = np.bincount(program.row, program.value * stands[program.col], minlength=len(bound))
    kept = left[program.col] & bound[program.row]
    solver = Solver(
        program.cost[left], program.low[left], program.high[left], row_place[program.row[kept]],
        place[program.col[kept]], program.value[kept], (program.row_low - moved)[bound],
        (program.row_high - moved)[bound],
    )  # fmt: skip
    solver.keep_as_it_is()
    return Lean(place, stands, solver, float(program.cost @ stands))
