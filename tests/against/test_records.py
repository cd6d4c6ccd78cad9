"""Dated facts about agreements, formats, crises and measures that must come out right, from sources of their own."""

import csv
from pathlib import Path

import pytest

import landbridge as lb
from landbridge.world import World

ROOT = Path(__file__).parents[2]
with (Path(__file__).parent / "data" / "records.csv").open(encoding="utf-8", newline="") as stream:
    FACTS = [tuple(row.values()) for row in csv.DictReader(stream)]
with (ROOT / "tools" / "coverage" / "systems.csv").open(encoding="utf-8", newline="") as stream:
    SYSTEMS = {row["id"]: row["kind"] for row in csv.DictReader(stream)}
with (ROOT / "tests" / "politics" / "members.csv").open(encoding="utf-8", newline="") as stream:
    TABLED = {row["bloc"] for row in csv.DictReader(stream)}
DAYS = ("1995-07-01", "2000-06-01", "2003-06-01", "2007-06-01", "2010-06-01", "2013-06-01", "2018-07-01", "2022-05-16",
        "2024-08-01", "2026-06-01")  # fmt: skip
PARTIES = {
    "rus-arm-ally": ("rus-arm", "ARM RUS", "1997-08-29"),
    "aze-tur": ("aze-tur", "AZE TUR", "2010-08-16"),
    "aze-isr": ("aze-isr", "AZE ISR", "1992-04-01"),
    "rus-chn-irn": ("rus-chn-irn", "CHN IRN RUS", "2001-07-16"),
}
"""Alliances without a membership: their parties, and the day of the first text or tie."""
IDEAS = {"resistance-axis"}
"""Names without parties: nobody is bound on any day."""


def told(answer, what, key):
    """What an answer says of one thing."""
    if what == "status":
        return answer.status
    if what in {"agreement", "signed", "in_force"}:
        one = next(row for row in answer.agreements if row.id == key)
        return one.state if what == "agreement" else getattr(one, what) or ""
    if what in {"clause", "done", "due", "ended"}:
        one = next(row for row in answer.clauses if row.number == key)
        return {"clause": one.state, "done": one.done_on, "due": one.due, "ended": one.ended_on}[what]
    if what in {"attended", "absent"}:
        one = next(row for row in answer.meetings if row.date == key)
        return " ".join(getattr(one, what))
    if what == "event":
        return next(row for row in answer.events if row.kind == key).since
    if what == "post":
        return next(row for row in answer.posts if f"{row.id} {row.mode}" == key).now
    found = [row for row in answer.figures if f"{row.subject} {row.measure}" == key]
    return max(found, key=lambda row: row.date).value


@pytest.mark.parametrize(("record", "day", "what", "key", "value", "url"), FACTS)
def test_a_dated_fact(record, day, what, key, value, url):
    found = told(lb.record(World.at(day), record), what, key)
    assert url.startswith("http")
    assert found == (float(value) if what == "figure" else value)


def test_the_battlegroups_add_up_to_what_was_told():
    answer = lb.record(World.at("2022-07-01"), "nato-eastern-flank")
    parts = {one.subject: one.value for one in answer.figures if one.measure == "battlegroup_persons"}
    whole = parts.pop("eight battlegroups")
    assert sum(parts.values()) == whole == 9641


def test_posts_to_kyrgyzstan_shut_in_the_unrest_and_opened_after_it():
    during, after = (lb.record(World.at(day), "kaz-2022") for day in ("2022-01-07", "2022-06-01"))
    shut = [one.id for one in during.posts if one.pair == "KAZ-KGZ" and one.mode == "road" and one.now == "none"]
    assert shut
    assert not [one for one in after.posts if one.id in shut and one.now == "none"]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("system", sorted(PARTIES))
def test_parties_of_alliances_without_membership_on_ten_days(system, day):
    name, areas, since = PARTIES[system]
    answer = lb.alliance(World.at(day), name)
    assert " ".join(answer.bound) == (areas if day >= since else "")


@pytest.mark.parametrize("day", DAYS)
def test_a_name_binds_nobody(day):
    answer = lb.alliance(World.at(day), "resistance-axis")
    assert answer.bound == ()
    assert not answer.answered


def test_all_blocs_and_alliances_of_the_list_stand_in_a_table_of_ten_days():
    listed = {key for key, kind in SYSTEMS.items() if kind in {"alliance", "bloc"}}
    assert listed - TABLED == set(PARTIES) | IDEAS
