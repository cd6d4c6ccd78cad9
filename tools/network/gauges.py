"""Track gauge: by area, then by hand-drawn boxes; a change of gauge becomes an edge between two nodes at one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from landbridge.network.model import same_gauge
from network.layer import CROSSING, GAUGE, MOVE, Layer

GAUGE_KM = 0.1
DEFAULT = 1435


def assign(layer: Layer, codes: Sequence[str], by_area: Mapping[str, int], boxes: Sequence[Mapping[str, str]]) -> None:
    """Give nodes without a gauge that of their area, or of the box that they lie in."""
    for node in range(layer.n):
        if layer.gauge[node]:
            continue
        code = codes[layer.area[node]] if layer.area[node] >= 0 else ""
        layer.gauge[node] = by_area.get(code, DEFAULT)
        for box in boxes:
            if (
                box["area"] == code
                and float(box["lat_min"]) <= layer.lat[node] <= float(box["lat_max"])
                and float(box["lon_min"]) <= layer.lon[node] <= float(box["lon_max"])
            ):
                layer.gauge[node] = int(box["gauge_mm"])


class Twins:
    """A second node at a place, of another gauge, joined to the first by a gauge edge."""

    def __init__(self, layer: Layer) -> None:
        self.layer = layer
        self.made: dict[tuple[int, int], int] = {}

    def of(self, node: int, gauge: int) -> int:
        if same_gauge(self.layer.gauge[node], gauge):
            return node
        key = (node, gauge)
        if key not in self.made:
            layer = self.layer
            twin = layer.add_node(layer.lat[node], layer.lon[node], layer.area[node], gauge)
            layer.add_edge(node, twin, GAUGE_KM, kind=GAUGE, grade="B")
            self.made[key] = twin
        return self.made[key]


def border_gauges(
    layer: Layer, nodes: Mapping[tuple[str, str], int], crossings: Mapping[str, Mapping[str, object]]
) -> None:
    """Border nodes have the gauge that the crossing table gives for their side."""
    from network.borders import DE_JURE

    for (crossing, code), node in nodes.items():
        row = crossings.get(crossing, {})
        for side, gauge in (("area_a", "gauge_a_mm"), ("area_b", "gauge_b_mm")):
            if row.get(gauge) and row[side] in (code, DE_JURE.get(code)):
                layer.gauge[node] = int(str(row[gauge]))


def breaks(
    layer: Layer,
    codes: Sequence[str],
    crossings: Mapping[str, Mapping[str, object]],
    sides: Mapping[str, str],
    prefer: Sequence[str],
    stations: set[int],
) -> Twins:
    """Let every rail edge join equal gauges; where they differ, the change happens at one end.

    A crossing changes gauge on the side that `sides` names, else on the side of the area that comes first in `prefer`.
    """
    twins = Twins(layer)
    for (u, v), edge in list(layer.edges.items()):
        if edge.kind == CROSSING and edge.ref is not None and edge.ref[1] in crossings:
            row = crossings[edge.ref[1]]
            want = {}
            for side, gauge in (("area_a", "gauge_a_mm"), ("area_b", "gauge_b_mm")):
                if row.get(gauge):
                    want[str(row[side])] = int(str(row[gauge]))
            a, b = u, v
            from network.borders import DE_JURE

            ca, cb = codes[layer.area[u]], codes[layer.area[v]]
            ga = want.get(ca) or want.get(DE_JURE.get(ca, "")) or layer.gauge[u]
            gb = want.get(cb) or want.get(DE_JURE.get(cb, "")) or layer.gauge[v]
            a, b = twins.of(u, ga), twins.of(v, gb)
            if not same_gauge(layer.gauge[a], layer.gauge[b]):
                side = sides.get(edge.ref[1]) or min(
                    (ca, cb), key=lambda c: (prefer.index(c) if c in prefer else 99, c)
                )
                if side == ca:
                    a = twins.of(u, layer.gauge[b])
                else:
                    b = twins.of(v, layer.gauge[a])
            if (a, b) != (u, v):
                layer.drop_edge(u, v)
                layer.add_edge(a, b, edge.km, kind=edge.kind, ref=edge.ref, gate=edge.gate, grade=edge.grade)
        elif edge.kind == MOVE and not same_gauge(layer.gauge[u], layer.gauge[v]):
            # the change happens at the border station if one end is that, else at the second end
            here, there = (v, u) if u in stations else (u, v)
            b = twins.of(there, layer.gauge[here])
            layer.drop_edge(u, v)
            layer.add_edge(here, b, edge.km, kind=edge.kind, ref=edge.ref, gate=edge.gate, grade=edge.grade)
    return twins
