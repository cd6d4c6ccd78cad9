"""Small charts of where a state stood between poles by year: a line for each pole, as SVG."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from landbridge.report import poles
from landbridge.report.charts import ticks
from landbridge.report.svg import Markup, el

Row = Mapping[str, Any]
Points = list[tuple[int, float]]
WIDTH: Final = 500.0
HEIGHT: Final = 190.0
LEFT: Final = 40.0
RIGHT: Final = 100.0
TOP: Final = 30.0
BOTTOM: Final = 22.0
APART: Final = 13.0
"""Names at the ends of lines stand at least so far apart."""
TONES: Final = 7
DECADE: Final = 10
DOT: Final = 5
LINE: Final = 2


def charts(years: Sequence[Row]) -> list[Markup]:
    """One chart for each part that two years or more tell; a gap where a year cannot be told.

    Examples
    --------
    >>> told = [{"year": year, "parts": [{"part": "memberships", "values": {"russia": 3.0 + n}, "frozen": {}}]}
    ...         for n, year in enumerate((2000, 2001))]
    >>> "blocs shared: russia 4 in 2001" in charts(told)[0]
    True
    """
    by_part: dict[str, dict[str, Points]] = {}
    for name, pole, values in poles.series(years):
        told = [(row["year"], one) for row, one in zip(years, values, strict=True) if one is not None]
        if pole and len(told) > 1:
            by_part.setdefault(name, {})[pole] = told
    tones = {pole: 1 + n % TONES for n, pole in enumerate(sorted(_poles(by_part)))}
    ends = (years[0]["year"], years[-1]["year"]) if years else (0, 0)
    return [_chart(name, lines, tones, *ends) for name, lines in by_part.items()]


def _poles(by_part: Mapping[str, Mapping[str, Points]]) -> set[str]:
    return {pole.partition(",")[0] for lines in by_part.values() for pole in lines}


def _chart(name: str, lines: Mapping[str, Points], tones: Mapping[str, int], first: int, last: int) -> Markup:
    values = [value for told in lines.values() for _, value in told]
    least, most = (math.floor(10 * min(values)) / 10 if name == "votes" else 0.0), max(values)
    wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def x(year: float) -> float:
        return LEFT + (year - first) / max(last - first, 1) * wide

    def y(value: float) -> float:
        return TOP + (most - value) / ((most - least) or 1.0) * high

    out: list[Markup] = []
    for tick in (least + one for one in ticks((most - least) or 1.0)):
        out.append(el("path", d=f"M{LEFT:.1f} {y(tick):.1f}h{wide:.1f}", class_="tick"))
        out.append(el("text", poles.number(name, tick) if name in poles.SHARES else f"{tick:g}", x=LEFT - 5,
                      y=y(tick) + 4, font_size=11, text_anchor="end", class_="t-quiet"))  # fmt: skip
    out += [el("text", year, x=x(year), y=HEIGHT - 5, font_size=11, text_anchor="middle", class_="t-quiet")
            for year in range(first, last + 1) if year % DECADE == 0]  # fmt: skip
    named = []
    for pole, told in lines.items():
        frozen = pole.endswith("frozen")
        tone = tones[pole.partition(",")[0]]
        for run in _runs(told):
            drawn = "L".join(f"{x(year):.1f} {y(value):.1f}" for year, value in run)
            dot = len(run) == 1
            out.append(el("path", d=f"M{drawn}{'h.1' if dot else ''}", class_=f"way r{tone}",
                          stroke_width=DOT if dot else LINE, stroke_dasharray="2 4" if frozen else None))  # fmt: skip
        year, value = told[-1]
        named.append((y(value), x(year), pole, tone))
    at = 0.0
    for height, along, pole, tone in sorted(named):
        at = max(height + 4, at + APART)
        out.append(el("path", d=f"M{along + 3:.1f} {height:.1f}L{WIDTH - RIGHT + 8:.1f} {at - 4:.1f}", class_="tick"))
        out.append(el("text", pole, x=WIDTH - RIGHT + 11, y=at, font_size=11.5, class_="t-plain"))
        out.append(el("path", d=f"M{WIDTH - RIGHT + 2:.1f} {at - 4:.1f}h6", class_=f"way r{tone}", stroke_width=3))
    title = poles.PART_WORDS[name]
    said = "; ".join(f"{pole} {poles.number(name, told[-1][1])} in {told[-1][0]}" for pole, told in lines.items())
    return el(
        "svg",
        el("title", title, id=f"poles-{name}-title"),
        el("desc", f"{title}: {said}", id=f"poles-{name}-desc"),
        el("text", title.capitalize(), x=0, y=15, font_size=14, class_="t-plain t-end"),
        *out,
        viewBox=f"0 0 {WIDTH:.0f} {max(HEIGHT, at + 6):.0f}",
        class_="lb-map chart",
        role="img",
        aria_labelledby=f"poles-{name}-title poles-{name}-desc",
        xmlns="http://www.w3.org/2000/svg",
    )


def _runs(told: Points) -> Iterator[Points]:
    """The stretches of years that follow one another."""
    run: Points = []
    for year, value in told:
        if run and year != run[-1][0] + 1:
            yield run
            run = []
        run.append((year, value))
    if run:
        yield run
