"""Rows and tables: typed, read-only, made from cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple, NoReturn

from landbridge.errors import nearest
from landbridge.facts.schema import Column, expected, reader


class Row(dict[str, Any]):
    """One fact: a mapping from column to value; empty cells are None; it cannot be changed."""

    __slots__ = ()

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("a fact cannot be changed: make new facts with with_rows")

    __setitem__ = __delitem__ = _refuse
    __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type[Row], tuple[dict[str, Any]]]:
        return Row, (dict(self),)


class Problem(NamedTuple):
    """A cell or row that cannot be read: where it stands, what is wrong, what would be right."""

    file: str
    line: int | None
    field: str | None
    problem: str
    nearest: tuple[str, ...] = ()
    remedy: str = ""

    def __str__(self) -> str:
        where = ", ".join(
            part
            for part in (
                self.file,
                f"line {self.line}" if self.line is not None else "",
                f"field {self.field}" if self.field else "",
            )
            if part
        )
        text = f"{where}: {self.problem}"
        if self.nearest:
            text += f"; nearest valid: {', '.join(self.nearest)}"
        return f"{text}; {self.remedy}" if self.remedy else text


@dataclass(frozen=True, slots=True)
class Cells:
    """A table before its types: header, cells as text, and where each row stands."""

    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Table:
    """One table of facts, in the order of its file."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    by_id: Mapping[str, Row] = field(repr=False)
    _indexes: dict[tuple[str, ...], dict[tuple[Any, ...], tuple[Row, ...]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.rows)

    def where(self, **equal: Any) -> tuple[Row, ...]:
        """Rows whose columns equal the given values; an index of the columns is kept for the next call.

        Examples
        --------
        >>> from landbridge.facts import load
        >>> [row["id"] for row in load().table("crossings").where(area_a="ARM", area_b="IRN", modes=("road",))]
        ['ARM-IRN-agarak']
        """
        names = tuple(sorted(equal))
        index = self._indexes.get(names)
        if index is None:
            known = {column.name for column in self.columns}
            unknown = [name for name in names if name not in known]
            if unknown:
                raise KeyError(f"the table {self.name} has no column {unknown[0]!r}")
            gathered: dict[tuple[Any, ...], list[Row]] = {}
            for row in self.rows:
                gathered.setdefault(tuple(row[name] for name in names), []).append(row)
            index = {key: tuple(rows) for key, rows in gathered.items()}
            self._indexes[names] = index
        return index.get(tuple(equal[name] for name in names), ())

    def __repr__(self) -> str:
        """Name and size."""
        return f"Table({self.name}: {len(self.rows):,} rows, {len(self.columns)} columns)"

    def __getstate__(self) -> dict[str, Any]:
        return {"name": self.name, "columns": self.columns, "rows": self.rows}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for key, value in state.items():
            object.__setattr__(self, key, value)
        object.__setattr__(self, "by_id", MappingProxyType({row["id"]: row for row in self.rows}))
        object.__setattr__(self, "_indexes", {})


def make_table(name: str, columns: tuple[Column, ...], rows: Iterable[Row]) -> Table:
    """A table from typed rows; of two rows with one id the later counts in `by_id` (`check` complains)."""
    kept = tuple(rows)
    return Table(name, columns, kept, MappingProxyType({row["id"]: row for row in kept}))


def type_cells(name: str, columns: tuple[Column, ...], cells: Cells) -> tuple[Table, list[Problem]]:
    """Give the cells their types; return the table and everything that could not be read (as None in the table)."""
    problems: list[Problem] = []
    typed: list[Sequence[Any]] = []
    by_position = list(zip(*cells.rows, strict=True)) if cells.rows else [() for _ in cells.header]
    position = {header: index for index, header in enumerate(cells.header)}
    for column in columns:
        at = position.get(column.name)
        if at is None:
            typed.append([None] * len(cells.rows))
            continue
        texts = by_position[at]
        read = reader(column)
        values: dict[str, Any] = {"": None}
        wrong: dict[str, str] = {}
        for text in set(texts):
            if text:
                try:
                    values[text] = read(text)
                except ValueError:
                    wrong[text] = f"{text!r} is not {expected(column)}"
                    values[text] = None
        if wrong:
            for line, text in zip(cells.lines, texts, strict=True):
                if text in wrong:
                    close = nearest(text, column.values) if column.values else ()
                    problems.append(Problem(cells.file, line, column.name, wrong[text], close))
        typed.append([values[text] for text in texts])
    names = [column.name for column in columns]
    rows = [Row(zip(names, values, strict=True)) for values in zip(*typed, strict=True)] if cells.rows else []
    return make_table(name, columns, rows), problems
