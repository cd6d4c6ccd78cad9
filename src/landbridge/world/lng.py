"""Trade by sea in gas and crude day by day: what plants can load, and what straits let through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from landbridge.facts import Row
from landbridge.world.fuels import area_of, zones_of
from landbridge.world.pipe_facts import Point, points
from landbridge.world.states import passage_state

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from landbridge.world.types import Evidences, State
    from landbridge.world.world import World

Shipped = Literal["lng", "crude"]
Way = Literal["export", "import"]
TABLE: Final = "energy_passages"


def lng_states(world: World, days: Sequence[date], *, undisturbed: bool = False) -> dict[str, NDArray[np.float64]]:
    """Which share of its usual supply of liquefied gas each exporter can bring out.

    A share is what its plants can load over what they usually can (`lng-export` points with the cuts and events on
    them; of a plant whose row says 0 the last capacity before), times what the straits on its only way out let through.

    Parameters
    ----------
    world
        The world; events count day by day, not on its own day.
    days
        The days, in any order.
    undisturbed
        All straits open, no dated cut of the facts, no event of a scenario; a plant whose row says 0 stays shut.

    Returns
    -------
    dict
        float64 [days] for each zone with such a plant, and for each area over all its zones. Above 1 where a scenario
        enlarges a plant. The supply of a measured year holds the cuts of that year already: multiply it by the share of
        the world over that of `world.base`.

    Examples
    --------
    >>> from landbridge.world import World
    >>> shares = lng_states(World.at("2025-06-01").apply("hormuz-closed"), [date(2025, 6, 1)])
    >>> {zone: shares[zone].tolist() for zone in ("QAT", "ARE", "OMN")}
    {'QAT': [0.0], 'ARE': [0.0], 'OMN': [1.0]}
    """
    import numpy as np

    from landbridge.world.pipes import pipe_states

    at = np.array([day.toordinal() for day in days], dtype=np.int64)
    states = pipe_states(world, days, undisturbed=undisturbed)
    through = {} if undisturbed else passage_shares(world, days, "lng", "export")
    known = points(world.facts, "gas", world.known_on)
    can: dict[str, NDArray[np.float64]] = {}
    usual: dict[str, NDArray[np.float64]] = {}
    for number, name in enumerate(states.points):
        if states.kinds[number] != "lng-export":
            continue
        zone = states.from_zones[number]
        now = states.capacity_mcmd[number] * through.get(zone, 1.0)
        before = _usual(known[name], at) if name in known else states.capacity_mcmd[number]
        for key in {zone, area_of(world.facts, zone)}:
            can[key] = can.get(key, 0.0) + np.where(before > 0.0, now, 0.0)
            usual[key] = usual.get(key, 0.0) + before
    return {key: np.divide(can[key], usual[key], out=np.zeros(len(at)), where=usual[key] > 0) for key in sorted(can)}


def _usual(point: Point, at: NDArray[np.int64]) -> NDArray[np.float64]:
    """What the rows of a plant say, and while they say 0 what they said last."""
    import numpy as np

    out, last = np.zeros(len(at)), 0.0
    for one in point.capacities:
        last = one.undisturbed or last
        out[(at >= one.start) & (at < one.end)] = last
    return out


def lng_import_states(
    world: World, days: Sequence[date], *, undisturbed: bool = False
) -> dict[str, NDArray[np.float64]]:
    """Which share of the usual cargoes of liquefied gas can reach each importer behind a strait, by zone and by area.

    Zones and areas that no row of `energy_passages` names are reached by other ways and are not in the answer.

    Examples
    --------
    >>> from landbridge.world import World
    >>> lng_import_states(World.at("2025-06-01").apply("hormuz-closed"), [date(2025, 6, 1)])["KWT"].tolist()
    [0.0]
    """
    import numpy as np

    found = passage_shares(world, days, "lng", "import")
    return {key: np.ones(len(days)) for key in found} if undisturbed else found


def passage_shares(
    world: World, days: Sequence[date], commodity: Shipped, direction: Way
) -> dict[str, NDArray[np.float64]]:
    """Which share of a trade by sea the straits let through, by zone and area that the table names, [days].

    Of several straits on one way each takes its part. A strait lets through nothing while it is closed, the
    `restricted_share` of the row while it is restricted, and else what its capacity and its days shut leave.

    Examples
    --------
    >>> from landbridge.world import World
    >>> days = [date(2026, 2, 1), date(2026, 3, 15)]
    >>> passage_shares(World.at("2026-02-01"), days, "crude", "export")["KWT"].tolist()
    [1.0, 0.0]
    """
    import numpy as np

    if TABLE not in world.facts.names:
        return {}
    rows = world.facts.table(TABLE).where(commodity=commodity, direction=direction)
    states = _states(world, days, sorted({row["passage"] for row in rows}))
    out: dict[str, NDArray[np.float64]] = {}
    for row in rows:
        open_share = np.array([_open_share(state, row) for state in states[row["passage"]]])
        passes = 1.0 - row["share"] * (1.0 - open_share)
        for key in _keys(world, row):
            out[key] = out.get(key, 1.0) * passes
    return out


def shipping_evidence(world: World, days: Sequence[date], commodity: Shipped, direction: Way) -> dict[str, Evidences]:
    """The rows behind `passage_shares`: of each zone and area those of the table and of the states of its straits.

    Examples
    --------
    >>> from landbridge.world import World
    >>> rows = shipping_evidence(World.at("2026-03-15"), [date(2026, 3, 15)], "lng", "export")
    >>> rows["QAT"]
    (('energy_passages', 'QAT-lng-export-hormuz'), ('passage_status', 'hormuz-2026-03-01'))
    """
    if TABLE not in world.facts.names:
        return {}
    rows = world.facts.table(TABLE).where(commodity=commodity, direction=direction)
    states = _states(world, days, sorted({row["passage"] for row in rows}))
    found: dict[str, dict[tuple[str, str], None]] = {}
    for row in rows:
        cited = [(TABLE, row["id"]), *(one for state in states[row["passage"]] for one in state.evidence)]
        for key in _keys(world, row):
            found.setdefault(key, {}).update(dict.fromkeys(cited))
    return {key: tuple(cited) for key, cited in found.items()}


def _keys(world: World, row: Row) -> tuple[str, ...]:
    """The zone of a row, or its area with all its zones."""
    if row["zone"]:
        return (row["zone"],)
    return tuple(dict.fromkeys((row["area"], *zones_of(world.facts, row["area"]))))


def _open_share(state: State, row: Row) -> float:
    if not state.usable:
        return 0.0
    share = float(row["restricted_share"]) if state.open == "restricted" else 1.0
    return share * min(state.capacity_share, 1.0) * (1.0 - state.closed_probability)


def _states(world: World, days: Sequence[date], passages: Sequence[str]) -> dict[str, list[State]]:
    """The states of passages on each day: worked out once for each stretch in which nothing about them changes."""
    meant = {f"passage:{key}" for key in passages}
    trimmed = replace(
        world,
        events=tuple(item for item in world.events if meant & set(item.event.subjects)),
        scenarios=(),
        effects={},
        memo={},
    )
    changes = sorted(set(_changes(trimmed, passages)))
    known: dict[int, World] = {}
    found: dict[str, list[State]] = {key: [] for key in passages}
    last = world.facts.last_day
    for day in days:
        when = min(day, last)
        stretch = sum(change <= when for change in changes)
        if stretch not in known:
            known[stretch] = trimmed.on(when)
        for key in passages:
            found[key].append(passage_state(known[stretch], key))
    return found


def _changes(world: World, passages: Sequence[str]) -> Iterator[date]:
    """Days on which the state of a passage may change: its dated rows, and the events on it."""
    for row in world.facts.table("passage_status").rows:
        if row["passage"] in passages:
            yield from (one.first for one in (row["from"], row["to"]) if one is not None)
    for item in world.events:
        yield from (one for one in (item.event.first_day(), item.event.last_day()) if one is not None)
