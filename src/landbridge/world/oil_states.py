"""What oil can pass on the world's day: points with their capacity, sea links with passages, who refuses whose oil."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from landbridge.facts import Facts, Row
from landbridge.world.goods import goods_match
from landbridge.world.intervals import holds
from landbridge.world.measures import NEVER_BY_DEFAULT, Measure, measures
from landbridge.world.pipes import demand_factors, pipe_states, production_factors
from landbridge.world.states import passage_state, port_state
from landbridge.world.types import Evidences

if TYPE_CHECKING:
    from landbridge.world.world import World

CRUDE: Final = "crude_oil"
CRUDE_HS: Final = "2709"
INFINITE: Final = float("inf")
NO_LIMIT: Final = "none"


@dataclass(frozen=True, slots=True)
class OilPoint:
    """A directed point on the day: a pipe, a port, a railway.

    `capacity_kbd` is infinite where no limit is known; `origins` is ("only" or "not" or "", areas); `usual_kbd` is what
    the rows of the facts alone say; `reason` tells why less passes.
    """

    id: str
    tail: str
    head: str
    tail_area: str
    head_area: str
    kind: str
    pipeline: str
    bypasses: str
    capacity_kbd: float
    usual_kbd: float
    length_km: float
    origins: tuple[str, frozenset[str]]
    reason: str
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class SeaLink:
    """Two basins that ships cross between, both ways together at most `capacity_kbd`."""

    id: str
    tail: str
    head: str
    passages: tuple[str, ...]
    capacity_kbd: float
    length_km: float
    reason: str
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Refusal:
    """Areas that do not take oil of some origins by some modes; every mode where `modes` is empty."""

    origins: frozenset[str]
    areas: frozenset[str]
    modes: frozenset[str]
    only: bool
    evidence: Evidences


def oil_points(world: World) -> tuple[OilPoint, ...]:
    """Every point of the table with what it can pass on the day, and those that scenarios build.

    Examples
    --------
    >>> from landbridge.world import World
    >>> {point.id: point.capacity_kbd for point in oil_points(World.at("2023-06-01"))}["kirkuk-ceyhan"]
    0.0
    """
    facts = world.facts
    states = pipe_states(world, (world.day,), commodity="oil")
    plain = pipe_states(world, (world.day,), undisturbed=True, commodity="oil")
    rows = _rows_of_day(world, facts.table("oil_points").rows)
    ports = facts.table("ports").by_id
    found = []
    for number, name in enumerate(states.points):
        capacity, usual = float(states.capacity_kbd[number, 0]), float(plain.capacity_kbd[number, 0])
        evidence = states.evidence[number]
        row = rows.get(name)
        if row is None:
            if capacity > 0.0:
                found.append(_built(facts, states, number, capacity))
            continue
        reason = "" if capacity >= usual > 0.0 else str(row["note"] or "") if usual == 0.0 else _note(world, name)
        if capacity > 0.0 and row["port"] in ports:
            state = port_state(world, row["port"])
            if not state.usable:
                capacity, reason = 0.0, state.reason or f"the port {row['port']} is shut"
                evidence = (*state.evidence, *evidence)
            elif state.capacity_share < 1.0:
                capacity, evidence = capacity * state.capacity_share, (*state.evidence, *evidence)
        endless = row["limit"] == NO_LIMIT and capacity >= usual
        found.append(
            OilPoint(
                name, row["from_zone"], row["to_zone"], row["from_area"] or "", row["to_area"] or "", row["kind"],
                row["pipeline"] or "", row["bypasses"] or "", INFINITE if endless else capacity,
                INFINITE if row["limit"] == NO_LIMIT else usual, float(row["length_km"]), _origins(row["origins"]),
                reason, evidence or (("oil_points", row["id"]),),
            )
        )  # fmt: skip
    return tuple(found)


def _rows_of_day(world: World, rows: Iterable[Row]) -> dict[str, Row]:
    """The row of each point on the day, by name."""
    return {row["point"]: row for row in rows if holds(row, world.day, world.known_on)}


def _note(world: World, point: str) -> str:
    effect = world.effects.get(("pipe", "oil", point))
    return "" if effect is None else effect.note


def _origins(text: str | None) -> tuple[str, frozenset[str]]:
    rule, _, areas = (text or "").partition(":")
    return rule, frozenset(area for area in areas.split(";") if area)


def _built(facts: Facts, states: Any, number: int, capacity: float) -> OilPoint:
    """A pipe of a scenario, between the main zones of the areas that it names: by production and by demand."""
    tail, head = states.from_zones[number], states.to_zones[number]
    return OilPoint(
        states.points[number], main_zone(facts, tail, "production"), main_zone(facts, head, "demand"), tail, head,
        "pipe", states.pipelines[number], "", capacity, 0.0, 0.0, ("", frozenset()), "", states.evidence[number],
    )  # fmt: skip


def main_zone(facts: Facts, key: str, item: str) -> str:
    """The zone of that name, else the zone of an area with the largest share of its production or demand.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> main_zone(load(), "SAU", "production"), main_zone(load(), "SAU", "demand"), main_zone(load(), "POL", "demand")
    ('SAU_E', 'SAU_W', 'POL')
    """
    zones = facts.table("oil_zones").by_id
    shares = [row for row in facts.table("oil_zone_shares").rows if row["item"] == item]
    inside = [row for row in shares if zones[row["zone"]]["area"] == key]
    if inside:
        return str(max(inside, key=lambda row: (row["share"], row["zone"]))["zone"])
    return key


def sea_links(world: World) -> tuple[SeaLink, ...]:
    """The links between basins; a shut passage shuts its links, a share of capacity is taken of the usual flow.

    Examples
    --------
    >>> from landbridge.world import World
    >>> links = sea_links(World.at("2023-06-01").apply("hormuz-closed"))
    >>> [link.capacity_kbd for link in links if "hormuz" in link.passages]
    [0.0]
    """
    facts = world.facts
    limits = {
        row["passage"]: row for row in facts.table("oil_sea_limits").rows if holds(row, world.day, world.known_on)
    }
    found = []
    for row in facts.table("oil_sea_links").rows:
        capacity = INFINITE if row["capacity_kbd"] is None else float(row["capacity_kbd"])
        evidence: Evidences = (("oil_sea_links", row["id"]),)
        reason = ""
        for passage in row["passages"] or ():
            state = passage_state(world, passage)
            opened = ("status", "passage", passage) in world.effects and state.usable
            if not state.usable:
                capacity, reason, evidence = 0.0, state.reason or f"{passage} is shut", (*state.evidence, *evidence)
                continue
            if passage in limits and not opened:
                limit = limits[passage]
                capacity, reason = min(capacity, float(limit["capacity_kbd"])), str(limit["note"] or "")
                evidence = (("oil_sea_limits", limit["id"]), *state.evidence, *evidence)
            if state.capacity_share < 1.0 and row["usual_kbd"] is not None:
                capacity, reason = min(capacity, state.capacity_share * float(row["usual_kbd"])), state.reason
                evidence = (*state.evidence, *evidence)
        found.append(
            SeaLink(row["id"], row["from_basin"], row["to_basin"], row["passages"] or (), capacity,
                    float(row["length_km"]), reason, evidence)
        )  # fmt: skip
    return tuple(found)


def refusals(world: World) -> tuple[Refusal, ...]:
    """Who takes whose oil not: embargoes of `measure_rules` and of scenarios, and the practice of `oil_buyers`.

    Examples
    --------
    >>> from landbridge.world import World
    >>> row = ("measure_rules", "eu22-6-oil-r-crude")
    >>> [one.areas >= {"DEU", "ITA"} for one in refusals(World.at("2023-06-01")) if row in one.evidence]
    [True]
    """
    found = [_embargo(world, one) for one in measures(world) if _is_embargo(world.facts, one)]
    for row in world.facts.table("oil_buyers").rows:
        if holds(row, world.day, world.known_on):
            origins, areas = frozenset((row["origin"],)), frozenset(row["areas"])
            found.append(Refusal(origins, areas, frozenset(), row["rule"] == "only", (("oil_buyers", row["id"]),)))
    return tuple(one for one in found if one.areas and one.origins)


def _is_embargo(facts: Facts, measure: Measure) -> bool:
    return (
        measure.effect == "forbidden"
        and bool(measure.what & {"import", "export"})
        and measure.handling != "note"
        and measure.certainty not in NEVER_BY_DEFAULT
        and not measure.gates
        and goods_match(facts, CRUDE, CRUDE_HS, measure.cargo, measure.hs) == "yes"
    )


def _embargo(world: World, measure: Measure) -> Refusal:
    """An import ban as a refusal, without the areas and modes that a rule of the same measure allows.

    An export ban bars the imposers' own oil from the targets.
    """
    areas, origins = measure.where - measure.targets, measure.targets
    if "import" not in measure.what:
        areas, origins = measure.targets, measure.where - measure.targets
    modes = measure.modes
    allowed = [
        one
        for one in measures(world)
        if one.measure_id == measure.measure_id and one.effect == "allowed" and one.modes & modes
    ]
    lifted = frozenset(area for one in allowed for area in one.territory)
    return Refusal(origins, areas - lifted, modes, False, ((measure.table, measure.id),))


def oil_factors(world: World) -> tuple[dict[str, float], dict[str, float]]:
    """By which factor scenarios change the production and the demand of areas on the day.

    Examples
    --------
    >>> from landbridge.world import World
    >>> oil_factors(World.at("2023-06-01"))
    ({}, {})
    """
    made = production_factors(world, (world.day,), "oil")
    used = demand_factors(world, (world.day,), "oil")
    return ({area: float(one[0]) for area, one in made.items()}, {area: float(one[0]) for area, one in used.items()})
