"""What may be used: modes asked for, borders, gates, ports, passages, areas, and what the shipment avoids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.costs.classes import ArcClass, arc_classes
from landbridge.world import Refusal, effects_within
from landbridge.world.intervals import holds

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.network import Network
    from landbridge.routing.shipment import Mode
    from landbridge.world import Rules, World

FREE: Final = -1
"""No refusal."""
ACCESSES_KEPT: Final = 4
WISHES_KEPT: Final = 4


class AsRules:
    """Rules that are equal to others when they are those of the same trip, as those of one world are."""

    __slots__ = ("rules",)

    def __init__(self, rules: Rules) -> None:
        self.rules = rules

    def __eq__(self, other: object) -> bool:
        """Compare by the trip."""
        return isinstance(other, AsRules) and self.rules.trip == other.rules.trip

    def __hash__(self) -> int:
        """Hash of the trip."""
        return hash(self.rules.trip)


@dataclass
class Refusals:
    """The refusals met so far, each with its number."""

    found: list[Refusal]
    numbers: dict[int, int]

    def number(self, refusal: Refusal) -> int:
        """The number of a refusal, new or known."""
        known = self.numbers.get(id(refusal))
        if known is None:
            known = self.numbers[id(refusal)] = len(self.found)
            self.found.append(refusal)
        return known


@lru_cache(maxsize=ACCESSES_KEPT)
def access(
    world: World, network: Network, rules: AsRules, *, boxed: bool
) -> tuple[NDArray[np.int32], tuple[Refusal, ...]]:
    """The number of the refusal that forbids each arc, -1 where none does, shape (m,); these refusals.

    The same for all amounts.
    """
    refusals = Refusals([], {})
    classes = arc_classes(network, world.facts)
    by_class = np.full(len(classes.classes), FREE, dtype=np.int32)
    for number, one in enumerate(classes.classes):
        refusal = class_refusal(world, rules.rules, one, boxed=boxed)
        if refusal is not None:
            by_class[number] = refusals.number(refusal)
    blocked = by_class[classes.of_arc]
    _areas(network, rules.rules, refusals, blocked)
    _flights(network, rules.rules, refusals, blocked)
    _gates(world, network, rules.rules, refusals, blocked)
    blocked.setflags(write=False)
    return blocked, tuple(refusals.found)


@lru_cache(maxsize=WISHES_KEPT)
def wanted(facts: Facts, network: Network, modes: tuple[Mode, ...], avoid: tuple[str, ...]) -> NDArray[np.bool_]:
    """What a shipment itself would use, whatever refuses it, shape (m,): its modes without what it avoids."""
    avoided = avoid_words(avoid)
    classes = arc_classes(network, facts)
    unwanted = np.zeros(len(classes.classes), dtype=np.bool_)
    for number, one in enumerate(classes.classes):
        unwanted[number] = not _wanted(one, modes) or _is_avoided(one, avoided) or _is_berth(facts, one)
        unwanted[number] |= not known(facts, one)
    found: NDArray[np.bool_] = ~unwanted[classes.of_arc]
    if avoided["id"]:
        away = np.array([key in avoided["id"] for _, key in network.refs] + [False])
        found &= ~away[network.gate]
    if avoided["area"]:
        away = np.array([area in avoided["area"] for area in network.areas] + [False])
        for ends in (network.tail, network.head):
            found &= ~away[network.node_area[ends]]
    found.setflags(write=False)
    return found


NAMED: Final = {"crossing": "crossings", "swap": "crossings", "ferry": "ferries", "passage": "passages"}
"""Kinds of arc that exist only through a row of a table."""


def known(facts: Facts, one: ArcClass) -> bool:
    """Whether the row that an arc exists through is in the facts; without a row there is no way."""
    table = NAMED.get(one.kind)
    return table is None or (one.ref is not None and one.ref[1] in facts.table(table).by_id)


def avoid_words(avoid: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """What a shipment avoids: ids as given, areas by their codes; a word such as `crossing:ID` loses its kind."""
    names: set[str] = set()
    areas: set[str] = set()
    for word in avoid:
        kind, colon, key = word.partition(":")
        if colon and kind == "area":
            areas.add(key)
        elif colon:
            names.add(key)
        else:
            names.add(word)
            areas.add(word)
    return {"id": frozenset(names), "area": frozenset(areas)}


def _wanted(one: ArcClass, modes: tuple[Mode, ...]) -> bool:
    if not modes:
        return True
    if one.kind == "ferry":
        # A ferry carries what comes to it: lorries, wagons or boxes.
        return one.start_mode in modes or one.mode in modes
    if one.kind == "transfer":
        return one.mode in modes and one.start_mode in modes
    return one.mode in modes


def _is_avoided(one: ArcClass, avoided: dict[str, frozenset[str]]) -> bool:
    return one.ref is not None and one.ref[1] in avoided["id"]


def class_refusal(world: World, rules: Rules, one: ArcClass, *, boxed: bool) -> Refusal | None:
    """Why arcs of a class may not be used, by where they lie or what they pass; the first of the reasons."""
    return (no_boxes_on(world, one.stretches) if boxed else None) or gate_of_class(world, rules, one, boxed=boxed)


def gate_of_class(world: World, rules: Rules, one: ArcClass, *, boxed: bool) -> Refusal | None:
    """Why arcs of a class may not be used by what they pass, if anything; the first of the reasons."""
    if one.ref is None or not known(world.facts, one):
        return None
    table, key = one.ref
    if one.kind in {"crossing", "swap"} and table == "crossings":
        return _crossing_refusal(world, rules, one, key)
    if one.kind == "passage":
        return rules.passage_refusals.get(key)
    if one.kind == "ferry":
        return next(ferry_refusals(world, rules, one, boxed=boxed), None)
    if table == "ports" and {one.mode, one.start_mode} & {"sea", "river"}:
        return port_refusal(world, rules, key, boxed=boxed)
    return None


def ferry_refusals(world: World, rules: Rules, one: ArcClass, *, boxed: bool) -> Iterator[Refusal]:
    """All that keeps a shipment off a ferry: its own state, the passages on its way, its ports, its trade."""
    key = "" if one.ref is None else one.ref[1]
    row = world.facts.table("ferry_costs").by_id.get(key)
    passages = (row["passages"] or ()) if row is not None else ()
    found = (
        rules.ferry_refusals.get(key),
        *(rules.passage_refusals.get(name) for name in passages),
        _ashore(world, rules, key),
        _other_trade(world, key, one, boxed=boxed),
    )
    yield from (refusal for refusal in found if refusal is not None)


def port_refusal(world: World, rules: Rules, port: str, *, boxed: bool) -> Refusal | None:
    """Why a shipment cannot pass the quays of a port, if it cannot."""
    return rules.port_refusals.get(port) or (no_boxes(world, port) if boxed else None)


def _ashore(world: World, rules: Rules, ferry: str) -> Refusal | None:
    """Why a ferry is no way: what it carries comes ashore, and may not cross the area of one of its ports by land."""
    row = world.facts.table("ferries").by_id.get(ferry)
    if row is None:
        return None
    for area in (row["area_a"], row["area_b"]):
        by_road, by_rail = rules.area_refusal(area, "road"), rules.area_refusal(area, "rail")
        if by_road is not None and by_rail is not None:
            return by_road
    return None


def _other_trade(world: World, ferry: str, one: ArcClass, *, boxed: bool) -> Refusal | None:
    """Why a line between sea ports does not take the cargo: a tanker takes no boxes."""
    row = world.facts.table("ferries").by_id.get(ferry)
    if row is None or one.start_mode != "sea" or not row["carries"]:
        return None
    takes = {"container", "road"} if boxed else {"bulk", "oil"}
    if takes & set(row["carries"]):
        return None
    return Refusal("status", "ferries", ferry, "ferry", ferry, ("sea",), reason=f"carries {', '.join(row['carries'])}")


def _is_berth(facts: Facts, one: ArcClass) -> bool:
    """A change between land and sea at a mere berth of a ferry, where no ship of a line or of bulk calls."""
    wet = {one.mode, one.start_mode} & {"sea", "river"}
    return bool(
        one.kind == "transfer"
        and wet
        and one.ref is not None
        and one.ref[0] == "ports"
        and one.ref[1] not in facts.table("ports").by_id
    )


def no_boxes(world: World, port: str) -> Refusal | None:
    """Why boxes cannot pass a port: it is a terminal for oil, gas, coal or other bulk alone.

    Examples
    --------
    >>> from landbridge.world import World
    >>> no_boxes(World.at("2023-06-01"), "kharg-island").reason
    'no containers: gulf oil'
    >>> no_boxes(World.at("2023-06-01"), "poti") is None
    True
    """
    row = world.facts.table("ports").by_id.get(port)
    if row is None or row["annual_teu"]:
        return None
    words = set((row["kind"] or "").casefold().replace("/", " ").replace(";", " ").replace("(", " ").split())
    trades = world.facts.table("port_trades").by_id
    found = [trades[word]["boxes"] for word in words if word in trades]
    if not found or any(found):
        return None
    return Refusal("status", "ports", port, "port", port, ("sea",), reason=f"no containers: {row['kind']}")


def no_boxes_on(world: World, stretches: tuple[str, ...]) -> Refusal | None:
    """Why no ship carries boxes on a river or canal, by the rows of its stretches that hold on the day.

    Examples
    --------
    >>> from landbridge.world import World
    >>> no_boxes_on(World.at("2023-06-01"), ("danube-upper",)).reason
    'no ships in service for containers'
    >>> no_boxes_on(World.at("2023-06-01"), ("rhine",)) is None
    True
    """
    for key in stretches:
        row = world.facts.table("waterways").by_id[key]
        if not row["boxes"] and holds(row, world.day):
            reason = "no ships in service for containers"
            return Refusal("status", "waterways", key, "waterway", key, ("river",), reason=reason)
    return None


def _crossing_refusal(world: World, rules: Rules, one: ArcClass, key: str) -> Refusal | None:
    direction = f"{one.start}>{one.goal}"
    if one.kind == "swap":
        return None
    refusal = rules.crossing_refusals.get((key, one.mode, direction))
    if refusal is not None or one.mode != "road":
        return refusal
    swap = rules.swaps.get(direction)
    if swap is not None and effects_within(world, key, one.start, one.goal, one.mode) is not None:
        # No control is there, so that nobody hands over.
        return None
    # Where lorries must hand over, only the way over the place of the change stays open; the carriers of one state
    # alone, if they are asked for, have nobody to hand over to.
    return None if one.flag and rules.trip.carrier_area is None else swap


def _areas(network: Network, rules: Rules, refusals: Refusals, blocked: NDArray[np.int32]) -> None:
    """Areas that the cargo may not cross, by mode; airspace."""
    from landbridge.network import MODES

    numbers = np.full((len(network.areas) + 1, len(MODES)), FREE, dtype=np.int32)
    for number, area in enumerate(network.areas):
        for position, mode in enumerate(MODES):
            refusal = rules.area_refusal(area, mode)
            if refusal is None and mode == "air":
                refusal = rules.airspace.get(area)
            if refusal is not None:
                numbers[number, position] = refusals.number(refusal)
    if not bool(np.any(numbers != FREE)):
        return
    for ends in (network.tail, network.head):
        found = numbers[network.node_area[ends], network.mode]
        fill = (blocked == FREE) & (found != FREE)
        blocked[fill] = found[fill]


def _flights(network: Network, rules: Rules, refusals: Refusals, blocked: NDArray[np.int32]) -> None:
    """Flights between two areas of which each keeps out the aircraft of the other."""
    from landbridge.network import MODES

    number = {area: position for position, area in enumerate(network.areas)}
    flown = np.flatnonzero((network.mode == MODES.index("air")) & (blocked == FREE))
    begin, goal = network.node_area[network.tail[flown]], network.node_area[network.head[flown]]
    pairs = begin.astype(np.int64) * len(number) + goal
    barred = {
        number[one] * len(number) + number[other]: refusal
        for (one, other), refusal in rules.flights.items()
        if one in number and other in number
    }
    for pair in np.intersect1d(pairs, np.array(sorted(barred), dtype=np.int64)).tolist():
        blocked[flown[pairs == pair]] = refusals.number(barred[pair])


def _gates(
    world: World,
    network: Network,
    rules: Rules,
    refusals: Refusals,
    blocked: NDArray[np.int32],
) -> None:
    """Lines and projects that are not there on the day."""
    gated = np.flatnonzero(network.gate >= 0)
    for gate in np.unique(network.gate[gated]):
        table, key = network.refs[int(gate)]
        arcs = gated[network.gate[gated] == gate]
        refusal = gate_refusal(world, rules, table, key)
        if refusal is not None:
            free = arcs[blocked[arcs] == FREE]
            blocked[free] = refusals.number(refusal)


def gate_refusal(world: World, rules: Rules, table: str, key: str) -> Refusal | None:
    """Why a gated arc is not there: the line or project is shut, destroyed or not yet built."""
    from landbridge.world import ferry_state, line_state, project_state

    kind, of = {
        "projects": ("project", project_state),
        "lines": ("line", line_state),
        "ferries": ("ferry", ferry_state),
    }[table]
    if kind == "line" and key in rules.line_refusals:
        return rules.line_refusals[key]
    state: Any = of(world, key)
    if state.usable:
        return None
    where, row = state.evidence[0] if state.evidence else (table, key)
    how = "event" if where == "scenario" else "status"
    return Refusal(how, where, row, kind, key, certainty=state.certainty, reason=state.reason or state.open)
