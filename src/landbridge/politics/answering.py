"""The verb: who is bound to whom in an alliance on a day, what came when it was asked for, what to expect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING, Any

from landbridge.answers import Evidence, grade_of
from landbridge.facts.evidence import shares_of
from landbridge.politics.alignment import aligned, ground
from landbridge.politics.answer import AllianceAnswer, Delay
from landbridge.politics.bases import hosts, with_base
from landbridge.politics.camps import camps
from landbridge.politics.citing import cited
from landbridge.politics.cohesion import Cohesion, cohesion
from landbridge.politics.field import Field, field
from landbridge.politics.forecast import Expected, Score, forecast
from landbridge.politics.freight import FreightEffect, freight
from landbridge.politics.grouping import Grouping, find, named_on
from landbridge.politics.membership import Standing, alive, bound, counted, history, overlaps, standings_of
from landbridge.politics.obligations import AID, Conflict, Duty, conflicts, duties
from landbridge.politics.parameters import value
from landbridge.politics.question import AllianceQuestion
from landbridge.politics.record import Case, cases, record
from landbridge.politics.texts import IN_FORCE, state_of
from landbridge.politics.ties import between, standing, tie
from landbridge.world.intervals import read_day
from landbridge.world.sayings import said_on

if TYPE_CHECKING:
    from landbridge.world import World

CALLED: frozenset[str] = AID | {"consult", "may-aid"}
"""Duties that an appeal calls upon."""


def alliance(world: World, bloc: str) -> AllianceAnswer:
    """Who is bound to whom in an alliance, what came when it was asked for, and what to expect.

    Parameters
    ----------
    world
        The world: its facts, its day, its scenarios (join, leave and freeze count).
    bloc
        A bloc, a format of states or an agreement, by any of its names.

    Returns
    -------
    AllianceAnswer
        Standings, obligations with disputed readings, crises with appeal, response and delay [days], agreement in UN
        votes (0 to 1) with its central 80 %, probabilities of responses with theirs.

    Raises
    ------
    InputError
        If no grouping has that name.

    Examples
    --------
    >>> from landbridge.world import World
    >>> answer = alliance(World.at("2022-05-16"), "CSTO")
    >>> answer.bound, [one.id for one in answer.record if one.counted and one.response == "deployed"]
    (('ARM', 'BLR', 'KAZ', 'KGZ', 'RUS', 'TJK'), ['csto-kaz-2022'])
    """
    return answer_alliance(world, AllianceQuestion(bloc))


def answer_alliance(world: World, question: AllianceQuestion) -> AllianceAnswer:
    """Answer a question about an alliance in a world."""
    facts = world.facts
    grouping = named_on(world, find(facts, question.bloc))
    members = standings_of(world, grouping)
    inside = bound(members)
    full = [one.area for one in members if one.status in ("member", "party") and one.pair_with is None]
    frozen = [one.area for one in members if one.status == "frozen"]
    everything = cases(world)
    told = record(world, grouping, everything)
    all_duties = duties(world)
    owed = duties(world, grouping) if inside else ()
    own = {one.id for one in owed}
    pulled = tuple(one for one in conflicts(world, inside, all_duties, own) if own & {one.first, one.second})
    alike = cohesion(world, grouping, full, frozen)
    day = ground(world, all_duties)
    expected, score, based = _forecast(world, owed, told, everything, inside)
    sides = camps(world, inside, all_duties) if question.camps else None
    shares, rows = _evidence(world, grouping, members, owed, told)
    acts = tuple(_told(world, one) for one in freight(world, grouping))
    return AllianceAnswer(
        question=question,
        world=world.ref(),
        grouping=grouping,
        nobody=None if inside else _nobody(world, grouping, members),
        members=members,
        overlaps=overlaps(world, inside, grouping.id if grouping.kind == "bloc" else ""),
        obligations=owed,
        conflicts=pulled,
        record=told,
        uses=dict(sorted(Counter(one.article for one in told if one.counted and one.article).items())),
        delays=tuple(_delays(told)),
        cohesion=alike,
        forecast=expected,
        score=score,
        alignment={area: aligned(day, area) for area in inside},
        ties=tuple(_ties(world, inside)),
        remarks=tuple(_lists(world, grouping)) + tuple(_remarks(world, owed, told, pulled, alike, expected, score)),
        grade=grade_of(shares),
        grade_shares=shares,
        freight=acts,
        camps=sides,
        based=based,
        evidence=(
            *rows,
            *(cited(world, "bloc_effects", one.id) for one in acts),
            *(cited(world, *key) for key in dict.fromkeys(key for one in sides or () for key in one.evidence)),
        ),
        history=history(world, grouping),
    )


def _told(world: World, effect: FreightEffect) -> FreightEffect:
    """An effect without what it says of later days, its end among them."""
    until = effect.until if effect.until is not None and read_day(effect.until) <= world.day else None
    return replace(effect, until=until, note=said_on(effect.note, world.day))


def _nobody(world: World, grouping: Grouping, members: Sequence[Standing]) -> str:
    """Why nobody is bound on the day."""
    if not alive(world, grouping):
        if grouping.until is not None and grouping.until <= world.day:
            return f"it ended on {grouping.until}"
        return f"it begins on {grouping.since}"
    if grouping.form == "idea":
        return "it is an idea, no body with members"
    others = Counter(one.status for one in members)
    listed = ", ".join(counted(status, n) for status, n in others.items())
    return f"no members on the day ({listed})" if listed else "the tables have no members of it"


def _forecast(
    world: World, owed: Sequence[Duty], told: Sequence[Case], everything: Sequence[Case], inside: Sequence[str]
) -> tuple[tuple[Expected, ...], Score | None, Field | None]:
    """What to expect of an appeal; nothing where none was made and no duty could be called upon."""
    groups = Counter(one.group for one in told if one.counted)
    if not groups and not any(one.kind in CALLED for one in owed):
        return (), None, None
    group = groups.most_common(1)[0][0] if groups else None
    based = field(world.facts, everything, group, with_base(world, everything), hosts(world, inside))
    return (*forecast(world.facts, everything, group), based)


def _delays(told: Sequence[Case]) -> Iterator[Delay]:
    for response in ("deployed", "consultations", "declined"):
        days = [
            one.delay_days for one in told if one.counted and one.response == response and one.delay_days is not None
        ]
        if days:
            yield Delay(response, len(days), float(median(days)), min(days), max(days))


def _ties(world: World, areas: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """Bases, arms and the like between areas of the grouping that hold on the day; figures of the last span over."""
    for row in world.facts.table("ties").rows:
        if between(row, areas) and standing(world, row):
            yield tie(world, row)


def _lists(world: World, grouping: Grouping) -> Iterator[str]:
    """What the tables remark on a bloc up to the day, what its list of members lacks; a text that is not in force."""
    if grouping.kind == "agreement":
        state = state_of(world, world.facts.row(grouping.table, grouping.id))
        if state != IN_FORCE and alive(world, grouping):
            yield f"text:{state}"
    if grouping.kind == "bloc":
        row = world.facts.row("blocs", grouping.id)
        note = said_on(row["note"], world.day)
        if note:
            yield f"told:{note.rstrip('.')}"
        unlisted = said_on(row["unlisted"], world.day)
        if unlisted:
            yield f"unlisted:{unlisted}"
        if row["not_areas"]:
            yield f"not-areas:{', '.join(row['not_areas'])}"


def _remarks(
    world: World,
    owed: Sequence[Duty],
    told: Sequence[Case],
    pulled: Sequence[Conflict],
    alike: Cohesion | None,
    expected: Sequence[Expected],
    score: Score | None,
) -> Iterator[str]:
    """What has to be said of an answer, as codes with their numbers; `report` words them."""
    frozen = sorted({area for one in owed for area in one.frozen})
    if frozen:
        yield f"frozen:{' '.join(frozen)}"
    if owed and not any(one.kind in AID and one.binding for one in owed):
        yield "no-duty-of-help"
    loose = sum(one.state != IN_FORCE for one in owed)
    if loose:
        yield f"not-in-force:{loose}"
    disputed = sum(bool(one.readings) for one in owed)
    if disputed:
        yield f"disputed:{disputed}"
    if pulled:
        yield "conflicts-by-crises"
    if alike is None:
        yield "no-votes"
    else:
        yield f"votes-of:{alike.now.year}"
        if alike.now.voters < alike.now.of:
            yield f"votes-known:{alike.now.voters}/{alike.now.of}"
    if score is not None and expected:
        own = expected[0].n_body
        if own < value(world.facts, "least-own-cases"):
            yield f"few-appeals:{own}"
        if score.threats_apart < value(world.facts, "told-apart"):
            yield f"threats-not-told-apart:{score.threats_apart:.2f}"
        if "no-better" in expected[0].why:
            yield "no-better-than-base"
        if own and "no-better-here" in expected[0].why:
            yield "no-better-than-base-here"
        if not any(one.tells for one in expected):
            yield "forecast-cannot-tell"
        yield "appeals-that-became-known"
    if any(one.response == "not yet known" for one in told):
        yield "pending"


def _evidence(
    world: World, grouping: Grouping, members: Sequence[Standing], owed: Sequence[Duty], told: Sequence[Case]
) -> tuple[dict[str, float], tuple[Evidence, ...]]:
    """The rows that the answer rests on and their shares by grade, each row counting the same."""
    keys = [(grouping.table, grouping.id)]
    keys += [key for one in members for key in one.evidence]
    keys += [("obligations", key) for one in owed for key in (one.id, *(reading.id for reading in one.readings))]
    keys += [("agreements", one.agreement) for one in owed if one.agreement is not None]
    keys += [("crises", one.id) for one in told]
    keys += [("crisis_readings", reading.id) for one in told for reading in one.readings]
    rows = tuple(cited(world, table, key) for table, key in dict.fromkeys(keys))
    return shares_of(rows), rows
