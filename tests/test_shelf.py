"""What is kept on disk: taken only when it is whole and ours, written beside, bounded, never needed."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from landbridge import shelf
from landbridge.facts.loading import _load, load
from landbridge.network import store
from landbridge.network.model import ARRAYS as NETWORK_ARRAYS

KEY = ("a world", "a shipment")
ARRAYS = {
    "numbers": np.arange(12, dtype=np.float64).reshape(3, 4) / 7.0,
    "truths": np.array([True, False, True]),
    "none": np.empty((0, 3), dtype=np.int32),
}
META = {"names": ["Aktau", "Баку"], "value": 0.1, "nothing": None}


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "kept"
    monkeypatch.setenv(shelf.VARIABLE, str(folder))
    return folder


def keep() -> None:
    shelf.keep("thing", KEY, META, ARRAYS)


def only_file(base: Path) -> Path:
    (file,) = base.iterdir()
    return file


def test_what_is_kept_comes_back_bit_for_bit(base: Path) -> None:
    assert shelf.fetch("thing", KEY) is None
    keep()
    found = shelf.fetch("thing", KEY)
    assert found is not None
    assert found.meta == META
    assert list(found.arrays) == list(ARRAYS)
    for name, array in ARRAYS.items():
        assert found.arrays[name].dtype == array.dtype
        assert found.arrays[name].shape == array.shape
        assert found.arrays[name].tobytes() == array.tobytes()
        with pytest.raises(ValueError, match="read-only"):
            found.arrays[name][...] = 0
    assert shelf.size() == (1, only_file(base).stat().st_size)
    assert (shelf.clear(), shelf.size(), shelf.fetch("thing", KEY)) == (1, (0, 0), None)


def test_another_key_or_kind_is_another_thing(base: Path) -> None:
    keep()
    assert shelf.fetch("thing", KEY[:1]) is None
    assert shelf.fetch("other", KEY) is None


def test_what_is_cut_off_is_not_taken(base: Path) -> None:
    keep()
    whole = only_file(base).read_bytes()
    for length in (*range(0, len(whole), 7), len(whole) - 1):
        only_file(base).write_bytes(whole[:length])
        assert shelf.fetch("thing", KEY) is None, length
    only_file(base).write_bytes(whole + b"more")
    assert shelf.fetch("thing", KEY) is None


def test_what_is_altered_is_not_taken(base: Path) -> None:
    keep()
    whole = only_file(base).read_bytes()
    for at in range(0, len(whole), 5):
        only_file(base).write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert shelf.fetch("thing", KEY) is None, at
    keep()
    assert only_file(base).read_bytes() == whole


@pytest.mark.parametrize("change", ["key", "package", "numpy"])
def test_what_is_foreign_is_not_taken(base: Path, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    """A sound file under the name of another: copied by hand, or of another version of package or numpy."""
    keep()
    mine = only_file(base)
    data = mine.read_bytes()
    if change == "key":
        foreign = shelf._written(["thing", shelf._package(), "another world"], shelf.Stored(META, ARRAYS))
        mine.write_bytes(b"".join(foreign))
    elif change == "package":
        monkeypatch.setattr(shelf, "_package", lambda: "another version")
        (base / shelf._name(shelf._whole("thing", KEY))).write_bytes(data)
    else:
        monkeypatch.setattr(shelf, "_numpy", lambda: "0.0")
    assert shelf.fetch("thing", KEY) is None


def test_no_objects_are_written_or_read(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An array of objects would have to be unpickled, which runs what it says."""
    objects = {"objects": np.array([{}, None], dtype=object)}
    with pytest.raises(TypeError, match="neither a number"):
        shelf.keep("thing", KEY, None, objects)
    monkeypatch.setattr(shelf, "KINDS", f"{shelf.KINDS}O")
    data = b"".join(shelf._written(shelf._whole("thing", KEY), shelf.Stored(None, objects)))
    monkeypatch.undo()
    monkeypatch.setenv(shelf.VARIABLE, str(base))
    base.mkdir()
    (base / shelf._name(shelf._whole("thing", KEY))).write_bytes(data)
    assert shelf.fetch("thing", KEY) is None


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
@pytest.mark.parametrize("step", ["mkdir", "mkstemp", "write", "replace"])
def test_where_nothing_can_be_written_nothing_is_said(
    base: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], number: int, step: str
) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise OSError(number, os.strerror(number))

    class Full:
        def __init__(self, number: int, _: str) -> None:
            self.number = number

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            os.close(self.number)

        writelines = fail

    if step == "mkdir":
        monkeypatch.setattr(Path, "mkdir", fail)
    elif step == "mkstemp":
        monkeypatch.setattr("tempfile.mkstemp", fail)
    elif step == "write":
        monkeypatch.setattr(shelf, "open", Full, raising=False)
    else:
        monkeypatch.setattr(os, "replace", fail)
    keep()
    monkeypatch.undo()
    monkeypatch.setenv(shelf.VARIABLE, str(base))
    assert capfd.readouterr() == ("", "")
    assert not base.exists() or not list(base.iterdir())
    assert shelf.fetch("thing", KEY) is None


def test_a_file_in_place_of_the_folder_is_left_alone(base: Path) -> None:
    base.write_text("mine")
    keep()
    assert shelf.fetch("thing", KEY) is None
    assert (shelf.clear(), shelf.size(), base.read_text()) == (0, (0, 0), "mine")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="who may write anywhere cannot test it")
def test_a_folder_that_cannot_be_written_is_still_read(base: Path) -> None:
    keep()
    base.chmod(0o500)
    try:
        shelf.keep("thing", ("new",), META, ARRAYS)
        assert shelf.fetch("thing", ("new",)) is None
        assert shelf.fetch("thing", KEY) is not None
    finally:
        base.chmod(0o700)


def test_files_of_others_in_the_folder_stay(base: Path) -> None:
    base.mkdir()
    (base / "notes.txt").write_text("mine")
    keep()
    assert shelf.clear() == 1
    assert [file.name for file in base.iterdir()] == ["notes.txt"]


def test_switched_off(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep()
    for word in ("off", "OFF", "0"):
        monkeypatch.setenv(shelf.VARIABLE, word)
        assert shelf.folder() is None
        assert shelf.fetch("thing", KEY) is None
        keep()
        assert (shelf.clear(), shelf.size()) == (0, (0, 0))
    assert len(list(base.iterdir())) == 1


def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("no home")

    for name in (shelf.VARIABLE, "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert shelf.folder() is None


def test_the_usual_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(shelf.VARIABLE)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert shelf.folder() == tmp_path / "landbridge"
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert shelf.folder() == tmp_path / ".cache" / "landbridge"


def test_what_was_unused_for_the_longest_goes_first(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        shelf.keep("thing", (str(number),), number, {})
        os.utime(base / shelf._name(shelf._whole("thing", (str(number),))), (1000.0 + number,) * 2)
    _, whole = shelf.size()
    assert shelf.fetch("thing", ("0",)) is not None
    monkeypatch.setattr(shelf, "MOST_BYTES", whole)
    shelf.keep("thing", ("4",), 4, {})
    assert [number for number in range(5) if shelf.fetch("thing", (str(number),)) is not None] == [0, 2, 3, 4]
    monkeypatch.setattr(shelf, "MOST_BYTES", 10)
    shelf.keep("thing", ("5",), 5, {})
    assert shelf.fetch("thing", ("5",)) is None


def test_what_was_never_finished_goes(base: Path) -> None:
    base.mkdir()
    old, new = base / f"thing{shelf.PART}", base / f"other{shelf.PART}"
    for part in (old, new):
        part.write_bytes(b"half")
    os.utime(old, (1000.0, 1000.0))
    keep()
    assert not old.exists()
    assert new.exists()


def test_processes_that_write_and_read_at_once(base: Path) -> None:
    """Each finds nothing or something whole, and no half file stays."""
    code = """
import numpy as np
from landbridge import shelf
for turn in range(60):
    number = turn % 3
    shelf.keep("thing", (str(number),), number, {"a": np.full(20_000, number)})
    found = shelf.fetch("thing", (str(number),))
    assert found is not None and found.meta == number and (found.arrays["a"] == number).all(), turn
"""
    running = [subprocess.Popen([sys.executable, "-W", "error", "-c", code]) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert len(list(base.iterdir())) == 3


def damage(base: Path, how: Callable[[bytes], bytes]) -> None:
    for file in base.iterdir():
        file.write_bytes(how(file.read_bytes()))


@pytest.mark.parametrize("how", [lambda data: data[:-9], lambda data: data[:200] + b"\0" + data[201:], lambda _: b""])
def test_facts_and_network_are_the_same_from_the_shelf(base: Path, how: Callable[[bytes], bytes]) -> None:
    plain, facts_id = store._read(str(store.SHIPPED)), load()._hash()
    for _ in range(3):
        store._load.cache_clear()
        _load.cache_clear()
        found = store.load()
        assert (found.id, found.refs, found.terminals, found.areas) == (
            plain.id,
            plain.refs,
            plain.terminals,
            plain.areas,
        )
        for name, kind in NETWORK_ARRAYS.items():
            assert getattr(found, name).dtype == kind
            assert getattr(found, name).tobytes() == getattr(plain, name).tobytes(), name
        assert load().facts_id == facts_id
        assert shelf.size()[0] >= 2
        if _:
            damage(base, how)
    store._load.cache_clear()
    _load.cache_clear()
