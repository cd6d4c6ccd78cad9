"""What is known: plain tables with sources, dates and grades."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from landbridge.facts.days import Day, months_between, parse_day
from landbridge.facts.draws import deviate, draw, uniform
from landbridge.facts.evidence import evidence, sources
from landbridge.facts.loading import load, read_whole
from landbridge.facts.overlay import FolderError
from landbridge.facts.schema import Column, Schema
from landbridge.facts.store import Facts
from landbridge.facts.tables import Row, Table

if TYPE_CHECKING:
    from landbridge.facts.changes import RowChange, changed_files, changed_rows
    from landbridge.facts.checks import Complaint, check, grouped
    from landbridge.facts.exporting import export

__all__ = [
    "Column",
    "Complaint",
    "Day",
    "Facts",
    "FolderError",
    "Row",
    "RowChange",
    "Schema",
    "Table",
    "changed_files",
    "changed_rows",
    "check",
    "deviate",
    "draw",
    "evidence",
    "export",
    "grouped",
    "load",
    "months_between",
    "parse_day",
    "read_whole",
    "sources",
    "uniform",
]

_LATE = {
    "RowChange": "changes",
    "changed_files": "changes",
    "changed_rows": "changes",
    "Complaint": "checks",
    "check": "checks",
    "export": "exporting",
    "grouped": "checks",
}


def __getattr__(name: str) -> Any:
    """What an answer does not need is imported when first asked for."""
    if name in _LATE:
        from importlib import import_module

        return getattr(import_module(f"landbridge.facts.{_LATE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
