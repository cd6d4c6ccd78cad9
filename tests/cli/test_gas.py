"""The command gas: one real cut of days asked once, its files, and one clear message for each bad input."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import landbridge as lb
from landbridge.report import checks

CUT = ("--from", "2009-01-07", "--to", "2009-01-09")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path, str]:
    """A cut of three days by another process: its JSON, the folder of its files, what it said beside."""
    folder = tmp_path_factory.mktemp("gas")
    files = ["--csv", "areas.csv", "--flows", "flows.csv", "--geojson", "flows.geojson", "--html", "gas.html"]
    words = [sys.executable, "-m", "landbridge.cli.app", "gas", *CUT, *files, "--json"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True)
    return json.loads(done.stdout), folder, done.stderr


def test_nothing_but_the_answer_goes_to_standard_output(asked: tuple[dict[str, Any], Path, str]) -> None:
    data, _, beside = asked
    assert data["schema"] == "gas/1"
    assert data["world"]["date"] == "2009-01-07"
    assert [one["label"] for one in data["periods"]] == ["2009-01-07", "2009-01-08", "2009-01-09"]
    assert beside == ""
    assert checks.unsourced(data) == ()


def test_its_files(asked: tuple[dict[str, Any], Path, str]) -> None:
    data, folder, _ = asked
    with (folder / "areas.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 4 * len(data["areas"])
    assert {row["period"] for row in rows} == {"2009-01-07", "2009-01-08", "2009-01-09", "whole"}
    with (folder / "flows.csv").open(encoding="utf-8", newline="") as stream:
        flows = list(csv.DictReader(stream))
    assert [row["id"] for row in flows] == [one["id"] for one in data["flows"]]
    shapes = json.loads((folder / "flows.geojson").read_text(encoding="utf-8"))
    assert [one["id"] for one in shapes["features"]] == [one["id"] for one in data["flows"]]
    lines = [one for one in shapes["features"] if one["properties"]["kind"] == "physical"]
    assert all(one["geometry"]["type"] == "LineString" for one in lines)
    assert all(one["properties"]["bcm"] >= 0 for one in lines)


def test_its_page(asked: tuple[dict[str, Any], Path, str]) -> None:
    text = (asked[1] / "gas.html").read_text(encoding="utf-8")
    assert checks.unsourced(text) == ()
    assert checks.loads(text) == ()
    assert "Bulgaria" in text
    assert 'id="gas-title"' in text
    assert len(text) < 2_000_000


def test_a_day_of_the_world_after_the_facts_is_the_last(run: Callable[..., Any]) -> None:
    ran = run("gas", "--from", "2030-01-05", "--to", "2030-01-05", "--area", "bgr", "--area", "SRB")
    assert ran.code == 0
    assert ran.out.startswith("Gas, 2030-01-05 to 2030-01-05 by days: each area keeps what it has")
    assert "The facts end on 2026-07-01" in ran.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--area", "BGX"), "field --area: no gas is told of area 'BGX'; nearest valid: BGR, BGD"),
        (("--from", "2009-01-09", "--to", "2009-01-01"), "field --to: it ends on 2009-01-01, before it starts on "
                                                         "2009-01-09; nearest valid: 2009-01-09"),
        (("--from", "2005-01-01"), "field --from: capacities of pipes are known from 2007-01-01 on, not on 2005-01-01; "
                                   "nearest valid: 2007-01-01"),
        (("--on", "2005-01-01"), "field --on: capacities of pipes are known from 2007-01-01 on, not on 2005-01-01; "
                                 "nearest valid: 2007-01-01"),
        (("--on", "2035-01-01"), "field --on: the facts cover 1991-01-01 to 2026-07-01, not 2035-01-01; nearest valid: "
                                 "2026-07-01"),
        (("--sharing", "equl"), "field --sharing: unknown sharing 'equl'; nearest valid: equal"),
        (("--cold", "seson"), "field --cold: unknown cold 'seson'; nearest valid: season"),
        (("--cold", "season", "--cold-from", "2015-02-15"), "field --cold-from: a spell that begins on a"),
        (("--basis", "befor"), "field --basis: unknown basis 'befor'; nearest valid: before"),
        (("--from", "20x9"), "field --from: '20x9' is not a date; write it as YYYY-MM-DD"),
        (("--scenario", "ukraine-transit"), "field --scenario: no scenario 'ukraine-transit'"),
        (("--from", "2020-01-01", "--to", "2020-12-31", "--step", "day"), "field --step: 366 days are too many"),
        (("--csv", "a.xls"), "a.xls: '.xls' is no format for a table"),
    ],
)  # fmt: skip
def test_bad_input_gives_one_message(run: Callable[..., Any], words: tuple[str, ...], told: str) -> None:
    ran = run("gas", *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"landbridge: {told}")
    assert ran.err.count("\n") == 1


def test_all_that_is_wrong_is_told_at_once(run: Callable[..., Any]) -> None:
    ran = run("gas", "--cold", "arctic", "--basis", "later", "--area", "XX")
    assert ran.code == 2
    assert ran.err.startswith("landbridge: 3 problems")


def test_the_verb_gives_the_answer_of_the_command(asked: tuple[dict[str, Any], Path, str]) -> None:
    answer = lb.gas(lb.World.at("2009-01-07"), start="2009-01-07", end="2009-01-09")
    assert isinstance(answer, lb.GasAnswer)
    assert isinstance(answer.question, lb.GasQuestion)
    assert json.loads(json.dumps(answer.to_dict()))["areas"] == asked[0]["areas"]


def test_the_command_reads_the_file(run: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "gas.json"
    file.write_text(json.dumps({"kind": "gas", "from": "2021-01-11", "to": "2021-01-11", "areas": ["BGR"]}))
    ran = run("ask", str(file), "--on", "2021-01-11", "--html", str(tmp_path / "gas.html"))
    assert ran.code == 0
    assert ran.out.startswith("Gas, 2021-01-11 to 2021-01-11 by days")
    assert "<svg" in (tmp_path / "gas.html").read_text(encoding="utf-8")
