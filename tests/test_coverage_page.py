"""The page of what landbridge answers: it is up to date, and every command on it runs."""

from __future__ import annotations

import csv
import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from landbridge.cli.app import app

ROOT = Path(__file__).parent.parent
TABLES = ROOT / "tools" / "coverage"


def rows(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


COMMANDS = [row["command"] for row in rows("commands")]


def test_page_is_written_from_the_tables() -> None:
    subprocess.run([sys.executable, str(ROOT / "tools" / "build_coverage.py"), "--check"], check=True)


def test_every_corridor_railway_road_and_sea_route_is_answered() -> None:
    answered = {row["id"] for row in rows("commands")}
    wanted = {row["id"] for row in rows("systems") if row["kind"] in {"corridor", "railway", "road", "sea route"}}
    assert wanted
    assert wanted <= answered


@pytest.mark.parametrize("command", sorted(set(COMMANDS)))
def test_command_runs_and_answers(command: str) -> None:
    program, *arguments = shlex.split(command)
    assert program == "landbridge"
    result = CliRunner().invoke(app, [*arguments, "--json"])
    assert result.exit_code in {0, 1}, result.output
    answer = json.loads(result.stdout)
    assert answer["routes"] or answer["no_route"]["reason"]
