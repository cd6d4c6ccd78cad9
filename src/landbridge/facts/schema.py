"""The declared columns of every table, read from `columns.csv`, and how a cell of each type is read and written."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from landbridge.errors import StoreError
from landbridge.facts.days import Day, parse_day

TABLES_FOLDER: Final = Path(__file__).parent / "tables"
COLUMNS_TABLE: Final = "columns"
PARTS: Final = "parts:"
"""Begins the spread of columns whose rows are parts of a whole; the columns that name the whole follow, joined by +."""
_MONTH_DAY: Final = re.compile(r"(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class Column:
    """One declared column.

    `kind` is the type without its argument: one of `id str text float int bool day month_day list url grade enum
    enums ref refs area_set gates subject`. Of these `list enums refs area_set gates` are ;-joined lists: `area_set` of
    areas, groups, `bloc:ID` and ALL, `gates` of `crossing:ID`, `port:ID` and the like. A `subject` is an id of the
    table that the column `subject_kind` names. `values` are those of an enumeration, `target` is the table that a
    reference points to, `low` and `high` bound numbers. `spread` says how an uncertain value varies: `low_high`
    (between its siblings `_low` and `_high`), `grade` (by the table of spreads), `parts:area+year` (by the table, then
    scaled so that the rows of one area and year add up to what they did), or empty when it is certain.
    """

    table: str
    name: str
    kind: str
    values: tuple[str, ...]
    target: str
    unit: str
    required: bool
    description: str
    spread: str = ""
    low: float | None = None
    high: float | None = None

    @property
    def type(self) -> str:
        """The type as declared, such as `enum:open|closed` or `ref:areas`."""
        argument = "|".join(self.values) or self.target
        return f"{self.kind}:{argument}" if argument else self.kind


Schema = Mapping[str, tuple[Column, ...]]


def read_schema(folder: Path = TABLES_FOLDER) -> Schema:
    """Read the declared columns of all tables.

    Examples
    --------
    >>> [column.name for column in read_schema()["crossings"]][:3]
    ['id', 'name_a', 'area_a']
    """
    tables: dict[str, list[Column]] = {}
    try:
        with (folder / f"{COLUMNS_TABLE}.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                kind, _, argument = row["type"].partition(":")
                tables.setdefault(row["table"], []).append(
                    Column(
                        table=row["table"],
                        name=row["column"],
                        kind=kind,
                        values=tuple(argument.split("|")) if kind in {"enum", "enums"} else (),
                        target=argument if kind in {"ref", "refs"} else "",
                        unit=row["unit"],
                        required=row["required"] == "true",
                        description=row["description"],
                        spread=row.get("spread") or "",
                        low=float(row["low"]) if row.get("low") else None,
                        high=float(row["high"]) if row.get("high") else None,
                    )
                )
    except (OSError, KeyError) as error:
        raise StoreError(f"the list of columns in {folder} cannot be read: {error}") from error
    return MappingProxyType({name: tuple(columns) for name, columns in tables.items()})


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("not a finite number")
    return value


def _integer(text: str) -> int:
    value = _number(text)
    if value != int(value):
        raise ValueError("not a whole number")
    return int(value)


def _truth(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError("neither true nor false")
    return text == "true"


def _month_day(text: str) -> str:
    shape = _MONTH_DAY.fullmatch(text)
    if shape is None:
        raise ValueError("not MM-DD")
    date(2000, int(shape[1]), int(shape[2]))
    return text


def _items(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.split(";") if item.strip())


def reader(column: Column) -> Callable[[str], Any]:
    """The function that turns a filled cell of this column into its value; it raises ValueError on a bad one."""
    allowed = frozenset(column.values)

    def one_of(text: str) -> str:
        if text not in allowed:
            raise ValueError("not one of the allowed values")
        return text

    def some_of(text: str) -> tuple[str, ...]:
        return tuple(one_of(item) for item in _items(text))

    def url(text: str) -> str:
        if not text.startswith(("http://", "https://")) or " " in text:
            raise ValueError("not an address")
        return text

    def grade(text: str) -> str:
        if text not in {"A", "B", "C", "D"}:
            raise ValueError("not a grade")
        return text

    by_kind: dict[str, Callable[[str], Any]] = {
        "float": _number,
        "int": _integer,
        "bool": _truth,
        "day": parse_day,
        "month_day": _month_day,
        "list": _items,
        "refs": _items,
        "area_set": _items,
        "gates": _items,
        "url": url,
        "grade": grade,
        "enum": one_of,
        "enums": some_of,
    }
    return by_kind.get(column.kind, str)


def expected(column: Column) -> str:
    """What a cell of this column must hold, in words for a complaint."""
    words = {
        "float": "a number",
        "int": "a whole number",
        "bool": "true or false",
        "day": "a day as YYYY, YYYY-MM or YYYY-MM-DD",
        "month_day": "a day of the year as MM-DD",
        "url": "an address that starts with https://",
        "grade": "a grade A, B, C or D",
        "enum": "one of " + ", ".join(column.values),
        "enums": "one or more, joined by ;, of " + ", ".join(column.values),
        "ref": f"an id of the table {column.target}",
        "refs": f"ids of the table {column.target} joined by ;",
        "area_set": "areas, groups, bloc:ID or ALL joined by ;",
        "gates": "gates such as crossing:ID, port:ID, passage:ID joined by ;",
        "subject": "an id of the table that subject_kind names",
    }
    return words.get(column.kind, "text")


def out_of_bounds(column: Column, value: float) -> str | None:
    """What is wrong with a number that lies outside the bounds of its column; None when nothing is.

    Examples
    --------
    >>> out_of_bounds(Column("ports", "lat", "float", (), "", "deg", True, "", "", -90.0, 90.0), 999.0)
    '999 is outside -90..90 deg'
    """
    low, high = column.low, column.high
    if (low is None or value >= low) and (high is None or value <= high):
        return None
    span = f"{'' if low is None else f'{low:g}'}..{'' if high is None else f'{high:g}'} {column.unit}"
    return f"{value:g} is outside {span}".rstrip()


def canonical(column: Column, text: str) -> str:
    """A cell in the one form in which its content is hashed: `39.420` and `39.42` are the same number.

    Examples
    --------
    >>> canonical(Column("ports", "lat", "float", (), "", "deg", True, ""), "39.420")
    '39.42'
    """
    if not text or column.kind not in {"float", "int", "list", "refs", "enums", "area_set", "gates"}:
        return text
    try:
        return write_value(reader(column)(text))
    except ValueError:
        return text


def wholes(column: Column) -> tuple[str, ...]:
    """The columns that name the whole of which a column holds parts; none when it does not.

    Examples
    --------
    >>> wholes(Column("t", "share", "float", (), "", "share", False, "", "parts:area+year"))
    ('area', 'year')
    """
    return tuple(column.spread.removeprefix(PARTS).split("+")) if column.spread.startswith(PARTS) else ()


def write_value(value: Any) -> str:
    """A value as it stands in a cell; the inverse of reading.

    Examples
    --------
    >>> write_value(("a", "b")), write_value(None), write_value(True), write_value(0.5)
    ('a;b', '', 'true', '0.5')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Day):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list | frozenset | set):
        return ";".join(str(item) for item in value)
    if isinstance(value, float):
        return repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    return str(value)
