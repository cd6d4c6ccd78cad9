import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.facts import draw, load
from landbridge.facts.draws import moved, uniform
from landbridge.facts.schema import read_schema

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


def test_only_numbers_are_uncertain():
    for columns in read_schema().values():
        for column in columns:
            assert column.spread in {"", "low_high", "grade"}
            assert not column.spread or column.kind == "float", (column.table, column.name)
