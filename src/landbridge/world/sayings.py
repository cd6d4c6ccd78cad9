"""What a row says in words, as it could be said on a day: without what names a later one."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Final

from landbridge.facts.days import parse_day
from landbridge.facts.notes import sentences

_MONTHS: Final = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                  "november", "december")  # fmt: skip
_SEASONS: Final = {"early": 1, "spring": 3, "mid": 4, "summer": 6, "autumn": 9, "late": 9, "end": 11, "end of": 11}
"""Month in which a part of a year may begin, at the earliest."""
_DAY: Final = re.compile(
    r"(?:\b(?P<date>\d{1,2}) )?"
    rf"(?:\b(?P<word>{'|'.join((*_MONTHS, *sorted(_SEASONS, key=len, reverse=True)))})[ -])?"
    r"(?<![\d,.])(?P<year>(?:19|20)\d\d)(?P<month>-\d\d)?(?P<day>-\d\d)?\b(?![,.]\d)",
    re.IGNORECASE,
)
_SPAN: Final = re.compile(r"(?<![\d,.-])(?:19|20)\d\d-$")
_BRACKETS: Final = re.compile(r"\s*\(([^()]*)\)")
_SHORT: Final = re.compile(r"\b(arts?|nos?|par)\. (?=\d)", re.IGNORECASE)
"""Words cut short by a full stop that ends no sentence."""
_JOINED: Final = chr(0x2060)
"""Stands for the blank behind them: a word joiner, that no text of the tables holds."""
FREE: Final = "free: "
"""How what is exempt from a rule begins, behind the remark of the rule."""
_CLAUSE: Final = re.compile(r",\s+")
TEXTS_KEPT: Final = 16384
"""The tables are asked for the same texts on each day: of so many it is kept which days they name."""
COUNTED: Final = frozenset(
    ("capacities", "cost_regions", "crossing_wait_rules", "crossing_waits", "driver_rules", "ferry_costs",
     "parameters", "passage_costs", "politics_parameters", "port_trades", "price_index", "seasons", "services",
     "terminal_times", "trade_groups", "value_of_time", "world_parameters")
)  # fmt: skip
"""Tables whose remarks tell how a number was made, from whatever years it was counted in."""


def said_on(text: str | None, day: date, planned: Collection[str] = ()) -> str:
    """What a row says without what names a later day, and without what stands behind that and names none.

    Texts tell things in their order: behind a later day "since then" or "expired" speaks of later still, but for what
    is told to be free of a rule. Pieces are
    what stands between semicolons, full stops and commas, and in brackets; a bracket that is a day and nothing else
    dates what stands before it.

    Parameters
    ----------
    text
        What the tables say.
    day
        The day on which it is said.
    planned
        Later days, as written there, that were known ahead: the end of a lease, a target.

    Examples
    --------
    >>> said_on("closed since 1993, last confirmed shut 2026-02-12; talks only since 2024-10", date(2022, 5, 16))
    'closed since 1993'
    >>> said_on("barred until October 2025; since then let through", date(2022, 5, 16))
    ''
    >>> said_on("shut (reopened for cars 2025-11-15)", date(2025, 6, 1)), said_on("in 2022", date(2022, 5, 16))
    ('shut', 'in 2022')
    >>> said_on("goods go by Iran; to be replaced by TRIPP (2025-08)", date(2022, 5, 16))
    'goods go by Iran'
    >>> said_on("base; lease to 2042", date(2022, 5, 16)), said_on("base; lease to 2042", date(2022, 5, 16), ["2042"])
    ('base', 'base; lease to 2042')
    """
    if not text or not names_later(text, day, planned):
        return text or ""
    kept, behind = [], False
    for sentence in sentences(_SHORT.sub(rf"\1.{_JOINED}", text)):
        plain = _BRACKETS.sub(
            lambda found: "" if names_later(found[1], day, planned) and not _DAY.fullmatch(found[1]) else found[0],
            sentence,
        )
        some = []
        # What is free of a rule is put behind its remark and speaks of no later day.
        behind = behind and not sentence.startswith(FREE)
        for clause in _CLAUSE.split(plain):
            if names_later(clause, day, planned):
                behind = True
            elif clause.strip() and not (behind and not _days(clause)):
                some.append(clause)
        kept += [", ".join(some)] if some else []
    return "; ".join(filter(None, kept)).replace(_JOINED, " ")


def note_on(table: str, note: str | None, day: date) -> str:
    """The remark of a row as it could be made on a day; how a number was counted is told whole.

    Examples
    --------
    >>> [note_on(table, "busy; rate of 2024", date(2022, 5, 16)) for table in ("ports", "parameters")]
    ['busy', 'busy; rate of 2024']
    """
    return note or "" if table in COUNTED else said_on(note, day)


def names_later(text: str, day: date, planned: Collection[str] = ()) -> bool:
    """Whether a text names a day, month, part of a year or year that begins after a day and was not planned.

    Examples
    --------
    >>> names_later("left in December 2021", date(2021, 6, 1)), names_later("left in 2021", date(2021, 6, 1))
    (True, False)
    >>> names_later("2,026 km for 2030 USD by 1,960 men", date(2021, 6, 1), ["2030"])
    False
    """
    return any(begins > day and said not in planned for said, begins in _days(text))


@lru_cache(maxsize=TEXTS_KEPT)
def _days(text: str) -> tuple[tuple[str, date], ...]:
    """Every day that a text names, as written and as the first day that it may mean."""
    days = []
    for found in _DAY.finditer(text):
        said = "".join(filter(None, (found["year"], found["month"], found["day"])))
        begins = _first(found, said)
        # What is said of a span of years, such as a share, is known when the last one is over.
        spans = found["year"] == said and _SPAN.search(text, 0, found.start())
        days.append((said, date(begins.year + 1, 1, 1) if spans and not found["word"] else begins))
    return tuple(days)


def _first(found: re.Match[str], said: str) -> date:
    year, word = int(found["year"]), (found["word"] or "").lower()
    if word and not found["month"]:
        month = _MONTHS.index(word) + 1 if word in _MONTHS else _SEASONS[word]
        try:
            return date(year, month, int(found["date"] or 1) if word in _MONTHS else 1)
        except ValueError:
            return date(year, month, 1)
    for tried in (said, said[:7]):
        try:
            return parse_day(tried).first
        except ValueError:
            continue
    # a span of years or a number that looks like one: the year alone
    return date(year, 1, 1)
