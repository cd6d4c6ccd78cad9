"""An engine that remembers what it was asked last, on disk too, where that is wanted."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from landbridge import shelf
from landbridge.kept import Kept
from landbridge.routing.engine import UNREACHABLE, Engine, Path

PATHS_KEPT = 2048
TABLES_KEPT = 2048
SMALL = 4096
"""Tables of distances with more cells than this are not kept."""
SHELVED = 1024
"""So many paths and tables are kept on disk, those asked for last."""

Key = Sequence[str]


class KeepingEngine:
    """An engine that keeps its last paths and small tables: the gates of corridors are asked for in every question.

    Parameters
    ----------
    make
        Makes the engine; at once, or where answers are kept on disk when another one is asked for.
    key
        The key of the weighting on disk; without it nothing is kept there.
    elsewhere
        A cheapest path that is known from elsewhere to be the one of this weighting, or None.
    """

    def __init__(
        self, make: Callable[[], Engine], key: Key = (), elsewhere: Callable[[int, int], Path | None] | None = None
    ) -> None:
        self._make, self._elsewhere = make, elsewhere
        self._engine: Engine | None = None
        self._making = threading.Lock()
        self._paths: Kept[Path | None] = Kept(PATHS_KEPT)
        self._tables: Kept[NDArray[np.int64]] = Kept(TABLES_KEPT)
        shelved = bool(key) and shelf.folder() is not None
        if not (shelved and _fill(key, self._paths, self._tables)):
            self._engine = make()
        if shelved:
            # When the engine is dropped, or at the end of the process.
            weakref.finalize(self, _shelve, key, self._paths, self._tables)

    @property
    def engine(self) -> Engine:
        """The engine itself."""
        with self._making:
            if self._engine is None:
                self._engine = self._make()
            return self._engine

    @property
    def at_hand(self) -> Engine | None:
        """The engine itself where it is made."""
        return self._engine

    def path(self, source: int, target: int) -> Path | None:
        """The cheapest path, or None."""
        return self._paths.get((source, target), lambda: self._path(source, target))

    def known(self, source: int, target: int) -> Path | None:
        """The cheapest path where it was asked for before."""
        return self._paths.peek((source, target))

    def _path(self, source: int, target: int) -> Path | None:
        known = None if self._elsewhere is None else self._elsewhere(source, target)
        if known is not None:
            return known
        found = self.engine.path(source, target)
        if found is not None:
            found.arcs.setflags(write=False)
        return found

    def distances(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[np.int64]:
        """Weights of the cheapest paths, shape (sources, targets); -1 where there is none."""
        if sources.size * targets.size > SMALL:
            return self.engine.distances(sources, targets)
        key = (sources.tobytes(), targets.tobytes())
        return self._tables.get(key, lambda: self._table(sources, targets))

    def _table(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[np.int64]:
        found = self.engine.distances(sources, targets)
        found.setflags(write=False)
        return found


def _fill(key: Key, paths: Kept[Path | None], tables: Kept[NDArray[np.int64]]) -> bool:
    """Take what is kept on disk; whether there was anything."""
    known = shelf.fetch("ways", key)
    if known is None:
        return False
    arrays = known.arrays
    ends, units = arrays["ends"].tolist(), arrays["units"].tolist()
    for (source, target), weight, arcs in zip(ends, units, _cut(arrays["arcs"], arrays["lengths"]), strict=True):
        paths.put([((source, target), None if weight == UNREACHABLE else Path(weight, arcs))])
    sizes = arrays["sizes"]
    sources, targets = _cut(arrays["sources"], sizes[:, 0]), _cut(arrays["targets"], sizes[:, 1])
    cells = _cut(arrays["cells"], sizes[:, 0] * sizes[:, 1])
    for start, goal, table in zip(sources, targets, cells, strict=True):
        tables.put([((start.tobytes(), goal.tobytes()), table.reshape(start.size, goal.size))])
    return True


def _cut(array: NDArray[np.int64], lengths: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """An array in pieces of these lengths."""
    ends = np.cumsum(lengths).tolist()
    return (array[first:last] for first, last in zip([0, *ends], ends, strict=False))


def _shelve(key: Key, paths: Kept[Path | None], tables: Kept[NDArray[np.int64]]) -> None:
    """Keep on disk what was asked last, if any of it is new."""
    if not paths.made + tables.made:
        return
    ways, some = paths.items()[-SHELVED:], tables.items()[-SHELVED:]
    none = np.empty(0, dtype=np.int64)
    starts, goals = ([np.frombuffer(pair[at], dtype=np.int64) for pair, _ in some] for at in (0, 1))
    arrays = {
        "ends": np.array([pair for pair, _ in ways], dtype=np.int64).reshape(-1, 2),
        "units": np.array([UNREACHABLE if path is None else path.units for _, path in ways], dtype=np.int64),
        "lengths": np.array([0 if path is None else path.arcs.size for _, path in ways], dtype=np.int64),
        "arcs": np.concatenate([none, *(path.arcs for _, path in ways if path is not None)]),
        "sizes": np.array([table.shape for _, table in some], dtype=np.int64).reshape(-1, 2),
        "sources": np.concatenate([none, *starts]),
        "targets": np.concatenate([none, *goals]),
        "cells": np.concatenate([none, *(table.reshape(-1) for _, table in some)]),
    }
    shelf.keep("ways", key, None, arrays)
