"""Alliances: what happened when help was asked for, who belonged, who votes alike; answers that must come out right."""

import pytest

import landbridge as lb
from landbridge.politics.cohesion import agreement, members_in
from landbridge.politics.obligations import duties
from landbridge.report.alliance import asked_lines, of_text
from landbridge.report.country import bound_lines
from landbridge.report.holds import rows
from landbridge.report.names import Names
from landbridge.report.record import duty_lines
from landbridge.studies.country.belonging import memberships, obligations
from landbridge.world import World

FACTS = lb.load_facts()


@pytest.fixture(scope="module")
def csto():
    return lb.alliance(World.at("2026-06-01"), "CSTO")


@pytest.fixture(scope="module")
def nato():
    return lb.alliance(World.at("2026-06-01"), "NATO")


def record(answer):
    return {one.id: one for one in answer.record}


def test_kazakhstan_in_january_2022_forces_within_days(csto):
    one = record(csto)["csto-kaz-2022"]
    assert (one.appeal_by, one.response, one.counted) == (("KAZ",), "deployed", True)
    assert one.threat == "internal unrest"
    assert 0 <= one.delay_days <= 3
    assert [row.id for row in csto.record if row.counted and row.response == "deployed"] == ["csto-kaz-2022"]


@pytest.mark.parametrize("key", ["csto-arm-2021", "csto-arm-2022"])
def test_armenia_2021_and_2022_consultations_and_missions(csto, key):
    one = record(csto)[key]
    assert (one.appeal_by, one.threat, one.response, one.counted) == (("ARM",), "state", "consultations", True)


def test_a_mission_went_to_armenia_in_2022(csto):
    one = record(csto)["csto-arm-2022"]
    assert "mission" in one.decision
    assert one.delay_days == 0


def test_kyrgyzstan_2010_was_not_granted(csto):
    one = record(csto)["csto-kgz-2010"]
    assert (one.appeal_by, one.threat, one.response, one.counted) == (("KGZ",), "internal unrest", "declined", True)


def test_membership_after_the_freeze_of_armenia():
    for day, status in (("2024-02-21", "member"), ("2024-02-22", "frozen"), ("2026-06-01", "frozen")):
        answer = lb.alliance(World.at(day), "CSTO")
        assert {one.area: one.status for one in answer.members}["ARM"] == status
        assert "ARM" in answer.bound
    readings = {one.id: one.readings for one in answer.obligations}["cst-2-consult"]
    assert {reader for one in readings for reader in one.read_by} >= {"ARM", "RUS"}


def test_article_5_of_nato_once(nato):
    assert nato.uses["art. 5"] == 1
    assert [one.id for one in nato.record if one.counted and one.article == "art. 5"] == ["nato5-2001"]


def test_nato_grew_by_two():
    for day, n in (("2022-05-16", 30), ("2023-06-01", 31), ("2024-06-01", 32)):
        assert len(lb.alliance(World.at(day), "nato").bound) == n


@pytest.mark.parametrize("year", range(2003, 2020))
def test_the_european_union_votes_more_alike_than_the_treaty_organisation(year):
    union, treaty = (agreement(FACTS, members_in(FACTS, bloc, year), year) for bloc in ("eu", "csto"))
    assert union.agreement > treaty.agreement


def test_what_was_expected_before_kazakhstan_was_modest_and_honest():
    """On the eve nothing had ever been sent: a deployment was unlikely, yet not ruled out."""
    eve = lb.alliance(World.at("2022-01-04"), "CSTO")
    told = next(one for one in eve.forecast if (one.threat, one.response) == ("internal unrest", "deployed"))
    assert 0.02 < told.p < 0.5
    assert told.high > 0.3
    assert not [one for one in eve.record if one.counted and one.response == "deployed"]


def test_no_mutual_defence_among_russia_china_and_iran():
    answer = lb.alliance(World.at("2026-06-01"), "rus-chn-irn")
    assert "no-duty-of-help" in answer.remarks
    assert "irn-rus-2025-no-help" in {one.id for one in answer.obligations}


def test_decision_to_admit_iran_is_not_membership_in_the_shanghai_organisation():
    assert {one.area: one.status for one in lb.alliance(World.at("2022-05-16"), "sco").members}["IRN"] == "observer"
    assert {one.area: one.status for one in lb.alliance(World.at("2023-07-05"), "sco").members}["IRN"] == "member"


def test_the_convention_of_the_caspian_five_needs_the_sector_alone():
    answer = lb.alliance(World.at("2026-06-01"), "caspian-five")
    duty = {one.id: one for one in answer.obligations}["caspian-14-pipes"]
    assert (duty.kind, duty.state, duty.binding) == ("consent-of-sector", "signed, not in force", False)


def test_a_duty_whose_text_is_not_in_force_on_the_day_is_marked_in_every_answer():
    """By the days of its agreement, whatever its own words say."""
    texts = FACTS.table("agreements").by_id
    for day in ("1993-01-01", "2001-06-01", "2012-06-01", "2018-09-01", "2022-02-15", "2025-12-31", "2026-06-01"):
        world = World.at(day)
        for one in duties(world):
            row = texts.get(one.agreement or "")
            in_force = row is None or (row["in_force"] is not None and row["in_force"].first <= world.day)
            ended = row is not None and row["ended"] is not None and row["ended"].first <= world.day
            assert (one.state == "in force") == (in_force and not ended), (day, one.id)
            said = of_text(one.to_dict())
            assert said.endswith(")") or one.state == "in force", said


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("caspian-five", "caspian-2018, art. 3 (not in force)"),
        ("aze-uzb-2024", "aze-uzb-2024, treaty of 2024 (entry into force not found)"),
        ("gcc", "gcc-jda-2000, joint defence agreement (first day of force not found)"),
    ],
)
def test_the_mark_reaches_alliance_and_record(name, words):
    world = World.at("2026-06-01")
    told = lb.alliance(world, name).to_dict()
    assert words in {of_text(one) for one in told["obligations"]}
    assert any(one.startswith("not-in-force:") for one in told["remarks"])
    assert any(words in line for line in duty_lines(lb.record(world, name).to_dict()["obligations"]))


def test_the_mark_reaches_a_profile():
    told = obligations(World.at("2026-06-01"), "KAZ").to_dict()
    marked = {one["id"]: one["state"] for one in told["given"] if one["state"] != "in force"}
    assert marked["caspian-3-no-third-forces"] == "signed, not in force"


def test_an_idea_and_a_refusal_are_told_with_who_said_it_when():
    told = lb.alliance(World.at("2026-06-01"), "5+3").to_dict()
    assert told["nobody"] == "no members on the day (8 proposed)"
    assert any("Kyrgyzstan proposed in Baku in July 2021" in line for line in asked_lines(told))
    georgia = [one for one in memberships(World.at("2022-06-01"), "GEO", ()) if one.id in ("3+3", "5+3")]
    lines = list(bound_lines({"memberships": [one.to_dict() for one in georgia], "overlaps": []}, Names()))
    assert any(line.startswith("Declined 1 bloc: 3+3") for line in lines)
    assert any("declined on 2021-10-09 because Russia takes part" in line for line in lines)
    shown = {row["id"]: row for row in rows(World.at("2026-06-01"), "memberships")}
    assert "GEO declined" in shown["3+3"]["others"]
    assert "July 2021" in shown["5+3"]["note"]


@pytest.mark.parametrize(
    ("area", "earlier", "later"),
    [("X_ABK", "rus-abk-2008-aid", "rus-abk-2014-attack"), ("X_SOS", "rus-sos-2008-aid", "rus-sos-2015-attack")],
)
def test_treaties_of_russia_with_entities_that_few_recognise_stand_beside_the_view_of_georgia(area, earlier, later):
    told = {day: obligations(World.at(day), area) for day in ("2008-06-01", "2010-06-01", "2015-03-01", "2022-05-16")}
    taken = {day: {one.id: one for one in some.taken} for day, some in told.items()}
    assert taken["2008-06-01"] == {}
    assert earlier in taken["2010-06-01"]
    assert later not in taken["2015-03-01"]
    assert [one["read_by"][0] for one in taken["2022-05-16"][later].readings] == ["GEO"]
    assert {"attack-on-all", "aid", "delegated-border-guard"} <= {one.kind for one in told["2022-05-16"].taken}
