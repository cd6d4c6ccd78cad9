"""The linear program of a gas system: one column for each thing that can move in a period, one row for each balance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt

from landbridge.energy.demand import TIERS
from landbridge.energy.system import System

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
GAP_TIMES: Final = 10.0
"""Gas from nowhere costs this many times the harm of the most protected tier: only what balances in no other way."""
NEAR: Final = 1e-3
"""By how much costs that are one in kind differ, of their size, by name and period."""
SWITCHED: Final = (1, 2)
"""Tiers that another fuel can serve: power and industry."""


@dataclass(frozen=True, slots=True)
class Program:
    """Columns and rows of a program: minimise cost x, with low <= x <= high and row_low <= A x <= row_high.

    Attributes
    ----------
    blocks
        For each kind of column, its indexes in the shape of what it stands for, such as [points, periods]; -1 for none.
    row, col, value
        The matrix by its entries.
    balance
        The row of the balance of each zone and period [zones, periods].
    short_rows
        For each area, the row of its shortage over the horizon less its demand times the column "even" [areas; bcm];
        free unless a sharing binds it.
    pass_rows
        For each area and period, the row of what leaves it by pipe less the share of what comes in that it usually
        passes on; free unless a sharing binds it [areas, periods].
    """

    system: System
    cost: Floats
    low: Floats
    high: Floats
    row: Ints
    col: Ints
    value: Floats
    row_low: Floats
    row_high: Floats
    blocks: dict[str, Ints]
    balance: Ints
    short_areas: tuple[str, ...]
    short_rows: Ints
    short_demand_bcm: Floats
    pass_rows: Ints


@dataclass(slots=True)
class _Sheet:
    """Columns and rows while they are written."""

    cost: list[Floats] = field(default_factory=list)
    low: list[Floats] = field(default_factory=list)
    high: list[Floats] = field(default_factory=list)
    row: list[Ints] = field(default_factory=list)
    col: list[Ints] = field(default_factory=list)
    value: list[Floats] = field(default_factory=list)
    row_low: list[Floats] = field(default_factory=list)
    row_high: list[Floats] = field(default_factory=list)
    columns: int = 0
    rows: int = 0

    def add(self, low: Floats | float, high: Floats, cost: Floats | float) -> Ints:
        """Columns in the shape of `high`; their indexes."""
        shape = high.shape
        count = int(np.prod(shape))
        self.low.append(np.array(np.broadcast_to(low, shape), dtype=float).ravel())
        self.high.append(np.array(high, dtype=float).ravel())
        self.cost.append(np.array(np.broadcast_to(cost, shape), dtype=float).ravel())
        found = np.arange(self.columns, self.columns + count, dtype=np.int64).reshape(shape)
        self.columns += count
        return found

    def bind(self, low: Floats | float, high: Floats | float, shape: tuple[int, ...]) -> Ints:
        """Rows in a shape; their indexes."""
        count = int(np.prod(shape))
        self.row_low.append(np.array(np.broadcast_to(low, shape), dtype=float).ravel())
        self.row_high.append(np.array(np.broadcast_to(high, shape), dtype=float).ravel())
        found = np.arange(self.rows, self.rows + count, dtype=np.int64).reshape(shape)
        self.rows += count
        return found

    def put(self, rows: Ints, cols: Ints, value: Floats | float) -> None:
        """Entries of the matrix, for rows and columns of one shape."""
        self.row.append(np.asarray(rows).ravel())
        self.col.append(np.asarray(cols).ravel())
        self.value.append(np.broadcast_to(np.asarray(value, dtype=float), np.shape(rows)).ravel())


def make_program(system: System) -> Program:
    """The program of a system.

    Notes
    -----
    Flow at a point is the usual flow plus what goes up and minus what goes down, each at a cost: the program stays near
    the usual flows, which keeps its flows unique and its answers near what contracts would bring about. Costs are in
    million USD (USD per 1000 m3 times bcm).

    Examples
    --------
    >>> from datetime import date
    >>> from landbridge.energy.horizon import make_horizon
    >>> from landbridge.energy.system import make_system
    >>> from landbridge.world import World
    >>> system = make_system(World.at("2009-01-01"), make_horizon(date(2009, 1, 1), date(2009, 1, 3)))
    >>> make_program(system).balance.shape == (len(system.zones), 3)
    True
    """
    sheet, n = _Sheet(), system.numbers
    days = system.days
    zones, periods = len(system.zones), len(days)
    blocks: dict[str, Ints] = {}
    per_day = days / 1000
    # every cost differs a little by its own name and by the period, so that one solution is the best
    tick = 1 + NEAR * np.cumsum(days) / days.sum()
    zone_own = own_share(system.zones)[:, None]
    usual, room = system.usual_mcmd, system.capacity_mcmd - system.usual_mcmd
    # haul breaks ties between ways; going up costs it too, going down spares it
    # haul breaks ties between ways; going up costs it too, going down spares it
    haul = n["haul_usd_kcm"] * own_share(system.points)
    change = n["change_usd_kcm"] * (1 + NEAR * own_share(system.points))
    blocks["up"] = sheet.add(0.0, np.maximum(room, 0.0), (change + haul)[:, None] * per_day * tick)
    blocks["down"] = sheet.add(0.0, usual.copy(), (change - haul)[:, None] * per_day * tick)
    made = system.production
    field = n["change_usd_kcm"] / 2 * (1 + 0.1 * zone_own) * per_day * tick
    blocks["more"] = sheet.add(0.0, np.maximum(made.most_mcmd - made.usual_mcmd, 0.0), field)
    shut_in = n["shut_in_usd_kcm"] * (1 + NEAR * zone_own) * per_day * tick
    blocks["less"] = sheet.add(0.0, made.usual_mcmd.copy(), shut_in)
    shed = np.array([n[f"shed_{tier}_usd_kcm"] for tier in TIERS])
    asked = system.demand.mcmd.copy()
    asked[:, TIERS.index("industry")] += system.demand.own_mcmd
    # equal harm is borne later, so that gas in pipes and stores is used first and the days of a shortage are told once
    later = 1 + NEAR * (1 - np.cumsum(days) / days.sum() + zone_own)
    blocks["short"] = sheet.add(0.0, asked, shed[None, :, None] * (per_day * later)[:, None, :])
    able = system.demand.mcmd * system.demand.switching[:, :, None]
    blocks["switch"] = sheet.add(0.0, able[:, SWITCHED], (n["switch_usd_kcm"] * per_day * later)[:, None, :])
    blocks["gap"] = sheet.add(0.0, np.full((zones, periods), np.inf), GAP_TIMES * shed[0] * per_day)
    balance = _balance(system, sheet, blocks, asked)
    _served(system, sheet, blocks, asked)
    _stores(system, sheet, blocks, balance)
    _lng(system, sheet, blocks)
    _linepack(system, sheet, blocks, balance)
    _ceilings(system, sheet, blocks)
    _bindings(system, sheet, blocks)
    blocks["even"] = sheet.add(0.0, np.ones(1), 0.0)
    areas = tuple(dict.fromkeys(area for area in system.areas if area is not None))
    short_rows = sheet.bind(-np.inf, np.inf, (len(areas),))
    demand_bcm = np.zeros(len(areas))
    for a, area in enumerate(areas):
        mine = system.zones_of(area)
        cols = blocks["short"][mine]
        sheet.put(np.full(cols.shape, short_rows[a]), cols, np.broadcast_to(per_day, cols.shape))
        demand_bcm[a] = float((asked[mine].sum(axis=(0, 1)) * per_day).sum())
        # gas from nowhere is a shortage, so it is no way round a level
        gaps = blocks["gap"][mine]
        sheet.put(np.full(gaps.shape, short_rows[a]), gaps, np.broadcast_to(per_day, gaps.shape))
        sheet.put(short_rows[a : a + 1], blocks["even"], -demand_bcm[a])
    pass_rows = _passing(system, sheet, blocks, areas)
    return Program(
        system=system,
        cost=np.concatenate(sheet.cost),
        low=np.concatenate(sheet.low),
        high=np.concatenate(sheet.high),
        row=np.concatenate(sheet.row),
        col=np.concatenate(sheet.col),
        value=np.concatenate(sheet.value),
        row_low=np.concatenate(sheet.row_low),
        row_high=np.concatenate(sheet.row_high),
        blocks=blocks,
        balance=balance,
        short_areas=areas,
        short_rows=short_rows,
        short_demand_bcm=demand_bcm,
        pass_rows=pass_rows,
    )


def _passing(system: System, sheet: _Sheet, blocks: dict[str, Ints], areas: tuple[str, ...]) -> Ints:
    """Rows of what an area passes on: what leaves it by pipe, less the usual share of what comes in."""
    leaves, enters = borders(system, areas)
    before = system.before_mcmd
    share = passed_on(
        np.array([before[ps].sum(axis=0) for ps in leaves]), np.array([before[ps].sum(axis=0) for ps in enters])
    )
    rows = sheet.bind(-np.inf, np.inf, share.shape)
    for a in range(len(areas)):
        for p in leaves[a]:
            _flow(sheet, blocks, rows[a], p, 1.0)
        for p in enters[a]:
            _flow(sheet, blocks, rows[a], p, -share[a])
    return rows


def own_share(names: Sequence[str]) -> Floats:
    """A number between 0 and 1 for each name, the same on every machine.

    Examples
    --------
    >>> own_share(["nord-stream-1", "uzhhorod-ukr-svk"]).round(3).tolist()
    [0.151, 0.823]
    """
    return np.array([int.from_bytes(blake2b(name.encode(), digest_size=4).digest(), "big") / 2**32 for name in names])


def borders(system: System, areas: tuple[str, ...]) -> tuple[list[list[int]], list[list[int]]]:
    """For each area, the points by which gas leaves it and enters it over a border by pipe."""
    leaves: dict[str, list[int]] = {area: [] for area in areas}
    enters: dict[str, list[int]] = {area: [] for area in areas}
    for p, (tail, head, kind) in enumerate(zip(system.tails, system.heads, system.kinds, strict=True)):
        if kind.startswith("lng") or tail < 0 or head < 0 or system.areas[tail] == system.areas[head]:
            continue
        for side, z in ((leaves, tail), (enters, head)):
            name = system.areas[z]
            if name is not None:
                side[name].append(p)
    return [leaves[area] for area in areas], [enters[area] for area in areas]


def passed_on(out: Floats, into: Floats) -> Floats:
    """The share of what comes in that is passed on; at most all of it."""
    share: Floats = np.minimum(np.divide(out, into, out=np.zeros_like(out), where=into > 1e-9), 1.0)
    return share


def _balance(system: System, sheet: _Sheet, blocks: dict[str, Ints], asked: Floats) -> Ints:
    """In each zone and period: made and brought in, less sent out, plus short and switched, is what is asked for."""
    target = asked.sum(axis=1) - system.production.usual_mcmd
    for p, (tail, head) in enumerate(zip(system.tails, system.heads, strict=True)):
        for zone, sign in ((int(head), 1.0), (int(tail), -1.0)):
            if zone >= 0:
                target[zone] -= sign * system.usual_mcmd[p]
    balance = sheet.bind(target, target, target.shape)
    for p, (tail, head) in enumerate(zip(system.tails, system.heads, strict=True)):
        for zone, sign in ((int(head), 1.0), (int(tail), -1.0)):
            if zone >= 0:
                _flow(sheet, blocks, balance[zone], p, sign)
    sheet.put(balance, blocks["more"], 1.0)
    sheet.put(balance, blocks["less"], -1.0)
    sheet.put(balance, blocks["gap"], 1.0)
    for k in range(len(TIERS)):
        sheet.put(balance, blocks["short"][:, k], 1.0)
    for k in range(len(SWITCHED)):
        sheet.put(balance, blocks["switch"][:, k], 1.0)
    return balance


def _served(system: System, sheet: _Sheet, blocks: dict[str, Ints], asked: Floats) -> None:
    """What is short and what is switched of a tier is at most what it asks for."""
    for s, k in enumerate(SWITCHED):
        some = np.flatnonzero((asked[:, k] > 0).any(axis=1) & (system.demand.switching[:, k] > 0))
        rows = sheet.bind(-np.inf, asked[some, k], (len(some), asked.shape[2]))
        sheet.put(rows, blocks["short"][some, k], 1.0)
        sheet.put(rows, blocks["switch"][some, s], 1.0)


def _stores(system: System, sheet: _Sheet, blocks: dict[str, Ints], balance: Ints) -> None:
    """Gas in store at the end of each period; withdrawal falls with what is left."""
    held, days, n = system.stores, system.days, system.numbers
    shape = (len(held), len(days))
    per_day = days / 1000
    out = np.repeat(np.array([one.withdrawal_mcmd for one in held])[:, None], shape[1], axis=1).reshape(shape)
    back = np.repeat(np.array([one.injection_mcmd for one in held])[:, None], shape[1], axis=1).reshape(shape)
    full = np.repeat(np.array([one.working_bcm for one in held])[:, None], shape[1], axis=1).reshape(shape)
    floor = np.repeat(np.array([one.strategic_bcm for one in held])[:, None], shape[1], axis=1).reshape(shape)
    tick = 1 + NEAR * np.cumsum(days) / days.sum()
    move = n["store_move_usd_kcm"] * (1 + 0.1 * own_share([one.area for one in held]))[:, None] * per_day * tick
    blocks["out"] = sheet.add(0.0, out, move)
    blocks["back"] = sheet.add(0.0, back, move)
    blocks["held"] = sheet.add(np.minimum(floor, full), full, 0.0)
    # what is missing at the end against what is usual on that day
    usual = np.array([one.usual_end_bcm for one in held])
    kept = np.maximum(usual, 0.0) * n["reserve_share"]
    blocks["missing"] = sheet.add(0.0, np.maximum(usual, 0.0) - kept, n["stored_usd_kcm"])
    blocks["missing_last"] = sheet.add(0.0, kept, n["reserve_usd_kcm"])
    start = np.array([one.start_bcm for one in held])
    first = np.zeros(shape)
    first[:, 0] = start
    level = sheet.bind(first, first, shape)
    sheet.put(level, blocks["held"], 1.0)
    sheet.put(level, blocks["out"], np.broadcast_to(per_day, shape))
    sheet.put(level, blocks["back"], -np.broadcast_to(per_day, shape))
    sheet.put(level[:, 1:], blocks["held"][:, :-1], -1.0)
    end = sheet.bind(usual, np.inf, (len(held),))
    sheet.put(end, blocks["held"][:, -1], 1.0)
    sheet.put(end, blocks["missing"], 1.0)
    sheet.put(end, blocks["missing_last"], 1.0)
    for s, one in enumerate(held):
        sheet.put(balance[one.zone], blocks["out"][s], 1.0)
        sheet.put(balance[one.zone], blocks["back"][s], -1.0)
        for rate, slope in one.curve:
            # withdrawal <= rate + slope * mean of the stock at both ends of the period
            most = np.full(len(days), rate)
            most[0] += slope * one.start_bcm / 2
            rows = sheet.bind(-np.inf, most, (len(days),))
            sheet.put(rows, blocks["out"][s], 1.0)
            sheet.put(rows, blocks["held"][s], -slope / 2)
            sheet.put(rows[1:], blocks["held"][s, :-1], -slope / 2)


def _lng(system: System, sheet: _Sheet, blocks: dict[str, Ints]) -> None:
    """What an importer's terminals take in is what is firm and what it draws from the pool; the pool is finite."""
    market, n = system.lng, system.numbers
    per_day = system.days / 1000
    terminals = np.array(
        [system.capacity_mcmd[terminals_of(system, name)].sum(axis=0) for name in market.importers]
    ).reshape(len(market.importers), len(per_day))
    most = np.minimum(np.maximum(terminals - market.usual_pool_mcmd, 0.0), market.more_mcmd)
    bid = n["outbid_usd_kcm"] * (1 + NEAR * own_share(market.importers))[:, None] * per_day
    blocks["draw"] = sheet.add(0.0, most, bid)
    blocks["yield"] = sheet.add(0.0, market.usual_pool_mcmd.copy(), NEAR * bid)
    arriving = market.firm_mcmd + market.usual_pool_mcmd
    for i, name in enumerate(market.importers):
        arriving[i] -= system.usual_mcmd[terminals_of(system, name)].sum(axis=0)
    rows = sheet.bind(-np.inf, arriving, most.shape)
    for i, name in enumerate(market.importers):
        for p in terminals_of(system, name):
            _flow(sheet, blocks, rows[i], p, 1.0)
        sheet.put(rows[i], blocks["draw"][i], -1.0)
        sheet.put(rows[i], blocks["yield"][i], 1.0)
    spare = market.pool_mcmd - market.usual_pool_mcmd.sum(axis=0)
    plants = [p for p, kind in enumerate(system.kinds) if kind == "lng-export" and system.tails[p] >= 0]
    # what a plant loads less than the market counts on is missing in the pool, and what it loads more is there
    spare = spare + (system.usual_mcmd[plants] - system.loaded_mcmd[plants]).sum(axis=0)
    pool = sheet.bind(-np.inf, spare, (len(per_day),))
    for i in range(len(market.importers)):
        sheet.put(pool, blocks["draw"][i], 1.0)
        sheet.put(pool, blocks["yield"][i], -1.0)
    for p in plants:
        _flow(sheet, blocks, pool, p, -1.0)


def terminals_of(system: System, name: str) -> list[int]:
    """The terminals of an importer."""
    found = []
    for p, kind in enumerate(system.kinds):
        if kind == "lng-import":
            z = int(system.heads[p])
            if (system.areas[z] or system.zones[z]) == name:
                found.append(p)
    return found


def _linepack(system: System, sheet: _Sheet, blocks: dict[str, Ints], balance: Ints) -> None:
    """Gas in the pipes bridges a few days: it can be drawn, and is filled up again when there is room."""
    if system.horizon.step != "day":
        blocks["pack"] = np.zeros((len(system.zones), 0), dtype=np.int64)
        return
    n, days = system.numbers, system.days
    mean = (system.demand.mcmd.sum(axis=1) + system.demand.own_mcmd).mean(axis=1)
    shape = balance.shape
    limit = np.repeat((mean * n["linepack_days"])[:, None], shape[1], axis=1)
    # what has been drawn so far [million m3]; nothing before the first day
    cost = np.zeros(len(days))
    cost[-1] = n["store_move_usd_kcm"] / 1000
    blocks["pack"] = sheet.add(0.0, limit, cost)
    sheet.put(balance, blocks["pack"], 1.0 / np.broadcast_to(days, shape))
    sheet.put(balance[:, 1:], blocks["pack"][:, :-1], -1.0 / np.broadcast_to(days[1:], balance[:, 1:].shape))


def _ceilings(system: System, sheet: _Sheet, blocks: dict[str, Ints]) -> None:
    """What a zone makes over the horizon is at most what a year can bring."""
    made, days = system.production, system.days
    usual = made.usual_mcmd @ days / 1000
    some = np.flatnonzero((made.most_mcmd @ days / 1000 > made.most_bcm + 1e-9) & (usual > 0))
    rows = sheet.bind(-np.inf, made.most_bcm[some] - usual[some], (len(some),))
    for r, z in enumerate(some):
        sheet.put(np.full(len(days), rows[r]), blocks["more"][z], days / 1000)
        sheet.put(np.full(len(days), rows[r]), blocks["less"][z], -days / 1000)


def _bindings(system: System, sheet: _Sheet, blocks: dict[str, Ints]) -> None:
    """Swaps, virtual reverse flow, and what must be taken or paid."""
    days, n = system.days, system.numbers
    usual = system.usual_mcmd
    for p, against in system.mirrors:
        forward = usual[list(against)].sum(axis=0) if against else np.zeros(len(days))
        rows = sheet.bind(-np.inf, forward - usual[p], (len(days),))
        _flow(sheet, blocks, rows, p, 1.0)
        for q in against:
            _flow(sheet, blocks, rows, q, -1.0)
    for swap in system.swaps:
        held = np.flatnonzero(swap.holds)
        if swap.kind == "electricity":
            for p in swap.ins:
                z = int(system.heads[p])
                power = system.demand.mcmd[z, TIERS.index("power")]
                rows = sheet.bind(-np.inf, (power - usual[p])[held], (len(held),))
                _flow(sheet, blocks, rows, p, 1.0, held)
                sheet.put(rows, blocks["short"][z, TIERS.index("power"), held], 1.0)
                sheet.put(rows, blocks["switch"][z, SWITCHED.index(TIERS.index("power")), held], 1.0)
            continue
        sent = usual[list(swap.outs)].sum(axis=0)
        given = usual[list(swap.ins)].sum(axis=0) if swap.ins else np.zeros(len(days))
        rows = sheet.bind(-np.inf, (swap.free_mcmd + swap.ratio * given - sent)[held], (len(held),))
        for p in swap.outs:
            _flow(sheet, blocks, rows, p, 1.0, held)
        for p in swap.ins:
            _flow(sheet, blocks, rows, p, -swap.ratio, held)
        if np.isfinite(swap.cap_mcmd).all():
            caps = sheet.bind(-np.inf, (swap.free_mcmd + swap.cap_mcmd - sent)[held], (len(held),))
            for p in swap.outs:
                _flow(sheet, blocks, caps, p, 1.0, held)
    owed = np.array([duty.bcm for duty in system.duties])
    blocks["untaken"] = sheet.add(0.0, owed, np.array([n[duty.cost] for duty in system.duties]))
    taken = np.array([float((usual[list(duty.points)].sum(axis=0) * days).sum()) / 1000 for duty in system.duties])
    rows = sheet.bind(owed - taken, np.inf, (len(owed),))
    for d, duty in enumerate(system.duties):
        for p in duty.points:
            line = np.full(len(days), rows[d])
            _flow(sheet, blocks, line, p, days / 1000)
        sheet.put(rows[d : d + 1], blocks["untaken"][d : d + 1], 1.0)


def _flow(
    sheet: _Sheet, blocks: dict[str, Ints], rows: Ints, p: int, factor: Floats | float, periods: Ints | None = None
) -> None:
    """The flow at a point, beyond its usual flow, in rows."""
    chosen = slice(None) if periods is None else periods
    sheet.put(rows, blocks["up"][p, chosen], factor)
    sheet.put(rows, blocks["down"][p, chosen], -factor)
