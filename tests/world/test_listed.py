"""What a post lets through when only some freight passes."""

from __future__ import annotations

import re

import pytest

from landbridge.facts import load
from landbridge.world import Trip, World, crossing_state, resolve
from landbridge.world.listed import listed

AREA = re.compile(r"\b(?:[A-Z]{3}|X_[A-Z]{3})\b")


def test_a_note_that_names_whose_trade_passes_binds_that_trade():
    """A note with area codes or of a transit is never read as open to everybody."""
    facts = load()
    areas = facts.table("areas").by_id
    for row in facts.table("listed_scopes").rows:
        named = {code for code in AREA.findall(row["cargo_note"]) if code in areas}
        if named:
            assert row["passes"] in {"between", "none"}, row["cargo_note"]


def test_each_note_on_what_passes_is_one_that_is_read():
    """Words that are neither a scope nor classes of cargo would let nothing pass, whatever they mean."""
    facts = load()
    scopes = {row["cargo_note"] for row in facts.table("listed_scopes").rows}
    classes = set(facts.table("cargo_classes").by_id)
    unread = set()
    for name in ("crossing_status", "line_status", "ferry_status"):
        for row in facts.table(name).rows:
            note = row.get("cargo_note") or ""
            words = {word.strip() for word in note.partition(":")[2].split(";")}
            if note.startswith(("only:", "not:")) and note not in scopes and not words <= classes:
                unread.add(note)
    assert unread == set()


@pytest.mark.parametrize(
    ("origin", "destination", "passes"),
    [("RUS", "RUS", True), ("CHN", "RUS", True), ("IND", "RUS", False), ("RUS", "POL", False), ("CHN", "DEU", False)],
)
def test_kaliningrad_transit_is_not_for_other_trade(origin, destination, passes):
    world = World.at("2025-06-01")
    assert listed(world, "only: RUS-Kaliningrad transit by quota", Trip(origin, destination)).passes is passes
    refused = resolve(world, Trip(origin, destination)).crossing_refusals
    for way in ("LTU>RUS", "RUS>LTU"):
        assert (("LTU-RUS-kybartai-rail", "rail", way) not in refused) is passes


@pytest.mark.parametrize("day", ["2021-06-01", "2023-12-01", "2024-09-03"])
def test_posts_of_light_and_empty_lorries_let_no_load_through(day):
    refused = resolve(World.at(day), Trip("UKR", "POL")).crossing_refusals
    for post in ("zosin", "dolhobyczow", "budomierz", "malhowice"):
        assert (f"POL-UKR-{post}", "road", "UKR>POL") in refused
    refused = resolve(World.at("2022-06-01"), Trip("LTU", "BLR")).crossing_refusals
    assert ("BLR-LTU-tverecius", "road", "LTU>BLR") in refused


def test_a_blockade_binds_the_way_it_is_told_of():
    """Few lorries an hour go to Ukraine, hardly one comes out but by the motorway."""
    found = resolve(World.at("2023-12-01"), Trip("UKR", "POL")).crossing_refusals
    assert {key for key in found if key[1:] == ("road", "UKR>POL")} >= {
        (f"POL-UKR-{post}", "road", "UKR>POL") for post in ("dorohusk-road", "hrebenne", "medyka-road")
    }
    assert ("POL-UKR-korczowa", "road", "UKR>POL") not in found
    for post in ("dorohusk-road", "hrebenne", "medyka-road", "korczowa"):
        assert (f"POL-UKR-{post}", "road", "POL>UKR") not in found


@pytest.mark.parametrize(
    ("day", "ends", "passes"),
    [("2021-06-01", ("CHN", "DEU"), True), ("2022-06-01", ("CHN", "DEU"), False), ("2024-06-01", ("CHN", "FIN"), False),
     ("2024-06-01", ("RUS", "FIN"), True), ("2024-06-01", ("KAZ", "FIN"), True)],
)  # fmt: skip
def test_trains_of_third_states_left_the_one_post_to_finland_that_stayed_open(day, ends, passes):
    world = World.at(day)
    state = crossing_state(world, "FIN-RUS-vainikkala-rail", "rail", "RUS", "FIN")
    assert (state.freight == "all" or listed(world, state.cargo_note, Trip(*ends)).passes) is passes


def test_lorries_hand_over_their_goods_at_erenhot_in_the_quarantine():
    def passed(day: str):
        world = World.at(day)
        state = crossing_state(world, "CHN-MNG-erenhot-road", "road", "MNG", "CHN")
        return listed(world, state.cargo_note, Trip("MNG", "CHN")) if state.freight == "listed" else None

    assert passed("2019-06-01") is passed("2024-06-01") is None
    told = passed("2022-03-01")
    assert told.passes
    assert told.swap
    assert told.extra_hours >= 48.0


@pytest.mark.parametrize(
    ("day", "post", "way", "ours", "others"),
    [
        ("2024-06-01", "CHN-RUS-dongning", "CHN>RUS", ("CHN", "RUS"), ("VNM", "RUS")),
        ("2019-06-01", "CHN-RUS-turiy-rog", "RUS>CHN", ("RUS", "CHN"), ("BLR", "CHN")),
        ("2025-06-01", "CHN-RUS-starotsurukhaitui", "CHN>RUS", ("CHN", "RUS"), ("CHN", "KAZ")),
        ("2025-06-01", "MNG-RUS-khandagaity", "MNG>RUS", ("MNG", "RUS"), ("CHN", "RUS")),
        ("2020-08-01", "CHN-KGZ-torugart", "CHN>KGZ", ("CHN", "KGZ"), ("CHN", "UZB")),
        ("2015-06-01", "IND-MMR-moreh", "IND>MMR", ("IND", "MMR"), ("IND", "CHN")),
    ],
)
def test_a_post_of_two_sided_traffic_lets_goods_of_third_states_not_through(day, post, way, ours, others):
    world = World.at(day)
    key = (post, "road", way)
    assert key not in resolve(world, Trip(*ours)).crossing_refusals
    assert key in resolve(world, Trip(*others)).crossing_refusals
