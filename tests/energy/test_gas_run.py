"""What a cut is counted from, the balances and the origins of gas, on systems that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.energy.balances import ITEMS, balances
from landbridge.energy.program import make_program
from landbridge.energy.run import after, read_run, solve_before, solver_of
from landbridge.energy.tracing import STORE, cut_deliveries, mix, origins
from tests.energy.tiny_gas import line, months, shut, store

AREAS = ("END", "MID", "SEL")


def test_after_starts_from_what_flowed() -> None:
    system = line(horizon=months(1))
    now = after(shut(system, "m-e"), solve_before(system))
    assert now.usual_mcmd[:, 0].tolist() == pytest.approx([50, 0])
    assert now.before_mcmd[:, 0].tolist() == pytest.approx([50, 30])


def test_balances_by_hand() -> None:
    system = line(horizon=months(1))
    told = balances(solve_before(system), AREAS)
    assert set(told.bcm) == set(ITEMS)
    per = 31 / 1000
    assert told.total("demand").tolist() == pytest.approx([35 * per, 20 * per, 50 * per])
    assert told.total("pipe_import").tolist() == pytest.approx([30 * per, 50 * per, 0])
    assert told.total("pipe_export").tolist() == pytest.approx([0, 30 * per, 50 * per])
    assert told.total("shortage").sum() == 0
    assert np.isnan(told.held_bcm).all()
    assert told.empty_days == (None, None, None)


def test_days_until_empty() -> None:
    held = store("END", 2, working=0.1, start=0.1, rate=60.0)
    system = shut(line(stores=(held,)), "m-e")
    program = make_program(system)
    told = balances(read_run(program, solver_of(program).solve()), AREAS)
    assert told.empty_days[0] is None or told.empty_days[0] <= 2
    assert told.held_bcm[0, -1] < 0.1


def test_origins_by_hand() -> None:
    system = line(horizon=months(1))
    found = origins(solve_before(system), AREAS, {})
    share = dict(zip(found.origins, found.share[0].tolist(), strict=True))
    assert share["SEL"] == pytest.approx(30 / 35)
    assert share["END"] == pytest.approx(5 / 35)
    assert share[STORE] == pytest.approx(0)
    assert found.share.sum(axis=1) == pytest.approx(1)


def test_what_a_cut_takes_away_when_nobody_reacts() -> None:
    system = line(horizon=months(1))
    before = solve_before(system)
    nothing = np.zeros((1, 1))
    lost = cut_deliveries(before, shut(system, "s-m").capacity_mcmd, AREAS, nothing)
    # the middle lives on that pipe alone, the end makes 5 of its 35
    assert lost.tolist() == pytest.approx([30 * 31 / 1000, 20 * 31 / 1000, 0])
    lost = cut_deliveries(before, system.capacity_mcmd, AREAS, nothing)
    assert lost.tolist() == pytest.approx([0, 0, 0])


FLOWS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.floats(0.1, 9)), min_size=1, max_size=8)


@given(FLOWS, st.lists(st.floats(0.1, 9), min_size=5, max_size=5))
def test_shares_of_origins_add_up_to_one(edges: list[tuple[int, int, float]], own: list[float]) -> None:
    some = [edge for edge in edges if edge[0] != edge[1]]
    # what leaves a node is no more than what enters it, else nothing can be told of it
    tails, heads = (np.array([edge[n] for edge in some], dtype=np.int64) for n in (0, 1))
    flow = np.array([edge[2] for edge in some]) * 1e-2
    shares = mix(flow, tails, heads, np.diag(own))
    assert shares.sum(axis=1) == pytest.approx(1, abs=1e-6)
    assert (shares >= 0).all()
