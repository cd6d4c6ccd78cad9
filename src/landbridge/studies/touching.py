"""Which questions a changed row may touch: a sieve that lets too many through rather than too few.

A question is touched when its answer names the row or a thing that the row is about. For a way it is touched also when
it could lead by that thing and be no longer than the longest way found, or passes an area that the row is about. A row
that says what is open counts only in worlds where that comes out otherwise; sources, grades and notes count only where
the answer names the row. What may slip through: a better way that is longer than all that were found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from landbridge.errors import LandbridgeError
from landbridge.facts.changes import RowChange
from landbridge.geo import great_circle_km

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.studies.ask import Asked
    from landbridge.studies.told import Desk, RowKey, Told
    from landbridge.world import World

_FUELS: Final = ("gas_", "oil_", "lng_", "energy_", "pipelines")
_POLITICS: Final = ("agreements", "alliance_names", "clauses", "crises", "crisis_", "figures", "formats",
                    "meetings", "obligations", "poles", "politics_", "record", "ties", "vote_")  # fmt: skip
_COMMON: Final = ("area", "coverage", "exceptional_times", "world_parameters")
READ: Final = {
    "gas": (*_FUELS, *_COMMON, "passage"),
    "oil": (*_FUELS, *_COMMON, "passage", "port"),
    "alliance": (*_POLITICS, *_COMMON, "blocs", "memberships", "measures"),
}
"""Beginnings of the names of the tables that a kind of question reads; a kind that is not here may read any."""
UNREAD: Final = {"route": (*_FUELS, *_POLITICS)}
"""Beginnings of the names of the tables that a kind does not read."""
WAYS: Final = frozenset(("route",))
"""Kinds of questions whose answers are ways."""
STATES: Final = frozenset(("crossing_status", "passage_status", "port_status", "ferry_status", "project_status",
                           "line_status", "seasons"))  # fmt: skip
"""Tables whose rows say what is open, shut or slow on a day, and nothing else."""
THINGS: Final = frozenset(("crossings", "ports", "passages", "ferries", "lines", "projects"))
TABLE_OF: Final = {"ferry": "ferries"}
"""The table of a kind of thing where it is not the kind with an s."""
LOOSE_FACTOR, LOOSE_KM = 1.5, 1000.0
"""How much longer than the straight line over its ends a way may be, for a question that was not asked yet."""

Point = tuple[float, float]


class Sieve:
    """Changed rows, and which questions they may touch.

    Parameters
    ----------
    changes
        The rows that differ.
    before, after
        Desks over the facts without and with the changes.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> from landbridge.facts.changes import changed_rows
    >>> from landbridge.studies.ask import Asked, to_question
    >>> from landbridge.studies.told import Desk
    >>> shut = [{"id": "bs-geo-rus-upper-lars-road-20160706", "to": "2019-01-01"}]
    >>> more = load().with_rows("crossing_status", shut)
    >>> sieve = Sieve(changed_rows(load(), more), Desk(load()), Desk(more))
    >>> one = to_question({"kind": "route", "from": "Yerevan", "to": "Moscow"})
    >>> [sieve.lets_through(Asked(one, day)) for day in ("2005-06-01", "2023-06-01")]
    [False, True]
    """

    def __init__(self, changes: Iterable[RowChange], before: Desk, after: Desk) -> None:
        self.changes = tuple(one for one in changes if one.kind != "same" and one.table != "sources")
        self._before = before
        self._after = after
        self._things = {(one.table, one.id): tuple(things_of(one, after.facts)) for one in self.changes}
        self._differs: dict[tuple[str | None, tuple[str, ...], RowKey], bool] = {}

    def lets_through(self, asked: Asked, told: Told | None = None) -> bool:
        """Whether a changed row may change the answer to a question.

        Parameters
        ----------
        told
            What it was answered with before; None where it was not asked yet: then only what is sure from the question
            alone is ruled out.
        """
        return any(self._may(one, asked, told) for one in self.changes)

    def _may(self, change: RowChange, asked: Asked, told: Told | None) -> bool:
        kind = asked.question.kind
        if told is not None and (change.table, change.id) in told.cited:
            return True
        if not change.table.startswith(READ.get(kind, ("",))) or change.table.startswith(UNREAD.get(kind, ())):
            return False
        if told is not None and change.only_evidence:
            return False
        return self._may_lead(change, asked, told) if kind in WAYS else _names_table(change, told)

    def _may_lead(self, change: RowChange, asked: Asked, told: Told | None) -> bool:
        """Whether a changed row may lead a way elsewhere."""
        things = about = self._things[change.table, change.id]
        if change.table in STATES and all(thing[0] in THINGS for thing in things):
            things = tuple(thing for thing in things if self._comes_out_otherwise(thing, asked))
            if not things:
                # the answer may yet name the row, and have another grade
                return told is None and _holds(change, asked) and self._near(about, asked, told)
        if told is not None and any(thing in told.cited for thing in things):
            return True
        if things:
            return self._near(things, asked, told)
        areas = _areas_of(change, self._after.facts)
        if areas is not None and told is not None:
            return bool(areas & told.areas) or not told.answered
        return areas is not None or _names_table(change, told)

    def _comes_out_otherwise(self, thing: RowKey, asked: Asked) -> bool:
        """Whether something is open, shut or slow otherwise in the world of the question."""
        key = (asked.on, asked.scenarios, thing)
        if key not in self._differs:
            states = [_states(desk.world(asked), *thing) for desk in (self._before, self._after)]
            self._differs[key] = states[0] != states[1]
        return self._differs[key]

    def _near(self, things: Sequence[RowKey], asked: Asked, told: Told | None) -> bool:
        """Whether a way by one of the things could be as short as the ways found."""
        facts = self._after.facts
        modes = set(asked.question.to_dict().get("modes") or ())
        things = [one for one in things if not modes or modes & _modes(facts, *one)]
        if not things:
            return False
        points = [point for thing in things if (point := _position(facts, *thing)) is not None]
        if len(points) < len(things):
            return True
        if told is not None and told.ends:
            ends, reach = told.ends, told.reach_km
        elif any(table != "crossings" for table, _ in things):
            return True
        else:
            ends = _stops(facts, asked)
            reach = LOOSE_FACTOR * _km(ends) + LOOSE_KM
        return not ends or any(_km((ends[0], point, ends[-1])) <= reach for point in points)


def things_of(change: RowChange, facts: Facts) -> Iterator[RowKey]:
    """What a row is about: crossings, ports, passages, ferries, lines, projects that it is or names.

    A pair of areas stands for all its crossings; what is none of these has a name of its own.
    """
    found: list[RowKey] = [(change.table, change.id)] if change.table in THINGS else []
    for column in facts.schema.get(change.table, ()):
        for cell in change.either(column.name):
            if column.target in THINGS:
                found += [(column.target, item) for item in cell.split(";")]
            elif column.kind == "subject":
                found += [(kind, cell) for kind in change.either("subject_kind")]
            elif column.kind == "gates":
                gates = (gate.partition(":") for gate in cell.split(";"))
                found += [(kind, key) for kind, _, key in gates]
    for table, key in dict.fromkeys(found):
        if table == "pair":
            pair = set(key.split("-"))
            rows = facts.table("crossings").rows
            yield from (("crossings", row["id"]) for row in rows if {row["area_a"], row["area_b"]} == pair)
        else:
            yield (table if table in THINGS else TABLE_OF.get(table, f"{table}s")), key


def _names_table(change: RowChange, told: Told | None) -> bool:
    return told is None or any(table == change.table for table, _ in told.cited)


def _holds(change: RowChange, asked: Asked) -> bool:
    """Whether the row holds on the day of the question, with the change or without."""
    rows = [row for row in (change.before, change.after) if row]
    return asked.on is None or any(row.get("from", "") <= asked.on < (row.get("to") or "9") for row in rows)


def _areas_of(change: RowChange, facts: Facts) -> frozenset[str] | None:
    """The areas that a row is about; None where it is about none, or about groups, blocs or all."""
    known = facts.table("areas").by_id
    columns = [one for one in facts.schema.get(change.table, ()) if one.target == "areas" or one.kind == "area_set"]
    words = {word for one in columns for cell in change.either(one.name) for word in cell.split(";")}
    return frozenset(words) if words and all(word in known for word in words) else None


def _states(world: World, table: str, key: str) -> list[Any]:
    """What passes a thing in a world, without the rows that say so."""
    from landbridge.world import crossing_state, ferry_state, line_state, passage_state, port_state, project_state
    from landbridge.world.crossings import modes_of

    if key not in world.facts.table(table).by_id:
        return []
    if table == "crossings":
        row = world.facts.row(table, key)
        ways = ((row["area_a"], row["area_b"]), (row["area_b"], row["area_a"]))
        found = [crossing_state(world, key, mode, *way) for mode in modes_of(row) for way in ways]
        return [replace(one, evidence=(), closed_by=()) for one in found]
    of = {"passages": passage_state, "ports": port_state, "ferries": ferry_state, "lines": line_state,
          "projects": project_state}  # fmt: skip
    return [replace(of[table](world, key), evidence=(), closed_by=())]


def _modes(facts: Facts, table: str, key: str) -> set[str]:
    """The modes that pass a crossing; all of other things."""
    from landbridge.world.crossings import modes_of

    row = facts.table("crossings").by_id.get(key) if table == "crossings" else None
    return {"rail", "road", "sea", "river", "air"} if row is None else set(modes_of(row))


def _km(points: Sequence[Point]) -> float:
    return sum(float(great_circle_km(*one, *two)) for one, two in pairwise(points))


def _position(facts: Facts, table: str, key: str) -> Point | None:
    """Where a thing or a place is; an area is everywhere."""
    if table not in THINGS and table != "places":
        return None
    row = facts.table(table).by_id.get(key) if table in facts.names else None
    if row is not None and table == "ferries":
        return _position(facts, "ports", str(row["port_a_id"]))
    if row is None or row.get("lat") is None or row.get("lon") is None:
        return None
    return float(row["lat"]), float(row["lon"])


def _stops(facts: Facts, asked: Asked) -> tuple[Point, ...]:
    """Where a question begins, is led by, and ends; nothing where that cannot be told without asking it."""
    from landbridge.world.places import resolve

    data = asked.question.to_dict()
    try:
        places = [resolve(word, facts) for word in (data["from"], *(data.get("via") or ()), data["to"])]
    except LandbridgeError:
        return ()
    return tuple((place.lat, place.lon) for place in places)
