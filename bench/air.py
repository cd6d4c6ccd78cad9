"""Flights round closed airspace against published detours."""

from __future__ import annotations

from bench.rows import read
from landbridge.routing import route
from landbridge.world import World

BEFORE = "2021-06-01"
"""A day on which the airspace of Russia was open to all who fly here."""


def page() -> tuple[str, str]:
    """A summary, and a table of all rows."""
    lines = ["| row | what | published | range | landbridge | |", "| --- | --- | --- | --- | --- | --- |"]
    inside = 0
    rows = list(read("air_detours"))
    for row in rows:
        found = _measured(row)
        low, high = float(row["low"]), float(row["high"])
        inside += low <= found <= high
        what = f"{row['from']} - {row['to']} by aircraft of {row['carrier']}, {row['measure'].replace('_', ' ')}"
        outside = "" if low <= found <= high else "outside"
        published = f"{float(row['value']):,.0f} {row['unit']}"
        lines.append(f"| {row['id']} | {what} | {published} | {low:,.0f} - {high:,.0f} | {found:,.0f} | {outside} |")
    return f"{inside} of {len(rows)} inside the range of the source.", "\n".join(lines)


def _measured(row: dict[str, str]) -> float:
    """The length of the flight, or what it is more than when nothing was closed."""
    (km, hours), (before_km, before_hours) = (_flight(row, day) for day in (row["day"], BEFORE))
    return {"km": km, "extra_km": km - before_km, "extra_min": 60.0 * (hours - before_hours)}[row["measure"]]


def _flight(row: dict[str, str], day: str) -> tuple[float, float]:
    """Kilometres and hours of the flight without change of planes."""
    answer = route(World.at(day), row["from"], row["to"], modes=("air",), carrier=row["carrier"], n=1)
    (leg,) = (leg for leg in answer.routes[0].legs if (leg.kind, leg.mode) == ("move", "air"))
    return leg.km, leg.hours
