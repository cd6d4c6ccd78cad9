"""What part of a way lies in which area, and in the areas of a bloc or a format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from landbridge.answers.protocol import plain

if TYPE_CHECKING:
    from landbridge.routing.answer import Leg
    from landbridge.world.within import Within

AMOUNTS: Final = ("km", "hours", "usd", "kg_co2e")
NO_AREA: Final = ""
"""What belongs to no area: the sea, the air, a wait at a hub."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a way needs in one area; `area` is empty for what lies in none, as the sea."""

    area: str
    km: float
    hours: float
    usd: float
    kg_co2e: float

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {"area": self.area, **{name: getattr(self, name) for name in AMOUNTS}}


def by_area(legs: Iterable[Leg]) -> tuple[Part, ...]:
    """Kilometres, hours, dollars and CO2e of legs by area, in the order of the way.

    Notes
    -----
    A leg belongs to its area; one between two areas, as a border post, to each by half; one at sea or in the air to
    none. The parts add up to the whole way.

    Examples
    --------
    >>> from landbridge.routing.answer import Leg
    >>> legs = [
    ...     Leg("move", "road", "a", "b", ("KAZ",), 100.0, 2.0, 90.0, 80.0),
    ...     Leg("crossing", "road", "b", "c", ("KAZ", "RUS"), 0.0, 10.0, 50.0, 0.0),
    ... ]
    >>> [(part.area, part.km, part.hours) for part in by_area(legs)]
    [('KAZ', 100.0, 7.0), ('RUS', 0.0, 5.0)]
    """
    sums: dict[str, list[float]] = {}
    for leg in legs:
        areas = leg.areas or (NO_AREA,)
        for area in areas:
            held = sums.setdefault(area, [0.0] * len(AMOUNTS))
            for at, name in enumerate(AMOUNTS):
                held[at] += getattr(leg, name) / len(areas)
    return tuple(Part(area, *amounts) for area, amounts in sums.items())


@dataclass(frozen=True, slots=True)
class Inside:
    """What part of a way lies in the areas of a group.

    Attributes
    ----------
    group
        The id of the bloc, format, record or area.
    areas
        Areas of it that the way passes.
    km, hours, usd
        Inside it.
    km_share, hours_share, usd_share
        Of the whole way; None where the whole is 0.
    km_share_of_areas
        Of the kilometres that lie in any area, so without those at sea; None where there are none.
    """

    group: str
    areas: tuple[str, ...]
    km: float
    hours: float
    usd: float
    km_share: float | None
    hours_share: float | None
    usd_share: float | None
    km_share_of_areas: float | None

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {name: plain(getattr(self, name)) for name in self.__slots__}


def inside(parts: Sequence[Part], group: Within) -> Inside:
    """What part of a way lies in the areas of a group.

    Examples
    --------
    >>> from landbridge.world.within import Within
    >>> parts = (Part("KAZ", 300.0, 30.0, 300.0, 0.0), Part("RUS", 100.0, 10.0, 100.0, 0.0), Part("", 400.0, 0, 0, 0))
    >>> found = inside(parts, Within("x", "X", "one area", ("KAZ",), ()))
    >>> found.km_share, found.km_share_of_areas, found.hours_share
    (0.375, 0.75, 0.75)
    """
    own = [part for part in parts if part.area in group.areas]
    land = sum(part.km for part in parts if part.area != NO_AREA)
    sums = {name: sum(getattr(part, name) for part in own) for name in AMOUNTS}
    whole = {name: sum(getattr(part, name) for part in parts) for name in AMOUNTS}
    shares: Mapping[str, float | None] = {
        f"{name}_share": sums[name] / whole[name] if whole[name] > 0 else None for name in ("km", "hours", "usd")
    }
    return Inside(
        group.id,
        tuple(part.area for part in own),
        sums["km"],
        sums["hours"],
        sums["usd"],
        shares["km_share"],
        shares["hours_share"],
        shares["usd_share"],
        sums["km"] / land if land > 0 else None,
    )
