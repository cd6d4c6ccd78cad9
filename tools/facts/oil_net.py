"""The oil network: zones and seas, points, sea links, shares of zones, known flows and trade, buyers, stocks.

The patches cite sources by the keys of patches/oil_sources.csv. Capacities and flows may be given in Mt a year; they
are turned into thousand barrels a day by the factor of energy_units. The length of a sea link is that of the great
circles from basin to basin through the points of its column `via`.
"""

from __future__ import annotations

from itertools import pairwise

from landbridge.geo import great_circle_km
from tools.facts.common import Context, slug

Row = dict[str, str]
DAYS = 365
MB_PER_MT = "mt-oil-million-barrels"
NO_LIMIT_KBD = "30000"
NOTHING = "a bound of the model, nothing to look up"
LOOSE = "a bound of the model: wagons, lorries and barges have no published limit"


def build(context: Context) -> dict[str, list[Row]]:
    sources = {row["key"]: row for row in context.patch("oil_sources")}
    barrels = float(next(r["factor"] for r in context.patch("tables/energy_units") if r["id"] == MB_PER_MT))

    def cited(row: Row, **more: str) -> Row:
        """A row with its source by key, amounts in thousand barrels a day."""
        out = {**row, **more}
        for name in ("capacity", "flow"):
            mt = out.pop(f"{name}_mt", "")
            if mt:
                out[f"{name}_kbd"] = f"{float(mt) * barrels * 1000 / DAYS:.1f}"
                out["note"] = "; ".join(filter(None, (f"{float(mt):g} Mt a year", out["note"])))
        found = sources[out.pop("source")]
        return context.finish({**out, "source": found["source"], "url": found["url"]})

    zones = [
        cited(row | {"id": row.pop("zone"), "source": "known", "grade": "D"}) for row in context.patch("oil_zones")
    ]
    zones += [cited(row) for row in _plain_zones(context, {row["id"] for row in zones})]
    basins = {row["id"]: (float(row["lat"]), float(row["lon"])) for row in zones if row["kind"] == "sea"}
    areas = {row["id"]: row["area"] for row in zones}
    points = [
        _point(cited(row, id=f"{row['point']}-{row['from'] or 'start'}"), areas) for row in context.patch("oil_points")
    ]
    _check_intervals(points)
    return {
        "oil_zones": zones,
        "oil_points": points,
        "oil_sea_links": [_sea_link(cited(row, id=_link_id(row)), basins) for row in context.patch("oil_sea_links")],
        "oil_zone_shares": [
            cited(row, id=slug(f"{row['zone']} {row['item']} {row['year']}"))
            for row in context.patch("oil_zone_shares")
        ],
        "oil_flows": [cited(row, id=f"{row['point']}-{row['year']}") for row in context.patch("oil_flows")],
        "oil_trade": [
            cited(row, id=slug(f"{row['area']} {row['origin']} {row['year']}")) for row in context.patch("oil_trade")
        ],
        "oil_buyers": [
            cited(row, id=slug(f"{row['origin']} {row['rule']} {row['from']}")) for row in context.patch("oil_buyers")
        ],
        "oil_stocks": [cited(row, id=slug(f"{row['area']} {row['as_of']}")) for row in context.patch("oil_stocks")],
        "oil_sea_limits": [
            cited(row, id=slug(f"{row['passage']} {row['from']}")) for row in context.patch("oil_sea_limits")
        ],
        "oil_parameters": [cited(row) for row in context.patch("oil_parameters")],
    }


def _plain_zones(context: Context, known: set[str]) -> list[Row]:
    """An area of one zone needs no row of the patch: it is a zone of its own name."""
    used = {row[end] for row in context.patch("oil_points") for end in ("from_zone", "to_zone")} - known
    names = {row["iso3"]: row["name"] for row in context.raw("countries")}
    return [
        {"id": key, "area": key, "kind": "zone", "name": names[key], "source": "known", "grade": "D", "note": ""}
        for key in sorted(used)
    ]


def _point(row: Row, areas: dict[str, str]) -> Row:
    """Areas of the ends; a point without a known limit gets a capacity above any flow, and says so."""
    out = row | {"from_area": areas[row["from_zone"]], "to_area": areas[row["to_zone"]]}
    if not out.get("capacity_kbd"):
        out |= {"capacity_kbd": NO_LIMIT_KBD, "limit": "none", "doubt": "no limit known: set above any flow"}
        out["note"] = _told(out["note"], NOTHING)
    elif out["kind"] == "rail" and out["grade"] == "D":
        out["note"] = _told(out["note"], LOOSE)
    return out | {"limit": out.get("limit", "known")}


def _told(note: str, words: str) -> str:
    """A note with what it is that cannot be looked up, unless it says what was looked for."""
    return note if "looked for" in note else "; ".join(filter(None, (note, words)))


def _check_intervals(points: list[Row]) -> None:
    """Rows of a point must follow one another without gap or overlap."""
    by_point: dict[str, list[Row]] = {}
    for row in points:
        by_point.setdefault(row["point"], []).append(row)
    for name, rows in by_point.items():
        rows.sort(key=lambda row: row["from"])
        for before, after in pairwise(rows):
            if before["to"] != after["from"]:
                raise SystemExit(f"oil_points: {name} ends on {before['to']!r} and goes on from {after['from']!r}")
        if rows[-1]["to"]:
            raise SystemExit(f"oil_points: {name} ends on {rows[-1]['to']}: say what comes after")


def _link_id(row: Row) -> str:
    name = row["passages"].split(";")[0] or "open"
    first = row["via"].split(";")[0].replace(" ", "-").replace(".0", "")
    return slug(f"{row['from_basin']} {row['to_basin']} {name if row['passages'] else f'open {first}'}", 80)


def _sea_link(row: Row, basins: dict[str, tuple[float, float]]) -> Row:
    """Length through the points on the way."""
    way = [tuple(float(number) for number in point.split()) for point in row.pop("via").split(";") if point]
    line = [basins[row["from_basin"]], *way, basins[row["to_basin"]]]
    km = sum(float(great_circle_km(*a, *b)) for a, b in pairwise(line))
    if row["grade"] == "D" and not row["capacity_kbd"]:
        row["note"] = _told(row["note"], NOTHING)
    return row | {"length_km": f"{km:.0f}"}
