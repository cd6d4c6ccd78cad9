"""An oil answer as tables for a terminal: balances, straits, ways round them, shut points, what has to be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from landbridge.report.boxes import boxed
from landbridge.report.numbers import DASH, grouped

if TYPE_CHECKING:
    from rich.table import Table

    from landbridge.report.names import Names

Row = Mapping[str, Any]
MOST_AREAS = 30
"""So many areas are told when none is asked for by name; JSON and tables have all."""
MOST_ORIGINS = 4
HALF = 0.5
GUESSED = "~"
LEAST_KBD = 0.5
UNIT = "kb/d: thousand barrels a day, had the day's state lasted a year"


def title(answer: Row) -> str:
    """The question in one line.

    Examples
    --------
    >>> title({"world": {"date": "2024-06-01"}, "sharing": "equal", "areas": []})
    'Oil on 2024-06-01, equal sharing'
    """
    return f"Oil on {(answer.get('world') or {}).get('date')}, {answer.get('sharing')} sharing"


def parts(answer: Row, names: Names | None = None) -> list[Any]:
    """Everything below the title, in order.

    Examples
    --------
    >>> [str(part) for part in parts({"no_balance": "the nearest balance lies 12 years away"})]
    ['No answer: the nearest balance lies 12 years away.']
    """
    from rich.text import Text

    if answer.get("no_balance"):
        return [Text(f"No answer: {answer['no_balance']}.")]
    out: list[Any] = [Text(world_line(answer["totals"]))]
    chosen = shown_areas(answer)
    out.append(areas(chosen, names))
    left = len(answer["areas"]) - len(chosen)
    if left:
        out.append(Text(f"and {left} areas more (all with --json or -o; one with --area)", style="dim"))
    passages = [row for row in answer["passages"] if row["kbd"] >= LEAST_KBD or not row["open"]]
    if passages:
        out.append(straits(passages, names))
    around = [row for row in answer["flows"] if row["bypasses"] and row["kind"] == "pipe"]
    if around:
        out.append(bypasses(around, names))
    shut = [row for row in answer["flows"] if row["reason"] and row["capacity_kbd"] is not None]
    if shut:
        out.append(limited(shut))
    out += [Text(line) for line in (*remarks(answer), f"Grade {answer['grade']}. {UNIT}.")]
    return out


def world_line(totals: Row) -> str:
    """The world together.

    Examples
    --------
    >>> world_line({"demand_kbd": 100.0, "production_kbd": 90.0, "shortage_kbd": 10.0, "stranded_kbd": 12.0})
    'World: demand 100 kb/d, made 90, short 10, stranded 12'
    """
    return (
        f"World: demand {grouped(totals['demand_kbd'])} kb/d, made {grouped(totals['production_kbd'])}, "
        f"short {grouped(totals['shortage_kbd'])}, stranded {grouped(totals['stranded_kbd'])}"
    )


def shown_areas(answer: Row) -> list[Row]:
    """The areas that a terminal shows: those asked for, else the most short or stranded, then the largest traders."""
    rows = sorted(
        answer["areas"],
        key=lambda row: (-row["shortage_kbd"] - row["stranded_kbd"], -abs(row["net_import_kbd"]), row["area"]),
    )
    return rows if (answer.get("question") or {}).get("areas") else rows[:MOST_AREAS]


def areas(rows: Sequence[Row], names: Names | None = None) -> Table:
    """One row for each area."""
    table = boxed("Balances [kb/d]")
    for word, right in (("Area", False), ("Demand", True), ("Made", True), ("Net import", True), ("Short", True),
                        ("% (by sharing)", True), ("Stranded", True), ("Stock days", True), ("From", False),
                        ("Grade", False)):  # fmt: skip
        table.add_column(word, justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(
            row["area"] if names is None else names.area(row["area"]),
            *(grouped(row[f"{name}_kbd"]) for name in ("demand", "production", "net_import", "shortage")),
            _percent(row),
            grouped(row["stranded_kbd"]),
            DASH if row["days_until_stock_empty"] is None else grouped(row["days_until_stock_empty"]),
            origins(row["origins"], float(row["origins_known"])),
            str(row["grade"]),
        )
    return table


def _percent(row: Row) -> str:
    low, high = row["shortage_pct_low"], row["shortage_pct_high"]
    return DASH if high < 0.05 else f"{row['shortage_pct']:.0f} ({low:.0f}{DASH}{high:.0f})"


def origins(shares: Mapping[str, float], known: float = 1.0) -> str:
    """The largest origins, marked where less than half of them is known.

    Examples
    --------
    >>> origins({"RUS": 0.612, "KAZ": 0.2})
    'RUS 61 %, KAZ 20 %'
    >>> origins({"RUS": 0.612, "KAZ": 0.2}, 0.1)
    '~ RUS 61 %, KAZ 20 %'
    """
    largest = list(shares.items())[:MOST_ORIGINS]
    told = ", ".join(f"{name} {100 * share:.0f} %" for name, share in largest)
    return f"{GUESSED} {told}" if told and known < HALF else told


def straits(rows: Sequence[Row], names: Names | None = None) -> Table:
    """One row for each strait or canal."""
    table = boxed("Straits and canals [kb/d, both ways]")
    for word, right in (("Passage", False), ("Oil", True), ("At most", True), ("", False)):
        table.add_column(word, justify="right" if right else "left", overflow="fold")
    for row in sorted(rows, key=lambda one: -one["kbd"]):
        most = DASH if row["capacity_kbd"] is None else grouped(row["capacity_kbd"])
        name = row["id"] if names is None else names.gate("passage", row["id"])
        table.add_row(name, grouped(row["kbd"]), most, "" if row["open"] else f"shut: {row['reason'] or ''}")
    return table


def bypasses(rows: Sequence[Row], names: Names | None = None) -> Table:
    """One row for each pipe that goes round a strait or canal."""
    table = boxed("Ways round [kb/d]")
    for word, right in (("Pipe", False), ("Round", False), ("Carries", True), ("At most", True), ("Spare", True)):
        table.add_column(word, justify="right" if right else "left", overflow="fold")
    for row in sorted(rows, key=lambda one: (one["bypasses"], -(one["capacity_kbd"] or 0.0), one["id"])):
        name = row["bypasses"] if names is None else names.gate("passage", row["bypasses"])
        table.add_row(row["id"], name, *(grouped(row[key]) for key in ("kbd", "capacity_kbd", "spare_kbd")))
    return table


def limited(rows: Sequence[Row]) -> Table:
    """Points that are shut or pass less than usual, with the reason."""
    table = boxed("Shut or limited [kb/d]")
    for word, right in (("Point", False), ("Carries", True), ("At most", True), ("Why", False)):
        table.add_column(word, justify="right" if right else "left", overflow="fold")
    for row in sorted(rows, key=lambda one: one["id"]):
        table.add_row(row["id"], grouped(row["kbd"]), grouped(row["capacity_kbd"]), row["reason"])
    return table


def remarks(answer: Row) -> list[str]:
    """What has to be said, in sentences.

    Examples
    --------
    >>> remarks({"remarks": ["balances-of:2023-2024"]})
    ['Balances are those of 2023 to 2024, the nearest known.']
    """
    return [text for text in (_remark(one) for one in answer.get("remarks") or ()) if text]


def _remark(code: str) -> str:
    word, _, number = code.partition(":")
    if word == "difference":
        amount = float(number)
        side, done = ("below", "taken from") if amount < 0 else ("above", "added to")
        return (
            f"World production in the tables is {grouped(abs(amount))} kb/d {side} consumption (processing, stocks): "
            f"{done} the rest of the world."
        )
    if word == "balances-of":
        return f"Balances are those of {number.replace('-', ' to ')}, the nearest known."
    if word == "surplus":
        return f"{grouped(float(number))} kb/d that could be made are asked for by nobody: told as stranded."
    if word == "crude-and-products-as-one":
        return (
            "Crude and products go as one; refineries, spare production and prices are not modelled. From: own "
            f"oil and the last known trade; {GUESSED} less than half is known, the rest the shortest haul, no record."
        )
    return ""
