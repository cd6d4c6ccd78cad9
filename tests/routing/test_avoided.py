"""What better ways would use and is refused: told with its row, its day and the way it closes."""

import datetime as dt

import pytest

from landbridge.facts import load
from landbridge.routing import RouteQuestion, Shipment, answer_route, answer_routes, route
from landbridge.routing.batch import RouteRow, RoutesQuestion
from landbridge.world import World, parse_scenario


@pytest.fixture(scope="module")
def round_the_cape():
    return route(World.at("2024-02-01"), "Shanghai", "Rotterdam", modes=("sea",), n=1)


@pytest.fixture(scope="module")
def round_pakistan():
    return route(World.at("2026-01-15"), "Karachi", "Kabul", modes=("road", "rail"), n=1)


def test_a_strait_that_carriers_avoid_is_told_with_the_policy_and_the_way_by_it(round_the_cape):
    (row,) = round_the_cape.avoided
    assert (row["kind"], row["table"], row["subject"]) == ("policy", "carrier_policies", "bab-el-mandeb")
    assert row["imposer"] == "all mainline lines"
    assert "suez" in row["way"]["passages"]
    assert row["way"]["hours"] < round_the_cape.routes[0].hours


def test_the_row_of_what_is_avoided_exists_and_began_before(round_the_cape, round_pakistan):
    facts = load()
    for answer in (round_the_cape, round_pakistan):
        for row in answer.avoided:
            cited = facts.row(row["table"], row["id"])
            assert row["since"] == cited["from"].first.isoformat()
            assert dt.date.fromisoformat(row["since"]) <= dt.date.fromisoformat(answer.world.date)
            assert row["source"]
            assert row["grade"] == cited["grade"]


def test_posts_shut_on_one_border_stand_together(round_pakistan):
    (row,) = (one for one in round_pakistan.avoided if one["subject_kind"] == "crossing")
    posts = {row["subject"], *(other["subject"] for other in row["beside"])}
    assert {"AFG-PAK-torkham", "AFG-PAK-chaman"} <= posts
    assert not posts & {one[0] for way in round_pakistan.routes for one in way.crossings}


def test_what_no_day_ends_is_no_news(round_pakistan):
    # A railway that is planned, and the ice of the Arctic in winter, were never a choice.
    facts = load()
    for row in round_pakistan.avoided:
        for subject in (row["subject"], *(other["subject"] for other in row["beside"])):
            assert facts.row("crossings", subject)["status"] != "planned"
    winter = route(World.at("2023-02-01"), "Shanghai", "Rotterdam", modes=("sea",), n=1)
    assert not winter.avoided


def test_a_border_shut_for_decades_is_told():
    answer = route(World.at("2022-06-01"), "Kars", "Gyumri", modes=("road",), n=1)
    assert "ARM-TUR-margara" in [row["subject"] for row in answer.avoided]
    assert all(row["way"]["usd"] < answer.routes[0].usd for row in answer.avoided)


def test_an_open_day_tells_nothing():
    assert not route(World.at("2024-06-01"), "Hamburg", "Lyon", modes=("road",), n=1).avoided


def test_what_a_scenario_shuts_is_told_as_its_own():
    answer = route(World.at("2023-06-01").apply("suez-closed"), "Shanghai", "Rotterdam", modes=("sea",), n=1)
    (row,) = answer.avoided
    assert (row["kind"], row["table"], row["subject"], row["since"]) == ("event", "scenario", "suez", None)


def test_what_the_shipment_avoids_itself_is_not_told():
    asked = {"modes": ("sea",), "avoid": ("passage:bab-el-mandeb", "passage:suez"), "n": 1}
    assert not route(World.at("2024-02-01"), "Shanghai", "Rotterdam", **asked).avoided


def test_shut_doors_are_told_too():
    shut = parse_scenario("name: t\nnote: t\nsources: [t]\nevents: [{kind: close, subject: 'port:poti'}]\n")
    answer = route(World.at("2021-06-01").apply(shut), "Constanta", "Poti", modes=("sea",), n=1, objective="kg_co2e")
    assert answer.answered
    told = [(row["table"], row["subject_kind"], row["subject"]) for row in answer.avoided]
    assert ("scenario", "port", "poti") in told


def test_tables_of_questions_do_not_look_for_it():
    world = World.at("2024-02-01")
    question = RouteQuestion("Shanghai", "Rotterdam", Shipment(modes=("sea",)), n=1)
    assert answer_route(world, question).avoided
    many = answer_routes(world, RoutesQuestion((RouteRow("a", question),)))
    assert not many.answers[0].avoided


@pytest.fixture(scope="module")
def round_the_shut_border():
    # By money alone a train would be best.
    return route(World.at("2025-09-15"), "Warsaw", "Minsk", objective="usd", n=1)


def test_a_border_that_is_shut_is_told_and_not_a_line_without_trains_on_it(round_the_shut_border):
    (row,) = (one for one in round_the_shut_border.avoided if one["modes"] == ["rail"])
    assert (row["since"], row["reason"]) == ("2025-09-12", "whole border shut by Poland (Zapad-2025, drones)")
    posts = [row["subject"], *(other["subject"] for other in row["beside"])]
    assert "BLR-POL-brest-rail" in posts
    assert "BLR-POL-vysokolitovsk-rail" not in posts, "no trains ran there before"
    assert len(posts) == len(set(posts))


def test_what_most_posts_of_a_border_share_is_the_cause_that_is_told():
    # The post by which the way would be best has a cause of its own; the others share one.
    one_more = parse_scenario(
        "name: t\nnote: t\nsources: [t]\nevents: [{kind: close, subject: 'crossing:BLR-POL-bruzgi-rail'}]\n"
    )
    answer = route(World.at("2025-09-15").apply(one_more), "Warsaw", "Minsk", modes=("rail",), n=1)
    (row,) = answer.avoided[:1]
    assert row["table"] == "crossing_status"
    assert row["since"] == "2025-09-12"


BARRED = (
    "name: t\nnote: t\nsources: [t]\nevents: "
    "[{kind: restrict, subject: 'crossing:GEO-RUS-upper-lars', carriers: 'not:ARM'}]\n"
)


@pytest.mark.parametrize("carrier", ["ARM", None])
def test_a_post_is_either_used_or_told_as_not_used(carrier):
    world = World.at("2023-06-01").apply(parse_scenario(BARRED))
    answer = route(world, "Yerevan", "Moscow", modes=("road",), carrier=carrier, n=1)
    used = {crossing[0] for crossing in answer.routes[0].crossings} if answer.answered else set()
    told = {row["subject"] for row in answer.avoided}
    assert ("GEO-RUS-upper-lars" in used) == (carrier is None)
    assert ("GEO-RUS-upper-lars" in told) == (carrier is not None)
