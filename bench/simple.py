"""The simple rule that every score stands beside: great circles through named points, a factor, a mean speed."""

from __future__ import annotations

import itertools

from bench.rows import Row, chain, read
from landbridge.errors import InputError
from landbridge.facts import load
from landbridge.geo import great_circle_km
from landbridge.world.places import resolve

Point = tuple[float, float]
TONNES_TEU = 14.0
"""Tonnes in a box of the simple rule."""


def chain_of(row: Row) -> str:
    """The row of the simple rule that a trip goes by."""
    return chain(tuple(row.trip.options["modes"])) if row.trip else "mixed"


class SimpleRule:
    """Factors and speeds of `simple_rule.csv`, points of `waypoints.csv`."""

    def __init__(self) -> None:
        self.rules = {row["chain"]: row for row in read("simple_rule")}
        self.points = {row["id"]: (float(row["lat"]), float(row["lon"])) for row in read("waypoints")}
        self.facts = load()

    def point(self, name: str) -> Point | None:
        """Where a place or waypoint lies."""
        if name in self.points:
            return self.points[name]
        try:
            place = resolve(name, self.facts)
        except InputError:
            return None
        return place.lat, place.lon

    def km(self, row: Row) -> float | None:
        """Great circles through the points, times the factor of the mode."""
        if row.trip is None:
            return None
        stops = [self.point(name) for name in (row.trip.origin, *row.trip.simple_via, row.trip.destination)]
        if any(stop is None for stop in stops):
            return None
        known = [stop for stop in stops if stop is not None]
        direct = sum(float(great_circle_km(*one, *other)) for one, other in itertools.pairwise(known))
        return direct * float(self.rules[row.group]["distance_factor"])

    def days(self, row: Row) -> float | None:
        """The rule's kilometres over its mean speed, plus its fixed days."""
        km = self.km(row)
        rule = self.rules[row.group]
        return None if km is None else km / float(rule["km_per_day"]) + float(rule["fixed_days"])

    def dollars(self, row: Row) -> float | None:
        """The rule's kilometres by its rate, plus its fixed part, for the boxes of the trip; per unit of the row."""
        km = self.km(Row(row.id, chain_of(row), row.what, row.low, row.central, row.high, row.trip, row.measure))
        if km is None or row.trip is None:
            return None
        rule = self.rules[chain_of(row)]
        teu = float(row.trip.options.get("teu") or float(row.trip.options.get("tonnes", TONNES_TEU)) / TONNES_TEU)
        per = float(row.measure.split(";")[1])
        return teu * (km * float(rule["usd_teu_km"]) + float(rule["fixed_usd_teu"])) / per
