"""Pipes closed again and again: the same as asked anew, whatever was closed before."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from landbridge.energy import closing
from landbridge.energy.closing import Closures
from landbridge.energy.program import make_program
from landbridge.energy.question import GasQuestion, horizon_of
from landbridge.energy.run import after, solve_before
from landbridge.energy.solver import Solver
from landbridge.energy.system import make_systems
from landbridge.errors import InputError
from landbridge.world import World

YEAR: dict[str, Any] = {"start": "2021-01-01", "end": "2021-03-31", "step": "month"}


def test_what_was_closed_before_does_not_count() -> None:
    world = World.at("2021-01-01")
    one, fresh = Closures(world, **YEAR), Closures(world, **YEAR)
    one.close(["UKR"])
    one.close(["nord-stream-1", "turkstream-1"])
    assert one.close(["blue-stream"]).harm_musd == pytest.approx(fresh.close(["blue-stream"]).harm_musd, rel=1e-7)
    assert one.close(()).harm_musd == pytest.approx(Closures(world, **YEAR).close(()).harm_musd, rel=1e-7)


def test_an_area_is_all_points_that_touch_it() -> None:
    closures = Closures(World.at("2021-01-01"), **YEAR)
    assert {"UKR", "nord-stream-1"} <= set(closures.names)
    alone = closures.close(["FIN"])
    # all of Finland's gas comes over one border; a little by ship
    assert alone.shortage_bcm["FIN"] > 0.3


def test_unknown_names_are_refused() -> None:
    with pytest.raises(InputError, match="nord-stream-1"):
        Closures(World.at("2021-01-01"), **YEAR).close(["nordstream-1"])


def test_a_closure_costs_what_the_whole_program_costs_solved_from_nothing() -> None:
    world = World.at("2021-01-01")
    closures = Closures(world, **YEAR)
    before, now = make_systems(world, horizon_of(world, GasQuestion(**YEAR)))
    program = make_program(after(now, solve_before(before)))
    system, draw = program.system, random.Random(3)
    for count in (1, 3, 3, 6, 12):
        names = draw.sample(closures.names, count)
        told = closures.close(names)
        shut = [
            p
            for p, ends in enumerate(zip(system.tails, system.heads, strict=True))
            if {system.points[p], system.pipelines[p], *(system.areas[z] for z in ends if z >= 0)} & set(names)
        ]
        low, high = program.low.copy(), program.high.copy()
        high[program.blocks["up"][shut].ravel()] = 0.0
        down = program.blocks["down"][shut].ravel()
        low[down] = high[down]
        whole = Solver(
            program.cost, low, high, program.row, program.col, program.value, program.row_low, program.row_high
        ).solve()
        assert told.harm_musd == pytest.approx(whole.objective, rel=1e-7)
        short = whole.x[program.blocks["short"]].sum(axis=1) + whole.x[program.blocks["gap"]]
        area = np.array([one == "DEU" for one in system.areas])
        assert told.shortage_bcm["DEU"] == pytest.approx((short @ system.days / 1000)[area].sum(), abs=1e-7)


def test_the_order_of_a_game_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closing, "KEPT", 5)
    world = World.at("2021-01-01")
    players = ("UKR", "BLR", "TUR", "NOR")
    coalitions = [[name for k, name in enumerate(players) if n >> k & 1] for n in range(16)]
    one, other = Closures(world, **YEAR), Closures(world, **YEAR)
    forth = [one.close(some) for some in coalitions]
    back = [other.close(some) for some in reversed(coalitions)][::-1]
    for a, b in zip(forth, back, strict=True):
        assert a.harm_musd == pytest.approx(b.harm_musd, rel=1e-9)
        assert dict(a.shortage_bcm) == pytest.approx(dict(b.shortage_bcm), abs=1e-7)


def test_a_pipe_that_carries_nothing_changes_nothing_and_needs_no_solving(monkeypatch: pytest.MonkeyPatch) -> None:
    closures = Closures(World.at("2021-01-01"), **YEAR)
    none = closures.close(())
    monkeypatch.setattr(closures._lean.solver, "solve", None)
    assert closures.close(["nord-stream-2"]) == none
