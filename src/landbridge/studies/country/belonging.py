"""What binds an area: blocs, formats and agreements on the day, and duties given and taken."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from landbridge.politics.grouping import TABLES, Grouping, find, named_on
from landbridge.politics.membership import BOUND, Standing, standings_of
from landbridge.politics.obligations import Conflict, Duty, conflicts, duties
from landbridge.politics.texts import state_of
from landbridge.studies.country.rows import Evidences, Told
from landbridge.studies.country.sayings import approximate
from landbridge.world.index import index
from landbridge.world.intervals import holds
from landbridge.world.membership import area_set, standings
from landbridge.world.sayings import said_on

if TYPE_CHECKING:
    from landbridge.facts import Facts, Row
    from landbridge.world import World


@dataclass(frozen=True, slots=True)
class Membership(Told):
    """A bloc, format or agreement in which the area has a standing on the day.

    Attributes
    ----------
    kind, form
        bloc, format or agreement; what it is for.
    with_areas
        Of the neighbours and main partners, those that are bound by it too.
    state
        Of the text of an agreement on the day, as `politics.texts` tells it; empty for blocs and formats.
    grade, approximate
        Of the row that says so; whether it calls itself approximate.
    """

    id: str
    name: str
    kind: str
    form: str
    status: str
    state: str
    since: date | None
    since_precision: str
    pair_with: str | None
    by_scenario: bool
    members: int
    with_areas: tuple[str, ...]
    note: str
    grade: str
    approximate: bool
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Overlap(Told):
    """A neighbour or main partner with the blocs that both are members of."""

    area: str
    blocs: tuple[str, ...]
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Owed(Told):
    """A duty of the area, or towards it; `with_areas` are the others, `state` is that of its text on the day."""

    id: str
    kind: str
    article: str
    agreement: str | None
    bloc: str | None
    with_areas: tuple[str, ...]
    trigger: str
    terms: str
    since: date
    since_precision: str
    state: str
    frozen: tuple[str, ...]
    readings: tuple[dict[str, Any], ...]
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Pulled(Told):
    """Two duties of the area that pull two ways; `why` names crises by which those they are owed to are at odds."""

    area: str
    kind: str
    duties: tuple[str, str]
    towards: tuple[str, str]
    why: tuple[str, ...]
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Obligations(Told):
    """What is owed by the area and to it, and duties of the area that pull two ways."""

    given: tuple[Owed, ...]
    taken: tuple[Owed, ...]
    conflicts: tuple[Pulled, ...]


@lru_cache(maxsize=4)
def _groupings(facts: Facts) -> tuple[Grouping, ...]:
    """Every bloc, format and agreement, by its id."""
    found = []
    for kind, table in TABLES.items():
        for row in facts.table(table).rows:
            one = find(facts, row["id"])
            if (one.kind, one.id) == (kind, row["id"]):
                found.append(one)
    return tuple(found)


def texts_covered(facts: Facts) -> int:
    """Of how many blocs and agreements the duties stand in the tables.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> texts_covered(load()) > 40
    True
    """
    return len({row["agreement_id"] or row["bloc_id"] for row in facts.table("obligations").rows})


def memberships(world: World, area: str, others: Collection[str]) -> tuple[Membership, ...]:
    """Every standing of an area on the day: blocs first, members first.

    Examples
    --------
    >>> from landbridge.world import World
    >>> told = {one.id: one.status for one in memberships(World.at("2024-06-01"), "ARM", ())}
    >>> told["eaeu"], told["csto"]
    ('member', 'frozen')
    """
    found = []
    for grouping in _groupings(world.facts):
        if not _may_name(world, grouping, area):
            continue
        told = standings_of(world, grouping)
        bound = {one.area for one in told if one.status in BOUND and one.pair_with is None}
        found += [
            Membership(
                id=grouping.id,
                name=named_on(world, grouping).name,
                kind=grouping.kind,
                form=grouping.form,
                status=one.status,
                state=_state(world, grouping),
                since=one.since,
                since_precision=one.since_precision,
                pair_with=one.pair_with,
                by_scenario=one.by_scenario,
                members=len(bound),
                with_areas=tuple(sorted(bound & set(others))),
                note=said_on(one.note, world.day),
                grade=one.grade,
                approximate=any(approximate(row) for row in _rows(world.facts, grouping, one)),
                evidence=one.evidence or ((grouping.table, grouping.id),),
            )
            for one in told
            if one.area == area and one.status != "named"
        ]
    kinds: list[str] = list(TABLES)
    return tuple(sorted(found, key=lambda one: (kinds.index(one.kind), one.status not in BOUND, one.id, one.status)))


def _rows(facts: Facts, grouping: Grouping, one: Standing) -> list[Row]:
    """The rows of the tables that say how an area stands to a grouping."""
    keys = one.evidence or ((grouping.table, grouping.id),)
    return [facts.row(table, key) for table, key in keys if table in facts.names]


def _state(world: World, grouping: Grouping) -> str:
    """How far the text of an agreement is on the day, empty for blocs and formats."""
    return state_of(world, world.facts.row(grouping.table, grouping.id)) if grouping.kind == "agreement" else ""


def _may_name(world: World, grouping: Grouping, area: str) -> bool:
    """Whether a grouping may have the area in it: a quick look at the tokens of agreements and formats."""
    if grouping.kind == "bloc":
        return True
    row = world.facts.row(grouping.table, grouping.id)
    tokens = row["areas"] if grouping.kind == "format" else row["party_codes"]
    observers = (row["observers"] or ()) if grouping.kind == "format" else ()
    return any(token == area or len(token) != len(area) or ":" in token or area in area_set(world, token)
               for token in (*(tokens or ()), *observers))  # fmt: skip


def overlaps(world: World, area: str, others: Collection[str]) -> tuple[Overlap, ...]:
    """For each neighbour and main partner the blocs of which both are members, those with most first."""
    found = []
    inside = {row["id"]: standings(world, row["id"]) for row in world.facts.table("blocs").rows}
    own = [bloc for bloc, told in inside.items() if told.get(area) == "member"]
    for other in others:
        shared = tuple(bloc for bloc in own if inside[bloc].get(other) == "member")
        rows = tuple(row for bloc in shared for one in (area, other) for row in _joined(world, bloc, one))
        found.append(Overlap(other, shared, rows))
    return tuple(sorted(found, key=lambda one: (-len(one.blocs), one.area)))


def _joined(world: World, bloc: str, area: str) -> Evidences:
    """The rows by which an area is a member of a bloc on the day, or the event of a scenario that says so."""
    rows = [
        ("memberships", row["id"])
        for row in index(world.facts).memberships.get(bloc, ())
        if row["area"] == area and row["pair_with"] is None and row["status"] == "member"
        if holds(row, world.day, world.known_on)
    ]
    effect = world.effects.get(("member", bloc, area))
    return tuple(rows) if effect is None else effect.evidence


def obligations(world: World, area: str) -> Obligations:
    """Duties given and taken on the day, and those of the area that pull two ways.

    Examples
    --------
    >>> from landbridge.world import World
    >>> told = obligations(World.at("2022-05-16"), "ARM")
    >>> "cst-4-aid" in {one.id for one in told.taken}
    True
    """
    every = duties(world)
    if world.facts.row("areas", area)["status"] == "disputed":
        # What is owed to all states is not owed to an entity that the others hold for none.
        every = tuple(one for one in every if area in one.owed_by or not _owed_to_all(world.facts, one))
    given = tuple(_owed(one, area, one.owed_to) for one in every if area in one.owed_by and set(one.owed_to) - {area})
    taken = tuple(_owed(one, area, one.owed_by) for one in every if area in one.owed_to and set(one.owed_by) - {area})
    pulled = conflicts(world, [area], every)
    return Obligations(given, taken, tuple(_conflict(one) for one in pulled))


def _owed_to_all(facts: Facts, duty: Duty) -> bool:
    row = facts.table("obligations").by_id.get(duty.id)
    return row is not None and "ALL" in (row["owed_to"] or ())


def _owed(duty: Duty, area: str, others: tuple[str, ...]) -> Owed:
    rows = [("obligations", duty.id), *(("obligations", one.id) for one in duty.readings)]
    return Owed(
        id=duty.id,
        kind=duty.kind,
        article=duty.article,
        agreement=duty.agreement,
        bloc=duty.bloc,
        with_areas=tuple(one for one in others if one != area),
        trigger=duty.trigger,
        terms=duty.terms,
        since=duty.since,
        since_precision=duty.since_precision,
        state=duty.state,
        frozen=duty.frozen,
        readings=tuple(one.to_dict() for one in duty.readings),
        evidence=tuple(rows),
    )


def _conflict(one: Conflict) -> Pulled:
    rows = (*(("obligations", key) for key in (one.first, one.second)), *(("crises", key) for key in one.why))
    return Pulled(one.area, one.kind, (one.first, one.second), one.towards, one.why, rows)
