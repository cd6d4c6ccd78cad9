"""Votes in the UN General Assembly: agreement of pairs by year, ideal points; no answer of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from landbridge.politics.telling import last_known

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.world import World

Floats = npt.NDArray[np.float64]
SD_OF_SPAN = 2 * 1.6448536269514722
"""The 5 to 95 % span of a normal distribution in standard deviations."""


@dataclass(frozen=True, eq=False)
class Votes:
    """Counts by year and pair of areas, symmetrical: roll calls of both, and points of agreement (2 same, 1 near)."""

    first_year: int
    areas: tuple[str, ...]
    place: Mapping[str, int]
    common: Floats
    halves: Floats

    @property
    def last_year(self) -> int:
        """The last year with votes."""
        return self.first_year + len(self.common) - 1

    def known(self, areas: Collection[str], year: int) -> tuple[str, ...]:
        """Those of the areas that voted in a year."""
        if not self.first_year <= year <= self.last_year:
            return ()
        some = self.common[year - self.first_year].any(axis=1)
        return tuple(sorted(area for area in set(areas) if area in self.place and some[self.place[area]]))

    def pairs(self, areas: Collection[str], year: int) -> tuple[Floats, Floats]:
        """Agreement of each pair of the areas (0 to 1) and the roll calls that it rests on; pairs without are left out.

        Agreement is 1 for the same vote, a half where one abstained, averaged over the roll calls of both; what was
        adopted without a vote is not in it.
        """
        at = [self.place[area] for area in self.known(areas, year)]
        rows, columns = np.triu_indices(len(at), 1)
        here = np.ix_(at, at)
        common = self.common[year - self.first_year][here][rows, columns]
        halves = self.halves[year - self.first_year][here][rows, columns]
        kept = common > 0
        return halves[kept] / (2 * common[kept]), common[kept]

    def between(self, area: str, others: Collection[str], year: int) -> tuple[float, float] | None:
        """Mean agreement of an area with others in a year, and the mean number of roll calls; None without any."""
        if not self.known((area,), year):
            return None
        row = self.place[area]
        at = [self.place[one] for one in self.known(others, year) if one != area]
        common = self.common[year - self.first_year][row, at]
        halves = self.halves[year - self.first_year][row, at]
        if not at or not common.any():
            return None
        kept = common > 0
        return float((halves[kept] / (2 * common[kept])).mean()), float(common[kept].mean())


@lru_cache(maxsize=4)
def votes(facts: Facts) -> Votes:
    """The votes of the facts.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> told = votes(load())
    >>> told.last_year, round(told.between("ARM", ("RUS",), 2019)[0], 2)
    (2019, 0.83)
    """
    rows = facts.table("vote_pairs").rows
    areas = tuple(sorted({row[side] for row in rows for side in ("area_a", "area_b")}))
    place = {area: at for at, area in enumerate(areas)}
    first = min((row["first_year"] for row in rows), default=1)
    last = max((row["first_year"] + len(row["common"]) - 1 for row in rows), default=0)
    common = np.zeros((last - first + 1, len(areas), len(areas)))
    halves = np.zeros_like(common)
    for row in rows:
        a, b = place[row["area_a"]], place[row["area_b"]]
        span = slice(row["first_year"] - first, row["first_year"] - first + len(row["common"]))
        for table, column in ((common, "common"), (halves, "halves")):
            counts = np.array(row[column], dtype=float)
            table[span, a, b] = counts
            table[span, b, a] = counts
    return Votes(first, areas, place, common, halves)


@lru_cache(maxsize=4)
def points(facts: Facts) -> Mapping[int, Mapping[str, tuple[float, float]]]:
    """Ideal points from all votes with their standard deviation, by year and area.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> told = points(load())
    >>> max(told), told[2023]["USA"][0] > told[2023]["RUS"][0]
    (2023, True)
    """
    found: dict[int, dict[str, tuple[float, float]]] = {}
    for row in facts.table("vote_points").rows:
        if row["ideal_point"] is not None and None not in (row["ideal_point_low"], row["ideal_point_high"]):
            sd = (row["ideal_point_high"] - row["ideal_point_low"]) / SD_OF_SPAN
            found.setdefault(row["year"], {})[row["area"]] = (row["ideal_point"], sd)
    return found


def last_seen(world: World) -> int:
    """The last year whose votes were all cast before the day (and before the day as of which it is studied)."""
    return last_known(world).year - 1
