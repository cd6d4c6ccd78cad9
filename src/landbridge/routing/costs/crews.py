"""How many drive a lorry: as many as the shipment asks for, else as many as is usual in the area and on the lane."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from landbridge.routing.costs.driving import trip_hours_factor
from landbridge.routing.costs.parts import REST, Part

if TYPE_CHECKING:
    from landbridge.routing.costs.moves import Trip
    from landbridge.routing.costs.values import Book, Value

CREWS_KEPT: Final = 2048
TWO: Final = 1.5
"""From here on a number of drivers is read as two."""


class Crew(NamedTuple):
    """Who drives in an area.

    Parameters
    ----------
    two
        Whether two drive and take turns.
    from_km
        On so many kilometres of a run in the area or more; on shorter ones one drives.
    paid
        Whether the second driver costs more than the rates of the area hold.
    usual
        The row that says that two are usual; None where one drives or the shipment asks for as many.
    """

    two: bool
    from_km: float = 0.0
    paid: bool = False
    usual: Value | None = None

    @property
    def everywhere(self) -> bool:
        """Whether two drive on any way in the area, however short: the search does not know how long a run will be."""
        return self.two and self.from_km <= 0.0

    def on(self, km: float) -> bool:
        """Whether two drive on so many kilometres of a run in the area."""
        return self.two and km >= self.from_km


def crew_of(trip: Trip, area: str) -> Crew:
    """Who drives a shipment in an area.

    The rates of an area are those of the lorries that are usual there: a second driver is paid beside them only where
    the lane or the shipment asks for one that the area does not know.

    Examples
    --------
    >>> from datetime import date
    >>> from landbridge.facts import load
    >>> from landbridge.routing.costs import book, load_of
    >>> from landbridge.routing.costs.moves import trip_of
    >>> from landbridge.routing.shipment import Shipment
    >>> def crew(origin, goal, area, team=None):
    ...     some = Shipment(teu=2.0, tonnes=20.0, origin_area=origin, destination_area=goal, team=team)
    ...     return crew_of(trip_of(book(load(), date(2025, 6, 1)), some, load_of(some, load())), area)
    >>> crew("CHN", "DEU", "KAZ").two, crew("KAZ", "DEU", "KAZ").two, crew("CHN", "DEU", "KAZ", team=False).two
    (True, False, False)
    >>> crew("CHN", "KAZ", "CHN").on(4_000.0), crew("CHN", "KAZ", "CHN").on(300.0)
    (True, False)
    """
    asked = trip.shipment.team
    return _usual(trip.book, area, trip.trades) if asked is None else Crew(asked, paid=asked)


@lru_cache(maxsize=CREWS_KEPT)
def _usual(book: Book, area: str, lanes: tuple[str, ...]) -> Crew:
    """Who drives in an area on some lanes of trade where the shipment does not say."""
    usual = book.get("usual_drivers", mode="road", area=area, lanes=lanes)
    if usual.value < TWO:
        return Crew(False)
    at_home = book.get("usual_drivers", mode="road", area=area).value >= TWO
    from_km = book.get("drivers_from_km", mode="road", area=area).value if at_home else 0.0
    return Crew(True, from_km, paid=not at_home, usual=usual)


@lru_cache(maxsize=CREWS_KEPT)
def rest_of_two(book: Book, area: str, crew: Crew) -> Part | None:
    """What the rests of two drivers stand on where two are usual: there may be one, who rests longer."""
    if crew.usual is None:
        return None
    one, two = (trip_hours_factor(book, area, team=team) for team in (False, True))
    longer = (one.value - 1.0) / (two.value - 1.0) if two.value > 1.0 else 1.0
    grade, high = max(two.grade, crew.usual.grade), max(two.high, longer, 1.0)
    return Part(REST, *crew.usual.row, grade, low=two.low, high=high)
