"""What may be asked of: records, agreements, formats, blocs, crises, measures and ties, by kind, with their days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from landbridge.errors import InputError, nearest
from landbridge.politics.subject import TABLES, subject_of

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.facts.days import Day


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to ask of: its kind, id, name, first day, and first day on which it is over."""

    table: str
    kind: str
    id: str
    name: str
    since: str | None
    until: str | None

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


def listing(facts: Facts, tables: Sequence[str] = ("records",)) -> tuple[Entry, ...]:
    """Everything in some tables that may be asked of, by kind and id.

    Raises
    ------
    InputError
        If there is no such table.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> [(one.kind, one.since) for one in listing(load(), ["records"]) if one.id == "kaz-2022"]
    [('crisis', '2022-01-02')]
    """
    wrong = [one for one in tables if one not in TABLES]
    if wrong:
        raise InputError(f"nothing to ask of is listed as {wrong[0]!r}", nearest=nearest(wrong[0], TABLES) or TABLES)
    found = [_entry(facts, table, row["id"]) for table in tables for row in facts.table(table).rows]
    return tuple(sorted(found, key=lambda one: (TABLES.index(one.table), one.kind, one.id)))


def _entry(facts: Facts, table: str, key: str) -> Entry:
    subject = subject_of(facts, table, key)
    since, until = subject.since, subject.until
    if since is None and until is None and len(subject.agreements) == 1:
        row = facts.row("agreements", subject.agreements[0])
        since, until = row["in_force"] or row["signed"], row["ended"]
    return Entry(table, subject.kind, key, subject.name, _text(since), _text(until))


def _text(day: Day | None) -> str | None:
    return None if day is None else str(day)
