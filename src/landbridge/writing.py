"""Write a file beside its place and rename it, so that nobody ever reads half of one."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from landbridge.errors import InputError


def write_beside(path: str | Path, content: str | bytes) -> Path:
    """Write text (as UTF-8) or bytes to `path` in one step.

    The content goes to a temporary file in the same folder, which then takes the name. A folder that is
    missing, a place that cannot be written and a full disk raise `InputError` with the file's name; the
    file that stood there before stays whole. What a link points to is written; a device or a pipe is written into,
    never replaced.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_beside(Path(folder) / "a.txt", "one").read_text()
    'one'
    """
    goal = Path(path)
    if goal.is_symlink():
        goal = goal.resolve()
    if goal.exists() and not goal.is_file():
        return _write_into(goal, content)
    beside = goal.with_name(f".{goal.name}.{os.getpid()}.part")
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(goal)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise InputError(
            f"cannot write: {error.strerror or error}", file=str(goal), remedy=_remedy(goal, error)
        ) from error
    return goal


def _write_into(goal: Path, content: str | bytes) -> Path:
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        with goal.open("wb") as file:
            file.write(data)
    except OSError as error:
        raise InputError(
            f"cannot write: {error.strerror or error}", file=str(goal), remedy=_remedy(goal, error)
        ) from error
    return goal


def make_folder(path: str | Path) -> Path:
    """Make a folder where there is none.

    Examples
    --------
    >>> make_folder("/dev/null/tables")
    Traceback (most recent call last):
    landbridge.errors.InputError: /dev/null/tables: cannot make this folder: Not a directory; choose another place
    """
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = "a file has this name" if isinstance(error, FileExistsError) else error.strerror or str(error)
        raise InputError(
            f"cannot make this folder: {reason}", file=str(folder), remedy="choose another place"
        ) from error
    return folder


def check_folder(path: str | Path) -> Path:
    """Fail early, before a long computation, when files cannot be written into a folder that may not be there yet.

    Examples
    --------
    >>> check_folder("/dev/null/tables")
    Traceback (most recent call last):
    landbridge.errors.InputError: /dev/null/tables: cannot make this folder: /dev/null is a file; choose another place
    """
    folder = Path(path)
    there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    reason = f"{there} is a file" if not there.is_dir() else None if os.access(there, os.W_OK) else "no right to write"
    if reason is not None:
        raise InputError(f"cannot make this folder: {reason}", file=str(folder), remedy="choose another place")
    return folder


def check_writable(path: str | Path) -> Path:
    """Fail early, before a long computation, when `path` cannot be written.

    Examples
    --------
    >>> check_writable("/no such folder/a.html")
    Traceback (most recent call last):
    ...
    landbridge.errors.InputError: /no such folder/a.html: cannot write: ...
    """
    goal = Path(path)
    folder = goal.parent
    if goal.is_dir():
        raise InputError("cannot write: this is a folder", file=str(goal), remedy="give a file name")
    if not folder.is_dir():
        raise InputError("cannot write: the folder does not exist", file=str(goal), remedy=f"make {folder} first")
    if not os.access(folder, os.W_OK):
        raise InputError("cannot write: no right to write here", file=str(goal), remedy="choose another folder")
    return goal


def _remedy(goal: Path, error: OSError) -> str:
    if not goal.parent.exists():
        return f"make {goal.parent} first"
    return "free some space or choose another place" if error.errno == 28 else "choose another place"
