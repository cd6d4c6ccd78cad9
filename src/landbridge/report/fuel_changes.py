"""Who gains and who loses gas or oil by a scenario: of all areas and indicators those that differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

Row = Mapping[str, Any]

KINDS: Final = ("gas", "oil")
LEAST_SHARE: Final = 0.005
"""A change below this share of the value is not told."""
LEAST_PCT: Final = 0.5
"""A change of a share below this is not told [percentage points]."""
LEAST_OF_LARGEST: Final = 1e-4
"""A change below this share of the largest value of its indicator is not told."""
LEAST_BASE: Final = 0.1
"""A change from a base below this share of what it becomes is told by its amount, not in per cent."""
FIRST: Final = ("shortage", "oil_shortage")
WORDS: Final = {
    "shortage": "short",
    "shortage_share": "short, of what was asked for",
    "switched": "served by another fuel",
    "lng_import": "LNG landed",
    "stored_at_end": "in store at last",
}


def speaks_of(answer: Row) -> bool:
    """Whether a comparison is one of gas or oil.

    Examples
    --------
    >>> speaks_of({"question": {"question": {"kind": "gas"}}}), speaks_of({"question": {"question": {}}})
    (True, False)
    """
    return (answer.get("question") or {}).get("question", {}).get("kind") in KINDS


def shown(answer: Row) -> list[Row]:
    """The indicators that differ, by area, the area whose shortage changes most first.

    Examples
    --------
    >>> row = {"name": "shortage", "unit": "bcm", "base": 0.0, "other": 0.0, "delta": 0.0}
    >>> rows = [{**row, "subject": "A"}, {**row, "subject": "B", "other": 1.0, "delta": 1.0},
    ...         {**row, "subject": "C", "other": 2.0, "delta": 2.0}]
    >>> [one["subject"] for one in shown({"changes": rows})]
    ['C', 'B']
    """
    rows = [one for one in answer["changes"] if one["delta"] is not None]
    largest: dict[str, float] = {}
    for one in rows:
        size = max(abs(one["base"]), abs(one["other"]))
        largest[one["name"]] = max(largest.get(one["name"], 0.0), size)
    kept: dict[str, list[Row]] = {}
    for one in rows:
        if _material(one, largest[one["name"]]):
            kept.setdefault(one["subject"], []).append(one)

    def weight(subject: str) -> tuple[float, float, str]:
        short = sum(abs(one["delta"]) for one in kept[subject] if one["name"] in FIRST)
        return (-short, -max(abs(one["delta"]) for one in kept[subject] if one["unit"] != "%" or short == 0), subject)

    return [_plain(one) for subject in sorted(kept, key=weight) for one in kept[subject]]


def _plain(row: Row) -> Row:
    """A row without its per cent where they are those of next to nothing.

    Examples
    --------
    >>> _plain({"base": 0.001, "other": 4.0, "percent": 399900.0})["percent"] is None
    True
    >>> _plain({"base": 1.0, "other": 4.0, "percent": 300.0})["percent"]
    300.0
    """
    tiny = abs(row["base"]) < LEAST_BASE * abs(row["other"])
    return {**row, "percent": None} if tiny else row


def _material(row: Row, largest: float) -> bool:
    if row["unit"] == "%":
        return bool(abs(row["delta"]) >= LEAST_PCT)
    size = max(abs(row["base"]), abs(row["other"]))
    return bool(abs(row["delta"]) > max(LEAST_SHARE * size, LEAST_OF_LARGEST * largest))


def summary(answer: Row) -> list[str]:
    """In how many areas shortage grows and shrinks.

    Examples
    --------
    >>> row = {"name": "shortage", "unit": "bcm", "subject": "A", "base": 0.0, "other": 1.0, "delta": 1.0}
    >>> summary({"changes": [row]})
    ['Shortage grows in 1 area, shrinks in 0 and stays in 0.']
    """
    told = {one["subject"]: one["delta"] for one in shown(answer) if one["name"] in FIRST}
    every = {one["subject"] for one in answer["changes"] if one["name"] in FIRST}
    more, less = sum(delta > 0 for delta in told.values()), sum(delta < 0 for delta in told.values())
    return [f"Shortage grows in {more} area{'s' if more != 1 else ''}, shrinks in {less} and stays in"
            f" {len(every) - more - less}."] if every else []  # fmt: skip


def first_subjects(rows: Sequence[Row], most: int) -> tuple[list[Row], int]:
    """The rows of the first so many subjects, and how many subjects are left."""
    subjects = list(dict.fromkeys(one["subject"] for one in rows))
    chosen = set(subjects[:most])
    return [one for one in rows if one["subject"] in chosen], max(0, len(subjects) - most)
