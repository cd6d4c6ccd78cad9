"""Moving: hours, money and kilograms for a kilometre of rail, road, sea, river and air."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from landbridge.routing.costs.amounts import BLOCK, DAY_H, WAGON, Load, lane_factors
from landbridge.routing.costs.boxes import lone_part
from landbridge.routing.costs.carriers import BULK, MAINLINE, carrier_class
from landbridge.routing.costs.crews import crew_of
from landbridge.routing.costs.driving import trip_hours_factor
from landbridge.routing.costs.emissions import co2_part, train_co2_parts
from landbridge.routing.costs.landed import LINER, Landed, landed_apart
from landbridge.routing.costs.parts import (
    BEFORE_FLIGHT,
    CALL_OUT,
    DRIVING,
    HIRE,
    RATE,
    REST,
    WEATHER,
    Group,
    Part,
    changing,
    of,
    waiting,
)
from landbridge.routing.costs.ports import home_ends
from landbridge.routing.costs.tariffs import TRANSIT, passes, sea_tariff

if TYPE_CHECKING:
    from landbridge.routing.costs.values import Book, Value
    from landbridge.routing.shipment import Shipment
    from landbridge.world import Link, World

TRAIN = "container train"
SMALL_LINER = "feeder"
"""The product of the small container ships of regional lines and feeders."""
BULK_CARRIER, RIVER_SEA = "bulk carrier", "river-sea"
"""The products of ships of loose cargo on the sea, and of ships that sail rivers and shallow seas too."""
BARGE = "barge"
"""The product of barges, which sail on rivers and canals alone."""
CALL_OUT_USD = "call_out_usd_lorry"
CALLS = "port_call_share"
"""Of the hours at sea those at berths on the way; a row for a passage without ports of call says 0."""


LORRY_RATE = "rate_usd_lorry_km"
BY_ROAD = "by_road"
"""The region of `cost_regions` of areas whose lorries go abroad by road as far as Europe or Central Asia."""


@dataclass(frozen=True, slots=True)
class HomeLorries:
    """The lorries of the two ends of a trip, as far as what they take for a kilometre depends on them.

    `rate` is that of the end where they are cheaper, `usd_km` what one of them takes for a kilometre beside its call,
    none where an end is overseas; `told` names the ends of which a row tells what goods pay that pass: these do not.
    """

    rate: Value | None
    usd_km: float = 0.0
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trip:
    """What the costs of one shipment in one world depend on.

    `lanes` holds for each mode the price against the headhaul and the row that says so; `weather` for a mode and an
    area the share of days on which nothing moves, and the season that says so; `ships` is the class of the lines that
    carry it at sea; `trades` the lanes of trade that its ends lie on; `home` its ends as far as ports ask for them;
    `lorries` those of its ends; `landed` what a box pays more at ports on the way that lie on a dearer lane.
    """

    book: Book
    shipment: Shipment
    load: Load
    lanes: dict[str, tuple[float, str]]
    weather: Mapping[tuple[str, str], tuple[float, str]] = field(default_factory=dict)
    ships: str = MAINLINE
    trades: tuple[str, ...] = ()
    home: tuple[str | None, str | None] = (None, None)
    lorries: HomeLorries | None = None
    landed: Mapping[tuple[str, str], Landed] = field(default_factory=dict)

    @property
    def boxed(self) -> bool:
        """In containers."""
        return self.load.boxed

    @property
    def kg_per_g_tkm(self) -> float:
        """Kilograms for a kilometre of the whole shipment at one gram a tonne-kilometre."""
        return self.load.tonnes / 1000.0


def trip_of(book: Book, shipment: Shipment, load: Load, world: World | None = None) -> Trip:
    """Look up the lanes of a shipment, and the weather of the day and its carriers where a world is given."""
    lanes = lane_factors(shipment, book.facts, book.day)
    trades = book.lanes(shipment.origin_area, shipment.destination_area)
    home = home_ends(book.facts, shipment.origin_area, shipment.destination_area)
    lorries = home_lorries(book, shipment.origin_area, shipment.destination_area)
    landed = landed_apart(shipment, book.facts, book.day)
    if world is None:
        return Trip(book, shipment, load, lanes, trades=trades, home=home, lorries=lorries, landed=landed)
    ships = carrier_class(world, shipment)
    return Trip(book, shipment, load, lanes, _closed_days(world), ships, trades, home, lorries, landed)


def home_lorries(book: Book, origin: str | None, destination: str | None) -> HomeLorries | None:
    """The lorries that carry between two ends, None where an end is not known.

    Agreements on road transport give the goods between two areas to carriers of the two, and those between two places
    of one area to its own, on a way through another area too. Where lorries of an end do not come so far by road, the
    goods land in a port on the way, and the lorries of that area take them on for what they ask at home.

    Examples
    --------
    >>> from datetime import date
    >>> from landbridge.facts import load
    >>> from landbridge.routing.costs import book
    >>> home_lorries(book(load(), date(2024, 5, 1)), "IRN", "TUR").rate.id
    'rate-usd-lorry-km-road-irn-2024'
    >>> home_lorries(book(load(), date(2024, 5, 1)), "IND", "RUS").rate
    """
    if not origin or not destination:
        return None
    lanes = book.lanes(origin, destination)
    ends = sorted({origin, destination})
    named = {row["area"] for row in book.rows.get(LORRY_RATE, ()) if row["lane"] == TRANSIT}
    told = tuple(area for area in ends if not named.isdisjoint((area, *book.regions.get(area, ()))))
    if origin != destination and not all(BY_ROAD in book.regions.get(area, ()) for area in ends):
        return HomeLorries(None, told=told)
    rate, usd_km = min((_kilometre(book, area, lanes) for area in ends), key=lambda found: found[1])
    return HomeLorries(rate, usd_km, told)


def _closed_days(world: World) -> dict[tuple[str, str], tuple[float, str]]:
    """For a mode and an area the share of days on which nothing moves in this season."""
    from landbridge.world import season_effects

    found = {}
    for row in world.facts.table("seasons").where(subject_kind="area"):
        season = season_effects(world, "area", row["subject"], row["mode"])
        if season.closed_probability > 0.0:
            found[row["mode"], row["subject"]] = (season.closed_probability, season.evidence[0][1])
    return found


def move_group(trip: Trip, mode: str, where: str, link: Link | None = None, *, barge: str | None = None) -> Group:
    """The cost of moving by a mode in an area (on water: in a basin, "" is the open sea).

    With `barge` it is by barge on a river: the waterway, "" where it is in no row of the table.
    """
    if mode in {"sea", "river"}:
        parts = _water(trip, where, river=mode == "river") if barge is None else _barge(trip, barge)
    else:
        parts = {"rail": _rail, "road": _road, "air": _air}[mode](trip, where)
    if link is not None:
        parts = _on_link(parts, link)
    by = (mode,) if barge is None else (BARGE, barge)
    return Group(("move", *by, where, link.id if link else ""), tuple(parts))


def _on_link(parts: list[Part], link: Link) -> list[Part]:
    """An invented link may state its own speed: hours follow it, and stand on the scenario."""
    if link.hours is not None and link.km:
        hours_km = link.hours / link.km
    elif link.speed_kmh:
        hours_km = 1.0 / link.speed_kmh
    else:
        return parts
    own = Part(DRIVING, "scenario", link.id, "D", hours_km=hours_km)
    return [own, *(_without_hours(part) for part in parts)]


def _without_hours(part: Part) -> Part:
    return part._replace(hours=0.0, hours_km=0.0, var_h2=0.0, var_h2_km=0.0)


def speed_part(trip: Trip, speed: Value, mode: str, product: str = "", factor: float = 1.0) -> Part:
    """Hours for a kilometre at a speed; the variance grows with the way as on trips of the usual length."""
    book = trip.book
    hours = factor / speed.value
    cv = book.get("cv_time", mode=mode, product=product).value
    typical = book.get("typical_leg_h", mode=mode, product=product).value
    return Part(
        DRIVING, speed.table, speed.id, speed.grade, hours_km=hours, var_h2_km=cv * cv * typical * hours,
        low=1.0 / speed.high, high=1.0 / max(speed.low, 0.05),
    )  # fmt: skip


def hire_part(trip: Trip, hours_km: float = 0.0, hours: float = 0.0) -> list[Part]:
    """Hire of the boxes while they are on land."""
    if not trip.boxed:
        return []
    hire = trip.book.get("hire_usd_teu_day")
    usd = hire.value * trip.load.units / DAY_H
    return [of(hire, HIRE, usd=usd * hours, usd_km=usd * hours_km)]


def lorry_rate(trip: Trip, area: str) -> tuple[Value, float]:
    """The rate of lorries in an area, and dollars for a kilometre of the whole shipment.

    A haulier's tariff has two parts: the lorry comes and waits whatever the distance, and drives. A rate for a
    kilometre that is told of trips of some length holds both: at that length the two parts come to it.
    Lorries of the ends bring their own wages, capital and price of fuel with them: through an area between they drive
    no more cheaply than at home, whatever its own lorries take for carriage within it. What makes an area dear, they
    pay too.
    """
    rate, usd_km = _kilometre(trip.book, area, (*trip.trades, TRANSIT) if passes(trip, area) else trip.trades)
    home = trip.lorries
    if home is not None and home.rate is not None and home.usd_km > usd_km:
        rate, usd_km = home.rate, home.usd_km
    return rate, usd_km * trip.load.lorries


def _kilometre(book: Book, area: str, lanes: tuple[str, ...]) -> tuple[Value, float]:
    """The rate of an area's own lorries for such a trade, and what one takes for a kilometre beside its call."""
    rate = book.get(LORRY_RATE, mode="road", area=area, lanes=lanes)
    call = book.get(CALL_OUT_USD, mode="road", area=area)
    told_km = book.get("rate_trip_km", mode="road", area=area)
    return rate, rate.value - call.value / told_km.value


def call_out(trip: Trip, area: str, ends: int = 2) -> Part:
    """What the lorries of a shipment are paid for coming and waiting at one end of their run, or at both."""
    call = trip.book.get(CALL_OUT_USD, mode="road", area=area)
    return of(call, CALL_OUT, usd=call.value * trip.load.lorries * ends / 2.0)


def lane_part(trip: Trip, mode: str, usd_km: float) -> list[Part]:
    """What the direction of the trade takes off the headhaul rate."""
    factor, row = trip.lanes[mode]
    if not row or factor == 1.0:
        return []
    grade = trip.book.facts.row("products", row)["grade"]
    low, high = changing(factor, *trip.book.ratios(1.0, None, None, grade))
    return [Part("direction of the trade", "products", row, grade, usd_km=(factor - 1.0) * usd_km, low=low, high=high)]


def level_part(level: Value, usd_km: float) -> Part:
    """What a product adds to a rate or takes off it."""
    low, high = changing(level.value, level.low, level.high)
    return Part("product", *level.row, level.grade, usd_km=usd_km * (level.value - 1.0), low=low, high=high)


def _rail(trip: Trip, area: str) -> list[Part]:
    book, load = trip.book, trip.load
    product = TRAIN if trip.boxed and load.product != WAGON else WAGON
    if not trip.boxed and load.product == BLOCK:
        product = TRAIN
    speed = speed_part(trip, book.get("speed_kmh", mode="rail", product=product, area=area), "rail", product)
    rate, usd_km = rail_rate(trip, area)
    level = book.get("rate_factor", mode="rail", product=load.product)
    parts = [speed, of(rate, RATE, usd_km=usd_km)]
    if product == TRAIN and trip.boxed:
        lone = lone_part(trip, "freight", rate.value, mode="rail", area=area, each_km=True)
        usd_km += sum(part.usd_km for part in lone)
        parts += lone
    if level.value != 1.0:
        parts.append(level_part(level, usd_km))
    parts += lane_part(trip, "rail", usd_km * level.value)
    return [*parts, *hire_part(trip, speed.hours_km), *train_co2_parts(trip, product, area)]


def rail_rate(trip: Trip, area: str) -> tuple[Value, float]:
    """The rate of a railway, and dollars for a kilometre of the whole shipment.

    Goods that pass pay what is told of transit; of most goods nothing is, and they pay as all do.
    """
    book, load = trip.book, trip.load
    lanes = (TRANSIT,) if passes(trip, area) else ()
    if trip.boxed and load.product != WAGON:
        rate = book.get("rate_usd_teu_km", mode="rail", product=TRAIN, area=area, lanes=lanes)
        return rate, rate.value * load.rail_units
    product = load.product if not trip.boxed else WAGON
    # Goods with a tariff of their own pay it; other loose goods pay the one of all.
    own = "" if trip.boxed else load.cargo
    tariff = book.find("rate_usd_tkm", mode="rail", product=product, area=area, cargo=own, lanes=lanes) if own else None
    if tariff is not None and book.facts.row(*tariff.row)["cargo"] == own:
        rate = tariff
    else:
        rate = book.get("rate_usd_tkm", mode="rail", product=product, area=area, cargo=load.bulk, lanes=lanes)
    amount = load.tonnes if trip.boxed else load.rail_units
    return rate, rate.value * amount


def _road(trip: Trip, area: str) -> list[Part]:
    book, load = trip.book, trip.load
    crew = crew_of(trip, area)
    rest = trip_hours_factor(book, area, team=crew.everywhere)
    driving = speed_part(trip, book.get("speed_kmh", mode="road", area=area), "road")
    resting = Part(
        REST, *rest.row, rest.grade, hours_km=driving.hours_km * (rest.value - 1.0),
        var_h2_km=driving.var_h2_km * (rest.value - 1.0), low=rest.low, high=rest.high,
    )  # fmt: skip
    rate, usd_km = lorry_rate(trip, area)
    parts = [driving, resting, of(rate, RATE, usd_km=usd_km)]
    if crew.paid:
        second = book.get("team_rate_factor", mode="road")
        parts.append(level_part(second, usd_km)._replace(factor="second driver"))
        usd_km *= second.value
    if load.groupage:
        level = book.get("rate_factor", mode="road", product="groupage")
        parts.append(level_part(level, usd_km))
        usd_km *= level.value
    parts += lane_part(trip, "road", usd_km)
    parts += _weather(trip, "road", area, driving.hours_km * rest.value)
    return [*parts, *hire_part(trip, driving.hours_km * rest.value), co2_part(trip, "road", area=area)]


def _weather(trip: Trip, mode: str, area: str, hours_km: float) -> list[Part]:
    """Days on which the roads of an area are shut, spread over the way."""
    share, row = trip.weather.get((mode, area), (0.0, ""))
    if not 0.0 < share < 1.0:
        return []
    grade = trip.book.facts.row("seasons", row)["grade"]
    low, high = trip.book.ratios(1.0, None, None, grade)
    return [Part(WEATHER, "seasons", row, grade, hours_km=hours_km * share / (1.0 - share), low=low, high=high)]


def ship_of(trip: Trip, basin: str, *, river: bool = False) -> str:
    """The class of ship that carries the shipment in a basin."""
    if river:
        return RIVER_SEA
    row: Any = trip.book.facts.table("sea_basins").by_id.get(basin)
    if row is not None:
        return str(row["product"])
    return LINER if trip.boxed else BULK_CARRIER


def _hull(trip: Trip, ship: str) -> str:
    """The size of a class of ship: regional lines and feeders sail with small container ships, and more slowly."""
    return SMALL_LINER if ship == LINER and trip.ships not in {MAINLINE, BULK} else ship


def _water(trip: Trip, basin: str, *, river: bool = False) -> list[Part]:
    book, load = trip.book, trip.load
    ship = ship_of(trip, basin, river=river)
    hull = _hull(trip, ship)
    mode = "river" if river else "sea"
    # The speed of a lane is that of the large lines on it.
    trades = trip.trades if trip.ships == MAINLINE else ()
    speed = speed_part(trip, book.get("speed_kmh", mode=mode, product=hull, area=basin, lanes=trades), mode)
    parts = [speed]
    calls = book.find(CALLS, mode=mode, product=ship)
    if calls is not None and calls.value > 0.0:
        hours = speed.hours_km * calls.value
        parts.append(of(calls, "port calls", hours_km=hours, var_h2_km=speed.var_h2_km * calls.value))
    rate, lone = None, []
    if trip.boxed:
        rate = book.find("rate_usd_teu_km", mode=mode, product=ship, area=basin, lanes=trip.trades)
    if rate is not None:
        usd_km = rate.value * load.units
        lone = lone_part(trip, "freight", rate.value, mode="sea", area=basin, lanes=trip.trades, each_km=True)
    else:
        rate = sea_tariff(trip, "rate_usd_tkm", ship, mode=mode, basin=basin)
        rate = rate or book.get("rate_usd_tkm", mode=mode, product=ship, area=basin, cargo=load.bulk)
        usd_km = rate.value * load.tonnes
    parts += [of(rate, RATE, usd_km=usd_km), *lone]
    usd_km += sum(part.usd_km for part in lone)
    parts += lane_part(trip, "sea", usd_km)
    grams = "" if river else hull
    return [*parts, co2_part(trip, mode, grams)]


def _barge(trip: Trip, waterway: str) -> list[Part]:
    """A barge on a river or canal: loose cargo and boxes by their weight, and no other price for one direction."""
    book, load = trip.book, trip.load
    rate = book.get("rate_usd_tkm", mode="river", product=BARGE, area=waterway, cargo=load.bulk)
    speed = speed_part(trip, book.get("speed_kmh", mode="river", product=BARGE), "river")
    hire = hire_part(trip, speed.hours_km)
    return [speed, of(rate, RATE, usd_km=rate.value * load.tonnes), *hire, co2_part(trip, "river", BARGE)]


def _air(trip: Trip, _: str) -> list[Part]:
    book = trip.book
    rate = book.get("rate_usd_tkm", mode="air")
    usd_km = rate.value * trip.load.tonnes
    parts = [speed_part(trip, book.get("speed_kmh", mode="air"), "air"), of(rate, RATE, usd_km=usd_km)]
    parts += lane_part(trip, "air", usd_km)
    handled = airport_parts(trip)
    hire = hire_part(trip, hours=sum(part.hours for part in handled))
    return [*parts, co2_part(trip, "air"), *(part._replace(factor=BEFORE_FLIGHT) for part in (*handled, *hire))]


def airport_parts(trip: Trip) -> list[Part]:
    """What happens at an airport once: before a flight, from one flight to the next, or after the last one."""
    book = trip.book
    hours, usd = book.get("air_handling_h", mode="air"), book.get("air_handling_usd_t", mode="air")
    cv = book.get("cv_time", mode="wait").value
    return [
        waiting(hours, "handling", hours.value, cv),
        of(usd, "handling", usd=usd.value * trip.load.tonnes),
    ]
