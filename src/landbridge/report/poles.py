"""Where a state stands between poles, in words and as a table by year, as the terminal and every page tell it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from landbridge.politics.spans import spans
from landbridge.report.boxes import boxed
from landbridge.report.country_words import percent
from landbridge.report.numbers import DASH

if TYPE_CHECKING:
    from rich.table import Table

Row = Mapping[str, Any]
PART_WORDS: Final = {
    "votes": "votes alike",
    "memberships": "blocs shared",
    "obligations": "duties of help or consultation",
    "trade": "share of trade",
    "transit": "trade in boxes through it",
    "gas": "bcm of gas bought",
    "ties": "bases, arms, concessions, exercises",
    "measures": "measures between them",
}
"""The parts in the order in which they are told."""
MISSING_WORDS: Final = {
    "no-votes": "no roll calls of it in the data",
    "no-votes-year": "its roll calls are in the data of {} alone",
    "no-trade": "no trade by partner in the tables",
    "no-trade-year": "its trade by partner is in the tables of {} alone",
    "no-ways": "no way to a partner",
    "no-weights": "its trade in boxes is not known",
    "no-gas": "what gas it needs is not in the tables",
    "no-gas-year": "what gas it needs is in the tables of {} alone",
    "no-gas-origins": "the origins of most of its gas are not in the tables",
    "year-not-over": "the year is not over",
    "quick": "left out by --quick",
}
NOT_NEEDED: Final = "no-gas-needed"
NO_NEED: Final = "none needed from abroad"
UNTOLD: Final = {"trade": "not told by partner", "gas": "of untold origin"}
SHARES: Final = ("trade", "transit")
SAMPLES: Final = ("ties", "measures", "obligations")
"""Parts of which the tables hold a sample: none in them is not none at all."""
EVERY: Final = 5
LATEST: Final = 6
"""Years shown: every fifth, so many of the latest, and the last that tells a part of whole years; JSON has all."""
YEARLY: Final = ("votes", "trade", "gas")
ABOUT_YEARS: Final = (
    "Votes, trade and gas of the whole year, the others as counted on its last day and, of the last year, on the day "
    "of the question; transit by the best ways of that day, weighed by trade of the year or of the last known one "
    f"before. {DASH} where it cannot be told, nothing else is carried over."
)


def number(part: str, value: float) -> str:
    """A value of a part as people read it.

    Examples
    --------
    >>> number("votes", 0.834), number("trade", 0.355), number("gas", 16.04), number("obligations", 7.0)
    ('0.83', '36 %', '16', '7')
    """
    if part in SHARES:
        return percent(value)
    return f"{value:.2f}" if part == "votes" else f"{value:.3g}"


def told(row: Row, most: int | None = None) -> str:
    """One part in words: by pole, the largest first; what goes to no pole, what is frozen, of which year, how even.

    Examples
    --------
    >>> one = {"part": "obligations", "values": {"russia": 3.0, "west": 0.0}, "balance": 0.5, "frozen": {"russia": 4.0}}
    >>> told(one)
    'russia 3; frozen, not counted: russia 4; balance 0.50'
    >>> told({"part": "gas", "values": {"russia": 8.0}, "balance": 1.0, "year": 2020, "outside": 2.0})
    'russia 8, others 2 (of 2020); balance 1.00'
    >>> told({"part": "gas", "values": {"russia": 8.0}, "balance": 1.0, "year": 2020, "untold": 1.5})
    'russia 8, of untold origin 1.5 (of 2020); balance 1.00'
    >>> told({"part": "trade", "values": {}, "balance": None, "missing": "no-trade"})
    'cannot tell: no trade by partner in the tables'
    """
    name, missing = row["part"], row.get("missing")
    if missing:
        return NO_NEED if missing == NOT_NEEDED else f"cannot tell: {why(missing)}"
    shown = _listed(name, row["values"], most)
    for word, key in (("others", "outside"), (UNTOLD.get(name, "untold"), "untold")):
        shown += [f"{word} {number(name, row[key])}"] if row.get(key) else []
    of = "" if row.get("year") is None else f" (of {'trade of ' if name == 'transit' else ''}{row['year']})"
    none = "none in the tables" if name in SAMPLES else "none"
    said = [f"{', '.join(shown) or none}{of}"]
    if row.get("frozen"):
        said.append(f"frozen, not counted: {', '.join(_listed(name, row['frozen'], most))}")
    if row["balance"] is not None:
        said.append(f"balance {row['balance']:.2f}")
    return "; ".join(said)


def why(code: str) -> str:
    """Why a part cannot be told, in words.

    Examples
    --------
    >>> why("no-trade-year:2015-2020"), why("quick")
    ('its trade by partner is in the tables of 2015-2020 alone', 'left out by --quick')
    """
    name, _, years = code.partition(":")
    return MISSING_WORDS[name].format(years)


def untold_years(years: Sequence[Row]) -> Iterator[str]:
    """Of each part the years that cannot be told, with the reason.

    Examples
    --------
    >>> no = {"part": "trade", "missing": "no-trade-year:2015-2020"}
    >>> list(untold_years([{"year": year, "parts": [no]} for year in (2013, 2014, 2021)]))
    ['Share of trade, 2013-2014, 2021: its trade by partner is in the tables of 2015-2020 alone.']
    """
    found: dict[tuple[str, str], list[int]] = {}
    for row in years:
        for one in row["parts"]:
            if one.get("missing"):
                found.setdefault((one["part"], one["missing"]), []).append(row["year"])
    for name, words in PART_WORDS.items():
        for (part, code), some in found.items():
            if part == name:
                reason = NO_NEED if code == NOT_NEEDED else why(code)
                yield f"{words[0].upper()}{words[1:]}, {spans(some)}: {reason}."


def _listed(name: str, values: Mapping[str, float], most: int | None) -> list[str]:
    first = sorted(((pole, one) for pole, one in values.items() if one > 0), key=lambda item: (-item[1], item[0]))
    return [f"{pole} {number(name, one)}" for pole, one in first[:most]]


def lines(rows: Sequence[Row]) -> Iterator[str]:
    """The parts of one state, one in a line; votes are told by themselves, with their ranges.

    Examples
    --------
    >>> list(lines([{"part": "ties", "values": {"russia": 3.0, "west": 0.0}, "balance": 0.5}]))
    ['By pole, bases, arms, concessions, exercises: russia 3; balance 0.50.']
    """
    for row in rows:
        if row["part"] != "votes" or row.get("missing"):
            yield f"By pole, {PART_WORDS[row['part']]}: {told(row)}."


def shown_years(years: Sequence[Row]) -> list[Row]:
    """The years of which the terminal and the page tell: every fifth, the latest, the last with votes, trade and gas.

    Examples
    --------
    >>> parts = [{"part": "votes", "values": {"russia": 0.8}}]
    >>> some = [{"year": year, "parts": parts if year == 2012 else []} for year in range(1991, 2023)]
    >>> [row["year"] for row in shown_years(some)]
    [1995, 2000, 2005, 2010, 2012, 2015, 2017, 2018, 2019, 2020, 2021, 2022]
    """
    last = max((row["year"] for row in years), default=0)
    told = {
        one["part"]: row["year"] for row in years for one in row["parts"] if one["part"] in YEARLY and one["values"]
    }
    kept = {*told.values(), *range(last - LATEST + 1, last + 1)}
    return [row for row in years if row["year"] % EVERY == 0 or row["year"] in kept]


def series(years: Sequence[Row]) -> Iterator[tuple[str, str, list[float | None]]]:
    """Part, pole and its values by year, None where it cannot be told; rows with nothing but zeros are left out.

    What is frozen has rows of its own, named "russia, frozen". A part that no year tells has one row without a pole.

    Examples
    --------
    >>> one = {"part": "obligations", "values": {"iran": 0.0, "russia": 3.0}, "frozen": {"russia": 4.0}}
    >>> list(series([{"parts": [one]}]))
    [('obligations', 'russia', [3.0]), ('obligations', 'russia, frozen', [4.0])]
    """
    for name in PART_WORDS:
        some = [next((one for one in row["parts"] if one["part"] == name), None) for row in years]
        if not any(some):
            continue
        found = []
        for key, ending in (("values", ""), ("frozen", ", frozen")):
            for pole in sorted({pole for one in some if one for pole in one[key]}):
                values = [None if one is None or one.get("missing") else one[key].get(pole, _none(key)) for one in some]
                if any(values):
                    found.append((name, f"{pole}{ending}", values))
        yield from found or [(name, "", [0.0 if one and not one.get("missing") else None for one in some])]


def _none(key: str) -> float | None:
    return 0.0 if key == "frozen" else None


def years_table(years: Sequence[Row]) -> Table:
    """One row for each part and pole, one column for each year."""
    some = shown_years(years)
    table = boxed("Between poles by year")
    table.add_column("Part", overflow="fold")
    table.add_column("Pole", overflow="fold")
    for row in some:
        table.add_column(str(row["year"]), justify="right", no_wrap=True)
    before = ""
    for name, pole, values in series(some):
        cells = [DASH if one is None else number(name, one) for one in values]
        table.add_row("" if name == before else PART_WORDS[name], pole, *cells)
        before = name
    return table
