"""Which nodes of a network lie near some places, worked out once, and where a path comes nearest to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.geo import great_circle_km

if TYPE_CHECKING:
    from landbridge.network import Network

DEGREES_OF_A_KM = 0.01
"""No less than the latitude that a kilometre spans."""


@dataclass(frozen=True, eq=False, slots=True)
class Places:
    """The nodes near some places: those of node `v` are `place[start[v]:start[v + 1]]`, at `km` of the same places."""

    start: NDArray[np.int32]
    place: NDArray[np.int32]
    km: NDArray[np.float64]

    def nearest(self, nodes: NDArray[np.int32]) -> dict[int, int]:
        """The position at which a path over some nodes comes nearest to each place that it comes near.

        Examples
        --------
        >>> some = Places(np.array([0, 1, 1, 3]), np.array([7, 7, 8]), np.array([5.0, 2.0, 9.0]))
        >>> some.nearest(np.array([0, 1, 2], dtype=np.int32))
        {7: 2, 8: 2}
        """
        first = self.start[nodes]
        count = self.start[nodes + 1] - first
        hits = np.flatnonzero(count)
        if not hits.size:
            return {}
        first, count = first[hits], count[hits]
        owner = np.repeat(np.arange(hits.size), count)
        some = np.arange(owner.size) - (np.cumsum(count) - count)[owner] + first[owner]
        place = self.place[some]
        order = np.lexsort((hits[owner], self.km[some], place))
        place = place[order]
        leading = np.flatnonzero(np.concatenate(([True], place[1:] != place[:-1])))
        return dict(zip(place[leading].tolist(), hits[owner[order[leading]]].tolist(), strict=True))


def places_near(network: Network, places: Sequence[tuple[float, float]], near_km: float) -> Places:
    """The nodes of a network within `near_km` of each place, by node.

    Parameters
    ----------
    places
        Latitudes and longitudes [degrees]; a place is told by its position among them.
    """
    order = np.argsort(network.lat, kind="stable")
    lat, lon = network.lat[order], network.lon[order]
    found: list[tuple[NDArray[np.int64], NDArray[np.float64]]] = []
    for place in places:
        reach = DEGREES_OF_A_KM * near_km
        band = slice(*np.searchsorted(lat, (place[0] - reach, place[0] + reach)).tolist())
        km = great_circle_km(*place, lat[band], lon[band])
        close = km <= near_km
        found.append((order[band][close], km[close]))
    nodes = np.concatenate([np.empty(0, dtype=np.int64), *(some for some, _ in found)])
    number = np.repeat(np.arange(len(found), dtype=np.int32), [some.size for some, _ in found])
    by_node = np.argsort(nodes, kind="stable")
    start = np.concatenate(([0], np.cumsum(np.bincount(nodes, minlength=network.n)))).astype(np.int32)
    km = np.concatenate([np.empty(0), *(km for _, km in found)])
    return Places(start, number[by_node], km[by_node])
