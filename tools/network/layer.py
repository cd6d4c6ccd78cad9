"""One mode's working graph: nodes with a position, an area and a gauge; undirected edges with attributes."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from landbridge.geo import great_circle_km, km_to_chord, unit_vectors

MOVE, CROSSING, GAUGE, FERRY, PASSAGE = "move", "crossing", "gauge", "ferry", "passage"


@dataclass
class Edge:
    """An undirected edge; `ref` and `gate` are (table, id) or None; `shape` are points between the ends."""

    u: int
    v: int
    km: float
    kind: str = MOVE
    ref: tuple[str, str] | None = None
    gate: tuple[str, str] | None = None
    grade: str = "C"
    mode: str = ""
    shape: list[tuple[float, float]] = field(default_factory=list)


class Layer:
    """A growing graph of one mode."""

    def __init__(self, mode: str, lat: np.ndarray, lon: np.ndarray, area: np.ndarray, gauge: int = 0) -> None:
        self.mode = mode
        self.lat = list(map(float, lat))
        self.lon = list(map(float, lon))
        self.area = list(map(int, area))
        self.gauge = [gauge] * len(self.lat)
        self.edges: dict[tuple[int, int], Edge] = {}
        self.near: list[set[int]] = [set() for _ in self.lat]

    @property
    def n(self) -> int:
        return len(self.lat)

    def add_node(self, lat: float, lon: float, area: int, gauge: int = 0) -> int:
        self.lat.append(float(lat))
        self.lon.append(float(lon))
        self.area.append(int(area))
        self.gauge.append(gauge)
        self.near.append(set())
        return self.n - 1

    def add_edge(self, u: int, v: int, km: float, **more: object) -> Edge | None:
        """Add an edge; where one exists already, the shorter stays."""
        if u == v:
            return None
        key = (min(u, v), max(u, v))
        old = self.edges.get(key)
        if old is not None and old.km <= km:
            return old
        edge = Edge(key[0], key[1], max(float(km), 0.01), **more)  # type: ignore[arg-type]
        if edge.shape and key != (u, v):
            edge.shape = edge.shape[::-1]
        self.edges[key] = edge
        self.near[u].add(v)
        self.near[v].add(u)
        return edge

    def edge(self, u: int, v: int) -> Edge | None:
        return self.edges.get((min(u, v), max(u, v)))

    def drop_edge(self, u: int, v: int) -> None:
        self.edges.pop((min(u, v), max(u, v)), None)
        self.near[u].discard(v)
        self.near[v].discard(u)

    def tree(self) -> cKDTree:
        return cKDTree(unit_vectors(np.array(self.lat), np.array(self.lon)))

    def components(self) -> np.ndarray:
        if not self.edges:
            return np.arange(self.n)
        pairs = np.array(list(self.edges), dtype=np.int64)
        matrix = coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(self.n, self.n))
        return connected_components(matrix, directed=False)[1]

    def gap_km(self, a: int, b: int) -> float:
        return float(great_circle_km(self.lat[a], self.lon[a], self.lat[b], self.lon[b]))

    def nearest(
        self,
        lat: float,
        lon: float,
        max_km: float,
        tree: cKDTree,
        *,
        area: int | None = None,
        gauge: int | None = None,
        k: int = 60,
        giant: np.ndarray | None = None,
    ) -> tuple[int, float] | None:
        """The nearest node with an edge (of one area and gauge, if given; of the giant component, if given)."""
        _, index = tree.query(unit_vectors(lat, lon), k=min(k, tree.n), distance_upper_bound=km_to_chord(max_km))
        for i in map(int, np.atleast_1d(index)):
            if i >= tree.n:
                return None
            if (
                (area is None or self.area[i] == area)
                and (gauge is None or self.gauge[i] == gauge)
                and self.near[i]
                and (giant is None or (i < len(giant) and giant[i]))
            ):
                return i, float(great_circle_km(lat, lon, self.lat[i], self.lon[i]))
        return None

    def bounded_km(self, start: int, goal: int, limit: float) -> float:
        """Shortest length from start to goal if below limit, else infinity."""
        return self._grown(start, limit, goal)[0].get(goal, float("inf"))

    def spread_km(self, start: int, limit: float) -> dict[int, float]:
        """Shortest lengths from a node to all others below a limit."""
        return self._grown(start, limit)[0]

    def path(self, start: int, goal: int, limit: float) -> tuple[float, list[int]] | None:
        """Shortest path of nodes from start to goal if no longer than limit."""
        best, back = self._grown(start, limit, goal)
        if goal not in best:
            return None
        nodes = [goal]
        while nodes[-1] != start:
            nodes.append(back[nodes[-1]])
        return best[goal], nodes[::-1]

    def _grown(self, start: int, limit: float, goal: int | None = None) -> tuple[dict[int, float], dict[int, int]]:
        """Lengths from a node to those within a limit, until a goal is settled, and the node before each."""
        import heapq

        best = {start: 0.0}
        back: dict[int, int] = {}
        heap = [(0.0, start)]
        while heap:
            d, node = heapq.heappop(heap)
            if node == goal:
                break
            if d > best[node]:
                continue
            for other in self.near[node]:
                step = d + self.edges[(node, other) if node < other else (other, node)].km
                if step <= limit and step < best.get(other, np.inf):
                    best[other] = step
                    back[other] = node
                    heapq.heappush(heap, (step, other))
        return best, back

    def split(self, u: int, v: int, lat: float, lon: float, share: float, area: int) -> int:
        """Put a node on the edge u-v at `share` of its length from u."""
        edge = self.edges[(min(u, v), max(u, v))]
        gauge = self.gauge[u] if self.gauge[u] == self.gauge[v] else 0
        self.drop_edge(u, v)
        node = self.add_node(lat, lon, area, gauge)
        same = {"kind": edge.kind, "ref": edge.ref, "gate": edge.gate, "grade": edge.grade, "mode": edge.mode}
        self.add_edge(u, node, edge.km * share, **same)
        self.add_edge(node, v, edge.km * (1 - share), **same)
        return node


def layer_from(
    mode: str, lat: np.ndarray, lon: np.ndarray, area: np.ndarray, u: np.ndarray, v: np.ndarray, km: np.ndarray
) -> Layer:
    layer = Layer(mode, lat, lon, area)
    for a, b, length in zip(u.tolist(), v.tolist(), km.tolist(), strict=True):
        layer.add_edge(a, b, max(length, 0.05))
    return layer
