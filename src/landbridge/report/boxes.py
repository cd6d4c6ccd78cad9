"""Tables of the terminal as they all look."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table


def boxed(title: str | None = None, *, footer: bool = False) -> Table:
    """An empty table with a line under its head, and with `footer` a last row of sums.

    Examples
    --------
    >>> boxed("Record").title
    'Record'
    """
    from rich import box
    from rich.table import Table

    return Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", show_footer=footer,
                 pad_edge=False, padding=(0, 1))  # fmt: skip
