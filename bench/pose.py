"""Put a published row to landbridge and read from the answer what the row speaks of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bench.rows import Row, Trip
from bench.score import Scored
from landbridge.errors import LandbridgeError
from landbridge.routing import route
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
    """The shortest of the routes, in kilometres by the mode of the row: published distances are of the shortest way."""
    return min(sum(leg["km"] for leg in found["legs"] if leg["mode"] in {mode, water(mode)}) for found in routes)


def water(mode: str) -> str:
    """Canals and rivers belong to a sea distance."""
    return "river" if mode == "sea" else mode


def days(found: Route, modes: tuple[str, ...], measure: str) -> float:
    """Days of a route: of the whole trip, or between its first and its last terminal."""
    if measure == "door":
        return float(found["hours"]) / 24.0
    legs = found["legs"]
    main = set(modes) or set(found["modes"])
    moving = [number for number, leg in enumerate(legs) if leg["kind"] in MOVES and leg["mode"] in main]
    return sum(float(leg["hours"]) for leg in legs[moving[0] : moving[-1] + 1]) / 24.0


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
