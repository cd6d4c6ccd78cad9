"""The program of oil on a system small enough to solve by hand."""

import numpy as np
import pytest

from landbridge.energy.oil_program import least_shortage, make_program, run
from landbridge.energy.oil_system import OilSystem, Way
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
        pattern_weight_km=1000.0, evidence=(),
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
