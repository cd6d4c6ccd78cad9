"""Trade between areas as observed: the main partners of each, by group of goods, year by year.

The raw table has every pair, which is far more than a profile needs. Kept are the partners with the most trade
and one row for all partners together, so that shares are of the whole and what is left out is told.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from tools.facts.common import Context

Row = dict[str, str]
YEARS: Final = ("2015", "2016", "2017", "2018", "2019", "2020")
PARTNERS: Final = 8
ALL: Final = "ALL"
SOURCE: Final = (
    "Growth Lab at Harvard, Atlas, HS92",
    "https://github.com/candrewlee14/data-viz-project",
)
UNLOCATED: Final = "other"
"""The group of goods that the source could not place; it is no group of goods in truth."""


def build(context: Context) -> dict[str, list[Row]]:
    groups = [row for row in context.raw("trade_groups") if row["table"] == "trade_pairs"]
    order = [row["group"] for row in groups if row["group"] != UNLOCATED] + [UNLOCATED]
    return {"trade_groups": [_group(context, row, order) for row in groups], "area_trade": list(_trade(context, order))}


def _group(context: Context, raw: Row, order: list[str]) -> Row:
    return context.finish(
        {
            "id": raw["group"],
            "place": str(order.index(raw["group"]) + 1),
            "hs": raw["hs_range"],
            "description": raw["description"],
            "box_share": raw["container_share"],
            "source": "general knowledge",
            "url": "general knowledge, unverified",
            "grade": "D",
            "note": "the share of tonnes that goes in boxes is recalled, not looked up"
            if raw["container_share"]
            else "",
        }
    )


def _trade(context: Context, order: list[str]) -> Iterator[Row]:
    place = {group: at for at, group in enumerate(order)}
    known = {row["iso3"] for row in context.raw("countries")}
    sums: dict[tuple[str, str, str], list[list[int]]] = {}
    path = context.reference / "trade_pairs.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        for raw in csv.DictReader(stream):
            seller, buyer, year = raw["exporter_iso3"], raw["importer_iso3"], raw["year"]
            if year not in YEARS or not {seller, buyer} <= known or seller == buyer:
                continue
            for key, side in (((seller, buyer, year), 0), ((buyer, seller, year), 1)):
                for one in (key, (key[0], ALL, year)):
                    rows = sums.setdefault(one, [[0] * len(order), [0] * len(order)])
                    rows[side][place[raw["group"]]] += int(raw["value_kusd"])
    doubts = {row["area"]: row for row in context.patch("trade_doubts")}
    by_area: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for (area, partner, year), rows in sums.items():
        if partner != ALL:
            by_area[area, year].append((-sum(map(sum, rows)), partner))
    for (area, year), partners in sorted(by_area.items()):
        for partner in [*(name for _, name in sorted(partners)[:PARTNERS]), ALL]:
            yield context.finish(_row(area, partner, year, sums[area, partner, year], doubts))


def _row(area: str, partner: str, year: str, rows: list[list[int]], doubts: dict[str, Row]) -> Row:
    sold, bought = rows
    named = [doubts[one] for one in (area, partner) if one in doubts]
    return {
        "id": f"{area}-{partner}-{year}",
        "area": area,
        "partner": "" if partner == ALL else partner,
        "year": year,
        "exports_musd": _millions(sum(sold)),
        "imports_musd": _millions(sum(bought)),
        "exports_by_group_musd": ";".join(map(_millions, sold)),
        "imports_by_group_musd": ";".join(map(_millions, bought)),
        "source": SOURCE[0],
        "url": SOURCE[1],
        "grade": max((row["grade"] for row in named), default="B"),
        "note": "",
        "doubt": "; ".join(dict.fromkeys(row["doubt"] for row in named)),
    }


def _millions(thousands: int) -> str:
    """Thousand USD as million USD to a tenth, which is finer than the source is sure of."""
    return f"{thousands / 1000:.1f}".removesuffix(".0")
