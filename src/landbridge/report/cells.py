"""Rows of any table of facts as a table for a terminal, and single values as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from landbridge.report.boxes import boxed

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.table import Table

GAP: Final = 3
"""What stands between two columns [letters]."""
LEAST_COLUMN: Final = 12
"""A column narrower than this, and than what stands in it, breaks words so that no one reads them [letters]."""


def table_of(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], title: str | None = None) -> Table:
    """Rows of any table."""
    table = boxed(title=title)
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*[cell(row.get(name)) for name in columns])
    return table


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of any table, with as many of its columns as a terminal can show so that they are read.

    Examples
    --------
    >>> from rich.console import Console
    >>> wide = Rows(({"id": "a", "name": "one", "note": "long words to fold"},), ("id", "name", "note"))
    >>> Console(width=21).print(wide)  # doctest: +NORMALIZE_WHITESPACE
    <BLANKLINE>
     id   name
     ─────────
     a    one
    <BLANKLINE>
    No room for note: see
    one row by its id, or
    --json.
    """

    rows: tuple[Mapping[str, Any], ...]
    columns: tuple[str, ...]
    title: str | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table at the width at hand, and the names of the columns that it has no room for."""
        from rich.text import Text

        cells = [[cell(row.get(name)) for row in self.rows] for name in self.columns]
        least = [
            GAP + min(LEAST_COLUMN, max(map(len, (name, *column))))
            for name, column in zip(self.columns, cells, strict=True)
        ]
        room = max(sum(taken <= options.max_width for taken in accumulate(least)), 1)
        yield table_of(self.rows, self.columns[:room], self.title)
        if room < len(self.columns):
            yield Text(f"No room for {', '.join(self.columns[room:])}: see one row by its id, or --json.", style="dim")


def cell(value: Any) -> str:
    """A value of a fact table as text; empty when unknown.

    Examples
    --------
    >>> cell(None), cell(("rail", "road")), cell(1520.0), cell(True)
    ('', 'rail; road', '1520', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
    first, precision = getattr(value, "first", None), getattr(value, "precision", None)
    if first is not None and precision is not None:
        return str(first)[: {"year": 4, "month": 7}.get(str(precision), 10)]
    if isinstance(value, tuple | list | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return "; ".join(cell(item) for item in items)
    return str(value)
