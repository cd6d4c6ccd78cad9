"""Signs of strain and of easing between two areas over time, counted by kind; an index that is only their number.

The index of a span is how many of seven kinds of strain were seen in it (`STRAIN`), so one rich source cannot drive it
up and every part stands beside it. Signs of easing are counted apart and are not taken off. All of it comes from tables
that are samples: nought means that they hold nothing, not that there was nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from landbridge.politics.record_rows import both_ways, measures_between
from landbridge.politics.subject import Subject
from landbridge.politics.telling import YEAR_DAYS, last_known, told_from
from landbridge.politics.votes import last_seen, votes
from landbridge.world.intervals import FIRST_DAY, ends, starts
from landbridge.world.membership import areas_of
from landbridge.world.sayings import said_on

if TYPE_CHECKING:
    from landbridge.facts import Row
    from landbridge.world import World

Pair = tuple[str, str]
STRAIN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "incidents": "incident",
        "diplomacy": "diplomacy",
        "demands": "condition",
        "barriers": "closure restriction flight suspension",
        "drills": "exercise",
        "measures": "",
        "appeals": "",
    }
)
"""Kinds of strain, and the kinds of events that show them; measures and appeals have tables of their own."""
EASING: Final[Mapping[str, str]] = MappingProxyType(
    {"openings": "opening", "agreements": "signature", "meetings": "", "exercises": ""}
)
"""Kinds of easing; meetings with both, and joint exercises of both, have tables of their own."""
YEARS_BEFORE: Final = 5


@dataclass(frozen=True, slots=True)
class Signs:
    """What was seen between two areas in a span.

    Attributes
    ----------
    since, until
        First and last day of the span.
    strain, easing
        Number of signs by kind; one that several records tell counts once.
    index
        How many kinds of strain were seen, 0 to 7.
    posts_shut, posts
        Border posts by mode that let no freight pass on the last day of the span, of how many; None where there are
        none.
    agreement
        In votes of the UN, of a year; None where not known.
    """

    since: str
    until: str
    strain: Mapping[str, int]
    easing: Mapping[str, int]
    index: int
    posts_shut: int | None
    posts: int | None
    agreement: float | None

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        told = {name: getattr(self, name) for name in self.__slots__}
        return told | {"strain": dict(self.strain), "easing": dict(self.easing)}


@dataclass(frozen=True, slots=True)
class Around:
    """The year before and the year after an event that is not one between the two; None where it is not over."""

    event: str
    date: str
    what: str
    before: Signs
    after: Signs | None

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {"event": self.event, "date": self.date, "what": self.what, "before": self.before.to_dict(),
                "after": None if self.after is None else self.after.to_dict()}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tension:
    """Signs between two areas by year, and around the events of a record."""

    between: tuple[str, str]
    years: tuple[Signs, ...]
    around: tuple[Around, ...]
    evidence: tuple[tuple[str, str], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "between": list(self.between),
            "kinds_of_strain": list(STRAIN),
            "years": [one.to_dict() for one in self.years],
            "around": [one.to_dict() for one in self.around],
        }


@dataclass(frozen=True, slots=True)
class _Sign:
    side: str
    kind: str
    first: date
    last: date
    key: tuple[str, str]


def tension(world: World, subject: Subject, among: Sequence[str], begun: date | None) -> Tension | None:
    """Signs of strain and easing between two areas up to the day; None where they are not two or none was seen.

    Examples
    --------
    >>> from landbridge.politics.subject import find_subject
    >>> from landbridge.world import World
    >>> world = World.at("2024-06-01")
    >>> told = tension(world, find_subject(world.facts, "aze-isr"), ["AZE", "IRN"], None)
    >>> by = {one.since[:4]: one for one in told.years}
    >>> by["2019"].index, by["2023"].index, by["2023"].strain["diplomacy"]
    (0, 3, 1)
    """
    if len(set(among)) != 2:
        return None
    first, second = sorted(set(among))
    signs = _found(world, (first, second))
    if not signs:
        return None
    start = max(FIRST_DAY.year, min(one.first for one in signs).year)
    if begun is not None:
        start = max(start, min(begun.year, world.day.year) - YEARS_BEFORE) if begun.year > start else start
    posts = _posts(world, first, second)
    years = tuple(
        _signs(
            world, signs, posts, (first, second), date(year, 1, 1), min(date(year + 1, 1, 1), _tomorrow(world)), year
        )
        for year in range(start, last_known(world).year + 1)
    )
    return Tension((first, second), years, tuple(_around(world, subject, signs, posts, (first, second))),
                   tuple(dict.fromkeys(one.key for one in signs)))  # fmt: skip


def _tomorrow(world: World) -> date:
    return last_known(world) + timedelta(days=1)


def _found(world: World, pair: Pair) -> tuple[_Sign, ...]:
    """The signs between two areas in the tables, up to the day."""
    found = [sign for table in (_events, _measures, _appeals, _meetings, _exercises) for sign in table(world, pair)]
    return tuple(sorted(found, key=lambda one: (one.first, one.kind, one.key)))


def _events(world: World, pair: Pair) -> Iterator[_Sign]:
    kinds = [(side, kind, set(words.split())) for side, table in (("strain", STRAIN), ("easing", EASING))
             for kind, words in table.items()]  # fmt: skip
    for row in world.facts.table("record_events").rows:
        by, on = (areas_of(world, row[name] or ()) for name in ("by_areas", "areas"))
        if not _told(world, row) or not _of_pair(pair, by, on):
            continue
        for side, kind, words in kinds:
            if row["kind"] in words:
                yield _sign(world, side, kind, row, "record_events", whole=row["kind"] in ("closure", "restriction"))


def _of_pair(pair: Pair, by: frozenset[str], on: frozenset[str]) -> bool:
    """Whether what happened is between the two: both act or are named, and few others."""
    return set(pair) <= by | on and len(by | on) <= len(pair) + 1


def _measures(world: World, pair: Pair) -> Iterator[_Sign]:
    for row in measures_between(world, pair):
        if _told(world, row):
            yield _sign(world, "strain", "measures", row, "measures", whole=True)


def _appeals(world: World, pair: Pair) -> Iterator[_Sign]:
    for row in world.facts.table("crises").rows:
        by, threat = set(row["appeal_areas"] or ()), set(row["threat_areas"] or ())
        named = any(a in by and b in threat for a, b in (pair, pair[::-1]))
        if named and told_from(row["date"]) <= last_known(world):
            yield _Sign("strain", "appeals", row["date"].first, row["date"].first, ("crises", row["id"]))


def _meetings(world: World, pair: Pair) -> Iterator[_Sign]:
    for row in world.facts.table("meetings").rows:
        came = set(row["attended"] or ())
        if set(pair) <= came and len(came) <= len(pair) + 1 and _told(world, row):
            yield _sign(world, "easing", "meetings", row, "meetings")


def _exercises(world: World, pair: Pair) -> Iterator[_Sign]:
    for row in world.facts.table("ties").rows:
        both = {*(row["by_areas"] or ()), *row["with_areas"]}
        if row["kind"] == "exercise" and row["held"] and both == set(pair) and _told(world, row):
            yield _sign(world, "easing", "exercises", row, "ties")


def _told(world: World, row: Row) -> bool:
    return told_from(row["from"]) <= last_known(world)


def _sign(world: World, side: str, kind: str, row: Row, table: str, *, whole: bool = False) -> _Sign:
    """A sign on its day; one that lasts is seen as long as it holds."""
    first = starts(row)
    last = min(ends(row, world.known_on) - timedelta(days=1), last_known(world)) if whole else first
    if whole and table == "record_events" and row["to"] is None:
        # an event without an end may have been over at once
        last = first
    return _Sign(side, kind, first, max(first, last), (table, row["id"]))


def _posts(world: World, first: str, second: str) -> tuple[tuple[Row, str], ...]:
    return tuple(
        (row, mode)
        for row in world.facts.table("crossings").rows
        if {row["area_a"], row["area_b"]} == {first, second}
        for mode in row["modes"] or ()
    )


def _signs(
    world: World, signs: Sequence[_Sign], posts: Sequence[tuple[Row, str]], pair: Pair, first: date,
    until: date, year: int | None = None,
) -> Signs:  # fmt: skip
    """What was seen from a day up to, not with, another."""
    seen: dict[str, dict[str, set[Any]]] = {
        "strain": {kind: set() for kind in STRAIN},
        "easing": {kind: set() for kind in EASING},
    }
    for one in signs:
        if one.first < until and one.last >= first:
            # the same day told by two records is one sign; measures and appeals have one row each
            seen[one.side][one.kind].add(one.first if one.key[0] in ("record_events", "meetings") else one.key)
    strain, easing = ({kind: len(some) for kind, some in seen[side].items()} for side in ("strain", "easing"))
    shut = _shut(world, posts, until - timedelta(days=1))
    told = None
    known = votes(world.facts)
    if year is not None and year <= last_seen(world) and known.first_year <= year <= known.last_year:
        found = known.between(pair[0], (pair[1],), year)
        told = None if found is None else found[0]
    return Signs(str(first), str(until - timedelta(days=1)), strain, easing, sum(n > 0 for n in strain.values()), shut,
                 len(posts) or None, told)  # fmt: skip


def _shut(world: World, posts: Sequence[tuple[Row, str]], day: date) -> int | None:
    from landbridge.world.world import World as Worlds

    if not posts or day < FIRST_DAY:
        return None
    then = world if day == world.day else Worlds.at(day, world.facts, known_on=world.known_on)
    return sum(all(one.freight == "none" for one in both_ways(then, post, mode)) for post, mode in posts)


def _around(
    world: World, subject: Subject, signs: Sequence[_Sign], posts: Sequence[tuple[Row, str]], pair: Pair
) -> Iterator[Around]:
    """The year before and after each event of a record that is not between the two, statuses left out."""
    year = timedelta(days=round(YEAR_DAYS))
    for row in sorted(world.facts.table("record_events").rows, key=lambda row: (starts(row), row["id"])):
        sides = areas_of(world, (*(row["by_areas"] or ()), *(row["areas"] or ())))
        if row["record_id"] != subject.id or row["kind"] == "status" or set(pair) <= sides:
            continue
        day = starts(row)
        if told_from(row["from"]) > last_known(world) or day - year < FIRST_DAY:
            continue
        over = day + year <= _tomorrow(world)
        yield Around(
            row["id"], str(row["from"]), said_on(row["what"], last_known(world), row["planned"] or ()),
            _signs(world, signs, posts, pair, day - year, day),
            _signs(world, signs, posts, pair, day, day + year) if over else None,
        )  # fmt: skip
