"""Reading the parts of a record from the tables, as they stand on the day of a world."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from landbridge.politics.breaks import trend
from landbridge.politics.parameters import value
from landbridge.politics.record_parts import Act, Clause, Event, Figure, Meeting, Post, Series, Text, Work
from landbridge.politics.subject import Subject
from landbridge.politics.telling import last_known, told_from
from landbridge.politics.texts import state_of
from landbridge.politics.ties import tied_from
from landbridge.world import crossing_state, project_state
from landbridge.world.intervals import FIRST_DAY, ends, known, starts
from landbridge.world.membership import area_set, areas_of
from landbridge.world.names import name_on
from landbridge.world.sayings import said_on
from landbridge.world.world import World

if TYPE_CHECKING:
    from landbridge.facts import Row
    from landbridge.facts.days import Day
    from landbridge.world import Pass

MONTH_DAYS: Final = 365.25 / 12
EVERYBODY: Final = frozenset({"ALL", "UN"})
"""All areas, and the members of the United Nations."""


def text(world: World, row: Row) -> Text:
    """An agreement on the day.

    Examples
    --------
    >>> world = World.at("2012-01-01")
    >>> text(world, world.facts.row("agreements", "zurich-2009")).state
    'signed, not in force'
    """
    signed, in_force, ended = (_past(world, row[name]) for name in ("signed", "in_force", "ended"))
    # What the tables call its status is that of their last day.
    status = row["status"] if last_known(world) >= world.facts.last_day else ""
    parties = tuple(one for token in row["party_codes"] or () for one in _party(world, token))
    return Text(row["id"], row["title"], state_of(world, row), parties, signed, in_force, ended,
                _said(world, row["content"]), status, row["grade"], _said(world, row["note"]))  # fmt: skip


def _party(world: World, token: str) -> list[str]:
    """An area or group as it stands; of a bloc its members on the day."""
    return sorted(area_set(world, token)) if token.startswith("bloc:") else [token]


def clauses(world: World, subject: Subject) -> tuple[Clause, ...]:
    """The clauses that were agreed by the day.

    Examples
    --------
    >>> from landbridge.politics.subject import find_subject
    >>> world = World.at("2021-06-01")
    >>> told = {one.number: one.state for one in clauses(world, find_subject(world.facts, "tri-2020"))}
    >>> told["2"], told["9"]
    ('done', 'open')
    """
    begun = begins(world, subject)
    found = []
    for row in _own(world, "clauses", subject):
        agreed = row["agreed"].first if row["agreed"] is not None else begun
        if agreed is None or (agreed <= world.day and (world.known_on is None or agreed <= world.known_on)):
            found.append(_clause(world, row))
    return tuple(sorted(found, key=lambda one: (_order(one.number), one.id)))


def _clause(world: World, row: Row) -> Clause:
    done, ended = _past(world, row["done_on"]), _past(world, row["ended_on"])
    due = row["due"]
    late = due is not None and due.first < world.day
    if done is not None:
        state = "ended" if ended is not None else row["outcome"]
    elif ended is not None:
        state = "lapsed"
    elif row["outcome"] == "not known":
        state = "cannot tell"
    elif row["outcome"] == "disputed" and row["done_on"] is None:
        state = "disputed"
    else:
        state = "overdue" if late else "open"
    delay = None
    if due is not None and (done is not None or late) and state != "lapsed":
        last = row["done_on"].first if done is not None else world.day
        delay = max(0.0, round((last - due.first).days / MONTH_DAYS, 1))
    came = (row["came"] if done is not None else None, row["ended_why"] if ended is not None else None)
    asks = _said(world, row["asks"], row["planned"])
    return Clause(row["id"], row["number"], row["topic"], asks, state, _text(due), _planned(row, asks), done, ended,
                  delay,
                  "; ".join(filter(None, (_said(world, one) for one in came))), _said(world, row["views"]),
                  row["grade"], _said(world, row["note"]))  # fmt: skip


def events(world: World, subject: Subject) -> tuple[Event, ...]:
    """What happened up to the day, in order."""
    rows = [row for row in _own(world, "record_events", subject) if _told(world, row)]
    return tuple(_event(world, row) for row in sorted(rows, key=lambda row: (row["from"].first, row["id"])))


def _event(world: World, row: Row) -> Event:
    what = _said(world, row["what"], row["planned"])
    now = row["to"] is None or world.day < ends(row, world.known_on)
    return Event(row["id"], row["kind"], str(row["from"]), _past(world, row["to"]), _planned(row, what), now,
                 row["by_areas"] or (), row["areas"] or (), what, row["grade"], _said(world, row["note"]))  # fmt: skip


def meetings(world: World, subject: Subject) -> tuple[Meeting, ...]:
    """Meetings up to the day, in order."""
    rows = [row for row in _own(world, "meetings", subject) if _told(world, row)]
    return tuple(_meeting(world, row) for row in sorted(rows, key=lambda row: (row["from"].first, row["id"])))


def _meeting(world: World, row: Row) -> Meeting:
    result = _said(world, row["result"], row["planned"])
    return Meeting(row["id"], str(row["from"]), _planned(row, result), row["place"], row["level"],
                   row["attended"] or (), row["absent"] or (), _said(world, row["others"]), result, row["grade"],
                   _said(world, row["note"]))  # fmt: skip


def figures(world: World, subject: Subject) -> tuple[Figure, ...]:
    """Numbers up to the day: those of a year once it is over, those of a day since then."""
    rows = [row for row in _own(world, "figures", subject) if _told(world, row)]
    return tuple(
        Figure(row["id"], row["subject"], row["measure"], unit_of(row["measure"]), str(row["from"]), row["value"],
               row["low"], row["high"], row["by"] or "", row["definition"] or "", row["grade"],
               _said(world, row["note"]))
        for row in sorted(rows, key=lambda row: (row["measure"], row["subject"], row["from"].first, row["id"]))
    )  # fmt: skip


def series(world: World, told: tuple[Figure, ...]) -> tuple[Series, ...]:
    """Figures of at least two years of one subject and measure by one source of truth, as a series."""
    groups: dict[tuple[str, str], dict[int, float]] = {}
    for one in told:
        # Where sides differ, no series is made of both.
        if not one.by:
            groups.setdefault((one.measure, one.subject), {})[int(one.date[:4])] = one.value
    gain = value(world.facts, "break-bic")
    found = []
    for (measure, subject), by_year in groups.items():
        years = sorted(by_year)
        if len(years) > 1:
            values = tuple(by_year[year] for year in years)
            found.append(Series(subject, measure, unit_of(measure), tuple(years), values, trend(years, values, gain)))
    return tuple(found)


def unit_of(measure: str) -> str:
    """The unit that ends the name of a measure.

    Examples
    --------
    >>> unit_of("remittances_of_gdp_pct")
    'pct'
    """
    return measure.rpartition("_")[2]


def acts(world: World, ids: tuple[str, ...]) -> tuple[Act, ...]:
    """Measures that had begun by the day, in order."""
    rows = [world.facts.row("measures", key) for key in ids]
    return tuple(
        Act(row["id"], row["kind"], row["imposers"], row["targets"], _said(world, row["goods_modes"]), str(row["from"]),
            _past(world, row["to"]), "in force" if world.day < ends(row, world.known_on) else "over",
            _said(world, row["effect"]), row["grade"])
        for row in sorted(rows, key=lambda row: (starts(row), row["id"]))
        if _begins(world, row)
    )  # fmt: skip


def measures_between(world: World, areas: Collection[str]) -> Iterator[Row]:
    """Measures that one of some areas imposed on another; those of everybody or on everybody are not of two areas.

    Examples
    --------
    >>> world = World.at("2024-06-01")
    >>> sorted(row["id"] for row in measures_between(world, ("ARM", "TUR")))
    ['arm-tur20', 'tur-arm-air23', 'tur-arm-cargo', 'tur-arm93']
    """
    for row in world.facts.table("measures").rows:
        if not EVERYBODY.isdisjoint((*(row["imposer_codes"] or ()), *(row["target_codes"] or ()))):
            continue
        by, on = (areas_of(world, row[name]).intersection(areas) for name in ("imposer_codes", "target_codes"))
        if any(one != other for one in by for other in on):
            yield row


def posts(world: World, subject: Subject) -> tuple[Post, ...]:
    """Border posts of the pairs of a record by mode: what passed on the day before it, what passes on the day."""
    before = _day_before(world, subject)
    if not subject.pairs or before is None:
        return ()
    then = World.at(before, world.facts, known_on=world.known_on)
    found = []
    for row in world.facts.table("crossings").rows:
        pair = "-".join(sorted((row["area_a"], row["area_b"])))
        if pair in subject.pairs:
            for mode in row["modes"] or ():
                old, new = (_freight(one, row, mode) for one in (then, world))
                found.append(Post(row["id"], pair, mode, old[0], new[0], old[1] and new[1], new[2]))
    return tuple(found)


def both_ways(world: World, row: Row, mode: str) -> list[Pass]:
    """The state of a crossing in either direction."""
    ways = ((row["area_a"], row["area_b"]), (row["area_b"], row["area_a"]))
    return [crossing_state(world, row["id"], mode, start, end) for start, end in ways]


def _freight(world: World, row: Row, mode: str) -> tuple[str, bool, str]:
    """The most that passes in either direction, whether that is sure, and why."""
    best = min(both_ways(world, row, mode), key=lambda one: ("all", "listed", "none").index(one.freight))
    return best.freight, best.certainty == "sure", said_on(best.reason, world.day)


def works(world: World, ids: tuple[str, ...]) -> tuple[Work, ...]:
    """Works and their state on the day."""
    told = ((world.facts.row("projects", key), project_state(world, key)) for key in ids)
    return tuple(Work(row["id"], row["name"], state.open, state.certainty == "sure") for row, state in told)


def begins(world: World, subject: Subject) -> date | None:
    """The first day of a record: its own, else the first on which one of its agreements was signed or in force."""
    if subject.table == "ties":
        return tied_from(world.facts.row("ties", subject.id))
    if subject.since is not None:
        return subject.since.first
    rows = [world.facts.row("agreements", key) for key in subject.agreements]
    days = [row[name].first for row in rows for name in ("signed", "in_force") if row[name] is not None]
    return min(days, default=None)


def _day_before(world: World, subject: Subject) -> date | None:
    begun = begins(world, subject)
    if subject.before is not None:
        day = subject.before.first
    elif begun is not None:
        day = begun - timedelta(days=1)
    else:
        return None
    return day if FIRST_DAY <= day < world.day else None


def _own(world: World, table: str, subject: Subject) -> Iterator[Row]:
    return (row for row in world.facts.table(table).rows if row["record_id"] == subject.id)


def _begins(world: World, row: Mapping[str, Any]) -> bool:
    return starts(row) <= world.day and known(row, world.known_on)


def _told(world: World, row: Mapping[str, Any]) -> bool:
    """Whether the day of a row, as far as it is known, has surely come."""
    return told_from(row["from"]) <= last_known(world)


def said(world: World, subject: Subject) -> Subject:
    """A subject whose description says nothing of later days; the name of a tie is a description too."""
    name = _said(world, subject.name) if subject.table == "ties" else subject.name
    if subject.table == "blocs":
        name = name_on(world.facts, "bloc", subject.id, world.day) or name
    return replace(subject, name=name or subject.id, what=_said(world, subject.what))


def _said(world: World, text: str | None, planned: Sequence[str] | None = None) -> str:
    return said_on(text, last_known(world), planned or ())


def _planned(row: Row, told: str) -> tuple[str, ...]:
    """The days of a row that lay ahead when it began and that are told."""
    return tuple(one for one in row["planned"] or () if one in told)


def _past(world: World, day: Day | None) -> str | None:
    """A day as text when it has come; None else."""
    return None if day is None or day.first > last_known(world) else str(day)


def _text(day: Day | None) -> str | None:
    return None if day is None else str(day)


def _order(number: str) -> tuple[int, str]:
    digits = "".join(sign for sign in number.split(".", maxsplit=1)[0] if sign.isdigit())
    return (int(digits) if digits else 10**6, number)
