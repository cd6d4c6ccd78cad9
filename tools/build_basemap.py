"""Build the small base map of the reports: land, land borders, disputed lines, names and outlines of areas.

Land comes from the npm package ``world-atlas`` 2.0.2 (Natural Earth 1:50m, public domain); land borders and disputed
lines from Natural Earth 1:10m as kept in the shared base-map folder. Land is cut into boxes, so that a piece
far from a map can be left out and no piece holds the antipode of a map's centre.

Run: ``python tools/build_basemap.py [--atlas DIR|TGZ] [--basemap DIR]``; without ``--atlas`` the package is fetched
with ``npm pack`` into ``.raw/``. Writes ``basemap.json.gz`` and ``outlines.json.gz`` into the data of
``landbridge.report`` (the same bytes on each run). Outlines of areas are coarse, to be filled with a colour and cut
by the land; what is disputed between areas belongs to none of them.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import subprocess
import tarfile
from pathlib import Path
from typing import Any

from shapely import box, segmentize
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, shape
from shapely.ops import unary_union

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "src/landbridge/report/data/basemap.json.gz"
OUTLINES = OUT.with_name("outlines.json.gz")
TABLES = ROOT / "src/landbridge/facts/tables"
PACKAGE = "world-atlas@2.0.2"
SCALE = 100  # hundredths of a degree: about 1 km
LAND_TOLERANCE = 0.025
LINE_TOLERANCE = 0.012
SMALLEST_ISLAND = 0.004  # square degrees
SOUTHERNMOST = -56.0
BOX = 20
PART = 8  # large areas get a place for their name in each part of this size [degrees]
NAMES = {"Macedonia": "North Macedonia"}
BUILT_EDGE = 4.0  # a straight cut is given points this close [degrees], so that a projection can bend it
REFERENCE_ONLY = {"Reference line"}  # lines of the past that nobody claims now
SOLID = {"International boundary (verify)"}
SKIPPED = {"Overlay limit", "Lease limit"}
OUTLINE_TOLERANCE = 0.06
SMALLEST_PART = 0.04  # square degrees
FAR = 0.5  # the place of an area lies no farther from its land [degrees]
UNDISPUTED = {
    "Transnistria",
    "Gaza",
    "West Bank",
    "Baikonur",
    "Baykonur",
}  # told with their area, or areas of their own


def read_atlas(where: Path | None) -> dict[str, Any]:
    """The TopoJSON of the countries at 1:50m, from a folder, an archive or npm."""
    if where is None:
        folder = ROOT / ".raw"
        folder.mkdir(exist_ok=True)
        subprocess.run(["npm", "pack", PACKAGE], cwd=folder, check=True, capture_output=True)
        where = folder / "world-atlas-2.0.2.tgz"
    if where.is_dir():
        return json.loads((where / "countries-50m.json").read_text())
    with tarfile.open(where) as archive:
        member = archive.extractfile("package/countries-50m.json")
        assert member is not None
        return json.load(io.TextIOWrapper(member))


def arcs_of(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """Decoded arcs in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def ring_of(parts: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """One ring, its longitudes unwrapped where it passes 180 degrees."""
    points: list[tuple[float, float]] = []
    for part in parts:
        arc = arcs[part] if part >= 0 else arcs[~part][::-1]
        points.extend(arc[1:] if points else arc)
    out = [points[0]]
    for raw, lat in points[1:]:
        lon = raw + 360 * round((out[-1][0] - raw) / 360)
        out.append((lon, lat))
    return out


def polygons_of(geometry: dict[str, Any], arcs: list[list[tuple[float, float]]]) -> list[Polygon]:
    """Polygons of a TopoJSON geometry, valid and not at the pole."""
    shapes = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    out = []
    for rings in shapes:
        shell, *holes = [ring_of(ring, arcs) for ring in rings]
        if min(lat for _, lat in shell) < -60:
            continue
        polygon = Polygon(shell, [hole for hole in holes if len(hole) > 3])
        out.append(polygon if polygon.is_valid else polygon.buffer(0))
    return out


def flat(coordinates: Any) -> list[int]:
    """Delta-coded whole numbers of a line: lon, lat, dlon, dlat ..."""
    out: list[int] = []
    px = py = 0
    for n, (lon, lat) in enumerate(coordinates):
        x, y = round(lon * SCALE), round(lat * SCALE)
        if n and (x, y) == (px, py):
            continue
        out += [x - px, y - py]
        px, py = x, y
    return out


def land_pieces(topology: dict[str, Any]) -> list[list[list[int]]]:
    """Land cut into boxes; each piece a list of rings."""
    arcs = arcs_of(topology)
    parts: list[Polygon] = []
    for geometry in topology["objects"]["land"]["geometries"]:
        parts += polygons_of(geometry, arcs)
    land = unary_union([part.simplify(LAND_TOLERANCE) for part in parts if part.area > SMALLEST_ISLAND])
    pieces = []
    for west in range(-200, 220, BOX):
        for south in range(-60, 90, BOX):
            cut = land.intersection(box(west, max(south, SOUTHERNMOST), west + BOX, south + BOX))
            for polygon in getattr(cut, "geoms", [cut]):
                if not isinstance(polygon, Polygon) or polygon.area <= SMALLEST_ISLAND / 4:
                    continue
                dense = segmentize(polygon, BUILT_EDGE)
                rings = [flat(dense.exterior.coords)]
                rings += [flat(ring.coords) for ring in dense.interiors if Polygon(ring).area > 0.05]
                pieces.append(rings)
    return pieces


def lines(folder: Path) -> tuple[list[list[int]], list[list[int]]]:
    """Land borders drawn solid, and disputed, claimed or breakaway lines drawn dashed."""
    solid: list[list[int]] = []
    dashed: list[list[int]] = []
    for name in ("land", "disputed_areas"):
        with gzip.open(folder / f"ne_10m_admin_0_boundary_lines_{name}.geojson.gz") as file:
            features = json.load(file)["features"]
        for feature in features:
            kind = feature["properties"]["featurecla"]
            if kind in REFERENCE_ONLY | SKIPPED:
                continue
            geometry = shape(feature["geometry"]).simplify(LINE_TOLERANCE)
            held = {feature["properties"]["adm0_left"], feature["properties"]["adm0_right"]}
            for line in getattr(geometry, "geoms", [geometry]):
                # the front of 2014 at Perekop is drawn by Natural Earth as a plain border
                crimea = held == {"Russia", "Ukraine"} and line.bounds[3] < 46.5
                goal = solid if kind in SOLID and not crimea else dashed
                goal.append(flat(line.coords))
    return solid, dashed


def labels(topology: dict[str, Any]) -> list[list[Any]]:
    """Name, size [square root of square degrees] and places of areas with an ISO number: [name, size, lon, lat, ...].

    The first place suits the whole area best; further ones lie in other parts of a large area, for closer maps.
    """
    arcs = arcs_of(topology)
    out = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        if "id" not in geometry or geometry["type"] is None:
            continue
        polygons = polygons_of(geometry, arcs)
        if not polygons:
            continue
        biggest = max(polygons, key=lambda p: p.area)
        point = biggest.representative_point()
        inner = biggest.buffer(-0.35 * biggest.area**0.5 / 2)
        if not inner.is_empty:
            point = max(getattr(inner, "geoms", [inner]), key=lambda p: p.area).representative_point()
        spots = [point]
        west, south, east, north = biggest.bounds
        for left in range(int(west // PART) * PART, int(east) + 1, PART):
            for bottom in range(int(south // PART) * PART, int(north) + 1, PART):
                part = biggest.intersection(box(left, bottom, left + PART, bottom + PART))
                if part.area > 0.4 * PART**2:
                    spots.append(max(getattr(part, "geoms", [part]), key=lambda p: p.area).representative_point())
        name = NAMES.get(geometry["properties"]["name"], geometry["properties"]["name"])
        size = round(MultiPolygon([biggest]).area ** 0.5 * 10) / 10
        out.append([name, size, *[round(value * SCALE) for spot in spots for value in (spot.x, spot.y)]])
    return sorted(out)


def outlines(topology: dict[str, Any], folder: Path) -> dict[str, list[list[int]]]:
    """Rings of each area by its code: the shape of the world atlas that holds its place, less what is disputed.

    The place of an area is that of its gas on a map, else its capital; each shape belongs to one area.
    """
    arcs = [list(LineString(arc).simplify(OUTLINE_TOLERANCE).coords) for arc in arcs_of(topology)]
    shapes = [one for one in topology["objects"]["countries"]["geometries"] if one["type"] is not None]
    countries = [unary_union(polygons_of(one, arcs)) for one in shapes]
    with gzip.open(folder / "ne_10m_admin_0_disputed_areas.geojson.gz") as file:
        features = json.load(file)["features"]
    disputed = unary_union([
        shape(one["geometry"]).buffer(0.01)
        for one in features
        if one["properties"]["TYPE"] in ("Disputed", "Breakaway", "Indeterminate", "Overlay", "Sovereign country")
        and one["properties"]["BRK_NAME"] not in UNDISPUTED
    ])  # fmt: skip
    out: dict[str, list[list[int]]] = {}
    taken: set[int] = set()
    for area, place in places():
        n = min(range(len(countries)), key=lambda one: countries[one].distance(place))
        if n in taken or countries[n].distance(place) > FAR:
            continue
        taken.add(n)
        left = countries[n].difference(disputed)
        parts = [one for one in getattr(left, "geoms", [left]) if isinstance(one, Polygon)]
        largest = max(parts, key=lambda one: one.area)
        kept = [one for one in parts if one.area > SMALLEST_PART or one is largest]
        out[area] = [flat(segmentize(one, BUILT_EDGE).exterior.coords) for one in kept]
    return dict(sorted(out.items()))


def places() -> list[tuple[str, Point]]:
    """A place on the land of each area, those of gas zones first."""
    sites = {row["zone"]: Point(float(row["lon"]), float(row["lat"])) for row in rows_of("gas_zone_sites")}
    found = {row["area"]: sites[row["id"]] for row in rows_of("gas_zones") if row["area"] and row["id"] in sites}
    for row in sorted(rows_of("areas"), key=lambda one: (one["status"] != "UN member", one["id"])):
        if not row["id"].startswith("X_"):
            found.setdefault(row["id"], Point(float(row["lon"]), float(row["lat"])))
    return list(found.items())


def rows_of(table: str) -> list[dict[str, str]]:
    """The rows of a fact table."""
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write(path: Path, data: dict[str, Any]) -> None:
    """Plain data as packed JSON."""
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as packed:
        packed.write(text.encode())
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


def main() -> None:
    """Read, cut, simplify, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--atlas", type=Path)
    parser.add_argument("--basemap", type=Path, default=ROOT / "../shared/basemap")
    options = parser.parse_args()
    topology = read_atlas(options.atlas)
    solid, dashed = lines(options.basemap)
    about = "Made with Natural Earth (public domain); world-atlas 2.0.2 (ISC); delta-coded hundredths of a degree"
    data = {
        "about": about,
        "scale": SCALE,
        "land": land_pieces(topology),
        "borders": solid,
        "disputed": dashed,
        "labels": labels(topology),
    }
    write(OUT, data)
    write(OUTLINES, {"about": about, "scale": SCALE, "areas": outlines(topology, options.basemap)})


if __name__ == "__main__":
    main()
