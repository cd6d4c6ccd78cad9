"""How an area votes in the UN: like which poles, blocs and areas, with the uncertainty of each."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Final

from landbridge.politics.alignment import poles
from landbridge.politics.intervals import wilson
from landbridge.politics.votes import last_seen, points, votes
from landbridge.studies.country.rows import Evidences, Told
from landbridge.world.membership import standings

if TYPE_CHECKING:
    from collections.abc import Collection

    from landbridge.world import World

Z80: Final = NormalDist().inv_cdf(0.9)
"""Half the width of the central 80 % of a normal distribution, in standard deviations."""
MOST: Final = 5
"""So many areas that vote most alike, and least, are named."""


@dataclass(frozen=True, slots=True)
class Alike(Told):
    """Mean agreement with some areas in the year: 1 for the same vote, a half where one abstained.

    `low` and `high` are the central 80 % by the interval of Wilson, as if one roll call split all pairs alike.
    """

    with_: str
    kind: str
    agreement: float
    low: float
    high: float
    roll_calls: float
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Point(Told):
    """The ideal point of the area in a year, with the central 80 % of its uncertainty."""

    year: int
    value: float
    low: float
    high: float
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Votes(Told):
    """Votes of an area.

    Attributes
    ----------
    year
        The last year of roll calls that was over on the day.
    alike
        With poles, with the other members of its blocs, with neighbours and main partners.
    nearest, farthest
        Areas that vote most alike, and least.
    """

    year: int | None
    alike: tuple[Alike, ...]
    nearest: tuple[Alike, ...]
    farthest: tuple[Alike, ...]
    ideal_points: tuple[Point, ...]


def voting(world: World, area: str, others: Collection[str]) -> Votes | None:
    """Votes of an area as far as they are known on the day; None when none are in the data.

    Examples
    --------
    >>> from landbridge.world import World
    >>> told = voting(World.at("2022-05-16"), "ARM", ("RUS",))
    >>> told.year, max(one.year for one in told.ideal_points)
    (2019, 2021)
    >>> voting(World.at("2022-05-16"), "X_ABK", ()) is None
    True
    """
    data = votes(world.facts)
    year = min(last_seen(world), data.last_year)
    known = data.known((area,), year)
    found: list[Alike] = []
    near: list[Alike] = []
    if known:
        for name, areas in poles(world).items():
            found += _alike(world, area, name, "pole", areas - {area}, year) if area not in areas else ()
        for row in world.facts.table("blocs").rows:
            inside = {one for one, how in standings(world, row["id"]).items() if how == "member"}
            if area in inside and len(inside) > 1:
                found += _alike(world, area, row["id"], "bloc", inside - {area}, year)
        for other in others:
            found += _alike(world, area, other, "area", (other,), year)
        every = (_alike(world, area, other, "area", (other,), year) for other in data.areas if other != area)
        near = sorted((one for some in every for one in some), key=lambda one: (-one.agreement, one.with_))
    ideal = tuple(_points(world, area))
    if not found and not ideal:
        return None
    return Votes(year if known else None, tuple(found), tuple(near[:MOST]), tuple(reversed(near[MOST:][-MOST:])), ideal)


def _alike(world: World, area: str, name: str, kind: str, others: Collection[str], year: int) -> tuple[Alike, ...]:
    told = votes(world.facts).between(area, others, year)
    if told is None:
        return ()
    mean, n = told
    low, high = wilson(mean, n)
    table = world.facts.table("vote_pairs").by_id
    pairs = ("-".join(sorted((area, other))) for other in sorted(others))
    rows = tuple(("vote_pairs", pair) for pair in pairs if pair in table)
    return (Alike(name, kind, mean, low, high, n, rows),)


def _points(world: World, area: str) -> list[Point]:
    """Ideal points of the last five years that were over on the day."""
    found = []
    for year, told in sorted(points(world.facts).items()):
        if last_seen(world) - MOST < year <= last_seen(world) and area in told:
            value, sd = told[area]
            found.append(Point(year, value, value - Z80 * sd, value + Z80 * sd, (("vote_points", f"{area}-{year}"),)))
    return found
