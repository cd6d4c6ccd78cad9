"""A row as evidence of an answer, and the list of all sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from landbridge.answers import Evidence, grade_shares
from landbridge.facts.notes import sentences
from landbridge.facts.store import Facts
from landbridge.facts.tables import Row


@lru_cache(maxsize=4096)
def evidence(facts: Facts, table: str, key: str) -> Evidence:
    """The evidence that a row gives: grade, sources, first address, remarks with what is doubtful.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> evidence(load(), "passages", "suez").grade
    'B'
    """
    if table not in facts.names:
        # What a scenario says stands in no table; nobody vouches for it.
        return Evidence(table=table, id=key, grade="D", source="the scenario", url="", note="")
    row = facts.row(table, key)
    cited = [facts.row("sources", source) for source in row.get("source_id") or ()]
    said = str(row.get("note") or "")
    # what the note itself doubts is not told a second time
    doubts = [one for one in sentences(str(row.get("doubt") or "")) if one not in said]
    note = "; ".join(filter(None, (said, f"doubt: {'; '.join(doubts)}" if doubts else "")))
    return Evidence(
        table=table,
        id=key,
        grade=row.get("grade") or "D",
        source="; ".join(source["source"] for source in cited),
        url=next((source["url"] for source in cited if source["url"]), ""),
        note=note,
    )


def grade_of_row(facts: Facts | None, table: str, key: str) -> str:
    """The grade of a row; D for what a scenario says, which stands in no table.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> grade_of_row(load(), "passages", "suez"), grade_of_row(load(), "scenario", "suez-closed#1")
    ('B', 'D')
    """
    if facts is None or table not in facts.names:
        return "D"
    return str(facts.row(table, key).get("grade") or "D")


def shares_of(rows: Iterable[Evidence]) -> dict[str, float]:
    """Shares of each grade among rows that count the same.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> shares_of([evidence(load(), "passages", "suez")])["B"]
    1.0
    """
    return grade_shares(Counter(row.grade for row in rows))


def sources(facts: Facts, *tables: str) -> tuple[Row, ...]:
    """The sources that rows of the given tables (or of all) cite, by id.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> [source["licence"] for source in sources(load(), "coverage")]
    ['facts']
    """
    cited: set[str] = set()
    for name in tables or facts.names:
        table = facts.table(name)
        pointers = [column.name for column in table.columns if column.target == "sources"]
        for row in table.rows if pointers else ():
            for pointer in pointers:
                cited.update(row[pointer] or ())
    known = facts.table("sources").by_id
    return tuple(known[key] for key in sorted(cited) if key in known)
