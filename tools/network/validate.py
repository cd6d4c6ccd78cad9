"""Distances of the network against published ones, by plain Dijkstra on kilometres; gauges at border posts.

``python tools/network/validate.py FILE``

`via` holds names of passages, crossings or places; a row's way is led through them. Only measures, never tunes.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import sys
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from landbridge.network import KINDS, MODES, Network, load, nearest, same_gauge

PASSAGES = {
    "suez": "suez",
    "cape of good hope": "cape",
    "northern sea route": "nsr",
    "panama": "panama",
    "malacca": "malacca",
    "kiel": "kiel",
    "bosphorus": "bosphorus",
    "gibraltar": "gibraltar",
}
AVOID = {"suez": (), "cape of good hope": ("suez", "panama", "nsr"), "panama": ("suez", "nsr")}
PLACES = {
    "orsk": (51.23, 58.47),
    "linhe": (40.75, 107.4),
    "hami": (42.82, 93.5),
    "hendaye": (43.35, -1.78),
    "saryagash": (41.46, 69.17),
    "khorgos": (44.2, 80.4),
    "alashankou": (45.17, 82.57),
    "brest": (52.1, 23.68),
    "manzhouli": (49.6, 117.43),
    "eastern dfc": (27.57, 80.68),
}
CLOSED_KM = 1e7


def _area_at(network: Network, spot: tuple[float, float], mode: str) -> int:
    return int(network.node_area[nearest(network, *spot, modes=(mode,), max_km=200)[0][0]])


def weights(network: Network, modes: set[str], shut: set[tuple[str, str]], domestic: bool = False) -> csr_matrix:
    numbers = [MODES.index(m) for m in modes]
    ok = np.isin(network.mode, numbers) & (network.gate < 0)
    for ref in shut:
        number = network.ref_index.get(ref)
        if number is not None:
            ok &= network.ref != number
    for i in np.flatnonzero(network.gate >= 0):
        if OPEN is not None and network.refs[int(network.gate[i])] in OPEN:
            ok[i] = np.isin(network.mode[i], numbers)
    if modes == {"sea"}:  # sailed distances: a ferry's timetable is none
        ok &= network.kind != KINDS.index("ferry")
    if domestic:
        ok &= network.kind != KINDS.index("crossing")
    km = network.km[ok].astype(float)
    return csr_matrix((km, (network.tail[ok], network.head[ok])), shape=(network.n, network.n))


OPEN: set[tuple[str, str]] | None = None


def in_use(tables: Path) -> set[tuple[str, str]]:
    """Projects and lines that stand: a published length is that of a line in use."""
    found = set()
    for name in ("projects", "lines"):
        with (tables / f"{name}.csv").open(newline="") as file:
            found |= {(name, r["id"]) for r in csv.DictReader(file) if r["status"] == "operational"}
    return found


def leg(network: Network, graph: csr_matrix, a: tuple[float, float], b: tuple[float, float], mode: str) -> float:
    """Shortest way between the nodes nearest to two points; the last kilometres to them are added."""
    sa, ka = nearest(network, *a, modes=(mode,), k=6, max_km=80)
    sb, kb = nearest(network, *b, modes=(mode,), k=6, max_km=80)
    if not len(sa) or not len(sb):
        return float("nan")
    best = np.inf
    d = dijkstra(graph, indices=sa[:6])
    for i in range(len(sa)):
        for j in range(len(sb)):
            best = min(best, d[i, sb[j]] + (ka[i] + kb[j]) * 1.2)
    return float(best)


def measure(network: Network, rows: list[dict[str, str]]) -> list[dict[str, object]]:
    found = []
    for row in rows:
        mode = row["mode"]
        via = [v.strip().lower() for v in row["via"].split(",") if v.strip()]
        start = (float(row["from_lat"]), float(row["from_lon"]))
        goal = (float(row["to_lat"]), float(row["to_lon"]))
        if mode == "sea":
            shut = {("passages", p) for v in via for p in AVOID.get(v, ())}
            graph = weights(network, {"sea"}, shut)
            need = next((PASSAGES[v] for v in via if v in PASSAGES), None)
            if need in ("suez", "panama", "nsr") or need is None:
                km = _through(network, graph, start, goal, need) if need else leg(network, graph, start, goal, "sea")
            else:
                km = leg(network, graph, start, goal, "sea")
        else:
            graph = weights(network, {mode}, set())
            stops = [start, *[PLACES[v] for v in via if v in PLACES], goal]
            if not via and _area_at(network, start, mode) == _area_at(network, goal, mode):
                graph = weights(
                    network, {mode}, set(), domestic=True
                )  # a line kilometre of one railway stays in its area
            km = sum(leg(network, graph, a, b, mode) for a, b in itertools.pairwise(stops))
        found.append(
            {
                "id": row["id"],
                "mode": mode,
                "from": row["from"],
                "to": row["to"],
                "published": float(row["km"]),
                "km": round(km, 1),
                "error_pct": round(100 * (km / float(row["km"]) - 1), 2),
                "via": row["via"],
            }
        )
    return found


def gauges_at_posts(network: Network) -> list[str]:
    """Border posts whose gauge is unlike their lines: what is wrong with each.

    A train comes to a post on a line of one side at least without a change of gauge; and on a gauge that lines of both
    sides have, it goes through.
    """
    rail = network.mode == MODES.index("rail")
    crossing, gauge = KINDS.index("crossing"), KINDS.index("gauge")

    def at(node: int, kinds: set[int]) -> set[int]:
        """The nodes that rail arcs of some kinds join to a node."""
        arcs = range(int(network.first_arc[node]), int(network.first_arc[node + 1]))
        return {int(network.head[arc]) for arc in arcs if rail[arc] and int(network.kind[arc]) in kinds}

    def lines(node: int) -> set[int]:
        """Gauges of the lines of a side: those that leave the post's node and its twins of other gauges."""
        place = {node} | at(node, {gauge})
        beyond = {other for spot in place for other in at(spot, set(range(len(KINDS))) - {crossing, gauge})}
        return {int(network.node_gauge[other]) for other in beyond}

    sides: dict[str, dict[str, set[int]]] = {}
    through: dict[str, set[int]] = {}
    wrong = []
    for arc in np.flatnonzero(rail & (network.kind == crossing)).tolist():
        ends = int(network.tail[arc]), int(network.head[arc])
        name, own = network.refs[int(network.ref[arc])][1], int(network.node_gauge[ends[0]])
        through.setdefault(name, set()).add(own)
        of = [lines(end) for end in ends]
        for end, gauges in zip(ends, of, strict=True):
            sides.setdefault(name, {}).setdefault(network.areas[int(network.node_area[end])], set()).update(gauges)
        if ends[0] < ends[1] and all(of) and not any(same_gauge(own, other) for side in of for other in side):
            wrong.append(f"{name}: {own} mm between lines of {sorted(of[0])} and {sorted(of[1])}")
    for name, gauges_of in sides.items():
        first, *rest = gauges_of.values()
        for shared in sorted(first) if rest else []:
            both = all(any(same_gauge(shared, other) for other in side) for side in rest)
            if both and not any(same_gauge(shared, own) for own in through[name]):
                wrong.append(f"{name}: lines of {shared} mm on both sides, none through")
    return wrong


def _through(
    network: Network, graph: csr_matrix, a: tuple[float, float], b: tuple[float, float], passage: str
) -> float:
    """Shortest way that uses at least one arc of a passage."""
    arcs = network.arcs_of("passages", passage)
    sa, ka = nearest(network, *a, modes=("sea",), k=1, max_km=200)
    sb, kb = nearest(network, *b, modes=("sea",), k=1, max_km=200)
    out = dijkstra(graph, indices=int(sa[0]))
    back = dijkstra(graph.T.tocsr(), indices=int(sb[0]))
    total = out[network.tail[arcs]] + network.km[arcs] + back[network.head[arcs]]
    return float(total.min() + ka[0] + kb[0])


def main() -> None:
    global OPEN  # noqa: PLW0603
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--network", type=Path)
    options = parser.parse_args()
    tables = Path(__file__).parents[2] / "src" / "landbridge" / "facts" / "tables"
    OPEN = in_use(tables)
    network = load(options.network)
    for complaint in gauges_at_posts(network):
        sys.stdout.write(f"gauge at the border: {complaint}\n")
    with options.file.open(newline="") as file:
        rows = measure(network, list(csv.DictReader(file)))
    for r in rows:
        sys.stdout.write(
            f"{r['id']:6} {r['mode']:5} {r['from']!s:28} {r['to']!s:28} {r['published']:>9} "
            f"{r['km']:>9} {r['error_pct']:>8} {r['via']}\n"
        )
    for mode in ("sea", "rail", "road"):
        mine = [r for r in rows if r["mode"] == mode]
        errors = np.array([abs(float(str(r["error_pct"]))) for r in mine])
        if mine:
            ok = np.isfinite(errors)
            sys.stdout.write(
                f"{mode}: {ok.sum()} of {len(mine)} routed, median {np.median(errors[ok]):.2f} %, mean "
                f"{errors[ok].mean():.2f} %, within 5 %: {(errors[ok] <= 5).sum()}\n"
            )


if __name__ == "__main__":
    main()
