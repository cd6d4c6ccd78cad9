"""The rests of a lorry's run: those that the law asks of a driver who sets out rested, in place of the spread ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.costs.boxes import RETURN
from landbridge.routing.costs.crews import Crew, crew_of, rest_of_two
from landbridge.routing.costs.moves import hire_part
from landbridge.routing.costs.parts import CHANGE_OF_TRACTOR, DRIVING, REST, REST_IN_WAIT, WEATHER, DoorPart, Part
from landbridge.routing.costs.shifts import Clock, law_of
from landbridge.routing.costs.totals import GRADES

if TYPE_CHECKING:
    from landbridge.routing.costs.arcs import ArcCosts
    from landbridge.routing.costs.parts import Group

ROAD: Final = "road"
BEGIN, END = -1, -2
"""Places of the hauls at the two doors, beside the sections of the way."""


class Haul(NamedTuple):
    """What happens at a door of the trip, in order, and the area of the place."""

    area: str
    parts: Sequence[DoorPart]


class Change(NamedTuple):
    """What of a way stands on a part, before and after its rests are those of the run."""

    part: Part
    before: float
    after: float


@dataclass(slots=True)
class Rested:
    """What the rests of the run change in one section of a way.

    Parameters
    ----------
    hours, usd, var_h2
        What is to be added.
    of_hours, of_usd
        The same by the parts that it stands on.
    by_grade
        Hours that a grade has more, or less, than the leading row of each arc says.
    rows
        The rows of the speed and of the law.
    """

    hours: float = 0.0
    usd: float = 0.0
    var_h2: float = 0.0
    of_hours: list[Change] = field(default_factory=list)
    of_usd: list[Change] = field(default_factory=list)
    by_grade: dict[str, float] = field(default_factory=dict)
    rows: list[tuple[str, str]] = field(default_factory=list)


class Drive(NamedTuple):
    """So many hours at the wheel in an area, with the parts of their cost."""

    area: str
    km: float
    grade: str
    driving: Part
    rest: Part
    wheel_h: float
    rest_h: float
    rest_var_h2: float
    weather: Part | None
    weather_h: float
    boxes: bool


class Stay(NamedTuple):
    """A wait or a sailing in which a rest is taken that the road counts."""

    grade: str
    rest: Part
    saved_h: float


class Piece(NamedTuple):
    """Arcs that follow each other and cost the same, as a driver sees them.

    Parameters
    ----------
    goes_on, drives_on
        Whether they belong to a run of a lorry, and whether the same driver goes on behind them.
    happens
        What the driver does on them where it is counted.
    returned
        Whether boxes go back from them.
    """

    goes_on: bool
    drives_on: bool
    happens: Drive | Stay | None
    returned: bool


Stretch = tuple[Piece, ...]
"""A section of a way as a driver sees it."""
_Run = list[tuple[int, "Drive | Stay"]]
"""What a driver does, each with the section that it happens in."""


def stretch_of(costs: ArcCosts, arcs: NDArray[np.int64]) -> Stretch:
    """A section of a way as a driver sees it: what it is made of does not depend on the rest of the way.

    Arcs that end a run and carry nothing back are told once, however many follow each other.
    """
    found: list[Piece] = []
    for group, some in _alike(costs, arcs):
        goes_on, drives_on = _joins(group)
        happens = _happens(costs, group, some) if goes_on else None
        piece = Piece(goes_on, drives_on, happens, any(part.factor == RETURN for part in group.parts))
        if piece != OFF_ROAD or found[-1:] != [OFF_ROAD]:
            found.append(piece)
    return tuple(found)


OFF_ROAD: Final = Piece(goes_on=False, drives_on=False, happens=None, returned=False)


def rests_of_runs(
    costs: ArcCosts,
    sections: Sequence[Stretch],
    before: Haul | None = None,
    after: Haul | None = None,
) -> dict[int, Rested]:
    """What changes on a way when each lorry takes the rests that the law asks, by section; `BEGIN`, `END` at doors.

    A run is what one lorry drives: from the origin or a change of mode or tractor to the next, or to the destination;
    borders and ferries on the way belong to it. On each run the driver, or the team, sets out rested, as do those that
    drive on where one follows two or two follow one; no rest follows the last kilometre. What is rested in the waits of
    a run is taken off its rests, at most all of them.

    Parameters
    ----------
    costs
        What the arcs cost with rests spread evenly over the way.
    sections
        The way, in pieces for each of which the change is wanted; see `stretch_of`.
    before, after
        What happens at the doors of the trip.
    """
    found: dict[int, Rested] = {}
    hire = hire_part(costs.trip, hours=1.0)
    for run in _runs(sections, before, after):
        if run:
            _rest(costs, run, hire, found)
    return found


def _runs(sections: Sequence[Stretch], before: Haul | None, after: Haul | None) -> Iterator[_Run]:
    """The runs of a way that drive on a road at all."""
    run: _Run = _at_door(BEGIN, before)
    for place, stretch in enumerate(sections):
        for goes_on, drives_on, happens, _ in stretch:
            if happens is not None:
                run.append((place, happens))
            if not (goes_on and drives_on):
                yield run
                run = []
    yield [*run, *_at_door(END, after)]


def _alike(costs: ArcCosts, arcs: NDArray[np.int64]) -> Iterator[tuple[Group, NDArray[np.int64]]]:
    """Arcs that follow each other and cost the same, with what they cost."""
    classes = costs.group[arcs]
    ends = [*(np.flatnonzero(classes[1:] != classes[:-1]) + 1).tolist(), arcs.size]
    start = 0
    for end in ends if arcs.size else ():
        yield costs.groups[int(classes[start])], arcs[start:end]
        start = end


def _joins(group: Group) -> tuple[bool, bool]:
    """Whether such arcs belong to a run of a lorry, and whether the same driver goes on behind them."""
    kind = group.key[0]
    if kind == "move":
        return group.key[1] == ROAD, True
    if kind in {"ferry", "crossing"}:
        return group.key[2] == ROAD, all(part.factor != CHANGE_OF_TRACTOR for part in group.parts)
    return False, False


def _happens(costs: ArcCosts, group: Group, arcs: NDArray[np.int64]) -> Drive | Stay | None:
    """What a driver does on arcs that cost the same: drive, rest in a wait; None where neither is counted."""
    parts = {part.factor: part for part in group.parts if part.hours or part.hours_km}
    grade = GRADES[int(costs.grade_hours[arcs[0]])]
    if group.key[0] != "move":
        saved = parts.get(REST_IN_WAIT)
        return None if saved is None else Stay(grade, saved, -saved.hours * arcs.size)
    driving, rest, weather = parts.get(DRIVING), parts.get(REST), parts.get(WEATHER)
    if driving is None or rest is None:
        # A speed that holds the stops, as that of a link of a scenario does.
        return None
    km = float(costs.km[arcs].sum())
    return Drive(
        group.key[2], km, grade, driving, rest, driving.hours_km * km, rest.hours_km * km, rest.var_h2_km * km,
        weather, 0.0 if weather is None else weather.hours_km * km, boxes=True,
    )  # fmt: skip


def _at_door(place: int, haul: Haul | None) -> _Run:
    """The haul between a place and a road of the network; one to a terminal is a run of its own."""
    if haul is None or any(part.kind == "transfer" for part in haul.parts):
        return []
    some = [part for one in haul.parts if one.kind == "move" for part in one.parts]
    km = sum(one.km for one in haul.parts if one.kind == "move")
    driving = next((part for part in some if part.factor == DRIVING), None)
    if driving is None:
        return []
    rest = next((part for part in some if part.factor == REST), driving._replace(factor=REST, hours=0.0))
    return [(place, Drive(haul.area, km, driving.grade, driving, rest, driving.hours, rest.hours, 0.0, None, 0.0,
                          boxes=False))]  # fmt: skip


def _rest(costs: ArcCosts, run: _Run, hire: Sequence[Part], found: dict[int, Rested]) -> None:
    """Put the rests of a run in the place of the spread ones; in its waits no more is rested than there are rests."""
    book, crews = costs.book, _crews(costs, run)
    clock, rests_h, saved_h, before = Clock(), 0.0, 0.0, None
    for place, one in run:
        if isinstance(one, Stay):
            saved_h += one.saved_h
            continue
        crew, two = crews[one.area]
        if before not in {None, two}:
            clock = Clock()
        before = two
        law = law_of(book, one.area, team=two)
        if law is None:
            rests_h += one.rest_h
            continue
        breaks, rests = clock.drive(law, one.wheel_h)
        rests_h += rests
        resting = rest_of_two(book, one.area, crew) if two else None
        _driven(found.setdefault(place, Rested()), one, resting or one.rest, breaks + rests, hire)
    if saved_h > rests_h:
        for place, one in run:
            if isinstance(one, Stay):
                back_h = one.saved_h * (1.0 - rests_h / saved_h)
                here = found.setdefault(place, Rested())
                here.of_hours.append(Change(one.rest, -one.saved_h, back_h - one.saved_h))
                _add(here, one.grade, back_h, back_h, hire)


def _crews(costs: ArcCosts, run: _Run) -> dict[str, tuple[Crew, bool]]:
    """Who drives in each area of a run, and whether two do, which may hang on how far it is there."""
    km: dict[str, float] = {}
    for _, one in run:
        if isinstance(one, Drive):
            km[one.area] = km.get(one.area, 0.0) + one.km
    crews = {area: crew_of(costs.trip, area) for area in km}
    return {area: (crew, crew.on(km[area])) for area, crew in crews.items()}


def _driven(here: Rested, one: Drive, resting: Part, rest_h: float, hire: Sequence[Part]) -> None:
    """Put the rests that fall into a drive in the place of those that were spread over it."""
    spread_h = one.wheel_h + one.rest_h
    share = one.weather_h / spread_h if spread_h > 0.0 else 0.0
    longer_h = rest_h - one.rest_h
    if resting is one.rest:
        here.of_hours.append(Change(one.rest, one.rest_h, rest_h))
    else:
        here.of_hours += (Change(one.rest, one.rest_h, 0.0), Change(resting, 0.0, rest_h))
    if one.weather is not None:
        here.of_hours.append(Change(one.weather, one.weather_h, share * (one.wheel_h + rest_h)))
    if one.rest_h > 0.0:
        here.var_h2 += one.rest_var_h2 * (rest_h / one.rest_h - 1.0)
    leads = one.driving if one.wheel_h >= rest_h else resting
    here.rows += (one.driving.row, one.rest.row, *(() if resting is one.rest else (resting.row,)))
    if leads.grade != one.grade:
        before_h = spread_h + one.weather_h
        here.by_grade[one.grade] = here.by_grade.get(one.grade, 0.0) - before_h
        here.by_grade[leads.grade] = here.by_grade.get(leads.grade, 0.0) + before_h
    _add(here, leads.grade, longer_h * (1.0 + share), longer_h if one.boxes else 0.0, hire)


def _add(here: Rested, grade: str, hours: float, hired_h: float, hire: Sequence[Part]) -> None:
    """Add hours, and the hire of the boxes for those in which they are hired."""
    here.hours += hours
    here.by_grade[grade] = here.by_grade.get(grade, 0.0) + hours
    for part in hire if hired_h else ():
        usd = part.usd * hired_h
        here.usd += usd
        here.of_usd.append(Change(part, max(-usd, 0.0), max(usd, 0.0)))
