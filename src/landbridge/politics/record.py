"""What came when it was asked for: appeals, responses, delays, and which of them count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from landbridge.politics.grouping import Grouping, agreements_of
from landbridge.world.intervals import known, starts
from landbridge.world.sayings import said_on

if TYPE_CHECKING:
    from landbridge.facts import Facts, Row
    from landbridge.facts.days import Day
    from landbridge.world import World

RESPONSES: Final = ("deployed", "consultations", "declined")
"""Responses to an appeal: forces or a mission sent, talks, refusal."""
PENDING: Final = "not yet known"
_LENGTH: Final = {"day": 1, "month": 31, "year": 366}


@dataclass(frozen=True, slots=True)
class ResponseRead:
    """How some read the response to an appeal; `since` is the first day, month or year in which they are known to."""

    id: str
    read_by: tuple[str, ...]
    response: str
    terms: str
    since: str
    grade: str

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__} | {"read_by": list(self.read_by)}


@dataclass(frozen=True, slots=True)
class Case:
    """One crisis: who appealed to whom against what, what came and after how many days.

    Attributes
    ----------
    group
        Body or treaty whose appeals are counted together.
    date
        Day of what the appeal was about, as far as `date_precision` goes; `appeal_date` is that of the appeal.
    delay_days
        From appeal to response; None where one of the days is not known to the day, `delay_low` and `delay_high` then
        bound it.
    counted
        Whether it is a real appeal to an existing partner whose response is known on the day.
    readings
        How the sides read the response, side by side; `response` says what was done.
    """

    id: str
    group: str
    date: date
    date_precision: str
    place: str
    appeal_by: tuple[str, ...]
    appeal_words: str
    addressee: str
    appeal_date: str | None
    threat: str
    threat_from: str
    article: str
    decision: str
    response: str
    response_date: str | None
    delay_days: int | None
    delay_low: int | None
    delay_high: int | None
    forces: str
    counted: bool
    reason: str
    comparison: bool
    grade: str
    note: str
    readings: tuple[ResponseRead, ...] = ()

    @property
    def disputed(self) -> bool:
        """Whether somebody reads the response otherwise than as what was done."""
        return any(one.response != self.response for one in self.readings)

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        data = {name: getattr(self, name) for name in self.__slots__}
        return data | {
            "date": self.date.isoformat(),
            "appeal_by": " ".join(self.appeal_by) or None,
            "readings": [one.to_dict() for one in self.readings],
            "disputed": self.disputed,
        }


def cases(world: World) -> tuple[Case, ...]:
    """Every crisis that began by the day, as it is known on that day, in the order of days."""
    rows = [row for row in world.facts.table("crises").rows if _seen(row, world)]
    read: dict[str, list[ResponseRead]] = {}
    for row in world.facts.table("crisis_readings").rows:
        if starts(row) <= world.day and known(row, world.known_on):
            read.setdefault(row["crisis_id"], []).append(_reading(row, world.day))
    found = (_make(row, world.day, read.get(row["id"], ())) for row in rows)
    return tuple(sorted(found, key=lambda one: (one.date, one.id)))


def _reading(row: Row, today: date) -> ResponseRead:
    terms = said_on(row["terms"], today)
    since = str(row["from"])
    return ResponseRead(row["id"], tuple(row["read_by"]), row["response"], terms, since, row["grade"])


def _seen(row: Row, world: World) -> bool:
    day: Day = row["date"]
    return day.first <= world.day and known({"from": day}, world.known_on)


def record(world: World, grouping: Grouping, told: tuple[Case, ...] | None = None) -> tuple[Case, ...]:
    """The crises of a grouping up to the day.

    Examples
    --------
    >>> from landbridge.politics.grouping import find
    >>> from landbridge.world import World
    >>> world = World.at("2022-05-16")
    >>> [(one.id, one.response, one.delay_days) for one in record(world, find(world.facts, "CSTO"))][-2]
    ('csto-kaz-2022', 'deployed', 1)
    """
    rows = world.facts.table("crises").by_id
    everything = cases(world) if told is None else told
    some = (one for one in everything if _of(rows[one.id], grouping))
    return tuple(_counted_here(world.facts, one, rows[one.id]["bloc_id"], grouping) for one in some)


def _counted_here(facts: Facts, one: Case, bloc: str | None, grouping: Grouping) -> Case:
    """A crisis as the record of a grouping holds it: an appeal counts once, for the body or treaty of its group.

    One under a treaty of two that could have gone to a bloc too counts for the treaty, neither for the bloc nor for
    the agreements on which the bloc rests.
    """
    if not one.counted or one.group == grouping.id or bloc is None or one.group == bloc:
        return one
    if grouping.kind != "bloc" and set(grouping.agreements).isdisjoint(agreements_of(facts, bloc)):
        return one
    return replace(one, counted=False, reason=f"counts for {one.group}: {one.reason}")


def _of(row: Row, grouping: Grouping) -> bool:
    if grouping.kind == "bloc":
        return bool(row["bloc_id"] == grouping.id)
    return bool(set(row["agreement_ids"] or ()) & set(grouping.agreements)) and (
        grouping.kind == "agreement" or row["bloc_id"] is None or row["group"] != row["bloc_id"]
    )


def _make(row: Row, today: date, read: Sequence[ResponseRead]) -> Case:
    response, came = row["response"], row["response_date"]
    pending = came is not None and came.first > today
    if pending:
        response, came = PENDING, None
    low, high = _delay(row["appeal_date"], came)

    def said(column: str) -> str:
        return said_on(row[column], today)

    return Case(
        id=row["id"],
        group=row["group"],
        date=row["date"].first,
        date_precision=row["date"].precision,
        place=row["place"],
        appeal_by=tuple(row["appeal_areas"] or ()),
        appeal_words=said("appeal_by"),
        addressee=said("addressee"),
        appeal_date=None if row["appeal_date"] is None else str(row["appeal_date"]),
        threat=row["kind_of_threat"],
        threat_from=said("threat_from"),
        article=said("article"),
        decision="" if pending else said("decision"),
        response=response,
        response_date=None if came is None else str(came),
        delay_days=low if low == high else None,
        delay_low=low,
        delay_high=high,
        forces="" if pending else said("forces"),
        counted=row["counted"] and response in RESPONSES,
        reason="the response is not yet known on the day" if pending else said("counted_reason"),
        comparison=row["comparison"],
        grade=row["grade"],
        note=said("note"),
        readings=() if pending else tuple(sorted(read, key=lambda one: (one.since, one.id))),
    )


def _delay(asked: Day | None, came: Day | None) -> tuple[int | None, int | None]:
    """Days from appeal to response: fewest and most that the two partial days allow."""
    if asked is None or came is None:
        return None, None
    last_asked = asked.first + timedelta(days=_LENGTH[asked.precision] - 1)
    last_came = came.first + timedelta(days=_LENGTH[came.precision] - 1)
    low, high = (came.first - last_asked).days, (last_came - asked.first).days
    return max(low, 0), max(high, 0)
