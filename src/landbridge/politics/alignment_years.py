"""Where states stood between poles year by year."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from landbridge.politics.alignment import Part, absent, aligned, ground
from landbridge.politics.votes import last_seen
from landbridge.world import World
from landbridge.world.intervals import FIRST_DAY

if TYPE_CHECKING:
    from landbridge.politics.alignment import Ground

YEARLY: Final = frozenset(("votes", "trade", "gas"))
"""Parts that are told of whole years."""
NOT_OVER: Final = "year-not-over"


@dataclass(frozen=True, slots=True)
class Stance:
    """The parts of the alignment of an area in a year.

    Attributes
    ----------
    on
        The day on which memberships, obligations, ties and measures are counted: the last of the year, or that of the
        question. Votes, trade and gas are those of the whole year.
    """

    year: int
    on: date
    parts: tuple[Part, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {"year": self.year, "on": self.on.isoformat(), "parts": [one.to_dict() for one in self.parts]}


def alignment_years(world: World, areas: Collection[str]) -> dict[str, tuple[Stance, ...]]:
    """Where areas stood between the poles at the end of each year and on the day, part by part.

    Years that are over are told by the facts alone, whatever the scenarios of the world; nothing is carried over from
    another year, so votes, trade and gas of the year of the day are missing. Transit is not among the parts: it needs
    ways, which the profile of a country has.

    Examples
    --------
    >>> from landbridge.world import World
    >>> told = {one.year: one for one in alignment_years(World.at("2025-06-01"), ("ARM",))["ARM"]}
    >>> duties = {year: next(one for one in told[year].parts if one.name == "obligations") for year in (2023, 2024)}
    >>> [one.values["russia"] for one in duties.values()], duties[2024].frozen
    ([7.0, 3.0], {'russia': 4.0})
    """
    found: dict[str, list[Stance]] = {area: [] for area in areas}
    for year in range(FIRST_DAY.year, world.day.year + 1):
        day = _ground(world, year)
        for area, some in found.items():
            some.append(Stance(year, day.world.day, tuple(_seen(world, year, one) for one in aligned(day, area))))
    return {area: tuple(some) for area, some in found.items()}


def at_end_of(world: World, year: int) -> World:
    """The world of the last day of a year by the facts alone; of the year of the day, the world itself.

    Examples
    --------
    >>> from landbridge.world import World
    >>> [str(at_end_of(World.at("2022-05-16"), year).day) for year in (2021, 2022)]
    ['2021-12-31', '2022-05-16']
    """
    return world if year == world.day.year else World.at(date(year, 12, 31), world.facts, known_on=world.known_on)


def _ground(world: World, year: int) -> Ground:
    return ground(at_end_of(world, year), year=year)


def _seen(world: World, year: int, one: Part) -> Part:
    """A part of whole years, unless the year was not over when it is asked."""
    return absent(one.name, NOT_OVER) if one.name in YEARLY and year > last_seen(world) else one
