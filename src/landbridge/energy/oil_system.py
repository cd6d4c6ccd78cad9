"""The oil system of a day: zones with production and demand, ways between them, whose oil may go where.

Amounts are thousand barrels a day (kb/d), the mean of a year. Demand for crude is the consumption of oil products:
refining is not modelled, crude and products go as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from landbridge.answers import Evidence
from landbridge.facts import evidence as evidence_of
from landbridge.world.oil_states import OilPoint, Refusal, SeaLink, oil_factors, oil_points, refusals, sea_links

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.world import World

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
WORLD: Final = "WLD"
REST: Final = "ROW"
DAYS: Final = 365
OVERLAND: Final = "rail"
SEA_IMPORT: Final = "sea-import"
QUAYS: Final = (SEA_IMPORT, "sea-export")


@dataclass(frozen=True, slots=True)
class Way:
    """One direction of a point or of a sea link; both of a link share the `group` that its capacity bounds."""

    id: str
    tail: int
    head: int
    kind: str
    group: int
    length_km: float
    cost_km: float
    usual_kbd: float | None
    point: OilPoint | None
    link: SeaLink | None


@dataclass(frozen=True, slots=True)
class AreaYear:
    """What the tables say of an area: production and demand [kb/d], with the rows and years."""

    area: str
    production_kbd: float
    demand_kbd: float
    production_year: int | None
    demand_year: int | None
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trade:
    """The last known trade of two areas: how much of what an area must import is oil of an origin [kb/d]."""

    area: str
    origin: str
    kbd: float


@dataclass(frozen=True, slots=True, eq=False)
class OilSystem:
    """Everything that the program needs, in arrays.

    Attributes
    ----------
    nodes, zone_area, is_sea
        Names of zones and basins, the area of each ("" at sea), whether it is a basin [nodes].
    production, demand
        [nodes; kb/d].
    ways, capacity
        Directed ways; capacity of each group [groups; kb/d, infinite where none is known].
    classes
        Origins grouped by where their oil may go: areas of each class. An origin of known trade is one of its own.
    trade
        The last known trade, that of one area from all its origins in one year.
    allowed_way, allowed_supply
        Whether oil of a class may take a way, be used in a zone [ways or nodes, classes].
    difference_kbd
        World production less world demand by the tables: taken up in the demand of the rest of the world.
    """

    nodes: tuple[str, ...]
    zone_area: tuple[str, ...]
    is_sea: Bools
    production: Floats
    demand: Floats
    ways: tuple[Way, ...]
    capacity: Floats
    classes: tuple[frozenset[str], ...]
    class_of_area: Mapping[str, int]
    allowed_way: Bools
    allowed_supply: Bools
    difference_kbd: float
    years: Mapping[str, AreaYear]
    stocks_mb: Mapping[str, tuple[float, str]]
    barrels_per_tonne: float
    pattern_weight_km: float
    trade: tuple[Trade, ...]
    trade_weight_km: float
    evidence: tuple[Evidence, ...]

    @property
    def areas(self) -> tuple[str, ...]:
        """All areas, sorted."""
        return tuple(sorted({area for area in self.zone_area if area}))


def kbd_of_mt(facts: Facts) -> float:
    """How many thousand barrels a day one million tonnes a year is.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> round(kbd_of_mt(load()), 2)
    20.08
    """
    return float(facts.table("energy_units").by_id["mt-oil-million-barrels"]["factor"]) * 1000.0 / DAYS


def make_system(world: World) -> OilSystem:
    """The oil system of a world on its day.

    Examples
    --------
    >>> from landbridge.world import World
    >>> system = make_system(World.at("2023-06-01"))
    >>> bool(abs(system.production.sum() - system.demand.sum()) < 1e-6)
    True
    """
    facts = world.facts
    zones = facts.table("oil_zones").rows
    nodes = tuple(row["id"] for row in zones)
    at = {name: number for number, name in enumerate(nodes)}
    area = tuple(row["area"] or "" for row in zones)
    is_sea = np.array([row["kind"] == "sea" for row in zones])
    makes = np.array([row["kind"] == "zone" for row in zones])
    years = area_years(facts, world.day.year)
    made, used, difference = _balances(facts, nodes, area, makes, years, world.day.year)
    more, other = oil_factors(world)
    for number, name in enumerate(area):
        made[number] *= more.get(name, 1.0)
        used[number] *= other.get(name, 1.0)
    points, links = oil_points(world), sea_links(world)
    numbers = {row["id"]: float(row["value"]) for row in facts.table("oil_parameters").rows}
    ways, capacity = _ways(facts, points, links, at, numbers, world.day.year)
    barred = refusals(world)
    producers = sorted({area[n] for n in range(len(nodes)) if made[n] > 0})
    trade, told = _trade(facts, area, made, used, world.day.year, numbers["trade_years"])
    classes, allowed_way, allowed_supply = _permissions(
        ways, area, nodes, producers, barred, {one.origin for one in trade}
    )
    rows = [*(("oil_years", key) for one in years.values() for key in one.rows)]
    rows += [row for point in points for row in point.evidence if point.capacity_kbd > 0 or point.reason]
    rows += [row for link in links for row in link.evidence if link.capacity_kbd > 0 or link.reason]
    mine = set(producers)
    rows += [row for one in barred if one.origins & mine for row in one.evidence]
    rows += [("oil_parameters", key) for key in numbers]
    rows += [("oil_trade", key) for key in told]
    return OilSystem(
        nodes, area, is_sea, made, used, ways, capacity, classes,
        {name: number for number, group in enumerate(classes) for name in group},
        allowed_way, allowed_supply, difference, years, _stocks(world),
        float(facts.table("energy_units").by_id["mt-oil-million-barrels"]["factor"]), numbers["pattern_weight_km"],
        trade, numbers["trade_weight_km"],
        tuple(evidence_of(facts, table, key) for table, key in dict.fromkeys(rows)),
    )  # fmt: skip


def area_years(facts: Facts, year: int) -> dict[str, AreaYear]:
    """Production and demand of each area, each from the year nearest to the one asked for."""
    factor = kbd_of_mt(facts)
    kinds = {row["id"]: row["kind"] for row in facts.table("energy_areas").rows}
    grouped: dict[str, list[Mapping[str, Any]]] = {}
    for row in facts.table("oil_years").rows:
        if row["area"] == WORLD or row["area"] not in kinds:
            grouped.setdefault(row["area"], []).append(row)
    out = {}
    for area, rows in sorted(grouped.items()):
        made, used = (_nearest(rows, column, year) for column in ("production_mt", "consumption_mt"))
        out[area] = AreaYear(
            area,
            0.0 if made is None else made["production_mt"] * factor,
            0.0 if used is None else used["consumption_mt"] * factor,
            None if made is None else made["year"],
            None if used is None else used["year"],
            tuple(dict.fromkeys(row["id"] for row in (made, used) if row is not None)),
        )
    return out


def _nearest(rows: Iterable[Mapping[str, Any]], column: str, year: int) -> Mapping[str, Any] | None:
    """The row with a value whose year is nearest; of two equally near the earlier, then the better grade."""
    known = [row for row in rows if row[column] is not None]
    return min(known, key=lambda row: (abs(row["year"] - year), row["year"], row["grade"]), default=None)


def years_away(facts: Facts, year: int) -> int:
    """How many years the nearest balance of the world lies from a year."""
    known = [row["year"] for row in facts.table("oil_years").rows if row["area"] == WORLD]
    return min((abs(one - year) for one in known), default=10_000)


def _balances(
    facts: Facts, nodes: tuple[str, ...], area: tuple[str, ...], makes: Bools, years: dict[str, AreaYear], year: int
) -> tuple[Floats, Floats, float]:
    """Production and demand of each zone; what the world has beyond the listed areas goes to the rest of the world."""
    world = years.pop(WORLD)
    # in a fixed order: sums of floats depend on it
    listed = sorted(set(area) & set(years))
    for key in set(years) - set(listed):
        del years[key]
    then = area_years(facts, world.production_year or year)
    rest = [getattr(world, name) - sum(getattr(then[key], name) for key in listed)
            for name in ("production_kbd", "demand_kbd")]  # fmt: skip
    years[REST] = AreaYear(REST, rest[0], rest[1], world.production_year, world.demand_year, world.rows)
    difference = sum(one.production_kbd - one.demand_kbd for one in years.values())
    years[REST] = AreaYear(REST, rest[0], rest[1] + difference, world.production_year, world.demand_year, world.rows)
    shares: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in facts.table("oil_zone_shares").rows:
        shares.setdefault((row["zone"], row["item"]), []).append(row)
    made, used = np.zeros(len(nodes)), np.zeros(len(nodes))
    for number, name in enumerate(nodes):
        if makes[number] and area[number] in years:
            for values, item in ((made, "production"), (used, "demand")):
                part = _nearest(shares.get((name, item), ()), "share", year)
                amount = getattr(years[area[number]], f"{item}_kbd")
                values[number] = amount * (1.0 if part is None else part["share"])
    return made, used, difference


def _ways(
    facts: Facts, points: tuple[OilPoint, ...], links: tuple[SeaLink, ...], at: Mapping[str, int],
    numbers: Mapping[str, float], year: int,
) -> tuple[tuple[Way, ...], Floats]:  # fmt: skip
    """All ways with their costs, and the capacity of each group."""
    flows: dict[str, list[Mapping[str, Any]]] = {}
    for row in facts.table("oil_flows").rows:
        flows.setdefault(row["point"], []).append(row)
    ways: list[Way] = []
    capacity: list[float] = []
    for point in points:
        if point.tail not in at or point.head not in at:
            continue
        told = _nearest(flows.get(point.id, ()), "flow_kbd", year)
        factor = numbers["overland_cost_share"] if point.kind == OVERLAND else 1.0
        usual = None if told is None else min(float(told["flow_kbd"]), point.capacity_kbd)
        cost = point.length_km * factor + (numbers["handling_km"] if point.kind in QUAYS else 0.0)
        ways.append(Way(point.id, at[point.tail], at[point.head], point.kind, len(capacity), point.length_km, cost,
                        usual, point, None))  # fmt: skip
        capacity.append(point.capacity_kbd)
    for link in links:
        cost = link.length_km * numbers["sea_cost_share"]
        for tail, head in ((link.tail, link.head), (link.head, link.tail)):
            ways.append(Way(link.id, at[tail], at[head], "sea", len(capacity), link.length_km, cost, None, None, link))
        capacity.append(link.capacity_kbd)
    return tuple(ways), np.array(capacity)


def added(areas: Iterable[str], values: Iterable[float]) -> dict[str, float]:
    """Amounts of zones added up by area; what lies at sea is left out.

    Examples
    --------
    >>> added(("RUS", "", "RUS"), (1.0, 5.0, 2.0))
    {'RUS': 3.0}
    """
    out: dict[str, float] = {}
    for area, value in zip(areas, values, strict=True):
        if area:
            out[area] = out.get(area, 0.0) + float(value)
    return out


def _trade(
    facts: Facts, area: tuple[str, ...], made: Floats, used: Floats, year: int, years: float
) -> tuple[tuple[Trade, ...], tuple[str, ...]]:
    """The trade of each area told for the nearest year, of what it must import now, and its rows.

    What is told is the share of an origin in the crude that was imported; here it is taken of crude and products, net.
    An origin that makes what it needs uses its own: it would else buy elsewhere to sell where trade is known.
    """
    lacks, needs = added(area, used - made), added(area, used)
    makers = {name for name, amount in zip(area, made, strict=True) if amount > 0}
    grouped: dict[str, list[Mapping[str, Any]]] = {}
    for row in facts.table("oil_trade").rows:
        if abs(row["year"] - year) <= years and lacks.get(row["area"], 0.0) > 0 and row["origin"] in makers:
            grouped.setdefault(row["area"], []).append(row)
    found, told = [], []
    for name, rows in sorted(grouped.items()):
        nearest = min((row["year"] for row in rows), key=lambda one: (abs(one - year), one))
        for one in rows:
            if one["year"] == nearest:
                found.append(Trade(name, one["origin"], one["share"] * lacks[name]))
                told.append(one["id"])
    found += [Trade(name, name, needs[name]) for name in sorted(makers) if lacks[name] <= 0.0 < needs[name]]
    return tuple(found), tuple(told)


def _permissions(
    ways: tuple[Way, ...], area: tuple[str, ...], nodes: tuple[str, ...], producers: list[str],
    barred: tuple[Refusal, ...], traded: set[str],
) -> tuple[tuple[frozenset[str], ...], Bools, Bools]:  # fmt: skip
    """Classes of origins with the same rights, and the rights of each on ways and in zones.

    Origins of known trade are classes of their own, so that their oil is told apart wherever it goes. A ban on ships
    bars the quays of an area; one on every mode, or a practice of buyers, bars use there, not transit.
    """
    on_way = np.ones((len(ways), len(producers)), dtype=bool)
    in_zone = np.ones((len(nodes), len(producers)), dtype=bool)
    for column, origin in enumerate(producers):
        for one in barred:
            if origin not in one.origins:
                continue
            everywhere = not one.modes or {"sea", "pipeline"} <= one.modes
            for number, name in enumerate(area):
                inside = (name in one.areas) is not one.only
                if everywhere and name and name != origin and inside:
                    in_zone[number, column] = False
            for number, way in enumerate(ways):
                if everywhere or area[way.head] not in one.areas or area[way.tail] == area[way.head]:
                    continue
                by_sea = way.kind == SEA_IMPORT
                if (by_sea and "sea" in one.modes) or (way.kind == "pipe" and "pipeline" in one.modes):
                    on_way[number, column] = False
        for number, way in enumerate(ways):
            rule, areas = ("", frozenset()) if way.point is None else way.point.origins
            if rule and (origin in areas) is not (rule == "only"):
                on_way[number, column] = False
    groups: dict[tuple[str, bytes], list[int]] = {}
    for column in range(len(producers)):
        alone = producers[column] if producers[column] in traded else ""
        rights = on_way[:, column].tobytes() + in_zone[:, column].tobytes()
        groups.setdefault((alone, rights), []).append(column)
    firsts = [columns[0] for columns in groups.values()]
    classes = tuple(frozenset(producers[column] for column in columns) for columns in groups.values())
    return classes, on_way[:, firsts], in_zone[:, firsts]


def _stocks(world: World) -> dict[str, tuple[float, str]]:
    """The stock of each area told nearest to the day [10^6 barrels], and its row."""
    grouped: dict[str, list[Mapping[str, Any]]] = {}
    for row in world.facts.table("oil_stocks").rows:
        grouped.setdefault(row["area"], []).append(row)
    out = {}
    for area, rows in grouped.items():
        told = min(rows, key=lambda one: (abs((one["as_of"].first - world.day).days), one["id"]))
        out[area] = (float(told["stock_mb"]), str(told["id"]))
    return out
