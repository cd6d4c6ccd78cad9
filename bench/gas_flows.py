"""Replay of years: what crossed the borders against what the model lets cross, by demand and supply of the year.

What was made, burnt, landed and left in store in the year is given; the pattern of pipes is that of an earlier year;
`early_enough` checks the rows that answers cite.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench import page
from bench.gas_ask import Ask, Desk, summed
from bench.rows import read as read_table
from bench.score import median, rank_correlation
from landbridge.facts import load

LEAST_BCM = 1.0
"""Rows with less in a year are left out [bcm a year]."""
YEARS = (2021, 2022, 2023)
LAST_DAYS = {9: "09-30", 12: "12-31"}


@dataclass(frozen=True, slots=True)
class Crossing:
    """A published flow with that of the model and of the year before, scaled to the months of the row [bcm]."""

    row: dict[str, str]
    value: float
    last: float | None

    @property
    def published(self) -> float:
        """The published flow [bcm]."""
        return float(self.row["bcm"])


def ask_of_year(year: int, months: int) -> Ask:
    """The question that replays a year or its first months."""
    return Ask(f"{year}-01-01", f"{year}-01-01", f"{year}-{LAST_DAYS[months]}", (), "least-cost", "", "observed")


def replay(desk: Desk, progress: Callable[[str], None]) -> dict[int, list[Crossing]]:
    """The rows of each year."""
    rows = read_table("gas_flows")
    known: dict[tuple[str, int], float] = {}
    for row in rows:
        key = (row["border"], int(row["year"]))
        if row["basis"] == "iea" or key not in known:
            known[key] = float(row["bcm"]) * 12 / int(row["months"])
    found: dict[int, list[Crossing]] = {}
    for year in YEARS:
        progress(str(year))
        found[year] = []
        for row in rows:
            months = int(row["months"])
            if int(row["year"]) != year or float(row["bcm"]) * 12 / months < LEAST_BCM:
                continue
            ask = ask_of_year(year, months)
            last = before(known, row["border"], year - 1)
            scaled = None if last is None else last * months / 12
            found[year].append(Crossing(row, summed(desk.answer(ask), row["border"])[0], scaled))
    return found


def before(known: dict[tuple[str, int], float], border: str, year: int) -> float | None:
    """What crossed in the year before, by the same key or as the sum of its parts; None when a part is unknown."""
    if (border, year) in known:
        return known[border, year]
    parts = [known.get((one, year)) for one in border.split("+")]
    some = [one for one in parts if one is not None]
    return sum(some) if len(some) == len(parts) else None


def early_enough(desk: Desk, year: int, months: int) -> list[str]:
    """Rows of trade by pipe of the replayed year itself, or of trade of a later one, that the answer rests on: none."""
    table = load().table("gas_trade").by_id
    cited = [one.id for one in desk.answer(ask_of_year(year, months)).evidence if one.table == "gas_trade"]
    return [one for one in cited if int(table[one]["year"]) >= year + (table[one]["route"] == "lng")]


def score(some: Sequence[Crossing], *, simple: bool) -> list[str]:
    """Rank correlation, median error and rows of a set."""
    pairs = [(item.last if simple else item.value, item.published) for item in some]
    known = [(value, published) for value, published in pairs if value is not None]
    errors = [abs(value / published - 1) for value, published in known]
    return [str(len(known)), page.plain(rank_correlation(known), 2), page.percent(median(errors))]


def summary(found: dict[int, list[Crossing]]) -> str:
    """Scores by year and of all, beside last year's flow; where last year's is unknown both are left out."""
    lines = [
        "| year | rows | rank correlation | median error | rows | same flow as last year | its median error |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    groups = {str(year): items for year, items in found.items()}
    groups["all"] = [item for items in found.values() for item in items]
    groups["all but doubtful rows"] = [item for item in groups["all"] if not item.row["doubt"]]
    for name, items in groups.items():
        lines.append(f"| {name} | {' | '.join(score(items, simple=False))} | {' | '.join(score(items, simple=True))} |")
        both = [item for item in items if item.last is not None]
        if len(both) < len(items):
            lines.append(
                f"| {name}, rows with both | {' | '.join(score(both, simple=False))} |"
                f" {' | '.join(score(both, simple=True))} |"
            )
    return "\n".join(lines)


def details(found: dict[int, list[Crossing]]) -> str:
    """One line for each row."""
    lines = [
        "| border | year | published [bcm] | landbridge [bcm] | error | year before [bcm] | source |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for year, items in found.items():
        for item in sorted(items, key=lambda one: -one.published):
            months = "" if item.row["months"] == "12" else f", {item.row['months']} months"
            lines.append(
                f"| {item.row['border']} | {year}{months} | {item.published:.1f} | {item.value:.1f} |"
                f" {100 * (item.value / item.published - 1):+.0f} % | {page.plain(item.last, 1)} |"
                f" {item.row['basis']}{', doubtful' if item.row['doubt'] else ''} |"
            )
    return "\n".join(lines)
