"""Integer weights: what the search adds up, the same for every engine.

A weight is the rounded cost of an arc times 8 plus a tie-break of 0 to 7 that depends on the arc alone, so that
few paths of equal cost weigh the same; which of those is taken, `ties` decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import LandbridgeError

if TYPE_CHECKING:
    from landbridge.network import Network
    from landbridge.routing.costs import ArcCosts

Objective = Literal["generalised", "usd", "hours", "kg_co2e"]
OBJECTIVES: Final[tuple[Objective, ...]] = ("generalised", "usd", "hours", "kg_co2e")

INF: Final = 2**31 - 1
"""The weight of an arc that may not be used; every route that is used stays below it."""
TIE_STEPS: Final = 8
ARC_LIMIT: Final = INF // 4
UNITS_PER: Final[Mapping[str, float]] = {"generalised": 2e2, "usd": 2e2, "hours": 1e4, "kg_co2e": 1e2}
"""Whole weight units per USD, hour or kilogram, before the tie-break."""


class WeightOverflowError(LandbridgeError, OverflowError):
    """An arc costs more than the integer weights can hold."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A weighting: what is minimised, and by which factors some modes or kinds of arc are made dear or barred.

    A factor of `inf` bars the mode or kind; `refs` bars what belongs to the rows named by table and id.
    """

    name: str
    objective: Objective
    modes: tuple[tuple[str, float], ...] = ()
    kinds: tuple[tuple[str, float], ...] = ()
    refs: tuple[tuple[str, str], ...] = ()


def tie_breaks(tail: NDArray[np.int32], head: NDArray[np.int32]) -> NDArray[np.int64]:
    """A number from 0 to 7 for each arc, from its ends alone, shape (m,)."""
    mixed = tail.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) ^ head.astype(np.uint64) * np.uint64(
        0xC2B2AE3D27D4EB4F
    )
    return np.asarray((mixed >> np.uint64(40)) % np.uint64(TIE_STEPS), dtype=np.int64)


@lru_cache(maxsize=8)
def _ties(network: Network) -> NDArray[np.float64]:
    return tie_breaks(network.tail, network.head).astype(np.float64)


def arc_scalar(
    costs: ArcCosts, factors: NDArray[np.float64], objective: Objective, usd_per_h: float
) -> NDArray[np.float64]:
    """The cost of each arc in the objective's unit, shape (m,).

    Parameters
    ----------
    factors
        What multiplies the money and the kilograms of an arc (whole lorries), shape (m,).
    usd_per_h
        Value of an hour for one weighting unit [USD/h].
    """
    if objective == "hours":
        return costs.hours
    if objective == "kg_co2e":
        return np.asarray(costs.kg_co2e * factors, dtype=np.float64)
    money = costs.usd * factors
    if objective == "usd":
        return np.asarray(money, dtype=np.float64)
    return np.asarray(money + usd_per_h * costs.hours, dtype=np.float64)


def scalar_to_units(value: float, objective: Objective) -> int:
    """A cost in the objective's unit as whole weight units, at least one tie step.

    Examples
    --------
    >>> scalar_to_units(1.0, "usd")
    1600
    """
    return max(1, round(value * UNITS_PER[objective])) * TIE_STEPS


def integer_weights(
    network: Network, costs: ArcCosts, factors: NDArray[np.float64], variant: Variant, usd_per_h: float
) -> NDArray[np.uint32]:
    """Weights of all arcs, shape (m,); INF where the arc may not be used.

    Raises
    ------
    WeightOverflowError
        If one usable arc costs more than a quarter of the range.
    """
    from landbridge.network import KINDS, MODES

    units = arc_scalar(costs, factors, variant.objective, usd_per_h)
    allowed = costs.allowed
    for names, values, column in ((variant.modes, MODES, network.mode), (variant.kinds, KINDS, network.kind)):
        if names:
            by_number = np.ones(len(values))
            for name, factor in names:
                by_number[values.index(name)] *= factor
            barred = np.isinf(by_number)
            if bool(barred.any()):
                allowed = allowed & ~barred[column]
            by_number[barred] = 1.0
            if bool(np.any(by_number != 1.0)):
                units = units * by_number[column]
    if variant.refs:
        barred_refs = [number for number, ref in enumerate(network.refs) if ref in variant.refs]
        allowed = allowed & ~np.isin(network.ref, barred_refs)
    units = np.rint(units * UNITS_PER[variant.objective])
    np.maximum(units, 1.0, out=units)
    units *= TIE_STEPS
    units += _ties(network)
    units[~allowed] = float(INF)
    worst = units.max(initial=0.0, where=allowed)
    if not worst <= ARC_LIMIT:
        raise WeightOverflowError(f"an arc weighs {worst:.3g} units; the search holds {ARC_LIMIT} at most")
    return units.astype(np.uint32)
