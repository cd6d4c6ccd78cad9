"""What the tables say of a port: how boxes get to it, the waters on the way, how long they stay."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from landbridge.routing.costs.values import OTHER_MONTHS, OTHER_REGIME_YEARS, Value

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.routing.costs.values import Book, Lanes

BARGES: Final = "river"
"""The mode of the nodes between which barges alone sail."""
FULL_TRAIN: Final = "dwell of full trains"
"""The use of rows of dwell that speak of full trains alone."""


@lru_cache(maxsize=8)
def port_roles(facts: Facts) -> dict[str, str]:
    """How boxes get to each port: direct, feeder, river; by the longest beginning of its kind."""
    rules = sorted(facts.table("port_roles").rows, key=lambda row: -len(row["kind"]))
    found = {}
    for port in facts.table("ports").rows:
        kind = port["kind"] or ""
        found[port["id"]] = next((rule["role"] for rule in rules if kind.startswith(rule["kind"])), "direct")
    return found


@lru_cache(maxsize=8)
def port_waters(facts: Facts) -> dict[str, tuple[str, ...]]:
    """Routes of the table of seasons that lead to each port."""
    rules = sorted(facts.table("port_roles").rows, key=lambda row: -len(row["kind"]))
    return {
        port["id"]: next((rule["routes"] or () for rule in rules if (port["kind"] or "").startswith(rule["kind"])), ())
        for port in facts.table("ports").rows
    }


@lru_cache(maxsize=8)
def dwell_rows(facts: Facts, use: str = "dwell") -> dict[str, tuple[Any, ...]]:
    """Rows of one kind of dwell by port."""
    found: dict[str, list[Any]] = {}
    for row in facts.table("terminal_times").where(use=use):
        for port in row["ports"] or ():
            found.setdefault(port, []).append(row)
    return {port: tuple(rows) for port, rows in found.items()}


@lru_cache(maxsize=8)
def _apart(facts: Facts) -> frozenset[str]:
    """Areas with a port where goods of the area itself stand longer or shorter than goods that pass through."""
    rows = facts.table("terminal_times").rows
    return frozenset(port_area(facts, port) for row in rows if row["traffic"] for port in row["ports"] or ())


def home_ends(facts: Facts, origin: str | None, destination: str | None) -> tuple[str | None, str | None]:
    """The two ends of a trip as far as dwell asks for them: None where unknown, "" where no row tells them apart.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> home_ends(load(), "CHN", "IRN"), home_ends(load(), None, "AFG")
    (('', 'IRN'), (None, ''))
    """
    some = _apart(facts)
    first, last = (end if end is None or end in some else "" for end in (origin, destination))
    return first, last


def port_dwell(
    book: Book,
    port: str,
    direction: str,
    *,
    loose: str = "",
    by_train: bool = False,
    transit: bool = False,
    by_barge: bool = False,
    lanes: Lanes = (),
) -> Value:
    """Dwell of a box or of bulk in a port, for "export" or "import".

    In months that a row does not speak of it gives way to rows of the year or of the nearest years.

    Parameters
    ----------
    loose
        The kind of loose goods, none for boxes: the stay of their kind where one is told, else that of all.
    transit
        The goods neither come from the area of the port nor go to it: rows of home trade do not speak of them.
    by_barge
        Between the shore and a barge: rows of ports speak of the ships of the sea.
    lanes
        The lane of goods along the coast of one area, where they stay on it: no customs hold them, and rows of
        foreign trade do not speak of them.
    by_train
        Between a ship and a full train of the same shipment: its boxes go over the quay together, and where a row
        says how long that takes they wait no longer.

    Examples
    --------
    >>> from datetime import date
    >>> from landbridge.facts import load
    >>> from landbridge.routing.costs.values import book
    >>> port_dwell(book(load(), date(2022, 6, 1)), "nhava-sheva-jnpa", "import").value
    19.0
    """
    mode = BARGES if by_barge else "sea"
    if loose:
        told = book.find("port_dwell_h", mode=mode, product="bulk", cargo=loose)
        return told or book.get("port_dwell_h", mode=mode, product="bulk", cargo="bulk")
    if by_barge:
        return book.get("port_dwell_h", mode=mode, product=direction, area=port_area(book.facts, port))
    if lanes:
        return book.get("port_dwell_h", mode="sea", product=direction, area=port_area(book.facts, port), lanes=lanes)
    best: tuple[tuple[bool, bool, bool, bool, int, int, int, str], Any] | None = None
    opposite = {"export": "import", "import": "export"}[direction]
    uses = (*((FULL_TRAIN,) if by_train else ()), "dwell")
    for row in (row for use in uses for row in dwell_rows(book.facts, use).get(port, ())):
        said = row["direction"]
        if said == opposite or row["hours"] is None or row["traffic"] == ("home" if transit else "transit"):
            continue
        gap = book.year_gap(row["year"], row["year_to"], row["area"] or "")
        # Of rows that hold in the year the one for the fewest years says most of it.
        span = (row["year_to"] or row["year"] or 0) - (row["year"] or 0)
        far, season = gap >= OTHER_REGIME_YEARS, book.season(row)
        of_others = season == OTHER_MONTHS
        rank = (far, of_others, row["use"] != uses[0], said != direction, gap, season, span, row["id"])
        if best is None or rank < best[0]:
            best = (rank, row)
    # A jam of other months, with no other row of the port beside it, says nothing of the day.
    if best is None or best[0][1]:
        return book.get("port_dwell_h", mode="sea", product=direction, area=port_area(book.facts, port))
    return book.value_of("terminal_times", best[1], "hours")


def port_area(facts: Facts, port: str) -> str:
    """The area of a port, "" where it is in no row."""
    row = facts.table("ports").by_id.get(port)
    return "" if row is None else str(row["area"])


def port_kind(facts: Facts, port: str) -> str:
    """The words of the table for a port, "" where there are none."""
    row = facts.table("ports").by_id.get(port)
    return "" if row is None else str(row["kind"] or "")
