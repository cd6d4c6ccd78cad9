"""Checks of records: clauses in the order of their days, units of figures, pairs of areas that border each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from landbridge.facts.checks.complaint import Complaint
from landbridge.facts.checks.own import Own, rows_of
from landbridge.facts.store import Facts

UNITS: Final = ("pct", "usd", "musd", "busd", "tusd", "usdkcm", "tenge", "persons", "count", "bcm", "tcf", "bbarrels",
                "kbd", "t", "teu", "mtco2e", "km", "hectares", "h", "years")  # fmt: skip
"""Units that the name of a measure in `figures` ends with: `musd`, `busd` and `tusd` are 10^6, 10^9 and 10^12 dollars,
`usdkcm` dollars for a thousand cubic metres, `tcf` 10^12 cubic feet, `bbarrels` 10^9 barrels, `kbd` 10^3 barrels a day,
`mtco2e` 10^6 tonnes of CO2 equivalent."""


def clauses(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """What a clause asks is agreed, then done, then over; what was done has a day, what was not done has none."""
    for row in rows_of(facts, "clauses", own):
        days = [row[name] for name in ("agreed", "done_on", "ended_on")]
        told = [day for day in days if day is not None and day.precision == "day"]
        if any(second.first < first.first for first, second in pairwise(told)):
            problem = f"its days run backwards: {', '.join(map(str, told))}"
            yield Complaint("error", "clauses", "clauses", row["id"], "done_on", problem, "compare the days")
        if row["outcome"] in {"done", "partly"} and row["done_on"] is None:
            problem, remedy = f"{row['outcome']}, but on no day", "give the day, or say that it is not known"
            yield Complaint("error", "clauses", "clauses", row["id"], "done_on", problem, remedy)
        if row["outcome"] in {"not done", "not known"} and row["done_on"] is not None:
            problem = f"{row['outcome']}, but on {row['done_on']}"
            yield Complaint("error", "clauses", "clauses", row["id"], "outcome", problem, "say what came of it")


def measured(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """The name of a measure ends with its unit, and the range holds the value."""
    for row in rows_of(facts, "figures", own):
        unit = row["measure"].rpartition("_")[2]
        if unit not in UNITS:
            problem, remedy = (
                f"{row['measure']} ends with no unit that is known",
                f"end it with one of {', '.join(UNITS)}",
            )
            yield Complaint("error", "measured", "figures", row["id"], "measure", problem, remedy)
        low, high = row["low"], row["high"]
        if (low is not None and low > row["value"]) or (high is not None and high < row["value"]):
            problem = f"{row['value']:g} lies outside of its range"
            yield Complaint("error", "measured", "figures", row["id"], "value", problem, "compare the three numbers")


def pairs(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """The border posts of a record are those of pairs that have some."""
    known = {"-".join(sorted((row["area_a"], row["area_b"]))) for row in facts.table("crossings").rows}
    for row in rows_of(facts, "records", own):
        for pair in row["pairs"] or ():
            if pair not in known:
                problem, remedy = f"no border post between {pair}", "write AAA-BBB in the order of the alphabet"
                yield Complaint("error", "pairs", "records", row["id"], "pairs", problem, remedy)
