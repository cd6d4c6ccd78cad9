"""Comparisons and tension of a record as lines and a table for a terminal, each with whether the data tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from landbridge.report.boxes import boxed
from landbridge.report.numbers import DASH

if TYPE_CHECKING:
    from rich.table import Table

Row = Mapping[str, Any]
WHY: Final = {
    "few-cases": "too few appeals under two holders",
    "holders-alike": "the cases do not tell holders apart",
    "no-count-before": "no year before it is counted",
    "no-count-during": "no year of it is counted",
    "nothing-counted": "nothing was counted on either side",
    "few-years": "too few years on a side",
    "holds-one": "the interval holds 1",
    "years-alike": "years differ as much among themselves",
    "no-votes": "no votes of years with it, or without it",
    "as-others": "other blocs moved as much",
    "holds-nought": "the interval holds 0",
    "one-switch": "it began once, and all else since then began with it",
    "few-years-with-both": "too few years with both exercises and votes",
    "no-rank": "the two do not go together",
}
NAMES: Final = {
    "incidents": "Incidents",
    "diplomacy": "Diplomats",
    "demands": "Demands",
    "barriers": "Barriers",
    "drills": "Drills",
    "measures": "Measures",
    "appeals": "Appeals",
}
MOST_AROUND: Final = 8


def lines(rows: Sequence[Row]) -> Iterator[str]:
    """Every comparison: its sides, what lies between them, whether the data tell.

    Examples
    --------
    >>> list(lines([]))
    []
    """
    for row in rows:
        yield from _TELLERS[row["kind"]](row)


def verdict(row: Row) -> str:
    """Whether the data tell, and if not why.

    Examples
    --------
    >>> verdict({"tells": False, "why": ["few-years", "holds-one"]})
    'Cannot tell: too few years on a side; the interval holds 1.'
    """
    return "The data tell them apart." if row["tells"] else f"Cannot tell: {'; '.join(WHY[one] for one in row['why'])}."


def _office(row: Row) -> Iterator[str]:
    asked = [one for one in row["groups"] if one["n"]]
    idle = [one["name"] for one in row["groups"] if not one["n"]]
    yield f"Appeals under each {row['subject']}:"
    for one in asked:
        came = ", ".join(f"{n:.0f} {word}" for word, n in one["seen"].items() if n)
        effect = row["effects"].get(one["name"])
        more = "" if effect is None else f"; {_points(*effect)} against the others"
        yield f"  {one['name']}: {one['n']:.0f} ({came}); forces sent {_pct(one['value'])} ({_ends(one)}){more}"
    if idle:
        yield f"  none under {', '.join(idle)}"
    chance = (
        "" if row["effect"] is None else f"Probability that holders differ at all {row['effect']:.2f}, 0.50 before. "
    )
    yield f"  {chance}{verdict(row)}"


def _counts(row: Row) -> Iterator[str]:
    yield f"A year before and during, {row['subject']}:"
    for one in row["groups"]:
        if one["n"]:
            years = ", ".join(f"{year}: {n:g}" for year, n in one["seen"].items())
            yield f"  {one['name']}: {one['value']:.1f} a year ({one['low']:.1f} to {one['high']:.1f}; {years})"
        else:
            yield f"  {one['name']}: no year counted"
    told = ""
    if row["effect"] is not None:
        high = "no end" if row["high"] is None else f"{row['high']:.2f}"
        chance = 100 * row["beside"]["as_far_by_chance"]
        told = (
            f"Ratio {row['effect']:.2f} ({row['low']:.2f} to {high}, exact for single events; they come in clusters); "
            f"{chance:.0f} % of the ways to choose so many years lie as far apart. "
        )
    yield f"  {told}{verdict(row)}"


def _tie(row: Row) -> Iterator[str]:
    yield f"Agreement in UN votes in {row['subject']} in years without and with the tie:"
    for one in row["groups"]:
        years = f"{one['since']}{DASH}{one['until']}, {one['n']:.0f} years"
        told = f"({years}): {_pct(one['value'])} ({_ends(one)})" if one["n"] else "no year with votes"
        yield f"  {one['name']} {told}"
    told = ""
    if row["effect"] is not None:
        other = row["beside"]
        told = (
            f"With it {_points(row['effect'], row['low'], row['high'])}; {other['blocs']:.0f} other blocs in the same "
            f"years {_points(other['mean'], other['low'], other['high'])}, eight in ten inside. "
        )
    yield f"  {told}{verdict(row)}"


def _exercises(row: Row) -> Iterator[str]:
    yield "Joint exercises by year, beside votes:"
    for one in row["groups"]:
        told = [f"{one['seen'][word]:.0f} {word}" for word in ("held", "called off") if one["seen"][word]]
        if one["value"] is not None:
            told.append(f"{_pct(one['value'])} alike in votes ({_ends(one)})")
        if "ideal points apart" in one["seen"]:
            told.append(f"ideal points {one['seen']['ideal points apart']:.2f} apart")
        yield f"  {one['name']}: {', '.join(told)}"
    tau = "" if row["effect"] is None else f"Rank correlation {row['effect']:+.2f}. "
    yield f"  {row['beside']['years_with_both']:.0f} years with both. {tau}{verdict(row)}"


_TELLERS: Final = {"office": _office, "counts": _counts, "tie": _tie, "exercises": _exercises}


def tension(told: Row) -> Table:
    """One row for each year with a sign, years without any taken together."""
    table = boxed(f"Signs of strain, {' - '.join(told['between'])} (index: kinds of strain seen, 0 to 7)")
    for word in ("Year", "Index", *NAMES.values(), "Easing", "Posts shut", "Alike in votes"):
        table.add_column(word, justify="left" if word == "Year" else "right", overflow="fold")
    empty: list[Row] = []
    for row in [*told["years"], None]:
        if row is not None and not row["index"] and not any(row["easing"].values()):
            empty.append(row)
            continue
        if empty:
            first, last = empty[0]["since"][:4], empty[-1]["since"][:4]
            table.add_row(first if first == last else f"{first}{DASH}{last}", "0", *[""] * len(NAMES), "",
                          _posts(empty[-1]), "")  # fmt: skip
            empty = []
        if row is not None:
            table.add_row(row["since"][:4], str(row["index"]), *(str(row["strain"][kind] or "") for kind in NAMES),
                          str(sum(row["easing"].values()) or ""), _posts(row),
                          "" if row["agreement"] is None else _pct(row["agreement"]))  # fmt: skip
    return table


def around_lines(told: Row) -> Iterator[str]:
    """The index in the year before and after each event of the record that is not between the two."""
    rows = told["around"]
    for row in rows[-MOST_AROUND:]:
        after = "the year after is not over" if row["after"] is None else f"{row['after']['index']} in the year after"
        yield f"Index {row['before']['index']} in the year before {row['date']} ({row['what']}), {after}."
    if rows:
        yield "That one came after the other does not tell that it came of it."


def _posts(row: Row) -> str:
    return "" if row["posts_shut"] is None else f"{row['posts_shut']} of {row['posts']}"


def _pct(share: float) -> str:
    return f"{100 * share:.0f} %"


def _ends(one: Row) -> str:
    return f"{_pct(one['low'])} to {_pct(one['high'])}"


def _points(share: float, low: float | None = None, high: float | None = None) -> str:
    ends = "" if low is None or high is None else f" ({100 * low:+.1f} to {100 * high:+.1f})"
    return f"{100 * share:+.1f} points{ends}"
