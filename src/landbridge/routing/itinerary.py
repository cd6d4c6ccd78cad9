"""From arcs to legs: what happens on the way, in the words of the tables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.answer import Leg
from landbridge.routing.line import Line
from landbridge.routing.turning import LAND
from landbridge.routing.unnamed import named, place_text

if TYPE_CHECKING:
    from landbridge.network import Network
    from landbridge.routing.costs import ArcCosts, Stretch
    from landbridge.routing.costs.parts import Part
    from landbridge.routing.plan import Plan

Z80, Z90 = 0.8416212335729143, 1.2815515655446004
"""Quantiles of the standard normal distribution at 80 % and 90 %."""
FLOWN = "airways, permits, winds and fuel stops are not seen, closed airspaces are"
"""What is not sure about every flight."""
CHANGE_OF_PLANES, FOR_FLIGHT = "change of planes", "handling before the flight"
CONNECTION = "whether an airline sells this connection is not known"
"""What is not sure about every change of planes."""
CONNECTING = "for the connecting ship, at a hub of the main lines"
"""What is waited for where a box changes between the ship of a large line and a small one."""
SHORT_HAUL_KM = 0.5
"""A haul between a door and the road that is shorter is no leg of its own: the lorry drives on or is there."""
GAUGES = 1 << 16
"""More millimetres than any gauge has."""


@dataclass(frozen=True, slots=True)
class Ends:
    """How the trip begins and ends outside the network: the legs at its two doors."""

    start: str
    end: str
    before: tuple[Leg, ...] = ()
    after: tuple[Leg, ...] = ()


class Section(NamedTuple):
    """Arcs of one way that make a leg, or a wait and a leg, and the same as the driver of a lorry sees them."""

    legs: Sequence[Leg]
    stretch: Stretch


def legs(
    the_plan: Plan, ways: Sequence[tuple[NDArray[np.int64], Ends]]
) -> list[tuple[tuple[Leg, ...], tuple[Stretch, ...]]]:
    """The legs of some paths, doors included, and their sections as drivers see them; they partition the trip.

    `joined` names ends, `drawn` adds lines.
    """
    found: list[tuple[tuple[Leg, ...], tuple[Stretch, ...]]] = []
    known: dict[tuple[bytes, str | None, str | None], Section] = {}
    for (_, ends), groups in zip(ways, _groups(the_plan, [arcs for arcs, _ in ways]), strict=True):
        inner: list[Leg] = []
        stretches: list[Stretch] = []
        last = len(groups) - 1
        for position, group in enumerate(groups):
            start = ends.start if position == 0 else None
            end = ends.end if position == last else None
            key = (group.tobytes(), start, end)
            some = known.get(key)
            if some is None:
                some = known[key] = the_plan.made.get(key, partial(_section, the_plan, group, start, end))
            inner.extend(some.legs)
            stretches.append(some.stretch)
        found.append(((*ends.before, *inner, *ends.after), tuple(stretches)))
    return found


def joined(some: Sequence[Leg], before: int, after: int) -> tuple[Leg, ...]:
    """The legs with names at both ends of each; so many `before` and `after` are those of the doors."""
    # The change of mode that leads to a flight may be the last leg of the door, which then holds the handling.
    legs = _handled_once(some[: len(some) - after])
    return (*legs[:before], *_joined(legs[before:]), *some[len(some) - after :])


def driven_on(some: Sequence[Leg], before: int, after: int) -> tuple[tuple[Leg, ...], int]:
    """The legs with short hauls at the doors made part of what the lorry does next, and how many went at the begin.

    That is the road that the lorry drives on, or the change of mode that it drives to; so many `before` and `after` are
    those of the doors.

    Examples
    --------
    >>> haul = Leg("move", "road", "Yerevan", "Yerevan", ("ARM",), 0.2, 0.01, 375.0, 0.3)
    >>> road = Leg("move", "road", "Yerevan", "Bagratashen", ("ARM",), 190.0, 4.0, 300.0, 250.0)
    >>> [leg.usd for leg in driven_on((haul, road), 1, 0)[0]]
    [675.0]
    """
    legs = list(some)
    first, last = before, len(legs) - after - 1
    if after and first <= last and _is_short(legs[last + 1], legs[last]):
        legs[last : last + 2] = [_one_drive(legs[last], legs[last + 1], keeps=0)]
    sooner = int(bool(before) and first <= last and _is_short(legs[first - 1], legs[first]))
    if sooner:
        legs[first - 1 : first + 1] = [_one_drive(legs[first - 1], legs[first], keeps=1)]
    return tuple(legs), sooner


def _is_short(haul: Leg, beside: Leg) -> bool:
    """Whether a leg at a door is a short haul of the lorry of the leg beside it."""
    on_road = [(leg.kind, leg.mode) == ("move", "road") for leg in (haul, beside)]
    return on_road[0] and (on_road[1] or beside.kind == "transfer") and haul.km < SHORT_HAUL_KM


def _one_drive(one: Leg, other: Leg, keeps: int) -> Leg:
    """Two legs that follow each other as one, with the line and the note of the first or the second."""
    return replace(
        (one, other)[keeps],
        start=one.start,
        end=other.end,
        areas=tuple(dict.fromkeys((*one.areas, *other.areas))),
        km=one.km + other.km,
        hours=one.hours + other.hours,
        usd=one.usd + other.usd,
        kg_co2e=one.kg_co2e + other.kg_co2e,
        variance_h2=one.variance_h2 + other.variance_h2,
        doubts=tuple(dict.fromkeys((*one.doubts, *other.doubts))),
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
    )


def drawn(the_plan: Plan, some: Sequence[Leg]) -> tuple[Leg, ...]:
    """The legs with their lines on the map, drawn when they are looked at, and all ends named: for ways shown."""
    network = the_plan.network
    lines = (
        leg
        if leg.arcs is None
        else replace(leg, points=Line(network, leg.arcs) if len(leg.points) == 2 else leg.points, arcs=None)
        for leg in some
    )
    return named(the_plan.world.facts, tuple(lines))


def _joined(inner: list[Leg]) -> list[Leg]:
    """Give ends without a name of their own that of the neighbour that begins or ends there."""
    some = list(inner)
    for i in range(1, len(some)):
        here, before = some[i], some[i - 1]
        if not here.start and before.end:
            some[i] = replace(here, start=before.end, end=here.end or ("" if here.km > 1.0 else before.end))
        elif not before.end and here.start:
            some[i - 1] = replace(before, end=here.start)
    for i in range(len(some) - 1, 0, -1):
        here, before = some[i], some[i - 1]
        if not before.end and here.start:
            some[i - 1] = replace(before, end=here.start, start=before.start or ("" if before.km > 1.0 else here.start))
    for i, leg in enumerate(some):
        if not leg.start or not leg.end:
            some[i] = replace(leg, start=leg.start or _spot(some, i, 0), end=leg.end or _spot(some, i, -1))
    return some


def _handled_once(every: Sequence[Leg]) -> list[Leg]:
    """What happens before a flight made part of the change of mode that leads to it; between two flights it stays."""
    some: list[Leg] = []
    for leg in every:
        before = some[-1] if some else None
        comes_by = None if before is None or leg.note != FOR_FLIGHT else (before.kind, before.mode)
        if before is not None and comes_by == ("transfer", "air"):
            some[-1] = replace(_one_drive(before, leg, keeps=0), end=before.end)
        elif comes_by == ("move", "air"):
            some.append(replace(leg, note=CHANGE_OF_PLANES, doubts=(CONNECTION,)))
        else:
            some.append(leg)
    return some


def _spot(some: Sequence[Leg], i: int, which: int) -> str:
    """The position where a leg begins or ends; one that stands still has that of its neighbour."""
    here = some[i].points
    before = some[i - 1].points if i > 0 else ()
    after = some[i + 1].points if i + 1 < len(some) else ()
    spot = here[which] if here else before[-1] if before else after[0] if after else None
    return place_text(*spot) if spot is not None else some[i].mode


def quantiles(hours: float, variance_h2: float) -> tuple[float, float, float]:
    """10, 80 and 90 % points of the trip's hours, from its mean and variance by a lognormal distribution.

    Examples
    --------
    >>> [round(x) for x in quantiles(400.0, 80.0**2)]
    [304, 463, 506]
    """
    if hours <= 0.0 or variance_h2 <= 0.0:
        return hours, hours, hours
    sigma2 = math.log1p(variance_h2 / hours**2)
    sigma, mu = math.sqrt(sigma2), math.log(hours) - sigma2 / 2.0
    return math.exp(mu - Z90 * sigma), math.exp(mu + Z80 * sigma), math.exp(mu + Z90 * sigma)


def _groups(the_plan: Plan, paths: Sequence[NDArray[np.int64]]) -> list[list[NDArray[np.int64]]]:
    """Runs of arcs that make one leg, of each path: moves by one mode and gauge in one area and line, passages."""
    from landbridge.world import keeper

    if not paths:
        return []
    areas = the_plan.network.areas
    held = tuple((area, by) for area in areas if (by := keeper(the_plan.world, area)) != area and by in areas)
    keys, alone = _leg_keys(the_plan.network, held)
    arcs = np.concatenate(paths)
    key, apart = keys[arcs], alone[arcs]
    change = (key[1:] != key[:-1]) | apart[1:] | apart[:-1]
    cuts = np.flatnonzero(change) + 1
    ends = np.cumsum([path.size for path in paths])
    places = np.searchsorted(cuts, ends).tolist()
    found, begin, first = [], 0, 0
    cut_at = cuts.tolist()
    for path, end, place in zip(paths, ends.tolist(), places, strict=True):
        inside = [cut - begin for cut in cut_at[first:place] if cut > begin]
        found.append([path[start:stop] for start, stop in pairwise([0, *inside, path.size])] if path.size else [])
        begin, first = end, place
    return found


@lru_cache(maxsize=8)
def _leg_keys(network: Network, held: tuple[tuple[str, str], ...]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """For each arc a number of kind, mode, line, gauge and, on land, area; and whether it makes a leg of its own.

    So does every flight. Areas that are `held` by others on the day are theirs: no border lies on the way from one to
    the other, which is driven through.
    """
    from landbridge.network import KINDS, MODES

    by_number = np.arange(len(network.areas) + 1, dtype=np.int64)
    by_number[-1] = -1
    for one, keeper in held:
        by_number[network.areas.index(one)] = network.areas.index(keeper)
    heads = network.head
    start, goal = by_number[network.node_area[network.tail]], by_number[network.node_area[heads]]
    inner = (network.kind == KINDS.index("crossing")) & (start == goal) & (goal >= 0)
    kind = np.where(inner, KINDS.index("move"), network.kind).astype(np.int64)
    move = kind == KINDS.index("move")
    key = kind * (len(network.refs) + 1) + np.where(inner, -1, network.ref) + 1
    key = key * GAUGES + np.where(network.small_ships[heads], 0, network.node_gauge[heads])
    area = np.where(move & LAND[network.mode], goal, -1)
    key = (key * len(MODES) + network.mode) * (len(network.areas) + 1) + area + 1
    flown = network.mode == MODES.index("air")
    return key, (~move & (kind != KINDS.index("passage"))) | flown


def _section(the_plan: Plan, arcs: NDArray[np.int64], start: str | None, end: str | None) -> Section:
    from landbridge.routing.costs import stretch_of

    return Section(_legs_of_group(the_plan, arcs, start, end), stretch_of(the_plan.costs, arcs))


def _legs_of_group(the_plan: Plan, arcs: NDArray[np.int64], start: str | None, end: str | None) -> list[Leg]:
    from landbridge.network import KINDS, MODES
    from landbridge.world import Remark, keeper, remark

    network, costs = the_plan.network, the_plan.costs
    first, last = int(arcs[0]), int(arcs[-1])
    kind = KINDS[int(network.kind[first])]
    mode = MODES[int(network.mode[first])]
    ref = network.refs[int(network.ref[first])] if network.ref[first] >= 0 else None
    row = _row(the_plan, ref)
    tail, head = int(network.tail[first]), int(network.head[last])
    area_from, area_to = _area(the_plan, tail), _area(the_plan, head)
    if kind in {"crossing", "swap"} and row is not None:
        from_name, to_name = _sides(row, area_from)
    else:
        from_name, to_name = start or node_name(the_plan, tail), end or node_name(the_plan, head)
    money = the_plan.money[arcs]
    km = float(costs.km[arcs].sum())
    hours = float(costs.hours[arcs].sum())
    wait = float(costs.wait_hours[arcs].sum())
    usd = float((costs.usd[arcs] * money).sum())
    kg = float((costs.kg_co2e[arcs] * money).sum())
    variance = float(costs.var_h2[arcs].sum())
    # Until it is drawn, a leg knows where it begins and ends.
    spots = tuple((float(network.lat[node]), float(network.lon[node])) for node in (tail, head))
    said = Remark() if ref is None else remark(the_plan.world, *ref, mode, area_from, area_to)
    blocs, rows = _by_blocs(the_plan, arcs) if ref is not None else ("", ())
    # Barges ask the same price in both directions.
    by_barge = mode == "river" and MODES[int(network.node_mode[tail])] == "river"
    lane = "" if by_barge else "sea" if mode == "river" else mode
    cited = (*_evidence(the_plan, arcs, ref, kind), *_of_lane(costs, kind, lane), *said.evidence, *rows)
    evidence = tuple(dict.fromkeys(cited))
    note = "; ".join(filter(None, (said.note, _shut_days(the_plan, arcs), blocs)))
    common: dict[str, Any] = {
        "mode": mode,
        "areas": tuple(dict.fromkeys(keeper(the_plan.world, area) for area in (area_from, area_to) if area)),
        "ref": ref,
        "gauge_mm": None if network.small_ships[head] else int(network.node_gauge[head]) or None,
        "evidence": evidence,
        "note": note,
        "doubts": (*said.doubts, FLOWN) if (kind, mode) == ("move", "air") else said.doubts,
    }
    if kind == "ferry":
        name = f"{row['port_a']} - {row['port_b']}" if row is not None else ""
        if row is not None:
            quays = {row["area_a"]: row["port_a"], row["area_b"]: row["port_b"]}
            from_name, to_name = from_name or quays.get(area_from, ""), to_name or quays.get(area_to, "")
        if wait > hours:
            # Drivers rest in a long wait, which spares them a rest on the way: the crossing itself is as long as ever.
            wait = max(0.0, wait - _rested(costs, arcs))
        share = wait / hours if hours > 0 else 0.0
        # Boxes wait for their ship in the dwell of the port.
        first = mode != "sea" or wait > 0.0
        both = [
            Leg(kind="wait", start=from_name, end=from_name, km=0.0, hours=wait, usd=0.0, kg_co2e=0.0,
                variance_h2=variance * share, **{**common, "areas": (area_from,) if area_from else (),
                                                 "note": f"for the ferry {name}".strip(), "doubts": ()}),
            Leg(kind="move", start=from_name, end=to_name, km=km, hours=hours - wait,
                usd=usd, kg_co2e=kg, variance_h2=variance * (1.0 - share), points=spots, arcs=arcs,
                **{**common, "mode": "sea", "note": _told(f"ferry {name}".strip(), note)}),
        ]  # fmt: skip
        return both if first else both[1:]
    if kind == "transfer" and the_plan.network.node_mode[tail] == the_plan.network.node_mode[head]:
        told = {**common, "areas": (), "note": CONNECTING}
        return [Leg(kind="wait", start=from_name, end=to_name, km=km, hours=hours, usd=usd, kg_co2e=kg,
                    variance_h2=variance, points=spots, arcs=arcs, **told)]  # fmt: skip
    leg_kind = {"gauge": "transfer", "swap": "transfer"}.get(kind, kind)
    if kind == "gauge":
        before, after = int(network.node_gauge[tail]), int(network.node_gauge[head])
        common["note"] = _told(f"change of gauge {before}/{after} mm", note)
    elif kind == "swap":
        common["note"] = _told("change of tractor", note)
    elif kind == "transfer":
        from_mode = MODES[int(network.node_mode[tail])]
        at_quay = [part for arc in arcs for part in costs.parts(int(arc))]
        at_hand = (fetched(at_quay), _other_lane(at_quay), note)
        common["note"] = _told(f"{from_mode} to {mode}", "; ".join(filter(None, at_hand)))
    elif kind == "passage" and row is not None:
        from_name = to_name = str(row["name"])
    elif kind == "move" and row is not None and "name" in row:
        common["note"] = _told(_told(str(row["name"]), _stops(the_plan, arcs)), note)
    whole = Leg(kind=leg_kind, start=from_name, end=to_name, km=km, hours=hours, usd=usd,
                kg_co2e=kg, variance_h2=variance, points=spots, arcs=arcs, **common)  # fmt: skip
    return _flight(the_plan, int(arcs[0]), whole) if (kind, mode) == ("move", "air") else [whole]


def _flight(the_plan: Plan, arc: int, whole: Leg) -> list[Leg]:
    """The handling before a flight and the flight, straight or round the airspaces that are closed to it."""
    from landbridge.routing.costs.flights import detour
    from landbridge.routing.costs.parts import BEFORE_FLIGHT

    handled = [part for part in the_plan.costs.parts(arc) if part.factor == BEFORE_FLIGHT]
    held, spread, paid = (sum(getattr(part, name) for part in handled) for name in ("hours", "var_h2", "usd"))
    handling = replace(whole, kind="transfer", end=whole.start, areas=whole.areas[:1], km=0.0, hours=held, usd=paid,
                       kg_co2e=0.0, variance_h2=spread, points=(), arcs=None, note=FOR_FLIGHT, doubts=(),
                       evidence=tuple(dict.fromkeys(part.row for part in handled)))  # fmt: skip
    flown = replace(whole, hours=whole.hours - held, usd=whole.usd - paid,
                    variance_h2=max(0.0, whole.variance_h2 - spread))  # fmt: skip
    straight_km = float(the_plan.network.km[arc])
    if whole.km == straight_km:
        return [handling, flown]
    around = detour(the_plan.network, the_plan.rules, the_plan.shipment.carrier, arc)
    if around is None:
        return [handling, flown]
    areas = the_plan.world.facts.table("areas").by_id
    over = ", ".join(str(areas[area]["name"]) for area in around.areas)
    note = (
        f"by aircraft of {areas[around.carrier]['name']}, round the airspace of {over}; {straight_km:,.0f} km straight"
    )
    evidence = tuple(dict.fromkeys((*whole.evidence, *around.rows)))
    return [handling, replace(flown, note=_told(note, whole.note), evidence=evidence, points=around.points)]


def _shut_days(the_plan: Plan, arcs: NDArray[np.int64]) -> str:
    """What the share of days on which an event shuts a way was taken to mean."""
    if not any(key[0] == "delay" and one.value["closed_share"] for key, one in the_plan.world.effects.items()):
        return ""
    parts = [part for arc in arcs[the_plan.network.ref[arcs] >= 0].tolist() for part in the_plan.costs.parts(arc)]
    hours = sum(part.hours for part in parts if (part.factor, part.table) == ("closures", "scenario"))
    return f"shut on some days by the scenario: {hours:.0f} h of waiting on the mean" if hours > 0.0 else ""


def _by_blocs(the_plan: Plan, arcs: NDArray[np.int64]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What a bloc or an agreement that a scenario changes adds to a border or takes from it, and by which rows."""
    from landbridge.routing.costs.blocs import CHANGES
    from landbridge.world import blocs_changed

    if not blocs_changed(the_plan.world):
        return "", ()
    parts = [part for arc in arcs.tolist() for part in the_plan.costs.parts(arc) if part.factor in CHANGES]
    said = []
    for factor in dict.fromkeys(part.factor for part in parts):
        own = [part for part in parts if part.factor == factor]
        hours, usd = sum(part.hours for part in own), sum(part.usd for part in own)
        amounts = (f"{hours:+.1f} h" if abs(hours) >= 0.05 else "", f"{usd:+.0f} USD" if abs(usd) >= 0.5 else "")
        said.append(" ".join(filter(None, (factor, *amounts))))
    told = f"changed by the scenario: {', '.join(said)}" if said else ""
    return told, tuple(dict.fromkeys(part.row for part in parts if part.table in the_plan.world.facts.names))


def fetched(parts: Iterable[Part]) -> str:
    """What the change to a small ship in a hub takes, where it is paid at the quay of a port that large lines avoid."""
    own = [part for part in parts if part.factor == "transhipment"]
    if not own:
        return ""
    hours, usd = sum(part.hours for part in own), sum(part.usd for part in own)
    return f"with {hours:.0f} h and {usd:.0f} USD {CONNECTING}, which do not call here"


def _other_lane(parts: Iterable[Part]) -> str:
    """What a box pays more where it lands on a dearer lane than that of its trip."""
    from landbridge.routing.costs.parts import OTHER_LANE

    usd = sum(part.usd for part in parts if part.factor == OTHER_LANE)
    return f"with {usd:.0f} USD that ships to here take more than those to the destination" if usd else ""


def _stops(the_plan: Plan, arcs: NDArray[np.int64]) -> str:
    """What a line of its own state costs beside its kilometres: stops and fees."""
    parts = [part for arc in arcs for part in the_plan.costs.parts(int(arc))]
    hours, usd = sum(part.hours for part in parts), sum(part.usd for part in parts)
    said = (f"{hours:.1f} h of stops" if hours >= 0.1 else "", f"{usd:.0f} USD of fees" if usd >= 0.5 else "")
    return " and ".join(one for one in said if one)


def _told(what: str, note: str) -> str:
    """What is done, then what is to be known about it."""
    return f"{what}; {note}" if note else what


def node_name(the_plan: Plan, node: int) -> str:
    """What a node is called: by its terminal; "" where it has none."""
    network = the_plan.network
    number = int(network.node_terminal[node])
    return str(network.terminals[number].name) if number >= 0 else ""


def _row(the_plan: Plan, ref: tuple[str, str] | None) -> Any | None:
    facts = the_plan.world.facts
    if ref is None or ref[0] not in facts.names:
        # A link that a scenario invents has no row.
        return None
    return facts.table(ref[0]).by_id.get(ref[1])


def _area(the_plan: Plan, node: int) -> str:
    number = int(the_plan.network.node_area[node])
    return the_plan.network.areas[number] if number >= 0 else ""


def _rested(costs: ArcCosts, arcs: NDArray[np.int64]) -> float:
    """The hours of rest that drivers need not take later, for they took them in a wait."""
    from landbridge.routing.costs.parts import REST_IN_WAIT

    parts = (part for arc in arcs.tolist() for part in costs.parts(int(arc)))
    return -sum(part.hours for part in parts if part.factor == REST_IN_WAIT)


def _sides(row: Any, area_from: str) -> tuple[str, str]:
    name_a, name_b = str(row["name_a"]), str(row["name_b"])
    return (name_a, name_b) if row["area_a"] == area_from else (name_b, name_a)


def _of_lane(costs: ArcCosts, kind: str, mode: str) -> tuple[tuple[str, str], ...]:
    """The row that takes something off the rate for the direction of the trade."""
    factor, row = costs.trip.lanes.get(mode, (1.0, ""))
    return (("products", row),) if kind in {"move", "passage"} and row and factor != 1.0 else ()


def _evidence(
    the_plan: Plan, arcs: NDArray[np.int64], ref: tuple[str, str] | None, kind: str
) -> tuple[tuple[str, str], ...]:
    costs = the_plan.costs
    numbers = np.unique(np.concatenate([costs.ev_hours[arcs], costs.ev_usd[arcs]]))
    found = [costs.evidence[int(number)] for number in numbers if number >= 0]
    if _row(the_plan, ref) is not None and ref is not None:
        found.append(ref)
    if kind == "transfer":
        # Many charges of like size make up a change of mode: each row is cited.
        found += [part.row for arc in arcs.tolist() for part in costs.parts(arc) if part.usd or part.hours]
    if ref is not None and ref[0] == "crossings":
        # The wait at a border is cited where other hours are more than it, and where there was none at all.
        found += [part.row for arc in arcs.tolist() for part in costs.parts(arc) if part.factor == "border wait"]
    return tuple(dict.fromkeys(found))
