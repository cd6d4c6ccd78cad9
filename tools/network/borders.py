"""Land borders: every edge between two areas takes a row of the crossing table, or is cut.

Edges near a row are led through one pair of border nodes at the row's place, so that a crossing is one arc.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.spatial import cKDTree

from landbridge.geo import chord_to_km, great_circle_km, unit_vectors
from network.layer import CROSSING, MOVE, Layer

DE_JURE = {
    "X_ABK": "GEO",
    "X_SOS": "GEO",
    "X_PMR": "MDA",
    "X_CRI": "UKR",
    "X_DNR": "UKR",
    "X_NCY": "CYP",
    "X_SOM": "SOM",
}
CROSSING_KM = 0.2
SHARED_KM = 4.0


@dataclass
class Borders:
    """What became of the rows and of the edges between areas."""

    matched: dict[str, str] = field(default_factory=dict)  # crossing id -> how
    missing: dict[str, str] = field(default_factory=dict)
    cut: dict[tuple[str, str], list[tuple[float, float, float]]] = field(default_factory=lambda: defaultdict(list))
    inferred: dict[str, dict[str, object]] = field(default_factory=dict)
    nodes: dict[tuple[str, str], int] = field(default_factory=dict)  # (crossing id, area) -> border node


def chord_gap_km(lat: float, lon: float, a: tuple[float, float], b: tuple[float, float]) -> float:
    """Distance from a point to the chord a-b on a local plane."""
    scale = np.cos(np.radians(lat))
    px, py = 0.0, 0.0
    ax, ay = (a[1] - lon) * scale * 111.2, (a[0] - lat) * 111.2
    bx, by = (b[1] - lon) * scale * 111.2, (b[0] - lat) * 111.2
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    t = 0.0 if length == 0 else min(1.0, max(0.0, ((px - ax) * dx + (py - ay) * dy) / length))
    return float(np.hypot(ax + t * dx, ay + t * dy))


def _dj(code: str) -> str:
    return DE_JURE.get(code, code)


def settle(
    layer: Layer,
    codes: Sequence[str],
    rows: Sequence[Mapping[str, object]],
    inferred_pairs: set[frozenset[str]],
    open_pairs: set[frozenset[str]],
    forced_km: float,
    open_forced_km: float,
    link_km: float,
    declared: set[str] = frozenset(),  # type: ignore[assignment]
) -> Borders:
    """Give every edge between two areas its row, or cut it; link the rows that no edge passes."""
    mode = layer.mode
    by_pair: dict[frozenset[str], list[Mapping[str, object]]] = defaultdict(list)
    for row in rows:
        by_pair[frozenset((str(row["area_a"]), str(row["area_b"])))].append(row)
    result = Borders()

    def border_node(crossing: str, area: int, lat: float, lon: float) -> int:
        key = (crossing, codes[area])
        if key not in result.nodes:
            result.nodes[key] = layer.add_node(lat, lon, area)
        return result.nodes[key]

    def lead(u: int, v: int, row: Mapping[str, object], table: str, shared: bool, grade: str) -> None:
        """Replace the edge u-v by u - border node - crossing - border node - v."""
        edge = layer.edge(u, v)
        assert edge is not None
        lat, lon = float(row["lat"]), float(row["lon"])  # type: ignore[arg-type]
        if not shared:
            lat, lon = (layer.lat[u] + layer.lat[v]) / 2, (layer.lon[u] + layer.lon[v]) / 2
        du = float(great_circle_km(layer.lat[u], layer.lon[u], lat, lon)) + 0.01
        dv = float(great_circle_km(layer.lat[v], layer.lon[v], lat, lon)) + 0.01
        km = max(edge.km - CROSSING_KM, 0.1)
        layer.drop_edge(u, v)
        crossing = str(row["id"])
        if shared:
            a = border_node(crossing, layer.area[u], lat, lon)
            b = border_node(crossing, layer.area[v], lat, lon)
        else:
            a = layer.add_node(lat, lon, layer.area[u])
            b = layer.add_node(lat, lon, layer.area[v])
        layer.add_edge(u, a, km * du / (du + dv), kind=MOVE, grade=edge.grade)
        layer.add_edge(v, b, km * dv / (du + dv), kind=MOVE, grade=edge.grade)
        layer.add_edge(a, b, CROSSING_KM, kind=CROSSING, ref=(table, crossing), grade=grade)

    across = [(u, v) for (u, v) in layer.edges if layer.area[u] != layer.area[v]]
    for u, v in sorted(across):
        p, q = codes[layer.area[u]], codes[layer.area[v]]
        actual = frozenset((p, q))
        # a line of control inside a state has posts of its own pair; other entities use those of the state by law
        pair = actual if actual in by_pair else frozenset((_dj(p), _dj(q)))
        ends = (layer.lat[u], layer.lon[u]), (layer.lat[v], layer.lon[v])
        edge = layer.edge(u, v)
        assert edge is not None
        middle = ((ends[0][0] + ends[1][0]) / 2, (ends[0][1] + ends[1][1]) / 2)
        if len(pair) == 1 or pair not in by_pair or (actual != pair and actual in inferred_pairs):
            if actual in inferred_pairs:
                first, second = sorted((p, q))
                name = f"auto-{first}-{second}-{mode}-{middle[0]:.1f}-{middle[1]:.1f}"
                row = {
                    "id": name,
                    "area_a": first,
                    "area_b": second,
                    "lat": round(middle[0], 3),
                    "lon": round(middle[1], 3),
                    "modes": mode,
                }
                result.inferred.setdefault(name, row)
                lead(u, v, result.inferred[name], "crossings", True, "D")
            else:
                layer.drop_edge(u, v)
                result.cut[tuple(sorted((p, q)))].append((*middle, edge.km))  # type: ignore[index]
            continue
        gaps = [(chord_gap_km(float(r["lat"]), float(r["lon"]), *ends), str(r["id"]), r) for r in by_pair[pair]]  # type: ignore[arg-type]
        gap, crossing, row = min(gaps, key=lambda g: (g[0], g[1]))
        if gap <= max(12.0, 0.2 * edge.km):
            shared = gap <= max(SHARED_KM, 0.2 * edge.km)
            lead(u, v, row, "crossings", shared, "B")
            result.matched[crossing] = "edge" if shared or result.matched.get(crossing) == "edge" else "edge near"
        elif gap <= (open_forced_km if pair <= open_pairs_union(open_pairs) else forced_km):
            lead(u, v, row, "crossings", False, "C")
            result.matched.setdefault(crossing, "edge far")
        else:
            layer.drop_edge(u, v)
            result.cut[tuple(sorted((p, q)))].append((*middle, edge.km))  # type: ignore[index]

    label = layer.components()
    sizes = np.bincount(label)
    big = sizes[label] >= 50
    trees = AreaTrees(layer, big)
    for row in rows:
        crossing = str(row["id"])
        if result.matched.get(crossing) in ("edge", "edge near"):
            continue
        if row["status"] == "planned":
            result.missing[crossing] = "planned: no line yet"
            continue
        if crossing in declared:
            continue
        lat, lon = float(row["lat"]), float(row["lon"])  # type: ignore[arg-type]
        found = []
        for side in ("area_a", "area_b"):
            options = [
                trees.nearest(codes.index(c), lat, lon, link_km)
                for c in codes
                if c == row[side] or (DE_JURE.get(c) == row[side] and c not in (row["area_a"], row["area_b"]))
            ]
            best = min((o for o in options if o), key=lambda o: o[1], default=None)
            found.append(best)
        if found[0] is None or found[1] is None:
            side = row["area_a"] if found[0] is None else row["area_b"]
            result.missing[crossing] = f"no {mode} within {link_km:.0f} km in {side}"
            continue
        ends_ = []
        for node, gap in found:  # type: ignore[misc]
            border = border_node(crossing, layer.area[node], lat, lon)
            layer.add_edge(border, node, max(gap * 1.2, 0.1), grade="D")
            ends_.append(border)
        layer.add_edge(ends_[0], ends_[1], CROSSING_KM, kind=CROSSING, ref=("crossings", crossing), grade="C")
        result.matched[crossing] = f"linked {found[0][1]:.0f}+{found[1][1]:.0f} km"  # type: ignore[index]
    return result


class AreaTrees:
    """The nearest node of an area, however many nodes of other areas lie nearer."""

    def __init__(self, layer: Layer, allowed: np.ndarray) -> None:
        self.layer, self.allowed = layer, allowed
        self.area = np.array(layer.area[: len(allowed)])
        self.trees: dict[int, tuple[np.ndarray, cKDTree]] = {}

    def nearest(self, area: int, lat: float, lon: float, max_km: float) -> tuple[int, float] | None:
        if area not in self.trees:
            members = np.flatnonzero((self.area == area) & self.allowed)
            points = unit_vectors(np.array(self.layer.lat)[members], np.array(self.layer.lon)[members])
            self.trees[area] = members, cKDTree(points.reshape(-1, 3))
        members, tree = self.trees[area]
        if not len(members):
            return None
        chord, index = tree.query(unit_vectors(lat, lon))
        km = float(chord_to_km(chord))
        return (int(members[index]), km) if km <= max_km else None


def open_pairs_union(groups: set[frozenset[str]]) -> frozenset[str]:
    """All areas of the groups whose inner borders are open."""
    return frozenset(code for group in groups for code in group)
