"""A topology under one weighting: searched plainly while it is asked for rarely, by an engine once that pays."""

from __future__ import annotations

import threading

import numpy as np
from numpy.typing import NDArray

from landbridge.kept import Kept
from landbridge.routing.chain import Chained, Way, best_chain
from landbridge.routing.engine import Engine, Topology, make_engine
from landbridge.routing.keeping import KeepingEngine
from landbridge.routing.once import TooFarError, best_once
from landbridge.routing.weights import INF

SEARCHES = 4
"""So many plain searches take about as long as making the engine."""
FOUND_KEPT = 256

Ways = tuple[Way, ...]


class Weighted:
    """Weights over a topology, and the engine over them, made when it is first needed.

    Parameters
    ----------
    topology, weights
        What is searched, and the weight of each arc, shape (m,).
    """

    def __init__(self, topology: Topology, weights: NDArray[np.uint32]) -> None:
        self.weights = weights
        self._topology = topology
        self._engine: Engine | None = None
        self._making = threading.Lock()
        self._searched = 0
        self._found: Kept[Chained | None] = Kept(FOUND_KEPT)

    @property
    def engine(self) -> Engine:
        """The engine, customised once."""
        if self._engine is None:
            with self._making:
                if self._engine is None:
                    self._engine = KeepingEngine(make_engine(self._topology, self.weights))
        return self._engine

    @property
    def due(self) -> bool:
        """Whether it was searched so often that an engine pays and is still to be made."""
        return self._engine is None and self._searched >= SEARCHES

    def best(self, begin: Ways, end: Ways, at_most: float = np.inf) -> Chained | None:
        """The cheapest path from one of the ways to begin to one of those to end, or None.

        Parameters
        ----------
        at_most
            What weighs more is taken for no path.
        """
        return self._found.get((begin, end, at_most), lambda: self._best(begin, end, at_most))

    def _best(self, begin: Ways, end: Ways, at_most: float) -> Chained | None:
        if self._engine is None and not self.due:
            self._searched += 1
            try:
                return best_once(self._topology, self.weights, begin, end, at_most)
            except TooFarError:
                pass
        found = best_chain(self.engine, (begin, end))
        return found if found is not None and found.units <= at_most else None

    def known(self, arcs: NDArray[np.int64]) -> float:
        """What a path weighs; infinite where it may not be used."""
        weights = self.weights[arcs].astype(np.int64)
        return float(weights.sum()) if bool((weights < INF).all()) else np.inf
