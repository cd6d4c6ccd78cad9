"""The default engine: a customisable contraction hierarchy through pyroutingkit, fenced.

The package kills the process on a bad node number, takes negative or fractional weights without a word and calls a
path beyond 2**31 unreachable; so node numbers and weights are checked here, and results are copied at once.
"""

from __future__ import annotations

import importlib.util
import logging
import tempfile
import threading
import weakref
import zipfile
import zlib
from collections import deque
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.engine import UNREACHABLE, Path, Topology, check_nodes
from landbridge.routing.ties import SettledEngine
from landbridge.routing.weights import INF

log = logging.getLogger(__name__)

SPARE_KEPT = 4
TOPOLOGIES_KEPT = 8
"""The packaged one, those with invented links, and parts of them."""
WORD = "<u4"
ORDER = "order"
"""How the package stores numbers, and the file of an order."""
MANY = 4096
"""Tables of more cells than this are asked for in the order of the nodes."""


def available() -> bool:
    """Whether the package is installed."""
    return importlib.util.find_spec("pyroutingkit") is not None


class CchEngine(SettledEngine):
    """Shortest paths by a contraction hierarchy whose order depends on the topology alone."""

    def __init__(self, topology: Topology, weights: NDArray[np.uint32]) -> None:
        import pyroutingkit

        super().__init__(topology, weights)
        spare = _spare(topology)
        try:
            self._metric: Any = spare.pop()
        except IndexError:
            self._metric = pyroutingkit.CCHMetric(prepared(topology))
        self._metric.customize(np.ascontiguousarray(weights), 1)
        # What an engine that nobody holds any more had is customised again, so that memory does not grow in pieces.
        weakref.finalize(self, spare.append, self._metric).atexit = False
        self._lock = threading.Lock()

    def _any_path(self, source: int, target: int) -> Path | None:
        """A cheapest path as the hierarchy unpacks it."""
        if source == target:
            return Path(0, np.empty(0, dtype=np.int64))
        with self._lock:
            units, _, arcs = self._metric.query(source, target)
            copied = np.array(arcs, dtype=np.int64)
        if units >= INF or units < 0:
            return None
        return Path(int(units), copied)

    def distances(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[np.int64]:
        """Weights of the cheapest paths, shape (sources, targets); -1 where there is none."""
        sources, targets = check_nodes(sources, self._topology.n), check_nodes(targets, self._topology.n)
        if not sources.size or not targets.size:
            return np.empty((sources.size, targets.size), dtype=np.int64)
        if sources.size * targets.size > MANY:
            # Each once and in order: what neighbours have in common stays at hand.
            (starts, place), (goals, other) = (np.unique(some, return_inverse=True) for some in (sources, targets))
            return self._distances(starts, goals)[np.ix_(place, other)]
        return self._distances(sources, targets)

    def _distances(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[np.int64]:
        with self._lock:
            found = np.array(
                self._metric.distances_many_to_many(sources.astype(np.uint32), targets.astype(np.uint32)),
                dtype=np.int64,
            ).reshape(sources.size, targets.size)
        found[found >= INF] = UNREACHABLE
        return found


@lru_cache(maxsize=TOPOLOGIES_KEPT)
def _spare(topology: Topology) -> deque[Any]:
    """Metrics of a topology that no engine uses; a few are kept."""
    return deque(maxlen=SPARE_KEPT)


@lru_cache(maxsize=TOPOLOGIES_KEPT)
def prepared(topology: Topology) -> Any:
    """The hierarchy's topology: by its own order, from the packaged file where it fits, else built anew (about 5 s)."""
    import pyroutingkit

    if topology.order is not None:
        return _by_order(topology, topology.order)
    stored = _from_package(topology)
    if stored is not None:
        return stored
    log.info("ordering the network for the first time")
    fresh: Any = pyroutingkit.CCHTopology()
    fresh.build(
        topology.tail.astype(np.uint32), topology.head.astype(np.uint32), topology.lat, topology.lon, topology.n
    )
    return fresh


def order_file(key: str, folder: FilePath | None = None) -> FilePath:
    """Where the order of the topology `key` is kept."""
    base = folder if folder is not None else FilePath(__file__).parent / "data"
    return base / f"order-{key[:12]}.zip"


def store(topology: Topology, folder: FilePath | None = None, order: NDArray[np.int64] | None = None) -> FilePath:
    """Write the packaged file of a topology, beside and renamed: with an order of its nodes, or the package's own."""
    import pyroutingkit

    fresh: Any = pyroutingkit.CCHTopology()
    fresh.build(
        topology.tail.astype(np.uint32), topology.head.astype(np.uint32), topology.lat, topology.lon, topology.n
    )
    target = order_file(topology.key, folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as raw:
        fresh.save(raw)
        if order is not None:
            _write_order(FilePath(raw), order, topology.n)
        beside = target.with_suffix(".part")
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for file in sorted(FilePath(raw).rglob("*")):
                if file.is_file():
                    archive.writestr(
                        zipfile.ZipInfo(str(file.relative_to(raw))), file.read_bytes(), zipfile.ZIP_DEFLATED, 9
                    )
        beside.replace(target)
    return target


def _write_order(raw: FilePath, order: NDArray[Any], n: int) -> None:
    """Write an order of `n` nodes, and the place of each in it, as the package reads them."""
    if not np.array_equal(np.sort(order), np.arange(n)):
        raise ValueError("an order holds each node once")
    rank = np.empty(n, dtype=WORD)
    rank[order] = np.arange(n)
    order.astype(WORD).tofile(raw / ORDER)
    rank.tofile(raw / "rank")


def _by_order(topology: Topology, order: NDArray[np.int32]) -> Any:
    """The hierarchy's topology with an order that is known, which takes a tenth of a second at most."""
    import pyroutingkit

    found: Any = pyroutingkit.CCHTopology()
    with tempfile.TemporaryDirectory() as name:
        raw = FilePath(name)
        _write_order(raw, order, topology.n)
        for what, ends in (("tail", topology.tail), ("head", topology.head)):
            ends.astype(WORD).tofile(raw / what)
        np.array([topology.n], dtype=WORD).tofile(raw / "node_count")
        found.load(name)
    return found


@lru_cache(maxsize=2)
def order_of(topology: Topology) -> NDArray[np.int64]:
    """The order in which the hierarchy contracts the nodes of a topology, shape (n,)."""
    with tempfile.TemporaryDirectory() as name:
        prepared(topology).save(name)
        return np.fromfile(FilePath(name) / ORDER, dtype=WORD).astype(np.int64)


def _from_package(topology: Topology) -> Any | None:
    import pyroutingkit

    file = order_file(topology.key)
    if not file.exists():
        return None
    try:
        with tempfile.TemporaryDirectory() as raw:
            with zipfile.ZipFile(file) as archive:
                archive.extractall(raw)  # which checks each file too
            loaded: Any = pyroutingkit.CCHTopology()
            loaded.load(raw)
    except (OSError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error) as reason:
        log.warning("the stored order %s cannot be used (%s): building it anew", file.name, reason)
        return None
    if loaded.node_count != topology.n or loaded.arc_count != topology.tail.size:
        return None
    return loaded
