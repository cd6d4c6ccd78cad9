"""What makes an event on gas and oil change nothing, or say what it cannot mean: refused when it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from landbridge.errors import InputError, ScenarioError, nearest
from landbridge.facts import Facts
from landbridge.world.fuels import COMMODITIES, GOODS_OF_CUT, PIPES, SITES, is_zone, one_zone, points_of, zones_of
from landbridge.world.pipe_facts import LNG, points
from landbridge.world.subjects import Subject

if TYPE_CHECKING:
    from landbridge.world.events import Event, PipeSpec

Idle = Iterator[tuple[tuple[str, ...], InputError]]
FIELDS_OF_ENERGY: Final[Mapping[str, tuple[str, ...]]] = {
    "factor": (*PIPES, *SITES),
    "bcm_y": ("pipeline", "gas_point", "terminal"),
    "kbd": ("pipeline", "oil_point"),
    "goods": ("area", "production"),
}
"""Fields of events on subjects that speak of gas and oil alone."""


def goods_of(event: Event) -> tuple[str, ...] | None:
    """The words that the goods of an event may be, None where they are classes of cargo."""
    if event.kind == "cut":
        return GOODS_OF_CUT if any(text.startswith("area:") for text in event.subjects) else COMMODITIES
    return {"capacity": COMMODITIES, "swap": ("gas",)}.get(event.kind)


def idle_on_energy(event: Event, subject: Subject, text: str, facts: Facts) -> Idle:
    """What makes an event change nothing about a pipe, a field, a store, or what leaves an area.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> from landbridge.world.events import Event
    >>> shut = Event(kind="close", subjects=("gas_point:nord-stream-2",))
    >>> [error.problem for _, error in idle_on_energy(shut, Subject("gas_point", "nord-stream-2"), "", load())]
    ['nord-stream-2 has no capacity on any day of the tables']
    """
    if subject.kind == "production":
        yield from _of_production(event, subject, facts)
    if subject.kind in SITES or (subject.kind == "area" and event.kind != "cut"):
        return
    found = tuple(points_of(facts, subject, event.goods))
    if not found:
        goods = " or ".join(event.goods) or "gas or oil"
        words = f"no {goods} leaves {subject.id} by a point" if subject.kind == "area" else f"no point of {text} is"
        yield (
            ("subject",),
            ScenarioError(
                f"{words} in the tables, so {event.kind} changes nothing",
                nearest=_near_lines(facts, subject),
                remedy=None if subject.kind == "area" else "use build with a pipe to lay it",
            ),
        )
        return
    first = min(point.first for _, point in found)
    last = event.last_day()
    if last is not None and last.toordinal() <= first:
        began = date.fromordinal(first)
        yield ("to",), ScenarioError(f"it ends on {event.end}, before the rows of {text} begin", nearest=[str(began)])
    absolute = "bcm_y" if event.bcm_y is not None else "kbd" if event.kbd is not None else None
    if absolute and len(found) > 1:
        names = [f"{fuel}_point:{point.id}" for fuel, point in found]
        yield (absolute,), ScenarioError(f"{text} has {len(found)} points, {absolute} is of one", nearest=names)
    elif absolute and found[0][0] != ("gas" if absolute == "bcm_y" else "oil"):
        other = "kbd" if absolute == "bcm_y" else "bcm_y"
        yield (absolute,), ScenarioError(f"{text} carries {found[0][0]}: use {other}")
    elif not absolute and not any(point.largest for _, point in found):
        yield (
            ("subject",),
            ScenarioError(
                f"{' and '.join(point.id for _, point in found)} has no capacity on any day of the tables",
                remedy="use capacity with bcm_y (gas) or kbd (oil) to give it one",
            ),
        )


def _of_production(event: Event, subject: Subject, facts: Facts) -> Idle:
    """Production of goods that a zone or area has none of."""
    has = [fuel for fuel in COMMODITIES if any(is_zone(facts, one, fuel) for one in zones_of(facts, subject.id, fuel))]
    if not has or (event.goods and not set(event.goods) & {*has, "all"}):
        words = " or ".join(event.goods or COMMODITIES)
        yield (
            ("goods",) if event.goods else ("subject",),
            ScenarioError(f"no {words} zone is {subject.id}", nearest=has),
        )


def _near_lines(facts: Facts, subject: Subject) -> tuple[str, ...]:
    """Pipelines that have points, where the one named is a plan or a system of others."""
    if subject.kind != "pipeline":
        return ()
    lines = {one.pipeline for fuel in COMMODITIES for one in points(facts, fuel).values() if one.pipeline}
    return tuple(f"pipeline:{key}" for key in nearest(subject.id, sorted(lines)))


def idle_pipe(pipe: PipeSpec, facts: Facts) -> Idle:
    """What is wrong with a pipe that a scenario builds."""
    ends = []
    for name, key in (("from", pipe.tail), ("to", pipe.head)):
        try:
            ends.append(one_zone(facts, key, pipe.commodity))
        except ScenarioError as error:
            yield (name,), error
    if len(ends) == 2 and ends[0] == ends[1]:
        yield ("to",), ScenarioError(f"{pipe.tail} and {pipe.head} are one zone")
    if pipe.both_ways and LNG in ends:
        yield ("both_ways",), ScenarioError("a terminal of liquefied gas works one way", remedy="leave it out")
    if any(pipe.id in points(facts, fuel) for fuel in COMMODITIES):
        yield ("id",), ScenarioError(f"{pipe.id} is a point of the tables", remedy="use capacity to change it")


def idle_swap(event: Event, facts: Facts, beside: Iterable[Event]) -> Idle:
    """What is wrong with a swap: who is not known, and no pipe from one to the next.

    Parameters
    ----------
    event
        The swap.
    facts
        The facts.
    beside
        The events of the same scenario: a pipe that one of them builds counts.
    """
    names = {name: str(getattr(event, name)) for name in ("giver", "via", "receiver")}
    known = facts.table("gas_zones").by_id if "gas_zones" in facts.names else {}
    wrong = False
    for name, key in names.items():
        if not zones_of(facts, key):
            wrong = True
            yield (name,), ScenarioError(f"no gas zone or area {key!r}", nearest=nearest(key, known))
    if wrong:
        return
    pairs = {(point.tail, point.head) for point in points(facts, "gas").values() if point.kind == "physical"} | set(
        _laid(beside, facts)
    )
    for field, (one, other) in {"via": ("giver", "via"), "receiver": ("via", "receiver")}.items():
        tails, heads = zones_of(facts, names[one]), zones_of(facts, names[other])
        if not any(tail in tails and head in heads for tail, head in pairs):
            there = sorted({known[head]["area"] or head for tail, head in pairs if tail in tails and head not in tails})
            yield (
                (field,),
                ScenarioError(
                    f"no pipe leads from {names[one]} to {names[other]}",
                    nearest=there[:6],
                    remedy="build one in the same scenario",
                ),
            )


def _laid(beside: Iterable[Event], facts: Facts) -> Iterator[tuple[str, str]]:
    for event in beside:
        if event.pipe is not None and event.pipe.commodity == "gas":
            try:
                tail, head = one_zone(facts, event.pipe.tail), one_zone(facts, event.pipe.head)
            except ScenarioError:
                continue
            yield from ((tail, head), (head, tail)) if event.pipe.both_ways else ((tail, head),)


def idle_demand(event: Event, facts: Facts) -> Idle:
    """Demand for gas in areas that have no gas zone."""
    areas = facts.table("areas").by_id
    if set(event.goods) == {"gas"} and all(key in areas for key in event.areas):
        without = [key for key in event.areas if not zones_of(facts, key)]
        if without and len(without) == len(event.areas):
            yield ("areas",), ScenarioError(f"no gas zone lies in {', '.join(without)}")
