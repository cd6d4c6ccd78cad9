"""crossings, crossing_status, crossing_waits, passages, ports, ferries, ferry_status, seasons, corridors, services."""

from __future__ import annotations

import re

from tools.facts.borders import border_km, pair_lines
from tools.facts.common import PATCHES, Context, read_csv, sentences, slug, unique_ids, words

CARRIES = {
    "rail": ("rail ferry",),
    "road": ("ro-ro", "ro-pax"),
    "container": ("feeder", "container", "liner"),
    "bulk": ("dry cargo", "dhow"),
    "oil": ("oil",),
    "persons": ("ro-pax",),
}

_CODED = re.compile(
    r"Freight (all|listed|none), persons \w+(?:[^.(]|\([^()]*(?:\([^()]*\)[^()]*)*\))*(?:\.(?:\s+|$)|$)"
)
"""The state of the last day in words, which the raw notes of crossings begin with; `crossing_status` has it dated."""
_WHOLE = {"approximate": "position approximate", "not verified": "service not verified"}
"""Notes that are one word short of saying what they speak of."""


def build(context: Context) -> dict[str, list[dict[str, str]]]:
    ports = [_port(context, row) for row in context.raw("ports")]
    port_ids = {row["name"]: row["id"] for row in ports}
    crossings = [_crossing(context, row) for row in context.raw("border_crossings") + context.patch("crossings_extra")]
    crossings += _inferred(context)
    return {
        "crossings": crossings,
        "crossing_status": [_status(context, row) for row in context.raw("border_status")],
        "crossing_waits": _waits(context, crossings),
        "passages": [_passage(context, row) for row in context.raw("chokepoints")],
        "ports": ports,
        "ferries": _ferries(context, ports),
        "ferry_status": [_dated(context, row, "ferry") for row in context.raw("ferry_status")],
        "seasons": _seasons(context, port_ids),
        "corridors": [_corridor(context, row, port_ids) for row in context.raw("corridors")],
        "services": [_service(context, row, port_ids) for row in context.raw("services")],
    }


def _inferred(context: Context) -> list[dict[str, str]]:
    """Crossings that the building of the network found on the pairs listed for it."""
    names = {row["iso3"]: row["name"] for row in context.raw("countries")}
    rows = []
    for raw in context.patch("crossings_inferred"):
        row = dict(raw)
        for side in "ab":
            row[f"name_{side}"] = row[f"name_{side}"] or f"border of {names[row[f'area_{side}']]}"
        if row.get("doubt") == "inferred":
            row["doubt"] = "found by the building of the network, not looked up"
        rows.append(context.finish(row))
    return rows


def measure(context: Context, crossings: list[dict[str, str]]) -> None:
    """Measure how far each crossing lies from the border of its areas."""
    lines = pair_lines(context.reference)
    for row in crossings:
        row["border_km"] = border_km(row, lines)


def _crossing(context: Context, raw: dict[str, str]) -> dict[str, str]:
    row = dict(raw)
    row["area_a"], row["area_b"] = row.pop("country_a"), row.pop("country_b")
    row["gauge_a_mm"], row["gauge_b_mm"] = row.pop("gauge_a"), row.pop("gauge_b")
    row["modes"] = "road;rail" if row["modes"] == "both" else words(row["modes"])
    if row["status_since"] == "1960s":
        row["status_since"] = "1960"
        row["note"] += ". Since the 1960s, year not known"
    row["inferred"] = row.get("inferred") or "false"
    row["note"] = _CODED.sub("", row["note"], count=1)
    return context.finish(row)


def _status(context: Context, raw: dict[str, str]) -> dict[str, str]:
    return context.finish(raw, "reason")


def _waits(context: Context, crossings: list[dict[str, str]]) -> list[dict[str, str]]:
    known = {row["id"]: row for row in crossings}
    matched = {
        (row["bcp"], row["country"], row["counterpart"], row["mode"]): row["crossing"]
        for row in context.patch("crossing_names")
    }
    rows = []
    for raw in context.raw("border_crossings_performance"):
        if raw["level"] != "bcp" or not (raw["time_h"] or raw["time_h_low"] or raw["time_h_high"] or raw["cost_usd"]):
            continue
        crossing = matched.get((raw["bcp"], raw["country"], raw["counterpart_country"], raw["mode"]), "")
        area, other = raw["country"], raw["counterpart_country"]
        if crossing and not other:
            pair = {known[crossing]["area_a"], known[crossing]["area_b"]}
            other = next(iter(pair - {area}))
        row = {
            "id": "-".join(filter(None, (slug(raw["bcp"], 30), raw["mode"], slug(raw["direction"]), raw["year"]))),
            "place": raw["bcp"],
            "crossing": crossing,
            "area": area,
            "counterpart_area": other,
            "mode": raw["mode"],
            "direction": _direction(raw["direction"], area, other),
            "year": raw["year"],
            "hours": raw["time_h"],
            "hours_low": raw["time_h_low"],
            "hours_high": raw["time_h_high"],
            "usd": raw["cost_usd"],
            "metric": raw["metric"],
            "note": raw["note"],
            "source": raw["source"],
            "url": raw["url"],
        }
        rows.append(context.finish(row))
    return unique_ids(rows, "area", "counterpart_area", "metric", "hours", "hours_low", "usd", "note", "source_id")


_AREA_OF = {
    "iran": "IRN",
    "russia": "RUS",
    "romania": "ROU",
    "lithuania": "LTU",
    "poland": "POL",
    "georgia": "GEO",
    "bangladesh": "BGD",
    "afghanistan": "AFG",
    "azerbaijan": "AZE",
    "turkmenistan": "TKM",
    "china": "CHN",
    "pakistan": "PAK",
    "belarus": "BLR",
    "ukraine": "UKR",
    "bulgaria": "BGR",
    "hungary": "HUN",
    "moldova": "MDA",
}


def _direction(text: str, area: str, other: str) -> str:
    """The direction as AAA>BBB or both; for pairs that trains run east to west, westbound is away from China."""
    if text == "both" or not other:
        return "both"
    if text in {"outbound", "export"}:
        return f"{area}>{other}"
    if text in {"inbound", "import"}:
        return f"{other}>{area}"
    if text.startswith("to "):
        target = _AREA_OF[text.removeprefix("to ").lower()]
        if target in {area, other}:
            origin = other if target == area else area
            return f"{origin}>{target}"
        # a train to China that crosses RUS-MNG enters the area nearer to China
        return f"{area}>{other}"
    if text == "westbound":
        west = {("CHN", "KAZ"): "KAZ", ("CHN", "MNG"): "MNG", ("CHN", "RUS"): "RUS", ("BLR", "POL"): "POL"}
        first, second = sorted((area, other))
        target = west[(first, second)]
        return f"{other if target == area else area}>{target}"
    raise SystemExit(f"crossing_waits: unknown direction {text!r} of {area}-{other}")


def _passage(context: Context, raw: dict[str, str]) -> dict[str, str]:
    row = dict(raw)
    owners = row.pop("controlling_states")
    row["areas"] = words(owners.replace(" (de facto)", ""), ";")
    if "(de facto)" in owners:
        row["note"] = "; ".join(filter(None, (row["note"], f"control: {owners}")))
    return context.finish(row)


def _port(context: Context, raw: dict[str, str]) -> dict[str, str]:
    row = dict(raw)
    row["id"] = slug(row["name"])
    row["area"] = row.pop("country")
    row["locode_checked"] = "true" if row["locode_checked"] == "yes" else "false"
    row["note"] = _said(row["note"])
    done = context.finish(row)
    # that is what the column locode_checked says
    done["doubt"] = "; ".join(one for one in sentences(done["doubt"]) if one != "LOCODE not verified")
    return done


def _said(note: str) -> str:
    """A note with its short sentences in full."""
    short = re.compile(r"(^|[;.] )(approximate|not verified)(?=[;.]|$)", re.IGNORECASE)
    return short.sub(lambda found: found[1] + _WHOLE[found[2].lower()], note)


def _ferries(context: Context, ports: list[dict[str, str]]) -> list[dict[str, str]]:
    by_area: dict[str, list[dict[str, str]]] = {}
    for port in ports:
        by_area.setdefault(port["area"], []).append(port)
    sailings = {row["frequency"]: row["departures_per_week"] for row in context.patch("ferry_frequencies")}
    rows = []
    for raw in context.raw("ferries"):
        row = dict(raw)
        for end in "ab":
            row[f"area_{end}"] = row.pop(f"country_{end}")
            row[f"port_{end}_id"] = _near_port(row, end, by_area)
        row["carries"] = (
            ";".join(kind for kind, marks in CARRIES.items() if any(mark in row["type"] for mark in marks)) or "road"
        )
        row["departures_per_week"] = sailings.get(row["frequency"], "")
        row["note"] = _said(row["note"])
        rows.append(context.finish(row))
    return rows


def _near_port(row: dict[str, str], end: str, by_area: dict[str, list[dict[str, str]]]) -> str:
    """The port of the same area whose name shares its first word, or which lies within about 8 km."""
    lat, lon = float(row[f"lat_{end}"]), float(row[f"lon_{end}"])
    best, best_degrees = "", 0.07
    for port in by_area.get(row[f"area_{end}"], []):
        degrees = ((float(port["lat"]) - lat) ** 2 + ((float(port["lon"]) - lon) * 0.75) ** 2) ** 0.5
        same = slug(port["name"]).split("-")[0] == slug(row[f"port_{end}"]).split("-")[0]
        if slug(row[f"port_{end}"]) in slug(port["name"]) or (same and slug(port["name"]).split("-")[0] != "bandar"):
            degrees /= 10
        if degrees < best_degrees:
            best, best_degrees = port["id"], degrees
    return best


def _dated(context: Context, raw: dict[str, str], subject: str) -> dict[str, str]:
    row = dict(raw)
    row[subject] = row["id"]
    row["id"] = f"{row['id']}-{row['from'].replace('-', '')}"
    return context.finish(row)


def _seasons(context: Context, port_ids: dict[str, str]) -> list[dict[str, str]]:
    rows = []
    aliases = {"St Petersburg": "St Petersburg (Bronka)"}
    for raw in context.raw("seasonal_windows"):
        row = dict(raw)
        if row["subject_kind"] == "port":
            row["subject"] = port_ids[aliases.get(row["subject"], row["subject"])]
        row["id"] = "-".join(
            filter(None, (slug(row["subject"]), row["effect"], row["from_month_day"], row["year_from"]))
        )
        rows.append(context.finish(row))
    return unique_ids(rows, "subject_kind", "mode", "to_month_day", "value", "unit", "probability", "year_to")


def gate(text: str, port_ids: dict[str, str]) -> str:
    """A gate with the id of its port instead of the name."""
    kind, _, name = text.strip().partition(":")
    return f"port:{port_ids[name]}" if kind == "port" else f"{kind}:{name}"


def _corridor(context: Context, raw: dict[str, str], port_ids: dict[str, str]) -> dict[str, str]:
    row = dict(raw)
    row["id"] = row.pop("branch_id")
    row["other_names"] = words(row["other_names"], ";")
    row["gates"] = ";".join(gate(item, port_ids) for item in row["gates"].split(";") if item.strip())
    row["areas"] = ";".join(row["areas"].split())
    row["status_by_date"] = words(row["status_by_date"], ";")
    row["needs_project"] = {one["branch"]: one["project"] for one in read_csv(PATCHES / "corridor_projects.csv")}.get(
        row["id"], ""
    )
    return context.finish(row, "note", "status_by_date")


def _service(context: Context, raw: dict[str, str], port_ids: dict[str, str]) -> dict[str, str]:
    row = dict(raw)
    row["via_gates"] = ";".join(gate(item, port_ids) for item in row["via_gates"].split(";") if item.strip())
    return context.finish(row, "note", "status")
