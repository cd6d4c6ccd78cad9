"""Tables that turn kilometres into hours, money and kilograms: parameters, terminals, gauge, products, cargo, rules."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import fmean

from tools.facts.common import RECALLED, Context, declare, digest, slug, words

Row = dict[str, str]
EUR_USD = 1.07
KMH_PER_KNOT = 1.852
CPMM_LOAD_T = 20
CPMM_KM = 500
ORDINARY_SHARE = 0.6
CPMM_AREAS = {
    "Kazakhstan": "KAZ",
    "China (Xinjiang, Inner Mongolia)": "CHN",
    "China to border": "CHN",
    "Georgia": "GEO",
    "Azerbaijan": "AZE",
    "Kyrgyz Republic": "KGZ",
    "Mongolia": "MNG",
    "Pakistan": "PAK",
    "Tajikistan": "TJK",
    "Uzbekistan": "UZB",
    "Turkmenistan": "TKM",
    "Afghanistan": "AFG",
}
EMISSIONS = (  # raw mode, raw region (beginning), mode, product, level of the three rows
    (
        "truck",
        "articulated >33 t, average laden",
        "road",
        "",
        "articulated >33 t, 100 % laden",
        "articulated >33 t, 50 % laden",
    ),
    (
        "deep-sea container ship",
        "container ship average",
        "sea",
        "container ship",
        "container ship 8000+ TEU",
        "container ship 3000-4999 TEU",
    ),
    (
        "feeder",
        "container ship 1000-1999 TEU",
        "sea",
        "feeder",
        "container ship 2000-2999 TEU",
        "container ship 0-999 TEU",
    ),
    (
        "Caspian ferry",
        "RoRo ferry average",
        "sea",
        "ferry",
        "RoRo ferry 2000+ lane metres",
        "RoRo ferry 0-1999 lane metres",
    ),
    ("river-sea vessel", "general cargo 0-4999 dwt", "sea", "river-sea", "", "general cargo 0-4999 dwt 100+ TEU"),
    (
        "bulk carrier",
        "bulk carrier 35000-59999 dwt",
        "sea",
        "bulk carrier",
        "bulk carrier 60000-99999 dwt",
        "bulk carrier 10000-34999 dwt",
    ),
    (
        "air freight",
        "freighter long haul over 4000 km",
        "air",
        "",
        "long haul without radiative forcing",
        "long haul with radiative forcing",
    ),
)
CHINESE_BORDER = {"KAZ", "MNG"}
"""Countries whose mean rail border is made by the posts with China, so that it says nothing of the others."""


def number(text: str) -> float | None:
    return float(text) if text.strip() else None


def show(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"


def years(text: str) -> tuple[str, str]:
    found = re.findall(r"\d{4}", text)
    return (found[0], found[-1] if len(found) > 1 else "") if found else ("", "")


def raw_grade(row: Mapping[str, str]) -> str:
    """The grade that the note of a raw row starts with, else what its source and derivation tell."""
    if match := re.match(r"Grade ([A-D])\b", row.get("note", "")):
        return match[1]
    if row.get("source", "").startswith("general knowledge"):
        return "D"
    if "CPMM" in row.get("source", "") or "UK Government GHG" in row.get("source", ""):
        return "A"
    return "C" if row.get("derived") == "yes" else "B"


def make(context: Context, parameter: str, value: float, raw: Mapping[str, str], **more: str) -> Row:
    """One row of `parameters` from a raw row of `mode_parameters`."""
    first, last = years(raw["year"])
    return {
        "parameter": parameter,
        "value": show(value),
        "year": first,
        "year_to": last,
        "grade": raw_grade(raw),
        "source_id": context.sources.cite(raw["source"], raw["url"], raw_grade(raw)),
        "note": re.sub(r"^Grade [A-D]\.? ?", "", raw["note"]),
        **more,
    }


def from_cpmm(context: Context, raw: Iterable[Row]) -> list[Row]:
    """Driving speeds, and costs without the fees of one border, of road and rail by country and year."""
    out = []
    fees = {
        (row["country"], row["mode"], row["year"]): float(row["cost_usd"])
        for row in context.raw("border_crossings_performance")
        if row["level"] == "country average" and row["direction"] == "both" and row["cost_usd"]
    }
    for row in raw:
        area = CPMM_AREAS.get(row["region_or_corridor"])
        mode = {"truck": "road", "conventional rail": "rail"}.get(row["mode"])
        if not area or not mode:
            continue
        product = "single wagon" if mode == "rail" else ""
        if row["parameter"].startswith("speed without stops"):
            if mode == "rail" and area not in {"UZB", "MNG"}:
                continue  # running speeds between stops, without the yards that single wagons pass
            value = float(row["value"])
            out.append(make(context, "speed_kmh", value, row, mode=mode, product=product, area=area))
            if mode == "rail" and area == "MNG":
                out.append(make(context, "speed_kmh", value, row, mode=mode, product="container train", area=area))
        elif row["parameter"].startswith("total cost per 500 km"):
            fee = fees.get((area, mode, row["year"]), 0.0)
            km_usd = (float(row["value"]) - fee) / CPMM_KM
            note = f"total of {row['value']} USD for {CPMM_KM} km and {CPMM_LOAD_T} t"
            note += f" less {fee:.0f} USD of fees at one border" if fee else ", fees at borders included"
            if mode == "road":
                item = make(context, "rate_usd_lorry_km", km_usd, row, mode=mode, area=area)
                item["product"] = "border region" if area == "CHN" else ""
                low, high = 0.6, 1.2
            else:
                item = make(context, "rate_usd_tkm", km_usd / CPMM_LOAD_T, row, mode=mode, product=product, area=area)
                low, high = 0.5, 1.3
            value = float(item["value"])
            out.append(
                item
                | {
                    "low": show(value * low),
                    "high": show(value * high),
                    "note": note,
                    "grade": "C" if fee else "A",
                    "doubt": ("" if fee else "holds border fees; ")
                    + "sample of CAREC forwarders, pandemic years are dear",
                }
            )
    return out


def from_emissions(context: Context, raw: list[Row]) -> list[Row]:
    """Well-to-wheel grams for a tonne-kilometre, with the neighbouring classes as the range."""
    grams = {
        (row["mode"], row["region_or_corridor"]): row
        for row in raw
        if row["parameter"] in {"CO2e well-to-wheel", "CO2e well-to-wake"} and row["value"]
    }
    out = []
    for raw_mode, central, mode, product, low, high in EMISSIONS:
        row = grams[raw_mode, central]
        item = make(context, "wtw_g_tkm", float(row["value"]), row, mode=mode, product=product)
        for key, other in (("low", low), ("high", high)):
            if (raw_mode, other) in grams:
                item[key] = grams[raw_mode, other]["value"]
        out.append(item)
    return out


def from_sea(context: Context, raw: list[Row], fixed: Mapping[tuple[str, str], float]) -> list[Row]:
    """Ship speeds by year, and yearly means of the spot rates as dollars for a TEU-kilometre."""
    out = []
    for row in raw:
        if row["region_or_corridor"] == "world fleet" and row["unit"] == "knots" and row["level"] == "central":
            value = float(row["value"]) * KMH_PER_KNOT
            out.append(
                make(
                    context,
                    "speed_kmh",
                    value,
                    row,
                    mode="sea",
                    product="container ship",
                    low=show(value * 0.93),
                    high=show(value * 1.15),
                )
            )
    by_year: dict[str, list[Row]] = defaultdict(list)
    for row in raw:
        if row["region_or_corridor"] == "Shanghai - Rotterdam" and row["parameter"] in {
            "spot rate (Drewry WCI)",
            "spot rate annual mean",
        }:
            by_year[row["year"]].append(row)
    for year, rows in sorted(by_year.items()):
        cape = int(year) >= 2024
        km = fixed["service_km", "container ship cape" if cape else "container ship"]
        toll = 0.0 if cape else fixed["suez", "toll"]
        values = [(float(row["value"]) / 2 - toll - 2 * fixed["base_usd_teu", "container ship"]) / km for row in rows]
        mean = fmean(values)
        sources = [context.sources.cite(row["source"], row["url"], raw_grade(row)) for row in rows]
        out.append(
            {
                "parameter": "rate_usd_teu_km",
                "mode": "sea",
                "product": "container ship",
                "area": "",
                "year": year,
                "low": show(min(min(values), mean * 0.8)),
                "value": show(mean),
                "high": show(max(max(values), mean * 1.25)),
                "grade": "C",
                "source_id": words(";".join(sources)),
                "note": f"mean of {len(rows)} weekly spot rates Shanghai-Rotterdam less toll and the part for each end, over "
                f"{km:.0f} km {'round the Cape' if cape else 'by Suez'}; used on all lanes without a rate of their own",
                "doubt": "weeks are not spread evenly over the year; other lanes differ",
            }
        )
    return out


def from_rail(context: Context, raw: list[Row], fixed: Mapping[tuple[str, str], float]) -> list[Row]:
    """Container trains: the transit index on the 1520 part, the South Caucasus, measured speeds."""
    out = []
    km = fixed["service_km", "container train"]
    wanted = {
        ("Transit KAZ-RUS-BLR, composite (ERAI)", "rate index", "central"),
        ("Dostyk/Altynkol - Brest/Bruzgi/Kaliningrad (1520 part)", "rate per FEU", "central"),
    }
    for row in raw:
        key = (row["region_or_corridor"], row["parameter"], row["level"])
        where = row["region_or_corridor"]
        if key in wanted:
            value = float(row["value"]) / 2 / km
            for area in ("KAZ", "RUS", "BLR"):
                out.append(
                    make(
                        context,
                        "rate_usd_teu_km",
                        value,
                        row,
                        mode="rail",
                        product="container train",
                        area=area,
                        low=show(value * 0.82),
                        high=show(value * 1.1),
                    )
                    | {"grade": "B"}
                )
        elif where == "Baku/Kishly - Poti/Batumi":
            for area in ("AZE", "GEO", "ARM"):
                out.append(
                    make(
                        context,
                        "rate_usd_teu_km",
                        0.85,
                        row,
                        mode="rail",
                        product="container train",
                        area=area,
                        low="0.65",
                        high="0.9",
                    )
                    | {"grade": "B" if area != "ARM" else "D", "note": "800 USD/20 ft over about 900 km, discounted"}
                )
        elif where == "Russia, transit container trains" and row["level"] == "central":
            value = float(row["value"]) / 24
            out.append(
                make(
                    context,
                    "speed_kmh",
                    value,
                    row,
                    mode="rail",
                    product="container train",
                    area="RUS",
                    low=show(839 / 24),
                    high=show(value * 1.15),
                )
            )
        elif where == "India, mixed network":
            for product in ("container train", "single wagon"):
                out.append(
                    make(
                        context,
                        "speed_kmh",
                        float(row["value"]),
                        row,
                        mode="rail",
                        product=product,
                        area="IND",
                        low="20",
                        high="40",
                    )
                )
    return out


def from_road_and_others(context: Context, raw: list[Row]) -> list[Row]:
    """European lorry contracts, river-sea freight, air rates."""
    out = []
    contracts = [
        row for row in raw if row["parameter"] == "rate per vehicle-km" and row["region_or_corridor"].startswith("EU")
    ]
    values = [float(row["value"]) * EUR_USD for row in contracts]
    out.append(
        make(
            context,
            "rate_usd_lorry_km",
            fmean(values),
            contracts[0],
            mode="road",
            area="europe",
            low=show(min(values)),
            high=show(max(values)),
        )
        | {"grade": "B", "note": "mean of six lanes, fourth quarter of 2024, 1 EUR taken as 1.07 USD"}
    )
    for row in raw:
        where = row["region_or_corridor"]
        if where == "Astrakhan - north Iran" and row["unit"] == "USD/tkm":
            for mode in ("sea", "river"):
                out.append(
                    make(
                        context,
                        "rate_usd_tkm",
                        float(row["value"]),
                        row,
                        mode=mode,
                        product="river-sea",
                        low="0.02",
                        high="0.035",
                    )
                    | {"grade": "B"}
                )
        elif where == "China - Europe" and row["parameter"] == "cost per tonne-km" and row["mode"] == "air freight":
            out.append(make(context, "rate_usd_tkm", float(row["value"]), row, mode="air", low="0.37", high="0.61"))
    return out


def parameters(context: Context) -> list[Row]:
    """The resolved table: derived rows first, then the hand-made ones of the patch file."""
    raw = context.raw("mode_parameters")
    patch = context.patch("parameters")
    fixed = {
        (row["parameter"], row["product"]): float(row["value"])
        for row in patch
        if row["parameter"] in {"service_km", "base_usd_teu"}
    }
    fixed["suez", "toll"] = next(
        float(row["usd_teu"])
        for row in context.patch("passage_costs")
        if row["passage"] == "suez" and row["year"] == "2023"
    )
    rows = [
        *from_cpmm(context, raw),
        *from_emissions(context, raw),
        *from_sea(context, raw, fixed),
        *from_rail(context, raw, fixed),
        *from_road_and_others(context, raw),
    ]
    rows += [context.finish(row) for row in patch]
    out = []
    for row in rows:
        key = "-".join(
            filter(
                None, (row.get(name, "") for name in ("parameter", "mode", "product", "area", "lane", "year", "cargo"))
            )
        )
        full = dict.fromkeys(
            ("mode", "product", "area", "lane", "year", "year_to", "cargo", "low", "high", "doubt"), ""
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
        for row in unique:
            out.append(row if len(unique) == 1 else row | {"id": f"{key}-{digest(*(row[name] for name in detail))}"})
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
            "use": "dwell"
            if usual
            else (
                "transfer"
                if row["kind"].startswith("rail gauge-change terminal")
                and "transfer" in row["operation"]
                and row["unit"] == "h"
                and first == "2019"
                else ""
            ),
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
    return distinct(out + ordinary_dwell(out), "hours", "usd", "hours_low", "usd_low")


def ordinary_dwell(rows: Iterable[Row]) -> list[Row]:
    """The dwell of a congested year as it would be in an ordinary one: six tenths of it, as the notes advise."""
    out = []
    best: dict[str, Row] = {}
    for row in rows:
        if row["use"] == "dwell" and row["doubt"] == "congested year":
            best.setdefault(row["ports"], row)
    for row in best.values():
        for first, last in (("2019", "2020"), ("2023", "2026")):
            hours = ORDINARY_SHARE * float(row["hours"])
            item = {
                "hours_low": show(0.6 * hours),
                "hours": show(hours),
                "hours_high": show(float(row["hours"])),
                "year": first,
                "year_to": last,
                "grade": "D",
                "doubt": "derived from a congested year",
                "note": "six tenths of the congested dwell of 2022",
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


def ferry_costs(context: Context) -> list[Row]:
    """Headway and fare of each ferry: headway from the words of the frequency, fare from tariffs or the rule."""
    raw = context.raw("mode_parameters")
    rule = {row["area"]: row for row in context.patch("ferry_fares")}
    fare = next(row for row in raw if row["parameter"] == "fare 16.5 m truck one way")
    iran = next(row for row in raw if row["region_or_corridor"] == "Kuryk - Amirabad, Anzali")
    out = []
    for row in context.raw("ferries"):
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
                "year": "2023",
                "grade": grade if certain else "D",
                "source_id": cited,
                "note": f"headway read from: {row['frequency'] or 'nothing stated'}; a TEU on a wagon or trailer pays half a lorry",
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
    if match := re.search(r"(\d+)(?:-(\d+))? per (day|week|month)", text):
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


def build(context: Context) -> dict[str, list[Row]]:
    """All tables of this group."""
    declare_columns()
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
    rules = simple(context, "crossing_wait_rules") + side_rules(context)
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
        "ferry_costs": ferry_costs(context),
        "year_regimes": [
            context.finish(row | {"id": slug(f"{row['year']} {row['area']}"), "grade": "D"})
            for row in context.patch("year_regimes")
        ],
        "wait_metrics": [
            context.finish(row | {"id": slug(row["metric"]), "grade": "D"}) for row in context.patch("wait_metrics")
        ],
        "port_roles": [
            context.finish(row | {"id": slug(row["kind"]), "grade": "D"}) for row in context.patch("feeder_kinds")
        ],
    }


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
                "area_b": "CHN" if row["mode"] == "rail" and row["country"] in CHINESE_BORDER else "",
                "direction": row["direction"],
                "priority": "3",
                "year": row["year"],
                "year_to": "",
                "hours_low": "",
                "hours": row["time_h"],
                "hours_high": "",
                "usd_low": "",
                "usd": row["cost_usd"],
                "usd_high": "",
                "grade": "C",
                "source_id": cited,
                "note": "mean of all posts of the country, measured; used for a post without a row of its own. "
                + row["note"],
                "doubt": "mean of other posts",
            }
        )
    return distinct(out, "hours", "usd")


TAIL = (
    ("source_id", "refs:sources", "", "true", "sources of the row", ""),
    (
        "grade",
        "grade",
        "",
        "true",
        "grade of evidence: A official or measured, B published, C derived, D judgement or unverified",
        "",
    ),
    ("note", "text", "", "false", "remarks", ""),
    ("doubt", "text", "", "false", "what is not sure about this row; empty when nothing is known to be doubtful", ""),
)


def _triple(stem: str, unit: str, what: str) -> tuple[tuple[str, ...], ...]:
    return (
        (f"{stem}_low", "float", unit, "false", f"{what}, 10 % quantile", ""),
        (stem, "float", unit, "false", what, "low_high"),
        (f"{stem}_high", "float", unit, "false", f"{what}, 90 % quantile", ""),
    )


YEARS = (
    ("year", "int", "", "false", "first year that the value speaks of", ""),
    ("year_to", "int", "", "false", "last year, where it is a span", ""),
)
ID = (("id", "id", "", "true", "stable id", ""),)
COLUMNS: dict[str, tuple[tuple[str, ...], ...]] = {
    "parameters": (
        *ID,
        ("parameter", "str", "", "true", "name with its unit, such as speed_kmh, rate_usd_teu_km, wtw_g_tkm", ""),
        ("mode", "str", "", "false", "rail, road, sea, river, air, ferry or wait; empty = any", ""),
        ("product", "str", "", "false", "product or ship class; empty = any", ""),
        ("area", "str", "", "false", "area code, region of cost_regions or basin of sea_basins; empty = anywhere", ""),
        ("lane", "str", "", "false", "from>to of areas or regions; empty = any", ""),
        *YEARS,
        ("cargo", "str", "", "false", "cargo class or `bulk`; empty = any", ""),
        ("low", "float", "", "false", "10 % quantile", ""),
        ("value", "float", "", "true", "central value", "low_high"),
        ("high", "float", "", "false", "90 % quantile", ""),
        *TAIL,
    ),
    "terminal_times": (
        *ID,
        ("name", "str", "", "true", "terminal as the source names it", ""),
        ("ports", "list", "", "false", "ids of ports", ""),
        ("area", "str", "", "false", "area code", ""),
        ("kind", "str", "", "false", "kind of terminal", ""),
        ("operation", "str", "", "true", "what is timed or charged", ""),
        ("direction", "str", "", "false", "direction of the cargo", ""),
        *YEARS,
        ("use", "str", "", "false", "dwell, transfer: read by routing; empty = kept for study", ""),
        *_triple("hours", "h", "time"),
        *_triple("usd", "USD", "charge"),
        ("unit", "str", "", "true", "unit as in the source (h, h per train, USD/TEU ...)", ""),
        *TAIL,
    ),
    "gauge_breaks": (
        *ID,
        ("place", "str", "", "true", "place as the source names it", ""),
        ("crossings", "list", "", "false", "ids of crossings", ""),
        ("area_a", "str", "", "false", "area code", ""),
        ("area_b", "str", "", "false", "area code", ""),
        ("gauge_a_mm", "int", "mm", "false", "gauge", ""),
        ("gauge_b_mm", "int", "mm", "false", "gauge", ""),
        ("method", "str", "", "false", "how the gauge is changed", ""),
        ("use", "str", "", "false", "base, fee, rule: read by routing; congestion, whole border: kept for study", ""),
        *YEARS,
        *_triple("hours", "h", "time of the change"),
        ("usd", "float", "USD", "false", "charge", "grade"),
        ("usd_unit", "str", "", "false", "unit of the charge", ""),
        *TAIL,
    ),
    "products": (
        *ID,
        ("record", "str", "", "true", "product, lane, balance, rule, box, demurrage, subsidy", ""),
        ("product", "str", "", "true", "name of the product", ""),
        ("modes", "list", "", "false", "modes", ""),
        ("lane_from", "list", "", "false", "where it is sold from", ""),
        ("lane_to", "list", "", "false", "where to", ""),
        ("from_region", "list", "", "false", "area codes or regions of cost_regions", ""),
        ("to_region", "list", "", "false", "area codes or regions of cost_regions", ""),
        ("from", "day", "", "false", "first day", ""),
        ("to", "day", "", "false", "day after the last", ""),
        ("min_units", "float", "", "false", "least amount", ""),
        ("min_unit", "str", "", "false", "unit of the least amount", ""),
        ("min_teu", "float", "TEU", "false", "least amount in TEU", ""),
        ("price_basis", "str", "", "false", "", ""),
        ("value", "float", "", "false", "price or share, in `unit`", ""),
        ("value_high", "float", "", "false", "", ""),
        ("unit", "str", "", "false", "unit of value", ""),
        ("factor", "float", "1", "false", "price against the headhaul of the same months", "grade"),
        ("free_days", "float", "d", "false", "days without charge", ""),
        ("rule", "text", "", "false", "", ""),
        *TAIL,
    ),
    "cargo_classes": (
        *ID,
        ("name", "str", "", "true", "", ""),
        ("unit", "enum:teu|tonne", "", "true", "unit that costs are counted in", ""),
        ("tonnes_per_teu", "float", "t", "false", "weight of the goods in a TEU", ""),
        ("usd_per_t", "float", "USD/t", "true", "value of the goods", "grade"),
        ("time_class", "ref:value_of_time", "", "true", "class of the value of time", ""),
        ("default_t", "float", "t", "true", "amount where none is given", ""),
        ("bulk", "bool", "", "true", "loose, not in boxes", ""),
        ("hs", "list", "", "false", "chapters of the Harmonized System", ""),
        ("parents", "list", "", "false", "wider classes that rules may name", ""),
        *TAIL,
    ),
    "value_of_time": (
        *ID,
        ("low", "float", "%/d", "false", "", ""),
        ("value", "float", "%/d", "true", "per cent of the value of the goods a day", "low_high"),
        ("high", "float", "%/d", "false", "", ""),
        *TAIL,
    ),
    "price_index": (
        *ID,
        ("year", "int", "", "true", "", ""),
        ("index", "float", "", "true", "US consumer prices, 1982-84 = 100", ""),
        *TAIL,
    ),
    "crossing_wait_rules": (
        *ID,
        ("kind", "enum:open|persons|pair|side|note|document", "", "true", "which rule", ""),
        ("mode", "enum:road|rail", "", "true", "", ""),
        ("area_a", "str", "", "false", "areas, regions or bloc:id, blank-separated; empty = any", ""),
        ("area_b", "str", "", "false", "as area_a", ""),
        ("direction", "enum:both|inbound|outbound", "", "true", "seen from area_a", ""),
        ("priority", "int", "", "true", "the highest that fits wins", ""),
        *YEARS,
        *_triple("hours", "h", "hours at the border"),
        *_triple("usd", "USD", "fees for a lorry or wagon"),
        *TAIL,
    ),
    "grade_spread": (
        *ID,
        ("low_ratio", "float", "1", "true", "10 % quantile as a share of the value", ""),
        ("high_ratio", "float", "1", "true", "90 % quantile as a share of the value", ""),
        *TAIL,
    ),
    "cost_regions": (*ID, ("region", "str", "", "true", "", ""), ("area", "str", "", "true", "area code", ""), *TAIL),
    "sea_basins": (
        *ID,
        ("lat_min", "float", "deg", "true", "", ""),
        ("lat_max", "float", "deg", "true", "", ""),
        ("lon_min", "float", "deg", "true", "", ""),
        ("lon_max", "float", "deg", "true", "", ""),
        ("product", "str", "", "true", "class of ship that sails there", ""),
        *TAIL,
    ),
    "passage_costs": (
        *ID,
        ("passage", "str", "", "true", "id of the passage", ""),
        *YEARS,
        *_triple("hours", "h", "wait and transit beyond sailing"),
        *_triple("usd_teu", "USD/TEU", "toll"),
        *_triple("usd_t", "USD/t", "toll of bulk"),
        *TAIL,
    ),
    "ferry_costs": (
        *ID,
        *_triple("headway_h", "h", "hours between departures"),
        *_triple("usd_lorry", "USD", "fare of a lorry"),
        *_triple("usd_teu", "USD/TEU", "fare of a TEU on a wagon or trailer"),
        ("year", "int", "", "true", "", ""),
        *TAIL,
    ),
    "year_regimes": (
        *ID,
        ("year", "int", "", "true", "", ""),
        ("area", "str", "", "false", "empty = everywhere", ""),
        ("regime", "str", "", "true", "years of another regime are used only where there is nothing else", ""),
        *TAIL,
    ),
    "wait_metrics": (
        *ID,
        ("metric", "str", "", "true", "metric of crossing_waits", ""),
        ("scope", "enum:side|whole|unused", "", "true", "one side of the border, the whole of it, or not used", ""),
        ("rank", "int", "", "true", "the lowest is preferred", ""),
        *TAIL,
    ),
    "port_roles": (
        *ID,
        ("kind", "str", "", "true", "beginning of the kind of a port", ""),
        ("role", "enum:feeder|river|direct", "", "true", "how boxes get there; the longest fitting beginning wins", ""),
        *TAIL,
    ),
}


def declare_columns() -> None:
    """Write the columns of this group into columns.csv."""
    for table, rows in COLUMNS.items():
        declare(table, rows)
