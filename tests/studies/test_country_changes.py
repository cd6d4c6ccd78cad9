"""What changed in a country between days: what differs is told once with its facts, what does not is counted."""

import pytest

import landbridge as lb
from landbridge.errors import InputError
from landbridge.studies.country import CountryQuestion, country_changes
from landbridge.studies.country.changes import alike
from landbridge.studies.country.entries import entries
from landbridge.world import World

DAYS = ("2020-09-01", "2022-05-16", "2026-06-01")
FACTS = lb.load_facts()


@pytest.fixture(scope="module")
def armenia():
    return country_changes([World.at(day) for day in DAYS], CountryQuestion("ARM", partners=1, quick=True))


def values(told, key, name):
    return [None if one is None else one[name] for row in told.changes if row.id == key for one in row.values]


@pytest.mark.parametrize(
    ("key", "name", "days"),
    [
        ("csto", "status", ["member", "member", "frozen"]),
        ("minsk-group", "status", ["party", "party", None]),
        ("arm-aze-peace", "state", [None, None, "initialled, not signed"]),
        ("tri-2020-p9", "direction", [None, "both ways", "both ways"]),
        ("ARM-AZE-sotk road", "state", ["limited", "shut", "shut"]),
        ("ARM-AZE-lachin road", "state", ["limited", "limited", "shut"]),
        ("csto-arm-2022", "response", [None, None, "consultations"]),
    ],
)
def test_what_changed_for_armenia(armenia, key, name, days):
    assert values(armenia, key, name) == days


def test_a_way_of_one_day_is_told_on_all_days(armenia):
    ways = [one for one in armenia.changes if one.kind in ("partner", "port")]
    assert {port.ask[1] for profile in armenia.profiles for port in profile.routes} >= {one.id for one in ways}
    assert all(one is not None and (one["hours"] is not None or one["no_route"]) for way in ways for one in way.values)


def test_every_difference_differs_and_rests_on_rows_of_the_facts(armenia):
    for one in armenia.changes:
        assert any(day != one.values[0] for day in one.values[1:]), one
        assert one.evidence or one.section == "alignment", one
        assert all(key in FACTS.table(table).by_id for table, key in one.evidence if table in FACTS.names), one


def test_what_differs_and_what_does_not_is_all_there_is(armenia):
    keys = {one.key for profile in armenia.profiles for one in entries(profile, profile.routes)}
    assert len(keys) == len(armenia.changes) + sum(armenia.alike.values())


def test_json_table_and_shapes_tell_the_days(armenia):
    data = armenia.to_dict()
    assert (data["schema"], data["dates"]) == ("country_changes/1", list(DAYS))
    assert all(len(row["values"]) == len(DAYS) for row in data["changes"])
    assert {profile["schema"] for profile in data["profiles"]} == {"country/1"}
    assert set(armenia.to_frame()["date"]) == set(DAYS)
    assert {one["properties"]["date"] for one in armenia.to_geojson()["features"]} == set(DAYS)


def test_the_same_day_twice_differs_in_nothing():
    world = World.at("2022-05-16")
    assert country_changes([world, world], CountryQuestion("ISL", partners=1, quick=True)).changes == ()


def test_one_day_is_too_few():
    with pytest.raises(InputError, match="two days"):
        country_changes([World.at("2022-05-16")], CountryQuestion("ISL"))


def test_progress_ends_at_its_whole():
    seen = []
    world = World.at("2022-05-16")
    country_changes([world, world], CountryQuestion("ISL", partners=1, quick=True),
                    progress=lambda done, parts: seen.append((done, parts)))  # fmt: skip
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]


def test_lists_and_numbers_are_compared_as_a_reader_does():
    assert alike([1.0], [1.0])
    assert not alike(None, 0.0)
    assert not alike({"a": 1.0}, {"b": 1.0})
