"""Writing the facts out for other tools: CSV or JSON with a Frictionless data package, or Parquet."""

from __future__ import annotations

import csv
import importlib
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, Literal

from landbridge.errors import InputError, MissingExtraError, nearest
from landbridge.facts.schema import Column, write_value
from landbridge.facts.store import Facts
from landbridge.facts.tables import Table
from landbridge.writing import make_folder, write_beside

Format = Literal["csv", "json", "parquet"]
FORMATS: Final[tuple[Format, ...]] = ("csv", "json", "parquet")
DESCRIPTOR: Final = "datapackage.json"
_FIELD_TYPES: Final = {"float": "number", "int": "integer", "bool": "boolean", "url": "string"}
_LISTS: Final = frozenset({"list", "refs", "enums", "area_set", "gates"})


def export(facts: Facts, folder: Path | str, fmt: str = "csv", tables: Iterable[str] = ()) -> tuple[Path, ...]:
    """Write tables into a folder, with a data package descriptor beside them.

    Parameters
    ----------
    facts
        What to write; rows laid over are written too.
    folder
        Made when it is not there; files of the same name are replaced.
    fmt
        `csv` (one file a table, reads back as a folder to lay over), `json` (one file a table, lists of objects), or
        `parquet` (needs the package pyarrow).
    tables
        Which tables; all of them when none is named.

    Returns
    -------
    tuple of Path
        The files written, the descriptor last.

    Examples
    --------
    >>> import tempfile
    >>> from landbridge.facts import load
    >>> [path.name for path in export(load(), tempfile.mkdtemp(), "json", ["coverage"])]
    ['coverage.json', 'datapackage.json']
    """
    if fmt not in FORMATS:
        raise InputError(f"there is no format {fmt!r}", field="format", nearest=nearest(fmt, FORMATS) or FORMATS)
    names = tuple(tables) or facts.names
    chosen = [facts.table(name) for name in names]
    target = make_folder(folder)
    written: list[Path] = []
    for table in chosen:
        path = target / f"{table.name}.{fmt}"
        form: dict[str, Callable[[Table], str | bytes]] = {"csv": _csv, "json": _json, "parquet": _parquet}
        written.append(write_beside(path, form[fmt](table)))
    descriptor = target / DESCRIPTOR
    text = json.dumps(_package(facts, chosen, fmt), indent=1, ensure_ascii=False)
    return (*written, write_beside(descriptor, f"{text}\n"))


def plain_rows(table: Table) -> list[dict[str, Any]]:
    """The rows of a table as plain data for JSON: lists as lists, days as text.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> plain_rows(load().table("coverage"))[0]["first_day"]
    '1991-01-01'
    """
    days = {column.name for column in table.columns if column.kind == "day"}
    return [
        {
            name: write_value(value) if name in days and value else list(value) if isinstance(value, tuple) else value
            for name, value in row.items()
        }
        for row in table.rows
    ]


def _csv(table: Table) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(column.name for column in table.columns)
    for row in table.rows:
        writer.writerow(write_value(value) for value in row.values())
    return stream.getvalue()


def _json(table: Table) -> str:
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, allow_nan=False) for row in plain_rows(table))
    return f"[\n{lines}\n]\n"


def _parquet(table: Table) -> bytes:
    try:
        pa = importlib.import_module("pyarrow")
        pq = importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise MissingExtraError("pyarrow", "parquet") from error
    kinds = {"float": pa.float64(), "int": pa.int64(), "bool": pa.bool_()}
    fields = [
        pa.field(
            column.name,
            pa.list_(pa.string()) if column.kind in _LISTS else kinds.get(column.kind, pa.string()),
            metadata={"unit": column.unit, "description": column.description},
        )
        for column in table.columns
    ]
    packed = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(plain_rows(table), schema=pa.schema(fields)), packed)
    return packed.getvalue()


def _package(facts: Facts, tables: Iterable[Table], fmt: str) -> dict[str, Any]:
    """The descriptor, after the Data Package and Table Schema specifications."""
    tables = list(tables)
    written = {table.name for table in tables}
    cited = {
        source
        for table in tables
        if any(column.name == "source_id" for column in table.columns)
        for row in table.rows
        for source in row["source_id"] or ()
    }
    sources = facts.table("sources").by_id
    return {
        "name": "landbridge-facts",
        "id": facts.facts_id,
        "title": "Facts about Eurasia's borders, routes and rules",
        "profile": "data-package",
        "temporal": {"start": facts.first_day.isoformat(), "end": facts.last_day.isoformat()},
        "licenses": [{"title": licence} for licence in sorted({sources[key]["licence"] for key in cited})],
        "sources": [
            {"title": sources[key]["source"], **({"path": sources[key]["url"]} if sources[key]["url"] else {})}
            for key in sorted(cited)
        ],
        "resources": [
            {
                "name": table.name.replace("_", "-"),
                "path": f"{table.name}.{fmt}",
                "format": fmt,
                "mediatype": {"csv": "text/csv", "json": "application/json"}.get(fmt, "application/vnd.apache.parquet"),
                "profile": "tabular-data-resource" if fmt == "csv" else "data-resource",
                **({"encoding": "utf-8"} if fmt != "parquet" else {}),
                "schema": {
                    "fields": [_field(column) for column in table.columns],
                    "primaryKey": "id",
                    "missingValues": [""],
                    "foreignKeys": [
                        {
                            "fields": column.name,
                            "reference": {"resource": column.target.replace("_", "-"), "fields": "id"},
                        }
                        for column in table.columns
                        if column.kind == "ref" and column.target in written
                    ],
                },
            }
            for table in tables
        ],
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.name == "id":
        constraints["unique"] = True
    if column.kind == "enum":
        constraints["enum"] = list(column.values)
    if column.kind == "grade":
        constraints["enum"] = ["A", "B", "C", "D"]
    if column.low is not None:
        constraints["minimum"] = column.low
    if column.high is not None:
        constraints["maximum"] = column.high
    field: dict[str, Any] = {
        "name": column.name,
        "type": _FIELD_TYPES.get(column.kind, "string"),
        "description": column.description,
    }
    if column.kind == "url":
        field["format"] = "uri"
    if column.unit:
        field["unit"] = column.unit
    if column.kind in _LISTS:
        field["separator"] = ";"
    if constraints:
        field["constraints"] = constraints
    return field
