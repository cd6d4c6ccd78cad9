"""The same small systems solved here and by PyPSA: the same objective and the same flows."""

from __future__ import annotations

import logging
import os
import sys
from dataclasses import replace
from importlib.util import find_spec

import numpy as np
import pytest

from landbridge.energy.leases import Lease
from landbridge.energy.obligations import Duty
from landbridge.energy.program import make_program
from landbridge.energy.pypsa import flows, solve, to_pypsa
from landbridge.energy.run import read_run, solver_of
from landbridge.energy.system import System
from landbridge.errors import MissingExtraError
from tests.energy.tiny_gas import days, line, months, shut, store, tiny

# on the machine that tests every change it must be there
NEEDED = pytest.mark.skipif(
    find_spec("pypsa") is None and not os.environ.get("CI"), reason="PyPSA is not installed: pip install '.[pypsa]'"
)
OTHERS_WARN = pytest.mark.filterwarnings("ignore")


def with_store() -> System:
    held = replace(store("END", 2, working=1.5, start=0.9, rate=20.0, floor=0.1), usual_end_bcm=0.8)
    system = shut(line(horizon=months(3), stores=(held,), switching=0.4, swing=1.1, shape=(1.2, 1.0, 0.8)), "m-e")
    return replace(system, duties=(Duty("contract", "MID", (0,), 3.0),))


def with_reverse() -> System:
    pipes = {"f": ("A", "B", 10.0, 8.0), "r": ("B", "A", 50.0, 0.0), "c": ("B", "C", 20.0, 11.0)}
    made, asked = {"A": 15.0, "B": 45.0}, {"A": 26.0, "B": 17.0, "C": 11.0}
    return tiny(asked, made, pipes, mirrors={"r": ["f"]}, horizon=days(3), swing=1.2)


def with_lease_and_tanks() -> System:
    mine = store("MID", 1, working=1.0, start=0.6, rate=15.0)
    other = store("MID", 1, working=0.04, start=0.03, rate=15.0, owner="END")
    wide = tiny(
        {"SEL": 50.0, "MID": 20.0, "END": 35.0},
        {"SEL": 100.0, "END": 5.0},
        {"s-m": ("SEL", "MID", 60.0, 50.0), "m-e": ("MID", "END", 40.0, 30.0), "sea": ("LNG", "END", 20.0, 0.0)},
        horizon=days(3),
        stores=(mine, other),
    )
    kinds = tuple("lng-import" if name == "sea" else kind for name, kind in zip(wide.points, wide.kinds, strict=True))
    market = replace(
        wide.lng, importers=("END",), more_mcmd=np.zeros((1, 3)), tank_mcm=np.array([40.0]),
    )  # fmt: skip
    cut = shut(replace(wide, kinds=kinds, lng=market), "s-m")
    return replace(cut, leases=(Lease(1, "END", (1,), np.full(3, 15.0)),))


@NEEDED
@OTHERS_WARN
@pytest.mark.parametrize("make", [with_store, with_reverse, with_lease_and_tanks])
def test_the_same_objective_and_flows(make, caplog) -> None:
    caplog.set_level(logging.ERROR)
    program = make_program(make())
    found = solver_of(program).solve()
    network = to_pypsa(program)
    assert solve(network, program, log_to_console=False) == pytest.approx(found.objective, rel=1e-7)
    run = read_run(program, found)
    assert flows(network, program) == pytest.approx(run.flow, abs=1e-5)
    for s, held in enumerate(program.system.stores):
        assert network.stores_t.e[f"held {held.name}"].to_numpy() == pytest.approx(run.held[s], abs=1e-6)
    for z, zone in enumerate(program.system.zones):
        short = sum(network.generators_t.p[f"short {tier} {zone}"] for tier in ("protected", "power", "industry"))
        assert np.asarray(short) == pytest.approx(run.short[z].sum(axis=0), abs=1e-5)


def test_without_pypsa_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypsa", None)
    with pytest.raises(MissingExtraError, match="pypsa"):
        to_pypsa(make_program(line()))
