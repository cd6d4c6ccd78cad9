"""What may be asked of: records, agreements, formats, blocs, crises, measures and ties, by kind, with their days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from landbridge.errors import InputError, nearest
from landbridge.politics.record_rows import begins, said
from landbridge.politics.subject import TABLES, Subject, subject_of
from landbridge.politics.telling import last_known

if TYPE_CHECKING:
    from landbridge.facts.days import Day
    from landbridge.world import World


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


def listing(world: World, tables: Sequence[str] = ("records",)) -> tuple[Entry, ...]:
    """Everything in some tables that may be asked of, by kind and id: what has begun by the day, or has no first day.

    Raises
    ------
    InputError
        If there is no such table.

    Examples
    --------
    >>> from landbridge.world import World
    >>> for day in ("2022-01-01", "2022-05-16"):
    ...     told = listing(World.at(day), ["records"])
    ...     print([(one.kind, one.since) for one in told if one.id == "kaz-2022"])
    []
    [('crisis', '2022-01-02')]
    """
    wrong = [one for one in tables if one not in TABLES]
    if wrong:
        raise InputError(f"nothing to ask of is listed as {wrong[0]!r}", nearest=nearest(wrong[0], TABLES) or TABLES)
    every = [(table, row["id"]) for table in tables for row in world.facts.table(table).rows]
    subjects = {key: subject_of(world.facts, *key) for key in every}
    found = [_entry(world, *key) for key, subject in subjects.items() if _begun(world, subject)]
    return tuple(sorted(found, key=lambda one: (TABLES.index(one.table), one.kind, one.id)))


def _begun(world: World, subject: Subject) -> bool:
    first = begins(world, subject)
    return first is None or first <= last_known(world)


def _entry(world: World, table: str, key: str) -> Entry:
    subject = said(world, subject_of(world.facts, table, key))
    since, until = subject.since, subject.until
    if since is None and until is None and len(subject.agreements) == 1:
        row = world.facts.row("agreements", subject.agreements[0])
        forced = row["in_force"] if row["in_force"] is not None and row["in_force"].first <= world.day else None
        since, until = forced or row["signed"], row["ended"]
    return Entry(table, subject.kind, key, subject.name, _text(world, since), _text(world, until))


def _text(world: World, day: Day | None) -> str | None:
    """A day that has come, as text."""
    return None if day is None or day.first > last_known(world) else str(day)
