"""How time and memory grow with what is asked: places, alternatives, closures and the size of the network.

Times are of the processor. The network is measured as it is, as one half of it (all nodes south of its middle latitude)
and doubled (two copies joined at every five thousandth node); each size in a process of its own, for its memory.
"""

from __future__ import annotations

import json
import math
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from bench.plot import Growth, Line, short
from bench.timed import CITIES, DAY, PAIRS, once

SIZES = ("half", "full", "double")
TERMINALS = (125, 250, 500, 1000)
WAYS = (1, 3, 5, 12, 25, 50)
SHUT = (1, 10, 50, 200)
MEASURED = ("plain search", "a new weighting", "a path", "order, once", "memory")
JOINT = 5_000
"""Every so many nodes the two copies of a doubled network are joined."""


def measure() -> tuple[Growth, ...]:
    """All of it."""
    return (*_asked(), _sized())


def _asked() -> tuple[Growth, ...]:
    from landbridge.routing import RouteQuestion, matrix, route
    from landbridge.routing.answering import prepare
    from landbridge.routing.weights import Variant
    from landbridge.world import World

    world = World.at(DAY)
    route(world, *PAIRS[1])
    plan = prepare(world, RouteQuestion(*PAIRS[1])).plan
    engine = plan.engine(Variant("generalised", "generalised"))
    ends = np.flatnonzero(plan.network.node_terminal >= 0)
    rng = np.random.default_rng(2)
    tables = [
        (count, 1e3 * once(partial(engine.distances, rng.choice(ends, count), rng.choice(ends, count))))
        for count in TERMINALS
    ]
    cities = [*CITIES["east"], *CITIES["west"]]
    matrix(world, cities[:2], cities[2:])
    cells = [(4 * k * k, 1e3 * once(partial(matrix, world, cities[: 2 * k], cities[-2 * k :]))) for k in (1, 2, 3)]
    pairs = [(one, other) for one in CITIES["east"][:3] for other in CITIES["west"][:3]]

    def known(n: int) -> float:
        spent = [once(partial(route, world, *pair, n=n)) for pair in pairs]
        return 1e3 * statistics.median(spent)

    known(5)
    ways = [(n, known(n)) for n in WAYS]
    first, every = [], []
    for count in SHUT:
        best, whole = [], []
        for seed in range(3):
            shut = _shut(world, count, seed)
            best.append(once(partial(matrix, shut, ["Mumbai"], ["Moscow"])))
            whole.append(once(partial(route, shut, *PAIRS[1])))
        first.append((count, 1e3 * statistics.median(best)))
        every.append((count, 1e3 * statistics.median(whole)))
    return (
        Growth("terminals on each side of a table", (Line("weights of the best ways", "ms", tuple(tables)),)),
        Growth("cells of `matrix`", (Line("km, hours, dollars and CO2e", "ms", tuple(cells)),)),
        Growth("alternatives asked for", (Line("a question asked before", "ms", tuple(ways)),)),
        Growth(
            "posts that a new scenario shuts",
            (Line("best way", "ms", tuple(first)), Line("all alternatives", "ms", tuple(every))),
        ),
    )


def _shut(world: Any, count: int, seed: int) -> Any:
    """A world with some posts shut."""
    posts = random.Random(seed).sample([row["id"] for row in world.facts.table("crossings").rows], count)
    subjects = ", ".join(f"'crossing:{row}'" for row in posts)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "shut.yaml"
        file.write_text(f"name: shut\nevents:\n- {{kind: close, subject: [{subjects}]}}\n", encoding="utf-8")
        return world.apply(str(file))


def _sized() -> Growth:
    """Each size in a process of its own."""
    found = {}
    for size in SIZES:
        done = subprocess.run([sys.executable, "-m", "bench.grow", size], check=True, capture_output=True, text=True)
        found[size] = json.loads(done.stdout)

    def line(name: str, unit: str) -> Line:
        return Line(name, unit, tuple((one["nodes"], one[name]) for one in found.values()))

    names = (
        ("plain search", "ms"),
        ("a new weighting", "ms"),
        ("a path", "ms"),
        ("order, once", "ms"),
        ("memory", "MB"),
    )
    return Growth("nodes of the network", tuple(line(*one) for one in names))


def sized(size: str) -> dict[str, float]:
    """Times and memory of the searches over a network of a size."""
    from landbridge.routing import RouteQuestion
    from landbridge.routing.answering import prepare
    from landbridge.routing.chain import Way
    from landbridge.routing.engine import Topology, make_engine
    from landbridge.routing.once import best_once, outgoing
    from landbridge.routing.ties import incoming
    from landbridge.routing.weights import Variant
    from landbridge.world import World

    plan = prepare(World.at(DAY), RouteQuestion(*PAIRS[1])).plan
    weights = plan.weights(Variant("generalised", "generalised"))
    whole = plan.topology
    tail, head, lat, lon = (np.asarray(getattr(whole, name)) for name in ("tail", "head", "lat", "lon"))
    if size == "half":
        kept = lat <= np.median(lat)
        number = np.cumsum(kept, dtype=np.int32) - 1
        arcs = kept[tail] & kept[head]
        tail, head, weights = number[tail[arcs]], number[head[arcs]], weights[arcs]
        lat, lon = lat[kept], lon[kept]
    elif size == "double":
        joints = np.arange(0, whole.n, JOINT, dtype=np.int32)
        n = np.int32(whole.n)
        tail = np.concatenate([tail, tail + n, joints, joints + n])
        head = np.concatenate([head, head + n, joints + n, joints])
        weights = np.concatenate([weights, weights, np.full(2 * joints.size, 1000, dtype=np.uint32)])
        lat, lon = np.concatenate([lat, lat]), np.concatenate([lon, lon + 1e-3])
    order = np.lexsort((head, tail))
    topology = Topology(f"grow {size}", len(lat), tail[order].astype(np.int32), head[order].astype(np.int32),
                        lat.astype(np.float32), lon.astype(np.float32))  # fmt: skip
    weights = np.ascontiguousarray(weights[order].astype(np.uint32))
    before = resident_mb()
    make = partial(make_engine, topology, weights)
    ordering = once(make)
    anew = [once(make) for _ in range(3)]
    engine = make()
    memory = resident_mb() - before
    rng = np.random.default_rng(5)
    ends = [rng.choice(topology.n, 2).tolist() for _ in range(40)]
    outgoing(topology), incoming(topology)
    doors = [tuple((Way(node, node),) for node in pair) for pair in ends[:9]]
    plain = [once(partial(best_once, topology, weights, begin, end)) for begin, end in doors]
    paths = [once(partial(engine.path, *pair)) for pair in ends]
    return {
        "nodes": topology.n,
        "plain search": 1e3 * statistics.median(plain),
        "a new weighting": 1e3 * statistics.median(anew),
        "a path": 1e3 * statistics.median(paths),
        "order, once": 1e3 * ordering,
        "memory": memory,
    }


def resident_mb() -> float:
    """Memory that the process holds now [MB]; its peak where the system does not tell."""
    told = Path("/proc/self/statm")
    if told.exists():
        return int(told.read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def table(found: Sequence[Growth]) -> str:
    """What was measured, one line for each thing that grows and each line of the plot."""
    lines = ["| grows | measured | | grows as the power |", "| --- | --- | --- | --- |"]
    for one in found:
        for line in one.lines:
            told = ", ".join(f"{size:,.0f}: {short(amount)}" for size, amount in line.points)
            lines.append(f"| {one.what} | {line.name} [{line.unit}] | {told} | {power(line):.2f} |")
    return "\n".join(lines)


def power(line: Line) -> float:
    """The slope of a line from its first point to its last, both axes by their logarithms; nan where one is 0 or less.

    Examples
    --------
    >>> power(Line("x", "ms", ((10, 1.0), (500, 7.0), (1000, 100.0))))
    1.0
    """
    (x, y), *_, (u, v) = line.points
    return math.log(v / y) / math.log(u / x) if min(y, v) > 0.0 else math.nan


if __name__ == "__main__":
    print(json.dumps(sized(sys.argv[1])))
