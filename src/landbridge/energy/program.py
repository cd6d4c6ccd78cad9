"""The linear program of a gas system: one column for each thing that can move in a period, one row for each balance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from landbridge.energy.bindings import SWITCHED, put_bindings, put_ceilings, put_served
from landbridge.energy.demand import TIERS
from landbridge.energy.holding import put_linepack, put_stores, put_tanks
from landbridge.energy.sheet import NEAR, Blocks, Floats, Ints, Sheet, own_share, put_flow
from landbridge.energy.system import System

GAP_TIMES: Final = 10.0
"""Gas from nowhere costs this many times the harm of the most protected tier: only what balances in no other way."""
ROUNDING: Final = 1e-8
"""What rounding may leave of a balance of nothing [million m3 a day]."""


@dataclass(frozen=True, slots=True)
class Borders:
    """What crosses the borders of areas by pipe.

    Attributes
    ----------
    leaves, enters
        For each area, the points by which gas leaves it and enters it.
    out_mcmd, into_mcmd
        What left and entered before [areas, periods].
    share
        The share of what comes in that is passed on; at most all of it [areas, periods].
    """

    leaves: list[list[int]]
    enters: list[list[int]]
    out_mcmd: Floats
    into_mcmd: Floats
    share: Floats


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
        passes on, less what it sends to others out of stores that they lease; free unless a sharing binds it
        [areas, periods].
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
    blocks: Blocks
    balance: Ints
    short_areas: tuple[str, ...]
    short_rows: Ints
    short_demand_bcm: Floats
    borders: Borders
    pass_rows: Ints


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
    sheet, n = Sheet(), system.numbers
    days = system.days
    periods = len(days)
    blocks: Blocks = {}
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
    loose = made.loose_share[:, None]
    blocks["less"] = sheet.add(0.0, made.usual_mcmd * loose, shut_in)
    # beyond the error of the figures of a replay a field gave what is told: that binds as a contract does
    blocks["far"] = sheet.add(0.0, made.usual_mcmd * (1 - loose), n["untaken_usd_kcm"] / n["shut_in_usd_kcm"] * shut_in)
    shed = np.array([n[f"shed_{tier}_usd_kcm"] for tier in TIERS])
    asked = system.demand.mcmd.copy()
    asked[:, TIERS.index("industry")] += system.demand.own_mcmd
    # equal harm is borne later, so that gas in pipes and stores is used first and the days of a shortage are told once
    later = 1 + NEAR * (1 - np.cumsum(days) / days.sum() + zone_own)
    blocks["short"] = sheet.add(0.0, asked, shed[None, :, None] * (per_day * later)[:, None, :])
    able = system.demand.mcmd * system.demand.switching[:, :, None]
    blocks["switch"] = sheet.add(0.0, able[:, SWITCHED], (n["switch_usd_kcm"] * per_day * later)[:, None, :])
    # lines of transit alone may stand empty, so nothing ever lacks in them but what rounding leaves
    nowhere = np.where(asked.sum(axis=(1, 2)) > 0, np.inf, ROUNDING)
    blocks["gap"] = sheet.add(0.0, np.repeat(nowhere[:, None], periods, axis=1), GAP_TIMES * shed[0] * per_day)
    balance = _balance(system, sheet, blocks, asked)
    put_served(system, sheet, blocks, asked)
    put_stores(system, sheet, blocks, balance)
    _lng(system, sheet, blocks)
    put_linepack(system, sheet, blocks, balance)
    put_ceilings(system, sheet, blocks)
    put_bindings(system, sheet, blocks)
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
    crossed = borders(system, areas)
    pass_rows = _passing(system, sheet, blocks, areas, crossed)
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
        borders=crossed,
        pass_rows=pass_rows,
    )


def _passing(system: System, sheet: Sheet, blocks: Blocks, areas: tuple[str, ...], crossed: Borders) -> Ints:
    """Rows of what an area passes on: what leaves it by pipe, less the usual share of what comes in.

    Gas that others hold in stores here is theirs: what is sent to them leaves besides, passes whole through the areas
    on its way, and is not passed on by its owner.
    """
    rows = sheet.bind(-np.inf, np.inf, crossed.share.shape)
    for a in range(len(areas)):
        for p in crossed.leaves[a]:
            put_flow(sheet, blocks, rows[a], p, 1.0)
        for p in crossed.enters[a]:
            put_flow(sheet, blocks, rows[a], p, -crossed.share[a])
    periods = rows.shape[1]
    # opened by a sharing in which gas is held back
    blocks["sent"] = sheet.add(0.0, np.zeros((len(system.leases), periods)), 0.0)
    stores = dict.fromkeys(lease.store for lease in system.leases)
    drawn = {store: sheet.bind(-np.inf, 0.0, (periods,)) for store in stores}
    for store, line in drawn.items():
        sheet.put(line, blocks["out"][store], -1.0)
    carried = {p: sheet.bind(-np.inf, 0.0, (periods,)) for lease in system.leases for p in lease.way}
    for p, line in carried.items():
        sheet.put(line, blocks["up"][p], -1.0)
    at = {area: a for a, area in enumerate(areas)}
    for sent, lease in zip(blocks["sent"], system.leases, strict=True):
        sheet.put(drawn[lease.store], sent, 1.0)
        for p in lease.way:
            sheet.put(carried[p], sent, 1.0)
            tail, head = (system.areas[int(side[p])] for side in (system.tails, system.heads))
            if tail in at and tail != head:
                sheet.put(rows[at[tail]], sent, -1.0)
            if head in at and tail != head:
                sheet.put(rows[at[head]], sent, crossed.share[at[head]])
    return rows


def borders(system: System, areas: tuple[str, ...]) -> Borders:
    """What crosses the borders of areas by pipe."""
    leaves: dict[str, list[int]] = {area: [] for area in areas}
    enters: dict[str, list[int]] = {area: [] for area in areas}
    for p, (tail, head, kind) in enumerate(zip(system.tails, system.heads, system.kinds, strict=True)):
        if kind.startswith("lng") or tail < 0 or head < 0 or system.areas[tail] == system.areas[head]:
            continue
        for side, z in ((leaves, tail), (enters, head)):
            name = system.areas[z]
            if name is not None:
                side[name].append(p)
    before = system.before_mcmd
    out, into = (np.array([before[side[area]].sum(axis=0) for area in areas]) for side in (leaves, enters))
    share: Floats = np.minimum(np.divide(out, into, out=np.zeros_like(out), where=into > 1e-9), 1.0)
    return Borders([leaves[area] for area in areas], [enters[area] for area in areas], out, into, share)


def _balance(system: System, sheet: Sheet, blocks: Blocks, asked: Floats) -> Ints:
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
                put_flow(sheet, blocks, balance[zone], p, sign)
    sheet.put(balance, blocks["more"], 1.0)
    sheet.put(balance, blocks["less"], -1.0)
    sheet.put(balance, blocks["far"], -1.0)
    sheet.put(balance, blocks["gap"], 1.0)
    for k in range(len(TIERS)):
        sheet.put(balance, blocks["short"][:, k], 1.0)
    for k in range(len(SWITCHED)):
        sheet.put(balance, blocks["switch"][:, k], 1.0)
    return balance


def _lng(system: System, sheet: Sheet, blocks: Blocks) -> None:
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
            put_flow(sheet, blocks, rows[i], p, 1.0)
        sheet.put(rows[i], blocks["draw"][i], -1.0)
        sheet.put(rows[i], blocks["yield"][i], 1.0)
    put_tanks(system, sheet, blocks, rows)
    spare = market.pool_mcmd - market.usual_pool_mcmd.sum(axis=0)
    plants = [p for p, kind in enumerate(system.kinds) if kind == "lng-export" and system.tails[p] >= 0]
    # what a plant loads less than the market counts on is missing in the pool, and what it loads more is there
    spare = spare + (system.usual_mcmd[plants] - system.loaded_mcmd[plants]).sum(axis=0)
    pool = sheet.bind(-np.inf, spare, (len(per_day),))
    for i in range(len(market.importers)):
        sheet.put(pool, blocks["draw"][i], 1.0)
        sheet.put(pool, blocks["yield"][i], -1.0)
    for p in plants:
        put_flow(sheet, blocks, pool, p, -1.0)


def terminals_of(system: System, name: str) -> list[int]:
    """The terminals of an importer."""
    found = []
    for p, kind in enumerate(system.kinds):
        if kind == "lng-import":
            z = int(system.heads[p])
            if (system.areas[z] or system.zones[z]) == name:
                found.append(p)
    return found
