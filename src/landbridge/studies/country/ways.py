"""Standard routes of an area on the day: to its main partners and to seaports that take boxes, each the best way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from landbridge.geo import great_circle_km
from landbridge.routing.answer import Itinerary, NoRoute
from landbridge.routing.costs import value_of_time_usd_h
from landbridge.routing.costs.access import no_boxes
from landbridge.routing.matrices import MatrixQuestion, answer_matrix
from landbridge.routing.question import RouteQuestion
from landbridge.routing.shipment import Shipment
from landbridge.routing.single import best_way
from landbridge.studies.country.rows import Evidences, Told
from landbridge.studies.country.served import unserved
from landbridge.studies.country.trade import Partner
from landbridge.world.places import holder, resolve
from landbridge.world.sayings import said_on
from landbridge.world.states import port_state

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.world import World

PORTS: Final = 6
"""So many seaports are told: the best of each basin, and the next of the basin with the best."""
NEAR_IN_BASIN: Final = 6
NEAR: Final = 80
"""So many ports of one basin, and of all, may be the best: the nearest by great circle."""
MOST_TRIED: Final = 3
"""So many ports of one basin are looked at for one that is reached without the open sea."""
MOST_SHUT: Final = 2
"""So many closed ports that would cost less are told beside them."""
MOST_DEARER: Final = 3.0
"""A port that costs more than so many times the best, in money and time, is no way to the sea that anybody takes."""
NOT_BASINS: Final = frozenset(
    ("approach", "bulk", "container", "deep-sea", "ferry", "grain", "hub", "LNG", "multipurpose", "north", "oil",
     "rail", "ro-ro")
)  # fmt: skip
"""Words that end the name of a basin in the kind of a port."""
RIVER: Final = "river"
"""Roles of ports that begin so lie on a river or a closed sea: no way to the ocean without another port."""


PORT: Final = "port:"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a route begins or ends: what is asked for, and how it is called."""

    asked: str
    name: str
    area: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class StandardRoute(Told):
    """The best way of one standard shipment, or why there is none.

    Attributes
    ----------
    kind
        partner or port.
    to_area, to
        Where it goes.
    ask
        The two ends as `landbridge route` takes them.
    share
        Share of the partner in all trade; None for ports, and where trade is not known.
    box_share
        Share of the partner in the trade that boxes may carry.
    hours, usd
        Of the shipment, door to door [h, USD], with the range of uncertain facts; None without a way.
    no_route
        Why there is none.
    unserved
        Seaports on the way at which the tables know neither boxes nor a line: the ship is assumed.
    weighed_by
        The rows of trade that its shares come from.
    """

    kind: str
    to_area: str
    to: str
    ask: tuple[str, str]
    share: float | None
    box_share: float | None
    km: float | None
    hours: float | None
    hours_low: float | None
    hours_high: float | None
    usd: float | None
    usd_low: float | None
    usd_high: float | None
    generalised_usd: float | None
    kg_co2e: float | None
    label: str
    modes: tuple[str, ...]
    areas: tuple[str, ...]
    crossings: tuple[str, ...]
    passages: tuple[str, ...]
    grade: str
    grade_shares: dict[str, float]
    no_route: str | None
    blocked_by: tuple[dict[str, Any], ...]
    evidence: Evidences
    unserved: tuple[str, ...] = ()
    weighed_by: Evidences = field(default=(), repr=False)
    way: Itinerary | None = field(default=None, repr=False)

    @property
    def there(self) -> bool:
        """Whether there is a way."""
        return self.hours is not None

    @property
    def usd_per_h(self) -> float:
        """What an hour counts for in the choice of the way [USD/h]."""
        if not self.hours or self.generalised_usd is None or self.usd is None:
            return 0.0
        return (self.generalised_usd - self.usd) / self.hours

    def uses(self, gates: Iterable[tuple[str, str]]) -> bool:
        """Whether the way passes one of some gates, written (table, id)."""
        if self.way is None:
            return False
        used = {leg.ref for leg in self.way.legs if leg.ref is not None}
        used |= {row for leg in self.way.legs for row in leg.evidence}
        used |= {("passages", key) for key, _ in self.way.passages}
        if self.kind == "port":
            used.add(("ports", self.ask[1].removeprefix(PORT)))
        return not used.isdisjoint(gates)


def main_place(facts: Facts, area: str) -> Spot:
    """The largest place of an area; its capital by position where the table of places has none.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> main_place(load(), "ARM").name, main_place(load(), "CHN").name
    ('Yerevan', 'Shanghai')
    """
    rows = facts.table("places").where(area=area)
    if rows:
        row = max(rows, key=lambda row: (row["population"] or 0, row["id"]))
        return Spot(f"place:{row['id']}", row["name"], area, row["lat"], row["lon"])
    row = facts.row("areas", area)
    return Spot(f"{row['lat']:g},{row['lon']:g}", row["capital"] or row["name"], area, row["lat"], row["lon"])


def spot_of(facts: Facts, route: StandardRoute) -> Spot:
    """The goal of a standard route, to look for a way there in another world."""
    place = resolve(route.ask[1], facts)
    return Spot(route.ask[1], route.to, route.to_area, place.lat, place.lon)


def held_by(world: World, area: str) -> tuple[str, ...]:
    """Who holds an area on the day: by its dated rows or those of its main place, else as the table of areas has it.

    Examples
    --------
    >>> from landbridge.world import World
    >>> held_by(World.at("2019-06-01"), "X_NKR"), held_by(World.at("2024-06-01"), "X_NKR")
    (('X_NKR',), ('AZE',))
    """
    place = resolve(main_place(world.facts, area).asked, world.facts)
    held = holder(world, place)
    return (held,) if held != place.area else tuple(world.facts.row("areas", area)["de_facto"] or ())


def basin_of(kind: str) -> str:
    """The sea of a port, by its kind.

    Examples
    --------
    >>> basin_of("black sea oil/container/ferry"), basin_of("china north"), basin_of("north sea hub")
    ('black sea', 'china', 'north sea')
    >>> basin_of("china; Middle Corridor eastern end"), basin_of("baltic 1524"), basin_of("med/suez hub")
    ('china', 'baltic', 'med')
    """
    words = re.split(r"[;(]", kind)[0].replace("/", " / ").split()
    ends = (at for at, word in enumerate(words) if at and (word in NOT_BASINS or word == "/" or word.isdigit()))
    return " ".join(words[: next(ends, len(words))])


def seaports(world: World, spot: Spot) -> tuple[tuple[Spot, str], ...]:
    """Seaports that take boxes and open on the ocean, the nearest of each basin, with the basin.

    Examples
    --------
    >>> from landbridge.world import World
    >>> world = World.at("2022-05-16")
    >>> [(one.name, basin) for one, basin in seaports(world, main_place(world.facts, "ARM"))][:2]
    [('Batumi', 'black sea'), ('Poti', 'black sea')]
    """
    facts = world.facts
    inland = {row["kind"] for row in facts.table("port_roles").rows if row["role"].startswith(RIVER)}
    rows = [
        row
        for row in facts.table("ports").rows
        if row["kind"] not in inland
        and not _closed_sea(facts, row["lat"], row["lon"])
        and no_boxes(world, row["id"]) is None
        and port_state(world, row["id"]).open != "planned"
    ]
    rows.sort(key=lambda row: (float(great_circle_km(spot.lat, spot.lon, row["lat"], row["lon"])), row["id"]))
    found: list[tuple[Spot, str]] = []
    for row in rows:
        basin = basin_of(row["kind"])
        if sum(one == basin for _, one in found) < NEAR_IN_BASIN:
            found.append((Spot(f"port:{row['id']}", row["name"], row["area"], row["lat"], row["lon"]), basin))
    return tuple(found[:NEAR])


def ways_to_sea(world: World, start: Spot, teu: float) -> tuple[StandardRoute, ...]:
    """The ports that cost least to reach by land, river and closed seas: the best of each basin, the cheapest first.

    A port that the best way reaches over the open sea is no way to the sea: it begins at another seaport. A closed
    port stays in the list with the reason, and the next of its basin is told too. Where none is reached, the nearest
    two are told with the reason.

    Examples
    --------
    >>> from landbridge.world import World
    >>> world = World.at("2022-05-16")
    >>> ways_to_sea(world, main_place(world.facts, "ISL"), 2.0)[0].to
    'Reykjavik'
    """
    near = seaports(world, start)
    if not near:
        return ()
    reached = _ranked(world, start, near, teu)
    if not reached:
        return tuple(standard_route(world, start, one, teu) for one, _ in near[:2])
    basins: dict[str, list[Spot]] = {}
    for one, basin, _ in reached:
        basins.setdefault(basin, []).append(one)
    costs = {one.asked: cost for one, _, cost in reached}
    first: list[StandardRoute] = []
    shut: list[StandardRoute] = []
    for at, some in enumerate(basins.values()):
        if len(first) >= PORTS:
            break
        by_land, closed_one = _by_land(world, start, some, teu, 1 if at else 2)
        first += by_land
        shut += closed_one
    best = min((costs[one.ask[1]] for one in first), default=0.0)
    taken = [one for one in first if costs[one.ask[1]] <= MOST_DEARER * best]
    cheaper = [one for one in shut if not first or costs[one.ask[1]] < best]
    return (
        *sorted(taken, key=lambda one: (one.generalised_usd or 0.0, one.ask))[:PORTS],
        *cheaper[:MOST_SHUT],
    )


def _by_land(
    world: World, start: Spot, some: Sequence[Spot], teu: float, most: int
) -> tuple[list[StandardRoute], list[StandardRoute]]:
    """The best ports of a basin that are reached without the open sea; a better one that is closed."""
    found: list[StandardRoute] = []
    shut: list[StandardRoute] = []
    for one in some[: MOST_TRIED + most - 1]:
        if len(found) == most:
            break
        route = standard_route(world, start, one, teu)
        if route.there and not over_open_sea(world.facts, route):
            found.append(route)
        elif not route.there and not shut:
            shut.append(route)
    return found, shut


def _ranked(world: World, start: Spot, near: Sequence[tuple[Spot, str]], teu: float) -> list[tuple[Spot, str, float]]:
    """The ports that are reached with what each costs in money and time together, those first that cost least."""
    goals = tuple(one.asked for one, _ in near)
    cells = answer_matrix(world, MatrixQuestion((start.asked,), goals, shipment(teu))).cells
    there = {goal: (hours, usd) for _, goal, _, hours, usd, _ in cells if hours is not None and usd is not None}
    if not there:
        return []
    spots = {one.asked: (one, basin) for one, basin in near}
    worth = value_of_time_usd_h(shipment(teu), world.facts)
    costs = {goal: usd + worth * hours for goal, (hours, usd) in there.items()}
    return [(*spots[goal], costs[goal]) for goal in sorted(there, key=lambda goal: (costs[goal], goal))]


def over_open_sea(facts: Facts, route: StandardRoute) -> bool:
    """Whether the way sails on another sea than a closed one as the Caspian."""
    legs = () if route.way is None else route.way.legs
    sailed = [leg for leg in legs if leg.mode == "sea" and leg.kind in ("move", "passage")]
    return any(not _closed_sea(facts, *leg.points[len(leg.points) // 2]) for leg in sailed if leg.points)


def _closed_sea(facts: Facts, lat: float, lon: float) -> bool:
    """Whether a port lies on a sea of river-sea ships, as the Caspian."""
    return any(
        row["lat_min"] <= lat <= row["lat_max"] and row["lon_min"] <= lon <= row["lon_max"]
        for row in facts.table("sea_basins").rows
    )


def shipment(teu: float) -> Shipment:
    """Boxes of general cargo."""
    return Shipment(cargo="container", teu=teu)


def standard_route(world: World, start: Spot, goal: Spot, teu: float, partner: Partner | None = None) -> StandardRoute:
    """The best way of a shipment of boxes from one spot to another; `partner` tells how much trade it stands for."""
    ends, kind = (start.asked, goal.asked), "port" if goal.asked.startswith(PORT) else "partner"
    shut = shut_port(world, goal.asked)
    found = shut or best_way(world, RouteQuestion(*ends, shipment(teu), n=1))
    share, box_share = (None, None) if partner is None else (partner.share, partner.box_share)
    weighed_by = () if partner is None else partner.evidence
    if isinstance(found, NoRoute):
        rows = tuple((str(one["table"]), str(one["id"])) for one in found.blocked_by if one.get("id"))
        return StandardRoute(
            kind, goal.area, goal.name, ends, share, box_share, *(None,) * 9, "", (), (), (), (), "D", {},
            found.reason, found.blocked_by, rows, (), weighed_by,
        )  # fmt: skip
    return StandardRoute(
        kind=kind,
        to_area=goal.area,
        to=goal.name,
        ask=ends,
        share=share,
        box_share=box_share,
        km=found.km,
        hours=found.hours,
        hours_low=found.hours_low,
        hours_high=found.hours_high,
        usd=found.usd,
        usd_low=found.usd_low,
        usd_high=found.usd_high,
        generalised_usd=found.generalised_usd,
        kg_co2e=found.kg_co2e,
        label=found.label,
        modes=found.modes,
        areas=found.areas,
        crossings=tuple(row for row, *_ in found.crossings),
        passages=tuple(dict.fromkeys(key for key, _ in found.passages)),
        grade=found.grade,
        grade_shares=dict(found.grade_shares),
        no_route=None,
        blocked_by=(),
        evidence=tuple((one.table, one.id) for one in found.evidence),
        unserved=unserved(world.facts, found),
        weighed_by=weighed_by,
        way=found,
    )


def shut_port(world: World, asked: str) -> NoRoute | None:
    """Why a seaport is no way to the sea on the day: a lorry may still reach its gate. None when it is open.

    Examples
    --------
    >>> from landbridge.world import World
    >>> shut_port(World.at("2022-06-01"), "port:odesa").reason
    'the port is closed: blockade of the Ukrainian Black Sea ports'
    """
    if not asked.startswith(PORT):
        return None
    state = port_state(world, asked.removeprefix(PORT))
    if state.usable:
        return None
    rows = tuple({"table": table, "id": key} for table, key in state.evidence)
    said = said_on(state.reason, world.day)
    return NoRoute(": ".join(filter(None, (f"the port is {state.open}", said))), rows)


def best_port(routes: Sequence[StandardRoute]) -> StandardRoute | None:
    """The seaport that costs least in money and time together; None where none is reached."""
    there = [one for one in routes if one.kind == "port" and one.generalised_usd is not None]
    return min(there, key=lambda one: (one.generalised_usd, one.ask), default=None)
