"""Reading what a user wrote: every fault is one complaint with file and line, never anything else."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from landbridge.errors import DateError, GatheredError, InputError, PlaceError, ScenarioError, gathered
from landbridge.files import Where, line_of, plain, read_json, read_table, read_text, read_yaml

COLUMNS = ("id", "origin", "via")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the file is empty; write the columns id, origin"),
        (b" \n\n", "the file is empty"),
        (b"\xff\xfei\x00d\x00", "line 1: cannot be read: not UTF-8 text; save the file as UTF-8"),
        (b"id,origin\n1,M\xfcnchen\n", "line 2: cannot be read: not UTF-8"),
        (b"id;origin\n1;Baku\n", "line 1: the columns are separated by semicolons"),
        (b"id\torigin\n1\tBaku\n", "line 1: the columns are separated by tabs"),
        (b"id,orgin\n", "line 1, field orgin: unknown column; nearest valid: origin"),
        (b"ID,origin\n", "line 1, field ID: unknown column; nearest valid: id"),
        (b"id\n", "line 1, field origin: this column is missing"),
        (b"id,origin,\n", "line 1: a column without a name"),
        (b"id,origin,id\n", "line 1, field id: this column comes twice"),
        (b"id,origin\na,Aktau, KAZ\n", "line 2: 3 cells, but 2 columns; put text with commas between double quotes"),
        (b'id,origin\n\na,"Baku\nb,Poti\n', "line 3: not CSV"),
    ],
)
def test_tables_that_cannot_be_read(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_table(path, COLUMNS, COLUMNS[:2])
    assert told in str(caught.value)
    assert all(one.file == str(path) for one in caught.value.complaints)


def test_all_problems_of_a_header_are_told(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("ID,orgin,\n")
    with pytest.raises(GatheredError) as caught:
        read_table(path, COLUMNS, COLUMNS[:2])
    assert len(caught.value.complaints) == 5


def test_a_byte_order_mark_blank_lines_and_long_cells_are_read(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes('\ufeffid, origin\r\n\r\na,"Ba\nku"\r\nb , Poti \r\n'.encode())
    assert read_table(path, COLUMNS, COLUMNS[:2]) == (
        (3, {"id": "a", "origin": "Ba\nku"}),
        (5, {"id": "b", "origin": "Poti"}),
    )


def test_a_missing_file_names_the_one_meant(tmp_path: Path) -> None:
    (tmp_path / "routes.csv").write_text("id\n")
    with pytest.raises(InputError, match=r"rotues\.csv: cannot be read: there is no such file; nearest.*routes"):
        read_text(tmp_path / "rotues.csv")
    with pytest.raises(InputError, match="this is a folder"):
        read_text(tmp_path)
    with pytest.raises(InputError, match="there is no such file"):
        read_text(tmp_path / "none" / "x.csv")


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("a: [", 1, "not YAML"),
        ("a: 1\n b: 2\n", 2, "not YAML: mapping values"),
        ("a: 1\na: 2\n", 2, "duplicate key"),
        ("a: *nothing\n", 1, "not YAML"),
        ("\t- a\n", 1, "not YAML"),
    ],
)
def test_yaml_that_cannot_be_read(text: str, line: int, told: str) -> None:
    with pytest.raises(InputError) as caught:
        read_yaml(text, "q.yaml")
    assert (caught.value.file, caught.value.line) == ("q.yaml", line)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_yaml_keeps_words_and_lines() -> None:
    data = read_yaml("on: 2024-06-01\ncarrier: NO\nhours: 22:30\nvia:\n  - a\n  - b\n", "q.yaml")
    assert plain(data) == {"on": "2024-06-01", "carrier": "NO", "hours": "22:30", "via": ["a", "b"]}
    assert [line_of(data, key) for key in data] == [1, 2, 3, 4]
    assert line_of(data["via"], 1) == 6
    assert line_of({"a": 1}, "a") is None
    assert line_of(data, "none") is None


def test_data_of_endless_depth_are_refused() -> None:
    with pytest.raises(InputError, match="more than 50 levels deep"):
        read_yaml("a: " + "[" * 60 + "]" * 60, "q.yaml")
    with pytest.raises(InputError, match=r"not JSON|levels deep"):
        read_json("[" * 100_000, "q.json")
    with pytest.raises(InputError, match=r"not YAML|levels deep"):
        read_yaml("[" * 5_000, "q.yaml")


def test_where_joins_keys_and_finds_lines() -> None:
    data = read_yaml("rows:\n  - id: a\n    question:\n      from: A\n      via: [B,\n        C]\n", "q.yaml")
    here = Where("q.yaml").inside(data, "rows").inside(data["rows"], 0)
    inner = data["rows"][0]["question"]
    asked = here.inside(data["rows"][0], "question")
    assert str(asked.complaint(inner, "from", "no")) == "q.yaml, line 4, field rows.0.question.from: no"
    assert asked.complaint(inner, "to", "no").line == 3
    assert asked.at(InputError("no"), inner, "via", 1).line == 6
    assert Where("t.csv", 7, names={"from": "origin"}).complaint({}, "from", "no").field == "origin"


def test_complaints_keep_their_kind_and_the_file_that_they_name() -> None:
    error = PlaceError("no place", nearest=["Baku, AZE"], remedy="look").at(file="q.yaml", line=2, field="from")
    assert isinstance(error, PlaceError)
    assert str(error) == 'q.yaml, line 2, field from: no place; nearest valid: "Baku, AZE"; look'
    assert error.at(file="other.yaml", line=9) is error


def test_gathering() -> None:
    one, two = DateError("late", file="a", line=9), InputError("early", file="a", line=1)
    assert gathered([one]) is one
    both = gathered([one, two, one])
    assert [item.line for item in both.complaints] == [1, 9]
    assert gathered([both, InputError("third")]).complaints[0].problem == "third"
    assert str(both) == "2 problems\n  a, line 1: early\n  a, line 9: late"
    assert isinstance(gathered([ScenarioError("a"), ScenarioError("b")]), ScenarioError)
    assert [item.file for item in gathered([InputError("x"), InputError("y")]).at(file="f").complaints] == ["f", "f"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode)))
@example(content=b",")
@example(content=b"\n,,\n \n")
def test_any_bytes_are_read_or_refused_in_our_own_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(content)

    def as_yaml(where: Path) -> Any:
        return read_yaml(read_text(where), str(where))

    def as_table(where: Path) -> Any:
        return read_table(where, COLUMNS, COLUMNS[:1])

    for read in (as_yaml, as_table):
        with contextlib.suppress(InputError):
            read(path)
