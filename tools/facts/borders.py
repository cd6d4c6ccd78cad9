"""The distance of each crossing from the land border of its two areas (Natural Earth, 1:10m, public domain)."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from shapely import STRtree
from shapely.geometry import LineString, Point
from shapely.ops import nearest_points

from landbridge.geo import great_circle_km

LINES = (
    "ne_10m_admin_0_boundary_lines_land.geojson.gz",
    "ne_10m_admin_0_boundary_lines_disputed_areas.geojson.gz",
)


def _lines(folder: Path) -> list[LineString]:
    found = []
    for name in LINES:
        with gzip.open(folder / name, "rt", encoding="utf-8") as stream:
            for feature in json.load(stream)["features"]:
                geometry: Mapping[str, Any] = feature["geometry"]
                parts = geometry["coordinates"]
                for part in parts if geometry["type"] == "MultiLineString" else [parts]:
                    # short pieces make the nearest-piece search in degrees safe at any latitude
                    found += [LineString(part[at : at + 2]) for at in range(len(part) - 1)]
    return found


def border_km(reference: Path, crossings: Iterable[Mapping[str, str]]) -> list[str]:
    """Kilometres from each crossing to the nearest border line, with one decimal; empty without a base map."""
    crossings = list(crossings)
    folder = reference.parent / "basemap"
    if not all((folder / name).exists() for name in LINES):
        return ["" for _ in crossings]
    lines = _lines(folder)
    tree = STRtree(lines)
    result = []
    for row in crossings:
        lat, lon = float(row["lat"]), float(row["lon"])
        here = Point(lon, lat)
        near = tree.query(here.buffer(1.0 / max(0.2, float(np.cos(np.radians(lat))))))
        km = [
            float(great_circle_km(lat, lon, spot.y, spot.x))
            for spot in (nearest_points(lines[at], here)[0] for at in near)
        ]
        result.append(f"{min(km):.1f}" if km else "")
    return result
