"""The base map in the package: land, borders, disputed lines, names and outlines of areas, from Natural Earth."""

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
    """Name of an area, how large it is [square root of square degrees], and places to write it, the best first."""

    name: str
    size: float
    places: tuple[Point, ...]


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
        labels=tuple(AreaLabel(name, size, _places(rest, scale)) for name, size, *rest in data["labels"]),
        about=data["about"],
    )


@lru_cache(maxsize=1)
def outlines() -> dict[str, tuple[Ring, ...]]:
    """Coarse outlines of areas by code, to be filled and cut by the land; what is disputed belongs to none.

    Examples
    --------
    >>> "BGR" in outlines(), "X_CRI" in outlines()
    (True, False)
    """
    packed = files("landbridge.report").joinpath("data", "outlines.json.gz").read_bytes()
    data = json.loads(gzip.decompress(packed))
    scale = float(data["scale"])
    return {area: tuple(_line(ring, scale) for ring in rings) for area, rings in data["areas"].items()}


def _places(numbers: list[int], scale: float) -> tuple[Point, ...]:
    return tuple((numbers[n] / scale, numbers[n + 1] / scale) for n in range(0, len(numbers), 2))


def _line(deltas: list[int], scale: float) -> Ring:
    out = []
    x = y = 0
    for n in range(0, len(deltas), 2):
        x, y = x + deltas[n], y + deltas[n + 1]
        out.append((x / scale, y / scale))
    return tuple(out)
