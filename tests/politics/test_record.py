"""Appeals and responses as they were known on a day."""

from landbridge.facts import load
from landbridge.facts.days import parse_day
from landbridge.politics.grouping import find
from landbridge.politics.record import PENDING, RESPONSES, _delay, cases, record
from landbridge.world import World

FACTS = load()


def told(day, name):
    return {one.id: one for one in record(World.at(day), find(FACTS, name))}


def test_a_response_is_told_only_once_it_came():
    asked = told("2022-01-05", "csto")["csto-kaz-2022"]
    assert (asked.response, asked.counted, asked.decision, asked.forces, asked.delay_days) == (
        PENDING,
        False,
        "",
        "",
        None,
    )
    came = told("2022-01-06", "csto")["csto-kaz-2022"]
    assert (came.response, came.counted, came.delay_days) == ("deployed", True, 1)
    assert "csto-kaz-2022" not in told("2022-01-04", "csto")


def test_exits_and_events_without_an_appeal_do_not_count():
    found = told("2026-06-01", "csto")
    for key in ("csto-uzb-2012", "csto-arm-freeze", "csto-rus-2008", "csto-kgz-2005", "csto-tjk-1993", "csto-nk-2023"):
        assert not found[key].counted
        assert found[key].reason
    assert not found["csto-arm-2020"].counted  # the letter asked Russia
    assert not found["csto-arm-2012-18"].counted  # no dated appeal
    assert sum(one.counted for one in found.values()) == 8


def test_a_treaty_of_two_has_a_record_of_its_own():
    found = told("2026-06-01", "rus-arm-ally")
    assert set(found) == {"csto-arm-2020", "rus-arm-2021-11", "rus-arm-2022-09"}
    assert (found["csto-arm-2020"].counted, found["csto-arm-2020"].response) == (True, "declined")
    assert told("2026-06-01", "rus-arm-1997")["csto-arm-2020"].counted
    listed = told("2026-06-01", "csto")["csto-arm-2020"]
    assert not listed.counted
    assert listed.reason.startswith("counts for rus-arm: ")


def test_what_counts_for_a_bloc_was_asked_of_that_bloc():
    for row in FACTS.table("blocs").rows:
        assert all(one.group == row["id"] for one in told("2026-06-01", row["id"]).values() if one.counted)


def test_delays_are_bounded_by_what_is_known_of_the_days():
    assert _delay(parse_day("2020-07-13"), parse_day("2020-07-16")) == (3, 3)
    low, high = _delay(parse_day("2022-10"), parse_day("2022-10"))
    assert low == 0
    assert 28 <= high <= 31
    assert _delay(None, parse_day("2020-07-16")) == (None, None)


def test_what_counts_was_asked_for_and_answered():
    for one in cases(World.at("2026-06-01")):
        assert one.response in (*RESPONSES, "no appeal", "not_an_appeal")
        if one.counted:
            assert one.appeal_by or one.group == "rio", one.id
            assert one.response in RESPONSES
        assert one.delay_low is None or 0 <= one.delay_low <= one.delay_high
