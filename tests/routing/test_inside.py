"""What part of a way lies in which area, and in the members of a bloc on the day."""

import pytest

import landbridge as lb
from landbridge.report import checks, page
from landbridge.routing import route
from landbridge.world import World
from landbridge.world.within import within

AMOUNTS = ("km", "hours", "usd", "kg_co2e")


@pytest.fixture(scope="module")
def answer():
    return route(World.at("2025-06-01"), "Almaty", "Istanbul", n=3, within=("OTS", "5+3", "GEO", "csto"))


def test_parts_by_area_add_up_to_the_way(answer):
    assert len(answer.routes) > 1
    for way in answer.to_dict()["routes"]:
        for name in AMOUNTS:
            assert sum(part[name] for part in way["by_area"]) == pytest.approx(way[name], rel=1e-9, abs=1e-6)
        assert {part["area"] for part in way["by_area"]} - {""} == set(way["areas"])


def test_a_bloc_is_its_members_on_the_day(answer):
    ots = answer.within[0]
    assert (ots.id, ots.basis) == ("ots", "members on the day")
    assert set(ots.areas) == {"AZE", "KAZ", "KGZ", "TUR", "UZB"}
    assert "UZB" not in within(World.at("2018-06-01"), "Turkic Council").areas
    assert set(within(World.at("2025-06-01").apply("armenia-out-of-eaeu"), "eaeu").areas) == {
        "BLR", "KAZ", "KGZ", "RUS",
    }  # fmt: skip


def test_a_body_that_was_never_founded_is_the_areas_of_the_proposal(answer):
    proposed = answer.within[1]
    assert proposed.basis == "areas that the record names; nobody is a member on the day"
    assert set(proposed.areas) == {"ARM", "AZE", "GEO", "KAZ", "KGZ", "TJK", "TKM", "UZB"}


def test_shares_are_those_of_the_parts(answer):
    for way in answer.to_dict()["routes"]:
        for group, told in zip(answer.within, way["within"], strict=True):
            own = [part for part in way["by_area"] if part["area"] in group.areas]
            assert told["km"] == pytest.approx(sum(part["km"] for part in own))
            assert told["hours_share"] == pytest.approx(sum(part["hours"] for part in own) / way["hours"])
            assert told["km_share_of_areas"] >= told["km_share"] - 1e-12
            assert set(told["areas"]) == {part["area"] for part in own}


def test_who_belongs_is_evidence(answer):
    rows = {(item.table, item.id) for item in answer.routes[0].evidence}
    assert {row for group in answer.within for row in group.rows} <= rows


def test_pages_and_terminal_tell_it(answer):
    text = page.page(answer.to_dict(), answer.to_geojson(), lb.load_facts())
    assert "members on the day: Azerbaijan" in text
    assert checks.unsourced(text) == ()
    assert checks.unsourced(answer.to_dict()) == ()


def test_nobody_asked_nobody_told():
    plain = route(World.at("2025-06-01"), "Baku", "Tbilisi", n=1, modes=("road",))
    assert plain.within == ()
    assert "within" not in plain.question.to_dict()


def test_an_unknown_group_is_refused():
    with pytest.raises(lb.InputError, match="no bloc, format, record or area 'OTX'"):
        route(World.at("2025-06-01"), "Baku", "Tbilisi", within=("OTX",))
