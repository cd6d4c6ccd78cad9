"""The verb: what became of an agreement, a format, an institution, a crisis or a measure, on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from landbridge.answers import grade_of
from landbridge.facts.evidence import shares_of
from landbridge.politics import record_more as more
from landbridge.politics import record_rows as parts
from landbridge.politics.citing import cited
from landbridge.politics.cohesion import Agreement, agreement
from landbridge.politics.compared import compared
from landbridge.politics.obligations import AID, Duty, duties
from landbridge.politics.record import Case, cases
from landbridge.politics.record_answer import RecordAnswer
from landbridge.politics.record_parts import Event, Text
from landbridge.politics.record_question import RecordQuestion
from landbridge.politics.subject import Subject, find_subject
from landbridge.politics.tension import tension
from landbridge.politics.texts import IN_FORCE
from landbridge.politics.ties import between, tie, told
from landbridge.politics.votes import last_seen, votes
from landbridge.world.agreements import agreement_of, effects_in_force
from landbridge.world.intervals import FIRST_DAY, ends, starts
from landbridge.world.membership import areas_of

if TYPE_CHECKING:
    from landbridge.world import World

FEW: Final = 3
"""Among so many areas or fewer, all measures between them belong to the record."""
MOST_TIED: Final = 6
"""Ties among so many areas belong to a record of states bound to each other, those among few to any."""
MOST_VOTERS: Final = 12
"""Votes are told among so many areas of such a record or fewer."""
BINDING: Final = frozenset({"alliance", "bloc", "agreement", "format"})
"""Kinds of records whose areas are bound to each other."""
UNDER_WAY: Final[Mapping[str, str]] = MappingProxyType(
    {"crisis": "under way", "measure": "in force", "format": "held", "project": "under way"}
)
"""What is said of a record between its first and its last day, by its kind."""
YEARS_BEFORE: Final = 5
"""Votes and measures are told from so many years before the record began."""


def record(world: World, record: str, *, areas: Sequence[str] = ()) -> RecordAnswer:
    """What became of an agreement, a format, an institution, a crisis or a measure.

    Parameters
    ----------
    world
        The world: its facts, its day, its scenarios (they count for memberships and border posts).
    record
        It, by any of its names, or the id of an agreement, format, bloc, crisis, measure or tie.
    areas
        Ties, votes and measures among these areas, instead of among those of the record.

    Returns
    -------
    RecordAnswer
        Status on the day; clauses with what was carried out and the delay [months]; meetings and who attended;
        events; figures in the unit that ends their name; what passes border posts before and now; ties, duties,
        measures and agreement in UN votes (0 to 1) between its areas.

    Raises
    ------
    InputError
        If nothing on record has that name.

    Examples
    --------
    >>> from landbridge.world import World
    >>> answer = record(World.at("2012-01-01"), "Zurich protocols")
    >>> answer.status, [one.in_force for one in answer.agreements]
    ('signed, not in force', [None])
    """
    return answer_record(world, RecordQuestion(record, tuple(areas)))


def answer_record(world: World, question: RecordQuestion) -> RecordAnswer:
    """Answer a question about a record in a world."""
    subject = parts.said(world, find_subject(world.facts, question.record))
    begun = parts.begins(world, subject)
    first = "is told from" if subject.table == "ties" else "begins on"
    nothing = f"it {first} {begun}" if begun is not None and world.day < begun else None
    inside = tuple(sorted(areas_of(world, subject.areas)))
    among = question.areas or inside
    texts = tuple(parts.text(world, world.facts.row("agreements", key)) for key in subject.agreements)
    happened = parts.events(world, subject)
    numbers = parts.figures(world, subject)
    owed = () if nothing else tuple(_duties(world, subject))
    answered = tuple(_crises(world, subject))
    held = tuple(_ties(world, subject, among)) if nothing is None else ()
    found = RecordAnswer(
        question=question,
        world=world.ref(),
        subject=subject,
        areas=inside,
        since=_since(subject, begun, texts),
        until=_until(world, subject, texts),
        status=_status(world, subject, begun, texts, happened),
        nothing=nothing,
        agreements=texts,
        clauses=parts.clauses(world, subject),
        meetings=parts.meetings(world, subject),
        events=happened,
        figures=numbers,
        series=parts.series(world, numbers),
        obligations=owed,
        crises=answered,
        measures=parts.acts(world, _measures(world, subject, among, bool(question.areas))),
        pressure=_pressure(world, among, begun),
        posts=parts.posts(world, subject) if nothing is None else (),
        works=parts.works(world, subject.projects),
        ties=held,
        effects=tuple(_effects(world, subject)) if nothing is None else (),
        votes=_votes(world, among, begun, MOST_VOTERS if question.areas else _most(subject, MOST_VOTERS)),
        territories=more.territories(world, subject) if nothing is None else (),
        posts_by_year=more.posts_by_year(world, subject) if nothing is None else (),
        delays=more.delays(world, happened),
        paths=more.paths(world, subject, numbers),
        bargains=more.bargains(numbers),
        remarks=(),
        grade="D",
        grade_shares={},
        evidence=(),
        comparisons=compared(world, subject, events=happened, crises=answered, figures=numbers, since=begun,
                             duties=duties(world)) if nothing is None else (),
        tension=tension(world, subject, among, begun) if nothing is None else None,
    )  # fmt: skip
    return _finished(world, found)


def _status(world: World, subject: Subject, begun: date | None, texts: Sequence[Text], told: Sequence[Event]) -> str:
    """The state of a record: as an event of the kind status says, else by its one agreement, else by its days."""
    said = [one for one in told if one.kind == "status" and one.now]
    if said:
        return said[-1].what
    if len(texts) == 1 and subject.since is None:
        return texts[0].state
    if begun is not None and world.day < begun:
        return "not begun"
    if subject.until is not None and subject.until.first <= world.day:
        return "over"
    if begun is None:
        return "not known"
    return UNDER_WAY.get(subject.kind, "in being")


def _since(subject: Subject, begun: date | None, texts: Sequence[Text]) -> str | None:
    """The first day of a record: its own, else that on which its one agreement came into force, else its signing."""
    alone = texts[0].in_force if len(texts) == 1 and subject.since is None else None
    return alone or (None if begun is None else str(subject.since or begun))


def _until(world: World, subject: Subject, texts: Sequence[Text]) -> str | None:
    if subject.until is not None:
        return str(subject.until) if subject.until.first <= world.day else None
    return texts[0].ended if len(texts) == 1 and subject.since is None else None


def _duties(world: World, subject: Subject) -> Iterator[Duty]:
    for one in duties(world):
        if one.agreement in subject.agreements or (one.bloc is not None and one.bloc in subject.blocs):
            yield one


def _crises(world: World, subject: Subject) -> Iterator[Case]:
    rows = world.facts.table("crises").by_id
    for one in cases(world):
        row = rows[one.id]
        of_text = subject.kind == "agreement" and set(row["agreement_ids"] or ()) & set(subject.agreements)
        if one.id in subject.crises or row["bloc_id"] in subject.blocs or of_text:
            yield one


def _measures(world: World, subject: Subject, among: Sequence[str], asked: bool) -> tuple[str, ...]:
    """Measures that the record names, and those between its areas where they are few or were asked for."""
    found = dict.fromkeys(subject.measures)
    if asked or 1 < len(among) <= FEW:
        found |= dict.fromkeys(row["id"] for row in parts.measures_between(world, among))
    return tuple(found)


def _pressure(world: World, among: Sequence[str], begun: date | None) -> Mapping[int, int]:
    """Measures between the areas that were in force at some time of each year up to the day."""
    if not 1 < len(among) <= FEW:
        return {}
    rows = [row for row in parts.measures_between(world, among) if starts(row) <= world.day]
    if not rows:
        return {}
    years = [starts(row).year for row in rows]
    first = max(FIRST_DAY.year, min(*years, begun.year - YEARS_BEFORE if begun else date.max.year))
    last = [min(ends(row, world.known_on), world.day) for row in rows]
    return {
        year: sum(starts(row).year <= year <= end.year for row, end in zip(rows, last, strict=True))
        for year in range(first, world.day.year + 1)
    }


def _ties(world: World, subject: Subject, among: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """Ties that the record names, and those between its areas, that had surely begun by the day."""
    inside = among if len(among) <= _most(subject, MOST_TIED) else ()
    for row in world.facts.table("ties").rows:
        if (row["id"] in subject.ties or between(row, inside)) and told(world, row):
            yield tie(world, row)


def _effects(world: World, subject: Subject) -> Iterator[Mapping[str, Any]]:
    """What the blocs and agreements of a record do to freight on the day."""
    for row in effects_in_force(world):
        if row["bloc_id"] in subject.blocs or agreement_of(row) in subject.agreements:
            yield {
                "id": row["id"],
                "kind": row["kind"],
                "from": list(row["from_area_set"]),
                "to": list(row["to_area_set"]),
                "both_ways": row["both_ways"],
                "modes": list(row["mode"]),
                "cargo": row["cargo"],
                "since": str(row["from"]),
                "value": row["value"],
                "unit": row["unit"],
                "document": row["document"],
                "grade": row["grade"],
            }


def _most(subject: Subject, most: int) -> int:
    return most if subject.kind in BINDING else FEW


def _votes(world: World, among: Sequence[str], begun: date | None, most: int) -> tuple[Agreement, ...]:
    """Agreement of the areas in UN votes by year, from some years before the record began."""
    if not 1 < len(among) <= most:
        return ()
    known = votes(world.facts)
    first = max(known.first_year, begun.year - YEARS_BEFORE if begun is not None else known.first_year)
    years = range(min(first, known.last_year), min(last_seen(world), known.last_year) + 1)
    told = (agreement(world.facts, among, year) for year in years)
    return tuple(one for one in told if one is not None)


def _finished(world: World, answer: RecordAnswer) -> RecordAnswer:
    """The answer with its remarks, evidence and grade, each row counting the same."""
    subject = answer.subject
    keys = [(subject.table, subject.id)]
    keys += [("formats", key) for key in subject.formats] + [("blocs", key) for key in subject.blocs]
    for table, rows in (
        ("agreements", answer.agreements), ("clauses", answer.clauses), ("meetings", answer.meetings),
        ("record_events", answer.events), ("figures", answer.figures), ("obligations", answer.obligations),
        ("crises", answer.crises), ("measures", answer.measures), ("projects", answer.works),
    ):  # fmt: skip
        keys += [(table, one.id) for one in rows]
    keys += [("ties", one["id"]) for one in answer.ties] + [("bloc_effects", one["id"]) for one in answer.effects]
    keys += list(answer.tension.evidence) if answer.tension is not None else []
    keys += [("crossings", one.id) for one in answer.posts if one.before != one.now]
    keys += [row for one in answer.territories for row in one.rows] + [("targets", one.id) for one in answer.paths]
    rests_on = tuple(cited(world, table, key) for table, key in dict.fromkeys(keys))
    shares = shares_of(rests_on)
    remarks = tuple(_remarks(answer))
    return replace(answer, remarks=remarks, grade=grade_of(shares), grade_shares=shares, evidence=rests_on)


def _remarks(answer: RecordAnswer) -> Iterator[str]:
    """What has to be said of an answer, as codes with their numbers; `report` words them."""
    states = [one.state for one in answer.clauses]
    for word, code in (("cannot tell", "clauses-unknown"), ("disputed", "clauses-disputed")):
        if word in states:
            yield f"{code}:{states.count(word)}"
    loose = sum(one.state != IN_FORCE for one in answer.obligations)
    if loose:
        yield f"not-in-force:{loose}"
    if any(one.state.startswith(IN_FORCE) for one in answer.agreements):
        if answer.obligations and not any(one.kind in AID and one.binding for one in answer.obligations):
            yield "no-duty-of-help"
        if not answer.obligations:
            yield "no-duties-listed"
    if answer.paths:
        yield "paths-straight"
    if answer.delays:
        yield "delays-by-length"
    if answer.bargains:
        yield "bargains-two-sided"
    if answer.territories:
        yield "territories-both-views"
    short = [one for one in answer.series if one.trend is None]
    if short:
        yield f"series-too-short:{len(short)}"
    unsure = sum(not one.sure for one in answer.posts if one.before != one.now)
    if unsure:
        yield f"posts-unsure:{unsure}"
    if answer.tension is not None:
        yield "tension-of-samples"
    if any(one.kind == "counts" for one in answer.comparisons):
        yield "counts-are-not-causes"
    if any(one.kind == "tie" for one in answer.comparisons):
        yield "tie-began-with-the-table"
    if answer.world.scenarios:
        yield "scenarios-touch-posts-and-memberships"
