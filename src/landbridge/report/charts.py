"""Small bar charts of days and dollars with their ranges, as SVG."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from landbridge.report.key import colour
from landbridge.report.numbers import DASH, grouped
from landbridge.report.svg import Markup, el
from landbridge.units import H_PER_DAY

WIDTH = 500.0
ROW = 30.0
LEFT = 26.0
CUT = 3.0
"""A bar this many times longer than the middle one is cut."""
STEPS = (1, 2, 5)
MOST_STEPS = 6


def bars(
    routes: Sequence[Mapping[str, Any]],
    title: str,
    value: Callable[[Mapping[str, Any]], float | None],
    ends: Callable[[Mapping[str, Any]], tuple[float | None, float | None]],
    form: Callable[[float], str],
    name: str,
) -> Markup:
    """One bar for each route, a whisker for its range, the number behind it."""
    rows = [(route, value(route), ends(route)) for route in routes]
    most = _limit([v for _, middle, (_, high) in rows for v in (middle, high) if v is not None])
    labels = {route["rank"]: _label(middle, low, high, form) for route, middle, (low, high) in rows}
    right = 14 + 6.4 * max((len(text) for text in labels.values()), default=0)
    room = WIDTH - LEFT - right
    height = 34 + ROW * len(rows) + 22
    out: list[Markup] = []
    for tick in ticks(most):
        x = LEFT + tick / most * room
        out.append(el("path", d=f"M{x:.1f} 30v{ROW * len(rows) + 4:.0f}", class_="tick"))
        out.append(el("text", form(tick), x=x, y=height - 6, font_size=11, text_anchor="middle", class_="t-quiet"))
    said = []
    for n, (route, middle, (low, high)) in enumerate(rows):
        y = 34 + n * ROW
        out.append(el("text", route["rank"], x=LEFT - 10, y=y + 16, font_size=13, text_anchor="end", class_="t-plain"))
        if middle is None:
            out.append(el("text", "unknown", x=LEFT + 4, y=y + 16, font_size=12, class_="t-quiet"))
            continue
        out.append(
            el(
                "rect",
                x=LEFT,
                y=y + 4,
                width=max(1.0, min(1.0, middle / most) * room),
                height=15,
                rx=2,
                class_=f"bar {colour(int(route['rank']))}",
            )
        )
        words = labels[route["rank"]]
        if middle > most:
            # a bar far longer than the others is cut, with a gap that shows it
            x = LEFT + 0.86 * room
            out.append(el("path", d=f"M{x:.1f} {y + 2:.1f}l-4 19h6l4 -19Z", class_="gap"))
        elif low is not None and high is not None:
            a, b = LEFT + low / most * room, LEFT + min(high, most) / most * room
            out.append(
                el(
                    "path",
                    d=f"M{a:.1f} {y + 11.5:.1f}H{b:.1f}M{a:.1f} {y + 7:.1f}v9M{b:.1f} {y + 7:.1f}v9",
                    class_="whisker",
                    fill="none",
                )
            )
        out.append(el("text", words, x=WIDTH - right + 8, y=y + 16, font_size=12, class_="t-plain"))
        said.append(f"way {route['rank']}: {words}")
    return el(
        "svg",
        el("title", title, id=f"{name}-title"),
        el("desc", "; ".join(said), id=f"{name}-desc"),
        el("text", title, x=0, y=15, font_size=14, class_="t-plain t-end"),
        *out,
        viewBox=f"0 0 {WIDTH:.0f} {height:.0f}",
        class_="lb-map chart",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        xmlns="http://www.w3.org/2000/svg",
    )


def days_chart(routes: Sequence[Mapping[str, Any]], name: str = "days") -> Markup:
    """Days of each route, whiskers from the 10 % to the 90 % point of trips.

    Examples
    --------
    >>> "way 1: 2.0 (1.0–3.0)" in days_chart([{"rank": 1, "hours": 48.0, "hours_p10": 24.0, "hours_p90": 72.0}])
    True
    """
    return bars(
        routes,
        "Days from door to door; line: 10–90 % of trips",
        lambda route: _in_days(route.get("hours")),
        lambda route: (_in_days(route.get("hours_p10")), _in_days(route.get("hours_p90"))),
        lambda value: grouped(value, 0 if value >= 100 or value == 0 else 1),
        name,
    )


def money_chart(routes: Sequence[Mapping[str, Any]], name: str = "money") -> Markup:
    """Dollars of each route, whiskers over the uncertain facts.

    Examples
    --------
    >>> "4,000 (3,000–6,000)" in money_chart([{"rank": 1, "usd": 4000.0, "usd_low": 3000.0, "usd_high": 6000.0}])
    True
    """
    return bars(
        routes,
        "USD for the shipment; line: range of uncertain facts",
        lambda route: route.get("usd"),
        lambda route: (route.get("usd_low"), route.get("usd_high")),
        grouped,
        name,
    )


def ticks(most: float) -> list[float]:
    """Round numbers from 0 to at most `most`, at most seven of them.

    Examples
    --------
    >>> ticks(100.0), ticks(1.65)
    ([0.0, 20.0, 40.0, 60.0, 80.0, 100.0], [0.0, 0.5, 1.0, 1.5])
    """
    power = 10.0 ** (math.floor(math.log10(most)) - 1)
    step = next(lead * size for size in (power, 10 * power) for lead in STEPS if most / (lead * size) <= MOST_STEPS)
    return [n * step for n in range(int(most / step + 1e-9) + 1)]


def _label(middle: float | None, low: float | None, high: float | None, form: Callable[[float], str]) -> str:
    if middle is None:
        return "unknown"
    return form(middle) if low is None or high is None else f"{form(middle)} ({form(low)}{DASH}{form(high)})"


def _limit(values: Sequence[float]) -> float:
    """The end of the axis: the longest bar that is not far longer than the middle one."""
    if not values:
        return 1.0
    middle = sorted(values)[len(values) // 2]
    return max(value for value in values if value <= CUT * middle or value == middle) or 1.0


def _in_days(hours: float | None) -> float | None:
    return None if hours is None else hours / H_PER_DAY
