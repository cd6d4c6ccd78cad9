"""The network's own file: arrays in an npz with a content hash; a damaged file is refused, never half read."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from landbridge import shelf
from landbridge.errors import StoreError
from landbridge.network.model import ARRAYS, Network, Terminal
from landbridge.network.packing import pack, unpack

SHIPPED: Final = Path(__file__).parent / "data" / "network.npz"
FORMAT: Final = "landbridge-network/1"


def content_id(arrays: Mapping[str, Any], meta: Mapping[str, Any]) -> str:
    """Hash of everything that the network holds; nothing else enters it."""
    digest = hashlib.sha256(json.dumps(meta, sort_keys=True, ensure_ascii=False).encode())
    for name, kind in ARRAYS.items():
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(arrays[name], dtype=kind).data)
    return digest.hexdigest()


def make(arrays: Mapping[str, Any], meta: Mapping[str, Any]) -> Network:
    """Freeze arrays and names into a network whose id is the hash of its content."""
    ready: dict[str, Any] = {}
    for name, kind in ARRAYS.items():
        array = np.ascontiguousarray(arrays[name], dtype=kind)
        if array.dtype.kind == "f":
            array = array + array.dtype.type(0)  # no negative zeros: the same place has the same bytes
        array.setflags(write=False)
        ready[name] = array
    return _network(ready, meta, content_id(ready, meta))


def _network(arrays: Mapping[str, Any], meta: Mapping[str, Any], network_id: str) -> Network:
    """A network of frozen arrays whose id is known."""
    terminals = tuple(
        Terminal(str(t[0]), str(t[1]), str(t[2]), float(t[3]), float(t[4]), tuple(t[5])) for t in meta["terminals"]
    )
    return Network(
        id=network_id,
        areas=tuple(meta["areas"]),
        terminals=terminals,
        refs=tuple((str(table), str(row)) for table, row in meta["refs"]),
        source=dict(meta["source"]),
        **arrays,
    )


def meta_of(network: Network) -> dict[str, Any]:
    """What is stored beside the arrays."""
    return {
        "format": FORMAT,
        "areas": list(network.areas),
        "terminals": [[t.id, t.name, t.area, t.lat, t.lon, list(t.kinds)] for t in network.terminals],
        "refs": [list(ref) for ref in network.refs],
        "source": dict(network.source),
    }


def save(network: Network, path: Path) -> None:
    """Write a network; the file appears whole or not at all, and is the same for the same content."""
    packed = pack({name: np.ascontiguousarray(getattr(network, name), dtype=kind) for name, kind in ARRAYS.items()})
    text = json.dumps(meta_of(network), sort_keys=True, ensure_ascii=False).encode()
    temporary = path.with_suffix(".part")
    with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in packed.items():
            entry = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w") as file:
                np.lib.format.write_array(file, array, allow_pickle=False)
        for name, body in (("meta.json", text), ("id.txt", network.id.encode())):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, body)
    os.replace(temporary, path)


def load(path: str | Path | None = None) -> Network:
    """Read the shipped network, or another file; the content is checked against its hash.

    Raises
    ------
    StoreError
        The file is missing, half written or altered; the message names it.

    Examples
    --------
    >>> load().areas[0]
    'AFG'
    """
    where = Path(path) if path is not None else SHIPPED
    try:
        stamp = where.stat()
    except OSError as error:
        raise StoreError(f"{where}: no network file there; rebuild it with  make network") from error
    return _load(_resolved(where.absolute()), stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=8)
def _resolved(path: Path) -> str:
    return str(path.resolve())


@lru_cache(maxsize=2)
def _load(path: str, mtime: int, size: int) -> Network:
    if path != _resolved(SHIPPED.absolute()):
        return _read(path)
    # Unpacking takes longer than reading what was unpacked before.
    key = (path, str(mtime), str(size))
    known = shelf.fetch("network", key)
    if known is not None:
        return _network(known.arrays, known.meta, known.meta["id"])
    network = _read(path)
    arrays = {name: getattr(network, name) for name in ARRAYS}
    shelf.keep("network", key, {**meta_of(network), "id": network.id}, arrays)
    return network


def _read(path: str) -> Network:
    """Read a network's file."""
    remedy = "reinstall landbridge, or rebuild it with  make network"
    try:
        with zipfile.ZipFile(path) as archive:
            meta = json.loads(archive.read("meta.json"))
            stored = archive.read("id.txt").decode()
            packed = {}
            for entry in archive.namelist():
                if entry.endswith(".npy"):
                    with archive.open(entry) as file:
                        packed[entry[:-4]] = np.lib.format.read_array(file, allow_pickle=False)
        if meta.get("format") != FORMAT:
            raise StoreError(f"{path}: not a network file of this version ({meta.get('format')}); {remedy}")
        network = make(unpack(packed), meta)
    except (
        OSError,
        KeyError,
        ValueError,
        IndexError,
        TypeError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        UnicodeDecodeError,
    ) as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(f"{path}: damaged network file ({type(error).__name__}: {error}); {remedy}") from error
    if network.id != stored:
        raise StoreError(f"{path}: the content does not match its hash; {remedy}")
    return network
