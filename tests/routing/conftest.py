"""A small network made by hand, with real ids, so that costs can be told by heart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from landbridge.network import KINDS, MODES, Network, Terminal
from landbridge.network.model import ARRAYS
from landbridge.world import World


@dataclass
class Sketch:
    """Nodes and arcs one by one; `network` sorts and freezes them."""

    nodes: list[tuple[str, str, int, float, float, int]] = field(default_factory=list)
    arcs: list[dict[str, Any]] = field(default_factory=list)
    refs: list[tuple[str, str]] = field(default_factory=list)
    terminals: list[Terminal] = field(default_factory=list)

    def node(
        self, mode: str, area: str, gauge: int = 0, lat: float = 50.0, lon: float = 0.0, terminal: str = ""
    ) -> int:
        number = -1
        if terminal:
            number = len(self.terminals)
            self.terminals.append(Terminal(terminal, terminal.title(), area, lat, lon, ("city",)))
        self.nodes.append((mode, area, gauge, lat, lon, number))
        return len(self.nodes) - 1

    def arc(
        self,
        tail: int,
        head: int,
        km: float = 0.0,
        kind: str = "move",
        mode: str | None = None,
        ref: tuple[str, str] | None = None,
        gate: tuple[str, str] | None = None,
        both: bool = True,
    ) -> None:
        for a, b in ((tail, head), (head, tail)) if both else ((tail, head),):
            self.arcs.append(
                {
                    "tail": a, "head": b, "km": km, "kind": KINDS.index(kind),
                    "mode": MODES.index(mode or self.nodes[b][0]), "ref": self._ref(ref), "gate": self._ref(gate),
                }
            )  # fmt: skip

    def _ref(self, ref: tuple[str, str] | None) -> int:
        if ref is None:
            return -1
        if ref not in self.refs:
            self.refs.append(ref)
        return self.refs.index(ref)

    def network(self, key: str = "tiny") -> Network:
        areas = tuple(sorted({area for _, area, *_ in self.nodes if area}))
        arcs = sorted(self.arcs, key=lambda arc: (arc["tail"], arc["head"]))
        at = {(arc["tail"], arc["head"]): i for i, arc in enumerate(arcs)}
        columns: dict[str, list[Any]] = {
            "lon": [node[4] for node in self.nodes],
            "lat": [node[3] for node in self.nodes],
            "node_mode": [MODES.index(node[0]) for node in self.nodes],
            "node_gauge": [node[2] for node in self.nodes],
            "node_area": [areas.index(node[1]) if node[1] else -1 for node in self.nodes],
            "node_terminal": [node[5] for node in self.nodes],
            **{name: [arc[name] for arc in arcs] for name in ("tail", "head", "km", "kind", "mode", "ref", "gate")},
            "grade": [2] * len(arcs),
            "twin": [at.get((arc["head"], arc["tail"]), -1) for arc in arcs],
            "shape_start": [0] * (len(arcs) + 1),
            "shape": [],
        }
        arrays = {name: np.array(columns[name], dtype=kind) for name, kind in ARRAYS.items()}
        return Network(id=key, areas=areas, terminals=tuple(self.terminals), refs=tuple(self.refs), source={}, **arrays)


def arc_of(network: Network, tail: int, head: int) -> int:
    """The arc between two nodes."""
    found = network.arc_between(tail, head)
    assert found is not None
    return found


@dataclass(frozen=True)
class Fork:
    """From Almaty to Moscow: by road and rail through Kazakhstan; a dearer detour; names of the nodes."""

    network: Network
    road: tuple[int, ...]
    rail: tuple[int, ...]


def fork() -> Fork:
    """Kazakhstan to Russia over one road post and one rail post, with changes of mode at both ends."""
    sketch = Sketch()
    a = sketch.node("road", "KAZ", terminal="almaty")
    b = sketch.node("road", "KAZ")
    c = sketch.node("road", "RUS")
    d = sketch.node("road", "RUS", terminal="moscow")
    sketch.arc(a, b, 2000.0)
    sketch.arc(b, c, 0.5, "crossing", ref=("crossings", "KAZ-RUS-sagarchin"))
    sketch.arc(c, d, 1500.0)
    e = sketch.node("rail", "KAZ", 1520, terminal="almaty-1")
    f = sketch.node("rail", "KAZ", 1520)
    g = sketch.node("rail", "RUS", 1520)
    h = sketch.node("rail", "RUS", 1520, terminal="moscow-1")
    sketch.arc(a, e, 0.0, "transfer")
    sketch.arc(e, f, 2000.0)
    sketch.arc(f, g, 0.5, "crossing", ref=("crossings", "KAZ-RUS-ozinki-rail"))
    sketch.arc(g, h, 1500.0)
    sketch.arc(h, d, 0.0, "transfer")
    return Fork(sketch.network("fork"), (a, b, c, d), (e, f, g, h))


@pytest.fixture
def sketch() -> Sketch:
    return Sketch()


@pytest.fixture(scope="session")
def new_sketch() -> type[Sketch]:
    return Sketch


@pytest.fixture(scope="session")
def fork_network() -> Fork:
    return fork()


@pytest.fixture(scope="session")
def arc() -> Callable[[Network, int, int], int]:
    return arc_of


@pytest.fixture(scope="session")
def june() -> World:
    return World.at("2023-06-01")


@pytest.fixture(scope="session")
def scenario() -> Callable[[str], Any]:
    """Reads a scenario from a line of YAML flow for its events."""

    def read(events: str) -> Any:
        from landbridge.world import parse_scenario

        return parse_scenario(f"name: test\nnote: test\nsources: [test]\nevents: [{events}]\n")

    return read
