"""The default engine: a customisable contraction hierarchy through pyroutingkit, fenced.

The package kills the process on a bad node number, takes negative or fractional weights without a word and calls a
path beyond 2**31 unreachable; so node numbers and weights are checked here, and results are copied at once.
"""

from __future__ import annotations

import contextlib
import importlib.util
import logging
import tempfile
import threading
import weakref
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.engine import UNREACHABLE, Path, Topology, check_nodes
from landbridge.routing.ties import SettledEngine
from landbridge.routing.weights import INF

log = logging.getLogger(__name__)

SPARE_KEPT = 2
FEW = 400
"""To change so many weights takes a third of customising all of them."""
TURNS = 4
"""So many times an engine takes back a hierarchy that another one had, before it gets its own."""
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


class Held:
    """The hierarchy under some weights; engines whose weights differ in few arcs take turns with it.

    To change a few weights takes a fraction of customising it, and no memory.
    """

    __slots__ = ("__weakref__", "lock", "metric", "weights")

    def __init__(self, metric: Any, weights: NDArray[np.uint32]) -> None:
        self.metric, self.weights, self.lock = metric, weights, threading.Lock()
        metric.customize(np.ascontiguousarray(weights), 1)

    def take(self, weights: NDArray[np.uint32]) -> None:
        """Change to other weights."""
        arcs = np.flatnonzero(weights != self.weights)
        self.metric.update_weights(arcs.astype(np.uint32), weights[arcs])
        self.weights = weights


class CchEngine(SettledEngine):
    """Shortest paths by a contraction hierarchy whose order depends on the topology alone.

    Parameters
    ----------
    like
        An engine of the same topology, whose hierarchy serves for this one too where the weights are nearly the same.
    """

    def __init__(self, topology: Topology, weights: NDArray[np.uint32], like: CchEngine | None = None) -> None:
        super().__init__(topology, weights)
        near = like is not None and like._topology is topology and _differ_little(weights, like._weights)
        self._held: Held = like._held if near and like is not None else self._own()
        self._turns = 0

    def _own(self) -> Held:
        """A hierarchy that no other engine has yet."""
        import pyroutingkit

        spare = _spare(self._topology)
        try:
            metric = spare.pop()
        except IndexError:
            metric = pyroutingkit.CCHMetric(prepared(self._topology))
        held = Held(metric, self._weights)
        # What an engine that nobody holds any more had is customised again, so that memory does not grow in pieces.
        weakref.finalize(held, spare.append, metric).atexit = False
        return held

    @contextlib.contextmanager
    def _metric(self) -> Iterator[Any]:
        """The hierarchy under the weights of this engine, for one thread at a time."""
        held = self._held
        if held.weights is not self._weights:
            if self._turns >= TURNS:
                # Engines asked in turn again and again had better have one each.
                held = self._held = self._own()
            self._turns += 1
        with held.lock:
            if held.weights is not self._weights:
                held.take(self._weights)
            yield held.metric

    def _any_path(self, source: int, target: int) -> Path | None:
        """A cheapest path as the hierarchy unpacks it."""
        if source == target:
            return Path(0, np.empty(0, dtype=np.int64))
        with self._metric() as metric:
            units, _, arcs = metric.query(source, target)
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
        with self._metric() as metric:
            found = np.array(
                metric.distances_many_to_many(sources.astype(np.uint32), targets.astype(np.uint32)),
                dtype=np.int64,
            ).reshape(sources.size, targets.size)
        found[found >= INF] = UNREACHABLE
        return found


def _differ_little(weights: NDArray[np.uint32], others: NDArray[np.uint32]) -> bool:
    """Whether to change some weights into others takes much less than customising the hierarchy."""
    return int(np.count_nonzero(weights != others)) <= FEW


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
