"""Named ways over water: ferries with their timetable and wind, straits and canals with their tolls."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from landbridge.routing.costs.amounts import DAY_H
from landbridge.routing.costs.borders import over_water, rest_parts
from landbridge.routing.costs.carriers import FEEDER, MAINLINE
from landbridge.routing.costs.emissions import grams_tkm
from landbridge.routing.costs.moves import CALLS, Trip, call_out, hire_part, move_group, ship_of
from landbridge.routing.costs.parts import Group, Part, of, waiting
from landbridge.routing.costs.terminals import transhipment, war_risk_parts
from landbridge.routing.costs.today import (
    closed_by,
    closure_part,
    delay_parts,
    fee_of_state,
    queue_parts,
    state_parts,
)

if TYPE_CHECKING:
    from landbridge.routing.costs.values import Book
    from landbridge.world import Rules, State, World


def ferry_group(world: World, rules: Rules, trip: Trip, ferry: str, mode: str, km: float) -> Group:
    """The cost of a ferry for lorries (`mode` road), wagons (rail) or boxes (sea)."""
    from landbridge.world import ferry_state, port_state

    book, load = trip.book, trip.load
    row = book.facts.row("ferries", ferry)
    cost = book.facts.row("ferry_costs", ferry)
    state = ferry_state(world, ferry)
    cv = book.get("cv_time", mode="ferry").value
    headway = book.value_of("ferry_costs", cost, "headway_h").times(0.5)
    # Ships that leave at random make the mean wait uncertain by as much as itself.
    # Boxes wait for their ship in the dwell of the port; lorries and wagons wait for the ferry itself.
    parts = [] if mode == "sea" else [
        Part("wait for the ferry", *headway.row, headway.grade, hours=headway.value, waiting=True,
             var_h2=(cv * headway.value) ** 2 + headway.value**2 / 3.0, low=headway.low, high=headway.high)
    ]  # fmt: skip
    loading = book.get(
        "ferry_load_h", mode="sea", product=_driven_on(row) if mode == "road" else "", area=row["area_a"]
    )
    parts.append(waiting(loading, "loading of the ferry", loading.value, cv))
    parts.append(_sailing(book, row, km))
    if mode == "road":
        fare = book.value_of("ferry_costs", cost, "usd_lorry", money=True)
        usd = fare.value * load.lorries
    else:
        fare = book.value_of("ferry_costs", cost, "usd_teu", money=True)
        payload = book.get("wagon_payload_t", mode="rail").value / 2.0
        usd = fare.value * (load.units if trip.boxed else load.tonnes / payload)
    parts.append(of(fare, "fare", usd=usd))
    grams = grams_tkm(trip, "sea", "ferry")
    parts.append(of(grams, "co2e", kg=grams.value * trip.kg_per_g_tkm * km))
    states = [state, *(port_state(world, row[name]) for name in ("port_a_id", "port_b_id") if row[name])]
    parts += _weather(trip, states, ferry)
    parts += _draft(trip, states, ferry, usd)
    for one in states if mode != "sea" else states[:1]:
        # Boxes over the quay meet what befalls the ports there; lorries and wagons meet it here.
        where = one.evidence[0] if one.evidence else ("ferries", ferry)
        parts += [part._replace(waiting=True) for part in delay_parts(one, where)]
        parts += fee_of_state(trip, one, mode, where)
    parts += _queue(trip, states if mode != "sea" else states[:1], ferry, 0.0 if mode == "sea" else headway.value)
    for passage in cost["passages"] or ():
        parts += _once(world, rules, trip, passage)
    if mode != "sea" and row["area_a"] and row["area_b"]:
        parts += over_water(world, rules, trip, mode, (row["area_a"], row["area_b"]))
    if mode == "road":
        # A ferry is one class of arcs both ways: the law of either side will do.
        rests = (rest_parts(trip, row[name], parts, ferry=True) for name in ("area_a", "area_b") if row[name])
        parts += next((found for found in rests if found), [])
        parts.append(_held_aboard(trip, row["area_a"] or row["area_b"], sum(part.hours for part in parts)))
    parts += hire_part(trip, hours=sum(part.hours for part in parts))
    return Group(("ferry", ferry, mode), tuple(parts))


def _held_aboard(trip: Trip, area: str, hours: float) -> Part:
    """What lorries cost beyond the fare: they stand, or their trailers go alone and others fetch them; the cheaper."""
    rate = trip.book.get("standing_usd_lorry_day", mode="road")
    standing = of(rate, "standing of the lorry", usd=rate.value * trip.load.lorries * hours / DAY_H)
    return min(standing, call_out(trip, area), key=attrgetter("usd"))


def _driven_on(row: Any) -> str:
    """The product of a line that takes lorries by their own wheels, by its type; none for another."""
    return next((product for product in ("ro-pax", "ro-ro") if product in (row["type"] or "")), "")


def _sailing(book: Book, row: Any, km: float) -> Part:
    if row["sailing_hours"]:
        low, high = book.ratios(1.0, None, None, row["grade"])
        hours = row["sailing_hours"]
        spread = (book.get("cv_time", mode="sea").value * hours) ** 2
        return Part("sailing", "ferries", row["id"], row["grade"], hours=hours, var_h2=spread, low=low, high=high)
    speed = book.get("speed_kmh", mode="sea", product="ferry")
    return of(speed, "sailing", hours=km / speed.value)


def _weather(trip: Trip, states: list[State], ferry: str) -> list[Part]:
    """Wind closures of the line and of both its ports."""
    open_share = 1.0
    where = ("ferries", ferry)
    for state in states:
        if 0.0 < state.closed_probability < 1.0:
            open_share *= 1.0 - state.closed_probability
            where = closed_by(state, where)
    if open_share >= 1.0:
        return []
    return [closure_part(trip, where, 1.0 - open_share, "sea")._replace(waiting=True)]


def _queue(trip: Trip, states: list[State], ferry: str, own_hours: float) -> list[Part]:
    """The queue for lost capacity: a line and its two ports let through what the narrowest of them does."""
    narrowest = min(states, key=lambda state: state.capacity_share)
    where = narrowest.evidence[0] if narrowest.evidence else ("ferries", ferry)
    return [part._replace(waiting=True) for part in queue_parts(trip, narrowest, "sea", where, own_hours)]


def _draft(trip: Trip, states: list[State], ferry: str, usd: float) -> list[Part]:
    """A ship that may not load full spreads its costs over less cargo."""
    shares = [(state.draft_payload_share, state) for state in states if state.draft_payload_share]
    if not shares:
        return []
    share, state = min(shares, key=lambda pair: pair[0] or 1.0)
    if share is None or share >= 1.0:
        return []
    where = next((one for one in state.evidence if one[0] == "seasons"), ("ferries", ferry))
    return [Part("draft", *where, "D", usd=usd * (1.0 / share - 1.0))]


def passage_group(
    world: World,
    rules: Rules,
    trip: Trip,
    passage: str,
    sea: tuple[str, str],
    *,
    paid: bool,
    barge: str | None = None,
) -> Group:
    """The cost of an arc in a strait or canal: that of the water there, and on one cut of it toll and waiting.

    Parameters
    ----------
    sea
        Mode and basin of the arc.
    paid
        Whether this arc lies on the cut of the passage where what is paid once is counted.
    barge
        The waterway where barges alone sail, as for `move_group`.
    """
    moving = move_group(trip, *sea, barge=barge)
    parts = list(moving.parts)
    calls = trip.book.find(CALLS, mode=sea[0], product=ship_of(trip, sea[1], river=sea[0] == "river"), area=passage)
    if calls is not None and calls.value <= 0.0:
        parts = [part for part in parts if part.factor != "port calls"]
    if paid:
        parts += _once(world, rules, trip, passage)
    by = () if barge is None else (barge,)
    return Group(("passage", passage, *sea, "paid" if paid else "", *by), tuple(parts))


def _once(world: World, rules: Rules, trip: Trip, passage: str) -> list[Part]:
    """What a passage costs once: waiting and toll, the season, war risk."""
    return [
        *_toll(trip, passage),
        *_passage_of_the_day(world, trip, passage),
        *war_risk_parts(rules, trip, "passage", passage),
    ]


def _toll(trip: Trip, passage: str) -> list[Part]:
    book, load = trip.book, trip.load
    rows = book.facts.table("passage_costs").where(passage=passage)
    if not rows:
        return []
    row = min(rows, key=lambda one: (book.year_gap(one["year"], one["year_to"]), one["id"]))
    cv = book.get("cv_time", mode="wait").value
    parts = []
    if row["hours"]:
        hours = book.value_of("passage_costs", row, "hours")
        parts.append(waiting(hours, "passage", hours.value, cv))
    name, amount = ("usd_teu", load.units) if trip.boxed else ("usd_t", load.tonnes)
    if row[name]:
        usd = book.value_of("passage_costs", row, name, money=True)
        parts.append(of(usd, "toll", usd=usd.value * amount))
    return parts


def _passage_of_the_day(world: World, trip: Trip, passage: str) -> list[Part]:
    from landbridge.world import passage_state

    state = passage_state(world, passage)
    where = state.evidence[0] if state.evidence else ("passages", passage)
    waiting_h = sum(part.hours for part in _toll(trip, passage))
    parts = state_parts(trip, state, "sea", where, waiting_h)
    share = state.draft_payload_share
    if share and share < 1.0:
        season = next((one for one in state.evidence if one[0] == "seasons"), where)
        toll = sum(part.usd for part in _toll(trip, passage))
        parts.append(Part("draft", *season, "D", usd=toll * (1.0 / share - 1.0)))
    return parts


def serving_trip(trip: Trip) -> Trip:
    """The trip as it goes on between the hub and a port that the large lines do not call at: on a small ship.

    Regional lines and loose cargo sail direct, on the ships that they sail on anyway.
    """
    return replace(trip, ships=FEEDER) if by_large_lines(trip) else trip


def by_large_lines(trip: Trip) -> bool:
    """Whether the large lines carry the shipment, with small ships beyond their hubs."""
    return trip.boxed and trip.ships == MAINLINE


def change_of_ships(trip: Trip, port: str) -> Group:
    """The cost of changing from the ship of a large line to a small one in a hub, or back."""
    wait, paid = transhipment(trip)
    return Group(("change of ships", port), (wait._replace(waiting=True), paid))


def too_long(trip: Trip, passage: str) -> bool:
    """Whether the ships of the large lines are longer than what a canal takes."""
    row = trip.book.facts.table("passages").by_id.get(passage)
    if row is None or row["longest_ship_m"] is None or not by_large_lines(trip):
        return False
    return trip.book.get("ship_length_m", mode="sea", product="container ship").value > float(row["longest_ship_m"])
