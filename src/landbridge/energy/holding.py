"""The columns and rows of what is held: stores, gas in pipes, cargoes in tanks."""

from __future__ import annotations

import numpy as np

from landbridge.energy.sheet import NEAR, Blocks, Ints, Sheet, own_share
from landbridge.energy.system import System


def put_stores(system: System, sheet: Sheet, blocks: Blocks, balance: Ints) -> None:
    """Gas in store at the end of each period; withdrawal falls with what is left."""
    held, days, n = system.stores, system.days, system.numbers
    shape = (len(held), len(days))
    per_day = days / 1000
    out = np.repeat(np.array([one.withdrawal_mcmd for one in held])[:, None], shape[1], axis=1).reshape(shape)
    back = np.repeat(np.array([one.injection_mcmd for one in held])[:, None], shape[1], axis=1).reshape(shape)
    full = np.repeat(np.array([one.working_bcm for one in held])[:, None], shape[1], axis=1).reshape(shape)
    floor = np.repeat(np.array([one.strategic_bcm for one in held])[:, None], shape[1], axis=1).reshape(shape)
    tick = 1 + NEAR * np.cumsum(days) / days.sum()
    move = n["store_move_usd_kcm"] * (1 + 0.1 * own_share([one.name for one in held]))[:, None] * per_day * tick
    blocks["out"] = sheet.add(0.0, out, move)
    blocks["back"] = sheet.add(0.0, back, move)
    blocks["held"] = sheet.add(np.minimum(floor, full), full, 0.0)
    # what is missing at the end against what is usual on that day
    usual = np.array([one.usual_end_bcm for one in held], dtype=float)
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
    # what was measured at the end of a replay is not exceeded either
    told = np.flatnonzero(np.array([one.end_told for one in held], dtype=bool))
    blocks["over"] = sheet.add(0.0, full[told, -1], n["stored_usd_kcm"])
    ends = sheet.bind(-np.inf, usual[told], (len(told),))
    sheet.put(ends, blocks["held"][told, -1], 1.0)
    sheet.put(ends, blocks["over"], -1.0)
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


def put_linepack(system: System, sheet: Sheet, blocks: Blocks, balance: Ints) -> None:
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


def put_tanks(system: System, sheet: Sheet, blocks: Blocks, arriving: Ints) -> None:
    """Cargoes in tanks bridge a few days as gas in pipes does; they are missed at the end as gas in store is.

    Parameters
    ----------
    arriving
        The row of what each importer's terminals take in [importers, periods].
    """
    if system.horizon.step != "day":
        blocks["tank"] = np.zeros((len(arriving), 0), dtype=np.int64)
        return
    n, days = system.numbers, system.days
    limit = np.repeat(system.lng.tank_mcm[:, None], arriving.shape[1], axis=1).reshape(arriving.shape)
    cost = np.zeros(len(days))
    cost[-1] = n["stored_usd_kcm"] / 1000
    # what has been taken out so far [million m3]
    blocks["tank"] = sheet.add(0.0, limit, cost)
    sheet.put(arriving, blocks["tank"], -1.0 / np.broadcast_to(days, arriving.shape))
    later = arriving[:, 1:]
    sheet.put(later, blocks["tank"][:, :-1], 1.0 / np.broadcast_to(days[1:], later.shape))
