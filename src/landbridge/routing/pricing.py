"""From a path found to an itinerary: its legs and totals for all, ranges and grades for those that are told of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.answers import GRADES, grade_of, grade_shares
from landbridge.routing.answer import Itinerary, Leg
from landbridge.routing.chained import chained
from landbridge.routing.itinerary import Ends, driven_on, joined, legs, quantiles
from landbridge.routing.labels import plain_label
from landbridge.routing.naming import corridor_labels
from landbridge.routing.rested import of_stretches, rested_legs

if TYPE_CHECKING:
    from landbridge.routing.candidate import Candidate
    from landbridge.routing.costs import DoorPart, Rested
    from landbridge.routing.doorsteps import Doorstep
    from landbridge.routing.plan import Plan


class Priced(NamedTuple):
    """A way with its amounts, and what the rests of its runs change in them, by section."""

    way: Itinerary
    rested: Mapping[int, Rested]


_AMOUNTS: Final = attrgetter("km", "hours", "usd", "kg_co2e")


def priced_ways(
    the_plan: Plan, names: tuple[str, str], ways: Sequence[tuple[Candidate, tuple[Doorstep, Doorstep]]]
) -> list[Priced]:
    """Candidates as itineraries with what choosing among them needs: legs, totals; `labelled` and `ranged` add more.

    Parameters
    ----------
    names
        Of origin and destination, which a way begins and ends with where its doors have no legs.
    ways
        The candidates, each with what happens at the doors that it uses.
    """
    ends = [
        (one.arcs, Ends(
            before.legs[-1].end if before.legs else names[0],
            after.legs[0].start if after.legs else names[1],
            before.legs,
            after.legs,
        ))
        for one, (before, after) in ways
    ]  # fmt: skip
    return [
        _priced(the_plan, some, of_stretches(the_plan, stretches, steps), steps, number)
        for number, ((some, stretches), (_, steps)) in enumerate(zip(legs(the_plan, ends), ways, strict=True))
    ]


def _priced(
    the_plan: Plan,
    spread: tuple[Leg, ...],
    rested: Mapping[int, Rested],
    steps: tuple[Doorstep, Doorstep],
    number: int,
) -> Priced:
    """Legs as an itinerary, with its number among others."""
    some = rested_legs(spread, rested, len(steps[0].legs), len(steps[1].legs))
    km, hours, usd, kg = map(sum, zip(*map(_AMOUNTS, some), strict=True)) if some else (0.0, 0.0, 0.0, 0.0)
    spread_hours, spread_usd = sum(leg.hours for leg in spread), sum(leg.usd for leg in spread)
    crossings = tuple(
        (leg.ref[1], leg.areas[0], leg.areas[-1], number)
        for number, leg in enumerate(some, 1)
        if leg.kind == "crossing" and leg.ref is not None
    )
    way = Itinerary(
        rank=0,
        label="",
        legs=some,
        km=km,
        hours=hours,
        usd=usd,
        kg_co2e=kg,
        generalised_usd=usd + the_plan.usd_per_h * hours,
        spread_hours=spread_hours,
        spread_usd=spread_usd,
        spread_generalised_usd=spread_usd + the_plan.usd_per_h * spread_hours,
        hours_p10=hours,
        hours_p80=hours,
        hours_p90=hours,
        hours_low=hours,
        hours_high=hours,
        usd_low=usd,
        usd_high=usd,
        grade=GRADES[-1],
        grade_shares=(),
        modes=tuple(dict.fromkeys(leg.mode for leg in some if leg.kind in {"move", "passage"} and leg.km > 0)),
        areas=tuple(_areas(some)),
        crossings=crossings,
        passages=_passages(the_plan, some),
        number=number,
    )
    return Priced(way, rested)


def labelled(the_plan: Plan, some: Sequence[tuple[Itinerary, Candidate]]) -> list[Itinerary]:
    """Itineraries with their names: of the corridor that each follows, else of what marks it: borders and passages."""
    corridors = corridor_labels(the_plan, [(candidate.arcs, candidate.reason) for _, candidate in some])
    return [
        replace(one, label=corridor or plain_label(one.legs, the_plan.world.facts))
        for (one, _), corridor in zip(some, corridors, strict=True)
    ]


def ranged(
    the_plan: Plan,
    one: Itinerary,
    rested: Mapping[int, Rested],
    candidate: Candidate,
    steps: tuple[Doorstep, Doorstep],
) -> Itinerary:
    """An itinerary with its ranges, grade and doubts, from what its rests change, its candidate and its doors."""
    from landbridge.routing import costs

    at_doors = (*steps[0].parts, *steps[1].parts)
    basis = costs.path_amounts(
        the_plan.costs, candidate.arcs, the_plan.money[candidate.arcs], at_doors, rested.values()
    )
    ranges = costs.ranges_of(basis)
    p10, p80, p90 = quantiles(one.hours, sum(leg.variance_h2 for leg in one.legs))
    shares = _shares(the_plan, candidate.arcs, at_doors, rested.values())
    before, after = len(steps[0].legs), len(steps[1].legs)
    told, sooner = driven_on(joined(one.legs, before, after), before, after)
    return replace(
        one,
        legs=told,
        crossings=tuple((post, left, entered, number - sooner) for post, left, entered, number in one.crossings),
        passages=tuple((passed, number - sooner) for passed, number in one.passages),
        hours_p10=p10,
        hours_p80=p80,
        hours_p90=p90,
        hours_low=ranges.hours_low,
        hours_high=ranges.hours_high,
        usd_low=ranges.usd_low,
        usd_high=ranges.usd_high,
        grade=grade_of(shares),
        grade_shares=tuple(shares.items()),
        notes=(*chained(the_plan.world, one), *dict.fromkeys(doubt for leg in one.legs for doubt in leg.doubts)),
        basis=basis,
    )


def _passages(the_plan: Plan, some: Sequence[Leg]) -> tuple[tuple[str, int], ...]:
    """The passages with the numbers of their legs, those that a ferry sails through too."""
    ferries = the_plan.world.facts.table("ferry_costs").by_id
    found: list[tuple[str, int]] = []
    for number, leg in enumerate(some, 1):
        if leg.ref is None:
            continue
        table, name = leg.ref
        if leg.kind == "passage":
            found.append((name, number))
        elif leg.kind == "move" and table == "ferries" and name in ferries:
            found += [(passage, number) for passage in ferries[name]["passages"] or ()]
    return tuple(found)


def _areas(some: Sequence[Leg]) -> list[str]:
    """The areas in the order of the trip, each stay once."""
    found: list[str] = []
    for leg in some:
        for area in leg.areas:
            if not found or found[-1] != area:
                found.append(area)
    return found


def _shares(
    the_plan: Plan, arcs: NDArray[np.int64], at_doors: Sequence[DoorPart], rested: Iterable[Rested]
) -> dict[str, float]:
    """Shares of hours and of dollars by grade, the two averaged."""
    costs = the_plan.costs
    by_hours: dict[str, float] = dict.fromkeys(GRADES, 0.0)
    by_usd: dict[str, float] = dict.fromkeys(GRADES, 0.0)
    money = costs.usd[arcs] * the_plan.money[arcs]
    for number, grade in enumerate(GRADES):
        by_hours[grade] += float(costs.hours[arcs][costs.grade_hours[arcs] == number].sum())
        by_usd[grade] += float(money[costs.grade_usd[arcs] == number].sum())
    for part in (part for door in at_doors for part in door.parts):
        by_hours[part.grade] += part.hours
        by_usd[part.grade] += part.usd
    for one in rested:
        for name, more_h in one.by_grade.items():
            by_hours[name] += more_h
        for change in one.of_usd:
            by_usd[change.part.grade] += change.after - change.before
    hours, usd = grade_shares(by_hours), grade_shares(by_usd)
    return {grade: (hours[grade] + usd[grade]) / 2.0 for grade in GRADES}
