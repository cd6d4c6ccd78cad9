"""What the classes of arcs cost, added up: worked out once and kept on disk; the pieces are made when asked for."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, overload

import numpy as np
from numpy.typing import NDArray

from landbridge import shelf
from landbridge.routing.costs.parts import Group

GRADES: Final = "ABCD"
LEADING: Final = ("ev_hours", "ev_usd", "grade_hours", "grade_usd")


class Groups(Sequence[Group]):
    """The groups of classes of arcs by number, each made when it is first asked for."""

    def __init__(self, count: int, make: Callable[[int], Group]) -> None:
        self._make = make
        self._made: list[Group | None] = [None] * count

    @overload
    def __getitem__(self, number: int) -> Group: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Group]: ...

    def __getitem__(self, number: int | slice) -> Group | Sequence[Group]:
        """The group of a class, or those of some."""
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        found = self._made[number]
        if found is None:
            found = self._made[number] = self._make(range(len(self))[number])
        return found

    def __iter__(self) -> Iterator[Group]:
        """All of them in order."""
        for number, found in enumerate(self._made):
            yield self[number] if found is None else found

    def __len__(self) -> int:
        """How many classes there are."""
        return len(self._made)


@dataclass(frozen=True, eq=False, slots=True)
class Totals:
    """The costs of classes of arcs, shape (c,) each.

    Parameters
    ----------
    sums
        The sums of all `AMOUNTS` and of the hours that are waiting before a ferry, shape (amounts + 1, c).
    leading
        For each of `LEADING` the number in `evidence` of the row that most of the hours or dollars stand on, -1 where
        there are none, or its grade, 0 for A to 3 for D.
    evidence
        The rows that the classes stand on.
    """

    sums: NDArray[np.float64]
    leading: Mapping[str, NDArray[np.int32]]
    evidence: tuple[tuple[str, str], ...]


def totals(groups: Groups, key: Sequence[str]) -> Totals:
    """The totals of all groups: as they are kept under a key, else worked out; without a key nothing is kept."""
    known = shelf.fetch("costs", key) if key else None
    if known is not None:
        arrays: dict[str, Any] = dict(known.arrays)
        return Totals(arrays.pop("sums"), arrays, tuple((table, row) for table, row in known.meta))
    found = _added(groups)
    if key:
        shelf.keep("costs", key, found.evidence, {"sums": found.sums, **found.leading})
    return found


def _added(groups: Groups) -> Totals:
    every = list(groups)
    rows = dict.fromkeys(itertools.chain.from_iterable(group.rows for group in every))
    order = {row: number for number, row in enumerate(rows)}
    number = {grade: place for place, grade in enumerate(GRADES)}
    leading: dict[str, NDArray[np.int32]] = {}
    for position, name in enumerate(("hours", "usd")):
        most = [group.leading[position] for group in every]
        leading[f"ev_{name}"] = np.array([-1 if part is None else order[part.row] for part in most], dtype=np.int32)
        leading[f"grade_{name}"] = np.array(
            [number["D" if part is None else part.grade] for part in most], dtype=np.int32
        )
    found = {name: leading[name] for name in LEADING}
    return Totals(np.array([group.totals for group in every]).T, found, tuple(order))
