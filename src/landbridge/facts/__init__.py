"""What is known: plain tables with sources, dates and grades."""

from landbridge.facts.checks import Complaint, check, grouped
from landbridge.facts.days import Day, parse_day
from landbridge.facts.draws import deviate, draw, uniform
from landbridge.facts.evidence import evidence, sources
from landbridge.facts.exporting import export
from landbridge.facts.loading import load
from landbridge.facts.overlay import FolderError
from landbridge.facts.schema import Column, Schema
from landbridge.facts.store import Facts
from landbridge.facts.tables import Row, Table

__all__ = [
    "Column",
    "Complaint",
    "Day",
    "Facts",
    "FolderError",
    "Row",
    "Schema",
    "Table",
    "check",
    "deviate",
    "draw",
    "evidence",
    "export",
    "grouped",
    "load",
    "parse_day",
    "sources",
    "uniform",
]
