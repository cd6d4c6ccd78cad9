"""The solver: the same optimum as scipy's, warm or cold, after bounds, costs and entries changed and changed back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from landbridge.energy.solver import Solver
from landbridge.errors import LandbridgeError


def knapsack(cost: list[float], most: list[float], need: float) -> Solver:
    n = len(cost)
    return Solver(
        np.array(cost), np.zeros(n), np.array(most), np.zeros(n, dtype=int), np.arange(n), np.ones(n),
        np.array([need]), np.array([np.inf]),
    )  # fmt: skip


NUMBERS = st.lists(st.tuples(st.floats(0.5, 20), st.floats(0.5, 10)), min_size=2, max_size=8)


@settings(max_examples=25, deadline=None)
@given(NUMBERS, st.floats(0.05, 0.95))
def test_same_optimum_as_scipy(columns: list[tuple[float, float]], part: float) -> None:
    cost, most = (list(side) for side in zip(*columns, strict=True))
    need = part * sum(most)
    found = knapsack(cost, most, need).solve()
    other = linprog(cost, A_ub=[[-1.0] * len(cost)], b_ub=[-need], bounds=[(0, one) for one in most])
    assert found.objective == pytest.approx(other.fun, rel=1e-9)
    assert found.x.sum() == pytest.approx(need, rel=1e-7)


def test_changes_and_changes_back() -> None:
    solver = knapsack([1.0, 2.0, 5.0], [4.0, 4.0, 40.0], 6.0)
    assert solver.solve().objective == pytest.approx(8.0)
    solver.bounds([0], np.zeros(1), np.array([0.0]))
    assert solver.solve().objective == pytest.approx(18.0)
    solver.bounds([0], np.zeros(1), np.array([4.0]))
    solver.costs([2], np.array([0.5]))
    assert solver.solve().objective == pytest.approx(3.0)
    solver.costs([2], np.array([5.0]))
    solver.entry(0, 0, 2.0)
    assert solver.solve().objective == pytest.approx(3.0)
    solver.entry(0, 0, 1.0)
    solver.rows([0], np.array([-np.inf]), np.array([np.inf]))
    assert solver.solve().objective == pytest.approx(0.0)
    solver.rows([0], np.array([6.0]), np.array([np.inf]))
    assert solver.solve().objective == pytest.approx(8.0)


def test_no_solution_is_an_error_not_an_answer() -> None:
    with pytest.raises(LandbridgeError, match="was not solved"):
        knapsack([1.0], [1.0], 2.0).solve()


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    knapsack([1.0, 2.0], [1.0, 1.0], 1.5).solve()
    assert capfd.readouterr() == ("", "")
