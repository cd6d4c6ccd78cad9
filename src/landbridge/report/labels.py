"""Labels that do not lie on each other: the important first, each at the first free place round its point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

Box = tuple[float, float, float, float]
GLYPH = 0.56
"""Mean width of a letter in units of the letter size, a little generous."""
TURNS = (
    (1, 0, "start"),
    (-1, 0, "end"),
    (0.7, -1, "start"),
    (0.7, 1, "start"),
    (-0.7, -1, "end"),
    (-0.7, 1, "end"),
    (0, -1.3, "middle"),
    (0, 1.35, "middle"),
    (1.6, -2, "start"),
    (1.6, 2, "start"),
    (-1.6, -2, "end"),
    (-1.6, 2, "end"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label that should stand near a point, else near one of `others`; a smaller `order` goes first."""

    text: str
    x: float
    y: float
    size: float
    order: float
    kind: str
    centred: bool = False
    others: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a label stands; `anchor` as in SVG."""

    text: str
    x: float
    y: float
    size: float
    anchor: str
    kind: str


def place(
    wanted: Sequence[Wanted], width: float, height: float, taken: Sequence[Box] = (), spared: Sequence[Box] = ()
) -> list[Placed]:
    """Put labels where they fit; those that fit nowhere are left out.

    No label covers what is `taken`; a centred one stays off what should be `spared` when one of its places allows.

    Examples
    --------
    >>> two = [Wanted("Baku", 50, 50, 12, 0, "end"), Wanted("Astara", 50, 50, 12, 1, "crossing")]
    >>> [label.anchor for label in place(two, 200, 100)]
    ['start', 'end']
    """
    boxes = list(taken)
    out: list[Placed] = []
    for label in sorted(wanted, key=lambda one: (one.order, one.text, one.x)):
        wide = len(label.text) * label.size * GLYPH
        turns = ((0, 0.35, "middle"),) if label.centred else TURNS
        spots = [(label.x, label.y), *label.others]
        lanes: list[Sequence[Box]] = [spared, ()] if label.centred and spared else [()]
        for lane, (at_x, at_y), (right, down, anchor) in product(lanes, spots, turns):
            x = at_x + right * label.size * 0.62
            y = at_y + down * label.size * 0.85 + label.size * (0 if label.centred else 0.34)
            left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
            box = (left - 2, y - label.size * 0.85, left + wide + 2, y + label.size * 0.3)
            inside = box[0] > 2 and box[2] < width - 2 and box[1] > 2 and box[3] < height - 2
            if inside and not any(_meet(box, other) for other in (*boxes, *lane)):
                boxes.append(box)
                out.append(Placed(label.text, x, y, label.size, anchor, label.kind))
                break
    return out


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
