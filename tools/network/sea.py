"""The sea: searoute's net with passage marks by gate lines, shortcuts in clear sight, an Arctic lane, ports, rivers."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import shapely
from shapely.geometry import LineString

from landbridge.geo import great_circle_km, unit_vectors
from network import approach, raw, rivers
from network.layer import MOVE, PASSAGE, Layer
from network.trim import trim

MARKS = {
    "babalmandab": "bab-el-mandeb",
    "bering": "bering",
    "bosporus": "bosphorus",
    "dardanelles": "dardanelles",
    "gibraltar": "gibraltar",
    "malacca": "malacca",
    "ormuz": "hormuz",
    "panama": "panama",
    "south_africa": "cape",
    "suez": "suez",
    "sunda": "sunda",
}
NARROWS = frozenset({"bosphorus", "dardanelles", "panama", "suez"})
"""Passages whose whole length the net tells; of the others the gate line alone counts, so that a way passes it once."""
NEAR_LANES = 16  # lanes that a port is tried to be tied to,
TIES = 6  # and is tied to at most;
FAR_TIES = 12  # and farther ones,
GAIN = 0.015  # to which the way over water is shorter than by the lanes, for these have few bends; but where it is
MOST_GAIN = 0.1  # shorter by more than this the lanes know of a strait that ships do not take
COAST_KM = 500.0  # two ports that lie no farther apart have a lane along the coast,
COAST_GAIN = 0.05  # where the lanes are longer than the way over water by more than this: they lead from ocean to ocean
MOST_LAND = 0.35
ROADS_KM = 0.05
KARA_EAST = 84.0  # beyond Dikson and the mouth of the Yenisei
DROP_BOX = (46.0, 50.0, 39.3, 47.6)  # the old Volga-Don line; the waterway table has its own


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def sight(a: tuple[float, float], b: tuple[float, float]) -> list[LineString]:
    """The great circle a-b as lines in degrees, cut at the date line."""
    steps = max(2, int(float(great_circle_km(*a, *b)) / 100) + 2)
    va, vb = unit_vectors(*a), unit_vectors(*b)
    t = np.linspace(0, 1, steps)[:, None]
    angle = np.arccos(np.clip(va @ vb, -1, 1))
    points = (np.sin((1 - t) * angle) * va + np.sin(t * angle) * vb) / max(np.sin(angle), 1e-12)
    lat = np.degrees(np.arcsin(np.clip(points[:, 2], -1, 1)))
    lon = np.degrees(np.arctan2(points[:, 1], points[:, 0]))
    cuts = np.flatnonzero(np.abs(np.diff(lon)) > 180)
    lines, start = [], 0
    for cut in [*cuts.tolist(), steps - 1]:
        if cut - start >= 1:
            lines.append(LineString(np.column_stack([lon[start : cut + 1], lat[start : cut + 1]])))
        start = cut + 1
    return lines


class Put(Protocol):
    """Adds an edge between two nodes, by some bends, with the mark of the passage that it meets."""

    def __call__(
        self,
        u: int,
        v: int,
        mark: str = "",
        *,
        grade: str = "B",
        strict: bool = False,
        over: Sequence[approach.Spot] = (),
    ) -> bool: ...


class Gates:
    """Lines across straits and canals; a sea edge that meets one is marked with its passage."""

    def __init__(self, path: Path) -> None:
        rows = read(path)
        self.names = [r["passage"] for r in rows]
        self.lines = [
            LineString([(float(r["lon_a"]), float(r["lat_a"])), (float(r["lon_b"]), float(r["lat_b"]))]) for r in rows
        ]
        self.tree = shapely.STRtree(self.lines)

    def met(self, a: tuple[float, float], b: tuple[float, float]) -> set[str]:
        names = set()
        for line in sight(a, b):
            names |= {self.names[i] for i in self.tree.query(line, predicate="intersects")}
        if (a[0] + b[0]) / 2 > 66.0:
            names |= _arctic((a[1] + b[1]) / 2 if abs(a[1] - b[1]) < 180 else 180.0)
        return names


def _arctic(lon: float) -> set[str]:
    """The part of the Northern Sea Route at a longitude: ships sail to the Ob and Yenisei all year, not beyond."""
    if lon >= KARA_EAST or lon <= -169.0:
        return {"nsr"}
    return {"kara-sea"} if lon >= 60.0 else set()


def build(
    patches: Path, land: Sequence[shapely.Polygon], ports: Sequence[Mapping[str, object]], area_of: Mapping[str, int]
) -> tuple[Layer, dict[str, int]]:
    """The sea layer, and the node of each port."""
    gates = Gates(patches / "passage_gates.csv")
    points, edges = raw.marnet()
    lat, lon = np.array([p[0] for p in points]), np.array([p[1] for p in points])
    layer = Layer("sea", lat, lon, np.full(len(points), -1))
    land_tree = shapely.STRtree(land)
    inside = (lat > DROP_BOX[0]) & (lat < DROP_BOX[1]) & (lon > DROP_BOX[2]) & (lon < DROP_BOX[3])

    def put(
        u: int, v: int, mark: str = "", *, grade: str = "B", strict: bool = False, over: Sequence[approach.Spot] = ()
    ) -> bool:
        way = [(layer.lat[u], layer.lon[u]), *over, (layer.lat[v], layer.lon[v])]
        met = set().union(*(gates.met(a, b) for a, b in itertools.pairwise(way)))
        if mark == "northwest":
            if "nsr" not in met:
                return False
        elif MARKS.get(mark) in NARROWS:
            met = {MARKS[mark]}
        if strict and len(met) > 1:
            return False
        name = min(met) if met else ""
        layer.add_edge(
            u,
            v,
            max(approach.length_km(way), 0.05),
            shape=list(over),
            kind=PASSAGE if name else MOVE,
            ref=("passages", name) if name else None,
            grade=grade,
        )
        return True

    for u, v, mark in edges:
        if not (inside[u] or inside[v]):
            put(u, v, mark)

    lane = [layer.add_node(float(r["lat"]), float(r["lon"]), -1) for r in read(patches / "nsr_lane.csv")]
    base = layer.tree()
    for a, b in itertools.pairwise(lane):
        put(a, b, grade="C")
    for node in lane:
        _, index = base.query(unit_vectors(layer.lat[node], layer.lon[node]), k=5)
        for other in map(int, np.atleast_1d(index)):
            if (
                layer.near[other]
                and other not in lane
                and layer.gap_km(node, other) < 400
                and _clear(land_tree, layer, node, other)
            ):
                put(node, other, grade="C")
    known = set(layer.edges)
    _shortcuts(layer, land_tree, put)

    of_port: dict[str, int] = {}
    tree = layer.tree()
    lanes = np.array([i for i in range(layer.n) if layer.near[i]])
    calls: list[tuple[int, Leaving]] = []
    mouths = {r["port"]: r for r in read(patches / "mouths.csv")}
    for port in ports:
        p_lat, p_lon = float(port["lat"]), float(port["lon"])  # type: ignore[arg-type]
        node = layer.add_node(p_lat, p_lon, area_of[str(port["area"])])
        of_port[str(port["id"])] = node
        if str(port.get("inland")) != "true":
            # Lanes meet off the port, or off the mouth of its river, in no area: a ship that goes by neither calls
            # there nor depends on it.
            mouth = mouths.get(str(port["id"]), {"lat": p_lat, "lon": p_lon, "km": ROADS_KM})
            roads = layer.add_node(float(mouth["lat"]), float(mouth["lon"]), -1)
            leaving = _tie(layer, land_tree, roads, lanes, put)
            if leaving is not None:
                calls.append((roads, leaving))
            layer.add_edge(node, roads, float(mouth["km"]), grade="C")
    _along_coasts(layer, calls, put)
    at_sea = set(layer.edges)
    rivers.lay_ships(layer, read(patches / "waterways.csv"), ports, of_port, tree)
    trim(layer, of_port.values(), known | (set(layer.edges) - at_sea))
    return layer, of_port


def _clear(tree: shapely.STRtree, layer: Layer, u: int, v: int, off: float = 0.0) -> bool:
    """Whether the great circle between two nodes keeps some degrees off the land."""
    return not any(
        len(tree.query(line, predicate="dwithin", distance=off) if off else tree.query(line, predicate="intersects"))
        for line in sight((layer.lat[u], layer.lon[u]), (layer.lat[v], layer.lon[v]))
    )


def _land_share(tree: shapely.STRtree, layer: Layer, u: int, v: int) -> float:
    total, dry = 0.0, 0.0
    for line in sight((layer.lat[u], layer.lon[u]), (layer.lat[v], layer.lon[v])):
        total += line.length
        dry += sum(line.intersection(tree.geometries[i]).length for i in tree.query(line, predicate="intersects"))
    return dry / total if total else 0.0


class Leaving(NamedTuple):
    """How a ship leaves a port: by some points to where it is off the land, and the open water from there."""

    out: list[approach.Spot]
    open_sea: approach.Waters


def _tie(layer: Layer, land: shapely.STRtree, port: int, lanes: np.ndarray, put: Put) -> Leaving | None:
    """Tie a port to the lanes off it, and to farther ones that a ship reaches by less than the lanes tell.

    A port on a river or canal too narrow for the grid goes straight to the lanes with the least land between.
    """
    spot = layer.lat[port], layer.lon[port]
    gaps = great_circle_km(np.array(layer.lat)[lanes], np.array(layer.lon)[lanes], *spot)
    order = np.argsort(gaps, kind="stable")
    harbour = approach.waters(land, spot, approach.NEAR_KM, approach.NEAR_CELL_KM, 0.0, approach.QUAY_KM)
    found: list[tuple[float, int, list[approach.Spot]]] = []
    for lane in lanes[order[:NEAR_LANES]].tolist():
        if _clear(land, layer, port, lane):
            found.append((layer.gap_km(port, lane), lane, []))
        elif (way := harbour.way((layer.lat[lane], layer.lon[lane]))) is not None:
            found.append((approach.length_km([spot, *way]), lane, way[:-1]))
    if not found:
        shares = [(_land_share(land, layer, port, i), layer.gap_km(port, i), i) for i in lanes[order[:40]].tolist()]
        found = [(km, i, []) for share, km, i in shares if share < MOST_LAND] or [(km, i, []) for _, km, i in shares]
    found.sort(key=lambda f: f[0])
    limit = max(found[0][0] * 1.6, 60.0)
    for _, lane, bends in [f for f in found if f[0] <= limit][:TIES]:
        put(port, lane, grade="C", over=bends)
    return _tie_far(layer, land, port, lanes[gaps < approach.FAR_KM].tolist(), harbour, put)


def _tie_far(
    layer: Layer, land: shapely.STRtree, port: int, lanes: Sequence[int], harbour: approach.Waters, put: Put
) -> Leaving | None:
    """Tie a port to lanes some days off, by ways that keep off the land once they have left its own."""
    spot = layer.lat[port], layer.lon[port]
    open_sea = approach.waters(
        land, spot, approach.FAR_KM, approach.FAR_CELL_KM, approach.OFFSHORE_DEG, approach.NEAR_KM / 2
    )
    start = np.flatnonzero(open_sea.off_km == 0.0)
    stead = [(float(lat), float(lon)) for lat, lon in open_sea.place[start]]
    out = harbour.way(stead[0]) if stead else None
    if out is None:
        return None
    told = layer.spread_km(port, 2.0 * approach.FAR_KM)
    ways = []
    for lane in lanes:
        goal = layer.lat[lane], layer.lon[lane]
        if lane not in told or told[lane] < approach.NEAR_KM:
            continue
        if (approach.length_km([spot, *out[-1:]]) + float(great_circle_km(*out[-1], *goal))) * (1 + GAIN) > told[lane]:
            continue
        rest = open_sea.way(goal)
        if rest is not None:
            way = [spot, *out, *rest[1:]]
            ways.append((approach.length_km(way), lane, way[1:-1]))
    ways.sort(key=lambda w: w[0])
    made = 0
    for km, lane, bends in ways:
        least = layer.bounded_km(port, lane, 2.0 * km)
        if km * (1 + GAIN) < least < km / (1 - MOST_GAIN) and put(port, lane, grade="C", strict=True, over=bends):
            made += 1
            if made == FAR_TIES:
                break
    return Leaving(out, open_sea)


def _along_coasts(layer: Layer, calls: Sequence[tuple[int, Leaving]], put: Put) -> None:
    """Lanes between neighbouring ports, which those of the net leave aside: off the land, the shortest first."""
    pairs = [(layer.gap_km(one[0], two[0]), i, j) for (i, one), (j, two) in itertools.combinations(enumerate(calls), 2)]
    for gap, i, j in sorted(pairs):
        if gap > COAST_KM:
            break
        (port, one), (other, two) = calls[i], calls[j]
        rest = one.open_sea.way(two.out[-1])
        if rest is None:
            continue
        bends = [*one.out, *rest[1:-1], *two.out[::-1]]
        spots = [(layer.lat[port], layer.lon[port]), *bends, (layer.lat[other], layer.lon[other])]
        km = approach.length_km(spots)
        if km * (1 + COAST_GAIN) < layer.bounded_km(port, other, 3.0 * km):
            put(port, other, grade="C", strict=True, over=bends)


def _shortcuts(layer: Layer, tree: shapely.STRtree, put: Put) -> None:
    """Great circles in clear sight between nodes 2 or 3 hops apart that shorten the way by over 1 %.

    They come no nearer to land than the lanes at their ends do.
    """
    found = set()
    for start in range(layer.n):
        one = layer.near[start]
        two = {j for i in one for j in layer.near[i]} - one - {start}
        three = {j for i in two for j in layer.near[i]} - one - {start}
        for other in two | three:
            if other > start:
                found.add((start, other))
    pairs = np.array(sorted(found))
    lat, lon = np.array(layer.lat), np.array(layer.lon)
    km = great_circle_km(lat[pairs[:, 0]], lon[pairs[:, 0]], lat[pairs[:, 1]], lon[pairs[:, 1]])
    keep = (km > 30) & (km < 1500)
    pairs, km = pairs[keep], km[keep]
    order = np.argsort(km, kind="stable")
    near, gap = tree.query_nearest(shapely.points(lon, lat), return_distance=True, all_matches=False)
    off = np.full(layer.n, approach.OFFSHORE_DEG)
    off[near[0]] = np.minimum(gap, approach.OFFSHORE_DEG)
    for u, v, d in zip(pairs[order, 0].tolist(), pairs[order, 1].tolist(), km[order].tolist(), strict=True):
        if layer.bounded_km(u, v, d * 1.01) <= d * 1.01:
            continue
        if not _clear(tree, layer, u, v, 0.99 * float(min(off[u], off[v]))):
            continue
        put(u, v, strict=True)
