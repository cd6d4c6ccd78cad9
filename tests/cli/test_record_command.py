"""`landbridge record`: exit codes, words, JSON, files, bad input."""

import csv
import json

import pytest


def test_a_record_in_words(run):
    ran = run("record", "Zurich protocols", "--on", "2012-01-01")
    assert (ran.code, ran.err) == (0, "")
    assert "Status: signed, not in force (since 2009-10-10)." in ran.out
    assert "condition" in ran.out
    assert "Border posts ARM-TUR" in ran.out
    assert "nan" not in ran.out.lower()


def test_what_has_not_begun_is_a_no(run):
    ran = run("record", "zurich-2009", "--on", "2005-01-01")
    assert ran.code == 1
    assert "Nothing yet: it begins on 2009-10-10." in ran.out


def test_json_is_the_answer(run):
    ran = run("record", "tri-2020", "--on", "2021-06-01", "--json")
    answer = json.loads(ran.out)
    assert answer["schema"] == "record/1"
    assert {row["number"] for row in answer["clauses"]} >= {"1", "6a", "9"}
    assert all(row["source"] for row in answer["evidence"])


def test_areas_of_the_question(run):
    ran = run("record", "un-votes", "--area", "arm", "--area", "AZE", "--on", "2020-06-01", "--json")
    assert json.loads(ran.out)["question"]["areas"] == ["ARM", "AZE"]
    assert run("record", "un-votes", "--area", "ARM").code == 2


def test_rows_go_to_a_file(run, tmp_path):
    path = tmp_path / "rows.csv"
    assert run("record", "minsk-donbas", "--on", "2021-06-01", "-o", str(path)).code == 0
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["part"] for row in rows} >= {"agreement", "clause", "meeting", "event"}
    assert sum(row["part"] == "clause" for row in rows) == 13


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("record", "zurich-2008"), "nothing on record as 'zurich-2008'; nearest valid: zurich-2009"),
        (("record", "jcpoa", "--area", "IRN", "--area", "USX"), "unknown area 'USX'"),
        (("record", "jcpoa", "--on", "someday"), "is not a date"),
    ],
)
def test_bad_input_is_told(run, words, said):
    ran = run(*words)
    assert ran.code == 2
    assert said in ran.err
    assert ran.out == ""


def test_a_question_of_a_file(run, tmp_path):
    path = tmp_path / "q.yaml"
    path.write_text("kind: record\nrecord: Aktau convention\n", encoding="utf-8")
    ran = run("ask", str(path), "--on", "2026-06-01", "--json")
    assert json.loads(ran.out)["record"] == "caspian-five"
