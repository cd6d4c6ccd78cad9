"""What a record is asked to tell apart: offices and what came, counts before and during, votes with and without a tie.

Each comparison holds its groups with their numbers, one number between them with an interval, and whether the data
tell at all. None of them says what was the cause.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from landbridge.answers.protocol import plain
from landbridge.politics.breaks import LEAST_SIDE, Z80
from landbridge.politics.cohesion import agreement, members_in, spread
from landbridge.politics.intervals import difference, rate, rate_ratio, shuffled, wilson
from landbridge.politics.mixture import beats, differ
from landbridge.politics.obligations import AID, Duty
from landbridge.politics.parameters import value
from landbridge.politics.record import RESPONSES, Case
from landbridge.politics.record_parts import Event, Figure
from landbridge.politics.subject import Subject
from landbridge.politics.ties import told as tie_told
from landbridge.politics.votes import last_seen, points, votes
from landbridge.world.intervals import ends, read_day, starts
from landbridge.world.membership import standings

if TYPE_CHECKING:
    from landbridge.facts import Row
    from landbridge.world import World

YEARLY: Final = "_a_year_"
"""Marks a measure that counts what happened in a year."""
APART: Final = "ideal points apart"
"""Mean distance of the ideal points of a year, among what was seen in it."""
LEAST_VOTERS: Final = 3
LEAST_YEARS: Final = 2 * LEAST_SIDE
"""So many years with both are needed before one series may be held against another."""


@dataclass(frozen=True, slots=True)
class Group:
    """One side of a comparison: how many there were, what was seen, a share, rate or mean with its central 80 %.

    Spans of one holder that are apart stand one after the other in `since` and `until`.
    """

    name: str
    since: str | None
    until: str | None
    n: float
    seen: Mapping[str, float] = field(default_factory=dict)
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """Groups held against each other.

    Attributes
    ----------
    kind
        office: appeals under each holder, the share with forces sent. counts: what happened a year, before and during.
        tie: agreement in votes without and with a tie to an outsider. exercises: held and called off by year, beside
        votes.
    subject
        The office, what is counted, the bloc.
    groups
        Its sides; of offices also what each holder's share is above that of the others (`effects`).
    effect, low, high
        office: the probability that holders differ at all (no interval); counts: rate during over rate before; tie:
        agreement with less agreement without; exercises: rank correlation (Kendall) of the share called off with the
        distance of ideal points.
    beside
        tie: the same difference of other blocs in the same years; counts: share of all ways to choose so many years
        with as great a difference.
    tells
        Whether the data tell a difference.
    why
        few-cases, holders-alike; no-count-before, no-count-during, few-years, holds-one, years-alike; no-votes,
        as-others, holds-nought, one-switch (the tie began once, so all else since then began with it);
        few-years-with-both, no-rank.
    """

    kind: str
    subject: str
    unit: str
    groups: tuple[Group, ...]
    effect: float | None
    low: float | None
    high: float | None
    tells: bool
    why: tuple[str, ...]
    effects: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    beside: Mapping[str, float] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        told = {name: plain(getattr(self, name)) for name in self.__slots__}
        groups = [{name: plain(getattr(one, name)) for name in one.__slots__} for one in self.groups]
        return told | {"groups": groups, "why": list(self.why),
                       "effects": {name: list(one) for name, one in self.effects.items()}}  # fmt: skip


def compared(
    world: World, subject: Subject, *, events: Sequence[Event], crises: Sequence[Case], figures: Sequence[Figure],
    since: date | None, duties: Sequence[Duty],
) -> tuple[Compared, ...]:  # fmt: skip
    """Every comparison that the rows of a record allow."""
    return (
        *offices(world, subject, events, crises),
        *counts(world, subject, figures, since),
        *outside_ties(world, subject, duties),
        *exercises(world, subject),
    )


def offices(world: World, subject: Subject, events: Sequence[Event], crises: Sequence[Case]) -> Iterator[Compared]:
    """What came of appeals under each holder of an office, and whether holders differ at all."""
    spans: dict[str, list[tuple[str, Event]]] = {}
    for one in events:
        office, colon, holder = one.what.partition(":")
        if one.kind == "office" and colon:
            spans.setdefault(office, []).append((holder.split(",")[0].strip(), one))
    asked = [one for one in crises if one.counted and one.group in subject.blocs]
    for office, held in spans.items():
        under: dict[str, list[Case]] = {}
        for holder, span in held:
            first, last = read_day(span.since), date.max if span.until is None else read_day(span.until)
            under.setdefault(holder, []).extend(one for one in asked if first <= one.date < last)
        if len(under) > 1:
            yield _office(world, office, held, under)


def _office(world: World, office: str, held: Sequence[tuple[str, Event]], under: Mapping[str, list[Case]]) -> Compared:
    came = {holder: sum(one.response == RESPONSES[0] for one in some) for holder, some in under.items()}
    groups = []
    for holder, some in under.items():
        seen = {word: float(sum(one.response == word for one in some)) for word in RESPONSES}
        low, high = wilson(came[holder] / len(some), len(some)) if some else (None, None)
        spans = [span for name, span in held if name == holder]
        since = "; ".join(one.since for one in spans)
        until = "; ".join(one.until for one in spans if one.until is not None) or None
        groups.append(Group(holder, since, until, float(len(some)), seen,
                            came[holder] / len(some) if some else None, low, high))  # fmt: skip
    whole, sent = sum(len(some) for some in under.values()), sum(came.values())
    effects = {
        holder: difference(came[holder], len(some), sent - came[holder], whole - len(some))
        for holder, some in under.items()
        if some and whole > len(some)
    }
    apart = differ(world.facts, [(holder, one.response) for holder, some in under.items() for one in some])
    least = value(world.facts, "least-own-cases")
    enough = sum(len(some) >= least for some in under.values()) > 1
    why = (
        *(() if enough else ("few-cases",)),
        *(() if apart is not None and apart >= value(world.facts, "told-apart") else ("holders-alike",)),
    )
    return Compared("office", office, "probability", tuple(groups), apart, None, None, not why, why, effects)


def counts(world: World, subject: Subject, figures: Sequence[Figure], since: date | None) -> Iterator[Compared]:
    """What happened a year in whole years before a record began and in whole years of it, as a ratio of rates."""
    until = subject.until.first if subject.until is not None else date.max
    named = dict.fromkeys((one.subject, one.measure) for one in figures if YEARLY in one.measure and not one.by)
    for who, measure in named:
        if since is None:
            continue
        of_year = {int(one.date[:4]): one.value for one in figures if (one.subject, one.measure) == (who, measure)}
        before = {year: n for year, n in of_year.items() if date(year + 1, 1, 1) <= since}
        during = {year: n for year, n in of_year.items()
                  if since <= date(year, 1, 1) and date(year + 1, 1, 1) <= until}  # fmt: skip
        yield _counts(world, f"{who}: {measure.partition(YEARLY)[0].replace('_', ' ')}", before, during)


def _counts(world: World, subject: str, before: Mapping[int, float], during: Mapping[int, float]) -> Compared:
    groups = tuple(
        Group(name, str(min(some)) if some else None, str(max(some)) if some else None, float(len(some)),
              {str(year): n for year, n in sorted(some.items())},
              sum(some.values()) / len(some) if some else None, *rate(sum(some.values()), len(some)))
        for name, some in (("before", before), ("during", during))
    )  # fmt: skip
    missing = tuple(f"no-count-{one.name}" for one in groups if not one.n)
    found = None if missing else rate_ratio(sum(during.values()), len(during), sum(before.values()), len(before))
    if found is None:
        return Compared("counts", subject, "ratio", groups, None, None, None, False, missing or ("nothing-counted",))
    by_chance = shuffled(list(during.values()), list(before.values()))
    least = value(world.facts, "least-own-cases")
    why = (
        *(("few-years",) if min(len(before), len(during)) < least else ()),
        *(("holds-one",) if found[1] <= 1 <= found[2] else ()),
        *(("years-alike",) if by_chance > 1 - (value(world.facts, "quantile-high") - value(world.facts, "quantile-low"))
          else ()),
    )  # fmt: skip
    upper = None if found[2] == float("inf") else found[2]
    return Compared("counts", subject, "ratio", groups, found[0], found[1], upper, not why, why,
                    beside={"as_far_by_chance": by_chance})  # fmt: skip


def outside_ties(world: World, subject: Subject, duties: Sequence[Duty]) -> Iterator[Compared]:
    """Agreement in votes of alliances some of whose members sell arms to an outsider, in years without and with it."""
    rows = [world.facts.row("ties", key) for key in subject.ties]
    rows = [row for row in rows if row["kind"] == "arms" and tie_told(world, row)]
    if not rows:
        return
    sellers = {area for row in rows for area in row["by_areas"] or ()}
    buyers = {area for row in rows for area in row["with_areas"]}
    for bloc in sorted({one.bloc for one in duties if one.bloc is not None and one.kind in AID and one.binding}):
        inside = set(standings(world, bloc))
        if sellers <= inside and not buyers & inside:
            found = _with_and_without(world, bloc, rows)
            if found is not None:
                yield found


def _with_and_without(world: World, bloc: str, rows: Sequence[Row]) -> Compared | None:
    known = votes(world.facts)
    years = range(known.first_year, min(last_seen(world), known.last_year) + 1)
    tied = {year for year in years if any(starts(row).year <= year <= ends(row).year for row in rows)}
    sides = {"without": [year for year in years if year not in tied], "with": sorted(tied)}
    own = {name: _agreements(world, bloc, some) for name, some in sides.items()}
    groups = tuple(
        Group(name, str(min(some)) if some else None, str(max(some)) if some else None, float(len(some)),
              {str(year): share for year, share in some.items()}, *_mean(list(some.values())))
        for name, some in own.items()
    )  # fmt: skip
    if not all(own.values()):
        if not any(own.values()):
            return None
        return Compared("tie", bloc, "share", groups, None, None, None, False, ("no-votes",))
    moved = _moved(own)
    others = []
    for row in world.facts.table("blocs").rows:
        theirs = {name: _agreements(world, row["id"], some) for name, some in sides.items()}
        if row["id"] != bloc and all(theirs.values()):
            others.append(_moved(theirs))
    low, high = np.quantile(others, [value(world.facts, "quantile-low"), value(world.facts, "quantile-high")])
    error = float(np.sqrt(sum(np.var(list(some.values()), ddof=1) / len(some) for some in own.values()
                              if len(some) > 1)))  # fmt: skip
    alike = bool(low <= moved <= high)
    # years with the tie that stand in one block at the end: all else that changed since then changed with it
    switched_once = min(sides["with"]) > max(sides["without"])
    why = (
        *(("as-others",) if alike else ()),
        *(() if beats(abs(moved), error, Z80) else ("holds-nought",)),
        *(("one-switch",) if switched_once else ()),
    )
    return Compared("tie", bloc, "share", groups, moved, moved - Z80 * error, moved + Z80 * error, not why, why,
                    beside={"blocs": float(len(others)), "mean": float(np.mean(others)), "low": float(low),
                            "high": float(high)})  # fmt: skip


def _agreements(world: World, bloc: str, years: Sequence[int]) -> dict[int, float]:
    found = {}
    for year in years:
        inside = members_in(world.facts, bloc, year)
        told = agreement(world.facts, inside, year) if len(inside) >= LEAST_VOTERS else None
        if told is not None and told.voters >= LEAST_VOTERS:
            found[year] = told.agreement
    return found


def _moved(sides: Mapping[str, Mapping[int, float]]) -> float:
    return float(np.mean(list(sides["with"].values())) - np.mean(list(sides["without"].values())))


def _mean(some: Sequence[float]) -> tuple[float | None, float | None, float | None]:
    """A mean over years with its central 80 %, as if the years were drawn apart from each other."""
    if not some:
        return None, None, None
    mean = float(np.mean(some))
    half = Z80 * float(np.std(some, ddof=1)) / len(some) ** 0.5 if len(some) > 1 else 0.0
    return mean, mean - half, mean + half


def exercises(world: World, subject: Subject) -> Iterator[Compared]:
    """Joint exercises of the areas of a record by year, held and called off, beside how alike they vote."""
    named = [world.facts.row("ties", key) for key in subject.ties]
    if not any(row["kind"] == "exercise" for row in named):
        return
    areas = tuple(sorted(subject.areas))
    rows = [
        row
        for row in world.facts.table("ties").rows
        if row["kind"] == "exercise"
        and tie_told(world, row)
        and (row["id"] in subject.ties or {*(row["by_areas"] or ()), *row["with_areas"]} <= set(areas))
    ]
    years = sorted({starts(row).year for row in rows})
    if not years:
        return
    groups = tuple(_exercised(world, areas, year, [row for row in rows if starts(row).year == year]) for year in years)
    both = [(one.seen["called off"] / one.n, one.seen[APART]) for one in groups if APART in one.seen]
    beside = {"years_with_both": float(len(both))}
    if len(both) < LEAST_YEARS:
        why: tuple[str, ...] = ("few-years-with-both",)
        yield Compared("exercises", subject.id, "rank correlation", groups, None, None, None, False, why, beside=beside)
        return
    from scipy.stats import kendalltau

    told = kendalltau(*zip(*both, strict=True))
    clear = bool(told.pvalue <= 1 - (value(world.facts, "quantile-high") - value(world.facts, "quantile-low")))
    why = () if clear else ("no-rank",)
    tau = float(told.statistic) if np.isfinite(told.statistic) else None
    yield Compared("exercises", subject.id, "rank correlation", groups, tau, None, None, clear, why, beside=beside)


def _exercised(world: World, areas: Sequence[str], year: int, some: Sequence[Row]) -> Group:
    """Exercises of a year, and how alike the areas voted in it where that is known."""
    held = sum(row["held"] for row in some)
    seen = {"held": float(held), "called off": float(len(some) - held)}
    over = year <= last_seen(world)
    told = agreement(world.facts, areas, year) if over else None
    apart = spread(world.facts, areas, year) if over and year in points(world.facts) else None
    if apart is not None:
        seen[APART] = apart.spread
    alike = (None, None, None) if told is None else (told.agreement, told.low, told.high)
    return Group(str(year), str(year), str(year), float(len(some)), seen, *alike)
