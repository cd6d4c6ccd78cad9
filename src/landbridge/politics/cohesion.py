"""How alike the members of a grouping vote in the UN: by year, against chance and other blocs; trend and breaks."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from landbridge.politics.breaks import Z80, Trend, trend
from landbridge.politics.grouping import Grouping
from landbridge.politics.intervals import wilson
from landbridge.politics.parameters import value
from landbridge.politics.votes import last_seen, points, votes
from landbridge.world.membership import standings

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.world import World

LEAST_OTHERS: Final = 3
"""Other blocs with fewer voters are not told of."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Mean agreement of all pairs of some areas in a year.

    `low` and `high` are the central 80 % by the interval of Wilson, as if a year's agenda were drawn from many like it
    and one roll call split all pairs alike: that is the widest that the votes allow.
    """

    year: int
    agreement: float
    low: float
    high: float
    voters: int
    of: int
    roll_calls: float

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean distance of the ideal points of all pairs in a year, with the central 80 % from the points' uncertainty."""

    year: int
    spread: float
    low: float
    high: float
    voters: int

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Cohesion:
    """How alike the members vote.

    Attributes
    ----------
    now
        Those who are members on the day, as they voted in the last year with votes before it.
    with_frozen
        The same with frozen members; None when there are none.
    random_mean, random_low, random_high, random_below
        Agreement of random groups of as many voters in that year: mean, central 80 %, and the share below `now`.
    others
        Other blocs on the day by agreement, highest first.
    series
        By year, with the members of that year.
    """

    now: Agreement
    with_frozen: Agreement | None
    random_mean: float
    random_low: float
    random_high: float
    random_below: float
    others: tuple[tuple[str, Agreement], ...]
    series: tuple[Agreement, ...]
    trend: Trend | None
    spreads: tuple[Spread, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            **self.now.to_dict(),
            "with_frozen": None if self.with_frozen is None else self.with_frozen.to_dict(),
            "random": {
                "mean": self.random_mean,
                "low": self.random_low,
                "high": self.random_high,
                "share_below": self.random_below,
            },
            "others": [{"bloc": bloc, **one.to_dict()} for bloc, one in self.others],
            "series": [one.to_dict() for one in self.series],
            "trend": None if self.trend is None else self.trend.to_dict(),
            "ideal_points": [one.to_dict() for one in self.spreads],
        }


def agreement(facts: Facts, areas: Collection[str], year: int) -> Agreement | None:
    """Mean agreement of the pairs of some areas in a year; None when fewer than two voted, or too few of them.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> agreement(load(), ("ARM", "USA"), 2019).agreement < agreement(load(), ("ARM", "RUS"), 2019).agreement
    True
    """
    told = votes(facts)
    voters = told.known(areas, year)
    if len(voters) < 2 or len(voters) < value(facts, "least-voters-share") * len(set(areas)):
        return None
    pairs, calls = told.pairs(voters, year)
    if not len(pairs):
        return None
    mean, n = float(pairs.mean()), float(calls.mean())
    low, high = wilson(mean, n)
    return Agreement(year, mean, low, high, len(voters), len(set(areas)), n)


def cohesion(world: World, grouping: Grouping, areas: Sequence[str], frozen: Sequence[str] = ()) -> Cohesion | None:
    """How alike the members of a grouping vote, as far as is known on the day.

    Parameters
    ----------
    areas, frozen
        Members and frozen members on the day, after the scenario's events.

    Returns
    -------
    Cohesion or None
        None when fewer than two of them, or less than half, have votes in the data.

    Examples
    --------
    >>> from landbridge.politics.grouping import find
    >>> from landbridge.world import World
    >>> from landbridge.world.membership import members
    >>> world = World.at("2022-05-16")
    >>> told = [cohesion(world, find(world.facts, bloc), sorted(members(world, bloc))) for bloc in ("eu", "csto")]
    >>> told[0].now.year, told[0].now.agreement > told[1].now.agreement
    (2019, True)
    """
    facts = world.facts
    year = min(last_seen(world), votes(facts).last_year)
    now = agreement(facts, areas, year)
    if now is None:
        return None
    series = tuple(one for one in (_in_year(world, grouping, areas, y) for y in _years(facts, year)) if one is not None)
    mean, low, high, below = _against_chance(facts, now)
    both = agreement(facts, (*areas, *frozen), year) if frozen else None
    spreads = (spread(facts, areas, y) for y in sorted(points(facts)) if y <= last_seen(world))
    others = tuple(_others(world, grouping.id, year))
    return Cohesion(now, both, mean, low, high, below, others, series, _trend(facts, series),
                    tuple(one for one in spreads if one is not None))  # fmt: skip


def _years(facts: Facts, last: int) -> Iterable[int]:
    return range(votes(facts).first_year, last + 1)


def _in_year(world: World, grouping: Grouping, areas: Sequence[str], year: int) -> Agreement | None:
    """Agreement of the members of a year by the facts alone; those of the day where members are not dated."""
    if grouping.kind != "bloc":
        return agreement(world.facts, areas, year)
    then = members_in(world.facts, grouping.id, year)
    return agreement(world.facts, then, year) if len(then) > 1 else None


@lru_cache(maxsize=4096)
def members_in(facts: Facts, bloc: str, year: int) -> tuple[str, ...]:
    """Members of a bloc in December, when most votes of a session are cast.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> len(members_in(load(), "csto", 2019))
    6
    """
    from landbridge.world import World

    then = World.at(f"{year}-12-01", facts)
    return tuple(sorted(area for area, how in standings(then, bloc).items() if how == "member"))


def _against_chance(facts: Facts, now: Agreement) -> tuple[float, float, float, float]:
    """Mean and central 80 % of the agreement of random groups of the same size, and the share below that of `now`."""
    drawn = _random(facts, now.year, now.voters)
    low, high = np.quantile(drawn, [value(facts, "quantile-low"), value(facts, "quantile-high")])
    return float(drawn.mean()), float(low), float(high), float((drawn < now.agreement).mean())


@lru_cache(maxsize=64)
def _random(facts: Facts, year: int, size: int) -> Any:
    """Agreement of random groups: the areas in the order of a hash, so that every machine draws the same."""
    told = votes(facts)
    voters = told.known(told.areas, year)
    found = []
    for k in range(int(value(facts, "random-groups"))):
        order = sorted(voters, key=lambda area: hashlib.blake2b(f"{k} {area}".encode(), digest_size=8).digest())
        pairs, _ = told.pairs(order[:size], year)
        found.append(pairs.mean())
    return np.array(found)


def _others(world: World, but: str, year: int) -> Iterable[tuple[str, Agreement]]:
    found = []
    for row in world.facts.table("blocs").rows:
        inside = [area for area, how in standings(world, row["id"]).items() if how == "member"]
        told = agreement(world.facts, inside, year) if len(inside) >= LEAST_OTHERS and row["id"] != but else None
        if told is not None and told.voters >= LEAST_OTHERS:
            found.append((row["id"], told))
    return sorted(found, key=lambda item: (-item[1].agreement, item[0]))


def _trend(facts: Facts, series: Sequence[Agreement]) -> Trend | None:
    return trend([one.year for one in series], [one.agreement for one in series], value(facts, "break-bic"))


def spread(facts: Facts, areas: Collection[str], year: int) -> Spread | None:
    """Mean distance of ideal points; for a given order it is linear in them, which gives its variance.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> spread(load(), ("FRA", "DEU"), 2019).spread < spread(load(), ("FRA", "RUS"), 2019).spread
    True
    """
    known = points(facts)[year]
    told = sorted(known[area] for area in set(areas) if area in known)
    m = len(told)
    if m < 2 or m < value(facts, "least-voters-share") * len(set(areas)):
        return None
    place = np.array([2 * i - m + 1 for i in range(m)]) * 2 / (m * (m - 1))
    mean = float(place @ np.array([one[0] for one in told]))
    sd = math.sqrt(float((place**2) @ np.array([one[1] ** 2 for one in told])))
    return Spread(year, mean, max(mean - Z80 * sd, 0.0), mean + Z80 * sd, m)
