"""Checks of trade by partner: its lists have one number for each group of goods and add up, a year has its whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from landbridge.facts.checks.complaint import Complaint
from landbridge.facts.checks.own import Own, rows_of
from landbridge.facts.store import Facts

ROUNDED: Final = 0.06
"""How far a number rounded to a tenth may lie off [10^6 USD]."""


def trade_groups(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """The lists of a row have a number for each group of goods, and add up to the whole."""
    rows = list(rows_of(facts, "area_trade", own))
    groups = len(facts.table("trade_groups").rows) if rows else 0
    for row in rows:
        for side in ("exports", "imports"):
            column = f"{side}_by_group_musd"
            try:
                parts = [float(one) for one in row[column]]
            except ValueError:
                problem, remedy = "its list holds something else than numbers", "write amounts joined by ;"
                yield Complaint("error", "trade_groups", "area_trade", row["id"], column, problem, remedy)
                continue
            if len(parts) != groups:
                problem, remedy = f"it has {len(parts)} groups of goods, not {groups}", "give one number for each group"
                yield Complaint("error", "trade_groups", "area_trade", row["id"], column, problem, remedy)
            elif abs(sum(parts) - row[f"{side}_musd"]) > ROUNDED * (groups + 1):
                problem, remedy = f"its groups add up to {sum(parts):g}, not {row[f'{side}_musd']:g}", "compare the two"
                yield Complaint("error", "trade_groups", "area_trade", row["id"], column, problem, remedy)


def trade_wholes(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """An area with partners in a year has a row for all partners together, and none of them has more."""
    rows = list(rows_of(facts, "area_trade", own))
    every = facts.table("area_trade").rows if rows else ()
    wholes = {(row["area"], row["year"]): row for row in every if row["partner"] is None}
    for row in rows:
        whole = wholes.get((row["area"], row["year"]))
        if whole is None:
            problem, remedy = "no row for all partners of that year", "add one with an empty partner"
            yield Complaint("error", "trade_wholes", "area_trade", row["id"], "partner", problem, remedy)
        elif any(row[name] > whole[name] + ROUNDED for name in ("exports_musd", "imports_musd")):
            problem, remedy = "more trade than with all partners together", f"compare {whole['id']}"
            yield Complaint("error", "trade_wholes", "area_trade", row["id"], "partner", problem, remedy)
