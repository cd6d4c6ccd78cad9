"""Arcs by what they have in common, found once for a network: a weighting then looks at a few thousand kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from landbridge import shelf
from landbridge.geo import great_circle_km
from landbridge.routing.costs.ships import basins, beneath, by_small_ships, shoals, stretches
from landbridge.routing.thresholds import thresholds

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.network import Network

LINK_TABLE: Final = "scenario_links"
LINE_TABLE: Final = "lines"


@dataclass(frozen=True, slots=True)
class ArcClass:
    """What arcs of one class share; names are "" and numbers -1 where they do not matter.

    `where` is the area of a move on land and the basin of one on water; `start` and `goal` the areas at the ends of
    other arcs; `start_mode` the mode that a change leaves, and that of the nodes on a river: "river" where barges alone
    sail; `gauges` those at the ends; `terminal` an index into the terminals: where the gauge is changed; `flag`
    tells the paid arcs of a passage and the crossings from a place where tractors are changed; `small` the lanes of
    small ships, `shoal` those of all ships on which the large ones do not sail; `stretches` the rows of the table of
    waterways that a way on a river lies in; `km` a mean length, used by ferries.
    """

    kind: str
    mode: str
    where: str = ""
    start: str = ""
    goal: str = ""
    start_mode: str = ""
    ref: tuple[str, str] | None = None
    gauges: tuple[int, int] = (0, 0)
    terminal: int = -1
    flag: bool = False
    small: bool = False
    shoal: bool = False
    stretches: tuple[str, ...] = ()
    km: float = 0.0


@dataclass(frozen=True, eq=False)
class ArcClasses:
    """The classes of a network and the class of each arc, shape (m,)."""

    classes: tuple[ArcClass, ...]
    of_arc: NDArray[np.int32]
    km: NDArray[np.float64]


@lru_cache(maxsize=6)
def arc_classes(network: Network, facts: Facts) -> ArcClasses:
    """Sort the arcs of a network into classes; the same network and basins give the same classes."""
    from landbridge.network import KINDS, MODES

    kinds, modes = list(KINDS), list(MODES)
    known = shelf.fetch("classes", key) if (key := _kept_as(network, facts)) else None
    if known is None:
        columns = _columns(network, facts, network.kind == kinds.index("move"), kinds, modes)
        first, inverse = _distinct_rows(columns)
        of_arc, columns = inverse.astype(np.int32), columns[first]
        if key:
            shelf.keep("classes", key, None, {"of_arc": of_arc, "columns": columns})
    else:
        of_arc, columns = known.arrays["of_arc"], known.arrays["columns"]
    km = network.km.astype(np.float64)
    mean = np.bincount(of_arc, weights=km) / np.maximum(np.bincount(of_arc), 1)
    posts = facts.table("crossings").by_id
    basins = ("", *(row["id"] for row in facts.table("sea_basins").rows))
    rivers = tuple(row["id"] for row in facts.table("waterways").rows)
    classes = tuple(
        _describe(network, column, length, kinds, modes, basins, rivers, posts)
        for column, length in zip(columns.tolist(), mean.tolist(), strict=True)
    )
    for array in (of_arc, km):
        array.setflags(write=False)
    return ArcClasses(classes, of_arc, km)


def _kept_as(network: Network, facts: Facts) -> tuple[str, ...]:
    return (network.id, *facts.kept_as) if facts.kept_as else ()


MOST: Final = 2**62
"""Keys of rows stay below this, within 64 bits."""


def _distinct_rows(columns: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first place of each distinct row, in the order of the rows, and the number of each row among them.

    As `np.unique` along rows, some times faster: a row is read as one number with a place for each column.
    """
    key = np.zeros(len(columns), dtype=np.int64)
    size = 1
    for column in columns.T:
        low = int(column.min(initial=0))
        width = int(column.max(initial=0)) - low + 1
        if size * width > MOST:
            known, key = np.unique(key, return_inverse=True)
            size = known.size
        key = key * width + (column.astype(np.int64) - low)
        size *= width
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    return first.astype(np.int64), inverse.reshape(-1).astype(np.int64)


def _columns(
    network: Network, facts: Facts, move: NDArray[np.bool_], kinds: list[str], modes: list[str]
) -> NDArray[np.int32]:
    """Kind, mode, where, start, goal, start mode, ref, two gauges, terminal, flag, small, shoal, stretches, by arc."""
    tail, head = network.tail, network.head
    area_from, area_to = network.node_area[tail].astype(np.int32), network.node_area[head].astype(np.int32)
    water = np.isin(network.mode, [modes.index("sea"), modes.index("river")])
    land = np.isin(network.mode, [modes.index("rail"), modes.index("road")])
    passage = network.kind == kinds.index("passage")
    gauge = network.kind == kinds.index("gauge")
    transfer = network.kind == kinds.index("transfer")
    border = np.isin(network.kind, [kinds.index("crossing"), kinds.index("swap")])
    where = np.full(network.m, -1, dtype=np.int32)
    on_land = (move | passage) & land
    where[on_land] = np.where(area_from >= 0, area_from, area_to)[on_land]
    on_water = (move | passage) & water
    where[on_water] = basins(network, facts)[tail][on_water]
    on_river = on_water & (network.mode == modes.index("river"))
    invented = {i for i, (table, _) in enumerate(network.refs) if table in {LINK_TABLE, LINE_TABLE}}
    linked = np.isin(network.ref, list(invented)) if invented else np.zeros(network.m, dtype=np.bool_)
    ends = border | transfer
    flag = (passage & _paid(network, facts, passage)) | (border & _from_swap(network, kinds))
    table = [
        network.kind.astype(np.int32),
        network.mode.astype(np.int32),
        where,
        np.where(ends, area_from, -1),
        np.where(ends, area_to, -1),
        np.where((move | border | passage) & ~on_river, -1, network.node_mode[tail].astype(np.int32)),
        np.where(move & ~linked, -1, network.ref),
        np.where(gauge, network.node_gauge[tail].astype(np.int32), -1),
        np.where(gauge, network.node_gauge[head].astype(np.int32), -1),
        np.where(gauge, _gauge_stations(network, facts, gauge), -1),
        flag.astype(np.int32),
        by_small_ships(network).astype(np.int32),
        shoals(network, facts, modes).astype(np.int32),
        stretches(network, facts, on_river & ~linked).astype(np.int32),
    ]
    return np.stack([np.asarray(column, dtype=np.int32) for column in table], axis=1)


def _gauge_stations(network: Network, facts: Facts, gauge: NDArray[np.bool_]) -> NDArray[np.int32]:
    """For each arc the station where the gauge is changed, as a terminal; -1 where none is known.

    Tracks of two gauges may meet on the line beside the station that a row of `terminal_times` times the transfer at:
    there the place stands for it, as it does for a way that must pass it.
    """
    found = np.maximum(network.node_terminal[network.tail], network.node_terminal[network.head])
    timed = {(row["name"], row["area"]) for row in facts.table("terminal_times").where(use="transfer")}
    loose = np.flatnonzero(gauge & (found < 0))
    for number, one in enumerate(network.terminals):
        if (one.name, one.area) in timed:
            at = network.tail[loose]
            near = great_circle_km(one.lat, one.lon, network.lat[at], network.lon[at]) <= thresholds(facts).place_km
            here = network.node_area[at] == network.areas.index(one.area)
            found[loose[near & here]] = number
    return found


def _from_swap(network: Network, kinds: list[str]) -> NDArray[np.bool_]:
    """Crossings that leave a place where tractors are changed."""
    place = np.zeros(network.n, dtype=np.bool_)
    place[network.head[network.kind == kinds.index("swap")]] = True
    return np.asarray(place[network.tail] & (network.kind == kinds.index("crossing")), dtype=np.bool_)


def _paid(network: Network, facts: Facts, passage: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Arcs where what a passage costs once is counted: those that change from one of its sides to the other.

    A passage is cut at its own position, across its main direction. Where that does not part its waters - those that
    stay whole when all passages are taken out - it is cut between the two largest of them.
    """
    paid = np.zeros(network.m, dtype=np.bool_)
    by_small = by_small_ships(network)
    arcs = np.flatnonzero(passage & ~by_small)
    if not arcs.size:
        return paid
    waters, sizes = _waters(network)
    rows = facts.table("passages").by_id
    for ref in np.unique(network.ref[arcs]):
        own = arcs[network.ref[arcs] == ref]
        side = _sides_of_passage(network, own, waters, sizes)
        row = rows.get(network.refs[int(ref)][1]) if ref >= 0 else None
        over = _over_cut(network, own, row)
        if side is not None and not _separates(network, own, over, waters, sizes):
            over = side[0] != side[1]
        paid[own[over]] = True
    above = np.flatnonzero(passage & by_small)
    paid[above] = paid[beneath(network, above)]
    return paid


def _separates(
    network: Network,
    own: NDArray[np.int64],
    over: NDArray[np.bool_],
    waters: NDArray[np.int64],
    sizes: NDArray[np.int64],
) -> bool:
    """Whether no way through a passage from one of its large waters to the other avoids the arcs over a cut."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    kept = own[~over]
    nodes = np.unique(np.concatenate([network.tail[own], network.head[own]]))
    place = np.searchsorted(nodes, network.tail[kept]), np.searchsorted(nodes, network.head[kept])
    graph = csr_array((np.ones(kept.size), place), shape=(nodes.size, nodes.size))
    _, pieces = connected_components(graph, directed=False)
    touched = np.unique(waters[nodes])
    large = touched[np.argsort(-sizes[touched], kind="stable")][:2].tolist()
    found = [set(pieces[waters[nodes] == water].tolist()) for water in large]
    return len(found) < 2 or not found[0] & found[1]


def _waters(network: Network) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each node the water it belongs to without the passages, and the size of each water."""
    from landbridge.network import KINDS, MODES, pieces

    wet = np.isin(network.mode, [MODES.index("sea"), MODES.index("river")]) & (network.kind == KINDS.index("move"))
    waters = pieces(network, wet & ~by_small_ships(network))
    return waters.astype(np.int64), np.bincount(waters).astype(np.int64)


def _sides_of_passage(
    network: Network, own: NDArray[np.int64], waters: NDArray[np.int64], sizes: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """The side, 0 or 1, of both ends of each arc of a passage; None where it lies inside one water."""
    nodes = np.unique(np.concatenate([network.tail[own], network.head[own]]))
    touched = np.unique(waters[nodes])
    large = touched[np.argsort(-sizes[touched], kind="stable")][:2]
    if large.size < 2 or int(sizes[large[1]]) < 2:
        return None
    reach = [dict.fromkeys(nodes[waters[nodes] == water].tolist(), 0.0) for water in large]
    for known in reach:
        # Nodes between the two sides belong to the nearer one; a few rounds reach all nodes of a strait.
        for _ in range(nodes.size):
            changed = False
            for tail, head, km in zip(
                network.tail[own].tolist(), network.head[own].tolist(), network.km[own].tolist(), strict=True
            ):
                if tail in known and known[tail] + km < known.get(head, np.inf):
                    known[head] = known[tail] + km
                    changed = True
            if not changed:
                break
    side = {node: int(reach[1].get(node, np.inf) < reach[0].get(node, np.inf)) for node in nodes.tolist()}
    starts = np.array([side[node] for node in network.tail[own].tolist()], dtype=np.int64)
    goals = np.array([side[node] for node in network.head[own].tolist()], dtype=np.int64)
    return starts, goals


def _over_cut(network: Network, own: NDArray[np.int64], row: Any) -> NDArray[np.bool_]:
    """Which arcs of a passage run over a line across its main direction at its own position."""
    nodes = np.unique(np.concatenate([network.tail[own], network.head[own]]))
    lat, lon = network.lat[nodes].astype(np.float64), network.lon[nodes].astype(np.float64)
    flat = float(np.cos(np.radians(lat.mean())))
    around = (lon - lon[0] + 180.0) % 360.0 - 180.0
    places = np.stack([around * flat, lat], axis=1)
    mean = places.mean(axis=0)
    _, _, axes = np.linalg.svd(places - mean, full_matrices=False)
    along = (places - mean) @ axes[0]
    at = dict(zip(nodes.tolist(), along.tolist(), strict=True))
    start = np.array([at[node] for node in network.tail[own].tolist()])
    goal = np.array([at[node] for node in network.head[own].tolist()])
    aim = float(np.median(along))
    if row is not None and row["lat"] is not None:
        spot = np.array([((row["lon"] - lon[0] + 180.0) % 360.0 - 180.0) * flat, row["lat"]])
        aim = float((spot - mean) @ axes[0])
    low, high = float(along.min()), float(along.max())
    aim = aim if low < aim < high else (low + high) / 2.0
    return np.asarray((start < aim) != (goal < aim), dtype=np.bool_)


def sides(row: Any, start: str, goal: str) -> tuple[str, str]:
    """The areas left and entered as the crossing's own row names them.

    A node may lie in the area that holds the ground while the row names the state; one matching side tells the other.

    Examples
    --------
    >>> sides({"area_a": "GEO", "area_b": "RUS"}, "RUS", "X_ABK")
    ('RUS', 'GEO')
    """
    a, b = str(row["area_a"]), str(row["area_b"])
    return (a, b) if start == a or (start != b and goal == b) else (b, a)


def _describe(
    network: Network,
    column: list[int],
    km: float,
    kinds: list[str],
    modes: list[str],
    basins: tuple[str, ...],
    rivers: tuple[str, ...],
    posts: Mapping[str, Any],
) -> ArcClass:
    kind, mode, where, start, goal, start_mode, ref, gauge_a, gauge_b, terminal, flag, small, shoal, on = column
    name, by = kinds[kind], modes[mode]
    on_water = name in {"move", "passage"} and by in {"sea", "river"}

    def area(number: int) -> str:
        return network.areas[number] if number >= 0 else ""

    left, entered = area(start), area(goal)
    key = network.refs[ref] if ref >= 0 else None
    if name in {"crossing", "swap"} and key is not None and key[1] in posts:
        left, entered = sides(posts[key[1]], left, entered)
    return ArcClass(
        kind=name,
        mode=by,
        where=basins[where] if on_water and where >= 0 else area(where),
        start=left,
        goal=entered,
        start_mode=modes[start_mode] if start_mode >= 0 else "",
        ref=key,
        gauges=(max(gauge_a, 0), max(gauge_b, 0)),
        terminal=terminal,
        flag=bool(flag),
        small=bool(small),
        shoal=bool(shoal),
        stretches=tuple(row for number, row in enumerate(rivers) if on >> number & 1),
        km=km,
    )
