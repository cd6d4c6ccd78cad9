"""Makes a layer small: prunes spurs, contracts chains into edges with shape, merges nodes that lie close together."""

from __future__ import annotations

from collections.abc import Sequence

from network.layer import MOVE, Edge, Layer

WORST = {"A": 0, "B": 1, "C": 2, "D": 3}


def prune(layer: Layer, keep: set[int], spur_km: float) -> int:
    """Remove dead ends no longer than spur_km."""
    length = [0.0] * layer.n
    stack = [n for n in range(layer.n) if len(layer.near[n]) == 1 and n not in keep]
    gone = 0
    while stack:
        node = stack.pop()
        if len(layer.near[node]) != 1:
            continue
        (other,) = layer.near[node]
        edge = layer.edges[(min(node, other), max(node, other))]
        if edge.kind != MOVE or length[node] + edge.km > spur_km:
            continue
        layer.drop_edge(node, other)
        length[other] = max(length[other], length[node] + edge.km)
        gone += 1
        if len(layer.near[other]) == 1 and other not in keep:
            stack.append(other)
    return gone


def contract(layer: Layer, keep: set[int], max_km: float) -> int:
    """Replace chains of plain edges by one edge that remembers the bends."""
    done = 0
    stack = [n for n in range(layer.n) if len(layer.near[n]) == 2 and n not in keep]
    for node in stack:
        if len(layer.near[node]) != 2:
            continue
        a, b = layer.near[node]
        one, two = layer.edges[(min(a, node), max(a, node))], layer.edges[(min(b, node), max(b, node))]
        if (
            one.kind != MOVE
            or two.kind != MOVE
            or one.gate != two.gate
            or one.ref is not None
            or two.ref is not None
            or one.mode != two.mode
            or one.km + two.km > max_km
        ):
            continue
        if not layer.area[a] == layer.area[node] == layer.area[b]:
            continue
        first = one.shape if one.v == node else one.shape[::-1]
        second = two.shape if two.u == node else two.shape[::-1]
        old = layer.edge(a, b)
        km = one.km + two.km
        if old is not None and old.kind != MOVE:
            continue
        layer.drop_edge(a, node)
        layer.drop_edge(node, b)
        done += 1
        if old is not None and old.km <= km:
            continue
        grade = max(one.grade, two.grade, key=WORST.__getitem__)
        layer.add_edge(
            a,
            b,
            km,
            gate=one.gate,
            grade=grade,
            mode=one.mode,
            shape=[*first, (layer.lat[node], layer.lon[node]), *second],
        )
    return done


def merge(layer: Layer, keep: set[int], below_km: float) -> int:
    """Merge nodes of one area that lie closer than below_km; half of what is lost is added to the edges left."""
    owner = list(range(layer.n))
    reach = [0.0] * layer.n
    members: dict[int, list[int]] = {}

    def root(x: int) -> int:
        while owner[x] != x:
            owner[x] = owner[owner[x]]
            x = owner[x]
        return x

    short = sorted(
        (e for e in layer.edges.values() if e.km < below_km and e.kind == MOVE and e.gate is None and e.ref is None),
        key=lambda e: (e.km, e.u, e.v),
    )
    merged = 0
    for edge in short:
        a, b = root(edge.u), root(edge.v)
        if a == b or layer.area[a] != layer.area[b] or layer.gauge[a] != layer.gauge[b] or (a in keep and b in keep):
            continue
        if reach[a] + reach[b] + edge.km > below_km * 1.5:
            continue
        if b in keep or (a not in keep and len(layer.near[b]) > len(layer.near[a])):
            a, b = b, a
        owner[b] = a
        reach[a] = reach[a] + reach[b] + edge.km
        members.setdefault(a, []).append(b)
        merged += 1
    old = list(layer.edges.values())
    layer.edges = {}
    layer.near = [set() for _ in range(layer.n)]
    for edge in old:
        a, b = root(edge.u), root(edge.v)
        if a == b:
            continue
        lost = (layer.gap_km(a, edge.u) if a != edge.u else 0.0) + (layer.gap_km(b, edge.v) if b != edge.v else 0.0)
        have = layer.edge(a, b)
        if have is not None and have.kind != MOVE and edge.kind == MOVE:
            continue
        km = edge.km + 0.5 * lost
        if have is not None and edge.kind != MOVE and have.kind == MOVE:
            layer.drop_edge(a, b)
        shape = list(edge.shape)
        if a > b:
            shape = shape[::-1]
        layer.add_edge(
            min(a, b),
            max(a, b),
            km,
            kind=edge.kind,
            ref=edge.ref,
            gate=edge.gate,
            grade=edge.grade,
            mode=edge.mode,
            shape=shape,
        )
    return merged


def reduce(layer: Layer, keep: set[int], *, spur_km: float, max_km: float, below_km: Sequence[float]) -> None:
    """Prune, contract and merge until the layer is small."""
    prune(layer, keep, spur_km)
    contract(layer, keep, max_km)
    for limit in below_km:
        merge(layer, keep, limit)
        prune(layer, keep, spur_km)
        contract(layer, keep, max_km)


def simplify(edge: Edge, lat: list[float], lon: list[float], tolerance_deg: float) -> list[tuple[float, float]]:
    """Bends of an edge that matter on a map."""
    if not edge.shape:
        return []
    from shapely.geometry import LineString

    points = [(lon[edge.u], lat[edge.u]), *[(x, y) for y, x in edge.shape], (lon[edge.v], lat[edge.v])]
    if max(p[0] for p in points) - min(p[0] for p in points) > 180:
        return []
    line = LineString(points).simplify(tolerance_deg)
    return [(y, x) for x, y in line.coords[1:-1]]
