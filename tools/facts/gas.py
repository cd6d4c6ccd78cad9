"""Gas and oil: zones, points, yearly balances, trade, shapes of demand, stores, dealings, LNG, pipelines."""

from __future__ import annotations

from tools.facts import energy_stores, gas_dealings, oil
from tools.facts.common import Context, digest, unique_ids
from tools.facts.energy_sources import Cited, doubts, next_day

LAST_KNOWN = "2026-06-30"
"""Last day of the raw points: an interval that ends on it is open."""
POOL = "LNG"
ZONE_KINDS = {"EMD_H": "node", "LNG": "pool", "LNG_ROW": "pool"}
BASES = {
    "origin (contractual), 40 MJ/m3": "origin",
    "origin (contractual), cubic metres at 15 C, own heat value": "origin-own-heat",
    "declared partner (origin where known), GCV / 40 MJ/m3": "declared",
    "physical border flow (transit included)": "physical",
    "physical border flow, October-December 2008 only (3 months)": "physical",
    "sales of Gazprom group, Russian standard cubic metres": "sales",
    "recalled": "recalled",
}
MONTHS = {"October-December 2008 only (3 months)": ("10", "12"), "January-September 2022 only": ("1", "9")}
"""Months of the year that a row speaks of, by the words of its basis or note; the whole year otherwise."""

UNLISTED = "production: the Review names no such producer; a judgement"


def build(context: Context) -> dict[str, list[dict[str, str]]]:
    cited = Cited(context)
    tables = {
        "gas_zones": [_zone(cited, row) for row in context.raw("gas_zones")],
        "gas_points": [_point(cited, row) for row in context.raw("gas_points")],
        "gas_years": [_year(cited, row) for row in context.raw("gas_years")],
        "gas_trade": unique_ids(_trade(cited, row) for row in _with_transit(context, context.raw("gas_trade"))),
        "gas_shapes": [_shape(cited, row) for row in context.raw("gas_monthly_shape")],
        "gas_demand_tiers": [_tier(cited, row) for row in context.raw("gas_demand_tiers")],
        "gas_cold": [_cold(cited, row) for row in context.raw("gas_cold")],
        "gas_zone_shares": [_share(cited, row) for row in context.raw("gas_zone_shares")],
        "lng_supply": [_lng(cited, row) for row in context.raw("lng_pool")],
        **energy_stores.build(cited),
        **gas_dealings.build(cited),
        **oil.build(cited),
    }
    doubts(context, tables)
    return tables


def _zone(cited: Cited, raw: dict[str, str]) -> dict[str, str]:
    zone, area = raw["zone"], raw["area"]
    names = {row["iso3"]: row["name"] for row in cited.context.raw("countries")}
    # some names of the raw list are codes or shortened
    name = names.get(area, raw["name"]) if zone == area else raw["name"]
    row = {"id": zone, "area": area, "name": name, "kind": ZONE_KINDS.get(zone, "zone"), "note": raw["note"]}
    return cited.finish({**row, "source": "general knowledge, unverified", "url": "", "grade": "D"})


def _point(cited: Cited, raw: dict[str, str]) -> dict[str, str]:
    kind = raw["kind"].replace(" ", "-")
    if raw["from_zone"] == POOL:
        kind = "lng-import"
    elif raw["to_zone"] == POOL:
        kind = "lng-export"
    row = {
        "id": f"{raw['id']}-{raw['from'].replace('-', '')}",
        "point": raw["id"],
        "from_zone": raw["from_zone"],
        "to_zone": raw["to_zone"],
        "pipeline": raw["pipe"],
        "capacity_mcmd": raw["capacity_mcmd"],
        "from": raw["from"],
        "to": "" if raw["to"] in {"", LAST_KNOWN} else next_day(raw["to"]),
        "kind": kind,
    }
    return cited.finish({**row, **cited.tail(raw, pipeline=raw["pipe"])})


def _year(cited: Cited, raw: dict[str, str]) -> dict[str, str]:
    if raw["production_grade"] == "D" and "Energy Institute" in raw["source"]:
        raw = {**raw, "note": "; ".join(filter(None, (raw["note"], UNLISTED)))}
    row = {"id": f"{raw['iso3']}-{raw['year']}", "area": raw["iso3"]}
    row |= {key: raw[key] for key in ("year", "production_bcm", "consumption_bcm")}
    row |= {key: raw[key] for key in ("production_grade", "consumption_grade")}
    return cited.finish({**row, **cited.tail(raw)})


def _with_transit(context: Context, raws: list[dict[str, str]]) -> list[dict[str, str]]:
    """Border flows published without what passes through: what leaves by the same way is added."""
    flows = {
        (raw["importer"], raw["origin"], raw["year"], raw["route"]): raw
        for raw in raws
        if BASES[raw["basis"]] == "physical"
    }
    added: dict[int, dict[str, str]] = {}
    for patch in context.patch("gas_transit_added"):
        for (importer, origin, year, route), raw in flows.items():
            through = flows.get((patch["through_importer"], patch["through_origin"], year, route))
            if (importer, origin) == (patch["importer"], patch["origin"]) and through is not None:
                row = added.get(id(raw), raw)
                bcm = float(row["bcm"]) + float(through["bcm"])
                note = "; ".join(filter(None, (row["note"], patch["note"])))
                added[id(raw)] = {**row, "bcm": f"{bcm:g}", "grade": "C", "note": note}
    return [added.get(id(raw), raw) for raw in raws]


def _trade(cited: Cited, raw: dict[str, str]) -> dict[str, str]:
    basis, route = BASES[raw["basis"]], raw["route"].lower()
    words = f"{raw['basis']}; {raw['note']}"
    first, last = next((months for key, months in MONTHS.items() if key in words), ("", ""))
    parts = (raw["importer"], raw["origin"], raw["year"], route, basis)
    row = {
        "id": "-".join(parts),
        "importer": raw["importer"],
        "origin": raw["origin"],
        "year": raw["year"],
        "first_month": first,
        "last_month": last,
        "bcm": raw["bcm"],
        "route": route,
        "basis": basis,
    }
    return cited.finish({**row, **cited.tail(raw), "note": words.removesuffix("; ")})


def _shape(cited: Cited, raw: dict[str, str]) -> dict[str, str]:
    row = {"id": f"{raw['area']}-{raw['period']}", **{key: raw[key] for key in ("area", "class", "period")}}
    row |= {f"m{month:02d}": raw[f"m{month:02d}"] for month in range(1, 13)}
    return cited.finish({**row, "basis": raw["basis"], **cited.tail(raw)})


def _tier(cited: Cited, raw: dict[str, str]) -> dict[str, str]:
    row = {"id": f"{raw['area']}-{raw['tier'].replace('_', '-')}", "area": raw["area"]}
    row |= {key: raw[key] for key in ("tier", "order_of_cut", "share_annual", "share_january", "switching_potential")}
    row |= {
        "share_annual_grade": raw["grade_annual"],
        "share_january_grade": raw["grade_january"],
        "switching_potential_grade": raw["grade_switching"],
    }
    # the shares carry the row; how much can switch has a grade of its own
    worst = max(raw["grade_annual"], raw["grade_january"])
    return cited.finish({**row, **cited.tail({**raw, "grade": worst})})


def _cold(cited: Cited, raw: dict[str, str]) -> dict[str, str]:
    measure = raw["measure"].replace("_", "-")
    row = {"id": f"{raw['area']}-{measure}-{digest(raw['base'])}", "area": raw["area"], "measure": measure}
    row |= {key: raw[key] for key in ("base", "multiplier", "period")}
    # what is not sure is the excess over the base, not the whole
    low, high = cited.ratios[raw["grade"]]
    value = float(raw["multiplier"])
    ends = sorted((1 + (value - 1) * low, 1 + (value - 1) * high))
    row |= {"multiplier_low": f"{ends[0]:.4f}", "multiplier_high": f"{ends[1]:.4f}"}
    return cited.finish({**row, **cited.tail(raw)})


def _share(cited: Cited, raw: dict[str, str]) -> dict[str, str]:
    row = {"id": f"{raw['zone']}-{raw['item']}-{raw['year']}"}
    row |= {key: raw[key] for key in ("zone", "area", "year", "item", "share", "bcm")}
    return cited.finish({**row, **cited.tail(raw)})


def _lng(cited: Cited, raw: dict[str, str]) -> dict[str, str]:
    parts = [raw["exporter"], raw["year"], raw["month"].zfill(2) if raw["month"] else ""]
    note = raw["note"]
    kind = "supply"
    if raw["exporter"] == "WORLD":
        kind = "total"
    elif note.startswith("re-exports"):
        kind = "re-export"
    elif note.startswith("outage") and not raw["supply_bcm"]:
        kind = "outage"
    row = {
        "id": "-".join(part for part in parts if part),
        "exporter": raw["exporter"],
        "zone": "" if ";" in raw["zone"] else raw["zone"],
        "zones": raw["zone"],
        "kind": kind,
    }
    row |= {key: raw[key] for key in ("year", "month", "supply_bcm", "capacity_bcm_y", "divertible_share")}
    row |= {key: raw[key] for key in ("days_nw_europe", "days_mediterranean", "days_india", "days_east_asia")}
    row["divertible_share_grade"] = raw["grade_flexibility"]
    return cited.finish({**row, **cited.tail(raw)})
