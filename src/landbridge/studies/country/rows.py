"""What every row of a profile has: plain data, and the rows of the facts that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from landbridge.facts.evidence import grade_of_row

if TYPE_CHECKING:
    from landbridge.facts import Facts

Evidences = tuple[tuple[str, str], ...]


class Told:
    """Base of the rows of a profile, frozen dataclasses whose fields are what JSON shows.

    A field `evidence` holds (table, id) pairs, which are told with the grade of the row.
    """

    __slots__ = ()

    def to_dict(self, facts: Facts | None = None) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            item.name: graded(getattr(self, item.name), facts)
            if item.name == "evidence"
            else _plain(getattr(self, item.name), facts)
            for item in fields(self)  # type: ignore[arg-type]
            if item.repr
        }


def _plain(value: Any, facts: Facts | None) -> Any:
    if isinstance(value, Told):
        return value.to_dict(facts)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(item, facts) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item, facts) for item in value]
    return value


def graded(rows: Iterable[tuple[str, str]], facts: Facts | None) -> list[dict[str, str]]:
    """Rows as JSON names them: table, id, grade; each once.

    Examples
    --------
    >>> graded([("passages", "suez"), ("passages", "suez")], None)
    [{'table': 'passages', 'id': 'suez', 'grade': 'D'}]
    """
    return [{"table": table, "id": key, "grade": grade_of_row(facts, table, key)} for table, key in dict.fromkeys(rows)]


def rows_in(*parts: Any) -> Iterator[tuple[str, str]]:
    """Every (table, id) that rows of a profile rest on, nested ones too."""
    for part in parts:
        if isinstance(part, Told):
            for name in part.__dataclass_fields__:  # type: ignore[attr-defined]
                value = getattr(part, name)
                if name == "evidence":
                    yield from value
                elif isinstance(value, tuple | Told):
                    yield from rows_in(value)
        elif isinstance(part, tuple | list):
            yield from rows_in(*(one for one in part if isinstance(one, tuple | list | Told)))
