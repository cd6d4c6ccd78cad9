"""What reaches what: capitals by road, stations and ports of an area by rail."""

from __future__ import annotations

import csv
import itertools
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from bench.page import of
from bench.rows import read
from landbridge.errors import InputError
from landbridge.network import MODES, load
from landbridge.routing import matrix, route
from landbridge.routing.plan import plan
from landbridge.routing.shipment import Shipment
from landbridge.world import World

DAY = "2025-06-01"
SCOPE = Path(__file__).parents[1] / "tools" / "network" / "patches" / "scope.csv"
TOLD = 40
"""How many pairs or places a list names at most."""


@dataclass(frozen=True, slots=True)
class Roads:
    """Ordered pairs of capitals: all, with a way by road, and those without one by the reason."""

    pairs: int
    routed: int
    reasons: dict[str, list[str]]


def capitals(progress: Callable[[str], None]) -> Roads:
    """Ask for all pairs of capitals by road; who has no way is asked for the reason."""
    world = World.at(DAY)
    places = [f"{row['place']}, {row['area']}" for row in read("capitals")]
    cells = matrix(world, places, modes=("road",)).to_dict()["cells"]
    reasons: dict[str, list[str]] = defaultdict(list)
    apart = [cell for cell in cells if cell["from"] != cell["to"] and cell["km"] is None]
    for number, cell in enumerate(apart):
        progress(f"{number} of {len(apart)}")
        reasons[_reason(world, cell["from"], cell["to"])].append(f"{cell['from']} - {cell['to']}")
    pairs = len(places) * (len(places) - 1)
    return Roads(pairs, pairs - len(apart), dict(reasons))


def _reason(world: World, origin: str, destination: str) -> str:
    """Why there is no way by road: the tables that bar it, or that nothing joins the two."""
    try:
        found = route(world, origin, destination, modes=("road",), n=1).to_dict()
    except InputError as error:
        return str(error)
    if found["no_route"] is None:
        return "the matrix has none, the route has one"
    tables = Counter(str(row["table"]) for row in found["no_route"]["blocked_by"])
    return ", ".join(sorted(tables)) or str(found["no_route"]["reason"])


def roads_page(found: Roads) -> str:
    """The count, and what bars the others."""
    lines = [
        f"{of(found.routed, found.pairs)} ordered pairs of {len(read('capitals'))} capitals have a way by road (with "
        f"ferries for lorries) on {DAY}. The others:",
        "",
        "| barred by | pairs | some of them |",
        "| --- | --- | --- |",
    ]
    for reason, pairs in sorted(found.reasons.items(), key=lambda item: -len(item[1])):
        lines.append(f"| {reason} | {len(pairs)} | {'; '.join(pairs[:4])} |")
    return "\n".join(lines)


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
    mode = MODES.index("rail")
    ours = network.node_mode == mode
    use = ours[network.tail] & ours[network.head] & plan(world, network, Shipment(modes=("rail",))).costs.allowed
    links = (np.ones(int(use.sum())), (network.tail[use], network.head[use]))
    _, label = connected_components(coo_matrix(links, shape=(ours.size, ours.size)), connection="strong")
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
