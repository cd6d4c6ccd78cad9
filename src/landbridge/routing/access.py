"""From a place to the nodes where a shipment can begin or end, with the haul in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.network import MODES

if TYPE_CHECKING:
    from landbridge.network import Network
    from landbridge.world import World
    from landbridge.world.places import Place

SEA = MODES.index("sea")
NODES = 2
"""Road nodes tried at each end: the second where the nearest lies on a road that leads nowhere."""
LINES = 3
"""Railways tried at each end: of another gauge, or not joined inside the area."""
LINE_KM = 10.0
"""A railway shorter than this leads nowhere."""
YARD_KM = 1.0
"""Nodes of a railway no further off than its nearest one by this are tracks of the same station."""
TERMINALS = 3
QUAYS = 8
"""Ports tried at each end. Which they are hangs on where they lie and what they handle, never on what is shut: a port
that shuts must not let another one in, or closing it could make the best way better."""
STATION_KM = 15.0
"""A railway further away than this is another town's."""
AT_KM = 25.0
"""What lies within this serves the place itself; a road further off is not the only way in."""
NEAR_KM = 80.0
REACH_KM = 300.0
"""The longest haul to a road, station, port or airport: what lies further has no way there all the year."""
SHORE_KM = 25.0
"""Shorter hauls are not looked at for water: the sea lanes are too coarse to tell a bay from its shore."""
ISLAND_KM = 100.0
"""Roads of less than this that no other road joins are no island, but a quay whose road the network lacks."""
UNTIED = -1
"""The landmass of such roads: it may be any."""
FAR_TOLD_KM = 100.0
"""A place further than this from the node it is tied to is told so."""


@dataclass(frozen=True, slots=True)
class Door:
    """A node where the shipment may enter or leave the network, and the great-circle haul to it [km]."""

    node: int
    km: float


Usable = Callable[[int], bool]
"""Whether the terminal of a node handles such cargo at all, or whether a shipment may use it on the day."""


def any_node(node: int) -> bool:
    """Every terminal will do."""
    del node
    return True


def placed(network: Network, place: Place) -> Place:
    """Bare coordinates with the area of the nearest road or railway, which lie denser than towns.

    Examples
    --------
    >>> from landbridge.network import load
    >>> from landbridge.world import World
    >>> from landbridge.world.places import resolve
    >>> world = World.at("2025-06-01")
    >>> placed(load(), resolve("38.2,72.5", world.facts, world)).area
    'TJK'
    """
    from landbridge.network import nearest

    if place.kind != "coordinates":
        return place
    nodes, _ = nearest(network, place.lat, place.lon, modes=("rail", "road"), max_km=REACH_KM)
    if not nodes.size or network.node_area[nodes[0]] < 0:
        return place
    return replace(place, area=network.areas[int(network.node_area[nodes[0]])])


def taken(world: World, network: Network, place: Place) -> Place:
    """A place that changed hands since the base map was drawn, with the area of who holds it on the day.

    The roads beside it are still those of the other side: it is reached over the holder's ground, and no way leads from
    there over the line of contact as if it lay inside one area. A holder of whom the network knows no ground (one whose
    areas came back since) has that of the map.

    Examples
    --------
    >>> from landbridge.network import load
    >>> from landbridge.world import World
    >>> from landbridge.world.places import resolve
    >>> [taken(one, load(), resolve("Mariupol", one.facts)).area for one in map(World.at, ("2021-06-01", "2023-06-01"))]
    ['UKR', 'X_DNR']
    """
    from landbridge.world.places import taken_by

    held = taken_by(world, place)
    return place if held is None or held not in network.areas else replace(place, area=held)


def doors(
    network: Network, place: Place, modes: tuple[str, ...], usable: Usable = any_node, suits: Usable = any_node
) -> tuple[Door, ...]:
    """Where a shipment from (or to) `place` enters the network, in the place's own area, nearest first.

    With the road allowed it is a road node, and other modes follow by transfer at a terminal. Without it, or where no
    road is near, it is the railway that passes the place, else the nearest terminals of the other modes. A port named
    as such opens its own quays too, and so does one beside the place that no road of the network leads to. Terminals
    are chosen among those that `suits` names; of the chosen ones those that are `usable` are doors.
    """
    return _both_quays(network, _doors(network, place, modes, usable, suits), usable)


def _doors(network: Network, place: Place, modes: tuple[str, ...], usable: Usable, suits: Usable) -> tuple[Door, ...]:
    found: dict[int, Door] = {}
    if "road" in modes:
        found = {door.node: door for door in _nodes(network, place, "road", REACH_KM)}
    road_km = min((door.km for door in found.values()), default=None)
    if road_km is not None and road_km <= AT_KM and place.kind != "port":
        # No road of the network leads to some ports, as on an island of few roads.
        quays = _nodes(network, place, "sea", AT_KM, suits) if "sea" in modes else ()
        found.update({door.node: door for door in quays if usable(door.node) and _road(network, door.node) is None})
        return _in_order(found)
    limit = REACH_KM if road_km is None else max(road_km, AT_KM)
    for mode in modes:
        if mode != "road":
            found.update({door.node: door for door in _of_mode(network, place, mode, limit, usable, suits)})
    return _in_order(found)


def doors_at(
    network: Network, place: Place, modes: tuple[str, ...], usable: Usable = any_node, suits: Usable = any_node
) -> tuple[Door, ...]:
    """Where a shipment that already stands at `place` can move on: any node of an allowed mode close by.

    It leaves the shore over a quay that it may use; in a strait, or where no land is near, it is on a ship under way.
    """
    from landbridge.network import nearest

    found: dict[int, Door] = {}
    under_way = (
        place.kind == "passage"
        or not nearest(network, place.lat, place.lon, modes=("rail", "road"), k=1, max_km=AT_KM)[0].size
    )
    for mode in modes:
        on_land = mode in {"rail", "road"}
        # On land only in its own area: the other side of a border is reached over a post.
        area = place.area if on_land and place.area else None
        nodes, km = nearest(
            network, place.lat, place.lon, modes=nodes_of(mode), area=area, k=TERMINALS, max_km=AT_KM,
            terminals_only=not (on_land or under_way),
        )  # fmt: skip
        ends = [Door(node, far) for node, far in zip(nodes.tolist(), km.tolist(), strict=True)]
        found.update(
            {end.node: end for end in ends if on_land or network.node_terminal[end.node] < 0 or usable(end.node)}
        )
    return _both_quays(network, _in_order(found), usable) or doors(network, place, modes, usable, suits)


def _both_quays(network: Network, some: tuple[Door, ...], usable: Usable) -> tuple[Door, ...]:
    """The doors, with the quay of the small ships of each port that has one beside that of all ships."""
    quays = [
        Door(node, door.km)
        for door in some
        if network.node_terminal[door.node] >= 0 and network.node_mode[door.node] == SEA
        for node in network.terminal_nodes(network.terminals[int(network.node_terminal[door.node])].id)
        if network.small_ships[node] and usable(node)
    ]
    return _in_order({door.node: door for door in (*some, *quays)}) if quays else some


def apart(begin: tuple[Door, ...], end: tuple[Door, ...]) -> tuple[tuple[Door, ...], tuple[Door, ...]]:
    """Both ends without a door in common: it stays where its haul is shorter, for a trip must move.

    Examples
    --------
    >>> apart((Door(1, 5.0), Door(2, 9.0)), (Door(1, 70.0), Door(3, 80.0)))
    ((Door(node=1, km=5.0), Door(node=2, km=9.0)), (Door(node=3, km=80.0),))
    """
    first = {door.node: door.km for door in begin}
    last = {door.node: door.km for door in end}
    return (
        tuple(door for door in begin if door.node not in last or door.km <= last[door.node]),
        tuple(door for door in end if door.node not in first or door.km < first[door.node]),
    )


def shared_quay(network: Network, begin: tuple[Door, ...], end: tuple[Door, ...]) -> int | None:
    """The nearest quay of a port that both ends lie by, where no road of the network is near either; None for none.

    A lorry drives from one to the other outside the network: nothing goes into a port to come out of it again.

    Examples
    --------
    >>> from landbridge.network import load, station_node
    >>> network = load()
    >>> quay, road = (station_node(network, "rotterdam", mode) for mode in ("sea", "road"))
    >>> shared_quay(network, (Door(quay, 5.0),), (Door(quay, 9.0),)) == quay
    True
    >>> shared_quay(network, (Door(quay, 5.0),), (Door(road, 9.0), Door(quay, 9.0))) is None
    True
    """
    some = (*begin, *end)
    if any(network.node_mode[door.node] != SEA or network.node_terminal[door.node] < 0 for door in some):
        return None
    last = {int(network.node_terminal[door.node]) for door in end}
    shared = [door for door in begin if int(network.node_terminal[door.node]) in last]
    return min(shared, key=lambda door: (door.km, door.node)).node if shared else None


def _in_order(found: dict[int, Door]) -> tuple[Door, ...]:
    return tuple(sorted(found.values(), key=lambda door: (door.km, door.node)))


def nodes_of(mode: str) -> tuple[str, ...]:
    """The modes of the nodes where a mode begins: on some rivers sail the ships of the sea, on others barges alone."""
    return ("sea", "river") if mode == "river" else (mode,)


def _of_mode(
    network: Network, place: Place, mode: str, max_km: float, usable: Usable, suits: Usable
) -> tuple[Door, ...]:
    """The railway that passes the place; else the nearest terminals of a mode and those hardly further, if usable."""
    if mode == "rail":
        near = stations(network, place, min(max_km, STATION_KM))
        if near:
            return near
    some = _nodes(network, place, mode, max_km, suits)
    if place.area and mode in {"sea", "river"} and not _nodes(network, place, "road", AT_KM):
        # On ground that the map gives to another side: the quays of a town are held with the town.
        own = _nodes(network, replace(place, area=""), mode, AT_KM, suits)
        some = own or some
    return tuple(door for door in some if door.km <= max(NEAR_KM, 1.5 * some[0].km) and usable(door.node))


def stations(network: Network, place: Place, max_km: float = STATION_KM) -> tuple[Door, ...]:
    """The station of each railway that passes a place: its nearest nodes.

    Examples
    --------
    >>> from landbridge.network import load
    >>> from landbridge.world import World
    >>> from landbridge.world.places import resolve
    >>> world = World.at("2021-06-01")
    >>> [round(door.km) for door in stations(load(), resolve("Soligorsk", world.facts, world))]
    [1]
    """
    from landbridge.network import nearest

    nodes, km = nearest(
        network, place.lat, place.lon, modes=("rail",), area=place.area or None, k=network.n, max_km=max_km
    )
    line, length = _lines(network)
    long = length[line[nodes]] >= LINE_KM
    nodes, km = nodes[long], km[long]
    numbers = line[nodes]
    lines = min(LINES, np.unique(numbers).size)
    found: dict[int, list[Door]] = {}
    last_km = 0.0
    for node, number, far in zip(nodes.tolist(), numbers.tolist(), km.tolist(), strict=True):
        if number in found:
            if far <= found[number][0].km + YARD_KM and len(found[number]) < NODES:
                found[number].append(Door(node, far))
        elif len(found) < lines and not over_water(network, place.lat, place.lon, node, far):
            found[number] = [Door(node, far)]
            last_km = far
        # Nodes come by their distance: what follows is no track of a station any more.
        if len(found) == lines and far > last_km + YARD_KM:
            break
    return _in_order({door.node: door for some in found.values() for door in some})


@lru_cache(maxsize=8)
def _lines(network: Network) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """The railway of each node - what is joined by track of one gauge inside an area - and the length of each [km]."""
    from landbridge.network import KINDS, pieces

    track = (network.mode == MODES.index("rail")) & (network.kind == KINDS.index("move"))
    label = pieces(network, track & (network.gate < 0))
    # A line that hangs on works counts with what it is joined to, so that it is not lost where it stands alone.
    length = np.bincount(label[network.tail[track]], network.km[track], int(label.max()) + 1).astype(np.float64)
    # A short spur over a border that has a terminal leads to what lies beyond; mere tracks of a border station do not.
    over = (network.mode == MODES.index("rail")) & (network.kind == KINDS.index("crossing"))
    spurs = np.intersect1d(label[network.tail[over]], label[network.node_terminal >= 0])
    spurs = spurs[length[spurs] >= YARD_KM]
    length[spurs] = np.maximum(length[spurs], LINE_KM)
    return label, length


def _nodes(network: Network, place: Place, mode: str, max_km: float, suits: Usable | None = None) -> tuple[Door, ...]:
    """The nearest nodes of the place's area to which a lorry can drive; with `suits` the terminals that pass it."""
    from landbridge.network import nearest

    terminals = suits is not None
    wanted = (QUAYS if mode in {"sea", "river"} else TERMINALS) if terminals else NODES
    nodes, km = nearest(
        network, place.lat, place.lon, modes=nodes_of(mode), area=place.area or None, terminals_only=terminals,
        k=4 * wanted if terminals else wanted, max_km=max_km,
    )  # fmt: skip
    # Roads that join both ends of a haul tell more than the line between them, which may cut a bay.
    found = (
        Door(node, far)
        for node, far in zip(nodes.tolist(), km.tolist(), strict=True)
        if (suits is None or suits(node))
        and (
            far <= SHORE_KM
            or (terminals and _by_road(network, _nodes(network, place, "road", REACH_KM), node))
            or not over_water(network, place.lat, place.lon, node, far)
        )
    )
    # What lies farther is not looked at once there are enough.
    return tuple(islice(found, wanted))


def _road(network: Network, node: int) -> int | None:
    """The road that the terminal of a node has."""
    from landbridge.network import station_node

    number = int(network.node_terminal[node])
    return station_node(network, network.terminals[number].id, "road") if number >= 0 else None


def _by_road(network: Network, here: tuple[Door, ...], node: int) -> bool:
    """Whether roads join the terminal of a node to the roads of a place: an island has roads of its own."""
    road = _road(network, node)
    if road is None:
        return False
    masses = _landmasses(network)
    there = int(masses[road])
    return any(there == mass or UNTIED in {there, mass} for mass in (int(masses[door.node]) for door in here))


@lru_cache(maxsize=8)
def _landmasses(network: Network) -> NDArray[np.int32]:
    """A number for each node: those of one number are joined by roads, without a ferry; few roads have none."""
    from landbridge.network import KINDS, pieces

    driven = [KINDS.index(kind) for kind in ("move", "crossing", "passage")]
    road = (network.mode == MODES.index("road")) & np.isin(network.kind, driven)
    label = pieces(network, road)
    length = np.bincount(label[network.tail[road]], network.km[road], int(label.max()) + 1) / 2.0
    label[length[label] < ISLAND_KM] = UNTIED
    return label


def over_water(network: Network, lat: float, lon: float, node: int, km: float) -> bool:
    """Whether the straight haul to a node crosses a lane of ships: no lorry drives there.

    Examples
    --------
    >>> from landbridge.network import load, nearest
    >>> network = load()
    >>> nodes, km = nearest(network, 41.5, 50.5, modes=("road",))  # in the Caspian
    >>> over_water(network, 41.5, 50.5, int(nodes[0]), float(km[0]))
    True
    """
    if km <= SHORE_KM:
        return False
    lanes = _lanes(network)
    # Longitudes from the place, so that nothing breaks at 180 degrees.
    x1, x2 = _turned(lanes[:, 0] - lon), _turned(lanes[:, 2] - lon)
    y1, y2 = lanes[:, 1] - lat, lanes[:, 3] - lat
    gx, gy = float(_turned(np.array([network.lon[node] - lon]))[0]), float(network.lat[node]) - lat
    # The haul runs from the origin to (gx, gy): a lane crosses it when each has the other's ends on both its sides.
    side1, side2 = gx * y1 - gy * x1, gx * y2 - gy * x2
    dx, dy = x2 - x1, y2 - y1
    here, there = dy * x1 - dx * y1, dx * (gy - y1) - dy * (gx - x1)
    crossed = (side1 * side2 < 0.0) & (here * there < 0.0) & (np.abs(dx) < 180.0)
    return bool(crossed.any())


def _turned(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray((degrees + 180.0) % 360.0 - 180.0, dtype=np.float64)


@lru_cache(maxsize=8)
def _lanes(network: Network) -> NDArray[np.float64]:
    """The open-sea lanes as (lon, lat, lon, lat), without what ties a port to them, which may cut across land."""
    from landbridge.network import KINDS

    lane = (network.mode == MODES.index("sea")) & (network.kind == KINDS.index("move"))
    for ends in (network.tail, network.head):
        lane &= ~network.small_ships[ends]
        lane &= (network.node_mode[ends] == MODES.index("sea")) & (network.node_terminal[ends] < 0)
    lane &= network.tail < network.head
    tail, head = network.tail[lane], network.head[lane]
    ends_of = (network.lon[tail], network.lat[tail], network.lon[head], network.lat[head])
    return np.stack([np.asarray(one, dtype=np.float64) for one in ends_of], axis=1)
