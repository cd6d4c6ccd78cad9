"""The lines of a gas map: net flows between zones with what became of them, and where zones stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

Point = tuple[float, float]
Row = Mapping[str, Any]
SAME: Final = 0.02
"""A flow that differs by less than this share is drawn as before."""


@dataclass(frozen=True, slots=True)
class Edge:
    """All points between two zones together: net flows [bcm] from `tail` to `head`, and what became of them."""

    tail: str
    head: str
    bcm: float
    before_bcm: float
    state: str


def edges(answer: Row) -> list[Edge]:
    """The pipes of an answer, all points between two zones as one, in the direction of the flow.

    Examples
    --------
    >>> one = {"from": "A", "to": "B", "bcm": 0.0, "before_bcm": 3.0, "capacity_bcm": 0.0, "turned": False,
    ...        "kind": "physical"}
    >>> back = {**one, "from": "B", "to": "A", "bcm": 1.0, "before_bcm": 0.0, "capacity_bcm": 5.0, "turned": True}
    >>> edges({"flows": [one, back]})
    [Edge(tail='B', head='A', bcm=1.0, before_bcm=-3.0, state='turned')]
    """
    sums: dict[tuple[str, str], list[float]] = {}
    for flow in answer["flows"]:
        if flow["kind"].startswith("lng"):
            continue
        a, b = sorted((flow["from"], flow["to"]))
        sign = 1.0 if flow["from"] == a else -1.0
        told = sums.setdefault((a, b), [0.0, 0.0, 0.0])
        told[0] += sign * flow["bcm"]
        told[1] += sign * flow["before_bcm"]
        told[2] += max(0.0, flow["before_bcm"] - flow["capacity_bcm"])
    found = []
    for (a, b), (now, was, lost) in sums.items():
        forward = (now or was) >= 0
        ends = (a, b) if forward else (b, a)
        now, was = (now, was) if forward else (-now, -was)  # noqa: PLW2901
        found.append(Edge(*ends, now, was, state_of(now, was, lost)))
    return sorted(found, key=lambda one: (-max(one.bcm, abs(one.before_bcm)), one.tail, one.head))


def state_of(now: float, was: float, lost: float) -> str:
    """What became of a flow, by what it is, what it was and what of it finds no room any more [bcm]."""
    if now > 1e-9 and was < -1e-9:
        return "turned"
    if lost > 0.5 * abs(was) and now < was:
        return "cut"
    if now > was * (1 + SAME) + 1e-9:
        return "more"
    return "less" if now < was * (1 - SAME) - 1e-9 else "same"


def sites(shapes: Row) -> dict[str, Point]:
    """Where zones stand, from the lines of the flows."""
    found: dict[str, Point] = {}
    for feature in shapes.get("features", ()):
        shape, told = feature.get("geometry"), feature["properties"]
        if shape is None:
            continue
        if shape["type"] == "LineString":
            for name, at in zip(("from", "to"), shape["coordinates"], strict=True):
                found[told[name]] = (at[0], at[1])
        else:
            zone = told["to"] if told["kind"] == "lng-import" else told["from"]
            found[zone] = (shape["coordinates"][0], shape["coordinates"][1])
    return found
