"""Land borders from Natural Earth (1:10m, public domain): the lines of each pair, the distance of crossings."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from landbridge.geo import great_circle_km
from tools.facts.common import Context

if TYPE_CHECKING:
    from shapely.geometry import LineString

LINES = (
    "ne_10m_admin_0_boundary_lines_land.geojson.gz",
    "ne_10m_admin_0_boundary_lines_disputed_areas.geojson.gz",
)
CODES = {
    "KOS": "XKX",
    "SDS": "SSD",
    "PSX": "PSE",
    "SAH": "ESH",
    "CYN": "X_NCY",
    "SOL": "X_SOM",
    "KAB": "KAZ",
    "ALD": "FIN",
}
HELD_BY = {"X_ABK": "GEO", "X_SOS": "GEO", "X_PMR": "MDA", "X_CRI": "UKR", "X_DNR": "UKR", "X_NKR": "AZE"}
TOLERANCE_DEG = 0.01


def build(context: Context) -> dict[str, list[dict[str, str]]]:
    from shapely.geometry import MultiLineString
    from shapely.ops import linemerge

    rows = []
    for pair, lines in sorted(pair_lines(context.reference).items()):
        # lines of one pair merged, then thinned; two decimals are about one kilometre
        merged = linemerge(lines)
        parts = merged.geoms if isinstance(merged, MultiLineString) else [merged]
        texts = []
        for part in parts:
            points = [f"{lat:.2f} {lon:.2f}" for lon, lat in part.simplify(TOLERANCE_DEG).coords]
            texts.append(",".join(dict.fromkeys(points)))
        rows.append(
            context.finish(
                {
                    "id": "-".join(pair),
                    "area_a": pair[0],
                    "area_b": pair[1],
                    "lines": ";".join(sorted(texts)),
                    "source": "Natural Earth 1:10m, boundary lines (conversion of 2024-01-24)",
                    "url": "https://github.com/martynafford/natural-earth-geojson",
                    "grade": "B",
                    "note": "as drawn by Natural Earth; no statement on sovereignty",
                }
            )
        )
    return {"borders": rows}


def pair_lines(reference: Path) -> dict[tuple[str, str], list[LineString]]:
    """The border lines of each pair of areas, in the codes of the area table."""
    from shapely.geometry import LineString

    folder = reference.parent / "basemap"
    found: dict[tuple[str, str], list[LineString]] = {}
    for name in LINES:
        with gzip.open(folder / name, "rt", encoding="utf-8") as stream:
            features = json.load(stream)["features"]
        for feature in features:
            sides = feature["properties"]
            left, right = (CODES.get(sides[key], sides[key]) for key in ("adm0_a3_l", "adm0_a3_r"))
            if not left or not right or left == right:
                continue
            geometry = feature["geometry"]
            parts = geometry["coordinates"] if geometry["type"] == "MultiLineString" else [geometry["coordinates"]]
            first, second = sorted((left, right))
            found.setdefault((first, second), []).extend(LineString(part) for part in parts if len(part) > 1)
    return found


def border_km(row: Mapping[str, str], lines: Mapping[tuple[str, str], list[LineString]]) -> str:
    """Kilometres from a crossing to the border of its two areas; empty when the base map has no such border."""
    from shapely.geometry import LineString, Point
    from shapely.ops import nearest_points

    first, second = sorted(HELD_BY.get(row[side], row[side]) for side in ("area_a", "area_b"))
    pieces = lines.get((first, second), [])
    if not pieces:
        return ""
    lat, lon = float(row["lat"]), float(row["lon"])
    squeeze = float(np.cos(np.radians(lat)))
    here = Point(lon * squeeze, lat)
    best = float("inf")
    for piece in pieces:
        flat = LineString([(x * squeeze, y) for x, y in piece.coords])
        spot = nearest_points(flat, here)[0]
        best = min(best, float(great_circle_km(lat, lon, spot.y, spot.x / squeeze)))
    return f"{best:.1f}"
