"""Frames and plain cells: reading places, writing tables as CSV or Parquet."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.errors import InputError, MissingExtraError, gathered, nearest
from landbridge.files import read_table
from landbridge.writing import check_writable, write_beside

if TYPE_CHECKING:
    import pandas as pd

    from landbridge.facts import Facts

PLACE_COLUMNS = ("place", "role")
ROLES = ("", "from", "to", "both")
ENDINGS = (".csv", ".parquet")


def ways(answer: Mapping[str, Any]) -> pd.DataFrame:
    """One row for each way of a route answer, lists joined by ;.

    Examples
    --------
    >>> list(ways({"routes": [{"rank": 1, "km": 5.0, "modes": ["rail", "sea"], "legs": []}]})["modes"])
    ['rail;sea']
    """
    import pandas as pd

    skipped = ("legs", "why", "evidence", "crossings", "passages", "grade_shares", "notes")
    rows = []
    for route in answer.get("routes") or ():
        row = {name: _joined(value) for name, value in route.items() if name not in skipped}
        for name in ("crossings", "passages"):
            row[name] = ";".join(str(item["id"]) for item in route.get(name) or ())
        rows.append(row)
    return pd.DataFrame(rows)


def legs(answer: Mapping[str, Any]) -> pd.DataFrame:
    """One row for each leg of each way of a route answer.

    Examples
    --------
    >>> legs({"routes": [{"rank": 1, "legs": [{"kind": "move", "km": 5.0}]}]})["leg"].tolist()
    [1]
    """
    import pandas as pd

    rows = [
        {"rank": route["rank"], "leg": n, **{name: _joined(value) for name, value in leg.items()
                                             if name not in ("ref", "evidence")}}
        for route in answer.get("routes") or ()
        for n, leg in enumerate(route["legs"], 1)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def check_table(path: Path) -> Path:
    """Fail early, before a long computation, when no table can be written to `path`.

    Raises
    ------
    InputError
        If the ending is neither .csv nor .parquet, or the file cannot be written.
    MissingExtraError
        If Parquet is asked for and no package can write it.

    Examples
    --------
    >>> check_table(Path("m.xls"))
    Traceback (most recent call last):
    landbridge.errors.InputError: m.xls: '.xls' is no format for a table; end the name with .csv or .parquet
    """
    from importlib.util import find_spec

    ending = path.suffix.casefold()
    if ending not in ENDINGS:
        raise InputError(f"{path.suffix!r} is no format for a table", file=str(path),
                         nearest=nearest(ending, ENDINGS), remedy="end the name with .csv or .parquet")  # fmt: skip
    if ending == ".parquet" and find_spec("pyarrow") is None:
        raise MissingExtraError("pyarrow", "parquet")
    return check_writable(path)


def write_frame(frame: pd.DataFrame, path: Path) -> Path:
    """Write a frame as CSV or Parquet, by the ending of the file's name.

    Raises
    ------
    InputError
        If the ending is neither, or the file cannot be written.
    MissingExtraError
        If Parquet is asked for and no package can write it.
    """
    check_table(path)
    if path.suffix.casefold() == ".csv":
        return write_beside(path, frame.to_csv(index=False, lineterminator="\n"))
    packed = io.BytesIO()
    frame.to_parquet(packed, index=False)
    return write_beside(path, packed.getvalue())


def read_places(path: Path, facts: Facts | None = None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read places from a CSV file: a column `place` and perhaps `role` (from, to, both).

    Parameters
    ----------
    path
        The file.
    facts
        Facts that must have the places; None takes the names as they stand.

    Returns
    -------
    tuple
        The places to start from, and those to go to; the second is empty when it is all of the first.
    """
    starts: dict[str, None] = {}
    goals: dict[str, None] = {}
    wrong: list[InputError] = []
    for line, row in read_table(path, PLACE_COLUMNS, PLACE_COLUMNS[:1]):
        place, role = row.get("place", ""), row.get("role", "")
        wrong += _wrong_place(place, facts, str(path), line)
        if role not in ROLES:
            wrong.append(InputError(f"'{role}' is no role", file=str(path), line=line, field="role",
                                    nearest=nearest(role, ROLES) or ROLES[1:]))  # fmt: skip
        if role != "to":
            starts[place] = None
        if role != "from":
            goals[place] = None
    if wrong:
        raise gathered(wrong)
    if not starts or not goals:
        raise InputError("no place to start from or to go to", file=str(path), line=2, field="place")
    return tuple(starts), () if starts == goals else tuple(goals)


def _wrong_place(place: str, facts: Facts | None, file: str, line: int) -> list[InputError]:
    from landbridge.world.places import resolve

    try:
        if not place:
            raise InputError("this cell must not be empty")
        if facts is not None:
            resolve(place, facts)
    except InputError as error:
        return [error.at(file=file, line=line, field="place")]
    return []


def plain_cells(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of facts as plain data: days as text with their precision, lists as lists.

    Examples
    --------
    >>> plain_cells([{"id": "a", "modes": ("rail",), "hours": 2.0}])
    [{'id': 'a', 'modes': ['rail'], 'hours': 2.0}]
    """
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    from landbridge.report.cells import cell

    if value is None or isinstance(value, bool | int | float | str):
        return value
    if hasattr(value, "precision"):
        return cell(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return [_plain(item) for item in items]
    return str(value)


def _joined(value: Any) -> Any:
    return ";".join(str(item) for item in value) if isinstance(value, list | tuple) else value
