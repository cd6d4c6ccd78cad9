"""What `landbridge routes` takes for many rows."""

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
FEWER, ASKED = 1_200, 10_000
DAY = "2025-06-01"


def many_rows(command: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Rows of the table: what some rows take, what 10,000 do, and the memory of the largest process.

    Each count is measured in a home of its own, so that the second finds nothing that the first kept; rows are drawn at
    random and none comes twice, for those that do are answered once. All are measured, none told from fewer: a table of
    many rows finds more of what its rows share than one of few.
    """
    drawn = _drawn(ASKED)
    fewer, every = (_measured(command, drawn[:count]) for count in (FEWER, ASKED))
    times = (f"{one.seconds:,.0f} s by the clock, {one.busy:,.0f} s of the processor" for one in (fewer, every))
    return [
        (f"`routes`: {FEWER:,} random rows over 20 weightings", next(times), ""),
        (f"the same for {ASKED:,} rows", next(times), "90 s"),
        ("peak memory of the largest process of those rows", f"{every.peak_mb:,.0f} MB", "1,200 MB"),
    ]


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
