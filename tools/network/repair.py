"""Mends an open base: joins cut ends, smooths slivers of a foreign area, adds missing short links."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from landbridge.geo import great_circle_km, km_to_chord, unit_vectors
from network.areas import AreaMap
from network.layer import Layer

JOIN_FACTOR = 1.15  # a line is a little longer than the gap it closes


def join(layer: Layer, radius_km: float) -> int:
    """Link dangling ends and pieces to the nearest node of another piece of the same area, shortest gaps first."""
    label = layer.components()
    giant = np.bincount(label).argmax()
    degree = np.array([len(s) for s in layer.near])
    source = np.flatnonzero((degree == 1) | ((label != giant) & (degree > 0)))
    points = unit_vectors(np.array(layer.lat), np.array(layer.lon))
    from scipy.spatial import cKDTree

    tree = cKDTree(points)
    chord, index = tree.query(points[source], k=13, distance_upper_bound=km_to_chord(radius_km))
    candidates = []
    for row, s in enumerate(source.tolist()):
        for c, t in zip(chord[row].tolist(), index[row].tolist(), strict=True):
            if t < layer.n and t != s and layer.area[s] == layer.area[t] and degree[t] > 0 and t not in layer.near[s]:
                candidates.append((c * 6371.0088, s, t))
    candidates.sort()
    parent: dict[int, int] = {}
    linked: set[tuple[int, int]] = set()
    ended: set[int] = set()
    made = 0
    for gap, s, t in candidates:
        dangling = degree[s] == 1
        cs, ct = int(label[s]), int(label[t])
        if cs != ct:
            pair = (min(cs, ct), max(cs, ct))
            if _root(parent, cs) == _root(parent, ct) and not (dangling and s not in ended):
                continue
            if pair in linked and not dangling:
                continue
            if pair in linked and s in ended:
                continue
            linked.add(pair)
            parent[_root(parent, cs)] = _root(parent, ct)
        else:
            if not dangling or s in ended:
                continue
            if layer.bounded_km(s, t, 4 * gap + 3) <= 4 * gap + 3:
                continue
        ended.add(s)
        layer.add_edge(s, t, max(gap * JOIN_FACTOR, 0.05), grade="D" if radius_km > 2 else "C")
        made += 1
    return made


def _root(parent: dict[int, int], piece: int) -> int:
    """The piece that stands for all that were joined to this one."""
    while parent.get(piece, piece) != piece:
        parent[piece] = parent.get(parent[piece], parent[piece])
        piece = parent[piece]
    return piece


WINDING = 1.3  # a road over some kilometres that nobody drew is so much longer than the great circle
STEP_KM = 0.5
END_KM = 2.0  # an end that is known to be one lies so near to the point that is told of it
BESIDE_KM = 0.2  # a station and the line that passes it
SPREAD = 5.0  # neighbours that a line of some turns joins are not apart, and most near nodes are such


def join_pieces(layer: Layer, areas: AreaMap, radius_km: float) -> int:
    """Link each piece to another one of its area where the ground between them is that of the area, no water.

    Shortest gaps first; two pieces that are joined already, by others too, are not joined again.
    """
    label = layer.components()
    live = np.array([len(s) > 0 for s in layer.near])
    largest = np.bincount(label[live]).argmax()
    found: dict[tuple[int, int], tuple[float, int, int]] = {}
    for gap, s, t in _near(layer, np.flatnonzero(live & (label != largest)), radius_km):
        if label[t] != label[s]:
            pair = (min(label[s], label[t]), max(label[s], label[t]))
            found[pair] = min(found.get(pair, (gap, s, t)), (gap, s, t))
    parent: dict[int, int] = {}
    made = 0
    for (a, b), (gap, s, t) in sorted(found.items(), key=lambda item: item[1]):
        if _root(parent, a) != _root(parent, b) and _on_land(layer, areas, s, t, gap):
            parent[_root(parent, a)] = _root(parent, b)
            layer.add_edge(s, t, max(gap * WINDING, 0.05), grade="D")
            made += 1
    return made


def close_gaps(
    layer: Layer, areas: AreaMap, radius_km: float, detour_km: float, ends: Sequence[tuple[float, float]] = ()
) -> list[tuple[int, int]]:
    """Link a dead end to the nearest node of its area that is far from it by the layer, over ground of the area.

    Where a line stops and another begins some kilometres on, and the way round is long, the base has a gap: lines that
    really end lead nowhere that is near by the map and far by the layer but in mountains, whose valleys lie further
    apart. Shortest gaps first, each tested again before it is closed; a line at one of `ends` stops there indeed.
    """
    degree = np.array([len(s) for s in layer.near])
    dead = np.flatnonzero((degree == 1) & ~_near_any(layer, ends))
    made: list[tuple[int, int]] = []
    ended: set[int] = set()
    for gap, s, t in sorted(_far(layer, dead, radius_km, detour_km)):
        if s in ended or layer.bounded_km(s, t, detour_km) <= detour_km or not _on_land(layer, areas, s, t, gap):
            continue
        ended.update(node for node in (s, t) if degree[node] == 1)
        layer.add_edge(s, t, max(gap * WINDING, 0.05), grade="D")
        made.append((s, t))
    return made


def _near_any(layer: Layer, spots: Sequence[tuple[float, float]]) -> np.ndarray:
    """Which nodes lie by one of some points."""
    lat, lon = np.array(layer.lat), np.array(layer.lon)
    by = np.zeros(layer.n, dtype=bool)
    for spot in spots:
        by |= great_circle_km(lat, lon, *spot) <= END_KM
    return by


def _far(layer: Layer, some: np.ndarray, radius_km: float, detour_km: float) -> Iterator[tuple[float, int, int]]:
    """Those near some nodes that are farther from them by the layer than a detour."""
    for s, pairs in itertools.groupby(_near(layer, some, radius_km), key=lambda pair: pair[1]):
        reached: dict[int, float] | None = None
        for pair in pairs:
            reached = layer.spread_km(s, detour_km) if reached is None else reached
            if pair[2] not in reached:
                yield pair


def _near(layer: Layer, some: np.ndarray, radius_km: float) -> Iterator[tuple[float, int, int]]:
    """Kilometres between some nodes and those near them, of the same area, on lines and not joined to them by one."""
    from scipy.spatial import cKDTree

    lat, lon = np.array(layer.lat), np.array(layer.lon)
    points = unit_vectors(lat, lon)
    live = np.flatnonzero([len(s) > 0 for s in layer.near])
    tree = cKDTree(points[live])
    for s in some.tolist():
        for row in tree.query_ball_point(points[s], km_to_chord(radius_km)):
            t = int(live[row])
            if t != s and layer.area[t] == layer.area[s] and t not in layer.near[s]:
                yield float(great_circle_km(lat[s], lon[s], lat[t], lon[t])), s, t


def _on_land(layer: Layer, areas: AreaMap, s: int, t: int, gap: float) -> bool:
    """Whether the ground between two nodes is that of their area, no water."""
    share = np.linspace(0.0, 1.0, max(int(gap / STEP_KM), 1) + 2)[1:-1]
    lat, lon = (side[s] + share * (side[t] - side[s]) for side in (layer.lat, layer.lon))
    return bool((areas.at(lat, lon, 0.001) == layer.area[s]).all())


DEEP_KM = 12.0  # a node with its own area all round at this distance lies no accident of drawing away from the border
RING = np.radians(np.arange(0.0, 360.0, 45.0))


def deep(layer: Layer, areas: AreaMap, nodes: Sequence[int]) -> bool:
    """Whether any of the nodes has its own area in all directions at `DEEP_KM`."""
    here = np.array(nodes)
    lat, lon = np.array(layer.lat)[here][:, None], np.array(layer.lon)[here][:, None]
    step = np.degrees(DEEP_KM / 6371.0)
    ring_lat = lat + step * np.cos(RING)
    ring_lon = lon + step * np.sin(RING) / np.cos(np.radians(lat))
    found = areas.at(ring_lat.ravel(), ring_lon.ravel()).reshape(ring_lat.shape)
    return bool((found == np.array(layer.area)[here][:, None]).all(axis=1).any())


def smooth(layer: Layer, areas: AreaMap, max_km: float = 40.0) -> int:
    """Give a short piece of one area whose neighbours all lie in one other area that area.

    A piece that lies deep in its own area stays: the roads of a town may lead to the other side alone in the base.
    """
    seen = np.zeros(layer.n, dtype=bool)
    changed = 0
    crossing_ends = {n for (a, b) in layer.edges if layer.area[a] != layer.area[b] for n in (a, b)}
    for start in crossing_ends:
        if seen[start]:
            continue
        area = layer.area[start]
        piece, stack, outside, total = [start], [start], [], 0.0
        seen[start] = True
        whole = True
        while stack:
            node = stack.pop()
            for other in layer.near[node]:
                if layer.area[other] != area:
                    outside.append(layer.area[other])
                elif not seen[other]:
                    seen[other] = True
                    piece.append(other)
                    stack.append(other)
                    total += layer.edges[(min(node, other), max(node, other))].km
            if total > max_km:
                whole = False
                break
        if whole and len(outside) >= 2 and len(set(outside)) == 1 and not deep(layer, areas, piece):
            for node in piece:
                layer.area[node] = outside[0]
            changed += len(piece)
    return changed


def spanner(layer: Layer, within_km: float, longer_than_km: float = 60.0) -> int:
    """Link close pairs that are far apart along the graph, shortest first, each tested again before it is linked.

    All near nodes are looked at: those of a yard would hide the line beside it that the base does not join to it.
    """
    live = np.flatnonzero([len(s) > 0 for s in layer.near])
    made = 0
    for gap, s, t in sorted(_far(layer, live, within_km, SPREAD * within_km)):
        if layer.bounded_km(s, t, longer_than_km) > longer_than_km:
            layer.add_edge(s, t, max(gap * JOIN_FACTOR, 0.05), grade="D")
            made += 1
    return made


def meet_edges(
    layer: Layer,
    detour_km: float,
    ends: Sequence[tuple[float, float]] = (),
    min_edge_km: float = 10.0,
    ellipse: float = 1.02,
    straight: float = 1.1,
) -> int:
    """Link a dead end to the long shapeless edge of its area on whose ellipse it lies, if it is far from its ends.

    Where the base draws a line over tens of kilometres as one edge, the stations on it are lost, and the lines that
    begin at them join nothing. Of a line that winds more than a little the ellipse tells nothing; a line at one of
    `ends` stops there indeed.
    """
    dead = np.flatnonzero(np.array([len(s) == 1 for s in layer.near]) & ~_near_any(layer, ends)).tolist()
    keys = [k for k, e in layer.edges.items() if min_edge_km < e.km <= straight * layer.gap_km(*k) and e.kind == "move"]
    columns = _edge_columns(layer, keys)
    made = 0
    for end in dead:
        rows = np.flatnonzero(np.abs(columns[0] - layer.lat[end]) < 2)
        a = great_circle_km(columns[0][rows], columns[1][rows], layer.lat[end], layer.lon[end])
        b = great_circle_km(columns[2][rows], columns[3][rows], layer.lat[end], layer.lon[end])
        more = (a + b) / columns[4][rows]
        for place in np.argsort(more, kind="stable").tolist():
            if more[place] > ellipse:
                break
            (u, v), near, far = keys[int(rows[place])], float(a[place]), float(b[place])
            gone = (min(u, v), max(u, v)) not in layer.edges
            if gone or end in (u, v) or min(near, far) < 1.0 or {layer.area[u], layer.area[v]} != {layer.area[end]}:
                continue
            if min(layer.bounded_km(end, side, detour_km) for side in (u, v)) > detour_km:
                layer.split(u, v, layer.lat[end], layer.lon[end], near / (near + far), layer.area[end])
                layer.add_edge(end, layer.n - 1, BESIDE_KM)
                made += 1
                break
    return made


def drop_islands(layer: Layer, min_km: float, keep: set[int] = frozenset()) -> int:  # type: ignore[assignment]
    """Remove pieces shorter than min_km that hold nothing worth keeping."""
    label = layer.components()
    total: Counter[int] = Counter()
    for (a, _), edge in layer.edges.items():
        total[int(label[a])] += edge.km  # type: ignore[assignment]
    kept = {int(label[k]) for k in keep}
    gone = [key for key in layer.edges if total[int(label[key[0]])] < min_km and int(label[key[0]]) not in kept]
    for key in gone:
        layer.drop_edge(*key)
    return len(gone)


def put_on_edges(
    layer: Layer,
    places: list[tuple[float, float, int]],
    max_gap_km: float = 5.0,
    min_edge_km: float = 15.0,
    ellipse: float = 1.03,
) -> int:
    """Split long shapeless edges where a place lies on their ellipse; only places without a node near."""
    made = 0
    tree = layer.tree()
    keys = [k for k, e in layer.edges.items() if e.km > min_edge_km and e.kind == "move"]
    merged = _edge_columns(layer, keys)
    alive = np.ones(len(keys), dtype=bool)
    for p_lat, p_lon, p_area in places:
        if layer.nearest(p_lat, p_lon, max_gap_km, tree) is not None:
            continue
        rows = np.flatnonzero((np.abs(merged[0] - p_lat) < 5) & alive)
        if not len(rows):
            continue
        a = great_circle_km(merged[0][rows], merged[1][rows], p_lat, p_lon)
        b = great_circle_km(merged[2][rows], merged[3][rows], p_lat, p_lon)
        km = merged[4][rows]
        ratio = (a + b) / km
        slack = np.where(
            ratio <= ellipse, a + b, np.inf
        )  # of the edges that may pass it, the one with the least way round
        best = int(np.argmin(slack))
        if not np.isfinite(slack[best]):
            continue
        u, v = keys[int(rows[best])]
        if layer.area[u] != p_area and layer.area[v] != p_area:
            continue
        node = layer.split(u, v, p_lat, p_lon, float(a[best] / (a[best] + b[best])), p_area)
        alive[rows[best]] = False
        parts = [(min(u, node), max(u, node)), (min(v, node), max(v, node))]
        parts = [k for k in parts if k in layer.edges and layer.edges[k].km > min_edge_km]
        if parts:
            keys += parts
            merged = np.hstack([merged, _edge_columns(layer, parts)])
            alive = np.append(alive, np.ones(len(parts), dtype=bool))
        made += 1
    return made


def _edge_columns(layer: Layer, keys: list[tuple[int, int]]) -> np.ndarray:
    """Ends and length of edges: lat, lon, lat, lon, km."""
    return np.array(
        [[layer.lat[u], layer.lon[u], layer.lat[v], layer.lon[v], layer.edges[(u, v)].km] for u, v in keys]
    ).T
