"""What the day adds to a border, port, ferry, passage or line: delays, days shut, queues for lost capacity, fees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from landbridge.routing.costs.parts import Part

if TYPE_CHECKING:
    from landbridge.routing.costs.moves import Trip
    from landbridge.world import Pass, State

Row = tuple[str, str]
OVER_WATER: Final = ("sea", "river")
DAY_H: Final = 24.0
CLOSURES: Final = "closures"
"""The factor of a part that is the mean wait of days on which a way is shut."""


def vehicles(trip: Trip, mode: str) -> float:
    """Lorries, or wagons of two TEU, that pay a fee each."""
    load, book = trip.load, trip.book
    if mode == "road":
        return load.lorries
    if trip.boxed:
        return load.units / book.get("lorry_capacity_teu", mode="road").value
    return load.tonnes / book.get("wagon_payload_t", mode="rail").value


def charged(trip: Trip, mode: str, unit: str = "") -> float:
    """How many units pay a fee: without a unit vehicles on land, TEU or tonnes over water.

    What does not come in a unit does not pay for it: a train pays nothing for lorries, grain nothing for TEU.
    """
    load = trip.load
    return {
        "lorry": load.lorries if mode == "road" else 0.0,
        "wagon": vehicles(trip, "rail") if mode == "rail" else 0.0,
        "teu": load.units if trip.boxed else 0.0,
        "tonne": load.tonnes,
        "consignment": 1.0,
    }.get(unit, load.units if mode in OVER_WATER else vehicles(trip, mode))


def state_parts(trip: Trip, state: State | Pass, mode: str, where: Row, own_hours: float = 0.0) -> list[Part]:
    """All that a state adds where a shipment waits `own_hours` on a usual day."""
    return [
        *delay_parts(state, where),
        *closed_parts(trip, state, mode, where),
        *queue_parts(trip, state, mode, where, own_hours),
        *fee_of_state(trip, state, mode, where),
    ]


def delay_parts(state: State | Pass, where: Row) -> list[Part]:
    """The mean delay of the season and of events."""
    if state.slow_hours <= 0.0 and state.slow_var_h2 <= 0.0:
        return []
    row = _season_or(state, where)
    return [Part("delay", *row, "D", hours=state.slow_hours, var_h2=state.slow_var_h2)]


def closed_parts(trip: Trip, state: State | Pass, mode: str, where: Row) -> list[Part]:
    """The mean wait where a way is shut on some share of the days."""
    if not 0.0 < state.closed_probability < 1.0:
        return []
    return [closure_part(trip, closed_by(state, where), state.closed_probability, mode)]


def closed_by(state: State | Pass, where: Row) -> Row:
    """The row that says how often a way is shut."""
    rows = [row for row in state.closed_by if row[0] == "scenario" or "closed" in row[1]] or list(state.closed_by)
    return rows[0] if rows else _season_or(state, where)


def closure_part(trip: Trip, where: Row, probability: float, mode: str) -> Part:
    """The mean wait of who arrives at any time where a way is shut for a share p of the days.

    Who meets a closure waits half of one on the mean. Of events no more is known than the share: whole days are shut,
    each by chance, so who meets one waits half a day and the p / (1 - p) shut days that follow on the mean, and no less
    than half a closure of the usual length.

    Examples
    --------
    >>> round(0.5 * shut_days_h(0.5))  # half of all days
    18
    """
    length = trip.book.get("closure_h", mode=mode)
    share = trip.book.get("slow_share").value
    mean = length.value * share
    square = length.value * length.value / 3.0
    if where[0] == "scenario" and shut_days_h(probability) > mean:
        mean, square = shut_days_h(probability), _shut_days_h2(probability)
    hours = probability * mean
    second = probability * square
    return Part(
        CLOSURES, *where, "D", hours=hours, var_h2=max(second - hours * hours, 0.0), low=length.low, high=length.high
    )


def shut_days_h(probability: float) -> float:
    """The hours until a way opens for who finds it shut, where each day is shut with a probability below 1."""
    return DAY_H * (0.5 + probability / (1.0 - probability))


def _shut_days_h2(probability: float) -> float:
    """The mean square of those hours."""
    after = probability / (1.0 - probability)
    return DAY_H * DAY_H * (1.0 / 3.0 + after + after / (1.0 - probability) + after * after)


def queue_parts(trip: Trip, state: State | Pass, mode: str, where: Row, own_hours: float) -> list[Part]:
    """The queue where a share s of the usual capacity is left: 1/s - 1 times the usual wait and a queue of its own.

    At half the capacity the usual wait doubles and a queue of `queue_h` comes on top, so that a place without any wait
    gets one too; without capacity nothing passes, which is a refusal and no wait.
    """
    share = state.capacity_share
    if not 0.0 < share < 1.0:
        return []
    queue = trip.book.get("queue_h", mode=mode)
    hours = (own_hours + queue.value) * (1.0 / share - 1.0)
    spread = trip.book.get("cv_time", mode="wait").value * hours
    return [Part("capacity", *where, "D", hours=hours, var_h2=spread * spread, low=queue.low, high=queue.high)]


def fee_of_state(trip: Trip, state: State | Pass, mode: str, where: Row) -> list[Part]:
    """The fee that an event takes."""
    usd = state.fee_usd * charged(trip, mode, state.fee_unit)
    return [Part("fee", *where, "D", usd=usd)] if usd > 0.0 else []


def _season_or(state: State | Pass, where: Row) -> Row:
    """A scenario's row goes first; else the season's, else that of the thing itself."""
    if where[0] == "scenario":
        return where
    return next((one for one in state.evidence if one[0] == "seasons"), where)
