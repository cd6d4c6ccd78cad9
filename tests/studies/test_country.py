"""The profile of a country: what it promises, where its numbers come from, what it says when nothing is known."""

import json
import re
from dataclasses import replace

import pytest

import landbridge as lb
from landbridge.answers import Answer, Question
from landbridge.errors import InputError
from landbridge.routing import RouteQuestion, Shipment, answer_route
from landbridge.routing.single import best_way
from landbridge.studies import KINDS, to_question
from landbridge.studies.compare import changes
from landbridge.studies.country import CountryQuestion
from landbridge.studies.country.belonging import memberships, obligations, overlaps
from landbridge.studies.country.borders import borders, counted, lines, posts_on_ground
from landbridge.studies.country.depends import Contract, _at_odds, transit
from landbridge.studies.country.losses import again, closed, scenarios_of, shut_by, told
from landbridge.studies.country.record import crises, measures_of
from landbridge.studies.country.trade import trade
from landbridge.studies.country.voting import voting
from landbridge.studies.country.ways import (
    basin_of,
    best_port,
    held_by,
    main_place,
    over_open_sea,
    seaports,
    ways_to_sea,
)
from landbridge.world import World
from landbridge.world.library import read_scenario
from landbridge.world.scenario import Scenario
from tests.profiles import SCENARIOS, full, quick

FACTS = lb.load_facts()
DAY = World.at("2022-05-16")
SECTIONS = (
    "memberships",
    "overlaps",
    "lines",
    "obligations",
    "borders",
    "access",
    "dependence",
    "measures",
    "votes",
    "crises",
    "scenarios",
)


@pytest.fixture(scope="module")
def armenia():
    return full()


@pytest.fixture(scope="module")
def unknown():
    return quick("X_PMR", "2022-05-16")


def scenario(**event):
    return Scenario.model_validate({"name": "x", "events": [event]})


def rows_of(data, path=""):
    """Every mapping of an answer with the path to it."""
    if isinstance(data, dict):
        yield path, data
        for key, value in data.items():
            yield from rows_of(value, f"{path}.{key}")
    elif isinstance(data, list):
        for value in data:
            yield from rows_of(value, path)


def test_the_json_has_what_it_promises(armenia):
    assert isinstance(armenia, Answer)
    assert isinstance(armenia.question, Question)
    data = json.loads(json.dumps(armenia.to_dict(), allow_nan=False))
    assert data["schema"] == "country/1"
    assert (data["area"], data["date"], data["name"]) == ("ARM", "2022-05-16", "Armenia")
    assert set(SECTIONS) <= set(data)
    assert sum(data["grade_shares"].values()) == pytest.approx(1)
    assert all(sum(shares.values()) == pytest.approx(1) for shares in data["grades"].values())
    assert armenia.answered


def test_every_figure_names_rows_that_are_there_with_their_grade(armenia):
    data = armenia.to_dict()
    listed = {(row["table"], row["id"]) for row in data["evidence"]}
    found = 0
    for path, row in rows_of({key: data[key] for key in SECTIONS}):
        for item in row.get("evidence") or ():
            found += 1
            assert (item["table"], item["id"]) in listed, path
            if item["table"] != "scenario":
                assert item["grade"] == (FACTS.row(item["table"], item["id"])["grade"] or "D")
        if "evidence" in row and path != ".overlaps":
            assert row["evidence"], path
    assert found > 300
    assert all(row["source"] and row["grade"] in "ABCD" for row in data["evidence"])


def test_numbers_are_numbers_or_none_and_lie_in_their_ranges(armenia, unknown):
    for answer in (armenia, unknown):
        for one in answer.indicators():
            assert one.value is None or one.low is None or one.low <= one.value <= one.high
            assert one.unit
        keys = [(one.name, one.subject) for one in answer.indicators()]
        assert len(keys) == len(set(keys))
        frame = answer.to_frame()
        assert list(frame.columns[:5]) == ["section", "name", "subject", "unit", "value"]
        assert len(frame) == len(keys)


def test_a_standard_route_is_the_first_way_of_its_question(armenia):
    route = next(one for one in armenia.access.ports if one.to == "Poti")
    asked = RouteQuestion(*route.ask, Shipment(teu=2.0), n=1)
    best = answer_route(DAY, asked, with_avoided=False).routes[0]
    # The search spreads the rests of drivers over the way: of two all but equal ways the answer may tell the other.
    same = {"rel": 1e-3}
    assert (route.hours, route.usd) == (pytest.approx(best.hours, **same), pytest.approx(best.usd, **same))
    assert (route.hours_low, route.usd_high) == (
        pytest.approx(best.hours_low, **same),
        pytest.approx(best.usd_high, **same),
    )
    assert (route.label, route.grade) == (best.label, best.grade)
    assert best.generalised_usd <= (route.generalised_usd or 0.0)
    assert set(route.evidence) == {(one.table, one.id) for one in best.evidence}


def test_no_route_tells_why():
    one = best_way(DAY, RouteQuestion("Yerevan", "Baku"))
    assert "arm-aze89-r-transit" in {row["id"] for row in one.blocked_by}


def test_shutting_a_border_makes_no_route_better(armenia):
    for loss in armenia.access.closures:
        for shift in loss.changed:
            base = next(one for one in armenia.routes if (one.kind, one.to) == (shift.kind, shift.to))
            worth = base.usd + base.usd_per_h * base.hours
            assert shift.outcome in ("changes", "shuts")
            assert shift.hours is None or shift.usd + base.usd_per_h * shift.hours >= worth * (1 - 1e-6)
        assert len(loss.changed) + loss.same == len(armenia.routes)


def test_what_shuts_is_never_cheaper_with_time(armenia):
    for loss in armenia.access.closures:
        assert loss.mean_delta_generalised_usd is None or loss.mean_delta_generalised_usd >= -1e-6
        assert all(one.delta_generalised_usd is None or one.delta_generalised_usd >= -1e-3 for one in loss.changed)


def test_georgia_shut_costs_most_and_a_shut_border_costs_nothing(armenia):
    by = {loss.name: loss for loss in armenia.access.closures}
    assert set(by) == {"AZE", "GEO", "IRN", "TUR"}
    assert by["GEO"].mean_delta_hours > 24
    assert by["GEO"].sea_delta_hours > 24
    assert not by["GEO"].sea_shut
    assert by["TUR"].alike
    assert by["TUR"].note
    assert by["AZE"].alike
    # ports of Iran are among those told, the best one is in Georgia
    assert by["IRN"].sea_delta_usd == 0
    assert by["IRN"].mean_delta_usd < by["GEO"].mean_delta_usd


def test_what_is_not_looked_for_again_would_come_out_the_same(armenia):
    near = [one for one in armenia.routes if one.to_area == "GEO"]
    for name in ("suez-closed", "caspian-storm-season"):
        gates = shut_by(DAY, read_scenario(name).events)
        assert not any(one.uses(gates) for one in near)
        assert told(name, near, again(DAY.apply(name), near, 2.0), "", ()).alike


def test_the_mean_of_a_loss_is_that_of_its_routes(armenia):
    loss = next(one for one in armenia.access.closures if one.name == "GEO")
    moved = {one.to_area: one.delta_hours for one in loss.changed if one.kind == "partner"}
    weights = {one.to_area: one.box_share for one in armenia.access.partners}
    mean = sum(weights[area] * moved.get(area, 0.0) for area in weights) / sum(weights.values())
    assert loss.mean_delta_hours == pytest.approx(mean)


def test_a_border_that_shuts_everything_is_told_as_no_way():
    answer = quick("X_PMR", "2022-05-16")
    border = answer.borders[0]
    loss = closed(DAY, "X_PMR", border, answer.routes, 2.0)
    assert {one.outcome for one in loss.changed} == {"shuts"}
    assert loss.sea_shut
    assert loss.mean_delta_hours is None
    assert loss.shut_box_share is None


def test_scenarios_that_change_nothing_are_counted(armenia):
    data = armenia.to_dict()["scenarios"]
    names = {row["name"] for row in data["changing"]}
    assert "upper-lars-closed" in names
    assert "suez-closed" not in names
    assert len(names) + data["no_change"] + len(data["not_applied"]) == len(SCENARIOS)
    assert set(SCENARIOS) <= set(scenarios_of(DAY))
    assert all(row["changed"] for row in data["changing"])


def test_scenarios_of_gas_alone_and_those_applied_are_left_out():
    names = set(scenarios_of(DAY.apply("upper-lars-closed")))
    assert not names & {"upper-lars-closed", "btc-stop", "nord-stream-cut"}
    assert "suez-closed" in names


def test_trade_is_of_the_last_year_before_the_day():
    for day, year, ahead in (("2012-06-01", 2015, True), ("2020-09-01", 2019, False), ("2026-06-01", 2020, False)):
        found = trade(World.at(day), "ARM")
        assert (found.year, found.ahead) == (year, ahead)
    assert found.listed_share == pytest.approx(sum(one.share for one in found.partners))
    assert found.listed_share < 1
    assert sum(one.share for one in found.groups) == pytest.approx(1, abs=1e-3)
    row = FACTS.row("area_trade", "ARM-RUS-2020")
    whole = FACTS.row("area_trade", "ARM-ALL-2020")
    both = row["exports_musd"] + row["imports_musd"]
    assert found.partners[0].share == both / (whole["exports_musd"] + whole["imports_musd"])


@pytest.mark.parametrize("year", range(2015, 2021))
def test_the_lists_of_trade_add_up(year):
    groups = len(FACTS.table("trade_groups").rows)
    for row in FACTS.table("area_trade").where(year=year):
        for side in ("exports", "imports"):
            parts = [float(one) for one in row[f"{side}_by_group_musd"]]
            assert len(parts) == groups
            assert sum(parts) == pytest.approx(row[f"{side}_musd"], abs=0.06 * groups)


def test_what_routes_pass_is_weighted_by_trade_in_boxes(armenia):
    passed = {one.id: one for one in armenia.dependence.transit.areas}
    partners = armenia.access.partners
    whole = sum(one.box_share for one in partners)
    through = sum(one.box_share for one in partners if "GEO" in one.areas and one.to_area != "GEO")
    assert passed["GEO"].box_share == pytest.approx(through / whole)
    assert all(0 <= one.box_share <= 1 for one in passed.values())
    assert "ARM" not in passed
    bare = [replace(one, box_share=None, share=None) for one in partners]
    assert {one.box_share for one in transit("ARM", bare).areas} == {None}


def test_what_is_not_known_is_none(unknown):
    data = unknown.to_dict()
    assert data["dependence"]["trade"] is None
    assert data["dependence"]["gas"] is None
    assert data["votes"] is None
    assert {one["box_share"] for one in data["dependence"]["transit"]["crossings"]} == {None}
    assert {one["share"] for one in data["access"]["partners"]} == {None}
    assert {"no-trade", "no-gas", "no-votes"} <= set(data["unknown"])
    assert (data["status"], data["de_jure"], data["de_facto"]) == ("disputed", ["MDA"], ["X_PMR"])


@pytest.mark.parametrize(
    ("area", "day", "who"),
    [
        ("X_NKR", "2019-06-01", "X_NKR"),
        ("X_NKR", "2024-06-01", "AZE"),
        ("X_CRI", "2013-06-01", "UKR"),
        ("X_CRI", "2022-06-01", "RUS"),
        ("ARM", "2022-06-01", "ARM"),
    ],
)
def test_who_holds_an_area_is_that_of_the_day(area, day, who):
    assert held_by(World.at(day), area) == (who,)


def test_posts_are_those_of_the_table():
    some = borders(DAY, "ARM")
    ids = {row["id"] for row in FACTS.table("crossings").rows if "ARM" in (row["area_a"], row["area_b"])}
    assert {post.id for one in some for post in one.posts} == ids
    assert sum(counted(some).values()) == sum(len(one.posts) for one in some)
    akhurik = next(post for one in some for post in one.posts if post.id == "ARM-TUR-akhurik-rail")
    assert (akhurik.mode, akhurik.state, akhurik.out, akhurik.into) == ("rail", "shut", "none", "none")
    assert any(table == "crossing_status" for table, _ in akhurik.evidence)
    assert borders(DAY, "ISL") == ()


def test_a_scenario_opens_borders_and_lifts_measures():
    opened = DAY.apply("turkey-armenia-open")
    sides = {one.area: one for one in borders(opened, "ARM")}
    assert sides["TUR"].passable
    assert "tur-arm93" in {one.id for one in measures_of(DAY, "ARM").borne}
    assert "tur-arm93" not in {one.id for one in measures_of(opened, "ARM").borne}


def test_a_ban_of_a_scenario_is_borne():
    ban = {"imposers": ["RUS"], "targets": ["ARM"], "what": ["import"]}
    told_measures = measures_of(DAY.apply(scenario(kind="ban", ban=ban)), "ARM").borne
    assert [one.by_scenario for one in told_measures].count(True) == 1


def test_leaving_a_bloc_ends_what_it_owes_and_is_owed():
    left = DAY.apply(scenario(kind="leave", bloc="csto", areas="ARM"))
    before, after = (obligations(world, "ARM") for world in (DAY, left))
    assert "cst-4-aid" in {one.id for one in before.taken}
    assert "cst-4-aid" not in {one.id for one in after.taken}
    assert "rus-arm-1997-aid" in {one.id for one in after.taken}
    assert "csto" not in {one.id for one in memberships(left, "ARM", ()) if one.status == "member"}
    shared = {one.area: one.blocs for one in overlaps(DAY, "ARM", ("RUS", "GEO"))}
    assert "eaeu" in shared["RUS"]
    assert "eaeu" not in shared["GEO"]


def test_duties_that_pull_two_ways_name_their_rows():
    found = obligations(World.at("2022-10-01"), "RUS").conflicts
    one = next(one for one in found if set(one.towards) == {"ARM", "AZE"})
    assert {("obligations", key) for key in one.duties} <= set(one.evidence)
    assert {("crises", key) for key in one.why} <= set(one.evidence)


def test_measures_by_group_name_the_group():
    found = {one.id: one for one in measures_of(DAY, "ARM").imposed}
    assert "prk-un" not in found
    assert {one.id: one.as_part_of for one in measures_of(DAY, "ARM").un}["prk-un"] == ("UN",)
    assert found["arm-aze-nakh"].as_part_of == ()


def test_crises_are_those_known_on_the_day():
    found = crises(DAY, "ARM")
    assert all(one.date <= DAY.day for one in (*found.made, *found.received))
    assert {one.response for one in found.made} <= {"consultations", "declined", "deployed"}
    assert "csto-kaz-2022" in {one.id for one in found.received}
    assert all("ARM" not in one.appeal_by for one in found.received)


def test_votes_have_their_uncertainty_and_no_later_year():
    found = voting(DAY, "ARM", ("RUS", "GEO"))
    assert all(one.low <= one.agreement <= one.high for one in found.alike)
    assert {one.kind for one in found.alike} == {"pole", "bloc", "area"}
    assert found.nearest[0].agreement > found.farthest[0].agreement
    assert all(one.year < 2022 and one.low < one.value < one.high for one in found.ideal_points)
    early = voting(World.at("1995-01-01"), "ARM", ())
    assert (early.year, early.alike) == (None, ())
    assert max(one.year for one in early.ideal_points) < 1995


def test_seaports_are_open_on_the_ocean_and_built():
    found = seaports(DAY, main_place(FACTS, "ARM"))
    names = [one.asked for one, _ in found]
    assert "port:poti" in names
    assert not {"port:baku-alat", "port:rize-iyidere-new-port"} & set(names)
    basins = [basin for _, basin in found]
    assert max(basins.count(basin) for basin in basins) <= 6
    assert best_port([]) is None


def test_the_best_port_is_the_cheapest_of_all_that_land_reaches(armenia):
    costs = [one.generalised_usd for one in armenia.access.ports if one.there]
    assert costs == sorted(costs)
    assert 2 <= len(costs) <= 6
    basins = [basin_of(FACTS.row("ports", one.ask[1].removeprefix("port:"))["kind"]) for one in armenia.access.ports]
    assert max(basins.count(basin) for basin in basins) == basins.count(basins[0]) <= 2
    assert not any(over_open_sea(FACTS, one) for one in armenia.access.ports)


@pytest.mark.parametrize(("area", "day"), [("CYP", "2026-06-01"), ("NPL", "2026-06-01"), ("LUX", "2024-06-01")])
def test_ports_that_nobody_would_take_are_no_ways_to_the_sea(area, day):
    ports = ways_to_sea(World.at(day), main_place(FACTS, area), 2.0)
    costs = [one.generalised_usd for one in ports if one.there]
    assert costs
    assert max(costs) <= 3.0 * min(costs)
    assert not any(one.to_area == "IRN" for one in ports if area == "CYP")


def test_the_line_between_georgia_and_abkhazia_is_told_on_both_sides():
    georgia = {one.area: one for one in borders(DAY, "GEO")}
    abkhazia = {one.area: one for one in borders(DAY, "X_ABK")}
    for posts in (georgia["X_ABK"].posts, abkhazia["GEO"].posts):
        assert {(one.mode, one.state) for one in posts} == {("road", "shut"), ("rail", "shut")}
    assert [one.area for one in posts_on_ground(DAY, "X_ABK")] == ["RUS"]


def test_what_is_disputed_is_told_as_both_sides_say_it():
    told = next(one for one in measures_of(World.at("2026-06-01"), "ARM").imposed if one.id == "arm-aze-nakh")
    assert told.imposers == "ARM (said by AZE)"
    assert told.effect.startswith("Disputed")
    assert "Azerbaijan:" in told.effect
    assert "Armenia:" in told.effect
    early = next(one for one in measures_of(World.at("2020-09-01"), "ARM").imposed if one.id == "arm-aze-nakh")
    assert "2025" not in early.effect
    assert "Armenia: it imposes none" in early.effect


def test_notes_speak_of_no_later_day():
    for day in ("2022-05-16", "2024-06-01"):
        for area in ("ARM", "UKR", "TUR", "GEO"):
            world = World.at(day)
            told_measures = measures_of(world, area)
            said = [post.why + post.cargo for one in borders(world, area) for post in one.posts]
            said += [one.effect + one.what for one in (*told_measures.imposed, *told_measures.borne, *told_measures.un)]
            said += [one.why for one in lines(world, area)]
            days = [found for text in said for found in re.findall(r"\b20\d\d-\d\d(?:-\d\d)?\b", text)]
            assert [found for found in days if found > day and not day.startswith(found)] == []


def test_measures_are_those_of_the_area_or_of_a_bloc_that_makes_law():
    world = World.at("2026-06-01")
    for area in ("BLR", "KAZ", "MNG"):
        told_measures = measures_of(world, area)
        assert not any("UN" in one.as_part_of for one in told_measures.imposed)
        assert "irn25-snap" in {one.id for one in told_measures.un}
    german = {one.id: one.as_part_of for one in measures_of(world, "DEU").imposed}
    assert german["irn25-snap"] == ("EU",)
    assert "arm-rus-jul26" not in {one.id for one in measures_of(world, "ARM").borne}
    assert "geo-sukhumi-air" not in {one.id for one in measures_of(world, "GEO").borne}


def test_texts_tell_how_far_they_are():
    now = {one.id: one.state for one in memberships(World.at("2026-06-01"), "ARM", ())}
    assert (now["arm-aze-peace"], now["arm-cepa"], now["eaeu"]) == ("initialled, not signed", "in force", "")
    assert {one.id: one.state for one in memberships(World.at("2026-06-01"), "MNG", ())}[
        "eaeu-mng"
    ] == "signed, not in force"


def test_days_are_told_as_precisely_as_known():
    found = {one.id: one for one in memberships(DAY, "ARM", ())}
    assert (found["bri"].since_precision, found["csto"].since_precision) == ("year", "day")
    assert (found["bri"].grade, found["bri"].approximate) == ("D", True)
    assert {one.date_precision for one in crises(DAY, "ARM").received} <= {"day", "month", "year"}


def test_gold_rides_in_no_box():
    found = trade(World.at("2026-06-01"), "MNG")
    assert set(found.left_out) == {"stone", "other"}
    swiss = {one.area: one.box_share for one in found.partners}.get("CHE", 0.0)
    assert swiss < 0.01


def test_few_contracts_contradict_no_mixing():
    sale = Contract("x", "s", "RUS", 2.5, 1.0, ("ARM",), None, ())
    assert _at_odds({"AZE": 0.84, "RUS": 0.14}, (sale,), 0.0)
    assert not _at_odds({"AZE": 0.84, "RUS": 0.16}, (sale,), 20.0)
    assert not _at_odds({"AZE": 0.84}, (replace(sale, share=None),), 0.0)
    assert not _at_odds({}, (), 10.0)


def test_lines_tell_their_state():
    found = {one.id: one.state for one in lines(World.at("2020-09-01"), "ARM")}
    assert found["arm-goris-kapan-old"] == "open"


def test_bad_questions_name_every_fault():
    for data in (
        {"kind": "country", "area": "ARM", "partners": 9},
        {"kind": "country", "area": "ARM", "teu": 0},
        {"kind": "country", "area": "ARM", "quick": "yes"},
        {"kind": "country", "area": 5},
        {"kind": "country", "aera": "ARM"},
    ):
        with pytest.raises(InputError):
            to_question(data)
    with pytest.raises(InputError, match="ARM"):
        to_question({"kind": "country", "area": "AMR"}, world=DAY)
    question = CountryQuestion("ARM", 1.0, 2, True)
    assert CountryQuestion.from_dict(question.to_dict()) == question


def test_ask_answers_it_and_tells_how_far_it_is():
    seen = []
    question = to_question({"kind": "country", "area": "Iceland", "partners": 1, "quick": True}, world=DAY)
    answer = KINDS["country"].answer(DAY, question, lambda done, total: seen.append((done, total)))
    assert answer.area == "ISL"
    assert [done for done, _ in seen] == list(range(1, seen[-1][1] + 1))
    again_told = lb.rerun(answer.to_dict(), world=DAY)
    assert again_told.same


def test_two_worlds_are_compared_by_its_numbers():
    other = quick("ARM", "2022-05-16", 1, "turkey-armenia-open")
    found = {(one.name, one.subject): one for one in changes(full().indicators(), other.indicators())}
    assert found["rail posts that pass freight", "ARM - TUR"].outcome == "gains"
    assert found["measures borne", "ARM"].delta < 0
    assert found["hours", "ARM - RUS"].outcome == "same"


def test_it_says_in_one_line_what_it_is(armenia, unknown):
    assert repr(armenia).startswith("<CountryAnswer ARM on 2022-05-16: ")
    assert "of trade with RUS (2020)" in repr(armenia)
    assert "1 of 1 land borders" in repr(unknown)


def test_geojson_has_routes_and_posts(armenia):
    features = armenia.to_geojson()["features"]
    posts = [one for one in features if "crossing" in one["properties"]]
    assert len(posts) == sum(len(one.posts) for one in armenia.borders)
    assert {one["properties"]["state"] for one in posts} <= {"open", "limited", "shut", "not there"}
    assert any(one["geometry"]["type"] == "LineString" for one in features)
