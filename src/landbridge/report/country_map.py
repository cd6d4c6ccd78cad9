"""The posts on the land borders of an area as one SVG: what passes, what is limited, what is shut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from landbridge.report import labels
from landbridge.report.key import under_map
from landbridge.report.map import area_names, fitted, framed, ground, lettering, style
from landbridge.report.projection import Projection
from landbridge.report.svg import Markup, el

Row = Mapping[str, Any]
STATES: Final = {"open": "freight passes", "limited": "limited", "shut": "shut", "not there": "not built"}
MARGIN: Final = 0.6
"""Degrees shown beyond the outermost posts."""
STYLE: Final = (
    ".p-open{fill:#0b7a53;stroke:#fff;stroke-width:1}.p-limited{fill:#fff;stroke:#b06f00;stroke-width:2.4}"
    ".p-shut{fill:none;stroke:#b3261e;stroke-width:2.4}.p-not-there{fill:none;stroke:#6b7280;stroke-width:1.6;"
    "stroke-dasharray:2 2}@media (prefers-color-scheme:dark){.p-open{fill:#4fd6a4;stroke:#10161c}"
    ".p-limited{fill:#10161c;stroke:#ffc65c}.p-shut{stroke:#ff8f80}.p-not-there{stroke:#a2adb8}}"
)
ORDER: Final = tuple(STATES)


def draw(borders: Sequence[Row], title: str, name: str = "posts") -> Markup | None:
    """The map of all posts; None where there are none.

    Examples
    --------
    >>> draw([], "Posts") is None
    True
    """
    posts = merged(borders)
    if not posts:
        return None
    spots = [(row["lon"], row["lat"]) for row in posts]
    frame = [(lon + x, lat + y) for lon, lat in spots for x in (-MARGIN, MARGIN) for y in (-MARGIN, MARGIN)]
    view = fitted(frame)
    marks, wanted = [], []
    for row in sorted(posts, key=lambda row: -ORDER.index(row["state"])):
        x, y = view.xy(view.near(row["lon"]), row["lat"])
        marks.append(mark(row["state"], x, y, f"{row['name']}: {row['told']}"))
        if row["state"] in ("open", "limited"):
            wanted.append(labels.Wanted(row["name"], x, y, 12, ORDER.index(row["state"]) + 1, "crossing"))
    corner = [(view.width - 190, view.height - 40, view.width, view.height)]
    placed = labels.place([*wanted, *area_names(view)], view.width, view.height, corner, [])
    legend, under = _legend(view)
    told = "; ".join(f"{row['name']}: {row['told']}" for row in posts)
    drawing = [*ground(view), *marks, *[lettering(label) for label in placed]]
    return framed(view, name, (title, told), style() + STYLE, drawing, legend, under)


def merged(borders: Sequence[Row]) -> list[dict[str, Any]]:
    """The modes of one post together: it is shown by the best that passes.

    Examples
    --------
    >>> post = {"id": "a", "name": "A", "lat": 1.0, "lon": 2.0}
    >>> rows = [{**post, "mode": "road", "state": "shut"}, {**post, "mode": "rail", "state": "open"}]
    >>> [(row["state"], row["told"]) for row in merged([{"posts": rows}])]
    [('open', 'road shut, rail open')]
    """
    found: dict[str, dict[str, Any]] = {}
    for border in borders:
        for post in border["posts"]:
            told = f"{post['mode']} {post['state']}"
            row = found.setdefault(post["id"], {**post, "told": ""})
            row["told"] = ", ".join(filter(None, (row["told"], told)))
            row["state"] = min(row["state"], post["state"], key=ORDER.index)
    return list(found.values())


def mark(state: str, x: float, y: float, told: str) -> Markup:
    """The mark of a post: a full or an empty circle, a cross, a dashed ring."""
    title = el("title", told)
    class_ = f"p-{state.replace(' ', '-')}"
    if state == "shut":
        return el("path", title, d=f"M{x - 4:.1f} {y - 4:.1f}l8 8m0 -8l-8 8", class_=class_)
    return el("circle", title, cx=x, cy=y, r=4.6, class_=class_)


def _legend(view: Projection) -> tuple[list[Markup], float]:
    entries = [
        (
            48 + len(text) * 7.0,
            [mark(state, 6, -4, text), el("text", text, x=17, y=0, font_size=12.5, class_="t-plain")],
        )
        for state, text in STATES.items()
    ]
    return under_map(view, entries)
