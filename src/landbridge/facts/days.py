"""Days with their precision: `2022-05` starts on the 1st and remembers that only the month is known."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, Literal, NamedTuple

Precision = Literal["day", "month", "year"]

_SHAPE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class Day(NamedTuple):
    """The first day that a partial date may mean, and how precisely it is known."""

    first: date
    precision: Precision

    def __str__(self) -> str:
        """As it stands in a table."""
        length = {"day": 10, "month": 7, "year": 4}[self.precision]
        return self.first.isoformat()[:length]


def parse_day(text: str) -> Day:
    """Read YYYY, YYYY-MM or YYYY-MM-DD.

    Examples
    --------
    >>> parse_day("2022-05")
    Day(first=datetime.date(2022, 5, 1), precision='month')
    >>> str(parse_day("2022-05"))
    '2022-05'
    """
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise ValueError(f"{text!r} is not a day")
    year, month, day = shape.groups()
    precision: Precision = "day" if day else "month" if month else "year"
    return Day(date(int(year), int(month or 1), int(day or 1)), precision)


def months_between(first: int, last: int) -> frozenset[int]:
    """The months from the first to the last; one that comes before the first is that of the next year.

    Examples
    --------
    >>> sorted(months_between(4, 6)), sorted(months_between(11, 2))
    ([4, 5, 6], [1, 2, 11, 12])
    """
    return frozenset((first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1))
