"""The answer where the gas of areas came from by year: sources, stores, the rest, the change between two years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from landbridge._version import __version__
from landbridge.answers import Evidence, Indicator, Reliance, WorldRef
from landbridge.energy.supplied_question import SupplyQuestion

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("year", "item", "partner", "route", "basis", "months", "bcm")


@dataclass(frozen=True, slots=True)
class Source:
    """Gas of one origin, or to one buyer, in a year.

    Attributes
    ----------
    route
        pipeline or lng.
    basis
        origin (by contract), origin-own-heat, declared (the partner), sales (of the seller), recalled, physical (what
        crossed the border, transit with it).
    bcm
        [10^9 m3].
    months
        How many months of the year are told, where it is not all.
    out
        Whether a flow leaves the areas.
    """

    partner: str
    route: str
    basis: str
    bcm: float
    months: int | None
    out: bool
    rows: tuple[tuple[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "partner": self.partner,
            "route": self.route,
            "basis": self.basis,
            "bcm": self.bcm,
            "months": self.months,
            "out": self.out,
            "evidence": [{"table": table, "id": key} for table, key in self.rows],
        }


@dataclass(frozen=True, slots=True)
class SupplyYear:
    """One year: consumption = production + imports - exports + what stores gave + the rest [10^9 m3].

    Attributes
    ----------
    unnamed
        Imports of several areas by a word such as "other Europe", which may be their own gas sold on: left to the rest.
    stock_draw_bcm
        What stores gave, below 0 where they took; None where the end of a year is not told: then it is in the rest.
    rest_bcm
        What no source tells: untold trade, differences of the statistics; None where the consumption is not known.
    flows
        What crossed the borders, transit with it; no part of the sum.
    lacks
        Areas whose production or consumption the year lacks.
    """

    year: int
    consumption_bcm: float | None
    production_bcm: float | None
    imports: tuple[Source, ...]
    exports: tuple[Source, ...]
    unnamed: tuple[Source, ...]
    stock_draw_bcm: float | None
    rest_bcm: float | None
    flows: tuple[Source, ...]
    lacks: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "year": self.year,
            "consumption_bcm": self.consumption_bcm,
            "production_bcm": self.production_bcm,
            "imports": [one.to_dict() for one in self.imports],
            "exports": [one.to_dict() for one in self.exports],
            "unnamed": [one.to_dict() for one in self.unnamed],
            "stock_draw_bcm": self.stock_draw_bcm,
            "rest_bcm": self.rest_bcm,
            "flows": [one.to_dict() for one in self.flows],
            "lacks": list(self.lacks),
        }


@dataclass(frozen=True, slots=True)
class Change:
    """What a source gave in the first and the last year [10^9 m3].

    Attributes
    ----------
    item
        pipeline:AAA, lng, production, stores, exports, demand, rest; exports and demand with their sign turned, so that
        the changes add up to 0.
    share
        Of all that was lost: below 0 for what fell, above for what made up for it.
    """

    item: str
    first: int
    last: int
    before_bcm: float
    after_bcm: float
    share: float | None = None

    @property
    def delta(self) -> float:
        """The change [10^9 m3]; above 0 it helps."""
        return self.after_bcm - self.before_bcm

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "item": self.item,
            "first": self.first,
            "last": self.last,
            "before_bcm": self.before_bcm,
            "after_bcm": self.after_bcm,
            "delta_bcm": self.delta,
            "share": self.share,
        }


@dataclass(frozen=True, slots=True)
class SupplyAnswer:
    """Where the gas of areas came from, year by year, and how that changed."""

    schema: ClassVar[str] = "supply/1"

    question: SupplyQuestion
    world: WorldRef
    areas: tuple[str, ...]
    years: tuple[SupplyYear, ...]
    changes: tuple[Change, ...]
    remarks: tuple[str, ...]
    grade: str
    grade_shares: Mapping[str, float]
    evidence: tuple[Evidence, ...] = field(repr=False)

    @property
    def answered(self) -> bool:
        """False when nothing is told of the years asked for."""
        return bool(self.years)

    def indicators(self) -> tuple[Indicator, ...]:
        """Consumption, production and imports by origin of each year."""
        found = []
        for year in self.years:
            subject = f"{'+'.join(self.question.areas)} {year.year}"
            named = [("consumption", year.consumption_bcm), ("production", year.production_bcm),
                     ("stock_draw", year.stock_draw_bcm), ("rest", year.rest_bcm)]  # fmt: skip
            named += [(f"import:{one.route}:{one.partner}", one.bcm) for one in year.imports]
            found += [Indicator(name, subject, "bcm", value, grade=self.grade) for name, value in named
                      if value is not None]  # fmt: skip
        return tuple(found)

    def reliances(self) -> tuple[Reliance, ...]:
        """The gas of each source by the rows that tell it."""
        return tuple(
            Reliance(table, key, f"import:{one.route}:{one.partner}", "bcm", one.bcm / len(one.rows))
            for year in self.years
            for one in year.imports
            for table, key in one.rows
        )

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON, schema `supply/1`."""
        return {
            "schema": self.schema,
            "version": __version__,
            "question": self.question.to_dict(),
            "world": self.world.to_dict(),
            "areas": list(self.areas),
            "years": [one.to_dict() for one in self.years],
            "changes": [one.to_dict() for one in self.changes],
            "remarks": list(self.remarks),
            "grade": self.grade,
            "grade_shares": dict(self.grade_shares),
            "evidence": [one.to_dict() for one in self.evidence],
        }

    def to_frame(self) -> pd.DataFrame:
        """As a table: one row for each source and year."""
        import pandas as pd

        rows: list[dict[str, Any]] = []
        for year in self.years:
            for name in ("consumption", "production", "stock_draw", "rest"):
                value = getattr(year, f"{name}_bcm")
                if value is not None:
                    rows.append({"year": year.year, "item": name, "bcm": value})
            for item in ("imports", "exports", "unnamed", "flows"):
                rows += [
                    {"year": year.year, "item": item, "partner": one.partner, "route": one.route, "basis": one.basis,
                     "months": one.months, "bcm": -one.bcm if one.out else one.bcm}
                    for one in getattr(year, item)
                ]  # fmt: skip
        return pd.DataFrame(rows, columns=list(COLUMNS))
