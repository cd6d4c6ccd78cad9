"""Posts on a line inside a state are of the two sides that meet there, not of the state by law alone."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

from network.borders import Borders, settle
from network.layer import CROSSING, Layer

sys.path.pop(0)

CODES = ["CYP", "X_NCY", "TUR"]


def settled(rows: list[dict[str, object]]) -> tuple[Layer, Borders]:
    """A road from the north over the line to the south, and what becomes of it."""
    layer = Layer("road", np.array([35.2, 35.1]), np.array([33.3, 33.3]), np.array([1, 0]))
    layer.add_edge(0, 1, 11.5)
    return layer, settle(layer, CODES, rows, set(), set(), 30.0, 100.0, 120.0)


def row(post: str, a: str, b: str) -> dict[str, object]:
    return {"id": post, "area_a": a, "area_b": b, "lat": 35.15, "lon": 33.3, "status": "open"}


@pytest.mark.parametrize(("rows", "crossed"), [([row("line", "CYP", "X_NCY")], {"line"}), ([], set())])
def test_a_road_over_the_line_takes_a_post_of_its_own_or_is_cut(
    rows: list[dict[str, object]], crossed: set[str]
) -> None:
    layer, _ = settled(rows)
    assert {edge.ref[1] for edge in layer.edges.values() if edge.kind == CROSSING and edge.ref} == crossed


def test_a_post_of_a_state_is_no_post_of_the_line() -> None:
    layer, borders = settled([row("sea", "CYP", "TUR")])
    assert not layer.edges
    assert ("CYP", "X_NCY") in borders.cut
