"""The pieces that the cost of an arc is made of; each stands on one row of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from landbridge.routing.costs.values import Value


DRIVING, REST, WEATHER, REST_IN_WAIT = "speed", "rest of drivers", "weather", "rest in the wait"
"""What the hours of a lorry on the way and its saving in a wait are called."""
OTHER_LANE: Final = "rate of another lane"
"""What a box pays more at a port on the way that lies on a dearer lane than the trip."""
CHANGE_OF_TRACTOR: Final = "change of tractor"
BEFORE_FLIGHT: Final = "handling before a flight"
RATE, CALL_OUT, HIRE = "rate", "call of the lorry", "container hire"
"""What is paid by the kilometre, what a lorry is paid for coming and waiting, and what boxes cost by the hour."""
RANGE_SD: Final = 2.5631031310892007
"""Standard deviations between the 10 % and the 90 % point of a normal distribution."""


class Part(NamedTuple):
    """One piece of the cost of an arc, for the whole shipment; a tuple, for a new shipment makes tens of thousands.

    Parameters
    ----------
    factor
        What it is: "speed", "rest", "rate", "border wait", "toll", "dwell" ...
    table, id, grade
        The row that it stands on.
    hours, usd, kg
        Fixed amounts of the arc.
    hours_km, usd_km, kg_km
        Amounts for each kilometre.
    var_h2, var_h2_km
        Variance of the hours from trip to trip, fixed and for each kilometre.
    low, high
        10 % and 90 % points of what the row says, as shares of its central value. Speeds work the other way
        round: a low speed makes many hours, so the caller turns them.
    waiting
        Whether the hours are waiting before a ferry.
    """

    factor: str
    table: str
    id: str
    grade: str
    hours: float = 0.0
    usd: float = 0.0
    kg: float = 0.0
    hours_km: float = 0.0
    usd_km: float = 0.0
    kg_km: float = 0.0
    var_h2: float = 0.0
    var_h2_km: float = 0.0
    low: float = 1.0
    high: float = 1.0
    waiting: bool = False

    @property
    def row(self) -> tuple[str, str]:
        """Table and id."""
        return (self.table, self.id)


AMOUNTS: Final = ("hours", "usd", "kg", "hours_km", "usd_km", "kg_km", "var_h2", "var_h2_km")


@dataclass(frozen=True)
class Group:
    """Arcs that cost the same, but for their length.

    `key` tells what they have in common; `parts` add up to their cost.
    """

    key: tuple[str, ...]
    parts: tuple[Part, ...]

    def total(self, name: str) -> float:
        """Sum of one amount over the parts."""
        return float(sum(getattr(part, name) for part in self.parts))


@dataclass(frozen=True, slots=True)
class DoorPart:
    """One thing that happens at an end of the trip, for the whole shipment; `parts` are what it is made of."""

    kind: Literal["handling", "move", "transfer", "wait"]
    mode: str
    km: float
    note: str
    parts: tuple[Part, ...]

    @property
    def hours(self) -> float:
        """How long it takes [h]."""
        return sum(part.hours for part in self.parts)

    @property
    def usd(self) -> float:
        """What it costs [USD]."""
        return sum(part.usd for part in self.parts)

    @property
    def kg_co2e(self) -> float:
        """What it emits [kg CO2e]."""
        return sum(part.kg for part in self.parts)

    @property
    def var_h2(self) -> float:
        """Variance of its hours from trip to trip [h2]."""
        return sum(part.var_h2 for part in self.parts)

    @property
    def evidence(self) -> tuple[tuple[str, str], ...]:
        """The rows that it stands on."""
        return tuple(dict.fromkeys(part.row for part in self.parts))


def of(  # noqa: PLR0913 - the amounts of a part by name
    value: Value,
    factor: str,
    *,
    hours: float = 0.0,
    usd: float = 0.0,
    kg: float = 0.0,
    hours_km: float = 0.0,
    usd_km: float = 0.0,
    kg_km: float = 0.0,
    var_h2_km: float = 0.0,
) -> Part:
    """A part that stands on a value, with the range of that value."""
    return Part(
        factor, value.table, value.id, value.grade, hours, usd, kg, hours_km, usd_km, kg_km, 0.0, var_h2_km,
        value.low, value.high,
    )  # fmt: skip


def changing(factor: float, low: float, high: float) -> tuple[float, float]:
    """10 % and 90 % points of what a factor adds or takes off, as shares of that, from those of the factor.

    A factor of 0.25 that may be half of it or 1.8 times takes off 0.875 or 0.55 of the whole where 0.75 is central.

    Examples
    --------
    >>> [round(0.75 * share, 3) for share in changing(0.25, 0.5, 1.8)]
    [0.55, 0.875]
    """
    if factor == 1.0:
        return 1.0, 1.0
    ends = [(factor * end - 1.0) / (factor - 1.0) for end in (low, high)]
    return min(ends), max(ends)


def waiting(value: Value, factor: str, hours: float, cv: float) -> Part:
    """A wait with its variance: half the 10-90 % range where it is wide, at least what the coefficient gives."""
    spread = max(cv * hours, (value.high - value.low) * hours / RANGE_SD * 0.5)
    return Part(
        factor, value.table, value.id, value.grade, hours, var_h2=spread * spread, low=value.low, high=value.high
    )
