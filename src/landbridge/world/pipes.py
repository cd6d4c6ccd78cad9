"""Pipes of gas and oil over a span of days: what points can pass, which fields, stores and demands are not as usual.

All functions are pure in (world, days). They read the dates of events day by day, so a cut that begins inside the span
begins there; the world's own day plays no part. Days after the last day of the facts take the last known state and are
flagged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from landbridge.errors import DateError
from landbridge.world.lng import lng_import_states, lng_states
from landbridge.world.pipe_facts import Commodity, points
from landbridge.world.steps import read
from landbridge.world.types import Evidences

RECENT_DAYS = 365
"""A cut that the rows of capacity tell counts as a cut this long [days]; then it is what is usual."""

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from landbridge.world.world import World

__all__ = [
    "PipeStates",
    "demand_factors",
    "lng_import_states",
    "lng_states",
    "pipe_states",
    "production_factors",
    "storage_factors",
]


@dataclass(frozen=True, slots=True, eq=False)
class PipeStates:
    """What the points of pipes can pass over a span of days.

    Attributes
    ----------
    commodity
        gas or oil.
    days
        The days asked for.
    points, from_zones, to_zones, kinds, pipelines
        One for each point, sorted by the id of the point; `pipelines` has "" where the table names none. For oil the
        zones are areas. Points built by scenarios are among them.
    capacity
        float64 [points, days]: 10^6 m3 a day of gas, 10^3 barrels a day of oil. 0 before a point was built and while
        it is shut.
    flow_share
        float64 [points, days]: where a dated cut of the facts names a share and no amount, that share: the sources
        speak of the flow, so a flow below the capacity is cut too. Else 1, and 1 where a scenario speaks of the point.
    held
        bool [days]: the day lies after the last day of the facts, so the state is the last known one.
    evidence
        For each point the (table, id) rows that decided on any of the days, scenarios first.
    """

    commodity: Commodity
    days: tuple[date, ...]
    points: tuple[str, ...]
    from_zones: tuple[str, ...]
    to_zones: tuple[str, ...]
    kinds: tuple[str, ...]
    pipelines: tuple[str, ...]
    capacity: NDArray[np.float64]
    flow_share: NDArray[np.float64]
    held: NDArray[np.bool_]
    evidence: tuple[Evidences, ...]

    @property
    def capacity_mcmd(self) -> NDArray[np.float64]:
        """The capacities of gas points [10^6 m3 a day]."""
        if self.commodity != "gas":
            raise AttributeError("capacities of oil points are in kbd")
        return self.capacity

    @property
    def capacity_kbd(self) -> NDArray[np.float64]:
        """The capacities of oil points [10^3 barrels a day]."""
        if self.commodity != "oil":
            raise AttributeError("capacities of gas points are in mcmd")
        return self.capacity


def pipe_states(
    world: World, days: Sequence[date], *, undisturbed: bool = False, commodity: Commodity = "gas"
) -> PipeStates:
    """What each point of the pipes can pass on each day.

    Parameters
    ----------
    world
        The world: its facts and all events of its scenarios, each by its own dates.
    days
        The days, in any order, from the first day that the rows cover on.
    undisturbed
        Only the dated rows of capacity: no dated cut of the facts, no event of a scenario. A row that itself says 0 (a
        pipe that was destroyed or a contract that ended) still says so. The points are the same, those built have 0.
    commodity
        gas or oil; without a table of oil points there are none.

    Raises
    ------
    DateError
        For a day before the rows begin.

    Examples
    --------
    >>> from datetime import date
    >>> from landbridge.world import World
    >>> days = [date(2009, 1, 6), date(2009, 1, 8), date(2009, 1, 21)]
    >>> states = pipe_states(World.at("2009-01-06"), days)
    >>> row = states.points.index("uzhhorod-ukr-svk")
    >>> states.capacity_mcmd[row].tolist()
    [82.5, 0.0, 250.0]
    """
    import numpy as np

    at = np.array([day.toordinal() for day in days], dtype=np.int64)
    first, last = (int(at.min()), int(at.max())) if len(at) else (0, 0)
    known = points(world.facts, commodity, world.known_on)
    _check_days(known, days)
    effects = {key[2]: one for key, one in world.effects.items() if key[:2] == ("pipe", commodity)}
    names = sorted({*known, *(key for key, one in effects.items() if "from" in one.value)})
    capacity, flow_share = np.zeros((len(names), len(at))), np.ones((len(names), len(at)))
    ends: list[tuple[str, str, str, str]] = []
    evidence: list[Evidences] = []
    for number, name in enumerate(names):
        point = known.get(name)
        rows: list[tuple[str, str]] = []
        if point is not None:
            ends.append((point.tail, point.head, point.kind, point.pipeline))
            for one in point.capacities:
                if one.start > last or one.end <= first:
                    continue
                inside = (at >= one.start) & (at < one.end)
                if inside.any():
                    capacity[number, inside] = one.undisturbed if undisturbed else one.value
                    flow_share[number, inside] = 1.0 if undisturbed else one.flow_share
                    rows += one.evidence[-1:] if undisturbed else one.evidence
            for drop in point.drops if undisturbed else ():
                if first - RECENT_DAYS < drop <= last:
                    later = at >= drop
                    capacity[number, later] = np.maximum(capacity[number, later], point.before(drop))
        else:
            value = effects[name].value
            ends.append((value["from"], value["to"], value["kind"], value["pipeline"]))
        if name in effects and not undisturbed:
            changed = False
            for start, end, amount in read(effects[name].value["schedule"]):
                inside = (at >= start) & (at < end)
                capacity[number, inside], flow_share[number, inside] = amount, 1.0
                changed = changed or bool(inside.any())
            rows = [*effects[name].evidence, *rows] if changed else rows
        evidence.append(tuple(dict.fromkeys(rows)))
    tails, heads, kinds, lines = (tuple(one[place] for one in ends) for place in range(4))
    held = at > world.facts.last_day.toordinal()
    return PipeStates(
        commodity, tuple(days), tuple(names), tails, heads, kinds, lines, capacity, flow_share, held, tuple(evidence)
    )


def _check_days(known: Mapping[str, object], days: Sequence[date]) -> None:
    """Capacities before the first rows are not known; an empty network would look like a shut one."""
    if not known or not days:
        return
    first = date.fromordinal(min(point.first for point in known.values()))  # type: ignore[attr-defined]
    if min(days) < first:
        raise DateError(
            f"capacities of pipes are known from {first} on, not on {min(days)}", field="date", nearest=[str(first)]
        )


def demand_factors(world: World, days: Sequence[date], commodity: Commodity = "gas") -> dict[str, NDArray[np.float64]]:
    """By which factor scenarios change demand, [days] for each zone (gas) or area (oil) that any of them changes.

    Examples
    --------
    >>> from datetime import date
    >>> from landbridge.world import World, parse_scenario
    >>> cold = parse_scenario(
    ...     "{name: c, events: [{kind: demand, areas: DEU, factor: 1.2, goods: gas, to: 2024-01-02}]}"
    ... )
    >>> demand_factors(World.at("2023-06-01").apply(cold), [date(2024, 1, 1), date(2024, 1, 2)])["DEU"].tolist()
    [1.2, 1.0]
    """
    return _factors(world, days, ("use", commodity))


def production_factors(
    world: World, days: Sequence[date], commodity: Commodity = "gas"
) -> dict[str, NDArray[np.float64]]:
    """By which factor scenarios change production, [days] for each zone (gas) or area (oil) that any of them changes.

    Examples
    --------
    >>> from datetime import date
    >>> from landbridge.world import World, parse_scenario
    >>> more = parse_scenario("{name: m, events: [{kind: capacity, subject: 'production:NOR', factor: 2, goods: gas}]}")
    >>> production_factors(World.at("2023-06-01").apply(more), [date(2024, 1, 1)])["NOR"].tolist()
    [2.0]
    """
    return _factors(world, days, ("production", commodity))


def storage_factors(world: World, days: Sequence[date]) -> dict[str, NDArray[np.float64]]:
    """By which factor scenarios change what the gas stores of an area can give and take, [days] for each area.

    Examples
    --------
    >>> from datetime import date
    >>> from landbridge.world import World, parse_scenario
    >>> less = parse_scenario("{name: l, events: [{kind: cut, subject: 'storage:AUT', share: 0.75}]}")
    >>> storage_factors(World.at("2023-06-01").apply(less), [date(2024, 1, 1)])["AUT"].tolist()
    [0.25]
    """
    return _factors(world, days, ("storage",))


def _factors(world: World, days: Sequence[date], topic: tuple[str, ...]) -> dict[str, NDArray[np.float64]]:
    import numpy as np

    at = np.array([day.toordinal() for day in days], dtype=np.int64)
    out: dict[str, NDArray[np.float64]] = {}
    for key, effect in world.effects.items():
        if key[:-1] == topic:
            factor = np.ones(len(at))
            for start, end, value in read(effect.value["schedule"]):
                factor[(at >= start) & (at < end)] = value
            out[key[-1]] = factor
    return out
