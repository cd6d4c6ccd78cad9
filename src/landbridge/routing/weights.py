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
CRITERIA: Final[tuple[Objective, ...]] = ("hours", "usd", "kg_co2e")
"""What ways are weighed by, each alone."""
Prices = tuple[float, float, float]
"""What an hour, a dollar and a kilogram of CO2e count in a scalar."""
Scalar = Objective | Prices
"""What a weighting adds up: an objective, or all three criteria at some prices."""

INF: Final = 2**31 - 1
"""The weight of an arc that may not be used; every route that is used stays below it."""
TIE_STEPS: Final = 8
ARC_LIMIT: Final = INF // 4
UNITS_PER: Final[Mapping[Objective, float]] = {
    "generalised": 2e2,
    "usd": 2e2,
    "hours": 1e4,
    "kg_co2e": 1e2,
}
"""Whole weight units per USD, hour or kilogram, before the tie-break; see `units_per`."""


class WeightOverflowError(LandbridgeError, OverflowError):
    """An arc costs more than the integer weights can hold."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A weighting: what is minimised, and by which factors some modes or kinds of arc are made dear or barred.

    A factor of `inf` bars the mode or kind; `refs` bars what belongs to the rows named by table and id.
    """

    name: str
    objective: Scalar
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
    costs: ArcCosts,
    factors: NDArray[np.float64],
    prices: Prices,
    arcs: NDArray[np.int64] | slice = slice(None),
) -> NDArray[np.float64]:
    """The cost of each arc in the scalar's unit, shape (m,), or of some arcs.

    Parameters
    ----------
    factors
        What multiplies the money and the kilograms of an arc (whole lorries), shape (m,).
    prices
        What an hour, a dollar and a kilogram count for one weighting unit.
    """
    per_h, per_usd, per_kg = prices
    by_amount = ((per_usd, costs.usd), (per_kg, costs.kg_co2e))
    terms = [price * (array[arcs] * factors[arcs]) for price, array in by_amount if price]
    if per_h:
        terms.append(per_h * costs.hours[arcs])
    return np.asarray(sum(terms[1:], terms[0]), dtype=np.float64)


def most_units(objective: Scalar) -> float:
    """Whole units per USD, hour or kilogram where every arc fits; those of what counts most at prices.

    Examples
    --------
    >>> most_units("usd"), most_units((4.0, 1.0, 0.5))
    (200.0, 50.0)
    """
    return UNITS_PER["usd"] / max(objective) if isinstance(objective, tuple) else UNITS_PER[objective]


def units_per(objective: Scalar, worst: float) -> float:
    """Whole units per USD, hour or kilogram: fewer, halved as often as needed, where the worst arc would not fit.

    An hour of gold is worth so much that a fortnight in a port would pass the range of the weights.

    Examples
    --------
    >>> units_per("generalised", 5_000.0), units_per("generalised", 1_000_000.0)
    (200.0, 50.0)
    """
    per = most_units(objective)
    while worst * per * TIE_STEPS > ARC_LIMIT:
        per /= 2.0
    return per


def scalar_to_units(value: float, objective: Scalar, per: float | None = None) -> int:
    """A cost in the objective's unit as whole weight units, at least one tie step.

    Parameters
    ----------
    per
        Whole units of one in the objective's unit, where a plan has its own.

    Examples
    --------
    >>> scalar_to_units(1.0, "usd")
    1600
    """
    return max(1, round(value * (most_units(objective) if per is None else per))) * TIE_STEPS


def integer_weights(
    network: Network,
    costs: ArcCosts,
    factors: NDArray[np.float64],
    variant: Variant,
    prices: Prices,
    plain: NDArray[np.uint32] | None = None,
    per: float | None = None,
    arcs: NDArray[np.int64] | None = None,
) -> NDArray[np.uint32]:
    """Weights of all arcs, shape (m,); INF where the arc may not be used.

    Parameters
    ----------
    prices
        What an hour, a dollar and a kilogram count in what the variant minimises.
    plain
        The weights of the same objective with nothing dear or barred, where they are known: only what the variant
        changes is worked out then. With `arcs` those of the same variant in another world, all but these arcs the same.
    per
        Whole units of one in the objective's unit, where a plan has its own.
    arcs
        The arcs to weigh; without `plain` no others are.

    Raises
    ------
    WeightOverflowError
        If one usable arc costs more than a quarter of the range.
    """
    from landbridge.network import KINDS, MODES

    per = most_units(variant.objective) if per is None else per
    where = slice(None) if arcs is None else arcs
    dear: list[tuple[NDArray[np.float64], NDArray[np.uint8]]] = []
    barred: list[NDArray[np.bool_]] = []
    for names, values, column in (
        (variant.modes, MODES, network.mode[where]),
        (variant.kinds, KINDS, network.kind[where]),
    ):
        by_number = np.ones(len(values))
        for name, factor in names:
            by_number[values.index(name)] *= factor
        if bool(np.isinf(by_number).any()):
            barred.append(np.isinf(by_number)[column])
        by_number[np.isinf(by_number)] = 1.0
        if bool(np.any(by_number != 1.0)):
            dear.append((by_number, column))
    if variant.refs:
        barred_refs = [number for number, ref in enumerate(network.refs) if ref in variant.refs]
        barred.append(np.isin(network.ref[where], barred_refs))
    if plain is None or arcs is not None:
        units = arc_scalar(costs, factors, prices, where)
        for by_number, column in dear:
            units = units * by_number[column]
        allowed = costs.allowed[where]
        for some in barred:
            allowed = allowed & ~some
        weights = _whole(units, per, allowed, _ties(network)[where])
        if plain is None:
            return weights
        found = plain.copy()
        found[where] = weights
        return found
    found = plain.copy()
    for some in barred:
        found[some] = INF
    if dear:
        changed = np.zeros(found.size, dtype=np.bool_)
        for by_number, column in dear:
            changed |= (by_number != 1.0)[column]
        others = np.flatnonzero(changed & (found < INF))
        units = arc_scalar(costs, factors, prices, others)
        for by_number, column in dear:
            units = units * by_number[column[others]]
        found[others] = _whole(units, per, np.ones(others.size, dtype=np.bool_), _ties(network)[others])
    return found


def _whole(
    scalar: NDArray[np.float64], per: float, allowed: NDArray[np.bool_], ties: NDArray[np.float64]
) -> NDArray[np.uint32]:
    """Costs as whole units with their tie-breaks; INF where an arc may not be used."""
    units = np.rint(scalar * per)
    np.maximum(units, 1.0, out=units)
    units *= TIE_STEPS
    units += ties
    units[~allowed] = float(INF)
    worst = units.max(initial=0.0, where=allowed)
    if not worst <= ARC_LIMIT:
        raise WeightOverflowError(f"an arc weighs {worst:.3g} units; the search holds {ARC_LIMIT} at most")
    return units.astype(np.uint32)
