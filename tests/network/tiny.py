"""Small networks made by hand: two areas on a line of road and rail, a sea beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from landbridge.geo import great_circle_km
from landbridge.network import KINDS, MODES, Network
from landbridge.network.packing import reverse_arcs
from landbridge.network.store import FORMAT, make


@dataclass(frozen=True)
class Arc:
    """An arc to be; `both` adds its twin."""

    tail: int
    head: int
    km: float
    kind: str = "move"
    mode: str = "road"
    ref: tuple[str, str] | None = None
    both: bool = True


def build(
    nodes: Sequence[tuple[float, float, str, int, str]], arcs: Sequence[Arc], areas: Sequence[str] = ("AAA", "BBB")
) -> Network:
    """A network of nodes (lat, lon, mode, gauge, area) and arcs."""
    refs: dict[tuple[str, str], int] = {}
    rows: dict[tuple[int, int], dict[str, Any]] = {}
    for arc in arcs:
        number = refs.setdefault(arc.ref, len(refs)) if arc.ref else -1
        for tail, head in ((arc.tail, arc.head), (arc.head, arc.tail))[: 2 if arc.both else 1]:
            rows[(tail, head)] = {
                "km": arc.km,
                "kind": KINDS.index(arc.kind),
                "mode": MODES.index(arc.mode),
                "ref": number,
            }
    keys = sorted(rows)
    tail = np.array([k[0] for k in keys], dtype=np.int32)
    head = np.array([k[1] for k in keys], dtype=np.int32)
    arrays = {
        "lon": [n[1] for n in nodes],
        "lat": [n[0] for n in nodes],
        "node_mode": [MODES.index(n[2]) for n in nodes],
        "node_gauge": [n[3] for n in nodes],
        "node_area": [areas.index(n[4]) if n[4] else -1 for n in nodes],
        "node_terminal": [-1] * len(nodes),
        "tail": tail,
        "head": head,
        "km": [rows[k]["km"] for k in keys],
        "kind": [rows[k]["kind"] for k in keys],
        "mode": [rows[k]["mode"] for k in keys],
        "ref": [rows[k]["ref"] for k in keys],
        "gate": [-1] * len(keys),
        "grade": [2] * len(keys),
        "twin": reverse_arcs(tail, head),
        "shape_start": [0] * (len(keys) + 1),
        "shape": np.empty(0, dtype=np.int16),
    }
    meta = {"format": FORMAT, "areas": list(areas), "refs": [list(r) for r in refs], "source": {}, "terminals": []}
    return make({name: np.asarray(value) for name, value in arrays.items()}, meta)


def grid(rows: int = 3, columns: int = 6, step: float = 0.4) -> Network:
    """A grid of road nodes, the west in AAA, the east in BBB; the border is crossed in the first row only."""
    nodes = [
        (40.0 + r * step, 50.0 + c * step, "road", 0, "AAA" if c < columns // 2 else "BBB")
        for r in range(rows)
        for c in range(columns)
    ]
    arcs = []
    for r in range(rows):
        for c in range(columns):
            here = r * columns + c
            if c + 1 < columns and c + 1 != columns // 2:
                arcs.append(Arc(here, here + 1, _km(nodes, here, here + 1)))
            if r + 1 < rows:
                arcs.append(Arc(here, here + columns, _km(nodes, here, here + columns)))
    a, b = columns // 2 - 1, columns // 2
    arcs.append(Arc(a, b, _km(nodes, a, b), kind="crossing", ref=("crossings", "AAA-BBB-first")))
    return build(nodes, arcs)


def rail_line(gauges: Sequence[int] = (1435, 1435, 1520, 1520), step: float = 0.5) -> Network:
    """Two rail lines of different gauge that do not meet, in one area."""
    nodes = [(40.0, 50.0 + i * step, "rail", g, "AAA") for i, g in enumerate(gauges)]
    arcs = [
        Arc(i, i + 1, _km(nodes, i, i + 1), mode="rail") for i in range(len(gauges) - 1) if gauges[i] == gauges[i + 1]
    ]
    return build(nodes, arcs)


def _km(nodes: Sequence[tuple[float, float, str, int, str]], a: int, b: int) -> float:
    return round(float(great_circle_km(nodes[a][0], nodes[a][1], nodes[b][0], nodes[b][1])), 2)


class FakeFacts:
    """As much of the facts as an overlay asks for: the table of crossings."""

    def __init__(self, crossings: Sequence[dict[str, Any]] = ()) -> None:
        self.rows = tuple(crossings)

    def table(self, name: str) -> Any:
        assert name == "crossings"
        return self

    @property
    def by_id(self) -> dict[str, dict[str, Any]]:
        return {row["id"]: row for row in self.rows}


POSTS = FakeFacts(
    [
        {"id": "AAA-BBB-second", "area_a": "AAA", "area_b": "BBB", "lat": 40.8, "lon": 51.0},
        {"id": "AAA-BBB-first", "area_a": "AAA", "area_b": "BBB", "lat": 40.0, "lon": 51.0},
    ]
)


def distances(network: Network, start: int) -> Any:
    """Plain Dijkstra on kilometres."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    km = network.km.astype(np.float64)
    return dijkstra(csr_matrix((km, (network.tail, network.head)), shape=(network.n, network.n)), indices=start)
