"""Which fact each number of a page rests on: one numbered list, and references to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from landbridge.report.svg import Markup, el, join
from landbridge.report.words import GRADE_WORDS
from landbridge.world.sayings import note_on

if TYPE_CHECKING:
    from landbridge.facts import Facts

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The evidence of one page in the order of first use; `rows` maps (table, id) to what is known of the row.

    Remarks that are looked up are told as of `day`, the day of the answer; None tells all.
    """

    facts: Facts | None = None
    rows: dict[Key, dict[str, Any]] = field(default_factory=dict)
    day: date | None = None

    def add(self, items: Iterable[Mapping[str, Any]]) -> list[Key]:
        """Note the rows, each once; give their keys."""
        out = []
        for item in items:
            key = (str(item.get("table") or ""), str(item.get("id") or ""))
            known = self.rows.setdefault(key, {})
            for name in ("grade", "source", "url", "note"):
                if item.get(name) and not known.get(name):
                    known[name] = item[name]
            out.append(key)
        return list(dict.fromkeys(out))

    def complete(self) -> None:
        """Look up the source of rows that came without one."""
        for (table, row), known in self.rows.items():
            if table == "scenario" and not known.get("source"):
                known["source"] = f"an event of the scenario {row.partition('#')[0]}"
        if self.facts is None:
            return
        from landbridge.facts import evidence

        for (table, row), known in self.rows.items():
            if not known.get("source"):
                try:
                    found = evidence(self.facts, table, row)
                except (KeyError, ValueError):
                    continue
                note = found.note if self.day is None else note_on(table, found.note, self.day)
                told = {"grade": found.grade, "source": found.source, "url": found.url, "note": note}
                known.update({name: value for name, value in told.items() if value})

    def number(self, key: Key) -> int:
        """The number of an entry in the list, from 1."""
        return list(self.rows).index(key) + 1

    def links(self, keys: Sequence[Key]) -> Markup:
        """References to entries of the list."""
        numbers = {key: number for number, key in enumerate(self.rows, 1)}
        shown = [el("a", numbers[key], href=f"#{anchor(key)}", title="/".join(key)) for key in keys]
        return join(*[part for n, link in enumerate(shown) for part in ((", ", link) if n else (link,))])

    def markup(self) -> Markup:
        """The numbered list."""
        return el("ol", *[_entry(key, row) for key, row in self.rows.items()], class_="evidence")


def anchor(key: Key) -> str:
    """The id of an entry on the page.

    Examples
    --------
    >>> anchor(("crossings", "GEO-RUS upper lars"))
    'ev-crossings-GEO-RUS-upper-lars'
    """
    return "ev-" + re.sub(r"[^A-Za-z0-9_-]+", "-", "-".join(key))


def anchors(keys: Iterable[Key]) -> str:
    """Ids of entries, separated by spaces."""
    return " ".join(anchor(key) for key in keys)


def _entry(key: Key, row: Mapping[str, Any]) -> Markup:
    table, name = key
    source = str(row.get("source") or "")
    grade = str(row.get("grade") or "")
    links = [url for url in re.split(r"[;\s]+", str(row.get("url") or "")) if url.startswith(("http://", "https://"))]
    shown: list[Any] = [
        el("span", grade or "?", class_="grade", title=GRADE_WORDS.get(grade, "grade unknown")),
        " ",
        el("code", f"{table}/{name}"),
        ": ",
        el("cite", source or "no source given"),
    ]
    for n, url in enumerate(links):
        shown += [" ", el("a", "source" if n == 0 else f"source {n + 1}", href=url, rel="noreferrer")]
    if row.get("note"):
        shown += [" ", el("q", str(row["note"]))]
    return el(
        "li", *shown, id=anchor(key), data_table=table, data_row=name, data_grade=grade, data_origin=source or None
    )
