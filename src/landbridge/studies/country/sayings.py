"""What a row says in words, as it could be known on a day, and days as precisely as they are known."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from landbridge.facts.days import parse_day
from landbridge.facts.notes import sentences

if TYPE_CHECKING:
    from landbridge.facts import Row
    from landbridge.facts.days import Day

_DAY: Final = re.compile(r"\b((?:19|20)\d\d)(-\d\d)?(-\d\d)?\b")
_BRACKETS: Final = re.compile(r"\s*\(([^()]*)\)")
_CLAUSE: Final = re.compile(r",\s+")


def said_on(text: str | None, day: date) -> str:
    """What a row says without the clauses that name a later date: between semicolons, stops, commas, in brackets.

    Examples
    --------
    >>> said_on("closed since 1993, last confirmed shut 2026-02-12; talks only since 2024-10", date(2022, 5, 16))
    'closed since 1993'
    >>> said_on("shut (reopened for cars 2025-11-15)", date(2025, 6, 1)), said_on("in 2022", date(2022, 5, 16))
    ('shut', 'in 2022')
    """
    if not text or not _later(text, day):
        return text or ""
    kept = []
    for sentence in sentences(text):
        plain = _BRACKETS.sub(lambda found: "" if _later(found[1], day) else found[0], sentence)
        some = [clause for clause in _CLAUSE.split(plain) if not _later(clause, day)]
        kept += [", ".join(some)] if some else []
    return "; ".join(filter(None, kept))


def _later(text: str, day: date) -> bool:
    """Whether a text names a day, month or year that begins after a day."""
    return any(_first(found) > day for found in _DAY.finditer(text))


def _first(found: re.Match[str]) -> date:
    try:
        return parse_day(found[0]).first
    except ValueError:
        # a span of years or a number that looks like one: the year alone
        return date(int(found[1]), 1, 1)


def precision_of(day: Day | None) -> str:
    """How precisely a day is known: day, month or year; empty where it is not known at all.

    Examples
    --------
    >>> precision_of(parse_day("1994")), precision_of(None)
    ('year', '')
    """
    return "" if day is None else day.precision


def approximate(row: Row) -> bool:
    """Whether a row says of itself that it is approximate.

    Examples
    --------
    >>> approximate({"note": None, "doubt": "day approximate"}), approximate({"note": "member", "doubt": None})
    (True, False)
    """
    return any("approximate" in (row.get(name) or "") for name in ("note", "doubt"))
