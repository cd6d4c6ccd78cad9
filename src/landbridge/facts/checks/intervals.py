"""Checks of dated rows: empty intervals, overlaps, contradictions, gaps, closures that nobody confirmed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

from landbridge.facts.checks.complaint import Complaint
from landbridge.facts.checks.own import Own, rows_of, tables_of
from landbridge.facts.store import Facts
from landbridge.facts.tables import Row

FROM_TO: Final = (("from", "to"), ("signed", "ended"), ("in_force", "ended"), ("founded", "dissolved"))
YEARS: Final = ("year_from", "year_to")
_CONFIRMED: Final = re.compile(r"last confirmed|confirmed .*\d{4}", re.IGNORECASE)
_STOPS: Final = re.compile(r"\bwar\b|\bshut by\b|Covid|stopped|out of use|no trains since", re.IGNORECASE)
_UNCONFIRMED: Final = re.compile(r"not confirmed by a source", re.IGNORECASE)

Key = tuple[Any, ...]
DATED: Final[Mapping[str, tuple[str, ...]]] = {
    "ferry_status": ("ferry",),
    "project_status": ("project",),
    "memberships": ("bloc", "area", "pair_with"),
    "area_groups": ("group", "area"),
    "line_status": ("line",),
    "port_status": ("port",),
    "passage_status": ("passage",),
    "control": ("subject",),
    "gas_strategic_stocks": ("area",),
    "gas_swaps": ("swap",),
}
"""Tables of states that follow each other, and the columns that say whose state it is."""


def start(row: Mapping[str, Any]) -> date:
    """First day of a row; the earliest day there is when it has none."""
    return row["from"].first if row["from"] else date.min


def end(row: Mapping[str, Any]) -> date:
    """First day on which a row no longer holds; the latest day there is while it holds."""
    return row["to"].first if row["to"] else date.max


def empty(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """An interval ends after it begins."""
    for name in tables_of(facts, own):
        names = {column.name: column.kind for column in facts.schema[name]}
        pairs = [(a, b) for a, b in (*FROM_TO, YEARS) if a in names and b in names and names[a] in {"day", "int"}]
        for row in rows_of(facts, name, own) if pairs else ():
            for first, last in pairs:
                if row[first] is None or row[last] is None:
                    continue
                wrong = row[last] < row[first] if first == "year_from" else row[last].first <= row[first].first
                # an interval known to the year or month only may begin and end in the same one
                coarse = first != "year_from" and "day" not in {row[first].precision, row[last].precision}
                if wrong and not (coarse and row[last].first == row[first].first):
                    problem = f"it ends ({row[last]}) before it begins ({row[first]})"
                    yield Complaint("error", "empty", name, row["id"], last, problem, "`to` is the first day after it")


def _groups(rows: Sequence[Row], key: Callable[[Row], Iterator[Key]]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = {}
    for row in rows:
        for one in key(row):
            found.setdefault(one, []).append(row)
    return {one: sorted(group, key=lambda row: (start(row), end(row))) for one, group in found.items()}


def _alongside(facts: Facts, name: str, columns: tuple[str, ...], own: Own) -> Sequence[Row]:
    """The rows about the same things as those to look at."""
    if own is None:
        return facts.table(name).rows
    things = {tuple(row[column] for column in columns) for row in rows_of(facts, name, own)}
    return (
        [row for row in facts.table(name).rows if tuple(row[column] for column in columns) in things] if things else []
    )


def _crossing_keys(row: Row) -> Iterator[Key]:
    """A row of crossing_status speaks for each of its modes and directions."""
    for mode in ("road", "rail") if row["mode"] == "both" else (row["mode"],):
        yield row["subject"], mode, row["direction"]


def _overlaps(name: str, rows: Sequence[Row], says: Callable[[Row], Key], whose: str, own: Own) -> Iterator[Complaint]:
    for earlier, later in pairwise(rows):
        if own is not None and not {earlier["id"], later["id"]} & own[name]:
            continue
        if start(later) < end(earlier):
            same = says(earlier) == says(later)
            if own is not None and later["id"] not in own[name]:
                problem = f"{'overlaps with' if same else 'contradicts'} {later['id']} ({whose}) from {later['from']}"
                remedy = f"end it on {later['from']}"
                yield Complaint("doubt" if same else "error", "overlaps", name, earlier["id"], "to", problem, remedy)
                continue
            problem = f"{'overlaps with' if same else 'contradicts'} {earlier['id']} ({whose}) from {later['from']}"
            remedy = f"end {earlier['id']} on {later['from']}"
            yield Complaint("doubt" if same else "error", "overlaps", name, later["id"], "from", problem, remedy)


def overlaps(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """Rows about the same subject, mode and direction follow each other."""

    def passes(row: Row) -> Key:
        return row["freight"], row["persons"], row["carriers"], row["cargo_note"]

    for key, rows in _groups(_alongside(facts, "crossing_status", ("subject",), own), _crossing_keys).items():
        yield from _overlaps("crossing_status", rows, passes, " ".join(key), own)
    for name, columns in DATED.items():
        if own is not None and name not in own:
            continue
        declared = {column.name for column in facts.schema.get(name, ())}
        if not {*columns, "from", "to"} <= declared:
            continue

        def whose(row: Row, columns: tuple[str, ...] = columns) -> Iterator[Key]:
            yield tuple(row[column] for column in columns)

        def says(row: Row, has: bool = "status" in declared) -> Key:
            return (row["status"],) if has else ()

        for key, rows in _groups(_alongside(facts, name, columns, own), whose).items():
            yield from _overlaps(name, rows, says, " ".join(str(part) for part in key if part), own)


def directions(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """A row for one direction and a row for both do not contradict each other on the same days."""
    groups = _groups(_alongside(facts, "crossing_status", ("subject",), own), _crossing_keys)
    for (subject, mode, direction), rows in groups.items():
        if direction == "both":
            continue
        for both in groups.get((subject, mode, "both"), ()):
            for row in rows:
                if own is not None and not {row["id"], both["id"]} & own["crossing_status"]:
                    continue
                if start(row) < end(both) and start(both) < end(row):
                    if own is not None and row["id"] not in own["crossing_status"]:
                        problem = f"{row['id']} speaks for one direction on the same days"
                        remedy = f"end it on {row['from']} or split it into two directions"
                        yield Complaint(
                            "error", "directions", "crossing_status", both["id"], "direction", problem, remedy
                        )
                        continue
                    problem = f"{both['id']} speaks for both directions on the same days"
                    remedy = f"end {both['id']} on {row['from']} or split it into two directions"
                    yield Complaint("error", "directions", "crossing_status", row["id"], "direction", problem, remedy)


def gaps(facts: Facts) -> Iterator[Complaint]:
    """States of one crossing follow each other without a day that nobody speaks for."""
    kinds = {"crossing"}
    rows = [row for row in facts.table("crossing_status").rows if row["subject_kind"] in kinds]
    ways: dict[Key, list[tuple[date, date, Row]]] = {}
    for (subject, mode, _), group in _groups(rows, _crossing_keys).items():
        ways.setdefault((subject, mode), []).extend((start(row), end(row), row) for row in group)
    for (subject, mode), spans in ways.items():
        reached = date.min
        for first, last, row in sorted(spans, key=lambda span: span[:2]):
            if reached not in {date.min, date.max} and first > reached:
                days = (first - reached).days
                problem = f"{subject} {mode} has no state for {days} days before {row['from']}"
                remedy = f"add a row from {reached} or move the first day"
                yield Complaint("doubt", "gaps", "crossing_status", row["id"], "from", problem, remedy)
            reached = max(reached, last)


def open_closures(facts: Facts) -> Iterator[Complaint]:
    """A closure without an end names the day on which a source last confirmed it."""
    for row in facts.table("crossing_status").rows:
        if row["freight"] != "none" or row["to"] or row["cargo_note"] == "planned":
            continue
        reason = row["reason"] or ""
        if _UNCONFIRMED.search(reason) or not _CONFIRMED.search(reason):
            problem = f"closed to freight since {row['from']} without an end, and no source confirms it lately"
            remedy = "name the day and source that last confirmed it, or end it"
            yield Complaint("doubt", "open_closures", "crossing_status", row["id"], "to", problem, remedy)


def beginnings(facts: Facts) -> Iterator[Complaint]:
    """A record that begins with a closure says what passed before it: else the post counts as not there yet."""
    rows = [row for row in facts.table("crossing_status").rows if row["subject_kind"] == "crossing"]
    ways: dict[Key, list[Row]] = {}
    for (subject, mode, _), group in _groups(rows, _crossing_keys).items():
        ways.setdefault((subject, mode), []).extend(group)
    for (subject, mode), group in ways.items():
        first = min(group, key=start)
        late = start(first) > facts.first_day and first["precision"] != "before"
        words = f"{first['reason'] or ''} {first['cargo_note'] or ''}"
        if late and first["freight"] == "none" and _STOPS.search(words):
            problem = f"{subject} {mode} begins with a closure on {first['from']}"
            remedy = "add a row of what passed before it, or say that it was not there"
            yield Complaint("doubt", "beginnings", "crossing_status", first["id"], "from", problem, remedy)


def ahead(facts: Facts) -> Iterator[Complaint]:
    """No dated state begins after the last day that the facts cover by more than a year."""
    last = facts.last_day + timedelta(days=366)
    for name in ("crossing_status", "measure_rules", *DATED):
        if "from" not in {column.name for column in facts.schema.get(name, ())}:
            continue
        for row in facts.table(name).rows:
            if row["from"] and row["from"].first > last:
                problem = f"it begins on {row['from']}, after the last day that the facts cover"
                yield Complaint("doubt", "ahead", name, row["id"], "from", problem, "check the year")


def within_measure(facts: Facts) -> Iterator[Complaint]:
    """A rule lies within the days of its measure."""
    measures = facts.table("measures").by_id
    for row in facts.table("measure_rules").rows:
        measure = measures.get(row["measure_id"])
        if measure and (start(row) < start(measure) or (start(row) >= end(measure))):
            span = f"{measure['from']} to {measure['to'] or 'open'}"
            problem = f"it begins on {row['from']}, outside its measure ({span})"
            yield Complaint("doubt", "within_measure", "measure_rules", row["id"], "from", problem, "compare the two")


def last_states(facts: Facts) -> Iterator[Complaint]:
    """The state written in a list of things is that of their last dated row."""
    for things, states, pointer in (("ferries", "ferry_status", "ferry"), ("projects", "project_status", "project")):
        last: dict[str, Row] = {}
        for row in sorted(facts.table(states).rows, key=start):
            last[row[pointer]] = row
        for row in facts.table(things).rows:
            state = last.get(row["id"])
            if state is None:
                problem = f"no row in {states}"
                yield Complaint("error", "last_states", things, row["id"], "", problem, "add its dated states")
            elif state["status"] != row["status"]:
                problem = f"{row['status']} here, but {state['status']} in {state['id']}"
                yield Complaint("doubt", "last_states", things, row["id"], "status", problem, f"mend it or {states}")
    known = {row["subject"] for row in facts.table("crossing_status").rows}
    for row in facts.table("crossings").rows:
        if row["id"] not in known and not row["inferred"]:
            remedy = "add its dated states; without them it counts as open"
            yield Complaint("doubt", "last_states", "crossings", row["id"], "", "no row in crossing_status", remedy)
