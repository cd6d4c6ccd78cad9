"""Swaps of gas: what is given at one border is handed on at another; rules of the facts and of scenarios, by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from landbridge.facts import Row
from landbridge.world.fuels import zones_of
from landbridge.world.intervals import ends, known, starts
from landbridge.world.pipe_facts import points
from landbridge.world.steps import FIRST, LAST, ordinal, read
from landbridge.world.types import Evidences

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from landbridge.world.effects import Key
    from landbridge.world.world import World

HALTED: Final = "halted"


@dataclass(frozen=True, slots=True)
class SwapRule:
    """A rule on the flows of a period: the outs together take at most `out_per_in` times the ins, and at most the cap.

    Attributes
    ----------
    swap
        Name of the swap.
    kind
        As in the table `gas_swaps`: flow, halted, virtual-reverse, above-contract, electricity, exchange.
    in_points, out_points
        Points where the gas is given and where it is taken.
    out_per_in
        Gas out over gas in (kWh of power over m3 of gas for electricity).
    cap_mcmd
        Most on a day [million m3], None where nothing more is known.
    on
        Whether it holds, for each day asked for.
    """

    swap: str
    kind: str
    in_points: tuple[str, ...]
    out_points: tuple[str, ...]
    out_per_in: float
    cap_mcmd: float | None
    on: NDArray[np.bool_]
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Told:
    """A rule of the facts with its days as ordinals."""

    start: int
    end: int
    row: Row


def told(world: World) -> tuple[Told, ...]:
    """The rules of the facts."""
    if "gas_swaps" not in world.facts.names:
        return ()
    out = []
    for row in world.facts.table("gas_swaps").rows:
        if known(row, world.known_on):
            end = ends(row, world.known_on)
            out.append(Told(ordinal(starts(row), FIRST), LAST if end == date.max else end.toordinal(), row))
    return tuple(out)


def between(world: World, giver: str, receiver: str) -> tuple[str, ...]:
    """The points that lead gas from one zone or area to another, those built by the world's scenarios too.

    Examples
    --------
    >>> from landbridge.world import World
    >>> between(World.at("2023-06-01"), "TKM", "IRN")
    ('korpeje-tkm-irn', 'sarakhs-tkm-irn')
    """
    tails, heads = zones_of(world.facts, giver), zones_of(world.facts, receiver)
    found = [
        point.id
        for point in points(world.facts, "gas", world.known_on).values()
        if point.kind == "physical" and point.tail in tails and point.head in heads
    ]
    for key, effect in world.effects.items():
        if key[:2] == ("pipe", "gas") and effect.value.get("from") in tails and effect.value.get("to") in heads:
            found.append(key[2])
    return tuple(sorted(found))


def same_way(world: World, key: Key) -> tuple[Told, ...]:
    """The rules of the facts on the points of a swap: a scenario that speaks of it takes their place.

    Examples
    --------
    >>> from landbridge.world import World
    >>> [rule.row["kind"] for rule in same_way(World.at("2023-06-01"), ("swap", "TKM", "IRN", "AZE"))]
    ['flow', 'flow', 'halted']
    """
    ins, outs = set(between(world, key[1], key[2])), set(between(world, key[2], key[3]))
    return tuple(
        rule for rule in told(world) if ins & set(rule.row["in_points"]) and outs & set(rule.row["out_points"] or ())
    )


def swaps_on(world: World, days: Sequence[date], *, undisturbed: bool = False) -> tuple[SwapRule, ...]:
    """The rules of swaps and backhaul that hold on any of the days.

    Parameters
    ----------
    world
        The world; the dates of its scenarios' events count day by day, not on its own day.
    days
        The days asked for, in any order.
    undisturbed
        Leave out what scenarios say.

    Returns
    -------
    tuple of SwapRule
        In order of name and first day. A swap of a scenario takes the place of the facts' rules on the same points
        while it holds; halted, it lets nothing out.

    Examples
    --------
    >>> from datetime import date
    >>> from landbridge.world import World
    >>> rules = swaps_on(World.at("2023-06-01"), [date(2023, 6, 1)])
    >>> [(rule.out_per_in, rule.cap_mcmd) for rule in rules if rule.swap == "tkm-irn-aze"]
    [(0.8, 10.0)]
    """
    import numpy as np

    from landbridge.world.energy_events import mcmd_of_bcm_y

    at = np.array([day.toordinal() for day in days], dtype=np.int64)
    rules = told(world)
    holds = {rule.row["id"]: (at >= rule.start) & (at < rule.end) for rule in rules}
    out = []
    for key, effect in () if undisturbed else world.effects.items():
        if key[0] != "swap":
            continue
        replaced = same_way(world, key)
        kinds = [rule.row["kind"] for rule in replaced if rule.row["kind"] != HALTED]
        name = replaced[-1].row["swap"] if replaced else "-".join(key[1:]).lower()
        for start, end, (bcm_y, ratio) in read(effect.value["schedule"]):
            on = (at >= start) & (at < end)
            for rule in replaced:
                holds[rule.row["id"]] &= ~on
            flows = bcm_y > 0
            out.append(
                SwapRule(
                    swap=name,
                    kind=(kinds[-1] if kinds else "flow") if flows else HALTED,
                    in_points=between(world, key[1], key[2]),
                    out_points=between(world, key[2], key[3]),
                    out_per_in=ratio if flows else 0.0,
                    cap_mcmd=bcm_y * mcmd_of_bcm_y(world.facts),
                    on=on,
                    evidence=effect.evidence,
                )
            )
    for rule in rules:
        row = rule.row
        out.append(
            SwapRule(
                swap=row["swap"],
                kind=row["kind"],
                in_points=row["in_points"],
                out_points=row["out_points"] or (),
                out_per_in=row["out_per_in"],
                cap_mcmd=row["cap_mcmd"],
                on=holds[row["id"]],
                evidence=(("gas_swaps", row["id"]),),
            )
        )
    return tuple(sorted((one for one in out if one.on.any()), key=lambda one: (one.swap, int(np.argmax(one.on)))))
