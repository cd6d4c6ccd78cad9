"""The first and last haul, the terminal at the end of it, and what a shipment costs once: papers, loading, the box."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from landbridge.routing.costs.amounts import GROUPAGE, complete, load_of
from landbridge.routing.costs.arcs import rules_of
from landbridge.routing.costs.carriers import carrier_class
from landbridge.routing.costs.crews import crew_of
from landbridge.routing.costs.driving import trip_hours_factor
from landbridge.routing.costs.emissions import co2_part
from landbridge.routing.costs.holding import held
from landbridge.routing.costs.moves import call_out, lorry_rate, trip_of
from landbridge.routing.costs.parts import DRIVING, RATE, REST, DoorPart, Part, of, waiting
from landbridge.routing.costs.shifts import Clock, law_of
from landbridge.routing.costs.terminals import WATER, Change, transfer_group
from landbridge.routing.costs.values import book

if TYPE_CHECKING:
    from landbridge.routing.costs.moves import Trip
    from landbridge.routing.shipment import Shipment
    from landbridge.world import World

End = Literal["origin", "at", "destination"]
TRIPS_KEPT: Final = 8
"""Trips whose doors are asked for in turn: a table of many places asks each of its shipments at a thousand doors."""


@dataclass(frozen=True, slots=True)
class Site:
    """The node at a door: its mode, its area, its port ("" where it is none), and the haul to it [km]."""

    mode: str
    area: str
    km: float
    port: str = ""


def door_costs(
    world: World, shipment: Shipment, area: str, site: Site, end: End = "origin", *, stood_days: float = 0.0
) -> tuple[DoorPart, ...]:
    """What happens between a place and the node where the network begins, in the order of the trip.

    Parameters
    ----------
    area
        Area code of the place.
    site
        The node: on roads the lorry drives on from the haul; elsewhere the cargo waits in a terminal for its train,
        ship or plane, or to be let out of it, as it does where a lorry brings it over the roads of the network.
    end
        "origin", "destination", or "at" for cargo that is held on the way: it stands, pays for that, gets new papers.
    stood_days
        Days that held cargo has stood already; they are paid with the others, but are no part of the trip's hours.

    Examples
    --------
    >>> from landbridge.routing.shipment import Shipment
    >>> from landbridge.world import World
    >>> parts = door_costs(World.at("2023-06-01"), Shipment(), "DEU", Site("rail", "DEU", 20.0), "destination")
    >>> [part.kind for part in parts], round(parts[1].km)
    (['transfer', 'move', 'handling'], 26)
    """
    trip = _trip(world, shipment)
    terminal = _terminal(world, trip, site, end)
    if end == "at":
        standing = () if _afloat(site) else held(trip, area, terminal, stood_days)
        return (*standing, _papers(trip, site.mode, area), *_haul(trip, area, site), *terminal)
    papers = end == "origin" and exported(world, trip.shipment)
    found = (_fixed(trip, site.mode, end, area, papers=papers), *_haul(trip, area, site), *terminal)
    return found[::-1] if end == "destination" else found


@lru_cache(maxsize=TRIPS_KEPT)
def _trip(world: World, shipment: Shipment) -> Trip:
    """The trip of a shipment, which is the same at each of its doors."""
    done = complete(shipment, world.facts)
    trip = trip_of(book(world.facts, world.day), done, load_of(done, world.facts))
    return replace(trip, ships=carrier_class(world, done))


def exported(world: World, shipment: Shipment) -> bool:
    """Whether goods leave for another state with customs between: a home trip or one within a union has no such papers.

    Examples
    --------
    >>> from landbridge.routing.shipment import Shipment
    >>> from landbridge.world import World
    >>> ends = [("UZB", "UZB"), ("DEU", "POL"), ("KAZ", "RUS"), ("UZB", "KAZ")]
    >>> [exported(World.at("2023-06-01"), Shipment(origin_area=a, destination_area=b)) for a, b in ends]
    [False, False, False, True]
    """
    from landbridge.world import border_effects

    ends = shipment.origin_area, shipment.destination_area
    if not (ends[0] and ends[1]):
        return True
    return ends[0] != ends[1] and not border_effects(world, ends[0], ends[1], "road", shipment.cargo).no_border_check


def _afloat(site: Site) -> bool:
    """Whether the cargo is on a ship under way, which only turns."""
    return site.mode in WATER and not site.port


def _haul(trip: Trip, area: str, site: Site) -> tuple[DoorPart, ...]:
    """The lorry between the place and the node; on roads it drives on, and is called as for the whole of its run."""
    if site.km <= 0.0:
        return ()
    on = trip.book
    circuity = on.get("local_circuity", mode="road")
    speed = on.get("local_speed_kmh", mode="road")
    way = site.km * circuity.value
    driving = way / speed.value
    team = crew_of(trip, area).on(way)
    law, factor = law_of(on, area, team=team), trip_hours_factor(on, area, team=team)
    resting = driving * (factor.value - 1.0) if law is None else sum(Clock().drive(law, driving))
    rate, usd_km = lorry_rate(trip, area)
    cv = on.get("cv_time", mode="road").value
    emitted = co2_part(trip, "road", area=area)
    return (
        DoorPart("move", "road", way, "first or last haul by lorry", (
            Part(
                DRIVING, *speed.row, speed.grade, hours=driving, var_h2=(cv * (driving + resting)) ** 2,
                low=1.0 / speed.high, high=1.0 / max(speed.low, 0.05),
            ),
            *([of(factor, REST, hours=resting)] if resting > 0.0 else []),
            of(rate, RATE, usd=usd_km * way),
            *([] if site.mode == "road" else [call_out(trip, area)]),
            of(circuity, "detour"),
            Part("co2e", *emitted.row, emitted.grade, kg=emitted.kg_km * way, low=emitted.low, high=emitted.high),
        )),
    )  # fmt: skip


def _terminal(world: World, trip: Trip, site: Site, end: End) -> tuple[DoorPart, ...]:
    """The change between the lorry and the mode of the node, as at any other terminal."""
    if site.mode == "road" or (end == "at" and _afloat(site)):
        return ()
    start, goal = (site.mode, "road") if end == "destination" else ("road", site.mode)
    rules = rules_of(world, trip.shipment)
    group = transfer_group(world, rules, trip, Change(start, goal, site.area, site.port))
    return (DoorPart("transfer", goal, 0.0, f"{start} to {goal}", group.parts),)


def _papers(trip: Trip, mode: str, area: str) -> DoorPart:
    """New papers for cargo that goes on another way than it came for."""
    return DoorPart("handling", mode, 0.0, "new papers", (_of_papers(trip, area),))


def _of_papers(trip: Trip, area: str) -> Part:
    usd = trip.book.get("documents_usd", area=area)
    return of(usd, "papers", usd=usd.value)


def _fixed(trip: Trip, mode: str, end: End, area: str, *, papers: bool) -> DoorPart:
    """Loading and the papers of an export at the origin; unloading at the destination; the lorry's call."""
    on = trip.book
    cv = on.get("cv_time", mode="wait").value
    handling = on.get("local_handling_h", mode="road")
    parts = [waiting(handling, "loading", handling.value, cv)]
    if mode == "road":
        # The other half of what it is paid for coming and waiting falls to the other end of its run.
        parts.append(call_out(trip, area, 1))
    if trip.load.groupage:
        parts += _depot(trip)
    if papers:
        parts.append(_of_papers(trip, area))
    note = "unloading" if end == "destination" else "loading and papers" if papers else "loading"
    return DoorPart("handling", mode, 0.0, note, tuple(parts))


def _depot(trip: Trip) -> tuple[Part, Part]:
    """What a part load takes at one end: a stop on the round of a lorry, and half of the stay in the depots of both."""
    on = trip.book
    stop, stay = on.get("groupage_stop_usd", mode="road"), on.get("groupage_h", mode="road")
    cv = on.get("cv_time", mode="wait").value
    return of(stop, "stop on a round", usd=stop.value), waiting(stay, GROUPAGE, stay.value / 2.0, cv)
