"""What an engine was asked is kept on disk for the next process; the engine is made when something else is asked."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pytest

from landbridge import shelf
from landbridge.routing.engine import Engine, Topology, make_engine
from landbridge.routing.keeping import KeepingEngine

KEY = ("a world", "a shipment", "a weighting")
SOURCES, TARGETS = np.array([0, 1, 5]), np.array([3, 4])
PAIRS = ((0, 3), (1, 4), (2, 2), (0, 6))
"""The last has no path."""


def line() -> Engine:
    """Six nodes in a row, to and fro, and one that nothing leads to."""
    tail = np.array([0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 6], dtype=np.int32)
    head = np.array([1, 0, 2, 1, 3, 2, 4, 3, 5, 4, 0], dtype=np.int32)
    places = np.linspace(0.0, 1.0, 7, dtype=np.float32)
    topology = Topology("line", 7, tail, head, places, places)
    return make_engine(topology, np.arange(1, 12, dtype=np.uint32), kind="dijkstra")


def never() -> Engine:
    raise AssertionError("the engine was made")


def answers(engine: Engine) -> tuple[list[tuple[int, list[int]] | None], list[list[int]]]:
    paths = [engine.path(*pair) for pair in PAIRS]
    told = [None if path is None else (path.units, path.arcs.tolist()) for path in paths]
    return told, engine.distances(SOURCES, TARGETS).tolist()


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(shelf.VARIABLE, str(tmp_path))
    return tmp_path


def test_the_next_process_needs_no_engine_for_what_was_asked(base: Path) -> None:
    first = KeepingEngine(line, KEY)
    plain = answers(first)
    assert plain[0][3] is None
    assert not list(base.iterdir())
    del first
    (file,) = base.iterdir()
    later = KeepingEngine(never, KEY)
    assert answers(later) == plain
    path = later.path(0, 3)
    assert path is not None
    assert path.arcs.dtype == np.int64
    assert not path.arcs.flags.writeable
    stamp = file.stat().st_ino
    del later
    assert file.stat().st_ino == stamp, "nothing new, nothing written"


def test_what_is_new_is_asked_and_added(base: Path) -> None:
    first = KeepingEngine(line, KEY)
    plain = answers(first)
    del first
    later = KeepingEngine(line, KEY)
    new = later.path(5, 0)
    far = later.distances(TARGETS, SOURCES).tolist()
    assert new is not None
    del later
    last = KeepingEngine(never, KEY)
    assert answers(last) == plain
    again = last.path(5, 0)
    assert again is not None
    assert (again.units, again.arcs.tolist()) == (new.units, new.arcs.tolist())
    assert last.distances(TARGETS, SOURCES).tolist() == far
    with pytest.raises(AssertionError, match="was made"):
        last.path(4, 1)


@pytest.mark.parametrize("damaged", [b"", b"landbridge-shelf/1\n", None])
def test_what_is_damaged_is_asked_anew(base: Path, damaged: bytes | None) -> None:
    first = KeepingEngine(line, KEY)
    plain = answers(first)
    del first
    (file,) = base.iterdir()
    file.write_bytes(file.read_bytes()[:-8] if damaged is None else damaged)
    with pytest.raises(AssertionError, match="was made"):
        KeepingEngine(never, KEY)
    assert answers(KeepingEngine(line, KEY)) == plain


def test_another_weighting_or_none_is_not_answered(base: Path) -> None:
    first = KeepingEngine(line, KEY)
    answers(first)
    del first
    for key in ((*KEY[:2], "another"), ()):
        with pytest.raises(AssertionError, match="was made"):
            KeepingEngine(never, key)
    assert len(list(base.iterdir())) == 1


def test_switched_off_the_engine_is_made_at_once(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(shelf.VARIABLE, "off")
    engine = KeepingEngine(line, KEY)
    answers(engine)
    del engine
    assert not list(base.iterdir())
    with pytest.raises(AssertionError, match="was made"):
        KeepingEngine(partial(never), KEY)
