"""Passages, ports, ferries, projects, lines, seasons on a day."""

from datetime import date

import pytest

from landbridge.errors import InputError
from landbridge.facts import load
from landbridge.world import (
    World,
    ferry_state,
    line_state,
    passage_state,
    port_state,
    project_state,
    season_effects,
)
from landbridge.world.seasons import _binding


@pytest.mark.parametrize(
    ("state", "key", "day", "expected"),
    [
        (passage_state, "suez", "2021-03-25", "closed"),
        (passage_state, "suez", "2021-03-29", "open"),
        (passage_state, "hormuz", "2026-02-28", "open"),
        (passage_state, "hormuz", "2026-03-01", "closed"),
        (passage_state, "hormuz", "2026-04-17", "restricted"),
        (passage_state, "hormuz", "2026-05-01", "closed"),
        (passage_state, "hormuz", "2026-06-20", "restricted"),
        (passage_state, "volga-don", "2024-01-15", "closed"),
        (passage_state, "volga-don", "2024-06-15", "open"),
        (passage_state, "nsr", "2024-02-15", "closed"),
        (passage_state, "nsr", "2024-09-15", "restricted"),
        (passage_state, "bosphorus-bridge-rail", "2018-01-01", "planned"),
        (passage_state, "bosphorus-bridge-rail", "2023-01-01", "open"),
        (port_state, "odesa", "2021-06-01", "open"),
        (port_state, "odesa", "2022-06-01", "closed"),
        (port_state, "odesa", "2023-01-01", "restricted"),
        (port_state, "odesa", "2023-08-01", "closed"),
        (port_state, "odesa", "2023-09-01", "closed"),  # the corridor only let out ships that lay there
        (port_state, "chornomorsk", "2023-09-16", "restricted"),
        (port_state, "odesa", "2024-06-01", "restricted"),
        (port_state, "bandar-abbas-shahid-rajaee", "2026-05-01", "closed"),
        (port_state, "bandar-anzali", "2026-05-01", "restricted"),
        (port_state, "kuryk", "2015-06-01", "planned"),
        (port_state, "anaklia-planned", "2025-06-01", "planned"),
        (ferry_state, "alat-aktau", "2023-06-01", "open"),
        (ferry_state, "alat-aktau", "2012-06-01", "open"),
        (ferry_state, "alat-kuryk", "2012-06-01", "planned"),
        (ferry_state, "chornomorsk-batumi", "2023-06-01", "closed"),
        (project_state, "rasht-astara", "2025-06-01", "planned"),
        (project_state, "astara-astara", "2018-03-28", "planned"),
        (project_state, "astara-astara", "2018-03-29", "open"),
        (project_state, "btk-georgia", "2023-06-01", "closed"),
        (project_state, "btk-georgia", "2025-06-01", "open"),
        (project_state, "cku", "2025-06-01", "planned"),
        (project_state, "samsun-sivas", "2018-01-01", "closed"),
        (line_state, "arm-goris-kapan-old", "2015-01-01", "open"),
        (line_state, "arm-goris-kapan-old", "2021-08-26", "closed"),
        (line_state, "arm-goris-kapan-old", "2021-09-15", "restricted"),
        (line_state, "arm-goris-kapan-old", "2021-12-15", "closed"),
        (line_state, "arm-tatev-aghvani", "2021-12-15", "open"),
    ],
)
def test_states(state, key, day, expected):
    assert state(World.at(day), key).open == expected


def test_the_posts_on_the_goris_kapan_road_cost_hours_and_are_cited():
    state = line_state(World.at("2021-09-15"), "arm-goris-kapan-old")
    assert state.slow_hours > 0
    assert state.evidence == (("line_status", "goris-kapan-old-2021-09-12"),)


def test_the_end_of_the_goris_kapan_road_is_marked_disputed():
    assert line_state(World.at("2021-12-15"), "arm-goris-kapan-old").certainty == "disputed"


def test_wind_at_the_caspian_ports():
    winter, summer = (port_state(World.at(day), "aktau") for day in ("2024-01-15", "2024-07-15"))
    assert (winter.closed_probability, summer.closed_probability) == (0.3, 0.1)
    assert winter.usable
    assert port_state(World.at("2025-07-15"), "aktau").draft_payload_share == pytest.approx(0.85)


def test_the_narrower_window_wins():
    """The half of the days of November and December at Kuryk beats the rule of the whole winter, from 2024 on."""
    assert port_state(World.at("2024-11-15"), "kuryk").closed_probability == 0.5
    assert port_state(World.at("2023-11-15"), "kuryk").closed_probability == 0.35
    assert port_state(World.at("2024-02-15"), "kuryk").closed_probability == 0.35


def test_slow_weeks_have_mean_and_variance():
    season = season_effects(World.at("2024-07-15"), "passage", "nsr")
    assert season.slow_hours == pytest.approx(0.6 * 120)
    assert season.slow_var_h2 == pytest.approx(0.6 * 0.4 * 120**2)


def test_payload_of_the_alat_turkmenbashi_ferries():
    assert ferry_state(World.at("2025-01-15"), "alat-turkmenbashi").draft_payload_share is not None


def test_other_names_of_projects():
    world = World.at("2025-06-01")
    assert project_state(world, "tripp") == project_state(world, "tripp-meghri")


@pytest.mark.parametrize("state", [passage_state, port_state, ferry_state, project_state])
def test_unknown_ids(state):
    with pytest.raises(InputError, match=r"no .* with the id"):
        state(World.at("2023-06-01"), "atlantis")


@pytest.mark.parametrize("day", ["1991-01-01", "2008-08-08", "2022-03-01", "2026-06-30"])
def test_every_row_has_a_state_on_every_day(day):
    facts = load()
    world = World.at(day)
    for table, state in (
        ("passages", passage_state),
        ("ports", port_state),
        ("ferries", ferry_state),
        ("projects", project_state),
    ):
        for row in facts.table(table).rows:
            found = state(world, row["id"])
            assert found.open in {"open", "restricted", "closed", "planned"}
            assert found.evidence, row["id"]


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        ("2019-02-01", "closed"),
        ("2021-04-10", "closed"),
        ("2021-12-20", "open"),
        ("2022-02-01", "closed"),
        ("2023-03-15", "closed"),
        ("2023-03-20", "open"),
        ("2025-02-01", "open"),
        ("2025-03-01", "closed"),
        ("2026-01-25", "closed"),
        ("2026-02-10", "open"),
    ],
)
def test_a_line_over_a_pass_is_shut_with_the_pass(day, open_):
    assert line_state(World.at(day), "zoji-la").open == open_


def test_a_pass_shut_for_some_days_slows_the_line_over_it():
    winter, summer = line_state(World.at("2025-01-10"), "salang"), line_state(World.at("2025-06-10"), "salang")
    assert winter.open == summer.open == "open"
    assert (winter.closed_probability, winter.slow_hours) > (0.0, 0.0) == (summer.closed_probability, summer.slow_hours)
    assert ("seasons", "salang-closed-12-01") in winter.evidence


def test_a_season_of_one_year_beats_those_of_all_years_though_its_window_is_longer():
    rows = [
        {"id": "every", "from_month_day": "01-15", "to_month_day": "03-15", "year_from": None, "year_to": None},
        {"id": "this", "from_month_day": "01-01", "to_month_day": "04-21", "year_from": 2021, "year_to": 2021},
    ]
    found = _binding([{**row, "effect": "closed", "unit": None} for row in rows], date(2021, 2, 1))
    assert [row["id"] for row in found] == ["this"]


def test_every_pass_with_a_season_is_a_line_of_its_name():
    facts = load()
    passes = {row["subject"] for row in facts.table("seasons").rows if row["subject_kind"] == "pass"}
    assert passes
    assert passes <= set(facts.table("lines").by_id)
