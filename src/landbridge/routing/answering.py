"""Answer a route question: places, doors, weightings, alternatives, or a reasoned "no route"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from landbridge.answers import Evidence
from landbridge.errors import InputError
from landbridge.routing.access import Door, apart, placed, shared_quay, taken
from landbridge.routing.alternatives import candidates, only_turns
from landbridge.routing.answer import Itinerary, Leg, NoRoute, RouteAnswer
from landbridge.routing.avoided import avoided
from landbridge.routing.bearing import bearing
from landbridge.routing.between import Doors
from landbridge.routing.candidate import Candidate
from landbridge.routing.chain import Way
from landbridge.routing.checking import check_question
from landbridge.routing.choosing import choose
from landbridge.routing.doorsteps import Doorstep, EndOfTrip, doorsteps, driven, end_of_trip, ways_of
from landbridge.routing.fragility import with_order
from landbridge.routing.gates import Gate, sailing_past
from landbridge.routing.idle import idle_notes
from landbridge.routing.inside import by_area, inside
from landbridge.routing.itinerary import drawn
from landbridge.routing.labels import told_apart
from landbridge.routing.lifted import shut_doors
from landbridge.routing.no_route import SHUT, explain, one_way
from landbridge.routing.plan import Plan, laid, plan
from landbridge.routing.pricing import Priced, labelled, priced_ways, ranged
from landbridge.routing.question import RouteQuestion
from landbridge.routing.rested import more, of_sections
from landbridge.routing.shipment import MODES, Factors, Mode, Service, Shipment
from landbridge.routing.thresholds import thresholds
from landbridge.routing.weightings import variants
from landbridge.routing.weights import Objective, Variant
from landbridge.world.within import within as within_areas

if TYPE_CHECKING:
    from landbridge.network import Network
    from landbridge.routing.costs import End
    from landbridge.world import Refusal, World
    from landbridge.world.places import Place
    from landbridge.world.within import Within


ON_BOARD = (
    "no way lands cargo where it must pass: the ship calls there with it on board, for the hours in port of the usual "
    "calls on the way, which all sailings count"
)
TURNS = "every way through what must be passed turns back on itself or passes something twice"
PIPED = {
    "crude_oil": (
        "crude oil goes by pipeline where there is one, which is no way of a shipment here: "
        "`landbridge oil` tells what pipelines carry"
    )
}
"""Cargo that goes mostly by pipeline, with what is said of it."""


@dataclass(frozen=True, eq=False, slots=True)
class Setting:
    """A question made ready: its places, its plan, its doors and the stops on the way."""

    question: RouteQuestion
    plan: Plan
    origin: Place
    destination: Place
    begin: tuple[Doorstep, ...]
    end: tuple[Doorstep, ...]
    stops: tuple[tuple[Gate, ...], ...]
    notes: tuple[str, ...]
    lacks: NoRoute | None = None
    """Why one of the ends has no door."""


def route(  # noqa: PLR0913
    world: World,
    origin: str,
    destination: str,
    *,
    cargo: str = "container",
    teu: float | None = None,
    tonnes: float | None = None,
    value_usd: float | None = None,
    carrier: str | None = None,
    modes: Sequence[Mode] = (),
    via: Sequence[str] = (),
    avoid: Sequence[str] = (),
    service: Service = "auto",
    team: bool | None = None,
    hs: str | None = None,
    factors: Factors = "nearest",
    objective: Objective = "generalised",
    n: int = 5,
    at: str | None = None,
    stood_days: float | None = None,
    within: Sequence[str] = (),
) -> RouteAnswer:
    """The ways of one shipment from origin to destination in a world.

    Parameters
    ----------
    world
        The facts on a day, changed by scenarios.
    origin, destination
        Places: a city, UN/LOCODE, "lat,lon", or the id of a crossing, port or passage.
    cargo, teu, tonnes, value_usd, carrier, modes, via, avoid, service, team, hs, factors
        The shipment, see `Shipment`.
    objective
        What the first alternative minimises.
    n
        How many alternatives at most.
    at
        Where the cargo already stands: it waits for new papers and pays for its storage or standing.
    stood_days
        How long it has stood there already; those days are paid and are no part of the hours.
    within
        Blocs, formats, records or areas of which it is told what part of each way lies in them.

    Returns
    -------
    RouteAnswer
        Alternatives, or a reasoned "no route".

    Raises
    ------
    InputError
        If a place, mode, area or amount cannot be used.

    Examples
    --------
    >>> from landbridge.world import World
    >>> answer = route(World.at("2024-06-01"), "Kyiv", "Moscow")
    >>> answer.answered
    False
    """
    shipment = Shipment(
        cargo=cargo,
        teu=teu,
        tonnes=tonnes,
        value_usd=value_usd,
        carrier=carrier,
        service=service,
        modes=tuple(modes),
        via=tuple(via),
        avoid=tuple(avoid),
        team=team,
        hs=hs,
        factors=factors,
    )
    return answer_route(
        world, RouteQuestion(origin, destination, shipment, objective, n, at, stood_days, tuple(within))
    )


def answer_route(
    world: World, question: RouteQuestion, *, with_avoided: bool = True, in_brief: bool = False
) -> RouteAnswer:
    """Answer a `RouteQuestion` in a world.

    Parameters
    ----------
    world, question
        The world and what is asked in it.
    with_avoided
        Tell also what better ways would use and is refused to the shipment, by one more search.
    in_brief
        Tell only what a table of many rows shows: the ways with their amounts, ranges and grades, without lines,
        evidence, rules, how sure their order is, and without ways that are only named.
    """
    check_question(world, question)
    setting = prepare(world, question)
    the_plan = setting.plan
    shipment_modes = the_plan.shipment.modes or MODES
    by_surface = "air" not in question.shipment.modes
    the_variants = variants(question.objective, shipment_modes, thresholds(world.facts), by_surface=by_surface)
    doors_of = partial(door_ways, setting)
    # How many ways are asked for decides only which of them are shown.
    key = tuple(getattr(question, one.name) for one in fields(question) if one.name != "n")
    weighed: Weighed = the_plan.asked.get(key, lambda: _weighed(setting, doors_of, the_variants))
    found = weighed.found
    piped = PIPED.get(question.shipment.cargo)
    notes = (*((piped,) if piped else ()), *setting.notes, *idle_notes(world, the_plan.network), *weighed.notes)
    ends = (setting.origin.area, setting.destination.area)
    choice = choose(
        world,
        found,
        [one.way for one in weighed.priced],
        lambda some: labelled(the_plan, [(one, found[one.number]) for one in some]),
        question.objective,
        question.n,
        the_plan.usd_per_h,
        best_first=not setting.stops,
    )
    if not choice.shown:
        turned = any(
            only_turns(the_plan, doors_of, stops, the_variants)
            for stops in (setting.stops, sailing_past(setting.stops))
        )
        shut_this_way = one_way(the_plan, *doors_shut_too(setting), setting.stops) if turned else None
        no = shut_this_way or (NoRoute(TURNS) if turned else why_none(setting))
        return RouteAnswer(question, world.ref(), (), no, notes, *bearing(the_plan, (), ends))
    missed = _avoided(setting, the_variants[0], found[0]) if with_avoided and not in_brief else ()

    def whole(some: Sequence[Itinerary], beside: Sequence[Itinerary] = ()) -> tuple[Itinerary, ...]:
        ways = ((one, weighed.priced[one.number].rested, found[one.number]) for one in some)
        told = tuple(
            ranged(the_plan, one, rested, way, steps_of(setting, way.begin, way.end)) for one, rested, way in ways
        )
        return told_apart(told, beside)

    if in_brief:
        return RouteAnswer(question, world.ref(), whole(choice.shown), None)
    shown = tuple(
        replace(one, legs=drawn(the_plan, one.legs), evidence=evidence_of(world, one.legs))
        for one in with_order(whole(choice.shown), question.objective, the_plan.usd_per_h, thresholds(world.facts))
    )
    groups = tuple(within_areas(world, text) for text in dict.fromkeys(question.within))
    if groups:
        shown = tuple(_within(world, one, groups) for one in shown)
    return RouteAnswer(
        question,
        world.ref(),
        shown,
        None,
        (*notes, *_rate_notes(the_plan, shown)),
        *bearing(the_plan, shown, ends),
        others=whole(choice.others, choice.shown),
        left_out=tuple(replace(one, route=whole((one.route,))[0]) for one in choice.left_out),
        avoided=missed,
        within=groups,
    )


def _within(world: World, one: Itinerary, groups: Sequence[Within]) -> Itinerary:
    """A way with what part of it lies in each group of areas, and the rows that say who belongs to it."""
    from landbridge.facts import evidence

    parts = by_area(one.legs)
    found = tuple(inside(parts, group) for group in groups)
    known = {(item.table, item.id) for item in one.evidence}
    rows = [row for group in groups for row in group.rows if row not in known]
    said = tuple(evidence(world.facts, table, row) for table, row in dict.fromkeys(rows))
    return replace(one, within=found, evidence=(*one.evidence, *said))


@dataclass(frozen=True, eq=False, slots=True)
class Weighed:
    """All ways found for a question, each priced, and what is to be told of how they were found."""

    found: tuple[Candidate, ...]
    priced: tuple[Priced, ...]
    notes: tuple[str, ...] = ()


def _weighed(setting: Setting, doors_of: Callable[[Variant], Doors], the_variants: Sequence[Variant]) -> Weighed:
    """All ways worth weighing, without the choice among them."""
    the_plan = setting.plan
    found: tuple[Candidate, ...] = ()
    called: tuple[str, ...] = ()
    if not the_plan.rules.trade_refusals and setting.begin and setting.end:
        found = candidates(the_plan, doors_of, setting.stops, the_variants)
        if not found and any(gate.called for gates in setting.stops for gate in gates):
            found = candidates(the_plan, doors_of, sailing_past(setting.stops), the_variants)
            called = (ON_BOARD,) if found else ()
    return Weighed(found, tuple(priced(setting, found)), called)


def priced(setting: Setting, found: Sequence[Candidate]) -> list[Priced]:
    """The candidates as itineraries, with what choosing among them needs."""
    names = (setting.origin.name, setting.destination.name)
    ways = [(one, steps_of(setting, one.begin, one.end)) for one in found]
    return priced_ways(setting.plan, names, ways)


def _rate_notes(the_plan: Plan, shown: Sequence[Itinerary]) -> tuple[str, ...]:
    """What the reader should know of the rates that the ways shown rest on."""
    from landbridge.routing import costs

    return costs.rate_notes(the_plan.costs.book, {row for one in shown for leg in one.legs for row in leg.evidence})


def evidence_of(world: World, some: Sequence[Leg]) -> tuple[Evidence, ...]:
    """What the legs rest on, each row once; looked up only for the alternatives that are shown."""
    from landbridge.facts import evidence

    rows = dict.fromkeys(row for leg in some for row in leg.evidence)
    return tuple(evidence(world.facts, table, row) for table, row in rows)


def prepare(world: World, question: RouteQuestion) -> Setting:
    """Resolve the places of a question, weigh the shipment and find the doors."""
    from landbridge.world.places import holder, resolve

    network = network_of(world)
    start_text = question.at or question.origin
    origin = taken(world, network, placed(network, resolve(start_text, world.facts, world)))
    source = placed(network, resolve(question.origin, world.facts, world)) if question.at else origin
    destination = taken(world, network, placed(network, resolve(question.destination, world.facts, world)))
    if (origin.lat, origin.lon) == (destination.lat, destination.lon):
        raise InputError(f"'{start_text}' and '{question.destination}' are the same place", field="destination")
    held = (holder(world, source) or None, holder(world, destination) or None)
    shipment = question.shipment.with_(origin_area=held[0], destination_area=held[1])
    the_plan = plan(world, network, shipment)
    start, goal = end_of_trip(the_plan, origin, at=bool(question.at)), end_of_trip(the_plan, destination)
    begin, end = start.doors, goal.doors
    by_road = "road" in (the_plan.shipment.modes or MODES)
    if not by_road:
        begin, end = apart(begin, end)
    first: End = "at" if question.at else "origin"
    quay = shared_quay(network, begin, end) if by_road and not question.shipment.via else None
    if quay is None:
        steps = (
            doorsteps(the_plan, origin, begin, first, stood_days=question.stood_days or 0.0),
            doorsteps(the_plan, destination, end, "destination"),
        )
    else:
        steps = driven(the_plan, origin, destination, quay, first)
    return Setting(
        question=question,
        plan=the_plan,
        origin=origin,
        destination=destination,
        begin=steps[0],
        end=steps[1],
        stops=tuple(_stop(world, network, text) for text in question.shipment.via),
        notes=tuple(dict.fromkeys((*start.notes(the_plan), *goal.notes(the_plan)))),
        lacks=None if begin and end else _lacks(the_plan, start, goal),
    )


def _lacks(the_plan: Plan, start: EndOfTrip, goal: EndOfTrip) -> NoRoute:
    """Why one of the ends has no door: nothing is near, all that is near is shut, or the two ends share it."""
    for end in (start, goal):
        if not end.doors:
            refused = tuple(refusal.to_dict() for refusal in end.shut)
            reason = f"every port near {end.place.name} is shut to this shipment" if refused else end.none(the_plan)
            return NoRoute(reason, refused, refused[:1])
    return NoRoute(f"{start.place.name} and {goal.place.name} share the only terminal that is near them")


def network_of(world: World) -> Network:
    """The packaged network, with the links that the world's scenarios invent."""
    from landbridge.network import load

    return laid(world).network if world.links else load()


def door_ways(setting: Setting, variant: Variant) -> tuple[tuple[Way, ...], tuple[Way, ...]]:
    """The doors as ways, weighed by the objective of a weighting."""
    return ways_of(setting.plan, setting.begin, variant), ways_of(setting.plan, setting.end, variant)


def _stop(world: World, network: Network, text: str) -> tuple[Gate, ...]:
    """A place to pass as gates: a crossing, passage, ferry or port by id, else any terminal near the place."""
    from landbridge.world.places import resolve

    kinds = {"crossings": "crossing", "passages": "passage", "ferries": "ferry", "ports": "port"}
    for table, kind in kinds.items():
        if text in world.facts.table(table).by_id:
            return (Gate(kind, text, called=kind == "port"),)
    place = resolve(text, world.facts, world)
    if place.kind in {"crossing", "passage", "port"} and place.id:
        return (Gate(place.kind, place.id, called=place.kind == "port"),)
    return (Gate("place", place.name, place.lat, place.lon, called=True),)


def why_none(setting: Setting) -> NoRoute:
    """Why there is no way; where an end has no open door, its shut ones are looked at."""
    begin, end = doors_shut_too(setting)
    if setting.lacks is not None and not (begin and end):
        return setting.lacks
    return explain(setting.plan, begin, end, setting.stops, SHUT if setting.lacks is None else setting.lacks.reason)


def doors_shut_too(setting: Setting) -> tuple[dict[int, Refusal | None], dict[int, Refusal | None]]:
    """The nodes where the trip may begin and end, with what shuts each; None for those that are open."""
    begin, end = (
        {**{door.node: refusal for door, refusal in shut.items()}, **{step.node: None for step in steps}}
        for shut, steps in zip(_shut(setting), (setting.begin, setting.end), strict=True)
    )
    return begin, end


def _shut(setting: Setting) -> tuple[dict[Door, Refusal], dict[Door, Refusal]]:
    """The shut doors at both ends; where the road is allowed it is always a way out."""
    if "road" in (setting.plan.shipment.modes or MODES) and setting.begin and setting.end:
        return {}, {}
    return (
        shut_doors(setting.plan, setting.origin, at=bool(setting.question.at)),
        shut_doors(setting.plan, setting.destination),
    )


def _avoided(setting: Setting, variant: Variant, best: Candidate) -> tuple[dict[str, Any], ...]:
    """What better ways than the best one would use and is refused; with stops on the way it is not looked for."""
    if setting.stops:
        return ()
    shut = _shut(setting)
    first: End = "at" if setting.question.at else "origin"
    return avoided(
        setting.plan,
        (*setting.begin, *doorsteps(setting.plan, setting.origin, tuple(shut[0]), first)),
        (*setting.end, *doorsteps(setting.plan, setting.destination, tuple(shut[1]), "destination")),
        {door.node: refusal for some in shut for door, refusal in some.items()},
        variant,
        best.units,
    )


def steps_of(setting: Setting, begin: Way, end: Way) -> tuple[Doorstep, Doorstep]:
    """The two doors that a path uses."""
    return (
        next(step for step in setting.begin if step.node == begin.leave),
        next(step for step in setting.end if step.node == end.enter),
    )


def path_totals(setting: Setting, arcs: NDArray[np.int64], begin: Way, end: Way) -> tuple[float, float, float, float]:
    """Kilometres, hours, dollars and kg CO2e of a path with its doors, without making legs of it."""
    the_plan = setting.plan
    money = the_plan.money[arcs]
    before, after = steps_of(setting, begin, end)
    at_doors = (*before.legs, *after.legs)
    more_h, more_usd = more(of_sections(the_plan, [arcs], (before, after)))
    return (
        float(the_plan.costs.km[arcs].sum()) + sum(leg.km for leg in at_doors),
        float(the_plan.costs.hours[arcs].sum()) + sum(leg.hours for leg in at_doors) + more_h,
        float((the_plan.costs.usd[arcs] * money).sum()) + sum(leg.usd for leg in at_doors) + more_usd,
        float((the_plan.costs.kg_co2e[arcs] * money).sum()) + sum(leg.kg_co2e for leg in at_doors),
    )
