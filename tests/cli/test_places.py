"""Places that begin with a hyphen are places and no options, in any position."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

SOUTH = "-6.1,106.8"


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (("route", SOUTH, "Singapore", "-n", "1"), "from"),
        (("route", "-n", "1", "Singapore", SOUTH), "to"),
        (("route", "Mumbai", "Singapore", "--at", SOUTH, "-n", "1"), "at"),
        (("route", "Mumbai", "Singapore", f"--at={SOUTH}", "-n", "1"), "at"),
    ],
)
def test_coordinates_in_the_south_are_a_place(words: tuple[str, ...], key: str, run: Callable[..., Any]) -> None:
    ran = run(*words, "--on", "2025-06-01", "--mode", "sea", "--json")
    assert ran.code in (0, 1), ran.err
    assert json.loads(ran.out)["question"][key] == SOUTH


def test_what_is_no_coordinate_is_still_an_option(run: Callable[..., Any]) -> None:
    for word in ("-6.1", "--carg", "-6.1,x"):
        ran = run("route", "Mumbai", "Moscow", word)
        assert ran.code == 2
        assert "option" in ran.err.lower()
