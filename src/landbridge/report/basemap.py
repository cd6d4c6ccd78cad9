"""The base map in the package: land, borders, disputed lines and names of areas, from Natural Earth."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

Point = tuple[float, float]
Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class AreaLabel:
    """Name of an area, where to write it, and how large the area is [square root of square degrees]."""

    name: str
    lon: float
    lat: float
    size: float


@dataclass(frozen=True, slots=True)
class Basemap:
    """Land as pieces of rings, borders as lines; degrees."""

    land: tuple[tuple[Ring, ...], ...]
    borders: tuple[Ring, ...]
    disputed: tuple[Ring, ...]
    labels: tuple[AreaLabel, ...]
    about: str

    def __repr__(self) -> str:
        return f"<Basemap {len(self.land)} pieces of land, {len(self.borders)} borders, {len(self.disputed)} disputed>"


@lru_cache(maxsize=1)
def load() -> Basemap:
    """Read the base map once.

    Examples
    --------
    >>> "public domain" in load().about
    True
    """
    packed = files("landbridge.report").joinpath("data", "basemap.json.gz").read_bytes()
    data = json.loads(gzip.decompress(packed))
    scale = float(data["scale"])
    return Basemap(
        land=tuple(tuple(_line(ring, scale) for ring in piece) for piece in data["land"]),
        borders=tuple(_line(line, scale) for line in data["borders"]),
        disputed=tuple(_line(line, scale) for line in data["disputed"]),
        labels=tuple(AreaLabel(name, lon / scale, lat / scale, size) for name, lon, lat, size in data["labels"]),
        about=data["about"],
    )


def _line(deltas: list[int], scale: float) -> Ring:
    out = []
    x = y = 0
    for n in range(0, len(deltas), 2):
        x, y = x + deltas[n], y + deltas[n + 1]
        out.append((x / scale, y / scale))
    return tuple(out)
