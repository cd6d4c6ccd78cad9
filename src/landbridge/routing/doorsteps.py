"""The two ends of a trip: the doors of a place that this shipment may use, as legs and as ways into the network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from landbridge.routing.access import (
    AT_KM,
    FAR_TOLD_KM,
    QUAYS,
    REACH_KM,
    STATION_KM,
    Door,
    doors,
    doors_at,
    nodes_of,
    stations,
)
from landbridge.routing.answer import Leg
from landbridge.routing.chain import Way
from landbridge.routing.itinerary import fetched, node_name
from landbridge.routing.shipment import MODES
from landbridge.routing.turning import AFLOAT
from landbridge.routing.weights import Variant, scalar_to_units

if TYPE_CHECKING:
    from landbridge.routing.costs import DoorPart, End, Site
    from landbridge.routing.plan import Plan
    from landbridge.world import Refusal
    from landbridge.world.places import Place

NO_TERMINAL = "no goods station is known here"
STATIONS = 8
"""So many stations near a place are looked at for one with a road."""


@dataclass(frozen=True, eq=False, slots=True)
class Doorstep:
    """A door of a place for one shipment: what happens there, as parts of the cost and as legs."""

    door: Door
    parts: tuple[DoorPart, ...]
    legs: tuple[Leg, ...]

    @property
    def node(self) -> int:
        """The node where the network begins."""
        return self.door.node


@dataclass(frozen=True, eq=False, slots=True)
class EndOfTrip:
    """A place with its doors, the nearest first, and the ports near it that are shut to the shipment."""

    place: Place
    doors: tuple[Door, ...]
    shut: tuple[Refusal, ...] = ()

    def notes(self, the_plan: Plan) -> tuple[str, ...]:
        """What the reader must know of the way to the network."""
        if not self.doors:
            return ()
        found = []
        nearest = self.doors[0]
        if nearest.km > FAR_TOLD_KM:
            found.append(
                f"{self.place.name} lies {nearest.km:.0f} km from the nearest usable terminal; "
                "the haul by road is added"
            )
        if all(_unknown_station(the_plan, door) for door in self.doors):
            found.append(
                f"{self.place.name} is reached on the railway {nearest.km:.0f} km away; no goods station is known "
                f"within {STATION_KM:.0f} km, so whether cargo is handled there is not known"
            )
        return tuple(found)

    def none(self, the_plan: Plan) -> str:
        """Why the place has no door."""
        names = {"road": "road", "rail": "railway", "sea": "port", "river": "port", "air": "cargo airport"}
        kinds = list(dict.fromkeys(names[mode] for mode in the_plan.shipment.modes or MODES))
        what = " or ".join([*([", ".join(kinds[:-1])] if kinds[1:] else []), kinds[-1]])
        of = f" of {self.place.area}" if self.place.area else ""
        return f"no {what}{of} that a lorry can reach lies within {REACH_KM:.0f} km of {self.place.name}"


def end_of_trip(the_plan: Plan, place: Place, *, at: bool = False) -> EndOfTrip:
    """The doors of a place that the shipment may use; `at` where it already stands there."""
    # Shipments that share a plan are bound by the same rules.
    found: EndOfTrip = the_plan.made.get(("end of trip", place, at), lambda: _end_of_trip(the_plan, place, at))
    return found


def _end_of_trip(the_plan: Plan, place: Place, at: bool) -> EndOfTrip:
    shut: list[Refusal] = []

    def usable(node: int) -> bool:
        refusal, usable = quay(the_plan, node)
        if refusal is not None:
            shut.append(refusal)
        return usable

    modes = the_plan.shipment.modes or MODES
    found = (doors_at if at else doors)(the_plan.network, place, modes, usable, partial(suits, the_plan))
    if not at and not the_plan.costs.load.boxed:
        for mode in ("sea", "river", "rail"):
            found = _with_quays(the_plan, place, found, usable, mode) if mode in modes else found
    elif not at and "rail" in modes and not _goods_station(the_plan, place):
        known = {door.node for door in found}
        lines = stations(the_plan.network, place, AT_KM)
        found = (*found, *(door for door in lines if door.node not in known))
    return EndOfTrip(place, found, tuple(dict.fromkeys(shut)))


def _with_quays(
    the_plan: Plan, place: Place, found: tuple[Door, ...], usable: Callable[[int], bool], mode: str
) -> tuple[Door, ...]:
    """The doors, with the quays or sidings that the place is or has: loose cargo lies there, and no lorry is hired.

    Where no goods station is known, mines and works have their siding on the railway that passes the place; where the
    place has one, that of another town is none of its own.
    """
    from landbridge.network import nearest

    network = the_plan.network
    nodes, km = nearest(
        network, place.lat, place.lon, modes=nodes_of(mode), area=place.area or None, k=QUAYS, max_km=AT_KM,
        terminals_only=True,
    )  # fmt: skip
    own_km = STATION_KM if mode == "rail" and (km <= STATION_KM).any() else AT_KM
    quays = {
        node: Door(node, 0.0)
        for node in nodes[km <= own_km].tolist()
        if (place.kind != "port" or network.terminals[int(network.node_terminal[node])].id == place.id)
        and suits(the_plan, node)
        and usable(node)
    }
    if mode == "rail" and not quays:
        quays = {door.node: Door(door.node, 0.0) for door in stations(network, place)}
    return (*quays.values(), *(door for door in found if door.node not in quays))


def _goods_station(the_plan: Plan, place: Place) -> bool:
    """Whether a goods station is known so near that a lorry would bring boxes there, not to the town's own railway.

    A station without a road is reached by no lorry of the network.
    """
    from landbridge.network import nearest, station_node

    network = the_plan.network
    near, _ = nearest(
        network, place.lat, place.lon, modes=("rail",), area=place.area or None, k=STATIONS, max_km=FAR_TOLD_KM,
        terminals_only=True,
    )  # fmt: skip
    terminals = (network.terminals[int(network.node_terminal[node])].id for node in near)
    return any(station_node(network, one, "road") is not None for one in terminals)


def suits(the_plan: Plan, node: int) -> bool:
    """Whether the port of a node handles such cargo on any day; other nodes do."""
    from landbridge.routing.costs.access import no_boxes

    network, world = the_plan.network, the_plan.world
    if not AFLOAT[network.node_mode[node]]:
        return True
    port = network.terminals[int(network.node_terminal[node])].id
    if port not in world.facts.table("ports").by_id:
        # A mere berth of a ferry, where no other ship calls.
        return False
    return not the_plan.costs.load.boxed or no_boxes(world, port) is None


def quay(the_plan: Plan, node: int) -> tuple[Refusal | None, bool]:
    """Whether the shipment may pass the port of a node, and what forbids it; other nodes it may."""
    from landbridge.routing.costs.access import avoid_words, port_refusal

    network = the_plan.network
    if not AFLOAT[network.node_mode[node]]:
        return None, True
    port = network.terminals[int(network.node_terminal[node])].id
    if port not in the_plan.world.facts.table("ports").by_id or port in avoid_words(the_plan.shipment.avoid)["id"]:
        # A mere berth of a ferry, where no other ship calls; or what the shipment avoids.
        return None, False
    refusal = port_refusal(the_plan.world, the_plan.rules, port, boxed=the_plan.costs.load.boxed)
    return refusal, refusal is None


def _unknown_station(the_plan: Plan, door: Door) -> bool:
    """Whether a door is a place on a railway where no town of the tables has its goods station."""
    from landbridge.network import MODES as NODE_MODES
    from landbridge.network import nearest

    network = the_plan.network
    if NODE_MODES[int(network.node_mode[door.node])] != "rail" or network.node_terminal[door.node] >= 0:
        return False
    near, _ = nearest(
        network, float(network.lat[door.node]), float(network.lon[door.node]), modes=("rail",), terminals_only=True,
        max_km=STATION_KM,
    )  # fmt: skip
    return not near.size


def doorsteps(
    the_plan: Plan, place: Place, some: tuple[Door, ...], end: End, *, stood_days: float = 0.0
) -> tuple[Doorstep, ...]:
    """What happens at each door; `stood_days` is how long held cargo has stood there."""
    return tuple(
        the_plan.made.get((place, door, end, stood_days), partial(_doorstep, the_plan, place, door, end, stood_days))
        for door in some
    )


def driven(
    the_plan: Plan, origin: Place, destination: Place, quay: int, end: End
) -> tuple[tuple[Doorstep, ...], tuple[Doorstep, ...]]:
    """Both ends of a trip by lorry outside the network, between places that lie by the same quay."""
    from landbridge.geo import great_circle_km
    from landbridge.routing import costs

    km = float(great_circle_km(origin.lat, origin.lon, destination.lat, destination.lon))
    spot = (destination.lat, destination.lon)
    begin, finish = Door(quay, km), Door(quay, 0.0)
    first = _step(the_plan, origin, begin, end, costs.Site("road", origin.area, km), (destination.name, spot))
    site = costs.Site("road", destination.area, 0.0)
    return (first,), (_step(the_plan, destination, finish, "destination", site, (destination.name, spot)),)


def _doorstep(the_plan: Plan, place: Place, door: Door, end: End, stood_days: float) -> Doorstep:
    from landbridge.network import MODES as NODE_MODES
    from landbridge.routing import costs

    network = the_plan.network
    mode = NODE_MODES[int(network.node_mode[door.node])]
    number = int(network.node_terminal[door.node])
    terminal = network.terminals[number] if number >= 0 else None
    port = terminal.id if terminal is not None and terminal.id in the_plan.world.facts.table("ports").by_id else ""
    area = terminal.area if terminal is not None else place.area
    site = costs.Site(mode, area, door.km, port)
    spot = (float(network.lat[door.node]), float(network.lon[door.node]))
    at = (node_name(the_plan, door.node) or place.name, spot)
    return _step(the_plan, place, door, end, site, at, stood_days=stood_days)


def _step(
    the_plan: Plan,
    place: Place,
    door: Door,
    end: End,
    site: Site,
    at: tuple[str, tuple[float, float]],
    *,
    stood_days: float = 0.0,
) -> Doorstep:
    """What happens between a place and what stands `at` the door, by its name and position."""
    from landbridge.routing import costs
    from landbridge.world import keeper

    parts = costs.door_costs(the_plan.world, the_plan.shipment, place.area, site, end, stood_days=stood_days)
    name, spot = at
    port = site.port
    lacking = NO_TERMINAL if _unknown_station(the_plan, door) else ""
    outward = end != "destination"
    found = []
    for part in parts:
        moves = part.kind == "move"
        start, goal = (place.name, name) if outward else (name, place.name)
        if not moves:
            start = goal = name if part.kind == "transfer" else place.name
        found.append(
            Leg(
                kind=part.kind,
                mode=part.mode,
                start=start,
                end=goal,
                areas=(keeper(the_plan.world, place.area),) if place.area else (),
                km=part.km,
                hours=part.hours,
                usd=part.usd,
                kg_co2e=part.kg_co2e,
                variance_h2=part.var_h2,
                note="; ".join(
                    filter(None, (part.note, fetched(part.parts), lacking if part.kind == "transfer" else ""))
                ),
                ref=("ports", port) if port and part.kind == "transfer" else None,
                points=(((place.lat, place.lon), spot) if outward else (spot, (place.lat, place.lon))) if moves else (),
                evidence=part.evidence,
            )
        )
    return Doorstep(door, parts, tuple(found))


def ways_of(the_plan: Plan, some: tuple[Doorstep, ...], variant: Variant) -> tuple[Way, ...]:
    """The doors as ways, weighed by the objective of a weighting."""

    def units(legs: tuple[Leg, ...]) -> int:
        hours = sum(leg.hours for leg in legs)
        usd = sum(leg.usd for leg in legs) / the_plan.amount
        kg = sum(leg.kg_co2e for leg in legs) / the_plan.amount
        per_h, per_usd, per_kg = the_plan.prices(variant.objective)
        scalar = per_usd * usd + per_h * hours + per_kg * kg
        return scalar_to_units(scalar, variant.objective, the_plan.units_per(variant.objective))

    return tuple(Way(step.node, step.node, units(step.legs)) for step in some)
