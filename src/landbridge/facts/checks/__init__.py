"""The checks of the facts: each gathers every complaint of its kind, with a remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from landbridge.facts.checks import (
    cells,
    energy,
    evidence,
    intervals,
    meanings,
    politics,
    positions,
    records,
    references,
    trade,
)
from landbridge.facts.checks.complaint import Complaint
from landbridge.facts.checks.grouping import Group, grouped
from landbridge.facts.checks.own import Own
from landbridge.facts.store import Facts

CELL_CHECKS: Final[tuple[Callable[[Facts], Iterator[Complaint]], ...]] = (cells.keys, cells.filled, cells.types)
"""Checks that need no types; the others run only when these find no error."""
CHECKS: Final[Mapping[str, Callable[[Facts], Iterator[Complaint]]]] = {
    "columns": cells.columns,
    "keys": cells.keys,
    "filled": cells.filled,
    "types": cells.types,
    "bounds": cells.bounds,
    "references": references.references,
    "areas": references.areas,
    "gates": references.gates,
    "subjects": references.subjects,
    "ways": references.ways,
    "listed": meanings.listed,
    "carriers": meanings.carriers,
    "corridors": meanings.corridors,
    "territories": meanings.territories,
    "months": meanings.months,
    "crossings": positions.crossings,
    "berths": positions.berths,
    "empty": intervals.empty,
    "overlaps": intervals.overlaps,
    "directions": intervals.directions,
    "gaps": intervals.gaps,
    "beginnings": intervals.beginnings,
    "open_closures": intervals.open_closures,
    "ahead": intervals.ahead,
    "within_measure": intervals.within_measure,
    "last_states": intervals.last_states,
    "points": energy.points,
    "named_points": energy.named_points,
    "fuel_areas": energy.fuel_areas,
    "parts": energy.parts,
    "stores": energy.stores,
    "energy_events": energy.energy_events,
    "readings": politics.readings,
    "aliases": politics.aliases,
    "responses": politics.responses,
    "response_readings": politics.response_readings,
    "votes": politics.votes,
    "clauses": records.clauses,
    "measured": records.measured,
    "pairs": records.pairs,
    "trade_groups": trade.trade_groups,
    "trade_wholes": trade.trade_wholes,
    "grades": evidence.grades,
    "shipping": evidence.shipping,
    "doubts": evidence.doubts,
}

OWN_CELL_CHECKS: Final[tuple[Callable[[Facts, Own], Iterator[Complaint]], ...]] = (
    references.areas,
    references.gates,
    references.subjects,
)
"""What is looked at in a user's own rows even while cells of theirs cannot be read."""
OWN_CHECKS: Final[tuple[Callable[[Facts, Own], Iterator[Complaint]], ...]] = (
    cells.bounds,
    references.ways,
    meanings.listed,
    meanings.carriers,
    meanings.months,
    intervals.empty,
    intervals.overlaps,
    intervals.directions,
    energy.points,
    energy.named_points,
    energy.fuel_areas,
    energy.parts,
    energy.energy_events,
    politics.readings,
    politics.aliases,
    politics.responses,
    politics.response_readings,
    politics.votes,
    records.clauses,
    records.measured,
    records.pairs,
    trade.trade_groups,
    trade.trade_wholes,
)
"""What is looked at in those rows of a user that can be read."""


def check(facts: Facts) -> tuple[Complaint, ...]:
    """Gather every complaint about the facts, errors first.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> {complaint.severity for complaint in check(load())} <= {"error", "doubt"}
    True
    """
    found = [complaint for one in CELL_CHECKS for complaint in one(facts)]
    if not found:
        found = [complaint for one in CHECKS.values() if one not in CELL_CHECKS for complaint in one(facts)]
    lines = {(table, row.id): (row.file, row.line) for table, row in facts.laid}
    placed = (replace(one, file=at[0], line=at[1]) if (at := lines.get((one.table, one.id))) else one for one in found)
    return tuple(sorted(placed, key=lambda c: (c.severity != "error", c.check, c.table, c.id, c.field)))


__all__ = ["CHECKS", "OWN_CELL_CHECKS", "OWN_CHECKS", "Complaint", "Group", "check", "grouped"]
