"""GeoJSON of routes (RFC 7946): one feature for each leg, cut where it passes 180 degrees."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

Point = tuple[float, float]
CREDIT = "© OpenStreetMap contributors, ODbL"
"""What a map or table that shows the network must say: its railways and roads derive from OpenStreetMap."""
ROUTE_FIELDS = ("label", "grade")
LEG_FIELDS = ("kind", "mode", "from", "to", "areas", "km", "hours", "usd", "kg_co2e", "gauge_mm", "ref", "note")


def cut(line: Sequence[Sequence[float]]) -> list[list[list[float]]]:
    """Cut a line where it passes the date line; longitudes come back within -180 and 180.

    Examples
    --------
    >>> cut([(170.0, 0.0), (-170.0, 10.0)])
    [[[170.0, 0.0], [180.0, 5.0]], [[-180.0, 5.0], [-170.0, 10.0]]]
    """
    parts: list[list[list[float]]] = [[]]
    before: Point | None = None
    for raw in line:
        lon, lat = _wrap(float(raw[0])), float(raw[1])
        if before is not None and abs(lon - before[0]) > 180:
            edge = 180.0 if before[0] > 0 else -180.0
            ahead = lon + 2 * edge
            # both on the date line, each from its own side
            share = (edge - before[0]) / (ahead - before[0]) if ahead != before[0] else 0.0
            at = round(before[1] + share * (lat - before[1]), 6)
            parts[-1].append([edge, at])
            parts.append([[-edge, at]])
        parts[-1].append([round(lon, 6), round(lat, 6)])
        before = (lon, lat)
    return [part for part in parts if len(part) > 1 or len(parts) == 1]


def geometry(line: Sequence[Sequence[float]]) -> dict[str, Any] | None:
    """A GeoJSON geometry of a line: a point, a line, or several lines; None when there are no points.

    Examples
    --------
    >>> geometry([(1.0, 2.0)])
    {'type': 'Point', 'coordinates': [1.0, 2.0]}
    """
    if not line:
        return None
    if len(line) == 1 or all(tuple(point) == tuple(line[0]) for point in line):
        return {"type": "Point", "coordinates": [_wrap(float(line[0][0])), float(line[0][1])]}
    parts = cut(line)
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}


def lines_of(shape: Mapping[str, Any] | None) -> list[list[Point]]:
    """The lines of a GeoJSON geometry as points; a point gives a line of one point.

    Examples
    --------
    >>> lines_of({"type": "Point", "coordinates": [1, 2]})
    [[(1.0, 2.0)]]
    """
    if not shape:
        return []
    points = shape["coordinates"]
    match shape["type"]:
        case "Point":
            return [[(float(points[0]), float(points[1]))]]
        case "LineString":
            return [[(float(x), float(y)) for x, y, *_ in points]]
        case "MultiLineString":
            return [[(float(x), float(y)) for x, y, *_ in line] for line in points]
    return []


def collection(answer: Mapping[str, Any], shapes: Mapping[str, Any]) -> dict[str, Any]:
    """All routes of an answer as one feature collection.

    Parameters
    ----------
    answer
        A route answer as plain data.
    shapes
        The geometry of its legs: features with the properties `rank` and `leg`.

    Returns
    -------
    dict
        One feature for each leg, with the leg's and the route's numbers, units in the names.
    """
    by_leg = {
        (feature["properties"].get("rank"), feature["properties"].get("leg")): feature.get("geometry")
        for feature in shapes.get("features", ())
    }
    features = []
    for route in answer.get("routes") or ():
        for n, leg in enumerate(route["legs"], 1):
            shape = by_leg.get((route["rank"], n))
            lines = [part for line in lines_of(shape) for part in cut(line)]
            features.append(
                {
                    "type": "Feature",
                    "id": f"{route['rank']}-{n}",
                    "geometry": _joined(lines),
                    "properties": {
                        "rank": route["rank"],
                        "leg": n,
                        **{name: leg[name] for name in LEG_FIELDS if name in leg},
                        **{f"route_{name}": route.get(name) for name in ROUTE_FIELDS},
                        **{f"route_{name}": route.get(name) for name in ("km", "hours", "usd", "kg_co2e")},
                    },
                }
            )
    return {
        "type": "FeatureCollection",
        "features": features,
        "question": dict(answer.get("question") or {}),
        "world": dict(answer.get("world") or {}),
        "attribution": CREDIT,
    }


def text(answer: Mapping[str, Any], shapes: Mapping[str, Any]) -> str:
    """The collection as a GeoJSON text."""
    return json.dumps(collection(answer, shapes), ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"


def text_of(answer: Any) -> str:
    """The shapes of a route, gas or country answer as a GeoJSON text; those of the network name its source."""
    if answer.schema == "route/1":
        return text(answer.to_dict(), answer.to_geojson())
    shapes: dict[str, Any] = answer.to_geojson()
    if answer.schema.startswith("country"):
        shapes = {**shapes, "attribution": CREDIT}
    return json.dumps(shapes, ensure_ascii=False, allow_nan=False) + "\n"


def _joined(lines: list[list[list[float]]]) -> dict[str, Any] | None:
    if not lines:
        return None
    if len(lines) == 1:
        return geometry(lines[0])
    return {"type": "MultiLineString", "coordinates": [line for line in lines if len(line) > 1]}


def _wrap(lon: float) -> float:
    return lon if -180.0 <= lon <= 180.0 else (lon + 180.0) % 360.0 - 180.0
