"""Which rows a check looks at: all of them, or those alone that a user laid over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from landbridge.facts.store import Facts
from landbridge.facts.tables import Row

Own = Mapping[str, frozenset[str]] | None
"""The ids of the rows to look at by table; None for all rows of all tables."""


class Ids:
    """The ids of each table, read when first asked for."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._found: dict[str, frozenset[str]] = {}

    def __contains__(self, table: str) -> bool:
        """Whether there is such a table."""
        return table in self._facts.schema

    def __getitem__(self, table: str) -> frozenset[str]:
        """The ids of a table; none of a table that is not there."""
        if table not in self._found:
            rows = self._facts.cells(table).rows if table in self else ()
            self._found[table] = frozenset(cells[0] for cells in rows)
        return self._found[table]


def tables_of(facts: Facts, own: Own) -> Iterable[str]:
    """The tables to look at."""
    return facts.names if own is None else own


def cells_of(facts: Facts, name: str, own: Own) -> Iterable[tuple[str, ...]]:
    """The cells of the rows to look at in a table."""
    rows = facts.cells(name).rows if own is None or name in own else ()
    return rows if own is None else (cells for cells in rows if cells[0] in own[name])


def rows_of(facts: Facts, name: str, own: Own) -> Iterable[Row]:
    """The rows to look at in a table."""
    rows = facts.table(name).rows if own is None or name in own else ()
    return rows if own is None else (row for row in rows if row["id"] in own[name])
