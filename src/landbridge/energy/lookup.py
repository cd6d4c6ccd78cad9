"""Numbers out of the fact tables: the nearest year, with the row that gave it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from landbridge.facts import Facts

Row = Mapping[str, Any]
Item = Literal["demand", "production"]
COLUMN_OF: Final[Mapping[Item, str]] = {"demand": "consumption_bcm", "production": "production_bcm"}
"""The column of `gas_years` for each item of `gas_zone_shares`."""


@dataclass(slots=True)
class Used:
    """Collects the rows that a problem rests on, each with the gas that hangs on it [bcm], and what had to be said."""

    bcm: dict[tuple[str, str], float] = field(default_factory=dict)
    remarks: dict[str, None] = field(default_factory=dict)

    def row(self, table: str, row: Row, bcm: float = 0.0) -> None:
        """Note that a row was used."""
        self.name(table, str(row["id"]), bcm)

    def name(self, table: str, key: str, bcm: float = 0.0) -> None:
        """Note that a row was used, by its id."""
        at = (table, key)
        self.bcm[at] = self.bcm.get(at, 0.0) + abs(float(bcm))

    def say(self, text: str) -> None:
        """Note a remark once."""
        self.remarks[text] = None


def by_year(rows: Iterable[Row], value: str, year: str = "year") -> dict[int, Row]:
    """The rows that have a value, by year."""
    return {int(row[year]): row for row in rows if row[value] is not None and row[year] is not None}


def nearest_year(rows: Mapping[int, Row], year: int) -> Row | None:
    """The row of a year, or of the nearest one; of two equally near, the earlier.

    Examples
    --------
    >>> nearest_year({2014: {"id": "a"}, 2018: {"id": "b"}}, 2016)["id"]
    'a'
    """
    if not rows:
        return None
    return rows[min(rows, key=lambda one: (abs(one - year), one))]


def area_years(facts: Facts, zone: Row, item: Item) -> dict[int, Row]:
    """The years for which the production or demand of a zone's area is known."""
    return by_year(facts.table("gas_years").where(area=zone["area"]), COLUMN_OF[item])


def zone_share(facts: Facts, zone: Row, item: Item, year: int) -> tuple[float, Row | None]:
    """A zone's share of its area's production or demand; 1 without a row for an area of one zone."""
    rows = by_year(facts.table("gas_zone_shares").where(zone=zone["id"], item=item), "year")
    row = nearest_year(rows, year)
    if row is None:
        return (1.0 if zone["id"] == zone["area"] else 0.0), None
    return float(row["share"] if row["share"] is not None else 0.0), row


def zone_year(
    facts: Facts, zone: Row, item: Item, years: Mapping[int, Row], year: int
) -> tuple[float, list[tuple[str, Row]]]:
    """What a zone made or asked for in a year [bcm], and the rows behind it.

    Parameters
    ----------
    years
        As `area_years` gives them.
    """
    share, part = zone_share(facts, zone, item, year)
    cited: list[tuple[str, Row]] = [] if part is None else [("gas_zone_shares", part)]
    if part is not None and part["bcm"] is not None:
        return float(part["bcm"]), cited
    row = nearest_year(years, year)
    if row is None:
        return 0.0, cited
    return float(row[COLUMN_OF[item]]) * share, [("gas_years", row), *cited]


def latest_until(rows: Iterable[tuple[int, Row]], year: int) -> Row | None:
    """The row that began last by a year; before the first one, the first."""
    ordered = sorted(rows, key=lambda item: item[0])
    until = [row for first, row in ordered if first <= year]
    return until[-1] if until else (ordered[0][1] if ordered else None)


def parameters(facts: Facts) -> dict[str, float]:
    """The numbers of `energy_parameters` by id."""
    return {row["id"]: float(row["value"]) for row in facts.table("energy_parameters").rows}


def spread_over(total: float, weights: Iterable[float]) -> Iterator[float]:
    """Split a total by weights; evenly when all are 0."""
    parts = list(weights)
    whole = sum(parts)
    for part in parts:
        yield total * (part / whole if whole > 0 else 1 / len(parts))
