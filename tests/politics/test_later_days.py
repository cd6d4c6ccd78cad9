"""No text of a record, alliance or profile speaks of a day still to come or names what began later.

Planned ends, which a field names, may be told.
"""

import re
from datetime import date

import pytest

import landbridge as lb
from landbridge.report.record import head_lines
from landbridge.world import World
from landbridge.world.intervals import holds, starts
from landbridge.world.sayings import COUNTED, said_on
from tests.profiles import quick

FACTS = lb.load_facts()
RECORDS = tuple(row["id"] for row in FACTS.table("records").rows)
OTHERS = tuple(row["id"] for table in ("agreements", "crises", "measures", "ties") for row in FACTS.table(table).rows)
GROUPINGS = tuple(row["id"] for table in ("blocs", "formats") for row in FACTS.table(table).rows)
DAYS = ("2012-06-01", "2020-09-01", "2022-05-16")
MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]
WRITTEN = re.compile(
    rf"(?:(?P<word>{'|'.join(MONTHS)}) )?(?<![\d.,])(?P<year>(?:19|20)\d\d)(?P<month>-\d\d)?(?P<day>-\d\d)?(?![.,]?\d)"
)
AHEAD = {"since", "nothing", "nobody"}
"""Fields of an answer that has not begun: when it will."""
NAMES = {"name", "title", "id", "question", "world", "version", "schema", "url", "source", "why", "duties", "record",
         "bloc", "agreement"}  # fmt: skip
"""Names and ids may hold the year by which a thing is called."""
TARGETS = {"due", "planned", "unknown", "missing", "traced_to"}
"""Fields that say of a day that it is planned, to which days a number was counted, or of which the tables lack it."""
ACRONYM = re.compile(r"\b[A-Z]{4,}\b")
OLD = date(1992, 1, 1)
"""Names of things older than the days that may be asked about are left out."""


def texts(data, path=(), planned=()):
    """Every text of an answer with its fields and the days that the row beside it calls planned."""
    if isinstance(data, dict):
        if "note" in data and data.get("table") in COUNTED:
            return
        beside = tuple(data.get("planned") or ())
        for key, one in data.items():
            if key not in NAMES and key not in TARGETS and not (not path and key in AHEAD):
                yield from texts(one, (*path, key), beside)
    elif isinstance(data, list | tuple):
        for one in data:
            yield from texts(one, path, planned)
    elif isinstance(data, str):
        yield path, data, planned


def first(found):
    month = MONTHS.index(found["word"]) + 1 if found["word"] else int((found["month"] or "-1")[1:])
    try:
        return date(int(found["year"]), month, int((found["day"] or "-1")[1:]))
    except ValueError:
        return date(int(found["year"]), 1, 1)


def later(answer, day):
    today = date.fromisoformat(day)
    for path, text, planned in texts(answer.to_dict()):
        for found in WRITTEN.finditer(text):
            said = "".join(filter(None, (found["year"], found["month"], found["day"])))
            if first(found) > today and said not in planned:
                yield path, text


def names():
    """Names of agreements, formats, blocs, projects and records, with the first day on which there was one to name."""
    begun = {}
    for row in FACTS.table("project_status").rows:
        begun[row["project"]] = min(starts(row), begun.get(row["project"], date.max))
    found = {}
    for table, title, column in (
        ("agreements", "title", "signed"),
        ("formats", "name", "from"),
        ("blocs", "name", "founded"),
        ("records", "name", "from"),
        ("projects", "name", None),
    ):
        for row in FACTS.table(table).rows:
            day = begun.get(row["id"]) if column is None else row[column] and row[column].first
            whole = re.sub(r"\s*\([^()]*\)$", "", row[title])
            proper = sum(word[:1].isupper() for word in whole.split()) > 1
            said = set(ACRONYM.findall(row[title])) | ({whole} if proper else set())
            for name in said | set(ACRONYM.findall(row["id"].replace("-", " ").upper())):
                found.setdefault(name, set()).add((day, name in said))
    return {
        name: min(day for day, _ in days)
        for name, days in found.items()
        if any(told for _, told in days) and None not in {day for day, _ in days} and min(days)[0] > OLD
    }


NAMED = names()


def too_early(text, day):
    """Names in a text of things that began after the day."""
    return [
        name for name, begun in NAMED.items() if begun > day and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    ]


def test_names_know_their_first_day():
    assert NAMED["TRIPP"] == date(2020, 11, 1)
    assert NAMED["Organization of Turkic States"] == date(2009, 10, 3)
    assert len(NAMED) > 100


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("crossing_status", ("reason", "cargo_note")),
        ("line_status", ("note",)),
        ("port_status", ("note",)),
        ("passage_status", ("note",)),
        ("ferry_status", ("note",)),
        ("measures", ("effect", "goods_modes")),
        ("obligations", ("terms", "trigger", "note")),
        ("memberships", ("note",)),
        ("exceptional_times", ("banner",)),
    ],
)
def test_rows_name_nothing_that_began_after_them(table, columns):
    found = []
    for row in FACTS.table(table).rows:
        day = max(starts(row), OLD)
        for column in columns:
            text = said_on(row[column], day)
            found += [(row["id"], name, text) for name in too_early(text, day)]
    assert found == []


def test_states_that_ended_do_not_tell_what_ended_them():
    told = [row for row in FACTS.table("crossing_status").rows if row["to"] and "open until" in (row["reason"] or "")]
    assert [row["id"] for row in told] == []


@pytest.mark.parametrize("row", FACTS.table("exceptional_times").rows, ids=lambda row: row["id"])
def test_banners_tell_no_end(row):
    day = starts(row)
    assert holds(row, day)
    assert said_on(row["banner"], day)
    if row["to"]:
        assert str(row["to"].first) not in row["banner"]


@pytest.mark.parametrize(
    ("area", "day"),
    [
        ("ARM", "2020-09-01"),
        ("GEO", "2008-08-10"),
        ("KAZ", "2022-01-10"),
        ("X_ABK", "2015-01-01"),
        ("IRN", "2026-04-01"),
    ],
)
def test_profiles_tell_nothing_of_later_days(area, day):
    answer = quick(area, day)
    assert list(later(answer, day)) == []
    today = date.fromisoformat(day)
    told = [(path, text) for path, text, _ in texts(answer.to_dict()) if too_early(text, today)]
    assert told == []
    duties = answer.obligations
    assert any(one.startswith("no-duties:") for one in answer.unknown) == (not duties.given and not duties.taken)


@pytest.mark.parametrize("name", RECORDS)
def test_no_line_at_the_head_of_a_record_is_empty(name):
    told = lb.record(World.at("2009-06-01"), name).to_dict()
    assert [line for line in head_lines(told) if not re.search(r"\w", line)] == []


@pytest.mark.parametrize("day", DAYS)
def test_records_tell_nothing_of_later_days(day):
    world = World.at(day)
    assert [(name, *one) for name in RECORDS for one in later(lb.record(world, name), day)] == []


@pytest.mark.parametrize("day", DAYS)
def test_alliances_tell_nothing_of_later_days(day):
    world = World.at(day)
    assert [(name, *one) for name in GROUPINGS for one in later(lb.alliance(world, name), day)] == []


@pytest.mark.parametrize("name", OTHERS[::9])
def test_other_records_tell_nothing_of_later_days(name):
    day = "2018-03-01"
    assert list(later(lb.record(World.at(day), name), day)) == []


@pytest.mark.parametrize(
    ("table", "column"), [("ties", "what"), ("clauses", "asks"), ("record_events", "what"), ("meetings", "result")]
)
def test_planned_days_stand_in_the_text_and_lie_ahead(table, column):
    rows = [row for row in FACTS.table(table).rows if row["planned"]]
    assert rows
    for row in rows:
        begun = row["agreed"] if table == "clauses" else row["from"]
        for one in row["planned"]:
            assert one in row[column], row["id"]
            assert begun is None or one > str(begun)[: len(one)], row["id"]


def test_the_end_of_a_lease_is_told_from_the_day_of_its_plan():
    told = {day: {one["id"]: one for one in lb.record(World.at(day), "base-rus-arm-gyumri").ties}
            for day in ("2005-03-01", "2022-05-16")}  # fmt: skip
    assert told["2005-03-01"]["base-rus-arm-gyumri"]["planned"] == []
    assert "2044" not in told["2005-03-01"]["base-rus-arm-gyumri"]["what"]
    assert told["2022-05-16"]["base-rus-arm-gyumri"]["planned"] == ["2044"]
    assert "to 2044" in told["2022-05-16"]["base-rus-arm-gyumri"]["what"]


def test_what_an_agreement_is_called_today_is_not_told_of_an_earlier_day():
    then = lb.record(World.at("2012-06-01"), "newstart").agreements[0]
    assert (then.state, then.status, then.ended) == ("in force", "", None)
    assert "expired" not in then.content
    now = lb.record(World.at(FACTS.last_day), "newstart").agreements[0]
    assert (now.state, now.status) == ("ended", "ended")
