"""How much gas each zone asks for in each period, by tier: protected, power, industry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import numpy.typing as npt

from landbridge.energy.horizon import Basis, Horizon, basis_year, month_days
from landbridge.energy.lookup import Used, area_years, parameters, zone_year

if TYPE_CHECKING:
    from landbridge.facts import Facts

Floats = npt.NDArray[np.float64]
Cold = Literal["cold-january", "14-days", "peak-day", "season"]
TIERS: Final = ("protected", "power", "industry")
"""What goes short, in the order in which it is kept."""
TIER_OF: Final[Mapping[str, str]] = {
    "protected_households": "protected",
    "protected_services": "protected",
    "district_heat": "protected",
    "power_chp": "power",
    "industry": "industry",
    "feedstock": "industry",
    "own_use_transport_losses": "own",
}
"""The tier of a use; what the industry burns or loses itself is told as losses."""
WINTER: Final = (12, 1, 2)
SEASON: Final = (10, 11, 12, 1, 2, 3)
SPELL_DAYS: Final[Mapping[str, int]] = {"14-days": 14, "peak-day": 1}
"""How long a spell lasts whose first day is told [days]."""
JANUARY_2009: Final = "january-2009"


@dataclass(frozen=True, slots=True)
class Demand:
    """Demand by zone.

    Attributes
    ----------
    mcmd
        Asked for by tier, own use apart [zones, tiers, periods; million m3 a day].
    own_mcmd
        Own use of the industry and losses of transport [zones, periods; million m3 a day].
    switching
        Share of a tier that another fuel can replace [zones, tiers].
    year_mcmd
        The mean day of the year in which the horizon begins [zones; million m3 a day].
    """

    mcmd: Floats
    own_mcmd: Floats
    switching: Floats
    year_mcmd: Floats


def demand(
    facts: Facts, zones: Sequence[Mapping[str, Any]], horizon: Horizon, basis: Basis, used: Used,
    cold: Cold | None = None,
) -> Demand:  # fmt: skip
    """Demand of each zone: a year's consumption, spread by month and over the tiers.

    Examples
    --------
    >>> from datetime import date
    >>> from landbridge.energy.horizon import make_horizon
    >>> from landbridge.facts import load
    >>> zones = [row for row in load().table("gas_zones").rows if row["id"] == "BGR"]
    >>> asked = demand(load(), zones, make_horizon(date(2019, 1, 1), date(2019, 1, 31)), "before", Used())
    >>> asked.mcmd.shape
    (1, 3, 31)
    """
    periods = horizon.periods
    amounts = np.zeros((len(zones), len(TIERS), len(periods)))
    own = np.zeros((len(zones), len(periods)))
    switching = np.zeros((len(zones), len(TIERS)))
    mean = np.zeros(len(zones))
    numbers = parameters(facts)
    for z, zone in enumerate(zones):
        if zone["kind"] == "node":
            continue
        rows = area_years(facts, zone, "demand")
        tiers = _tiers(facts, zone, horizon.start.year)
        cold_rows = {row["measure"]: row for row in facts.table("gas_cold").where(area=zone["area"])}
        years: dict[int, _Year] = {}
        for t, period in enumerate(periods):
            for day, days in period.months():
                year = basis_year(horizon, day, basis)
                known = years.get(year)
                if known is None:
                    known = years[year] = _year(facts, zone, rows, tiers, year, basis == "observed")
                if known.whole_bcm <= 0:
                    continue
                daily = known.whole_bcm * 1000 * known.shape[day.month - 1] / month_days(day)
                if horizon.spell is None:
                    daily *= _cold_factor(cold_rows, day, cold, used)
                elif horizon.spell.start <= day < horizon.spell.end:
                    # the multipliers of a spell are those of a mean day of January
                    mean_january = known.whole_bcm * 1000 * known.shape[0] / 31
                    daily = max(daily, mean_january * _multiplier(cold_rows, str(cold), used))
                daily *= days / period.days
                for table, row in known.cited:
                    used.row(table, row, daily * period.days / 1000)
                parts = known.parts[day.month - 1]
                own[z, t] += daily * parts["own"]
                for k, tier in enumerate(TIERS):
                    amounts[z, k, t] += daily * parts[tier]
        if years:
            mean[z] = next(iter(years.values())).whole_bcm * 1000 / 365
        switching[z] = [_switching(tiers, tier) for tier in TIERS]
        if zone["kind"] == "pool":
            switching[z, 1:] = numbers["rest_switching_share"]
        for row in tiers:
            used.row("gas_demand_tiers", row)
    return Demand(amounts, own, switching, mean)


@dataclass(frozen=True, slots=True)
class _Year:
    """A year of a zone: its consumption, the share of each month, the share of each tier in each month."""

    whole_bcm: float
    shape: Floats
    parts: tuple[dict[str, float], ...]
    cited: tuple[tuple[str, Mapping[str, Any]], ...]


def _year(
    facts: Facts,
    zone: Mapping[str, Any],
    rows: Mapping[int, Mapping[str, Any]],
    tiers: Sequence[Mapping[str, Any]],
    year: int,
    own: bool,
) -> _Year:
    whole, cited = zone_year(facts, zone, "demand", rows, year)
    shape, row = _shape(facts, zone["area"], year, own=own)
    if row is not None:
        cited = [*cited, ("gas_shapes", row)]
    return _Year(whole, shape, tuple(_parts(tiers, shape, month) for month in range(1, 13)), tuple(cited))


def _shape(facts: Facts, area: str | None, year: int, *, own: bool = False) -> tuple[Floats, Mapping[str, Any] | None]:
    """The share of each month in a year's consumption [12]; even where no row says it.

    Parameters
    ----------
    own
        Whether the months of the year itself may be known, as in a replay; else those of several years are taken.
    """
    table = facts.table("gas_shapes")
    rows = table.where(area=area) or table.where(area=f"CLASS_{_class_of(facts, area)}")
    if not rows:
        return np.array([month_days(date(2021, month, 1)) / 365 for month in range(1, 13)]), None
    # the weather of one year is that of no other
    rows = tuple(row for row in rows if not row["period"].isdigit() or (own and row["period"] == str(year))) or rows
    row = min(rows, key=lambda one: (_away(one["period"], year), not one["period"].isdigit(), one["id"]))
    shares = np.array([float(row[f"m{month:02d}"]) for month in range(1, 13)])
    return shares / shares.sum(), row


def _class_of(facts: Facts, area: str | None) -> str:
    found = facts.table("gas_shape_classes").where(area=area)
    return str(found[0]["class"]) if found else ""


def _away(period: str, year: int) -> int:
    """How far a year is from a period such as 2016-2019; "typical" is far from all."""
    numbers = [int(part) for part in period.split("-") if part.isdigit()]
    if not numbers:
        return 100
    first, last = numbers[0], numbers[-1]
    return max(first - year, year - last, 0)


def _tiers(facts: Facts, zone: Mapping[str, Any], year: int) -> tuple[Mapping[str, Any], ...]:
    """The rows of the tiers of a zone or of its area; none for an area that has none."""
    table = facts.table("gas_demand_tiers")
    for name in (f"{zone['area']}_2008" if year <= 2012 else "", zone["id"], zone["area"]):
        rows = table.where(area=name)
        if rows:
            return rows
    return ()


def _parts(tiers: Sequence[Mapping[str, Any]], shape: Floats, month: int) -> dict[str, float]:
    """The share of each tier in a month: between the year's mean and January's, as the month is cold."""
    parts = dict.fromkeys((*TIERS, "own"), 0.0)
    if not tiers:
        parts["power"] = parts["industry"] = 0.5
        return parts
    lean = shape[0] - 1 / 12
    cold = (shape[month - 1] - 1 / 12) / lean if lean > 1e-3 else 0.0
    for row in tiers:
        year, january = float(row["share_annual"]), row["share_january"]
        here = year + ((float(january) if january is not None else year) - year) * cold
        parts[TIER_OF[row["tier"]]] += max(here, 0.0)
    whole = sum(parts.values())
    return {tier: part / whole for tier, part in parts.items()}


def _switching(tiers: Sequence[Mapping[str, Any]], tier: str) -> float:
    """The share of a tier that another fuel can replace."""
    rows = [row for row in tiers if TIER_OF[row["tier"]] == tier]
    weight = sum(float(row["share_annual"]) for row in rows)
    able = sum(float(row["share_annual"]) * float(row["switching_potential"] or 0) for row in rows)
    return able / weight if weight > 0 else 0.0


def _cold_factor(rows: Mapping[str, Mapping[str, Any]], day: date, cold: Cold | None, used: Used) -> float:
    """How much more a cold spell asks for; the observed January of 2009 is always taken."""
    name = ""
    if (day.year, day.month) == (2009, 1) and cold is None:
        name = JANUARY_2009
    elif cold == "season" and day.month in SEASON:
        name = "season"
    elif (cold == "cold-january" and day.month == 1) or (cold in ("14-days", "peak-day") and day.month in WINTER):
        name = str(cold)
    return _multiplier(rows, name, used) if name else 1.0


def _multiplier(rows: Mapping[str, Mapping[str, Any]], name: str, used: Used) -> float:
    """The multiplier of a spell; 1 where none is told."""
    row = rows.get(f"{name}-1-in-20") or rows.get(name)
    if row is None:
        return 1.0
    used.row("gas_cold", row)
    return float(row["multiplier"])
