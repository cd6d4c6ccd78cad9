"""From degrees to points of a picture: an equal-area view of a region, or a plain world view."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from landbridge.geo import EARTH_RADIUS_KM

Point = tuple[float, float]
WIDEST = 62.0
"""Beyond this radius [degrees] of the region, the equal-area view bends too much and the plain one is used."""
NARROWEST_KM = 260.0
"""A map shows at least this much, so that a trip of 50 km still has its surroundings."""


@dataclass(frozen=True, slots=True)
class Projection:
    """A fitted projection: `xy` gives picture points, y downwards."""

    kind: Literal["equal-area", "plain"]
    lon0: float
    lat0: float
    scale: float
    dx: float
    dy: float
    width: float
    height: float
    radius: float

    def near(self, lon: float) -> float:
        """The longitude as the nearest turn to the centre of the map."""
        return self.lon0 + (lon - self.lon0 + 180.0) % 360.0 - 180.0

    def xy(self, lon: float, lat: float) -> Point:
        """Point of the picture for a place, its longitude taken as it is."""
        x, y = _raw(self.kind, self.lon0, self.lat0, lon, lat)
        return (x * self.scale + self.dx, self.dy - y * self.scale)

    def away(self, lon: float, lat: float) -> float:
        """Degrees between a place and the centre of the map."""
        a, b = math.radians(lat), math.radians(self.lat0)
        cos = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(math.radians(lon - self.lon0))
        return math.degrees(math.acos(max(-1.0, min(1.0, cos))))

    def km_px(self) -> float:
        """Kilometres of one picture point at the centre."""
        return EARTH_RADIUS_KM / self.scale


def fit(points: Iterable[Point], width: float, height: float, margin: float = 0.09) -> Projection:
    """A projection that shows all points with a margin.

    Examples
    --------
    >>> view = fit([(37.6, 55.7), (72.9, 19.0)], 800, 600)
    >>> view.kind, all(0 < value < 800 for value in view.xy(37.6, 55.7))
    ('equal-area', True)
    """
    places = list(points) or [(60.0, 40.0)]
    lons = _unwrapped([lon for lon, _ in places])
    lats = [lat for _, lat in places]
    lon0, lat0 = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    trial = Projection("plain", lon0, lat0, 1, 0, 0, 1, 1, 0)
    radius = max(trial.away(lon, lat) for lon, lat in zip(lons, lats, strict=True))
    kind: Literal["equal-area", "plain"] = "equal-area" if radius <= WIDEST else "plain"
    raw = [_raw(kind, lon0, lat0, lon, lat) for lon, lat in zip(lons, lats, strict=True)]
    west, east = min(x for x, _ in raw), max(x for x, _ in raw)
    south, north = min(y for _, y in raw), max(y for _, y in raw)
    least = NARROWEST_KM / EARTH_RADIUS_KM
    wide, tall = max(east - west, least), max(north - south, least)
    scale = min(width * (1 - 2 * margin) / wide, height * (1 - 2 * margin) / tall)
    return Projection(
        kind=kind,
        lon0=lon0,
        lat0=lat0,
        scale=scale,
        dx=width / 2 - (east + west) / 2 * scale,
        dy=height / 2 + (north + south) / 2 * scale,
        width=width,
        height=height,
        radius=radius,
    )


def _raw(kind: str, lon0: float, lat0: float, lon: float, lat: float) -> Point:
    if kind == "plain":
        return (math.radians(lon - lon0) * math.cos(math.radians(min(45.0, abs(lat0)))), math.radians(lat))
    a, b, turn = math.radians(lat), math.radians(lat0), math.radians(lon - lon0)
    cos = math.sin(b) * math.sin(a) + math.cos(b) * math.cos(a) * math.cos(turn)
    k = math.sqrt(2.0 / max(1e-9, 1.0 + cos))
    return (
        k * math.cos(a) * math.sin(turn),
        k * (math.cos(b) * math.sin(a) - math.sin(b) * math.cos(a) * math.cos(turn)),
    )


def _unwrapped(lons: Sequence[float]) -> list[float]:
    """Longitudes turned so that the widest empty gap lies outside them."""
    order = sorted(lon % 360.0 for lon in lons)
    gaps = [(b - a, b) for a, b in pairwise(order)] + [(order[0] + 360.0 - order[-1], order[0])]
    start = max(gaps)[1]
    turned = [start + (lon - start) % 360.0 for lon in lons]
    shift = 360.0 * round(sum(turned) / len(turned) / 360.0)
    return [lon - shift for lon in turned]
