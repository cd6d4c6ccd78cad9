"""Step functions over days: stretches [start, end) of ordinals, each with a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Final

FIRST: Final = date.min.toordinal()
LAST: Final = date.max.toordinal()
"""The ordinals that stand for "always before" and "still so"."""
Stretch = tuple[int, int, Any]


def ordinal(day: date | None, missing: int) -> int:
    """The ordinal of a day, or what stands for none."""
    return missing if day is None else day.toordinal()


def pieces(marks: Iterable[int], start: int = FIRST, end: int = LAST) -> Iterator[tuple[int, int]]:
    """The stretches between marks, within [start, end).

    Examples
    --------
    >>> list(pieces([5, 3, 9], 2, 8))
    [(2, 3), (3, 5), (5, 8)]
    """
    inside = sorted({start, end, *(mark for mark in marks if start < mark < end)})
    yield from pairwise(inside)


def merged(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Stretches in order, those that touch and have one value put together.

    Examples
    --------
    >>> merged([(1, 3, 2.0), (3, 5, 2.0), (5, 6, 0.0)])
    ((1, 5, 2.0), (5, 6, 0.0))
    """
    out: list[Stretch] = []
    for start, end, value in stretches:
        if out and out[-1][1] == start and out[-1][2] == value:
            out[-1] = (out[-1][0], end, value)
        else:
            out.append((start, end, value))
    return tuple(out)


def written(stretches: Iterable[Stretch]) -> list[list[Any]]:
    """Stretches as plain data: first day, first day on which it no longer holds (None: without end), value.

    Examples
    --------
    >>> written([(date(2009, 1, 7).toordinal(), LAST, 0.0)])
    [['2009-01-07', None, 0.0]]
    """
    return [[_text(start, FIRST), _text(end, LAST), value] for start, end, value in stretches]


def read(rows: Sequence[Sequence[Any]]) -> tuple[Stretch, ...]:
    """The stretches that `written` wrote.

    Examples
    --------
    >>> read([[None, "2009-01-07", 1.0]])[0][1] == date(2009, 1, 7).toordinal()
    True
    """
    return tuple((_ordinal(row[0], FIRST), _ordinal(row[1], LAST), row[2]) for row in rows)


def _text(day: int, open_end: int) -> str | None:
    return None if day == open_end else date.fromordinal(day).isoformat()


def _ordinal(text: str | None, missing: int) -> int:
    return missing if text is None else date.fromisoformat(text).toordinal()
