"""Names for the nodes that have none: the known place that they lie near, else their position."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from landbridge.geo import great_circle_km

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.routing.answer import Leg

NEAR_KM: Final = 60.0
"""A place further away than this does not tell where a node lies."""
AT_KM: Final = 3.0
"""A node this close to a place is in it."""
_POSITION: Final = re.compile(r"(-?\d+\.\d+), (-?\d+\.\d+)")


def place_text(lat: float, lon: float) -> str:
    """A position as it stands for a name until one is looked up."""
    return f"{lat:.2f}, {lon:.2f}"


def is_position(text: str) -> bool:
    """Whether a text is a position that stands for a name.

    Examples
    --------
    >>> is_position(place_text(39.27, 46.4)), is_position("Agarak")
    (True, False)
    """
    return _POSITION.fullmatch(text) is not None


def named(facts: Facts, legs: Sequence[Leg]) -> tuple[Leg, ...]:
    """Legs whose ends have names; looked up only for the ways that are shown.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> from landbridge.routing.answer import Leg
    >>> leg = Leg("move", "road", "Agarak", "39.27, 46.40", ("ARM",), 104.0, 7.8, 135.0, 138.0)
    >>> named(load(), [leg])[0].end
    'near Kapan, ARM'
    """
    known: dict[str, str] = {}

    def name(text: str, area: str) -> str:
        if text not in known:
            known[text] = _name(facts, text, area)
        return known[text]

    def with_names(leg: Leg) -> Leg:
        # A ship takes the area of its last quay along: where it is at sea tells what lies near, whose ever it is.
        on = ("",) if leg.mode == "sea" else leg.areas or ("",)
        start, end = name(leg.start, on[0]), name(leg.end, on[-1])
        return leg if (start, end) == (leg.start, leg.end) else replace(leg, start=start, end=end)

    return tuple(map(with_names, legs))


def _name(facts: Facts, text: str, area: str) -> str:
    from landbridge.world import city_of, nearest_place

    found = _POSITION.fullmatch(text)
    if found is None:
        return text
    lat, lon = float(found[1]), float(found[2])
    place = nearest_place(facts, lat, lon, area)
    km = float(great_circle_km(place.lat, place.lon, lat, lon))
    if km > NEAR_KM:
        return text
    town = city_of(facts, place)
    where = f"{town.name}, {town.area}" if town.area else town.name
    return where if km <= AT_KM else f"near {where}"
