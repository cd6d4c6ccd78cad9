"""A topology under one weighting: searched plainly while it is asked for rarely, by an engine once that pays."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from landbridge.kept import Kept
from landbridge.routing.chain import Chained, best_chain
from landbridge.routing.engine import Engine, Path, Topology, make_engine
from landbridge.routing.finds import FOUND_KEPT, Found, Ways
from landbridge.routing.keeping import KeepingEngine
from landbridge.routing.once import TooFarError, best_once
from landbridge.routing.weights import INF

SEARCHES = 4
"""So many plain searches take twice as long as making the engine, which takes memory too and drops another one."""
ENGINES_KEPT = 16
"""Engines hold 18 MB each and more while they are asked; a shipment has some fourteen."""

Weigh = Callable[[NDArray[np.int64] | None], NDArray[np.uint32]]
"""Weighs some arcs, or all."""


class Weighted:
    """Weights over a topology, and the engine over them, made when it is first needed and kept while it is used.

    Parameters
    ----------
    topology, weights
        What is searched, and the weight of each arc, shape (m,), or what weighs them once that is needed.
    key
        What tells the weighting from every other on disk; without it nothing is kept there.
    below
        A weighting under which no arc costs more, as that of the world without a scenario that shuts things: the best
        way under it is the best one here too where it costs the same. Others lost nothing by it that they had before,
        and of those that weigh the same the rule of `ties` still picks this one.
    per
        Whole units of the weights in one of the objective's unit, where that is known.
    found
        The best ways found so far.
    """

    def __init__(
        self,
        topology: Topology,
        weights: NDArray[np.uint32] | Weigh,
        key: tuple[str, ...] = (),
        below: Weighted | None = None,
        per: float | None = None,
        found: Found | None = None,
    ) -> None:
        self.topology, self.key, self.per = topology, key, per
        self._weigh = weights if callable(weights) else None
        self._weights = None if callable(weights) else weights
        self._under, self._checked = below, False
        self._like = None if below is None else weakref.ref(below)
        self._made: weakref.ref[KeepingEngine] | None = None
        self._making = threading.Lock()
        self._searched, self._patience = 0, SEARCHES
        self._found: Found = Kept(FOUND_KEPT) if found is None else found
        self._best_of: Kept[Chained] = Kept(FOUND_KEPT)

    @property
    def weights(self) -> NDArray[np.uint32]:
        """The weight of each arc, shape (m,)."""
        # Read in this order: who weighs is let go, and the plan with it, only once all is weighed.
        weigh, weights = self._weigh, self._weights
        if weights is None:
            assert weigh is not None
            weights = self._weights = weigh(None)
            self._weigh = None
        return weights

    @property
    def _below(self) -> Weighted | None:
        """The weighting below, once it is seen that no arc costs more under it."""
        if self._under is not None and not self._checked:
            if self._under.topology is not self.topology or not bool((self.weights >= self._under.weights).all()):
                self._under = None
            self._checked = True
        return self._under

    @property
    def engine(self) -> Engine:
        """The engine, customised once while it is used."""
        with self._making:
            engine = _engine(self)
            self._made = weakref.ref(engine)
        return engine

    def make(self) -> Engine:
        """An engine, with the help of that of the weighting below where there is one."""
        below = None if self._like is None else self._like()
        kept = None if below is None or below._made is None else below._made()
        return make_engine(self.topology, self.weights, like=None if kept is None else kept.at_hand)

    @property
    def at_hand(self) -> bool:
        """Whether the engine is made; that of a weighting which was not used for long was dropped."""
        if self._made is None:
            return False
        if self._made() is None:
            # Where more weightings go round than are kept, engines would be made in vain.
            self._made, self._searched, self._patience = None, 0, 2 * self._patience
            return False
        return True

    @property
    def due(self) -> bool:
        """Whether it was searched so often that an engine pays and is still to be made."""
        return not self.at_hand and self._searched >= self._patience

    def best(self, begin: Ways, end: Ways, at_most: float = np.inf, *, engine: bool = False) -> Chained | None:
        """The cheapest path from one of the ways to begin to one of those to end, or None.

        Parameters
        ----------
        at_most
            What weighs more is taken for no path.
        engine
            Whether the engine is needed afterwards in any case, so that no plain search is due.
        """
        return self._found.get((begin, end, at_most), lambda: self._known_or_best(begin, end, at_most, engine))

    def _known_or_best(self, begin: Ways, end: Ways, at_most: float, engine: bool) -> Chained | None:
        lower = None if self._below is None else self._below.best_known(begin, end)
        best = lower if lower is not None and self._as_below(lower.arcs) else self._best(begin, end, at_most, engine)
        if best is None:
            return None
        found = self._best_of.get((begin, end), lambda: best)
        return found if found.units <= at_most else None

    def best_known(self, begin: Ways, end: Ways) -> Chained | None:
        """The cheapest path between some ways where it was found before."""
        return self._best_of.peek((begin, end))

    def path_known(self, source: int, target: int) -> Path | None:
        """The cheapest path between two nodes where it was found before, or where the weighting below knows it."""
        engine = None if self._made is None else self._made()
        found = None if engine is None else engine.known(source, target)
        return found if found is not None or self._below is None else self._from_below(source, target)

    def _from_below(self, source: int, target: int) -> Path | None:
        """The cheapest path between two nodes as the weighting below knows it, where it costs the same here."""
        found = None if self._below is None else self._below.path_known(source, target)
        return found if found is not None and self._as_below(found.arcs) else None

    def _as_below(self, arcs: NDArray[np.int64]) -> bool:
        """Whether a path costs what it does under the weighting below."""
        assert self._below is not None
        return bool((self.weights[arcs] == self._below.weights[arcs]).all())

    def _best(self, begin: Ways, end: Ways, at_most: float, engine: bool) -> Chained | None:
        if not engine and not self.at_hand and not self.due:
            self._searched += 1
            try:
                return best_once(self.topology, self.weights, begin, end, at_most)
            except TooFarError:
                pass
        found = best_chain(self.engine, (begin, end))
        return found if found is not None and found.units <= at_most else None

    def known(self, paths: Sequence[NDArray[np.int64]]) -> list[float]:
        """What each of some paths weighs; infinite where it may not be used."""
        weigh, every, arcs = self._weigh, self._weights, np.concatenate(paths)
        weights = (weigh(arcs) if every is None and weigh is not None else self.weights[arcs]).astype(np.float64)
        weights[weights >= INF] = np.inf
        cuts = np.cumsum([0, *(path.size for path in paths)])
        sums = np.concatenate(([0.0], np.cumsum(np.where(np.isinf(weights), 0.0, weights))))
        shut = np.concatenate(([0], np.cumsum(np.isinf(weights))))
        barred = shut[cuts[1:]] > shut[cuts[:-1]]
        found: list[float] = np.where(barred, np.inf, sums[cuts[1:]] - sums[cuts[:-1]]).tolist()
        return found


@lru_cache(maxsize=ENGINES_KEPT)
def _engine(weighted: Weighted) -> KeepingEngine:
    known = None if weighted._under is None else weighted._from_below
    return KeepingEngine(weighted.make, weighted.key, known)
