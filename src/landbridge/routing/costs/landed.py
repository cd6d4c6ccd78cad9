"""What the sea to a port on the way costs above the lane of the trip: lines price by where they load and land a box."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from landbridge.routing.costs.amounts import cargo_row, lane_factor
from landbridge.routing.costs.values import book as book_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from landbridge.facts import Facts
    from landbridge.routing.costs.values import Book, Value
    from landbridge.routing.shipment import Shipment

LANE_KM: Final = "service_km"
"""The kilometres by which rates of a lane were turned into those of a kilometre."""
SEA_RATE: Final = "rate_usd_teu_km"
LINER: Final = "container ship"
"""The product of container ships: the mean of all."""
Landed = tuple[float, "Value"]
"""What half a box of 40 feet pays more [USD], and the rate that says so."""


def landed_apart(shipment: Shipment, facts: Facts, day: date) -> Mapping[tuple[str, str], Landed]:
    """By direction and area of a port what a box pays more there than the rate of its own lane makes it pay.

    A kilometre at sea has one price for a trip, that of the lane of its two ends. Goods that land elsewhere and go on
    by land, or come by land to be loaded there, sail another lane: where that one is dearer, by its 10 % point too,
    the difference is paid, over the kilometres of that lane, at the port. A lane whose length is in no row, and one
    that is cheaper, change nothing; nor does a port on a lane of the trip itself.

    Parameters
    ----------
    shipment
        What is carried, between which areas: nothing is known where one is missing, and of goods that are in no box.
    facts, day
        The tables and the day on which they are read.

    Examples
    --------
    >>> from datetime import date
    >>> from landbridge.facts import load
    >>> from landbridge.routing.shipment import Shipment
    >>> to_turkey = landed_apart(Shipment(origin_area="CHN", destination_area="TUR"), load(), date(2025, 6, 1))
    >>> more, rate = to_turkey["import", "IRQ"]
    >>> round(more), rate.id
    (1201, 'rate-usd-teu-km-sea-container-ship-east-asia-gulf-2025-4')
    >>> ("import", "GRC") in to_turkey
    False
    """
    ends = (shipment.origin_area, shipment.destination_area)
    if not all(ends) or cargo_row(shipment.cargo, facts)["unit"] != "teu":
        return {}
    return _landed_apart(facts, day, *map(str, ends))


@lru_cache(maxsize=1024)
def _landed_apart(facts: Facts, day: date, origin: str, destination: str) -> Mapping[tuple[str, str], Landed]:
    book = book_of(facts, day)
    told = {row["lane"] for row in book.rows.get(LANE_KM, ()) if row["mode"] == "sea" and row["lane"]}
    trades = book.lanes(origin, destination)
    shared = told.intersection(trades)
    rate = book.find(SEA_RATE, mode="sea", product=LINER, lanes=trades)
    if rate is None:
        return {}
    paid = rate.value * lane_factor(facts, "sea", origin, destination, day)[0]
    found = {}
    for direction, end in (("import", origin), ("export", destination)):
        for area in _across(book, told, end):
            start, goal = (end, area) if direction == "import" else (area, end)
            if shared.isdisjoint(book.lanes(start, goal)):
                more = _more(book, start, goal, paid)
                if more is not None:
                    found[direction, area] = more
    return found


def _across(book: Book, told: set[str], end: str) -> list[str]:
    """The areas at the other ends of the lanes on which an area lies."""
    here = {end, *book.regions.get(end, ())}
    sides = [lane.partition(">")[::2] for lane in told]
    over = {goal for start, goal in sides if start in here} | {start for start, goal in sides if goal in here}
    return sorted(area for area, regions in book.regions.items() if not over.isdisjoint((area, *regions)))


def _more(book: Book, start: str, goal: str, paid: float) -> Landed | None:
    """What a lane asks above what is paid for a kilometre, over its length; None where it is not surely dearer."""
    lanes = book.lanes(start, goal)
    rate, km = (book.find(name, mode="sea", product=LINER, lanes=lanes) for name in (SEA_RATE, LANE_KM))
    if rate is None or km is None or book.facts.row(*rate.row)["lane"] is None:
        return None
    factor, _ = lane_factor(book.facts, "sea", start, goal, book.day)
    dearer = rate.value * rate.low * factor > paid
    return ((rate.value * factor - paid) * km.value, rate) if dearer else None
