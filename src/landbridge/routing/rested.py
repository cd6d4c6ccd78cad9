"""Legs with the rests of each lorry's run in the place of those that the search spreads evenly over the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.answer import Leg

if TYPE_CHECKING:
    from landbridge.routing.costs import Haul, Rested, Stretch
    from landbridge.routing.doorsteps import Doorstep
    from landbridge.routing.plan import Plan


def of_sections(
    the_plan: Plan, sections: Sequence[NDArray[np.int64]], steps: tuple[Doorstep, Doorstep]
) -> dict[int, Rested]:
    """What the rests of the runs, and boxes that go back once, change in some sections of a way and at its doors."""
    from landbridge.routing import costs

    return of_stretches(the_plan, [costs.stretch_of(the_plan.costs, arcs) for arcs in sections], steps)


def of_stretches(the_plan: Plan, sections: Sequence[Stretch], steps: tuple[Doorstep, Doorstep]) -> dict[int, Rested]:
    """The same for sections as a driver sees them."""
    from landbridge.routing import costs

    before, after = map(_haul, steps)
    found = costs.rests_of_runs(the_plan.costs, sections, before, after)
    costs.returned_once(the_plan.costs, sections, after, found)
    return found


def _haul(step: Doorstep) -> Haul:
    from landbridge.routing import costs

    area = next((leg.areas[0] for leg in step.legs if leg.areas), "")
    return costs.Haul(area, step.parts)


def more(found: Mapping[int, Rested]) -> tuple[float, float]:
    """The hours and dollars that all runs of a way add to the spread ones."""
    return sum(one.hours for one in found.values()), sum(one.usd for one in found.values())


def rested_legs(some: Sequence[Leg], found: Mapping[int, Rested], before: int, after: int) -> tuple[Leg, ...]:
    """The legs with what their rests change; so many `before` and `after` are those of the doors."""
    from landbridge.routing.costs.runs import BEGIN, END

    if not found:
        return tuple(some)
    legs: list[Leg] = []
    section = 0
    for position, leg in enumerate(some):
        inner = before <= position < len(some) - after
        place = BEGIN if position < before else END
        change = None
        if inner and leg.arcs is not None:
            change = found.get(section)
            section += 1
        elif not inner and leg.kind == "move":
            change = found.get(place)
        legs.append(leg if change is None else _changed(leg, change))
    return tuple(legs)


def _changed(leg: Leg, change: Rested) -> Leg:
    return replace(
        leg,
        hours=max(leg.hours + change.hours, 0.0),
        usd=leg.usd + change.usd,
        variance_h2=max(leg.variance_h2 + change.var_h2, 0.0),
        evidence=tuple(dict.fromkeys((*leg.evidence, *change.rows))),
    )
