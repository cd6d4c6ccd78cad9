"""LNG: a finite pool. What buyers are sure of, what can be drawn elsewhere, and how long a cargo sails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from landbridge.energy.horizon import Basis, Horizon, basis_year, period_means, year_days
from landbridge.energy.lookup import Used, latest_until, nearest_year, parameters, spread_over

if TYPE_CHECKING:
    from landbridge.facts import Facts

Floats = npt.NDArray[np.float64]
REST: Final = "LNG_ROW"
"""The node that stands for all importers outside the model."""
ORIGINS: Final = ("origin", "origin-own-heat")
"""Ways of counting that name where a cargo was loaded."""
SENT_OUT: Final = ("physical", "landed")
"""Ways of counting that tell what the terminals of an importer took in, of whatever origin."""


@dataclass(frozen=True, slots=True)
class Lng:
    """The market for LNG.

    Attributes
    ----------
    importers
        Areas with terminals, and `LNG_ROW`.
    exporters
        Areas that load; `export_mcmd` is by exporter [exporters, periods; million m3 a day].
    shares
        Share of each exporter in what each importer usually gets [exporters, importers].
    firm_mcmd
        What cannot be drawn elsewhere [importers, periods].
    usual_pool_mcmd
        What each importer usually has of the divertible cargoes, as far as it has arrived [importers, periods].
    pool_mcmd
        All divertible cargoes [periods].
    tank_mcm
        What is in the tanks of an importer's terminals before the horizon [importers; million m3].
    more_mcmd
        The most that an importer can draw beyond what is usual: divertible cargoes of exporters so near that they can
        have come since a cut; inf before one [importers, periods].
    told
        Whether what landed is told for the year of the horizon itself.
    """

    importers: tuple[str, ...]
    exporters: tuple[str, ...]
    zones: tuple[tuple[str, ...], ...]
    shares: Floats
    export_mcmd: Floats
    firm_mcmd: Floats
    usual_pool_mcmd: Floats
    pool_mcmd: Floats
    more_mcmd: Floats
    tank_mcm: Floats
    told: bool = False


def lng(
    facts: Facts,
    horizon: Horizon,
    basis: Basis,
    importers: Sequence[str],
    terminals_mcmd: Mapping[str, float],
    available: Mapping[str, Floats],
    disturbed: date | None,
    used: Used,
) -> Lng:
    """The market in each period.

    Parameters
    ----------
    basis
        Whose supply is taken: that of the year before, or of the year itself with what landed in it.
    importers
        Areas with terminals, and `LNG_ROW`.
    terminals_mcmd
        What their terminals can take in [million m3 a day]; splits what sources count together.
    available
        Share of each exporter's supply that can be loaded, by exporter [days]; 1 for those not named.
    disturbed
        The first day on which anything differs from what is usual; cargoes are drawn elsewhere from then on.

    Notes
    -----
    The pattern of trade is that of the last year known, scaled to each exporter's supply of the year. The share of
    `divertible_share` goes to the pool. A cargo lost at the exporter is missed after its voyage; one drawn away arrives
    after the voyage from its exporter, so that the nearest ones help first.
    """
    numbers = parameters(facts)
    basins = {row["area"]: row["basin"] for row in facts.table("lng_basins").rows}
    year = basis_year(horizon, horizon.start, basis)
    last = horizon.start.year - (basis == "before")
    trade, pattern_year = _pattern(facts, last, importers, terminals_mcmd, used)
    exporters = tuple(sorted(trade))
    days = horizon.each_day()
    supply = np.zeros((len(exporters), len(days)))
    share = np.zeros(len(exporters))
    voyage = np.zeros((len(exporters), len(importers)))
    zones: list[tuple[str, ...]] = []
    for e, exporter in enumerate(exporters):
        row = _supply(facts, exporter, year)
        mean = float(row["supply_bcm"]) if row is not None else float(trade[exporter].sum())
        supply[e] = mean * 1000 / year_days(year)
        share[e] = float(row["divertible_share"] or 0) if row is not None else 0.0
        zones.append(tuple(row["zones"] or ()) if row is not None else ())
        if row is not None:
            used.row("lng_supply", row, mean * horizon.days / 365)
            for i, importer in enumerate(importers):
                basin = basins.get(importer)
                if basin is not None and row[f"days_{basin}"] is not None:
                    voyage[e, i] = float(row[f"days_{basin}"])
    parts = np.array([trade[exporter] / max(trade[exporter].sum(), 1e-12) for exporter in exporters])
    loaded = np.array([available.get(exporter, np.ones(len(days))) for exporter in exporters])
    firm = np.zeros((len(importers), len(days)))
    pool = np.zeros((len(importers), len(days)))
    for e in range(len(exporters)):
        for i in range(len(importers)):
            if parts[e, i] <= 0:
                continue
            arrived = _after(loaded[e], round(float(voyage[e, i])))
            firm[i] += supply[e] * parts[e, i] * (1 - share[e]) * arrived
            pool[i] += supply[e] * parts[e, i] * share[e] * arrived
    free = (share[:, None] * supply * loaded).sum(axis=0)
    spare = supply.sum(axis=0) * numbers["lng_spare_share"]
    # what is at sea still arrives, so the pool is never less than what is on its way to its usual buyers
    whole = np.maximum(free + spare, pool.sum(axis=0))
    more = np.full((len(importers), len(days)), np.inf)
    if disturbed is not None:
        passed = np.array([(day - disturbed).days for day in days])
        able = share[:, None] * supply * loaded
        for i in range(len(importers)):
            # the nearest exporters come first
            near = (able * (voyage[:, i, None] <= passed[None, :])).sum(axis=0)
            more[i] = np.where(passed < 0, np.inf, near)
    used.name("energy_parameters", "lng_spare_share", float(spare.sum() / 1000))
    return Lng(
        importers=tuple(importers),
        exporters=exporters,
        zones=tuple(zones),
        shares=parts * supply.mean(axis=1)[:, None],
        export_mcmd=period_means(supply * loaded, horizon),
        firm_mcmd=period_means(firm, horizon),
        usual_pool_mcmd=period_means(pool, horizon),
        pool_mcmd=period_means(whole[None, :], horizon)[0],
        more_mcmd=period_means(more, horizon),
        tank_mcm=np.zeros(len(importers)),
        told=pattern_year == horizon.start.year,
    )


def tanks_mcm(
    facts: Facts, day: date, open_terminals: Mapping[str, str], importers: Sequence[str], used: Used
) -> Floats:
    """What is in the tanks of terminals on a day, as gas, by importer [million m3].

    Parameters
    ----------
    open_terminals
        The importer behind each terminal that can send out.

    Notes
    -----
    Where cargoes come one after the other a tank is half full in the mean. Terminals without a row count for nothing.
    """
    numbers = parameters(facts)
    gas_per_lng = float(facts.table("energy_units").by_id["thousand-m3-lng-mcm"]["factor"])
    found = np.zeros(len(importers))
    for row in facts.table("gas_lng_tanks").rows:
        first, last = row["from"], row["to"]
        holds = (first is None or first.first <= day) and (last is None or day < last.first)
        importer = open_terminals.get(row["point"])
        if holds and importer in importers:
            held = float(row["tanks_thousand_m3"]) * gas_per_lng * numbers["lng_tank_fill_share"]
            found[importers.index(importer)] += held
            used.row("gas_lng_tanks", row, held / 1000)
    return found


def _after(loaded: Floats, voyage: int) -> Floats:
    """What arrives when what is loaded sails for some days; before the horizon all was loaded as usual."""
    if voyage <= 0:
        return loaded
    return np.concatenate([np.ones(min(voyage, len(loaded))), loaded[: max(len(loaded) - voyage, 0)]])


def _supply(facts: Facts, exporter: str, year: int) -> Mapping[str, Any] | None:
    """The supply of an exporter in a year; months of a year that is not over are outcomes, so they are not taken."""
    rows = {
        int(row["year"]): row
        for row in facts.table("lng_supply").where(exporter=exporter, kind="supply")
        if row["month"] is None and row["supply_bcm"] is not None
    }
    return nearest_year(rows, year)


def _pattern(
    facts: Facts, last: int, importers: Sequence[str], terminals_mcmd: Mapping[str, float], used: Used
) -> tuple[dict[str, Floats], int | None]:
    """What each exporter sold to each importer [bcm, by exporter over the importers], and the year that it is of.

    It is that of the last year known until `last`. What sources count together is split by what terminals of each
    sent out in that year, where that is told; the rest by what they can take in.
    """
    rows = [row for row in facts.table("gas_trade").where(route="lng") if row["basis"] in ORIGINS]
    first = latest_until([(int(row["year"]), row) for row in rows], last)
    if first is None:
        return {}, None
    rows = [row for row in rows if row["year"] == first["year"]]
    at = {area: i for i, area in enumerate(importers)}
    counted: dict[str, list[str]] = {}
    for row in facts.table("lng_basins").rows:
        for word in row["counted_in"] or ():
            if row["area"] in at:
                counted.setdefault(word, []).append(row["area"])
    named = {row["importer"] for row in rows}
    known = {row["exporter"] for row in facts.table("lng_supply").rows}
    groups: dict[str, dict[str, float]] = {}
    for word in sorted(set(counted) & named):
        members = [area for area in counted[word] if area not in named]
        whole = sum(float(row["bcm"]) for row in rows if row["importer"] == word)
        if members:
            groups[word] = _split(facts, int(first["year"]), whole, members, terminals_mcmd, used)
    trade: dict[str, Floats] = {}
    for row in rows:
        exporter = row["origin"] if row["origin"] in known else "OTHER"
        line = trade.setdefault(exporter, np.zeros(len(importers)))
        used.row("gas_trade", row, float(row["bcm"]))
        together = groups.get(row["importer"], {})
        if row["importer"] in at:
            line[at[row["importer"]]] += float(row["bcm"])
        elif together:
            for area, bcm in zip(together, spread_over(float(row["bcm"]), together.values()), strict=True):
                line[at[area]] += bcm
        else:
            line[at[REST]] += float(row["bcm"])
    return trade, int(first["year"])


def _split(
    facts: Facts, year: int, whole: float, members: Sequence[str], terminals_mcmd: Mapping[str, float], used: Used
) -> dict[str, float]:
    """What each of several importers landed of what is counted together [bcm]."""
    told: dict[str, float] = {}
    for row in facts.table("gas_trade").where(route="lng", year=year):
        if row["basis"] in SENT_OUT and row["importer"] in members and row["bcm"] is not None:
            months = (row["last_month"] or 12) - (row["first_month"] or 1) + 1
            told[row["importer"]] = float(row["bcm"]) * 12 / months
            used.row("gas_trade", row)
    rest = max(whole - sum(told.values()), 0.0)
    others = [area for area in members if area not in told]
    parts = spread_over(rest, [terminals_mcmd.get(area, 0.0) for area in others])
    found = told | dict(zip(others, parts, strict=True))
    return {area: found[area] for area in members}
