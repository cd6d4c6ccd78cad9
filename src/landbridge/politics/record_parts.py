"""The parts of a record on a day: agreements, clauses, events, meetings, figures, measures, border posts, works."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from landbridge.answers.protocol import plain
from landbridge.politics.breaks import Trend


class _Plain:
    """Turns a part into plain data: days as text, rows of tables as they are."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {one.name: plain(getattr(self, one.name)) for one in fields(self)}  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Text(_Plain):
    """An agreement on the day; `texts` tells the states that it may have."""

    id: str
    title: str
    state: str
    parties: tuple[str, ...]
    signed: str | None
    in_force: str | None
    ended: str | None
    content: str
    status: str
    grade: str
    note: str


@dataclass(frozen=True, slots=True)
class Clause(_Plain):
    """A clause on the day.

    Attributes
    ----------
    planned
        Days that `asks` names and that lay ahead when it was agreed.
    state
        done, partly, disputed (told differently by the sides), open, overdue, lapsed (never done, no longer owed),
        ended (done, no longer so), cannot tell.
    delay_months
        From the day on which it was due to that on which it was done, else to the day of the world; None without one.
    """

    id: str
    number: str
    topic: str
    asks: str
    state: str
    due: str | None
    planned: tuple[str, ...]
    done_on: str | None
    ended_on: str | None
    delay_months: float | None
    came: str
    views: str
    grade: str
    note: str


@dataclass(frozen=True, slots=True)
class Event(_Plain):
    """What happened up to the day; `now` says whether it still holds, `planned` which days in `what` lay ahead then."""

    id: str
    kind: str
    since: str
    until: str | None
    planned: tuple[str, ...]
    now: bool
    by: tuple[str, ...]
    areas: tuple[str, ...]
    what: str
    grade: str
    note: str


@dataclass(frozen=True, slots=True)
class Meeting(_Plain):
    """A meeting up to the day: who took part, who was asked and stayed away, what was agreed, for which days ahead."""

    id: str
    date: str
    planned: tuple[str, ...]
    place: str
    level: str
    attended: tuple[str, ...]
    absent: tuple[str, ...]
    others: str
    result: str
    grade: str
    note: str


@dataclass(frozen=True, slots=True)
class Figure(_Plain):
    """A number up to the day, of one subject and measure."""

    id: str
    subject: str
    measure: str
    unit: str
    date: str
    value: float
    low: float | None
    high: float | None
    by: str
    definition: str
    grade: str
    note: str


@dataclass(frozen=True, slots=True)
class Series(_Plain):
    """The figures of one subject and measure over the years: first, last, slope and break where six years tell one."""

    subject: str
    measure: str
    unit: str
    years: tuple[int, ...]
    values: tuple[float, ...]
    trend: Trend | None

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        told = {name: plain(getattr(self, name)) for name in self.__slots__}
        return told | {"trend": None if self.trend is None else self.trend.to_dict()}


@dataclass(frozen=True, slots=True)
class Act(_Plain):
    """A measure that somebody imposed or alleged: in force or over on the day."""

    id: str
    kind: str
    imposers: str
    targets: str
    goods: str
    since: str
    until: str | None
    state: str
    effect: str
    grade: str


@dataclass(frozen=True, slots=True)
class Post(_Plain):
    """What passes a border post by one mode, on the day before and on the day."""

    id: str
    pair: str
    mode: str
    before: str
    now: str
    sure: bool
    why: str


@dataclass(frozen=True, slots=True)
class Work(_Plain):
    """A work that belongs to a record, and its state on the day."""

    id: str
    name: str
    state: str
    sure: bool
