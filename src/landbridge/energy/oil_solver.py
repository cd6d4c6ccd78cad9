"""The only place of the oil model that knows a solver: HiGHS through scipy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from landbridge.errors import LandbridgeError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


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


def solve(cost: Floats, high: Floats, equal: Matrix, equal_to: Floats, below: Matrix, at_most: Floats) -> Solved:
    """Minimise cost @ x with 0 <= x <= high, equal @ x == equal_to, below @ x <= at_most.

    Uses the dual simplex of HiGHS (Huangfu and Hall 2018), so that the answer is a vertex and the same each time.

    Raises
    ------
    LandbridgeError
        When there is no solution: the oil program always has one, shortage is one of its columns.

    Examples
    --------
    >>> one = Matrix(np.zeros(2, int), np.arange(2), np.ones(2), 1)
    >>> none = Matrix(np.zeros(0, int), np.zeros(0, int), np.zeros(0), 0)
    >>> solve(np.array([1.0, 2.0]), np.array([3.0, 9.0]), one, np.array([5.0]), none, np.zeros(0)).objective
    7.0
    """
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    def sparse(matrix: Matrix) -> object:
        shape = (matrix.rows, len(cost))
        return csr_array((matrix.value, (matrix.row, matrix.column)), shape=shape) if matrix.rows else None

    found = linprog(
        cost, sparse(below), at_most if below.rows else None, sparse(equal), equal_to,
        np.column_stack([np.zeros(len(cost)), high]), method="highs-ds",
    )  # fmt: skip
    if not found.success:
        raise LandbridgeError(f"the oil program was not solved: {found.message}")
    below_price = np.asarray(found.ineqlin.marginals) if below.rows else np.zeros(0)
    return Solved(float(found.fun), np.asarray(found.x), np.asarray(found.eqlin.marginals), below_price)
