"""The program on systems that can be worked out by hand: what is short, what flows, what it costs; rows and bounds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from landbridge.energy.program import borders, make_program, terminals_of
from landbridge.energy.run import Run, read_run, solver_of
from landbridge.energy.system import System
from tests.energy.tiny_gas import days, line, months, shut, store, tiny


def solved(system: System) -> Run:
    program = make_program(system)
    return read_run(program, solver_of(program).solve())


def test_undisturbed_nothing_changes() -> None:
    run = solved(line())
    assert run.flow == pytest.approx(line().usual_mcmd)
    assert run.short.sum() == run.switched.sum() == run.gap.sum() == pytest.approx(0)


def test_a_shut_pipe_leaves_its_buyer_with_its_own_gas_the_protected_last() -> None:
    system = shut(line(), "m-e")
    run = solved(system)
    # 35 asked for, 5 made: 30 short, of them all power and industry (21) and 9 of the 14 protected
    end = system.zones.index("END")
    # gas in the pipes: 0.3 days of 35 over two days
    pack = 0.3 * 35 / 2
    assert run.short[end].sum() / 2 == pytest.approx(30 - pack)
    assert run.short[end, 1:].sum() / 2 == pytest.approx(21)
    assert run.flow[system.points.index("m-e")] == pytest.approx([0, 0])


def test_switching_comes_before_shortage() -> None:
    run = solved(shut(line(switching=0.5, horizon=months(1)), "m-e"))
    # half of power and industry (10.5 each of them) can burn something else
    assert run.switched[2].sum() == pytest.approx(10.5)
    assert run.short[2].sum() == pytest.approx(30 - 10.5)


def test_another_way_is_taken_as_far_as_it_goes() -> None:
    system = tiny(
        {"SEL": 50.0, "MID": 20.0, "END": 35.0},
        {"SEL": 100.0, "END": 5.0},
        {"s-m": ("SEL", "MID", 60, 50), "m-e": ("MID", "END", 0, 0), "s-e": ("SEL", "END", 12, 0)},
        horizon=months(1),
    )
    run = solved(system)
    assert run.flow[system.points.index("s-e")] == pytest.approx([12])
    assert run.short[2].sum() == pytest.approx(18)


def test_virtual_reverse_is_no_more_than_the_forward_flow() -> None:
    pipes = {"f": ("A", "B", 10.0, 10.0), "r": ("B", "A", 50.0, 0.0)}
    system = tiny({"A": 40.0, "B": 5.0}, {"A": 10.0, "B": 45.0}, pipes, mirrors={"r": ["f"]}, horizon=months(1))
    run = solved(system)
    assert run.flow[1] <= run.flow[0] + 1e-9


def test_a_store_gives_by_its_curve_and_keeps_its_floor() -> None:
    held = store("END", 2, working=0.2, start=0.1, rate=30.0, floor=0.04)
    system = shut(line(stores=(held,), horizon=days(10)), "m-e")
    run = solved(system)
    levels = np.concatenate([[0.1], run.held[0]])
    assert run.held[0].min() >= 0.04 - 1e-9
    mean = (levels[1:] + levels[:-1]) / 2
    assert (run.out[0] <= 10 + 100 * mean + 1e-9).all()
    assert run.out[0].sum() / 1000 == pytest.approx(0.06)


def test_what_is_missing_in_store_at_the_end_costs() -> None:
    held = replace(store("END", 2, working=1.0, start=0.5, rate=10.0), usual_end_bcm=0.5)
    program = make_program(line(stores=(held,), horizon=months(1)))
    numbers = program.system.numbers
    assert program.cost[program.blocks["missing"]].tolist() == [numbers["stored_usd_kcm"]]
    assert program.cost[program.blocks["missing_last"]].tolist() == [numbers["reserve_usd_kcm"]]
    assert read_run(program, solver_of(program).solve()).held[0, -1] == pytest.approx(0.5)


def test_gas_from_nowhere_only_where_the_data_does_not_balance() -> None:
    # a zone that must take in more than it can use or pass on has no way out, one that lacks gas goes short first
    run = solved(shut(line(), "s-m", "m-e"))
    assert run.gap.sum() == pytest.approx(0)


def test_borders_and_shares_passed_on() -> None:
    found = borders(line(), ("SEL", "MID", "END"))
    assert (found.leaves, found.enters) == ([[0], [1], []], [[], [0], [1]])
    # what comes from nowhere is not passed on, and at most all that comes
    assert found.share.tolist() == [[0.0, 0.0], [0.6, 0.6], [0.0, 0.0]]
    assert terminals_of(line(), "END") == []


def test_the_balance_row_of_each_zone_and_period_is_an_equation() -> None:
    program = make_program(line())
    rows = program.balance.ravel()
    assert program.balance.shape == (3, 2)
    assert np.array_equal(program.row_low[rows], program.row_high[rows])
    assert len(set(program.row_low)) > 1
