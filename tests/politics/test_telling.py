"""A tie, an event or a meeting is told once it has surely begun; a figure once its span is over."""

import re
from datetime import date, timedelta

import pytest

import landbridge as lb
from landbridge.politics.telling import told_from
from landbridge.politics.ties import OF_A_SPAN, standing, tie, told
from landbridge.world import World
from landbridge.world.intervals import FIRST_DAY

FACTS = lb.load_facts()
TIES = FACTS.table("ties").rows
BY_YEAR = [row for row in TIES if row["from"].precision == "year" and row["from"].first >= FIRST_DAY]
BY_MONTH = [row for row in TIES if row["from"].precision == "month" and row["from"].first >= FIRST_DAY]
SPAN = re.compile(r"(?:19|20)\d\d-((?:19|20)\d\d)\b")


def test_there_are_ties_of_each_precision():
    assert len(BY_YEAR) > 50
    assert len(BY_MONTH) > 20
    assert {row["kind"] for row in TIES} >= OF_A_SPAN


@pytest.mark.parametrize("row", BY_YEAR, ids=lambda row: row["id"])
def test_a_tie_of_a_year_is_told_when_the_year_is_over(row):
    year = row["from"].first.year
    assert not told(World.at(date(year, 7, 1), FACTS), row)
    assert not told(World.at(date(year, 12, 31), FACTS), row)
    after = World.at(min(date(year + 1, 1, 1), FACTS.last_day), FACTS)
    assert told(after, row)


@pytest.mark.parametrize("row", BY_MONTH, ids=lambda row: row["id"])
def test_a_tie_of_a_month_is_told_when_the_month_is_over(row):
    after = (row["from"].first + timedelta(days=31)).replace(day=1)
    assert not told(World.at(after - timedelta(days=1), FACTS), row)
    figure = row["kind"] in OF_A_SPAN
    assert told(World.at(max(after, row["to"].first) if figure else after, FACTS), row)


@pytest.mark.parametrize("row", [row for row in TIES if row["kind"] in OF_A_SPAN], ids=lambda row: row["id"])
def test_a_figure_is_told_when_its_span_is_over_and_stands_for_the_next_year(row):
    over = row["to"].first
    for seen in (told, standing):
        assert not seen(World.at(over - timedelta(days=1), FACTS), row)
        assert seen(World.at(over, FACTS), row)
    assert not told(World.at(FACTS.last_day, FACTS, known_on=over - timedelta(days=1)), row)
    assert not standing(World.at(over + timedelta(days=370), FACTS), row)


@pytest.mark.parametrize("row", [row for row in TIES if SPAN.search(row["unit"] or "")], ids=lambda row: row["id"])
def test_a_share_of_some_years_is_told_when_the_last_one_is_over(row):
    last = int(SPAN.search(row["unit"])[1])
    before, after = (tie(World.at(day, FACTS), row) for day in (date(last, 12, 31), date(last + 1, 1, 1)))
    assert (before["value"], after["value"]) == (None, row["value"])
    assert not any(int(found[1]) >= last for found in SPAN.finditer(before["what"]))


@pytest.mark.parametrize("day", ["2020-12-15", "2021-10-20", "2022-01-10", "2022-05-16", "2024-12-20"])
def test_records_tell_no_event_or_meeting_that_may_lie_ahead(day):
    world = World.at(day, FACTS)
    rows = {row["id"]: row for table in ("record_events", "meetings", "ties") for row in FACTS.table(table).rows}
    for record in FACTS.table("records").rows:
        answer = lb.record(world, record["id"])
        for key in [one.id for one in (*answer.events, *answer.meetings)] + [one["id"] for one in answer.ties]:
            assert told_from(rows[key]["from"]) <= world.day, (record["id"], key)


@pytest.mark.parametrize(("day", "told_of"), [("2022-05-16", False), ("2022-08-31", False), ("2022-10-01", True)])
def test_arms_of_the_autumn_of_2022_are_not_told_in_the_spring(day, told_of):
    world = World.at(day, FACTS)
    assert ("arms-irn-rus" in {one["id"] for one in lb.alliance(world, "3+3").ties}) is told_of
    assert told(world, FACTS.row("ties", "arms-ind-arm")) is told_of


def test_a_tie_that_is_not_told_yet_says_from_when_it_is():
    early, late = (lb.record(World.at(day, FACTS), "remit-rus-arm-2022") for day in ("2022-05-16", "2023-01-01"))
    assert (early.nothing, early.ties) == ("it is told from 2023-01-01", ())
    assert [one["value"] for one in late.ties if one["id"] == "remit-rus-arm-2022"] == [3.6]
