"""Lines that the bases lack: hand-written links and the projects, as chains of points led through declared crossings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from landbridge.geo import great_circle_km
from network.areas import AreaMap
from network.borders import CROSSING_KM, Borders
from network.layer import CROSSING, MOVE, Layer
from network.repair import JOIN_FACTOR

WINDING = 1.15  # a line between two way points is this much longer than the great circle when no length is known


@dataclass
class LinkReport:
    """What happened to each link."""

    made: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


def way_points(text: str) -> list[tuple[float, float]]:
    return [(float(a), float(b)) for a, b in (pair.split() for pair in text.split(";") if pair.strip())]


def add_links(
    layer: Layer,
    rows: Sequence[Mapping[str, str]],
    areas: AreaMap,
    crossings: Mapping[str, Mapping[str, object]],
    borders: Borders,
) -> LinkReport:
    """Add each link; its ends (and way points marked by `snap`) join the layer within their snap distance."""
    report = LinkReport()
    for row in rows:
        points = way_points(row["points"])
        snap_km = float(row.get("snap_km") or 30)
        declared = [c for c in (row.get("crossings") or "").split(";") if c]
        gauge = int(row.get("gauge_mm") or 0)
        gate = (row["gate_table"], row["gate_id"]) if row.get("gate_id") else None
        if row.get("areas"):
            codes = row["areas"].split(";")
            area = [areas.codes.index(c) for c in (codes if len(codes) == len(points) else codes * len(points))]
        else:
            area = areas.at(np.array([p[0] for p in points]), np.array([p[1] for p in points])).tolist()
        # the chain as positions; at a change of area the next declared crossing puts its two border nodes in
        chain: list[tuple[float, float, int, str]] = []
        left = list(declared)
        problem = ""
        for i, (point, where) in enumerate(zip(points, area, strict=True)):
            if i and where != area[i - 1]:
                if not left:
                    problem = f"crosses {areas.codes[area[i - 1]]}-{areas.codes[where]} without a declared crossing"
                    break
                name = left.pop(0)
                if name not in crossings:
                    problem = f"unknown crossing {name}"
                    break
                post = crossings[name]
                chain.append((float(post["lat"]), float(post["lon"]), area[i - 1], name))  # type: ignore[arg-type]
                chain.append((float(post["lat"]), float(post["lon"]), where, name))  # type: ignore[arg-type]
            chain.append((*point, where, ""))
        if problem:
            report.failed[row["id"]] = problem
            continue
        straight = sum(float(great_circle_km(a[0], a[1], b[0], b[1])) for a, b in zip(chain, chain[1:], strict=False))
        known = float(row["km"]) if row.get("km") else 0.0
        factor = known / straight if known and straight else WINDING
        tree = layer.tree()
        label = layer.components()
        sizes = np.bincount(label, minlength=int(label.max()) + 1)
        giant = sizes[label] >= 20
        nodes: list[int] = []
        ends: list[str] = []
        for i, (lat, lon, where, post) in enumerate(chain):
            if post:
                key = (post, areas.codes[where])
                if key not in borders.nodes:
                    borders.nodes[key] = layer.add_node(lat, lon, where, gauge)
                nodes.append(borders.nodes[key])
                continue
            node = layer.add_node(lat, lon, where, gauge)
            nodes.append(node)
            wanted = i in (0, len(chain) - 1) and (row.get("snap") or "both") in (
                "both",
                "start" if i == 0 else "end",
                "all",
            )
            if wanted or row.get("snap") == "all":
                hit = layer.nearest(lat, lon, snap_km, tree, area=where, k=800, giant=giant)
                if hit:
                    layer.add_edge(node, hit[0], max(hit[1] * JOIN_FACTOR, 0.05), gate=gate, grade="D")
                    ends.append(f"{hit[1]:.1f}")
                else:
                    ends.append("none")
        for (a, b), (pa, pb) in zip(
            zip(nodes, nodes[1:], strict=False), zip(chain, chain[1:], strict=False), strict=True
        ):
            if pa[3] and pa[3] == pb[3]:
                if layer.edge(a, b) is None:
                    layer.add_edge(a, b, CROSSING_KM, kind=CROSSING, ref=("crossings", pa[3]), gate=gate, grade="C")
                borders.matched[pa[3]] = borders.matched.get(pa[3], f"link {row['id']}")
                borders.missing.pop(pa[3], None)
            else:
                length = float(great_circle_km(pa[0], pa[1], pb[0], pb[1])) * factor
                layer.add_edge(a, b, max(length, 0.05), kind=MOVE, gate=gate, grade=row.get("grade") or "D")
        report.made[row["id"]] = "ends join at " + ", ".join(ends) + " km"
    return report


def gate_existing(layer: Layer, rows: Sequence[Mapping[str, str]]) -> LinkReport:
    """Hang the edges of a line that the base has on the state of a project: the way between its points is gated."""
    report = LinkReport()
    tree = layer.tree()
    for row in rows:
        points = way_points(row["points"])
        gate = (row["gate_table"], row["gate_id"])
        nodes = []
        for lat, lon in points:
            hit = layer.nearest(lat, lon, 15.0, tree, k=200)
            nodes.append(hit[0] if hit else -1)
        if -1 in nodes:
            report.failed[row["id"]] = f"no node at point {nodes.index(-1) + 1}"
            continue
        total, edges = 0.0, []
        for a, b in zip(nodes, nodes[1:], strict=False):
            found = layer.path(a, b, layer.gap_km(a, b) * 1.6 + 30)
            if found is None:
                report.failed[row["id"]] = "no way between its points in the base"
                edges = []
                break
            total += found[0]
            edges += [layer.edge(x, y) for x, y in zip(found[1], found[1][1:], strict=False)]
        for edge in edges:
            if edge is not None:
                edge.gate = gate
        if edges:
            report.made[row["id"]] = f"gated {total:.0f} km of the base"
    return report
