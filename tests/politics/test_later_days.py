"""No text of a record or an alliance speaks of a day still to come, but for planned ends, which a field names."""

import re
from datetime import date

import pytest

import landbridge as lb
from landbridge.world import World

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
TARGETS = {"due", "planned"}
"""Fields that say of a day that it is planned."""


def texts(data, path=(), planned=()):
    """Every text of an answer with its fields and the days that the row beside it calls planned."""
    if isinstance(data, dict):
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
