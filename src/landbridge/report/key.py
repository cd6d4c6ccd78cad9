"""The key of a map: colours of ways, lines of modes, marks of borders, ports and passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from landbridge.report.projection import Projection
from landbridge.report.svg import Markup, el

COLOURS = 7
"""So many ways have a colour of their own."""
LEGEND_ROW = 21.0
MODE_CLASSES = {"rail": "rail", "road": "road", "sea": "sea-way", "river": "river", "air": "air"}
MARKS = (("crossing", "border crossing"), ("port", "change of mode or gauge"), ("passage", "strait, canal"))


def colour(rank: int) -> str:
    """The class that gives a route its colour."""
    return f"r{(rank - 1) % COLOURS + 1}"


def mark(kind: str, text: str, x: float, y: float) -> Markup:
    """The mark of an end, a passage, a port or a border."""
    title = el("title", text)
    if kind == "end":
        return el("circle", title, cx=x, cy=y, r=5.2, class_="end")
    if kind == "passage":
        return el("circle", title, cx=x, cy=y, r=3.6, class_="mark")
    if kind == "port":
        return el("rect", title, x=x - 3.1, y=y - 3.1, width=6.2, height=6.2, class_="mark")
    return el("path", title, d=f"M{x:.1f} {y - 4.6:.1f}l4.6 4.6l-4.6 4.6l-4.6 -4.6Z", class_="mark")


def legend(routes: Sequence[Mapping[str, Any]], view: Projection) -> tuple[list[Markup], float]:
    """The rows under the map, and how much height they need."""
    entries: list[tuple[float, list[Markup]]] = []
    for route in routes:
        rank = int(route["rank"])
        text = f"{rank}  {route.get('label') or ''}"
        line = el("path", d="M0 -4h34", class_=f"way {colour(rank)}", stroke_width=4)
        shown = el("text", text, x=44, y=0, font_size=13.5, class_="t-plain")
        entries.append((max(min(view.width / 2, 420), 70 + len(text) * 7.2), [line, shown]))
    small: list[tuple[float, list[Markup]]] = []
    used = {str(leg.get("mode")) for route in routes for leg in route["legs"] if leg.get("kind") != "crossing"}
    for mode, class_ in MODE_CLASSES.items():
        if mode in used:
            line = el("path", d="M0 -4h38", class_=f"way r7 {class_}", stroke_width=3)
            small.append((96, [line, el("text", mode, x=46, y=0, font_size=12.5, class_="t-plain")]))
    for kind, text in MARKS:
        shown = el("text", text, x=17, y=0, font_size=12.5, class_="t-plain")
        small.append((44 + len(text) * 6.4, [mark(kind, text, 6, -4), shown]))
    dashes = el("path", d="M0 -4h30", class_="disputed")
    small.append((130, [dashes, el("text", "disputed line", x=36, y=0, font_size=12.5, class_="t-plain")]))
    return under_map(view, entries, small)


def under_map(view: Projection, *groups: Sequence[tuple[float, list[Markup]]]) -> tuple[list[Markup], float]:
    """Groups of entries of given widths, each group from a new row on, and how much height they need."""
    rows = [row for entries in groups for row in set_rows(entries, view.width)]
    out = []
    for n, row in enumerate(rows, 1):
        y = view.height + n * LEGEND_ROW
        out += [el("g", *parts, transform=f"translate({x:.0f} {y:.0f})") for x, parts in row]
    return out, (len(rows) + 0.6) * LEGEND_ROW


def set_rows(entries: Sequence[tuple[float, list[Markup]]], width: float) -> list[list[tuple[float, list[Markup]]]]:
    """Entries of given widths set into rows."""
    rows: list[list[tuple[float, list[Markup]]]] = []
    x = width
    for wide, parts in entries:
        if x + wide > width + 1:
            rows.append([])
            x = 0.0
        rows[-1].append((x + 4, parts))
        x += wide
    return rows
