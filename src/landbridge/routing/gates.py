"""Crossings, ports, ferries, passages and places as stops of a chain; the named corridors as chains of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.chain import Stop, Way, stop_of
from landbridge.routing.thresholds import thresholds
from landbridge.routing.turning import AFLOAT
from landbridge.routing.weights import INF

if TYPE_CHECKING:
    from landbridge.network import Network
    from landbridge.routing.plan import Plan
    from landbridge.routing.weights import Variant
    from landbridge.world import World

TABLE_OF = {"crossing": "crossings", "port": "ports", "ferry": "ferries", "passage": "passages"}


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate of a corridor: `kind` crossing, port, ferry, passage or place; a position for places.

    At a port `ashore` the cargo changes between ship and land or stands on land; elsewhere a call of the ship will do.
    What must be `called` at is passed at sea only over its quays: a ship that sails past does not call.
    """

    kind: str
    id: str
    lat: float | None = None
    lon: float | None = None
    ashore: bool = False
    called: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of a named corridor: its gates in the order of the table."""

    id: str
    name: str
    gates: tuple[Gate, ...]
    areas: frozenset[str] = frozenset()
    """The areas it runs through; a way that passes others between its gates is not its own."""


_PLACE = re.compile(r"^place:(?P<name>.+)@(?P<lat>-?[\d.]+) (?P<lon>-?[\d.]+)$")


def parse_gate(text: str) -> Gate:
    """Read one gate of the table `corridors`.

    Examples
    --------
    >>> parse_gate("place:Moscow@55.75 37.62")
    Gate(kind='place', id='Moscow', lat=55.75, lon=37.62, ashore=False, called=False)
    >>> parse_gate("crossing:AZE-RUS-yalama").kind
    'crossing'
    """
    match = _PLACE.match(text.strip())
    if match:
        return Gate("place", match["name"], float(match["lat"]), float(match["lon"]))
    kind, _, row = text.strip().partition(":")
    return Gate(kind, row)


@lru_cache(maxsize=32)
def branches(world: World) -> tuple[Branch, ...]:
    """The branches of all named corridors that exist on the day: those whose works are in use."""
    from landbridge.world import project_state

    return tuple(
        Branch(
            row["id"],
            row["name"],
            _landed(tuple(parse_gate(gate) for gate in row["gates"])),
            frozenset(row["areas"] or ()),
        )
        for row in world.facts.table("corridors").rows
        if row["needs_project"] is None or project_state(world, row["needs_project"]).usable
    )


def _landed(gates: tuple[Gate, ...]) -> tuple[Gate, ...]:
    """The gates of a branch, with the ports beside a place or a border post marked as those where cargo lands."""
    on_land = [gate.kind in {"crossing", "place"} for gate in gates]
    return tuple(
        replace(gate, ashore=True) if gate.kind == "port" and any(on_land[max(i - 1, 0) : i + 2]) else gate
        for i, gate in enumerate(gates)
    )


@lru_cache(maxsize=32)
def served(world: World) -> tuple[frozenset[tuple[str, str]], ...]:
    """The gates of each service seen by the day that tell its way: two or more of them, or a ferry."""
    found: list[frozenset[tuple[str, str]]] = []
    for row in world.facts.table("services").rows:
        gates = [parse_gate(text) for text in row["via_gates"] or ()]
        seen = row["first_seen"] is not None and row["first_seen"].first <= world.day
        if seen and (len(gates) > 1 or any(gate.kind == "ferry" for gate in gates)):
            found.append(frozenset((TABLE_OF[gate.kind], gate.id) for gate in gates if gate.kind in TABLE_OF))
    return tuple(found)


@lru_cache(maxsize=8)
def arcs_of_refs(network: Network) -> Mapping[tuple[str, str], NDArray[np.int64]]:
    """The arcs of each row that the network refers to; without the arcs into a swap node."""
    from landbridge.network import KINDS

    told = np.flatnonzero((network.ref >= 0) & (network.kind != KINDS.index("swap")))
    order = told[np.argsort(network.ref[told], kind="stable")]
    refs = network.ref[order]
    cuts = np.flatnonzero(np.diff(refs)) + 1
    return {
        network.refs[int(network.ref[group[0]])]: group.astype(np.int64)
        for group in np.split(order, cuts)
        if group.size
    }


@lru_cache(maxsize=8)
def _quay_arcs(network: Network) -> Mapping[str, tuple[int, ...]]:
    """The arcs over the quays of each port: changes between land and ship, and ferries from or to it."""
    from landbridge.network import KINDS, MODES

    water = [MODES.index("sea"), MODES.index("river")]
    afloat = np.isin(network.node_mode, water)
    change = (network.kind == KINDS.index("transfer")) & (afloat[network.tail] ^ afloat[network.head])
    found: dict[str, list[int]] = {}
    for arc in np.flatnonzero(change | (network.kind == KINDS.index("ferry"))).tolist():
        for node in (int(network.tail[arc]), int(network.head[arc])):
            number = int(network.node_terminal[node])
            if number >= 0:
                arcs = found.setdefault(network.terminals[number].id, [])
                if not arcs or arcs[-1] != arc:
                    arcs.append(arc)
    return {terminal: tuple(arcs) for terminal, arcs in found.items()}


def _over(network: Network, weights: NDArray[np.uint32], arcs: Iterable[int]) -> tuple[Way, ...]:
    """A way over each of the arcs that may be used."""
    return tuple(
        Way(int(network.tail[arc]), int(network.head[arc]), int(weights[arc]), (arc,))
        for arc in arcs
        if weights[arc] < INF
    )


def stop_at(the_plan: Plan, variant: Variant, gate: Gate) -> Stop:
    """A gate as a stop of a chain under a weighting, kept with the plan."""
    found: Stop = the_plan.made.get(("stop", variant, gate), lambda: stop_of(ways(the_plan, variant, gate)))
    return found


def ways(the_plan: Plan, variant: Variant, gate: Gate) -> tuple[Way, ...]:
    """All ways to pass a gate under a weighting; none when it is shut or not in the network."""
    from landbridge.network import nearest

    network = the_plan.network
    if gate.kind in {"crossing", "ferry", "passage"}:
        weights = the_plan.weights(variant)
        arcs = arcs_of_refs(network).get((TABLE_OF[gate.kind], gate.id))
        if arcs is None:
            return ()
        return _over(network, weights, arcs.tolist())
    if gate.kind == "port":
        used = _over(network, the_plan.weights(variant), _quay_arcs(network).get(gate.id, ()))
        nodes = network.terminal_nodes(gate.id)
        afloat = [node for node in nodes if AFLOAT[network.node_mode[node]]]
        on_land = [node for node in nodes if not AFLOAT[network.node_mode[node]]]
        if gate.called and (landed := _landing(network, used)):
            return landed
        if gate.called and on_land and not used:
            return tuple(Way(node, node) for node in on_land)
        called = on_land if gate.ashore and (used or on_land) else afloat
        return (*used, *(Way(node, node) for node in called)) or tuple(Way(node, node) for node in nodes)
    if gate.lat is None or gate.lon is None:
        return ()
    modes = the_plan.shipment.modes or ("rail", "road", "sea")
    near_km = thresholds(the_plan.world.facts).place_km
    # Ships that sail past a city do not pass it: at sea it is a call at one of its quays.
    found = [
        node
        for mode in modes
        if mode != "air"
        for node in nearest(
            network, gate.lat, gate.lon, modes=(mode,), terminals_only=mode in {"sea", "river"}, k=2, max_km=near_km
        )[0].tolist()
    ]
    if not gate.called:
        return tuple(Way(node, node) for node in found)
    quays = _quay_arcs(network)
    at_sea = [node for node in found if AFLOAT[network.node_mode[node]]]
    ports = dict.fromkeys(network.terminals[int(network.node_terminal[node])].id for node in at_sea)
    calls = (_over(network, the_plan.weights(variant), quays.get(port, ())) for port in ports)
    ashore = tuple(Way(node, node) for node in found if node not in at_sea)
    return (*ashore, *(way for some in calls for way in _landing(network, some)))


def _landing(network: Network, some: Sequence[Way]) -> tuple[Way, ...]:
    """The ways over quays with one end ashore: between two ends afloat the cargo stays on board."""
    from landbridge.network import MODES

    water = {MODES.index("sea"), MODES.index("river")}
    return tuple(
        way for way in some if not {int(network.node_mode[way.enter]), int(network.node_mode[way.leave])} <= water
    )


def sailing_past(stops: Sequence[Sequence[Gate]]) -> tuple[tuple[Gate, ...], ...]:
    """The same stops where ships may call with the cargo on board: no more than a way through the port is asked for."""
    return tuple(tuple(replace(gate, called=False) for gate in gates) for gates in stops)


def gate_position(network: Network, gate: Gate) -> tuple[float, float] | None:
    """Where a gate lies, from the network; None when it is not in it."""
    if gate.lat is not None and gate.lon is not None:
        return gate.lat, gate.lon
    if gate.kind == "port":
        nodes = network.terminal_nodes(gate.id)
    else:
        arcs = arcs_of_refs(network).get((TABLE_OF.get(gate.kind, gate.kind), gate.id))
        nodes = () if arcs is None else (int(network.tail[arcs[0]]),)
    if not nodes:
        return None
    return float(network.lat[nodes[0]]), float(network.lon[nodes[0]])
