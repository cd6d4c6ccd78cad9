"""Intervals of shares, of their differences, of rates and of their ratios, in closed form; central 80 % throughout."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from landbridge.politics.breaks import Z80

TAIL: Final = 0.1
"""What lies below the lower end and above the upper one."""


def wilson(share: float, n: float, z: float = Z80) -> tuple[float, float]:
    """The score interval of Wilson (1927) for a share seen in n trials.

    Examples
    --------
    >>> [round(one, 3) for one in wilson(0.9, 80.0)]
    [0.849, 0.935]
    """
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    # rounding must not push an end past the share or out of 0 to 1
    return min(max(middle - half, 0.0), share), max(min(middle + half, 1.0), share)


def difference(seen: int, n: int, seen_rest: int, n_rest: int) -> tuple[float, float, float]:
    """A share less another, with the interval of Newcombe (1998) from those of Wilson.

    Examples
    --------
    >>> [round(one, 2) for one in difference(1, 3, 0, 4)]
    [0.33, -0.04, 0.68]
    """
    one, rest = seen / n, seen_rest / n_rest
    low, high = wilson(one, n)
    low_rest, high_rest = wilson(rest, n_rest)
    found = one - rest
    return (
        found,
        max(found - math.hypot(one - low, high_rest - rest), -1.0),
        min(found + math.hypot(high - one, rest - low_rest), 1.0),
    )


def rate(seen: float, years: float) -> tuple[float | None, float | None]:
    """The exact interval of the rate of a Poisson count (Garwood 1936); None without years to count in.

    Examples
    --------
    >>> [round(one, 1) for one in rate(33, 2)]
    [12.9, 20.8]
    """
    from scipy.stats import chi2

    if not years:
        return None, None
    low = float(chi2.ppf(TAIL, 2 * seen)) / 2 if seen else 0.0
    return low / years, float(chi2.ppf(1 - TAIL, 2 * seen + 2)) / 2 / years


def rate_ratio(seen: float, years: float, seen_before: float, years_before: float) -> tuple[float, float, float] | None:
    """A rate of events over another, with the exact interval of two Poisson counts (conditional binomial).

    None where nothing was counted on either side. Where nothing was counted before, the ratio has no upper end.

    Examples
    --------
    >>> [round(one, 2) for one in rate_ratio(33, 2, 91, 5)]
    [0.91, 0.68, 1.2]
    >>> rate_ratio(0, 2, 0, 5) is None
    True
    """
    from scipy.stats import beta

    whole = seen + seen_before
    if not whole:
        return None
    low = float(beta.ppf(TAIL, seen, seen_before + 1)) if seen else 0.0
    high = float(beta.ppf(1 - TAIL, seen + 1, seen_before)) if seen_before else 1.0
    scale = years_before / years
    found, lower, upper = (_odds(share) * scale for share in (seen / whole, low, high))
    return found, lower, upper


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else math.inf


def shuffled(inside: Sequence[float], outside: Sequence[float]) -> float:
    """In what share of all ways to choose so many of the years their mean lies as far off, either way (Fisher 1935).

    Examples
    --------
    >>> shuffled([1.0], [2.0, 3.0, 4.0])
    0.5
    >>> round(shuffled([19, 14], [14, 27, 39, 7, 4]), 2)
    0.95
    """
    both = [*inside, *outside]
    whole, n, rest = sum(both), len(inside), len(outside)
    seen = abs(sum(inside) / n - sum(outside) / rest)
    ways = [sum(some) for some in combinations(both, n)]
    far = sum(abs(one / n - (whole - one) / rest) >= seen - 1e-9 for one in ways)
    return far / len(ways)
