"""How much of a set of answers rests on each row of the facts: which rows are worth a better source."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from landbridge._version import __version__
from landbridge.answers import GRADES, Answer, Reliance, Relying, grade_shares
from landbridge.facts.evidence import grade_of_row
from landbridge.studies.ask import Asked
from landbridge.studies.told import Desk, RowKey, Stand

if TYPE_CHECKING:
    import pandas as pd

    from landbridge.facts import Facts


@dataclass(frozen=True, slots=True)
class RowWeight:
    """What rests on one row.

    Parameters
    ----------
    amounts
        By indicator ("hours", "usd", "gas", "verdicts"), in its unit, added up over the answers; a saving counts as
        what it saves.
    answers
        How many answers rest on it.
    share
        Its share of each indicator, averaged over the indicators.
    """

    table: str
    id: str
    grade: str
    amounts: Mapping[str, float]
    answers: int
    share: float

    def to_dict(self) -> dict[str, Any]:
        """As plain data, each indicator under its name."""
        head = {"table": self.table, "id": self.id, "grade": self.grade}
        return {**head, **self.amounts, "answers": self.answers, "share": self.share}


@dataclass(frozen=True, slots=True)
class PlaceWeight:
    """What the best ways spend at one place: hours and dollars added up over the answers, and the rows named for it."""

    table: str
    id: str
    hours: float
    usd: float
    answers: int
    rows: tuple[RowKey, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain data."""
        rows = [{"table": table, "id": row} for table, row in self.rows]
        return {name: getattr(self, name) for name in self.__slots__[:-1]} | {"rows": rows}


@dataclass(frozen=True, slots=True)
class Weights:
    """The rows that a set of answers rests on, the weightiest first.

    Parameters
    ----------
    units
        The unit of each indicator.
    shares
        By indicator, the share of each grade.
    asked, answered
        How many questions there were, and how many had an answer that tells what it rests on.
    left
        How many were not asked because the time was over.
    places
        Where the best ways stand, those with the most hours first.
    """

    schema: ClassVar[str] = "weight/1"

    facts_id: str
    rows: tuple[RowWeight, ...]
    units: Mapping[str, str]
    shares: Mapping[str, Mapping[str, float]]
    asked: int
    answered: int
    left: int = 0
    places: tuple[PlaceWeight, ...] = ()

    def graded(self, grades: Iterable[str]) -> Weights:
        """The same with rows of some grades alone; the shares stay those of all."""
        wanted = frozenset(grades)
        return replace(self, rows=tuple(row for row in self.rows if row.grade in wanted))

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON, schema `weight/1`."""
        return {
            "schema": self.schema,
            "version": __version__,
            "facts_id": self.facts_id,
            "asked": self.asked,
            "answered": self.answered,
            "left": self.left,
            "units": dict(self.units),
            "grade_shares": {name: dict(shares) for name, shares in self.shares.items()},
            "rows": [row.to_dict() for row in self.rows],
            "places": [place.to_dict() for place in self.places],
        }

    def to_frame(self) -> pd.DataFrame:
        """One row for each row of the facts."""
        import pandas as pd

        columns = ["table", "id", "grade", *self.units, "answers", "share"]
        return pd.DataFrame([row.to_dict() for row in self.rows], columns=columns)


def weigh(
    facts: Facts,
    asked: Iterable[Asked],
    progress: Callable[[int, int], None] | None = None,
    seconds: float | None = None,
) -> Weights:
    """Ask questions and add up what their answers rest on; what was asked before is taken from what is kept.

    Parameters
    ----------
    progress
        Called with (questions answered, questions in all).
    seconds
        No further question is begun after so many seconds; the rest counts as left.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> from landbridge.studies.ask import to_question
    >>> one = Asked(to_question({"kind": "route", "from": "Baku", "to": "Poti"}), "2023-06-01")
    >>> found = weigh(load(), [one])
    >>> found.answered, found.rows[0].share >= found.rows[-1].share, round(sum(row.share for row in found.rows), 9)
    (1, True, 1.0)
    """
    some = tuple(asked)
    desk, begun = Desk(facts), time.monotonic()
    told = []
    for number, one in enumerate(some, 1):
        if seconds is not None and time.monotonic() - begun > seconds:
            break
        told.append(desk.tell(one))
        if progress is not None:
            progress(number, len(some))
    found = _added_up(facts, [one.reliances for one in told])
    return replace(found, left=len(some) - len(told), places=_places(one.stands for one in told))


def weigh_answers(facts: Facts, answers: Iterable[Answer]) -> Weights:
    """Add up what answers of any kind rest on."""
    return _added_up(facts, [one.reliances() if isinstance(one, Relying) else () for one in answers])


def _added_up(facts: Facts, some: Sequence[Sequence[Reliance]]) -> Weights:
    amounts: dict[RowKey, dict[str, float]] = {}
    counts: dict[RowKey, int] = {}
    units: dict[str, str] = {}
    for reliances in some:
        for one in reliances:
            units[one.name] = one.unit
            entry = amounts.setdefault((one.table, one.id), {})
            entry[one.name] = entry.get(one.name, 0.0) + abs(one.amount)
        for row in {(one.table, one.id) for one in reliances}:
            counts[row] = counts.get(row, 0) + 1
    totals = {name: sum(entry.get(name, 0.0) for entry in amounts.values()) for name in units}
    rows = [
        RowWeight(
            *row,
            grade_of_row(facts, *row),
            {name: entry.get(name, 0.0) for name in units},
            counts[row],
            sum(entry.get(name, 0.0) / totals[name] for name in units if totals[name]) / len(units),
        )
        for row, entry in amounts.items()
    ]
    shares = {
        name: grade_shares({grade: sum(row.amounts[name] for row in rows if row.grade == grade) for grade in GRADES})
        for name in units
    }
    rows.sort(key=lambda row: (-row.share, row.table, row.id))
    return Weights(facts.facts_id, tuple(rows), units, shares, len(some), sum(bool(one) for one in some))


def _places(some: Iterable[Sequence[Stand]]) -> tuple[PlaceWeight, ...]:
    found: dict[RowKey, PlaceWeight] = {}
    for stands in some:
        for one in stands:
            was = found.get((one.table, one.id)) or PlaceWeight(one.table, one.id, 0.0, 0.0, 0, ())
            rows = tuple(dict.fromkeys((*was.rows, *one.rows)))
            found[one.table, one.id] = PlaceWeight(
                one.table, one.id, was.hours + one.hours, was.usd + one.usd, was.answers + 1, rows
            )
    return tuple(sorted(found.values(), key=lambda one: (-one.hours, one.table, one.id)))
