"""Who depends on whom: origins and passages followed through the flows by proportional mixing (Bialek 1996).

At every zone and basin what comes in mixes evenly, and whatever leaves or is used has the same mix. Oil of different
classes never mixes: an area that refuses an origin is not told to use it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from landbridge.energy.mixing import mix

if TYPE_CHECKING:
    from landbridge.energy.oil_program import OilRun
    from landbridge.energy.oil_system import OilSystem

Floats = npt.NDArray[np.float64]
LEAST_KBD = 1e-9


def origins(system: OilSystem, run: OilRun) -> dict[tuple[str, str], float]:
    """How much of the oil that each area uses comes from each area [kb/d], by (user, origin).

    Examples
    --------
    >>> from landbridge.energy.oil_program import make_program, run
    >>> from landbridge.energy.oil_system import make_system
    >>> from landbridge.world import World
    >>> system = make_system(World.at("2023-06-01"))
    >>> found = origins(system, run(make_program(system)))
    >>> found[("HUN", "RUS")] > 0, ("DEU", "RUS") in found
    (True, False)
    """
    tails, heads = _ends(system)
    found: dict[tuple[str, str], float] = {}
    for column, mine in _makers(system, run):
        own = np.zeros((len(system.nodes), len(mine)))
        own[mine, np.arange(len(mine))] = run.made[mine]
        shares = mix(run.flow[:, column], tails, heads, own)
        for node in np.flatnonzero(run.used[:, column] > 0):
            for place, number in enumerate(mine):
                amount = float(run.used[node, column] * shares[node, place])
                if amount > LEAST_KBD:
                    key = (system.zone_area[node], system.zone_area[number])
                    found[key] = found.get(key, 0.0) + amount
    return found


def passed(system: OilSystem, run: OilRun, passage: str) -> dict[str, float]:
    """How much of the oil that each area uses has come through a strait or canal [kb/d].

    What leaves a way through the passage counts as a source of its own from there on.

    Examples
    --------
    >>> from landbridge.energy.oil_program import make_program, run
    >>> from landbridge.energy.oil_system import make_system
    >>> from landbridge.world import World
    >>> system = make_system(World.at("2023-06-01"))
    >>> found = passed(system, run(make_program(system)), "hormuz")
    >>> found["JPN"] > found.get("DEU", 0.0)
    True
    """
    tails, heads = _ends(system)
    on_it = np.array([way.link is not None and passage in way.link.passages for way in system.ways])
    found: dict[str, float] = {}
    for column, mine in _makers(system, run):
        flow = run.flow[:, column]
        if not flow[on_it].any():
            continue
        own = np.zeros((len(system.nodes), 2))
        own[mine, 0] = run.made[mine]
        np.add.at(own[:, 1], heads[on_it], flow[on_it])
        shares = mix(np.where(on_it, 0.0, flow), tails, heads, own)
        for node in np.flatnonzero(run.used[:, column] > 0):
            amount = float(run.used[node, column] * shares[node, 1])
            if amount > LEAST_KBD:
                area = system.zone_area[node]
                found[area] = found.get(area, 0.0) + amount
    return found


def _ends(system: OilSystem) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The nodes at the two ends of each way."""
    tails = np.array([way.tail for way in system.ways], dtype=np.int64)
    return tails, np.array([way.head for way in system.ways], dtype=np.int64)


def _makers(system: OilSystem, run: OilRun) -> Iterator[tuple[int, list[int]]]:
    """For each class the zones that make its oil; classes that make none are left out."""
    for column in range(len(system.classes)):
        mine = [
            number
            for number in np.flatnonzero(run.made > 0).tolist()
            if system.class_of_area[system.zone_area[number]] == column
        ]
        if mine:
            yield column, mine
