"""The answer as a whole: its JSON, its laws over scenarios, the command, files, comparison."""

import json
import pickle
import sys

import pytest

import landbridge as lb
from landbridge.answers import Answer, Question
from landbridge.politics import AllianceQuestion, alliance
from landbridge.report import alliance as words
from landbridge.report.names import Names
from landbridge.studies import ask, compare, rerun, to_question
from landbridge.world import World
from landbridge.world.events import Event
from landbridge.world.scenario import Scenario

FACTS = lb.load_facts()
BLOCS = ("csto", "nato", "eu", "sco", "union-state", "rus-arm-ally", "tri-2020", "5+3", "eurasec", "intermarium", "adb")


def scenario(*events):
    return Scenario(name="x", events=tuple(Event.model_validate(one) for one in events))


LEAVE = {"kind": "leave", "bloc": "csto", "areas": "ARM"}
JOIN = {"kind": "join", "bloc": "csto", "areas": "ARM"}
OTHER = {"kind": "join", "bloc": "csto", "areas": "SRB"}


def without_provenance(answer):
    data = answer.to_dict()
    return {**data, "world": {**data["world"], "scenarios": []}}


@pytest.mark.parametrize("bloc", BLOCS)
@pytest.mark.parametrize("day", ["1996-06-01", "2022-05-16", "2026-06-01"])
def test_the_json_has_what_it_promises(bloc, day):
    answer = lb.alliance(World.at(day), bloc)
    assert isinstance(answer, Answer)
    assert isinstance(answer.question, Question)
    data = json.loads(json.dumps(answer.to_dict(), allow_nan=False))
    assert data["schema"] == "alliance/1"
    assert data["date"] == day
    for row in data["members"]:
        assert {"area", "status", "since"} <= set(row)
    for row in data["record"]:
        assert {"id", "appeal_by", "response", "counted"} <= set(row)
    for row in data["forecast"]:
        assert {"threat", "response", "p", "low", "high", "n"} <= set(row)
        assert 0 <= row["low"] <= row["p"] <= row["high"] <= 1
    if data["cohesion"] is not None:
        told = data["cohesion"]
        assert 0 <= told["low"] <= told["agreement"] <= told["high"] <= 1
        assert told["year"] < int(day[:4])
    assert answer.answered is (data["nobody"] is None)
    assert all(row["source"] and row["grade"] in "ABCD" for row in data["evidence"])
    assert sum(data["grade_shares"].values()) == pytest.approx(1)
    assert all(one.value is None or one.low is None or one.low <= one.value <= one.high for one in answer.indicators())
    assert pickle.loads(pickle.dumps(answer)) == answer
    assert len(answer.to_frame()) == len(data["members"])
    assert data["bloc"] in repr(answer)
    for remark in data["remarks"]:
        assert words._remark(remark), remark


def test_events_that_undo_each_other_give_the_first_answer():
    world = World.at("2022-05-16")
    first = alliance(world, "csto")
    again = alliance(world.apply(scenario(LEAVE, JOIN)), "csto")
    assert without_provenance(first) == without_provenance(again)


def test_the_order_of_scenarios_that_do_not_touch_does_not_matter():
    world = World.at("2022-05-16")
    one = alliance(world.apply(scenario(LEAVE)).apply(scenario(OTHER)), "csto")
    two = alliance(world.apply(scenario(OTHER)).apply(scenario(LEAVE)), "csto")
    assert {**without_provenance(one), "evidence": 0} == {**without_provenance(two), "evidence": 0}
    assert one.bound == ("BLR", "KAZ", "KGZ", "RUS", "SRB", "TJK")
    later = alliance(world.apply(scenario(LEAVE, JOIN, LEAVE)), "csto")
    assert "ARM" not in later.bound


def test_a_freeze_by_scenario_is_that_of_the_facts():
    frozen = alliance(
        World.at("2023-06-01").apply(scenario({"kind": "freeze", "bloc": "csto", "areas": "ARM"})), "csto"
    )
    fact = alliance(World.at("2024-03-01"), "csto")
    assert frozen.bound == fact.bound
    assert frozen.cohesion.now.voters == fact.cohesion.now.voters == 5
    assert "frozen:ARM" in frozen.remarks


def test_known_on_an_earlier_day():
    told = alliance(World.at("2022-05-16", known_on="2021-12-01"), "csto")
    assert "csto-kaz-2022" not in {one.id for one in told.record}


def test_questions_are_read_and_refused():
    world = World.at("2022-05-16")
    question = to_question({"kind": "alliance", "bloc": "NATO"}, world=world)
    assert question == AllianceQuestion("NATO")
    assert to_question(question.to_dict()) == question
    assert ask(world, question).grouping.id == "nato"
    with pytest.raises(lb.InputError, match="nearest valid: nato"):
        to_question({"kind": "alliance", "bloc": "NATOO"}, world=world)
    with pytest.raises(lb.InputError, match="not the name of a bloc"):
        to_question({"kind": "alliance", "bloc": 3})


def test_an_answer_is_made_again():
    world = World.at("2022-05-16")
    data = json.loads(json.dumps(alliance(world, "csto").to_dict()))
    assert rerun(data, world=world).same


def test_two_worlds_are_compared():
    world = World.at("2022-05-16")
    told = compare(world, [scenario(LEAVE)], {"kind": "alliance", "bloc": "csto"}).to_dict()
    changes = {row["name"]: row for row in told["changes"]}
    assert (changes["members"]["base"], changes["members"]["other"]) == (6, 5)


@pytest.fixture
def run(capsys, monkeypatch):
    from landbridge.cli.app import main

    def call(*line):
        monkeypatch.setattr(sys, "argv", ["landbridge", *line])
        monkeypatch.setenv("COLUMNS", "160")
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capsys.readouterr()
        return int(left.value.code or 0), out, err

    return call


def test_words_of_the_command(run):
    code, out, err = run("alliance", "CSTO", "--on", "2024-06-01")
    assert (code, err) == (0, "")
    for word in ("Collective Security Treaty", "1 frozen: Armenia", "an attack on", "Disputed, cst-1992",
                 "8 appeals count: 1 deployed", "3: 3 consultations", "cannot tell: too few cases", "Brier score",
                 "random groups", "balance", f"Grade {alliance(World.at('2024-06-01'), 'csto').grade}."):  # fmt: skip
        assert word in out, word


def test_json_of_the_command_by_another_name(run):
    code, out, err = run("alliance", "collective security treaty organization", "--on", "2022-05-16", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["bloc"] == "csto"


def test_exit_codes(run):
    code, out, _ = run("alliance", "eurasec", "--on", "2016-01-01")
    assert code == 1
    assert "Nobody is bound: it ended on 2015-01-01." in out
    code, out, err = run("alliance", "CSTOO")
    assert (code, out) == (2, "")
    assert "field BLOC" in err
    assert "nearest valid: csto" in err
    code, _, err = run("alliance", "csto", "--on", "1980-01-01")
    assert code == 2
    assert "--on" in err


def test_scenario_file_and_table(run, tmp_path):
    file, table = tmp_path / "s.yaml", tmp_path / "t.csv"
    file.write_text("name: out\nevents:\n- {kind: leave, bloc: csto, areas: [ARM]}\n", encoding="utf-8")
    code, out, _ = run("alliance", "csto", "--on", "2022-05-16", "--scenario", str(file), "--csv", str(table))
    assert (code, out) == (0, "")
    rows = table.read_text(encoding="utf-8").splitlines()
    assert rows[0] == "area,status,since,pair_with,by_scenario,grade"
    assert not [row for row in rows if row.startswith("ARM")]


def test_rows_of_a_user_count(run, tmp_path):
    (tmp_path / "memberships.csv").write_text(
        "id,bloc,area,status,from,to\n"
        "csto-srb-observer-2013-04-11,csto,SRB,observer,2013-04-11,2026-01-01\n"
        "csto-srb-mine,csto,SRB,member,2026-01-01,\n",
        encoding="utf-8",
    )
    code, out, _ = run("alliance", "csto", "--on", "2026-05-01", "--facts", str(tmp_path), "--json")
    assert code == 0
    assert {row["area"]: row["status"] for row in json.loads(out)["members"]}["SRB"] == "member"


def test_no_names_are_needed_for_words():
    data = alliance(World.at("2022-05-16"), "nato").to_dict()
    assert words.parts(data)
    assert words.parts(data, Names(FACTS))


@pytest.mark.parametrize(
    ("name", "day", "state"),
    [
        ("zurich-2009", "2012-01-01", "signed, not in force"),
        ("arm-aze-peace", "2026-06-01", "initialled, not signed"),
        ("caspian-2018", "2025-06-01", "signed, not in force"),
        ("rus-arm-1997", "2022-05-16", None),
    ],
)
def test_a_text_that_is_not_in_force_is_told_at_the_head(name, day, state) -> None:
    answer = alliance(World.at(day), name)
    told = [code.removeprefix("text:") for code in answer.remarks if code.startswith("text:")]
    assert told == ([] if state is None else [state])
    assert (f"Its text on the day: {state}." in list(words.member_lines(answer.to_dict()))) == (state is not None)
