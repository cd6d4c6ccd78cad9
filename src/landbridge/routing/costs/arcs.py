"""The cost of every arc for one shipment in one world."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.costs.access import AsRules, access, known, wanted
from landbridge.routing.costs.amounts import Load, complete, load_of, mode_factors
from landbridge.routing.costs.borders import crossing_group, line_group, swap_group
from landbridge.routing.costs.carriers import carrier_class
from landbridge.routing.costs.classes import LINE_TABLE, LINK_TABLE, ArcClass, arc_classes
from landbridge.routing.costs.flights import flights, lengths, no_way
from landbridge.routing.costs.inherited import touched
from landbridge.routing.costs.moves import Trip, call_out, move_group, trip_of
from landbridge.routing.costs.parts import AMOUNTS, Group, Part
from landbridge.routing.costs.ports import BARGES
from landbridge.routing.costs.terminals import WATER, Change, gauge_group, transfer_group
from landbridge.routing.costs.totals import Groups, Totals, totals
from landbridge.routing.costs.values import Book, book
from landbridge.routing.costs.waits import Border
from landbridge.routing.costs.water import (
    by_large_lines,
    change_of_ships,
    ferry_group,
    passage_group,
    serving_trip,
    too_long,
)

if TYPE_CHECKING:
    from landbridge.network import Network
    from landbridge.routing.shipment import Shipment
    from landbridge.world import Refusal, Rules, World

LEAST_HOURS: Final = 1e-3
"""No arc takes less than this [h], so that a way through many arcs is never free."""


@dataclass(frozen=True, eq=False, slots=True)
class OfClass:
    """A value of each arc that its class and its length give, worked out for the arcs that are asked for.

    `base` and `slope`, what a kilometre adds, are those of the classes; without a slope the values are of its kind.
    """

    of_arc: NDArray[np.int32]
    base: NDArray[Any]
    slope: NDArray[np.float64] | None = None
    km: NDArray[np.float64] | None = None

    def __getitem__(self, arcs: Any) -> NDArray[Any]:
        """The values of one arc, of some or of all (`[:]`)."""
        classes = self.of_arc[arcs]
        if self.slope is None or self.km is None:
            return np.asarray(self.base[classes])
        return np.asarray(self.base[classes] + self.slope[classes] * self.km[arcs])


@dataclass(frozen=True, eq=False)
class ArcCosts:
    """What each arc costs one weighting unit of a shipment, arrays of shape (m,) or `OfClass` where few are asked for.

    Money and kilograms are for one TEU (or one tonne of loose cargo), on roads for one lorry; `mode_factors` turn them
    into those of the whole shipment. Hours do not depend on the amount.

    Parameters
    ----------
    hours, var_h2
        Mean time and its variance from trip to trip.
    wait_hours
        The part of the hours that is waiting before a ferry or, at a hub, for the connecting ship.
    allowed
        Whether the arc may be used; `blocked` is the number of the refusal that forbids it, -1 where none does.
        `wanted` tells whether the shipment itself would use it, refused or not.
    ev_hours, ev_usd
        Number in `evidence` of the row that most of the hours or dollars stand on, -1 where there are none.
    grade_hours, grade_usd
        Grades of those rows, 0 for A to 3 for D.
    group, groups, km
        The pieces that an arc's cost is made of, for the whole shipment, and its length, flights as they are flown.
    rules, load, trip
        What the shipment may use, how much it is, what its costs depend on.
    added
        What the classes of arcs cost.
    changed
        The arcs that may cost something else than `below`, or are allowed otherwise; None where all may.
    world_id
        The world that they were worked out in.
    """

    hours: NDArray[np.float64]
    var_h2: OfClass
    usd: NDArray[np.float64]
    kg_co2e: NDArray[np.float64]
    wait_hours: OfClass
    allowed: NDArray[np.bool_]
    blocked: NDArray[np.int32]
    wanted: NDArray[np.bool_]
    grade_hours: OfClass
    grade_usd: OfClass
    ev_hours: OfClass
    ev_usd: OfClass
    refusals: tuple[Refusal, ...]
    evidence: tuple[tuple[str, str], ...]
    group: NDArray[np.int32]
    groups: Sequence[Group]
    km: NDArray[np.float64]
    rules: Rules
    load: Load
    unit: str
    trip: Trip
    added: Totals
    changed: NDArray[np.int64] | None
    world_id: str

    @property
    def book(self) -> Book:
        """The parameters as they were read."""
        return self.trip.book

    def parts(self, arc: int) -> tuple[Part, ...]:
        """The pieces of an arc's cost, for the whole shipment."""
        return self.groups[int(self.group[arc])].parts


def arc_costs(
    world: World,
    network: Network,
    shipment: Shipment,
    key: Sequence[str] = (),
    below: ArcCosts | None = None,
    beside: ArcCosts | None = None,
) -> ArcCosts:
    """Weigh all arcs for a shipment in a world.

    Parameters
    ----------
    world
        The world: its day and facts decide rates, waits and what may be used.
    network
        The network, with the links of the world's scenarios.
    shipment
        The shipment; its areas of origin and destination decide which measures bind and the direction of the trade.
    key
        All that the costs depend on, in words under which their totals are kept on disk; without it they are not.
    below
        The costs of the same class of shipments over the same network in the world without its scenarios, where they
        are at hand: only what the scenarios touch is worked out then.
    beside
        The costs of as much of the same goods over the same network in the same world between other ends, where they
        are at hand: only what the ends touch is worked out then.

    Returns
    -------
    ArcCosts
        Arrays over the arcs.

    Examples
    --------
    >>> from landbridge.network import load
    >>> from landbridge.routing.shipment import Shipment
    >>> from landbridge.world import World
    >>> costs = arc_costs(World.at("2023-06-01"), load(), Shipment(origin_area="CHN", destination_area="DEU"))
    >>> bool((costs.hours > 0).all()), bool((costs.usd >= 0).all())
    (True, True)
    """
    done = complete(shipment, world.facts)
    load = load_of(done, world.facts)
    trip = trip_of(book(world.facts, world.day), done, load, world)
    rules = rules_of(world, done)
    classes = arc_classes(network, world.facts)
    links = {link.id: link for link in world.links}
    before, new = None, None
    for one in (below, beside):
        if one is not None and new is None:
            before, new = one, touched(world, classes.classes, trip, rules, one)
    as_before = None if before is None else before.groups

    def make(number: int) -> Group:
        if as_before is not None and new is not None and not new[number]:
            return as_before[number]
        return _class_group(world, rules, trip, network, classes.classes[number], links)

    groups = Groups(len(classes.classes), make)
    added = totals(groups, key, None if before is None else before.added, new)
    factors = mode_factors(done, world.facts)
    by_unit = np.array([1.0 / factors[one.mode] for one in classes.classes])
    by_air = flights(network, rules, done.carrier)
    of_arc, km = classes.of_arc, lengths(by_air, classes.km)
    blocked, refusals = access(world, network, AsRules(rules), boxed=load.boxed)
    if by_air is not None and (barred := by_air.barred[blocked[by_air.barred] < 0]).size:
        blocked, refusals = blocked.copy(), (*refusals, no_way(network, rules, done.carrier, int(barred[0])))
        blocked[barred] = len(refusals) - 1
    fitting = np.array([sails(trip, one) for one in classes.classes])[classes.of_arc]
    wishes = wanted(world.facts, network, done.modes, done.avoid) & fitting
    allowed = wishes & (blocked < 0)
    other = None if new is None or before is None else np.flatnonzero(new[of_arc] | (km != before.km))

    *sums, wait = added.sums
    total = dict(zip(AMOUNTS, sums, strict=True))

    def spread(name: str, amount: str, scale: NDArray[np.float64] | float, least: float) -> NDArray[np.float64]:
        """An amount over all arcs; where some differ from those before, theirs alone is worked out."""
        base, slope = total[amount] * scale, total[f"{amount}_km"] * scale
        if before is None or other is None:
            return np.asarray(np.maximum(base[of_arc] + slope[of_arc] * km, least))
        found: NDArray[np.float64] = getattr(before, name).copy()
        found[other] = np.maximum(base[of_arc[other]] + slope[of_arc[other]] * km[other], least)
        return found

    return ArcCosts(
        hours=spread("hours", "hours", 1.0, LEAST_HOURS),
        var_h2=OfClass(of_arc, total["var_h2"], total["var_h2_km"], km),
        usd=spread("usd", "usd", by_unit, 0.0),
        kg_co2e=spread("kg_co2e", "kg", by_unit, -np.inf),
        wait_hours=OfClass(of_arc, wait),
        allowed=allowed,
        blocked=blocked,
        wanted=wishes,
        grade_hours=OfClass(of_arc, added.leading["grade_hours"]),
        grade_usd=OfClass(of_arc, added.leading["grade_usd"]),
        ev_hours=OfClass(of_arc, added.leading["ev_hours"]),
        ev_usd=OfClass(of_arc, added.leading["ev_usd"]),
        refusals=refusals,
        evidence=added.evidence,
        group=of_arc,
        groups=groups,
        km=km,
        rules=rules,
        load=load,
        unit="teu" if load.boxed else "tonne",
        trip=trip,
        added=added,
        changed=None
        if below is None or before is not below or new is None
        else np.flatnonzero(new[of_arc] | (km != below.km) | (allowed != below.allowed)),
        world_id=world.id,
    )


def rules_of(world: World, shipment: Shipment) -> Rules:
    """What the shipment may use in the world; without known ends only what binds every shipment."""
    from landbridge.world import Trip as RulesTrip
    from landbridge.world import resolve

    return resolve(
        world,
        RulesTrip(
            origin_area=shipment.origin_area or "",
            destination_area=shipment.destination_area or "",
            cargo=shipment.cargo,
            hs=shipment.hs,
            carriers=shipment.carrier,
            carrier_class=carrier_class(world, shipment),
        ),
    )


def sails(trip: Trip, one: ArcClass) -> bool:
    """Whether the ships that carry a shipment sail on arcs of a class: each kind of ship keeps to its own lanes."""
    if not by_large_lines(trip):
        return not one.small
    long = one.kind == "passage" and not one.small and one.ref is not None and too_long(trip, one.ref[1])
    return not (one.shoal or long)


def _class_group(
    world: World, rules: Rules, trip: Trip, network: Network, one: ArcClass, links: dict[str, Any]
) -> Group:
    """The group of a class of arcs; on the lanes of small ships with such a ship."""
    return _group(world, rules, serving_trip(trip) if one.small else trip, network, one, links)


def _group(world: World, rules: Rules, trip: Trip, network: Network, one: ArcClass, links: dict[str, Any]) -> Group:
    """The group of a class of arcs."""
    ref = one.ref[1] if one.ref is not None else ""
    if not known(world.facts, one):
        return Group(("unknown", ref), ())
    if one.kind == "move":
        table = one.ref[0] if one.ref is not None else ""
        link = links.get(ref) if table == LINK_TABLE else None
        group = move_group(trip, one.mode, one.where, link, barge=_on_barge(one))
        return line_group(world, rules, trip, ref, group, one.mode) if table == LINE_TABLE else group
    if one.kind == "crossing":
        return crossing_group(world, rules, trip, Border(ref, one.mode, one.start, one.goal))
    if one.kind == "swap":
        return swap_group(trip, ref)
    if one.kind == "transfer":
        return _changed(world, rules, trip, one)
    if one.kind == "gauge":
        terminal = network.terminals[one.terminal] if one.terminal >= 0 else None
        crossing = terminal.id.partition("@")[0] if terminal is not None else ref
        return gauge_group(trip, one.gauges, crossing, terminal.name if terminal is not None else "")
    if one.kind == "ferry":
        return ferry_group(world, rules, trip, ref, one.start_mode or one.mode, one.km)
    return passage_group(world, rules, trip, ref, (one.mode, one.where), paid=one.flag, barge=_on_barge(one))


def _on_barge(one: ArcClass) -> str | None:
    """The waterway of a class of arcs that barges alone sail on, "" where no row tells it; None for all others."""
    if not one.mode == BARGES == one.start_mode:
        return None
    return next(iter(one.stretches), "")


def _changed(world: World, rules: Rules, trip: Trip, one: ArcClass) -> Group:
    """The group of the arcs from one mode to another in a terminal, or from one ship to another."""
    port = one.ref[1] if one.ref is not None and one.ref[1] in world.facts.table("ports").by_id else ""
    if one.start_mode == one.mode and one.mode in WATER:
        return change_of_ships(trip, port)
    area = one.goal or one.start
    group = transfer_group(world, rules, trip, Change(one.start_mode, one.mode, area, port))
    if "road" not in {one.start_mode, one.mode}:
        return group
    # The other half of what the lorry is paid for coming and waiting falls to the other end of its run.
    return Group(group.key, (*group.parts, call_out(trip, area, 1)))


def rate_notes(book: Book, used: Container[tuple[str, str]]) -> tuple[str, ...]:
    """What the reader should know of the rates that an answer rests on: years that are far, moved by the price index.

    Parameters
    ----------
    book
        The parameters as they were read.
    used
        Tables and ids of the rows that the answer rests on.
    """
    far = [
        value
        for value in book.found.values()
        if value is not None and value.inflated and value.gap_years > 0 and value.row in used
    ]
    rows = {value.row for value in far}
    if not far:
        return ()
    years = max(value.gap_years for value in far)
    rates, come = ("rates", "come") if len(rows) > 1 else ("rate", "comes")
    return (
        f"{len(rows)} {rates} {come} from the nearest year with a figure (up to {years} years away), "
        "moved by the price index",
    )
