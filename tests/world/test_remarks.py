"""What a reader is told of a crossing, passage, port or ferry on a day."""

from datetime import date

import pytest

from landbridge.facts import load
from landbridge.world import World, remark
from landbridge.world.remarks import doubts_on
from landbridge.world.sayings import names_later


@pytest.mark.parametrize(
    ("doubt", "told"),
    [
        ("later 2026 state not verified", []),
        ("opened 2024-05, not verified", ["opened 2024-05, not verified"]),
        ("days recalled (2023; later state not found); position approximate",
         ["days recalled (2023; later state not found)", "position approximate"]),
        ("renewal of 2022 to 2027 not verified", ["renewal of 2022 to 2027 not verified"]),
        ("room 2099-99 approximate", ["room 2099-99 approximate"]),
        (None, []),
    ],
)  # fmt: skip
def test_what_speaks_of_later_days_alone_is_not_told(doubt, told):
    assert list(doubts_on(doubt, date(2025, 6, 1))) == told


def test_the_doubt_about_hormuz_is_told_from_the_year_on_that_it_speaks_of():
    assert remark(World.at("2025-06-01"), "passages", "hormuz").doubts == ()
    late = remark(World.at("2026-06-25"), "passages", "hormuz")
    assert any("later 2026 state not verified" in one for one in late.doubts)
    assert late.note.startswith("partial traffic")
    assert ("passage_status", "hormuz-2026-06-18") in late.evidence


def test_the_dated_row_behind_an_open_crossing_is_evidence():
    world = World.at("2023-06-01")
    sure = remark(world, "crossings", "BLR-POL-brest-rail", "rail", "BLR", "POL")
    assert sure.evidence[0][0] == "crossing_status"
    unsure = next(
        row
        for row in world.facts.table("crossing_status").rows
        if row["certainty"] == "uncertain" and row["mode"] == "rail" and row["freight"] != "none"
        and row["subject_kind"] == "crossing" and row["from"].first <= world.day
        and (row["to"] is None or row["to"].first > world.day)
    )  # fmt: skip
    post = world.facts.row("crossings", unsure["subject"])
    found = remark(world, "crossings", post["id"], "rail", post["area_a"], post["area_b"])
    assert ("crossing_status", unsure["id"]) in found.evidence
    assert [one for one in found.doubts if one.startswith("state on this day uncertain")]


def test_a_crossing_that_passes_some_cargo_says_which():
    found = remark(World.at("2024-06-01"), "crossings", "LTU-RUS-kybartai-rail", "rail", "LTU", "RUS")
    assert found.note.startswith("only: ")


def test_evidence_of_a_scenario_is_not_looked_for_in_the_tables():
    world = World.at("2023-06-01").apply("hormuz-closed")
    assert all(table in world.facts.names for table, _ in remark(world, "passages", "hormuz").evidence)


def test_every_row_with_a_state_can_be_told():
    world = World.at("2024-01-15")
    for table in ("passages", "ports", "ferries", "lines"):
        for row in load().table(table).rows:
            assert remark(world, table, row["id"]) is not None
    for row in load().table("crossings").rows:
        for mode in row["modes"]:
            assert remark(world, "crossings", row["id"], mode, row["area_b"], row["area_a"]) is not None


def test_what_has_no_state_is_told_nothing():
    world = World.at("2024-01-15")
    assert remark(world, "parameters", "no-such-row").doubts == ()
    assert remark(world, "scenario", "x").evidence == ()


def test_no_note_of_a_post_or_port_names_a_day_that_is_still_to_come():
    facts = load()
    told = []
    for row in facts.table("crossing_status").rows:
        if row["subject_kind"] != "crossing" or row["from"].first < date(1991, 1, 1):
            continue
        post = facts.table("crossings").by_id[row["subject"]]
        day = row["from"].first
        for mode in post["modes"] if row["mode"] == "both" else (row["mode"],):
            found = remark(World.at(day), "crossings", post["id"], mode, post["area_a"], post["area_b"])
            told += [(row["id"], text) for text in (found.note, *found.doubts[1:]) if names_later(text, day)]
    assert not told


def test_a_bar_that_has_an_end_is_told_without_it():
    at_gardabani = ("crossings", "AZE-GEO-boyuk-kesik", "rail", "AZE", "GEO")
    assert remark(World.at("2023-06-01"), *at_gardabani).note == "goods to or from ARM barred (measure arm-aze89)"
