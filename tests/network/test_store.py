"""The file: the same content gives the same bytes and id; what is damaged is refused by name."""

from __future__ import annotations

import contextlib
import zipfile
from pathlib import Path

import numpy as np
import pytest

from landbridge.errors import StoreError
from landbridge.network import load, save
from landbridge.network.model import ARRAYS
from tests.network.tiny import grid, rail_line


@pytest.mark.parametrize("network", [grid(), rail_line()], ids=["grid", "rail"])
def test_what_is_saved_is_loaded(network, tmp_path: Path) -> None:
    path = tmp_path / "n.npz"
    save(network, path)
    again = load(path)
    assert again.id == network.id
    for name in ARRAYS:
        assert np.array_equal(getattr(again, name), getattr(network, name)), name
    assert again.refs == network.refs
    assert not list(tmp_path.glob("*.part"))


def test_same_content_same_bytes(tmp_path: Path) -> None:
    save(grid(), tmp_path / "a.npz")
    save(grid(), tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_another_length_is_another_id() -> None:
    assert grid(step=0.4).id != grid(step=0.41).id


@pytest.mark.parametrize("keep", [0, 10, 500, -20])
def test_half_written_file_is_refused(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "cut.npz"
    save(grid(), path)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(StoreError, match=r"cut\.npz"):
        load(path)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"none\.npz.*make network"):
        load(tmp_path / "none.npz")


def test_altered_content_is_refused(tmp_path: Path) -> None:
    path, other = tmp_path / "a.npz", tmp_path / "b.npz"
    save(grid(step=0.4), path)
    save(grid(step=0.5), other)
    mixed = tmp_path / "mixed.npz"
    with zipfile.ZipFile(path) as one, zipfile.ZipFile(other) as two, zipfile.ZipFile(mixed, "w") as out:
        for name in one.namelist():
            out.writestr(name, (two if name.startswith("km") else one).read(name))
    with pytest.raises(StoreError, match=r"mixed\.npz.*does not match its hash"):
        load(mixed)


def test_flipped_bytes_never_load_silently(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    save(grid(), path)
    body = path.read_bytes()
    good = load(path).id
    for at in range(60, len(body), 97):
        path.write_bytes(body[:at] + bytes([body[at] ^ 0xFF]) + body[at + 1 :])
        with contextlib.suppress(StoreError):
            assert load(path).id == good  # a byte of padding or of a time stamp
