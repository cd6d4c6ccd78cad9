"""Appeals and what came, as the record of an alliance tells them: a table, what they come to, disputed readings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from landbridge.report.boxes import boxed
from landbridge.report.country_words import asked_on, response, threat
from landbridge.report.numbers import DASH

if TYPE_CHECKING:
    from rich.table import Table

Row = Mapping[str, Any]
MOST_CASES: Final = 14
"""So many crises are told, the latest first of those that count; JSON has all."""


def record(rows: Sequence[Row]) -> Table:
    """Crises: the counted ones first, latest first."""
    table = boxed("Record")
    for word, right in (("Day", False), ("Appeal by", False), ("Where", False), ("Threat", False), ("Article", False),
                        ("Response", False), ("Days to decision", True), ("Counts", False),
                        ("Grade", False)):  # fmt: skip
        table.add_column(word, justify="right" if right else "left", overflow="fold")
    ordered = sorted(rows, key=lambda row: (not row["counted"], _backwards(row["date"])))
    for row in ordered[:MOST_CASES]:
        counts = "yes" if row["counted"] else f"no: {row['reason']}"
        table.add_row(asked_on(row), row["appeal_by"] or DASH, row["place"], threat(row),
                      row["article"], response(row), _days(row), counts, row["grade"])  # fmt: skip
    return table


def _backwards(day: str) -> tuple[int, ...]:
    return tuple(-int(part) for part in day.split("-"))


def _days(row: Row) -> str:
    if row["delay_days"] is not None:
        return str(row["delay_days"])
    if row["delay_low"] is None:
        return ""
    return f"{row['delay_low']}{DASH}{row['delay_high']}"


def lines(answer: Row) -> Iterator[str]:
    """What the record comes to."""
    rows = answer["record"]
    counted = [row for row in rows if row["counted"]]
    told = [f"{sum(row['response'] == word for row in counted)} {word}" for word in
            ("deployed", "consultations", "declined")]  # fmt: skip
    disputed = sum(row["disputed"] for row in counted)
    told += [f"{disputed} of them disputed"] if disputed else []
    yield f"{len(counted)} {'appeal counts' if len(counted) == 1 else 'appeals count'}: {', '.join(told)}."
    for one in answer.get("delays") or ():
        some = f"median of {one['n']}, {one['least_days']} to {one['most_days']}" if one["n"] > 1 else "one case"
        yield f"Days from appeal to decision, {one['response']}: {one['median_days']:g} ({some})."
    left = len(rows) - MOST_CASES
    if left > 0:
        yield f"and {left} crises more, the older ones that do not count: all with --json"


def responses_read(rows: Sequence[Row]) -> Iterator[str]:
    """Each reading of the response to an appeal, where the sides do not read it as one.

    Examples
    --------
    >>> one = {"read_by": ["ARM"], "since": "2022-09-16", "response": "declined", "terms": "help did not come"}
    >>> list(responses_read([{"id": "csto-arm-2022", "disputed": True, "readings": [one]}]))
    ['Disputed, csto-arm-2022: ARM (2022-09-16): declined, help did not come']
    """
    for row in rows:
        if row["disputed"]:
            for one in row["readings"]:
                who = " ".join(one["read_by"])
                yield f"Disputed, {row['id']}: {who} ({one['since']}): {one['response']}, {one['terms']}"
