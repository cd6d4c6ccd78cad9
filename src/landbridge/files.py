"""Reading what a user wrote: text, YAML, JSON and CSV, each complaint with file, line and field."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from landbridge.errors import InputError, gathered, nearest

DEEPEST = 50
"""Levels of a file beyond which it refers to itself."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where plain data stand: in a file, in a line of it, under a path of keys.

    Parameters
    ----------
    file, line
        The file, and the line where all of the data stand; data that remember the lines of their keys need none.
    path
        Keys that lead to the data, joined by full stops.
    names
        What a key is called there, where that differs (a column `origin` for the key `from`).
    """

    file: str | None = None
    line: int | None = None
    path: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    def inside(self, data: Any, key: Any) -> Where:
        """Where the data under a key stand."""
        found = line_of(data, key)
        return replace(self, line=self.line if found is None else found, path=self.field(key))

    def field(self, key: Any) -> str:
        """The path of a key.

        Examples
        --------
        >>> Where(path="question").field("from")
        'question.from'
        """
        name = self.names.get(str(key), str(key))
        return f"{self.path}.{name}" if self.path else name

    def complaint(
        self, data: Any, key: Any, problem: str, *, near: Sequence[str] = (), remedy: str | None = None
    ) -> InputError:
        """A complaint about what stands under a key."""
        return self.at(InputError(problem, nearest=near, remedy=remedy), data, key)

    def unknown_keys(self, data: Mapping[str, Any], known: Sequence[str], what: str) -> Iterator[InputError]:
        """A complaint for each key that some data cannot have; `what` they are, with its article.

        Examples
        --------
        >>> [str(one) for one in Where().unknown_keys({"blok": 1, "x": 2}, ("kind", "bloc"), "an alliance question")]
        ... # doctest: +NORMALIZE_WHITESPACE
        ['field blok: unknown key of an alliance question; nearest valid: bloc',
         'field x: unknown key of an alliance question; it may have kind, bloc']
        """
        for key in data:
            if key not in known:
                near = nearest(str(key), known)
                remedy = None if near else f"it may have {', '.join(known)}"
                yield self.complaint(data, key, f"unknown key of {what}", near=near, remedy=remedy)

    def at(self, error: InputError, data: Any, key: Any, item: int | None = None) -> InputError:
        """A complaint with the place of a key, or of an item of the list under it; of several complaints, each."""
        lines = (None if item is None else line_of(data[key], item), line_of(data, key), self.line)
        line = next((one for one in lines if one is not None), None)
        return error.at(file=self.file, line=line, field=self.field(key))


def line_of(data: Any, key: Any) -> int | None:
    """The line of a key or of an item, where the reader of the file remembers it; else None."""
    marks = getattr(data, "lc", None)
    try:
        if marks is None:
            return None
        return int((marks.key(key) if isinstance(data, Mapping) else marks.item(key))[0]) + 1
    except (KeyError, IndexError, TypeError):
        return None


def read_text(path: Path) -> str:
    """The text of a file.

    Raises
    ------
    InputError
        If there is no such file, it is a folder, it must not be read, or it is not UTF-8.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        near: tuple[str, ...] = ()
        if isinstance(error, FileNotFoundError) and path.parent.is_dir():
            beside = [one.name for one in path.parent.iterdir() if one.is_file()]
            near = tuple(str(path.parent / name) for name in nearest(path.name, beside))
        reason = {FileNotFoundError: "there is no such file", IsADirectoryError: "this is a folder"}
        told = reason.get(type(error)) or error.strerror or str(error)
        raise InputError(f"cannot be read: {told}", file=str(path), nearest=near) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            "cannot be read: not UTF-8 text", file=str(path), line=line, remedy="save the file as UTF-8"
        ) from error


def read_yaml(text: str, file: str) -> Any:
    """YAML 1.2 as plain data that remember the lines of their keys; days stay text.

    Raises
    ------
    InputError
        If it is not YAML, a key comes twice, or it refers to itself.

    Examples
    --------
    >>> read_yaml("on: 2024-06-01", "q.yaml")["on"], read_yaml("carrier: NO", "q.yaml")["carrier"]
    ('2024-06-01', 'NO')
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.constructor import RoundTripConstructor
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    class TextDays(RoundTripConstructor):
        """Days stay text: a wrong one then gets our own complaint, with its line."""

    TextDays.add_constructor("tag:yaml.org,2002:timestamp", lambda self, node: str(node.value))
    yaml = YAML(typ="rt", pure=True)
    yaml.Constructor = TextDays
    try:
        data = yaml.load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(str(error.problem or error.context).split())
        raise InputError(f"not YAML: {problem}", file=file, line=None if mark is None else mark.line + 1) from None
    except (YAMLError, ValueError, AttributeError, RecursionError) as error:
        raise InputError(f"not YAML: {' '.join(str(error).split())}", file=file) from None
    check_depth(data, file)
    return data


def read_json(text: str, file: str) -> Any:
    """JSON as plain data.

    Raises
    ------
    InputError
        If it is not JSON.
    """
    import json

    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", file=file, line=error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise InputError(f"not JSON: {error}", file=file) from error
    check_depth(data, file)
    return data


def check_depth(data: Any, file: str, level: int = 0) -> None:
    """Refuse data that hold themselves."""
    if level > DEEPEST:
        raise InputError(f"more than {DEEPEST} levels deep, or it refers to itself", file=file)
    if isinstance(data, Mapping):
        for item in data.values():
            check_depth(item, file, level + 1)
    elif isinstance(data, list | tuple):
        for item in data:
            check_depth(item, file, level + 1)


def plain(value: Any) -> Any:
    """Data of a YAML reader as plain mappings, lists and scalars.

    Examples
    --------
    >>> plain(read_yaml("a: [1, 2.5, x, true]", "a.yaml"))
    {'a': [1, 2.5, 'x', True]}
    """
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool):
        return value
    for kind in (int, float, str):
        if isinstance(value, kind):
            return kind(value)
    return str(value)


def read_table(path: Path, columns: Sequence[str], needed: Sequence[str]) -> tuple[tuple[int, dict[str, str]], ...]:
    """The rows of a CSV file, each with its line and its filled cells by column.

    Raises
    ------
    InputError
        With every problem of the header and of the form of the rows.
    """
    file = str(path)
    text = read_text(path)
    records = list(_records(text, file))
    if not records:
        raise InputError("the file is empty", file=file, remedy=f"write the columns {', '.join(needed)} and rows")
    first, header = records[0]
    _check_header([name.strip() for name in header], columns, needed, file, first)
    names = [name.strip() for name in header]
    rows: list[tuple[int, dict[str, str]]] = []
    wrong: list[InputError] = []
    for line, cells in records[1:]:
        if len(cells) > len(names):
            wrong.append(InputError(f"{len(cells)} cells, but {len(names)} columns", file=file, line=line,
                                    remedy='put text with commas between double quotes: "Aktau, KAZ"'))  # fmt: skip
        rows.append((line, {name: cell.strip() for name, cell in zip(names, cells, strict=False) if cell.strip()}))
    if wrong:
        raise gathered(wrong)
    return tuple(rows)


def _records(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Records that hold anything, each with the line where it begins."""
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    before = 0
    try:
        for cells in lines:
            if any(cell.strip() for cell in cells):
                yield before + 1, cells
            before = lines.line_num
    except csv.Error as error:
        raise InputError(
            f"not CSV: {error}", file=file, line=before + 1, remedy="mend the double quotes of this line"
        ) from error


def _check_header(header: Sequence[str], columns: Sequence[str], needed: Sequence[str], file: str, line: int) -> None:
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and sign in header[0]:
            raise InputError(f"the columns are separated by {name}", file=file, line=line,
                             remedy="separate them by commas; ; separates several values in a cell")  # fmt: skip
    wrong = [
        InputError("unknown column", file=file, line=line, field=name, nearest=nearest(name, columns) or tuple(columns))
        if name
        else InputError("a column without a name", file=file, line=line, remedy="name it or delete it")
        for name in header
        if name not in columns
    ]
    wrong += [InputError("this column comes twice", file=file, line=line, field=name)
              for name in dict.fromkeys(header) if name in columns and header.count(name) > 1]  # fmt: skip
    wrong += [InputError("this column is missing", file=file, line=line, field=name)
              for name in needed if name not in header]  # fmt: skip
    if wrong:
        raise gathered(wrong)
