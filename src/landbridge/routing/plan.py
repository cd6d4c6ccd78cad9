"""A shipment weighed over the network of a world: arrays, weightings, engines, kept while they are used."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.engine import Engine, Topology, make_engine
from landbridge.routing.weights import Variant, integer_weights

if TYPE_CHECKING:
    from landbridge.network import Network
    from landbridge.routing.costs import ArcCosts
    from landbridge.routing.shipment import Shipment
    from landbridge.world import World

PLANS_KEPT = 6
ENGINES_KEPT = 48


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
    """

    world: World
    network: Network
    topology: Topology
    shipment: Shipment
    costs: ArcCosts
    money: NDArray[np.float64]
    amount: float
    usd_per_h: float
    key: tuple[Hashable, ...]

    def engine(self, variant: Variant) -> Engine:
        """The engine of a weighting, customised once."""
        return _engine(Keyed((self.key, variant), (self, variant))).engine

    def weights(self, variant: Variant) -> NDArray[np.uint32]:
        """The integer weights of a weighting, shape (m,)."""
        return _engine(Keyed((self.key, variant), (self, variant))).weights

    @property
    def unit_factor(self) -> NDArray[np.float64]:
        """What multiplies dollars and kilograms of an arc for one unit, shape (m,)."""
        return self.money / self.amount

    @property
    def usd_per_unit_h(self) -> float:
        """Value of an hour for one unit [USD/h]."""
        return self.usd_per_h / self.amount


@dataclass(frozen=True, eq=False, slots=True)
class Weighted:
    """A customised engine and the weights it was given."""

    engine: Engine
    weights: NDArray[np.uint32]


def plan(world: World, network: Network, shipment: Shipment) -> Plan:
    """Weigh a shipment over a network; repeated calls get the same object while it is kept."""
    key = (world.id, network.id, shipment.with_(via=()))
    return _plan(Keyed(key, (world, network)))


@lru_cache(maxsize=PLANS_KEPT)
def _plan(keyed: Keyed) -> Plan:
    from landbridge.routing import costs

    world, network = keyed.value
    shipment = costs.complete(keyed.key[2], world.facts)  # type: ignore[index]
    arrays = costs.arc_costs(world, network, shipment)
    factors = costs.mode_factors(shipment, world.facts)
    return Plan(
        world=world,
        network=network,
        topology=topology(network),
        shipment=shipment,
        costs=arrays,
        money=costs.arc_factors(network, factors),
        amount=costs.unit_amount(shipment, world.facts),
        usd_per_h=costs.value_of_time_usd_h(shipment, world.facts),
        key=keyed.key,  # type: ignore[arg-type]
    )


@lru_cache(maxsize=ENGINES_KEPT)
def _engine(keyed: Keyed) -> Weighted:
    the_plan, variant = keyed.value
    weights = integer_weights(the_plan.network, the_plan.costs, the_plan.unit_factor, variant, the_plan.usd_per_unit_h)
    return Weighted(make_engine(the_plan.topology, weights), weights)


@lru_cache(maxsize=8)
def topology(network: Network) -> Topology:
    """The network as the engines see it."""
    return Topology(
        key=network.id, n=len(network.lon), tail=network.tail, head=network.head, lat=network.lat, lon=network.lon
    )
