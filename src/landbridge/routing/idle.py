"""Events of a scenario that say nothing to the shipment at hand: told, so that nobody takes them for heard."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from landbridge.world.added import TOPICS, added_by
from landbridge.world.freight import felt_by
from landbridge.world.fuels import speaks_of_energy_alone

if TYPE_CHECKING:
    from landbridge.network import Network
    from landbridge.world import World
    from landbridge.world.effects import Applied

FOR_OTHERS: Final = {
    "tariff": "trade: a duty is not part of the freight bill",
    "cut": "energy",
    "swap": "energy",
    "demand": "trade and energy",
}
"""Kinds of event that no single shipment feels, and what feels them."""
TABLES: Final = {
    "crossing": "crossings",
    "passage": "passages",
    "port": "ports",
    "ferry": "ferries",
    "line": "lines",
    "project": "projects",
}
FEW: Final = 4


def idle_notes(world: World, network: Network) -> tuple[str, ...]:
    """Which events change no way of any shipment, and why.

    Examples
    --------
    >>> from landbridge.network import load
    >>> from landbridge.world import World, parse_scenario
    >>> dry = parse_scenario("{name: dry, events: [{kind: cut, subject: 'pipeline:turkstream-2', share: 1}]}")
    >>> idle_notes(World.at("2025-06-01").apply(dry), load())
    ('dry, event 1 (cut): of no bearing on one shipment, it speaks to energy',)
    """
    found: dict[str, None] = {}
    for item in world.events:
        said = _why(item, world)
        if said:
            found[f"{item.scenario}, event {item.number} ({item.event.kind}): {said}"] = None
    found.update(dict.fromkeys(_off_the_map(world, network)))
    return tuple(found)


def _why(item: Applied, world: World) -> str:
    """Why an event says nothing on the day of a world, "" where it does."""
    event = item.event
    if event.kind in FOR_OTHERS or speaks_of_energy_alone(event):
        return f"of no bearing on one shipment, it speaks to {FOR_OTHERS.get(event.kind, 'energy')}"
    first, last = event.first_day(), event.last_day()
    if first is not None and world.day < first:
        return f"holds from {first} on, after the day of the question"
    if last is not None and world.day >= last:
        return f"held until {last}, before the day of the question"
    return _of_bloc(item, world)


def _of_bloc(item: Applied, world: World) -> str:
    """Why a change of a bloc or an agreement is not felt by any carriage, "" where it may be."""
    event = item.event
    agreements = [text.partition(":")[2].strip() for text in event.subjects if text.startswith("agreement:")]
    if event.bloc is None and (not agreements or len(agreements) < len(event.subjects)):
        return ""
    felt = set(felt_by(world.facts, event.bloc)) if event.bloc is not None else set()
    felt.update(one for agreement in agreements for one in felt_by(world.facts, None, agreement))
    if "carriage" in felt:
        return ""
    if "trade" in felt:
        return "of no bearing on carriage, it changes duties: a duty is not part of the freight bill"
    return "of no bearing on carriage: the tables know of no effect on it"


def _off_the_map(world: World, network: Network) -> Iterator[str]:
    """What events change that no arc of the network stands for."""
    priced, gated = _named(network)
    missing: dict[str, dict[str, None]] = {}
    for key, effect in world.effects.items():
        if len(key) < 3 or key[1] not in TABLES or key[0] not in ("status", *TOPICS):
            continue
        row = (TABLES[key[1]], key[2])
        # What only may or may not be there has no hours and money of its own to which something could be added.
        opens_or_shuts = key[0] == "status" or added_by(world.effects, *key[1:]).shuts
        felt = row in priced or (opens_or_shuts and row in gated)
        if not felt and not _by_area(world, effect.evidence[0][1]):
            missing.setdefault(effect.evidence[0][1], {})[f"{key[1]} {key[2]}"] = None
    for event, subjects in sorted(missing.items()):
        some = list(subjects)
        more = f" and {len(some) - FEW} more" if len(some) > FEW else ""
        yield f"{event.replace('#', ', event ')}: no way of the network uses {', '.join(some[:FEW])}{more}"


def _by_area(world: World, cited: str) -> bool:
    """Whether an event speaks of whole areas or pairs, where some posts and ports may well lie off the network."""
    for item in world.events:
        if item.evidence[0][1] == cited:
            return any(text.partition(":")[0] in ("area", "pair") for text in item.event.subjects)
    return False


@lru_cache(maxsize=4)
def _named(network: Network) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]]]:
    """The rows that arcs of a network stand for, with their price, and those that arcs hang on."""
    priced, gated = (
        frozenset(network.refs[int(number)] for number in np.unique(column) if number >= 0)
        for column in (network.ref, network.gate)
    )
    return priced, gated
