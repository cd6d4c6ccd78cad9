"""What reaches what: capitals by road, stations and ports of an area by rail."""

from __future__ import annotations

import csv
import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import breadth_first_order, connected_components

from bench.page import of
from bench.rows import read
from landbridge.network import MODES, Network, load
from landbridge.routing.access import doors
from landbridge.routing.plan import plan
from landbridge.routing.shipment import Mode, Shipment
from landbridge.world import World, crossing_state, ferry_state
from landbridge.world.places import resolve

DAY = "2025-06-01"
SCOPE = Path(__file__).parents[1] / "tools" / "network" / "patches" / "scope.csv"
TOLD = 40
"""How many pairs or places a list names at most."""


@dataclass(frozen=True, slots=True)
class Roads:
    """Ordered pairs of capitals: those whose areas the open posts and ferries join, those with a way, and the rest."""

    pairs: int
    allowed: int
    joined: int
    missing: tuple[str, ...]
    apart: tuple[str, ...]


def capitals() -> Roads:
    """Whether a lorry of neutral cargo gets from each capital to each other, by the network and by the table of posts.

    The table alone says which areas are joined: by posts that let freight pass and ferries for lorries. Where it joins
    two capitals and the network does not, a road or the way to a post is missing. A capital whose own area lets no
    foreign goods through (Yemen) is asked again with goods from there and for there.
    """
    world, network = World.at(DAY), load()
    names = [(row["place"], row["area"]) for row in read("capitals")]
    spots = [resolve(f"{name}, {area}", world.facts, world) for name, area in names]
    ends = [[door.node for door in doors(network, spot, ("road",))] for spot in spots]
    by_table = _areas_joined(world)
    pairs = list(itertools.permutations(range(len(names)), 2))
    joined = _met(_parts(world, network, "road")[1], ends)
    lone = [i for i in range(len(names)) if not any(i in pair for pair in joined)]
    for i in lone:
        area = names[i][1]
        out = _met(_reached(world, network, ends[i], Shipment(modes=("road",), origin_area=area)), ends)
        back = _met(_reached(world, network, ends[i], Shipment(modes=("road",), destination_area=area), True), ends)
        joined |= {(i, j) for one, j in out if one == i} | {(j, i) for one, j in back if one == i}
    allowed = {(i, j) for i, j in pairs if by_table[names[i][1]] == by_table[names[j][1]]}
    missing = Counter(names[i][0] for pair in allowed - joined for i in pair)
    alone = Counter(by_table[area] for _, area in names)
    main = max(alone, key=lambda part: alone[part])
    apart = tuple(name for name, area in names if by_table[area] != main)
    cut = tuple(name for name, count in missing.most_common() if count > len(names))
    return Roads(len(pairs), len(allowed), len(allowed & joined), cut, apart)


def _met(label: NDArray[np.int32], ends: list[list[int]]) -> set[tuple[int, int]]:
    """Ordered pairs of capitals that share a part."""
    parts = [{int(label[node]) for node in nodes} for nodes in ends]
    return {(i, j) for i, j in itertools.permutations(range(len(ends)), 2) if parts[i] & parts[j]}


def _reached(
    world: World, network: Network, start: list[int], shipment: Shipment, back: bool = False
) -> NDArray[np.int32]:
    """Part 1 is what such a shipment reaches by road from some nodes, or with `back` what reaches them."""
    ours, use = _used(world, network, "road", shipment)
    tail, head = network.tail[use], network.head[use]
    way = (head, tail) if back else (tail, head)
    graph = coo_matrix((np.ones(int(use.sum())), way), shape=(ours.size, ours.size)).tocsr()
    label = -np.arange(1, ours.size + 1, dtype=np.int32)
    for node in start:
        label[breadth_first_order(graph, node, return_predecessors=False)] = 1
    return label


def _used(
    world: World, network: Network, mode: Mode, shipment: Shipment
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which nodes are of a mode, and the arcs between them that a shipment may use."""
    ours = network.node_mode == MODES.index(mode)
    return ours, ours[network.tail] & ours[network.head] & plan(world, network, shipment).costs.allowed


def _parts(world: World, network: Network, mode: Mode) -> tuple[NDArray[np.bool_], NDArray[np.int32]]:
    """Which nodes are of a mode, and a number for each node: the same where they reach each other by that mode."""
    ours, use = _used(world, network, mode, Shipment(modes=(mode,)))
    links = (np.ones(int(use.sum())), (network.tail[use], network.head[use]))
    _, label = connected_components(coo_matrix(links, shape=(ours.size, ours.size)), connection="strong")
    return ours, label


def _areas_joined(world: World) -> dict[str, int]:
    """The areas that lorries reach from one another and back, by the posts and ferries that are open."""
    areas = sorted(row["id"] for row in world.facts.table("areas").rows)
    number = {area: place for place, area in enumerate(areas)}
    ways: set[tuple[str, str]] = set()
    for row in world.facts.table("crossings").rows:
        for one, other in ((row["area_a"], row["area_b"]), (row["area_b"], row["area_a"])):
            by_road = {"road", "both"} & set(row["modes"])
            if by_road and crossing_state(world, row["id"], "road", one, other).freight == "all":
                ways.add((one, other))
    for row in world.facts.table("ferries").rows:
        lorries = {"road", "lorry", "truck"} & {str(word) for word in row["carries"] or ("road",)}
        if lorries and row["area_a"] and row["area_b"] and ferry_state(world, row["id"]).usable:
            ways |= {(row["area_a"], row["area_b"]), (row["area_b"], row["area_a"])}
    ends = ([number[one] for one, _ in ways], [number[other] for _, other in ways])
    graph = coo_matrix((np.ones(len(ways)), ends), shape=(len(areas), len(areas)))
    _, label = connected_components(graph, connection="strong")
    return {area: int(label[place]) for area, place in number.items()}


def roads_page(found: Roads) -> str:
    """The count, and what is missing."""
    without = ", ".join(found.missing) or "none"
    return (
        f"{of(found.joined, found.allowed)} ordered pairs of capitals that open posts and ferries for lorries join on "
        f"{DAY} have a way in the network, of {found.pairs:,} pairs in all. Without one to most others: {without}. "
        f"Joined by no open post or ferry: {', '.join(found.apart)}. "
        "Cargo of a certain origin meets more rules than this lorry."
    )


@dataclass(frozen=True, slots=True)
class Rails:
    """Stations and ports of an area: how many there are and reach each other, and which do not."""

    area: str
    stations: int
    joined: int
    apart: tuple[str, ...]
    known: tuple[str, ...]


def rails() -> list[Rails]:
    """Which terminals of an area reach each other by rail, over any land, on a day."""
    world, network = World.at(DAY), load()
    ours, label = _parts(world, network, "rail")
    size = np.bincount(label[ours], minlength=int(label.max()) + 1)
    parts: dict[int, set[int]] = defaultdict(set)
    for node in np.flatnonzero(ours & (network.node_terminal >= 0)):
        parts[int(network.node_terminal[node])].add(int(label[node]))
    known = {(row["area"], row["place"]) for row in read("rail_apart")}
    eurasia = _eurasia()
    people = {row["id"]: row["population"] or 0 for row in world.facts.table("places").rows}
    of_area: dict[str, list[int]] = defaultdict(list)
    for terminal in parts:
        kinds = network.terminals[terminal].kinds
        if network.terminals[terminal].area not in eurasia:
            continue
        if "port" in kinds or people.get(network.terminals[terminal].id, 0) >= PEOPLE:
            of_area[network.terminals[terminal].area].append(terminal)
    found = []
    for area, terminals in sorted(of_area.items()):
        count = Counter(itertools.chain.from_iterable(parts[terminal] for terminal in terminals))
        main = max(count, key=lambda part: (count[part], size[part]))
        names = sorted({network.terminals[terminal].name for terminal in terminals if main not in parts[terminal]})
        apart = tuple(name for name in names if (area, name) not in known)
        told = tuple(name for name in names if (area, name) in known)
        joined = sum(main in parts[terminal] for terminal in terminals)
        found.append(Rails(area, len(terminals), joined, apart, told))
    return found


def _eurasia() -> set[str]:
    """Areas that the network covers for their own sake; those of Africa are there for the ways through them."""
    with SCOPE.open(newline="") as file:
        return {row["area"] for row in csv.DictReader(file) if row["reason"] == "Eurasia"}


PEOPLE = 100_000
"""A main station is that of a town of this many people; every port with a railway counts."""


def rails_page(found: list[Rails]) -> str:
    """The shares by area; areas in which all reach each other in one line."""
    stations, joined = sum(one.stations for one in found), sum(one.joined for one in found)
    right = joined + sum(len(one.known) for one in found)
    whole = [f"{one.area} {one.stations}" for one in found if one.joined == one.stations]
    lines = [
        f"{of(joined, stations)} main stations (towns of {PEOPLE:,} people) and ports reach those of their area by "
        f"rail on {DAY}; {of(right, stations)} are as they should be, those that no railway joins in truth counted "
        "(`bench/data/rail_apart.csv` gives the reason for each).",
        "",
        f"All of them in: {', '.join(whole)}.",
        "",
        "| area | stations | joined | apart, and should not be | apart in truth |",
        "| --- | --- | --- | --- | --- |",
    ]
    for one in found:
        if one.joined < one.stations:
            names = (", ".join(part[:TOLD]) for part in (one.apart, one.known))
            lines.append(f"| {one.area} | {one.stations} | {one.joined} | {' | '.join(names)} |")
    return "\n".join(lines)
