"""Names of bodies and areas: how they are compared, and what they were called on a day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from landbridge.world.intervals import ends, starts

if TYPE_CHECKING:
    from landbridge.facts import Facts, Row

_SPLIT: Final = re.compile(r"[\s_\-–]+")


def folded(text: str) -> str:
    """A name without case and without the difference between blanks, hyphens and underscores.

    Examples
    --------
    >>> folded("Eurasian  Economic-Union")
    'eurasian economic union'
    """
    return _SPLIT.sub(" ", text.strip()).casefold()


def name_on(facts: Facts, kind: Literal["bloc", "area"], key: str, day: date) -> str | None:
    """The name on a day from the table `names_by_day`; None where it has none of its own, so that of today holds.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> name_on(load(), "area", "MKD", date(2018, 1, 1)), name_on(load(), "area", "MKD", date(2020, 1, 1))
    ('Macedonia (FYROM)', None)
    >>> name_on(load(), "bloc", "ots", date(2021, 11, 12))
    'Organization of Turkic States'
    """
    for row in _rows(facts).get((kind, key), ()):
        if (row["from"] is None or starts(row) <= day) and day < ends(row):
            return str(row["name"])
    return None


@lru_cache(maxsize=4)
def _rows(facts: Facts) -> Mapping[tuple[str, str], tuple[Row, ...]]:
    found: dict[tuple[str, str], list[Row]] = {}
    # facts of tests may lack it
    for row in facts.table("names_by_day").rows if "names_by_day" in facts.names else ():
        for kind in ("bloc", "area"):
            if row[kind] is not None:
                found.setdefault((kind, row[kind]), []).append(row)
    return MappingProxyType({key: tuple(rows) for key, rows in found.items()})
