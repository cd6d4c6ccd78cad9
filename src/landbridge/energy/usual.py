"""The usual flow at each point: what crossed the borders in the last year known before, over the points of a pair."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from landbridge.energy.lookup import Used
from landbridge.energy.mixing import mix_lost

if TYPE_CHECKING:
    from landbridge.facts import Facts

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
PHYSICAL: Final = "physical"
SOLD: Final = ("origin", "origin-own-heat", "recalled")


@dataclass(frozen=True, slots=True)
class Pair:
    """What crossed from one area to another [million m3 a day] and the row that says so."""

    origin: str
    importer: str
    mcmd: float
    row: Mapping[str, Any]


def usual_flows(
    facts: Facts,
    year: int,
    ends: tuple[Sequence[str], Sequence[str]],
    capacity_mcmd: Floats,
    area_of: Mapping[str, str | None],
    nodes: frozenset[str],
    lacks_mcmd: Mapping[str, float],
    used: Used,
) -> Floats:
    """The usual flow at each point [million m3 a day].

    Parameters
    ----------
    year
        The year of the horizon; the pattern is that of an earlier one, so that a replay of a year does not see it.
    ends
        The zones at which the points start, and those at which they end.
    capacity_mcmd
        Undisturbed capacity of each point [million m3 a day].
    nodes
        Landing nodes: they stand in one area and serve several.
    lacks_mcmd
        What each zone asks for in a year beyond what it makes, as a mean day; below 0 for what it can send.

    Notes
    -----
    A physical flow over a border is spread over the points of the pair by capacity. What a seller sold to a buyer is
    led over the fewest points: over borders whose flow is told as far as that goes, over others as far as there is
    room; it adds to the usual flow at the latter. Zones of one area are joined within it, so that a pair of areas may
    pass several points. What leaves a zone or is used there and came over no told border came by the widest of the
    shortest ways from a zone that makes more than it asks for.
    """
    from_zones, to_zones = (tuple(side) for side in ends)
    flow = np.zeros(len(from_zones))
    graph = _Graph(from_zones, to_zones, area_of, nodes)
    physical = _rows(facts, year, (PHYSICAL,))
    covered = {pair.importer for pair in physical}
    left = np.array(capacity_mcmd, dtype=float)
    for pair in physical:
        _lead(pair, flow, left, graph, used, direct=True)
    told = np.array([area_of[zone] in covered for zone in to_zones])
    # what is sold further follows the borders that are told; where nothing is told it adds to the flow
    budget = np.where(told, flow, left)
    for pair in _rows(facts, year, SOLD):
        led = np.zeros(len(flow))
        _lead(pair, led, budget, graph, used, direct=False)
        flow += np.where(told, 0.0, led)
    _through(flow, left, graph, lacks_mcmd)
    _feed(flow, np.where(told, 0.0, left), graph, lacks_mcmd)
    return flow


def _through(flow: Floats, room: Floats, graph: _Graph, lacks_mcmd: Mapping[str, float]) -> None:
    """What enters a zone without fields and customers and does not leave over a border goes to its own area."""
    for zone in sorted(lacks_mcmd):
        if lacks_mcmd[zone] != 0 or zone in graph.nodes:
            continue
        into = [p for p, head in enumerate(graph.to_zones) if head == zone]
        out = [p for p, tail in enumerate(graph.from_zones) if tail == zone]
        rest = float(flow[into].sum() - flow[out].sum())
        own = [p for p in out if graph.area_of.get(graph.to_zones[p]) == graph.area_of[zone]]
        for p in own:
            sent = min(max(rest, 0.0), float(room[p]))
            flow[p] += sent
            rest -= sent


def _feed(flow: Floats, room: Floats, graph: _Graph, lacks_mcmd: Mapping[str, float]) -> None:
    """Add to the points without told flows what must have come through them."""
    room = np.maximum(room - np.where(room > 0, flow, 0.0), 0.0)
    givers = sorted(zone for zone, lack in lacks_mcmd.items() if lack < 0)
    for zone in sorted(lacks_mcmd, key=lambda one: (-lacks_mcmd[one], one)):
        if zone in givers or zone in graph.nodes:
            continue
        comes = sum(flow[p] for p, head in enumerate(graph.to_zones) if head == zone)
        goes = sum(flow[p] for p, tail in enumerate(graph.from_zones) if tail == zone)
        todo = lacks_mcmd[zone] + goes - comes
        while todo > 1e-9:
            way = _shortest(givers, frozenset({zone}), room, graph)
            if not way:
                break
            sent = min(todo, float(room[way].min()))
            flow[way] += sent
            room[way] -= sent
            todo -= sent


@dataclass(frozen=True, slots=True)
class _Graph:
    from_zones: tuple[str, ...]
    to_zones: tuple[str, ...]
    area_of: Mapping[str, str | None]
    nodes: frozenset[str]


def _rows(facts: Facts, year: int, bases: Sequence[str]) -> list[Pair]:
    """The pairs of the last year before with rows of these bases; the first year there is when none is before."""
    rows = [
        row
        for row in facts.table("gas_trade").where(route="pipeline")
        if row["basis"] in bases and row["bcm"] is not None
    ]
    years = sorted({int(row["year"]) for row in rows})
    if not years:
        return []
    before = [one for one in years if one < year]
    chosen = before[-1] if before else years[0]
    pairs = []
    for row in rows:
        if int(row["year"]) == chosen and row["importer"] != row["origin"]:
            first, last = row["first_month"] or 1, row["last_month"] or 12
            after = date(chosen + last // 12, last % 12 + 1, 1)
            days = (after - date(chosen, first, 1)).days
            pairs.append(Pair(row["origin"], row["importer"], float(row["bcm"]) * 1000 / days, row))
    return sorted(pairs, key=lambda pair: (pair.importer, pair.origin))


def _lead(pair: Pair, flow: Floats, left: Floats, graph: _Graph, used: Used, *, direct: bool) -> None:
    """Add what a pair sends to the points on its way, the widest of the shortest ways first."""
    todo = pair.mcmd
    used.row("gas_trade", pair.row, float(pair.row["bcm"]))
    while todo > 1e-9:
        way = _way(pair, left, graph, direct=direct)
        if not way:
            return
        sent = min(todo, float(left[way].min()))
        flow[way] += sent
        left[way] -= sent
        todo -= sent


def _way(pair: Pair, left: Floats, graph: _Graph, *, direct: bool) -> list[int]:
    """The points of the shortest way with room from an area to another, the widest of equally short ones."""
    starts = sorted(zone for zone, area in graph.area_of.items() if area == pair.origin and zone not in graph.nodes)
    goals = {zone for zone, area in graph.area_of.items() if area == pair.importer and zone not in graph.nodes}
    within = {zone for zone, area in graph.area_of.items() if area in (pair.origin, pair.importer)} | graph.nodes
    return _shortest(starts, frozenset(goals), left, graph, frozenset(within) if direct else None)


def _shortest(
    starts: Sequence[str], goals: frozenset[str], left: Floats, graph: _Graph, within: frozenset[str] | None = None
) -> list[int]:
    """The points of the shortest way with room to any of the goals, the widest of equally short ones."""
    out: dict[str, list[int]] = {}
    for p, zone in enumerate(graph.from_zones):
        if left[p] > 1e-9:
            out.setdefault(zone, []).append(p)
    heap: list[tuple[int, float, str, tuple[int, ...]]] = [(0, -np.inf, zone, ()) for zone in starts]
    seen: set[str] = set()
    while heap:
        steps, narrow, zone, way = heapq.heappop(heap)
        if way and zone in goals:
            return list(way)
        if zone in seen:
            continue
        seen.add(zone)
        for p in out.get(zone, ()):
            to = graph.to_zones[p]
            if to not in seen and (within is None or to in within):
                heapq.heappush(heap, (steps + 1, max(narrow, -float(left[p])), to, (*way, p)))
    return []


def entering(flow: Floats, kinds: Sequence[str], heads: Ints, zones: int) -> Floats:
    """What cargoes bring into each zone [zones, periods; million m3 a day]."""
    found = np.zeros((zones, flow.shape[1]))
    for p, kind in enumerate(kinds):
        if kind == "lng-import" and heads[p] >= 0:
            found[heads[p]] += flow[p]
    return found


def fed(usual: Floats, capacity: Floats, tails: Ints, heads: Ints, own: Floats) -> Floats:
    """Usual flows, less what came through points that no longer let it through.

    Parameters
    ----------
    usual, capacity
        What usually passes each point and what may [points, periods; million m3 a day].
    tails, heads
        Zones at the ends of each point; below 0 outside.
    own
        What each zone makes, takes from store and lands [zones, periods; million m3 a day].

    Notes
    -----
    The gas that does not fit is followed downstream by proportional mixing (Bialek 1996), so that a ring that lived
    from a dead pipe does not go on turning.

    Examples
    --------
    >>> usual, capacity = np.array([[4.0], [3.0]]), np.array([[1.0], [9.0]])
    >>> fed(usual, capacity, np.array([0, 1]), np.array([1, 2]), np.array([[4.0], [0.0], [0.0]])).round(6).tolist()
    [[1.0], [0.75]]
    """
    kept = np.minimum(usual, capacity)
    inner = np.flatnonzero((tails >= 0) & (heads >= 0))
    for t in range(usual.shape[1]):
        lost = usual[inner, t] - kept[inner, t]
        if lost.max(initial=0.0) <= 1e-9:
            continue
        gone = mix_lost(usual[inner, t], lost, tails[inner], heads[inner], own[:, t])
        part = 1 - gone[tails[inner]]
        kept[inner, t] = np.minimum(usual[inner, t] * part, kept[inner, t])
    return kept
