"""The rule that stands beside the gas model: what comes over a shut border is lost, to all alike.

Supply of an area is its production, its cargoes and what crossed its borders in the last year known before; a border
that can pass less than that loses the rest, and an area passes on what it lost in proportion. No store, no way round.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import numpy as np

from bench.gas_ask import Ask, Desk, members
from landbridge.facts import load
from landbridge.world.pipes import pipe_states

SOLD = ("origin", "origin-own-heat", "recalled")


class ProportionalRule:
    """Lost shares of supply by area, for the questions of a desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.known: dict[Ask, dict[str, float]] = {}

    def value(self, ask: Ask, measure: str) -> float | None:
        """The rule's number for a measure of shortage; None for measures that it knows nothing of."""
        word, _, rest = measure.partition(":")
        area = rest.partition("@")[0]
        if word.startswith(("lacking", "shortage")):
            answer = self.desk.answer(ask)
            shares = self.lost(ask)
            some = [one for one in answer.areas if one.area in members(answer, self.desk.world(ask), area)]
            asked = {
                one.area: sum(one.numbers[key] for key in ("demand_bcm", "losses_bcm", "switched_bcm")) for one in some
            }
            gone = sum(shares.get(name, 0.0) * bcm for name, bcm in asked.items())
            whole = sum(asked.values())
            return gone if word.endswith("bcm") else 100 * gone / whole if whole > 0 else None
        if word == "fall_pct" and "+" not in rest:
            return 100 * self._passing(ask, *rest.split(">"))
        return None

    def lost(self, ask: Ask) -> dict[str, float]:
        """The share of its supply that each area loses."""
        if ask not in self.known:
            self.known[ask] = self._shares(ask)[0]
        return self.known[ask]

    def _passing(self, ask: Ask, tail: str, head: str) -> float:
        lost, cut = self._shares(ask)
        shut = cut.get((tail, head), 0.0)
        return shut + (1 - shut) * lost.get(tail, 0.0)

    def _shares(self, ask: Ask) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
        start, end = date.fromisoformat(ask.start), date.fromisoformat(ask.end)
        days = [date.fromordinal(n) for n in range(start.toordinal(), end.toordinal() + 1)]
        flow, own = usual(start.year)
        world = self.desk.world(ask)
        now, before = pipe_states(world, days), pipe_states(world, days, undisturbed=True)
        area = {row["id"]: row["area"] for row in load().table("gas_zones").rows}
        can: dict[tuple[str, str], np.ndarray] = {}
        could: dict[tuple[str, str], np.ndarray] = {}
        for p, ends in enumerate(zip(now.from_zones, now.to_zones, strict=True)):
            key = (str(area[ends[0]]), str(area[ends[1]]))
            can[key] = can.get(key, np.zeros(len(days))) + now.capacity_mcmd[p]
            could[key] = could.get(key, np.zeros(len(days))) + before.capacity_mcmd[p]
        cut = {}
        for key, mcmd in flow.items():
            if key in can and mcmd > 0:
                missing = np.maximum(np.minimum(could[key], mcmd) - np.minimum(can[key], mcmd), 0.0)
                cut[key] = float(missing.mean() / mcmd)
        names = sorted({name for key in flow for name in key} | set(own))
        at = {name: n for n, name in enumerate(names)}
        supply = np.array([own.get(name, 0.0) for name in names])
        for (_, head), mcmd in flow.items():
            supply[at[head]] += mcmd
        matrix, gone = np.eye(len(names)), np.zeros(len(names))
        for (tail, head), mcmd in flow.items():
            if supply[at[head]] > 0:
                share, shut = mcmd / supply[at[head]], cut.get((tail, head), 0.0)
                matrix[at[head], at[tail]] -= share * (1 - shut)
                gone[at[head]] += share * shut
        lost = np.linalg.solve(matrix + 1e-9 * np.eye(len(names)), gone)
        return dict(zip(names, lost.tolist(), strict=True)), cut


def usual(year: int) -> tuple[dict[tuple[str, str], float], dict[str, float]]:
    """What crossed each border, and what each area has of its own, in the last year known before [million m3 a day]."""
    facts = load()
    trade = [row for row in facts.table("gas_trade").rows if row["bcm"] is not None]
    flow: dict[tuple[str, str], float] = defaultdict(float)
    own: dict[str, float] = defaultdict(float)
    for bases, route in ((("physical",), "pipeline"), (SOLD, "pipeline"), (SOLD, "lng")):
        rows = [row for row in trade if row["route"] == route and row["basis"] in bases]
        years = sorted({int(row["year"]) for row in rows})
        chosen = max((one for one in years if one < year), default=years[0])
        covered = {head for _, head in flow}
        for row in rows:
            if int(row["year"]) != chosen or row["importer"] == row["origin"]:
                continue
            months = (row["last_month"] or 12) - (row["first_month"] or 1) + 1
            mcmd = float(row["bcm"]) * 1000 / 365 * 12 / months
            if route == "lng":
                own[row["importer"]] += mcmd
            elif row["importer"] not in covered:
                flow[row["origin"], row["importer"]] += mcmd
    best: dict[str, dict[int, float]] = defaultdict(dict)
    for row in facts.table("gas_years").rows:
        if row["production_bcm"] is not None:
            best[row["area"]][int(row["year"])] = float(row["production_bcm"])
    for name, rows_of in best.items():
        near = min(rows_of, key=lambda one: (abs(one - (year - 1)), one))
        own[name] += rows_of[near] * 1000 / 365
    return dict(flow), dict(own)
