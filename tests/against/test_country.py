"""Profiles that must come out right: Armenia on three days, a double landlocked area, an island, de facto entities."""

import pytest

import landbridge as lb
from landbridge.report.country_words import asked_on
from landbridge.world import World
from tests.profiles import full, quick

FACTS = lb.load_facts()
DAYS = ("2020-09-01", "2022-05-16", "2026-06-01")


@pytest.fixture(scope="module")
def armenia():
    return {day: full() if day == DAYS[1] else quick("ARM", day) for day in DAYS}


def standing(answer, key):
    return {one.id: one for one in answer.memberships}.get(key)


def posts(answer):
    return {(post.id, post.mode): post.state for one in answer.borders for post in one.posts}


def test_the_alliance_with_russia_is_frozen_in_february_2024(armenia):
    told = [(standing(armenia[day], "csto").status, str(standing(armenia[day], "csto").since)) for day in DAYS]
    assert told == [("member", "1994-04-20"), ("member", "1994-04-20"), ("frozen", "2024-02-22")]
    # Frozen, the text binds it still, and the treaty of two with Russia is another one.
    for day in DAYS:
        taken = {one.id for one in armenia[day].obligations.taken}
        assert {"cst-4-aid", "rus-arm-1997-aid"} <= taken
    frozen = {one.id: one.frozen for one in armenia[DAYS[2]].obligations.taken}["cst-4-aid"]
    assert frozen == ("ARM",)


def test_the_economic_union_stays_and_the_european_union_comes_nearer(armenia):
    assert {standing(armenia[day], "eaeu").status for day in DAYS} == {"member"}
    assert [standing(armenia[day], "eu") is None for day in DAYS] == [True, True, False]
    law = standing(armenia[DAYS[2]], "eu")
    assert (law.status, str(law.since)) == ("partner", "2025-03-26")
    assert standing(armenia[DAYS[0]], "arm-cepa") is None
    assert standing(armenia[DAYS[1]], "arm-cepa").status == "party"


def test_the_war_of_2020_leaves_a_statement_and_appeals(armenia):
    assert [standing(armenia[day], "tri-2020") is not None for day in DAYS] == [False, True, True]
    assert [standing(armenia[day], "wash-2025") is not None for day in DAYS] == [False, False, True]
    owed = [{one.id for one in armenia[day].obligations.given} for day in DAYS]
    assert ["tri-2020-p9" in some for some in owed] == [False, True, True]
    nine = next(one for one in armenia[DAYS[1]].obligations.given if one.id == "tri-2020-p9")
    assert {reader for one in nine.readings for reader in one["read_by"]} >= {"ARM", "AZE"}
    made = [{one.id: one.response for one in armenia[day].crises.made} for day in DAYS]
    assert "csto-arm-2020" not in made[0]
    assert made[1]["csto-arm-2020"] == "declined"
    assert made[1]["csto-arm-2021"] == "consultations"
    assert "csto-arm-2022" not in made[1]
    assert made[2]["csto-arm-2022"] == "consultations"
    assert made[2]["eu-arm-2022"] == "deployed"


def test_the_ways_into_karabakh_and_syunik_close(armenia):
    lachin = [posts(armenia[day])["ARM-AZE-lachin", "road"] for day in DAYS]
    assert lachin == ["limited", "limited", "shut"]
    sotk = [posts(armenia[day])["ARM-AZE-sotk", "road"] for day in DAYS]
    assert sotk == ["limited", "shut", "shut"]
    old, new = ([{one.id: one.state for one in armenia[day].lines}[key] for day in DAYS]
                for key in ("arm-goris-kapan-old", "arm-tatev-aghvani"))  # fmt: skip
    assert old == ["open", "closed", "closed"]
    assert new == ["closed", "open", "open"]


def test_georgia_and_iran_stay_open_and_turkey_shut(armenia):
    for day in DAYS:
        states = posts(armenia[day])
        assert states["ARM-GEO-bagratashen", "road"] == states["ARM-IRN-agarak", "road"] == "open"
        assert states["ARM-TUR-akhurik-rail", "rail"] == states["ARM-TUR-margara", "road"] == "shut"
        assert "tur-arm93" in {one.id for one in armenia[day].measures.borne}


def test_russia_is_the_first_partner_and_is_reached_through_georgia(armenia):
    assert [armenia[day].dependence.trade.year for day in DAYS] == [2019, 2020, 2020]
    for day in DAYS:
        first = armenia[day].access.partners[0]
        assert (first.to_area, first.to, first.areas[:2]) == ("RUS", "Moscow", ("ARM", "GEO"))
        assert armenia[day].access.best_port in ("Batumi", "Poti")
        assert armenia[day].landlocked


def test_gas_is_that_of_contracts_which_mixing_cannot_tell(armenia):
    for day in DAYS:
        gas = armenia[day].dependence.gas
        assert [(one.origin, one.bcm_y) for one in gas.contracts] == [("RUS", 2.5), ("IRN", 1.1)]
        assert [one.share for one in gas.contracts] == pytest.approx([2.5 / 3.6, 1.1 / 3.6])
        # Russian gas mixes with Azerbaijani gas in Georgia; it is sold by Gazprom all the same.
        assert gas.traced is None
        assert gas.traced_reason.startswith("contracts in force say RUS 69 %")


def test_a_double_landlocked_area_reaches_the_sea_through_two_others():
    answer = quick("UZB", "2024-06-01")
    assert answer.landlocked
    assert {one.area for one in answer.borders} == {"AFG", "KAZ", "KGZ", "TJK", "TKM"}
    ports = [one for one in answer.access.ports if one.there]
    assert ports
    assert all(len(one.areas) >= 3 and one.to_area != "UZB" for one in ports)


def test_ports_of_kazakhstan_are_those_that_trains_reach():
    ports = quick("KAZ", "2026-06-01").access.ports
    names = [one.to for one in ports]
    assert {"Novorossiysk", "St Petersburg (Bronka)"} <= set(names)
    assert not {"Karachi", "Port Qasim", "Kandla (Deendayal)", "Mundra"} & set(names)
    assert sum(one.to_area == "CHN" for one in ports) >= 1
    assert all("sea" not in one.modes for one in ports if one.there)


def test_closed_ports_take_no_place_of_those_that_are_open():
    ports = quick("UZB", "2026-06-01").access.ports
    assert sum(one.there for one in ports) == 6
    assert "CHN" in {one.to_area for one in ports if one.there}
    assert all("closed" in one.no_route for one in ports if not one.there)


def test_abkhazia_has_the_posts_on_the_psou_and_no_rights_of_states():
    answer = quick("X_ABK", "2026-06-01")
    posts_there = {post.id for one in answer.posts_on_ground for post in one.posts}
    assert posts_there == {"GEO-RUS-psou-rail", "GEO-RUS-psou-road"}
    assert not any(one.id.startswith("montreux") for one in answer.obligations.taken)
    assert "borders-under:GEO" in answer.unknown
    assert {post.id for one in answer.borders for post in one.posts} == {"GEO-X_ABK-enguri", "GEO-X_ABK-ingur-rail"}
    assert quick("ISL", "2022-05-16").posts_on_ground == ()
    assert "no-land-border" in quick("ISL", "2022-05-16").unknown
    assert "no-land-border" in quick("TWN", "2022-05-16").unknown


@pytest.mark.parametrize(("area", "day"), [("KGZ", "2023-01-01"), ("ARM", "2022-05-16"), ("TJK", "2023-01-01")])
def test_a_profile_and_an_alliance_tell_the_same_day_of_an_appeal(area, day):
    crises = quick(area, day).crises
    own = {one.id: one for one in (*crises.made, *crises.received)}
    listed = {one.id: one for one in lb.alliance(World.at(day), "csto").record}
    shared = own.keys() & listed.keys()
    assert shared
    for key in shared:
        assert asked_on(own[key].to_dict(FACTS)) == asked_on(listed[key].to_dict())


def test_an_island_has_no_land_border_and_a_port_of_its_own():
    answer = quick("ISL", "2022-05-16")
    assert answer.borders == ()
    assert "no-land-border" in answer.unknown
    assert answer.access.best_port == "Reykjavik"
    assert all("sea" in one.modes or "air" in one.modes for one in answer.access.partners)
    assert standing(answer, "nato").status == "member"
    assert standing(answer, "eu") is None


def test_a_de_facto_entity_is_told_with_both_sides():
    answer = quick("X_PMR", "2022-05-16")
    assert (answer.de_jure, answer.de_facto, answer.status) == (("MDA",), ("X_PMR",), "disputed")
    assert answer.access.partners[0].to_area == "MDA"
    shut = {one.to: one.no_route for one in answer.access.ports if not one.there}
    assert "blockade" in shut["Odesa"]


def test_karabakh_before_the_war_reaches_armenia_alone():
    answer = quick("X_NKR", "2019-06-01")
    assert answer.de_facto == ("X_NKR",)
    assert "no-posts" in answer.unknown
    assert [(one.to, one.there) for one in answer.access.partners] == [("Yerevan", True)]
    assert not any(one.there for one in answer.access.ports)
