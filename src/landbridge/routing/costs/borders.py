"""Crossing a border: waits, controls, fees, papers, change of locomotive or tractor."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from landbridge.routing.costs.amounts import WAGON, Load
from landbridge.routing.costs.blocs import bloc_changed, measured_change
from landbridge.routing.costs.driving import rest_in_wait
from landbridge.routing.costs.moves import TRAIN, Trip, hire_part
from landbridge.routing.costs.parts import CHANGE_OF_TRACTOR, HIRE, REST_IN_WAIT, Group, Part, of, waiting
from landbridge.routing.costs.terminals import gauge_in_wait
from landbridge.routing.costs.today import CLOSURES, closed_parts, fee_of_state, queue_parts, state_parts, vehicles
from landbridge.routing.costs.waits import Border, border_waits, holds_locomotive, of_all_shipments, rule_row
from landbridge.world import blocs_changed, border_effects, crossing_state, effects_within, keeper, line_state

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from landbridge.facts import Facts
    from landbridge.routing.costs.values import Book
    from landbridge.world import Fee, Rules, World

COMMON_NOTES = frozenset({"CIM", "SMGS", "CIM/SMGS"})


LOADS_KEPT = 24


@lru_cache(maxsize=LOADS_KEPT)
def _groups_of(book: Book, known_on: date | None, load: Load) -> dict[tuple[Any, ...], Any]:
    """The costs of borders for a load on a day, each with what the day and the world said there."""
    return {}


def crossing_group(world: World, rules: Rules, trip: Trip, border: Border) -> Group:
    """The cost of the arc that is the border itself.

    It depends on the load, the day and what the world says of the border: most borders are the same to shipments of
    other values, between other areas and in other scenarios. Between two areas that one party holds on the day is none.
    """
    if keeper(world, border.start) == keeper(world, border.goal):
        return Group(("crossing", border.crossing, border.mode, border.direction), ())
    effect, base = _effect(world, border, trip), _without_blocs(world)
    if base is not world:
        return _crossing_group(world, rules, trip, border, (_effect(base, border, trip), effect))
    said = (
        effect,
        crossing_state(world, border.crossing, border.mode, border.start, border.goal),
        rules.crossed.get((border.crossing, border.mode, border.direction)),
        tuple(fee for fee in rules.fees if _taken(fee, border.mode, _here(border))) if rules.fees else (),
    )
    kept = _groups_of(trip.book, world.known_on, trip.load)
    key = (border.crossing, border.mode, border.start, border.goal)
    known = kept.get(key)
    if known is not None and known[0] == said:
        before: Group = known[1]
        return before
    _, state, crossed, _ = said
    changes_tractor = crossed is not None and crossed.swap and border.mode != "road"
    if state.fee_usd or changes_tractor or (border.start, border.goal) in rules.formalities:
        found = _crossing_group(world, rules, trip, border, (effect, effect))
    else:
        # All other money at a border is paid for each vehicle.
        one = _of_one_vehicle(trip, kept)
        of_one = _groups_of(one.book, world.known_on, one.load)
        known = of_one.get(key)
        if known is None or known[0] != said:
            known = of_one[key] = (said, _crossing_group(world, rules, one, border, (effect, effect)))
        found = _for_all_vehicles(trip, known[1], border.mode)
    kept[key] = (said, found)
    return found


def _of_one_vehicle(trip: Trip, kept: dict[tuple[Any, ...], Any]) -> Trip:
    """The trip with so much cargo that one lorry or one wagon takes it; hours at borders are the same."""
    found: Trip | None = kept.get(("one vehicle",))
    if found is None:
        book, load = trip.book, trip.load
        tonnes = book.get("wagon_payload_t", mode="rail").value
        units = book.get("lorry_capacity_teu", mode="road").value if load.boxed else tonnes
        small = replace(load, teu=1.0, tonnes=tonnes, units=units, lone=0.0, lorries=1.0, rail_units=1.0)
        found = kept["one vehicle",] = replace(trip, load=small)
    return found


def _for_all_vehicles(trip: Trip, one: Group, mode: str) -> Group:
    """The cost of a border for all vehicles of a trip from that for one, with the hire of all boxes."""
    count = vehicles(trip, mode)
    paid = [part for part in one.parts if part.factor != HIRE]
    parts = [part._replace(usd=part.usd * count) if part.usd else part for part in paid]
    return Group(one.key, (*parts, *hire_part(trip, hours=sum(part.hours for part in paid))))


def _crossing_group(world: World, rules: Rules, trip: Trip, border: Border, effects: tuple[Any, Any]) -> Group:
    book = trip.book
    usual, effect = effects
    free = effect is not None and effect.no_border_check
    new = free is not (usual is not None and usual.no_border_check)
    border = Border(border.crossing, border.mode, border.start, border.goal, not free, new)
    cv = book.get("cv_time", mode="wait").value
    paid_by = vehicles(trip, border.mode)
    parts: list[Part] = []
    in_stay = False
    # Only where a control comes or goes is another rule asked: rules that name a bloc speak of its borders of today.
    for wait in border_waits(world if new else _without_blocs(world), book, border):
        if wait.hours is not None:
            # A wait of no hours is a finding too, and stands among the rows that were used.
            parts.append(waiting(wait.hours, "border wait", wait.hours.value, cv))
        if wait.hours is not None and wait.hours.value > 0.0:
            in_stay = in_stay or (border.mode == "rail" and holds_locomotive(book, wait.hours))
            if border.mode == "rail" and in_a_container_train(trip) and of_all_shipments(book, wait.hours):
                parts.append(_through_train(book, parts[-1]))
        if wait.usd is not None and wait.usd.value > 0.0:
            parts.append(of(wait.usd, "border fees", usd=wait.usd.value * paid_by))
    if free and effect is not None and not effect.no_person_check:
        parts += _rule_part(world, trip, border, "persons", "persons control", paid_by)
    # What was measured at a post holds what its blocs save; the rule of a pair does not.
    pairs = _rules_of_pairs(book.facts)
    by_rule = sum(part.hours for part in parts if part.factor == "border wait" and part.id in pairs)
    measured = sum(part.hours for part in parts if part.factor == "border wait") - by_rule
    parts += _bloc(book, border.mode, effect, by_rule)
    changed = not border.new and usual != effect
    parts += measured_change(world, book.get("customs_share", mode=border.mode), effects, measured) if changed else []
    if effect is not None and effect.fee_usd > 0.0 and effect.evidence:
        parts.append(Part("fee", effect.evidence[0][0], effect.evidence[0][1], "D", usd=effect.fee_usd * paid_by))
    parts += _of_the_day(world, rules, trip, border, sum(part.hours for part in parts))
    if not free:
        parts += _rule_part(world, trip, border, "document", "transit papers", paid_by)
    if border.mode == "rail":
        through = sum(part.hours for part in parts if part.factor == "through train")
        parts += _gauge_counted_apart(book, trip, border, measured + through)
        parts += _rail(world, trip, border, effect, in_stay=in_stay)
    if border.new or usual != effect or (border.start, border.goal) in rules.formalities:
        before: tuple[Part, ...] = ()
        if border.new:
            base = _without_blocs(world)
            as_usual = Border(border.crossing, border.mode, border.start, border.goal)
            by_facts = replace(rules, formalities={})
            before = _crossing_group(base, by_facts, trip, as_usual, (usual, usual)).parts
        parts += bloc_changed(world, rules, trip, border, effects, (parts, before))
    if border.mode == "road":
        parts += rest_parts(trip, border.start, parts)
    parts += hire_part(trip, hours=sum(part.hours for part in parts))
    return Group(("crossing", border.crossing, border.mode, border.direction), tuple(parts))


def rest_parts(trip: Trip, area: str, parts: Sequence[Part], *, ferry: bool = False) -> list[Part]:
    """The daily rest that the drivers take in these hours of waiting, for the road counts it on the way.

    A closure of some days is left out: it is waited seldom and long, and its mean is no wait of anyone.
    """
    waited = sum(part.hours for part in parts if part.factor != CLOSURES)
    rest = rest_in_wait(trip.book, area, waited, ferry=ferry)
    return [] if rest is None or rest.value <= 0.0 else [of(rest, REST_IN_WAIT, hours=-rest.value)]


@lru_cache(maxsize=8)
def _rules_of_pairs(facts: Facts) -> frozenset[str]:
    return frozenset(row["id"] for row in facts.table("crossing_wait_rules").where(kind="pair"))


def in_a_container_train(trip: Trip) -> bool:
    """Whether the shipment is in boxes on a full or public container train, and not in single wagons."""
    return trip.boxed and trip.load.product != WAGON


def _through_train(book: Book, wait: Part) -> Part:
    """What a container train saves of a wait that is the mean over all shipments; its spread shrinks with it."""
    share = book.get("full_train_wait_share", mode="rail", product=TRAIN)
    saved = 1.0 - share.value
    low, high = ((1.0 - share.value * share.high) / saved, (1.0 - share.value * share.low) / saved) if saved else (1, 1)
    return Part(
        "through train", *share.row, share.grade, hours=-saved * wait.hours,
        var_h2=-(1.0 - share.value * share.value) * wait.var_h2, low=max(low, 0.0), high=high,
    )  # fmt: skip


def _gauge_counted_apart(book: Book, trip: Trip, border: Border, stay_h: float) -> list[Part]:
    """Takes the change of gauge out of a measured stay that holds it, for its own arc counts it."""
    gauge = gauge_in_wait(book, border.crossing, loose=not trip.boxed) if stay_h > 0.0 else None
    return [] if gauge is None else [of(gauge, "change of gauge", hours=-min(gauge.value, stay_h))]


def over_water(world: World, rules: Rules, trip: Trip, mode: str, areas: tuple[str, str]) -> list[Part]:
    """The control of lorries and wagons in the ports of a ferry between two areas, by the rule of the pair.

    Boxes over the quay have it in the dwell of their ports.
    """
    if areas[0] == areas[1]:
        return []
    book = trip.book
    border = Border("", mode, *areas)
    effect = _effect(world, border, trip)
    free = effect is not None and effect.no_border_check
    base = _without_blocs(world)
    usual = effect if base is world else _effect(base, border, trip)
    as_ruled = base if free is (usual is not None and usual.no_border_check) else world
    row = rule_row(as_ruled, book, border, "open" if free else "pair")
    if row is None:
        return []
    table, paid_by = "crossing_wait_rules", vehicles(trip, mode)
    hours = book.value_of(table, row, "hours")
    parts = [waiting(hours, "border wait", hours.value, book.get("cv_time", mode="wait").value)]
    if row["usd"]:
        usd = book.value_of(table, row, "usd", money=True)
        parts.append(of(usd, "border fees", usd=usd.value * paid_by))
    if free and effect is not None and not effect.no_person_check:
        parts += _rule_part(world, trip, border, "persons", "persons control", paid_by)
    parts += _bloc(book, mode, effect, hours.value)
    if not free:
        parts += _rule_part(world, trip, border, "document", "transit papers", paid_by)
    # A ferry is one class of arcs both ways: the way on which the scenario changes something for this trip counts.
    way = next((one for one in (areas, areas[::-1]) if one in rules.formalities), areas)
    if usual != effect or way in rules.formalities:
        border = Border("", mode, *way, not free)
        parts += bloc_changed(world, rules, trip, border, (usual, effect), (parts, ()))
    return parts


def _effect(world: World, border: Border, trip: Trip) -> Any:
    """What holds between the states that a post is written under; no control stands inside what one party holds."""
    about = (border.start, border.goal, border.mode, trip.load.cargo)
    return effects_within(world, border.crossing, *about) or border_effects(world, *about)


def _bloc(book: Book, mode: str, effect: Any, hours: float) -> list[Part]:
    """Hours that a bloc saves, never more than there are."""
    if effect is None or effect.no_border_check or not effect.evidence:
        return []
    customs = book.get("customs_share", mode=mode).value * hours
    saved = min(effect.hours_saved + effect.customs_share_saved * customs, hours)
    table, row = next((one for one in effect.evidence if "shorter-border" in one[1]), effect.evidence[0])
    return [Part("bloc", table, row, "D", hours=-saved)] if saved > 0.0 else []


def _without_blocs(world: World) -> World:
    """The world by the facts alone where a scenario changes a bloc or an agreement; else the world itself."""
    base: World | None = world.memo.get(("without scenarios",))
    if base is None:
        base = world.memo["without scenarios",] = world.base if blocs_changed(world) else world
    return base


def _of_the_day(world: World, rules: Rules, trip: Trip, border: Border, hours: float) -> list[Part]:
    """What the season, the day's rows and the scenario add."""
    state = crossing_state(world, border.crossing, border.mode, border.start, border.goal)
    table, row = state.evidence[0] if state.evidence else ("crossings", border.crossing)
    parts: list[Part] = []
    crossed = rules.crossed.get((border.crossing, border.mode, border.direction))
    extra = crossed.extra_hours if crossed is not None else state.extra_hours
    if extra > 0.0 or state.extra_var_h2 > 0.0:
        where = crossed.evidence[0] if crossed is not None and crossed.evidence else (table, row)
        parts.append(Part("delay", *where, "D", hours=extra, var_h2=state.extra_var_h2))
    if crossed is not None and crossed.swap:
        parts += swap_parts(trip)
    parts += closed_parts(trip, state, border.mode, (table, row))
    parts += queue_parts(trip, state, border.mode, (table, row), hours)
    parts += fee_of_state(trip, state, border.mode, (table, row))
    return parts + fee_parts(rules, trip, border.mode, _here(border), (table, row))


def _here(border: Border) -> set[tuple[str, str]]:
    """The subjects that a fee at a border may name."""
    pair = "-".join(sorted((border.start, border.goal)))
    return {("crossing", border.crossing), ("pair", pair), ("area", border.goal)}


def _taken(fee: Fee, mode: str, here: set[tuple[str, str]]) -> bool:
    """Whether a fee is taken by a mode at one of some subjects."""
    return bool(fee.usd) and (fee.subject_kind, fee.subject) in here and (not fee.modes or mode in fee.modes)


def fee_parts(
    rules: Rules, trip: Trip, mode: str, here: set[tuple[str, str]], otherwise: tuple[str, str]
) -> list[Part]:
    """Fees that a measure takes at one of the subjects `here`, for each vehicle."""
    parts = []
    for fee in rules.fees:
        if fee.usd and _taken(fee, mode, here):
            where = fee.evidence[0] if fee.evidence else otherwise
            low, high = (fee.usd_low or fee.usd) / fee.usd, (fee.usd_high or fee.usd) / fee.usd
            usd = fee.usd * vehicles(trip, mode)
            parts.append(Part("fee", *where, "C", usd=usd, low=min(low, 1.0), high=max(high, 1.0)))
    return parts


def line_group(world: World, rules: Rules, trip: Trip, line: str, moved: Group, mode: str) -> Group:
    """Moving on a line that has a state of its own: stops on the way and fees, over the cost of the kilometres.

    The stops and fees are those of the whole line, put on each of its arcs; such a line is one arc in each direction.
    """
    state = line_state(world, line)
    where = state.evidence[0] if state.evidence else ("lines", line)
    parts = [*moved.parts, *state_parts(trip, state, mode, where)]
    parts += fee_parts(rules, trip, mode, {("line", line)}, where)
    return Group((*moved.key, line), tuple(parts))


def _rule_part(world: World, trip: Trip, border: Border, kind: str, factor: str, amount: float) -> list[Part]:
    row = rule_row(world, trip.book, border, kind)
    if row is None:
        return []
    table = "crossing_wait_rules"
    parts = []
    if row["hours"]:
        parts.append(of(trip.book.value_of(table, row, "hours"), factor, hours=row["hours"]))
    if row["usd"]:
        usd = trip.book.value_of(table, row, "usd", money=True)
        parts.append(of(usd, factor, usd=usd.value * amount))
    return parts


def _rail(world: World, trip: Trip, border: Border, effect: Any, *, in_stay: bool) -> list[Part]:
    """Change of locomotive, unless a measured stay holds it, and of railway; a new note where none is common."""
    book = trip.book
    parts = []
    if not in_stay:
        change = book.get("loco_change_h", mode="rail")
        parts.append(waiting(change, "change of locomotive", change.value, book.get("cv_time", mode="wait").value))
    fee = book.get("carrier_change_usd_teu", mode="rail")
    parts.append(of(fee, "change of railway", usd=fee.value * 2.0 * vehicles(trip, "rail")))
    document = getattr(effect, "document", None) or ""
    if not COMMON_NOTES & set(document.replace(";", " ").split()):
        parts += _rule_part(world, trip, border, "note", "new consignment note", vehicles(trip, "rail"))
    return parts


def swap_parts(trip: Trip) -> list[Part]:
    """Handing the trailer to another tractor."""
    book = trip.book
    hours, usd = book.get("swap_h", mode="road"), book.get("swap_usd_lorry", mode="road")
    cv = book.get("cv_time", mode="wait").value
    return [
        waiting(hours, CHANGE_OF_TRACTOR, hours.value, cv),
        of(usd, CHANGE_OF_TRACTOR, usd=usd.value * trip.load.lorries),
    ]


def swap_group(trip: Trip, crossing: str) -> Group:
    """The cost of the arc into the place where tractors are changed."""
    # The same everywhere.
    kept = _groups_of(trip.book, None, trip.load)
    parts: tuple[Part, ...] | None = kept.get(("swap",))
    if parts is None:
        some = swap_parts(trip)
        parts = kept["swap",] = (*some, *hire_part(trip, hours=sum(part.hours for part in some)))
    return Group(("swap", crossing), parts)
