"""Links that a scenario invents, laid over the network: the result is the network that a rebuild with them would give.

Old nodes keep their numbers, new ones follow; arcs are sorted anew, and `base_arc` says which old arc each one is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import InputError
from landbridge.errors import nearest as similar
from landbridge.geo import great_circle_km
from landbridge.network.model import ARRAYS, CROSSING, GAUGE, KINDS, MODES, MOVE, SWAP, Network, same_gauge
from landbridge.network.near import nearest
from landbridge.network.store import make, meta_of

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.world.types import Link

SNAP_KM: Final = 30.0
"""How far an end of a link may lie from the network."""
STRAY_KM: Final = 40.0
"""How far a link may run beside the nodes of another area before it counts as crossing into it."""
STEP_KM: Final = 10.0
BORDER_KM: Final = 0.2
SWAP_KM: Final = 0.05
GAUGE_KM: Final = 0.1
LINKS: Final = "scenario_links"


@dataclass(frozen=True, eq=False)
class Overlay:
    """A network with links laid over it.

    `base_arc` maps each arc to the arc of the old network, -1 for new ones; `arc_link` names for each arc the link it
    came from by its index, -1 for old ones.
    """

    network: Network
    base: Network
    links: tuple[Link, ...]
    base_arc: NDArray[np.int64]
    arc_link: NDArray[np.int32]


@dataclass
class _New:
    """Nodes and arcs to add, gathered link by link."""

    base: Network
    nodes: list[tuple[float, float, int, int, int]] = field(default_factory=list)
    arcs: list[dict[str, Any]] = field(default_factory=list)
    refs: dict[tuple[str, str], int] = field(default_factory=dict)

    def node(self, lat: float, lon: float, mode: int, gauge: int, area: int) -> int:
        self.nodes.append((lat, lon, mode, gauge, area))
        return self.base.n + len(self.nodes) - 1

    def ref(self, key: tuple[str, str]) -> int:
        known = self.base.ref_index.get(key)
        return known if known is not None else self.refs.setdefault(key, len(self.base.refs) + len(self.refs))

    def arc(self, tail: int, head: int, km: float, kind: int, mode: int, ref: int, link: int, twins: bool) -> None:
        self.arcs.append({"tail": tail, "head": head, "km": km, "kind": kind, "mode": mode, "ref": ref, "link": link,
                          "twins": twins})  # fmt: skip


def overlay(network: Network, links: Sequence[Link], facts: Facts) -> Overlay:
    """Lay invented links over a network.

    An end joins the nearest node of its mode and gauge within 30 km; where only another gauge is near, a change of
    gauge is put there. A link from one area into another must name its border crossings in order.

    Raises
    ------
    InputError
        An end is far from the network, a crossing is unknown, or a border is crossed without a declared crossing.

    Examples
    --------
    >>> from landbridge.facts import load as load_facts
    >>> from landbridge.network.store import load
    >>> overlay(load(), (), load_facts()).network is load()
    True
    """
    if not links:
        same = np.arange(network.m, dtype=np.int64)
        return Overlay(network, network, (), same, np.full(network.m, -1, dtype=np.int32))
    new = _New(network)
    for number, link in enumerate(links):
        _lay(new, link, number, facts)
    return _rebuild(network, new, tuple(links))


def _spot(text: str, facts: Facts) -> tuple[float, float]:
    parts = text.split(",")
    if len(parts) == 2:
        try:
            return float(parts[0]), float(parts[1])
        except ValueError:
            pass
    from landbridge.world.places import resolve

    place = resolve(text, facts)
    return float(place.lat), float(place.lon)


def _end(new: _New, link: Link, spot: tuple[float, float], number: int) -> tuple[int, int]:
    """The node where an end of the link begins, and its area."""
    network, mode = new.base, MODES.index(link.mode)
    nodes, _km = nearest(network, *spot, modes=(link.mode,), k=400, max_km=SNAP_KM)
    if not len(nodes):
        _, far = nearest(network, *spot, modes=(link.mode,), max_km=2000.0)
        nearest_text = f", the nearest is {far[0]:.0f} km away" if len(far) else ""
        raise InputError(
            f"link {link.id}: no {link.mode} node within {SNAP_KM:.0f} km of {spot[0]:.3f},{spot[1]:.3f}{nearest_text}",
            field="from/to",
            remedy="move the end to a place on the network, or add a link that reaches it",
        )
    if link.gauge_mm is None:
        return int(nodes[0]), int(network.node_area[nodes[0]])
    node = int(nodes[0])
    area = int(network.node_area[node])
    for other in nodes.tolist():
        # A line of the gauge on the other side of a border is not where the link ends.
        if same_gauge(int(network.node_gauge[other]), link.gauge_mm) and int(network.node_area[other]) == area:
            return other, area
    own = new.node(float(network.lat[node]), float(network.lon[node]), mode, link.gauge_mm, area)
    for tail, head in ((own, node), (node, own)):
        new.arc(tail, head, GAUGE_KM, GAUGE, mode, new.ref((LINKS, link.id)), number, True)
    return own, area


def _where(new: _New, node: int) -> tuple[float, float]:
    if node < new.base.n:
        return float(new.base.lat[node]), float(new.base.lon[node])
    return new.nodes[node - new.base.n][:2]


def _lay(new: _New, link: Link, number: int, facts: Facts) -> None:
    network, mode = new.base, MODES.index(link.mode)
    start, area = _end(new, link, _spot(link.tail, facts), number)
    goal, last = _end(new, link, _spot(link.head, facts), number)
    chain: list[tuple[float, float, str]] = [(*_where(new, start), "")]
    chain += [(float(lat), float(lon), "") for lat, lon in link.waypoints]
    chain.append((*_where(new, goal), ""))
    posts = _posts(link, facts)
    at = 1
    for name, row in posts:
        spot = (float(row["lat"]), float(row["lon"]))
        detour = [
            _gap(chain[i - 1], spot) + _gap(spot, chain[i]) - _gap(chain[i - 1], chain[i])
            for i in range(at, len(chain))
        ]
        at += int(np.argmin(detour))
        chain.insert(at, (*spot, name))
        at += 1
    gauge = link.gauge_mm or 0
    by_name = dict(posts)
    nodes: list[tuple[int, float, float]] = [(start, chain[0][0], chain[0][1])]
    sections: list[tuple[int, int, int, str]] = []  # tail, head, kind, crossing
    here = area
    for lat, lon, name in chain[1:-1]:
        if not name:
            node = new.node(lat, lon, mode, gauge, here)
            sections.append((nodes[-1][0], node, MOVE, ""))
            nodes.append((node, lat, lon))
            continue
        there = _other_side(network, link, by_name[name], here)
        before, after = new.node(lat, lon, mode, gauge, here), new.node(lat, lon, mode, gauge, there)
        sections += [(nodes[-1][0], before, MOVE, ""), (before, after, CROSSING, name)]
        nodes += [(before, lat, lon), (after, lat, lon)]
        here = there
    if here != last and link.mode in ("rail", "road"):
        _undeclared(network, link, facts, here, last)
    if len(nodes) == 1:  # a middle node keeps the pair of ends free for the link that may be there already
        lat, lon = (chain[0][0] + chain[-1][0]) / 2, (chain[0][1] + chain[-1][1]) / 2
        node = new.node(lat, lon, mode, gauge, here)
        sections.append((start, node, MOVE, ""))
        nodes.append((node, lat, lon))
    sections.append((nodes[-1][0], goal, MOVE, ""))
    _check_areas(new, link, facts, [s for s in sections if s[2] == MOVE])
    lengths = [_gap(_where(new, a), _where(new, b)) + 0.01 for a, b, kind, _ in sections if kind == MOVE]
    factor = link.km / sum(lengths) if link.km else 1.0
    steps = iter(lengths)
    for a, b, kind, name in sections:
        ref = new.ref(("crossings", name)) if name else new.ref((LINKS, link.id))
        km = BORDER_KM if name else max(next(steps) * factor, 0.01)
        ways = ((a, b), (b, a)) if link.both_ways else ((a, b),)
        for tail, head in ways:
            new.arc(tail, head, km, kind, mode, ref, number, link.both_ways)
            if name and link.mode == "road":
                own = new.node(*_where(new, tail), mode, 0, _area(new, tail))
                new.arc(tail, own, SWAP_KM, SWAP, mode, ref, number, False)
                new.arc(own, head, km, CROSSING, mode, ref, number, False)


def _area(new: _New, node: int) -> int:
    return int(new.base.node_area[node]) if node < new.base.n else new.nodes[node - new.base.n][4]


def _gap(a: Sequence[Any], b: Sequence[Any]) -> float:
    return float(great_circle_km(a[0], a[1], b[0], b[1]))


def _posts(link: Link, facts: Facts) -> list[tuple[str, Mapping[str, Any]]]:
    rows = facts.table("crossings").by_id
    found: list[tuple[str, Mapping[str, Any]]] = []
    for name in link.crossings:
        if name not in rows:
            raise InputError(f"link {link.id}: no crossing {name!r}", field="crossings", nearest=similar(name, rows))
        found.append((name, rows[name]))
    return found


def _code(network: Network, area: int) -> str:
    return network.areas[area] if area >= 0 else "the sea"


def _other_side(network: Network, link: Link, row: Mapping[str, Any], here: int) -> int:
    sides = (str(row["area_a"]), str(row["area_b"]))
    code = _code(network, here)
    if code not in sides:
        raise InputError(
            f"link {link.id}: crossing {row['id']} joins {sides[0]} and {sides[1]}, but the link is in {code} there",
            field="crossings",
        )
    other = sides[1] if code == sides[0] else sides[0]
    if other not in network.areas:
        raise InputError(f"link {link.id}: the network has no area {other}", field="crossings")
    return network.areas.index(other)


def _undeclared(network: Network, link: Link, facts: Facts, here: int, there: int) -> None:
    a, b = _code(network, here), _code(network, there)
    known = [r["id"] for r in facts.table("crossings").rows if {r["area_a"], r["area_b"]} == {a, b}]
    raise InputError(
        f"link {link.id} goes from {a} into {b} without a declared crossing",
        field="crossings",
        nearest=known[:5],
        remedy="name the border crossings that it uses, in order",
    )


def _check_areas(new: _New, link: Link, facts: Facts, sections: Sequence[tuple[int, int, int, str]]) -> None:
    """Refuse a land link that runs through an area whose border it does not declare.

    Which area a point lies in is told by the nearest node, so beside a border that the link does declare it may seem to
    lie on the other side.
    """
    if link.mode not in ("rail", "road"):
        return
    network = new.base
    declared = [{row["area_a"], row["area_b"]} for _, row in _posts(link, facts)]
    stray: dict[int, float] = {}
    for a, b, _, _ in sections:
        one, two = _where(new, a), _where(new, b)
        steps = max(1, int(_gap(one, two) / STEP_KM))
        area = _area(new, a)
        for t in np.linspace(0.0, 1.0, steps + 1).tolist():
            lat, lon = one[0] + (two[0] - one[0]) * t, one[1] + (two[1] - one[1]) * t
            nodes, _ = nearest(network, lat, lon, modes=("rail", "road"), max_km=STEP_KM * 2)
            if len(nodes) and int(network.node_area[nodes[0]]) != area:
                other = int(network.node_area[nodes[0]])
                if {_code(network, area), _code(network, other)} in declared:
                    continue
                stray[other] = stray.get(other, 0.0) + _gap(one, two) / (steps + 1)
                if stray[other] > STRAY_KM:
                    _undeclared(network, link, facts, area, other)


def _rebuild(network: Network, new: _New, links: tuple[Link, ...]) -> Overlay:
    arrays: dict[str, Any] = {name: getattr(network, name) for name in ARRAYS}
    extra = new.nodes
    columns = {"lat": 0, "lon": 1, "node_mode": 2, "node_gauge": 3, "node_area": 4}
    for name, column in columns.items():
        arrays[name] = np.concatenate([arrays[name], np.array([n[column] for n in extra], dtype=ARRAYS[name])])
    arrays["node_terminal"] = np.concatenate([network.node_terminal, np.full(len(extra), -1, dtype=np.int32)])
    more = {
        key: [arc[key] for arc in new.arcs] for key in ("tail", "head", "km", "kind", "mode", "ref", "link", "twins")
    }
    count = len(new.arcs)
    tail = np.concatenate([network.tail, np.array(more["tail"], dtype=np.int32)])
    head = np.concatenate([network.head, np.array(more["head"], dtype=np.int32)])
    order = np.lexsort((head, tail))
    position = np.empty(len(order), dtype=np.int64)
    position[order] = np.arange(len(order))
    merged = {
        "tail": tail, "head": head, "km": np.concatenate([network.km, np.array(more["km"], dtype=np.float32)]),
        "kind": np.concatenate([network.kind, np.array(more["kind"], dtype=np.uint8)]),
        "mode": np.concatenate([network.mode, np.array(more["mode"], dtype=np.uint8)]),
        "ref": np.concatenate([network.ref, np.array(more["ref"], dtype=np.int32)]),
        "gate": np.concatenate([network.gate, np.full(count, -1, dtype=np.int32)]),
        "grade": np.concatenate([network.grade, np.full(count, 3, dtype=np.uint8)]),
    }  # fmt: skip
    for name, values in merged.items():
        arrays[name] = values[order]
    twins = {(arc["tail"], arc["head"]): i + network.m for i, arc in enumerate(new.arcs) if arc["twins"]}
    twin_new = [twins.get((arc["head"], arc["tail"]), -1) if arc["twins"] else -1 for arc in new.arcs]
    twin = np.concatenate([network.twin, np.array(twin_new, dtype=np.int32)])[order]
    arrays["twin"] = np.where(twin >= 0, position[twin], -1).astype(np.int32)
    # shapes follow their arcs: lengths are reordered, new arcs have none
    length = np.concatenate([np.diff(network.shape_start), np.zeros(count, dtype=np.int32)])
    begin = np.concatenate([network.shape_start[:-1], np.zeros(count, dtype=np.int32)])
    sorted_length, sorted_begin = length[order], begin[order]
    starts: NDArray[np.int32] = np.concatenate([[0], np.cumsum(sorted_length)]).astype(np.int32)
    bends: NDArray[Any] = np.repeat(sorted_begin - starts[:-1], sorted_length) + np.arange(starts[-1])
    arrays["shape_start"] = starts
    arrays["shape"] = network.shape.reshape(-1, 2)[bends].reshape(-1)
    meta = meta_of(network)
    meta["refs"] = [*meta["refs"], *[list(ref) for ref in new.refs]]
    base_arc = np.concatenate([np.arange(network.m), np.full(count, -1)])[order].astype(np.int64)
    link_of = np.concatenate([np.full(network.m, -1), np.array(more["link"], dtype=np.int64)])[order].astype(np.int32)
    return Overlay(make(arrays, meta), network, links, base_arc, link_of)


__all__ = ["KINDS", "LINKS", "SNAP_KM", "Overlay", "overlay"]
