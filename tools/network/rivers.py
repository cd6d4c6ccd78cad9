"""Rivers and canals: those that ships of the sea sail too, and those of barges, which have quays of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.spatial import cKDTree

from landbridge.geo import unit_vectors
from network.layer import MOVE, PASSAGE, Layer

SAILS = {"ships", "barges", "both"}
"""What sails on a stretch: ships of rivers and the sea, which go on without a change; barges; both."""
Ports = Sequence[Mapping[str, object]]


def sailed_by(rows: Sequence[Mapping[str, str]], what: str) -> list[Mapping[str, str]]:
    """The stretches that are sailed by ships, or by barges."""
    unknown = sorted({row["sails"] for row in rows} - SAILS)
    if unknown:
        raise SystemExit(f"waterways: sails {', '.join(unknown)}; known: {', '.join(sorted(SAILS))}")
    return [row for row in rows if row["sails"] in {what, "both"}]


def lay_ships(
    layer: Layer, rows: Sequence[Mapping[str, str]], ports: Ports, of_port: Mapping[str, int], tree: cKDTree
) -> None:
    """Stretches of ships as edges of the sea; an end named like a port is that port, `sea:` ends join the sea."""
    nodes = {str(port["name"]): of_port[str(port["id"])] for port in ports}

    def node(name: str, lat: float, lon: float) -> int:
        if name not in nodes:
            nodes[name] = layer.add_node(lat, lon, -1)
            if name.startswith("sea:"):
                _, index = tree.query(unit_vectors(lat, lon), k=8)
                near = [i for i in map(int, index) if layer.near[i]]
                for i in near[:3]:
                    layer.add_edge(nodes[name], i, max(layer.gap_km(nodes[name], i), 0.5), grade="C")
        return nodes[name]

    for row in sailed_by(rows, "ships"):
        ends = [node(row[end], float(row[f"{end}_lat"]), float(row[f"{end}_lon"])) for end in ("from", "to")]
        _join(layer, row, *ends)


def barges(rows: Sequence[Mapping[str, str]], ports: Ports, area_of: Mapping[str, int]) -> tuple[Layer, dict[str, int]]:
    """The layer of barges, and its quay in each port; what goes on by a ship of the sea changes there."""
    layer = Layer("river", np.array([]), np.array([]), np.array([]))
    by_name = {str(port["name"]): port for port in ports}
    nodes: dict[str, int] = {}
    quays: dict[str, int] = {}
    for row in sailed_by(rows, "barges"):
        for end in ("from", "to"):
            name = row[end]
            if name in nodes:
                continue
            port = by_name.get(name)
            if port is None:
                nodes[name] = layer.add_node(float(row[f"{end}_lat"]), float(row[f"{end}_lon"]), -1)
            else:
                spot = float(str(port["lat"])), float(str(port["lon"]))
                nodes[name] = layer.add_node(*spot, area_of[str(port["area"])])
                quays[str(port["id"])] = nodes[name]
        _join(layer, row, nodes[row["from"]], nodes[row["to"]])
    return layer, quays


def _join(layer: Layer, row: Mapping[str, str], u: int, v: int) -> None:
    passage = row["passage"]
    layer.add_edge(
        u,
        v,
        float(row["km"]),
        kind=PASSAGE if passage else MOVE,
        grade="D",
        mode=row["mode"],
        ref=("passages", passage) if passage else None,
    )
