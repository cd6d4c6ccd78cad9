"""Appeals and responses as they were known on a day."""

import pytest

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
    for name in ("csto", "cst-1992"):
        listed = told("2026-06-01", name)["csto-arm-2020"]
        assert not listed.counted
        assert listed.reason.startswith("counts for rus-arm: ")


@pytest.mark.parametrize("day", ["2005-06-01", "2022-05-16", "2026-06-01"])
def test_an_appeal_counts_once_for_a_bloc_and_for_the_texts_on_which_it_rests(day):
    """The record of an agreement counts what the record of its bloc counts; of two bodies one counts an appeal."""
    for row in FACTS.table("blocs").rows:
        bloc = find(FACTS, row["id"])
        counted = {one.id for one in told(day, bloc.id).values() if one.counted}
        for text in bloc.agreements:
            own = {key for key, one in told(day, text).items() if one.counted}
            assert own <= counted, text
    assert sum(one.counted for one in told("2022-05-16", "cst-1992").values()) == 6
    assert sum(one.counted for one in told("2022-05-16", "csto").values()) == 6


def test_readings_of_a_response_stand_side_by_side_and_none_is_taken():
    found = told("2026-06-01", "rus-arm-1997")
    for key in ("rus-arm-2021-11", "rus-arm-2022-09"):
        one = found[key]
        assert (one.response, one.counted, one.disputed) == ("consultations", True, True)
        assert {(read.read_by, read.response) for read in one.readings} == {
            (("ARM",), "declined"), (("RUS",), "consultations")}  # fmt: skip
    assert not found["csto-arm-2020"].disputed
    data = found["rus-arm-2022-09"].to_dict()
    assert data["disputed"] is True
    assert data["readings"][0]["since"] == "2022-09-13"


def test_a_reading_is_told_only_once_it_was_held():
    for day, readers, disputed in (("2022-09-13", ("RUS",), False), ("2022-12-30", ("RUS",), False),
                                   ("2023-02-01", ("RUS", "ARM"), True)):  # fmt: skip
        one = told(day, "rus-arm-1997")["rus-arm-2022-09"]
        assert (tuple(reader for read in one.readings for reader in read.read_by), one.disputed) == (readers, disputed)
    early = record(World.at("2026-06-01", known_on="2022-10-01"), find(FACTS, "rus-arm-1997"))
    assert not any(one.disputed for one in early)


def test_kyrgyzstan_asked_weeks_after_the_fighting_of_2022():
    one = told("2026-06-01", "csto")["csto-kt-2022"]
    assert (str(one.date), one.appeal_date, one.response_date, one.delay_days) == (
        "2022-09-14", "2022-10-07", "2022-12-20", 74)  # fmt: skip
    assert told("2022-12-01", "csto")["csto-kt-2022"].response == PENDING


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


def test_responses_are_dated_by_their_decision():
    found = told("2026-06-01", "csto") | told("2026-06-01", "nato")
    days = {"csto-arm-2021": ("2021-05-12", "2021-05-13", "2021-05-14", 1),
            "csto-arm-2020-07": ("2020-07-12", "2020-07-13", "2020-07-16", 3),
            "nato4-2014-pl": ("2014-03-01", "2014-03-01", "2014-03-10", 9)}  # fmt: skip
    for key, expected in days.items():
        one = found[key]
        assert (str(one.date), one.appeal_date, one.response_date, one.delay_days) == expected
    assert found["nato4-2014-pl"].response == "deployed"
    assert "2014-03-04" in found["nato4-2014-pl"].decision
    early = told("2021-05-13", "csto")["csto-arm-2021"]
    assert (early.response, early.decision) == (PENDING, "")


def test_an_appeal_is_not_earlier_than_what_it_is_about():
    for row in FACTS.table("crises").rows:
        event, asked = row["date"], row["appeal_date"]
        assert asked is None or asked.precision != "day" or event.first <= asked.first, row["id"]
