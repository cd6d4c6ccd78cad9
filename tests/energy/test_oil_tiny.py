"""The program of oil on a system small enough to solve by hand."""

import numpy as np
import pytest

from landbridge.energy.oil_program import least_shortage, make_program, run
from landbridge.energy.oil_system import OilSystem, Trade, Way
from landbridge.energy.oil_tracing import origins


def tiny(capacity: tuple[float, ...], demand: tuple[float, ...] = (0.0, 60.0, 30.0)) -> OilSystem:
    """A makes 100; B and C use 60 and 30; ways A-B, A-C, B-C of 100, 300 and 50 km."""
    ends = ((0, 1, 100.0), (0, 2, 300.0), (1, 2, 50.0))
    ways = tuple(
        Way(f"{tail}-{head}", tail, head, "pipe", number, km, km, None, None, None)
        for number, (tail, head, km) in enumerate(ends)
    )
    return OilSystem(
        nodes=("A", "B", "C"), zone_area=("A", "B", "C"), is_sea=np.zeros(3, bool),
        production=np.array([100.0, 0.0, 0.0]), demand=np.array(demand), ways=ways, capacity=np.array(capacity),
        classes=(frozenset("A"),), class_of_area={"A": 0}, allowed_way=np.ones((3, 1), bool),
        allowed_supply=np.ones((3, 1), bool), difference_kbd=0.0, years={}, stocks_mb={}, barrels_per_tonne=7.33,
        pattern_weight_km=1000.0, trade=(), trade_weight_km=30000.0, evidence=(),
    )  # fmt: skip


def test_oil_takes_the_shortest_way_that_has_room():
    found = run(make_program(tiny((np.inf, np.inf, np.inf))))
    assert found.flow[:, 0].round(3).tolist() == [90.0, 0.0, 30.0]
    found = run(make_program(tiny((70.0, np.inf, np.inf))))
    assert found.flow[:, 0].round(3).tolist() == [70.0, 20.0, 10.0]
    assert found.short.sum() == 0


@pytest.mark.parametrize(("sharing", "short"), [("national", (30.0, 15.0)), ("equal", (30.0, 15.0)),
                                                ("least-cost", (15.0, 30.0))])  # fmt: skip
def test_shortage_is_shared_as_asked(sharing, short):
    program = make_program(tiny((45.0, 0.0, np.inf)))
    assert least_shortage(program).objective == pytest.approx(45.0)
    assert run(program, sharing).short[1:] == pytest.approx(short, abs=1e-3)


def test_who_cannot_be_reached_goes_short_first_and_the_rest_share_what_is_left():
    # nothing reaches C; B's way holds 40 of its 60
    found = run(make_program(tiny((40.0, 0.0, 0.0))), "equal")
    assert found.short[1:] == pytest.approx((20.0, 30.0), abs=1e-3)


def test_origins_of_a_mixture():
    system = tiny((np.inf, np.inf, np.inf))
    assert origins(system, run(make_program(system))) == pytest.approx({("B", "A"): 60.0, ("C", "A"): 30.0})


def two_origins(trade, of_a=100.0, own_use=0.0):
    """A and B make 100 each; C, near A, uses 60; D, near B, uses 60. What A uses itself it can make or buy of B."""
    ends = ((0, 2, 100.0), (0, 3, 400.0), (1, 2, 400.0), (1, 3, 100.0), (1, 0, 50.0))
    ways = tuple(
        Way(f"{tail}-{head}", tail, head, "pipe", number, km, km, None, None, None)
        for number, (tail, head, km) in enumerate(ends)
    )
    return OilSystem(
        nodes=tuple("ABCD"), zone_area=tuple("ABCD"), is_sea=np.zeros(4, bool),
        production=np.array([of_a, 100.0, 0.0, 0.0]), demand=np.array([own_use, 0.0, 60.0, 60.0]), ways=ways,
        capacity=np.full(5, np.inf), classes=(frozenset("A"), frozenset("B")), class_of_area={"A": 0, "B": 1},
        allowed_way=np.ones((5, 2), bool), allowed_supply=np.ones((4, 2), bool), difference_kbd=0.0, years={},
        stocks_mb={}, barrels_per_tonne=7.33, pattern_weight_km=1000.0, trade=trade, trade_weight_km=30000.0,
        evidence=(),
    )  # fmt: skip


def test_without_known_trade_each_takes_what_is_near():
    system = two_origins(())
    assert origins(system, run(make_program(system))) == pytest.approx({("C", "A"): 60.0, ("D", "B"): 60.0})


def test_known_trade_goes_before_the_shorter_haul():
    system = two_origins((Trade("C", "A", 15.0), Trade("C", "B", 45.0)))
    found = origins(system, run(make_program(system)))
    assert found == pytest.approx({("C", "A"): 15.0, ("C", "B"): 45.0, ("D", "B"): 55.0, ("D", "A"): 5.0})


def test_known_trade_gives_way_where_there_is_too_little_of_an_origin():
    system = two_origins((Trade("C", "A", 50.0), Trade("D", "A", 50.0)), of_a=70.0)
    found = origins(system, run(make_program(system)))
    assert found["C", "A"] + found["D", "A"] == pytest.approx(70.0, abs=1e-3)
    assert run(make_program(system)).short.sum() == 0


def test_an_area_that_makes_enough_does_not_buy_to_sell_where_trade_is_known():
    both = (Trade("C", "A", 60.0), Trade("D", "A", 60.0))
    tempted = two_origins(both, own_use=40.0)
    assert origins(tempted, run(make_program(tempted)))["A", "B"] > 0
    content = two_origins((*both, Trade("A", "A", 40.0)), own_use=40.0)
    assert origins(content, run(make_program(content)))["A", "A"] == pytest.approx(40.0)
