"""Questions from files: every complaint at once, with file, line, field and nearest; nothing else is ever raised."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.answers import Question
from landbridge.errors import InputError
from landbridge.facts import load
from landbridge.studies import KINDS, ask, compare, read_asked, routes, to_question
from landbridge.world import World

ROUTE = """\
kind: route
from: Mumbbai
to: Moscow
via:
  - suez
  - AZE-IRN-astara
avoid: [passage:hormus, area:RUS]
carrier: RUZ
teu: two
mods: [rail]
n: five
hs: 07
on: 2035-01-01
scenario: suez-close
"""
LINES = [(2, "from"), (6, "via"), (7, "avoid"), (7, "avoid"), (8, "carrier"), (9, "teu"), (10, "mods"), (11, "n"),
         (12, "hs"), (13, "on"), (14, "scenario")]  # fmt: skip


def wrong(path: Path, text: str, **options: Any) -> InputError:
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        read_asked(path, load(), **options)
    return caught.value


def places(error: InputError) -> list[tuple[int | None, str | None]]:
    return [(one.line, one.field) for one in error.complaints]


def test_all_faults_of_a_file_are_told_in_the_order_of_its_lines(tmp_path: Path) -> None:
    error = wrong(tmp_path / "q.yaml", ROUTE)
    assert places(error) == LINES
    assert all(one.file == str(tmp_path / "q.yaml") for one in error.complaints)
    assert "nearest valid: passage:hormuz" in str(error)
    assert 'write it in quotes: "07"' in str(error)


def test_what_the_command_line_gives_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    error = wrong(tmp_path / "q.yaml", "kind: route\nfrom: Baku\nto: Poti\n", on="2035-01-01", scenarios=["suez-close"])
    assert [one.file for one in error.complaints] == [None, None]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kind: routes\nrows:\n  - {id: a, question: {from: Baku, to: Potti}}\n  - id: a\n    on: 2035-01-01\n"
         "    question:\n      from: Baku\n      to: Poti\n      team: maybe\n  - 5\n",
         [(3, "rows.0.question.to"), (4, "rows.1.id"), (5, "rows.1.on"), (9, "rows.1.question.team"), (10, "rows.2")]),
        ("kind: matrix\nplaces:\n  - Baku\n  - Tbilisi, AZE\ndestinations: {a: b}\n",
         [(4, "places"), (5, "destinations")]),
        ("kind: compare\nscenarios: [suez-close]\nquestion:\n  kind: route\n  from: Baku\n  to: Potti\n",
         [(2, "scenarios"), (6, "question.to")]),
        ("kind: compare\nquestion: 5\n", [(None, "scenarios"), (2, "question")]),
        ("kind: compare\nscenarios: suez-closed\nquestion: {kind: rout}\n", [(3, "question.kind")]),
        ("kind: rout\n", [(1, "kind")]),
        ("kind: 5\n", [(1, "kind")]),
        ("from: A\n", [(None, "kind")]),
        ("kind: route\nfrom: Baku\nto: Poti\non: [1]\nscenario: 5\n", [(4, "on"), (5, "scenario")]),
    ],
)  # fmt: skip
def test_each_kind_names_its_lines(tmp_path: Path, text: str, found: list[tuple[int | None, str | None]]) -> None:
    assert sorted(places(wrong(tmp_path / "q.yaml", text)), key=str) == sorted(found, key=str)


def test_the_scenarios_of_a_comparison_are_its_own(tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    path.write_text("kind: compare\nscenarios: suez-closed\non: 2023-06-01\nquestion: {kind: route, from: A, to: B}\n")
    asked = read_asked(path)
    assert asked.scenarios == ()
    assert asked.question.to_dict()["scenarios"] == ["suez-closed"]


def test_an_answer_of_scenarios_of_ones_own_says_what_to_give(tmp_path: Path) -> None:
    question = to_question({"kind": "route", "from": "Baku", "to": "Poti"}).to_dict()
    answer = {"schema": "route/1", "question": question, "world": {"date": "2024-01-01", "scenarios": ["mine"]}}
    error = wrong(tmp_path / "a.json", json.dumps(answer))
    assert (error.field, "give your own files again, by --scenario" in str(error)) == ("world.scenarios", True)
    assert read_asked(tmp_path / "a.json", load(), scenarios=["suez-closed"]).world is not None


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "the file is empty"), ("5\n", "is a mapping"), ("kind: route\nkind: route\n", "line 2: not YAML: found dup")],
)
def test_files_that_hold_no_question(tmp_path: Path, text: str, told: str) -> None:
    assert told in str(wrong(tmp_path / "q.yaml", text))


def test_python_gets_the_same_complaints() -> None:
    world = World.at("2024-06-01")
    with pytest.raises(InputError, match="2 problems"):
        ask(world, {"kind": "route", "from": "Baku", "to": "Potti", "carrier": "QQQ"})
    with pytest.raises(InputError, match="field to: no place 'Potti'"):
        compare(world, "suez-closed", {"kind": "route", "from": "Baku", "to": "Potti"})
    rows: list[Any] = [{"id": 1, "origin": "Baku", "destination": "Potti", "on": "2035-01-01"}, 5]
    with pytest.raises(InputError, match=r"field rows\.1: 5 is not a row"):
        routes(world, rows)
    with pytest.raises(InputError) as caught:
        routes(world, rows[:1])
    assert [one.field for one in caught.value.complaints] == ["rows.0.destination", "rows.0.on"]


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 60) | st.floats() | st.sampled_from(["", " ", "Baku", "x", "suez"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["kind", "from", "id"]), inner),
    max_leaves=4,
)
KEYS = ["from", "to", "at", "n", "objective", "cargo", "teu", "tonnes", "value_usd", "carrier", "service", "modes",
        "via", "avoid", "team", "hs", "places", "destinations", "rows", "scenarios", "question", "other"]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(kind=st.sampled_from(list(KINDS)), data=st.dictionaries(st.sampled_from(KEYS), PLAIN, max_size=6))
def test_any_plain_data_is_a_question_or_is_refused_in_our_own_words(kind: str, data: dict[str, Any]) -> None:
    base: dict[str, Any] = {"route": {"from": "Baku", "to": "Poti"}, "matrix": {"places": ["Baku"]}}.get(kind, {})
    try:
        question = to_question({**base, **data, "kind": kind}, world=World.at("2024-06-01"))
    except InputError:
        return
    assert isinstance(question, Question)
    assert to_question(question.to_dict()) == question
