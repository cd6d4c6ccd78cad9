"""Claims held against a world as a table for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from landbridge.report.boxes import boxed
from landbridge.report.numbers import DASH, days, grouped

if TYPE_CHECKING:
    from rich.table import Table

RULE: Final = (
    "A claim holds when what comes out is as strong to five points of percent; the ends are the best of one way against"
    " the worst of the other; where the claim lies between them nobody can tell."
)


def title(answer: Mapping[str, Any]) -> str:
    """The question in one line.

    Examples
    --------
    >>> title({"question": {"about": "instc"}, "world": {"date": "2023-06-01"}})
    'Claims about instc, held against 2023-06-01'
    """
    return f"Claims about {answer['question']['about'] or 'all'}, held against {answer['world']['date']}"


def parts(answer: Mapping[str, Any]) -> list[Any]:
    """Everything below the title."""
    from rich.text import Text

    if not answer["claims"]:
        return [Text("No claim.")]
    return [held(answer), Text(RULE), Text(f"Grade {answer['grade']}.")]


def held(answer: Mapping[str, Any]) -> Table:
    """One row for each claim."""
    table = boxed()
    for head in ("Claim", "Between", "Way", "Against", "Values", "Claimed", "Comes out", "Verdict", "Grade"):
        table.add_column(head, overflow="fold")
    for row in answer["claims"]:
        out = DASH if row["percent"] is None else f"{row['percent']:+.0f} % ({row['low']:+.0f} to {row['high']:+.0f})"
        told = row["verdict"] + (f": {row['why']}" if row["why"] else "")
        values = f"{_value(row['way'], row['measure'])} against {_value(row['against'], row['measure'])}"
        between = f"{row['origin']} – {row['destination']}"
        table.add_row(row["claim"], between, row["way_label"] or DASH, row["against_label"] or DASH, values,
                      f"{row['claimed_pct']:+.0f} %", out, told, row["grade"])  # fmt: skip
    return table


def _value(value: float | None, measure: str) -> str:
    if value is None:
        return DASH
    return f"{days(value)} days" if measure == "hours" else f"{grouped(value)} {'km' if measure == 'km' else 'USD'}"
