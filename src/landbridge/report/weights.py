"""What rests on each row of the facts, as a table and a line on the grades."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from landbridge.report.numbers import grouped

if TYPE_CHECKING:
    from rich.console import Group

Weights = Mapping[str, Any]


def weights(found: Weights, most: int | None = None) -> Group:
    """The rows, the weightiest first, and the share of each grade.

    Parameters
    ----------
    found
        As of the schema `weight/1`.
    most
        How many rows at most; all when None.

    Examples
    --------
    >>> from rich.console import Console
    >>> one = {"table": "ports", "id": "poti", "grade": "D", "hours": 120.0, "answers": 2, "share": 0.25}
    >>> shares = {"hours": {"A": 0.0, "B": 0.75, "C": 0.0, "D": 0.25}}
    >>> data = {"units": {"hours": "h"}, "grade_shares": shares, "rows": [one], "asked": 2, "answered": 2}
    >>> Console(width=80).print(weights(data))
    <BLANKLINE>
     table   id     grade   hours, h   answers      %
     ────────────────────────────────────────────────
     ports   poti   D            120         2   25.0
    <BLANKLINE>
    Of hours 0 % rest on grade A, 75 % on B, 0 % on C, 25 % on D.
    2 of 2 questions answered.
    """
    from rich.console import Group
    from rich.text import Text

    from landbridge.report.cells import table_of

    units: Mapping[str, str] = found["units"]
    shown = [
        {
            **row,
            **{f"{name}, {unit}": grouped(row[name]) for name, unit in units.items()},
            "%": percent(row["share"], 1),
        }
        for row in found["rows"][:most]
    ]
    columns = ["table", "id", "grade", *(f"{name}, {unit}" for name, unit in units.items()), "answers", "%"]
    table = table_of(shown, columns)
    for column in table.columns[3:]:
        column.justify = "right"
    lines = [_of_grades(name, shares) for name, shares in found["grade_shares"].items()]
    left = len(found["rows"]) - len(shown)
    if left > 0:
        lines.append(f"{left} more rows: --rows 0, --csv or --json has them.")
    lines.append(f"{found['answered']} of {found['asked']} questions answered.")
    if found.get("left"):
        lines.append(f"{found['left']} questions were left when the time was over: the same command again goes on.")
    return Group(table, *(Text(line) for line in lines))


def _of_grades(name: str, shares: Mapping[str, float]) -> str:
    first, *rest = (f"{percent(share)} % {{}} {grade}" for grade, share in shares.items())
    return f"Of {name} " + ", ".join([first.format("rest on grade"), *(one.format("on") for one in rest)]) + "."


def percent(share: float, digits: int = 0) -> str:
    """A share in per cent.

    Examples
    --------
    >>> percent(0.256), percent(0.256, 1)
    ('26', '25.6')
    """
    return f"{100.0 * share:.{digits}f}"
