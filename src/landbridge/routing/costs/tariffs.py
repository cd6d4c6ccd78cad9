"""Tariffs of goods that pass an area, that stay within one, or that are of a kind of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from landbridge.routing.costs.amounts import WAGON

if TYPE_CHECKING:
    from landbridge.routing.costs.moves import Trip
    from landbridge.routing.costs.values import Lanes, Value

TRANSIT = "transit"
"""The lane of a row that speaks of goods which pass an area, with neither end in it."""
HOME = "home"
"""The lane of a row that speaks of goods between two places of an area, which its own ships carry along its coast."""


def passes(trip: Trip, area: str) -> bool:
    """Whether goods pass an area with neither end in it; of ends that are not known nothing is told."""
    return trip.lorries is not None and area not in (trip.shipment.origin_area, trip.shipment.destination_area)


def passing_told(trip: Trip) -> bool:
    """Whether any railway is known to take another rate for such goods where they pass."""
    of_boxes = trip.boxed and trip.load.product != WAGON
    parameter = "rate_usd_teu_km" if of_boxes else "rate_usd_tkm"
    goods = {None, trip.load.bulk or None} | ({trip.load.cargo} if not trip.boxed else set())
    rows = trip.book.rows.get(parameter, ())
    return any(row["lane"] == TRANSIT and row["mode"] == "rail" and row["cargo"] in goods for row in rows)


def sea_tariff(trip: Trip, parameter: str, ship: str, *, mode: str = "sea", basin: str = "") -> Value | None:
    """What loose goods pay by ship: what is told of the coast of their own area, or of goods of their kind."""
    book, load = trip.book, trip.load
    home = home_area(trip)
    if home and not trip.boxed:
        found = book.find(parameter, mode=mode, product=ship, area=home, lanes=(HOME,))
        if found is not None and book.facts.row(*found.row)["lane"] == HOME:
            return found
    if not trip.boxed:
        found = book.find(parameter, mode=mode, product=ship, area=basin, cargo=load.cargo)
        if found is not None and book.facts.row(*found.row)["cargo"] == load.cargo:
            return found
    return book.find(parameter, mode=mode, product=ship, area=basin, cargo=load.bulk)


def home_area(trip: Trip) -> str:
    """The area in which both ends of a shipment lie, "" where they lie in two or are not known."""
    start, goal = trip.shipment.origin_area, trip.shipment.destination_area
    return start if start and start == goal else ""


def home_lanes(trip: Trip, area: str) -> Lanes:
    """The lane of rows that speak of quays of an area for boxes which its own ships carry along its coast."""
    return (HOME,) if area and area == home_area(trip) else ()


def quay_tariff(trip: Trip) -> Value:
    """What loose goods pay at the quay of a ship of the sea: the tariff of their kind where one is told."""
    found = trip.book.find("handling_usd_t", mode="sea", cargo=trip.load.cargo)
    return found or trip.book.get("handling_usd_t", mode="sea", cargo="bulk")
