"""The map of an answer as one SVG: land and borders, each route in its colour, crossings, ports and passages named."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from itertools import pairwise
from typing import Any

from landbridge.report import basemap, key, labels, words
from landbridge.report.geojson import lines_of
from landbridge.report.projection import Projection, fit
from landbridge.report.svg import Markup, el, path

Point = tuple[float, float]
WIDTH = 1000.0
LOWEST, HIGHEST = 430.0, 760.0
OFFSETS = (0.0, 2.8, -2.8, 5.6, -5.6, 8.4, -8.4)
"""Routes that share a line lie side by side, this far from it [picture points]."""
FARTHEST = 110.0
LANE = 9.0
OVERLAND = ("rail", "road", "river")
SHORTEST_KM = 120.0
CLOSER = 1.6
"""A second map of the overland part is worth its place when it is this much larger."""
SCALES_KM = (20, 50, 100, 200, 500, 1000, 2000, 5000)


def style() -> str:
    """The style sheet of maps and charts, light and dark."""
    return files("landbridge.report").joinpath("data", "map.css").read_text(encoding="utf-8")


def draw(
    answer: Mapping[str, Any],
    shapes: Mapping[str, Any],
    name: str = "map",
    *,
    frame: Sequence[Point] = (),
    width: float = WIDTH,
    keyed: bool = True,
) -> Markup:
    """The map of all routes of an answer.

    Parameters
    ----------
    answer
        A route answer as plain data.
    shapes
        Features with `rank` and `leg`, as `answer.to_geojson()` gives them.
    name
        Prefix of the ids inside the picture, when several stand on one page.
    frame
        Places that the picture shows; all of the routes when empty.
    width
        Width [picture points]; on a narrow picture letters look larger.
    keyed
        Whether it has a legend.

    Examples
    --------
    >>> print(draw({"routes": []}, {"features": []})[:32])
    <svg viewBox="0 0 1000 ...
    """
    routes = list(answer.get("routes") or ())
    drawn = {
        (feature["properties"].get("rank"), feature["properties"].get("leg")): lines_of(feature.get("geometry"))
        for feature in shapes.get("features", ())
    }
    points = points_of(shapes)
    view = fitted(list(frame) or points, width)
    legend, under = key.legend(routes, view) if keyed else ([], 0.0)
    base = ground(view)
    ways = [_way(route, drawn, view) for route in reversed(routes)]
    marks, wanted = _marks(routes, drawn, view)
    taken = [(view.width - 190, view.height - 40, view.width, view.height)]
    names = labels.place([*wanted, *area_names(view)], view.width, view.height, taken, _lanes(drawn, view))
    drawing = [*base, *ways, *marks, *[lettering(label) for label in names]]
    return framed(view, name, (_title(answer), _description(routes)), style(), drawing, legend, under)


def framed(
    view: Projection,
    name: str,
    told: tuple[str, str],
    rules: str,
    drawing: Iterable[Any],
    legend: Iterable[Any] = (),
    under: float = 0.0,
    defined: Markup | None = None,
) -> Markup:
    """A map with its frame: the sea, what is drawn on it cut at the edge, the rule of kilometres, the legend below.

    Parameters
    ----------
    view
        The projection, which tells width and height.
    name
        Prefix of the ids inside the picture.
    told
        Title and description for those who do not see it.
    rules
        Its style.
    drawing
        What stands on the sea, in order.
    legend, under
        What stands below the map, and how much room it takes.
    defined
        What is only referred to.
    """
    return el(
        "svg",
        el("title", told[0], id=f"{name}-title"),
        el("desc", told[1], id=f"{name}-desc"),
        el("style", Markup(rules)),
        el("clipPath", el("rect", width=view.width, height=view.height, rx=6), id=f"{name}-clip"),
        defined,
        el(
            "g",
            el("rect", width=view.width, height=view.height, class_="sea"),
            *drawing,
            rule(view),
            clip_path=f"url(#{name}-clip)",
        ),
        *legend,
        viewBox=f"0 0 {view.width:.0f} {view.height + under:.0f}",
        class_="lb-map",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        xmlns="http://www.w3.org/2000/svg",
    )


def overland(answer: Mapping[str, Any], shapes: Mapping[str, Any]) -> list[Point]:
    """Places of the legs by rail, road and river, when a map of them alone would show much more; else nothing."""
    drawn = {
        (feature["properties"].get("rank"), feature["properties"].get("leg")): lines_of(feature.get("geometry"))
        for feature in shapes.get("features", ())
    }
    every = points_of(shapes)
    land = [
        point
        for route in answer.get("routes") or ()
        for n, leg in enumerate(route["legs"], 1)
        if leg.get("mode") in OVERLAND and (leg.get("km") or 0.0) >= SHORTEST_KM
        for line in drawn.get((route["rank"], n), ())
        for point in line
    ]
    if not land or fitted(land).scale < CLOSER * fitted(every).scale:
        return []
    return land


def points_of(shapes: Mapping[str, Any]) -> list[Point]:
    """All places on the lines of some features."""
    return [point for feature in shapes.get("features", ()) for line in lines_of(feature.get("geometry"))
            for point in line]  # fmt: skip


def fitted(points: Sequence[Point], width: float = WIDTH) -> Projection:
    """A projection for a picture of some width that is as high as the points need."""
    lowest, highest = LOWEST * width / WIDTH, HIGHEST * width / WIDTH
    trial = fit(points, width, highest)
    spots = [trial.xy(trial.near(lon), lat) for lon, lat in points] or [(0.0, 0.0), (width, highest)]
    wide = max(x for x, _ in spots) - min(x for x, _ in spots)
    tall = max(y for _, y in spots) - min(y for _, y in spots)
    height = min(highest, max(lowest, width * (tall + 1) / (wide + 1))) if wide else lowest
    return fit(points, width, height)


def ground(view: Projection, land: str | None = None) -> list[Markup]:
    """Land, borders and disputed lines; `land` is an id for the shape of the land."""
    chart = basemap.load()
    pieces = []
    for piece in chart.land:
        shown = [seen(ring, view) for ring in piece]
        if shown[0]:
            pieces.append("".join(path(ring, close=True) for ring in shown if ring))
    solid = [path(line) for raw in chart.borders if (line := seen(raw, view))]
    dashed = [path(line) for raw in chart.disputed if (line := seen(raw, view))]
    return [
        el("path", d="".join(pieces), class_="land", fill_rule="evenodd", clip_rule=land and "evenodd", id=land),
        el("path", d="".join(solid), class_="border"),
        el("path", d="".join(dashed), class_="disputed"),
    ]


def seen(line: Sequence[Point], view: Projection) -> list[Point]:
    """A line of the base map as picture points; empty when it lies outside the picture."""
    middle = line[len(line) // 2]
    turn = view.near(middle[0]) - middle[0]
    if view.kind == "equal-area" and view.away(middle[0] + turn, middle[1]) > FARTHEST:
        return []
    spots = [view.xy(lon + turn, lat) for lon, lat in line]
    edge = 30.0
    if max(x for x, _ in spots) < -edge or min(x for x, _ in spots) > view.width + edge:
        return []
    if max(y for _, y in spots) < -edge or min(y for _, y in spots) > view.height + edge:
        return []
    return spots


def _way(route: Mapping[str, Any], drawn: Mapping[Any, list[list[Point]]], view: Projection) -> Markup:
    rank = int(route["rank"])
    offset = OFFSETS[(rank - 1) % len(OFFSETS)]
    wide = 3.4 if rank == 1 else 2.5
    halos, lines = [], []
    for n, leg in enumerate(route["legs"], 1):
        for line in drawn.get((rank, n), []):
            if len(line) < 2:
                continue
            for spots in _copies(_turned(line, view), view):
                data = path(_beside(spots, offset))
                halos.append(data)
                lines.append(el("path", d=data, class_=f"way {key.MODE_CLASSES.get(str(leg.get('mode')), 'rail')}"))
    return el(
        "g",
        el("title", f"{rank}: {route.get('label') or ''}"),
        el("path", d="".join(halos), class_="halo", stroke_width=wide + 2.6),
        el("g", *lines, stroke_width=wide),
        class_=f"route {key.colour(rank)} route-{rank}",
    )


def _turned(line: Sequence[Point], view: Projection) -> list[Point]:
    """Picture points of a line that may pass the date line."""
    out: list[Point] = []
    before: float | None = None
    for raw, lat in line:
        lon = view.near(raw)
        if before is not None:
            lon += 360.0 * round((before - lon) / 360.0)
        before = lon
        out.append(view.xy(lon, lat))
    return out


def _copies(spots: list[Point], view: Projection) -> list[list[Point]]:
    """The line, and on a world view its copies one turn further where they reach into the picture."""
    if view.kind == "equal-area":
        return [spots]
    turn = view.xy(view.lon0 + 360.0, 0.0)[0] - view.xy(view.lon0, 0.0)[0]
    moved = [[(x + step, y) for x, y in spots] for step in (0.0, -turn, turn)]
    return [copy for copy in moved if any(0 <= x <= view.width for x, _ in copy)] or [spots]


def _beside(spots: list[Point], offset: float) -> list[Point]:
    """The line moved to its side by `offset` picture points."""
    if not offset:
        return spots
    thin = [spots[0]]
    thin += [b for a, b in pairwise(spots) if math.dist(a, b) > 0.5]
    out = []
    for n, (x, y) in enumerate(thin):
        ax, ay = thin[max(0, n - 1)]
        bx, by = thin[min(len(thin) - 1, n + 1)]
        long = math.hypot(bx - ax, by - ay) or 1.0
        out.append((x - (by - ay) / long * offset, y + (bx - ax) / long * offset))
    return out


def _marks(
    routes: Sequence[Mapping[str, Any]], drawn: Mapping[Any, list[list[Point]]], view: Projection
) -> tuple[list[Markup], list[labels.Wanted]]:
    marks: list[Markup] = []
    wanted: list[labels.Wanted] = []
    done: set[tuple[str, str]] = set()

    def add(kind: str, text: str, at: Point | None, order: float, size: float) -> None:
        if at is None or (kind, text) in done:
            return
        done.add((kind, text))
        x, y = view.xy(view.near(at[0]), at[1])
        if not (0 <= x <= view.width and 0 <= y <= view.height):
            return
        marks.append(key.mark(kind, text, x, y))
        wanted.append(labels.Wanted(text, x, y, size, order, kind))

    names = set()
    for route in routes:
        rank, legs = int(route["rank"]), route["legs"]
        ends = [line for n in range(1, len(legs) + 1) for line in drawn.get((rank, n), []) if line]
        names |= {str(legs[0].get("from") or ""), str(legs[-1].get("to") or "")}
        if ends:
            add("end", str(legs[0].get("from") or ""), ends[0][0], 0, 15)
            add("end", str(legs[-1].get("to") or ""), ends[-1][-1], 0, 15)
        for row in route.get("crossings") or ():
            add("crossing", words.crossing(row, route), _at(row, rank, drawn), rank, 12)
        for row in route.get("passages") or ():
            add("passage", words.crossing(row, route), _at(row, rank, drawn), rank + 0.2, 12)
        for n, leg in enumerate(legs, 1):
            name = str(leg.get("from") or "")
            if leg.get("kind") == "transfer" and name not in names and not words.is_position(name):
                add("port", name, _at({"leg": n}, rank, drawn), rank + 0.4, 12)
    return marks[::-1], wanted


def _at(row: Mapping[str, Any], rank: int, drawn: Mapping[Any, list[list[Point]]]) -> Point | None:
    if row.get("lon") is not None and row.get("lat") is not None:
        return (float(row["lon"]), float(row["lat"]))
    lines = [line for line in drawn.get((rank, row.get("leg")), []) if line]
    return lines[0][len(lines[0]) // 2] if lines else None


def _lanes(drawn: Mapping[Any, list[list[Point]]], view: Projection) -> list[labels.Box]:
    """Small boxes along all lines, which names of areas leave free."""
    out: dict[tuple[int, int], labels.Box] = {}
    for lines in drawn.values():
        for line in lines:
            spots = _turned(line, view)
            for (ax, ay), (bx, by) in pairwise(spots):
                steps = max(1, int(math.hypot(bx - ax, by - ay) / LANE))
                for n in range(min(steps, 200) + 1):
                    x, y = ax + (bx - ax) * n / steps, ay + (by - ay) * n / steps
                    out[int(x / LANE), int(y / LANE)] = (x - 3, y - 3, x + 3, y + 3)
    return list(out.values())


def area_names(view: Projection) -> list[labels.Wanted]:
    """Names of areas that are large enough on this map."""
    out = []
    for area in basemap.load().labels:
        across = math.radians(area.size) * view.scale
        size = max(9.5, min(13.0, across / 9))
        text = area.name.upper()
        if across < len(text) * size * labels.GLYPH * 0.75:
            continue
        spots = []
        for raw, lat in area.places:
            lon = view.near(raw)
            if view.kind == "equal-area" and view.away(lon, lat) > FARTHEST:
                continue
            x, y = view.xy(lon, lat)
            if 0 < x < view.width and 0 < y < view.height:
                spots.append((x, y))
        if spots:
            order = 50 - area.size / 10
            out.append(labels.Wanted(text, *spots[0], size, order, "area", centred=True, others=tuple(spots[1:])))
    return out


def lettering(label: labels.Placed) -> Markup:
    """A label where it was placed."""
    return el(
        "text",
        label.text,
        x=round(label.x, 1),
        y=round(label.y, 1),
        font_size=label.size,
        text_anchor=label.anchor,
        class_=f"t-{label.kind}",
    )


def rule(view: Projection) -> Markup:
    """The scale in km."""
    km = max((step for step in SCALES_KM if step / view.km_px() < 170), default=SCALES_KM[0])
    long = km / view.km_px()
    x, y = view.width - 14 - long, view.height - 12
    return el(
        "g",
        el("path", d=f"M{x:.1f} {y - 5:.1f}v5h{long:.1f}v-5", class_="rule"),
        el("text", f"{km:,} km", x=x + long / 2, y=y - 8, font_size=12, text_anchor="middle"),
    )


def _title(answer: Mapping[str, Any]) -> str:
    asked = answer.get("question") or {}
    return f"Map: {asked.get('from') or ''} to {asked.get('to') or ''}"


def _description(routes: Sequence[Mapping[str, Any]]) -> str:
    return "; ".join(
        f"way {route['rank']}, {route.get('label') or ''}, through {', '.join(route.get('areas') or ())}"
        for route in routes
    )
