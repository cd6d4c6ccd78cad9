"""Who owes whom what on a day, how disputed texts are read, and which duties of one state pull two ways."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from landbridge.politics.grouping import Grouping
from landbridge.politics.parameters import value
from landbridge.politics.telling import years_before
from landbridge.politics.texts import IN_FORCE, NOT_BINDING, state_of
from landbridge.world.intervals import holds, starts
from landbridge.world.membership import area_set, standings
from landbridge.world.sayings import said_on

if TYPE_CHECKING:
    from landbridge.facts import Row
    from landbridge.world import World

AID: Final = frozenset({"attack-on-all", "aid", "aid-without-delay"})
"""Kinds by which help is owed in an attack."""
RESTRAINT: Final = frozenset({"non-aggression", "no-help-to-aggressor", "no-hostile-alliance", "no-territory-against"})
"""Kinds by which nothing is to be done against the other."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How some read a text."""

    id: str
    read_by: tuple[str, ...]
    about: str
    terms: str
    since: date
    grade: str
    since_precision: str = "day"

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "id": self.id,
            "read_by": list(self.read_by),
            "about": self.about,
            "terms": self.terms,
            "since": self.since.isoformat(),
            "since_precision": self.since_precision,
            "grade": self.grade,
        }


@dataclass(frozen=True, slots=True)
class Duty:
    """What some owe to others.

    Attributes
    ----------
    owed_by, owed_to
        Areas on the day; with `mutual` each owes it to each.
    frozen
        Areas among them that froze their part: the text binds them, they do not take part.
    since, since_precision
        First day, and whether the day, the month or the year of it is known.
    state
        How far the text is on the day: in force, signed and not in force ...; one without an agreement of its own is
        in force from its first day.
    readings
        How a disputed text is read, side by side.
    """

    id: str
    kind: str
    article: str
    agreement: str | None
    bloc: str | None
    owed_by: tuple[str, ...]
    owed_to: tuple[str, ...]
    mutual: bool
    trigger: str
    terms: str
    since: date
    frozen: tuple[str, ...]
    grade: str
    note: str
    readings: tuple[Reading, ...] = ()
    state: str = IN_FORCE
    since_precision: str = "day"

    @property
    def binding(self) -> bool:
        """Whether its text is in force on the day, or may be."""
        return self.state not in NOT_BINDING

    def binds(self, debtor: str, creditor: str) -> bool:
        """Whether one area owes it to another."""
        return debtor != creditor and debtor in self.owed_by and creditor in self.owed_to

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "id": self.id,
            "kind": self.kind,
            "article": self.article,
            "agreement": self.agreement,
            "bloc": self.bloc,
            "owed_by": list(self.owed_by),
            "owed_to": list(self.owed_to),
            "mutual": self.mutual,
            "trigger": self.trigger,
            "terms": self.terms,
            "since": self.since.isoformat(),
            "since_precision": self.since_precision,
            "state": self.state,
            "frozen": list(self.frozen),
            "grade": self.grade,
            "note": self.note,
            "readings": [one.to_dict() for one in self.readings],
        }


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two duties of one area that pull two ways.

    Attributes
    ----------
    kind
        aid-to-both: help is owed to two areas that are at odds; aid-against-restraint: help is owed to one, and to
        the other that nothing is done against it.
    why
        Ids of the crises by which the two count as at odds.
    """

    area: str
    kind: str
    first: str
    second: str
    towards: tuple[str, str]
    why: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "area": self.area,
            "kind": self.kind,
            "duties": [self.first, self.second],
            "towards": list(self.towards),
            "why": list(self.why),
        }


def duties(world: World, grouping: Grouping | None = None) -> tuple[Duty, ...]:
    """Duties of the day: all, or those of a grouping and the agreements that it rests on.

    Where the text of a duty is not in force on the day, its `state` says so.

    Examples
    --------
    >>> from landbridge.politics.grouping import find
    >>> from landbridge.world import World
    >>> world = World.at("2022-05-16")
    >>> told = {one.id: one for one in duties(world, find(world.facts, "CSTO"))}
    >>> told["cst-4-attack"].binds("RUS", "ARM"), [r.read_by for r in told["cst-4-aid"].readings][:1]
    (True, [('ARM',)])
    """
    ended = {key[1] for key, one in world.effects.items() if key[0] == "agreement" and not one.value["in_force"]}
    rows = [
        row
        for row in world.facts.table("obligations").rows
        if holds(row, world.day, world.known_on) and row["agreement_id"] not in ended
    ]
    texts = [row for row in rows if row["reading_of"] is None and (grouping is None or _of(row, grouping))]
    found = (_make(world, row, [one for one in rows if one["reading_of"] == row["id"]]) for row in texts)
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.id))


def _of(row: Row, grouping: Grouping) -> bool:
    if grouping.kind == "bloc" and row["bloc_id"] == grouping.id:
        return True
    # An agreement of a bloc may hold duties of a smaller circle; the bloc answers for its own rows alone.
    return grouping.kind != "bloc" and row["agreement_id"] in grouping.agreements


def _make(world: World, row: Row, readings: list[Row]) -> Duty | None:
    """A duty with its areas on the day; None when nobody is left to owe it to anybody."""
    by, by_frozen = _areas(world, row["owed_by"])
    to, to_frozen = _areas(world, row["owed_to"])
    if not any(debtor != creditor for debtor in by for creditor in to):
        return None
    return Duty(
        id=row["id"],
        kind=row["kind"],
        article=row["article"],
        agreement=row["agreement_id"],
        bloc=row["bloc_id"],
        owed_by=by,
        owed_to=to,
        mutual=row["mutual"],
        trigger=said_on(row["trigger"], world.day),
        terms=said_on(row["terms"], world.day),
        since=starts(row),
        since_precision=_precision(row),
        state=_state(world, row),
        frozen=tuple(sorted(by_frozen | to_frozen)),
        grade=row["grade"],
        note=said_on(row["note"], world.day),
        readings=tuple(
            sorted((_reading(world, one) for one in readings), key=lambda one: (one.since, one.read_by, one.id))
        ),
    )


def _precision(row: Row) -> str:
    return "day" if row["from"] is None else str(row["from"].precision)


def _state(world: World, row: Row) -> str:
    agreement = row["agreement_id"]
    return IN_FORCE if agreement is None else state_of(world, world.facts.row("agreements", agreement))


def _reading(world: World, row: Row) -> Reading:
    about, terms = (said_on(row[name], world.day) for name in ("trigger", "terms"))
    return Reading(row["id"], tuple(row["read_by"]), about, terms, starts(row), row["grade"], _precision(row))


def _areas(world: World, tokens: Collection[str]) -> tuple[tuple[str, ...], set[str]]:
    """Areas that the tokens mean on the day, and which of them froze their part in a bloc that is named."""
    found: set[str] = set()
    frozen: set[str] = set()
    for token in tokens:
        if token.startswith("bloc:"):
            inside = standings(world, token.removeprefix("bloc:"))
            found.update(inside)
            frozen.update(area for area, how in inside.items() if how == "frozen")
        else:
            found.update(area_set(world, token))
    return tuple(sorted(found)), frozen


def edges(told: Collection[Duty]) -> Iterator[tuple[str, str, str, str]]:
    """Duties as edges of a graph: who owes, to whom, kind, id.

    Examples
    --------
    >>> from landbridge.world import World
    >>> sum(debtor == "RUS" and creditor == "PRK" for debtor, creditor, *_ in edges(duties(World.at("2025-01-01"))))
    4
    """
    for one in told:
        for debtor in one.owed_by:
            for creditor in one.owed_to:
                if debtor != creditor:
                    yield debtor, creditor, one.kind, one.id


def at_odds(world: World) -> dict[frozenset[str], tuple[str, ...]]:
    """Pairs of areas with a crisis between them in the years before the day, with the ids of these crises.

    How many years back counts is a row of `politics_parameters`. It says who was told to threaten whom by the one who
    appealed, and nothing about who was right.
    """
    years = value(world.facts, "hostility-years")
    first = years_before(world.day, years)
    found: dict[frozenset[str], list[str]] = {}
    for row in world.facts.table("crises").rows:
        if not first <= row["date"].first <= world.day:
            continue
        for threatened in row["appeal_areas"] or ():
            for threat in row["threat_areas"] or ():
                if threat != threatened:
                    found.setdefault(frozenset((threatened, threat)), []).append(row["id"])
    return {pair: tuple(sorted(ids)) for pair, ids in found.items()}


def conflicts(
    world: World,
    areas: Collection[str],
    told: Collection[Duty] | None = None,
    first: Collection[str] = (),
) -> tuple[Conflict, ...]:
    """Duties of an area that pull two ways: help owed to one, and help or restraint to another at odds with it.

    Those whose text is not in force pull nowhere.

    Of several duties towards the same area one is named: one of `first` where there is any, else the first by id.

    Examples
    --------
    >>> from landbridge.world import World
    >>> found = conflicts(World.at("2022-10-01"), ["RUS"])
    >>> [(one.first, one.second) for one in found if set(one.towards) == {"ARM", "AZE"}][:1]
    [('cst-4-aid', 'aze-rus-1997-force')]
    """
    all_duties = duties(world) if told is None else told
    odds = at_odds(world)
    found = []
    for area in sorted(areas):
        help_to = _towards(all_duties, area, AID, first)
        held_to = _towards(all_duties, area, RESTRAINT, first)
        for pair, why in sorted(odds.items(), key=lambda item: sorted(item[0])):
            if area in pair:
                continue
            one, other = sorted(pair)
            if one in help_to and other in help_to:
                found.append(Conflict(area, "aid-to-both", help_to[one], help_to[other], (one, other), why))
            for friend, foe in ((one, other), (other, one)):
                if friend in help_to and foe in held_to and foe not in help_to:
                    found.append(
                        Conflict(area, "aid-against-restraint", help_to[friend], held_to[foe], (friend, foe), why)
                    )
    return tuple(found)


def _towards(told: Collection[Duty], area: str, kinds: frozenset[str], first: Collection[str]) -> dict[str, str]:
    """For each area that is owed something of these kinds: the first duty that says so."""
    found: dict[str, str] = {}
    for one in sorted(told, key=lambda duty: (duty.id not in first, duty.id)):
        if one.binding and one.kind in kinds and area in one.owed_by:
            for creditor in one.owed_to:
                if creditor != area:
                    found.setdefault(creditor, one.id)
    return found
