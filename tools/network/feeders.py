"""Lanes of small ships: what sails between the hubs of the large lines and the ports that those do not call at.

They lie over the lanes of the open sea as a layer of their own, so that where a box changes ships is a place in the
network: a hub has a second quay in the layer, and the way from quay to quay is the change. A port that only small ships
call at has one quay, at the end of lanes of both layers; ports where small ships and others call, and those up a river
with ships of its own, have one in each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from landbridge.network.model import KINDS, MODES, SMALL_SHIPS
from network.assemble import Graph

DETOUR = 2.0
"""Where a strait or canal is shut, the lane around it is drawn if no longer than so many times the usual one."""
SHARED = {"feeder", "river"}
"""Roles of ports whose one quay ends lanes of both layers; from others ships of one would sail on in the other."""
SEA = MODES.index("sea")
WET = {SEA, MODES.index("river")}
Path = list[tuple[int, int]]


class Sea:
    """The lanes of the open sea and of rivers as arcs between nodes; no way leads through a quay but up a river."""

    def __init__(self, graph: Graph, roles: Mapping[str, str]) -> None:
        sails = {KINDS.index("move"), KINDS.index("passage")}
        # Barges sail on nodes of their own, which no ship of the sea reaches.
        self.arcs = [
            key
            for key, row in graph.arcs.items()
            if row["kind"] in sails and row["mode"] in WET and {graph.mode[node] for node in key} == {SEA}
        ]
        self.nodes = sorted({node for key in self.arcs for node in key})
        self.number = {node: i for i, node in enumerate(self.nodes)}
        self.tail = np.array([self.number[t] for t, _ in self.arcs])
        self.head = np.array([self.number[h] for _, h in self.arcs])
        self.km = np.array([graph.arcs[key]["km"] for key in self.arcs]) + 1e-3
        self.ref = np.array([graph.arcs[key]["ref"] for key in self.arcs])
        self.at = {graph.terminals[graph.terminal[node]].id: node for node in self.nodes if graph.terminal[node] >= 0}
        by_river = {node for port, node in self.at.items() if roles.get(port, "").startswith("river")}
        self.quay = np.array([graph.terminal[node] >= 0 and node not in by_river for node in self.nodes])

    def from_quay(self, start: int, shut: int | None) -> tuple[np.ndarray, np.ndarray]:
        """How far each node lies from a quay with a passage shut [km], and the node before it on the way."""
        own = self.number[start]
        kept = (~self.quay[self.tail] | (self.tail == own)) & (self.ref != shut if shut is not None else True)
        size = len(self.nodes)
        graph = csr_array((self.km[kept], (self.tail[kept], self.head[kept])), shape=(size, size))
        far, before = dijkstra(graph, indices=own, return_predecessors=True)
        return far, before

    def path(self, before: np.ndarray, goal: int) -> Path:
        """The arcs that lead to a node."""
        found, at = [], self.number[goal]
        while before[at] >= 0:
            found.append((self.nodes[int(before[at])], self.nodes[at]))
            at = int(before[at])
        return found


def lay(graph: Graph, networks: Sequence[Mapping[str, Any]], roles: Mapping[str, str]) -> dict[str, int]:
    """Add the lanes of small ships of each network; returns how many links each has."""
    sea = Sea(graph, roles)
    at = sea.at
    drawn: dict[str, set[tuple[int, int]]] = {}
    hubs: set[str] = set()
    for row in networks:
        ends, own = ([port for port in row[name].split(";") if port] for name in ("ports", "hubs"))
        missing = [port for port in (*ends, *own) if port not in at]
        if missing:
            raise SystemExit(f"feeder_networks/{row['id']}: no quay at sea: {', '.join(missing)}")
        hubs.update(own)
        drawn[row["id"]] = _lanes(graph, sea, [at[port] for port in own], [at[port] for port in ends])
    shared = {node for port, node in at.items() if roles.get(port) in SHARED}
    links = sorted(set().union(*drawn.values()))
    copies = _copies(graph, sorted({node for link in links for node in link} - shared))
    for tail, head in links:
        row = graph.arcs[(tail, head)]
        here, there = copies.get(tail, tail), copies.get(head, head)
        graph.arcs.setdefault((here, there), dict(row))
    _moor(graph, copies)
    for (tail, head), row in _ashore(graph, copies):
        graph.arcs[(copies.get(tail, tail), copies.get(head, head))] = dict(row)
    for port in sorted(hubs):
        large, small = at[port], copies[at[port]]
        for tail, head in ((large, small), (small, large)):
            graph.arc(tail, head, 0.0, "transfer", "sea", ref=("ports", port), both=False)
    return {name: len(found) for name, found in drawn.items()}


def _lanes(graph: Graph, sea: Sea, hubs: Sequence[int], ports: Sequence[int]) -> set[tuple[int, int]]:
    """The links of the shortest ways between ports, and from and to hubs, also where one of the straits is shut."""
    usual: dict[tuple[int, int], float] = {}
    found: set[tuple[int, int]] = set()

    def draw(shut: int | None) -> None:
        for start in (*hubs, *ports):
            far, before = sea.from_quay(start, shut)
            for goal in ports if start in hubs else (*hubs, *ports):
                km = float(far[sea.number[goal]])
                if goal == start or not np.isfinite(km):
                    continue
                if km <= DETOUR * usual.setdefault((start, goal), km):
                    found.update(sea.path(before, goal))

    draw(None)
    cut_off = [graph.terminals[graph.terminal[port]].id for port in ports if not any(port in key for key in usual)]
    if cut_off:
        raise SystemExit(f"no lane leads to {', '.join(cut_off)}")
    for passage in _passed(graph, found):
        draw(passage)
    return found | {(head, tail) for tail, head in found if (head, tail) in graph.arcs}


def _passed(graph: Graph, links: Iterable[tuple[int, int]]) -> list[int]:
    """The straits and canals on some links, in a fixed order."""
    passage = KINDS.index("passage")
    return sorted({graph.arcs[link]["ref"] for link in links if graph.arcs[link]["kind"] == passage})


def _copies(graph: Graph, nodes: Sequence[int]) -> dict[int, int]:
    """A node of the layer over each node, at the same place and of the same terminal."""
    found = {}
    for node in nodes:
        mode = MODES[graph.mode[node]]
        own = graph.node(graph.lat[node], graph.lon[node], mode, graph.area[node], SMALL_SHIPS)
        graph.terminal[own] = graph.terminal[node]
        found[node] = own
    return found


def _moor(graph: Graph, copies: Mapping[int, int]) -> None:
    """Let lines of small ships that are known by name end at the small quay of a hub, for a box changes ships there."""
    lines = [key for key, row in graph.arcs.items() if row["kind"] == KINDS.index("ferry") and {*key} & {*copies}]
    for tail, head in lines:
        graph.arcs[(copies.get(tail, tail), copies.get(head, head))] = graph.arcs.pop((tail, head))


def _ashore(graph: Graph, copies: Mapping[int, int]) -> list[tuple[tuple[int, int], dict[str, Any]]]:
    """The changes between land and the quays that have a second one."""
    transfer = KINDS.index("transfer")
    doubled = {node for node in copies if graph.terminal[node] >= 0}
    return [
        (key, row)
        for key, row in graph.arcs.items()
        if row["kind"] == transfer and (key[0] in doubled) != (key[1] in doubled)
    ]
