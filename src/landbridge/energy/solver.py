"""The only place that knows HiGHS: a program is handed over once, then bounds and costs change; or solved once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from landbridge.errors import LandbridgeError

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
EXACT: Final = 1e-10
LOOSE: Final = 1e-7
"""How nearly rows and bounds hold."""


@dataclass(frozen=True, slots=True)
class Solution:
    """A solved program: value of the objective, of each column, and the price of each row."""

    objective: float
    x: Floats
    price: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """Entries of a sparse matrix."""

    row: Ints
    column: Ints
    value: Floats
    rows: int


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """Value of the objective, of each column, and what one more of each right-hand side adds to the objective."""

    objective: float
    x: Floats
    price_equal: Floats
    price_below: Floats


class Solver:
    """A linear program in HiGHS (Huangfu and Hall 2018), kept warm between changes.

    Examples
    --------
    >>> solver = Solver(np.array([1.0, 2.0]), np.zeros(2), np.full(2, 4.0), np.array([0, 0]), np.array([0, 1]),
    ...                 np.ones(2), np.array([5.0]), np.array([5.0]))
    >>> solver.solve().objective
    6.0
    >>> solver.bounds([0], np.zeros(1), np.full(1, 2.0))
    >>> solver.solve().objective
    8.0
    """

    def __init__(
        self, cost: Floats, low: Floats, high: Floats, row: Ints, col: Ints, value: Floats, row_low: Floats,
        row_high: Floats,
    ) -> None:  # fmt: skip
        import highspy
        from scipy.sparse import coo_array

        matrix = coo_array((value, (row, col)), shape=(len(row_low), len(cost))).tocsc()
        matrix.sum_duplicates()
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(cost), len(row_low)
        model.col_cost_ = cost
        model.col_lower_, model.col_upper_ = low, np.where(np.isinf(high), highspy.kHighsInf, high)
        model.row_lower_ = np.where(np.isinf(row_low), -highspy.kHighsInf, row_low)
        model.row_upper_ = np.where(np.isinf(row_high), highspy.kHighsInf, row_high)
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = matrix.indptr
        model.a_matrix_.index_ = matrix.indices
        model.a_matrix_.value_ = matrix.data
        # the plain class: the one around it writes a banner to standard output when it is made
        self._highs: Any = highspy._core._Highs()
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("random_seed", 1)
        # a row that holds to 1e-7 is seen in the balance of a small area
        self._exact = EXACT
        self._highs.passModel(model)
        self._inf = highspy.kHighsInf

    def solve(self) -> Solution:
        """Solve it from the last basis.

        Raises
        ------
        LandbridgeError
            When no solution was found, which a program with shortage and gaps always has.
        """
        status = self._run(self._exact)
        if status != "Optimal":
            # a program whose figures meet but for rounding is solved as nearly as it can be
            status = self._run(LOOSE)
        if status != "Optimal":
            raise LandbridgeError(f"the program was not solved: {status}")
        solution = self._highs.getSolution()
        return Solution(
            float(self._highs.getObjectiveValue()), np.array(solution.col_value), np.array(solution.row_dual)
        )

    def _run(self, tolerance: float) -> str:
        self._highs.setOptionValue("primal_feasibility_tolerance", tolerance)
        self._highs.run()
        return str(self._highs.modelStatusToString(self._highs.getModelStatus()))

    def keep_as_it_is(self) -> None:
        """Neither perturb costs nor scale the matrix, and be content with 1e-7: for what is solved again and again."""
        self._highs.setOptionValue("dual_simplex_cost_perturbation_multiplier", 0.0)
        self._highs.setOptionValue("simplex_scale_strategy", 0)
        self._exact = LOOSE

    def basis(self) -> Any:
        """The basis in which it stands, to start from again."""
        return self._highs.getBasis()

    def start_from(self, basis: Any) -> None:
        """Start the next solution from a basis."""
        self._highs.setBasis(basis)

    def bounds(self, columns: Sequence[int] | Ints, low: Floats, high: Floats) -> None:
        """Change the bounds of columns."""
        at = np.asarray(columns, dtype=np.int32)
        self._highs.changeColsBounds(len(at), at, np.asarray(low, dtype=float), self._bounded(high))

    def costs(self, columns: Sequence[int] | Ints, cost: Floats) -> None:
        """Change the costs of columns."""
        at = np.asarray(columns, dtype=np.int32)
        self._highs.changeColsCost(len(at), at, np.asarray(cost, dtype=float))

    def rows(self, rows: Sequence[int] | Ints, low: Floats, high: Floats) -> None:
        """Change the bounds of rows."""
        for r, one, other in zip(rows, low, high, strict=True):
            self._highs.changeRowBounds(int(r), self._infinite(float(one)), self._infinite(float(other)))

    def entry(self, row: int, column: int, value: float) -> None:
        """Change one entry of the matrix."""
        self._highs.changeCoeff(int(row), int(column), float(value))

    def _bounded(self, high: Floats) -> Floats:
        return np.where(np.isinf(high), self._inf, np.asarray(high, dtype=float))

    def _infinite(self, value: float) -> float:
        return float(np.copysign(self._inf, value)) if np.isinf(value) else value


def solve(cost: Floats, high: Floats, equal: Matrix, equal_to: Floats, below: Matrix, at_most: Floats) -> Solved:
    """Minimise cost @ x with 0 <= x <= high, equal @ x == equal_to, below @ x <= at_most, once.

    The simplex ends in a vertex, so the answer is the same each time.

    Raises
    ------
    LandbridgeError
        When there is no solution.

    Examples
    --------
    >>> one = Matrix(np.zeros(2, int), np.arange(2), np.ones(2), 1)
    >>> none = Matrix(np.zeros(0, int), np.zeros(0, int), np.zeros(0), 0)
    >>> solve(np.array([1.0, 2.0]), np.array([3.0, 9.0]), one, np.array([5.0]), none, np.zeros(0)).objective
    7.0
    """
    found = Solver(
        cost, np.zeros(len(cost)), high,
        np.concatenate([equal.row, equal.rows + below.row]), np.concatenate([equal.column, below.column]),
        np.concatenate([equal.value, below.value]),
        np.concatenate([equal_to, np.full(below.rows, -np.inf)]), np.concatenate([equal_to, at_most]),
    ).solve()  # fmt: skip
    return Solved(found.objective, found.x, found.price[: equal.rows], found.price[equal.rows :])
