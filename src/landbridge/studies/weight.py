"""How much of a set of answers rests on each row of the facts: which rows are worth a better source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from landbridge._version import __version__
from landbridge.answers import GRADES, Answer, Relying, grade_shares
from landbridge.errors import InputError
from landbridge.files import Where, read_text, read_yaml
from landbridge.studies.ask import Asked, ask, to_question

if TYPE_CHECKING:
    import pandas as pd

    from landbridge.facts import Facts
    from landbridge.world import World

STANDARD: Final = Path(__file__).parent / "standard.yaml"
"""The questions whose answers are weighed when no others are given."""


@dataclass(frozen=True, slots=True)
class RowWeight:
    """What rests on one row.

    Parameters
    ----------
    amounts
        By indicator ("hours", "usd"), in its unit, added up over the answers; a saving counts as what it saves.
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
    """

    schema: ClassVar[str] = "weight/1"

    facts_id: str
    rows: tuple[RowWeight, ...]
    units: Mapping[str, str]
    shares: Mapping[str, Mapping[str, float]]
    asked: int
    answered: int

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
            "units": dict(self.units),
            "grade_shares": {name: dict(shares) for name, shares in self.shares.items()},
            "rows": [row.to_dict() for row in self.rows],
        }

    def to_frame(self) -> pd.DataFrame:
        """One row for each row of the facts."""
        import pandas as pd

        columns = ["table", "id", "grade", *self.units, "answers", "share"]
        return pd.DataFrame([row.to_dict() for row in self.rows], columns=columns)


def standard_questions(facts: Facts, path: Path = STANDARD) -> tuple[Asked, ...]:
    """Questions from a file, each with its day and scenarios, and those of all corridors on the days it names.

    A branch of a corridor is asked for from its first gate to its last by way of the others.

    Raises
    ------
    InputError
        If the file does not hold questions.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> standard_questions(load())[0].question.destination
    'Moscow'
    """
    file = str(path)
    data = read_yaml(read_text(path), file)
    if not isinstance(data, Mapping) or not isinstance(data.get("questions", []), list):
        raise InputError("a file of questions is a mapping with a list `questions`", file=file, line=1)
    asked = [_asked(item, Where(file, path=f"questions.{n}")) for n, item in enumerate(data.get("questions", []))]
    for day in data.get("corridors_on") or ():
        asked += _corridor_questions(facts, str(day))
    return tuple(asked)


def _asked(item: Any, where: Where) -> Asked:
    if not isinstance(item, Mapping):
        raise InputError("a question is a mapping with its kind", file=where.file, field=where.path)
    on, scenario = item.get("on"), item.get("scenario")
    question = to_question({key: value for key, value in item.items() if key not in ("on", "scenario")}, where)
    return Asked(question, None if on is None else str(on), (str(scenario),) if scenario else ())


def _corridor_questions(facts: Facts, day: str) -> Iterator[Asked]:
    """A question for each branch, with what stands in the table as its gates; those that are not built have no way."""
    for row in facts.table("corridors").rows:
        gates = [str(gate) for gate in row["gates"]]
        while gates[-1].startswith("ferry:"):
            # no trip ends on a ferry; its quays are gates of their own
            gates.pop()
        stops = [_stop(gate) for gate in gates]
        data = {"kind": "route", "from": stops[0], "to": stops[-1], "via": stops[1:-1], "n": 1}
        yield Asked(to_question(data), day)


def _stop(gate: str) -> str:
    """A gate of the table as a question names it: a position for a place, or else its id."""
    _, at, spot = gate.rpartition("@")
    return spot.replace(" ", ",") if at else gate.partition(":")[2]


def weigh(facts: Facts, asked: Iterable[Asked], progress: Callable[[int, int], None] | None = None) -> Weights:
    """Ask questions and add up what their answers rest on.

    Parameters
    ----------
    progress
        Called with (questions answered, questions in all).

    Examples
    --------
    >>> from landbridge.facts import load
    >>> one = Asked(to_question({"kind": "route", "from": "Baku", "to": "Poti"}), "2023-06-01")
    >>> found = weigh(load(), [one])
    >>> found.answered, found.rows[0].share >= found.rows[-1].share, round(sum(row.share for row in found.rows), 9)
    (1, True, 1.0)
    """
    some = tuple(asked)
    return weigh_answers(facts, _answers(facts, some, progress))


def _answers(facts: Facts, some: tuple[Asked, ...], progress: Callable[[int, int], None] | None) -> Iterator[Answer]:
    from landbridge.world import World

    worlds: dict[tuple[str | None, tuple[str, ...]], World] = {}
    for number, one in enumerate(some, 1):
        key = (one.on, one.scenarios)
        if key not in worlds:
            worlds[key] = World.at(one.on, facts).apply(*one.scenarios)
        yield ask(worlds[key], one.question)
        if progress is not None:
            progress(number, len(some))


def weigh_answers(facts: Facts, answers: Iterable[Answer]) -> Weights:
    """Add up what answers of any kind rest on."""
    amounts: dict[tuple[str, str], dict[str, float]] = {}
    counts: dict[tuple[str, str], int] = {}
    units: dict[str, str] = {}
    asked = answered = 0
    for answer in answers:
        asked += 1
        reliances = answer.reliances() if isinstance(answer, Relying) else ()
        answered += bool(reliances)
        for one in reliances:
            units[one.name] = one.unit
            entry = amounts.setdefault((one.table, one.id), {})
            entry[one.name] = entry.get(one.name, 0.0) + abs(one.amount)
        for row in {(one.table, one.id) for one in reliances}:
            counts[row] = counts.get(row, 0) + 1
    totals = {name: sum(entry.get(name, 0.0) for entry in amounts.values()) for name in units}
    grades = {row: _grade(facts, *row) for row in amounts}
    rows = [
        RowWeight(
            *row,
            grades[row],
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
    return Weights(facts.facts_id, tuple(rows), units, shares, asked, answered)


def _grade(facts: Facts, table: str, row: str) -> str:
    """The grade of a row; what a scenario says is nobody's fact."""
    return str(facts.row(table, row).get("grade") or "D") if table in facts.names else "D"
