"""The rows that bind columns to each other: tiers, ceilings of fields, swaps, virtual reverse flow, contracts."""

from __future__ import annotations

from typing import Final

import numpy as np

from landbridge.energy.demand import TIERS
from landbridge.energy.sheet import Blocks, Floats, Sheet, put_flow
from landbridge.energy.system import System

SWITCHED: Final = (1, 2)
"""Tiers that another fuel can serve: power and industry."""


def put_served(system: System, sheet: Sheet, blocks: Blocks, asked: Floats) -> None:
    """What is short and what is switched of a tier is at most what it asks for."""
    for s, k in enumerate(SWITCHED):
        some = np.flatnonzero((asked[:, k] > 0).any(axis=1) & (system.demand.switching[:, k] > 0))
        rows = sheet.bind(-np.inf, asked[some, k], (len(some), asked.shape[2]))
        sheet.put(rows, blocks["short"][some, k], 1.0)
        sheet.put(rows, blocks["switch"][some, s], 1.0)


def put_ceilings(system: System, sheet: Sheet, blocks: Blocks) -> None:
    """What a zone makes over the horizon is at most what a year can bring."""
    made, days = system.production, system.days
    usual = made.usual_mcmd @ days / 1000
    some = np.flatnonzero((made.most_mcmd @ days / 1000 > made.most_bcm + 1e-9) & (usual > 0))
    rows = sheet.bind(-np.inf, made.most_bcm[some] - usual[some], (len(some),))
    for r, z in enumerate(some):
        sheet.put(np.full(len(days), rows[r]), blocks["more"][z], days / 1000)
        for word in ("less", "far"):
            sheet.put(np.full(len(days), rows[r]), blocks[word][z], -days / 1000)


def put_bindings(system: System, sheet: Sheet, blocks: Blocks) -> None:
    """Swaps, virtual reverse flow, and what must be taken or paid."""
    days, n = system.days, system.numbers
    usual = system.usual_mcmd
    for p, against in system.mirrors:
        forward = usual[list(against)].sum(axis=0) if against else np.zeros(len(days))
        rows = sheet.bind(-np.inf, forward - usual[p], (len(days),))
        put_flow(sheet, blocks, rows, p, 1.0)
        for q in against:
            put_flow(sheet, blocks, rows, q, -1.0)
    for swap in system.swaps:
        held = np.flatnonzero(swap.holds)
        if swap.kind == "electricity":
            for p in swap.ins:
                z = int(system.heads[p])
                power = system.demand.mcmd[z, TIERS.index("power")]
                rows = sheet.bind(-np.inf, (power - usual[p])[held], (len(held),))
                put_flow(sheet, blocks, rows, p, 1.0, held)
                sheet.put(rows, blocks["short"][z, TIERS.index("power"), held], 1.0)
                sheet.put(rows, blocks["switch"][z, SWITCHED.index(TIERS.index("power")), held], 1.0)
            continue
        sent = usual[list(swap.outs)].sum(axis=0)
        given = usual[list(swap.ins)].sum(axis=0) if swap.ins else np.zeros(len(days))
        rows = sheet.bind(-np.inf, (swap.free_mcmd + swap.ratio * given - sent)[held], (len(held),))
        for p in swap.outs:
            put_flow(sheet, blocks, rows, p, 1.0, held)
        for p in swap.ins:
            put_flow(sheet, blocks, rows, p, -swap.ratio, held)
        if np.isfinite(swap.cap_mcmd).all():
            caps = sheet.bind(-np.inf, (swap.free_mcmd + swap.cap_mcmd - sent)[held], (len(held),))
            for p in swap.outs:
                put_flow(sheet, blocks, caps, p, 1.0, held)
    owed = np.array([duty.bcm for duty in system.duties])
    blocks["untaken"] = sheet.add(0.0, owed, np.array([n[duty.cost] for duty in system.duties]))
    taken = np.array([float((usual[list(duty.points)].sum(axis=0) * days).sum()) / 1000 for duty in system.duties])
    rows = sheet.bind(owed - taken, np.inf, (len(owed),))
    for d, duty in enumerate(system.duties):
        for p in duty.points:
            line = np.full(len(days), rows[d])
            put_flow(sheet, blocks, line, p, days / 1000)
        sheet.put(rows[d : d + 1], blocks["untaken"][d : d + 1], 1.0)
