"""The range of a path's hours and dollars: what its facts leave open, shared facts counted together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from landbridge.routing.costs.arcs import ArcCosts
    from landbridge.routing.costs.parts import Part

Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Ranges:
    """10 % and 90 % points of a path's hours and dollars over what is uncertain in its facts."""

    hours: float
    hours_low: float
    hours_high: float
    usd: float
    usd_low: float
    usd_high: float


def path_ranges(
    costs: ArcCosts, arcs: NDArray[np.int64], money: NDArray[np.float64] | None = None, doors: Iterable[Any] = ()
) -> Ranges:
    """The ranges of a path with its doors.

    All that stands on one row moves together, so it is added up first; different rows are independent, so their
    deviations are added as squares.

    Parameters
    ----------
    arcs
        The arcs of the path.
    money
        What multiplies dollars of each arc for the whole shipment; those of the shipment itself when None.
    doors
        Legs before and after the path, with `hours`, `usd` and `evidence`.
    """
    numbers, first, counts = np.unique(costs.group[arcs], return_index=True, return_counts=True)
    km = np.bincount(np.searchsorted(numbers, costs.group[arcs]), weights=costs.km[arcs], minlength=numbers.size)
    hours: dict[Row, list[float]] = {}
    usd: dict[Row, list[float]] = {}
    for number, at, count, length in zip(numbers, first, counts, km, strict=True):
        parts = costs.groups[int(number)].parts
        scale = 1.0
        if money is not None:
            own = sum(part.usd * float(count) + part.usd_km * float(length) for part in parts)
            same = costs.group[arcs] == number
            given = float((costs.usd[arcs[same]] * money[same]).sum())
            scale = given / own if own > 0.0 else 1.0
        assert at >= 0
        for part in parts:
            _add(hours, part, part.hours * float(count) + part.hours_km * float(length))
            _add(usd, part, (part.usd * float(count) + part.usd_km * float(length)) * scale)
    for leg in doors:
        row = leg.evidence[0] if leg.evidence else ("", "")
        low, high = _row_ratios(costs, row)
        for table, amount in ((hours, leg.hours), (usd, leg.usd)):
            entry = table.setdefault(row, [0.0, 0.0, 0.0])
            _put(entry, amount, low, high)
    return Ranges(*_total(hours), *_total(usd))


def _row_ratios(costs: ArcCosts, row: Row) -> tuple[float, float]:
    """The range of a parameter as shares of it; nothing varies where the row is no parameter."""
    found: Any = costs.book.facts.table(row[0]).by_id.get(row[1]) if row[0] == "parameters" else None
    if found is None:
        return 1.0, 1.0
    return costs.book.ratios(found["value"], found["low"], found["high"], found["grade"])


def _add(table: dict[Row, list[float]], part: Part, amount: float) -> None:
    if amount:
        _put(table.setdefault(part.row, [0.0, 0.0, 0.0]), amount, part.low, part.high)


def _put(entry: list[float], amount: float, low: float, high: float) -> None:
    """Add an amount with its deviations below and above; a saving moves the other way."""
    below, above = amount * (1.0 - low), amount * (high - 1.0)
    if amount < 0.0:
        below, above = -above, -below
    entry[0] += amount
    entry[1] += below
    entry[2] += above


def _total(table: dict[Row, list[float]]) -> tuple[float, float, float]:
    central = sum(entry[0] for entry in table.values())
    below = sqrt(sum(entry[1] ** 2 for entry in table.values()))
    above = sqrt(sum(entry[2] ** 2 for entry in table.values()))
    return central, max(central - below, 0.0), central + above
