"""Where an area stands between poles, with the transit that its standard routes tell of, on the day and by year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from landbridge.politics.alignment import UNITS, Part, absent, alignment, other_poles, part
from landbridge.politics.alignment_years import Stance, alignment_years, at_end_of
from landbridge.politics.spans import without
from landbridge.politics.votes import last_seen
from landbridge.studies.country.trade import trade, trade_years
from landbridge.studies.country.ways import StandardRoute, main_place, standard_route

if TYPE_CHECKING:
    from landbridge.studies.country.question import CountryQuestion
    from landbridge.studies.country.trade import Trade
    from landbridge.world import World

TRANSIT: Final = "transit"
QUICK: Final = "quick"


def stance(world: World, area: str, routes: Sequence[StandardRoute], told: Trade | None) -> tuple[Part, ...]:
    """Every part of the alignment of an area on the day, in order; `routes` are its standard routes to partners."""
    parts = {one.name: one for one in alignment(world, area)}
    parts[TRANSIT] = passed(world, area, routes, None if told is None else told.year)
    return tuple(parts[name] for name in UNITS)


def passed(world: World, area: str, routes: Sequence[StandardRoute], year: int | None) -> Part:
    """Of trade in boxes with the partners that are reached, the shares whose best way crosses areas of each pole.

    The two ends of a way do not count: who trades with a pole stands in the part `trade`. A way across areas of two
    poles counts for both, so the shares need not add up to one.
    """
    some = [one for one in routes if one.kind == "partner" and one.there]
    if not some:
        return absent(TRANSIT, "no-ways")
    weighed = [(one.box_share, frozenset(one.areas) - {area, one.to_area}) for one in some if one.box_share is not None]
    whole = sum(share for share, _ in weighed)
    if len(weighed) < len(some) or whole <= 0:
        return absent(TRANSIT, "no-weights")
    others = other_poles(world, area)

    def share(sets: Sequence[frozenset[str]], across: bool) -> float:
        return sum((one for one, along in weighed if any(along & areas for areas in sets) == across), 0.0) / whole

    values = {name: share([areas], across=True) for name, areas in others.items()}
    return part(TRANSIT, values, year=year, outside=share(list(others.values()), across=False))


def years_with_ways(world: World, area: str, question: CountryQuestion) -> tuple[int, ...]:
    """The years that are over of which transit is told: from the first with trade on, none in a quick profile.

    Examples
    --------
    >>> from landbridge.studies.country.question import CountryQuestion
    >>> from landbridge.world import World
    >>> years_with_ways(World.at("2018-05-16"), "ARM", CountryQuestion("ARM"))
    (2015, 2016, 2017)
    """
    known = () if question.quick else trade_years(world, area)
    return tuple(range(known[0], last_seen(world) + 1)) if known else ()


def stance_years(
    world: World,
    area: str,
    question: CountryQuestion,
    today: Part,
    done: Callable[[Any], Any] = lambda made: made,
) -> tuple[Stance, ...]:
    """Where an area stood at the end of each year, part by part.

    Transit is that of the best ways to the main partners on the last day of the year, weighed by trade of that year
    or, where it is not known, of the last known one before, which the part names. `today` is transit on the day.
    """
    with_ways = years_with_ways(world, area, question)
    why = QUICK if question.quick else without("no-trade", trade_years(world, area))
    found = []
    for one in alignment_years(world, (area,))[area]:
        if one.year == world.day.year:
            ways = today
        elif one.year in with_ways:
            ways = done(_at_end_of(world, area, one.year, question))
        else:
            ways = absent(TRANSIT, why)
        parts = {some.name: some for some in (*one.parts, ways)}
        found.append(replace(one, parts=tuple(parts[name] for name in UNITS)))
    return tuple(found)


def _at_end_of(world: World, area: str, year: int, question: CountryQuestion) -> Part:
    then = at_end_of(world, year)
    told = trade(then, area, last=year)
    if told is None:
        return absent(TRANSIT, "no-weights")
    start = main_place(then.facts, area)
    routes = [
        standard_route(then, start, main_place(then.facts, one.area), question.teu, one)
        for one in told.partners[: question.partners]
    ]
    return passed(then, area, routes, told.year)
