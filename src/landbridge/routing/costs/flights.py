"""How far flights go: straight, or round the airspaces that are closed to the aircraft that may fly them.

Traffic rights are agreed between two states for the aircraft of these two, so a flight between two areas is flown by
carriers of one of them, whichever has the shorter way; with a carrier asked for, by its aircraft alone.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.network import MODES
from landbridge.network.sky import airports_of, load_sky, way_round, ways_round

if TYPE_CHECKING:
    from landbridge.network import Network
    from landbridge.world import Refusal, Rules

NETWORKS_KEPT = 4


@dataclass(frozen=True, eq=False, slots=True)
class Flights:
    """The flights that do not go straight.

    Parameters
    ----------
    longer, times
        Arcs that go round something, and how many times as long as straight they are.
    barred
        Arcs for which no way is left.
    """

    longer: NDArray[np.int64]
    times: NDArray[np.float64]
    barred: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Detour:
    """One flight that goes round something: whose aircraft fly it, round what, by which rows, over which points."""

    carrier: str
    areas: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, eq=False, slots=True)
class _Flown:
    """The arcs by air of a network: the airports of the sky at their ends, and whose they are."""

    arcs: NDArray[np.int64]
    start: NDArray[np.int64]
    goal: NDArray[np.int64]
    owner: NDArray[np.int64]
    other: NDArray[np.int64]


@lru_cache(maxsize=NETWORKS_KEPT)
def _flown(network: Network) -> _Flown:
    airport = airports_of(network, load_sky())
    known = (airport[network.tail] >= 0) & (airport[network.head] >= 0)
    arcs = np.flatnonzero((network.mode == MODES.index("air")) & known)
    tail, head = network.tail[arcs], network.head[arcs]
    own = network.node_area.astype(np.int64)
    return _Flown(arcs, airport[tail], airport[head], own[tail], own[head])


def closed_to(rules: Rules, carrier: str) -> frozenset[str]:
    """The airspaces that aircraft of an area keep out of, by what others rule or they choose.

    Examples
    --------
    >>> from landbridge.world import Trip, World, resolve
    >>> rules = resolve(World.at("2022-04-01"), Trip("FIN", "JPN"))
    >>> sorted(closed_to(rules, "FIN"))
    ['BLR', 'PRK', 'RUS', 'UKR']
    """
    barred = (area for area in rules.area_transit if rules.area_refusal(area, "air") is not None)
    return frozenset((*rules.airspace, *barred, *(area for owner, area in rules.overflight if owner in ("", carrier))))


def flights(network: Network, rules: Rules, carrier: str | None) -> Flights | None:
    """The flights of a network that do not go straight, or None where all do.

    Parameters
    ----------
    network
        The network.
    rules
        What a shipment may use.
    carrier
        The area whose aircraft alone fly, if any.
    """
    sky = load_sky()
    flown = _flown(network)
    owners = sorted({*flown.owner.tolist(), *flown.other.tolist()})
    names = {number: network.areas[number] for number in owners if number >= 0}
    closed = {number: closed_to(rules, carrier or name) & frozenset(sky.areas) for number, name in names.items()}
    if not any(closed.values()):
        return None
    sets = list(dict.fromkeys(closed.values()))
    table = np.stack([ways_round(sky, some) for some in sets])
    place = np.zeros(len(network.areas) + 1, dtype=np.int64)
    place[list(closed)] = [sets.index(some) for some in closed.values()]
    km = np.minimum(
        table[place[flown.owner], flown.start, flown.goal], table[place[flown.other], flown.start, flown.goal]
    )
    straight = sky.straight_km[flown.start, flown.goal]
    round_ = (km > straight) & np.isfinite(km)
    return Flights(flown.arcs[round_], km[round_] / np.maximum(straight[round_], 1.0), flown.arcs[~np.isfinite(km)])


def lengths(found: Flights | None, km: NDArray[np.float64]) -> NDArray[np.float64]:
    """The lengths of all arcs, with flights as long as they are flown; shape (m,)."""
    if found is None or not found.longer.size:
        return km
    longer = km.copy()
    longer[found.longer] *= found.times
    longer.setflags(write=False)
    return longer


def detour(network: Network, rules: Rules, carrier: str | None, arc: int) -> Detour | None:
    """What a flight goes round, or None where it flies straight or no way is left."""
    sky = load_sky()
    flown = _flown(network)
    at = int(np.searchsorted(flown.arcs, arc))
    if at == flown.arcs.size or int(flown.arcs[at]) != arc:
        return None
    start, goal = int(flown.start[at]), int(flown.goal[at])
    ends = (network.areas[int(flown.owner[at])], network.areas[int(flown.other[at])])
    closed = {one: closed_to(rules, one) & frozenset(sky.areas) for one in ((carrier,) if carrier else ends)}
    owner = min(closed, key=lambda one: float(ways_round(sky, closed[one])[start, goal]))
    if not sky.straight_km[start, goal] < ways_round(sky, closed[owner])[start, goal] < np.inf:
        return None
    over = tuple(area for area in sky.under(start, goal) if area in closed[owner])
    points = way_round(sky, closed[owner], start, goal).tolist()
    return Detour(owner, over, _rows(rules, owner, over), tuple((lat, lon) for lat, lon in points))


def _rows(rules: Rules, carrier: str, areas: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The rows that keep a carrier's aircraft out of some airspaces."""
    found: list[tuple[str, str]] = []
    for area in areas:
        refusal = rules.airspace.get(area) or rules.area_refusal(area, "air")
        row = (refusal.table, refusal.id) if refusal is not None else None
        row = row or rules.overflight.get((carrier, area)) or rules.overflight.get(("", area))
        if row is not None:
            found.append(row)
    return tuple(dict.fromkeys(found))


def no_way(network: Network, rules: Rules, carrier: str | None, arc: int) -> Refusal:
    """Why a flight has no way left: the first airspace under its straight way that is closed to both ends' aircraft."""
    from landbridge.world import Refusal

    flown = _flown(network)
    at = int(np.searchsorted(flown.arcs, arc))
    owner = carrier or network.areas[int(flown.owner[at])]
    under = load_sky().under(int(flown.start[at]), int(flown.goal[at]))
    area = next(area for area in under if area in closed_to(rules, owner))
    known = rules.airspace.get(area) or rules.area_refusal(area, "air")
    if known is not None:
        return known
    table, row = _rows(rules, owner, (area,))[0]
    return Refusal("measure", table, row, "airspace", area, ("air",), reason="no way is left round it")
