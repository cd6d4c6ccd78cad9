"""Records: the contract of the answer over all of them, laws of clauses, events and posts, names, files, words."""

import json
import pickle
from datetime import date

import pytest

import landbridge as lb
from landbridge.answers import Answer, Question
from landbridge.errors import GatheredError, InputError
from landbridge.politics.breaks import trend
from landbridge.politics.cohesion import agreement
from landbridge.politics.record_question import RecordQuestion, unknown_names
from landbridge.politics.subject import find_subject, subject_names
from landbridge.report import record as words
from landbridge.report.names import Names
from landbridge.report.questions import command, question
from landbridge.studies import ask, compare, rerun, to_question
from landbridge.world import World, crossing_state
from landbridge.world.events import Event
from landbridge.world.scenario import Scenario

FACTS = lb.load_facts()
RECORDS = tuple(row["id"] for row in FACTS.table("records").rows)
OTHERS = ("newstart", "quad", "csto", "csto-kaz-2022", "air22-eu", "base-rus-tjk-201", "ODKB", "3+3")
STATES = {"done", "partly", "disputed", "open", "overdue", "lapsed", "ended", "cannot tell"}


@pytest.mark.parametrize("name", [*RECORDS, *OTHERS])
@pytest.mark.parametrize("day", ["2012-06-01", "2022-05-16", "2026-06-01"])
def test_the_json_has_what_it_promises(name, day):
    answer = lb.record(World.at(day), name)
    assert isinstance(answer, Answer)
    assert isinstance(answer.question, Question)
    data = json.loads(json.dumps(answer.to_dict(), allow_nan=False))
    assert data["schema"] == "record/1"
    assert data["date"] == day
    assert data["status"]
    assert answer.answered is (data["nothing"] is None)
    assert {row["state"] for row in data["clauses"]} <= STATES
    assert all(row["source"] and row["grade"] in "ABCD" for row in data["evidence"])
    assert sum(data["grade_shares"].values()) == pytest.approx(1)
    assert all(one.low is None or one.low <= one.value <= one.high for one in answer.indicators())
    assert len({(one.name, one.subject) for one in answer.indicators()}) == len(answer.indicators())
    assert len(answer.to_frame()) == sum(
        len(data[part]) for part in ("agreements", "clauses", "meetings", "events", "measures", "figures")
    )
    assert name.split("-")[0] in repr(answer) or answer.subject.id in repr(answer)
    told = [words.title(data), *map(str, words.head_lines(data, Names(FACTS))), *words.remarks(data)]
    assert all(line.strip() for line in told)
    assert words.parts(data, Names(FACTS))


@pytest.mark.parametrize("name", RECORDS)
def test_nothing_is_told_before_it_came(name):
    """On no day does an answer tell of what came later: events, meetings, figures, what was done, what ended."""
    for day in ("2015-03-01", "2021-03-01", "2023-10-01"):
        answer = lb.record(World.at(day), name)
        today = date.fromisoformat(day)
        later = [one.since for one in answer.events] + [one.date for one in answer.meetings]
        later += [one.done_on for one in answer.clauses if one.done_on] + [one.since for one in answer.measures]
        later += [one.ended_on for one in answer.clauses if one.ended_on]
        later += [one.signed for one in answer.agreements if one.signed]
        assert all(first(one) <= today for one in later)
        assert all(int(one.date[:4]) < today.year or first(one.date) <= today for one in answer.figures)
        assert all(one.year < today.year for one in answer.votes)


def first(text):
    return date.fromisoformat((text + "-01-01")[:10])


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_only_grows(name):
    """What was told on a day is told on every later one; an event that no longer holds is told with its end."""
    earlier, later = (lb.record(World.at(day), name) for day in ("2021-06-01", "2026-06-01"))
    for part in ("events", "meetings", "figures", "clauses"):
        ids = {one.id for one in getattr(later, part)}
        assert {one.id for one in getattr(earlier, part)} <= ids
    done = {one.id for one in later.clauses if one.done_on}
    assert {one.id for one in earlier.clauses if one.done_on} <= done


def test_the_state_of_a_clause_follows_the_day():
    states = {}
    for day in ("2020-11-12", "2020-11-20", "2020-11-26", "2023-10-01", "2024-07-01"):
        answer = lb.record(World.at(day), "tri-2020")
        states[day] = {one.number: one.state for one in answer.clauses}
    assert [states[day]["6a"] for day in states] == ["open", "overdue", "done", "done", "done"]
    assert [states[day]["1"] for day in states] == ["done", "done", "done", "ended", "ended"]
    assert [states[day]["3"] for day in states] == ["done", "done", "done", "done", "ended"]
    assert {states[day]["9"] for day in states} == {"open"}
    assert {states[day]["7"] for day in states} == {"cannot tell"}
    assert {states[day]["4a"] for day in states} == {"disputed"}


def test_a_term_that_was_not_served_is_never_told_as_done():
    """The five years of the peacekeepers (clause 4b) were to run to 2025-11-10 and ended by withdrawal."""
    for day, state in (("2020-11-12", "open"), ("2022-05-16", "open"), ("2024-06-11", "open"), ("2024-06-12", "lapsed"),
                       ("2025-10-21", "lapsed"), ("2026-06-01", "lapsed")):  # fmt: skip
        one = {row.number: row for row in lb.record(World.at(day), "tri-2020").clauses}["4b"]
        assert (one.state, one.done_on, one.delay_months) == (state, None, None)


@pytest.mark.parametrize(("name", "day", "since"), [
    ("newstart", "2010-06-01", "2010-04-08"), ("newstart", "2015-01-01", "2011-02-05"),
    ("New START", "2026-03-01", "2011-02-05"), ("zurich-2009", "2012-01-01", "2009-10-10"),
    ("caspian-five", "2026-06-01", "2018-08-12"), ("irn-eaeu-fta", "2025-06-01", "2025-05-15"),
])  # fmt: skip
def test_one_text_is_dated_by_its_coming_into_force(name, day, since):
    assert lb.record(World.at(day), name).since == since


def test_a_delay_runs_to_the_day_while_nothing_is_done():
    late = {}
    for day in ("2020-11-20", "2020-11-26", "2026-06-01"):
        answer = lb.record(World.at(day), "tri-2020")
        late[day] = {one.number: one.delay_months for one in answer.clauses}
    assert late["2020-11-20"]["6a"] == 0.2
    assert late["2020-11-26"]["6a"] == late["2026-06-01"]["6a"] == 0.3
    assert late["2026-06-01"]["2"] == 0.0
    assert late["2026-06-01"]["9"] is None


def test_what_was_never_done_lapses():
    told = {one.number: one for one in lb.record(World.at("2019-01-01"), "zurich-2009").clauses}
    assert {one.state for one in told.values()} == {"lapsed"}
    assert told["3"].ended_on == "2018-03-01"
    assert told["3"].delay_months is None


def test_posts_are_those_of_the_world():
    """What passes now is what the world says; what passed before is what the world of the day before says."""
    world = World.at("2022-01-07")
    answer = lb.record(world, "kaz-2022")
    rows = FACTS.table("crossings").by_id
    for one in answer.posts:
        row = rows[one.id]
        for when, other in (("now", world), ("before", World.at("2022-01-01"))):
            ways = ((row["area_a"], row["area_b"]), (row["area_b"], row["area_a"]))
            told = {crossing_state(other, one.id, one.mode, *way).freight for way in ways}
            assert getattr(one, when) in told
            assert "all" not in told or getattr(one, when) == "all"
    assert {one.pair for one in answer.posts} == {"CHN-KAZ", "KAZ-KGZ", "KAZ-RUS", "KAZ-UZB"}


def test_a_scenario_shuts_posts_of_a_record():
    event = {"kind": "close", "subject": "crossing:GEO-RUS-upper-lars"}
    world = World.at("2026-06-01")
    shut = world.apply(Scenario(name="x", events=(Event.model_validate(event),)))
    plain, changed = (lb.record(one, "geo-2008") for one in (world, shut))
    now = {one.id: one.now for one in changed.posts}
    assert {one.id: one.now for one in plain.posts}["GEO-RUS-upper-lars"] == "all"
    assert now["GEO-RUS-upper-lars"] == "none"
    assert [one.before for one in plain.posts] == [one.before for one in changed.posts]
    assert "scenarios-touch-posts-and-memberships" in changed.remarks


def test_areas_replace_those_of_the_record():
    world = World.at("2020-06-01")
    answer = lb.record(world, "un-votes", areas=["ARM", "AZE"])
    assert answer.votes[-1] == agreement(FACTS, ("ARM", "AZE"), 2019)
    assert {one.id for one in answer.measures} >= {"arm-aze89", "arm-aze-nakh"}
    assert lb.record(world, "un-votes").votes == ()


def test_pressure_counts_the_measures_between_two_areas():
    answer = lb.record(World.at("2024-06-01"), "aze-isr", areas=["AZE", "IRN"])
    assert answer.pressure[2020] == 0
    assert answer.pressure[2021] == 3
    assert answer.pressure[2023] == sum(
        one.since[:4] <= "2023" and (one.until is None or one.until[:4] >= "2023") for one in answer.measures
    )


def test_a_series_is_of_one_teller():
    """Where sides differ their numbers stand side by side and no series is made of them."""
    answer = lb.record(World.at("2026-06-01"), "arm-diaspora-labour")
    assert len({one.by for one in answer.figures if one.measure == "workers_persons"}) > 2
    assert not [one for one in answer.series if one.measure == "workers_persons"]


def test_a_break_needs_years_on_both_sides():
    assert trend([2019, 2020, 2021, 2022, 2023], [1.0, 1.0, 5.0, 5.0, 5.0], 6.0) is None
    told = trend([2018, 2019, 2020, 2021, 2022, 2023], [1.0, 1.1, 1.0, 5.0, 5.1, 5.0], 6.0)
    assert told.break_year == 2021
    assert told.before < 2 < told.after


def test_every_record_has_its_names():
    names = subject_names(FACTS)
    for row in FACTS.table("records").rows:
        for name in (row["id"], row["name"], *(row["aliases"] or ())):
            assert find_subject(FACTS, name).id == row["id"], name
    # A treaty is named by its own row, which has its own days; the record gathers it with three others.
    assert names["new start"] == ("agreements", "newstart")
    assert find_subject(FACTS, "newstart").table == "agreements"
    assert find_subject(FACTS, "odkb").blocs == ("csto",)
    assert find_subject(FACTS, "caspian-2018").id == "caspian-five"
    with pytest.raises(InputError, match="nothing on record as 'zurich-2008'; nearest valid: zurich-2009"):
        find_subject(FACTS, "zurich-2008")


def test_a_record_says_itself_what_its_rows_say():
    """Rows named by a record stand in their tables, and a day of its own does not contradict its only agreement."""
    for row in FACTS.table("records").rows:
        texts = [FACTS.row("agreements", key) for key in row["agreement_ids"] or ()]
        if len(texts) == 1 and row["from"] is None:
            assert texts[0]["signed"] or texts[0]["in_force"], row["id"]
        assert row["from"] or texts or row["format_ids"], row["id"]


def test_the_question_is_plain_data():
    asked = RecordQuestion.from_dict({"kind": "record", "record": "jcpoa", "areas": ["IRN", "USA", "IRN"]})
    assert asked == RecordQuestion("jcpoa", ("IRN", "USA"))
    assert RecordQuestion.from_dict(asked.to_dict()) == asked
    assert pickle.loads(pickle.dumps(asked)) == asked
    assert hash(asked) == hash(RecordQuestion("jcpoa", ("IRN", "USA")))
    with pytest.raises(GatheredError, match="2 problems"):
        RecordQuestion.from_dict({"kind": "record", "record": " ", "area": "IRN"})
    with pytest.raises(InputError, match="two areas or more"):
        RecordQuestion.from_dict({"kind": "record", "record": "jcpoa", "areas": ["IRN"]})
    with pytest.raises(InputError, match="not a list"):
        RecordQuestion.from_dict({"kind": "record", "record": "jcpoa", "areas": "IRN"})


def test_unknown_names_are_told():
    from landbridge.files import Where

    wrong = list(unknown_names({"record": "jcpao", "areas": ["IRN", "USX"]}, FACTS, Where()))
    assert len(wrong) == 2
    assert "jcpoa" in str(wrong[0])
    assert "unknown area 'USX'" in str(wrong[1])


def test_ask_and_rerun_give_the_same(tmp_path):
    world = World.at("2022-05-16")
    answer = ask(world, to_question({"kind": "record", "record": "tur-arm-talks"}))
    assert answer.to_dict() == lb.record(world, "tur-arm-talks").to_dict()
    again = rerun(answer.to_dict(), FACTS)
    assert again.same, again


def test_two_worlds_are_compared(tmp_path):
    path = tmp_path / "larsi.yaml"
    path.write_text(
        "name: larsi\nevents:\n  - kind: close\n    subject: crossing:GEO-RUS-upper-lars\n", encoding="utf-8"
    )
    told = compare(World.at("2026-06-01"), str(path), RecordQuestion("geo-2008"))
    assert {row.name: row.delta for row in told.changes if row.delta}["posts_shut:now"] == 1.0


def test_the_question_in_words_and_as_a_command():
    asked = {"kind": "record", "record": "un-votes", "areas": ["ARM", "AZE"]}
    assert question(asked, "2020-06-01") == "record un-votes, ARM AZE, 2020-06-01"
    assert command(asked, {"date": "2020-06-01"}) == "landbridge record un-votes --on 2020-06-01 --area ARM --area AZE"


def test_known_on_hides_what_was_not_known():
    world = World.at("2026-06-01", known_on="2021-01-01")
    answer = lb.record(world, "tri-2020")
    assert {one.number: one.state for one in answer.clauses}["3"] == "done"
    assert all(one.since < "2021-01-02" for one in answer.events)


def test_each_view_is_named():
    """Where a clause is disputed its views name at least two sides, or nobody's is told."""
    for row in FACTS.table("clauses").rows:
        if row["outcome"] == "disputed":
            assert row["views"], row["id"]
            assert row["views"].count(":") >= 2, row["id"]


def test_conditions_belong_to_those_who_made_them():
    for row in FACTS.table("record_events").rows:
        if row["kind"] == "condition":
            assert row["by_areas"], row["id"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Karabakh 2020", "nk-2020"), ("Goris", "irn-aze-2021"), ("US sanctions on Iran", "us-iran-sanctions"),
        ("Iran-EAEU FTA", "irn-eaeu-fta"), ("Minsk Group", "nk-1990s"), ("OSCE Minsk Group", "nk-1990s"),
        ("minsk-group", "nk-1990s"), ("Minsk II", "minsk-donbas"), ("3+3", "three-plus-three"),
        ("5+3", "five-plus-three"), ("5 + 3", "five-plus-three"),
        ("Turkic Council", "ots"), ("Quad", "indo-pacific"), ("snapback", "jcpoa"), ("Iran nuclear deal", "jcpoa"),
        ("Caspian convention", "caspian-five"), ("Kazakhstan 2022", "kaz-2022"), ("oil price cap", "g7-cap"),
        ("Russia-Armenia", "rus-arm-ally"), ("Su-24", "tur-rus-2015"), ("Washington declaration", "wash-2025"),
        ("ODKB", "csto"), ("CSTO", "csto"), ("CSTO strategy", "csto-strategy"), ("Crimea 2014", "ukr-2014"),
    ],
)  # fmt: skip
def test_names_that_people_type_find_the_record(name, meant):
    assert find_subject(FACTS, name).id == meant


@pytest.mark.parametrize(
    ("name", "meant"),
    [("Minsk Group", "minsk-group"), ("Iran-EAEU FTA", "irn-eaeu-2023"), ("3+3", "3+3"), ("5+3", "5+3"),
     ("Turkic Council", "ots"), ("Quad", "quad"), ("Organization of Turkic States", "ots"), ("snapback", "jcpoa"),
     ("Visegrad", "v4"), ("Three Seas", "3si"), ("Aktau convention", "caspian-2018")],
)  # fmt: skip
def test_names_that_people_type_find_the_alliance(name, meant):
    from landbridge.politics.grouping import find

    assert find(FACTS, name).id == meant


def test_a_body_that_several_records_speak_of_is_none_of_them():
    """Two records of the CSTO alone, its strategy and its chair: its name means the CSTO."""
    rows = FACTS.table("records").rows
    assert sum(row["bloc_ids"] == ("csto",) and not row["agreement_ids"] for row in rows) > 1
    assert find_subject(FACTS, "CSTO").table == "blocs"


def test_an_agreement_that_a_scenario_opens_or_ends_acts_on_freight():
    """Effects and state follow the scenario: not only the days of the table."""
    world = World.at("2024-06-01")
    subject = "agreement:irn-eaeu-2023"
    acts = {kind: Scenario(name="x", events=(Event.model_validate({"kind": kind, "subject": subject}),))
            for kind in ("open", "close")}  # fmt: skip
    before = lb.record(world, "irn-eaeu-2023")
    opened = lb.record(world.apply(acts["open"]), "irn-eaeu-2023")
    assert before.effects == ()
    assert {one["kind"] for one in opened.effects} == {"duty_pct", "no_duty"}
    assert [one.state for one in opened.agreements] == ["in force"]
    late = World.at("2026-06-01")
    assert lb.record(late, "irn-eaeu-2023").effects
    ended = lb.record(late.apply(acts["close"]), "irn-eaeu-2023")
    assert ended.effects == ()
    assert [one.state for one in ended.agreements] == ["ended"]
