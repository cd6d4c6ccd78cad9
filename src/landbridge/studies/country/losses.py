"""What becomes of the standard routes when a neighbour shuts its land border, or a scenario of the library holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from landbridge.errors import InputError
from landbridge.routing.matrices import MatrixQuestion, answer_matrix
from landbridge.studies.country.borders import Border
from landbridge.studies.country.rows import Evidences, Told
from landbridge.studies.country.ways import StandardRoute, shipment, shut_port
from landbridge.world.fuels import speaks_of_energy_alone
from landbridge.world.index import pair_id
from landbridge.world.library import list_scenarios, read_scenario

if TYPE_CHECKING:
    from landbridge.world import World
    from landbridge.world.events import Event

EQUAL: Final = 1e-9
TABLES: Final = {"crossing": "crossings", "passage": "passages", "ferry": "ferries", "port": "ports"}
"""What a scenario may shut and a way may be seen to use, by the table of its ids."""
WORSENING: Final = ("close", "delay", "fee", "capacity")
"""Kinds of events that make what they name no better; of capacity its share of the usual alone."""


@dataclass(frozen=True, slots=True)
class Shift(Told):
    """A standard route in a changed world.

    Attributes
    ----------
    kind
        partner or port.
    outcome
        same, changes, shuts (no way is left) or opens.
    hours, usd
        In the changed world; None without a way.
    delta_hours, delta_usd, delta_generalised_usd
        Against the world as it is, the last with the value of time; None where one of the two has no way.
    """

    kind: str
    to_area: str
    to: str
    outcome: str
    hours: float | None
    usd: float | None
    delta_hours: float | None
    delta_usd: float | None
    delta_generalised_usd: float | None
    box_share: float | None


@dataclass(frozen=True, slots=True)
class Loss(Told):
    """What changes by one closure or scenario.

    Attributes
    ----------
    name
        The neighbour whose border is shut, or the scenario.
    changed
        Routes that differ; the others stay as they are.
    same
        How many stay as they are.
    shut_box_share
        Share of the trade in boxes with the partners here that has no way any more.
    mean_delta_hours, mean_delta_usd, mean_delta_generalised_usd
        Over the partners that are still reached, each by its share of that trade. Ways are chosen by the last, money
        with the value of time: it alone is never negative where something shuts.
    sea_delta_hours, sea_delta_usd
        Of the best seaport now against the best one then; None when none is reached in one of the two worlds.
    sea_shut
        Whether no seaport is reached any more.
    note
        Why nothing was computed; empty otherwise.
    """

    name: str
    changed: tuple[Shift, ...]
    same: int
    shut_box_share: float | None
    mean_delta_hours: float | None
    mean_delta_usd: float | None
    mean_delta_generalised_usd: float | None
    sea_delta_hours: float | None
    sea_delta_usd: float | None
    sea_shut: bool
    note: str
    evidence: Evidences

    @property
    def alike(self) -> bool:
        """Whether no route differs."""
        return not self.changed


def closed(world: World, area: str, border: Border, routes: Sequence[StandardRoute], teu: float) -> Loss:
    """The standard routes with the land border to one neighbour shut.

    A route that does not pass the border stays the best: shutting a border makes no way better, so it is not looked
    for again.
    """
    from landbridge.world.scenario import Scenario

    rows = tuple(("crossings", key) for key in dict.fromkeys(post.id for post in border.posts))
    if not border.passable:
        return told(border.area, routes, {}, "no freight passes this border on the day", rows)
    gates = set(rows)
    touched = [one for one in routes if one.uses(gates)]
    if not touched:
        return told(border.area, routes, {}, "", rows)
    pair = pair_id(area, border.area)
    event = {"kind": "close", "subject": f"pair:{pair}", "note": f"the border {pair} is shut"}
    changed = world.apply(Scenario.model_validate({"name": f"border {pair} shut", "events": [event]}))
    return told(border.area, routes, again(changed, touched, teu), "", rows)


def scenarios_of(world: World) -> Iterator[str]:
    """Scenarios of the library that freight may feel and that are not applied yet."""
    for name in list_scenarios():
        if name not in world.scenarios:
            events = read_scenario(name, world.facts).events
            if not all(speaks_of_energy_alone(event) for event in events):
                yield name


def in_scenario(world: World, name: str, routes: Sequence[StandardRoute], teu: float) -> Loss:
    """The standard routes under one scenario of the library."""
    scenario = read_scenario(name, world.facts)
    rows = tuple(("scenario", f"{name}#{number}") for number in range(1, len(scenario.events) + 1))
    try:
        changed = world.apply(scenario)
    except InputError as error:
        return told(name, routes, {}, f"it cannot be applied: {error.problem}", rows)
    if changed.id == world.id:
        return told(name, routes, {}, "", rows)
    gates = shut_by(world, scenario.events)
    touched = list(routes) if gates is None else [one for one in routes if one.uses(gates)]
    return told(name, routes, again(changed, touched, teu) if touched else {}, "", rows)


def shut_by(world: World, events: Sequence[Event]) -> frozenset[tuple[str, str]] | None:
    """What events shut or slow: ways that use none of it stay the best; None when events do anything else.

    Examples
    --------
    >>> from landbridge.world import World
    >>> world = World.at("2022-05-16")
    >>> sorted(shut_by(world, read_scenario("suez-closed").events))
    [('passages', 'suez')]
    >>> shut_by(world, read_scenario("cku-built").events) is None
    True
    """
    found: set[tuple[str, str]] = set()
    for event in events:
        if event.kind not in WORSENING or (event.kind == "capacity" and "share" not in event.model_fields_set):
            return None
        for subject in event.subjects:
            kind, _, key = subject.partition(":")
            if kind == "pair":
                sides = set(key.split("-"))
                posts = world.facts.table("crossings").rows
                found |= {("crossings", row["id"]) for row in posts if {row["area_a"], row["area_b"]} == sides}
            elif kind in TABLES:
                found.add((TABLES[kind], key))
            else:
                return None
    return frozenset(found)


Totals = dict[tuple[str, str], tuple[float, float] | None]


def again(world: World, routes: Sequence[StandardRoute], teu: float) -> Totals:
    """Hours and dollars of the best ways of some standard routes in another world; None where there is none."""
    start = routes[0].ask[0]
    question = MatrixQuestion((start,), tuple(one.ask[1] for one in routes), shipment(teu))
    cells = answer_matrix(world, question).cells
    return {
        (origin, goal): None if hours is None or usd is None or shut_port(world, goal) is not None else (hours, usd)
        for origin, goal, _, hours, usd, _ in cells
    }


def told(name: str, routes: Sequence[StandardRoute], totals: Totals, note: str, rows: Evidences) -> Loss:
    """What a changed world does to the routes; those that `totals` does not hold stay as they are."""
    shifts = [_shift(one, totals) for one in routes]
    partners = [(one, shift) for one, shift in zip(routes, shifts, strict=True) if one.kind == "partner"]
    weights = [one.box_share for one, _ in partners if one.there]
    known = bool(weights) and all(weight is not None for weight in weights)
    whole = sum(weight or 0.0 for weight in weights)
    shut = sum(one.box_share or 0.0 for one, shift in partners if shift.outcome == "shuts")
    before, after = _best_sea(routes, None), _best_sea(routes, totals)
    return Loss(
        name=name,
        changed=tuple(shift for shift in shifts if shift.outcome != "same"),
        same=sum(shift.outcome == "same" for shift in shifts),
        shut_box_share=shut / whole if known and whole > 0 else None,
        mean_delta_hours=_mean(partners, "delta_hours") if known else None,
        mean_delta_usd=_mean(partners, "delta_usd") if known else None,
        mean_delta_generalised_usd=_mean(partners, "delta_generalised_usd") if known else None,
        sea_delta_hours=None if before is None or after is None else _more(before[0], after[0]),
        sea_delta_usd=None if before is None or after is None else _more(before[1], after[1]),
        sea_shut=before is not None and after is None,
        note=note,
        evidence=rows,
    )


def _shift(one: StandardRoute, totals: Totals) -> Shift:
    if one.ask not in totals:
        return Shift(one.kind, one.to_area, one.to, "same", one.hours, one.usd, *_nothing(one), one.box_share)
    found = totals[one.ask]
    if found is None or one.hours is None or one.usd is None:
        outcome = "shuts" if one.there else "same" if found is None else "opens"
        hours, usd = found or (None, None)
        return Shift(one.kind, one.to_area, one.to, outcome, hours, usd, None, None, None, one.box_share)
    hours, usd = found
    more, dearer = _more(one.hours, hours), _more(one.usd, usd)
    if more == dearer == 0.0:
        return Shift(one.kind, one.to_area, one.to, "same", one.hours, one.usd, *_nothing(one), one.box_share)
    both = dearer + one.usd_per_h * more
    return Shift(one.kind, one.to_area, one.to, "changes", hours, usd, more, dearer, both, one.box_share)


def _more(before: float, after: float) -> float:
    """The difference; 0 where only the order of adding up differs."""
    return 0.0 if abs(after - before) <= EQUAL * max(abs(before), 1.0) else after - before


def _nothing(one: StandardRoute) -> tuple[float | None, float | None, float | None]:
    return (0.0, 0.0, 0.0) if one.there else (None, None, None)


def _mean(partners: Sequence[tuple[StandardRoute, Shift]], name: str) -> float | None:
    """Mean of what changes over the partners that have a way in both worlds, by their share of trade."""
    some = [(one.box_share or 0.0, getattr(shift, name)) for one, shift in partners if getattr(shift, name) is not None]
    whole = sum(weight for weight, _ in some)
    return sum(weight * value for weight, value in some) / whole if whole > 0 else None


def _best_sea(routes: Sequence[StandardRoute], totals: Totals | None) -> tuple[float, float] | None:
    """Hours and dollars of the seaport that costs least in money and time together."""
    found: list[tuple[float, float, float]] = []
    worth = max((one.usd_per_h for one in routes if one.kind == "port"), default=0.0)
    for one in routes:
        if one.kind != "port":
            continue
        now = (one.hours, one.usd) if one.hours is not None and one.usd is not None else None
        then = now if totals is None else totals.get(one.ask, now)
        if then is not None:
            found.append((then[1] + worth * then[0], then[0], then[1]))
    if not found:
        return None
    _, hours, usd = min(found)
    return hours, usd
