"""From a place to the nodes where a shipment can begin or end, with the haul in between."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from landbridge.geo import chord_to_km, km_to_chord, unit_vectors

if TYPE_CHECKING:
    from landbridge.network import Network
    from landbridge.world.places import Place

ROAD_NODES = 2
"""Road nodes tried at each end; the haul to the second is rarely worth it, islands of the network excepted."""
TERMINALS = 3
NEAR_KM = 80.0
FAR_KM = 1500.0
FAR_TOLD_KM = 100.0
"""A place further than this from the node it is tied to is told so."""
AT_KM = 25.0


@dataclass(frozen=True, slots=True)
class Door:
    """A node where the shipment may enter or leave the network, and the great-circle haul to it [km]."""

    node: int
    km: float


@lru_cache(maxsize=64)
def _tree(network: Network, mode: int, terminals_only: bool) -> tuple[Any, NDArray[np.int64]]:
    from scipy.spatial import cKDTree

    wanted = network.node_mode == mode
    if terminals_only:
        wanted &= network.node_terminal >= 0
    nodes = np.flatnonzero(wanted).astype(np.int64)
    return cKDTree(unit_vectors(network.lat[nodes], network.lon[nodes])), nodes


def nodes_near(
    network: Network,
    lat: float,
    lon: float,
    mode: str,
    *,
    k: int,
    max_km: float,
    terminals_only: bool = False,
    area: str | None = None,
) -> tuple[Door, ...]:
    """The `k` nearest nodes of a mode within `max_km`, nearest first; those of `area` where it has any.

    Nodes at the same distance are ordered by their number.
    """
    from landbridge.network import MODES

    tree, nodes = _tree(network, MODES.index(mode), terminals_only)
    if not nodes.size:
        return ()
    count = min(len(nodes), max(64, 8 * k))
    chords, places = tree.query(unit_vectors(lat, lon), k=count, distance_upper_bound=km_to_chord(max_km))
    chords, places = np.atleast_1d(chords), np.atleast_1d(places)
    found = np.isfinite(chords)
    hits = nodes[places[found]]
    kms = chord_to_km(chords[found])
    if area is not None and mode != "sea":
        code = network.areas.index(area) if area in network.areas else -2
        inside = network.node_area[hits] == code
        if bool(inside.any()):
            hits, kms = hits[inside], kms[inside]
    order = np.lexsort((hits, kms))[:k]
    return tuple(Door(int(hits[i]), float(kms[i])) for i in order)


def doors(network: Network, place: Place, modes: tuple[str, ...]) -> tuple[Door, ...]:
    """Where a shipment from (or to) `place` enters the network.

    With the road allowed it is a road node, and other modes follow by transfer at a terminal; without, it is the
    nearest terminals of the allowed modes. A port named as such opens its own quays too.
    """
    found: dict[int, Door] = {}

    def add(some: tuple[Door, ...]) -> None:
        for door in some:
            if door.node not in found or door.km < found[door.node].km:
                found[door.node] = door

    if "road" in modes:
        add(nodes_near(network, place.lat, place.lon, "road", k=ROAD_NODES, max_km=FAR_KM, area=place.area))
    others = [mode for mode in modes if mode != "road"]
    reach = NEAR_KM if found else FAR_KM
    if place.kind == "port" or "road" not in modes:
        for mode in others:
            limit = AT_KM if found and "road" in modes else reach
            some = nodes_near(
                network, place.lat, place.lon, mode, k=TERMINALS, max_km=limit, terminals_only=True, area=place.area
            )
            if some and "road" not in modes:
                nearest_km = some[0].km
                some = tuple(door for door in some if door.km <= max(NEAR_KM, 1.5 * nearest_km))
            add(some)
    return tuple(sorted(found.values(), key=lambda door: (door.km, door.node)))


def doors_at(network: Network, place: Place, modes: tuple[str, ...]) -> tuple[Door, ...]:
    """Where a shipment that already stands at `place` can move on: any node of an allowed mode close by."""
    found: list[Door] = []
    for mode in modes:
        found.extend(nodes_near(network, place.lat, place.lon, mode, k=TERMINALS, max_km=AT_KM))
    if not found:
        return doors(network, place, modes)
    return tuple(sorted(found, key=lambda door: (door.km, door.node)))
