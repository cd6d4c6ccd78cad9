"""A shipment weighed over the network of a world: arrays, weightings, engines, kept while they are used."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from landbridge.kept import Kept
from landbridge.routing.engine import Engine, Topology
from landbridge.routing.finds import Finds
from landbridge.routing.thresholds import thresholds
from landbridge.routing.weighted import Weighted
from landbridge.routing.weights import (
    Objective,
    Prices,
    Scalar,
    Variant,
    arc_scalar,
    integer_weights,
    most_units,
    units_per,
)

if TYPE_CHECKING:
    from landbridge.network import Network, Overlay
    from landbridge.routing.costs import ArcCosts
    from landbridge.routing.shipment import Shipment
    from landbridge.world import Rules, World

PLANS_KEPT = 3
PERMITS_KEPT = 4096
WEIGHTINGS_KEPT = 36
MADE_KEPT = 8192
ASKED_KEPT = 8
"""So many questions of a plan keep all their ways, about a megabyte each: many a study asks the same in turn."""
LAID_KEPT = 4
FIRST_KEPT = 3
"""Costs take some 30 MB."""
ROUNDING = 1e-9
"""More than the share by which sums of a few numbers are rounded."""


class Keyed:
    """A value that is equal to another when their keys are, so that it can be cached by key alone."""

    __slots__ = ("key", "value")

    def __init__(self, key: Hashable, value: Any) -> None:
        self.key = key
        self.value = value

    def __eq__(self, other: object) -> bool:
        """Compare by key."""
        return isinstance(other, Keyed) and self.key == other.key

    def __hash__(self) -> int:
        """Hash of the key."""
        return hash(self.key)


@dataclass(frozen=True, eq=False, slots=True)
class Plan:
    """One shipment over one world.

    Parameters
    ----------
    shipment
        Complete: amounts, value and service filled in.
    rules
        What the measures say to this shipment between its own ends.
    costs
        Arrays over the arcs for one unit (TEU, tonne or lorry).
    money
        What multiplies dollars and kilograms of an arc for the whole shipment, shape (m,).
    amount
        Units in the shipment.
    usd_per_h
        Value of an hour for the whole shipment [USD/h].
    key
        Tells this plan from every other.
    kept_as
        The same in words, for the disk; empty where nothing of it is kept there.
    made
        Legs that were made of its arcs, and what happens at the doors of places.
    finds
        The best ways that its weightings found.
    asked
        All ways that were weighed for the last questions.
    """

    world: World
    network: Network
    topology: Topology
    shipment: Shipment
    rules: Rules
    costs: ArcCosts
    money: NDArray[np.float64]
    amount: float
    usd_per_h: float
    key: tuple[Hashable, ...]
    kept_as: tuple[str, ...] = ()
    below: tuple[Hashable, ...] | None = None
    """The key of the plan of the same shipment in the world without its scenarios."""
    made: Kept[Any] = field(default_factory=lambda: Kept(MADE_KEPT))
    finds: Finds = field(default_factory=Finds)
    asked: Kept[Any] = field(default_factory=lambda: Kept(ASKED_KEPT))

    def weighted(self, variant: Variant) -> Weighted:
        """The topology under a weighting, kept while it is used."""
        return _weighted(Keyed((self.key, variant), (self, variant)))

    def engine(self, variant: Variant) -> Engine:
        """The engine of a weighting, customised once."""
        return self.weighted(variant).engine

    def weights(self, variant: Variant) -> NDArray[np.uint32]:
        """The integer weights of a weighting, shape (m,)."""
        return self.weighted(variant).weights

    def customise(self, variants: Sequence[Variant]) -> None:
        """Make the engines of those weightings at once that are asked for often, on as many cores as there are."""
        due = [one for one in (self.weighted(variant) for variant in variants) if one.due]
        if due:
            with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
                tuple(pool.map(attrgetter("engine"), due))

    def units_per(self, objective: Scalar) -> float:
        """Whole weight units per USD, hour or kilogram, so that the worst arc fits, made dear too."""
        found: float = self.made.get(("units per", objective), lambda: self._units_per(objective))
        return found

    def _units_per(self, objective: Scalar) -> float:
        # What is refused on the day is weighed too where better ways are looked for.
        dear = thresholds(self.world.facts).dear_times
        found = units_per(objective, self._at_most(objective) * dear)
        if found == most_units(objective):
            return found
        scalar = arc_scalar(self.costs, self.unit_factor, self.prices(objective))
        return units_per(objective, float(scalar.max(initial=0.0, where=self.costs.wanted)) * dear)

    def _at_most(self, objective: Scalar) -> float:
        """More than any arc costs in the objective's unit."""
        arrays = (self.costs.hours, self.costs.usd, self.costs.kg_co2e, self.unit_factor)
        most: list[float] = self.made.get(
            ("most of each",), lambda: [float(array.max(initial=0.0)) for array in arrays]
        )
        hours, usd, kg, factor = most
        per_h, per_usd, per_kg = self.prices(objective)
        return (per_h * hours + per_usd * usd * factor + per_kg * kg * factor) * (1.0 + ROUNDING)

    def prices(self, objective: Scalar) -> Prices:
        """What an hour, a dollar and a kilogram of CO2e of one unit count in an objective."""
        if isinstance(objective, tuple):
            return objective
        found: dict[Objective, Prices] = {
            "generalised": (self.usd_per_unit_h, 1.0, 0.0),
            "usd": (0.0, 1.0, 0.0),
            "hours": (1.0, 0.0, 0.0),
            "kg_co2e": (0.0, 0.0, 1.0),
        }
        return found[objective]

    @property
    def unit_factor(self) -> NDArray[np.float64]:
        """What multiplies dollars and kilograms of an arc for one unit, shape (m,)."""
        found: NDArray[np.float64] = self.made.get(("unit factor",), lambda: self.money / self.amount)
        return found

    @property
    def usd_per_unit_h(self) -> float:
        """Value of an hour for one unit [USD/h]."""
        return self.usd_per_h / self.amount


def plan(world: World, network: Network, shipment: Shipment) -> Plan:
    """Weigh a shipment over a network.

    Shipments between different areas share a plan when the same rules and the same lane prices bind them.
    """
    from landbridge.routing import costs

    kept = _plan(Keyed(_key(world, network, shipment), (world, network, shipment)))
    done, rules = kept.made.get(
        ("shipment", shipment), lambda: (costs.complete(shipment, world.facts), costs.rules_of(world, shipment))
    )
    return replace(kept, shipment=done, rules=rules)


def _key(world: World, network: Network, shipment: Shipment) -> tuple[Hashable, ...]:
    ends = {"origin_area": None, "destination_area": None}
    return (world.id, network.id, shipment.with_(via=(), **ends), permit_class(world, shipment))


@lru_cache(maxsize=1)
def _costs_at_hand() -> WeakValueDictionary[Keyed, ArcCosts]:
    """The costs that are kept at the moment, by what they depend on."""
    return WeakValueDictionary()


@lru_cache(maxsize=1)
def _first_costs() -> Kept[ArcCosts]:
    """By world, goods and ships the costs between the ends asked for first: most are the same between others."""
    return Kept(FIRST_KEPT)


@lru_cache(maxsize=1)
def _at_hand() -> WeakValueDictionary[Keyed, Weighted]:
    """The weightings that are kept at the moment, by plan and variant."""
    return WeakValueDictionary()


@lru_cache(maxsize=PERMITS_KEPT)
def permit_class(world: World, shipment: Shipment) -> str:
    """Hash of what the rules refuse, charge and slow for a shipment, of its lanes, home trade, lorries and papers.

    Two shipments of one permit class have the same weights wherever they come from and go to.
    """
    from landbridge.routing import costs

    rules, on = costs.rules_of(world, shipment), costs.book(world.facts, world.day)
    parts = [
        repr([(one.table, one.id) for one in rules.trade_refusals]),
        *(
            repr(sorted((repr(key), repr(value)) for key, value in mapping.items()))
            for mapping in (
                rules.area_transit,
                rules.crossing_refusals,
                rules.crossed,
                rules.passage_refusals,
                rules.port_refusals,
                rules.ferry_refusals,
                rules.line_refusals,
                rules.airspace,
                rules.flights,
                rules.overflight,
                rules.swaps,
            )
        ),
        repr(sorted(repr(fee) for fee in rules.fees)),
        repr(sorted(rules.fetched)),
        repr(sorted((border, repr(some)) for border, some in rules.formalities.items())),
        repr(costs.lane_factors(shipment, world.facts, world.day)),
        ";".join(on.lanes(shipment.origin_area, shipment.destination_area)),
        repr(costs.home_ends(world.facts, shipment.origin_area, shipment.destination_area)),
        repr(costs.home_lorries(on, shipment.origin_area, shipment.destination_area)),
        repr(costs.exported(world, shipment)),
        repr(sorted(costs.landed_apart(shipment, world.facts, world.day).items())),
        (shipment.origin_area or "") if shipment.origin_area == shipment.destination_area else "",
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@lru_cache(maxsize=PLANS_KEPT)
def _plan(keyed: Keyed) -> Plan:
    from landbridge.routing import costs

    world, network, shipment = keyed.value
    done = costs.complete(shipment, world.facts)
    factors = costs.mode_factors(done, world.facts)
    below = _key(world.base, network, shipment) if world.effects else None
    arrays = _costs(world, network, done, keyed.key, below)
    kept_as = _kept_as(world, keyed)
    return Plan(
        world=world,
        network=network,
        topology=topology(network, laid(world) if world.links else None),
        shipment=done,
        rules=arrays.rules,
        costs=arrays,
        money=costs.arc_factors(network, factors),
        amount=costs.unit_amount(done, world.facts),
        usd_per_h=costs.value_of_time_usd_h(done, world.facts),
        key=keyed.key,  # type: ignore[arg-type]
        kept_as=kept_as,
        below=below,
        finds=Finds(kept_as),
    )


def _costs(world: World, network: Network, done: Shipment, key: Any, below: Any) -> ArcCosts:
    """The costs of a plan; the value of the goods decides what an hour is worth and nothing of them."""
    from landbridge.routing import costs
    from landbridge.routing.costs.carriers import carrier_class

    worth_any = done.with_(value_usd=None, via=(), origin_area=None, destination_area=None)

    def of(plan_key: Any) -> Keyed:
        return Keyed((*plan_key[:2], worth_any, plan_key[3]), None)

    known = _costs_at_hand().get(of(key))
    if known is None:
        lower = None if below is None else _costs_at_hand().get(of(below))
        same_ships = (*key[:2], worth_any, carrier_class(world, done))
        beside = _first_costs().peek(same_ships)
        known = costs.arc_costs(world, network, done, _kept_as(world, of(key)), lower, beside)
        _costs_at_hand()[of(key)] = known
        if beside is None:
            _first_costs().put([(same_ships, known)])
    return known


def _kept_as(world: World, keyed: Keyed) -> tuple[str, ...]:
    """The key of a plan or of costs in words, for the disk; none for draws, which come once, and for invented links."""
    facts = world.facts.kept_as
    if not facts or world.links:
        return ()
    return (*facts, *world.scenarios, *map(repr, keyed.key))  # type: ignore[call-overload]


@lru_cache(maxsize=WEIGHTINGS_KEPT)
def _weighted(keyed: Keyed) -> Weighted:
    the_plan, variant = keyed.value
    per = the_plan.units_per(variant.objective)
    below = None if the_plan.below is None else _at_hand().get(Keyed((the_plan.below, variant), None))
    key = the_plan.kept_as and (*the_plan.kept_as, repr(variant))
    weigh = partial(_weigh, the_plan, variant, per, below)
    found = Weighted(the_plan.topology, weigh, key, below, per, the_plan.finds.of(repr(variant)))
    _at_hand()[Keyed(keyed.key, None)] = found
    return found


def _weigh(
    the_plan: Plan, variant: Variant, per: float, below: Weighted | None, arcs: NDArray[np.int64] | None
) -> NDArray[np.uint32]:
    """The weights of all arcs of a weighting, or of some."""
    plain = None
    if arcs is None:
        changed = the_plan.costs.changed
        if below is not None and changed is not None and below.per == per:
            plain, arcs = below.weights, changed
        elif variant.objective == "generalised" and (variant.modes or variant.kinds or variant.refs):
            # Most ways of looking for alternatives change a little of the generalised cost.
            plain = the_plan.weights(Variant("generalised", "generalised"))
    factor, prices = the_plan.unit_factor, the_plan.prices(variant.objective)
    return integer_weights(the_plan.network, the_plan.costs, factor, variant, prices, plain, per, arcs)


@lru_cache(maxsize=8)
def topology(network: Network, laid_over: Overlay | None = None) -> Topology:
    """The network as the engines see it; that of a scenario's links as arcs laid over the packaged one."""
    over = None if laid_over is None else topology(laid_over.base)
    return Topology(
        key=network.id,
        n=len(network.lon),
        tail=network.tail,
        head=network.head,
        lat=network.lat,
        lon=network.lon,
        base=over,
        base_arc=None if laid_over is None else laid_over.base_arc,
    )


def laid(world: World) -> Overlay:
    """The packaged network with the links that a world's scenarios invent, laid once for all worlds that have them."""
    from landbridge.network import load

    base = load()
    return _laid(Keyed((base.id, world.facts_id, world.links), (base, world)))


@lru_cache(maxsize=LAID_KEPT)
def _laid(keyed: Keyed) -> Overlay:
    from landbridge.network import overlay

    base, world = keyed.value
    return overlay(base, world.links, world.facts)
