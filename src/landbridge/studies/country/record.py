"""What an area does to others and others to it: measures in force on the day, crises up to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from landbridge.politics.record import Case, cases
from landbridge.studies.country.rows import Evidences, Told
from landbridge.studies.country.sayings import approximate, precision_of
from landbridge.world.intervals import FIRST_DAY, holds, starts
from landbridge.world.measures import Measure, measures
from landbridge.world.membership import area_set, standings
from landbridge.world.sayings import said_on

if TYPE_CHECKING:
    from landbridge.facts import Facts, Row
    from landbridge.world import World

ALL: Final = "ALL"
UN: Final = "UN"
LEGISLATES: Final = ("customs union", "monetary/political union")
"""Kinds of blocs whose measures are law in their members; what the others decide each member imposes by itself."""
NOT_IN_FORCE: Final = ("warning only", "announced, withdrawn")
"""Standings of rows that tell of words alone."""
BARS_NOTHING: Final = ("airspace", "allowed")
"""A measure of this kind all of whose rules say so opens flights instead of barring them."""
NO_APPEAL: Final = ("no appeal", "not_an_appeal")
"""Responses of crises in which nothing was asked for."""


@dataclass(frozen=True, slots=True)
class MeasureTold(Told):
    """A measure in force.

    Attributes
    ----------
    as_part_of
        The groups by which the area imposes or bears it (EU, UN); empty where it is named itself.
    rules
        Its parts that act on freight.
    """

    id: str
    kind: str
    imposers: str
    targets: str
    what: str
    effect: str
    since: date | None
    since_precision: str
    as_part_of: tuple[str, ...]
    by_scenario: bool
    rules: tuple[str, ...]
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Measures(Told):
    """Measures of the area, and those of others on it.

    Attributes
    ----------
    imposed
        By the area itself or by a bloc that legislates for it.
    un
        Of the UN, on others: they bind the area as a member, which imposed none of them.
    on_everybody
        How many name all areas.
    """

    imposed: tuple[MeasureTold, ...]
    un: tuple[MeasureTold, ...]
    borne: tuple[MeasureTold, ...]
    on_everybody: int


@dataclass(frozen=True, slots=True)
class ReadResponse(Told):
    """How some read the response to an appeal."""

    read_by: tuple[str, ...]
    response: str
    terms: str
    since: str
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Crisis(Told):
    """A crisis: what was asked of whom, what came; `disputed` where a side reads what came otherwise.

    `date` is the day of what it was about, `appeal_date` that of the appeal, from which `delay_days` count.
    """

    id: str
    date: date
    date_precision: str
    appeal_date: str | None
    place: str
    appeal_by: tuple[str, ...]
    addressee: str
    threat: str
    threat_from: str
    article: str
    response: str
    delay_days: int | None
    decision: str
    counted: bool
    approximate: bool
    disputed: bool
    readings: tuple[ReadResponse, ...]
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Crises(Told):
    """Crises up to the day.

    Attributes
    ----------
    made
        Appeals of the area.
    received
        Appeals of others to it, or to a body in which it sat on that day.
    named_as_threat
        Those in which who appealed named the area as the threat.
    without_appeal
        Crises of the area in which it asked for nothing, or of which the tables count what it asked as no appeal.
    """

    made: tuple[Crisis, ...]
    received: tuple[Crisis, ...]
    named_as_threat: tuple[Crisis, ...]
    without_appeal: tuple[Crisis, ...]


def measures_of(world: World, area: str) -> Measures:
    """Measures in force on the day: those the area imposed and those imposed on it by name or group.

    Examples
    --------
    >>> from landbridge.world import World
    >>> told = measures_of(World.at("2022-05-16"), "ARM")
    >>> "arm-aze89" in {one.id for one in told.borne}
    True
    """
    rules: dict[str, list[Measure]] = {}
    for rule in measures(world):
        rules.setdefault(rule.measure_id, []).append(rule)
    lifted = _lifted(world, set(rules))
    imposed: list[MeasureTold] = []
    un: list[MeasureTold] = []
    borne: list[MeasureTold] = []
    everybody = 0
    for row in world.facts.table("measures").rows:
        own = rules.pop(row["id"], [])
        in_force = holds(row, world.day, world.known_on) and row["id"] not in lifted
        if (not in_force and not own) or row["status"] in NOT_IN_FORCE or _bars_nothing(row, own):
            continue
        by, on = (_named(world, row[name], area) for name in ("imposer_codes", "target_codes"))
        if by is not None:
            laws = tuple(one for one in by if _legislates(world.facts, one))
            if laws or not by:
                imposed.append(_measure(row, own, laws, world.day))
            elif UN in by and on is None:
                un.append(_measure(row, own, (UN,), world.day))
        if on is not None:
            borne.append(_measure(row, own, on, world.day))
        everybody += ALL in (row["target_codes"] or ()) and by is None
    for key, some in rules.items():
        told = _ban(key, some)
        if any(area in one.imposers for one in some):
            imposed.append(told)
        if any(area in one.targets and not one.everyone for one in some):
            borne.append(told)
    by_order = (sorted(some, key=_in_order) for some in (imposed, un, borne))
    first, second, third = (tuple(some) for some in by_order)
    return Measures(first, second, third, everybody)


def _legislates(facts: Facts, token: str) -> bool:
    """Whether a group makes law for those in it, or is no more than a short name for some states (G7)."""
    if token == UN:
        return False
    bloc = facts.table("blocs").by_id.get(token.removeprefix("bloc:").lower())
    return bloc is None or bloc["kind"] in LEGISLATES


def _bars_nothing(row: Row, rules: list[Measure]) -> bool:
    return bool(rules) and all((row["kind"], rule.effect) == BARS_NOTHING for rule in rules)


def _in_order(one: MeasureTold) -> tuple[date, str]:
    return one.since or date.min, one.id


def _lifted(world: World, active: set[str]) -> set[str]:
    """Measures all of whose rules a scenario lifts."""
    if not any(key[0] == "measure" for key in world.effects):
        return set()
    before = {rule.measure_id for rule in measures(world.base)}
    return before - active


def _measure(row: Row, rules: list[Measure], groups: tuple[str, ...], day: date) -> MeasureTold:
    return MeasureTold(
        id=row["id"],
        kind=row["kind"],
        imposers=row["imposers"],
        targets=row["targets"],
        what=said_on(row["goods_modes"], day),
        effect=said_on(row["effect"], day),
        since=None if row["from"] is None else starts(row),
        since_precision=precision_of(row["from"]),
        as_part_of=groups,
        by_scenario=False,
        rules=tuple(rule.id for rule in rules),
        evidence=(("measures", row["id"]), *((rule.table, rule.id) for rule in rules)),
    )


def _ban(key: str, rules: list[Measure]) -> MeasureTold:
    """A measure that no row tells of: rules of a scenario."""
    first = rules[0]
    return MeasureTold(
        id=key,
        kind="ban",
        imposers="; ".join(first.imposer_words),
        targets="; ".join(sorted(first.targets)),
        what="; ".join(sorted(first.modes)),
        effect=first.note or first.effect,
        since=None,
        since_precision="",
        as_part_of=(),
        by_scenario=first.table == "scenario",
        rules=tuple(rule.id for rule in rules),
        evidence=tuple((rule.table, rule.id) for rule in rules),
    )


def _named(world: World, tokens: tuple[str, ...] | None, area: str) -> tuple[str, ...] | None:
    """The groups by which tokens mean an area, none where they name it; None where they do not mean it.

    ALL is left out: a measure on everybody tells nothing of one.
    """
    given = tokens or ()
    if area in given:
        return ()
    return tuple(one for one in given if one != ALL and area in area_set(world, one)) or None


def crises(world: World, area: str) -> Crises:
    """Crises up to the day in which the area appealed, was appealed to, or was named as the threat.

    Examples
    --------
    >>> from landbridge.world import World
    >>> [(one.id, one.response) for one in crises(World.at("2022-05-16"), "ARM").made][-1]
    ('rus-arm-2021-11', 'consultations')
    """
    rows = world.facts.table("crises").by_id
    made: list[Crisis] = []
    received: list[Crisis] = []
    named: list[Crisis] = []
    without: list[Crisis] = []
    for case in cases(world):
        if case.comparison:
            continue
        row = rows[case.id]
        told = _crisis(case, row, world.day)
        asked = case.response not in NO_APPEAL
        if area in case.appeal_by:
            (made if asked else without).append(told)
        elif asked and case.appeal_by and _asked(world, row, area):
            received.append(told)
        if asked and case.appeal_by and area in (row["threat_areas"] or ()):
            named.append(told)
    return Crises(tuple(made), tuple(received), tuple(named), tuple(without))


@lru_cache(maxsize=1024)
def _members_on(facts: Facts, bloc: str, day: date) -> frozenset[str]:
    from landbridge.world import World

    return frozenset(standings(World.at(day, facts), bloc))


def _asked(world: World, row: Row, area: str) -> bool:
    """Whether the area was appealed to by itself, or was a member of the body on the day of the crisis."""
    bloc, day = row["bloc_id"], row["date"].first
    sat = bloc is not None and day >= FIRST_DAY and area in _members_on(world.facts, bloc, day)
    return sat or area in (row["addressee_areas"] or ())


def _crisis(case: Case, row: Row, day: date) -> Crisis:
    return Crisis(
        id=case.id,
        date=case.date,
        date_precision=precision_of(row["date"]),
        appeal_date=case.appeal_date,
        place=case.place,
        appeal_by=case.appeal_by,
        addressee=case.addressee,
        threat=case.threat,
        threat_from=case.threat_from,
        article=case.article,
        response=case.response,
        delay_days=case.delay_days,
        decision=said_on(case.decision, day),
        counted=case.counted,
        approximate=approximate(row),
        disputed=case.disputed,
        readings=tuple(
            ReadResponse(one.read_by, one.response, one.terms, one.since, (("crisis_readings", one.id),))
            for one in case.readings
        ),
        evidence=(("crises", case.id),),
    )
