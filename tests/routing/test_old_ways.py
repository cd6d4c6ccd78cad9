"""Ways before the bridges and tunnels of today."""

from landbridge.routing import route
from landbridge.world import World, line_state
from landbridge.world.states import ferry_state


def used(answer):
    return {fact["id"] for way in answer.to_dict()["routes"] for fact in way["evidence"]}


def test_lorries_crossed_the_sound_by_ferry_before_the_bridge():
    assert ferry_state(World.at("1995-06-01"), "helsingor-helsingborg").usable
    answer = route(World.at("1995-06-01"), "Copenhagen", "Malmo", modes=("road",), n=1)
    first = answer.to_dict()["routes"][0]
    assert "helsingor-helsingborg" in repr(first)
    assert first["km"] < 250


def test_the_passes_between_dushanbe_and_khujand_are_shut_in_the_winters_before_the_tunnels():
    for day, usable in (("1996-01-15", False), ("1996-07-15", True), ("2008-01-15", True)):
        assert line_state(World.at(day), "anzob").usable is usable
    assert line_state(World.at("1996-01-15"), "shahriston-pass").closed_probability > 0.3
    assert line_state(World.at("2014-01-15"), "shahriston-pass").closed_probability == 0
    summer = route(World.at("1996-07-15"), "Dushanbe", "Khujand", modes=("road",), n=1)
    winter = route(World.at("1996-01-15"), "Dushanbe", "Khujand", modes=("road",), n=1)
    assert "anzob" in repr(summer.to_dict()["routes"][0])
    ways = winter.to_dict()["routes"]
    assert all("UZB" in way["areas"] for way in ways)
