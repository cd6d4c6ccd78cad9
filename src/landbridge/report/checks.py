"""Does every number tell its unit and its source? Over an answer as plain data, or over a page made from it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final

UNITS: Final[dict[str, str]] = {
    "order_flips": "share",
    "km": "km",
    "hours": "h",
    "hours_p10": "h",
    "hours_p80": "h",
    "hours_p90": "h",
    "hours_low": "h",
    "hours_high": "h",
    "variance_h2": "h2",
    "usd": "USD",
    "usd_low": "USD",
    "usd_high": "USD",
    "generalised_usd": "USD",
    "kg_co2e": "kg",
    "gauge_mm": "mm",
    "lat": "degrees",
    "lon": "degrees",
    "bcm": "bcm",
    "bcm_y": "bcm a year",
    "days": "days",
    "days_until_empty": "days",
    "delay_days": "days",
    "teu": "TEU",
    "agreement": "share",
    "value": "standard deviations",
    "low": "as the value",
    "high": "as the value",
    "year": "year",
    "bought_year": "year",
}
"""The unit of each number that an answer may hold."""
ENDINGS: Final[dict[str, str]] = {"_musd": "10^6 USD", "share": "share", "_hours": "h", "_usd": "USD",
                                  "_bcm": "bcm", "_pct": "%", "_pct_low": "%", "_pct_high": "%",
                                  "_usd_kcm": "USD per 1000 m3"}  # fmt: skip
"""The unit of numbers whose name ends so."""
SHARES: Final[dict[str, str]] = {"shortage_pct_by_sharing": "%", "lacking_pct_by_sharing": "%", "origins": "share",
                                 "traced": "share", "grade_shares": "share"}  # fmt: skip
"""The unit of all numbers under a name."""
COUNTS: Final = frozenset({"rank", "leg", "n", "against", "members", "routes", "same", "roll_calls", "on_everybody",
                          "no_change", "open", "limited", "shut", "not there"})  # fmt: skip
COUNTRY: Final = ("memberships", "overlaps", "obligations", "borders", "lines", "access", "dependence", "measures",
                  "votes", "crises", "scenarios")  # fmt: skip
"""Sections of a profile of a country."""
GRADES: Final = frozenset("ABCD")
FREE: Final = frozenset({"style", "title", "code", "cite", "q", "a", "time", "h1", "summary", "script", "desc", "pre"})
"""Elements whose digits are names, addresses or quotes, not numbers of the report."""
VOID: Final = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr"})
_NUMBER = re.compile(r"(?<![\w-])[-+]?\d[\d,.]*")


def unsourced(what: str | Mapping[str, Any]) -> tuple[str, ...]:
    """Every number without a unit or a source, in words; empty when all is well.

    Parameters
    ----------
    what
        A page as text, or an answer on a route, on gas or on a country as plain data.

    Examples
    --------
    >>> told = '<data value="5" data-unit="USD" data-source="e1">5</data>'
    >>> unsourced(f'<p>It costs {told} USD</p><p id="e1" data-origin="a toll list"></p>')
    ()
    >>> unsourced("<p>It costs 5 USD</p>")
    ("'5' in 'It costs 5 USD' has no unit and no source",)
    """
    return tuple(_page(what) if isinstance(what, str) else _answer(what))


def loads(page: str) -> tuple[str, ...]:
    """Addresses that a browser would fetch on opening the page: there must be none.

    Examples
    --------
    >>> loads('<a href="https://a.b/">x</a><img src="https://a.b/c.png">')
    ('https://a.b/c.png',)
    """
    reader = _read(page)
    return tuple(reader.fetched)


def _answer(answer: Mapping[str, Any]) -> Iterator[str]:
    if answer.get("schema") == "gas/1":
        yield from _gas(answer)
        return
    if answer.get("schema") == "country/1":
        yield from _evidence(answer, "country")
        listed = {(item["table"], item["id"]) for item in answer.get("evidence") or ()}
        for name in COUNTRY:
            yield from _country(answer.get(name), name, listed)
        return
    for route in answer.get("routes") or ():
        where = f"way {route.get('rank')}"
        known = {(str(item.get("table") or ""), str(item.get("id") or "")) for item in route.get("evidence") or ()}
        yield from _evidence(route, where)
        yield from _numbers(route, where)
        for n, leg in enumerate(route.get("legs") or (), 1):
            yield from _numbers(leg, f"{where}, leg {n}")
            for item in leg.get("evidence") or ():
                if (item.get("table"), item.get("id")) not in known:
                    yield f"{where}, leg {n}: {item.get('table')}/{item.get('id')} is not among the evidence of the way"
    none = answer.get("no_route") or {}
    for row in none.get("blocked_by") or ():
        if not (isinstance(row, Mapping) and row.get("table") and row.get("id")):
            yield "no route: a reason names no row"


def _evidence(answer: Mapping[str, Any], where: str) -> Iterator[str]:
    rows = answer.get("evidence") or ()
    for item in rows:
        key = (str(item.get("table") or ""), str(item.get("id") or ""))
        if not all(key):
            yield f"{where}: a piece of evidence names no row"
        elif not item.get("source"):
            yield f"{where}: {key[0]}/{key[1]} has no source"
        if item.get("grade") not in GRADES:
            yield f"{where}: {key[0]}/{key[1]} has no grade"
    if not rows:
        yield f"{where}: its numbers have no source"


def _gas(answer: Mapping[str, Any]) -> Iterator[str]:
    yield from _evidence(answer, "gas")
    yield from _numbers(answer, "gas")
    for one in answer.get("areas") or ():
        yield from _numbers(one, f"area {one.get('area')}")
        yield from _numbers(one.get("before") or {}, f"area {one.get('area')}, before")
    for period in answer.get("periods") or ():
        yield from _numbers(period, f"period {period.get('label')}")
        for one in period.get("areas") or ():
            yield from _numbers(one, f"period {period.get('label')}, area {one.get('area')}")
    for one in answer.get("flows") or ():
        yield from _numbers(one, f"flow {one.get('id')}")
    for one in answer.get("untaken") or ():
        yield from _numbers(one, f"contract {one.get('contract')}")


def _country(part: Any, where: str, listed: set[tuple[str, str]]) -> Iterator[str]:
    """Numbers of a section without a unit, and rows that are not among the evidence of the whole."""
    if isinstance(part, list):
        for one in part:
            yield from _country(one, where, listed)
    elif isinstance(part, Mapping):
        for item in part.get("evidence") or ():
            if (item.get("table"), item.get("id")) not in listed:
                yield f"{where}: {item.get('table')}/{item.get('id')} is not among the evidence of the profile"
        named = part.keys() & SHARES.keys()
        yield from _numbers(part, where)
        for name, one in part.items():
            if name not in named and name not in ("evidence", "blocked_by"):
                yield from _country(one, f"{where}.{name}", listed)


def _numbers(row: Mapping[str, Any], where: str) -> Iterator[str]:
    for name, value in row.items():
        if name in SHARES and isinstance(value, Mapping):
            yield from (f"{where}: {name} of {key} is {part}" for key, part in value.items() if not math.isfinite(part))
        if isinstance(value, bool) or not isinstance(value, int | float) or name in COUNTS:
            continue
        if name not in UNITS and not name.endswith(tuple(ENDINGS)):
            yield f"{where}: {name} has no unit"
        if not math.isfinite(value):
            yield f"{where}: {name} is {value}"


@dataclass(frozen=True, slots=True)
class _Number:
    text: str
    unit: str
    sources: tuple[str, ...]


@dataclass(slots=True)
class _Reader(HTMLParser):
    """Gathers numbers, digits that are none, and what the ids of a page stand for."""

    stack: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    numbers: list[_Number] = field(default_factory=list)
    said: list[_Number] = field(default_factory=list)
    bare: list[tuple[str, str]] = field(default_factory=list)
    origins: dict[str, str] = field(default_factory=dict)
    rests: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        row = dict(attrs)
        name = row.get("id") or ""
        if "data-origin" in row:
            self.origins[name] = row["data-origin"] or ""
        if "data-row" in row:
            self.rows.append(name)
        if "data-rests" in row:
            self.rests[name] = tuple((row["data-rests"] or "").split())
        if tag == "data" or ("data-source" in row and "data-said" not in row):
            sources = tuple((row.get("data-source") or "").split())
            self.numbers.append(_Number(row.get("value") or tag, row.get("data-unit") or "", sources))
        elif "data-said" in row:
            self.said.append(_Number(tag, "as said", tuple((row.get("data-source") or "").split())))
        for attribute in ("src", "srcset", "poster", "action"):
            if row.get(attribute) and not str(row[attribute]).startswith(("data:", "#")):
                self.fetched.append(str(row[attribute]))
        if tag in ("link", "use", "image") and (row.get("href") or "").startswith(("http:", "https:", "//")):
            self.fetched.append(str(row["href"]))
        if tag not in VOID:
            self.stack.append((tag, row))

    def handle_endtag(self, tag: str) -> None:
        while self.stack:
            if self.stack.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if any(tag == "style" for tag, _ in self.stack):
            self.fetched += re.findall(r"(?:url\(|@import\s+)['\"]?((?:https?:)?//[^'\")]+)", data)
        free = any(
            tag in FREE or tag == "data" or {"data-source", "data-said", "data-count", "data-rests"} & row.keys()
            for tag, row in self.stack
        )
        if not free:
            self.bare += [(found, data.strip()) for found in _NUMBER.findall(data)]


def _read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader


def _page(page: str) -> Iterator[str]:
    reader = _read(page)
    for found, text in reader.bare:
        yield f"'{found}' in '{text[:80]}' has no unit and no source"
    for row in reader.rows:
        if not reader.origins.get(row):
            yield f"the fact {row} has no source"
    for number in [*reader.numbers, *reader.said]:
        if not number.unit:
            yield f"{number.text} has no unit"
        if not number.sources:
            yield f"{number.text} has no source"
        for source in number.sources:
            bottom = reader.rests.get(source, (source,))
            if not bottom:
                yield f"{number.text} rests on {source}, which names no fact"
            for one in bottom:
                if not reader.origins.get(one):
                    yield f"{number.text} rests on {one}, which has no source"
