"""Checks of single cells: keys, what must be filled, types, enumerations, bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from landbridge.facts.checks.complaint import Complaint
from landbridge.facts.checks.own import Own, rows_of, tables_of
from landbridge.facts.schema import expected, out_of_bounds, wholes
from landbridge.facts.store import Facts
from landbridge.facts.tables import type_cells

PLAIN: Final = ("id", "str", "text", "float", "int", "bool", "day", "month_day", "list", "url", "grade", "subject")
SPREADS: Final = frozenset(("", "low_high", "grade"))
KINDS: Final = frozenset((*PLAIN, "enum", "enums", "ref", "refs", "area_set", "gates"))


def columns(facts: Facts) -> Iterator[Complaint]:
    """The declared columns fit together: known types, tables that exist, the id first."""
    for name in facts.names:
        declared = facts.schema[name]
        if declared[0].name != "id":
            yield Complaint("error", "columns", name, "", "id", "the first column is not the id", "put the id first")
        for column in declared:
            remedy = "mend columns.csv"
            if column.kind not in KINDS:
                problem = f"there is no type {column.kind!r}"
                yield Complaint("error", "columns", name, "", column.name, problem, remedy)
            if column.target and column.target not in facts.schema:
                problem = f"it refers to the table {column.target!r}, which is not declared"
                yield Complaint("error", "columns", name, "", column.name, problem, remedy)
            parts = wholes(column)
            known = column.spread in SPREADS or (bool(parts) and {*parts} < {one.name for one in declared})
            if not known or (column.spread and column.kind != "float"):
                problem = f"spread {column.spread!r} of a column of type {column.type}"
                yield Complaint("error", "columns", name, "", column.name, problem, remedy)


def keys(facts: Facts) -> Iterator[Complaint]:
    """Every row has an id, and no two rows of a table share one."""
    for name in facts.names:
        counts = Counter(cells[0] for cells in facts.cells(name).rows)
        for key, count in counts.items():
            if not key:
                yield Complaint("error", "keys", name, "", "id", f"{count} rows have no id", "give every row an id")
            elif count > 1:
                yield Complaint("error", "keys", name, key, "id", f"{count} rows share this id", "rename or merge them")


def filled(facts: Facts) -> Iterator[Complaint]:
    """Cells of required columns are filled."""
    for name in facts.names:
        required = [(at, column) for at, column in enumerate(facts.schema[name]) if column.required]
        for cells in facts.cells(name).rows:
            for at, column in required:
                if not cells[at]:
                    remedy = f"fill it: {column.description}"
                    yield Complaint("error", "filled", name, cells[0], column.name, "the cell is empty", remedy)


def types(facts: Facts) -> Iterator[Complaint]:
    """Cells hold what their column declares."""
    for name in facts.names:
        cells = facts.cells(name)
        ids = dict(zip(cells.lines, (row[0] for row in cells.rows), strict=True))
        for problem in type_cells(name, facts.schema[name], cells)[1]:
            column = next(column for column in facts.schema[name] if column.name == problem.field)
            close = f", perhaps {problem.nearest[0]}" if problem.nearest else ""
            remedy = f"write {expected(column)}{close}"
            key = ids.get(problem.line or 0, "")
            yield Complaint("error", "types", name, key, problem.field or "", problem.problem, remedy)


def bounds(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """Numbers lie within the bounds of their column, and low, central and high values are in order."""
    for name in tables_of(facts, own):
        bounded = [column for column in facts.schema[name] if column.low is not None or column.high is not None]
        ladders = _ladders({column.name for column in facts.schema[name] if column.kind in {"float", "int"}})
        for row in rows_of(facts, name, own) if bounded or ladders else ():
            for column in bounded:
                value = row[column.name]
                if value is None:
                    continue
                problem = out_of_bounds(column, value)
                if problem is not None:
                    yield Complaint("error", "bounds", name, row["id"], column.name, problem, "check value and unit")
            for stem, parts in ladders:
                known = [row[part] for part in parts if row[part] is not None]
                if known != sorted(known):
                    problem = f"low, central and high value are not in order: {', '.join(f'{v:g}' for v in known)}"
                    yield Complaint("error", "bounds", name, row["id"], stem, problem, "exchange or mend them")


def _ladders(numeric: set[str]) -> list[tuple[str, tuple[str, ...]]]:
    """The columns that hold low, central and high value of one quantity, in that order."""
    found = []
    for stem in sorted(numeric):
        low = f"{stem}_low" if f"{stem}_low" in numeric else "low" if stem == "value" else ""
        high = f"{stem}_high" if f"{stem}_high" in numeric else "high" if stem == "value" else ""
        parts = tuple(part for part in (low, stem, high) if part in numeric)
        if len(parts) > 1:
            found.append((stem, parts))
    return found
