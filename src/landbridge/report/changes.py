"""What a comparison changes as a table for a terminal: who gains and loses by how much, and how many do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from landbridge.report import country_changes, fuel_changes, phrases
from landbridge.report.boxes import boxed
from landbridge.report.names import Names
from landbridge.report.numbers import readable, signed, significant

if TYPE_CHECKING:
    from rich.table import Table

Answer = Mapping[str, Any]
COMPARED: Final = ("hours", "usd", "generalised_usd", "kg_co2e")
MOST_SUBJECTS: Final = 20
"""So many areas of a comparison of gas or oil are told in a terminal."""
OUTCOME_WORDS: Final = {
    "gains": "gains",
    "loses": "loses",
    "same": "same",
    "changes": "changes",
    "opens": "a way opens",
    "shuts": "no way left",
    "never": "no way in both",
}
OUTCOME_STYLES: Final = {"gains": "green", "opens": "green", "loses": "red", "shuts": "red"}
NAMES: Final = {"hours": "time", "usd": "cost", "kg_co2e": "emissions", "km": "length",
         "generalised_usd": "cost with time",
         **fuel_changes.WORDS}  # fmt: skip


def table(answer: Answer, names: Names | None = None) -> tuple[Table, int]:
    """One row for each subject and indicator that a reader is shown, and how many subjects are left out."""
    from rich.text import Text

    found = boxed()
    for name, right in (("Subject", False), ("What", False), ("Base", True), ("Changed", True), ("Difference", True),
                        ("%", True), ("", False), ("Grade", False)):  # fmt: skip
        found.add_column(name, justify="right" if right else "left", overflow="fold")
    before = None
    rows, left = shown_changes(answer), 0
    if fuel_changes.speaks_of(answer):
        rows, left = fuel_changes.first_subjects(rows, MOST_SUBJECTS)
    for row in rows:
        outcome = str(row["outcome"])
        found.add_row(
            subject(answer, row, names) if row["subject"] != before else "",
            NAMES.get(row["name"], phrases.plain_words(row["name"])),
            _amount(row["base"], row["unit"]),
            _amount(row["other"], row["unit"]),
            signed(*readable(row["delta"], row["unit"])) if row["delta"] is not None else "",
            "" if row["percent"] is None else f"{row['percent']:+.1f}",
            Text(OUTCOME_WORDS.get(outcome, outcome), style=OUTCOME_STYLES.get(outcome, "")),
            str(row["grade"]),
        )
        before = row["subject"]
    return found, left


def subject(answer: Answer, row: Mapping[str, Any], names: Names | None = None) -> str:
    """What a change is about: an area by its name where a comparison is one of gas or oil."""
    code = str(row["subject"])
    return names.area(code) if names is not None and fuel_changes.speaks_of(answer) else code


def shown_changes(answer: Answer) -> list[Mapping[str, Any]]:
    """The changes that a reader is shown: time, cost, both, emissions; all others when there are none of these.

    A subject that has no way in a world, or that does not change at all, is shown once. Of gas and oil only what
    differs is shown.
    """
    if fuel_changes.speaks_of(answer):
        return fuel_changes.shown(answer)
    if country_changes.speaks_of(answer):
        return country_changes.shown(answer)
    rows = [row for row in answer["changes"] if row["name"] in COMPARED] or list(answer["changes"])
    by_subject: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_subject.setdefault(row["subject"], []).append(row)
    out: list[Mapping[str, Any]] = []
    for some in by_subject.values():
        alike = len({row["outcome"] for row in some}) == 1 and some[0]["outcome"] in ("opens", "shuts", "never", "same")
        out += some[:1] if alike else some
    return out


def summary(answer: Answer) -> list[str]:
    """How many subjects gain and lose, by the first indicator of each."""
    if fuel_changes.speaks_of(answer):
        return fuel_changes.summary(answer)
    if country_changes.speaks_of(answer):
        return country_changes.summary(answer)
    first: dict[str, str] = {}
    for row in answer["changes"]:
        if row["name"] == "generalised_usd":
            first[row["subject"]] = row["outcome"]
        else:
            first.setdefault(row["subject"], row["outcome"])
    counts: dict[str, int] = {}
    for outcome in first.values():
        counts[outcome] = counts.get(outcome, 0) + 1
    told = [f"{counts[name]} {OUTCOME_WORDS[name]}" for name in OUTCOME_WORDS if name in counts]
    return [f"By cost and time together: {'; '.join(told)}."] if told else []


def _amount(value: float | None, unit: str) -> str:
    shown, name = readable(value, unit)
    return country_changes.missing(unit) if shown is None else f"{significant(shown)} {name}"
