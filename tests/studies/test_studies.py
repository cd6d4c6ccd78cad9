"""Kinds, questions from data and files, answers made again, changes between two worlds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from landbridge.answers import Indicator, Question
from landbridge.errors import InputError
from landbridge.studies import KINDS, CompareQuestion, changes, default_question, differences, read_asked, to_question
from landbridge.studies.compare import first_of_each


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_found(name: str) -> None:
    kind = KINDS[name]
    question = kind.question_class()
    assert question.kind == name
    module = __import__(kind.module, fromlist=[kind.function])
    assert callable(getattr(module, kind.function))


QUESTIONS: list[dict[str, Any]] = [
    {"kind": "route", "from": "Mumbai", "to": "Moscow", "teu": 2, "modes": ["rail", "sea"], "objective": "hours"},
    {"kind": "routes", "rows": [{"id": "a", "question": {"kind": "route", "from": "Baku", "to": "Poti"}}]},
    {"kind": "matrix", "places": ["Baku", "Poti"], "cargo": "container"},
    {"kind": "compare", "scenarios": ["suez-closed"], "question": {"kind": "route", "from": "A", "to": "B"}},
]


@pytest.mark.parametrize("data", QUESTIONS, ids=lambda data: data["kind"])
def test_questions_survive_the_way_through_data(data: dict[str, Any]) -> None:
    question = to_question(data)
    assert isinstance(question, Question)
    again = to_question(json.loads(json.dumps(question.to_dict())))
    assert again == question
    assert again.to_dict() == question.to_dict()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, "a question needs its kind; nearest valid: route"),
        ({"kind": "rout"}, "unknown kind of question 'rout'; nearest valid: route"),
        ({"kind": "route", "from": "A"}, "field to"),
        ({"kind": "route", "from": "A", "to": "B", "mods": 1}, "field mods: unknown key.*nearest valid: modes"),
        ({"kind": "compare", "scenario": "x"}, "field scenario: unknown key.*nearest valid: scenarios"),
        ({"kind": "compare", "scenarios": []}, "at least one scenario"),
    ],
)
def test_bad_questions_are_told(data: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        to_question(data)


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    path.write_text("kind: route\nfrom: Oslo\nto: NO\non: 2024-06-01\nscenario: suez-closed\n")
    asked = read_asked(path)
    assert asked.on == "2024-06-01"
    assert asked.scenarios == ("suez-closed",)
    assert asked.question.to_dict()["to"] == "NO"
    assert asked.answer is None
    answer = {"schema": "route/1", "question": asked.question.to_dict(),
              "world": {"date": "2024-06-01", "scenarios": ["a", "b"]}}  # fmt: skip
    path = tmp_path / "a.json"
    path.write_text(json.dumps(answer))
    again = read_asked(path)
    assert again.answer == answer
    assert again.scenarios == ("a", "b")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("q.yaml", "kind: [", r"q\.yaml, line \d"),
        ("q.yaml", "- a\n", "a question or an answer is a mapping"),
        ("q.json", "{\n'a'}", r"q\.json, line 2: not JSON"),
        ("q.yaml", "kind: route\nform: A\n", r"q\.yaml, line 2, field form: unknown key.*nearest valid: from"),
    ],
)
def test_bad_files_are_told(tmp_path: Path, name: str, text: str, told: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(InputError, match=told):
        read_asked(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_asked(tmp_path / "none.yaml")


def test_numbers_agree_to_a_billionth() -> None:
    assert not list(differences({"a": [1.0, {"b": 1e6}]}, {"a": [1.0 + 1e-12, {"b": 1e6 + 1e-5}]}))
    assert [item.where for item in differences({"a": 1, "b": None}, {"a": True, "b": 2})] == ["a", "b"]
    assert [item.where for item in differences([1], [1, 2])] == [""]


def row(value: float | None, better: str = "lower", name: str = "hours", grade: str = "C") -> Indicator:
    return Indicator(name, "A - B", "h", value, grade=grade, better=better)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("base", "other", "better", "outcome"),
    [
        (10.0, 12.0, "lower", "loses"),
        (12.0, 10.0, "lower", "gains"),
        (10.0, 12.0, "higher", "gains"),
        (10.0, 12.0, "neither", "changes"),
        (10.0, 10.0 + 1e-12, "lower", "same"),
        (None, 12.0, "lower", "opens"),
        (12.0, None, "lower", "shuts"),
        (None, None, "lower", "never"),
    ],
)
def test_who_gains(base: float | None, other: float | None, better: str, outcome: str) -> None:
    (change,) = changes([row(base, better)], [row(other, better, grade="D")])
    assert change.outcome == outcome
    if base is not None and other is not None:
        assert change.delta == other - base
        assert change.percent == pytest.approx(100 * (other - base) / base)
        assert change.grade == "D"
    else:
        assert change.delta is None
        assert change.percent is None


def test_swapping_the_worlds_swaps_gain_and_loss() -> None:
    one, two = [row(10.0), row(5.0, name="usd")], [row(12.0), row(4.0, name="usd")]
    swap = {"gains": "loses", "loses": "gains"}
    forth, back = changes(one, two), changes(two, one)
    assert [swap[change.outcome] for change in forth] == [change.outcome for change in back]
    assert [change.delta for change in forth] == [-change.delta for change in back if change.delta is not None]


def test_an_indicator_of_one_world_only_is_kept() -> None:
    found = changes([row(1.0)], [row(1.0), row(2.0, name="usd")])
    assert [(change.name, change.outcome) for change in found] == [("hours", "same"), ("usd", "opens")]
    assert len(first_of_each(found)) == 1


def test_the_fixed_list_of_relations() -> None:
    question = default_question()
    assert question.kind == "routes"
    assert len(question.to_dict()["rows"]) >= 12
    assert CompareQuestion.from_dict({"kind": "compare", "scenarios": ["suez-closed"]}).question == question
