"""What a shipment goes round: what better ways would use, did closures, measures and policies of the day let it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.chain import Way as Step
from landbridge.routing.doorsteps import Doorstep, ways_of
from landbridge.routing.lifted import STANDING, Way, not_yet, told
from landbridge.routing.plan import Keyed
from landbridge.routing.rested import more, of_sections
from landbridge.routing.weighted import Weighted
from landbridge.routing.weights import INF, Variant, integer_weights

if TYPE_CHECKING:
    from landbridge.routing.plan import Plan
    from landbridge.world import Refusal

LEAST_SAVING: Final = 0.03
"""What would save less than this share of the best way's cost is no loss to speak of."""
ROUNDS: Final = 3
"""So many better ways are looked for, each without what the ones before it needed."""
DEAD: Final = ("no regular traffic", "no traffic", "no trains", "line out of use", "line cut", "no through freight")
"""How the reason of a post begins that nobody shut: nothing runs there, and an order lifted would change nothing."""
ONE_CLOSURE_D: Final = 60
"""Posts of a border that were shut within so many days were shut by one closure, some a little later."""
LIFTED_KEPT: Final = 6
"""Weightings with refusals lifted, all or but for some: a few for each lane."""

LIFTED: Final = "lifted"
"""Begins the name of such a weighting among what a plan found."""

Ends = tuple[tuple[Step, ...], tuple[Step, ...]]
"""The doors at both ends as ways into the network."""


def avoided(
    the_plan: Plan,
    begin: Sequence[Doorstep],
    end: Sequence[Doorstep],
    shut: Mapping[int, Refusal],
    variant: Variant,
    best_units: int,
) -> tuple[dict[str, Any], ...]:
    """What better ways than the best one would use and is refused to the shipment on the day, each with its row.

    Seasons, things not built and posts that never took freight are no news and stay as they are.

    Parameters
    ----------
    begin, end
        The doors at both ends, the shut ones too; `shut` tells what shuts them.
    variant
        The weighting asked for.
    best_units
        Weight of the best way that may be used.
    """
    costs = the_plan.costs
    lift, _ = _usable_of(the_plan)
    ends = (ways_of(the_plan, tuple(begin), variant), ways_of(the_plan, tuple(end), variant))
    limit = best_units * (1.0 - LEAST_SAVING)
    found: list[dict[str, Any]] = []
    without = frozenset[int]()
    for _ in range(ROUNDS):
        way = _way(the_plan, variant, without, ends, limit)
        if way is None:
            break
        way, beside = _by_the_shared_rule(the_plan, variant, without, ends, limit, way, lift)
        way, beside = _by_the_last_shut(the_plan, variant, without, ends, limit, way, lift, beside)
        numbers = _needed(the_plan, way)
        at_doors = [node for node in (way.begin, way.end) if node in shut]
        refusals = [*(shut[node] for node in at_doors), *(costs.refusals[int(number)] for number in numbers)]
        if not refusals:
            break
        found.extend(_rows(the_plan, refusals, beside, _told_way(the_plan, way, (*begin, *end))))
        without = without.union(numbers.tolist(), *beside.values())
        ends = tuple(tuple(one for one in some if one.leave not in at_doors) for some in ends)  # type: ignore[assignment]
    # What began last is looked for first.
    began = {id(row["way"]): "" for row in found}
    for row in found:
        began[id(row["way"])] = max(began[id(row["way"])], row["since"] or "9999")
    return tuple(sorted(found, key=lambda row: began[id(row["way"])], reverse=True))


def _needed(the_plan: Plan, way: Way) -> NDArray[np.int32]:
    """The numbers of the refusals that a way needs lifted."""
    costs = the_plan.costs
    return np.unique(costs.blocked[way.arcs][~costs.allowed[way.arcs]])


def _by_the_shared_rule(
    the_plan: Plan,
    variant: Variant,
    without: frozenset[int],
    ends: Ends,
    limit: float,
    way: Way,
    lift: NDArray[np.bool_],
) -> tuple[Way, dict[str, list[int]]]:
    """The better way by a post that is shut for what most posts of its border are shut for, and what is refused beside.

    Where one post of a border has a cause of its own and the rest share another, the one that the rest share is the
    news: it is told if a way by one of them is better than the best, too.
    """
    refusals = the_plan.costs.refusals
    beside = _beside(the_plan, _needed(the_plan, way), lift)
    odd: list[int] = []
    for number in _needed(the_plan, way).tolist():
        some = Counter(_rule(the_plan, refusals[other]) for other in beside.get(refusals[number].subject, ()))
        own = _rule(the_plan, refusals[number])
        if some and max(some.values()) > some[own] + 1:
            odd.extend(other for other in (number, *beside[refusals[number].subject])
                       if some[_rule(the_plan, refusals[other])] < max(some.values()))  # fmt: skip
    if not odd:
        return way, beside
    # A way by another border would leave this one, by which the best of all goes, untold.
    again = _way(the_plan, variant, without.union(odd), ends, limit)
    return _if_by(the_plan, again, chain.from_iterable(beside.values()), lift) or (way, beside)


def _if_by(
    the_plan: Plan, way: Way | None, posts: Iterable[int], lift: NDArray[np.bool_]
) -> tuple[Way, dict[str, list[int]]] | None:
    """A way with what is refused beside, if there is one and it needs one of some refusals lifted."""
    if way is None:
        return None
    needed = _needed(the_plan, way)
    return (way, _beside(the_plan, needed, lift)) if np.isin(needed, list(posts)).any() else None


def _by_the_last_shut(
    the_plan: Plan,
    variant: Variant,
    without: frozenset[int],
    ends: Ends,
    limit: float,
    way: Way,
    lift: NDArray[np.bool_],
    beside: dict[str, list[int]],
) -> tuple[Way, dict[str, list[int]]]:
    """The better way by the posts of a border that were shut last, and what is refused beside.

    Freight went by them until that day, though better posts of the border had been shut for years: the last closure
    is what the shipment goes round now.
    """
    refusals = the_plan.costs.refusals
    older, last_shut = list[int](), list[int]()
    for number in _needed(the_plan, way).tolist():
        others = beside.get(refusals[number].subject, ())
        began = {one: _began(the_plan, refusals[one]) for one in (number, *others)}
        soon = max(began.values()) - ONE_CLOSURE_D
        if 0 < began[number] < soon:
            older.extend(one for one, day in began.items() if day < soon)
            last_shut.extend(one for one, day in began.items() if day >= soon)
    if not older:
        return way, beside
    again = _way(the_plan, variant, without.union(older), ends, limit)
    return _if_by(the_plan, again, last_shut, lift) or (way, beside)


def _began(the_plan: Plan, refusal: Refusal) -> int:
    """The number of the day since which a post is shut without a break; 0 where its own rows do not shut it.

    What a scenario shuts is shut last.
    """
    if refusal.table == "scenario":
        return the_plan.world.day.toordinal()
    table = the_plan.world.facts.table("crossing_status")
    row = table.by_id.get(refusal.id) if refusal.table == table.name else None
    if row is None or refusal.kind != "status":
        return 0
    day = row["from"].first
    rows = [one for one in table.where(subject=row["subject"]) if one["freight"] == "none"]
    for one in sorted(rows, key=lambda one: one["from"].first, reverse=True):
        same = one["mode"] == row["mode"] and one["direction"] == row["direction"]
        if same and one["to"] is not None and one["from"].first < day <= one["to"].first:
            day = one["from"].first
    return int(day.toordinal())


def _rule(the_plan: Plan, refusal: Refusal) -> tuple[Any, ...]:
    """What posts share that are shut for the same cause: a measure, or the day and the reason of their own rows."""
    facts = the_plan.world.facts
    row = facts.table(refusal.table).by_id.get(refusal.id) if refusal.table in facts.names else None
    if row is None or refusal.kind != "status":
        return refusal.table, refusal.id
    return refusal.table, row["from"], refusal.reason.split(";")[0]


def _usable_of(the_plan: Plan) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which refusals are of the day, and one more for none; which arcs could be used without those."""
    found: tuple[NDArray[np.bool_], NDArray[np.bool_]] = the_plan.made.get(("lifted",), lambda: _usable(the_plan))
    return found


def _usable(the_plan: Plan) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    costs = the_plan.costs
    lift = np.array([_lifted(the_plan, refusal) for refusal in costs.refusals] + [False])
    return lift, costs.allowed | (lift[costs.blocked] & costs.wanted)


def _way(the_plan: Plan, variant: Variant, without: frozenset[int], ends: Ends, limit: float) -> Way | None:
    """The best way with the refusals of the day lifted but for some, where it weighs no more than a limit."""
    key = (the_plan.key, variant, without)
    found = _weighted(Keyed(key, (the_plan, variant, without))).best(*ends, limit)
    return None if found is None else Way(found.arcs, found.ways[0].leave, found.ways[-1].enter, float(found.units))


@lru_cache(maxsize=LIFTED_KEPT)
def _weighted(keyed: Keyed) -> Weighted:
    """The weighting of a plan with the refusals of the day lifted, but for some of them by number."""
    the_plan, variant, without = keyed.value
    found = the_plan.finds.of(repr((LIFTED, variant, sorted(without))))
    return Weighted(the_plan.topology, partial(_weigh, the_plan, variant, without), found=found)


def _weigh(
    the_plan: Plan, variant: Variant, without: frozenset[int], arcs: NDArray[np.int64] | None
) -> NDArray[np.uint32]:
    """The weights of all arcs, or of some, with the refusals of the day lifted but for some of them."""
    if without and arcs is None:
        whole = _weighted(Keyed((the_plan.key, variant, frozenset()), (the_plan, variant, frozenset())))
        weights = whole.weights.copy()
    else:
        costs = replace(the_plan.costs, allowed=_usable_of(the_plan)[1])
        factor, per = the_plan.unit_factor, the_plan.units_per(variant.objective)
        prices = the_plan.prices(variant.objective)
        weights = integer_weights(the_plan.network, costs, factor, variant, prices, per=per, arcs=arcs)
    if without:
        blocked = the_plan.costs.blocked if arcs is None else the_plan.costs.blocked[arcs]
        weights[np.isin(blocked, list(without))] = INF
    return weights


def _lifted(the_plan: Plan, refusal: Refusal) -> bool:
    """Whether a refusal is of the day: it began, and could end."""
    if refusal.kind == "season":
        # A season comes every year.
        return False
    if ">" in refusal.subject:
        # Where tractors are changed the way stays the same, unless the carriers of one state alone may drive.
        return the_plan.rules.trip.carrier_area is not None
    if refusal.kind != "status":
        return True
    if refusal.table in STANDING or not_yet(the_plan, refusal):
        return False
    if refusal.subject_kind in {"crossing", "pair", "line"} and refusal.reason.startswith(DEAD):
        return False
    row = the_plan.world.facts.table(refusal.table).by_id.get(refusal.id)
    if refusal.subject_kind == "project":
        return row is not None and row["status"] == "closed"
    return refusal.subject_kind != "crossing" or not _never_for_freight(the_plan, refusal)


def _never_for_freight(the_plan: Plan, refusal: Refusal) -> bool:
    """Whether a post is one for persons or for small trade, so that it is not missed by freight."""
    world = the_plan.world
    table = world.facts.table("crossing_status")
    mode = refusal.modes[0] if refusal.modes else ""
    rows = [
        row
        for row in table.where(subject=refusal.subject)
        if row["mode"] in (mode, "both", "all") and (row["from"] is None or row["from"].first <= world.day)
    ]
    if any(row["freight"] == "all" for row in rows):
        return False
    now = table.by_id.get(refusal.id)
    return (now is not None and now["freight"] == "listed") or any(row["persons"] == "all" for row in rows)


def _beside(the_plan: Plan, numbers: Iterable[int], lift: NDArray[np.bool_]) -> dict[str, list[int]]:
    """For each refused post those that are refused beside it: by the same mode on the border of the same two areas."""
    refusals, posts = the_plan.costs.refusals, the_plan.world.facts.table("crossings").by_id

    def border(refusal: Refusal) -> tuple[Any, ...] | None:
        row = posts.get(refusal.subject) if refusal.subject_kind == "crossing" else None
        return None if row is None else (row["area_a"], row["area_b"], refusal.modes)

    at = {refusals[number].subject: border(refusals[number]) for number in numbers}
    borders = [(number, border(refusal)) for number, refusal in enumerate(refusals) if lift[number]]
    return {
        subject: [number for number, other in borders if other == where and refusals[number].subject != subject]
        for subject, where in at.items()
        if where is not None
    }


def _rows(
    the_plan: Plan, refusals: Iterable[Refusal], beside: Mapping[str, Sequence[int]], way: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """Refusals as plain data: the day they began, their source, what is refused beside them, the way they close."""
    from landbridge.facts import evidence

    facts = the_plan.world.facts
    for row in told(refusals, the_plan.world.day):
        fact = facts.table(row["table"]).by_id.get(row["id"]) if row["table"] in facts.names else None
        since = None if fact is None or fact.get("from") is None else fact["from"].first.isoformat()
        cited = evidence(facts, row["table"], row["id"])
        # Each post once, though both its directions may be refused.
        more = {
            one.subject: one for one in (the_plan.costs.refusals[number] for number in beside.get(row["subject"], ()))
        }
        yield {
            **row,
            "since": since,
            "grade": cited.grade,
            "source": cited.source,
            "url": cited.url,
            "beside": [{"table": one.table, "id": one.id, "subject": one.subject} for one in more.values()],
            "way": way,
        }


def _told_way(the_plan: Plan, way: Way, steps: Iterable[Doorstep]) -> dict[str, Any]:
    """What a way would take, and the passages and areas on it."""
    network, costs, arcs = the_plan.network, the_plan.costs, way.arcs
    every = tuple(steps)
    begin = next(step for step in every if step.node == way.begin)
    end = next(step for step in every[::-1] if step.node == way.end)
    legs = (*begin.legs, *end.legs)
    more_h, more_usd = more(of_sections(the_plan, [arcs], (begin, end)))
    money = the_plan.money[arcs]
    refs = [network.refs[number] for number in network.ref[arcs].tolist() if number >= 0]
    areas = [network.areas[number] for number in network.node_area[network.head[arcs]].tolist() if number >= 0]
    return {
        "km": float(network.km[arcs].astype(np.float64).sum()) + sum(leg.km for leg in legs),
        "hours": float(costs.hours[arcs].sum()) + sum(leg.hours for leg in legs) + more_h,
        "usd": float((costs.usd[arcs] * money).sum()) + sum(leg.usd for leg in legs) + more_usd,
        "kg_co2e": float((costs.kg_co2e[arcs] * money).sum()) + sum(leg.kg_co2e for leg in legs),
        "passages": list(dict.fromkeys(key for table, key in refs if table == "passages")),
        "areas": [area for number, area in enumerate(areas) if number == 0 or areas[number - 1] != area],
    }
