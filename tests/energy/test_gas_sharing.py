"""Three ways of sharing on systems that can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from landbridge.energy.leases import Lease
from landbridge.energy.program import make_program
from landbridge.energy.run import Run, after, read_run, solve_before, solver_of
from landbridge.energy.sharing import SHARINGS, share
from landbridge.energy.system import System
from tests.energy.tiny_gas import line, months, shut, store, tiny


def runs(before: System, now: System) -> dict[str, Run]:
    was = solve_before(before)
    program = make_program(after(now, was))
    solver = solver_of(program)
    floor = np.zeros(len(program.short_areas))
    return {one: share(program, solver, one, floor) for one in SHARINGS}


def short(run: Run, zone: str) -> float:
    return float(run.short[run.system.zones.index(zone)].sum())


def narrow(system: System, point: str, capacity: float) -> System:
    cut = system.capacity_mcmd.copy()
    cut[system.points.index(point)] = capacity
    return replace(system, capacity_mcmd=cut, usual_mcmd=np.minimum(system.usual_mcmd, cut))


def test_equal_sharing_makes_relative_shortages_level() -> None:
    system = line(horizon=months(1))
    found = runs(system, narrow(system, "s-m", 20.0))["equal"]
    # 50 came, 20 come: 30 are short of 20 + 35
    level = 30 / 55
    assert short(found, "MID") / 20 == pytest.approx(level, abs=1e-6)
    assert short(found, "END") / 35 == pytest.approx(level, abs=1e-6)


def test_national_sharing_passes_on_the_usual_share() -> None:
    system = line(horizon=months(1))
    found = runs(system, narrow(system, "s-m", 20.0))["national"]
    # 30 of 50 were passed on, so 12 of 20 are
    assert found.flow[system.points.index("m-e")] == pytest.approx([12.0])
    assert (short(found, "MID"), short(found, "END")) == pytest.approx((12.0, 18.0))


def test_least_cost_serves_the_protected_of_all_first() -> None:
    system = line(horizon=months(1))
    found = runs(system, narrow(system, "s-m", 20.0))["least-cost"]
    # 25 in all, 22 of them for the protected of both (8 and 14)
    assert found.short[1:, 0].sum() == pytest.approx(0)
    assert found.short[1:].sum() == pytest.approx(30)


def test_a_store_serves_its_own_land_alone_in_national_sharing() -> None:
    held = store("MID", 1, working=2.0, start=2.0, rate=60.0)
    system = line(horizon=months(1), stores=(held,))
    found = runs(system, shut(system, "s-m"))
    assert found["national"].flow[system.points.index("m-e")] == pytest.approx([0.0])
    assert short(found["national"], "MID") == pytest.approx(0)
    assert short(found["national"], "END") == pytest.approx(30)
    assert short(found["least-cost"], "END") < 29


def test_gas_held_abroad_goes_to_its_owner_and_no_further() -> None:
    held = store("MID", 1, working=2.0, start=2.0, rate=60.0, owner="END")
    system = line(horizon=months(1), stores=(held,))
    found = runs(system, replace(shut(system, "s-m"), leases=(Lease(0, "END", (1,), np.full(1, 60.0)),)))["national"]
    sent = found.flow[system.points.index("m-e")]
    assert 0 < sent[0] <= found.out[0][0] + 1e-9
    assert short(found, "END") == pytest.approx(30 - sent[0])
    # the next land gets none of it: what is held for MID's neighbour is not what MID passes on
    wide = tiny(
        {"SEL": 50.0, "MID": 20.0, "END": 35.0, "FAR": 10.0},
        {"SEL": 110.0, "END": 5.0},
        {"s-m": ("SEL", "MID", 60.0, 60.0), "m-e": ("MID", "END", 40.0, 40.0), "e-f": ("END", "FAR", 10.0, 10.0)},
        horizon=months(1),
        stores=(held,),
    )
    told = runs(wide, replace(shut(wide, "s-m"), leases=(Lease(0, "END", (1,), np.full(1, 60.0)),)))["national"]
    assert told.flow[wide.points.index("m-e")][0] > 0
    assert short(told, "FAR") == pytest.approx(10.0)


def test_the_solver_is_left_as_it_was() -> None:
    system = line(horizon=months(1))
    program = make_program(after(narrow(system, "s-m", 20.0), solve_before(system)))
    solver = solver_of(program)
    floor = np.zeros(3)
    first = read_run(program, solver.solve())
    for one in SHARINGS:
        share(program, solver, one, floor)
    again = read_run(program, solver.solve())
    assert again.short == pytest.approx(first.short)
    assert solver.solve().objective == pytest.approx(solver_of(program).solve().objective)


def test_equal_sharing_goes_on_to_the_next_level() -> None:
    # BAD can be reached by nothing; the two others share what is left alike
    system = tiny(
        {"SEL": 10.0, "BAD": 10.0, "ONE": 10.0, "TWO": 10.0},
        {"SEL": 40.0},
        {
            "b": ("SEL", "BAD", 10, 10),
            "o": ("SEL", "ONE", 10, 10),
            "t": ("ONE", "TWO", 10, 0),
            "u": ("SEL", "TWO", 10, 10),
        },
        horizon=months(1),
    )
    now = narrow(narrow(system, "b", 2.0), "u", 0.0)
    found = runs(system, now)["equal"]
    assert short(found, "BAD") / 10 == pytest.approx(0.8, abs=1e-6)
    assert short(found, "ONE") / 10 == pytest.approx(0.5, abs=1e-6)
    assert short(found, "TWO") / 10 == pytest.approx(0.5, abs=1e-6)


def test_what_was_promised_out_of_a_store_goes_and_no_more() -> None:
    held = store("MID", 1, working=2.0, start=2.0, rate=60.0)
    system = line(horizon=months(1), stores=(held,))
    for most in (0.0, 4.0):
        cut = replace(shut(system, "s-m"), leases=(Lease(0, "END", (1,), np.full(1, most)),))
        found = runs(system, cut)["national"]
        assert found.flow[system.points.index("m-e")] == pytest.approx([most], abs=1e-6)
        assert short(found, "END") == pytest.approx(30 - most)


def test_two_promises_out_of_one_store_are_not_more_than_it_gives() -> None:
    held = store("MID", 1, working=2.0, start=2.0, rate=24.0)
    system = line(horizon=months(1), stores=(held,))
    twice = tuple(Lease(0, "END", (1,), np.full(1, 20.0)) for _ in range(2))
    found = runs(system, replace(shut(system, "s-m"), leases=twice))["national"]
    assert found.flow[system.points.index("m-e")][0] <= found.out[0][0] + 1e-6
