"""Ground of which law and control differ as one SVG: who holds it fills the mark, to whom it belongs rings it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from landbridge.report import labels
from landbridge.report.key import under_map
from landbridge.report.map import area_names, fitted, framed, ground, lettering, style
from landbridge.report.names import Names
from landbridge.report.projection import Projection
from landbridge.report.svg import Markup, el

Row = Mapping[str, Any]
MARGIN: Final = 2.0
"""Degrees shown beyond the outermost ground."""
COLOURS: Final = ("var(--r1)", "var(--r2)", "var(--r3)", "var(--r4)", "var(--r5)", "var(--r6)", "var(--r7)")
SIZES: Final = {"area": 8.0, "place": 4.2}


def draw(rows: Sequence[Row], title: str, names: Names, name: str = "control") -> Markup | None:
    """The map of all ground; None where there is none.

    Examples
    --------
    >>> draw([], "Control", Names()) is None
    True
    """
    if not rows:
        return None
    frame = [(row["lon"] + x, row["lat"] + y) for row in rows for x in (-MARGIN, MARGIN) for y in (-MARGIN, MARGIN)]
    view = fitted(frame)
    colours = colours_of(rows)
    marks, wanted = [], []
    for row in sorted(rows, key=lambda row: row["kind"] != "area"):
        x, y = view.xy(view.near(row["lon"]), row["lat"])
        law, held = row["de_jure"][0], row["de_facto"]
        marks.append(el("circle", el("title", told(row, names)), cx=x, cy=y, r=SIZES[row["kind"]], stroke_width=2.6,
                        fill=colours[held], stroke=colours[law]))  # fmt: skip
        if row["kind"] == "area":
            wanted.append(labels.Wanted(row["name"], x, y, 12, 1, "crossing"))
    corner = [(view.width - 190, view.height - 40, view.width, view.height)]
    placed = labels.place([*wanted, *area_names(view)], view.width, view.height, corner, [])
    legend, under = _legend(view, colours, names)
    description = "; ".join(told(row, names) for row in rows)
    drawing = [*ground(view), *marks, *[lettering(label) for label in placed]]
    return framed(view, name, (title, description), style(), drawing, legend, under)


def told(row: Row, names: Names) -> str:
    """Who holds a ground and to whom it belongs, in words.

    Examples
    --------
    >>> told({"name": "Crimea", "de_jure": ["UKR"], "de_facto": "X_CRI", "counted_with": ["RUS"]}, Names())
    'Crimea: by law of UKR, held by X_CRI (counted with RUS)'
    """
    law = " or ".join(names.area(one) for one in row["de_jure"])
    counted = ", ".join(names.area(one) for one in row["counted_with"])
    return f"{row['name']}: by law of {law}, held by {names.area(row['de_facto'])}" + (
        f" (counted with {counted})" if counted else ""
    )


def colours_of(rows: Sequence[Row]) -> dict[str, str]:
    """A colour for each holder and each state by law, in the order of their names.

    Examples
    --------
    >>> colours_of([{"de_jure": ["UKR"], "de_facto": "RUS"}])
    {'RUS': 'var(--r1)', 'UKR': 'var(--r2)'}
    """
    sides = sorted({one for row in rows for one in (row["de_jure"][0], row["de_facto"])})
    return {one: COLOURS[n % len(COLOURS)] for n, one in enumerate(sides)}


def _legend(view: Projection, colours: Mapping[str, str], names: Names) -> tuple[list[Markup], float]:
    entries = []
    for code, colour in colours.items():
        text = names.area(code)
        mark = el("circle", cx=6, cy=-4, r=5, fill=colour)
        entries.append((48 + len(text) * 7.0, [mark, el("text", text, x=17, y=0, font_size=12.5, class_="t-plain")]))
    text = "filled: held by; ring: by law of"
    entries.append((48 + len(text) * 7.0, [el("text", text, x=17, y=0, font_size=12.5, class_="t-plain")]))
    return under_map(view, entries)
