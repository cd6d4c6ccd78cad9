"""From the raw rows of modes to resolved parameters: speeds, rates, emissions, each with its range."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from statistics import fmean

from tools.facts.common import Context

Row = dict[str, str]
EUR_USD = 1.07
KMH_PER_KNOT = 1.852
CPMM_LOAD_T = 20
SOUTH_CAUCASUS_USD_TEU_KM = 0.634
CPMM_KM = 500
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
)


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


JAMMED, JAMMED_YEARS = frozenset({"KAZ", "KGZ"}), range(2020, 2023)
CHINA_LANES = ("china>1520", "china>europe")
"""Lorries of these areas queued at the Chinese border, where trailers were exchanged: what they asked then holds for
goods from and to China alone."""


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
            item |= {
                "low": show(value * low),
                "high": show(value * high),
                "note": note,
                "grade": "C" if fee else "A",
                "doubt": ("" if fee else "holds border fees; ") + "sample of CAREC forwarders, pandemic years are dear",
            }
            jammed = mode == "road" and area in JAMMED and int(years(row["year"])[0] or 0) in JAMMED_YEARS
            out += [item | {"lane": lane} for lane in CHINA_LANES] if jammed else [item]
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


def from_sea(context: Context, raw: list[Row]) -> list[Row]:
    """Ship speeds by year."""
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
    return out


def from_rail(context: Context, raw: list[Row], fixed: Mapping[tuple[str, str], float]) -> list[Row]:
    """Container trains: the transit index on the 1520 part, the South Caucasus, measured speeds."""
    out = []
    km = fixed["service_km", "container train"]
    wanted = {
        ("Transit KAZ-RUS-BLR, composite (ERAI)", "rate index", "central"),
        ("China - Europe", "rate per FEU", "central"),
    }
    for row in raw:
        key = (row["region_or_corridor"], row["parameter"], row["level"])
        where = row["region_or_corridor"]
        if key in wanted:
            value = float(row["value"]) / 2 / km
            out.extend(
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
                for area in ("KAZ", "RUS", "BLR")
            )
        elif where == "Baku/Kishly - Poti/Batumi":
            out.extend(
                make(
                    context,
                    "rate_usd_teu_km",
                    SOUTH_CAUCASUS_USD_TEU_KM,
                    row,
                    mode="rail",
                    product="container train",
                    area=area,
                    low="0.485",
                    high="0.672",
                )
                | {
                    "grade": "C" if area != "ARM" else "D",
                    "note": "800 USD for a box of 20 feet over about 900 km, discounted, over 1.34, "
                    "the ratio of a box of 20 feet to half a box of 40 feet in the published tariffs",
                }
                for area in ("AZE", "GEO", "ARM")
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
            out.extend(
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
                for product in ("container train", "single wagon")
            )
    return out


def from_road(context: Context, raw: list[Row]) -> list[Row]:
    """European lorry contracts."""
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
    return out
