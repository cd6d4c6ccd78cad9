"""Scores of answers against published values; plain arithmetic."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bench.rows import Row


@dataclass(frozen=True, slots=True)
class Scored:
    """A row with landbridge's value and the simple rule's; None where there is none."""

    row: Row
    value: float | None
    simple: float | None
    note: str = ""

    @property
    def error(self) -> float | None:
        """Relative error, signed."""
        return None if self.value is None else self.value / self.row.central - 1.0

    @property
    def inside(self) -> bool:
        """Whether the value lies inside the row's range; no value is a miss."""
        return self.value is not None and within(self.row, self.value)


def within(row: Row, value: float) -> bool:
    """Whether a value lies inside the range of a row, ends included."""
    return row.low - 1e-9 <= value <= row.high + 1e-9


def median(values: Sequence[float]) -> float | None:
    """The median, None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2.0


def absolute_errors(scored: Sequence[Scored], *, simple: bool = False) -> list[float]:
    """Relative errors without sign, of the rows that have a value."""
    pairs = [(item.simple if simple else item.value, item.row.central) for item in scored]
    return [abs(value / central - 1.0) for value, central in pairs if value is not None]


def ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1, ties at their mean."""
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0.0] * len(values)
    start = 0
    while start < len(order):
        stop = start
        while stop + 1 < len(order) and values[order[stop + 1]] == values[order[start]]:
            stop += 1
        for place in range(start, stop + 1):
            found[order[place]] = (start + stop) / 2.0 + 1.0
        start = stop + 1
    return found


def rank_correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Spearman's coefficient; None for fewer than three pairs or no spread."""
    if len(pairs) < 3:
        return None
    one, other = ranks([pair[0] for pair in pairs]), ranks([pair[1] for pair in pairs])
    mean = (len(pairs) + 1) / 2.0
    product = sum((a - mean) * (b - mean) for a, b in zip(one, other, strict=True))
    spread = math.sqrt(sum((a - mean) ** 2 for a in one) * sum((b - mean) ** 2 for b in other))
    return product / spread if spread else None


def correlation(scored: Sequence[Scored], *, simple: bool = False) -> float | None:
    """Rank correlation of the answered rows with the published values."""
    pairs = [(item.simple if simple else item.value, item.row.central) for item in scored]
    return rank_correlation([(value, central) for value, central in pairs if value is not None])
