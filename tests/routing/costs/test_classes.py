"""Sorting arcs into classes."""

from __future__ import annotations

import numpy as np
import pytest

from landbridge.facts import load
from landbridge.network import load as load_network
from landbridge.routing.costs import book, complete, load_of
from landbridge.routing.costs.classes import _distinct_rows, arc_classes
from landbridge.routing.costs.moves import trip_of
from landbridge.routing.costs.terminals import gauge_group
from landbridge.routing.shipment import Shipment
from landbridge.world import World


@pytest.mark.parametrize("most", [3, 2_000_000_000])
def test_rows_read_as_numbers_sort_like_rows(most: int):
    rows = np.random.default_rng(7).integers(-1, most, size=(500, 9), dtype=np.int64).astype(np.int32)
    rows[250:] = rows[:250]
    rows[::5] = rows[0]
    _, first, inverse = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    found = _distinct_rows(rows)
    assert np.array_equal(found[0], first)
    assert np.array_equal(found[1], inverse.reshape(-1))


def test_no_rows_have_no_classes():
    first, numbers = _distinct_rows(np.zeros((0, 3), dtype=np.int32))
    assert first.size == numbers.size == 0


def test_a_transfer_timed_at_a_station_belongs_to_the_change_of_gauge_beside_it():
    network, facts = load_network(), load()
    stations = {
        network.terminals[one.terminal].name
        for one in arc_classes(network, facts).classes
        if one.kind == "gauge" and one.terminal >= 0
    }
    timed = {row["name"] for row in facts.table("terminal_times").where(use="transfer")}
    assert timed
    assert timed <= stations
    world = World.at("2024-09-01")
    done = complete(Shipment(), facts)
    trip = trip_of(book(facts, world.day), done, load_of(done, facts))
    group = gauge_group(trip, (1520, 1435), "akhalkalaki-geo", "Akhalkalaki")
    assert group.total("hours") == 9.0
    assert ("terminal_times", "akhalkalaki-container-train-transfer-both-2019") in {part.row for part in group.parts}
