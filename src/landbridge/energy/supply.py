"""What each zone can produce: the year's production, how far a day may rise above its mean, what is spare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from landbridge.energy.horizon import Basis, Horizon, basis_year, year_days
from landbridge.energy.lookup import Used, area_years, zone_year

if TYPE_CHECKING:
    from landbridge.facts import Facts

Floats = npt.NDArray[np.float64]
ANY_AREA = "ALL"
"""The row of `gas_production_swings` for areas without one of their own."""


@dataclass(frozen=True, slots=True)
class Production:
    """Production by zone.

    Attributes
    ----------
    usual_mcmd
        The mean day of the year [zones, periods; million m3 a day].
    most_mcmd
        The most on a day [zones, periods; million m3 a day].
    most_bcm
        The most over the horizon [zones].
    year_mcmd
        The mean day of the year in which the horizon begins [zones; million m3 a day].
    loose_share
        How far fields may be shut in before that costs more: all the way; in a replay, where what they made is told, as
        far as the figure may be wrong [zones].
    """

    usual_mcmd: Floats
    most_mcmd: Floats
    most_bcm: Floats
    year_mcmd: Floats
    loose_share: Floats


def production(
    facts: Facts, zones: Sequence[Mapping[str, Any]], horizon: Horizon, basis: Basis, used: Used
) -> Production:
    """Production of each zone and how far it may rise.

    Examples
    --------
    >>> from datetime import date
    >>> from landbridge.energy.horizon import make_horizon
    >>> from landbridge.facts import load
    >>> zones = [row for row in load().table("gas_zones").rows if row["id"] == "NOR"]
    >>> made = production(load(), zones, make_horizon(date(2021, 1, 1), date(2021, 12, 31)), "before", Used())
    >>> bool(made.most_mcmd[0, 0] > made.usual_mcmd[0, 0] > 250)
    True
    """
    shape = (len(zones), len(horizon.periods))
    usual, most, ceiling = np.zeros(shape), np.zeros(shape), np.zeros(len(zones))
    loose = np.ones(len(zones))
    swings = facts.table("gas_production_swings")
    lengths = np.array([period.days for period in horizon.periods])
    for z, zone in enumerate(zones):
        if zone["kind"] != "zone":
            continue
        rows = area_years(facts, zone, "production")
        swing = _swing(swings.where(area=zone["area"]) or swings.where(area=ANY_AREA), horizon)
        for t, period in enumerate(horizon.periods):
            year = basis_year(horizon, period.start + (period.end - period.start) / 2, basis)
            bcm, cited = zone_year(facts, zone, "production", rows, year)
            usual[z, t] = bcm * 1000 / year_days(year)
            most[z, t] = usual[z, t] * float(swing["most_to_mean"])
            for table, row in cited:
                used.row(table, row, usual[z, t] * period.days / 1000)
            if basis == "observed":
                loose[z] = min(loose[z], *(_error(facts, table, row) for table, row in cited), 1.0)
        ceiling[z] = _ceiling(usual[z], lengths, float(swing["most_to_mean"]), float(swing["spare_share"]))
        if usual[z].any():
            used.row("gas_production_swings", swing)
    return Production(usual, most, ceiling, usual[:, 0].copy(), loose)


def _error(facts: Facts, table: str, row: Mapping[str, Any]) -> float:
    """How far below a figure of production the truth may lie, by its grade [share]."""
    grade = row["production_grade"] if table == "gas_years" else row["grade"]
    return 1 - float(facts.table("grade_spread").by_id[grade]["low_ratio"])


def _ceiling(usual_mcmd: Floats, lengths: npt.NDArray[np.int64], most_to_mean: float, spare_share: float) -> float:
    """The most that fields make over a horizon [bcm].

    The swing of a year is a wave around its mean: a day may lie `most_to_mean` above it, a whole year no more than the
    spare above its own mean, a part of a year in between.

    Examples
    --------
    >>> [round(_ceiling(np.array([1000.0]), np.array([days]), 1.2, 0.0)) for days in (1, 182, 365)]
    [1, 205, 365]
    """
    days = int(lengths.sum())
    usual = float(usual_mcmd @ lengths) / 1000
    part = min(days / 365, 1.0)
    crest = (most_to_mean - 1) * np.sin(np.pi * part) / (np.pi * part)
    return usual * (1 + spare_share + float(crest))


def _swing(rows: Sequence[Mapping[str, Any]], horizon: Horizon) -> Mapping[str, Any]:
    """The row that holds when the horizon begins; the first one before."""
    held = [row for row in rows if row["from"] is None or row["from"].first <= horizon.start]
    return max(held or rows[:1], key=lambda row: date.min if row["from"] is None else row["from"].first)
