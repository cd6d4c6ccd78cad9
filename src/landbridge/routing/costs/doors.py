"""The first and last haul, and what a shipment costs once: papers, loading, the return of the box."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from landbridge.routing.costs.amounts import complete, load_of
from landbridge.routing.costs.driving import driver_rule, trip_hours_factor
from landbridge.routing.costs.moves import co2_part, trip_of
from landbridge.routing.costs.values import Book, Value, book

if TYPE_CHECKING:
    from landbridge.routing.costs.moves import Trip
    from landbridge.routing.shipment import Shipment
    from landbridge.world import World

End = Literal["origin", "at", "destination"]


@dataclass(frozen=True, slots=True)
class DoorPart:
    """One thing that happens at an end of the trip, for the whole shipment.

    `low` and `high` are the 10 % and 90 % points as shares of the central value.
    """

    kind: Literal["handling", "move"]
    mode: str
    km: float
    hours: float
    usd: float
    kg_co2e: float
    var_h2: float
    note: str
    evidence: tuple[tuple[str, str], ...]
    low: float = 1.0
    high: float = 1.0


def door_costs(
    world: World, shipment: Shipment, area: str, mode: str, km: float, end: End = "origin"
) -> tuple[DoorPart, ...]:
    """What happens between a place and the node where the network begins, in the order of the trip.

    Parameters
    ----------
    area
        Area code of the place.
    mode
        Mode of the node: on roads the lorry drives on from the haul, elsewhere it is unloaded at a terminal and the
        box has to be brought back or dropped.
    km
        Great-circle distance from the place to the node [km].
    end
        "origin", "destination", or "at" for cargo that is already on the way: new papers, no loading.

    Examples
    --------
    >>> from landbridge.routing.shipment import Shipment
    >>> from landbridge.world import World
    >>> parts = door_costs(World.at("2023-06-01"), Shipment(), "DEU", "rail", 20.0, "destination")
    >>> [part.kind for part in parts], round(parts[0].km)
    (['move', 'handling'], 26)
    """
    done = complete(shipment, world.facts)
    trip = trip_of(book(world.facts, world.day), done, load_of(done, world.facts))
    haul = _haul(trip, area, mode, km)
    fixed = _fixed(trip, mode, end)
    return (*haul, fixed) if end == "destination" else (fixed, *haul)


def _haul(trip: Trip, area: str, mode: str, km: float) -> tuple[DoorPart, ...]:
    """The lorry between the place and the node."""
    if km <= 0.0:
        return ()
    on, load = trip.book, trip.load
    circuity = on.get("local_circuity", mode="road")
    speed = on.get("local_speed_kmh", mode="road")
    way = km * circuity.value
    driving = way / speed.value
    rule = driver_rule(on, area)
    if rule is not None and driving > rule["daily_driving_h"]:
        # Beyond a day at the wheel the driver rests as on any other trip.
        driving *= trip_hours_factor(on, area, team=trip.shipment.team).value
    rate = on.get("rate_usd_lorry_km", mode="road", area=area)
    least = on.get("local_min_usd_lorry", mode="road")
    each = max(rate.value * way, least.value)
    paid = rate if rate.value * way > least.value else least
    cv = on.get("cv_time", mode="road").value
    kg = co2_part(trip, "road", area=area).kg_km * way
    return (
        DoorPart(
            "move", "road", way, driving, each * load.lorries, kg, (cv * driving) ** 2, "first or last haul by lorry",
            (paid.row, speed.row, circuity.row), paid.low, paid.high,
        ),
    )  # fmt: skip


def _fixed(trip: Trip, mode: str, end: End) -> DoorPart:
    """Loading and papers at the origin; unloading and the return of the box at the destination."""
    on, load = trip.book, trip.load
    handling = on.get("local_handling_h", mode="road")
    cv = on.get("cv_time", mode="wait").value
    hours = 0.0 if end == "at" else handling.value
    paid: Value = on.get("documents_usd")
    usd, note = paid.value, "loading and papers"
    if end == "at":
        note = "new papers"
    elif end == "destination":
        note = "unloading"
        usd = 0.0
        paid = handling
        if load.boxed and not load.groupage and mode != "road":
            paid = _drop(on)
            usd = paid.value * load.units
            note = "unloading, return of the box"
    evidence = tuple(dict.fromkeys((paid.row, handling.row)))
    return DoorPart(
        "handling", "road" if mode == "road" else mode, 0.0, hours, usd, 0.0, (cv * hours) ** 2, note, evidence,
        min(paid.low, handling.low), max(paid.high, handling.high),
    )  # fmt: skip


def _drop(on: Book) -> Value:
    return on.get("drop_usd_teu")
