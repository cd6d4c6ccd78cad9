"""The scores of the bench: plain arithmetic, and tables that fit each other."""

from __future__ import annotations

import pytest

from bench import page, rows, score
from bench.pose import kilometres
from bench.rows import Row
from bench.score import Scored

EVERY = [
    *rows.distances(),
    *rows.distances("distances_further"),
    *rows.times(),
    *rows.times("times_further"),
]


def row(low: float, central: float, high: float) -> Row:
    return Row("X", "sea", "here - there", low, central, high, None, "door")


def test_within_takes_both_ends() -> None:
    assert score.within(row(9.0, 10.0, 11.0), 9.0)
    assert score.within(row(9.0, 10.0, 11.0), 11.0)
    assert not score.within(row(9.0, 10.0, 11.0), 11.01)


def test_no_answer_is_a_miss() -> None:
    assert not Scored(row(9.0, 10.0, 11.0), None, 10.0).inside


@pytest.mark.parametrize(("values", "expected"), [([], None), ([3.0], 3.0), ([4.0, 1.0, 2.0], 2.0), ([4.0, 1.0], 2.5)])
def test_median(values: list[float], expected: float | None) -> None:
    assert score.median(values) == expected


def test_rank_correlation_by_hand() -> None:
    assert score.rank_correlation([(1.0, 10.0), (2.0, 20.0), (3.0, 30.0)]) == pytest.approx(1.0)
    assert score.rank_correlation([(1.0, 30.0), (2.0, 20.0), (3.0, 10.0)]) == pytest.approx(-1.0)
    # One tie: ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4.
    assert score.rank_correlation([(1.0, 1.0), (5.0, 2.0), (5.0, 3.0), (9.0, 4.0)]) == pytest.approx(
        4.5 / (4.5 * 5) ** 0.5
    )
    assert score.rank_correlation([(1.0, 1.0), (2.0, 2.0)]) is None


def test_every_published_value_is_put_or_says_why_not() -> None:
    for table in ("distances", "distances_further"):
        assert {item["id"] for item in rows.read(table)} == {item.id for item in rows.distances(table)}
    for table in ("times", "times_further"):
        assert {item["id"] for item in rows.read(table)} == {item["row"] for item in rows.read(f"{table}_questions")}
    for table in ("money", "money_further"):
        assert {item["id"] for item in rows.read(table)} == {item["row"] for item in rows.read(f"{table}_questions")}
    for item in [*EVERY, *rows.co2e(), *rows.money(), *rows.money("money_further")]:
        assert item.low <= item.central <= item.high
        assert item.trip is not None or item.note


def test_simple_rule_has_a_row_for_each_group_and_a_point_for_each_waypoint() -> None:
    chains = {item["chain"] for item in rows.read("simple_rule")}
    points = {item["id"] for item in rows.read("waypoints")}
    for item in EVERY:
        assert item.group in chains or item.trip is None
        assert item.trip is None or set(item.trip.simple_via) <= points


def test_summary_counts_the_rows_with_an_answer_inside() -> None:
    scored = [
        Scored(row(9.0, 10.0, 11.0), 10.5, 20.0),
        Scored(row(9.0, 10.0, 11.0), None, 10.0),
        Scored(row(9.0, 10.0, 11.0), 12.0, 10.0),
    ]
    first, simple = page.summary({"sea": scored}, ranked=False).splitlines()[2:]
    assert first == "| sea | 2 of 3 (67 %) | 1 of 3 (33 %) | 12.5 % | 12.5 % |"
    assert simple == "| sea, simple rule | 3 of 3 (100 %) | 2 of 3 (67 %) | 0.0 % | 33.3 % |"


def test_kilometres_are_of_the_shortest_route_from_door_to_door() -> None:
    """By the next port there are fewer kilometres at sea and more in all."""
    there = {"legs": [{"mode": "road", "km": 2.0}, {"mode": "sea", "km": 913.0}, {"mode": "river", "km": 1.0}]}
    next_port = {"legs": [{"mode": "sea", "km": 897.0}, {"mode": "road", "km": 24.0}]}
    assert kilometres([next_port, there], "sea") == 914.0
