"""Gas asked from a file, made again, and compared with a scenario: studies know nothing of it but its indicators."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.console import Console

from landbridge.errors import InputError
from landbridge.facts import load
from landbridge.report import checks, terminal, versus
from landbridge.report.names import Names
from landbridge.studies import CompareAnswer, ask, compare, read_asked, rerun
from landbridge.world import World

ASKED = {"kind": "gas", "from": "2021-01-11", "to": "2021-01-12", "areas": ["BGR", "GRC", "TUR", "UKR", "RUS"]}


@pytest.fixture(scope="module")
def compared() -> CompareAnswer:
    return compare(World.at("2021-01-11"), "turkstream-stop", ASKED)


def test_a_file_is_read_asked_and_made_again(tmp_path: Path) -> None:
    file = tmp_path / "gas.yaml"
    file.write_text("kind: gas\nfrom: 2021-01-11\nto: 2021-01-11\non: 2021-01-11\nareas: [BGR]\n")
    asked = read_asked(file, load())
    assert asked.world is not None
    answer = ask(asked.world, asked.question).to_dict()
    again = rerun(json.loads(json.dumps(answer)))
    assert again.same, again.differences[:3]
    assert again.same_world


def test_what_is_wrong_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "gas.yaml"
    file.write_text("kind: gas\nfrom: 2021-01-11\nsharing: equl\nareas: [BGX]\nstep: weekly\n")
    with pytest.raises(InputError) as caught:
        read_asked(file, load())
    assert {(one.line, one.field) for one in caught.value.complaints} == {(3, "sharing"), (4, "areas"), (5, "step")}


def test_compare_reads_indicators_alone(compared: CompareAnswer) -> None:
    told = {(row.subject, row.name): row for row in compared.changes}
    assert {subject for subject, _ in told} == set(ASKED["areas"])
    assert told["RUS", "export"].outcome == "loses"
    short = told["BGR", "shortage"]
    assert short.unit == "bcm"
    assert short.other is not None
    assert short.base is not None
    assert short.other >= short.base


def test_compare_is_told_in_a_terminal(compared: CompareAnswer) -> None:
    console = Console(width=110)
    with console.capture() as caught:
        console.print(terminal.compare(compared.to_dict(), Names(load())))
    text = caught.get()
    assert "base world against turkstream-stop" in text
    assert "Russia" in text
    assert "no way" not in text
    assert "Shortage grows in" in text


def test_compare_makes_a_page(compared: CompareAnswer) -> None:
    text = versus.page_of(compared, load())
    assert checks.unsourced(text) == ()
    assert checks.loads(text) == ()
    assert 'id="base-map-title"' in text
    assert 'id="other-map-title"' in text
    assert "What differs, by area" in text
