"""Checks of what rows point to: rows of other tables, areas, gates, subjects, directions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from landbridge.errors import nearest
from landbridge.facts.checks.complaint import Complaint
from landbridge.facts.checks.own import Ids, Own, cells_of, rows_of, tables_of
from landbridge.facts.store import Facts

GATE_TABLES: Final[Mapping[str, str]] = {
    "crossing": "crossings",
    "port": "ports",
    "ferry": "ferries",
    "passage": "passages",
    "project": "projects",
    "branch": "corridors",
    "line": "lines",
    "area": "areas",
    "airspace": "areas",
    "place": "places",
}
"""The table that the id of a gate of each kind stands in; `pair` and `corridor` are read by themselves, and so is the
place of a gate, which has a position."""
EVERY_AREA: Final = "ALL"


def _hint(word: str, known: frozenset[str], table: str) -> str:
    close = nearest(word, known)
    return f"use a known id, perhaps {close[0]}" if close else f"use an id of {table} or add the row there"


def references(facts: Facts) -> Iterator[Complaint]:
    """Ids of other tables exist there."""
    ids = Ids(facts)
    for name in facts.names:
        pointers = [(at, column) for at, column in enumerate(facts.schema[name]) if column.target in ids]
        for cells in facts.cells(name).rows if pointers else ():
            for at, column in pointers:
                known = ids[column.target]
                for item in cells[at].split(";") if column.kind == "refs" else [cells[at]]:
                    word = item.strip()
                    if word and word not in known:
                        problem = f"the table {column.target} has no row {word!r}"
                        hint = _hint(word, known, column.target)
                        yield Complaint("error", "references", name, cells[0], column.name, problem, hint)


def areas(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """Sets of areas name areas, groups, blocs or ALL."""
    known: frozenset[str] = frozenset()
    for name in tables_of(facts, own):
        sets = [(at, column) for at, column in enumerate(facts.schema[name]) if column.kind == "area_set"]
        known = known or (_area_words(facts) if sets else known)
        for cells in cells_of(facts, name, own) if sets else ():
            for at, column in sets:
                for item in cells[at].split(";"):
                    if item.strip() and item.strip() not in known:
                        problem = f"{item.strip()!r} is no area, group, bloc:ID or {EVERY_AREA}"
                        hint = _hint(item.strip(), known, "areas")
                        yield Complaint("error", "areas", name, cells[0], column.name, problem, hint)


def _area_words(facts: Facts) -> frozenset[str]:
    """What a set of areas may name."""
    at_group = next(at for at, column in enumerate(facts.schema["area_groups"]) if column.name == "group")
    groups = {cells[at_group] for cells in facts.cells("area_groups").rows}
    ids = Ids(facts)
    return frozenset(ids["areas"] | groups | {EVERY_AREA} | {f"bloc:{bloc}" for bloc in ids["blocs"]})


def gates(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """Gates name rows that exist."""
    ids = Ids(facts)
    at_corridor = next(at for at, column in enumerate(facts.schema["corridors"]) if column.name == "corridor_id")
    corridors: frozenset[str] = frozenset()
    for name in tables_of(facts, own):
        columns = [(at, column) for at, column in enumerate(facts.schema[name]) if column.kind == "gates"]
        if columns and not corridors:
            corridors = frozenset(cells[at_corridor] for cells in facts.cells("corridors").rows)
        for cells in cells_of(facts, name, own) if columns else ():
            for at, column in columns:
                for gate in filter(None, (item.strip() for item in cells[at].split(";"))):
                    problem = _gate_problem(gate, ids, corridors)
                    if problem:
                        yield Complaint("error", "gates", name, cells[0], column.name, *problem)


def _gate_problem(gate: str, ids: Ids, corridors: frozenset[str]) -> tuple[str, str] | None:
    kind, _, key = gate.partition(":")
    if kind == "place":
        return None if "@" in key else (f"{gate!r} has no position", "write place:NAME@LAT LON")
    if kind == "pair":
        first, second = key[:3], key[4:]
        fine = {first, second} <= ids["areas"] or {key[:5], key[6:]} <= ids["areas"]
        return None if fine else (f"{gate!r} is no pair of areas", "write pair:AAA-BBB")
    if kind == "corridor":
        known = corridors
    elif kind in GATE_TABLES:
        if GATE_TABLES[kind] not in ids:
            return None
        known = ids[GATE_TABLES[kind]]
    else:
        return f"{gate!r} is of no known kind", f"use one of {', '.join((*GATE_TABLES, 'pair', 'corridor'))}"
    return None if key in known else (f"there is no {kind} {key!r}", _hint(key, known, GATE_TABLES.get(kind, kind)))


def subjects(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """A subject is an id of the table that its kind names; pairs are written in alphabetical order."""
    ids = Ids(facts)
    for name in tables_of(facts, own):
        names = [column.name for column in facts.schema[name]]
        at = next((at for at, column in enumerate(facts.schema[name]) if column.kind == "subject"), None)
        if at is None:
            continue
        at_kind = names.index("subject_kind")
        for cells in cells_of(facts, name, own):
            kind, subject = cells[at_kind], cells[at]
            if kind == "pair":
                sides = subject.split("-")
                if sides != sorted(sides) or not set(sides) <= ids["areas"]:
                    remedy = "write AAA-BBB in alphabetical order"
                    yield Complaint("error", "subjects", name, cells[0], "subject", f"{subject!r} is no pair", remedy)
            elif kind in GATE_TABLES and GATE_TABLES[kind] in ids and subject not in ids[GATE_TABLES[kind]]:
                hint = _hint(subject, ids[GATE_TABLES[kind]], GATE_TABLES[kind])
                yield Complaint("error", "subjects", name, cells[0], "subject", f"no {kind} {subject!r}", hint)


def ways(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """A direction is `both`, or one of the two ways over its crossing or pair."""
    crossings = {row["id"]: {row["area_a"], row["area_b"]} for row in facts.table("crossings").rows}
    for row in rows_of(facts, "crossing_status", own):
        sides = crossings.get(row["subject"]) or set(row["subject"].split("-"))
        yield from _direction(row["direction"], sides, "crossing_status", row["id"])
    for row in rows_of(facts, "crossing_waits", own):
        sides = {row["area"], row["counterpart_area"]} - {None}
        yield from _direction(row["direction"], sides, "crossing_waits", row["id"])
        if row["crossing"] and crossings.get(row["crossing"], sides) != sides:
            problem = f"{row['crossing']} does not join {' and '.join(sorted(sides))}"
            remedy = "match another crossing"
            yield Complaint("error", "ways", "crossing_waits", row["id"], "crossing", problem, remedy)


def _direction(text: str, sides: set[str], table: str, key: str) -> Iterator[Complaint]:
    if text != "both" and set(text.split(">")) != sides:
        problem = f"{text!r} does not lead between {' and '.join(sorted(sides))}"
        yield Complaint("error", "ways", table, key, "direction", problem, "write both, or AAA>BBB")
