"""Checks of what rows say: listed freight names its cargo, carriers are areas, corridors keep to theirs, months."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any, Final

from landbridge.facts.checks.complaint import Complaint
from landbridge.facts.checks.own import Own, rows_of
from landbridge.facts.days import months_between
from landbridge.facts.store import Facts

SCOPES: Final = ("only:", "not:")
RAILWAY: Final = "rail"
"""What a branch that is a railway from end to end says of its modes."""
BY_MONTH: Final = ("crossing_waits", "crossing_wait_rules", "parameters", "terminal_times")
"""Tables whose rows may name the months that they speak of."""


def listed(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """Where only listed freight passes, the row says which."""
    table = "crossing_status"
    for row in rows_of(facts, table, own):
        note = row["cargo_note"] or ""
        if row["freight"] == "listed" and not note.startswith(SCOPES):
            remedy = "begin cargo_note with 'only:' or 'not:'"
            problem = "which freight passes is not said"
            yield Complaint("error", "listed", table, row["id"], "cargo_note", problem, remedy)
        if row["freight"] != "listed" and note.startswith(SCOPES):
            problem = f"freight {row['freight']!r}, yet the note lists cargo: {note}"
            yield Complaint("error", "listed", table, row["id"], "freight", problem, "write listed, or mend the note")


def carriers(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """Carriers are `all`, `not:` or `only:` areas and groups."""
    rows = [row for row in rows_of(facts, "crossing_status", own) if row["carriers"] != "all"]
    groups = {row["group"] for row in facts.table("area_groups").rows} if rows else set()
    known = groups | set(facts.table("areas").by_id)
    for row in rows:
        scope, colon, names = row["carriers"].partition(":")
        unknown = [name for name in names.split(";") if name not in known] if colon else []
        if f"{scope}:" not in SCOPES or unknown:
            problem = f"{row['carriers']!r} names no carriers" if not unknown else f"{unknown[0]!r} is no area or group"
            remedy = "write all, not:AAA;BBB or only:AAA;BBB"
            yield Complaint("error", "carriers", "crossing_status", row["id"], "carriers", problem, remedy)


def corridors(facts: Facts) -> Iterator[Complaint]:
    """The gates of a corridor lie in the areas that it names; the posts of a railway have rails, planned ones too."""
    crossings, ports, ferries = (facts.table(name).by_id for name in ("crossings", "ports", "ferries"))
    for row in facts.table("corridors").rows:
        areas = set(row["areas"] or ())
        for gate in row["gates"]:
            kind, _, key = gate.partition(":")
            if kind == "crossing" and key in crossings:
                sides = {crossings[key]["area_a"], crossings[key]["area_b"]}
                if row["mode_chain"] == RAILWAY and RAILWAY not in (crossings[key]["modes"] or ()):
                    problem = f"a railway, but {gate} is a post of {' and '.join(crossings[key]['modes'])} alone"
                    remedy = "name the post of the railway, or give this one rails with a planned state"
                    yield Complaint("error", "corridors", "corridors", row["id"], "gates", problem, remedy)
            elif kind == "port" and key in ports:
                sides = {ports[key]["area"]}
            elif kind == "ferry" and key in ferries:
                sides = {ferries[key]["area_a"], ferries[key]["area_b"]}
            else:
                continue
            if not sides <= areas:
                problem = f"{gate} lies in {', '.join(sorted(sides - areas))}, which is not among its areas"
                remedy = "add the area or mend the gate"
                yield Complaint("doubt", "corridors", "corridors", row["id"], "gates", problem, remedy)


def territories(facts: Facts) -> Iterator[Complaint]:
    """A rule names an area or a gate where it holds; without one it cannot bite."""
    for row in facts.table("measure_rules").rows:
        if not row["territory_areas"] and not row["territory_gates"]:
            problem = f"no area or gate is known for its territory {row['territory']!r}"
            remedy = "fill territory_areas or territory_gates"
            yield Complaint("doubt", "territories", "measure_rules", row["id"], "territory", problem, remedy)


def months(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """Months come as a pair in their order, not with a figure of one day; of a post one judged wait holds at a time."""
    for table in BY_MONTH:
        for row in rows_of(facts, table, own):
            first, last, year = row["month_from"], row["month_to"], row["year"]
            if (first is None) != (last is None):
                problem, remedy = "one of its two months is missing", "name the first and the last, or neither"
                yield Complaint("error", "months", table, row["id"], "month_to", problem, remedy)
            elif first is not None and first > last and year is not None and year == (row.get("year_to") or year):
                problem = f"months {first} to {last} run over New Year, but it speaks of {year} alone"
                yield Complaint("error", "months", table, row["id"], "month_to", problem, "give each year a row")
            elif first is not None and row.get("kind") not in (None, "post", "side") and table == "crossing_wait_rules":
                problem, remedy = f"a rule of kind {row['kind']} holds all the year", "leave its months empty"
                yield Complaint("error", "months", table, row["id"], "month_from", problem, remedy)
    one_day = {row["metric"] for row in facts.table("wait_metrics").rows if row["one_day"]}
    for row in rows_of(facts, "crossing_waits", own):
        if row["metric"] in one_day and row["month_from"] is not None:
            problem, remedy = f"{row['metric']!r} says nothing of a whole month", "leave its months empty"
            yield Complaint("error", "months", "crossing_waits", row["id"], "month_from", problem, remedy)
    yield from _judged_twice(facts, own)


def _judged_twice(facts: Facts, own: Own) -> Iterator[Complaint]:
    """Two judged waits of a post for the same months of the same years, in one direction."""
    table = "crossing_wait_rules"
    posts: dict[tuple[Any, ...], list[Any]] = {}
    if own is not None and table not in own:
        return
    for row in facts.table(table).where(kind="post"):
        way = row["crossing"], row["mode"], row["area_a"], row["direction"], row["month_from"] is None
        posts.setdefault(way, []).append(row)
    for rows in posts.values():
        for one, other in combinations(sorted(rows, key=lambda row: (row["year"] or 0, row["id"])), 2):
            ours = own is None or {one["id"], other["id"]} & own[table]
            if ours and _years(one) & _years(other) and _months_of(one) & _months_of(other):
                problem = f"{one['id']} speaks of the same months of the same years"
                yield Complaint("error", "months", table, other["id"], "year", problem, f"end {one['id']} before it")


def _years(row: Any) -> set[int]:
    return set(range(row["year"] or 0, (row["year_to"] or row["year"] or 9999) + 1))


def _months_of(row: Any) -> frozenset[int]:
    return months_between(row["month_from"] or 1, row["month_to"] or 12)
