"""What binds flows to each other and to contracts: swaps, and gas that must be taken or paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from landbridge.energy.horizon import Horizon, period_means
from landbridge.energy.lookup import Used
from landbridge.facts.evidence import evidence
from landbridge.world.swaps import swaps_on

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.world import World
    from landbridge.world.pipes import PipeStates

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
POWER_ONLY: Final = "electricity"
"""A swap of gas for electricity: the gas may serve power stations alone."""
ABOVE: Final = "above-contract"
SCENARIO: Final = "scenario"
"""The table that stands for what a scenario says."""
LANDED: Final = "landed in"
TOLD: Final = ("A", "B", "C")
MEANT: Final = ("flow", ABOVE)
"""Kinds of swap whose cap is an agreed volume, not only a limit."""


@dataclass(frozen=True, slots=True)
class Swap:
    """Gas delivered at some points against gas received at others.

    Attributes
    ----------
    ins, outs
        Indexes of the points where the middleman receives and delivers.
    ratio
        What is delivered for one unit received.
    free_mcmd
        What may be delivered besides, by a contract of its own [periods].
    cap_mcmd
        The most that is swapped [periods]; inf without a cap.
    holds
        Whether the rule holds in a period [periods].
    """

    id: str
    kind: str
    ins: tuple[int, ...]
    outs: tuple[int, ...]
    ratio: float
    free_mcmd: Floats
    cap_mcmd: Floats
    holds: npt.NDArray[np.bool_]
    evidence: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """What a buyer must take over the horizon at some points, or pay for [bcm]; `cost` names the parameter it costs."""

    id: str
    buyer: str
    points: tuple[int, ...]
    bcm: float
    cost: str = "untaken_usd_kcm"


@dataclass(frozen=True, slots=True)
class Reach:
    """Points and what each can pass on the mean day; tells how much of a seller's gas can come to a point."""

    zones: tuple[str, ...]
    areas: tuple[str | None, ...]
    tails: Ints
    heads: Ints
    capacity_mcmd: Floats

    def widest(self, seller: str | None, point: int) -> float:
        """The narrowest place of the widest way from a seller's zones through a point [million m3 a day].

        A point that starts outside the zones, as a terminal for cargoes, is reached without limit.
        """
        tail = int(self.tails[point])
        if tail < 0:
            return float(self.capacity_mcmd[point])
        width = np.where([area == seller for area in self.areas], np.inf, 0.0)
        for _ in self.zones:
            before = width.copy()
            for p in np.flatnonzero((self.tails >= 0) & (self.heads >= 0) & (self.capacity_mcmd > 0)):
                through = min(width[self.tails[p]], self.capacity_mcmd[p])
                width[self.heads[p]] = max(width[self.heads[p]], through)
            if np.array_equal(before, width):
                break
        return float(min(width[tail], self.capacity_mcmd[point]))


def swaps(
    world: World, horizon: Horizon, at_point: Mapping[str, int], used: Used, *, undisturbed: bool = False
) -> tuple[Swap, ...]:
    """The swaps that hold over a horizon."""
    found = []
    for rule in swaps_on(world, horizon.each_day(), undisturbed=undisturbed):
        ins = tuple(at_point[point] for point in rule.in_points if point in at_point)
        outs = tuple(at_point[point] for point in rule.out_points if point in at_point)
        if not outs and rule.kind != POWER_ONLY:
            continue
        share = period_means(rule.on.astype(float), horizon)
        free = np.zeros(len(share))
        if rule.kind == ABOVE:
            free = free + _contracted(world.facts, horizon, rule.out_points)
        cap = np.full(len(share), np.inf if rule.cap_mcmd is None else float(rule.cap_mcmd))
        found.append(
            Swap(rule.swap, rule.kind, ins, outs, rule.out_per_in, free, cap, share >= 0.5, tuple(rule.evidence))
        )
        for table, key in rule.evidence:
            used.name(table, key)
    return tuple(found)


def duties(
    facts: Facts, horizon: Horizon, at_point: Mapping[str, int], capacity: Floats, reach: Reach, used: Used
) -> tuple[Duty, ...]:
    """Gas that buyers must take or pay for, as far as the seller's gas can reach the points of the contract."""
    lengths = np.array([period.days for period in horizon.periods])
    found = []
    for row in facts.table("gas_contracts").rows:
        share, points = row["take_or_pay_share"], row["points"] or ()
        ps = tuple(at_point[point] for point in points if point in at_point)
        if row["kind"] != "sale" or not share or not ps or row["bcm_y"] is None:
            continue
        part = _share_of(row, horizon)
        owed = float(row["bcm_y"]) * float(share) * part * horizon.days / 365
        able = float((capacity[list(ps)].sum(axis=0) * lengths).sum()) / 1000 * float(share)
        reached = sum(reach.widest(row["seller_area"], p) for p in ps) * horizon.days / 1000
        if part > 0 and owed > 0:
            used.row("gas_contracts", row, owed)
            found.append(Duty(row["id"], row["buyer"], ps, min(owed, able, reached)))
    return tuple(found)


def intended(
    horizon: Horizon,
    states: PipeStates,
    tails: Sequence[int],
    heads: Sequence[int],
    more_mcmd: Floats,
    usual_mcmd: Floats,
    surplus: Floats,
    use_share: float,
) -> tuple[Duty, ...]:
    """What the pipes that a scenario builds, opens or widens are meant to carry.

    Parameters
    ----------
    more_mcmd
        What each point can pass beyond the undisturbed system [points, periods; million m3 a day].
    usual_mcmd
        What usually passes [points, periods].
    surplus
        What each zone makes beyond what it asks for [zones]; of a pipe both ways, the way out of the larger one counts.
    use_share
        The share of the new room that is meant to be used.
    """
    lengths = np.array([period.days for period in horizon.periods])
    widened = {
        (int(tails[p]), int(heads[p]))
        for p in range(len(states.points))
        if more_mcmd[p].max() > 1e-9 and states.kinds[p] == "physical" and tails[p] >= 0 and heads[p] >= 0
    }
    found = []
    for p, point in enumerate(states.points):
        way = (int(tails[p]), int(heads[p]))
        if way not in widened or more_mcmd[p].max() <= 1e-9:
            continue
        if way[::-1] in widened and surplus[way[0]] < surplus[way[1]]:
            continue
        bcm = float((usual_mcmd[p] + use_share * more_mcmd[p]) @ lengths) / 1000
        found.append(Duty(f"new room at {point}", point, (p,), bcm, "unused_usd_kcm"))
    return tuple(found)


def landings(
    horizon: Horizon, importers: Mapping[str, Floats], terminals: Mapping[str, Sequence[int]], capacity: Floats
) -> tuple[Duty, ...]:
    """What landed in a year that is replayed: cargoes are as firm as fields, for both are facts of that year.

    Parameters
    ----------
    importers
        What arrives for each importer [periods; million m3 a day].
    terminals
        The points of each importer's terminals.
    """
    lengths = np.array([period.days for period in horizon.periods])
    found = []
    for name, arriving in importers.items():
        ps = tuple(terminals.get(name, ()))
        able = float(capacity[list(ps)].sum(axis=0) @ lengths) / 1000 if ps else 0.0
        bcm = min(float(arriving @ lengths) / 1000, able)
        if bcm > 0:
            found.append(Duty(f"{LANDED} {name}", name, ps, bcm, "shut_in_usd_kcm"))
    return tuple(found)


def swapped(facts: Facts, horizon: Horizon, rules: Sequence[Swap]) -> tuple[Duty, ...]:
    """What swaps with an agreed volume are meant to carry where the gas is given and where it is handed on."""
    lengths = np.array([period.days for period in horizon.periods])
    found = []
    for swap in rules:
        if not all(table == SCENARIO or evidence(facts, table, key).grade in TOLD for table, key in swap.evidence):
            # a volume that nobody reported is a limit, not a plan
            continue
        if swap.kind in MEANT and swap.ins and swap.ratio > 0 and np.isfinite(swap.cap_mcmd).all():
            given = float((swap.cap_mcmd / swap.ratio * swap.holds) @ lengths) / 1000
            if given > 0:
                found.append(Duty(swap.id, swap.id, swap.ins, given))
                if swap.kind != ABOVE:
                    found.append(Duty(f"{swap.id} handed on", swap.id, swap.outs, given * swap.ratio))
    return tuple(found)


def _contracted(facts: Facts, horizon: Horizon, points: Sequence[str]) -> float:
    """What contracts of their own let pass at points [million m3 a day]."""
    return sum(
        float(row["bcm_y"]) * 1000 / 365 * _share_of(row, horizon)
        for row in facts.table("gas_contracts").rows
        if row["kind"] == "sale" and row["bcm_y"] is not None and set(row["points"] or ()) & set(points)
    )


def _share_of(row: Mapping[str, Any], horizon: Horizon) -> float:
    """The share of a horizon in which a contract runs."""
    first = horizon.start if row["from"] is None else max(horizon.start, row["from"].first)
    last = horizon.end if row["to"] is None else min(horizon.end, row["to"].first)
    return max((last - first).days, 0) / horizon.days
