"""Ways before the bridges and tunnels of today."""

import numpy as np

from landbridge.network import KINDS, MODES, load
from landbridge.routing import route
from landbridge.world import World, line_state
from landbridge.world.crossings import crossing_state
from landbridge.world.states import ferry_state, project_state


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


def test_trains_ran_between_kars_and_gyumri_until_turkiye_shut_the_border():
    # https://en.wikipedia.org/wiki/Kars–Gyumri–Tbilisi_railway: in use until 1993; the reopening is a project of 2026
    states = {
        day: project_state(World.at(day), "gyumri-kars").open for day in ("1992-06-01", "1994-06-01", "2026-05-01")
    }
    assert states == {"1992-06-01": "open", "1994-06-01": "closed", "2026-05-01": "planned"}
    before = route(World.at("1992-06-01"), "Erzurum", "Gyumri", modes=("rail",), n=1)
    assert [crossing[0] for crossing in before.routes[0].crossings] == ["ARM-TUR-akhurik-rail"]
    after = route(World.at("1994-06-01"), "Erzurum", "Gyumri", modes=("rail",), n=1)
    assert "ARM-TUR-akhurik-rail" not in {key for one in after.routes for key, *_ in one.crossings}


def test_no_line_that_is_to_reopen_cuts_a_post_that_was_open():
    # A post open to all is passed by the lines that end at it, or by others there.
    network = load()
    posts: dict[int, set[str]] = {}
    for arc in np.flatnonzero(
        (network.kind == KINDS.index("crossing")) & (network.mode == MODES.index("rail"))
    ).tolist():
        for end in (network.tail[arc], network.head[arc]):
            posts.setdefault(int(end), set()).add(network.refs[int(network.ref[arc])][1])
    reopened = {row["id"] for row in World.at("2020-01-01").facts.table("projects").rows if "reopening" in row["name"]}
    assert reopened
    for (table, key), number in network.ref_index.items():
        if table != "projects" or key not in reopened:
            continue
        arcs = np.flatnonzero(network.gate == number)
        near = {
            post
            for ends in (network.tail, network.head)
            for node in ends[arcs].tolist()
            for post in posts.get(node, ())
        }
        for day in ("1991-06-01", "1993-02-01", "1995-06-01", "2015-06-01", "2026-05-01"):
            world = World.at(day)
            for post in sorted(near):
                row = world.facts.row("crossings", post)
                if crossing_state(world, post, "rail", row["area_a"], row["area_b"]).freight == "all":
                    assert project_state(world, key).usable, (key, post, day)
