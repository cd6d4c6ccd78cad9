"""Reads the open bases: rail and road of scgraph_data, the sea net of searoute, the polygons of world-atlas.

The modules of scgraph_data are read as text: they cannot be imported beside a newer scgraph, and evaluating
35 MB of literals costs far more memory than scanning the numbers.
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import re
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import numpy as np

ATLAS = "world-atlas@2.0.2"


def package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{name} is not installed: pip install -e '.[dev]'")
    return Path(spec.origin).parent


def scgraph_layer(module: str) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """lat, lon of the nodes and u, v, km of the edges (u < v, no loops, the shortest of doubles)."""
    text = (package_folder("scgraph_data") / f"{module}.py").read_text()
    start = text.index("graph=[") + len("graph=[")
    split = text.index("nodes=[", start)
    body = text[start:split]
    cells = body.split("}")[:-1]
    counts = np.array([cell.count(":") for cell in cells], dtype=np.int64)
    numbers = np.array(re.sub(r"[^0-9.eE+-]+", " ", body).split(), dtype=np.float64).reshape(-1, 2)
    tail = np.repeat(np.arange(len(cells)), counts)
    head = numbers[:, 0].astype(np.int64)
    km = numbers[:, 1]
    end = text.index("world_", split + 7)
    spots = np.array(re.sub(r"[^0-9.eE+-]+", " ", text[split + 7 : end]).split(), dtype=np.float64).reshape(-1, 2)
    u, v = np.minimum(tail, head), np.maximum(tail, head)
    keep = u != v
    u, v, km = u[keep], v[keep], km[keep]
    order = np.lexsort((km, v, u))
    u, v, km = u[order], v[order], km[order]
    first = np.ones(len(u), dtype=bool)
    first[1:] = (u[1:] != u[:-1]) | (v[1:] != v[:-1])
    return spots[:, 0], spots[:, 1], u[first], v[first], km[first]


def marnet() -> tuple[list[tuple[float, float]], list[tuple[int, int, str]]]:
    """Points (lat, lon) of the sea net and its edges with the passage that they pass ("" if none)."""
    data = json.loads((package_folder("searoute") / "data" / "marnet_searoute.geojson").read_text())
    index: dict[tuple[float, float], int] = {}
    points: list[tuple[float, float]] = []
    marks: dict[tuple[int, int], str] = {}

    def node(lon: float, lat: float) -> int:
        lon = ((lon + 180.0) % 360.0) - 180.0
        key = (round(lat, 5), round(lon, 5))
        if key not in index:
            index[key] = len(points)
            points.append(key)
        return index[key]

    for feature in data["features"]:
        mark = str(feature["properties"].get("passage") or "")
        shape = feature["geometry"]
        lines = shape["coordinates"] if shape["type"] == "MultiLineString" else [shape["coordinates"]]
        for line in lines:
            for a, b in itertools.pairwise(line):
                i, j = node(*a[:2]), node(*b[:2])
                if i != j:
                    key = (min(i, j), max(i, j))
                    marks[key] = marks.get(key) or mark
    return points, [(i, j, mark) for (i, j), mark in sorted(marks.items())]


def atlas(cache: Path, file: str) -> dict[str, Any]:
    """A TopoJSON file of world-atlas, fetched once through npm into the cache folder."""
    path = cache / "package" / file
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        name = subprocess.run(
            ["npm", "pack", "--silent", ATLAS], cwd=cache, check=True, capture_output=True, text=True
        ).stdout.split()[-1]
        with tarfile.open(cache / name) as archive:
            archive.extractall(cache, filter="data")
    return json.loads(path.read_text())


def topo_shapes(topo: dict[str, Any], name: str) -> list[tuple[str, str, list[list[list[tuple[float, float]]]]]]:
    """(numeric id, name, polygons as rings) of one object of a TopoJSON file."""
    sx, sy = topo["transform"]["scale"]
    tx, ty = topo["transform"]["translate"]
    arcs = []
    for arc in topo["arcs"]:
        steps = np.cumsum(np.array(arc, dtype=np.int64), axis=0)
        arcs.append(np.column_stack([steps[:, 0] * sx + tx, steps[:, 1] * sy + ty]))

    def ring(ids: list[int]) -> list[tuple[float, float]]:
        parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in ids]
        points = np.vstack([parts[0], *[part[1:] for part in parts[1:]]])
        return [(float(x), float(y)) for x, y in points]

    found = []
    for shape in topo["objects"][name]["geometries"]:
        if shape["type"] == "Polygon":
            polygons = [[ring(r) for r in shape["arcs"]]]
        elif shape["type"] == "MultiPolygon":
            polygons = [[ring(r) for r in polygon] for polygon in shape["arcs"]]
        else:
            polygons = []
        found.append((str(shape.get("id", "")), str(shape.get("properties", {}).get("name", "")), polygons))
    return found
