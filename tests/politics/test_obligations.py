"""Who owes whom what: texts on a day, frozen parts, disputed readings, duties that pull two ways."""

import pytest

from landbridge.facts import load
from landbridge.politics.grouping import find
from landbridge.politics.obligations import AID, at_odds, conflicts, duties, edges
from landbridge.report.alliance import CONFLICTS, KINDS
from landbridge.world import World
from landbridge.world.events import Event
from landbridge.world.scenario import Scenario

FACTS = load()


def told(day, name=None, *events):
    world = World.at(day)
    if events:
        world = world.apply(Scenario(name="x", events=tuple(Event.model_validate(one) for one in events)))
    return {one.id: one for one in duties(world, None if name is None else find(FACTS, name))}


def test_an_attack_on_one_is_an_attack_on_all():
    found = told("2022-05-16", "csto")
    assert found["cst-4-attack"].binds("KAZ", "ARM")
    assert not found["cst-4-attack"].binds("ARM", "ARM")
    assert not found["cst-4-attack"].binds("UZB", "ARM")
    nato = told("2023-06-01", "nato")["nat-5-attack"]
    assert nato.binds("TUR", "FIN")
    assert not nato.binds("TUR", "SWE")


def test_who_froze_its_part_stays_bound_and_is_marked():
    assert told("2022-05-16", "csto")["cst-4-aid"].frozen == ()
    assert told("2024-06-01", "csto")["cst-4-aid"].frozen == ("ARM",)
    assert told("2024-06-01", "csto")["cst-4-aid"].binds("RUS", "ARM")


def test_leaving_ends_what_is_owed_and_joining_begins_it():
    gone = told("2024-06-01", "csto", {"kind": "leave", "bloc": "csto", "areas": "ARM"})
    assert not gone["cst-4-aid"].binds("RUS", "ARM")
    came = told("2024-06-01", "nato", {"kind": "join", "bloc": "nato", "areas": "UKR"})
    assert came["nat-5-aid"].binds("USA", "UKR")
    # a treaty of two stays: it is none of the bloc's
    everything = told("2024-06-01", None, {"kind": "leave", "bloc": "csto", "areas": "ARM"})
    assert everything["rus-arm-1997-aid"].binds("RUS", "ARM")


def test_texts_begin_and_end():
    assert "irn-rus-2001-no-help" in told("2020-01-01")
    assert "irn-rus-2001-no-help" not in told("2026-01-01")
    assert "irn-rus-2025-no-help" not in told("2025-06-01")
    assert "irn-rus-2025-no-help" in told("2026-01-01")
    assert "union-state-defence" in told("2010-01-01", "union-state")
    assert "blr-rus-2024-aid" not in told("2024-06-01", "union-state")
    assert "blr-rus-2024-aid" in told("2025-06-01", "union-state")


def test_three_partners_owe_each_other_no_defence():
    assert not [one for one in told("2026-01-01", "rus-chn-irn").values() if one.kind in AID]


@pytest.mark.parametrize(
    ("day", "duty", "readers"),
    [
        ("2022-05-16", "tri-2020-p9", [("ARM",), ("AZE",)]),
        ("2024-02-01", "tri-2020-p9", [("ARM",), ("AZE",), ("RUS",)]),
        ("2022-05-16", "cst-4-aid", [("ARM",), ("AZE",), ("RUS", "BLR", "KAZ", "KGZ", "TJK")]),
        ("2020-01-01", "cst-4-aid", []),
        ("2015-01-01", "budapest-borders", [("GBR", "UKR", "USA"), ("RUS",)]),
    ],
)
def test_disputed_readings_stand_side_by_side(day, duty, readers):
    assert sorted(one.read_by for one in told(day)[duty].readings) == sorted(readers)


def test_no_reading_counts_as_a_duty_of_its_own():
    readings = {row["id"] for row in FACTS.table("obligations").rows if row["reading_of"] is not None}
    assert readings
    assert not readings & set(told("2024-06-01"))
    assert not readings & {key for *_, key in edges(told("2024-06-01").values())}


def test_duties_of_one_state_that_pull_two_ways():
    world = World.at("2022-10-01")
    found = conflicts(world, ["RUS", "KAZ", "FRA"])
    assert {(one.area, *sorted(one.towards)) for one in found if one.kind == "aid-to-both"} >= {("KAZ", "KGZ", "TJK")}
    assert [one for one in found if one.area == "RUS" and set(one.towards) == {"ARM", "AZE"}]
    assert not [one for one in found if one.area == "FRA"]
    assert {one.kind for one in found} <= set(CONFLICTS)


def test_being_at_odds_ends_after_the_years_of_the_table():
    pair = frozenset(("RUS", "UKR"))
    assert pair not in at_odds(World.at("2013-01-01"))
    armenia = frozenset(("ARM", "AZE"))
    assert armenia in at_odds(World.at("2022-01-01"))
    early = at_odds(
        World.at("2022-01-01", FACTS.with_rows("politics_parameters", [{"id": "hostility-years", "value": 1}]))
    )
    assert set(early[armenia]) < set(at_odds(World.at("2022-01-01"))[armenia])


@pytest.mark.parametrize("day", ["1992-01-01", "2003-01-01", "2014-06-01", "2026-06-01"])
def test_every_edge_joins_two_areas_by_a_kind_that_has_words(day):
    areas = {row["id"] for row in FACTS.table("areas").rows}
    found = list(edges(duties(World.at(day))))
    assert found
    assert all(by in areas and to in areas and by != to and kind in KINDS for by, to, kind, _ in found)


def test_a_duty_begins_as_precisely_as_its_text():
    """No duty of all parties of a text is told by the year where the day of the text is known."""
    texts = FACTS.table("agreements").by_id
    for row in FACTS.table("obligations").rows:
        text = texts.get(row["agreement_id"] or "")
        if text is None or row["reading_of"] or {*row["owed_by"], *row["owed_to"]} != set(text["party_codes"] or ()):
            continue
        day = text["in_force"] or text["signed"]
        assert day is None or day.precision != "day" or row["from"].precision == "day", row["id"]
    assert str(FACTS.table("obligations").by_id["rus-arm-2010-base"]["from"]) == "2011-07-06"


def test_the_first_day_of_a_duty_is_told_no_more_precisely_than_it_is_known():
    from landbridge.politics.answering import alliance
    from landbridge.report.alliance import obligations, of_text
    from landbridge.report.country_words import day_of

    world = World.at("2026-06-01")
    rows = FACTS.table("obligations").by_id
    for one in duties(world):
        assert day_of(one.to_dict()) == str(rows[one.id]["from"] or one.since), one.id
        for reading in one.readings:
            assert day_of(reading.to_dict()) == str(rows[reading.id]["from"] or reading.since), reading.id
    told = alliance(world, "rus-arm-1997").to_dict()["obligations"]
    assert "1998" in list(obligations(told).columns[6].cells)
    assert not any("None" in of_text(one.to_dict()) for one in duties(world))


@pytest.mark.parametrize(
    ("day", "duty", "by", "to"),
    [
        ("2021-07-01", "cyp-guarantee-2", "TUR", "CYP"),
        ("2021-07-01", "cyp-guarantee-4", "GRC", "TUR"),
        ("2024-01-12", "ukr-gbr-consult", "GBR", "UKR"),
        ("2024-06-13", "ukr-usa-consult", "USA", "UKR"),
        ("2021-07-01", "aze-rus-1997-force", "RUS", "AZE"),
        ("2025-06-01", "kaz-kgz-consult", "KAZ", "KGZ"),
    ],
)
def test_who_is_bound_by_texts_of_two_or_few_from_their_day(day, duty, by, to):
    told = {one.id: one for one in duties(World.at(day))}
    assert told[duty].binds(by, to)


def test_security_agreements_of_ukraine_begin_one_by_one():
    known = [sum(one.id.startswith("ukr-") for one in duties(World.at(day)))
             for day in ("2024-01-11", "2024-01-12", "2024-03-01", "2024-06-12", "2024-06-13")]  # fmt: skip
    assert known == [0, 1, 6, 12, 14]
