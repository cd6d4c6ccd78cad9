"""What `landbridge routes` takes for many rows: measured with some and with more of them, and told for 10,000."""

from __future__ import annotations

import csv
import itertools
import random
import tempfile
from pathlib import Path

from bench.process import Run, run

LANES = (("CHN", "DEU"), ("DEU", "CHN"), ("KAZ", "UZB"), ("UZB", "KAZ"))
"""From cities of one area to those of another; with five classes of cargo each that makes twenty weightings."""
CARGOES = ("container", "grain", "coal", "general", "textiles")
CITY = 100_000
"""People that a place has at least."""
FEWER, MORE, ASKED = 400, 1_200, 10_000
DAY = "2025-06-01"


def many_rows(command: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Rows of the table: what some rows take, what 10,000 would, and the memory of the largest process.

    Each count is measured in a home of its own, so that the second finds nothing that the first kept; rows are drawn at
    random and none comes twice, for those that do are answered once. Making weightings and starting processes cost
    once what rows do not: a row costs what the second run took beyond the first.
    """
    drawn = _drawn(MORE)
    fewer, more = (_measured(command, drawn[:count]) for count in (FEWER, MORE))
    busy, clock = (_extended(getattr(fewer, name), getattr(more, name)) for name in ("busy", "seconds"))
    asked = f"{clock:,.0f} s by the clock, {busy:,.0f} s of the processor, extrapolated from {FEWER} and {MORE:,} rows"
    return [
        (
            f"`routes`: {MORE:,} random rows over 20 weightings",
            f"{more.seconds:.0f} s by the clock, {more.busy:.0f} s of the processor",
            "",
        ),
        (f"the same for {ASKED:,} rows", asked if clock > more.seconds else "cannot be told: too much noise", "90 s"),
        ("peak memory of the largest process of those rows", f"{more.peak_mb:,.0f} MB", "1,200 MB"),
    ]


def _extended(fewer: float, more: float) -> float:
    return more + (more - fewer) / (MORE - FEWER) * (ASKED - MORE)


def _drawn(count: int) -> list[tuple[str, str, str]]:
    """Origin, destination and cargo of so many rows, as many of each lane, in any order."""
    from landbridge.facts import load

    cities: dict[str, list[str]] = {}
    for row in load().table("places").rows:
        if row["kind"] == "city" and (row["population"] or 0) >= CITY:
            cities.setdefault(row["area"], []).append(f"{row['lat']},{row['lon']}")
    rng = random.Random(3)
    some: list[tuple[str, str, str]] = []
    for start, goal in LANES:
        some += rng.sample(list(itertools.product(cities[start], cities[goal], CARGOES)), count // len(LANES))
    rng.shuffle(some)
    return some


def _measured(command: tuple[str, ...], rows: list[tuple[str, str, str]]) -> Run:
    """The command over some rows, with nothing kept before."""
    with tempfile.TemporaryDirectory() as home:
        source = Path(home) / "in.csv"
        with source.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("id", "origin", "destination", "cargo"))
            writer.writerows((number, *row) for number, row in enumerate(rows, 1))
        return run((*command, "routes", str(source), "-o", f"{home}/out.csv", "--on", DAY, "--quiet"), home)
