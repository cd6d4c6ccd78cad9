"""Scenario files: what ships, what is refused with which words, what events do."""

import json
from datetime import date
from pathlib import Path

import pytest

from landbridge.errors import ScenarioError
from landbridge.world import (
    Event,
    Scenario,
    Trip,
    World,
    area_set,
    crossing_state,
    diff,
    list_scenarios,
    members,
    parse_scenario,
    passage_state,
    port_state,
    project_state,
    read_scenario,
    resolve,
    scenario_schema,
)
from landbridge.world.events import FIELDS

COME_TRUE = ("iran-eaeu-trade-in-force", "ukraine-georgia-in-common-transit")
NAMED = (
    "zangezur-tripp",
    "rasht-astara-built",
    "jolfa-yerevan-rebuilt",
    "upper-lars-closed",
    "turkey-armenia-open",
    "suez-closed",
    "red-sea-avoided",
    "hormuz-closed",
    "poland-belarus-closed",
    "russia-transit-ban",
    "caspian-storm-season",
    "cku-built",
    "trans-afghan-built",
    "iran-iraq-syria-rail",
    "imec-built",
    "northern-sea-route-open",
    "bosporus-closed",
    "armenia-out-of-eaeu",
    "georgia-in-eu-customs-union",
    "iran-eaeu-trade-suspended",
    "moldova-outside-cis",
    "ukraine-georgia-out-of-common-transit",
    "iran-in-eaeu",
    "us-sanctions-on-iran-lifted",
    *COME_TRUE,
)


def scenario(*events, name="test"):
    return Scenario(name=name, events=tuple(Event.model_validate(event) for event in events))


def complaint(text):
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(text, file="s.yaml")
    return caught.value


@pytest.mark.parametrize("name", NAMED)
def test_the_named_scenarios_ship(name):
    one = read_scenario(name)
    assert one.name == name
    assert one.note
    assert one.sources
    assert one.events


def test_all_that_ship_are_readable_and_change_something():
    for name in list_scenarios():
        one = read_scenario(name)
        assert one.name == name
        # What has come true since changes an earlier day.
        day = "2021-06-01" if name in COME_TRUE else "2025-06-01"
        assert World.at(day).apply(one).effects, name


@pytest.mark.parametrize(
    ("text", "line", "field", "words"),
    [
        ("name: x\nevent: []\n", 2, "event", "unknown key 'event'; nearest valid: events"),
        (
            "name: x\nevents:\n  - kind: close\n    subjct: passage:suez\n",
            4,
            "events.0.subjct",
            "nearest valid: subject",
        ),
        (
            "name: x\nevents:\n  - kind: close\n    subject: passage:suez\n    zzz: 1\n",
            5,
            "events.0.zzz",
            "unknown key 'zzz'; nearest valid: subject, modes, direction",
        ),
        ("name: x\nevents:\n  - kind: shut\n    subject: passage:suez\n", 3, "events.0.kind", "'shut' is not allowed"),
        ("name: x\nevents:\n  - kind: clos\n    subject: passage:suez\n", 3, "events.0.kind", "nearest valid: close"),
        (
            "name: x\nevents:\n  - kind: close\n    subject: passage:suz\n",
            4,
            "events.0.subject",
            "nearest valid: passage:suez",
        ),
        ("name: x\nevents:\n  - kind: close\n    subject: suez\n", 4, "events.0.subject", "not a subject"),
        ("name: x\nevents:\n  - kind: close\n    subject: pair:RUS-ESP\n", 4, "events.0.subject", "no land border"),
        (
            "name: x\nevents:\n  - kind: close\n    subject: area:RUSS\n",
            4,
            "events.0.subject",
            "nearest valid: area:RUS",
        ),
        ("name: x\nevents:\n  - kind: close\n", 3, "events.0", "needs subject"),
        ("name: x\nevents:\n  - kind: build\n", 3, "events.0", "needs project or link"),
        ("name: x\nevents:\n  - kind: build\n    project: rasht-astra\n", 4, "events.0.project", "rasht-astara"),
        (
            "name: x\nevents:\n  - kind: close\n    subject: passage:suez\n    from: 2024-13-01\n",
            5,
            "events.0.from",
            "not a date",
        ),
        (
            "name: x\nevents:\n  - kind: close\n    subject: passage:suez\n    from: 2024-02-01\n    to: 2024-01-01\n",
            3,
            "events.0",
            "before it starts",
        ),
        ("name: x\nevents:\n  - kind: join\n    bloc: eaue\n    areas: UZB\n", 4, "events.0.bloc", "eaeu"),
        (
            "name: x\nevents:\n  - kind: join\n    bloc: eaeu\n    areas: UZ\n",
            5,
            "events.0.areas",
            "no area or group 'UZ'",
        ),
        ("name: x\nevents:\n  - kind: delay\n    subject: passage:suez\n    usd: 3\n", 3, "events.0", "no field usd"),
        ("name: x\nname: y\n", 2, None, "duplicate key"),
        ("name: [x\n", 2, None, ""),
        ("- a\n- b\n", 1, None, "a scenario is a mapping"),
        ("note: no name\n", 1, "name", "'name' is missing"),
    ],
)
def test_complaints_name_line_field_and_remedy(text, line, field, words):
    error = complaint(text)
    assert error.file == "s.yaml"
    assert error.line == line
    if field is not None:
        assert error.field == field
    assert words in str(error)


def test_yaml_1_2_norway_and_times_are_text():
    one = parse_scenario("name: NO\nnote: 22:30\nevents:\n  - kind: leave\n    bloc: eea\n    areas: [NOR]\n")
    assert (one.name, one.note) == ("NO", "22:30")
    with pytest.raises(ScenarioError, match="'NO'"):
        parse_scenario("name: x\nevents:\n  - kind: leave\n    bloc: eea\n    areas: [NO]\n")


def test_dates_may_be_partial_or_quoted():
    text = "name: x\nevents:\n  - kind: close\n    subject: passage:suez\n    from: {}\n"
    for day, first in (("2024-05", date(2024, 5, 1)), ("'2024-05-03'", date(2024, 5, 3)), ("2024", date(2024, 1, 1))):
        assert parse_scenario(text.format(day)).events[0].first_day() == first


def test_an_unknown_name_gets_the_nearest():
    with pytest.raises(ScenarioError, match="suez-closed"):
        read_scenario("suez-close")


def test_a_file_of_the_user(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("name: mine\nevents:\n  - kind: close\n    subject: port:poti\n", encoding="utf-8")
    assert port_state(World.at("2023-06-01").apply(str(path)), "poti").open == "closed"


def test_the_schema_refuses_unknown_keys_and_is_json():
    schema = json.loads(json.dumps(scenario_schema()))
    assert schema["additionalProperties"] is False
    assert set(schema["properties"]) == {"name", "note", "sources", "events"}
    assert "from" in schema["$defs"]["Event"]["properties"]


def test_events_with_dates_hold_inside_them_only():
    one = scenario({"kind": "close", "subject": "passage:suez", "from": "2024-01-01", "to": "2024-02-01"})
    states = [
        passage_state(World.at(day).apply(one), "suez").open
        for day in ("2023-12-31", "2024-01-01", "2024-01-31", "2024-02-01")
    ]
    assert states == ["open", "closed", "closed", "open"]


def test_the_later_event_wins():
    world = World.at("2023-06-01")
    shut = scenario({"kind": "close", "subject": "crossing:GEO-RUS-upper-lars"})
    part = scenario({"kind": "restrict", "subject": "crossing:GEO-RUS-upper-lars", "only": "only: food"})
    assert crossing_state(world.apply(shut, part), "GEO-RUS-upper-lars", "road", "GEO", "RUS").freight == "listed"
    assert crossing_state(world.apply(part, shut), "GEO-RUS-upper-lars", "road", "GEO", "RUS").freight == "none"


def test_one_direction_one_mode():
    one = scenario({"kind": "close", "subject": "pair:CHN-KAZ", "modes": "rail", "direction": "CHN>KAZ"})
    world = World.at("2023-06-01").apply(one)
    assert crossing_state(world, "CHN-KAZ-khorgos-rail", "rail", "CHN", "KAZ").shut
    assert not crossing_state(world, "CHN-KAZ-khorgos-rail", "rail", "KAZ", "CHN").shut
    assert not crossing_state(world, "CHN-KAZ-khorgos-road", "road", "CHN", "KAZ").shut


def test_an_area_means_its_borders_ports_and_sky():
    world = World.at("2023-06-01").apply(scenario({"kind": "close", "subject": "area:GEO"}))
    assert crossing_state(world, "GEO-RUS-upper-lars", "road", "GEO", "RUS").shut
    assert port_state(world, "poti").open == "closed"
    assert "GEO" in resolve(world, Trip("TUR", "AZE")).airspace


def test_fees_delays_and_capacity():
    one = scenario(
        {"kind": "fee", "subject": "crossing:GEO-RUS-upper-lars", "usd": 100},
        {"kind": "delay", "subject": "crossing:GEO-RUS-upper-lars", "hours": 10, "hours_sd": 5},
        {"kind": "capacity", "subject": "passage:suez", "share": 0.5},
        {"kind": "delay", "subject": "port:aktau", "closed_share": 0.6},
    )
    world = World.at("2023-10-15").apply(one)
    state = crossing_state(world, "GEO-RUS-upper-lars", "road", "GEO", "RUS")
    assert (state.fee_usd, state.extra_hours, state.extra_var_h2) == (100, 10, 25)
    assert passage_state(world, "suez").capacity_share == 0.5
    assert port_state(world, "aktau").closed_probability == 0.6


def test_join_and_leave():
    world = World.at("2025-06-01").apply(
        scenario({"kind": "leave", "bloc": "eaeu", "areas": "ARM"}, {"kind": "join", "bloc": "eaeu", "areas": "UZB"})
    )
    assert sorted(members(world, "eaeu")) == ["BLR", "KAZ", "KGZ", "RUS", "UZB"]
    assert area_set(world, "bloc:eaeu") == members(world, "eaeu")
    left = World.at("2025-06-01").apply(scenario({"kind": "leave", "bloc": "eu", "areas": "HUN"}))
    assert "HUN" not in area_set(left, "EU")


def test_a_new_link():
    one = scenario(
        {
            "kind": "build",
            "link": {
                "mode": "rail",
                "from": "Herat",
                "to": "Mashhad",
                "gauge_mm": 1435,
                "km": 380,
                "waypoints": [[34.6, 60.8]],
                "crossings": ["AFG-IRN-islam-qala"],
            },
        }
    )
    world = World.at("2025-06-01").apply(one)
    (link,) = world.links
    assert (link.mode, link.tail, link.head, link.km, link.gauge_mm) == ("rail", "Herat", "Mashhad", 380, 1435)
    assert link.waypoints == ((34.6, 60.8),)
    assert World.at("2025-06-01").links == ()
    with pytest.raises(ValueError, match="needs gauge_mm"):
        scenario({"kind": "build", "link": {"mode": "rail", "from": "a", "to": "b"}})


def test_kinds_of_later_rooms_are_kept():
    one = scenario(
        {"kind": "tariff", "imposer": "EU", "target": "CHN", "goods": "cars", "pct": 20},
        {"kind": "cut", "subject": "pipeline:turkstream-2", "share": 1},
        {"kind": "swap", "giver": "TKM", "via": "IRN", "receiver": "AZE", "bcm_y": 2},
        {"kind": "demand", "areas": "DEU", "goods": "lng", "factor": 0.9},
    )
    world = World.at("2025-06-01").apply(one)
    assert {key[0] for key in world.effects} == {"tariff", "pipe", "swap", "demand"}


def test_a_ban_is_cited_by_the_event():
    rules = resolve(World.at("2023-06-01").apply("russia-transit-ban"), Trip("CHN", "DEU"))
    refusal = rules.area_refusal("RUS", "rail")
    assert (refusal.table, refusal.id, refusal.kind) == ("scenario", "russia-transit-ban#1", "event")
    assert rules.area_refusal("RUS", "sea") is None
    assert (
        resolve(World.at("2023-06-01").apply("russia-transit-ban"), Trip("CHN", "TUR")).area_refusal("RUS", "rail")
        is None
    )


def test_opening_beats_the_measures_that_name_a_thing():
    world = World.at("2026-05-01")
    opened = world.apply(
        scenario({"kind": "open", "subject": "passage:hormuz", "carrier_classes": "mainline container"})
    )
    assert "hormuz" in resolve(world, Trip("IND", "IRQ")).passage_refusals
    assert "hormuz" not in resolve(opened, Trip("IND", "IRQ")).passage_refusals


def test_tripp_lets_azerbaijani_goods_through_armenia():
    world = World.at("2023-06-01").apply("zangezur-tripp")
    assert resolve(world, Trip("AZE", "AZE")).area_refusal("ARM", "rail") is None
    for post in ("ARM-AZE-meghri-east-rail", "ARM-AZE-meghri-west-rail"):
        assert crossing_state(world, post, "rail", "AZE", "ARM").freight == "all"
    for project in ("horadiz-aghband", "tripp-meghri", "nakhchivan-rail-restoration"):
        assert project_state(world, project).open == "open"


def test_the_northern_sea_route_without_winter():
    assert passage_state(World.at("2024-02-15").apply("northern-sea-route-open"), "nsr").open == "open"


def test_diff_says_what_a_scenario_changes():
    world = World.at("2023-06-01")
    changes = diff(world, world.apply("turkey-armenia-open"))
    assert ("crossing", "ARM-TUR-margara") in {(change.subject_kind, change.subject) for change in changes}
    assert ("measure", "tur-arm93-r-trade") in {(change.subject_kind, change.subject) for change in changes}
    assert diff(world, world.apply()) == ()


def test_the_examples_of_the_page_on_scenarios_are_valid():
    page = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")
    freight, gas = (parse_scenario(part.split("```")[0]) for part in page.split("```yaml\n")[1:])
    assert [event.kind for event in freight.events] == ["close", "delay"]
    assert [event.kind for event in gas.events] == ["close", "cut", "build", "swap"]


def test_the_page_on_scenarios_names_every_kind_and_field():
    page = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")
    for kind in FIELDS:
        assert f"`{kind}`" in page, kind


def test_the_northern_sea_route_is_for_mainline_ships_in_its_scenario_alone():
    summer = World.at("2025-08-15")
    trip = Trip("CHN", "NLD")
    assert "nsr" in resolve(summer, trip).passage_refusals
    assert resolve(summer, trip).passage_refusals["nsr"].kind == "policy"
    assert "nsr" not in resolve(summer, Trip("CHN", "NLD", carrier_class="tanker")).passage_refusals
    assert "nsr" not in resolve(summer.apply("northern-sea-route-open"), trip).passage_refusals


def test_the_zangezur_scenario_opens_railway_and_road():
    world = World.at("2021-10-01").apply("zangezur-tripp")
    for mode, ends in (
        ("rail", ("ARM-AZE-meghri-east-rail", "ARM-AZE-meghri-west-rail")),
        ("road", ("ARM-AZE-nrnadzor-road", "ARM-AZE-meghri-road")),
    ):
        refused = resolve(world, Trip("AZE", "AZE")).crossing_refusals
        assert not [key for key in refused if key[0] in ends and key[1] == mode]
    assert all(project_state(world, name).usable for name in ("tripp-meghri", "tripp-road", "zangilan-road"))
