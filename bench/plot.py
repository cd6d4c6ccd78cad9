"""A picture of how amounts grow: a panel for each thing that grows, both axes by their logarithms."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

PALETTE = ("#1b6ca8", "#c2571a", "#3f7f3f", "#7a4fa3", "#666666")
LEAST = 0.01
"""What is less is drawn here."""
STYLE = (
    "text{font:11px sans-serif}.head{font-weight:bold}.x{text-anchor:middle}.y{text-anchor:end}"
    ".axis{fill:none;stroke:#888}"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the plot: what it is, its unit, and (size, amount) of each point."""

    name: str
    unit: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """What grows with one thing."""

    what: str
    lines: tuple[Line, ...]


def short(amount: float) -> str:
    """A number in few figures."""
    return f"{amount:,.0f}" if amount >= 20.0 else f"{amount:.2g}"


def plot(found: Sequence[Growth]) -> str:
    """A picture of all lines: a panel for each thing that grows, both axes by their logarithms."""
    from landbridge.report.svg import el, join

    wide, high, left, top = 300, 200, 58, 46
    panels = []
    for number, one in enumerate(found):
        x0, y0 = (number % 3) * (wide + 60), (number // 3) * (high + 110)
        sizes = [max(x, 1.0) for line in one.lines for x, _ in line.points]
        amounts = [max(y, LEAST) for line in one.lines for _, y in line.points]
        across, up = _scale(sizes, left, wide), _scale(amounts, top + high, -high)
        parts = [
            el("text", one.what, x=left, y=20, class_="head"),
            el("path", d=f"M{left},{top}V{top + high}H{left + wide - 20}", class_="axis"),
            *(el("text", short(tick), x=across(tick), y=top + high + 16, class_="x") for tick in sorted(set(sizes))),
            *(el("text", short(tick), x=left - 6, y=up(tick) + 4, class_="y") for tick in _decades(amounts)),
        ]
        for place, line in enumerate(one.lines):
            spots = [(across(max(x, 1.0)), up(max(y, LEAST))) for x, y in line.points]
            drawn = "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in spots)
            colour = PALETTE[place % len(PALETTE)]
            parts += [
                el("path", d=drawn, fill="none", stroke=colour, stroke_width=2),
                *(el("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=3, fill=colour) for x, y in spots),
                el(
                    "text",
                    f"{line.name} [{line.unit}]",
                    x=left + 150 * (place % 2),
                    y=top + high + 34 + 14 * (place // 2),
                    fill=colour,
                ),
            ]
        panels.append(el("g", *parts, transform=f"translate({x0},{y0})"))
    rows = -(-len(found) // 3)
    return str(
        el("svg", el("style", STYLE), join(*panels), xmlns="http://www.w3.org/2000/svg",
           viewBox=f"0 0 {3 * (wide + 60)} {rows * (high + 110)}")
    )  # fmt: skip


def _scale(values: Sequence[float], start: float, length: float) -> Callable[[float], float]:
    low, high = math.log(min(values)), math.log(max(values))
    return lambda value: start + 0.9 * length * (math.log(value) - low) / max(high - low, 1e-9)


def _decades(values: Sequence[float]) -> list[float]:
    """1, 2 and 5 of each power of ten within the values; their ends where there is none."""
    low, high = min(values), max(values)
    ticks = [digit * 10.0**power for power in range(-3, 7) for digit in (1, 2, 5) if low <= digit * 10.0**power <= high]
    return ticks if len(ticks) > 1 else [low, high]
