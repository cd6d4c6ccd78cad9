"""The facts: all tables together, each read when first asked for."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from landbridge import shelf
from landbridge.errors import FactError, nearest
from landbridge.facts.schema import Column, Schema, write_value
from landbridge.facts.tables import Cells, Row, Table, make_table, type_cells

REMOVE = "remove"
SPREADS = "grade_spread"


class LaidRow(NamedTuple):
    """A row laid over a table: its filled and empty cells by column, and whether it removes the row of its id."""

    id: str
    cells: tuple[tuple[str, str], ...]
    remove: bool
    file: str
    line: int


class Draw(NamedTuple):
    """Which draw of the uncertain values these facts are."""

    seed: int
    k: int


class Facts:
    """What is known: tables by name, with a hash of their content.

    Facts never change. `with_rows` gives others with rows laid over; `landbridge.facts.draw` gives others with their
    uncertain values moved. Make them with `landbridge.facts.load`.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> facts = load()
    >>> facts.row("areas", "ARM")["name"]
    'Armenia'
    """

    __slots__ = ("_cache", "_draw", "_folder", "_id", "_laid", "_schema", "_stamps")

    def __init__(
        self,
        schema: Schema,
        folder: Path,
        laid: tuple[tuple[str, LaidRow], ...] = (),
        draw: Draw | None = None,
        *,
        stamps: tuple[str, ...] = (),
    ) -> None:
        self._schema = schema
        self._folder = folder
        self._laid = laid
        self._draw = draw
        self._cache: dict[str, Table] = {}
        self._id: str | None = None
        self._stamps = stamps
        """What tells these files from others, so that their hash can be kept; empty where it is worked out anew."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all tables."""
        return tuple(sorted(self._schema))

    @property
    def schema(self) -> Schema:
        """The declared columns of each table."""
        return self._schema

    @property
    def folder(self) -> Path:
        """Where the shipped tables are."""
        return self._folder

    @property
    def laid(self) -> tuple[tuple[str, LaidRow], ...]:
        """The rows laid over, with the table of each, in order."""
        return self._laid

    @property
    def drawn(self) -> Draw | None:
        """The draw that these facts are, or None for the central values."""
        return self._draw

    @property
    def last_day(self) -> date:
        """The last day that the facts cover."""
        return self._coverage("last_day")

    @property
    def first_day(self) -> date:
        """The first day that the facts cover."""
        return self._coverage("first_day")

    def _coverage(self, column: str) -> date:
        first: date = self.row("coverage", "facts")[column].first
        return first

    @property
    def facts_id(self) -> str:
        """Hash of the content; it does not depend on the order of rows."""
        if self._id is None:
            known = shelf.fetch("facts", self._stamps) if self._stamps else None
            self._id = self._hash() if known is None else str(known.meta)
            if self._stamps and known is None:
                shelf.keep("facts", self._stamps, self._id, {})
        return self._id

    @property
    def kept_as(self) -> tuple[str, ...]:
        """What tells these facts and the order of their rows from others on disk; empty for a draw: it comes once."""
        if self._draw is not None:
            return ()
        return (self.facts_id, hashlib.sha256(repr(self._laid).encode()).hexdigest() if self._laid else "")

    def _hash(self) -> str:
        whole = hashlib.blake2b(digest_size=8)
        for name in self.names:
            whole.update(f"table {name}\n".encode())
            whole.update(b"\n".join(self._lines(name)))
        if self._draw is not None:
            whole.update(f"draw {self._draw.seed} {self._draw.k}".encode())
        return whole.hexdigest()

    def table(self, name: str) -> Table:
        """One table, typed.

        Examples
        --------
        >>> from landbridge.facts import load
        >>> load().table("crossings").by_id["GEO-RUS-upper-lars"]["area_b"]
        'RUS'
        """
        known = self._cache.get(name)
        if known is not None:
            return known
        columns = self._columns(name)
        table, problems = type_cells(name, columns, self.cells(name))
        if problems:
            raise FactError(
                problems[0].problem,
                file=problems[0].file,
                line=problems[0].line,
                field=problems[0].field,
                nearest=problems[0].nearest,
            )
        if self._draw is not None:
            from landbridge.facts.draws import draw_table

            table = draw_table(table, self._spreads(name), self._draw.seed, self._draw.k)
        self._cache[name] = table
        return table

    def row(self, table: str, key: str) -> Row:
        """One row by its id; a wrong id gets the nearest valid ones.

        Examples
        --------
        >>> from landbridge.facts import load
        >>> load().row("passages", "suez")["kind"]
        'canal'
        """
        rows = self.table(table).by_id
        try:
            return rows[key]
        except KeyError:
            named = {str(row["name"]): one for one, row in rows.items() if row.get("name")}
            near = dict.fromkeys(named.get(word, word) for word in nearest(key, [*rows, *named]))
            raise FactError(
                f"the table {table} has no row {key!r}",
                nearest=near,
                remedy=f"list the ids with: landbridge facts show {table}",
            ) from None

    def with_rows(self, table: str, rows: Iterable[Mapping[str, Any]]) -> Facts:
        """Other facts with these rows laid over a table: the same id replaces, `remove` true removes.

        Columns that a row does not name keep the value of the row that it replaces, or stay empty.

        Examples
        --------
        >>> from landbridge.facts import load
        >>> load().with_rows("ports", [{"id": "poti", "annual_teu": 1}]).row("ports", "poti")["annual_teu"]
        1.0
        """
        from landbridge.facts.overlay import lay

        columns = {column.name for column in self._columns(table)}
        laid: list[tuple[str, LaidRow]] = []
        for line, row in enumerate(rows, start=1):
            unknown = [name for name in row if name not in columns and name != REMOVE]
            if unknown:
                raise FactError(
                    f"the table {table} has no column {unknown[0]!r}",
                    line=line,
                    field=unknown[0],
                    nearest=nearest(unknown[0], columns),
                )
            cells = tuple((name, write_value(value)) for name, value in row.items() if name != REMOVE)
            laid.append((table, LaidRow(str(row["id"]), cells, bool(row.get(REMOVE)), "with_rows", line)))
        return lay(self, tuple(laid), "with_rows")

    def _columns(self, name: str) -> tuple[Column, ...]:
        try:
            return self._schema[name]
        except KeyError:
            raise FactError(
                f"there is no table {name!r}",
                nearest=nearest(name, self._schema),
                remedy="list the tables with: landbridge facts list",
            ) from None

    def _spreads(self, name: str) -> tuple[Row, ...]:
        """The rows of the spreads by grade, never themselves drawn."""
        if SPREADS not in self._schema or not any(column.spread for column in self._columns(name)):
            return ()
        table, _ = type_cells(SPREADS, self._columns(SPREADS), self.cells(SPREADS))
        return table.rows

    def _lines(self, name: str) -> list[bytes]:
        """The lines of a table in an order of their own: header and rows as the packaged files write them."""
        columns = self._columns(name)
        if not any(table == name for table, _ in self._laid):
            path = self._folder / f"{name}.csv"
            return sorted(path.read_bytes().split(b"\n")) if path.exists() else []
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(column.name for column in columns)
        writer.writerows(self.cells(name).rows)
        return sorted(text.getvalue().encode().split(b"\n"))

    def cells(self, name: str) -> Cells:
        """The cells of a table, with what was laid over."""
        cells = read_cells(self._folder, name, tuple(column.name for column in self._columns(name)))
        laid = [row for table, row in self._laid if table == name]
        return lay_cells(cells, laid) if laid else cells

    def __repr__(self) -> str:
        """Counts of what is known."""
        sizes = {name: len(self.cells(name).rows) for name in self.names}
        head = f"Facts {self.facts_id}: {sum(sizes.values()):,} rows in {len(sizes)} tables"
        span = f"{self.first_day} to {self.last_day}"
        more = ""
        if self._laid:
            more += f", {len(self._laid)} rows laid over"
        if self._draw is not None:
            more += f", draw {self._draw.k} of seed {self._draw.seed}"
        main = ", ".join(f"{name} {sizes[name]:,}" for name in sorted(sizes, key=lambda n: (-sizes[n], n))[:12])
        return f"{head}, {span}{more}\n  {main}, ..."

    def __getstate__(self) -> tuple[Any, ...]:
        plain = {name: tuple(columns) for name, columns in self._schema.items()}
        return (plain, self._folder, self._laid, self._draw)

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        schema, folder, laid, draw = state
        self.__init__(schema, folder, laid, draw)  # type: ignore[misc]


def read_cells(folder: Path, name: str, declared: tuple[str, ...]) -> Cells:
    """The cells of a packaged table; a table that has columns but no file yet is empty."""
    path = folder / f"{name}.csv"
    if not path.exists():
        return Cells(path.name, declared, (), ())
    with path.open(encoding="utf-8", newline="") as stream:
        lines = csv.reader(stream)
        header = tuple(next(lines))
        rows = tuple(map(tuple, lines))
    if header != declared:
        strange = next((column for column in header if column not in declared), None)
        raise FactError(
            f"the columns differ from those declared: {strange or 'one is missing'}",
            file=path.name,
            line=1,
            remedy="rebuild the tables",
        )
    return Cells(path.name, header, rows, tuple(range(2, len(rows) + 2)))


def lay_cells(cells: Cells, laid: Iterable[LaidRow]) -> Cells:
    """Lay rows over a table, in order: replace, add or remove by id."""
    at = cells.header.index("id")
    rows: dict[str, tuple[tuple[str, ...], int]] = {
        row[at]: (row, line) for row, line in zip(cells.rows, cells.lines, strict=True)
    }
    for row in laid:
        if row.remove:
            rows.pop(row.id, None)
            continue
        old = dict(zip(cells.header, rows[row.id][0], strict=True)) if row.id in rows else {}
        merged = {**old, **dict(row.cells)}
        rows[row.id] = (tuple(merged.get(name, "") for name in cells.header), row.line)
    return Cells(cells.file, cells.header, tuple(row for row, _ in rows.values()), tuple(n for _, n in rows.values()))


__all__ = ["Draw", "Facts", "LaidRow", "lay_cells", "make_table", "read_cells"]
