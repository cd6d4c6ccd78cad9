"""What differs between two sets of facts: rows added, replaced and removed, field by field."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from landbridge.errors import FactError
from landbridge.facts.schema import Column, Schema, canonical
from landbridge.facts.store import Facts
from landbridge.facts.tables import Cells

Kind = Literal["added", "replaced", "removed", "same"]
EVIDENCE: Final = frozenset(("source_id", "grade", "note", "doubt"))
"""Columns that say how well a row is known; no number of an answer changes with them, only its grades."""

NO_SOURCES: Final = frozenset(("general-knowledge", "user"))
"""Ids of sources that are none: what was recalled, and a user's own word."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A cell that is not the same in two sets of facts."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that one set of facts lacks or has otherwise.

    `fields` has the cells that differ of a row that both have, and the filled ones of a row that one has. A row that
    was laid over and says what stood there before is "same" and has none.
    """

    kind: Kind
    table: str
    id: str
    fields: tuple[FieldChange, ...]
    before: Mapping[str, str]
    after: Mapping[str, str]

    @property
    def only_evidence(self) -> bool:
        """Whether nothing but sources, grade, note and doubt differ."""
        return self.kind in ("replaced", "same") and {one.column for one in self.fields} <= EVIDENCE

    @property
    def loses_source(self) -> bool:
        """Whether the row named a source before, and names none now."""
        named = [set((row.get("source_id") or "").split(";")) - NO_SOURCES - {""} for row in (self.before, self.after)]
        return self.kind == "replaced" and bool(named[0]) and not named[1]

    def either(self, column: str) -> tuple[str, ...]:
        """The cells of a column before and after, as far as they are filled."""
        return tuple(row[column] for row in (self.before, self.after) if row.get(column))

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        fields = [{"column": one.column, "before": one.before, "after": one.after} for one in self.fields]
        return {"change": self.kind, "table": self.table, "id": self.id, "fields": fields}


def changed_rows(before: Facts, after: Facts) -> tuple[RowChange, ...]:
    """The rows in which facts differ, and those laid over that change nothing.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> more = load().with_rows("ports", [{"id": "poti", "annual_teu": 1}])
    >>> [(one.kind, one.id, one.fields[0].after) for one in changed_rows(load(), more)]
    [('replaced', 'poti', '1')]
    """
    found: list[RowChange] = []
    laid = {(table, row.id) for table, row in after.laid} - {(table, row.id) for table, row in before.laid}
    same_files = before.folder == after.folder
    names = {table for table, _ in laid} if same_files and before.laid == after.laid[: len(before.laid)] else None
    for name in sorted({*before.names, *after.names} if names is None else names):
        columns = after.schema.get(name) or before.schema[name]
        found += _changes(name, columns, *(one.cells(name) if name in one.names else None for one in (before, after)))
    differing = {(one.table, one.id) for one in found}
    for table, row in sorted(laid - differing):
        cells = _by_id(after.cells(table)).get(row, {})
        found.append(RowChange("same", table, row, (), cells, cells))
    return tuple(found)


def changed_files(before: Path, after: Path, schema: Schema) -> tuple[RowChange, ...]:
    """The rows in which the tables of two folders differ; a table that a folder lacks is compared only if both could.

    Raises
    ------
    FactError
        If a folder has no table.
    """
    tables = [_read_folder(folder, schema) for folder in (before, after)]
    found: list[RowChange] = []
    for name in sorted(tables[0].keys() & tables[1].keys()):
        found += _changes(name, schema[name], tables[0][name], tables[1][name])
    return tuple(found)


def _read_folder(folder: Path, schema: Schema) -> dict[str, Cells]:
    found = {path.stem: path for path in sorted(folder.glob("*.csv")) if path.stem in schema}
    if not found:
        remedy = "give a folder that facts export wrote, or src/landbridge/facts/tables of another version"
        raise FactError(f"the folder {str(folder)!r} has no table", remedy=remedy)
    return {name: _read_file(path) for name, path in found.items()}


def _read_file(path: Path) -> Cells:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = csv.reader(stream)
        header = tuple(next(lines, ()))
        rows = tuple(map(tuple, lines))
    if "id" not in header:
        raise FactError("the column id is missing", file=str(path), line=1)
    return Cells(path.name, header, rows, tuple(range(2, len(rows) + 2)))


def _changes(name: str, columns: Iterable[Column], before: Cells | None, after: Cells | None) -> Iterator[RowChange]:
    forms = {column.name: column for column in columns}
    old, new = _by_id(before), _by_id(after)
    for key in sorted({*old, *new}):
        was, now = old.get(key, {}), new.get(key, {})
        if was == now:
            continue
        fields = tuple(_fields(forms, was, now))
        if fields:
            kind: Kind = "added" if not was else "removed" if not now else "replaced"
            yield RowChange(kind, name, key, fields, was, now)


def _by_id(cells: Cells | None) -> dict[str, dict[str, str]]:
    if cells is None:
        return {}
    at = cells.header.index("id")
    return {row[at]: dict(zip(cells.header, row, strict=False)) for row in cells.rows}


def _fields(forms: Mapping[str, Column], was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[FieldChange]:
    for name in dict.fromkeys((*was, *now)):
        cells = was.get(name, ""), now.get(name, "")
        old, new = (canonical(forms[name], one) if name in forms else one for one in cells)
        if old != new and name != "id":
            yield FieldChange(name, old, new)
