"""World.at: the days it answers for, its id, what it refuses to be changed."""

import dataclasses
import pickle
from datetime import date

import pytest

from landbridge.errors import DateError
from landbridge.facts import load
from landbridge.world import World, crossing_state


def test_the_default_day_is_the_last_of_the_facts():
    assert World.at().day == load().last_day


@pytest.mark.parametrize("day", ["1990-12-31", "1956-11-01"])
def test_before_the_facts(day):
    with pytest.raises(DateError, match=r"the facts cover 1991-01-01 to \d{4}-\d\d-\d\d, not .*1991-01-01"):
        World.at(day)


def test_after_the_facts():
    last = load().last_day
    with pytest.raises(DateError, match=f"nearest valid: {last}"):
        World.at(date(last.year + 1, last.month, last.day))


@pytest.mark.parametrize("day", ["tomorrow", "2022-13-01", "22-01-01", "2022-02-30", ""])
def test_what_is_not_a_date(day):
    with pytest.raises(DateError, match="not a date"):
        World.at(day)


def test_partial_days_start_at_their_first_day():
    assert World.at("2022-05").day == date(2022, 5, 1)
    assert World.at("2022").day == date(2022, 1, 1)


def test_the_id_is_of_facts_day_and_state():
    assert World.at("2023-06-01").id == World.at(date(2023, 6, 1)).id
    assert World.at("2023-06-01").id != World.at("2023-06-02").id
    assert World.at("2023-06-01").id != World.at("2023-06-01", known_on="2023-01-01").id


def test_a_world_cannot_be_changed():
    world = World.at("2023-06-01")
    with pytest.raises(dataclasses.FrozenInstanceError):
        world.day = date(2020, 1, 1)
    with pytest.raises(TypeError):
        world.effects["x"] = 1


def test_a_world_survives_pickling():
    world = World.at("2023-06-01").apply("suez-closed", "upper-lars-closed")
    again = pickle.loads(pickle.dumps(world))
    assert again == world
    assert again.scenarios == world.scenarios
    assert crossing_state(again, "GEO-RUS-upper-lars", "road", "GEO", "RUS").freight == "none"


def test_the_ref_names_the_world():
    ref = World.at("2022-03-01").apply("suez-closed").ref()
    assert ref.date == "2022-03-01"
    assert ref.scenarios == ("suez-closed",)
    assert ref.facts_id
    assert any("Ukraine" in banner for banner in ref.banners)


def test_quiet_times_have_no_banner():
    assert World.at("2006-06-01").banners == ()


def test_the_same_scenario_on_another_day():
    world = World.at("2023-06-01").apply("upper-lars-closed")
    moved = world.on("2024-06-01")
    assert moved.day == date(2024, 6, 1)
    assert moved.scenarios == ("upper-lars-closed",)
    assert moved == World.at("2024-06-01").apply("upper-lars-closed")


def test_as_known_on_a_past_day():
    """Torkham shut on 2025-02-21 and opened on 2025-03-19: in between nobody knew when it would open."""
    asked = ("AFG-PAK-torkham", "road", "PAK", "AFG")
    assert crossing_state(World.at("2025-06-01"), *asked).freight == "all"
    assert crossing_state(World.at("2025-06-01", known_on="2025-03-01"), *asked).freight == "none"
    assert crossing_state(World.at("2025-03-01", known_on="2025-02-01"), *asked).freight == "all"
