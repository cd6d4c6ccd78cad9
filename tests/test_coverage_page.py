"""The page of what landbridge answers: it is up to date, and every command on it runs."""

from __future__ import annotations

import csv
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from landbridge.cli.app import main

ROOT = Path(__file__).parent.parent
TABLES = ROOT / "tools" / "coverage"


def rows(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ANSWERED = ("corridor", "railway", "road", "sea route", "alliance", "bloc", "agreement", "format", "institution",
            "crisis", "sanction or pressure measure")  # fmt: skip
COMMANDS = [row["command"] for row in rows("commands")]
MISSING = {row["id"]: row["missing"] for row in rows("missing")}
BEYOND = ("bargaining", "power", "shapley", "nash", "coalition", "trade effect", "trade gain", "trade change",
          "effect on trade", "effect of a stop", "cluster", "winners", "gain and loss", "change in flow", "diversion",
          "cooperative game")  # fmt: skip
"""Words of questions that take models of trade, power or claims, which no command answers yet."""
TOLD = frozenset(("irn-tur-poem-2020", "tur-rus-2015", "blr-gas-price", "tur-aze-pak"))
"""Systems whose question has such a word and is answered all the same."""
CAME_OUT = {row["command"]: row["answer"] for row in rows("answers")}


def test_page_is_written_from_the_tables() -> None:
    subprocess.run([sys.executable, str(ROOT / "tools" / "build_coverage.py"), "--check"], check=True)


@pytest.mark.parametrize("kind", ANSWERED)
def test_every_system_of_these_kinds_is_answered(kind: str) -> None:
    answered = {row["id"] for row in rows("commands")}
    wanted = {row["id"] for row in rows("systems") if row["kind"] == kind}
    assert wanted
    assert wanted <= answered


def test_what_no_command_answers_yet_is_told_apart() -> None:
    answered = {row["id"] for row in rows("commands")}
    systems = {row["id"]: row["question"] for row in rows("systems")}
    assert set(MISSING) <= answered
    assert all(MISSING.values())
    for row in rows("commands"):
        assert not re.search(r"\b(later|comes? with)\b", row["shows"]), f"{row['id']}: to missing.csv with it"
    beyond = {key for key, text in systems.items() if any(word in text.lower() for word in BEYOND)}
    assert beyond & answered - set(MISSING) - TOLD == set()
    page = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    head = re.search(r"Of (\d+) systems (\d+) answered, (\d+) in part, (\d+) not yet\.", page)
    assert head is not None
    counts = tuple(int(number) for number in head.groups())
    assert counts == (len(systems), len(answered - set(MISSING)), len(MISSING), len(systems) - len(answered))


@pytest.mark.parametrize("command", sorted(set(COMMANDS)))
def test_command_runs_and_answers(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = shlex.split(command)
    assert arguments[0] == "landbridge"
    monkeypatch.setattr(sys, "argv", [*arguments, "--json"])
    try:
        main()
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    told = capsys.readouterr()
    assert code in {0, 1}, told.err
    answer = json.loads(told.out)
    if arguments[1] == "route":
        assert answer["routes"] or answer["no_route"]["reason"]
        assert (code == 0) == bool(answer["routes"])
        assert CAME_OUT[command].startswith("no route: ") == (not answer["routes"])
    if arguments[1] == "record":
        assert (code == 0) == (answer["nothing"] is None)
        parts = (
            "agreements",
            "clauses",
            "meetings",
            "events",
            "figures",
            "measures",
            "ties",
            "posts",
            "votes",
            "effects",
        )
        assert any(answer[part] for part in parts)
    if arguments[1] == "alliance":
        assert (code == 0) == (answer["nobody"] is None)
