"""Tables that turn kilometres into hours, money and kilograms: parameters, terminals, gauge, products, cargo, rules."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import fmean

from tools.facts.common import RECALLED, Context, digest, slug, words
from tools.facts.cost_columns import declare_columns
from tools.facts.cost_rates import (
    Row,
    from_cpmm,
    from_emissions,
    from_rail,
    from_road,
    from_sea,
    number,
    raw_grade,
    show,
    years,
)
from tools.facts.spot import from_spot, lane_lengths

MEAN_OF_OTHERS = "mean of other posts"
"""Doubt of a mean of a country where a post has no figure of its own."""


ORDINARY_SHARE = 4.0 / 7.0
"""A box stayed four days at Rotterdam before the pandemic and seven in November 2021, says the port."""
ORDINARY_SOURCE = (
    "Congestion in the port of Rotterdam will persist until 2022, Reuters by Traineeag citing the port, 2021-11-11",
    "https://traineeag.com/2021/11/11/congestion-in-the-port-of-rotterdam-will-persist-until-2022/",
)


def parameters(context: Context) -> list[Row]:
    """The resolved table: derived rows first, then the hand-made ones of the patch file."""
    raw = context.raw("mode_parameters")
    patch = context.patch("parameters")
    fixed = {
        (row["parameter"], row["product"]): float(row["value"])
        for row in patch
        if row["parameter"] in {"service_km", "base_usd_teu"} and not row["lane"]
    }
    fixed["suez", "toll"] = next(
        float(row["usd_teu"])
        for row in context.patch("passage_costs")
        if row["passage"] == "suez" and row["year"] == "2023"
    )
    rows = [
        *from_cpmm(context, raw),
        *from_emissions(context, raw),
        *from_sea(context, raw),
        *from_spot(context.sources, context.patch("spot_rates"), lane_lengths(patch), fixed),
        *from_rail(context, raw, fixed),
        *from_road(context, raw),
    ]
    rows += [context.finish(row) for row in patch]
    out = []
    for row in rows:
        key = "-".join(
            filter(
                None,
                (
                    row.get(name, "")
                    for name in ("parameter", "mode", "product", "area", "lane", "year", "month_from", "cargo")
                ),
            )
        )
        full = dict.fromkeys(
            (
                "mode",
                "product",
                "area",
                "lane",
                "year",
                "year_to",
                "month_from",
                "month_to",
                "cargo",
                "low",
                "high",
                "doubt",
            ),
            "",
        )
        out.append(full | row | {"id": slug(key, 90)})
    return distinct(out, "value", "source_id")


def distinct(rows: list[Row], *detail: str) -> list[Row]:
    """Rows that mean the same year and subject: the derived one of the latest source stays, the rest get a suffix."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["id"]].append(row)
    out = []
    for key, group in groups.items():
        unique = list({tuple(row[name] for name in detail): row for row in group}.values())
        if len(unique) > 1:
            unique = [row | {"id": f"{key}-{digest(*(row[name] for name in detail))}"} for row in unique]
        out.extend(unique)
    return out


def terminal_times(context: Context) -> list[Row]:
    """Dwell and charges at terminals, matched to ports where the name allows."""
    places = {row["terminal"]: row for row in context.patch("terminal_places")}
    out = []
    for row in context.raw("terminal_times"):
        is_hours = row["unit"] in {"h", "h per train"}
        is_money = row["unit"].startswith("USD")
        if not (row["central"] or row["low"] or row["high"]) or not (is_hours or is_money):
            continue
        place = places.get(row["terminal"], {})
        ports = words(";".join(slug(name) for name in place.get("port", "").split(";"))) if place else ""
        central = number(row["central"])
        low, high = number(row["low"]), number(row["high"])
        if central is None:
            central = fmean([x for x in (low, high) if x is not None])
        first, last = years(row["year"])
        grade = raw_grade(row)
        usual = "dwell" in row["operation"] and ports != ""
        item = {
            "name": row["terminal"],
            "ports": ports,
            "area": row["country"],
            "kind": row["kind"],
            "operation": row["operation"],
            "direction": row["direction"],
            "year": first,
            "year_to": last,
            "use": "dwell" if usual else "transfer" if place.get("use") == "transfer" and is_hours else "",
            "unit": row["unit"],
            "grade": grade,
            "source_id": context.sources.cite(row["source"], row["url"], grade),
            "note": re.sub(r"^Grade [A-D]\.? ?", "", row["note"]),
            "doubt": "working guess"
            if "Working guess" in row["note"]
            else ("congested year" if "congest" in row["note"] or "autumn 2022" in row["note"] else ""),
        }
        columns = ("hours_low", "hours", "hours_high") if is_hours else ("usd_low", "usd", "usd_high")
        item |= dict.fromkeys(("hours_low", "hours", "hours_high", "usd_low", "usd", "usd_high"), "")
        item |= dict(zip(columns, map(show, (low, central, high)), strict=True))
        key = f"{row['terminal']}-{row['operation']}-{row['direction']}-{first}"
        out.append(item | {"id": slug(key, 70)})
    return distinct(out + ordinary_dwell(context, out), "hours", "usd", "hours_low", "usd_low")


def ordinary_dwell(context: Context, rows: Iterable[Row]) -> list[Row]:
    """The dwell of a congested year as it would be in an ordinary one: the share that Rotterdam tells of."""
    out = []
    best: dict[str, Row] = {}
    for row in rows:
        if row["use"] == "dwell" and row["doubt"] == "congested year":
            best.setdefault(row["ports"], row)
    for row in best.values():
        for first, last in (("2019", "2020"), ("2023", "2026")):
            hours = round(ORDINARY_SHARE * float(row["hours"]), 1)
            item = {
                "hours_low": show(round(0.6 * hours, 1)),
                "hours": show(hours),
                "hours_high": show(float(row["hours"])),
                "year": first,
                "year_to": last,
                "grade": "C",
                "source_id": f"{row['source_id']};{context.sources.cite(*ORDINARY_SOURCE, 'B')}",
                "doubt": "derived from a congested year",
                "note": "derived: four sevenths of the congested dwell of 2022, as at Rotterdam before the pandemic",
            }
            out.append(row | item | {"id": slug(f"{row['name']}-dwell-{first}", 70)})
    return out


def gauge_breaks(context: Context) -> list[Row]:
    """Times and charges of changing the gauge, matched to crossings."""
    places = {}
    for row in context.patch("gauge_places"):
        name, _, method = row["place"].partition("|")
        places[name, method] = row
    out = []
    for row in context.raw("gauge_break"):
        if row["record"] == "country gauge" or not (row["time_h"] or row["cost_usd"] or row["time_high_h"]):
            continue
        place = places.get((row["place_or_country"], row["method"])) or places.get((row["place_or_country"], ""), {})
        if row["record"] == "regime":
            continue
        rule = row["place_or_country"].startswith(("bogie exchange", "container transfer"))
        first, last = years(row["year"])
        grade = raw_grade(row)
        out.append(
            {
                "id": slug(f"{row['place_or_country']}-{row['method']}-{first}", 70),
                "place": row["place_or_country"],
                "crossings": place.get("crossings", ""),
                "area_a": row["country_a"],
                "area_b": row["country_b"],
                "gauge_a_mm": row["gauge_a_mm"],
                "gauge_b_mm": row["gauge_b_mm"],
                "method": row["method"],
                "use": "rule" if rule else place.get("use", ""),
                "year": first,
                "year_to": last,
                "hours_low": row["time_low_h"],
                "hours": row["time_h"],
                "hours_high": row["time_high_h"],
                "usd": row["cost_usd"],
                "usd_unit": row["cost_unit"],
                "grade": grade,
                "source_id": context.sources.cite(row["source"], row["url"], grade),
                "note": re.sub(r"^Grade [A-D]\.? ?", "", row["note"]),
                "doubt": "working guess" if "Working guess" in row["note"] else "",
            }
        )
    return distinct(out, "hours", "usd", "hours_low")


def products(context: Context) -> list[Row]:
    """What is sold: products with their least amounts, lanes with headhaul and backhaul, boxes, charges."""
    regions = {row["lane"]: row["region"] for row in context.patch("lane_regions")}
    out = []
    for row in context.raw("products"):
        item = context.finish(row)
        teu = ""
        if row["record"] == "product":
            teu = {"FEU": str(2 * int(row["min_units"] or 0)), "TEU": row["min_units"], "container": "1"}.get(
                row["min_unit"], ""
            )
            if row["min_unit"] == "wagon" and int(row["min_units"]) > 1:
                teu = str(2 * int(row["min_units"]))
        item |= {
            "min_teu": teu,
            "lane_from": words(row["lane_from"], ","),
            "lane_to": words(row["lane_to"], ","),
            "from_region": regions.get(row["lane_from"], "") if row["record"] == "lane" else "",
            "to_region": regions.get(row["lane_to"], "") if row["record"] == "lane" else "",
            "factor": item.pop("factor_vs_headhaul"),
            "modes": words(item.pop("mode")),
        }
        out.append(item)
    return out


def simple(context: Context, name: str, **defaults: str) -> list[Row]:
    """A hand-made table as it stands, with source, grade and doubt filled in."""
    return [context.finish({"note": ""} | defaults | row) for row in context.patch(name)]


def ferry_costs(context: Context, ferries: Iterable[Row]) -> list[Row]:
    """Headway and fare of each ferry: headway from the words of the frequency, fare from tariffs or the rule."""
    raw = context.raw("mode_parameters")
    rule = {row["area"]: row for row in context.patch("ferry_fares")}
    through = {row["id"]: row["passages"] for row in context.patch("ferry_passages")}
    fare = next(row for row in raw if row["parameter"] == "fare 16.5 m truck one way")
    iran = next(row for row in raw if row["region_or_corridor"] == "Kuryk - Amirabad, Anzali")
    out = []
    for row in ferries:
        caspian = any(
            name in row["id"]
            for name in ("aktau", "kuryk", "alat", "turkmenbashi", "anzali", "amirabad", "makhachkala")
        )
        low, mid, high, certain = headway(row["frequency"])
        if caspian and mid < 96:
            low, mid, high, certain = mid, max(2 * mid, 72.0), 168.0, False
        km = float(row["distance_km"] or 0)
        if row["id"] == "alat-turkmenbashi":
            usd, usd_low, usd_high, source, grade = 1000.0, 800.0, 1072.0, fare, "B"
        elif row["id"] in {"aktau-anzali", "aktau-amirabad"}:
            usd, usd_low, usd_high, source, grade = 1650.0, 1600.0, 1700.0, iran, "B"
        else:
            law = rule["caspian" if caspian else ""]
            usd = float(law["base_usd"]) + float(law["usd_km"]) * km
            usd_low, usd_high, source, grade = 0.6 * usd, 1.7 * usd, None, "D"
        cited = context.sources.cite(source["source"], source["url"], "B") if source else RECALLED
        out.append(
            {
                "id": row["id"],
                "headway_h_low": show(low),
                "headway_h": show(mid),
                "headway_h_high": show(high),
                "usd_lorry_low": show(usd_low),
                "usd_lorry": show(usd),
                "usd_lorry_high": show(usd_high),
                "usd_teu_low": show(0.35 * usd),
                "usd_teu": show(0.5 * usd),
                "usd_teu_high": show(0.8 * usd),
                "passages": through.get(row["id"], ""),
                "year": "2023",
                "grade": grade if certain else "D",
                "source_id": cited,
                "note": f"headway read from: {row['frequency'] or 'nothing stated'}; a TEU pays half a lorry",
                "doubt": "; ".join(
                    filter(
                        None,
                        (
                            "fare by rule" if source is None else "",
                            "no timetable, ships sail when full"
                            if caspian
                            else ("" if certain else "headway is a reading of words"),
                        ),
                    )
                ),
            }
        )
    return out


def headway(text: str) -> tuple[float, float, float, bool]:
    """Hours between departures (low, central, high) from words such as "3-5 per week"; False when it is a guess."""
    if match := re.search(r"(\d+)(?:-(\d+))?(?: calls| sailings)? per (day|week|month)", text):
        period = {"day": 24.0, "week": 168.0, "month": 730.0}[match[3]]
        few, many = float(match[1]), float(match[2] or match[1])
        return period / many, period / ((few + many) / 2), period / few * 1.3, True
    table = {
        "about 40-50 per day": 0.5,
        "daily": 24.0,
        "weekly": 168.0,
        "fortnightly": 336.0,
        "every 1-2 weeks": 252.0,
        "every 1-3 days": 48.0,
        "several per week": 56.0,
        "several per day": 6.0,
        "continuous": 1.0,
        "round trip in 5 days": 30.0,
    }
    for words_, hours in table.items():
        if text.startswith(words_):
            return hours * 0.7, hours, hours * 1.6, words_ not in {"several per week", "several per day"}
    return 84.0, 240.0, 500.0, False


def derive(context: Context, tables: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    """What a ferry costs, from the finished ferries."""
    return {"ferry_costs": ferry_costs(context, tables["ferries"])}


def build(context: Context) -> dict[str, list[Row]]:
    """All other tables of this group."""
    declare_columns(context.tables)
    regions = [
        {
            "id": f"{row['region']}-{area}".lower().replace("_", "-"),
            "region": row["region"],
            "area": area,
            "source_id": RECALLED,
            "grade": "D",
            "note": row["note"],
            "doubt": "",
        }
        for row in context.patch("cost_regions")
        for area in row["areas"].split()
    ]
    cpi = "coinnews table of the US consumer price index (BLS, CPI-U, yearly means)"
    url = "http://coinnews.net/tools/cpi-inflation-calculator/consumer-price-index-cpi-and-annual-percent-changes-from-1913-to-2008"
    prices = [
        context.finish(
            {
                "id": row["year"],
                "year": row["year"],
                "index": row["cpi"],
                "grade": row["grade"],
                "source": cpi if row["grade"] == "B" else "",
                "url": url if row["grade"] == "B" else "",
                "note": "1982-84 = 100" if row["grade"] == "B" else "1982-84 = 100; recalled or carried forward",
            }
        )
        for row in context.patch("price_index")
    ]
    value_of_time = simple(context, "value_of_time_classes")
    for row in context.patch("passage_costs"):
        row["id"] = f"{row['passage']}-{row['year']}"
    cargo = [
        context.finish(row | {"hs": words(row["hs"]), "parents": words(row["parents"]), "grade": "D"})
        for row in context.patch("cargo_classes")
    ]
    rules = [
        row | {"doubt": MEAN_OF_OTHERS} if row["kind"] == "side" else row
        for row in simple(context, "crossing_wait_rules")
    ] + side_rules(context)
    rules = surveyed(context, rules)
    return {
        "parameters": parameters(context),
        "terminal_times": terminal_times(context),
        "gauge_breaks": gauge_breaks(context),
        "products": products(context),
        "cargo_classes": cargo,
        "value_of_time": value_of_time,
        "price_index": prices,
        "crossing_wait_rules": rules,
        "grade_spread": simple(context, "grade_spread", grade="D"),
        "cost_regions": regions,
        "sea_basins": simple(context, "sea_basins", grade="D"),
        "passage_costs": [
            context.finish(row | {"id": f"{row['passage']}-{row['year']}"}) for row in context.patch("passage_costs")
        ],
        "year_regimes": [
            context.finish(row | {"id": slug(f"{row['year']} {row['area']} {row['parameter']}"), "grade": "D"})
            for row in context.patch("year_regimes")
        ],
        "wait_metrics": [
            context.finish(row | {"id": slug(row["metric"]), "grade": row["grade"] or "D"})
            for row in context.patch("wait_metrics")
        ],
        "carrier_classes": [
            context.finish(
                row | {"id": slug("-".join((*(row[end] or "any" for end in ("carrier", "trade")), row["cargo"])))}
            )
            for row in context.patch("carrier_classes")
        ],
        "port_trades": [
            context.finish(row | {"id": row["word"], "grade": "D"}) for row in context.patch("port_trades")
        ],
        "port_roles": [
            context.finish(row | {"id": slug(row["kind"]), "grade": "D"}) for row in context.patch("feeder_kinds")
        ],
    }


def surveyed(context: Context, rules: Iterable[Row]) -> list[Row]:
    """Rules where a mean of a country speaks of the borders that were surveyed (`mean_borders`), if not of all."""
    borders = context.patch("mean_borders")
    return [
        row | {"area_b": next((one["borders"] for one in borders if _speaks_of(one, row)), "")}
        if row["kind"] == "side" and not row["area_b"]
        else row
        for row in rules
    ]


def _speaks_of(borders: Row, mean: Row) -> bool:
    """Whether a row of `mean_borders` tells the borders of a mean; what it leaves empty is any."""
    return (borders["area"], borders["mode"]) == (mean["area_a"], mean["mode"]) and all(
        borders[key] in ("", mean[key]) for key in ("direction", "year")
    )


def side_rules(context: Context) -> list[Row]:
    """Mean hours at one side of a border by country, direction and year (CPMM), used where a post has no row."""
    out = []
    for row in context.raw("border_crossings_performance"):
        if row["level"] != "country average" or row["mode"] not in {"road", "rail"} or not row["time_h"]:
            continue
        cited = context.sources.cite(row["source"], row["url"], "A")
        out.append(
            {
                "id": slug(f"side-{row['country']}-{row['mode']}-{row['direction']}-{row['year']}"),
                "kind": "side",
                "mode": row["mode"],
                "area_a": row["country"],
                "area_b": "",
                "direction": row["direction"],
                "priority": "3",
                "year": row["year"],
                "year_to": "",
                "hours_low": "",
                "hours": row["time_h"],
                "hours_high": "",
                "holds_loco": "true" if row["mode"] == "rail" else "",
                "usd_low": "",
                "usd": row["cost_usd"],
                "usd_high": "",
                "grade": "C",
                "source_id": cited,
                "note": "mean of all posts of the country, measured; used for a post without a row of its own. "
                + row["note"],
                "doubt": MEAN_OF_OTHERS,
            }
        )
    return distinct(out, "hours", "usd")
