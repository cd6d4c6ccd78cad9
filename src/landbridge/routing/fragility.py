"""Whether the order of the alternatives holds under the uncertainty of the facts that it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from landbridge.facts import deviate, uniform

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from landbridge.routing.answer import Itinerary
    from landbridge.routing.costs import Amount, Amounts
    from landbridge.routing.thresholds import Thresholds
    from landbridge.routing.weights import Objective

DRAWS: Final = 100
"""Draws of the uncertain facts; the share of flips is then good to some 5 points."""
SEED: Final = 0
WEIGHTS: Final[dict[str, tuple[float | None, float]]] = {
    "generalised": (None, 1.0),
    "usd": (0.0, 1.0),
    "hours": (1.0, 0.0),
}
"""What an hour (None: the value of time) and a dollar count for in each objective whose facts are drawn."""


def flips(ways: Sequence[Amounts], usd_per_h: float, usd_weight: float = 1.0) -> list[float | None]:
    """For each way, the share of draws in which its order against the next one turns round.

    The ways themselves stay: what is drawn is what their hours and dollars rest on. A row that two ways share moves
    both alike, so only what tells them apart can change their order. The law of a draw is that of `facts.draw`.

    Parameters
    ----------
    ways
        What rests on each row, in the order in which the ways are offered.
    usd_per_h, usd_weight
        What an hour and a dollar count for: value of time and 1 for the generalised cost, 1 and 0 for hours alone.

    Returns
    -------
    A share between 0 and 1 for each way but the last, which has None. Where a way is offered before a cheaper one, the
    share of draws that turn round the order of the two costs is given.

    Examples
    --------
    >>> from landbridge.routing.costs import Amount, Amounts
    >>> sure = Amounts({}, {("parameters", "a"): Amount(1000.0, 10.0, 10.0)})
    >>> dearer = Amounts({}, {("parameters", "b"): Amount(1200.0, 10.0, 10.0)})
    >>> flips([sure, dearer], usd_per_h=1.0)
    [0.0, None]
    """
    central = [_central(way, usd_per_h, usd_weight) for way in ways]
    drawn = [_drawn(way, usd_per_h, usd_weight) for way in ways]
    found: list[float | None] = []
    for one in range(len(ways) - 1):
        before = central[one] <= central[one + 1]
        found.append(float(np.mean((drawn[one] <= drawn[one + 1]) != before)))
    return [*found, None] if ways else []


def _central(way: Amounts, usd_per_h: float, usd_weight: float) -> float:
    hours, usd = (sum(amount.central for amount in amounts.values()) for amounts in (way.hours, way.usd))
    return usd_weight * usd + usd_per_h * hours


def _drawn(way: Amounts, usd_per_h: float, usd_weight: float) -> NDArray[np.float64]:
    """What a way costs in each draw."""
    total = np.zeros(DRAWS)
    for amounts, worth in ((way.hours, usd_per_h), (way.usd, usd_weight)):
        if amounts and worth:
            total += worth * _moved(tuple(amounts.values()), np.array([_deviates(*row) for row in amounts])).sum(axis=0)
    return total


def _moved(amounts: Sequence[Amount], z: NDArray[np.float64]) -> NDArray[np.float64]:
    """Amounts at deviates of which -1 and 1 are their 10 % and 90 % points: lognormal on each side, or else normal.

    Parameters
    ----------
    z
        Shape (amounts, draws).
    """
    central = np.array([one.central for one in amounts])[:, None]
    low, high = (np.array([end(one) for one in amounts])[:, None] for end in (_low, _high))
    end, reach = np.where(z < 0.0, low, high), np.abs(z)
    even = (central > 0.0) & (end > 0.0)
    ratio = np.divide(end, central, out=np.ones_like(end), where=even)
    found = np.where(even, central * np.exp(reach * np.log(ratio)), central + reach * (end - central))
    return np.asarray(np.where(central >= 0.0, np.maximum(found, 0.0), found))


def _low(one: Amount) -> float:
    return one.central - one.below


def _high(one: Amount) -> float:
    return one.central + one.above


@lru_cache(maxsize=4096)
def _deviates(table: str, row: str) -> NDArray[np.float64]:
    """The deviates of a row in all draws, in units of its 10-90 % half range; tails are cut as in `facts.draw`."""
    found = np.array([deviate(uniform(SEED, k, table, row, "value")) for k in range(DRAWS)])
    found.setflags(write=False)
    return found


def with_order(
    shown: Sequence[Itinerary], objective: Objective, usd_per_h: float, rules: Thresholds
) -> tuple[Itinerary, ...]:
    """The ways with how sure their order is; of the order by emissions no draw is made."""
    bases = [one.basis for one in shown if one.basis is not None]
    if objective not in WEIGHTS or len(bases) < len(shown):
        return tuple(shown)
    by_hours, usd_weight = WEIGHTS[objective]
    shares = flips(bases, usd_per_h if by_hours is None else by_hours, usd_weight)
    return tuple(
        replace(one, order_flips=share, fragile=share is not None and share > rules.fragile_share)
        for one, share in zip(shown, shares, strict=True)
    )
