"""The range of a path's hours and dollars: what its facts leave open, shared facts counted together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from landbridge.routing.costs.arcs import ArcCosts
    from landbridge.routing.costs.parts import DoorPart, Part
    from landbridge.routing.costs.runs import Rested

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


@dataclass(frozen=True, slots=True)
class Amount:
    """What rests on one row: an amount and how far it may lie below and above, at its 10 % and 90 % points."""

    central: float
    below: float
    above: float


@dataclass(frozen=True, slots=True)
class Amounts:
    """The hours and the dollars of a path by the rows that they rest on."""

    hours: dict[Row, Amount]
    usd: dict[Row, Amount]


def path_amounts(
    costs: ArcCosts,
    arcs: NDArray[np.int64],
    money: NDArray[np.float64] | None = None,
    doors: Iterable[DoorPart] = (),
    rested: Iterable[Rested] = (),
) -> Amounts:
    """What rests on each row of a path with its doors.

    All that stands on one row moves together, so it is added up.

    Parameters
    ----------
    arcs
        The arcs of the path.
    money
        What multiplies dollars of each arc for the whole shipment; those of the shipment itself when None.
    doors
        What happens before and after the path.
    rested
        What changes when the drivers take the rests of their runs.
    """
    numbers, place, counts = np.unique(costs.group[arcs], return_inverse=True, return_counts=True)
    km = np.bincount(place, weights=costs.km[arcs], minlength=numbers.size)
    scaled = None if money is None else np.bincount(place, costs.usd[arcs] * money, minlength=numbers.size)
    hours: dict[Row, list[float]] = {}
    usd: dict[Row, list[float]] = {}
    some = zip(numbers.tolist(), counts.astype(np.float64).tolist(), km.tolist(), strict=True)
    for position, (number, count, length) in enumerate(some):
        parts = costs.groups[number].parts
        money_of = [part.usd * count + part.usd_km * length for part in parts]
        scale = 1.0
        if scaled is not None:
            own = sum(money_of)
            scale = float(scaled[position]) / own if own > 0.0 else 1.0
        for part, amount in zip(parts, money_of, strict=True):
            late = part.hours * count + part.hours_km * length
            if late:
                _add(hours, part, late)
            if amount:
                _add(usd, part, amount * scale)
    for door in doors:
        for part in door.parts:
            _add(hours, part, part.hours)
            _add(usd, part, part.usd)
    for one in rested:
        for table, changes in ((hours, one.of_hours), (usd, one.of_usd)):
            for change in changes:
                _add(table, change.part, change.before, -1.0)
                _add(table, change.part, change.after)
    return Amounts(*({row: Amount(*entry) for row, entry in table.items() if any(entry)} for table in (hours, usd)))


def path_ranges(
    costs: ArcCosts, arcs: NDArray[np.int64], money: NDArray[np.float64] | None = None, doors: Iterable[DoorPart] = ()
) -> Ranges:
    """The ranges of a path with its doors; see `path_amounts` and `ranges_of`."""
    return ranges_of(path_amounts(costs, arcs, money, doors))


def ranges_of(amounts: Amounts) -> Ranges:
    """The ranges of a path: different rows are independent, so their deviations are added as squares."""
    return Ranges(*_total(amounts.hours), *_total(amounts.usd))


def _add(table: dict[Row, list[float]], part: Part, amount: float, times: float = 1.0) -> None:
    """Add an amount with its deviations below and above, or take it back; a saving moves the other way."""
    if not amount:
        return
    entry = table.setdefault(part.row, [0.0, 0.0, 0.0])
    below, above = amount * (1.0 - part.low), amount * (part.high - 1.0)
    if amount < 0.0:
        below, above = -above, -below
    entry[0] += times * amount
    entry[1] += times * below
    entry[2] += times * above


def _total(table: dict[Row, Amount]) -> tuple[float, float, float]:
    central = sum(entry.central for entry in table.values())
    below = sqrt(sum(entry.below**2 for entry in table.values()))
    above = sqrt(sum(entry.above**2 for entry in table.values()))
    return central, max(central - below, 0.0), central + above
