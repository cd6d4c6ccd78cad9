"""From priced candidates to what the answer shows, names and leaves out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from landbridge.routing.answer import Itinerary, LeftOut
from landbridge.routing.corridors import corridor_merits
from landbridge.routing.marks import alike, as_good, marks
from landbridge.routing.selection import select, value, worth_driving
from landbridge.routing.thresholds import thresholds
from landbridge.routing.weightings import AVOIDED, FLOWN, WITHOUT
from landbridge.routing.weights import OBJECTIVES

if TYPE_CHECKING:
    from landbridge.routing.candidate import Candidate
    from landbridge.routing.marks import Marks
    from landbridge.routing.thresholds import Thresholds
    from landbridge.routing.weights import Objective
    from landbridge.world import World

NOT_ASKED_FOR = "air is shown only where it is asked for"


@dataclass(frozen=True, slots=True)
class Choice:
    """The routes shown, the next ones that are named, and what was left out on purpose."""

    shown: tuple[Itinerary, ...]
    others: tuple[Itinerary, ...]
    left_out: tuple[LeftOut, ...]


def beside_the_best(
    found: Sequence[Candidate], priced: Sequence[Itinerary]
) -> tuple[tuple[Candidate, ...], list[Itinerary]]:
    """Leave out what was looked for between the ways found first and would be better than all of them in one measure.

    Each measure has a search of its own; what is better all the same is so by how the rests of drivers fall, which no
    search sees. What is shut decides too which ways are looked for between, so that a closing which makes for another
    search could turn up a better first way.
    """
    pairs = list(zip(found, priced, strict=True))
    before = [route for one, route in pairs if not (one.between or one.reason.startswith(FLOWN))]
    if not before:
        return tuple(found), list(priced)
    least = {name: min(value(route, name) for route in before) for name in OBJECTIVES}
    kept = [
        (one, route)
        for one, route in pairs
        if not one.between or all(value(route, name) >= least[name] for name in OBJECTIVES)
    ]
    return tuple(one for one, _ in kept), [route for _, route in kept]


def choose(
    world: World,
    found: Sequence[Candidate],
    priced: Sequence[Itinerary],
    label: Callable[[Sequence[Itinerary]], list[Itinerary]],
    objective: Objective,
    n: int,
    usd_per_h: float,
    *,
    best_first: bool,
) -> Choice:
    """Choose among the candidates of a question, each with its itinerary; `label` names those that come into question.

    None is shown where the only candidates are flights that were looked for beside a question about the surface.
    `best_first` tells that the first candidate is the optimum that the search found. It stays the first among equals,
    so that a matrix and its single questions agree to the last digit, though another path may cost less by less than
    one integer unit. Where another is better by the totals that are told, that one comes first: drivers rest by the
    run, while the search adds up arcs.
    """
    limits = thresholds(world.facts)
    flown = {
        one.reason.removeprefix(FLOWN): route
        for one, route in zip(found, priced, strict=True)
        if one.reason.startswith(FLOWN)
    }
    ground = [i for i, one in enumerate(found) if not one.reason.startswith(FLOWN)]
    if not ground:
        return Choice((), (), ())
    found, priced = beside_the_best([found[i] for i in ground], [priced[i] for i in ground])
    seen = marks(world, priced)
    # What keeps out of a strait or an area on purpose is looked for as a corridor is.
    known = [
        one.corridor_share >= limits.corridor_km_share or one.reason == AVOIDED or one.reason.startswith(WITHOUT)
        for one in found
    ]
    good = worth_driving(priced, seen, limits, known)
    if best_first and 0 not in good and _first_without_between(found, priced, seen, limits, known):
        # What was looked for between the first ways takes none of them away from who asks for the least of something.
        good = (0, *good)
    some = label([priced[i] for i in good])
    least = min(value(one, objective) for one in some)
    stays = best_first and good[0] == 0 and value(some[0], objective) <= (1.0 + limits.equal_share) * least
    depends = alike([seen[i] for i in good])
    chosen = select(
        some,
        corridor_merits(world, [found[i] for i in good], some, min((one.km for one in priced), default=0.0)),
        objective,
        n,
        usd_per_h,
        depends * as_good(some),
        limits,
        optimum=0 if stays else None,
        depends=depends,
    )
    left_out = tuple(
        LeftOut(NOT_ASKED_FOR, name, label([route])[0])
        for name in OBJECTIVES
        if (route := flown.get(name)) is not None
        and value(route, name) < (1.0 - limits.equal_share) * min(value(one, name) for one in some)
    )
    return Choice(chosen.shown, chosen.others, left_out)


def _first_without_between(
    found: Sequence[Candidate],
    priced: Sequence[Itinerary],
    seen: Sequence[Marks],
    limits: Thresholds,
    known: Sequence[bool],
) -> bool:
    """Whether the first way would be driven if none had been looked for between the ways found first."""
    first = [i for i, one in enumerate(found) if not one.between]
    return first[:1] == [0] and 0 in worth_driving(
        [priced[i] for i in first], [seen[i] for i in first], limits, [known[i] for i in first]
    )
