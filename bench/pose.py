"""Put a published row to landbridge and read from the answer what the row speaks of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from bench.rows import Row, Trip
from bench.score import Scored
from landbridge.errors import LandbridgeError
from landbridge.facts import load
from landbridge.routing import route
from landbridge.routing.costs import book
from landbridge.routing.costs.parts import RANGE_SD
from landbridge.routing.itinerary import quantiles
from landbridge.world import World

Route = dict[str, Any]
MOVES = frozenset({"move", "crossing", "passage"})


class Desk:
    """Asks landbridge, keeping the world of each day."""

    def __init__(self) -> None:
        self.worlds: dict[str, World] = {}

    def ask(self, trip: Trip, n: int) -> tuple[list[Route], str]:
        """The routes of a trip, or none and the reason."""
        if trip.on not in self.worlds:
            self.worlds[trip.on] = World.at(trip.on)
        try:
            answer = route(self.worlds[trip.on], trip.origin, trip.destination, n=n, **trip.options).to_dict()
        except LandbridgeError as error:
            return [], str(error)
        except Exception as error:
            # A fault is a row without an answer; the other rows still count.
            return [], f"fault: {type(error).__name__}: {error}"
        if not answer["routes"]:
            return [], str((answer["no_route"] or {}).get("reason", "no route"))
        return answer["routes"], ""


def kilometres(routes: list[Route], mode: str) -> float:
    """The kilometres by the mode of the row on the route that is the shortest from door to door.

    Published distances are of the shortest way between two places; a route by another port, with a haul by road to it,
    may have fewer kilometres at sea.
    """
    shortest = min(routes, key=lambda found: sum(float(leg["km"]) for leg in found["legs"]))
    return sum(float(leg["km"]) for leg in shortest["legs"] if leg["mode"] in {mode, water(mode)})


def water(mode: str) -> str:
    """Canals and rivers belong to a sea distance."""
    return "river" if mode == "sea" else mode


def days(found: Route, modes: tuple[str, ...], measure: str) -> float:
    """Days of a route: of the whole trip, between its first and its last terminal, or under way between them."""
    return sum(float(leg["hours"]) for leg in measured_legs(found, modes, measure)) / 24.0


def measured_legs(found: Route, modes: tuple[str, ...], measure: str) -> list[Route]:
    """The legs of the whole trip ("door"), or from the first to the last of its main modes; "under way" at speed."""
    legs: list[Route] = found["legs"]
    if measure == "door":
        return legs
    main = set(modes) or set(found["modes"])
    moving = [number for number, leg in enumerate(legs) if leg["kind"] in MOVES and leg["mode"] in main]
    within = legs[moving[0] : moving[-1] + 1]
    return [at_speed(leg) for leg in within if leg["kind"] in MOVES] if measure == "under way" else within


def at_speed(leg: Route) -> Route:
    """A leg without the hours of ports and canals on it: its kilometres over the speed that it stands on."""
    speeds = [row["id"] for row in leg["evidence"] if row["id"].startswith("speed-kmh-")]
    hours = float(leg["km"]) / float(load().row("parameters", speeds[0])["value"])
    share = hours / float(leg["hours"])
    return {**leg, "hours": hours, "variance_h2": float(leg["variance_h2"]) * share**2}


def band(found: Route, modes: tuple[str, ...], measure: str) -> tuple[float, float]:
    """The 10 and 90 % points [days].

    Trips differ (variance of the legs) and facts are uncertain (the low-high range); the two are added as independent.
    """
    legs = measured_legs(found, modes, measure)
    hours, variance = (sum(float(leg[name]) for leg in legs) for name in ("hours", "variance_h2"))
    share = hours / float(found["hours"])
    ignorance = (float(found["hours_high"]) - float(found["hours_low"])) / RANGE_SD * share
    low, _, high = quantiles(hours, variance + ignorance**2)
    return float(low) / 24.0, float(high) / 24.0


def kilograms(found: Route, modes: tuple[str, ...], measure: str) -> float:
    """Kilograms CO2e of a route: of the whole trip ("door"), or by its main modes alone ("under way")."""
    if measure == "door":
        return float(found["kg_co2e"])
    return sum(float(leg["kg_co2e"]) for leg in measured_legs(found, modes, "terminal") if leg["kind"] in MOVES)


def grams_tkm(found: Route, group: str, tonnes: float) -> float:
    """Grams of CO2e of a tonne over a kilometre on the legs of a route by one mode; ferries and feeders are at sea."""
    mode = group if group in {"road", "rail", "air", "river"} else "sea"
    legs = [leg for leg in found["legs"] if leg["kind"] in MOVES and leg["mode"] == mode and leg["km"] > 0]
    if group == "ferry":
        legs = [leg for leg in legs if "ferry" in leg["note"]]
    return 1e3 * sum(float(leg["kg_co2e"]) for leg in legs) / (tonnes * sum(float(leg["km"]) for leg in legs))


def base_freight(found: Route, on: str, teu: float) -> float:
    """The part of the freight that does not grow with distance: it is paid with the handling of each port."""
    used = [row for leg in found["legs"] for row in leg["evidence"] if row["id"].startswith("base-usd-teu-sea-")]
    on_the_day = book(load(), date.fromisoformat(on))
    rows = [load().row("parameters", row["id"]) for row in used]
    return sum(row["value"] * on_the_day.price_ratio(row["year"], row["year_to"]) * teu for row in rows)


def dollars(found: Route, modes: tuple[str, ...], measure: str, on: str, teu: float) -> float:
    """Dollars of a route: door to door, between its outer terminals with their handling, or the freight alone."""
    if measure == "door":
        return float(found["usd"])
    within = measured_legs(found, modes, measure)
    if measure == "freight":
        under_way = sum(float(leg["usd"]) for leg in within if leg["kind"] in {"move", "passage", "wait"})
        return under_way + base_freight(found, on, teu)
    legs = found["legs"]
    first, last = (next(n for n, leg in enumerate(legs) if leg is end) for end in (within[0], within[-1]))
    ends = [legs[number] for number in (first - 1, last + 1) if 0 <= number < len(legs)]
    return sum(float(leg["usd"]) for leg in (*within, *(leg for leg in ends if leg["kind"] == "transfer")))


def score(rows: list[Row], read: Callable[[list[Route], Row], float], simple: Callable[[Row], float | None],
          n: int, progress: Callable[[str], None]) -> list[Scored]:  # fmt: skip
    """Every row that can be put, with landbridge's value and the simple rule's."""
    desk = Desk()
    found = []
    for row in rows:
        if row.trip is None:
            continue
        progress(row.id)
        routes, reason = desk.ask(row.trip, n)
        value = read(routes, row) if routes else None
        found.append(Scored(row, value, simple(row), reason or (str(routes[0]["label"]) if routes else "")))
    return found
