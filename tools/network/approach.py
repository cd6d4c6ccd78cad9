"""The way of a ship between a port and the lanes off it: over water, round spits, islands and capes, on a grid."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from shapely.geometry import LineString

from landbridge.geo import great_circle_km

Spot = tuple[float, float]
OFFSHORE_DEG = 5 / 60  # on passage a ship keeps five nautical miles off
NEAR_KM, NEAR_CELL_KM = 120.0, 1.5  # half the side of the grid around a port, and of its cells
FAR_KM, FAR_CELL_KM = 700.0, 7.0
QUAY_KM = 12.0  # a port up a river or behind a mole starts at the open water no farther than this
KM_PER_DEGREE = 111.2
STEPS = [(a, b) for a in range(-2, 3) for b in range(-2, 3) if max(abs(a), abs(b)) == 1 or abs(a) + abs(b) == 3]


@dataclass(frozen=True)
class Waters:
    """The water round a port as a grid, and the shortest ways from a place on it to all cells."""

    land: shapely.STRtree
    place: np.ndarray  # lat, lon of each cell
    off_km: np.ndarray
    before: np.ndarray
    keep: float  # degrees off the land
    cell_km: float

    def way(self, goal: Spot) -> list[Spot] | None:
        """The points of the way to a place, as few as there are bends; None where the grid shows none."""
        cell = nearest(self.place, np.flatnonzero(np.isfinite(self.off_km)), goal, 2.0 * self.cell_km)
        if cell is None:
            return None
        path = []
        while cell >= 0:
            path.append((float(self.place[cell, 0]), float(self.place[cell, 1])))
            cell = int(self.before[cell])
        return pulled(self.land, [*path[::-1], goal], self.keep)


def waters(land: shapely.STRtree, port: Spot, half_km: float, cell_km: float, keep: float, most_km: float) -> Waters:
    """The grid round a place that starts at the wet cell nearest to it, no farther than a distance.

    Canals and rivers narrower than the cells are no water here.
    """
    squeeze = float(np.cos(np.radians(port[0])))
    high, wide = half_km / KM_PER_DEGREE, half_km / KM_PER_DEGREE / squeeze
    count = 2 * int(half_km / cell_km) + 1
    lat = np.linspace(port[0] - high, port[0] + high, count)
    lon = np.linspace(port[1] - wide, port[1] + wide, count)
    place = np.column_stack([np.repeat(lat, count), np.tile(lon, count)])
    mesh = shapely.points(place[:, 1], place[:, 0])
    water = (np.abs(place[:, 0]) < 89.0) & (np.abs(place[:, 1]) <= 180.0)
    dry = land.query(mesh, predicate="dwithin", distance=keep) if keep else land.query(mesh, predicate="intersects")
    water[dry[0]] = False
    start = nearest(place, np.flatnonzero(water), port, most_km)
    size = count * count
    if start is None:
        return Waters(land, place, np.full(size, np.inf), np.full(size, -9999), keep, cell_km)
    step = 2.0 * half_km / (count - 1)
    graph = _joined(water.reshape(count, count), step)
    if not keep:
        graph = _parted(graph, land, mesh, 2.3 * step / KM_PER_DEGREE / squeeze)
    off, before = dijkstra(graph, directed=False, indices=start, return_predecessors=True)
    return Waters(land, place, off, before, keep, cell_km)


def length_km(points: Sequence[Spot]) -> float:
    """The length of a way."""
    return sum(float(great_circle_km(*a, *b)) for a, b in itertools.pairwise(points))


def nearest(place: np.ndarray, cells: np.ndarray, spot: Spot, most_km: float) -> int | None:
    """The cell nearest to a place, if one is no farther than a distance."""
    if not len(cells):
        return None
    km = great_circle_km(place[cells, 0], place[cells, 1], *spot)
    best = int(np.argmin(km))
    return int(cells[best]) if km[best] <= most_km else None


def pulled(land: shapely.STRtree, path: Sequence[Spot], keep: float) -> list[Spot]:
    """A way as straight pieces: each goes on to about the farthest point of the path that it sees."""
    kept, at = [path[0]], 0
    while at < len(path) - 1:
        step = len(path) - 1
        while step > at + 1 and not _sees(land, path[at], path[step], keep):
            step -= max(1, (step - at) // 8)
        at = step
        kept.append(path[at])
    return kept


def _sees(land: shapely.STRtree, a: Spot, b: Spot, keep: float) -> bool:
    line = LineString([(a[1], a[0]), (b[1], b[0])])
    if keep:
        return not len(land.query(line, predicate="dwithin", distance=0.95 * keep))
    return not len(land.query(line, predicate="intersects"))


def _parted(graph: csr_matrix, land: shapely.STRtree, mesh: np.ndarray, reach: float) -> csr_matrix:
    """The grid without the steps over land, which may be thinner than its cells."""
    coastal = np.zeros(len(mesh), dtype=bool)
    coastal[land.query(mesh, predicate="dwithin", distance=reach)[0]] = True
    arcs = graph.tocoo()
    ask = np.flatnonzero(coastal[arcs.row] & coastal[arcs.col] & (arcs.row < arcs.col))
    ends = shapely.get_coordinates(mesh)
    lines = shapely.linestrings(np.stack([ends[arcs.row[ask]], ends[arcs.col[ask]]], axis=1))
    over = ask[np.unique(land.query(lines, predicate="intersects")[0])]
    cut = csr_matrix((np.ones(len(over)), (arcs.row[over], arcs.col[over])), shape=graph.shape)
    left = graph - graph.multiply(cut + cut.T)
    left.eliminate_zeros()
    return left.tocsr()


def _joined(water: np.ndarray, step_km: float) -> csr_matrix:
    """The grid as a graph: each wet cell with its neighbours and with those a knight's move away, over water alone."""
    rows, columns = water.shape
    number = np.arange(rows * columns).reshape(rows, columns)
    tails, heads, lengths = [], [], []
    for up, right in STEPS:
        here = (slice(max(0, -up), rows - max(0, up)), slice(max(0, -right), columns - max(0, right)))
        there = (slice(max(0, up), rows - max(0, -up)), slice(max(0, right), columns - max(0, -right)))
        free = water[here] & water[there]
        if abs(up) + abs(right) == 3:  # the two cells between have to be wet too
            a = (up // 2, 0) if abs(up) == 2 else (0, right // 2)
            b = (up - a[0], right - a[1])
            free &= np.roll(water, (-a[0], -a[1]), (0, 1))[here] & np.roll(water, (-b[0], -b[1]), (0, 1))[here]
        tails.append(number[here][free])
        heads.append(number[there][free])
        lengths.append(np.full(int(free.sum()), float(np.hypot(up, right)) * step_km))
    size = rows * columns
    return csr_matrix((np.concatenate(lengths), (np.concatenate(tails), np.concatenate(heads))), shape=(size, size))
