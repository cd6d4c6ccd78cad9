"""Tables of the terminal as they all look: words are not cut, and a table without room is told row by row."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from landbridge.report.numbers import DASH

if TYPE_CHECKING:
    from rich.table import Column, Table

LONGEST: Final = 20
"""Words of up to so many letters are never cut; longer ones are ids, which may be."""
FREE: Final = 10_000
"""Wider than any table [letters]."""


def boxed(title: str | None = None, *, footer: bool = False) -> Table:
    """An empty table with a line under its head, and with `footer` a last row of sums.

    Examples
    --------
    >>> boxed("Record").title
    'Record'
    """
    from rich import box

    found: Table = _sheet()(box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold",
                            show_footer=footer, pad_edge=False, padding=(0, 1))  # fmt: skip
    return found


def shared(least: Sequence[int], most: Sequence[int], room: int) -> list[int] | None:
    """Widths of columns that need `least` and can use `most`; None where there is no room for the least.

    Examples
    --------
    >>> shared([5, 5], [5, 40], 25), shared([5, 5], [8, 9], 25), shared([14, 14], [20, 20], 25)
    ([5, 20], [8, 9], None)
    """
    if sum(most) <= room:
        return list(most)
    if sum(least) > room:
        return None
    pairs = list(zip(least, most, strict=True))
    # The widest columns give first: none is wider than a bound that leaves no letter over but for the rounding.
    bound = max(n for n in range(room + 1) if sum(min(high, max(low, n)) for low, high in pairs) <= room)
    found = [min(high, max(low, bound)) for low, high in pairs]
    for n in [n for n, (_, high) in enumerate(pairs) if found[n] == bound < high][: room - sum(found)]:
        found[n] += 1
    return found


@cache
def _sheet() -> type[Table]:
    """The class of the tables, made with the first one: `rich` is read late."""
    from rich.table import Table
    from rich.text import Text

    class Sheet(Table):
        """A table that shares its width out by words, and is told in blocks where they have no room."""

        def __rich_console__(self, console: Any, options: Any) -> Iterator[Any]:
            needs = [_needs(console, options, column) for column in self.columns]
            # Between two columns are three letters, and one at each edge; a width that is set counts two more.
            if sum(high for _, high in needs) <= options.max_width - 3 * len(needs) + 1:
                yield from super().__rich_console__(console, options)
                return
            room = options.max_width - 3 * len(needs) - 1
            wide = shared([low for low, _ in needs], [high for _, high in needs], room)
            if wide is None:
                yield from self._blocks(console)
                return
            before = [(column.width, column.header) for column in self.columns]
            for column, width in zip(self.columns, wide, strict=True):
                column.width = width
                if column.no_wrap:
                    # Its cells stay whole, its head may take more lines.
                    column.header = "\n".join(textwrap.wrap(_plain(console, column.header), width))
            yield from super().__rich_console__(console, options)
            for column, (width_before, header) in zip(self.columns, before, strict=True):
                column.width, column.header = width_before, header

        def _blocks(self, console: Any) -> Iterator[Text]:
            """For each row its first cell, and behind it the others with the heads of their columns."""
            if self.title:
                yield Text(str(self.title), "bold")
            heads, *rows = (
                [_plain(console, cell) for cell in cells]
                for cells in zip(*([one.header, *one.cells, one.footer] for one in self.columns), strict=True)
            )
            for row in rows if self.show_footer else rows[:-1]:
                cells = [pair for pair in zip(heads[1:], row[1:], strict=True) if pair[1] not in ("", DASH)]
                told = [f"{head}: {cell}" if head else cell for head, cell in cells]
                yield Text.assemble(
                    ("- " + row[0] if row[0] else "-", "bold"), " | " if row[0] else " ", "; ".join(told)
                )
            yield Text()

    return Sheet


def _needs(console: Any, options: Any, column: Column) -> tuple[int, int]:
    """The letters without which words of a column are cut, and those that it can use."""
    from rich.measure import Measurement

    free = options.update(width=FREE)
    sizes = [Measurement.get(console, free, one) for one in (column.header, *column.cells, column.footer)]
    most = max(*(one.maximum for one in sizes), column.min_width or 1)
    words = min(max(one.minimum for one in sizes), LONGEST)
    whole = max((one.maximum for one in sizes[1:]), default=0) if column.no_wrap else 0
    least = max(words, whole, column.min_width or 1)
    return least, max(least, min(most, column.max_width or most))


def _plain(console: Any, cell: Any) -> str:
    text = console.render_str(cell) if isinstance(cell, str) else cell
    return " ".join(text.plain.split())
