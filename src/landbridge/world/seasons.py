"""Seasons: closed windows, slow weeks and shallow water, by the day of the year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from landbridge.facts import Row
from landbridge.world.index import index
from landbridge.world.types import NO_SEASON, Season

if TYPE_CHECKING:
    from landbridge.world.world import World

_WHOLE_YEAR = ("01-01", "12-31")
MANY_YEARS = 9999
"""More years than any row names: a row without bounds speaks for all that have none of their own."""


def _window(row: Row, day: date) -> tuple[bool, int]:
    """Whether the day lies in the window of a row, and the length of the window in days."""
    first, free = str(row["from_month_day"]), str(row["to_month_day"])
    today = f"{day:%m-%d}"
    year = day.year
    if (first, free) == _WHOLE_YEAR:
        inside, length = True, 366
    else:
        begin = date(2000, int(first[:2]), int(first[3:]))
        end = date(2000 if first < free else 2001, int(free[:2]), int(free[3:]))
        length = (end - begin).days
        if first < free:
            inside = first <= today < free
        else:
            inside = today >= first or today < free
            if today < free:
                year -= 1
    low, high = row["year_from"], row["year_to"]
    return inside and (low is None or year >= low) and (high is None or year <= high), length


def _binding(rows: Iterable[Row], day: date) -> list[Row]:
    """Of the rows of one effect and unit that hold: fewest years, narrowest window, latest start first."""
    best: dict[tuple[str, str], tuple[tuple[int, int, int, str], Row]] = {}
    for row in rows:
        inside, length = _window(row, day)
        if not inside:
            continue
        bounded = row["year_from"] is not None and row["year_to"] is not None
        years = row["year_to"] - row["year_from"] if bounded else MANY_YEARS
        rank = (years, length, -(row["year_from"] or 0), row["id"])
        key = (row["effect"], row["unit"] or "")
        if key not in best or rank < best[key][0]:
            best[key] = (rank, row)
    return [row for _, row in best.values()]


def season_effects(world: World, kind: str, subject: str, mode: str | None = None) -> Season:
    """What the season does to a subject (kind: crossing, passage, port, ferry, pass, route or area) on the day.

    Examples
    --------
    >>> from landbridge.world import World
    >>> season_effects(World.at("2024-01-15"), "passage", "volga-don").closed_probability
    1.0
    """
    rows = index(world.facts).seasons.get((kind, subject), ())
    if not rows:
        return NO_SEASON
    binding = _binding((row for row in rows if mode is None or row["mode"] == mode), world.day)
    closed = slow = var = 0.0
    share: float | None = None
    draft: float | None = None
    for row in binding:
        probability = 1.0 if row["probability"] is None else float(row["probability"])
        value = row["value"]
        if row["effect"] == "closed":
            closed = max(closed, probability)
        elif row["effect"] == "slow" and value is not None:
            slow += probability * value
            var += probability * (1.0 - probability) * value * value
        elif row["effect"] == "draft" and value is not None:
            if row["unit"] == "m":
                draft = float(value)
            else:
                share = (1.0 if share is None else share) * (1.0 - probability * (1.0 - value))
    return Season(closed, slow, var, share, draft, tuple(sorted(("seasons", row["id"]) for row in binding)))
