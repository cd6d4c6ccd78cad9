"""An engine that remembers what it was asked last."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landbridge.kept import Kept
from landbridge.routing.engine import Engine, Path

PATHS_KEPT = 2048
TABLES_KEPT = 2048
SMALL = 512
"""Tables of distances with more cells than this are not kept."""


class KeepingEngine:
    """An engine that keeps its last paths and small tables: the gates of corridors are asked for in every question."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._paths: Kept[Path | None] = Kept(PATHS_KEPT)
        self._tables: Kept[NDArray[np.int64]] = Kept(TABLES_KEPT)

    def path(self, source: int, target: int) -> Path | None:
        """The cheapest path, or None."""
        return self._paths.get((source, target), lambda: self._path(source, target))

    def _path(self, source: int, target: int) -> Path | None:
        found = self._engine.path(source, target)
        if found is not None:
            found.arcs.setflags(write=False)
        return found

    def distances(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[np.int64]:
        """Weights of the cheapest paths, shape (sources, targets); -1 where there is none."""
        if sources.size * targets.size > SMALL:
            return self._engine.distances(sources, targets)
        key = (sources.tobytes(), targets.tobytes())
        return self._tables.get(key, lambda: self._table(sources, targets))

    def _table(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[np.int64]:
        found = self._engine.distances(sources, targets)
        found.setflags(write=False)
        return found
