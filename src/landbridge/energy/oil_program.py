"""The linear program of oil: the least shortage, then who bears it, then the shortest haul near known flows and trade.

Columns: oil of each class on each way, oil made in each zone, oil of each class used there, shortage of each zone,
flow above and below the last known one at each point that has one, oil of an origin above and below the last known
trade. Everything a zone makes is of the class of its area.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from landbridge.energy.oil_system import OilSystem, added
from landbridge.energy.solver import Matrix, Solved, solve

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Sharing = Literal["national", "equal", "least-cost"]
SHARINGS: Final[tuple[Sharing, ...]] = ("national", "equal", "least-cost")
TINY: Final = 1e-6
"""Less than this [kb/d] is nothing."""
TIE: Final = 1e-3
"""Costs differ by up to this share by way and class, so that no two plans cost the same."""
STEPS: Final = 60
OWN_FIRST: Final = 10.0
"""How much more it weighs to leave own oil unused in an area that lacks oil than to leave a known flow or trade."""


@dataclass(frozen=True, slots=True, eq=False)
class OilRun:
    """A solution [kb/d].

    Attributes
    ----------
    flow
        On each way of each class [ways, classes].
    made, used, short
        In each zone: made [nodes], used by class [nodes, classes], short [nodes].
    """

    flow: Floats
    made: Floats
    used: Floats
    short: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """The rows and columns of a system; only costs, bounds and extra rows differ between the stages."""

    system: OilSystem
    high: Floats
    equal: Matrix
    equal_to: Floats
    below: Matrix
    at_most: Floats
    first_made: int
    first_used: int
    first_short: int
    first_off: int
    first_trade: int
    makers: Ints
    users: Ints
    watched: Ints
    bounded: Ints

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.high)

    @property
    def short_columns(self) -> Ints:
        """Columns of the shortage of each using zone."""
        return self.first_short + np.arange(len(self.users))


def make_program(system: OilSystem) -> Program:
    """The program of a system.

    Examples
    --------
    >>> from landbridge.energy.oil_system import make_system
    >>> from landbridge.world import World
    >>> make_program(make_system(World.at("2023-06-01"))).columns > 500
    True
    """
    ways, classes, nodes = len(system.ways), len(system.classes), len(system.nodes)
    makers = np.flatnonzero(system.production > 0)
    users = np.flatnonzero(system.demand > 0)
    watched = np.array([n for n, way in enumerate(system.ways) if way.usual_kbd is not None], dtype=np.int64)
    bounded = np.flatnonzero(np.isfinite(system.capacity))
    first_made = ways * classes
    first_used = first_made + len(makers)
    first_short = first_used + len(users) * classes
    first_off = first_short + len(users)
    first_trade = first_off + 2 * len(watched)
    columns = first_trade + 2 * len(system.trade)
    high = np.full(columns, np.inf)
    high[:first_made] = np.where(system.allowed_way.ravel(), np.inf, 0.0)
    high[first_made:first_used] = system.production[makers]
    high[first_used:first_short] = np.where(system.allowed_supply[users].ravel(), np.inf, 0.0)
    high[first_short:first_off] = system.demand[users]
    tails = np.array([way.tail for way in system.ways])
    heads = np.array([way.head for way in system.ways])
    kinds = np.tile(np.arange(classes), ways)
    flows = np.arange(first_made)
    row = [np.repeat(heads, classes) * classes + kinds, np.repeat(tails, classes) * classes + kinds]
    column, value = [flows, flows], [np.ones(first_made), -np.ones(first_made)]
    of_maker = np.array([system.class_of_area[system.zone_area[n]] for n in makers], dtype=np.int64)
    row.append(makers * classes + of_maker)
    column.append(first_made + np.arange(len(makers)))
    value.append(np.ones(len(makers)))
    used = first_used + np.arange(len(users) * classes)
    row.append(np.repeat(users, classes) * classes + np.tile(np.arange(classes), len(users)))
    column.append(used)
    value.append(-np.ones(len(used)))
    # what is used and what is short make up the demand
    base = nodes * classes
    row += [base + np.repeat(np.arange(len(users)), classes), base + np.arange(len(users))]
    column += [used, first_short + np.arange(len(users))]
    value += [np.ones(len(used)), np.ones(len(users))]
    # flow less above plus below is the last known flow
    base += len(users)
    on = watched[:, None] * classes + np.arange(classes)
    row += [base + np.repeat(np.arange(len(watched)), classes), *[base + np.arange(len(watched))] * 2]
    column += [on.ravel(), first_off + np.arange(len(watched)), first_off + len(watched) + np.arange(len(watched))]
    value += [np.ones(on.size), -np.ones(len(watched)), np.ones(len(watched))]
    base += len(watched)
    usual = [system.ways[n].usual_kbd or 0.0 for n in watched]
    # oil of an origin used in an area less above plus below is the last known trade
    for number, one in enumerate(system.trade):
        inside = [place for place, node in enumerate(users) if system.zone_area[node] == one.area]
        used_of = first_used + np.array(inside, dtype=np.int64) * classes + system.class_of_area[one.origin]
        above, under = first_trade + number, first_trade + len(system.trade) + number
        row.append(np.full(len(inside) + 2, base + number))
        column.append(np.concatenate([used_of, [above, under]]))
        value.append(np.concatenate([np.ones(len(inside)), [-1.0, 1.0]]))
    base += len(system.trade)
    equal = Matrix(np.concatenate(row), np.concatenate(column), np.concatenate(value), base)
    equal_to = np.concatenate(
        [np.zeros(nodes * classes), system.demand[users], np.array(usual), np.array([one.kbd for one in system.trade])]
    )
    place = {int(group): number for number, group in enumerate(bounded)}
    within = [(place[way.group], n) for n, way in enumerate(system.ways) if way.group in place]
    at = np.array([one for one, _ in within], dtype=np.int64)
    which = np.array([one for _, one in within], dtype=np.int64)
    below = Matrix(
        np.repeat(at, classes), (which[:, None] * classes + np.arange(classes)).ravel(), np.ones(len(at) * classes),
        len(bounded),
    )  # fmt: skip
    return Program(
        system, high, equal, equal_to, below, system.capacity[bounded], first_made, first_used, first_short, first_off,
        first_trade, makers, users, watched, bounded,
    )  # fmt: skip


def least_shortage(program: Program) -> Solved:
    """The least shortage of the world together [kb/d], with prices."""
    cost = np.zeros(program.columns)
    cost[program.short_columns] = 1.0
    return solve(cost, program.high, program.equal, program.equal_to, program.below, program.at_most)


def run(program: Program, sharing: Sharing = "national", least: Solved | None = None) -> OilRun:
    """Solve all stages.

    Parameters
    ----------
    sharing
        national: each area keeps what it makes, the others go short by one share of what they must import;
        equal: all go short by one share of demand; least-cost: whoever is far goes short.
        Of all plans with the least shortage; the largest share is made least, then the next (lexicographic).
    least
        The answer of `least_shortage`, when it is at hand.

    Examples
    --------
    >>> from landbridge.energy.oil_system import make_system
    >>> from landbridge.world import World
    >>> program = make_program(make_system(World.at("2023-06-01").apply("hormuz-closed")))
    >>> bool(run(program).short.sum() > 5000)
    True
    """
    least = least_shortage(program) if least is None else least
    high, total = program.high.copy(), least.objective
    extra: tuple[Matrix, Floats] = (_rows(np.zeros(0, int), np.zeros(0, int), np.zeros(0), 0), np.zeros(0))
    if total <= TINY:
        high[program.short_columns] = TINY * 1e-3
    elif sharing == "least-cost":
        columns = program.short_columns
        extra = (_rows(np.zeros(len(columns), int), columns, np.ones(len(columns)), 1), np.array([total + TINY]))
    else:
        high[program.short_columns] = _shared(program, sharing, total) + TINY
    below, at_most = _joined(program.below, program.at_most, *extra)
    found = solve(_haul_cost(program), high, program.equal, program.equal_to, below, at_most)
    return _read(program, found.x)


def _haul_cost(program: Program) -> Floats:
    """Kilometres of haul, and the weight of leaving known flows and trade; ties broken by names of way and class."""
    system = program.system
    cost = np.zeros(program.columns)
    names = ["+".join(sorted(group)) for group in system.classes]
    for number, way in enumerate(system.ways):
        for column, name in enumerate(names):
            key = hashlib.blake2b(f"{way.id}|{way.tail}|{name}".encode(), digest_size=4).digest()
            tie = int.from_bytes(key, "big") / 2**32
            cost[number * len(names) + column] = (way.cost_km + 1.0) * (1.0 + TIE * tie)
    cost[program.first_off : program.first_trade] = system.pattern_weight_km
    cost[program.first_trade :] = system.trade_weight_km
    # an area that lacks oil makes all it can before it takes that of others
    demand, made = by_area(system, system.demand), by_area(system, system.production)
    for place, node in enumerate(program.makers):
        area = system.zone_area[node]
        if made[area] <= demand[area]:
            cost[program.first_made + place] = -OWN_FIRST * max(system.pattern_weight_km, system.trade_weight_km)
    return cost


def by_area(system: OilSystem, values: Floats) -> dict[str, float]:
    """Amounts of zones added up by area.

    Examples
    --------
    >>> from landbridge.energy.oil_system import make_system
    >>> from landbridge.world import World
    >>> system = make_system(World.at("2023-06-01"))
    >>> by_area(system, system.production)["SAU"] > 10000
    True
    """
    return added(system.zone_area, values)


def _weights(program: Program, sharing: Sharing) -> Floats:
    """What the share of shortage of each using zone is taken of [kb/d]."""
    system, users = program.system, program.users
    if sharing == "equal":
        return np.asarray(system.demand[users])
    demand, made = by_area(system, system.demand), by_area(system, system.production)
    lacks = [
        max(demand[system.zone_area[n]] - made[system.zone_area[n]], 0.0) / demand[system.zone_area[n]] for n in users
    ]
    return np.asarray(system.demand[users] * np.array(lacks))


def _kept_whole(program: Program, weights: Floats, total: float) -> Floats:
    """The shortage of zones that should bear none, as little as can be; not a number for the others."""
    fixed = np.full(len(program.users), np.nan)
    whole = weights <= TINY
    if whole.any():
        columns = program.short_columns
        cost = np.zeros(program.columns)
        cost[columns[whole]] = 1.0
        below, at_most = _joined(
            program.below, program.at_most, _rows(np.zeros(len(columns), int), columns, np.ones(len(columns)), 1),
            np.array([total + TINY]),
        )  # fmt: skip
        found = solve(cost, program.high, program.equal, program.equal_to, below, at_most)
        fixed[whole] = found.x[columns[whole]]
    return fixed


def _shared(program: Program, sharing: Sharing, total: float) -> Floats:
    """The shortage of each using zone when the largest share is made least, then the next, and so on."""
    users, weights = len(program.users), _weights(program, sharing)
    fixed = _kept_whole(program, weights, total)
    share = program.columns
    cost = np.append(np.zeros(program.columns), 1.0)
    for _ in range(STEPS):
        free = np.flatnonzero(np.isnan(fixed))
        high = np.append(program.high, np.inf)
        held = ~np.isnan(fixed)
        high[program.short_columns[held]] = fixed[held] + TINY * 1e-2
        columns = program.short_columns
        # each free zone's shortage is at most its weight times the share; all together they bear the total
        rows = np.concatenate([np.arange(len(free)), np.arange(len(free)), np.full(users, len(free))])
        at = np.concatenate([columns[free], np.full(len(free), share), columns])
        value = np.concatenate([np.ones(len(free)), -weights[free], np.ones(users)])
        below, at_most = _joined(
            program.below, program.at_most, _rows(rows, at, value, len(free) + 1),
            np.append(np.zeros(len(free)), total + TINY),
        )  # fmt: skip
        found = solve(cost, high, program.equal, program.equal_to, below, at_most)
        price = found.price_below[program.below.rows : program.below.rows + len(free)]
        bound = free[price < -1e-9]
        if found.objective <= 1e-9 or not len(bound):
            return np.where(
                np.isnan(fixed),
                np.minimum(weights * max(found.objective, 0.0), program.system.demand[program.users]),
                fixed,
            )
        fixed[bound] = np.minimum(weights[bound] * found.objective, program.system.demand[program.users][bound])
        if not np.isnan(fixed).any():
            break
    return np.where(np.isnan(fixed), program.system.demand[program.users], fixed)


def _rows(row: Ints, column: Ints, value: Floats, rows: int) -> Matrix:
    return Matrix(
        np.asarray(row, dtype=np.int64), np.asarray(column, dtype=np.int64), np.asarray(value, dtype=float), rows
    )


def _joined(first: Matrix, first_at: Floats, second: Matrix, second_at: Floats) -> tuple[Matrix, Floats]:
    """Two sets of rows, one under the other."""
    matrix = Matrix(
        np.concatenate([first.row, second.row + first.rows]),
        np.concatenate([first.column, second.column]),
        np.concatenate([first.value, second.value]),
        first.rows + second.rows,
    )
    return matrix, np.concatenate([first_at, second_at])


def _read(program: Program, x: Floats) -> OilRun:
    """The solution by what it means; amounts below the tolerance of the solver are nothing."""
    system = program.system
    classes, nodes = len(system.classes), len(system.nodes)
    x = np.where(np.abs(x) < TINY, 0.0, x)
    made, used, short = np.zeros(nodes), np.zeros((nodes, classes)), np.zeros(nodes)
    made[program.makers] = x[program.first_made : program.first_used]
    used[program.users] = x[program.first_used : program.first_short].reshape(-1, classes)
    short[program.users] = np.maximum(system.demand[program.users] - used[program.users].sum(axis=1), 0.0)
    short[short < TINY * 10] = 0.0
    return OilRun(x[: program.first_made].reshape(-1, classes), made, used, short)
