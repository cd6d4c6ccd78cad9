"""Changing mode or gauge inside a terminal: dwell, handling, storage, waiting for the train or ship."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from landbridge.routing.costs.amounts import BLOCK, DAY_H, GROUPAGE
from landbridge.routing.costs.boxes import box_parts, lone_part, return_parts
from landbridge.routing.costs.carriers import MAINLINE
from landbridge.routing.costs.landed import LINER
from landbridge.routing.costs.moves import BARGE, BULK_CARRIER, RIVER_SEA, Trip, airport_parts, hire_part
from landbridge.routing.costs.parts import OTHER_LANE, Group, Part, of, waiting
from landbridge.routing.costs.ports import BARGES, port_area, port_dwell, port_kind, port_roles, port_waters
from landbridge.routing.costs.tariffs import home_lanes, quay_tariff, sea_tariff
from landbridge.routing.costs.today import closed_parts, delay_parts, fee_of_state, queue_parts
from landbridge.routing.costs.values import Value

if TYPE_CHECKING:
    from landbridge.routing.costs.landed import Landed
    from landbridge.routing.costs.values import Book
    from landbridge.world import Rules, World

WATER: Final = frozenset({"sea", "river"})
CASPIAN: Final = "caspian-sea"
WHOLE: Final = "whole border"
"""A figure of `gauge_breaks` for all that happens at a border, the change of gauge among it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of mode: from which, to which, where."""

    start: str
    goal: str
    area: str
    port: str = ""

    @property
    def by_barge(self) -> bool:
        """Between land and a barge; between a barge and a ship of the sea it is a change at the quay of the ship."""
        return BARGES in {self.start, self.goal} and "sea" not in {self.start, self.goal}

    @property
    def direction(self) -> str:
        """Export for what goes to a ship of the sea, or from land to a barge; import for what leaves them."""
        return "export" if self.goal == "sea" or (self.goal in WATER and self.start not in WATER) else "import"


def transfer_group(world: World, rules: Rules, trip: Trip, change: Change) -> Group:
    """The cost of the arc from one mode to another in a terminal."""
    key = ("transfer", change.start, change.goal, change.area, change.port)
    if WATER & {change.start, change.goal}:
        parts = _port(world, rules, trip, change)
    elif "air" in {change.start, change.goal}:
        # What happens before a flight is counted with the flight: at a change of planes it happens again.
        parts = [] if change.goal == "air" else airport_parts(trip)
    else:
        parts = _railhead(trip, change)
    if trip.load.groupage and change.start == "road":
        parts += _hub(trip, change.goal)
    if change.goal == "road" and change.start != "air":
        parts += return_parts(trip)
    parts += hire_part(trip, hours=sum(part.hours for part in parts))
    return Group(key, tuple(parts))


def _hub(trip: Trip, goal: str) -> list[Part]:
    """What a part load stays longer than in the depots at both ends of its trip, to share a box with others."""
    hours, depots = trip.book.find("groupage_h", mode=goal), trip.book.get("groupage_h", mode="road").value
    if hours is None or hours.value <= depots:
        return []
    return [waiting(hours, GROUPAGE, hours.value - depots, trip.book.get("cv_time", mode="wait").value)]


def _railhead(trip: Trip, change: Change) -> list[Part]:
    """Between road and rail: waiting for the train and being loaded, or being released."""
    book, load = trip.book, trip.load
    cv = book.get("cv_time", mode="wait").value
    name, factor = ("train_wait_h", "wait for the train") if change.goal == "rail" else ("release_h", "release")
    wait = book.get(name, mode="rail", product=load.product, area=change.area)
    parts = [waiting(wait, factor, wait.value, cv)]
    if trip.boxed:
        usd = book.get("rail_end_usd_teu", mode="rail", area=change.area)
        parts += box_parts(trip, usd, "handling", "handling", mode="rail", area=change.area)
    else:
        usd = book.get("handling_usd_t", mode="rail", cargo="bulk")
        parts.append(of(usd, "handling", usd=usd.value * load.tonnes))
    return parts


def _port(world: World, rules: Rules, trip: Trip, change: Change) -> list[Part]:
    """Between land and water: dwell, handling, the part of the freight that does not grow with distance."""
    book, load = trip.book, trip.load
    role = port_roles(book.facts).get(change.port, "direct")
    cv = book.get("cv_time", mode="wait").value
    by_train = load.product == BLOCK and "rail" in {change.start, change.goal}
    direction = change.direction
    transit = in_transit(trip, change.port, direction)
    dwell = port_dwell(
        book, change.port, direction, loose="" if trip.boxed else trip.load.cargo, by_train=by_train, transit=transit,
        by_barge=change.by_barge, lanes=home_lanes(trip, port_area(book.facts, change.port)),
    )  # fmt: skip
    parts = [waiting(dwell, "dwell", dwell.value, cv)]
    if change.by_barge:
        parts += _barge_money(trip, change)
    elif trip.boxed:
        parts += _box_money(trip, change, role, dwell)
        if (change.port, direction) in rules.fetched and (role == "direct" or trip.ships != MAINLINE):
            # The lanes of large ships to a port that small ones always serve hold the change in the hub.
            parts += transhipment(trip)
    else:
        usd = quay_tariff(trip)
        parts.append(of(usd, "handling", usd=usd.value * load.tonnes))
        # The rates of river-sea ships, told for ways of like length, hold it already.
        base = sea_tariff(trip, "base_usd_t", RIVER_SEA if role.startswith("river") else BULK_CARRIER)
        if base is not None:
            parts.append(of(base, "base freight", usd=base.value * load.tonnes))
    if change.port:
        parts += _port_of_the_day(world, rules, trip, change)
    return parts


def _barge_money(trip: Trip, change: Change) -> list[Part]:
    """Between the shore and a barge: handling alone, for the rates of barges hold their whole freight."""
    book, load = trip.book, trip.load
    if trip.boxed:
        usd = book.get("thc_usd_teu", mode=BARGES, product=BARGE, area=change.area)
        return box_parts(trip, usd, "handling", "handling", mode=BARGES, area=change.area)
    usd = book.get("handling_usd_t", mode=BARGES, product=BARGE, cargo="bulk")
    return [of(usd, "handling", usd=usd.value * load.tonnes)]


def transhipment(trip: Trip) -> list[Part]:
    """Changing from the ship of a large line to a small one in a hub, or back."""
    book = trip.book
    hours, usd = book.get("feeder_connection_h", mode="sea"), book.get("feeder_usd_teu", mode="sea")
    return [
        waiting(hours, "transhipment", hours.value, book.get("cv_time", mode="wait").value),
        of(usd, "transhipment", usd=usd.value * trip.load.units),
    ]


def in_transit(trip: Trip, port: str, direction: str) -> bool:
    """Whether the goods of a trip pass through the area of a port; those of unknown ends are its own."""
    end = trip.home[0 if direction == "export" else 1]
    return end is not None and end != port_area(trip.book.facts, port)


def _box_money(trip: Trip, change: Change, role: str, dwell: Value) -> list[Part]:
    book, load = trip.book, trip.load
    by_river = role.startswith("river")
    where = CASPIAN if by_river and "caspian" in (port_kind(book.facts, change.port)) else change.area
    thc = book.get("thc_usd_teu", mode="sea", area=where, lanes=home_lanes(trip, where))
    ship = RIVER_SEA if by_river else LINER
    base = book.get("base_usd_teu", mode="sea", product=ship)
    parts = box_parts(trip, thc, "handling", "handling", mode="sea", area=where)
    parts.append(of(base, "base freight", usd=base.value * load.units))
    basin = CASPIAN if where == CASPIAN else ""
    parts += lone_part(trip, "freight", base.value, mode="sea", area=basin, lanes=trip.trades)
    parts += _other_lane(trip, change)
    if "rail" in {change.start, change.goal}:
        lift = book.get("lift_usd_teu", mode="rail")
        parts += box_parts(trip, lift, "lift", "handling", mode="rail", area=change.area)
    days = dwell.value / DAY_H - book.get("storage_free_days").value
    if days > 0.0:
        storage = book.get("storage_usd_teu_day")
        parts.append(of(storage, "storage", usd=storage.value * days * load.units))
    return parts


def landed_at(trip: Trip, change: Change) -> Landed | None:
    """What a box pays more at a port on the way that lies on a dearer lane than the trip; rivers lie on none."""
    facts = trip.book.facts
    if change.by_barge or not trip.landed or port_roles(facts).get(change.port, "direct").startswith("river"):
        return None
    return trip.landed.get((change.direction, port_area(facts, change.port)))


def _other_lane(trip: Trip, change: Change) -> list[Part]:
    found = landed_at(trip, change)
    if found is None:
        return []
    more, rate = found
    return [of(rate, OTHER_LANE, usd=more * trip.load.units), *lone_part(trip, "freight", more, mode="sea")]


def _port_of_the_day(world: World, rules: Rules, trip: Trip, change: Change) -> list[Part]:
    """Seasons, wind closures (for those who sail), drafts, war risk, fees of the scenario."""
    from landbridge.world import port_state

    state = port_state(world, change.port)
    where = state.evidence[0] if state.evidence else ("ports", change.port)
    parts = delay_parts(state, where)
    if change.direction == "export":
        parts += closed_parts(trip, state, "sea", where)
    transit = in_transit(trip, change.port, "export")
    dwell = port_dwell(
        trip.book, change.port, "export", loose="" if trip.boxed else trip.load.cargo, transit=transit,
        by_barge=change.by_barge, lanes=home_lanes(trip, port_area(trip.book.facts, change.port)),
    ).value  # fmt: skip
    parts += queue_parts(trip, state, "sea", where, dwell)
    parts += fee_of_state(trip, state, "sea", where)
    parts += _waters(world, trip, change)
    return [*parts, *war_risk_parts(rules, trip, "port", change.port)]


def _waters(world: World, trip: Trip, change: Change) -> list[Part]:
    """Ice and convoys on the way to a port of a shallow or northern sea."""
    from landbridge.world import season_effects

    parts = []
    for name in port_waters(trip.book.facts).get(change.port, ()):
        season = season_effects(world, "route", name)
        if season.slow_hours > 0.0:
            where = next(one for one in season.evidence if "-slow-" in one[1])
            grade = trip.book.facts.row(*where)["grade"]
            low, high = trip.book.ratios(1.0, None, None, grade)
            parts.append(
                Part("ice", *where, grade, hours=season.slow_hours, var_h2=season.slow_var_h2, low=low, high=high)
            )
    return parts


def war_risk_parts(rules: Rules, trip: Trip, kind: str, subject: str) -> list[Part]:
    """The war-risk premium of a hull, shared by what the ship carries; or the line's surcharge for a box."""
    book, load = trip.book, trip.load
    surcharge = _surcharge(book, kind, subject) if trip.boxed else None
    if surcharge is not None:
        low, high = book.ratios(1.0, None, None, surcharge["grade"])
        each = surcharge["surcharge_usd_teu"]
        paid = Part(
            "war risk",
            "carrier_policies",
            surcharge["id"],
            surcharge["grade"],
            usd=each * load.units,
            low=low,
            high=high,
        )
        return [paid, *lone_part(trip, "surcharge", each, mode="sea")]
    risk = rules.war_risk.get((kind, subject))
    if risk is None:
        return []
    if trip.boxed:
        hull = book.get("hull_value_usd_teu", mode="sea", product="container ship")
        amount = load.units
    else:
        hull = book.get("hull_value_usd_t", mode="sea", product="bulk carrier")
        amount = load.tonnes
    usd = risk.pct / 100.0 * hull.value * amount
    where = risk.evidence[0]
    grade = book.facts.row(*where)["grade"]
    low = min(risk.low / risk.pct, 1.0) * hull.low if risk.pct else 1.0
    high = max(risk.high / risk.pct, 1.0) * hull.high if risk.pct else 1.0
    return [Part("war risk", *where, grade, usd=usd, low=low, high=high)]


def _surcharge(book: Book, kind: str, subject: str) -> Any | None:
    """The middle one of the surcharges that lines ask for a box at a passage on the day."""
    found = []
    for row in book.facts.table("carrier_policies").where(subject_kind=kind):
        if not row["surcharge_usd_teu"] or f"{kind}:{subject}" not in (row["subjects"] or ()):
            continue
        late = row["to"] is not None and book.day >= row["to"].first
        if row["from"].first <= book.day and not late:
            found.append(row)
    found.sort(key=lambda row: (row["surcharge_usd_teu"], row["id"]))
    return found[(len(found) - 1) // 2] if found else None


def gauge_group(trip: Trip, gauges: tuple[int, int], crossing: str, name: str) -> Group:
    """The cost of changing the gauge at a place."""
    book, load = trip.book, trip.load
    cv = book.get("cv_time", mode="wait").value
    hours, usd = _gauge_row(book, crossing, name, loose=not trip.boxed)
    parts = [waiting(hours, "change of gauge", hours.value, cv)]
    if not trip.boxed:
        bogie = book.get("bogie_usd_t", mode="rail", cargo="bulk")
        parts.append(of(bogie, "change of gauge", usd=bogie.value * load.tonnes))
    elif usd is not None:
        parts.append(of(usd, "change of gauge", usd=usd.value * load.units))
    parts += hire_part(trip, hours=sum(part.hours for part in parts))
    return Group(("gauge", str(gauges[0]), str(gauges[1]), crossing or name), tuple(parts))


def gauge_in_wait(book: Book, crossing: str, *, loose: bool) -> Value | None:
    """Hours of the change of gauge where the measured stay at a border holds them already, else None."""
    for row in book.facts.table("gauge_breaks").rows:
        if row["use"] == WHOLE and crossing in (row["crossings"] or ()):
            return _gauge_row(book, crossing, "", loose=loose)[0]
    return None


def _gauge_row(book: Book, crossing: str, name: str, *, loose: bool) -> tuple[Value, Value | None]:
    """Hours and dollars for a TEU: of the place, else by the rule.

    Hours are those of the change itself: the wait for wagons and papers is counted at the border. Only a change inside
    a country, far from its border, has its own wait.
    """
    rows = book.facts.table("gauge_breaks").rows
    rules = [row for row in rows if row["use"] == "rule"]
    word = "bogie" if loose else "container"
    rule = next(row for row in rules if row["method"].startswith(word) or row["place"].startswith(word))
    usd = _flat(book, rule, "usd")
    own = [row for row in rows if crossing and crossing in (row["crossings"] or ())]
    hours = next((row for row in own if row["use"] == "base" and row["hours"] is not None), None)
    fee = next((row for row in own if row["use"] == "fee" and row["usd"] is not None), None)
    paid = next((row for row in own if row["use"] in {"base", "charge"} and row["usd"] is not None), None)
    if paid is not None:
        usd = _flat(book, paid, "usd")
    elif fee is not None:
        # A fee for a shipment is that of a wagon with two TEU.
        usd = _flat(book, fee, "usd").times(1.0 / book.get("lorry_capacity_teu", mode="road").value)
    if hours is not None and hours["hours"] >= rule["hours_low"]:
        return book.value_of("gauge_breaks", hours, "hours"), usd
    for row in book.facts.table("terminal_times").where(use="transfer"):
        if row["name"] and row["name"].casefold() == name.casefold():
            return book.value_of("terminal_times", row, "hours"), usd
    return book.value_of("gauge_breaks", rule, "hours"), usd


def _flat(book: Book, row: Any, column: str) -> Value:
    below, above = book.ratios(row[column], None, None, row["grade"])
    ratio = book.price_ratio(row["year"], row["year_to"])
    return Value(row[column] * ratio, below, above, "gauge_breaks", row["id"], row["grade"], inflated=ratio != 1.0)
