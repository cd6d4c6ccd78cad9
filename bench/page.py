"""Tables for a page of the documentation, written between the markers of their names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.rows import Row
from bench.score import Scored, absolute_errors, correlation, median, within


def percent(value: float | None, digits: int = 1) -> str:
    """A share as a percentage."""
    return "-" if value is None else f"{100.0 * value:.{digits}f} %"


def plain(value: float | None, digits: int) -> str:
    """A number, or a dash for none."""
    return "-" if value is None else f"{value:,.{digits}f}"


def of(hits: int, total: int) -> str:
    """A count with what it is out of and the share."""
    return f"{hits} of {total} ({percent(hits / total, 0)})" if total else "0 of 0"


def summary(groups: dict[str, list[Scored]], *, ranked: bool) -> str:
    """One line for each group: how many answered, inside, errors, rank correlation; the simple rule beside."""
    head = "| rows | answered | inside the range | median error | mean error |"
    line = "| --- | --- | --- | --- | --- |"
    if ranked:
        head, line = head + " rank correlation |", line + " --- |"
    lines = [head, line]
    for name, scored in groups.items():
        for label, simple in ((name, False), (f"{name}, simple rule", True)):
            values = [item.simple if simple else item.value for item in scored]
            inside = sum(
                1 for item, value in zip(scored, values, strict=True) if value is not None and within(item.row, value)
            )
            errors = absolute_errors(scored, simple=simple)
            cells = [
                label,
                of(sum(value is not None for value in values), len(values)),
                of(inside, len(values)),
                percent(median(errors)),
                percent(sum(errors) / len(errors) if errors else None),
            ]
            if ranked:
                cells.append(plain(correlation(scored, simple=simple), 2))
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def bands(found: dict[str, list[tuple[Row, float, float, float]]]) -> str:
    """How many published values lie inside the band, and how wide it is against its own middle value."""
    lines = [
        "| set | published value inside our 10-90 % band | band, share of our value (median) |",
        "| --- | --- | --- |",
    ]
    for name, rows in found.items():
        inside = sum(low <= row.central <= high for row, low, high, _ in rows)
        widths = [(high - low) / middle for _, low, high, middle in rows]
        lines.append(f"| {name} | {of(inside, len(rows))} | {plain(median(widths), 2)} |")
    return "\n".join(lines)


def details(scored: Sequence[Scored], unit: str, digits: int) -> str:
    """One line for each row, the misses first to be found."""
    lines = [
        f"| row | what | published [{unit}] | range [{unit}] | landbridge [{unit}] | error | simple rule [{unit}] | |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for item in scored:
        row = item.row
        mark = "" if item.inside else "outside" if item.value is not None else f"no answer: {item.note}"
        lines.append(
            f"| {row.id} | {row.what} | {plain(row.central, digits)} | {plain(row.low, digits)} - "
            f"{plain(row.high, digits)} | {plain(item.value, digits)} | "
            f"{'-' if item.error is None else f'{100 * item.error:+.1f} %'} | {plain(item.simple, digits)} | {mark} |"
        )
    return "\n".join(lines)


def not_posed(rows: Sequence[Row]) -> str:
    """The rows that cannot be put as a question, each with the reason."""
    return "\n".join(f"- {row.id} {row.what}: {row.note}" for row in rows if row.trip is None)


def write(path: Path, name: str, text: str) -> None:
    """Replace what stands between the markers of a name; a page without them is a mistake."""
    start, stop = f"<!-- bench:{name} -->", f"<!-- /bench:{name} -->"
    page = path.read_text(encoding="utf-8")
    before, found, rest = page.partition(start)
    _, closed, after = rest.partition(stop)
    if not found or not closed:
        raise SystemExit(f"{path}: the markers {start} and {stop} are missing")
    path.write_text(f"{before}{start}\n{text}\n{stop}{after}", encoding="utf-8")
