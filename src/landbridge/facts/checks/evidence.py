"""Checks of evidence: every row has sources and a grade, and they fit together."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.facts.checks.complaint import Complaint
from landbridge.facts.store import Facts

RECALLED = "general-knowledge"


def grades(facts: Facts) -> Iterator[Complaint]:
    """What was only recalled is graded D or C, and a better grade has a source with an address."""
    sources = facts.table("sources").by_id
    for name in facts.names:
        columns = {column.name for column in facts.schema[name]}
        if not {"source_id", "grade"} <= columns:
            continue
        for row in facts.table(name).rows:
            cited = row["source_id"] or ()
            if row["grade"] in {"A", "B"} and set(cited) == {RECALLED}:
                problem = f"grade {row['grade']} rests on general knowledge alone"
                yield Complaint("error", "grades", name, row["id"], "grade", problem, "name a source or grade it D")
            elif row["grade"] in {"A", "B"} and not any(s in sources and sources[s]["url"] for s in cited):
                problem = f"grade {row['grade']}, but no source has an address"
                yield Complaint("doubt", "grades", name, row["id"], "source_id", problem, "find the address")


def shipping(facts: Facts) -> Iterator[Complaint]:
    """Rows rest on sources that may be passed on."""
    barred = {row["id"] for row in facts.table("sources").rows if not row["may_ship"]}
    for name in facts.names:
        if "source_id" not in {column.name for column in facts.schema[name]}:
            continue
        for row in facts.table(name).rows:
            for source in barred.intersection(row["source_id"] or ()):
                problem = f"the source {source} may not be passed on"
                yield Complaint("doubt", "shipping", name, row["id"], "source_id", problem, "keep it out of exports")


def doubts(facts: Facts) -> Iterator[Complaint]:
    """What the rows themselves call doubtful."""
    for name in facts.names:
        if "doubt" not in {column.name for column in facts.schema[name]}:
            continue
        for row in facts.table(name).rows:
            if row["doubt"]:
                yield Complaint("doubt", "doubts", name, row["id"], "doubt", row["doubt"], "look it up")
