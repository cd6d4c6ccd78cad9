"""What a box pays: rates are for half a box of 40 feet, and a box of 20 feet pays more than half of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from landbridge.routing.costs.parts import Part, changing, of

if TYPE_CHECKING:
    from landbridge.routing.costs.moves import Trip
    from landbridge.routing.costs.values import Lanes, Value

Paid = Literal["freight", "handling", "surcharge"]
RATIO: Final = "twenty_foot_ratio"
"""The price of a box of 20 feet over half that of one of 40 feet."""
FACTOR: Final = "box of 20 feet"
RETURN: Final = "return of the box"


def lone_part(
    trip: Trip, paid: Paid, usd_teu: float, *, mode: str = "", area: str = "", lanes: Lanes = (), each_km: bool = False
) -> list[Part]:
    """What the box of 20 feet of a shipment pays beyond half a box of 40 feet; nothing where it has none.

    Parameters
    ----------
    paid
        What is paid for: the share differs between freight, handling and surcharges.
    usd_teu
        What half a box of 40 feet pays [USD], for a kilometre with `each_km`.
    mode, area, lanes
        Where it is paid: shares are published by mode, by state and by lane of trade.

    Examples
    --------
    >>> from datetime import date
    >>> from landbridge.facts import load
    >>> from landbridge.routing.costs import book, complete, load_of
    >>> from landbridge.routing.costs.moves import trip_of
    >>> from landbridge.routing.shipment import Shipment
    >>> def trip(teu):
    ...     done = complete(Shipment(teu=teu), load())
    ...     return trip_of(book(load(), date(2023, 6, 1)), done, load_of(done, load()))
    >>> [round(part.usd) for part in lone_part(trip(1.0), "handling", 100.0, mode="sea", area="DEU")]
    [100]
    >>> lone_part(trip(2.0), "handling", 100.0, mode="sea", area="DEU")
    []
    """
    lone = trip.load.lone
    if not lone:
        return []
    ratio = trip.book.get(RATIO, mode=mode, product=paid, area=area, lanes=lanes)
    if ratio.value == 1.0:
        return []
    more = (ratio.value - 1.0) * usd_teu * lone
    low, high = changing(ratio.value, ratio.low, ratio.high)
    fixed, by_km = (0.0, more) if each_km else (more, 0.0)
    return [Part(FACTOR, *ratio.row, ratio.grade, usd=fixed, usd_km=by_km, low=low, high=high)]


def return_parts(trip: Trip) -> list[Part]:
    """What the empty boxes of a shipment cost once a lorry has brought them from a ship or train; groupage has none."""
    if not trip.boxed or trip.load.groupage:
        return []
    return box_parts(trip, trip.book.get("drop_usd_teu"), RETURN, "handling")


def box_parts(trip: Trip, usd: Value, factor: str, paid: Paid, *, mode: str = "", area: str = "") -> list[Part]:
    """What the boxes of a shipment pay once at a rate for half a box of 40 feet."""
    parts = [of(usd, factor, usd=usd.value * trip.load.units)]
    return parts + lone_part(trip, paid, usd.value, mode=mode, area=area)
