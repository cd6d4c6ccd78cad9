"""What other facts change in the answers to the standard questions: a contribution, tried before it is made."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from landbridge._version import __version__
from landbridge.answers import GRADES, grade_shares
from landbridge.errors import InputError, LandbridgeError
from landbridge.facts import load, read_whole
from landbridge.facts.changes import RowChange, changed_rows
from landbridge.facts.evidence import grade_of_row
from landbridge.studies.compare import EQUAL, Change, changes
from landbridge.studies.standard import STANDARD, name_of, standard_questions
from landbridge.studies.told import Desk, Told
from landbridge.studies.touching import Sieve

if TYPE_CHECKING:
    from landbridge.facts import Complaint, Facts
    from landbridge.studies.ask import Asked

SHARES_SHOWN = ("hours", "usd", "gas", "oil", "verdicts")
LEAST_SHARE = 5e-4
"""A grade's share that moves by less is the same."""


@dataclass(frozen=True, slots=True)
class Effect:
    """An answer that comes out otherwise.

    `before` and `after` name the best way, or why there is none; `changes` are the indicators whose value or range
    differs; `shares_d` the share of grade D before and after, by what is counted, where it differs.
    """

    question: str
    answered: tuple[bool | None, bool | None]
    before: str
    after: str
    changes: tuple[Change, ...]
    shares_d: Mapping[str, tuple[float, float]]

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "question": self.question,
            "answered": list(self.answered),
            "before": self.before,
            "after": self.after,
            "changes": [one.to_dict() for one in self.changes],
            "grade_d": {name: list(pair) for name, pair in self.shares_d.items()},
        }


@dataclass(frozen=True, slots=True)
class Trial:
    """What rows change: in the facts, field by field, and in the answers to the standard questions.

    Attributes
    ----------
    doubts
        What the checks doubt about rows laid over; their errors refuse the facts before.
    asked
        How many standard questions there are.
    rerun
        Names of those that the rows may touch and that were asked in both facts.
    left
        How many were left because the time was over.
    effects
        What came out otherwise.
    line
        A line for the changelog, to be mended by hand.
    """

    schema: ClassVar[str] = "trial/1"

    facts_before: str
    facts_after: str
    rows: tuple[RowChange, ...]
    doubts: tuple[Complaint, ...]
    asked: int
    rerun: tuple[str, ...]
    left: int
    effects: tuple[Effect, ...]
    line: str

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON, schema `trial/1`."""
        return {
            "schema": self.schema,
            "version": __version__,
            "facts_before": self.facts_before,
            "facts_after": self.facts_after,
            "rows": [one.to_dict() for one in self.rows],
            "doubts": [one.to_dict() for one in self.doubts],
            "unsourced": [{"table": one.table, "id": one.id} for one in self.rows if one.loses_source],
            "asked": self.asked,
            "rerun": list(self.rerun),
            "not_rerun": self.asked - len(self.rerun) - self.left,
            "left": self.left,
            "effects": [one.to_dict() for one in self.effects],
            "line": self.line,
        }


def try_facts(
    before: Facts,
    after: Facts,
    *,
    doubts: Sequence[Complaint] = (),
    every: bool = False,
    questions: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    seconds: float | None = None,
) -> Trial:
    """Ask the standard questions that changed rows may touch in both facts, and tell what differs.

    Parameters
    ----------
    doubts
        What the checks of the changed facts say of the rows, to be told.
    every
        Ask all questions, also those that the rows cannot touch.
    questions
        A file of questions instead of the standard ones.
    progress
        Called with (answers, answers at most).
    seconds
        No further question is begun after so many seconds; the rest counts as left.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> more = load().with_rows("ports", [{"id": "poti", "annual_teu": 1}])
    >>> found = try_facts(load(), more, seconds=0.0)
    >>> [one.id for one in found.rows], found.effects
    (['poti'], ())
    """
    begun = time.monotonic()
    rows = changed_rows(before, after)
    file = questions or STANDARD
    pairs = _pairs(standard_questions(before, file), standard_questions(after, file))
    live = [one for one in rows if one.kind != "same"]
    first, second = Desk(before), Desk(after)
    sieve = Sieve(live, first, second)
    chosen = {name: pair for name, pair in pairs.items() if live and (every or _may(sieve, pair, None))}
    told: dict[str, Told | None] = {}
    count = itertools.count(1)

    def late() -> bool:
        return seconds is not None and time.monotonic() - begun > seconds

    def done(whole: int) -> None:
        if progress is not None:
            progress(next(count), whole)

    for name, (asked, _) in chosen.items():
        if late():
            break
        told[name] = first.tell(asked) if asked is not None else None
        done(2 * len(chosen))
    wanted = [name for name, known in told.items() if every or _may(sieve, chosen[name], known)]
    effects, rerun = [], []
    for name in wanted:
        if late():
            break
        asked = chosen[name][1]
        effect = _effect(name, (told[name], second.tell(asked) if asked is not None else None), (before, after))
        rerun.append(name)
        effects += [effect] if effect is not None else []
        done(len(told) + len(wanted))
    left = len(chosen) - len(told) + len(wanted) - len(rerun)
    # where questions are left nobody knows that nothing changes
    line = changelog_line(live, effects if effects or not left else None, after)
    return Trial(
        before.facts_id, after.facts_id, rows, tuple(doubts), len(pairs), tuple(rerun), left, tuple(effects), line
    )


def try_folder(before: Path, after: Path | None = None, **options: Any) -> Trial:
    """The same with whole folders of tables, such as those of another version; `options` are those of `try_facts`.

    Parameters
    ----------
    before, after
        Folders of tables; `after` is that of the package where it is not given.

    Raises
    ------
    InputError
        If today's code cannot answer on the tables: they have other columns, or lack rows that it needs.
    """
    facts = read_whole(before), load() if after is None else read_whole(after)
    try:
        return try_facts(*facts, **options)
    except LandbridgeError:
        raise
    except (LookupError, TypeError, ValueError) as error:
        # what a table must hold for a model is not declared, so that it shows only when asked
        raise InputError(f"these tables lack something that today's answers need: {error!r}", file=str(before),
                         remedy="compare without --answers, or take a nearer version") from error  # fmt: skip


def differing_rows(rows: Sequence[RowChange], facts: Facts) -> Trial:
    """Rows that differ, with nothing asked."""
    line = changelog_line(rows, None, facts)
    return Trial("", facts.facts_id, tuple(rows), (), 0, (), 0, (), line)


Pair = tuple["Asked | None", "Asked | None"]


def _pairs(before: Iterable[Asked], after: Iterable[Asked]) -> dict[str, Pair]:
    """Each question by its name as both facts put it; the way of a branch follows its gates."""
    old, new = _named(before), _named(after)
    return {name: (old.get(name), new.get(name)) for name in dict.fromkeys((*old, *new))}


def _named(some: Iterable[Asked]) -> dict[str, Asked]:
    """Questions by name; of two with one name the second is told by its number."""
    found: dict[str, Asked] = {}
    for one in some:
        name = name_of(one)
        number = sum(known == name or known.startswith(f"{name} (") for known in found)
        found[f"{name} ({number + 1})" if number else name] = one
    return found


def _may(sieve: Sieve, pair: Pair, told: Told | None) -> bool:
    old, new = pair
    if old is None or new is None or old.question != new.question:
        return True
    return sieve.lets_through(new, told)


def _effect(name: str, told: tuple[Told | None, Told | None], facts: tuple[Facts, Facts]) -> Effect | None:
    old, new = told
    moved = tuple(one for one in changes(*(one.indicators if one else () for one in told)) if _moved(one))
    words = [one.label if one else "not asked" for one in told]
    shares = [_shares_of_d(one, known) for one, known in zip(told, facts, strict=True)]
    differing = {
        key: (shares[0].get(key, 0.0), shares[1].get(key, 0.0))
        for key in SHARES_SHOWN
        if abs(shares[0].get(key, 0.0) - shares[1].get(key, 0.0)) > LEAST_SHARE
    }
    answered = (old.answered if old else None, new.answered if new else None)
    if not moved and words[0] == words[1] and answered[0] == answered[1] and not differing:
        return None
    return Effect(name, answered, words[0], words[1], moved, differing)


def _moved(change: Change) -> bool:
    """Whether the value or the range of an indicator differs."""
    ends = ((change.base, change.other), (change.base_low, change.other_low), (change.base_high, change.other_high))
    return any(_differ(*pair) for pair in ends)


def _differ(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is not other
    return abs(one - other) > EQUAL * max(abs(one), abs(other), 1.0)


def _shares_of_d(told: Told | None, facts: Facts) -> dict[str, float]:
    amounts: dict[str, dict[str, float]] = {}
    for one in told.reliances if told else ():
        by_grade = amounts.setdefault(one.name, dict.fromkeys(GRADES, 0.0))
        by_grade[grade_of_row(facts, one.table, one.id)] += abs(one.amount)
    return {name: grade_shares(by_grade)["D"] for name, by_grade in amounts.items()}


def changelog_line(rows: Sequence[RowChange], effects: Sequence[Effect] | None, facts: Facts, most: int = 3) -> str:
    """A line for the section Data of the changelog: the rows, their sources, what it does to standard answers.

    Of answers it says nothing where none was asked for (None).

    Examples
    --------
    >>> from landbridge.facts import load
    >>> more = load().with_rows("ports", [{"id": "poti", "annual_teu": 1}])
    >>> changelog_line(changed_rows(load(), more), (), more)
    "- ports: poti annual_teu 1 instead of 636000 and grade D instead of B (the user's own rows); no standard ..."
    """
    parts, cited = (
        [],
        dict.fromkeys(source for one in rows for source in (one.after.get("source_id") or "").split(";") if source),
    )
    for table in dict.fromkeys(one.table for one in rows if one.table != "sources"):
        own = [one for one in rows if one.table == table]
        words = [_row_words(one) for one in own[:most]]
        words += [f"{len(own) - most} rows more"] if len(own) > most else []
        parts.append(f"{table}: {', '.join(words)}")
    known = facts.table("sources").by_id
    named = [str(known[key]["source"]) for key in cited if key in known][:most]
    source = f" ({'; '.join(named)})" if named else ""
    ending = "" if effects is None else f"; {_effect_words(effects)}"
    return f"- {'; '.join(parts) or 'sources'}{source}{ending}."


def _row_words(change: RowChange) -> str:
    if change.kind != "replaced":
        return f"{change.id} {change.kind}"
    fields = [one for one in change.fields if one.column not in ("source_id", "note", "doubt")] or change.fields
    return f"{change.id} " + " and ".join(
        f"{one.column} {one.after or 'empty'} instead of {one.before or 'empty'}"
        if len(one.before) + len(one.after) < 60 else one.column
        for one in fields[:3]
    )  # fmt: skip


def _effect_words(effects: Sequence[Effect]) -> str:
    counts = {
        "the best way": sum(one.before != one.after for one in effects),
        "numbers": sum(any(_differ(item.base, item.other) for item in one.changes) for one in effects),
        "grades": sum(bool(one.shares_d) for one in effects),
    }
    told = [f"{what} of {number}" for what, number in counts.items() if number]
    return f"standard answers: {', '.join(told)} change" if told else "no standard answer changes"
