"""Which measures bear on a shipment, and what each of them then refuses, charges or only says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from landbridge.world.collect import EVERY_STATE, Findings, note_of, refusal_of
from landbridge.world.goods import goods_match
from landbridge.world.index import index
from landbridge.world.measures import LAND, MOVES, NEVER_BY_DEFAULT, Measure
from landbridge.world.trip import OTHER_CARRIERS, Fee, Trip

if TYPE_CHECKING:
    from landbridge.world.world import World


def _trade_legs(measure: Measure, trip: Trip) -> frozenset[str]:
    """The ends (import: the destination, export: the origin) at which the measure meets this trade."""
    origin, destination = trip.origin_area, trip.destination_area
    if {origin, destination} & measure.exempt or _among_targets(measure, trip):
        return frozenset()
    ends = set()
    where = measure.where
    if measure.what & {"import", "tariff"} and destination in where and origin in measure.targets:
        ends.add(destination)
    if "export" in measure.what and origin in where and destination in measure.targets:
        ends.add(origin)
    return frozenset(ends)


def _among_targets(measure: Measure, trip: Trip) -> bool:
    """An embargo of all states upon some does not bar what these trade among themselves."""
    return EVERY_STATE in measure.imposer_words and measure.targets.issuperset(trip.ends)


def _touches(measure: Measure, trip: Trip) -> bool:
    """Whether the origin or the destination is one of those that the measure is aimed at."""
    tests = measure.applies_to
    return ("origin" in tests and trip.origin_area in measure.targets) or (
        "destination" in tests and trip.destination_area in measure.targets
    )


def _carrier_hit(measure: Measure, trip: Trip) -> bool | None:
    """Whether the carrier is meant: None when any lawful carrier may do it."""
    if measure.everyone:
        return True
    if trip.carrier_area is None:
        return None
    return trip.carrier_area in measure.targets


def _only_operators(measure: Measure, trip: Trip) -> bool:
    """A measure on operators binds shipments from or to the imposers, and those that their carriers move."""
    bound = {trip.origin_area, trip.destination_area, trip.carrier_area}
    return measure.handling != "operator" or bool(bound & measure.imposers)


def _trade(world: World, measure: Measure, trip: Trip, found: Findings) -> None:
    ends = _trade_legs(measure, trip)
    for end in sorted(ends):
        if measure.all_modes:
            found.trade.setdefault(
                measure.id, refusal_of(measure, "trade", f"{trip.origin_area}>{trip.destination_area}")
            )
            continue
        modes = measure.modes & MOVES
        if modes & LAND or "air" in modes:
            found.refuse_area(end, refusal_of(measure, "area", end, modes - {"sea", "river"}))
        if "sea" in modes:
            # A market has one coast: what may not come to one of its states by sea is not landed in another for it.
            for area in sorted(measure.where):
                _ports(world, measure, index(world.facts).ports_of_area.get(area, ()), found)


def _ports(world: World, measure: Measure, ports: tuple[str, ...], found: Findings) -> None:
    for port in ports:
        if not _opened(world, "port", port):
            found.ports.setdefault(port, refusal_of(measure, "port", port, frozenset(("sea", "river"))))


def _transit(world: World, measure: Measure, trip: Trip, found: Findings) -> None:
    tests = measure.applies_to
    if tests <= {"carrier", "flag", "owner"}:
        _carrier(world, measure, trip, found)
        return
    if measure.exempt.intersection(trip.ends) or _among_targets(measure, trip):
        return
    own_ground = bool(measure.territory) and measure.territory <= measure.imposers
    if tests & {"origin", "destination"}:
        if not _touches(measure, trip):
            return
    elif not own_ground and not measure.imposers.intersection(trip.ends):
        return
    modes = measure.modes & MOVES
    if measure.gates:
        _gates(world, measure, trip, found)
        return
    ends = frozenset() if measure.handling == "area" else frozenset((trip.origin_area, trip.destination_area))
    for area in sorted((measure.territory or measure.imposers) - ends):
        found.refuse_area(area, refusal_of(measure, "area", area, modes))
        if "sea" in modes:
            _ports(world, measure, index(world.facts).ports_of_area.get(area, ()), found)


def _gates(world: World, measure: Measure, trip: Trip, found: Findings) -> None:
    """Refuse the crossings and passages that a measure names."""
    for gate in measure.gates:
        kind, _, key = gate.partition(":")
        if kind == "passage" and not _opened(world, "passage", key):
            found.passages.setdefault(key, refusal_of(measure, "passage", key))
        elif kind == "ferry":
            found.ferries.setdefault(key, refusal_of(measure, "ferry", key))
        elif kind in ("crossing", "pair"):
            ids = (key,) if kind == "crossing" else index(world.facts).crossings_of_pair.get(key, ())
            for crossing in ids:
                _crossing_both_ways(world, measure, crossing, found)


def _opened(world: World, *subject: str) -> bool:
    """Whether a scenario opens this very thing: then no measure that names it shuts it again."""
    effect = world.effects.get(("status", *subject))
    return effect is not None and "open" in (effect.value.get("open"), effect.value.get("kind"))


def _crossing_both_ways(world: World, measure: Measure, crossing: str, found: Findings) -> None:
    row = world.facts.table("crossings").by_id.get(crossing)
    if row is None:
        return
    a, b = row["area_a"], row["area_b"]
    for mode in row["modes"]:
        if mode in measure.modes:
            for direction in (f"{a}>{b}", f"{b}>{a}"):
                if not _opened(world, "crossing", crossing, mode, direction):
                    found.crossings.setdefault((crossing, mode, direction), refusal_of(measure, "crossing", crossing))


def _crossing(world: World, measure: Measure, trip: Trip, found: Findings) -> None:
    """A post shut to all stands in the dated rows; a measure closes only posts that no dated row speaks of.

    The ban of a scenario comes after the dated rows and closes what it names.
    """
    if measure.applies_to & {"origin", "destination"} and not _touches(measure, trip):
        return
    from landbridge.world.crossings import crossing_state

    quiet = Findings()
    _gates(world, measure, trip, quiet)
    for (crossing, mode, direction), refusal in quiet.crossings.items():
        frm, to = direction.split(">")
        if measure.table == "scenario" or crossing_state(world, crossing, mode, frm, to).level == "none":
            found.crossings.setdefault((crossing, mode, direction), refusal)


def _carrier(world: World, measure: Measure, trip: Trip, found: Findings) -> None:
    hit = _carrier_hit(measure, trip)
    if hit is None:
        found.note(note_of(measure, OTHER_CARRIERS))
        return
    if not hit:
        return
    modes = measure.modes & MOVES
    if measure.gates:
        _gates(world, measure, trip, found)
    for area in () if measure.gates else sorted((measure.territory or measure.imposers) - {trip.carrier_area}):
        found.refuse_area(area, refusal_of(measure, "area", area, modes))


def _reload(world: World, measure: Measure, trip: Trip, found: Findings) -> None:
    """Lorries of the targets must hand over at the imposer's border: by road, both ways, between the two.

    A carrier of theirs that is asked for has nobody to hand over to, by whatever border or ferry it comes.
    """
    named = trip.carrier_area is not None
    if named and trip.carrier_area not in measure.targets:
        return
    for area in sorted(measure.territory or measure.imposers):
        for other in sorted(_beside(world, area) if named else measure.targets):
            for direction in (f"{other}>{area}", f"{area}>{other}"):
                found.swaps.setdefault(direction, refusal_of(measure, "crossing", direction, frozenset(("road",))))
        for row in world.facts.table("ferries").rows if named else ():
            if "road" in row["carries"] and (row["area_a"] == area) != (row["area_b"] == area):
                found.ferries.setdefault(row["id"], refusal_of(measure, "ferry", row["id"]))


def _beside(world: World, area: str) -> frozenset[str]:
    """The areas that have a border post with an area."""
    pairs = (pair.split("-") for pair in index(world.facts).crossings_of_pair)
    return frozenset(one for pair in pairs if area in pair for one in pair) - {area}


def _passage(world: World, measure: Measure, trip: Trip, found: Findings) -> None:
    tests = measure.applies_to
    aimed = measure.everyone or "territory_crossed" in tests or _touches(measure, trip)
    if not aimed and tests & {"flag", "owner", "carrier"}:
        hit = _carrier_hit(measure, trip)
        if hit is None:
            found.note(note_of(measure, OTHER_CARRIERS))
        aimed = bool(hit)
    if aimed:
        _gates(world, measure, trip, found)


def _call(world: World, measure: Measure, trip: Trip, found: Findings) -> None:
    """Ports and ships."""
    if any(gate.startswith("passage:") for gate in measure.gates):
        _passage(world, measure, trip, found)
        return
    if "sea" not in measure.modes or measure.exempt.intersection(trip.ends):
        return
    tests = measure.applies_to
    aimed = measure.handling == "operator" or measure.everyone or _touches(measure, trip)
    if not aimed and tests & {"flag", "owner", "carrier"}:
        hit = _carrier_hit(measure, trip)
        if hit is None:
            found.note(note_of(measure, OTHER_CARRIERS))
        aimed = bool(hit)
    if not aimed:
        return
    ports = measure.ports
    if not ports:
        areas = measure.territory or measure.imposers
        ports = tuple(port for area in sorted(areas) for port in index(world.facts).ports_of_area.get(area, ()))
    _ports(world, measure, ports, found)


def _sea_leg(world: World, measure: Measure, trip: Trip, found: Findings) -> None:
    """No ship sails from the quays of one side to those of the other.

    A way is judged link by link, so a leg is barred by the ends of the trip: what comes from or goes to the one side
    keeps off the other's quays. Areas that the rule exempts have no coast and use the imposers' ports as their own.
    Goods of third parties are not followed from port to port; between both sides the imposers' quays are shut.
    """
    imposers, targets = measure.imposers | measure.exempt, measure.targets
    origin, destination = trip.origin_area, trip.destination_area
    inward = measure.direction == "in"
    ours = destination in imposers or (origin in imposers and not inward)
    theirs = origin in targets or (destination in targets and not inward)
    if theirs:
        _ports(world, measure, _quays(world, measure, measure.imposers), found)
    elif ours:
        _ports(world, measure, _quays(world, measure, targets), found)
    for row in world.facts.table("ferries").rows:
        if {row["area_a"], row["area_b"]} & measure.imposers and {row["area_a"], row["area_b"]} & targets:
            found.ferries.setdefault(row["id"], refusal_of(measure, "ferry", row["id"]))


def _quays(world: World, measure: Measure, areas: frozenset[str]) -> tuple[str, ...]:
    """The ports of some areas: those that the measure names among them, else all."""
    ports = tuple(port for area in sorted(areas) for port in index(world.facts).ports_of_area.get(area, ()))
    return tuple(port for port in ports if port in measure.ports) or ports


def _own_carrier(world: World, measure: Measure, trip: Trip, found: Findings) -> None:
    """Carriers of the imposers do not serve the ports, roads or airspace of the targets."""
    if "air" in measure.modes:
        _flags(measure, measure.imposers, measure.territory or measure.targets, found)
    if trip.carrier_area is None or trip.carrier_area not in measure.imposers:
        return
    areas = measure.territory or measure.targets
    if "sea" in measure.modes:
        named = measure.ports or _quays(world, measure, areas)
        _ports(world, measure, named, found)
    modes = measure.modes & MOVES - {"sea", "river"}
    for area in sorted(areas) if modes else ():
        found.refuse_area(area, refusal_of(measure, "area", area, modes))


def _aircraft(world: World, measure: Measure, trip: Trip, found: Findings) -> None:
    """Airspaces that are shut: to all, to what comes from or goes to some, or to the aircraft of some.

    Where two sides keep out each other's aircraft, those of either still fly at home.
    """
    if "air" not in measure.modes:
        return
    tests = measure.applies_to
    at_home: frozenset[str | None] = frozenset()
    if not measure.everyone and "territory_crossed" not in tests:
        if tests & {"origin", "destination"}:
            if not (_touches(measure, trip) and measure.imposers.intersection(trip.ends)):
                return
        else:
            _flags(measure, measure.targets, measure.territory or measure.imposers, found)
            hit = _carrier_hit(measure, trip)
            if hit is None:
                found.note(note_of(measure, OTHER_CARRIERS))
            if not hit:
                return
            at_home = frozenset((trip.carrier_area,))
    for area in sorted((measure.territory or measure.imposers) - at_home):
        found.airspace.setdefault(area, refusal_of(measure, "airspace", area, frozenset(("air",))))


def _flags(measure: Measure, owners: frozenset[str], airspaces: frozenset[str], found: Findings) -> None:
    """Keep whose aircraft a measure holds off which airspace."""
    for owner in sorted(owners):
        for area in sorted(airspaces - {owner}):
            found.flags.setdefault((owner, area), measure)


def _money(measure: Measure, trip: Trip, found: Findings) -> None:
    if measure.targets.intersection(trip.ends) and measure.imposers.intersection(trip.ends):
        found.note(note_of(measure, "finance"))


def _fee(measure: Measure, trip: Trip, found: Findings) -> None:
    """A fee on carriers falls on a shipment whose ends are of the targets unless another carrier is asked for.

    One of transit falls on no goods of the imposer's own trade, which its own carriers fetch and bring.
    """
    hit = _carrier_hit(measure, trip)
    if hit is None:
        own = measure.direction == "through" and measure.imposers.intersection(trip.ends)
        hit = bool(measure.targets.intersection(trip.ends)) and not own
    if not hit:
        return
    subjects = [("line", line) for line in measure.lines]
    subjects += [(kind, key) for kind, _, key in (gate.partition(":") for gate in measure.gates)]
    subjects += [("area", area) for area in sorted(measure.territory)] if not subjects else []
    low, high = measure.value, measure.value_high
    middle = low if low is None or high is None else (low + high) / 2.0
    for kind, key in subjects:
        found.fees.append(
            Fee(
                subject_kind=kind,
                subject=key,
                usd=middle,
                usd_low=low,
                usd_high=high if high is not None else low,
                pct=None,
                unit=measure.unit.removeprefix("usd/"),
                modes=tuple(sorted(measure.modes & MOVES)),
                evidence=((measure.table, measure.id),),
                reason=measure.note,
            )
        )


def _duty(measure: Measure, trip: Trip, found: Findings) -> None:
    for end in sorted(_trade_legs(measure, trip)):
        found.fees.append(
            Fee(
                subject_kind="area",
                subject=end,
                usd=None,
                usd_low=None,
                usd_high=None,
                pct=measure.value,
                unit="percent of value",
                modes=(),
                evidence=((measure.table, measure.id),),
                reason=measure.note,
            )
        )


_Apply = Callable[["World", Measure, Trip, Findings], None]
_BY_WHAT: Mapping[str, _Apply] = {
    "import": _trade,
    "export": _trade,
    "transit": _transit,
    "carrier": _carrier,
    "crossing": _crossing,
    "passage": _passage,
    "port_call": _call,
    "vessel": _call,
    "aircraft": _aircraft,
    "sea_leg": _sea_leg,
    "own_carrier": _own_carrier,
}


def _bears(world: World, measure: Measure, trip: Trip) -> bool:
    """Whether a measure that closes nothing still says something about this trade, its carriers or its way."""
    tests = measure.applies_to
    if measure.what & {"import", "export", "tariff"} and not measure.what & {"transit", "carrier", "vessel"}:
        return bool(_trade_legs(measure, trip))
    if tests & {"origin", "destination"}:
        return measure.everyone or _touches(measure, trip)
    return True


def _of_others(measure: Measure, trip: Trip) -> bool:
    """Whether a measure tests the carrier, flag or owner alone, and those of this trade are not meant."""
    concerned = {trip.origin_area, trip.destination_area, trip.carrier_area}
    return measure.of_carriers_only and not measure.everyone and not concerned & measure.targets


def apply_measure(world: World, measure: Measure, trip: Trip, found: Findings, *, disputed: str = "note") -> None:
    """Gather what one measure does to a shipment."""
    if not measure.modes & MOVES or not _only_operators(measure, trip):
        return
    goods = goods_match(world.facts, trip.cargo, trip.hs, measure.cargo, measure.hs)
    if goods == "no":
        return
    why = None
    if measure.certainty in NEVER_BY_DEFAULT and disputed != "close":
        why = measure.certainty
    elif measure.effect in ("limited", "quota"):
        why = measure.effect
    elif measure.handling == "note":
        why = "practice"
    elif goods == "maybe":
        why = "goods"
    if why is not None:
        if _bears(world, measure, trip):
            found.note(note_of(measure, OTHER_CARRIERS if _of_others(measure, trip) else why))
        return
    if measure.effect == "fee_usd":
        _fee(measure, trip, found)
    elif measure.effect == "tariff_pct":
        _duty(measure, trip, found)
    elif measure.effect == "reload_at_border":
        _reload(world, measure, trip, found)
    elif measure.effect == "forbidden":
        for what in sorted(measure.what):
            if what == "finance":
                _money(measure, trip, found)
            elif what in _BY_WHAT:
                _BY_WHAT[what](world, measure, trip, found)


def lifted(world: World, measure: Measure, exceptions: tuple[Measure, ...], trip: Trip) -> bool:
    """Whether an exception of the same measure lets this shipment through."""
    for other in exceptions:
        same = other.measure_id == measure.measure_id and other.effect == "allowed"
        if not same or not other.modes & measure.modes or not measure.modes & MOVES <= other.modes:
            continue
        if goods_match(world.facts, trip.cargo, trip.hs, other.cargo, other.hs) != "yes":
            continue
        if other.of_carriers_only or (other.territory or other.imposers).intersection(trip.ends):
            return True
    return False
