"""Files are written whole or not at all, and what stands in the way is named."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from landbridge import writing as write
from landbridge.errors import InputError


def test_text_and_bytes(tmp_path: Path) -> None:
    assert write.write_beside(tmp_path / "a.txt", "één\n").read_bytes() == "één\n".encode()
    assert write.write_beside(str(tmp_path / "b"), b"\x00\xff").read_bytes() == b"\x00\xff"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b"]


def test_missing_folder_names_the_file(tmp_path: Path) -> None:
    goal = tmp_path / "none" / "a.html"
    with pytest.raises(InputError, match=r"none/a\.html: cannot write: .*make .*none first"):
        write.write_beside(goal, "x")
    with pytest.raises(InputError, match="the folder does not exist"):
        write.check_writable(goal)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="this is a folder"):
        write.check_writable(tmp_path)
    with pytest.raises(InputError, match="cannot write"):
        write.write_beside(tmp_path, "x")
    assert list(tmp_path.iterdir()) == []


def test_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    goal = tmp_path / "a.csv"
    goal.write_text("old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(write.os, "fsync", full)
    with pytest.raises(InputError, match=r"a\.csv: cannot write: No space left on device; free some space"):
        write.write_beside(goal, "new")
    assert goal.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_link_is_followed_and_a_device_is_never_replaced(tmp_path: Path) -> None:
    goal, link = tmp_path / "goal.txt", tmp_path / "link.txt"
    goal.write_text("old")
    link.symlink_to(goal)
    write.write_beside(link, "new")
    assert link.is_symlink()
    assert goal.read_text() == "new"
    write.write_beside("/dev/null", "x")
    assert Path("/dev/null").is_char_device()


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="needs a device that is always full")
def test_a_full_device_is_named() -> None:
    with pytest.raises(InputError, match=r"/dev/full: cannot write: No space left on device; free some space"):
        write.write_beside("/dev/full", "x")
    assert Path("/dev/full").is_char_device()
