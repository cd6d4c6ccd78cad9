"""A route answer, its geometry, and a reasoned no, as plain data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parent / "data"


def read(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture
def answer() -> dict[str, Any]:
    return read("route")


@pytest.fixture
def shapes() -> dict[str, Any]:
    return read("geometry")


@pytest.fixture
def none() -> dict[str, Any]:
    return read("no_route")


@pytest.fixture
def comparison(answer: dict[str, Any], none: dict[str, Any]) -> dict[str, Any]:
    """A comparison of the answer with a slower one."""
    row = {"subject": "Mumbai - Moscow", "better": "lower", "base_low": None, "base_high": None, "other_low": None,
           "other_high": None, "grade": "C"}  # fmt: skip
    return {
        "schema": "compare/1",
        "version": "0.1.0",
        "question": {"kind": "compare", "scenarios": ["suez-closed"], "question": answer["question"]},
        "world": answer["world"],
        "changed": {**answer["world"], "id": "w-other", "scenarios": ["suez-closed"]},
        "changes": [
            {**row, "name": "hours", "unit": "h", "base": 479.0, "other": 579.0, "delta": 100.0, "percent": 20.9,
             "outcome": "loses"},
            {**row, "name": "usd", "unit": "USD", "base": 6060.0, "other": 6000.0, "delta": -60.0, "percent": -0.99,
             "outcome": "gains"},
            {**row, "name": "generalised_usd", "unit": "USD", "base": 8000.0, "other": 8400.0, "delta": 400.0,
             "percent": 5.0, "outcome": "loses"},
        ],
        "base": answer,
        "other": answer,
    }  # fmt: skip
