"""Camps of states by votes and by ties as lines for a terminal: who is in them, how marked they are, how sure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from landbridge.report.numbers import DASH

Row = Mapping[str, Any]
WHY: Final = {
    "no-structure": "states do not fall into camps clearly enough",
    "draws-differ": "the draws do not agree",
}
MOST_PAIRS: Final = 15
WORDS: Final = {"same": "in one camp", "apart": "in two camps", "cannot tell": "cannot tell"}


def lines(rows: Sequence[Row] | None) -> Iterator[str]:
    """Everything of the camps.

    Examples
    --------
    >>> list(lines(None))
    []
    """
    for one in rows or ():
        yield from _of_votes(one) if one["by"] == "votes" else _of_ties(one)
    if rows:
        yield "Votes are those of the UN; ties are bases, arms, aid, exercises and duties of help, a sample, no census."


def _of_votes(one: Row) -> Iterator[str]:
    first, last = one["years"]
    span = str(last) if first == last else f"{first} to {last}"
    widths = ", ".join(f"{k}: {width:.2f}" for k, width in one["tried"].items())
    yield (
        f"Camps by votes of {span}: {len(one['camps'])} (mean silhouette {one['strength']:.2f}; by number of camps "
        f"{widths}).{_doubt(one)}"
    )
    for number, camp in enumerate(one["camps"], 1):
        alike = "" if camp["within"] is None else f", {100 * camp['within']:.0f} % alike"
        yield f"  {number}  {len(camp['areas'])} states{alike}: {' '.join(camp['areas'])}"
    yield from pairs(one, "alike", 100)
    if one["ties_within"] is not None:
        yield (
            f"Of ties between these states {100 * one['ties_within']:.0f} % stay inside a camp; "
            f"{100 * one['ties_expected']:.0f} % would if they fell at random."
        )
    split = [row for row in one["series"] if row["asked"] > 1]
    if split:
        yield f"Those asked of by year, in how many camps: {_runs(split)}."


def _of_ties(one: Row) -> Iterator[str]:
    yield f"Camps by ties on the day: {len(one['camps'])} (modularity {one['strength']:.2f}).{_doubt(one)}"
    for number, camp in enumerate(one["camps"], 1):
        inner = "" if camp["within"] is None else f", {100 * camp['within']:.0f} % of their ties inside"
        yield f"  {number}  {len(camp['areas'])} states{inner}: {' '.join(camp['areas'])}"
    yield from pairs(one, "kinds of ties", 1)


def _doubt(one: Row) -> str:
    why = "; ".join(WHY[code] for code in one["why"])
    return f" Cannot tell: {why}." if why else ""


def pairs(one: Row, word: str, scale: float) -> Iterator[str]:
    """Two by two, whether the states asked of are in one camp.

    Examples
    --------
    >>> pair = {"first": "AZE", "second": "TUR", "same": False, "share": 0.02, "told": "apart", "value": 0.73}
    >>> list(pairs({"pairs": [pair], "unknown": ["X_NKR"], "draws": 100}, "alike", 100))
    ['AZE - TUR: in two camps (in one in 2 % of 100 draws), 73 % alike.', 'Not known: X_NKR.']
    """
    for row in one["pairs"][:MOST_PAIRS]:
        size = f"{scale * row['value']:.0f} {'% ' if scale > 1 else ''}{word}"
        yield (
            f"{row['first']} - {row['second']}: {WORDS[row['told']]} "
            f"(in one in {100 * row['share']:.0f} % of {one['draws']} draws), {size}."
        )
    left = len(one["pairs"]) - MOST_PAIRS
    if left > 0:
        told = [row["told"] for row in one["pairs"]]
        counts = ", ".join(f"{told.count(code)} {word}" for code, word in WORDS.items() if code in told)
        yield f"and {left} pairs more (--json); of all {len(told)} pairs: {counts}."
    if one["unknown"]:
        yield f"Not known: {' '.join(one['unknown'])}."


def _runs(rows: Sequence[Row]) -> str:
    """Years with the same number taken together."""
    spans: list[list[Any]] = []
    for row in rows:
        if spans and spans[-1][0] == row["asked_camps"]:
            spans[-1][2] = row["year"]
        else:
            spans.append([row["asked_camps"], row["year"], row["year"]])
    return ", ".join(f"{n} in {a}" if a == b else f"{n} in {a}{DASH}{b}" for n, a, b in spans)
