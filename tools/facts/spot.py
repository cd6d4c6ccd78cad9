"""From weekly spot rates of sea freight to dollars for a TEU-kilometre, quarter by quarter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from statistics import fmean

from tools.facts.common import Sources

Row = dict[str, str]
LANES = (
    ("Rotterdam", "east_asia>europe", ("by Suez", "round the Cape")),
    ("Genoa", "east_asia>mediterranean", ("by Suez", "round the Cape")),
    ("Jebel Ali", "east_asia>gulf", ("by Malacca and Hormuz",)),
)
"""Ports that weekly spot rates from Shanghai are told for, the lane of each, its ways in turn, each with a length."""
TOLLED = "by Suez"
LEAST = 0.85
MOST = 1.18
"""A quarter is known no better than this, though its weeks may lie closer together."""


def daily(weeks: Mapping[date, float]) -> dict[date, float]:
    """The rate of each day from the first week to the last, straight between them: weeks are not spread evenly."""
    found = {}
    for first, last in pairwise(sorted(weeks)):
        days = (last - first).days
        for number in range(days):
            found[first + timedelta(number)] = weeks[first] + (weeks[last] - weeks[first]) * number / days
    found[max(weeks)] = weeks[max(weeks)]
    return found


def lane_lengths(rows: Iterable[Row]) -> dict[str, list[tuple[int, float]]]:
    """The kilometres of each lane of trade, by the first year in which ships sail that way, in their order."""
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for row in rows:
        if row["parameter"] == "service_km" and row["lane"]:
            found[row["lane"]].append((int(row["year"]), float(row["value"])))
    return {lane: sorted(ways) for lane, ways in found.items()}


def from_spot(
    sources: Sources,
    weeks: Iterable[Row],
    lengths: Mapping[str, list[tuple[int, float]]],
    fixed: Mapping[tuple[str, str], float],
) -> list[Row]:
    """The mean rate of each quarter on a lane, for half a box of 40 feet, less toll and base, by kilometre."""
    out = []
    rows = list(weeks)
    for port, lane, ways in LANES:
        own = {date.fromisoformat(row["day"]): row for row in rows if row["port"] == port}
        quarters: dict[tuple[int, int], list[float]] = defaultdict(list)
        for day, usd in daily({day: float(row["usd_feu"]) for day, row in own.items()}).items():
            quarters[day.year, (day.month - 1) // 3].append(usd)
        for (year, quarter), usd_feu in sorted(quarters.items()):
            (_, km), way = [one for one in zip(lengths[lane], ways, strict=True) if one[0][0] <= year][-1]
            toll = fixed["suez", "toll"] if way == TOLLED else 0.0
            ends = toll + 2.0 * fixed["base_usd_teu", "container ship"]
            mean, least, most = ((value / 2.0 - ends) / km for value in (fmean(usd_feu), min(usd_feu), max(usd_feu)))
            near = nearest(own, year, quarter)
            cited = [sources.cite(own[day]["source"], own[day]["url"], own[day]["grade"]) for day in near]
            out.append(
                {
                    "parameter": "rate_usd_teu_km",
                    "mode": "sea",
                    "product": "container ship",
                    "lane": lane,
                    "year": str(year),
                    "month_from": str(3 * quarter + 1),
                    "month_to": str(3 * quarter + 3),
                    "low": f"{min(least, mean * LEAST):.4g}",
                    "value": f"{mean:.4g}",
                    "high": f"{max(most, mean * MOST):.4g}",
                    "grade": "C",
                    "source_id": ";".join(dict.fromkeys(";".join(cited).split(";"))),
                    "note": f"Shanghai-{port}, mean of the quarter from the weeks around it ({len(near)}), straight "
                    f"between them, {fmean(usd_feu):.0f} USD for a box of 40 feet; half of it less toll and base, "
                    f"over {km:.0f} km {way}",
                }
            )
    return out


def nearest(days: Iterable[date], year: int, quarter: int) -> list[date]:
    """The weeks in a quarter, the last before it and the first after it."""
    begin, end = date(year, 3 * quarter + 1, 1), date(year + quarter // 3, (3 * quarter + 3) % 12 + 1, 1)
    ordered = sorted(days)
    before = [day for day in ordered if day < begin][-1:]
    after = [day for day in ordered if day >= end][:1]
    return [*before, *(day for day in ordered if begin <= day < end), *after]
