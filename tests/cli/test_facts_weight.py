"""`landbridge facts weight`: the table, JSON, CSV and the exit code."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def questions(tmp_path: Path) -> str:
    path = tmp_path / "q.yaml"
    path.write_text("questions:\n  - {kind: route, from: Baku, to: Tbilisi, modes: [road], on: 2023-06-01}\n")
    return str(path)


def test_rows_of_grade_d_or_of_all(run: Callable[..., Any], questions: str, tmp_path: Path) -> None:
    ran = run("facts", "weight", "--questions", questions)
    assert ran.code == 0
    assert not ran.err
    assert "Of hours" in ran.out
    assert "1 of 1 questions answered." in ran.out
    file = tmp_path / "w.csv"
    ran = run("facts", "weight", "--questions", questions, "--all", "--json", "--csv", str(file))
    data = json.loads(ran.out)
    assert data["schema"] == "weight/1"
    assert sum(row["share"] for row in data["rows"]) == pytest.approx(1.0)
    written = list(csv.DictReader(file.read_text().splitlines()))
    assert [(row["table"], row["id"]) for row in written] == [(row["table"], row["id"]) for row in data["rows"]]
    some = json.loads(run("facts", "weight", "--questions", questions, "--json").out)
    assert some["grade_shares"] == data["grade_shares"]
    assert some["rows"] == [row for row in data["rows"] if row["grade"] == "D"]


def test_few_rows_are_printed_and_the_rest_is_counted(run: Callable[..., Any], questions: str) -> None:
    assert "more rows" in run("facts", "weight", "--questions", questions, "--all", "--rows", "1").out
    assert "more rows" not in run("facts", "weight", "--questions", questions, "--all", "--rows", "0").out


def test_nothing_asked_is_a_no_and_bad_input_is_told(run: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    path.write_text("questions: []\n")
    assert run("facts", "weight", "--questions", str(path)).code == 1
    path.write_text("questionz: []\n")
    assert run("facts", "weight", "--questions", str(path)).code == 2
    path.write_text("questions: 3\n")
    ran = run("facts", "weight", "--questions", str(path))
    assert (ran.code, ran.out) == (2, "")
    assert "q.yaml" in ran.err
