"""Who stands with whom: camps of all states by their votes in the UN, and by ties and duties of help between them.

Votes: the distance of two states is the share of disagreement over the last years of votes; camps come from average
linkage, their number from the widest silhouettes. Ties: camps are those that greedy merging of the greatest modularity
finds, which fixes their number too (`clustering`). Both are done again on years and ties drawn anew, the number of
camps included; how often two states fall into one camp is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from landbridge.politics.clustering import Floats, Ints, cut, drawn, merged, modularity
from landbridge.politics.obligations import AID, Duty, edges
from landbridge.politics.parameters import value
from landbridge.politics.ties import recent, standing
from landbridge.politics.votes import Votes, last_seen, votes

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.world import World

Edge = tuple[str, str, str]
FEWEST: Final = 3
"""Fewer states have no camps."""
KINDS: Final = ("base", "arms", "aid", "exercise")
"""Ties that count; with a duty of help each kind joins two states once."""
HELP: Final = "duty of help"


@dataclass(frozen=True, slots=True)
class Camp:
    """States that stand together.

    Attributes
    ----------
    within
        Votes: mean agreement of its pairs (0 to 1). Ties: share of the ties of its states that end inside it. None of
        a state alone.
    """

    areas: tuple[str, ...]
    within: float | None

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {"areas": list(self.areas), "within": self.within}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two of the states that were asked of.

    Attributes
    ----------
    same
        Whether they are in one camp.
    share
        In how many of the draws they are.
    told
        same or apart; cannot tell where the draws do not agree, or where there is no such structure at all.
    value
        Votes: agreement of the two. Ties: kinds of ties between them.
    """

    first: str
    second: str
    same: bool
    share: float
    told: str
    value: float

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Camps:
    """Camps by votes or by ties.

    Attributes
    ----------
    by
        votes or ties.
    years
        First and last year of the votes; None of ties.
    strength
        Votes: mean width of silhouettes. Ties: modularity.
    tried
        Votes: width by number of camps.
    pairs
        Those of the states asked of that are known.
    unknown
        States asked of without votes, or without any tie.
    series
        Votes: by single year, number of camps, their strength, and into how many camps the states asked of fall.
    ties_within, ties_expected
        Votes: share of all ties that join two states of one camp, and what it would be if each state kept its number
        of ties and they fell at random.
    why
        no-structure: the strength is below the least that is told; draws-differ: no pair is told.
    """

    by: str
    years: tuple[int, int] | None
    camps: tuple[Camp, ...]
    strength: float
    tried: Mapping[int, float]
    draws: int
    pairs: tuple[Pair, ...]
    unknown: tuple[str, ...]
    series: tuple[Mapping[str, Any], ...]
    ties_within: float | None
    ties_expected: float | None
    tells: bool
    why: tuple[str, ...]
    evidence: tuple[tuple[str, str], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "by": self.by,
            "years": None if self.years is None else list(self.years),
            "camps": [one.to_dict() for one in self.camps],
            "strength": self.strength,
            "tried": {str(k): width for k, width in self.tried.items()},
            "draws": self.draws,
            "pairs": [one.to_dict() for one in self.pairs],
            "unknown": list(self.unknown),
            "series": [dict(one) for one in self.series],
            "ties_within": self.ties_within,
            "ties_expected": self.ties_expected,
            "tells": self.tells,
            "why": list(self.why),
        }


def camps(world: World, asked: Collection[str], told: Collection[Duty]) -> tuple[Camps, ...]:
    """Camps of all states on the day, and how those that were asked of fall into them.

    Parameters
    ----------
    asked
        States whose pairs are told.
    told
        Duties of the day; those of help that bind are ties.

    Examples
    --------
    >>> from landbridge.politics.obligations import duties
    >>> from landbridge.world import World
    >>> world = World.at("2026-06-01")
    >>> by_votes, by_ties = camps(world, ["AZE", "PAK", "TUR"], duties(world))
    >>> [(one.first, one.second, one.told) for one in by_votes.pairs]
    [('AZE', 'PAK', 'same'), ('AZE', 'TUR', 'apart'), ('PAK', 'TUR', 'apart')]
    """
    joined, rows = _joined(world, told)
    found = (by_votes(world, asked, joined), by_ties(world.facts, asked, joined, rows))
    return tuple(one for one in found if one is not None)


def by_votes(world: World, asked: Collection[str], joined: Sequence[Edge] = ()) -> Camps | None:
    """Camps by votes in the UN; None where no votes are known by the day."""
    facts = world.facts
    known = votes(facts)
    last = min(last_seen(world), known.last_year)
    first = max(known.first_year, last - int(value(facts, "camp-years")) + 1)
    if last < known.first_year:
        return None
    years = range(first, last + 1)
    areas = _voters(known, years)
    if len(areas) < FEWEST:
        return None
    most = int(value(facts, "camp-most"))
    distance = _distance(known, years, areas)
    labels, tried = cut(distance, most)
    strength = max(tried.values())
    draws = int(value(facts, "camp-draws"))
    found = [cut(_distance(known, drawn(years, k), areas), most)[0] for k in range(draws)]
    place = {area: at for at, area in enumerate(areas)}
    enough = strength >= value(facts, "camp-least-silhouette")
    inside = [one for one in sorted(set(asked)) if one in place]
    pairs = _pairs(facts, inside, place, labels, found, enough, lambda a, b: float(1 - distance[a, b]))
    within, expected = _followed(joined, dict(zip(areas, labels, strict=True)))
    return Camps(
        "votes", (first, last), _of_votes(areas, labels, distance), strength, tried, draws, pairs,
        tuple(one for one in sorted(set(asked)) if one not in place),
        tuple(_by_year(known, inside, range(known.first_year, last + 1), most)), within, expected,
        *_verdict(enough, pairs), tuple(("vote_pairs", f"{a}-{b}") for a, b in combinations(inside, 2)),
    )  # fmt: skip


def by_ties(
    facts: Facts, asked: Collection[str], joined: Sequence[Edge], rows: Mapping[Edge, Sequence[tuple[str, str]]]
) -> Camps | None:
    """Camps by ties and duties of help; None where there are none."""
    areas = tuple(sorted({area for a, b, _ in joined for area in (a, b)}))
    if len(areas) < FEWEST:
        return None
    place = {area: at for at, area in enumerate(areas)}
    weights = _weights(joined, place)
    labels = merged(weights)
    strength = modularity(weights, labels)
    draws = int(value(facts, "camp-draws"))
    found = [merged(_weights(drawn(joined, k), place)) for k in range(draws)]
    enough = strength >= value(facts, "camp-least-modularity")
    inside = [one for one in sorted(set(asked)) if one in place]
    pairs = _pairs(facts, inside, place, labels, found, enough, lambda a, b: float(weights[a, b]))
    cited = [key for edge in joined if {edge[0], edge[1]} <= set(asked) for key in rows[edge]]
    return Camps(
        "ties", None, _of_ties(areas, labels, weights), strength, {}, draws, pairs,
        tuple(one for one in sorted(set(asked)) if one not in place), (), None, None, *_verdict(enough, pairs),
        tuple(dict.fromkeys(cited)),
    )  # fmt: skip


def _verdict(enough: bool, pairs: Sequence[Pair]) -> tuple[bool, tuple[str, ...]]:
    told = any(one.told != "cannot tell" for one in pairs)
    why = (*(() if enough else ("no-structure",)), *(("draws-differ",) if enough and pairs and not told else ()))
    return not why, why


def _joined(world: World, told: Collection[Duty]) -> tuple[list[Edge], dict[Edge, list[tuple[str, str]]]]:
    """Pairs of areas by kind of tie on the day, and the rows that say so."""
    rows: dict[Edge, list[tuple[str, str]]] = {}
    for row in world.facts.table("ties").rows:
        if row["kind"] in KINDS and row["held"] and (standing(world, row) or recent(world, row)):
            sides = {(min(a, b), max(a, b)) for a in row["by_areas"] or () for b in row["with_areas"] if a != b}
            for a, b in sorted(sides):
                rows.setdefault((a, b, row["kind"]), []).append(("ties", row["id"]))
    for debtor, creditor, _, key in edges([one for one in told if one.kind in AID and one.binding]):
        rows.setdefault((min(debtor, creditor), max(debtor, creditor), HELP), []).append(("obligations", key))
    return sorted(rows), rows


def _voters(known: Votes, years: Sequence[int]) -> tuple[str, ...]:
    """States whose votes can be held against those of every other one that is left; the emptiest go first."""
    areas = sorted({area for year in years for area in known.known(known.areas, year)})
    while areas:
        at = [known.place[one] for one in areas]
        common = sum(known.common[year - known.first_year][np.ix_(at, at)] for year in years)
        empty = (np.asarray(common) == 0).sum(axis=1) - 1
        if not empty.any():
            break
        areas.pop(int(empty.argmax()))
    return tuple(areas)


def _distance(known: Votes, years: Sequence[int], areas: Sequence[str]) -> Floats:
    """Disagreement of each pair over some years: 0 always the same vote, 1 always the other one."""
    at = [known.place[one] for one in areas]
    here = np.ix_(at, at)
    common = np.asarray(sum(known.common[year - known.first_year][here] for year in years))
    halves = np.asarray(sum(known.halves[year - known.first_year][here] for year in years))
    # two that never voted together in the years of a draw are as far apart as an average pair
    seen = common > 0
    found: Floats = 1 - np.divide(halves, 2 * common, out=np.zeros_like(common), where=seen)
    off = ~np.eye(len(areas), dtype=bool)
    found[~seen] = found[seen & off].mean() if (seen & off).any() else 0.5
    np.fill_diagonal(found, 0.0)
    return found


def _weights(edges: Sequence[Edge], place: Mapping[str, int]) -> Floats:
    found = np.zeros((len(place), len(place)))
    for a, b, _ in edges:
        found[place[a], place[b]] += 1
        found[place[b], place[a]] += 1
    return found


def _pairs(
    facts: Facts, inside: Sequence[str], place: Mapping[str, int], labels: Ints, found: Sequence[Ints], enough: bool,
    worth: Any,
) -> tuple[Pair, ...]:  # fmt: skip
    sure = value(facts, "camp-told")
    out = []
    for first, second in combinations(inside, 2):
        a, b = place[first], place[second]
        same = bool(labels[a] == labels[b])
        share = float(np.mean([one[a] == one[b] for one in found]))
        if enough and same and share >= sure:
            told = "same"
        elif enough and not same and share <= 1 - sure + 1e-12:
            told = "apart"
        else:
            told = "cannot tell"
        out.append(Pair(first, second, same, share, told, worth(a, b)))
    return tuple(out)


def _grouped(areas: Sequence[str], labels: Ints) -> Iterator[list[int]]:
    """Places of the states of each camp, largest camp first."""
    groups: dict[int, list[int]] = {}
    for at, label in enumerate(labels.tolist()):
        groups.setdefault(label, []).append(at)
    yield from sorted(groups.values(), key=lambda some: (-len(some), areas[some[0]]))


def _of_votes(areas: Sequence[str], labels: Ints, distance: Floats) -> tuple[Camp, ...]:
    found = []
    for some in _grouped(areas, labels):
        pairs = distance[np.ix_(some, some)][np.triu_indices(len(some), 1)]
        found.append(Camp(tuple(areas[at] for at in some), float(1 - pairs.mean()) if len(some) > 1 else None))
    return tuple(found)


def _of_ties(areas: Sequence[str], labels: Ints, weights: Floats) -> tuple[Camp, ...]:
    found = []
    for some in _grouped(areas, labels):
        whole, inner = weights[some].sum(), weights[np.ix_(some, some)].sum()
        found.append(Camp(tuple(areas[at] for at in some), float(inner / whole) if whole else None))
    return tuple(found)


def _followed(edges: Sequence[Edge], camp: Mapping[str, int]) -> tuple[float | None, float | None]:
    """Share of the ties that join two of one camp, and what chance would give."""
    known = [one for one in edges if one[0] in camp and one[1] in camp]
    if not known:
        return None, None
    areas = sorted({area for a, b, _ in known for area in (a, b)})
    weights = _weights(known, {area: at for at, area in enumerate(areas)})
    labels = np.array([camp[area] for area in areas])
    within = float(weights[labels[:, None] == labels[None, :]].sum() / weights.sum())
    return within, within - modularity(weights, labels)


def _by_year(known: Votes, inside: Sequence[str], years: Sequence[int], most: int) -> Iterator[Mapping[str, Any]]:
    """Camps of single years: how many, how marked, and into how many of them the states asked of fall."""
    for year in years:
        areas = _voters(known, [year])
        if len(areas) < FEWEST:
            continue
        labels, tried = cut(_distance(known, [year], areas), most)
        place = {area: at for at, area in enumerate(areas)}
        own = [int(labels[place[one]]) for one in inside if one in place]
        yield {"year": year, "camps": len(set(labels.tolist())), "strength": max(tried.values()),
               "asked": len(own), "asked_camps": len(set(own))}  # fmt: skip
