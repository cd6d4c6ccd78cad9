"""Lines that the bases lack: hand-written links and projects, as chains of points led through declared crossings."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from landbridge.geo import great_circle_km
from network.areas import AreaMap
from network.borders import CROSSING_KM, Borders
from network.layer import CROSSING, MOVE, PASSAGE, Edge, Layer
from network.repair import JOIN_FACTOR

SAME_KM = 0.1  # two ends nearer than this are one place
STATION_KM = 5.0  # tracks nearer than this to a station are its own
SHRED_KM = 60.0  # what is left of a line that is taken out, its curves and sidings, is no more than this
LENGTHENED = (0.95, 2.7)  # a road is so many times as long as the base draws it; over passes it draws straight lines
WINDING = 1.15  # a line between two way points is this much longer than the great circle when no length is known


@dataclass
class LinkReport:
    """What happened to each link."""

    made: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    edges: set[tuple[int, int]] = field(default_factory=set)


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
        gauges = [int(gauge) for gauge in (row.get("gauge_mm") or "0").split(";")]
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
                post = crossings.get(name)
                if name == "auto":
                    post = _inferred(borders, layer.mode, areas.codes, area[i - 1], where, points[i - 1], point)
                    name = str(post["id"])
                if post is None:
                    problem = f"unknown crossing {name}"
                    break
                chain.append((float(post["lat"]), float(post["lon"]), area[i - 1], name))  # type: ignore[arg-type]
                chain.append((float(post["lat"]), float(post["lon"]), where, name))  # type: ignore[arg-type]
            chain.append((*point, where, ""))
        if problem:
            report.failed[row["id"]] = problem
            continue
        straight = sum(float(great_circle_km(a[0], a[1], b[0], b[1])) for a, b in itertools.pairwise(chain))
        known = float(row["km"]) if row.get("km") else 0.0
        factor = known / straight if known and straight else WINDING
        tree = layer.tree()
        label = layer.components()
        sizes = np.bincount(label, minlength=int(label.max()) + 1)
        giant = sizes[label] >= (2 if snap_km <= 12 else 20)  # a short reach is trusted to mean the piece it meets
        standing = giant.copy()
        standing[_only_gated(layer, gate)] = False
        nodes: list[int] = []
        ends: list[str] = []
        for i, (lat, lon, where, post) in enumerate(chain):
            gauge = _of_stretch(gauges, (sum(bool(before[3]) for before in chain[:i]) + 1) // 2)
            if post:
                key = (post, areas.codes[where])
                if key not in borders.nodes:
                    borders.nodes[key] = layer.add_node(lat, lon, where, gauge)
                nodes.append(borders.nodes[key])
                continue
            wanted = i in (0, len(chain) - 1) and (row.get("snap") or "both") in (
                "both",
                "start" if i == 0 else "end",
                "all",
            )
            wanted = wanted or row.get("snap") == "all"
            hit = layer.nearest(lat, lon, snap_km, tree, area=where, k=800, giant=standing) if wanted else None
            if wanted and hit is None:
                # works that continue other works, with no standing line near, join these, at the same place in one node
                hit = layer.nearest(lat, lon, snap_km, tree, area=where, k=800, giant=giant)
                if hit and hit[1] <= SAME_KM and layer.gauge[hit[0]] == gauge and not row.get("single"):
                    nodes.append(hit[0])
                    ends.append(f"{hit[1]:.1f}")
                    continue
            node = layer.add_node(lat, lon, where, gauge)
            nodes.append(node)
            if wanted:
                if hit:
                    layer.add_edge(node, hit[0], max(hit[1] * JOIN_FACTOR, 0.05), gate=gate, grade="D")
                    ends.append(f"{hit[1]:.1f}")
                else:
                    ends.append("none")
        if row.get("single"):
            _single(layer, row, nodes, chain, factor, gate)
            report.made[row["id"]] = "ends join at " + ", ".join(ends) + " km"
            continue
        for (a, b), (pa, pb) in zip(itertools.pairwise(nodes), itertools.pairwise(chain), strict=True):
            if pa[3] and pa[3] == pb[3]:
                old = layer.edge(a, b)
                if old is not None:
                    # where two lines cross at one post, neither of them alone opens it: its own state does
                    old.gate = gate if old.gate == gate else None
                else:
                    layer.add_edge(a, b, CROSSING_KM, kind=CROSSING, ref=("crossings", pa[3]), gate=gate, grade="C")
                borders.matched[pa[3]] = borders.matched.get(pa[3], f"link {row['id']}")
                borders.missing.pop(pa[3], None)
            else:
                length = float(great_circle_km(pa[0], pa[1], pb[0], pb[1])) * factor
                layer.add_edge(a, b, max(length, 0.05), kind=MOVE, gate=gate, grade=row.get("grade") or "D")
        report.made[row["id"]] = "ends join at " + ", ".join(ends) + " km"
    return report


def _of_stretch(gauges: Sequence[int], number: int) -> int:
    """The gauge of a link between two of its crossings: one for the whole link, or one for each stretch."""
    return gauges[min(number, len(gauges) - 1)]


def _only_gated(layer: Layer, gate: tuple[str, str] | None) -> list[int]:
    """Nodes that stand only on lines gated by something else: what joins them would hang on works of another."""
    gated = {node for ends, edge in layer.edges.items() if edge.gate not in (None, gate) for node in ends}
    return [
        node
        for node in gated
        if all(
            layer.edges[(node, other) if node < other else (other, node)].gate not in (None, gate)
            for other in layer.near[node]
        )
    ]


def _inferred(
    borders: Borders,
    mode: str,
    codes: Sequence[str],
    here: int,
    there: int,
    a: tuple[float, float],
    b: tuple[float, float],
) -> dict[str, object]:
    """A crossing of grade D half way between two points, for a pair on the list of inferred pairs."""
    first, second = sorted((codes[here], codes[there]))
    lat, lon = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    name = f"auto-{first}-{second}-{mode}-{lat:.1f}-{lon:.1f}"
    row: dict[str, object] = {
        "id": name, "area_a": first, "area_b": second, "lat": round(lat, 3), "lon": round(lon, 3), "modes": mode
    }  # fmt: skip
    return borders.inferred.setdefault(name, row)


def _single(
    layer: Layer,
    row: Mapping[str, str],
    nodes: list[int],
    chain: list[tuple[float, float, int, str]],
    factor: float,
    gate: tuple[str, str] | None,
) -> None:
    """One edge for the whole link, its way points as bends; it carries its line as ref and gate."""
    ends = []
    for node in (nodes[0], nodes[-1]):
        (joined,) = layer.near[node]
        layer.drop_edge(node, joined)
        ends.append(joined)
    inner = [(lat, lon) for lat, lon, _, _ in chain[1:-1]]
    length = sum(float(great_circle_km(a[0], a[1], b[0], b[1])) for a, b in itertools.pairwise(chain))
    for node in list(layer.near[ends[0]]):
        if node == ends[1]:
            layer.drop_edge(ends[0], node)
    # a node half way keeps the pair of ends free for a second line between them
    middle = len(inner) // 2
    half = layer.add_node(*inner[middle], chain[0][2])
    share = sum(float(great_circle_km(a[0], a[1], b[0], b[1])) for a, b in itertools.pairwise(chain)) / length
    total = length * factor
    layer.add_edge(ends[0], half, total * share, gate=gate, ref=gate, grade=row["grade"], shape=inner[:middle])
    layer.add_edge(half, ends[1], total * (1 - share), gate=None, grade=row["grade"], shape=inner[middle + 1 :])


def gate_existing(layer: Layer, rows: Sequence[Mapping[str, str]]) -> LinkReport:
    """Hang edges of a line that the base has on the state of a project or line, or mark them with a passage.

    The way between its points is taken: all its edges, or (`how` = longest) the longest edge alone, so that what is
    told of one place is not counted again and again along the line. The points of a line are stations that it shares
    with older lines: their own tracks stay open.
    """
    report = LinkReport()
    tree = layer.tree()
    for row in rows:
        nodes = []
        for lat, lon in way_points(row["points"]):
            hit = layer.nearest(lat, lon, 15.0, tree, k=200)
            nodes.append(hit[0] if hit else -1)
        if -1 in nodes:
            report.failed[row["id"]] = f"no node at point {nodes.index(-1) + 1}"
            continue
        total, edges = 0.0, []
        for a, b in itertools.pairwise(nodes):
            found = layer.path(a, b, layer.gap_km(a, b) * 1.7 + 40)
            if found is None:
                report.failed[row["id"]] = "no way between its points in the base"
                edges = []
                break
            total += found[0]
            edges += [layer.edge(x, y) for x, y in zip(found[1], found[1][1:], strict=False)]
        if row["max_km"] and total > float(row["max_km"]):
            report.failed[row["id"]] = f"the way is {total:.0f} km: not this line"
            continue
        chosen = [e for e in edges if e is not None]
        if not chosen:
            continue
        if row["how"] == "longest":
            chosen = [max((e for e in chosen if e.kind == MOVE), key=lambda e: e.km)]
        stations = way_points(row["points"]) if row["how"] == "all" else []
        for edge in chosen:
            if row["gate_id"] and not _in_station(layer, edge, stations):
                edge.gate = (row["gate_table"], row["gate_id"])
            if row["ref"]:
                table, _, name = row["ref"].partition(":")
                edge.ref = (table, name)
                edge.kind = PASSAGE if table == "passages" else edge.kind
        report.made[row["id"]] = f"{sum(e.km for e in chosen):.0f} of {total:.0f} km of the base"
    return report


def along(layer: Layer, rows: Sequence[Mapping[str, str]]) -> LinkReport:
    """The edges of the base on the ways between the points of lines."""
    report = LinkReport()
    tree = layer.tree()
    for row in rows:
        hits = [layer.nearest(lat, lon, 15.0, tree, k=200) for lat, lon in way_points(row["points"])]
        if not all(hits):
            report.failed[row["id"]] = f"no node at point {hits.index(None) + 1}"
            continue
        nodes = [hit[0] for hit in hits if hit]
        for a, b in itertools.pairwise(nodes):
            found = layer.path(a, b, layer.gap_km(a, b) * 1.7 + 40)
            if found is None:
                report.failed[row["id"]] = "no way between its points in the base"
                continue
            report.edges |= {(min(pair), max(pair)) for pair in itertools.pairwise(found[1])}
            report.made[row["id"]] = f"{found[0]:.0f} km of the base"
    return report


def to_length(layer: Layer, rows: Sequence[Mapping[str, str]], drawn: Collection[tuple[int, int]]) -> LinkReport:
    """Make roads of the base as long as is published; links that were `drawn` with a length of their own keep it.

    The base cuts the bends of roads in mountains. What lies on several of the roads takes the length of the first one.
    A road that comes out less than `LENGTHENED` times as long, or more, is not the one that the row means.
    """
    report = LinkReport()
    for row in rows:
        found = along(layer, [row])
        if found.failed or not found.edges:
            report.failed[row["id"]] = found.failed.get(row["id"], "no way")
            continue
        keep = {pair for pair in found.edges if pair in drawn or pair in report.edges}
        kept_km, own_km = (sum(layer.edges[pair].km for pair in some) for some in (keep, found.edges - keep))
        times = (float(row["km"]) - kept_km) / own_km if own_km else 0.0
        if not LENGTHENED[0] <= times <= LENGTHENED[1]:
            report.failed[row["id"]] = f"{own_km:.0f} km of the base, {kept_km:.0f} of other rows: not this road"
            continue
        for pair in found.edges - keep:
            layer.edges[pair].km *= times
        report.edges |= found.edges
        report.made[row["id"]] = f"{own_km:.0f} km of the base times {times:.2f}"
    return report


def _in_station(layer: Layer, edge: Edge, stations: Sequence[tuple[float, float]]) -> bool:
    """Whether an edge lies wholly within one of the stations."""
    ends = [(layer.lat[node], layer.lon[node]) for node in (edge.u, edge.v)]
    return any(all(float(great_circle_km(*end, *station)) <= STATION_KM for end in ends) for station in stations)


def drop(layer: Layer, rows: Sequence[Mapping[str, str]]) -> LinkReport:
    """Remove edges of the base that do not exist, or that a hand-written link replaces."""
    report = LinkReport()
    tree = layer.tree()
    for i, row in enumerate(rows):
        ends = [layer.nearest(float(row[f"lat_{s}"]), float(row[f"lon_{s}"]), 0.5, tree, k=20) for s in ("a", "b")]
        name = f"drop {i + 1}: {row['reason']}"
        if ends[0] and ends[1] and layer.edge(ends[0][0], ends[1][0]) is not None:
            layer.drop_edge(ends[0][0], ends[1][0])
            report.made[name] = "dropped"
        else:
            report.failed[name] = "no such edge"
    return report


def drop_lines(layer: Layer, rows: Sequence[Mapping[str, str]]) -> LinkReport:
    """Remove whole lines of the base that take no goods, with the curves and sidings that then lead nowhere."""
    report = along(layer, rows)
    for pair in report.edges:
        layer.drop_edge(*pair)
    label = layer.components()
    left = {int(label[node]) for pair in report.edges for node in pair}
    pieces: dict[int, list[Edge]] = {}
    for edge in layer.edges.values():
        if int(label[edge.u]) in left:
            pieces.setdefault(int(label[edge.u]), []).append(edge)
    for edges in pieces.values():
        if sum(edge.km for edge in edges) <= SHRED_KM:
            for edge in edges:
                layer.drop_edge(edge.u, edge.v)
    return report


def override_areas(layer: Layer, rows: Sequence[Mapping[str, str]], codes: Sequence[str]) -> int:
    """Correct the area of nodes near a point where the polygons are wrong."""
    changed = 0
    lat, lon = np.array(layer.lat), np.array(layer.lon)
    for row in rows:
        km = great_circle_km(lat, lon, float(row["lat"]), float(row["lon"]))
        for node in np.flatnonzero(km <= float(row["radius_km"])).tolist():
            layer.area[node] = codes.index(row["area"])
            changed += 1
    return changed
