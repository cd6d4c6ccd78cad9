"""What was worked out once and is kept on disk for the next process: numbers and plain data, never code.

A file holds arrays and JSON under a hash of all that follows it, with the whole key inside. What is half written,
altered, of another key, another version of the package, of Python or of numpy is not taken, and made anew. Files are
written beside and renamed, so two processes may do so at once. Where nothing can be written, on a full disk or without
a home, nothing is kept and nothing is said. An answer is the same with and without.

`LANDBRIDGE_CACHE` names the folder; `off` keeps nothing and reads nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

VARIABLE: Final = "LANDBRIDGE_CACHE"
OFF: Final = frozenset(("off", "0", "no", "false"))
FORMAT: Final = b"landbridge-shelf/1\n"
SUFFIX: Final = ".kept"
PART: Final = ".part"
MOST_BYTES: Final = 200_000_000
"""What all files together may take; those unused for the longest go first."""
STALE_S: Final = 3600.0
"""A file that was begun so long ago [s] and has no end yet will never have one."""
DIGEST_BYTES: Final = 32
LENGTH_BYTES: Final = 8
STEP: Final = 64
"""Arrays begin at multiples of this many bytes."""
KINDS: Final = "biuf"
"""Truth values and numbers: what may stand in a file."""
PACKAGE: Final = Path(__file__).parent


@dataclass(frozen=True, eq=False, slots=True)
class Stored:
    """Plain data and arrays as they were kept; the arrays cannot be written to."""

    meta: Any
    arrays: Mapping[str, NDArray[Any]]


def folder() -> Path | None:
    """Where things are kept, or None where nothing is: switched off, or no home.

    Examples
    --------
    >>> import os
    >>> before = os.environ.get("LANDBRIDGE_CACHE")
    >>> os.environ["LANDBRIDGE_CACHE"] = "off"
    >>> folder() is None
    True
    >>> _ = os.environ.pop("LANDBRIDGE_CACHE") if before is None else os.environ.update(LANDBRIDGE_CACHE=before)
    """
    told = os.environ.get(VARIABLE, "").strip()
    if told.casefold() in OFF:
        return None
    if told:
        return Path(told).expanduser()
    base = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", "")
    if base and Path(base).is_absolute():
        return Path(base) / "landbridge"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "landbridge"


def fetch(kind: str, key: Sequence[str]) -> Stored | None:
    """What is kept under a key, or None where nothing sound is.

    Parameters
    ----------
    kind
        What it is, in one word; the beginning of the file's name.
    key
        All that it depends on, beside the package and the versions that it runs on.
    """
    base = folder()
    if base is None:
        return None
    whole = _whole(kind, key)
    file = base / _name(whole)
    try:
        if file.stat().st_size > MOST_BYTES:
            return None
        data = file.read_bytes()
    except OSError:
        return None
    found = _read(data, whole)
    if found is None:
        log.debug("%s is damaged or foreign: made anew", file.name)
        return None
    with contextlib.suppress(OSError):
        os.utime(file)
    return found


def keep(kind: str, key: Sequence[str], meta: Any, arrays: Mapping[str, NDArray[Any]]) -> Stored:
    """Keep plain data and arrays under a key where that is possible; give them back as `fetch` would."""
    base = folder()
    stored = Stored(meta, arrays)
    if base is None:
        return stored
    whole = _whole(kind, key)
    data = _written(whole, stored)
    if sum(map(len, data)) > MOST_BYTES:
        return stored
    try:
        base.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_beside(base / _name(whole), data)
        _make_room(base)
    except OSError as reason:
        log.debug("nothing is kept in %s: %s", base, reason)
    return stored


def clear() -> int:
    """Remove all that is kept; how many files there were."""
    base = folder()
    gone = 0
    for _, _, file in _files(base) if base is not None else ():
        with contextlib.suppress(OSError):
            file.unlink()
            gone += 1
    return gone


def size() -> tuple[int, int]:
    """How many files are kept, and their bytes."""
    base = folder()
    found = [length for _, length, _ in _files(base)] if base is not None else []
    return len(found), sum(found)


@lru_cache(maxsize=1)
def _package() -> str:
    """Hash of the names, lengths and times of all files of the package, and of what it runs on.

    The time of the last change of a file's record is among them, which nobody sets by hand: another version, another
    copy or an edited file is another package.
    """
    digest = hashlib.sha256()
    for path, stat in sorted(_sources(str(PACKAGE))):
        digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\0{stat.st_ctime_ns}\n".encode())
    digest.update(f"{sys.version}\0{sys.byteorder}\0{os.name}".encode())
    return digest.hexdigest()


def _sources(folder_name: str) -> Iterator[tuple[str, os.stat_result]]:
    """The files of a folder of the package and of those under it."""
    with os.scandir(folder_name) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _sources(entry.path)
            else:
                yield entry.path, entry.stat()


def _whole(kind: str, key: Sequence[str]) -> list[str]:
    return [kind, _package(), *key]


def _name(whole: Sequence[str]) -> str:
    return f"{whole[0]}-{hashlib.sha256(json.dumps(whole).encode()).hexdigest()[:32]}{SUFFIX}"


def _numpy() -> str:
    import numpy as np

    return np.__version__


def _written(whole: Sequence[str], stored: Stored) -> list[bytes]:
    """The file of something in pieces: format, hash of the rest, length of the head, head, arrays."""
    table: list[tuple[str, str, list[int], int]] = []
    pieces: list[bytes] = []
    at = 0
    for name, array in stored.arrays.items():
        if array.dtype.kind not in KINDS:
            raise TypeError(f"{name}: {array.dtype} is neither a number nor a truth value")
        gap = -at % STEP
        table.append((name, array.dtype.str, list(array.shape), at + gap))
        pieces += [bytes(gap), array.tobytes()]
        at += gap + array.nbytes
    numpy = _numpy() if table else None
    told = {"key": whole, "numpy": numpy, "meta": stored.meta, "arrays": table, "bytes": at}
    # Names of files may hold bytes that are no text.
    head = json.dumps(told, allow_nan=False, ensure_ascii=False).encode(errors="surrogatepass")
    head += b" " * (-(len(FORMAT) + DIGEST_BYTES + LENGTH_BYTES + len(head)) % STEP)
    rest = [len(head).to_bytes(LENGTH_BYTES, "little"), head, *pieces]
    digest = hashlib.sha256()
    for piece in rest:
        digest.update(piece)
    return [FORMAT, digest.digest(), *rest]


def _read(data: bytes, whole: Sequence[str]) -> Stored | None:
    """What a file holds, or None where it is not what was written under this key."""
    begin = len(FORMAT) + DIGEST_BYTES
    view = memoryview(data)
    if not data.startswith(FORMAT) or hashlib.sha256(view[begin:]).digest() != data[len(FORMAT) : begin]:
        return None
    try:
        end = begin + LENGTH_BYTES + int.from_bytes(view[begin : begin + LENGTH_BYTES], "little")
        head = json.loads(data[begin + LENGTH_BYTES : end].decode(errors="surrogatepass"))
        if head["key"] != list(whole) or len(data) - end != head["bytes"]:
            return None
        arrays = _arrays(data, end, head["arrays"]) if head["arrays"] else {}
        return Stored(head["meta"], arrays) if not arrays or head["numpy"] == _numpy() else None
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def _arrays(data: bytes, begin: int, table: Sequence[Any]) -> dict[str, NDArray[Any]]:
    """The arrays of a file, not copied."""
    import numpy as np

    found: dict[str, NDArray[Any]] = {}
    for name, dtype, shape, at in table:
        kind = np.dtype(dtype)
        if kind.kind not in KINDS:
            raise TypeError(f"{name}: {kind} is neither a number nor a truth value")
        found[name] = np.frombuffer(data, kind, int(np.prod(shape, dtype=np.int64)), begin + at).reshape(shape)
    return found


def _write_beside(file: Path, pieces: Sequence[bytes]) -> None:
    """Write a file under a name of its own and rename it, so that it appears whole or not at all."""
    import tempfile

    number, beside = tempfile.mkstemp(PART, file.stem, file.parent)
    try:
        with open(number, "wb") as stream:
            stream.writelines(pieces)
        os.replace(beside, file)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise


def _make_room(base: Path) -> None:
    """Remove what was unused for the longest until the rest is within bounds, and what was never finished."""
    files = sorted(_files(base))
    total = sum(length for _, length, _ in files)
    oldest = time.time() - STALE_S
    for used, length, file in files:
        if total > MOST_BYTES or (file.suffix == PART and used < oldest):
            with contextlib.suppress(OSError):
                file.unlink()
            total -= length


def _files(base: Path) -> list[tuple[float, int, Path]]:
    """The files that are kept or were begun: when each was used last, its bytes, where it is."""
    found = []
    with contextlib.suppress(OSError), os.scandir(base) as entries:
        for entry in entries:
            if entry.name.endswith((SUFFIX, PART)):
                with contextlib.suppress(OSError):
                    stat = entry.stat()
                    found.append((stat.st_mtime, stat.st_size, Path(entry.path)))
    return found
