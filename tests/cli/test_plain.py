"""Options read plainly are those that the usual reader makes of the words, and complaints stay its own."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

import pytest
import typer.main

from landbridge.cli import _places
from landbridge.cli.app import app

WORDS = (
    "A B",
    "A B --teu 2",
    "A B --teu 2.5 --tonnes -3",
    "A B --teu 007",
    "A B --teu .5",
    "A B --teu 1_0",
    "A B --teu x",
    "A B --teu 1e3",
    "A B --teu nan",
    "A B --teu 0",
    "A B -n 0",
    "A B -n 51",
    "A B -n 7",
    "A B -n 7.0",
    "A B -n ' 7'",
    "A B -n ٧",
    "A",
    "",
    "'' B",
    "A B -m rail -m road",
    "A B --via X --avoid Y --avoid Z",
    "A B --teu",
    "A B --geojson f --html g --gmns h",
    "A B --json -q --team",
    "-6.1,106.8 -7,1 --via -3,4",
    "A B --on 2024-01-01 --at X --stood-days 4",
    "A B --stood-days -1",
    "A B --scenario a --scenario b",
    "A B --facts d",
    "A B C",
    "A B --bad 3",
    "A B --hs 27 --carrier tur",
)


def commands() -> Mapping[str, Any]:
    group: Any = typer.main.get_command(app)
    found = {name: one for name, one in group.commands.items() if isinstance(one, _places.PlaceCommand)}
    assert set(found) == {"route", "compare"}
    return found


def parsed(name: str, words: str) -> str:
    try:
        return repr(commands()[name].make_context(name, shlex.split(words)).params)
    except Exception as error:
        return f"{type(error).__name__}: {getattr(error, 'message', '')} {error}"


@pytest.mark.parametrize("words", WORDS)
def test_what_is_read_plainly_is_what_the_usual_reader_reads(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = [parsed(name, words) for name in commands()]
    monkeypatch.setattr(_places, "_plainly", lambda parameter, usual, ctx, value: usual(ctx, value))
    assert plain == [parsed(name, words) for name in commands()]
