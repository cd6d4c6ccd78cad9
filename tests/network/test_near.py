"""Nodes near a point: the band of latitudes finds what looking at every node finds."""

from __future__ import annotations

import numpy as np
import pytest

from landbridge.geo import great_circle_km
from landbridge.network import MODES, load, nearest


@pytest.mark.parametrize(
    ("lat", "lon", "max_km"),
    [(41.3, 69.24, 300.0), (55.75, 37.6, 25.0), (0.0, 0.0, 20.0), (70.0, 179.9, 900.0), (-89.9, 10.0, 20000.0)],
)
@pytest.mark.parametrize("modes", [("road",), ("rail", "sea"), MODES])
def test_the_nearest_of_all(lat: float, lon: float, max_km: float, modes: tuple[str, ...]) -> None:
    """Distances by another formula; nodes that are equally far come by their number."""
    net = load()
    used = np.zeros(net.n, dtype=bool)
    used[net.tail] = True
    used &= np.isin(net.node_mode, [MODES.index(mode) for mode in modes])
    km = great_circle_km(net.lat.astype(float), net.lon.astype(float), lat, lon)
    inside = np.sort(km[used & (km < max_km)])
    found, far = nearest(net, lat, lon, modes=modes, k=7, max_km=max_km)
    assert len(found) == min(7, inside.size)
    np.testing.assert_allclose(far, inside[:7], rtol=1e-6, atol=1e-5)
    np.testing.assert_allclose(far, km[found], rtol=1e-6, atol=1e-5)
    assert found.tolist() == [node for _, node in sorted(zip(far.tolist(), found.tolist(), strict=True))]


def test_of_many_at_one_distance_all_are_looked_at() -> None:
    """A station and a road stand on one spot; which of them came depended on the order in a tree."""
    net = load()
    spot = (39.770999908447266, 66.89700317382812)
    nodes, km = nearest(net, *spot, area="CHN", k=21, max_km=3000.0)
    assert nodes.tolist() == [node for _, node in sorted(zip(km.tolist(), nodes.tolist(), strict=True))]
    assert np.flatnonzero(net.node_area[nodes] != net.areas.index("CHN")).size == 0
