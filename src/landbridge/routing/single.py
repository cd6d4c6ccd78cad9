"""The one best way of a question, with its legs, ranges and evidence, without looking for alternatives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from landbridge.routing.answer import Itinerary, NoRoute
from landbridge.routing.answering import door_ways, evidence_of, prepare, steps_of, why_none
from landbridge.routing.candidate import Candidate
from landbridge.routing.itinerary import drawn
from landbridge.routing.pricing import labelled, priced_ways, ranged
from landbridge.routing.weights import Variant

if TYPE_CHECKING:
    from landbridge.routing.question import RouteQuestion
    from landbridge.world import World


def best_way(world: World, question: RouteQuestion) -> Itinerary | NoRoute:
    """The way that the search finds best for a question without stops, at a fraction of the work of `answer_route`.

    It is the first that `answer_route` gives but where another of its ways is better by the rests of lorry drivers on
    the very trip, which the search spreads evenly over the way.

    Returns
    -------
    Itinerary or NoRoute
        The optimum of the objective asked for, or why there is none.

    Examples
    --------
    >>> from landbridge.routing import RouteQuestion
    >>> from landbridge.world import World
    >>> best_way(World.at("2022-05-16"), RouteQuestion("Yerevan", "Tbilisi")).areas
    ('ARM', 'GEO')
    """
    setting = prepare(world, question)
    the_plan = setting.plan
    variant = Variant(question.objective, question.objective)
    if the_plan.rules.trade_refusals or not setting.begin or not setting.end:
        return why_none(setting)
    found = the_plan.weighted(variant).best(*door_ways(setting, variant))
    if found is None:
        return why_none(setting)
    candidate = Candidate(found.arcs, question.objective, found.ways[0], found.ways[-1], found.units)
    steps = steps_of(setting, candidate.begin, candidate.end)
    names = (setting.origin.name, setting.destination.name)
    (priced,) = priced_ways(the_plan, names, [(candidate, steps)])
    (one,) = labelled(the_plan, [(priced.way, candidate)])
    one = ranged(the_plan, one, priced.rested, candidate, steps)
    return replace(one, rank=1, legs=drawn(the_plan, one.legs), evidence=evidence_of(world, one.legs))
