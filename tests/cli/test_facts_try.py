"""`landbridge facts try` and `diff`: tables, JSON, exit codes, complaints in one list."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from landbridge.facts.schema import TABLES_FOLDER

GOOD = "id,hours,usd\nalashankou-dostyk-rail-westbound-2023,100,\n"


@pytest.fixture
def questions(tmp_path: Path) -> str:
    path = tmp_path / "q.yaml"
    path.write_text("questions:\n  - {kind: alliance, bloc: csto, on: 2023-06-01}\n")
    return str(path)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "crossing_waits.csv").write_text(GOOD)
    return folder


def test_rows_are_told_field_by_field(run: Callable[..., Any], mine: Path, questions: str) -> None:
    ran = run("facts", "try", str(mine), "--questions", questions)
    assert (ran.code, ran.err) == (0, "")
    assert "alashankou-dostyk-rail-westbound-2023" in ran.out
    assert "1 row replaced." in ran.out
    assert "1 row loses its source: crossing_waits alashankou-dostyk-rail-westbound-2023" in ran.out
    assert "0 of 1 standard questions asked again" in ran.out
    assert "- crossing_waits: alashankou-dostyk-rail-westbound-2023 hours 100 instead of 144" in ran.out


def test_bad_rows_are_refused_with_every_complaint(run: Callable[..., Any], mine: Path) -> None:
    (mine / "crossing_waits.csv").write_text(GOOD.replace(",100,", ",soon,"))
    (mine / "ports.csv").write_text("id,grade\npoti,F\n")
    ran = run("facts", "try", str(mine))
    assert (ran.code, ran.out) == (2, "")
    assert "crossing_waits.csv, line 2, field hours" in ran.err
    assert "ports.csv, line 2, field grade" in ran.err


def test_effects_are_a_table(run: Callable[..., Any], tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "crossing_status.csv").write_text(
        "id,subject,subject_kind,mode,direction,from,to,freight,persons,carriers,precision,certainty\n"
        "bs-geo-rus-upper-lars-road-20160706,GEO-RUS-upper-lars,crossing,road,both,2016-07-06,,none,none,all,day,sure\n"
    )
    path = tmp_path / "q.yaml"
    path.write_text("questions:\n  - {kind: route, from: Tbilisi, to: Vladikavkaz, modes: [road], on: 2023-06-01}\n")
    ran = run("facts", "try", str(folder), "--questions", str(path))
    assert ran.code == 0
    for words in ("route Tbilisi - Vladikavkaz", "best way", "hours, h", "on grade D", "numbers of 1"):
        assert words in ran.out, words


def test_diff_compares_folders(run: Callable[..., Any], tmp_path: Path, questions: str) -> None:
    assert "No row differs." in run("facts", "diff", str(TABLES_FOLDER)).out
    old = tmp_path / "old"
    shutil.copytree(TABLES_FOLDER, old)
    ports = old / "ports.csv"
    ports.write_text(ports.read_text().replace("Aarhus", "Aarhuus", 1))
    ran = run("facts", "diff", str(old))
    assert (ran.code, ran.err) == (0, "")
    assert "Aarhuus" in ran.out
    assert "standard" not in ran.out, "no question was asked"
    data = json.loads(run("facts", "diff", str(old), "--answers", "--all", "--questions", questions, "--json").out)
    assert [(one["table"], one["id"], one["change"]) for one in data["rows"]] == [("ports", "aarhus", "replaced")]
    assert data["rows"][0]["fields"] == [{"column": "name", "before": "Aarhuus", "after": "Aarhus"}]
    assert (data["schema"], data["rerun"], data["effects"]) == ("trial/1", ["alliance csto, 2023-06-01"], [])
    ran = run("facts", "diff", str(tmp_path / "nowhere"))
    assert (ran.code, ran.out) == (2, "")


def test_tables_that_lack_what_answers_need_are_refused(run: Callable[..., Any], tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(TABLES_FOLDER, old)
    units = old / "energy_units.csv"
    units.write_text(units.read_text().splitlines()[0] + "\n")
    path = tmp_path / "q.yaml"
    path.write_text("questions:\n  - {kind: oil, on: 2025-06-01}\n")
    ran = run("facts", "diff", str(old), "--answers", "--questions", str(path))
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err
