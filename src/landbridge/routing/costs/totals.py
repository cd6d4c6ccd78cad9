"""What the classes of arcs cost, added up: worked out once and kept on disk; the pieces are made when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, overload

import numpy as np
from numpy.typing import NDArray

from landbridge import shelf
from landbridge.kept import without_collection
from landbridge.routing.costs.parts import AMOUNTS, Group, Part

GRADES: Final = "ABCD"
Row = tuple[str, str]
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
    count, rows
        On how many rows each class stands, and their numbers in `evidence`, class by class.
    evidence
        The rows that the classes stand on, in the order in which they come first.
    """

    sums: NDArray[np.float64]
    leading: Mapping[str, NDArray[np.int32]]
    count: NDArray[np.int32]
    rows: NDArray[np.int32]
    evidence: tuple[Row, ...]


def totals(
    groups: Groups, key: Sequence[str], below: Totals | None = None, touched: NDArray[np.bool_] | None = None
) -> Totals:
    """The totals of all groups: as they are kept under a key, else worked out; without a key nothing is kept.

    Parameters
    ----------
    below, touched
        Totals of the same classes in another world or between other ends, and which classes may cost something else
        here: only these are worked out then.
    """
    known = shelf.fetch("costs", key) if key else None
    if known is not None:
        arrays: dict[str, Any] = dict(known.arrays)
        sums, count, rows = (arrays.pop(name) for name in ("sums", "count", "rows"))
        return Totals(sums, arrays, count, rows, tuple((table, row) for table, row in known.meta))
    with without_collection():
        found = _added(list(groups)) if below is None or touched is None else _renewed(groups, below, touched)
    if key:
        arrays = {"sums": found.sums, "count": found.count, "rows": found.rows, **found.leading}
        shelf.keep("costs", key, found.evidence, arrays)
    return found


def _added(every: Sequence[Group]) -> Totals:
    """The totals of some groups, from columns of all their parts."""
    count = np.array([len(group.parts) for group in every], dtype=np.int32)
    owner = np.repeat(np.arange(count.size), count)
    columns = dict(
        zip(Part._fields, zip(*(part for group in every for part in group.parts), strict=True), strict=False)
    )
    if not columns:
        columns = dict.fromkeys(Part._fields, ())
    amounts = {name: np.array(columns[name], dtype=np.float64) for name in AMOUNTS}
    waits = amounts["hours"] * np.array(columns["waiting"], dtype=np.float64)
    numbers: dict[Row, int] = {}
    rows = np.array(
        [numbers.setdefault(row, len(numbers)) for row in zip(columns["table"], columns["id"], strict=True)],
        dtype=np.int32,
    )
    grades = np.array([GRADES.index(grade) for grade in columns["grade"]], dtype=np.int32)
    leading: dict[str, NDArray[np.int32]] = {}
    for name in ("hours", "usd"):
        most = _most(np.abs(amounts[name]) + 100.0 * np.abs(amounts[f"{name}_km"]), owner, count.size)
        some = most >= 0
        leading[f"ev_{name}"], leading[f"grade_{name}"] = (
            np.full(count.size, none, dtype=np.int32) for none in (-1, len(GRADES) - 1)
        )
        leading[f"ev_{name}"][some], leading[f"grade_{name}"][some] = rows[most[some]], grades[most[some]]
    # Added one after the other, as the parts are.
    sums = [np.bincount(owner, one, minlength=count.size) for one in (*amounts.values(), waits)]
    return Totals(
        sums=np.array(sums, dtype=np.float64),
        leading={name: leading[name] for name in LEADING},
        count=count,
        rows=rows,
        evidence=tuple(numbers),
    )


def _most(amount: NDArray[np.float64], owner: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """For each owner the first place with the largest amount, -1 where all are 0."""
    largest = np.zeros(size)
    np.maximum.at(largest, owner, amount)
    places = np.flatnonzero((amount == largest[owner]) & (amount > 0.0))
    found = np.full(size, -1, dtype=np.int64)
    # Written from the last to the first, so that the first stays.
    found[owner[places[::-1]]] = places[::-1]
    return found


def _renewed(groups: Groups, below: Totals, touched: NDArray[np.bool_]) -> Totals:
    """Totals with those of the classes that are touched worked out anew; all is as if every class was."""
    places = np.flatnonzero(touched)
    if not places.size:
        return below
    own = _added([groups[place] for place in places.tolist()])
    numbers = {row: number for number, row in enumerate(below.evidence)}
    # What stands on new rows is numbered after the old ones, until all are in the order of the classes.
    renamed = np.array([*(numbers.setdefault(row, len(numbers)) for row in own.evidence), -1], dtype=np.int32)
    every, count = tuple(numbers), below.count.copy()
    count[places] = own.count
    rows = np.empty(int(count.sum()), dtype=np.int32)
    new = np.repeat(touched, count)
    rows[new] = renamed[own.rows]
    rows[~new] = below.rows[np.repeat(~touched, below.count)]
    used, first = np.unique(rows, return_index=True)
    order = used[np.argsort(first)]
    place = np.full(len(every) + 1, -1, dtype=np.int32)
    place[order] = np.arange(order.size, dtype=np.int32)
    leading = {}
    for name, before in below.leading.items():
        found, mine = before.copy(), own.leading[name]
        found[places] = renamed[mine] if name.startswith("ev_") else mine
        leading[name] = place[found] if name.startswith("ev_") else found
    sums = below.sums.copy()
    sums[:, places] = own.sums
    return Totals(sums, leading, count, place[rows], tuple(every[number] for number in order.tolist()))
