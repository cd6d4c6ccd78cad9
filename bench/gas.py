"""Published shortfalls, orderings and the list of January 2009 against the gas model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench import page
from bench.gas_ask import Desk, ask_of, read
from bench.gas_simple import ProportionalRule
from bench.rows import read as read_table
from bench.score import rank_correlation

FULLY_SHORT = 50.0
"""An area runs fully short when it lacks more than this of what it asks for, before another fuel steps in [%]."""
FALSE_ALARM = 10.0
"""An area that did not run short may be told as short by this much [points]."""
JANUARY = {"on": "2009-01-07", "from": "2009-01-07", "to": "2009-01-19", "scenarios": "", "cold": "", "sharing": ""}


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A published row with the model's value and the rule's."""

    row: dict[str, str]
    question: dict[str, str]
    value: float | None
    simple: float | None

    def inside(self, value: float | None) -> bool:
        """Whether a value lies in the row's range."""
        return value is not None and float(self.row["low"]) - 1e-6 <= value <= float(self.row["high"]) + 1e-6


def shortfalls(desk: Desk, table: str, progress: Callable[[str], None]) -> list[Shortfall]:
    """The rows of a table that can be put."""
    rule = ProportionalRule(desk)
    rows = {row["id"]: row for row in read_table(table)}
    found = []
    for question in read_table(f"{table}_questions"):
        if question["posed"] == "yes":
            progress(question["row"])
            ask = ask_of(question)
            value, simple = read(desk, ask, question["measure"]), rule.value(ask, question["measure"])
            found.append(Shortfall(rows[question["row"]], question, value, simple))
    return found


def score(scored: Sequence[Shortfall], *, simple: bool = False) -> list[str]:
    """Answered, inside, mean error in points and rank correlation, the last two over rows in percent."""
    values = [item.simple if simple else item.value for item in scored]
    pairs = [
        (value, float(item.row["value"]))
        for item, value in zip(scored, values, strict=True)
        if value is not None and item.row["unit"].startswith("%")
    ]
    inside = sum(item.inside(value) for item, value in zip(scored, values, strict=True))
    errors = [abs(value - published) for value, published in pairs]
    mean = sum(errors) / len(errors) if errors else None
    return [
        page.of(sum(value is not None for value in values), len(values)), page.of(inside, len(values)),
        page.plain(mean, 1), page.plain(rank_correlation(pairs), 2), str(len(pairs)),
    ]  # fmt: skip


def summary(scored: Sequence[Shortfall]) -> str:
    """Scores of the rows by kind, the rule beside."""
    lines = [
        "| rows | answered | inside the range | mean error [points] | rank correlation | rows in % |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name in ("observed", "model", "all"):
        some = [item for item in scored if name in ("all", item.row["kind"])]
        if some:
            lines.append(f"| {name} | {' | '.join(score(some))} |")
            known = [item for item in some if item.simple is not None]
            lines.append(f"| {name}, proportional rule | {' | '.join(score(known, simple=True))} |")
    return "\n".join(lines)


def details(scored: Sequence[Shortfall]) -> str:
    """One line for each row."""
    lines = [
        "| row | what | sharing | published | range | landbridge | proportional rule | |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for item in scored:
        row, question = item.row, item.question
        what = f"{row['area']}: {row['measure']}, {row['scenario']} ({row['study'].split(' (')[0]})"
        mark = "" if item.inside(item.value) else "no answer" if item.value is None else "outside"
        lines.append(
            f"| {row['id']} | {what} | {question['sharing']} | {row['value']} {row['unit']} |"
            f" {row['low']} - {row['high']} | {page.plain(item.value, 1)} | {page.plain(item.simple, 1)} | {mark} |"
        )
    return "\n".join(lines)


def not_posed(table: str) -> str:
    """Rows that are not put, with the reason."""
    rows = {row["id"]: row for row in read_table(table)}
    asked = read_table(f"{table}_questions")
    return "\n".join(
        f"- {one['row']} {rows[one['row']]['area']} ({rows[one['row']]['measure']}): {one['note']}"
        for one in asked
        if one["posed"] != "yes"
    )


def orderings(desk: Desk, progress: Callable[[str], None]) -> tuple[int, int, list[str]]:
    """How many published orderings hold, of how many, and those that do not.

    A strict "harder" is missed by two zeros; "no less" and "less when" hold with equal numbers.
    """
    held, missed = 0, []
    rows = read_table("gas_orderings")
    for row in rows:
        progress(row["id"])
        values = []
        for side in ("more", "less"):
            measure, _, sharing = row[side].rpartition(":")
            values.append(read(desk, ask_of(row, sharing), measure))
        one, other = values
        strict = "harder" in row["what"]
        good = one is not None and other is not None and (one > other + 1e-6 if strict else one >= other - 1e-6)
        held += good
        if not good:
            missed.append(f"- {row['id']} {row['what']}: {page.plain(one, 1)} and {page.plain(other, 1)}")
    return held, len(rows), missed


def january(desk: Desk) -> tuple[str, str]:
    """The list of January 2009: a summary and a table."""
    ask, rule = ask_of(JANUARY, "national"), ProportionalRule(desk)
    alarms: dict[str, list[int]] = {"model": [0, 0], "rule": [0, 0]}
    lines = [
        f"| area | what the sources say | {' | '.join(ORDER)} | proportional rule | |",
        f"| --- | --- |{' --- |' * len(ORDER)} --- | --- |",
    ]
    rows = read_table("gas_2009")
    for row in rows:
        lack = {one: read(desk, ask_of(JANUARY, one), f"lacking_pct:{row['area']}") or 0.0 for one in ORDER}
        short = {one: read(desk, ask_of(JANUARY, one), f"shortage_pct:{row['area']}") or 0.0 for one in ORDER}
        simple = rule.value(ask, f"lacking_pct:{row['area']}") or 0.0
        mark = ""
        if row["state"] == "short":
            good = lack["national"] >= FULLY_SHORT
            alarms["model"][0] += good
            alarms["rule"][0] += simple >= FULLY_SHORT
            mark = "found" if good else "missed"
        elif row["state"] == "not-short":
            good = short["national"] <= FALSE_ALARM
            alarms["model"][1] += not good
            alarms["rule"][1] += simple > FALSE_ALARM
            mark = "" if good else "false alarm"
        cells = " | ".join(f"{lack[one]:.0f} ({short[one]:.0f})" for one in ORDER)
        lines.append(f"| {row['area']} | {row['state']}: {row['what']} | {cells} | {simple:.0f} | {mark} |")
    fully, free = (sum(row["state"] == state for row in rows) for state in ("short", "not-short"))
    text = "\n".join(
        f"{label}: {page.of(alarms[key][0], fully)} of the areas that ran fully short found (they lack at least"
        f" {FULLY_SHORT:.0f} %); {page.of(alarms[key][1], free)} of those that did not are told short by more than"
        f" {FALSE_ALARM:.0f} points."
        for key, label in (("model", "National sharing"), ("rule", "The proportional rule"))
    )
    return text.replace("points.\nThe", "points.\n\nThe"), "\n".join(lines)


ORDER = ("national", "equal", "least-cost")
