"""Checks of gas and oil: points without gap or contradiction, names of areas and points, parts of a whole, stores."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, Final

from landbridge.errors import nearest
from landbridge.facts.checks.complaint import Complaint
from landbridge.facts.checks.intervals import end, start
from landbridge.facts.checks.own import Own, rows_of, tables_of
from landbridge.facts.schema import wholes
from landbridge.facts.store import Facts
from landbridge.facts.tables import Row

POINTS: Final = "gas_points"
POOL: Final = "LNG"
NAMED: Final = {"gas_swaps": ("in_points", "out_points"), "gas_contracts": ("points",), "gas_events": ("point",)}
"""Columns that name points of gas_points."""
AREA_COLUMNS: Final = ("area", "importer", "origin", "exporter")
AREA_TABLES: Final = ("gas_", "oil_years", "lng_supply")
"""Beginnings of the names of tables whose areas may be sums, rests, classes or zones."""
MONTHS: Final = tuple(f"m{month:02d}" for month in range(1, 13))


def points(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """The rows of a point follow each other day by day, keep its two zones, and fit its kind."""
    named = {row["point"] for row in rows_of(facts, POINTS, own)}
    groups: dict[str, list[Row]] = {}
    for row in facts.table(POINTS).rows if named else ():
        if row["point"] in named:
            groups.setdefault(row["point"], []).append(row)
    for point, group in groups.items():
        rows = sorted(group, key=start)
        for row in rows:
            yield from _ends(row)
        for earlier, later in pairwise(rows):
            key, told = later["id"], f"{earlier['id']} ({point})"
            for column in ("from_zone", "to_zone"):
                if earlier[column] != later[column]:
                    problem = f"{later[column]} here, {earlier[column]} in {told}"
                    yield Complaint("error", "points", POINTS, key, column, problem, "give it another point")
            if start(later) < end(earlier):
                problem, remedy = f"contradicts {told} from {later['from']}", f"end {earlier['id']} on {later['from']}"
                yield Complaint("error", "points", POINTS, key, "from", problem, remedy)
            elif start(later) > end(earlier):
                problem = f"no capacity is told for {(start(later) - end(earlier)).days} days after {told}"
                yield Complaint("error", "points", POINTS, key, "from", problem, f"begin on {earlier['to']}")


def _ends(row: Row) -> Iterator[Complaint]:
    """The zones of one row against each other and against its kind."""
    origin, goal, kind = row["from_zone"], row["to_zone"], row["kind"]
    if origin == goal:
        yield Complaint("error", "points", POINTS, row["id"], "to_zone", "it leads back to its zone", "mend a zone")
    wanted = "lng-import" if origin == POOL else "lng-export" if goal == POOL else None
    if (wanted or kind) != kind or (wanted is None and kind.startswith("lng-")):
        problem = f"{kind} from {origin} to {goal}"
        yield Complaint("error", "points", POINTS, row["id"], "kind", problem, f"write {wanted or 'physical'}")


def named_points(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """Swaps, contracts and events name points that exist; a virtual flow runs against that of its pair."""
    known: dict[str, Row] = {}
    for table, columns in NAMED.items():
        for row in rows_of(facts, table, own):
            known = known or {one["point"]: one for one in facts.table(POINTS).rows}
            for column in columns:
                names = row[column] if isinstance(row[column], tuple) else filter(None, (row[column],))
                for name in names:
                    if name not in known:
                        close = nearest(name, known)
                        remedy = f"perhaps {close[0]}" if close else f"use a point of {POINTS}"
                        problem = f"{POINTS} has no point {name!r}"
                        yield Complaint("error", "named_points", table, row["id"], column, problem, remedy)
            if table == "gas_swaps" and row["kind"] == "virtual-reverse":
                yield from _against(row, known)


def _against(row: Row, known: dict[str, Row]) -> Iterator[Complaint]:
    pairs = {
        way: {(known[p]["from_zone"], known[p]["to_zone"]) for p in row[f"{way}_points"] or () if p in known}
        for way in ("in", "out")
    }
    if pairs["out"] != {(goal, origin) for origin, goal in pairs["in"]}:
        problem = "the virtual flow does not run against its pair"
        yield Complaint("error", "named_points", "gas_swaps", row["id"], "out_points", problem, "exchange or mend them")


def fuel_areas(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """Where a table of gas or oil names an area by a word, it is an area, a zone, or a word of energy_areas."""
    known: frozenset[str] = frozenset()
    for table in tables_of(facts, own):
        columns = [one.name for one in facts.schema[table] if one.name in AREA_COLUMNS and one.kind == "str"]
        if not columns or not table.startswith(AREA_TABLES):
            continue
        known = known or frozenset(
            key for name in ("areas", "gas_zones", "energy_areas") for key in facts.table(name).by_id
        )
        for row in rows_of(facts, table, own):
            for column in columns:
                if row[column] not in known:
                    problem = f"{row[column]!r} is no area, zone or word of energy_areas"
                    close = nearest(row[column], known)
                    remedy = f"perhaps {close[0]}" if close else "add the word to energy_areas"
                    yield Complaint("error", "fuel_areas", table, row["id"], column, problem, remedy)


def parts(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """The parts of a whole add up to one, and so do the months of a shape."""
    room = facts.row("check_limits", "parts_tolerance")["value"]
    for table in tables_of(facts, own):
        for column in facts.schema[table]:
            keys = wholes(column)
            mine = {tuple(row[key] for key in keys) for row in rows_of(facts, table, own)} if keys else set()
            groups: dict[tuple[Any, ...], list[Row]] = {}
            for row in facts.table(table).rows if mine else ():
                if row[column.name] is not None:
                    groups.setdefault(tuple(row[key] for key in keys), []).append(row)
            for whole, rows in groups.items():
                if whole in mine:
                    values = (row[column.name] for row in rows)
                    told = f"the parts of {' '.join(str(one) for one in whole)}"
                    yield from _whole(table, rows[0]["id"], column.name, values, told, room)
        if {*MONTHS} <= {column.name for column in facts.schema[table]}:
            for row in rows_of(facts, table, own):
                yield from _whole(table, row["id"], MONTHS[0], (row[month] for month in MONTHS), "the months", room)
    yield from _traded(facts, own, room)


def _traded(facts: Facts, own: Own, room: float) -> Iterator[Complaint]:
    """The told origins of an area's imports of oil are no more than all of them, and none is the area itself."""
    table = "oil_trade"
    groups: dict[tuple[str, int], list[Row]] = {}
    for row in facts.table(table).rows:
        groups.setdefault((row["area"], row["year"]), []).append(row)
    last = {(row["area"], row["year"]): row for row in rows_of(facts, table, own)}
    for (area, year), row in last.items():
        total = math.fsum(one["share"] for one in groups[area, year])
        if total > 1.0 + room:
            told = f"the origins of {area} {year} add up to {total:.4f}"
            yield Complaint("error", "parts", table, row["id"], "share", told, "make them add up to 1 at most")
    for row in rows_of(facts, table, own):
        if row["area"] == row["origin"]:
            yield Complaint("error", "parts", table, row["id"], "origin", "an area imports its own oil", "name another")


def _whole(table: str, key: str, field: str, values: Iterable[float], told: str, room: float) -> Iterator[Complaint]:
    total = math.fsum(values)
    if abs(total - 1.0) > room:
        yield Complaint("error", "parts", table, key, field, f"{told} add up to {total:.4f}", "make them add up to 1")


def stores(facts: Facts) -> Iterator[Complaint]:
    """A store is not fuller than full, and what can be drawn on a day does not fall when it fills."""
    for row in facts.table("gas_fills").rows:
        if row["fill_pct"] is not None and row["fill_pct"] > 100.0:
            problem = f"{row['fill_pct']:g} % of the working gas are in store"
            remedy = "take it as full; look up the working gas of that year"
            yield Complaint("doubt", "stores", "gas_fills", row["id"], "fill_pct", problem, remedy)
    kinds: dict[str, list[Row]] = {}
    for row in facts.table("gas_withdrawal_curves").rows:
        kinds.setdefault(row["kind"], []).append(row)
    for kind, group in kinds.items():
        rows = sorted(group, key=lambda row: row["fill_pct"])
        for lower, higher in pairwise(rows):
            if higher["rate_share"] < lower["rate_share"]:
                problem = f"less than at {lower['fill_pct']:g} %"
                table, key = "gas_withdrawal_curves", higher["id"]
                yield Complaint("error", "stores", table, key, "rate_share", problem, "exchange or mend them")
        if (rows[0]["fill_pct"], rows[-1]["fill_pct"], rows[-1]["rate_share"]) != (0.0, 100.0, 1.0):
            problem = f"the curve of {kind} does not run from 0 to 100 % and to a share of 1"
            key = rows[-1]["id"]
            yield Complaint("error", "stores", "gas_withdrawal_curves", key, "fill_pct", problem, "add its ends")


def energy_events(facts: Facts, own: Own = None) -> Iterator[Complaint]:
    """An event is about a point or a zone, ends after it begins, and says how much it leaves when it limits."""
    table = "gas_events"
    for row in rows_of(facts, table, own):
        if (row["point"] is None) == (row["zone"] is None):
            problem = "it names neither a point nor a zone" if row["point"] is None else "it names a point and a zone"
            yield Complaint("error", "energy_events", table, row["id"], "point", problem, "name one of them")
        if row["to"] is not None and row["to"].first <= row["date"].first:
            problem = f"it ends ({row['to']}) before it begins ({row['date']})"
            yield Complaint("error", "energy_events", table, row["id"], "to", problem, "`to` is the first day after it")
        if row["effect"] == "limit" and (
            row["to"] is None or (row["limit_mcmd"] is None and row["share_left"] is None)
        ):
            problem = "it limits, but its end or what it leaves is not said"
            remedy = "fill `to`, and limit_mcmd or share_left"
            yield Complaint("error", "energy_events", table, row["id"], "effect", problem, remedy)
