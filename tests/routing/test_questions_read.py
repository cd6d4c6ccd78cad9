"""Questions from files: what is refused, and with what words."""

from __future__ import annotations

from pathlib import Path

import pytest

from landbridge.errors import InputError
from landbridge.routing.batch import read_rows
from landbridge.routing.matrices import MatrixQuestion
from landbridge.routing.question import RouteQuestion


def test_round_trip() -> None:
    data = {"kind": "route", "from": "Mumbai", "to": "Moscow", "teu": 2.0, "modes": ["rail", "sea"], "via": ["suez"]}
    question = RouteQuestion.from_dict(data)
    assert RouteQuestion.from_dict(question.to_dict()) == question
    assert question.shipment.modes == ("rail", "sea")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            {"from": "A", "to": "B", "mods": ["rail"]},
            "field mods: unknown key of a route question; nearest valid: mode",
        ),
        ({"from": "A"}, "field to: a route question needs a place here"),
        ({"from": "A", "to": "B", "objective": "money"}, "unknown objective 'money'"),
        ({"from": "A", "to": "B", "teu": -1}, "teu is -1"),
        ({"from": "A", "to": "B", "service": "block tran"}, "nearest valid: block train"),
        ({"from": "A", "to": "B", "n": 0}, "n is 0"),
    ],
)
def test_bad_questions(data: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words.replace("(", r"\(")):
        RouteQuestion.from_dict(data)


def test_matrix_question_needs_places() -> None:
    with pytest.raises(InputError, match="at least one place"):
        MatrixQuestion.from_dict({"kind": "matrix", "places": []})


def test_all_bad_rows_are_named_with_file_line_and_field(tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text(
        "id,origin,destination,modes,teu\n1,Mumbai,Moscow,rail;see,2\n2,,Moscow,,\n3,Baku,Tbilisi,,many\n1,A,B,,\n"
        "1,A,B,,\n"
    )
    with pytest.raises(InputError) as caught:
        read_rows(file)
    words = str(caught.value)
    assert "in.csv, line 2, field modes: unknown mode 'see'; nearest valid: sea" in words
    assert "line 3, field origin: this cell must not be empty" in words
    assert "line 4, field teu: 'many' is not a number" in words
    assert "line 6, field id: the id '1' comes twice" in words


def test_unknown_and_missing_columns(tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("id,origin,destnation\n")
    with pytest.raises(InputError, match="nearest valid: destination"):
        read_rows(file)
    file.write_text("id,origin\n")
    with pytest.raises(InputError, match="field destination: this column is missing"):
        read_rows(file)
    with pytest.raises(InputError, match="cannot be read"):
        read_rows(tmp_path / "none.csv")


def test_several_values_in_a_cell(tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("id,origin,destination,via,on\nx,Mumbai,Moscow,suez; bosphorus,2024-01-01\n")
    (row,) = read_rows(file)
    assert row.question.shipment.via == ("suez", "bosphorus")
    assert row.on == "2024-01-01"
