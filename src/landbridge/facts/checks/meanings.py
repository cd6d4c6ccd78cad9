"""Checks of what rows say: listed freight names its cargo, carriers are areas, corridors keep to their areas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from landbridge.facts.checks.complaint import Complaint
from landbridge.facts.checks.own import Own, rows_of
from landbridge.facts.store import Facts

SCOPES: Final = ("only:", "not:")


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
    """The gates of a corridor lie in the areas that it names."""
    crossings, ports, ferries = (facts.table(name).by_id for name in ("crossings", "ports", "ferries"))
    for row in facts.table("corridors").rows:
        areas = set(row["areas"] or ())
        for gate in row["gates"]:
            kind, _, key = gate.partition(":")
            if kind == "crossing" and key in crossings:
                sides = {crossings[key]["area_a"], crossings[key]["area_b"]}
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
