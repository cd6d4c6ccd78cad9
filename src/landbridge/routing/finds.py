"""The best ways that the weightings of a plan found, kept on disk with the plan: asked again, nothing is searched."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Mapping, Sequence

import numpy as np

from landbridge import shelf
from landbridge.kept import Kept
from landbridge.routing.chain import Chained, Way
from landbridge.routing.engine import UNREACHABLE

FOUND_KEPT = 128
"""So many best ways of a weighting are remembered."""
SHELVED = 16
"""So many of them are kept on disk, those asked for last."""

Ways = tuple[Way, ...]
Found = Kept[Chained | None]
"""By ways to begin, ways to end and the most that it may weigh: the best way, or None where all weigh more."""


class Finds:
    """What each weighting of a plan found, by a name of the weighting.

    Parameters
    ----------
    key
        The key of the plan on disk; without it nothing is kept there.
    """

    def __init__(self, key: Sequence[str] = ()) -> None:
        self._lock = threading.Lock()
        self._by_name: dict[str, Found] = {}
        if key and shelf.folder() is not None:
            _fill(key, self._by_name)
            # When the plan is dropped, or at the end of the process.
            weakref.finalize(self, _shelve, key, self._by_name)

    def of(self, name: str) -> Found:
        """What a weighting found."""
        with self._lock:
            return self._by_name.setdefault(name, Kept(FOUND_KEPT))


def _fill(key: Sequence[str], by_name: dict[str, Found]) -> None:
    """Take what is kept on disk."""
    known = shelf.fetch("best", key)
    if known is None:
        return
    arrays = {name: array.tolist() for name, array in known.arrays.items() if name != "arcs"}
    arcs = np.split(known.arrays["arcs"], np.cumsum(known.arrays["lengths"])[:-1])
    doors = iter([Way(*door) for door in arrays["doors"]])
    for number, (first, last), at_most, units, picked, path in zip(
        *(arrays[name] for name in ("name", "counts", "at_most", "units", "picked")), arcs, strict=True
    ):
        begin, end = (tuple(next(doors) for _ in range(count)) for count in (first, last))
        way = None
        if units != UNREACHABLE:
            way = Chained(units, path, (begin[picked[0]], end[picked[1]]), (0, path.size))
        found = by_name.setdefault(known.meta[number], Kept(FOUND_KEPT))
        found.put([((begin, end, at_most), way)])


def _shelve(key: Sequence[str], by_name: Mapping[str, Found]) -> None:
    """Keep what was found last, where anything new was."""
    if not any(found.made for found in by_name.values()):
        return
    rows = [
        (number, begin, end, at_most, way)
        for number, found in enumerate(by_name.values())
        for (begin, end, at_most), way in found.items()[-SHELVED:]
        # Only the doors of places, which take no arcs.
        if not any(door.arcs for door in (*begin, *end))
    ]
    ways = [(begin, end, way) for _, begin, end, _, way in rows]
    none = np.empty(0, dtype=np.int64)
    arrays = {
        "name": np.array([row[0] for row in rows], dtype=np.int64),
        "counts": np.array([(len(begin), len(end)) for begin, end, _ in ways], dtype=np.int64).reshape(-1, 2),
        "doors": np.array(
            [(door.enter, door.leave, door.units) for begin, end, _ in ways for door in (*begin, *end)], dtype=np.int64
        ).reshape(-1, 3),
        "at_most": np.array([row[3] for row in rows], dtype=np.float64),
        "units": np.array([UNREACHABLE if way is None else way.units for *_, way in ways], dtype=np.int64),
        "picked": np.array([_picked(*one) for one in ways], dtype=np.int64).reshape(-1, 2),
        "lengths": np.array([0 if way is None else way.arcs.size for *_, way in ways], dtype=np.int64),
        "arcs": np.concatenate([none, *(way.arcs for *_, way in ways if way is not None)]),
    }
    shelf.keep("best", key, list(by_name), arrays)


def _picked(begin: Ways, end: Ways, way: Chained | None) -> tuple[int, int]:
    """The numbers of the doors that a way uses."""
    return (0, 0) if way is None else (begin.index(way.ways[0]), end.index(way.ways[-1]))
