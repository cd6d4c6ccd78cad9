"""Cargo held on the way: it stands until its new papers are there, and pays for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from landbridge.routing.costs.amounts import DAY_H
from landbridge.routing.costs.moves import hire_part
from landbridge.routing.costs.parts import DoorPart, Part, of, waiting

if TYPE_CHECKING:
    from landbridge.routing.costs.moves import Trip
    from landbridge.routing.costs.values import Value


def held(trip: Trip, area: str, terminal: tuple[DoorPart, ...], stood_days: float = 0.0) -> tuple[DoorPart, ...]:
    """The wait for new papers, and what standing costs.

    Where the cargo goes on by road it has stayed on its lorry, which is paid for standing. Where a `terminal` hands it
    to another mode it has lain in the yard there; the hours of that handing over count as days in the yard too.

    Parameters
    ----------
    stood_days
        Days that it has stood before the day of the question.

    Examples
    --------
    >>> from datetime import date
    >>> from landbridge.facts import load
    >>> from landbridge.routing.costs.amounts import complete, load_of
    >>> from landbridge.routing.costs.moves import trip_of
    >>> from landbridge.routing.costs.values import book
    >>> from landbridge.routing.shipment import Shipment
    >>> done = complete(Shipment(), load())
    >>> trip = trip_of(book(load(), date(2023, 6, 1)), done, load_of(done, load()))
    >>> [(part.kind, part.note, round(part.hours)) for part in held(trip, "IRN", (), stood_days=3.0)]
    [('wait', 'for new papers', 48), ('handling', 'standing of the lorry: 4 days after 1 free', 0)]
    """
    on = trip.book
    papers = on.get("reconsign_h")
    wait = waiting(papers, "new papers", papers.value, on.get("cv_time", mode="wait").value)
    mode = terminal[0].mode if terminal else "road"
    after_h = sum(part.hours for part in terminal)
    before_h = stood_days * DAY_H
    paid = _yard(trip, area, papers, before_h, after_h) if terminal else _lorry(trip, papers, before_h)
    return (
        DoorPart("wait", mode, 0.0, "for new papers", (wait, *hire_part(trip, hours=papers.value))),
        DoorPart("handling", mode, 0.0, *paid),
    )


def _lorry(trip: Trip, papers: Value, before_h: float) -> tuple[str, tuple[Part, ...]]:
    """The charge for a lorry and its driver that stand."""
    on = trip.book
    rate, free = on.get("standing_usd_lorry_day", mode="road"), on.get("standing_free_h", mode="road")
    return _charge("standing of the lorry", rate, free, papers, trip.load.lorries, before_h, 0.0)


def _yard(trip: Trip, area: str, papers: Value, before_h: float, after_h: float) -> tuple[str, tuple[Part, ...]]:
    """Storage in a terminal beyond the free days, without what its handing over charges by itself."""
    on, load = trip.book, trip.load
    rate = on.get("storage_usd_teu_day" if trip.boxed else "storage_usd_t_day", area=area)
    free = on.get("storage_free_days", area=area).times(DAY_H)
    return _charge("storage", rate, free, papers, load.units, before_h, after_h)


def _charge(
    word: str, rate: Value, free: Value, papers: Value, amount: float, before_h: float, after_h: float
) -> tuple[str, tuple[Part, ...]]:
    """Days beyond the free ones at a rate for each, with the range of rate, days and free days together."""

    def days(standing_h: float, free_h: float) -> float:
        beyond = max(before_h + standing_h + after_h - free_h, 0.0) - max(after_h - free_h, 0.0)
        return beyond / DAY_H

    central = days(papers.value, free.value)
    usd = central * rate.value * amount
    least = days(papers.value * papers.low, free.value * free.high) * rate.low
    most = days(papers.value * papers.high, free.value * free.low) * rate.high
    spread = (least / central, most / central) if central > 0.0 else (1.0, 1.0)
    part = Part(word.partition(" ")[0], *rate.row, rate.grade, usd=usd, low=spread[0], high=spread[1])
    count = f"{central:.3g} day{'' if central == 1.0 else 's'}"
    said = f"{count} after {free.value / DAY_H:.3g} free" if central > 0.0 else "within the free days"
    return f"{word}: {said}", (part, of(free, "free days"))
