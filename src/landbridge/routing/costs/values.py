"""Looking a parameter up: the row that fits best, of the nearest year, in dollars of the world's year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final

from landbridge.errors import FactError
from landbridge.facts import months_between

if TYPE_CHECKING:
    from landbridge.facts import Facts

OTHER_REGIME_YEARS: Final = 100
"""A row of another regime (a pandemic year for a normal day) is used only where no other row fits."""

NOW: Final = 0
"""`Book.season` of a row whose months hold the day."""
OTHER_MONTHS: Final = 2
"""`Book.season` of a row that tells of other months than the day's."""

WITHOUT_REGIMES: Final = frozenset({("speed_kmh", "rail")})
"""Regimes are closures and rules for crews at borders and on roads: how fast a train runs is told by its year."""

Lanes = tuple[str, ...]
"""Lanes of trade, the closest first."""


@dataclass(frozen=True, slots=True)
class Value:
    """A number from a table, with its 10-90 % range as ratios and where it stands.

    Parameters
    ----------
    value
        Central value; money is in dollars of the world's year.
    low, high
        The 10 % and 90 % points as shares of the central value.
    gap_years
        Years between the world and the row.
    inflated
        Whether the price index moved it.
    """

    value: float
    low: float
    high: float
    table: str
    id: str
    grade: str
    gap_years: int = 0
    inflated: bool = False

    @property
    def row(self) -> tuple[str, str]:
        """Table and id."""
        return (self.table, self.id)

    def times(self, factor: float) -> Value:
        """The same fact in another unit."""
        return Value(
            self.value * factor, self.low, self.high, self.table, self.id, self.grade, self.gap_years, self.inflated
        )


@dataclass(frozen=True, eq=False)
class Book:
    """The parameters of a world's facts as they are read on one day."""

    facts: Facts
    day: date
    regions: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, tuple[Any, ...]]
    index: Mapping[int, float]
    regimes: Mapping[tuple[int, str, str], str]
    spreads: Mapping[str, tuple[float, float]]
    found: dict[tuple[str, ...], Value | None] = field(default_factory=dict)
    """Answers already given; derived from the other fields."""

    def find(
        self, parameter: str, *, mode: str = "", product: str = "", area: str = "", cargo: str = "", lanes: Lanes = ()
    ) -> Value | None:
        """The best fitting value of a parameter, or None where no row fits.

        A row with an empty cell fits anything; a row that names what is asked for wins over it. The order is cargo,
        mode, product, lane, area, region of the area. Among equals the nearest year wins, of a like regime, and in it
        the nearest months. A lane speaks of its own years: where a row without a lane is nearer in years, that row
        stands.
        """
        key = (parameter, mode, product, area, cargo, *lanes)
        if key not in self.found:
            self.found[key] = self._find(parameter, mode, product, area, cargo, lanes)
        return self.found[key]

    def lanes(self, origin: str | None, destination: str | None) -> Lanes:
        """The lanes of trade on which two areas lie, whichever way they are sailed, the closest first."""
        if not origin or not destination:
            return ()
        ends = [(area, *self.regions.get(area, ())) for area in (origin, destination)]
        found = []
        for lane in {row["lane"] for rows in self.rows.values() for row in rows if row["lane"]}:
            start, _, goal = lane.partition(">")
            steps = [a.index(start) + b.index(goal) for a, b in (ends, ends[::-1]) if start in a and goal in b]
            if steps:
                found.append((min(steps), str(lane)))
        return tuple(lane for _, lane in sorted(found))

    def get(
        self, parameter: str, *, mode: str = "", product: str = "", area: str = "", cargo: str = "", lanes: Lanes = ()
    ) -> Value:
        """As `find`, but a parameter that is in no row is an error that says so."""
        found = self.find(parameter, mode=mode, product=product, area=area, cargo=cargo, lanes=lanes)
        if found is None:
            what = ", ".join(word for word in (mode, product, area, cargo) if word)
            raise FactError(
                f"no value of {parameter} for {what or 'anything'}",
                file="parameters.csv",
                remedy="lay a row over the table",
            )
        return found

    def _find(self, parameter: str, mode: str, product: str, area: str, cargo: str, lanes: Lanes) -> Value | None:
        regions = self.regions.get(area, ())
        # The best row of each lane asked for and, last, of those that name none.
        best: list[tuple[tuple[tuple[int, int, int, int], int, int, int, str], Any] | None] = [None] * (len(lanes) + 1)
        for row in self.rows.get(parameter, ()):
            if row["lane"] is not None and row["lane"] not in lanes:
                continue
            fit = _fit(row, mode, product, area, regions, cargo)
            if fit is None:
                continue
            place = len(lanes) if row["lane"] is None else lanes.index(row["lane"])
            regimes = (parameter, mode) not in WITHOUT_REGIMES
            gap = self.year_gap(row["year"], row["year_to"], area, parameter, regimes=regimes)
            rank = (fit, -gap, -self._month_gap(row), row["year"] or 0, row["id"])
            held = best[place]
            if held is None or rank > held[0]:
                best[place] = (rank, row)
        chosen = None
        for found in best:
            if found is not None and (chosen is None or _nearer(found[0], chosen[0])):
                chosen = found
        if chosen is None:
            return None
        return self.value_of("parameters", chosen[1], "value", low="low", high="high", money="usd" in parameter)

    def year_gap(
        self, first: int | None, last: int | None, area: str = "", parameter: str = "", *, regimes: bool = True
    ) -> int:
        """Years between the world and a span of years; years of another regime count as far away."""
        year = self.day.year
        if first is None:
            return OTHER_REGIME_YEARS // 2
        last = first if last is None else last
        gap = max(first - year, year - last, 0)
        near = min(max(year, first), last)
        like = not regimes or self.regime(near, area, parameter) == self.regime(year, area, parameter)
        return gap if like else gap + OTHER_REGIME_YEARS

    def season(self, row: Any) -> int:
        """How well the months of a row fit the day: `NOW` they hold it, 1 it names none, `OTHER_MONTHS` neither.

        Months are those of the row's own years; a last month before the first runs over New Year. The peak of another
        year says less of a day than a figure of that year without months.
        """
        first, last = row["month_from"], row["month_to"]
        if first is None or last is None:
            return 1
        begins, ends = row["year"], row.get("year_to") or row["year"]
        this_year = begins is None or begins <= self.day.year <= ends
        return NOW if this_year and self.day.month in months_between(first, last) else OTHER_MONTHS

    def _month_gap(self, row: Any) -> int:
        """Months between the world's day and those of a row; none where the row speaks of whole years."""
        if row["month_from"] is None:
            return 0
        first = row["year"] * 12 + row["month_from"]
        last = (row["year_to"] or row["year"]) * 12 + row["month_to"]
        now = self.day.year * 12 + self.day.month
        return int(max(first - now, now - last, 0))

    def regime(self, year: int, area: str = "", parameter: str = "") -> str:
        """Which kind of year it is for an area and a parameter ("" is an ordinary one)."""
        keys = ((year, area, parameter), (year, area, ""), (year, "", parameter), (year, "", ""))
        return next((self.regimes[key] for key in keys if key in self.regimes), "")

    def price_ratio(self, first: int | None, last: int | None) -> float:
        """Prices of the world's year against those of a row's year (the nearest year of its span)."""
        if first is None or not self.index:
            return 1.0
        year = self.day.year
        base = min(max(year, first), first if last is None else last)
        return self._index_of(year) / self._index_of(base)

    def _index_of(self, year: int) -> float:
        first, last = self._index_years
        return self.index[min(max(year, first), last)]

    @cached_property
    def _index_years(self) -> tuple[int, int]:
        """The first and the last year of the price index."""
        return min(self.index), max(self.index)

    def ratios(self, central: float, low: float | None, high: float | None, grade: str) -> tuple[float, float]:
        """The range of a value as shares of it: its own, else that of its grade."""
        by_grade = self.spreads.get(grade, (1.0, 1.0))
        if central <= 0.0:
            return 1.0, 1.0
        below = by_grade[0] if low is None else min(low / central, 1.0)
        above = by_grade[1] if high is None else max(high / central, 1.0)
        return below, above

    def value_of(
        self, table: str, row: Any, column: str, *, low: str | None = None, high: str | None = None, money: bool = False
    ) -> Value:
        """A cell as a value, with the range of its siblings and the price index where it is money."""
        central = float(row[column])
        below, above = self.ratios(
            central, row[low or f"{column}_low"], row[high or f"{column}_high"], row["grade"] or "D"
        )
        first, last = row["year"], row.get("year_to")
        ratio = self.price_ratio(first, last) if money else 1.0
        gap = 0 if first is None else max(first - self.day.year, self.day.year - (last or first), 0)
        return Value(central * ratio, below, above, table, row["id"], row["grade"] or "D", gap, ratio != 1.0)


def _fit(
    row: Any, mode: str, product: str, area: str, regions: tuple[str, ...], cargo: str
) -> tuple[int, int, int, int] | None:
    """How closely a row fits, or None when it speaks of something else."""
    if row["mode"] not in (None, mode) or row["product"] not in (None, product) or row["cargo"] not in (None, cargo):
        return None
    where = row["area"]
    if where is None:
        near = 0
    elif where == area:
        near = len(regions) + 1
    elif where in regions:
        near = len(regions) - regions.index(where)
    else:
        return None
    named = [row[name] is not None for name in ("cargo", "mode", "product")]
    return (named[0], named[1], named[2], near)


def _nearer(wider: tuple[Any, ...], closer: tuple[Any, ...]) -> bool:
    """Whether a row of a wider lane, or of none, stands in place of one of a closer lane: it fits better or in time."""
    named = slice(0, 3)
    return bool(wider[0][named] > closer[0][named] or (wider[0][named] == closer[0][named] and wider[1] > closer[1]))


def book(facts: Facts, day: date) -> Book:
    """The parameters as read on a day; kept while it is asked for.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> speed = book(load(), date(2022, 6, 1)).get("speed_kmh", mode="road", area="KAZ")
    >>> speed.value, speed.grade
    (51.1, 'A')
    """
    return _book(facts, day)


@lru_cache(maxsize=16)
def _book(facts: Facts, day: date) -> Book:
    members: dict[str, list[str]] = {}
    sizes: dict[str, int] = {}
    for row in facts.table("cost_regions").rows:
        members.setdefault(row["area"], []).append(row["region"])
        sizes[row["region"]] = sizes.get(row["region"], 0) + 1
    rows: dict[str, list[Any]] = {}
    for row in facts.table("parameters").rows:
        rows.setdefault(row["parameter"], []).append(row)
    return Book(
        facts=facts,
        day=day,
        regions={area: tuple(sorted(found, key=lambda name: (sizes[name], name))) for area, found in members.items()},
        rows={name: tuple(found) for name, found in rows.items()},
        index={row["year"]: row["index"] for row in facts.table("price_index").rows},
        regimes={
            (row["year"], row["area"] or "", row["parameter"] or ""): row["regime"]
            for row in facts.table("year_regimes").rows
        },
        spreads={row["id"]: (row["low_ratio"], row["high_ratio"]) for row in facts.table("grade_spread").rows},
    )
