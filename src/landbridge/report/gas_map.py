"""The map of a gas answer: areas by how short they are, pipes as lines between zones by how much they carry."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from typing import Final

from landbridge.report import basemap, gas_words, key, labels, map  # noqa: A004
from landbridge.report.gas_edges import Edge, Point, Row, edges, sites, state_of
from landbridge.report.names import Names
from landbridge.report.projection import Projection
from landbridge.report.svg import Markup, el, path

EURASIA: Final[tuple[Point, ...]] = (
    (-8.0, 38.0), (-4.0, 58.0), (28.0, 66.0), (90.0, 62.0), (138.0, 50.0), (138.0, 34.0), (108.0, 24.0), (73.0, 20.0),
    (50.0, 22.0), (-5.0, 32.0),
)  # fmt: skip
"""What the whole map shows."""
CLASSES: Final = (0.5, 5.0, 15.0, 30.0, 60.0)
"""Lower ends of the classes of shortage [%]."""
WIDEST: Final = 13.0
THINNEST: Final = 0.8
"""Widths of the largest flow and of the least [picture points of a map of 1000]."""
BEND: Final = 0.10
"""How far a line bends aside, as a share of its length, so that lines over each other part."""
LARGEST_SPOT: Final = 15.0
ROUND: Final = (3.2, 2.2)
"""A closer map shows this much round the place of an area [degrees east, north]."""
OUTLYING: Final = 0.1
"""Areas less short than this share of the worst are not what a closer map is made for."""
STATES: Final = {"same": ("r7", "as before"), "less": ("r7", "less, for want of gas (dashed: before)"),
                 "more": ("r2", "more than before"), "turned": ("r5", "turned round"),
                 "cut": ("r1", "cut (dashed: before)")}  # fmt: skip
"""What became of a flow: its colour and how it is told."""
DASHED: Final = ("less", "cut")


def style() -> str:
    """The style sheet of gas maps and diagrams, beside that of all maps."""
    return map.style() + files("landbridge.report").joinpath("data", "gas.css").read_text(encoding="utf-8")


def draw(
    answer: Row, shapes: Row, names: Names, name: str = "gas", *, frame: Sequence[Point] = (), width: float = map.WIDTH,
    keyed: bool = True,
) -> Markup:  # fmt: skip
    """The map of a gas answer.

    Parameters
    ----------
    answer
        A gas answer as plain data.
    shapes
        Its flows as GeoJSON (`answer.to_geojson()`).
    name
        Prefix of the ids inside the picture, when several stand on one page.
    frame
        Places that the picture shows; all of Eurasia when empty.
    width
        Width [picture points]; on a narrow picture letters look larger.
    keyed
        Whether it has a legend.

    Examples
    --------
    >>> print(draw({"areas": [], "flows": [], "step": "month"}, {"features": []}, Names())[:32])
    <svg viewBox="0 0 1000 ...
    """
    view = map.fitted(list(frame) or list(EURASIA), width)
    places = sites(shapes)
    lines = [one for one in edges(answer) if one.tail in places and one.head in places]
    most = max((max(one.bcm, abs(one.before_bcm)) for one in lines), default=0.0)
    plants = _plants(answer, places)
    lng = max((max(one.bcm, one.before_bcm) for one in plants), default=0.0)
    legend, under = _legend(answer, view, most, lng) if keyed else ([], 0.0)
    wanted = [*_names(answer, places, names, view), *_others(answer, view)]
    taken = [(view.width - 190, view.height - 40, view.width, view.height)]
    drawing = [
        *_ground(answer, names, view, name),
        *[_line(one, places, most, view, names, answer) for one in reversed(lines)],
        *[_plant(plant, lng, view, names, answer) for plant in plants],
        *[_spot(at, view) for zone, at in sorted(places.items())],
        *[map.lettering(label) for label in labels.place(wanted, view.width, view.height, taken)],
    ]
    coast = el("clipPath", el("use", href=f"#{name}-land"), id=f"{name}-coast")
    told = (f"Map: {gas_words.title(answer)}", _said(answer, names))
    return map.framed(view, name, told, style(), drawing, legend, under, coast)


def closer(answer: Row, shapes: Row) -> list[Point]:
    """Places round the areas that are short, when a map of them alone would show much more; else nothing."""
    places = sites(shapes)
    told = [one for one in answer["areas"] if not gas_words.of_data(one)]
    least = max([gas_words.LEAST_PCT, *[OUTLYING * one["shortage_pct"] for one in told]])
    short = {one["area"] for one in told if one["shortage_pct"] >= least}
    near = [places[zone] for zone, area in _zones(answer).items() if area in short and zone in places]
    east, north = ROUND
    points = [(lon + a * east, lat + b * north) for lon, lat in near for a in (-1, 1) for b in (-1, 1)]
    if not points or map.fitted(points).scale < map.CLOSER * map.fitted(list(EURASIA)).scale:
        return []
    return points


def shade(area: Row) -> str:
    """The class of an area by how short it is.

    Examples
    --------
    >>> one = {"shortage_bcm": 1.0, "unbalanced_bcm": 0.0}
    >>> [shade({**one, "shortage_pct": share}) for share in (0.0, 4.0, 70.0)]
    ['s0', 's1', 's5']
    >>> shade({"shortage_bcm": 1.0, "unbalanced_bcm": 1.0, "shortage_pct": 70.0})
    's0'
    """
    if gas_words.of_data(area):
        return "s0"
    return tone(area["shortage_pct"])


def tone(share: float) -> str:
    """The class of a share of shortage [%].

    Examples
    --------
    >>> tone(4.0)
    's1'
    """
    return f"s{sum(share >= least for least in CLASSES)}"


def _ground(answer: Row, names: Names, view: Projection, name: str) -> list[Markup]:
    """Land, the areas that are told of by their shortage, borders."""
    land, *lines = map.ground(view, f"{name}-land")
    fills = []
    outlines = basemap.outlines()
    for one in answer["areas"]:
        rings = [map.seen(ring, view) for ring in outlines.get(one["area"], ())]
        data = "".join(path(ring, close=True) for ring in rings if ring)
        if data:
            told = f"{names.area(one['area'])}: short {gas_words.percent(one['shortage_pct'])} %"
            fills.append(el("path", el("title", told), d=data, class_=shade(one)))
    return [land, el("g", *fills, clip_path=f"url(#{name}-coast)"), *lines]


def _width(bcm: float, most: float, view: Projection) -> float:
    scale = view.width / map.WIDTH
    return max(THINNEST, WIDEST * bcm / most) * max(scale, 0.75) if most > 0 else THINNEST


def _line(
    edge: Edge, places: Mapping[str, Point], most: float, view: Projection, names: Names, answer: Row
) -> Markup:  # fmt: skip
    (ax, ay), (bx, by) = (view.xy(view.near(places[one][0]), places[one][1]) for one in (edge.tail, edge.head))
    # the bend always lies on the same side of the pair of zones, whichever way the gas runs
    side = 1.0 if edge.tail < edge.head else -1.0
    cx, cy = (ax + bx) / 2 + side * BEND * (by - ay), (ay + by) / 2 - side * BEND * (bx - ax)
    curve = f"M{ax:.1f} {ay:.1f}Q{cx:.1f} {cy:.1f} {bx:.1f} {by:.1f}"
    before, now = _width(abs(edge.before_bcm), most, view), _width(edge.bcm, most, view)
    unit = gas_words.unit_of(answer)
    was = unit.text(abs(edge.before_bcm)) + (" the other way" if edge.before_bcm < -1e-9 else "")
    told = f"{names.zone(edge.tail)} > {names.zone(edge.head)}: {unit.text(edge.bcm)} {unit.name}, before {was}"
    pieces = [el("title", told), el("path", d=curve, class_="halo", stroke_width=max(before, now) + 1.6)]
    if edge.state in DASHED:
        pieces.append(el("path", d=curve, class_="lost", stroke_width=before))
    if edge.bcm > 1e-9:
        pieces.append(el("path", d=curve, class_="pipe", stroke_width=now))
        pieces.append(_tip((ax, ay), (cx, cy), (bx, by), now))
    return el("g", *pieces, class_=f"{STATES[edge.state][0]} flow-{edge.state}")


def _tip(a: Point, c: Point, b: Point, wide: float, at: float = 0.58) -> Markup:
    """The arrow on a bent line."""
    x, y = ((1 - at) ** 2 * a[n] + 2 * at * (1 - at) * c[n] + at**2 * b[n] for n in (0, 1))
    dx, dy = (2 * (1 - at) * (c[n] - a[n]) + 2 * at * (b[n] - c[n]) for n in (0, 1))
    long = math.hypot(dx, dy) or 1.0
    ux, uy = dx / long, dy / long
    size = 3.2 + 0.7 * wide
    tip, left, right = (x + ux * size, y + uy * size), (x - uy * size, y + ux * size), (x + uy * size, y - ux * size)
    return el("path", d="M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in (tip, left, right)) + "Z", class_="tip")


@dataclass(frozen=True, slots=True)
class Plant:
    """All terminals of a zone that land or load LNG: where they stand, one of their flows, what they carry [bcm]."""

    at: Point
    flow: Row
    bcm: float
    before_bcm: float
    lost_bcm: float


def _plants(answer: Row, places: Mapping[str, Point]) -> list[Plant]:
    sums: dict[tuple[str, str], list[Row]] = {}
    for flow in answer["flows"]:
        zone = flow["to"] if flow["kind"] == "lng-import" else flow["from"]
        if flow["kind"].startswith("lng") and zone in places:
            sums.setdefault((flow["kind"], zone), []).append(flow)
    return [
        Plant(
            places[zone],
            rows[0],
            sum(one["bcm"] for one in rows),
            sum(one["before_bcm"] for one in rows),
            sum(max(0.0, one["before_bcm"] - one["capacity_bcm"]) for one in rows),
        )
        for (_, zone), rows in sums.items()
    ]


def _plant(plant: Plant, most: float, view: Projection, names: Names, answer: Row) -> Markup:
    """A circle by what lands or loads now, a dashed one by what did before, where that was more."""
    x, y = view.xy(view.near(plant.at[0]), plant.at[1])
    at = {"cx": round(x, 1), "cy": round(y, 1)}
    unit = gas_words.unit_of(answer)
    told = (f"{gas_words.ends(plant.flow, names)}: {unit.text(plant.bcm)} {unit.name}, before "
            f"{unit.text(plant.before_bcm)}")  # fmt: skip
    pieces = [el("title", told)]
    state = state_of(plant.bcm, plant.before_bcm, plant.lost_bcm)
    if state in DASHED:
        pieces.append(el("circle", **at, r=_radius(plant.before_bcm, most, view), class_="lost", stroke_width=1.5))
    if plant.bcm > 1e-9:
        kind = "landed" if plant.flow["kind"] == "lng-import" else "loaded"
        pieces.append(el("circle", **at, r=_radius(plant.bcm, most, view), class_=kind))
    return el("g", *pieces, class_=f"{STATES[state][0]} lng-{state}")


def _radius(bcm: float, most: float, view: Projection) -> float:
    """The radius of a circle whose surface tells an amount of LNG."""
    share = bcm / most if most > 0 else 0.0
    return round(max(1.5, LARGEST_SPOT * math.sqrt(share) * max(view.width / map.WIDTH, 0.75)), 1)


def _spot(at: Point, view: Projection) -> Markup:
    x, y = view.xy(view.near(at[0]), at[1])
    return el("circle", cx=round(x, 1), cy=round(y, 1), r=1.7, class_="spot")


def _zones(answer: Row) -> dict[str, str | None]:
    """The area of each zone that a flow touches."""
    found: dict[str, str | None] = {}
    for one in answer["flows"]:
        found[one["from"]], found[one["to"]] = one["from_area"], one["to_area"]
    return found


def _homes(answer: Row, places: Mapping[str, Point]) -> dict[str, Point]:
    """Where each area is named: at its zone that most gas touches."""
    through: dict[str, float] = {}
    for one in answer["flows"]:
        for zone in (one["from"], one["to"]):
            through[zone] = through.get(zone, 0.0) + max(one["bcm"], one["before_bcm"])
    found: dict[str, Point] = {}
    areas = _zones(answer)
    for zone in sorted(through, key=lambda one: (-through[one], one)):
        area = areas[zone]
        if area and zone in places:
            found.setdefault(area, places[zone])
    return found


def _names(answer: Row, places: Mapping[str, Point], names: Names, view: Projection) -> list[labels.Wanted]:
    out = []
    homes = _homes(answer, places)
    for n, one in enumerate(gas_words.affected(answer)):
        if one["area"] not in homes or shade(one) == "s0":
            continue
        lon, lat = homes[one["area"]]
        x, y = view.xy(view.near(lon), lat)
        if 0 < x < view.width and 0 < y < view.height:
            text = f"{names.area(one['area'])} {gas_words.percent(one['shortage_pct'])} %"
            out.append(labels.Wanted(text, x, y, 12.5, n, "end"))
    return out


def _others(answer: Row, view: Projection) -> list[labels.Wanted]:
    """Names of the areas that are not short."""
    outlines = basemap.outlines()
    rings = [map.seen(ring, view) for one in answer["areas"] if shade(one) != "s0"
             for ring in outlines.get(one["area"], ())]  # fmt: skip
    return [one for one in map.area_names(view) if not any(_inside((one.x, one.y), ring) for ring in rings)]


def _inside(at: Point, ring: Sequence[Point]) -> bool:
    """Whether a point lies in a ring: a line from it crosses the ring an odd number of times."""
    x, y = at
    crossings = 0
    for (ax, ay), (bx, by) in pairwise([*ring, *ring[:1]]):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            crossings += 1
    return crossings % 2 == 1


def _legend(answer: Row, view: Projection, most: float, lng: float) -> tuple[list[Markup], float]:
    """The rows under the map, and how much height they need."""
    unit = gas_words.unit_of(answer)

    def entry(text: str, *marks: Markup, at: float = 44.0) -> tuple[float, list[Markup]]:
        return at + 20 + len(text) * 6.6, [*marks, el("text", text, x=at, y=0, font_size=12.5, class_="t-plain")]

    shades = [entry("Short, % of what was asked for:", at=0)]
    ends = [*CLASSES, None]
    texts = ["not short, or by its data alone", *[f"{low:g}–{high:g}" if high else f"{low:g} and more" for low, high in
                            pairwise(ends) if low is not None]]  # fmt: skip
    shades += [entry(text, el("rect", x=0, y=-11, width=22, height=13, class_=f"s{n} border"), at=28)
               for n, text in enumerate(texts)]  # fmt: skip
    flows = [entry(text, el("g", el("path", d="M0 -4h34", class_="lost" if state in DASHED else "pipe",
                                    stroke_width=4), class_=colour))
             for state, (colour, text) in STATES.items()]  # fmt: skip
    sizes = [entry("By pipe, net:", at=0)]
    for part in (1.0, 0.4, 0.1) if most > 0 else ():
        line = el("path", d="M0 -4h34", class_="pipe", stroke_width=_width(part * most, most, view))
        sizes.append(entry(f"{unit.text(part * most)} {unit.name}", el("g", line, class_="r7")))
    if lng > 0:
        radius = _radius(lng / 4, lng, view)
        for kind, text in (("landed", "landed"), ("loaded", "loaded")):
            spot = el("circle", cx=radius, cy=-4, r=radius, class_=kind)
            sizes.append(entry(f"LNG {text}, here {unit.text(lng / 4)} {unit.name}", spot, at=2 * radius + 6))
    rest = [entry("disputed line; what is disputed has no colour", el("path", d="M0 -4h30", class_="disputed"), at=36)]
    return key.under_map(view, shades, flows, sizes, rest)


def _said(answer: Row, names: Names) -> str:
    short = [one for one in gas_words.affected(answer) if one["shortage_pct"] >= gas_words.LEAST_PCT]
    told = "; ".join(f"{names.area(one['area'])} short {gas_words.percent(one['shortage_pct'])} %" for one in short)
    return told or "nobody is short"
