"""Under which prices of an hour and a kilogram a way that no search found may still hide.

What a search found under some prices is the least that any way costs at them, so each search leaves a half of the space
of hours, dollars and kilograms where a way may still be. The corners of what all searches leave are the best that a way
not yet found could be (outer approximation, Benson 1998). A corner is worth a search where it would cost clearly less
than each way found under some prices: the search under these finds a way there, or takes the corner off. Without such a
corner no way costs clearly less than all those found under any prices that come into question. With two criteria this
is the scheme of Aneja and Nair (1979) and Cohon (1978), with three that of Przybylski, Gandibleux and Ehrgott (2010).

Prices are powers of two of a dollar, so that the questions of a lane share weightings.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.weights import Prices

POWERS: Final = range(-12, 13)
"""Of two: an hour of a tonne of sand is worth less than a cent, one of a container of gold hundreds of dollars."""
DEAREST: Final = 16.0
"""The least hours, or kilograms, of all ways count so many times their least dollars at most: more leaves out money."""
TINY: Final = 1e-9


@lru_cache(maxsize=1)
def _ladder() -> NDArray[np.float64]:
    steps = (0.0, *(2.0**power for power in POWERS))
    return np.array([(hour, 1.0, kilogram) for hour in steps for kilogram in steps])


def prices_for(found: NDArray[np.float64]) -> NDArray[np.float64]:
    """All prices that come into question beside some ways: of an hour, a dollar and a kilogram, shape (prices, 3)."""
    some, least = _ladder(), found.min(axis=0)
    return np.asarray(some[np.all(some * least <= DEAREST * least[1], axis=1)])


def hidden(
    found: NDArray[np.float64],
    searched: Sequence[Prices],
    most: tuple[Prices, float],
    share: float,
) -> Prices | None:
    """The prices of the next search, or None where no way can hide that costs less by more than a share.

    Parameters
    ----------
    found
        Hours, dollars and kilograms of the ways found, none of them nought, shape (ways, 3).
    searched
        The prices of the searches so far, each of the three alone among them.
    most
        Prices, and the most that a way may cost under them to be of interest.

    Examples
    --------
    A fast way, a cheap one and a clean one; one between the last two could be half as dear as the clean one.

    >>> found = np.array([[10.0, 200.0, 90.0], [20.0, 100.0, 80.0], [60.0, 400.0, 10.0]])
    >>> alone = [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)]
    >>> hidden(found, alone, ((0.0, 1.0, 0.0), 500.0), 0.05)
    (16.0, 1.0, 16.0)
    >>> hidden(found[1:2], alone, ((0.0, 1.0, 0.0), 500.0), 0.05)
    """
    # Each criterion counted by its least, so that the planes are of like slope.
    scale = np.maximum(found.min(axis=0), TINY)
    prices = prices_for(found)
    ways, scaled = found / scale, prices * scale
    corners = _corners(ways, np.array(searched) * scale, np.array(most[0]) * scale, most[1])
    if not len(corners):
        return None
    # How many times as much as the corner the cheapest way costs.
    times = np.min(ways @ scaled.T, axis=0)[None, :] / (corners @ scaled.T)
    # Rounded, so that the first of equal ones is the same on every machine.
    times = times.round(6)
    corner, step = divmod(int(np.argmax(times)), len(prices))
    if times[corner, step] <= 1.0 + share:
        return None
    hour, dollar, kilogram = prices[step].tolist()
    return hour, dollar, kilogram


def _corners(
    ways: NDArray[np.float64], searched: NDArray[np.float64], most: NDArray[np.float64], amount: float
) -> NDArray[np.float64]:
    """The corners of what the searches leave and costs no more than an amount, shape (corners, 3)."""
    planes = np.concatenate([searched, -most[None, :]])
    least = np.append(np.min(ways @ searched.T, axis=0), -amount)
    length = np.maximum(np.linalg.norm(planes, axis=1), TINY)
    planes, least = planes / length[:, None], least / length
    triples = np.array(list(itertools.combinations(range(len(planes)), 3)))
    first, second, third = (planes[triples[:, k]] for k in range(3))
    faces = [np.cross(second, third), np.cross(third, first), np.cross(first, second)]
    volume = np.sum(first * faces[0], axis=1)
    meet = np.abs(volume) > TINY
    sums = sum(least[triples[:, k], None] * faces[k] for k in range(3))
    corners = np.asarray(sums)[meet] / volume[meet, None]
    inside = np.all(corners @ planes.T >= least - 1e-6 * np.maximum(np.abs(least), 1.0), axis=1)
    return np.asarray(corners[inside], dtype=np.float64)
