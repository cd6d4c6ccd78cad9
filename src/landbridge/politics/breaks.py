"""A slope and a break in a series of years: two levels against one level and against a slope."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

Z80: Final = 1.2815515655446004
"""The standard normal quantile of the ends of a central 80 %."""
LEAST_SIDE: Final = 3
"""Years on each side of a break."""


@dataclass(frozen=True, slots=True)
class Trend:
    """Change a year with its central 80 %, and the year in which a break begins, if one is told."""

    per_year: float
    low: float
    high: float
    break_year: int | None
    before: float | None
    after: float | None

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


def trend(years: Sequence[int], values: Sequence[float], least_gain: float) -> Trend | None:
    """Slope by least squares; a break where two levels fit clearly better than one level and than a slope.

    Parameters
    ----------
    years, values
        One value for each year, in order.
    least_gain
        By so much the criterion of Schwarz (1978) must be better with a break.

    Returns
    -------
    Trend or None
        None for fewer than six years, which cannot tell a break.

    Examples
    --------
    >>> told = trend(range(2010, 2020), [1.0] * 5 + [2.0] * 5, 6.0)
    >>> told.break_year, told.before, told.after
    (2015, 1.0, 2.0)
    >>> trend(range(2010, 2020), [float(year) for year in range(10)], 6.0).break_year is None
    True
    >>> trend([2010, 2011], [1.0, 2.0], 6.0) is None
    True
    """
    if len(years) < 2 * LEAST_SIDE:
        return None
    x, told = np.array(years, dtype=float), np.array(values, dtype=float)
    n = len(told)
    x = x - x.mean()
    slope = float(x @ told / (x @ x))
    rest = told - told.mean() - slope * x
    se = math.sqrt(float(rest @ rest) / (n - 2) / float(x @ x))
    level = _bic(float(((told - told.mean()) ** 2).sum()), n, 1)
    best: tuple[float, int] | None = None
    for at in range(LEAST_SIDE, n - LEAST_SIDE + 1):
        left, right = told[:at], told[at:]
        rss = float(((left - left.mean()) ** 2).sum() + ((right - right.mean()) ** 2).sum())
        bic = _bic(rss, n, 3)
        best = (bic, at) if best is None or bic < best[0] else best
    assert best is not None
    clear = min(level, _bic(float(rest @ rest), n, 2)) - best[0] >= least_gain
    if not clear:
        return Trend(slope, slope - Z80 * se, slope + Z80 * se, None, None, None)
    at = best[1]
    return Trend(slope, slope - Z80 * se, slope + Z80 * se, int(years[at]), float(told[:at].mean()),
                 float(told[at:].mean()))  # fmt: skip


def _bic(rss: float, n: int, parameters: int) -> float:
    """The criterion of Schwarz for normal misses; misses of nothing count as very small."""
    return n * math.log(max(rss, 1e-12) / n) + parameters * math.log(n)
