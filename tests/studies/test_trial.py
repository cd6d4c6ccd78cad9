"""What rows change in the answers: what is asked again, what comes out otherwise, what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from landbridge.facts import Facts, changed_rows, load
from landbridge.studies.ask import Asked, to_question
from landbridge.studies.told import Desk, Told
from landbridge.studies.touching import Sieve
from landbridge.studies.trial import Trial, try_facts

LARS = "bs-geo-rus-upper-lars-road-20160706"
QUESTIONS = """questions:
  - {kind: route, on: 2023-06-01, from: Yerevan, to: Moscow, modes: [road]}
  - {kind: route, on: 2023-06-01, from: Tashkent, to: Dushanbe, modes: [road]}
  - {kind: alliance, on: 2023-06-01, bloc: csto}
"""
FIRST = "route Yerevan - Moscow, by road, 2023-06-01"


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("questions") / "q.yaml"
    path.write_text(QUESTIONS)
    return path


def shut(facts: Facts) -> Facts:
    row = facts.row("crossing_status", LARS)
    known = {name: row[name] for name in ("subject", "subject_kind", "mode", "direction", "persons", "carriers")}
    rest = {**known, "precision": "day", "certainty": "sure", "source_id": row["source_id"], "grade": row["grade"]}
    return facts.with_rows("crossing_status", [
        {"id": LARS, "to": "2023-05-01", "source_id": row["source_id"], "grade": row["grade"]},
        {"id": "slide", "from": "2023-05-01", "to": "2023-07-01", "freight": "none", **rest},
        {"id": "later", "from": "2023-07-01", "freight": "all", **rest},
    ])  # fmt: skip


@pytest.fixture(scope="module")
def ours() -> Facts:
    return load()


@pytest.fixture(scope="module")
def found(ours: Facts, questions: Path) -> Trial:
    return try_facts(ours, shut(ours), questions=questions)


def test_a_shut_post_changes_the_way_of_its_days_alone(found: Trial) -> None:
    assert {one.id: one.kind for one in found.rows} == {LARS: "replaced", "slide": "added", "later": "added"}
    (effect,) = [one for one in found.effects if one.question == FIRST]
    assert effect.before != effect.after
    hours = next(one for one in effect.changes if one.name == "hours")
    assert hours.other is not None
    assert hours.base is not None
    assert hours.other > hours.base
    assert not [item for one in found.effects if one is not effect for item in one.changes]


def test_what_the_rows_cannot_touch_is_not_asked_and_counted(found: Trial, questions: Path) -> None:
    assert FIRST in found.rerun
    assert not [name for name in found.rerun if "csto" in name or "Dushanbe" in name]
    data = found.to_dict()
    assert data["not_rerun"] == found.asked - len(found.rerun) > 0
    assert (data["schema"], data["left"], found.asked) == ("trial/1", 0, 3)
    assert found.line.startswith("- crossing_status: ")
    assert "the best way of 1" in found.line


def test_all_asks_all_and_gives_the_same(ours: Facts, found: Trial, questions: Path) -> None:
    every = try_facts(ours, shut(ours), questions=questions, every=True)
    assert len(every.rerun) == every.asked
    assert every.effects == found.effects


def test_nothing_differs_nothing_is_asked(questions: Path) -> None:
    nothing = try_facts(load(), load(), questions=questions)
    assert (nothing.rows, nothing.rerun, nothing.effects) == ((), (), ())


def test_time_that_is_over_is_told(questions: Path) -> None:
    late = try_facts(load(), shut(load()), questions=questions, seconds=-1.0)
    assert late.rerun == ()
    assert late.left > 0


ROUTE = to_question({"kind": "route", "from": "Yerevan", "to": "Moscow"})
GAS = to_question({"kind": "gas"})
CSTO = to_question({"kind": "alliance", "bloc": "csto"})
NOTHING = Told(True, "", (), ())


def sieve(table: str, *rows: dict[str, object]) -> Sieve:
    ours = load()
    more = ours.with_rows(table, rows)
    return Sieve(changed_rows(ours, more), Desk(ours), Desk(more))


def test_tables_touch_the_questions_that_read_them() -> None:
    gas = sieve("gas_points", {"id": "alveringem-bel-fra-20070101", "capacity_mcmd": 1})
    assert [gas.lets_through(Asked(one, "2023-06-01")) for one in (ROUTE, GAS, CSTO)] == [False, True, False]
    wait = sieve("crossing_waits", {"id": "alashankou-dostyk-rail-westbound-2023", "hours": 1})
    assert [wait.lets_through(Asked(one, "2023-06-01")) for one in (GAS, CSTO)] == [False, False]
    rate = sieve("price_index", {"id": load().table("price_index").rows[0]["id"], "note": "x"})
    assert rate.lets_through(Asked(ROUTE, "2023-06-01"))


def test_a_named_row_touches_whatever_of_it_changes() -> None:
    row = load().row("crossing_status", LARS)
    noted = sieve("crossing_status", {"id": LARS, "note": "x", "source_id": row["source_id"], "grade": row["grade"]})
    named = Told(True, "", (), (), cited=frozenset({("crossing_status", LARS)}))
    assert noted.lets_through(Asked(ROUTE, "2023-06-01"), named)
    assert not noted.lets_through(Asked(ROUTE, "2023-06-01"), NOTHING)
    assert noted.lets_through(Asked(ROUTE, "2023-06-01")), "it may name the row, who knows"


def test_a_way_is_touched_where_it_could_lead() -> None:
    row = load().row("crossing_status", LARS)
    known = {"id": LARS, "source_id": row["source_id"], "grade": row["grade"]}
    closed = sieve("crossing_status", {**known, "freight": "none"})
    far = Told(True, "", (), (), ends=((10.8, 106.7), (13.7, 100.5)), reach_km=1500.0)
    near = Told(True, "", (), (), ends=((40.2, 44.5), (55.7, 37.6)), reach_km=2500.0)
    assert not closed.lets_through(Asked(ROUTE, "2023-06-01"), far)
    assert closed.lets_through(Asked(ROUTE, "2023-06-01"), near)


def test_areas_touch_ways_that_pass_them() -> None:
    ours = load()
    row = next(one for one in ours.table("crossing_waits").rows if one["crossing"] is None)
    passes, other = (Told(True, "", (), (), areas=frozenset({area})) for area in (row["area"], "SGP"))
    waits = sieve("crossing_waits", {"id": row["id"], "hours": 1})
    assert waits.lets_through(Asked(ROUTE, "2023-06-01"), passes)
    assert not waits.lets_through(Asked(ROUTE, "2023-06-01"), other)


def test_what_was_told_is_kept_to_the_last_digit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANDBRIDGE_CACHE", str(tmp_path))
    one = Asked(to_question({"kind": "route", "from": "Baku", "to": "Tbilisi", "modes": ["road"]}), "2023-06-01")
    told = Desk(load()).tell(one)
    assert Desk(load()).kept(one) == told
    assert told.ends
    assert told.stands
    assert Desk(load()).kept(Asked(one.question, "2022-06-01")) is None


def test_questions_of_one_name_are_all_asked(tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    path.write_text("questions:\n" + "  - {kind: alliance, on: 2023-06-01, bloc: gcc}\n" * 2)
    ours = load()
    found = try_facts(ours, ours.with_rows("ports", [{"id": "poti", "annual_teu": 1}]), questions=path, every=True)
    assert found.rerun == ("alliance gcc, 2023-06-01", "alliance gcc, 2023-06-01 (2)")


def test_what_was_not_asked_is_not_said_to_be_unchanged():
    from landbridge.report.trial import trial

    data = {"rows": [], "doubts": [], "asked": 3, "rerun": [], "not_rerun": 0, "left": 3, "effects": []}
    told = "\n".join(str(part) for part in trial(data).renderables)
    assert "not checked" in told
    assert "No standard answer changes" not in told
    done = trial({**data, "left": 0, "rerun": ["a", "b", "c"]}).renderables
    assert "No standard answer changes." in "\n".join(str(part) for part in done)
