"""The sky: what lies under the ways between airports, and ways round closed airspaces."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.errors import StoreError
from landbridge.network import MODES, load
from landbridge.network.sky import airports_of, load_sky, way_round, ways_round

SKY = load_sky()
SOME = st.frozensets(st.sampled_from(SKY.areas), max_size=5)


def test_the_sky_knows_all_airports_of_the_network():
    network = load()
    numbers = airports_of(network, SKY)
    at = np.flatnonzero(network.node_mode == MODES.index("air"))
    assert sorted(numbers[at].tolist()) == list(range(SKY.airports))
    assert set(numbers[network.node_mode != MODES.index("air")].tolist()) == {-1}


def test_pairs_are_numbered_in_the_order_of_their_combinations():
    pairs = itertools.combinations(range(SKY.airports), 2)
    assert all(SKY.pair(one, other) == SKY.pair(other, one) == i for i, (one, other) in enumerate(pairs))


def test_the_areas_of_both_ends_lie_under_a_flight():
    network = load()
    numbers = airports_of(network, SKY)
    at = np.flatnonzero(numbers >= 0)
    own = {int(numbers[node]): network.areas[int(network.node_area[node])] for node in at.tolist()}
    missed = []
    for one, other in itertools.combinations(range(SKY.airports), 2):
        missed += [(one, other)] if not {own[one], own[other]} <= set(SKY.under(one, other)) else []
    assert not missed


@settings(max_examples=15, deadline=None)
@given(SOME, SOME)
def test_closing_more_makes_no_flight_shorter(closed, more):
    few, many = ways_round(SKY, closed), ways_round(SKY, closed | more)
    assert (few >= SKY.straight_km * (1 - 1e-12)).all()
    assert (many >= few * (1 - 1e-9)).all()
    assert np.allclose(few, few.T, equal_nan=True)


@settings(max_examples=15, deadline=None)
@given(SOME, st.integers(0, SKY.airports - 1), st.integers(0, SKY.airports - 1))
def test_a_way_round_leads_from_end_to_end_and_keeps_out(closed, start, goal):
    points = way_round(SKY, closed, start, goal) if start != goal else SKY.spots[[start, goal]]
    assert points[0].tolist() == SKY.spots[start].tolist()
    assert points[-1] == pytest.approx(SKY.spots[goal] + [0.0, points[-1][1] - SKY.spots[goal][1]])
    assert round((points[-1][1] - SKY.spots[goal][1]) / 360.0, 6).is_integer()
    if len(points) == 2:
        return
    assert (np.abs(np.diff(points[:, 1])) <= 180.0).all()
    shut = SKY.closed_pairs(closed)[SKY.pairs :]
    known = {tuple(map(tuple, SKY.spots[hop].tolist())): bool(bad) for hop, bad in zip(SKY.hops, shut, strict=True)}
    spots = [tuple(min(SKY.spots, key=lambda spot: _apart(spot, point)).tolist()) for point in points]
    for one, other in itertools.pairwise(spots):
        assert known.get((one, other), known.get((other, one))) is False


def _apart(spot, point) -> float:
    """How far two places are apart [degrees], by longitudes that may run on past 180."""
    return abs(float(spot[0] - point[0])) + abs((float(spot[1] - point[1]) + 180.0) % 360.0 - 180.0)


def test_nothing_closed_is_straight():
    assert (ways_round(SKY, frozenset()) == SKY.straight_km).all()
    assert (ways_round(SKY, frozenset({"no such area"})) == SKY.straight_km).all()


@pytest.mark.parametrize("body", [b"", b"no archive", None])
def test_a_damaged_file_is_named(tmp_path, body):
    file = tmp_path / "sky.npz"
    if body is not None:
        file.write_bytes(body)
    with pytest.raises(StoreError, match=r"sky\.npz"):
        load_sky(file)
