"""The network: every link of every mode that could exist, as sorted arrays; a world and a shipment only weigh it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

MODES: Final = ("rail", "road", "sea", "river", "air")
KINDS: Final = ("move", "crossing", "transfer", "gauge", "swap", "ferry", "passage")
RAIL, ROAD, SEA, RIVER, AIR = range(5)
MOVE, CROSSING, TRANSFER, GAUGE, SWAP, FERRY, PASSAGE = range(7)
SMALL_SHIPS: Final = 1
"""What stands for the gauge at sea where only the small ships sail that serve a hub; 0 elsewhere at sea."""
GAUGE_CLASSES: Final[tuple[frozenset[int], ...]] = (frozenset({1520, 1524}),)
"""Gauges that run through on each other's track without a change."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """A place where cargo changes mode or gauge: a city's terminals, a port, an airport, a border station, a berth."""

    id: str
    name: str
    area: str
    lat: float
    lon: float
    kinds: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Network:
    """One graph of rail, road, sea, river and air.

    Nodes have a place, a mode, a gauge (on rails mm; `SMALL_SHIPS` on lanes of small ships), an area (index into
    `areas`, -1 at sea) and perhaps a terminal. Arcs are directed, sorted by (tail, head), at most one for an ordered
    pair; `twin` is the reverse or -1. `ref` names what an arc passes (a crossing, a passage, a ferry, a port), `gate`
    the project or line whose state decides whether the arc exists on a day; both index `refs`.
    """

    id: str
    areas: tuple[str, ...]
    lon: NDArray[np.float32]
    lat: NDArray[np.float32]
    node_mode: NDArray[np.uint8]
    node_gauge: NDArray[np.uint16]
    node_area: NDArray[np.int16]
    node_terminal: NDArray[np.int32]
    terminals: tuple[Terminal, ...]
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    km: NDArray[np.float32]
    kind: NDArray[np.uint8]
    mode: NDArray[np.uint8]
    ref: NDArray[np.int32]
    gate: NDArray[np.int32]
    grade: NDArray[np.uint8]
    twin: NDArray[np.int32]
    shape_start: NDArray[np.int32]
    shape: NDArray[np.int16]
    refs: tuple[tuple[str, str], ...]
    source: Mapping[str, str] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """Number of nodes."""
        return len(self.lon)

    @property
    def m(self) -> int:
        """Number of arcs."""
        return len(self.tail)

    def __repr__(self) -> str:
        arcs = np.bincount(self.mode, minlength=len(MODES))
        kinds = np.bincount(self.kind, minlength=len(KINDS))
        modes = ", ".join(f"{name} {count:,}" for name, count in zip(MODES, arcs.tolist(), strict=True) if count)
        return (
            f"<Network {self.id[:12]}: {self.n:,} nodes, {self.m:,} arcs ({modes}); "
            f"{kinds[CROSSING]:,} crossing arcs, {kinds[FERRY]:,} ferry, {len(self.terminals):,} terminals>"
        )

    @cached_property
    def small_ships(self) -> NDArray[np.bool_]:
        """For each node whether it lies on the lanes of small ships, which lie over those of all ships; shape (n,)."""
        return np.asarray((self.node_mode == SEA) & (self.node_gauge == SMALL_SHIPS), dtype=np.bool_)

    @cached_property
    def first_arc(self) -> NDArray[np.int64]:
        """For each node, where its arcs begin in the arc arrays; n + 1 entries."""
        return np.searchsorted(self.tail, np.arange(self.n + 1)).astype(np.int64)

    @cached_property
    def ref_index(self) -> Mapping[tuple[str, str], int]:
        """(table, id) -> index into `refs`."""
        return {ref: i for i, ref in enumerate(self.refs)}

    @cached_property
    def terminal_index(self) -> Mapping[str, int]:
        """Terminal id -> index into `terminals`."""
        return {terminal.id: i for i, terminal in enumerate(self.terminals)}

    @cached_property
    def _terminal_nodes(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The nodes of terminals by their terminal, and where those of each terminal begin."""
        order = np.argsort(self.node_terminal, kind="stable")
        return order, np.searchsorted(self.node_terminal[order], np.arange(len(self.terminals) + 1))

    def terminal_nodes(self, terminal_id: str) -> tuple[int, ...]:
        """Nodes of a terminal by its id; empty if there is no such terminal."""
        index = self.terminal_index.get(terminal_id)
        if index is None:
            return ()
        nodes, first = self._terminal_nodes
        return tuple(nodes[first[index] : first[index + 1]].tolist())

    def arc_between(self, tail: int, head: int) -> int | None:
        """The arc from one node to another, or None."""
        start, end = int(self.first_arc[tail]), int(self.first_arc[tail + 1])
        at = start + int(np.searchsorted(self.head[start:end], head))
        return at if at < end and int(self.head[at]) == head else None

    def arcs_of(self, table: str, row_id: str) -> NDArray[np.int64]:
        """Arcs whose `ref` is this row."""
        index = self.ref_index.get((table, row_id))
        return np.empty(0, dtype=np.int64) if index is None else np.flatnonzero(self.ref == index)

    def gated_by(self, table: str, row_id: str) -> NDArray[np.int64]:
        """Arcs whose existence hangs on this row."""
        index = self.ref_index.get((table, row_id))
        return np.empty(0, dtype=np.int64) if index is None else np.flatnonzero(self.gate == index)


def same_gauge(a: int, b: int) -> bool:
    """Whether wagons run from one gauge to the other without a change.

    Examples
    --------
    >>> same_gauge(1520, 1524), same_gauge(1435, 1520)
    (True, False)
    """
    return a == b or any(a in group and b in group for group in GAUGE_CLASSES)


ARRAYS: Final[Mapping[str, Any]] = {
    "lon": np.float32, "lat": np.float32, "node_mode": np.uint8, "node_gauge": np.uint16, "node_area": np.int16,
    "node_terminal": np.int32, "tail": np.int32, "head": np.int32, "km": np.float32, "kind": np.uint8,
    "mode": np.uint8, "ref": np.int32, "gate": np.int32, "grade": np.uint8, "twin": np.int32,
    "shape_start": np.int32, "shape": np.int16,
}  # fmt: skip
"""Name and type of each array in the stored file, in the order in which they enter the content hash."""
