"""Many complaints told as few: those of one check about one table are a group, with what is said most often in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from landbridge.facts.checks.complaint import Complaint
from landbridge.facts.notes import sentences

SHOWN: Final = 3
_CHANGING: Final = re.compile(r"(?<!\w)(?:[A-Z]{3}|X_[A-Z]{3})(?!\w)|\d[\d.,-]*")
"""What differs between complaints of one kind: codes of areas, numbers and days."""


@dataclass(frozen=True, slots=True)
class Group:
    """The complaints of one check about one table.

    `kinds` holds (words, how many) of what is said most often, with a dot for what differs; `example` is the first row.
    """

    severity: str
    check: str
    table: str
    rows: int
    kinds: tuple[tuple[str, int], ...]
    example: str
    remedy: str

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        known = {name: getattr(self, name) for name in self.__slots__}
        return known | {"kinds": [{"what": what, "rows": rows} for what, rows in self.kinds]}


def grouped(complaints: Iterable[Complaint]) -> tuple[Group, ...]:
    """The complaints in groups, errors first, then the largest.

    Examples
    --------
    >>> from landbridge.facts.checks import Complaint
    >>> far = [Complaint("doubt", "crossings", "crossings", key, "lat", f"it lies {km} km away", "look it up")
    ...        for key, km in (("a", 7), ("b", 9))]
    >>> [(group.rows, group.kinds) for group in grouped(far)]
    [(2, (('it lies . km away', 2),))]
    """
    found: dict[tuple[str, str, str], list[Complaint]] = {}
    for one in complaints:
        found.setdefault((one.severity, one.check, one.table), []).append(one)
    groups = []
    for (severity, check, table), some in found.items():
        kinds = Counter(kind for one in some for kind in _kinds(one))
        often = sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
        groups.append(Group(severity, check, table, len(some), tuple(often[:SHOWN]), some[0].id, some[0].remedy))
    return tuple(sorted(groups, key=lambda group: (group.severity != "error", -group.rows, group.check, group.table)))


def _kinds(one: Complaint) -> list[str]:
    """What a complaint says, without what belongs to its row alone; a note that doubts twice says two things."""
    said = sentences(one.problem) if one.check == "doubts" else [one.problem]
    return list(dict.fromkeys(_CHANGING.sub(".", part).strip() for part in said))
