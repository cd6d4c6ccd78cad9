"""What the events of scenarios change about gas and oil, day by day: one schedule for each point, field, store, swap.

The states of pipes are asked for over many days, so an effect here does not speak of the world's day: it holds every
stretch of days on which a thing differs from the facts, worked out from all events with their own dates in applied
order. It follows that two scenarios which lead to the same capacities give the same id, and that events which undo each
other leave none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from landbridge.errors import ScenarioError
from landbridge.facts import Facts
from landbridge.world.fuels import COMMODITIES, PIPES, is_zone, one_zone, points_of, speaks_of_energy, zones_of
from landbridge.world.pipe_facts import LNG, Commodity, Point, points
from landbridge.world.steps import FIRST, LAST, Stretch, merged, ordinal, pieces, written
from landbridge.world.subjects import parse_subject
from landbridge.world.types import Evidences

if TYPE_CHECKING:
    from landbridge.world.effects import Applied, Effect, Key
    from landbridge.world.events import Event, PipeSpec
    from landbridge.world.world import World

DIGITS: Final = 6
"""Decimals of a capacity or factor that count in the id of a world."""
BACK: Final = "-back"
"""What the id of a pipe built both ways adds for its way back."""


@dataclass(frozen=True, slots=True)
class Act:
    """What an event does to a thing on the days [start, end): `topic` close, open, scale, set, lost, built or swap."""

    start: int
    end: int
    topic: str
    value: Any
    evidence: Evidences
    note: str


@dataclass(frozen=True, slots=True)
class Built:
    """A point that a scenario builds."""

    id: str
    commodity: Commodity
    tail: str
    head: str
    kind: str
    pipeline: str
    capacity: float


def energy_effects(base: World, applied: Iterable[Applied]) -> dict[Key, Effect]:
    """The effects of events on gas and oil; empty, and without a look at any table, where none speaks of them.

    Examples
    --------
    >>> from landbridge.world import World
    >>> from landbridge.world.library import parse_scenario
    >>> shut = parse_scenario("{name: s, events: [{kind: close, subject: 'gas_point:blue-stream', from: 2024-01-01}]}")
    >>> world = World.at("2023-06-01").apply(shut)
    >>> {key: effect.value["schedule"] for key, effect in world.effects.items()}
    {('pipe', 'gas', 'blue-stream'): [['2024-01-01', None, 0.0]]}
    """
    gathered: dict[Key, list[Act]] = {}
    built: dict[Key, Built] = {}
    for item in applied:
        if speaks_of_energy(item.event):
            start = ordinal(item.event.first_day(), FIRST)
            end = ordinal(item.event.last_day(), LAST)
            for key, topic, value in _acts(base, item.event):
                if isinstance(value, Built):
                    built[key] = value
                gathered.setdefault(key, []).append(Act(start, end, topic, value, item.evidence, item.event.note))
    found = ((key, _effect(base, key, gathered[key], built.get(key))) for key in gathered)
    return {key: effect for key, effect in found if effect is not None}


def _acts(base: World, event: Event) -> Iterator[tuple[Key, str, Any]]:
    """What an event does to which things."""
    facts = base.facts
    if event.pipe is not None:
        for one in built_points(facts, event.pipe):
            yield ("pipe", one.commodity, one.id), "built", one
    if event.kind == "swap":
        yield ("swap", str(event.giver), str(event.via), str(event.receiver)), "swap", (event.bcm_y, event.out_per_in)
    if event.kind == "demand":
        yield from _demand(base, event)
    for text in event.subjects:
        subject = parse_subject(facts, text)
        if subject.kind in PIPES or (subject.kind == "area" and event.kind == "cut"):
            found: Iterable[Key] = (("pipe", fuel, one.id) for fuel, one in points_of(facts, subject, event.goods))
        elif subject.kind == "storage":
            found = (("storage", subject.id),)
        elif subject.kind == "production":
            found = _keys(facts, "production", subject.id, event.goods)
        else:
            continue
        topic, value = _what(facts, event)
        yield from ((key, topic, value) for key in found)


def _what(facts: Facts, event: Event) -> tuple[str, Any]:
    """The topic and value of an event on points, fields or stores."""
    if event.kind == "cut":
        return "lost", event.share
    if event.kind != "capacity":
        return event.kind, None
    if event.bcm_y is not None:
        return "set", event.bcm_y * mcmd_of_bcm_y(facts)
    if event.kbd is not None:
        return "set", event.kbd
    return "scale", event.share if event.factor is None else event.factor


def mcmd_of_bcm_y(facts: Facts) -> float:
    """How many million m3 a day one bcm a year is, from the table `energy_units`.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> round(mcmd_of_bcm_y(load()), 2)
    2.74
    """
    return float(facts.table("energy_units").by_id["bcm-y-mcm-d"]["factor"])


def built_points(facts: Facts, pipe: PipeSpec) -> tuple[Built, ...]:
    """The points of a pipe that a scenario builds: one, or two where it is built both ways."""
    ends = one_zone(facts, pipe.tail, pipe.commodity), one_zone(facts, pipe.head, pipe.commodity)
    if pipe.commodity == "gas":
        capacity = float(pipe.bcm_y or 0.0) * mcmd_of_bcm_y(facts)
        kind = "lng-import" if ends[0] == LNG else "lng-export" if ends[1] == LNG else "physical"
        if kind != "physical":
            _has_coast(facts, ends[1] if kind == "lng-import" else ends[0])
    else:
        capacity, kind = float(pipe.kbd or 0.0), "pipe"
    there = Built(pipe.id, pipe.commodity, *ends, kind, pipe.id, capacity)
    if not pipe.both_ways:
        return (there,)
    return there, Built(pipe.id + BACK, pipe.commodity, *ends[::-1], kind, pipe.id, capacity)


def _has_coast(facts: Facts, zone: str) -> None:
    """Complain about cargoes for an area without a coast."""
    row = facts.table("gas_zones").by_id[zone]
    area = None if row["area"] is None else facts.table("areas").by_id.get(row["area"])
    if area is not None and area["landlocked"]:
        raise ScenarioError(
            f"no LNG terminal can stand in {row['area']}: it has no coast",
            remedy="build the terminal in a neighbour, and a pipe from there",
        )


def _keys(facts: Facts, topic: str, where: str, goods: tuple[str, ...]) -> Iterator[Key]:
    """A key for each zone of gas and oil of an area, or for the zone itself, by the goods that are meant."""
    for fuel in COMMODITIES:
        if not goods or {fuel, "all"} & set(goods):
            zones = zones_of(facts, where, fuel)
            yield from ((topic, fuel, zone) for zone in zones if is_zone(facts, zone, fuel))


def _demand(base: World, event: Event) -> Iterator[tuple[Key, str, Any]]:
    from landbridge.world.membership import area_set

    for token in event.areas:
        areas = (token,) if token in base.facts.table("areas").by_id else sorted(area_set(base, token))
        for area in areas:
            yield from ((key, "scale", event.factor) for key in _keys(base.facts, "use", area, event.goods))


def _effect(base: World, key: Key, acts: list[Act], built: Built | None) -> Effect | None:
    """What all acts on one thing come to; None where that is what the facts say."""
    from landbridge.world.effects import Effect

    if key[0] == "pipe":
        point = None if built is not None else points(base.facts, _commodity(key[1]), base.known_on).get(key[2])
        schedule = _capacities(point, acts)
    elif key[0] == "swap":
        schedule = _swapped(base, key, acts)
    else:
        schedule = _factors(acts)
    if not schedule:
        return None
    value: dict[str, Any] = {"schedule": written(schedule)}
    if built is not None:
        value |= {"from": built.tail, "to": built.head, "kind": built.kind, "pipeline": built.pipeline}
    evidence = tuple(dict.fromkeys(row for act in reversed(acts) for row in act.evidence))
    return Effect(value, evidence, acts[-1].note)


def _commodity(word: str) -> Commodity:
    return "gas" if word == "gas" else "oil"


def _capacities(point: Point | None, acts: list[Act]) -> tuple[Stretch, ...]:
    """The stretches on which a point has another capacity than the facts say, with that capacity."""
    known = () if point is None else point.capacities
    first = FIRST if point is None else point.first
    largest = 0.0 if point is None else point.largest
    marks = [mark for act in acts for mark in (act.start, act.end)] + [one.start for one in known]
    out = []
    for start, end in pieces(marks, first, LAST):
        usual = next((one.value for one in reversed(known) if one.start <= start), 0.0)
        value = round(_folded(acts, start, usual, largest), DIGITS)
        if value != round(usual, DIGITS):
            out.append((start, end, value))
    return merged(out)


def _factors(acts: list[Act]) -> tuple[Stretch, ...]:
    """The stretches on which a field, a store or a demand is not its usual self, with the factor."""
    marks = [mark for act in acts for mark in (act.start, act.end)]
    found = ((start, end, round(_folded(acts, start, 1.0, 1.0), DIGITS)) for start, end in pieces(marks))
    return merged(one for one in found if one[2] != 1.0)


def _folded(acts: list[Act], day: int, usual: float, largest: float) -> float:
    """The value on a day: of two events that speak of one topic the later wins; opening ends what shut it before."""
    closed, scale, fixed, lost, value = False, 1.0, None, 0.0, usual
    for act in acts:
        if not act.start <= day < act.end:
            continue
        if act.topic == "close":
            closed = True
        elif act.topic == "open":
            closed, value = False, largest
            scale, fixed, lost = scale or 1.0, fixed or None, 0.0 if lost == 1.0 else lost
        elif act.topic == "scale":
            scale, fixed = act.value, None
        elif act.topic == "set":
            scale, fixed = 1.0, act.value
        elif act.topic == "lost":
            lost = act.value
        else:
            value = act.value.capacity
    if closed:
        return 0.0
    return float((value * scale if fixed is None else fixed) * (1.0 - lost))


def _swapped(base: World, key: Key, acts: list[Act]) -> tuple[Stretch, ...]:
    """The stretches on which a swap is agreed or halted, with [bcm a year, out per in]; halting none is nothing."""
    from landbridge.world.swaps import same_way

    marks = [mark for act in acts for mark in (act.start, act.end)]
    rules = same_way(base, key)
    out = []
    for start, end in pieces([*marks, *(mark for rule in rules for mark in (rule.start, rule.end))]):
        held = [act for act in acts if act.start <= start < act.end]
        if held and (held[-1].value[0] > 0 or any(rule.start <= start < rule.end for rule in rules)):
            bcm_y, ratio = held[-1].value
            out.append((start, end, [bcm_y, ratio if bcm_y > 0 else 0.0]))
    return merged(out)
