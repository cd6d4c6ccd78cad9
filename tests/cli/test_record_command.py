"""`landbridge record`: exit codes, words, JSON, files, bad input."""

import csv
import inspect
import json

import pytest

import landbridge as lb


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


def test_what_can_be_asked_is_listed_by_kind_with_its_days(run):
    ran = run("record", "list")
    assert ran.code == 0
    assert "kaz-2022" in ran.out
    assert "--of all" in ran.out
    rows = json.loads(run("record", "list", "--json").out)
    facts = lb.load_facts()
    assert {row["id"] for row in rows} == {row["id"] for row in facts.table("records").rows}
    assert [row["kind"] for row in rows] == sorted(row["kind"] for row in rows)
    treaty = next(row for row in json.loads(run("record", "list", "--of", "agreements", "--json").out)
                  if row["id"] == "newstart")  # fmt: skip
    assert (treaty["since"], treaty["until"]) == ("2011-02-05", "2026-02-05")
    assert run("record", "list", "--of", "wars").code == 2


def test_everything_listed_can_be_asked():
    from landbridge.politics.listing import listing
    from landbridge.politics.subject import TABLES, find_subject

    world = lb.World.at("2026-06-01")
    for one in listing(world, TABLES):
        assert find_subject(world.facts, one.id).id, one.id
        assert one.name


def test_every_question_about_a_day_takes_quiet(run):
    from landbridge.cli.app import app

    apps = [app, *(group.typer_instance for group in app.registered_groups)]
    asked = [one.callback for some in apps for one in some.registered_commands]
    asked = [one for one in asked if "on" in inspect.signature(one).parameters]
    assert {one.__name__ for one in asked} >= {"route", "gas", "oil", "alliance", "record", "country"}
    assert [one.__name__ for one in asked if "quiet" not in inspect.signature(one).parameters] == []
    loud, quiet = (run("alliance", "csto", "--on", "2022-05-16", *some) for some in ((), ("--quiet",)))
    assert (quiet.code, quiet.out, quiet.err) == (0, loud.out, "")


def test_the_first_of_several_texts_is_said_to_be_that(run):
    assert "its first text since 1988-06-01" in run("record", "arms-control", "--on", "2020-06-01").out
