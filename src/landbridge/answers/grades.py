"""Grades of evidence: A official or measured, B published, C derived, D judgement or unverified."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

Grade = Literal["A", "B", "C", "D"]
GRADES: Final[tuple[Grade, ...]] = ("A", "B", "C", "D")
CARRIES: Final = 0.10
"""The share of an answer that a grade must carry before it becomes the answer's grade."""


def grade_shares(weights: Mapping[str, float]) -> dict[str, float]:
    """Shares of each grade in an answer, from the amount (hours, dollars) that rests on it.

    Examples
    --------
    >>> grade_shares({"A": 30.0, "D": 10.0})
    {'A': 0.75, 'B': 0.0, 'C': 0.0, 'D': 0.25}
    """
    total = sum(abs(weights.get(grade, 0.0)) for grade in GRADES)
    if total == 0.0:
        return dict.fromkeys(GRADES, 0.0)
    return {grade: abs(weights.get(grade, 0.0)) / total for grade in GRADES}


def grade_of(shares: Mapping[str, float]) -> Grade:
    """The grade of an answer: the worst grade that carries at least 10 % of it.

    Examples
    --------
    >>> grade_of({"A": 0.5, "B": 0.45, "C": 0.0, "D": 0.05})
    'B'
    """
    for grade in reversed(GRADES):
        if shares.get(grade, 0.0) >= CARRIES - 1e-12:
            return grade
    return "D"
