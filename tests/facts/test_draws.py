import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.facts import draw, load
from landbridge.facts.draws import moved, odds, uniform
from landbridge.facts.schema import read_schema, wholes

DRAWS = 2000
POSITIVE = st.floats(1e-3, 1e6)


@given(POSITIVE, st.floats(0.1, 1.0), st.floats(1.0, 10.0))
def test_the_median_is_the_central_value_and_the_range_is_10_to_90(central, down, up):
    low, high = central * down, central * up
    for u, value in ((0.1, low), (0.5, central), (0.9, high)):
        assert math.isclose(moved(central, low, high, u), value, rel_tol=1e-9)


@given(POSITIVE, st.floats(0.1, 1.0), st.floats(1.0, 10.0), st.floats(0, 1), st.floats(0, 1))
def test_a_higher_quantile_never_gives_a_lower_value(central, down, up, u, v):
    low, high = central * down, central * up
    a, b = (moved(central, low, high, x) for x in sorted((u, v)))
    assert a <= b * (1 + 1e-12)
    assert a > 0


def test_a_range_that_touches_zero_never_goes_below_it():
    values = [moved(1.0, 0.0, 4.0, (i + 0.5) / 200) for i in range(200)]
    assert min(values) == 0.0
    assert values == sorted(values)


def test_uniform_numbers_are_uniform_and_independent_of_each_other():
    numbers = [uniform(7, k, "t", "x", "c") for k in range(DRAWS)]
    assert abs(statistics.mean(numbers) - 0.5) < 0.03
    assert abs(statistics.stdev(numbers) - 12**-0.5) < 0.02
    other = [uniform(7, k, "t", "y", "c") for k in range(DRAWS)]
    assert abs(statistics.correlation(numbers, other)) < 0.08


def with_ranges():
    """Facts with one wait that has a range of its own and one that has only its grade."""
    facts = load()
    waits = facts.table("crossing_waits").rows
    ranged, plain = waits[0]["id"], waits[1]["id"]
    return (
        facts.with_rows(
            "crossing_waits",
            [
                {"id": ranged, "hours": 10, "hours_low": 4, "hours_high": 30},
                {"id": plain, "hours": 10, "hours_low": None, "hours_high": None, "grade": "C"},
            ],
        ),
        ranged,
        plain,
    )


def test_a_draw_moves_values_within_their_range_or_that_of_their_grade():
    facts, ranged, plain = with_ranges()
    draws = [draw(facts, 3, k).table("crossing_waits").by_id for k in range(400)]
    spread = facts.row("grade_spread", "C")
    for key, low, high in ((ranged, 4.0, 30.0), (plain, 10 * spread["low_ratio"], 10 * spread["high_ratio"])):
        values = sorted(rows[key]["hours"] for rows in draws)
        assert statistics.median(values) == pytest.approx(10.0, rel=0.15)
        assert values[40] == pytest.approx(low, rel=0.25)
        assert values[360] == pytest.approx(high, rel=0.25)


def test_the_same_seed_gives_the_same_values_and_another_gives_others():
    facts = load()
    first, again, other = draw(facts, 1, 0), draw(facts, 1, 0), draw(facts, 2, 0)
    assert first.table("crossing_waits").rows == again.table("crossing_waits").rows
    assert first.table("crossing_waits").rows != other.table("crossing_waits").rows
    assert first.table("crossing_waits").rows != draw(facts, 1, 1).table("crossing_waits").rows
    assert len({facts.facts_id, first.facts_id, other.facts_id}) == 3
    assert draw(first, 2, 0).facts_id == other.facts_id


def test_new_rows_do_not_shift_others():
    facts = load()
    row = dict(facts.table("crossing_waits").rows[3])
    more = facts.with_rows("crossing_waits", [{**row, "id": "aaa-first-of-all"}])
    before, after = draw(facts, 5, 9).table("crossing_waits"), draw(more, 5, 9).table("crossing_waits")
    assert len(after) == len(before) + 1
    assert all(after.by_id[key] == row for key, row in before.by_id.items())


def test_certain_values_stay():
    facts, drawn = load(), draw(load(), 1, 1)
    for name in facts.names:
        spread = {column.name for column in facts.schema[name] if column.spread}
        for old, new in zip(facts.table(name).rows, drawn.table(name).rows, strict=True):
            assert {k: v for k, v in old.items() if k not in spread} == {
                k: v for k, v in new.items() if k not in spread
            }


def test_shares_stay_shares():
    for k in range(20):
        drawn = draw(load(), 11, k)
        for name in drawn.names:
            shares = [c.name for c in drawn.schema[name] if c.spread and c.unit == "share"]
            for row in drawn.table(name).rows if shares else ():
                assert all(row[c] is None or 0.0 <= row[c] <= 1.0 for c in shares)


def test_parts_of_a_whole_add_up_in_every_draw():
    facts = load()
    for k in range(5):
        drawn = draw(facts, 6, k)
        for name in facts.names:
            for column in facts.schema[name]:
                keys = wholes(column)
                if keys:
                    before, after = (
                        {whole: math.fsum(row[column.name] or 0.0 for row in rows) for whole, rows in groups.items()}
                        for groups in (by(facts.table(name).rows, keys), by(drawn.table(name).rows, keys))
                    )
                    assert before == pytest.approx(after, abs=1e-12)
    assert draw(facts, 6, 0).row("gas_demand_tiers", "DEU-industry") != facts.row("gas_demand_tiers", "DEU-industry")


def by(rows, keys):
    groups = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    return groups


def test_a_column_with_a_grade_of_its_own_moves_by_it():
    facts = load()
    area = next(
        row["area"]
        for row in facts.table("gas_demand_tiers").rows
        if row["share_annual_grade"] == "A" and row["grade"] == "C"
    )
    key = f"{area}-industry"
    old = facts.row("gas_demand_tiers", key)
    moves = {
        column: statistics.stdev(math.log(draw(facts, 3, k).row("gas_demand_tiers", key)[column]) for k in range(60))
        for column in ("share_annual", "share_january", "switching_potential")
        if old[column]
    }
    assert moves["share_annual"] < moves["share_january"]


def test_only_numbers_are_uncertain():
    for columns in read_schema().values():
        for column in columns:
            assert column.spread in {"", "low_high", "grade"} or wholes(column)
            assert not column.spread or column.kind == "float", (column.table, column.name)


FIXED = {
    "areas": {"lat", "lon", "area_km2", "population_2019", "population_2022", "population_2023", "population_2024",
              "gdp_2019_usd_bn", "gdp_2022_usd_bn", "gdp_2023_usd_bn"},
    "cargo_classes": {"tonnes_per_teu", "default_t"},
    "check_limits": {"value"},
    "claims": {"percent"},
    "politics_parameters": {"value"},
    "area_trade": {"exports_musd", "imports_musd"},
    "figures": {"value"},
    "targets": {"percent"},
    "trade_groups": {"box_share"},
    "vote_points": {"final_point", "ideal_point"},
    "ties": {"value"},
    "crossings": {"lat", "lon", "border_km"},
    "driver_rules": {"daily_driving_h", "daily_driving_extended_h", "continuous_driving_h", "break_min", "daily_rest_h",
                     "daily_rest_reduced_h", "weekly_driving_h", "fortnight_driving_h", "weekly_rest_h",
                     "weekly_rest_reduced_h", "team_period_h", "team_rest_h", "team_driving_h", "quota"},
    "energy_units": {"factor"},
    "ferries": {"lat_a", "lon_a", "lat_b", "lon_b", "distance_km"},
    "gas_fills": {"stored_bcm"},
    "gas_observed_withdrawals": {"fill_pct_from", "fill_pct_to", "rate_mcmd", "share_of_highest"},
    "gas_shapes": {f"m{month:02d}" for month in range(1, 13)},
    "gas_swaps": {"out_per_in"},
    "gas_trade": {"bcm"},
    "gas_withdrawal_curves": {"fill_pct", "rate_share"},
    "gas_zone_sites": {"lat", "lon"},
    "grade_spread": {"low_ratio", "high_ratio"},
    "line_status": {"extra_hours_sd"},
    "lng_supply": {"days_nw_europe", "days_mediterranean", "days_india", "days_east_asia"},
    "measure_rules": {"value", "value_high"},
    "oil_flows": {"flow_kbd"},
    "oil_points": {"length_km"},
    "oil_sea_links": {"usual_kbd", "length_km"},
    "oil_trade": {"share"},
    "oil_zone_shares": {"share"},
    "oil_zones": {"lat", "lon"},
    "passage_status": {"extra_hours_sd"},
    "passages": {"lat", "lon", "longest_ship_m"},
    "pipelines": {"length_km", "flow"},
    "places": {"lat", "lon"},
    "port_status": {"extra_hours_sd"},
    "ports": {"lat", "lon"},
    "price_index": {"index"},
    "products": {"value", "value_high", "free_days", "min_teu", "min_units"},
    "projects": {"length_km"},
    "sea_basins": {"lat_min", "lat_max", "lon_min", "lon_max"},
    "selection_rules": {"value"},
    "waterways": {"lat_min", "lat_max", "lon_min", "lon_max"},
    "world_parameters": {"value"},
}  # fmt: skip
"""Numbers that no draw moves: places, laws, definitions, spreads, what only checks read; docs/facts.md says so."""


def test_every_other_number_is_moved():
    for name, columns in read_schema().items():
        numbers = {column.name for column in columns if column.kind == "float" and not column.spread}
        ends = {column for column in numbers if column.endswith(("_low", "_high")) or column in {"low", "high"}}
        assert numbers - ends - FIXED.get(name, set()) == set(), name


def test_every_cell_of_a_moved_column_moves_unless_it_is_certain():
    facts, drawn = load(), draw(load(), 4, 4)
    stays = 0
    for name in facts.names:
        moved_columns = [column for column in facts.schema[name] if column.spread]
        for old, new in zip(facts.table(name).rows, drawn.table(name).rows, strict=True):
            for column in moved_columns:
                value = old[column.name]
                certain = value in (None, 0.0) or (column.unit == "share" and value == 1.0)
                if column.unit == "see unit" or certain:
                    continue
                if column.spread == "low_high":
                    ends = [old.get(f"{column.name}_{end}", old.get(end)) for end in ("low", "high")]
                    certain = ends == [value, value]
                stays += new[column.name] == value and not certain
    # a low or high value that equals the central one leaves that side still
    assert stays < 0.02 * sum(len(facts.table(name).rows) for name in facts.names if name != "places")


@given(st.floats(0.01, 0.99), st.floats(0.3, 1.0), st.floats(1.0, 3.0))
def test_a_share_moves_by_its_odds(share, down, up):
    value = odds(share)
    low, high = (moved(value, value * down, value * up, u) for u in (0.1, 0.9))
    assert 0.0 < low / (1.0 + low) <= share * (1 + 1e-9)
    assert share * (1 - 1e-9) <= high / (1.0 + high) < 1.0


def test_a_share_near_one_is_as_sure_as_one_near_zero():
    facts = load().with_rows(
        "seasons",
        [{"id": "salang-closed-12-01", "probability": p, "grade": "D"} for p in (0.95,)],
    )
    values = sorted(draw(facts, 2, k).row("seasons", "salang-closed-12-01")["probability"] for k in range(400))
    spread = facts.row("grade_spread", "D")
    assert statistics.median(values) == pytest.approx(0.95, abs=0.006)
    assert values[40] == pytest.approx(
        odds(0.95) * spread["low_ratio"] / (1 + odds(0.95) * spread["low_ratio"]), abs=0.012
    )
    assert values[-1] < 1.0


def test_where_rows_tell_their_own_unit_hours_and_dollars_move_and_laws_and_drafts_stay():
    facts, drawn = load(), draw(load(), 8, 1)
    for table, stays, moves in (("seasons", "m", "h"), ("bloc_effects", "pct", "h")):
        for old, new in zip(facts.table(table).rows, drawn.table(table).rows, strict=True):
            if old["value"] and old["unit"] == stays:
                assert new["value"] == old["value"]
            if old["value"] and old["unit"] == moves:
                assert new["value"] != old["value"]


@pytest.mark.parametrize("grade", ["A", "B", "C", "D"])
def test_values_of_a_grade_spread_as_the_grade_says(grade):
    facts = load()
    spread = facts.row("grade_spread", grade)
    key = facts.table("crossing_waits").rows[0]["id"]
    facts = facts.with_rows(
        "crossing_waits", [{"id": key, "hours": 100.0, "hours_low": None, "hours_high": None, "grade": grade}]
    )
    values = [draw(facts, 6, k).row("crossing_waits", key)["hours"] for k in range(500)]
    inside = sum(100 * spread["low_ratio"] <= value <= 100 * spread["high_ratio"] for value in values) / 500
    assert inside == pytest.approx(0.8, abs=0.06)
    assert statistics.median(values) == pytest.approx(100.0, rel=0.12)
