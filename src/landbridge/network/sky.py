"""Flights round airspaces that are closed to an aircraft: their length and their line.

Airports are joined by great circles. Where one passes an airspace that is closed, the flight goes by points of a net
over the globe between which the straight way stays outside; ways over the net are a few percent longer than need be, so
their length is that of the great circle times what closing adds over the net.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from landbridge import shelf
from landbridge.errors import StoreError
from landbridge.geo import great_circle_km
from landbridge.network.model import MODES, Network

SHIPPED: Final = Path(__file__).parent / "data" / "sky.npz"
DECIMALS: Final = 3
"""Airports of a network are known by their position to so many decimals of a degree."""
WAYS_KEPT: Final = 64


@dataclass(frozen=True, eq=False)
class Sky:
    """Airports, points of a net round the globe, and the areas under the straight ways between them.

    Parameters
    ----------
    areas
        The areas whose airspace is told.
    spots
        Latitude and longitude of the airports and after them of the points of the net, shape (k, 2).
    airports
        How many of them are airports.
    hops
        Pairs of spots between which a flight that goes round something may fly straight, shape (h, 2).
    start, over
        Where the areas under each pair begin in `over`, numbers of areas: those of all pairs of airports as
        `itertools.combinations` orders them, after them those of the hops; shapes (p + 1,) and (q,).
    net_km
        The shortest ways over the net between airports with nothing closed, shape (airports, airports).
    """

    areas: tuple[str, ...]
    spots: NDArray[np.float64]
    airports: int
    hops: NDArray[np.int64]
    start: NDArray[np.int64]
    over: NDArray[np.uint8]
    net_km: NDArray[np.float64]

    @cached_property
    def straight_km(self) -> NDArray[np.float64]:
        """Great circles between the airports, shape (airports, airports)."""
        lat, lon = self.spots[: self.airports].T
        return great_circle_km(lat[:, None], lon[:, None], lat, lon)

    @cached_property
    def hop_km(self) -> NDArray[np.float64]:
        """Great circles of the hops, shape (h,)."""
        (lat1, lon1), (lat2, lon2) = self.spots[self.hops[:, 0]].T, self.spots[self.hops[:, 1]].T
        return great_circle_km(lat1, lon1, lat2, lon2)

    @property
    def pairs(self) -> int:
        """How many pairs of airports there are; the hops are numbered behind them."""
        return self.airports * (self.airports - 1) // 2

    def under(self, one: int, other: int) -> tuple[str, ...]:
        """The areas under the straight way between two airports."""
        number = self.pair(one, other)
        return tuple(self.areas[i] for i in self.over[self.start[number] : self.start[number + 1]].tolist())

    def pair(self, one: int, other: int) -> int:
        """The number of a pair of airports among all pairs."""
        first, last = sorted((one, other))
        return first * self.airports - first * (first + 1) // 2 + last - first - 1

    def closed_pairs(self, closed: Collection[str]) -> NDArray[np.bool_]:
        """Whether the straight way of each pair passes one of some airspaces, shape (p,)."""
        numbers = [number for number, area in enumerate(self.areas) if area in closed]
        hits = np.concatenate(([0], np.cumsum(np.isin(self.over, np.array(numbers, dtype=np.uint8)))))
        return np.asarray(hits[self.start[1:]] > hits[self.start[:-1]])


def make(
    spots: NDArray[np.float64],
    airports: int,
    hops: NDArray[np.int64],
    under: Sequence[Collection[str]],
    net_km: NDArray[np.float64],
) -> Sky:
    """Pack the areas under each pair: those of all pairs of airports, then those of the hops."""
    areas = tuple(sorted(set().union(*under)))
    number = {area: i for i, area in enumerate(areas)}
    start = np.concatenate(([0], np.cumsum([len(some) for some in under])))
    over = np.array([number[area] for some in under for area in sorted(some)], dtype=np.uint8)
    return Sky(areas, spots, airports, hops, start.astype(np.int64), over, net_km)


def save(sky: Sky, path: Path) -> None:
    """Write a sky; the file appears whole or not at all."""
    body = io.BytesIO()
    np.savez_compressed(
        body,
        areas=np.array(sky.areas, dtype="U5"),
        spots=np.round(sky.spots, DECIMALS).astype(np.float32),
        airports=np.array(sky.airports),
        hops=sky.hops.astype(np.uint16),
        counts=np.diff(sky.start).astype(np.uint8),
        over=sky.over,
        net_km=sky.net_km.astype(np.float32),
    )
    temporary = path.with_suffix(".part")
    temporary.write_bytes(body.getvalue())
    temporary.replace(path)


@lru_cache(maxsize=2)
def load_sky(path: Path = SHIPPED) -> Sky:
    """Read the shipped sky, or another file.

    Raises
    ------
    StoreError
        The file is missing or damaged; the message names it.

    Examples
    --------
    >>> "RUS" in load_sky().areas
    True
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            return Sky(
                tuple(file["areas"].tolist()),
                file["spots"].astype(np.float64),
                int(file["airports"]),
                file["hops"].astype(np.int64),
                np.concatenate(([0], np.cumsum(file["counts"].astype(np.int64)))),
                file["over"],
                file["net_km"].astype(np.float64),
            )
    except (OSError, KeyError, ValueError, EOFError) as error:
        raise StoreError(f"{path}: no sound file of the sky there; reinstall landbridge, or  make network") from error


def airports_of(network: Network, sky: Sky) -> NDArray[np.int64]:
    """The number in the sky of each node of a network, -1 where it is no airport that the sky knows; shape (n,)."""
    found = np.full(network.n, -1, dtype=np.int64)
    known = {place: i for i, place in enumerate(_places(*sky.spots[: sky.airports].T))}
    nodes = np.flatnonzero(network.node_mode == MODES.index("air"))
    found[nodes] = [known.get(place, -1) for place in _places(network.lat[nodes], network.lon[nodes])]
    return found


def _places(lat: NDArray[np.floating], lon: NDArray[np.floating]) -> list[tuple[int, int]]:
    scaled = np.round(np.stack([lat, lon], axis=1).astype(np.float64) * 10.0**DECIMALS).astype(np.int64)
    return [(one, other) for one, other in scaled.tolist()]


@lru_cache(maxsize=WAYS_KEPT)
def ways_round(sky: Sky, closed: frozenset[str]) -> NDArray[np.float64]:
    """Kilometres of the shortest flights between all airports that keep out of some airspaces.

    Parameters
    ----------
    sky
        The airports and what lies under the ways between them.
    closed
        Areas whose airspace is closed to the aircraft.

    Returns
    -------
    numpy.ndarray
        Shape (airports, airports); the great circle where it stays outside, infinite where no way does.

    Examples
    --------
    >>> sky = load_sky()
    >>> bool((ways_round(sky, frozenset()) == sky.straight_km).all())
    True
    """
    count = sky.airports
    shut = sky.closed_pairs(closed)
    one, other = np.triu_indices(count, 1)
    if not shut[: sky.pairs].any():
        return sky.straight_km
    kept = ("|".join(sorted(closed & set(sky.areas))), str(sky.over.size), f"{sky.net_km.sum():.3f}")
    known = shelf.fetch("sky", kept)
    if known is not None:
        return known.arrays["km"]
    around = np.zeros((count, count), dtype=np.bool_)
    around[one, other] = around[other, one] = shut[: sky.pairs]
    found = sky.straight_km.copy()
    begin = np.flatnonzero(around.any(axis=1))
    over_net = _from(sky, ~shut[sky.pairs :], begin)[0][:, :count]
    with np.errstate(invalid="ignore", divide="ignore"):
        longer = np.maximum(over_net / sky.net_km[begin], 1.0)
    found[begin] = np.where(around[begin], sky.straight_km[begin] * longer, sky.straight_km[begin])
    return shelf.keep("sky", kept, None, {"km": found}).arrays["km"]


def way_round(sky: Sky, closed: frozenset[str], start: int, goal: int) -> NDArray[np.float64]:
    """Latitude and longitude along the flight between two airports that keeps out of some airspaces, shape (k, 2).

    It has the two ends alone where it is straight, or where there is no such way. Longitudes run on past 180 degrees
    where it meets the date line, so that a line stays a line.
    """
    ends = sky.spots[[start, goal]]
    shut = sky.closed_pairs(closed)
    if not shut[sky.pair(start, goal)]:
        return ends
    _, before = _from(sky, ~shut[sky.pairs :], np.array([start]))
    spots = [goal]
    while spots[-1] != start:
        spot = int(before[0, spots[-1]])
        if spot < 0:
            return ends
        spots.append(spot)
    points = sky.spots[spots[::-1]].copy()
    points[:, 1] = np.unwrap(points[:, 1], period=360.0)
    return points


def _from(
    sky: Sky, passable: NDArray[np.bool_], begin: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """Kilometres over the hops that may be flown from some spots to all, and the spot before each."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    one, other = sky.hops[passable].T
    size = len(sky.spots)
    graph = csr_array((sky.hop_km[passable], (one, other)), shape=(size, size))
    km, before = dijkstra(graph, directed=False, indices=begin, return_predecessors=True)
    return np.asarray(km), np.asarray(before)
