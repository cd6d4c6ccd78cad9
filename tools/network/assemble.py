"""Joins the layers into one graph of arcs: terminals' transfers, swap nodes, ferries, air, and freezes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from landbridge.geo import great_circle_km
from landbridge.network import store
from landbridge.network.model import KINDS, MODES, Network
from network.layer import CROSSING, FERRY, Layer
from network.reduce import simplify
from network.terminals import Stop

GRADE = {"A": 0, "B": 1, "C": 2, "D": 3}
SWAP_KM = 0.05
TRANSFER_KM = 0.3
TOLERANCE_DEG = {"rail": 0.01, "road": 0.01, "sea": 0.02, "river": 0.02}


class Graph:
    """Arcs and nodes as lists, until they are frozen into a network."""

    def __init__(self) -> None:
        self.lat: list[float] = []
        self.lon: list[float] = []
        self.mode: list[int] = []
        self.gauge: list[int] = []
        self.area: list[str] = []
        self.terminal: list[int] = []
        self.arcs: dict[tuple[int, int], dict[str, Any]] = {}
        self.refs: dict[tuple[str, str], int] = {}
        self.terminals: list[Stop] = []

    def ref(self, ref: tuple[str, str] | None) -> int:
        if ref is None:
            return -1
        return self.refs.setdefault(ref, len(self.refs))

    def node(self, lat: float, lon: float, mode: str, area: str, gauge: int = 0) -> int:
        self.lat.append(lat)
        self.lon.append(lon)
        self.mode.append(MODES.index(mode))
        self.gauge.append(gauge)
        self.area.append(area)
        self.terminal.append(-1)
        return len(self.lat) - 1

    def arc(
        self,
        tail: int,
        head: int,
        km: float,
        kind: str,
        mode: str,
        *,
        ref: tuple[str, str] | None = None,
        gate: tuple[str, str] | None = None,
        grade: str = "C",
        shape: Sequence[tuple[float, float]] = (),
        both: bool = True,
    ) -> None:
        """An arc, and its reverse unless `both` is false; the shorter stays where one exists."""
        for t, h, s in ((tail, head, list(shape)), (head, tail, list(shape)[::-1]))[: 2 if both else 1]:
            old = self.arcs.get((t, h))
            if old is None or old["km"] > km:
                self.arcs[(t, h)] = {
                    "km": km,
                    "kind": KINDS.index(kind),
                    "mode": MODES.index(mode),
                    "ref": self.ref(ref),
                    "gate": self.ref(gate),
                    "grade": GRADE[grade],
                    "shape": s,
                    "both": both,
                }

    def add_layer(self, layer: Layer, codes: Sequence[str], swap: set[str]) -> dict[int, int]:
        """The nodes and edges of a layer; road crossings named in `swap` get swap nodes. Returns new node numbers."""
        number: dict[int, int] = {}
        for node in range(layer.n):
            if layer.near[node]:
                area = codes[layer.area[node]] if layer.area[node] >= 0 else ""
                number[node] = self.node(layer.lat[node], layer.lon[node], layer.mode, area, layer.gauge[node])
        tolerance = TOLERANCE_DEG[layer.mode]
        for edge in layer.edges.values():
            a, b = number[edge.u], number[edge.v]
            mode = edge.mode or layer.mode
            self.arc(
                a,
                b,
                edge.km,
                edge.kind,
                mode,
                ref=edge.ref,
                gate=edge.gate,
                grade=edge.grade,
                shape=simplify(edge, layer.lat, layer.lon, tolerance),
            )
            if layer.mode == "road" and edge.kind == CROSSING and edge.ref is not None and edge.ref[1] in swap:
                for here, there in ((a, b), (b, a)):
                    own = self.node(self.lat[here], self.lon[here], "road", self.area[here])
                    self.arc(
                        here, own, SWAP_KM, "swap", "road", ref=edge.ref, gate=edge.gate, grade=edge.grade, both=False
                    )
                    self.arc(
                        own,
                        there,
                        edge.km,
                        CROSSING,
                        "road",
                        ref=edge.ref,
                        gate=edge.gate,
                        grade=edge.grade,
                        both=False,
                    )
        return number

    def place(self, stop: Stop, numbers: Mapping[str, Mapping[int, int]]) -> list[tuple[str, int]]:
        """Enter a terminal: its nodes, and transfers between each two of its modes."""
        index = len(self.terminals)
        mine: list[tuple[str, int]] = []
        for (mode, _), node in sorted(stop.nodes.items()):
            where = numbers[mode].get(node)
            if where is not None:
                self.terminal[where] = index
                mine.append((mode, where))
        if not mine:
            return []
        stop.kinds |= {mode for mode, _ in mine}
        self.terminals.append(stop)
        ref = ("ports", stop.id) if "port" in stop.kinds else None
        for i, (m1, a) in enumerate(mine):
            for m2, b in mine[i + 1 :]:
                if m1 == m2:
                    continue
                self.arc(a, b, TRANSFER_KM, "transfer", m2, ref=ref, grade="C", both=False)
                self.arc(b, a, TRANSFER_KM, "transfer", m1, ref=ref, grade="C", both=False)
        return mine

    def freeze(self, areas: Sequence[str], source: Mapping[str, str]) -> Network:
        """Sort, index and freeze; nodes without arcs are left out."""
        used = sorted({n for key in self.arcs for n in key})
        number = {old: new for new, old in enumerate(used)}
        keys = sorted((number[t], number[h], t, h) for t, h in self.arcs)
        area_number = {code: i for i, code in enumerate(areas)}
        rows = [self.arcs[(t, h)] for _, _, t, h in keys]
        position = {(t, h): i for i, (t, h, _, _) in enumerate(keys)}
        twin = [position.get((h, t), -1) if row["both"] else -1 for (t, h, _, _), row in zip(keys, rows, strict=True)]
        for i, other in enumerate(twin):
            if other >= 0 and (not rows[other]["both"] or rows[other]["km"] != rows[i]["km"]):
                twin[i] = -1
        transfer = KINDS.index("transfer")
        twin = [
            position.get((h, t), -1) if row["kind"] == transfer else w
            for w, (t, h, _, _), row in zip(twin, keys, rows, strict=True)
        ]
        starts, steps = [0], []
        for (t, h, old, _), row in zip(keys, rows, strict=True):
            if row["shape"] and t < h:
                last = (round(self.lat[old] * 100), round(self.lon[old] * 100))
                for lat, lon in row["shape"]:
                    here = (round(lat * 100), round(lon * 100))
                    if here != last:
                        steps.append((here[0] - last[0], here[1] - last[1]))
                        last = here
            starts.append(len(steps))
        used_terminals = sorted({self.terminal[n] for n in used if self.terminal[n] >= 0})
        terminal_number = {old: new for new, old in enumerate(used_terminals)}
        arrays = {
            "lon": [self.lon[n] for n in used],
            "lat": [self.lat[n] for n in used],
            "node_mode": [self.mode[n] for n in used],
            "node_gauge": [self.gauge[n] for n in used],
            "node_area": [area_number.get(self.area[n], -1) for n in used],
            "node_terminal": [terminal_number.get(self.terminal[n], -1) for n in used],
            "tail": [k[0] for k in keys],
            "head": [k[1] for k in keys],
            "km": [r["km"] for r in rows],
            "kind": [r["kind"] for r in rows],
            "mode": [r["mode"] for r in rows],
            "ref": [r["ref"] for r in rows],
            "gate": [r["gate"] for r in rows],
            "grade": [r["grade"] for r in rows],
            "twin": twin,
            "shape_start": starts,
            "shape": np.array(steps, dtype=np.int16).reshape(-1),
        }
        lat = np.round(np.array(arrays["lat"]), 4)
        lon = np.round(np.array(arrays["lon"]), 4)
        arrays["lat"], arrays["lon"] = lat, lon
        arrays["km"] = np.round(np.array(arrays["km"], dtype=np.float64), 2)
        meta = {
            "format": store.FORMAT,
            "areas": list(areas),
            "refs": [list(r) for r in self.refs],
            "source": dict(source),
            "terminals": [
                [s.id, s.name, s.area, round(s.lat, 4), round(s.lon, 4), sorted(s.kinds)]
                for s in (self.terminals[i] for i in used_terminals)
            ],
        }
        return store.make({k: np.asarray(v) for k, v in arrays.items()}, meta)


def add_air(graph: Graph, airports: Sequence[Mapping[str, str]]) -> dict[str, int]:
    """Airports, each joined to each by the great circle."""
    nodes = {a["id"]: graph.node(float(a["lat"]), float(a["lon"]), "air", a["area"]) for a in airports}
    names = list(nodes)
    for i, one in enumerate(names):
        for two in names[i + 1 :]:
            a, b = nodes[one], nodes[two]
            km = float(great_circle_km(graph.lat[a], graph.lon[a], graph.lat[b], graph.lon[b]))
            graph.arc(a, b, max(km, 1.0), "move", "air", grade="B")
    return nodes


FERRY_MODES = {
    "rail ferry": "rail",
    "ro-ro": "road",
    "ro-pax": "road",
    "feeder": "sea",
    "dry cargo": "sea",
    "river-sea dry cargo": "sea",
    "liner": "sea",
    "container": "sea",
    "oil tanker": "sea",
    "oil": "sea",
    "dhow": "sea",
}


def add_ferries(
    graph: Graph,
    ferries: Sequence[Mapping[str, Any]],
    stops: Mapping[str, Stop],
    numbers: Mapping[str, Mapping[int, int]],
    berth_of: Mapping[tuple[str, str], str],
) -> dict[str, str]:
    """Named ferries between berths: rail ferries join rail nodes of one gauge, ro-ro road nodes, feeders sea nodes."""
    report: dict[str, str] = {}
    for row in ferries:
        wanted = [FERRY_MODES[p.strip()] for p in str(row["type"]).split("/") if p.strip() in FERRY_MODES]
        made = []
        for mode in dict.fromkeys(wanted):
            ends = []
            for side in ("a", "b"):
                stop = stops[berth_of[(str(row["id"]), side)]]
                ends.append(
                    [
                        (gauge, numbers[mode][n])
                        for (m, gauge), n in stop.nodes.items()
                        if m == mode and n in numbers[mode]
                    ]
                )
            if not ends[0] or not ends[1]:
                made.append(f"{mode}: no {mode} at {row['port_a'] if not ends[0] else row['port_b']}")
                continue
            a, b = min(
                ((x, y) for x in ends[0] for y in ends[1]), key=lambda p: (p[0][0] != p[1][0], -p[0][0], -p[1][0])
            )
            u, v = a[1], b[1]
            if mode == "rail" and a[0] != b[0]:
                # rail ferries of the Caspian, Black Sea and Baltic carry 1520 mm wagons: the other end changes gauge
                here, gauge = (u, b[0]) if b[0] == 1520 else (v, a[0])
                own = _gauge_twin(graph, here, gauge)
                u, v = (own, v) if here == u else (u, own)
            if (u, v) in graph.arcs:
                own = graph.node(graph.lat[u], graph.lon[u], mode, graph.area[u], graph.gauge[u])
                graph.arc(u, own, 0.1, "move", mode, grade="C")
                u = own
            km = float(row["distance_km"])
            graph.arc(u, v, km, FERRY, mode, ref=("ferries", str(row["id"])), grade=str(row["grade"]))
            made.append(mode)
        report[str(row["id"])] = ", ".join(made) if made else "not a ship: by road"
    return report


def _gauge_twin(graph: Graph, node: int, gauge: int) -> int:
    for (t, h), arc in graph.arcs.items():
        if t == node and arc["kind"] == KINDS.index("gauge") and graph.gauge[h] == gauge:
            return h
    own = graph.node(graph.lat[node], graph.lon[node], "rail", graph.area[node], gauge)
    graph.arc(node, own, 0.1, "gauge", "rail", grade="B")
    return own
