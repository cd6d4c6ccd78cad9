"""What the facts alone say of the points of gas and oil pipes: capacity by day, from dated rows and dated cuts.

A point has one row for each interval of its capacity; `gas_events` adds cuts of hours to months. An event is read so:

- `limit_mcmd` is a cap, `share_left` a share of what the point could pass on the day before (sources speak of the flow,
  so the share is handed on too); a stop with both blank is the end of a contract and leaves transit untouched.
- An event without an end holds until the next one of its point, or until a later row of `gas_points` begins: that row
  knows what came after. Of two that hold, the later decides; when a short one ends, the longer one decides again.
- An event whose `effect` is contract or told bounds nothing. One that the rows tell themselves (in-points) is a drop.
- `raise` tells a flow that grew, not a capacity: it ends what came before and caps nothing. `destroyed` ends no stop:
  it caps what a restart could bring back. `info` changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal

from landbridge.facts import Facts, Row
from landbridge.world.intervals import ends, known, starts
from landbridge.world.steps import LAST, pieces
from landbridge.world.types import Evidences

Commodity = Literal["gas", "oil"]
TABLE: Final[Mapping[str, str]] = {"gas": "gas_points", "oil": "oil_points"}
COLUMNS: Final[Mapping[str, tuple[str, str, str]]] = {
    "gas": ("from_zone", "to_zone", "capacity_mcmd"),
    "oil": ("from_zone", "to_zone", "capacity_kbd"),
}
SAID: Final = ("contract", "told")
"""Effects of events that bound nothing: the end of a sale, a flow that was told."""
IN_ROWS: Final = "in-points"
"""The effect of an event that the rows of its point tell themselves."""
LESS: Final = ("stop", "cut", "destroyed")
LNG: Final = "LNG"
"""The zone that stands for the world pool of liquefied gas."""
SEA_KINDS: Final = ("lng-import", "lng-export")
"""Kinds of point that are terminals of liquefied gas."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a point can pass in [start, end), as ordinals: million m3 a day of gas, thousand barrels a day of oil.

    `undisturbed` is what its row alone says; `flow_share` the share of the usual flow that an event leaves where it
    names no amount; `evidence` the row and the event that lowers it.
    """

    start: int
    end: int
    value: float
    undisturbed: float
    flow_share: float
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Point:
    """A directed point: where it leads, and its capacity from its first row on, without a gap.

    `drops` are the ordinals of the days on which a dated cut began that the rows themselves tell.
    """

    id: str
    tail: str
    head: str
    kind: str
    pipeline: str
    capacities: tuple[Capacity, ...]
    drops: tuple[int, ...] = ()

    def before(self, day: int) -> float:
        """What its rows let pass on the day before an ordinal."""
        return next((one.undisturbed for one in self.capacities if one.start < day <= one.end), 0.0)

    @property
    def first(self) -> int:
        """The ordinal of the first day that its rows cover."""
        return self.capacities[0].start

    @property
    def largest(self) -> float:
        """The largest capacity that any of its rows gives."""
        return max(one.undisturbed for one in self.capacities)


@dataclass(frozen=True, slots=True)
class _Event:
    start: int
    end: int
    action: str
    cap: float | None
    flow_share: float
    id: str


@lru_cache(maxsize=16)
def points(facts: Facts, commodity: Commodity, known_on: date | None = None) -> Mapping[str, Point]:
    """All points of a commodity by id, in order of the id; none when the table is absent.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> points(load(), "gas")["nord-stream-1"].largest
    167.0
    """
    table = TABLE[commodity]
    if table not in facts.names:
        return MappingProxyType({})
    rows: dict[str, list[Row]] = {}
    for row in facts.table(table).rows:
        if known(row, known_on):
            rows.setdefault(row["point"], []).append(row)
    events: dict[str, list[Row]] = {}
    if commodity == "gas":
        for row in facts.table("gas_events").rows:
            if (
                row["point"] is not None
                and row["effect"] not in SAID
                and (known_on is None or row["date"].first <= known_on)
            ):
                events.setdefault(row["point"], []).append(row)
    return MappingProxyType(
        {key: _point(commodity, key, rows[key], events.get(key, []), known_on) for key in sorted(rows)}
    )


def _point(commodity: Commodity, key: str, rows: list[Row], told: list[Row], known_on: date | None) -> Point:
    tail, head, column = COLUMNS[commodity]
    rows = sorted(rows, key=starts)
    events = _events(rows, told, column, known_on)
    first = starts(rows[0]).toordinal()
    marks = [
        *(starts(row).toordinal() for row in rows),
        *(mark for event in events for mark in (event.start, event.end)),
    ]
    capacities = []
    for start, end in pieces(marks, first, LAST):
        row = max((row for row in rows if starts(row).toordinal() <= start), key=starts)
        usual = value = float(row[column])
        share = 1.0
        evidence: Evidences = ((TABLE[commodity], row["id"]),)
        for event in _deciding(events, start):
            if event.cap is not None and event.cap < usual:
                value, share = min(value, event.cap), min(share, event.flow_share)
                evidence = (("gas_events", event.id), *evidence)
        capacities.append(Capacity(start, end, value, usual, share, evidence))
    last = rows[-1]
    kind, line = last.get("kind") or "physical", last["pipeline"] or ""
    drops = sorted(row["date"].first.toordinal() for row in told if row["effect"] == IN_ROWS and row["action"] in LESS)
    return Point(key, last[tail], last[head], kind, line, tuple(capacities), tuple(drops))


def _events(rows: list[Row], told: list[Row], column: str, known_on: date | None) -> list[_Event]:
    """The events of a point in order of their day, each with its end and its cap."""
    acts = sorted((row for row in told if row["action"] != "info"), key=lambda row: (row["date"].first, row["id"]))
    later_rows = [starts(row) for row in rows]
    out = []
    for place, row in enumerate(acts):
        day = row["date"].first
        end = ends(row, known_on)
        if end == date.max:
            after = acts[place + 1 :]
            if row["action"] == "destroyed":
                following = [one["date"].first for one in after if one["action"] == "restart"]
            else:
                following = [one["date"].first for one in after if one["action"] != "destroyed"]
            end = min((one for one in (*following, *later_rows) if one > day), default=date.max)
        left = 1.0 if row["limit_mcmd"] is not None or row["share_left"] is None else float(row["share_left"])
        cap = _cap(row, rows, column)
        out.append(_Event(day.toordinal(), end.toordinal(), row["action"], cap, left, row["id"]))
    return out


def _cap(event: Row, rows: list[Row], column: str) -> float | None:
    """The most that passes by an event, None where it caps nothing."""
    if event["action"] == "raise":
        return None
    if event["limit_mcmd"] is not None:
        return float(event["limit_mcmd"])
    if event["share_left"] is None or event["share_left"] >= 1.0:
        return None
    before = [row for row in rows if starts(row) < event["date"].first]
    return float(event["share_left"]) * float((before or rows)[-1 if before else 0][column])


def _deciding(events: list[_Event], day: int) -> list[_Event]:
    """The events that decide on a day: the latest begun of those that hold, and each destruction."""
    held = [event for event in events if event.start <= day < event.end]
    latest = [event for event in held if event.action != "destroyed"][-1:]
    return latest + [event for event in held if event.action == "destroyed"]
