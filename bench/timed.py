"""What questions take inside one process, and what rivals take for theirs; prints its measurements as JSON.

Times are of the processor, user and system, so that they hold on a machine that does other things too.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import random
import statistics
import sys
import tempfile
import time
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench import marnet

DAY = "2025-06-01"
PAIRS = (
    ("Mumbai", "Moscow"),
    ("Xi'an", "Duisburg"),
    ("Tehran", "Yerevan"),
    ("Shanghai", "Rotterdam"),
    ("Kashgar", "Tashkent"),
)
CITIES = {
    "east": ("Xi'an", "Chengdu", "Wuhan", "Chongqing", "Zhengzhou", "Qingdao"),
    "west": ("Duisburg", "Hamburg", "Munich", "Leipzig", "Nuremberg", "Berlin"),
    "steppe": ("Almaty", "Astana", "Karaganda", "Shymkent"),
    "oasis": ("Tashkent", "Samarkand", "Andijan", "Bukhara"),
}
SEA = (
    ((31.23, 121.9), (29.87, 121.55), (36.07, 120.38), (22.54, 114.1), (24.45, 118.08), (23.1, 113.4)),
    ((53.54, 9.9), (53.57, 8.55), (53.59, 8.15), (54.32, 10.14)),
)
RAIL = (
    ((34.27, 108.9), (30.66, 104.07), (30.58, 114.27), (29.55, 106.55), (34.75, 113.65), (36.07, 103.83)),
    ((51.43, 6.77), (53.55, 9.99), (48.14, 11.58), (52.52, 13.4)),
)
ROAD = (
    ((52.52, 13.4), (48.14, 11.58), (53.55, 9.99), (51.34, 12.37), (49.45, 11.08), (50.94, 6.96)),
    ((48.86, 2.35), (45.76, 4.84), (43.3, 5.37), (47.22, -1.55)),
)
FAR_ROAD = (
    ROAD[0],
    ((43.24, 76.9), (51.13, 71.43), (49.81, 73.09), (42.32, 69.59)),
)
"""Ends on either side of one lane by each mode, by road a near lane and a far one: those who know the lane have its
weighting at hand."""
LANES = (("sea", "sea", SEA), ("rail", "rail", RAIL), ("road", "road", ROAD), ("far_road", "road", FAR_ROAD))
"""What the figures of a lane are called, its mode, its ends."""
KNOWN = 8
"""So many pairs of a lane are asked before its times count."""
CLOSURES = 50
NEW_AMOUNTS = tuple((teu, 25_000.0 * teu) for teu in (3.0, 7.0, 12.0, 4.0, 8.0, 13.0))
NEW_VALUES = tuple((1.0, usd) for usd in (10_000.0, 20_000.0, 40_000.0, 11_000.0, 22_000.0, 44_000.0))
"""Shipment classes, in TEU and USD: of another amount each, and of the usual amount with another value each."""


def median(work: Callable[[Any], object], over: Any, times: int = 3, *, warm: bool = False) -> float:
    """Median seconds of some work over some inputs, each a few times in a row; `warm` does each once before."""
    spent = []
    for one in over:
        if warm:
            work(one)
        for _ in range(times):
            start = time.process_time()
            work(one)
            spent.append(time.process_time() - start)
    return statistics.median(spent)


def once(work: Callable[[], object]) -> float:
    """Seconds of some work done once."""
    start = time.process_time()
    work()
    return time.process_time() - start


def ours() -> dict[str, float]:
    """Questions of every kind, in milliseconds or seconds as their names say."""
    from landbridge.routing import matrix, route
    from landbridge.world import World

    world = World.at(DAY)
    found: dict[str, float] = {}
    found["again_ms"] = 1e3 * median(lambda pair: route(world, *pair), PAIRS, warm=True)
    route(world, *PAIRS[1])
    others = list(itertools.product(CITIES["east"], CITIES["west"]))[1:]
    random.Random(4).shuffle(others)
    found["known_ms"] = 1e3 * median(lambda pair: route(world, *pair), others[:15], 1)
    shut = _shut_worlds(world, 3)
    found["scenario_first_ms"] = 1e3 * median(lambda one: matrix(one, ["Mumbai"], ["Moscow"]), shut, 1)
    found["scenario_all_ms"] = 1e3 * median(lambda one: route(one, "Xi'an", "Duisburg"), _shut_worlds(world, 3, 7), 1)
    for name, classes in (("class", NEW_AMOUNTS), ("value", NEW_VALUES)):
        first, second = classes[:3], classes[3:]
        found[f"{name}_first_ms"] = 1e3 * median(
            lambda new: matrix(world, ["Mumbai"], ["Moscow"], teu=new[0], value_usd=new[1]), first, 1
        )
        found[f"{name}_all_ms"] = 1e3 * median(
            lambda new: route(world, "Xi'an", "Duisburg", teu=new[0], value_usd=new[1]), second, 1
        )
    matrix(world, CITIES["east"][:2], CITIES["west"])
    found["cells_ms"] = 1e3 * once(lambda: matrix(world, CITIES["east"], CITIES["west"])) / 36
    found["search_s"] = _search(world)
    return found


def _shut_worlds(world: Any, count: int, seed: int = 1) -> list[Any]:
    """Worlds with 50 crossings shut, each its own choice."""
    rng = random.Random(seed)
    posts = [row["id"] for row in world.facts.table("crossings").rows]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            file = Path(folder) / f"shut-{number}.yaml"
            some = ", ".join(f"'crossing:{row}'" for row in rng.sample(posts, CLOSURES))
            file.write_text(f"name: shut\nevents:\n- {{kind: close, subject: [{some}]}}\n", encoding="utf-8")
            found.append(world.apply(str(file)))
    return found


def _search(world: Any) -> float:
    """Weights of the cheapest ways between a thousand terminals and a thousand others."""
    from landbridge.routing import RouteQuestion
    from landbridge.routing.answering import prepare
    from landbridge.routing.weights import Variant

    plan = prepare(world, RouteQuestion(*PAIRS[1])).plan
    engine = plan.engine(Variant("generalised", "generalised"))
    rng = np.random.default_rng(2)
    ends = np.flatnonzero(plan.network.node_terminal >= 0)
    return once(lambda: engine.distances(rng.choice(ends, 1000), rng.choice(ends, 1000)))


def pairs(lane: Any) -> list[Any]:
    """All ends of one side with all of the other, the same in each run."""
    return list(itertools.product(*lane))


def rivals() -> dict[str, float]:
    """One route by rivals and by us over the same ends, in milliseconds; what is not installed is left out.

    Each pair is asked once, after others of the lane: no answer is at hand, but the weighting is. Ours once as a path
    with kilometres, hours, dollars, CO2e and its line, and once as a whole answer.
    """
    from landbridge.routing import route
    from landbridge.world import World

    world = World.at(DAY)
    found: dict[str, float] = {}
    for name, mode, lane in LANES:
        asked = [tuple(f"{lat},{lon}" for lat, lon in ends) for ends in pairs(lane)]
        for ends in asked[:KNOWN]:
            one_way(world, ends, mode)
        found[f"{name}_ms"] = 1e3 * median(lambda ends, mode=mode: one_way(world, ends, mode), asked[KNOWN:], 1)

        def whole(ends: Any, mode: Any = mode) -> object:
            return route(world, *ends, modes=(mode,), n=1)

        for ends in asked[:KNOWN]:
            whole(ends)
        found[f"{name}_whole_ms"] = 1e3 * median(whole, asked[KNOWN:], 1)
    with contextlib.suppress(ImportError):
        import searoute

        def sail(ends: Any) -> object:
            return searoute.searoute(*([lon, lat] for lat, lon in ends))

        sail(pairs(SEA)[0])
        found["searoute_ms"] = 1e3 * median(sail, pairs(SEA)[KNOWN:], 1)
    with contextlib.suppress(ImportError):
        found |= _scgraph()
        found |= marnet.times(pairs(SEA)[KNOWN:])
    return found


def one_way(world: Any, ends: Any, mode: Any) -> object:
    """The best way between two places by one mode: its kilometres, hours, dollars and CO2e, and its line."""
    from landbridge.network import path_points
    from landbridge.routing import RouteQuestion, Shipment
    from landbridge.routing.answering import door_ways, path_totals, prepare
    from landbridge.routing.weights import Variant

    setting = prepare(world, RouteQuestion(*ends, Shipment(modes=(mode,)), n=1))
    variant = Variant("generalised", "generalised")
    best = setting.plan.weighted(variant).best(*door_ways(setting, variant))
    assert best is not None
    return path_totals(setting, best.arcs, *best.ways), path_points(setting.plan.network, best.arcs)


def _scgraph() -> dict[str, float]:
    """The world networks of scgraph_data; they name the class of scgraph where older releases had it."""
    from importlib import import_module

    from scgraph.geograph import GeoGraph

    core = types.ModuleType("scgraph.core")
    core.GeoGraph = GeoGraph  # type: ignore[attr-defined]
    sys.modules.setdefault("scgraph.core", core)
    found = {}
    graphs = {"rail": "world_railways", "road": "world_highways"}
    for name, mode, lane in LANES:
        if mode not in graphs:
            continue
        graph = getattr(import_module(f"scgraph_data.{graphs[mode]}"), f"{graphs[mode]}_geograph")

        def ask(ends: Any, graph: Any = graph) -> object:
            spots = [{"latitude": lat, "longitude": lon} for lat, lon in ends]
            return graph.get_shortest_path(origin_node=spots[0], destination_node=spots[1], silent=True)

        ask(pairs(lane)[0])
        found[f"scgraph_{name}_ms"] = 1e3 * median(ask, pairs(lane)[KNOWN:], 1)
    return found


if __name__ == "__main__":
    print(json.dumps({"ours": ours, "rivals": rivals}[sys.argv[1]]()))
