"""What a shipment may use in a world: measures, dated rows, seasons, carriers' policies and events in one answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from landbridge.world.collect import Findings, refusal_of
from landbridge.world.crossings import crossing_state, touched
from landbridge.world.formalities import formalities
from landbridge.world.goods import check_cargo
from landbridge.world.listed import listed
from landbridge.world.match import apply_measure, lifted
from landbridge.world.measures import Measure, measures
from landbridge.world.membership import areas_of, memo_of_blocs
from landbridge.world.policies import apply_policies, war_risks
from landbridge.world.states import ferry_state, line_state, passage_state, port_state
from landbridge.world.trip import Crossed, Refusal, Rules, Trip
from landbridge.world.types import Evidences, Pass, State

if TYPE_CHECKING:
    from landbridge.world.world import World

NOBODY_FLIES: Final = "each side keeps out the aircraft of the other: no direct flights, cargo changes planes elsewhere"


def resolve(world: World, trip: Trip, *, disputed: Literal["note", "close"] = "note") -> Rules:
    """What a shipment may and may not use in a world; each refusal cites its row.

    Parameters
    ----------
    world
        The world.
    trip
        The shipment as the rules see it.
    disputed
        What measures do whose being in force is disputed or only announced: "note" shows them, "close" applies them.

    Returns
    -------
    Rules
        Refusals by subject, fees, notes, what scenarios change for the trip by blocs. What is not named is allowed.

    Examples
    --------
    >>> from landbridge.world import Trip, World, resolve
    >>> rules = resolve(World.at("2024-06-01"), Trip("UKR", "RUS"))
    >>> [refusal.id for refusal in rules.trade_refusals]
    ['ukr22-exp-r']
    """
    key = ("rules", repr(trip), disputed)
    known = world.memo.get(key)
    if known is not None:
        return known  # type: ignore[no-any-return]
    check_cargo(world.facts, trip.cargo)
    found = Findings()
    _states(world, found)
    _crossings(world, trip, found)
    for measure in _binding(world, trip):
        apply_measure(world, measure, trip, found, disputed=disputed)
    apply_policies(world, trip, found)
    rules = _rules(world, trip, found)
    world.memo[key] = rules
    return rules


def resolve_apart(world: World, trip: Trip) -> tuple[Rules, ...]:
    """What `resolve` gathers, each layer alone: the states of the day, every measure, the policies of carriers.

    Where several rules refuse the same thing, `Rules` keeps the first; here all of them are found.

    Examples
    --------
    >>> from landbridge.world import Trip, World
    >>> apart = resolve_apart(World.at("2022-04-01"), Trip("UKR", "TUR"))
    >>> [one.port_refusals["odesa"].table for one in apart if "odesa" in one.port_refusals]
    ['port_status', 'carrier_policies']
    """
    key = ("rules apart", repr(trip))
    known = world.memo.get(key)
    if known is not None:
        return known  # type: ignore[no-any-return]
    states = Findings()
    _states(world, states)
    _crossings(world, trip, states)
    layers = [states]
    for measure in _binding(world, trip):
        layers.append(Findings())
        apply_measure(world, measure, trip, layers[-1], disputed="note")
    layers.append(Findings())
    apply_policies(world, trip, layers[-1])
    apart = world.memo[key] = tuple(_rules(world, trip, layer) for layer in layers)
    return apart


def _binding(world: World, trip: Trip) -> Iterator[Measure]:
    """The measures in force that nothing lifts for a shipment."""
    active = measures(world)
    exceptions = tuple(one for one in active if one.effect == "allowed")
    yield from (one for one in active if one.effect != "allowed" and not lifted(world, one, exceptions, trip))


def _rules(world: World, trip: Trip, found: Findings) -> Rules:
    return Rules(
        trip=trip,
        trade_refusals=tuple(found.trade[one] for one in sorted(found.trade)),
        area_transit=MappingProxyType({area: tuple(rows.values()) for area, rows in sorted(found.areas.items())}),
        crossing_refusals=MappingProxyType(found.crossings),
        crossed=MappingProxyType(found.crossed),
        passage_refusals=MappingProxyType(found.passages),
        port_refusals=MappingProxyType(found.ports),
        fetched=frozenset(found.fetched),
        ferry_refusals=MappingProxyType(found.ferries),
        line_refusals=MappingProxyType(found.lines),
        airspace=MappingProxyType(found.airspace),
        flights=MappingProxyType(_flights(found)),
        overflight=MappingProxyType(_overflight(found)),
        swaps=MappingProxyType(found.swaps),
        war_risk=MappingProxyType(war_risks(world)),
        fees=tuple(found.fees),
        notes=tuple(found.notes[one] for one in sorted(found.notes)),
        formalities=formalities(world, trip),
    )


def _flights(found: Findings) -> dict[tuple[str, str], Refusal]:
    """Between which areas nobody flies straight.

    Air services are agreed between two states for the aircraft of these two: where each keeps out those of the other,
    cargo changes planes in a third state.
    """
    refused = {
        (one, other): refusal_of(measure, "airspace", other, frozenset(("air",)))
        for (one, other), measure in sorted(found.flags.items())
        if (other, one) in found.flags
    }
    return {
        pair: replace(refusal, reason="; ".join(filter(None, (refusal.reason, NOBODY_FLIES))))
        for pair, refusal in refused.items()
    }


def _overflight(found: Findings) -> dict[tuple[str, str], tuple[str, str]]:
    """The row by which aircraft of an area keep out of an airspace: a rule before the choice of carriers."""
    chosen = {pair: ("carrier_policies", row) for pair, row in found.avoided.items()}
    return dict(sorted((chosen | {pair: (rule.table, rule.id) for pair, rule in found.flags.items()}).items()))


def _cite(evidence: Evidences) -> tuple[str, str, str]:
    """Kind, table and id of a refusal by what decides it."""
    table, key = evidence[0]
    return ("event" if table == "scenario" else "season" if table == "seasons" else "status"), table, key


def _state_refusal(kind: str, key: str, state: State) -> Refusal | None:
    if state.usable:
        return None
    evidence = state.evidence
    if state.reason == "closed season":
        evidence = tuple(sorted(evidence, key=lambda item: item[0] != "seasons"))
    how, table, row = _cite(evidence)
    return Refusal(how, table, row, kind, key, certainty=state.certainty, reason=state.reason)


def _states(world: World, found: Findings) -> None:
    """Passages, ports, ferries and lines that nothing may use on the day; the same for every shipment."""
    known = world.memo.get(("refused states",))
    if known is None:
        known = {
            kind: {
                row["id"]: refusal
                for row in (world.facts.table(table).rows if table in world.facts.names else ())
                if (refusal := _state_refusal(kind, row["id"], state(world, row["id"]))) is not None
            }
            for kind, table, state in (
                ("passage", "passages", passage_state),
                ("port", "ports", port_state),
                ("ferry", "ferries", ferry_state),
                ("line", "lines", line_state),
            )
        }
        world.memo[("refused states",)] = known
    found.passages.update(known["passage"])
    found.ports.update(known["port"])
    found.ferries.update(known["ferry"])
    found.lines.update(known["line"])
    for key, effect in world.effects.items():
        if key[:2] == ("status", "airspace") and effect.value["open"] == "closed":
            table, row = effect.evidence[0]
            found.airspace[key[2]] = Refusal("event", table, row, "airspace", key[2], ("air",), reason=effect.note)


def _passes(world: World) -> dict[tuple[str, str, str], Pass]:
    """What passes every crossing by mode and direction."""
    known: dict[tuple[str, str, str], Pass] | None = world.memo.get(("passes",))
    if known is None:
        shared = memo_of_blocs(world)
        usual = shared.get(("usual passes",))
        if usual is None:
            # Of the world itself where its scenarios change a bloc.
            base = world if shared is world.memo else world.base
            usual = shared["usual passes",] = {
                (row["id"], mode, f"{frm}>{to}"): crossing_state(base, row["id"], mode, frm, to)
                for row in world.facts.table("crossings").rows
                for mode in row["modes"]
                for frm, to in ((row["area_a"], row["area_b"]), (row["area_b"], row["area_a"]))
            }
        named = touched(world)
        own = [key for key in usual if key[0] in named]
        states = {key: crossing_state(world, key[0], key[1], *key[2].split(">")) for key in own}
        known = world.memo["passes",] = {**usual, **states}
    return known


def _crossings(world: World, trip: Trip, found: Findings) -> None:
    for key, state in _passes(world).items():
        if state.freight == "all" and state.carriers == "all":
            if state.extra_hours:
                found.crossed[key] = Crossed(state.extra_hours, False, state.evidence)
            continue
        crossing, mode, _ = key
        refusal = _pass_refusal(world, trip, crossing, mode, state)
        if refusal is not None:
            found.crossings[key] = refusal
            continue
        scope = listed(world, state.cargo_note, trip) if state.freight == "listed" else None
        hours = state.extra_hours + (scope.extra_hours if scope else 0.0)
        if hours or (scope and scope.swap):
            evidence = (*state.evidence, *(scope.evidence if scope else ()))
            found.crossed[key] = Crossed(hours, bool(scope and scope.swap), evidence)


def _pass_refusal(world: World, trip: Trip, crossing: str, mode: str, state: Pass) -> Refusal | None:
    evidence = state.evidence
    if state.reason == "closed season":
        evidence = tuple(sorted(evidence, key=lambda item: item[0] != "seasons"))
    how, table, row = _cite(evidence)
    if state.freight == "none":
        return Refusal(how, table, row, "crossing", crossing, (mode,), state.certainty, reason=state.reason)
    if state.freight == "listed" and not listed(world, state.cargo_note, trip).passes:
        return Refusal(how, table, row, "crossing", crossing, (mode,), state.certainty, reason=state.cargo_note)
    if not carriers_pass(world, state.carriers, trip.carrier_area):
        return Refusal("carrier", table, row, "crossing", crossing, (mode,), state.certainty, reason=state.carriers)
    return None


def carriers_pass(world: World, words: str, carrier: str | None) -> bool:
    """Whether carriers of a state pass where `words` says who does; None is any lawful carrier.

    Examples
    --------
    >>> from landbridge.world import World
    >>> w = World.at("2024-06-01")
    >>> carriers_pass(w, "not:BLR;RUS", "RUS"), carriers_pass(w, "only:EU;EFTA;CHE", "POL")
    (False, True)
    """
    if words == "all" or carrier is None:
        return True
    how, _, names = words.partition(":")
    inside = carrier in areas_of(world, tuple(names.split(";")))
    return inside if how == "only" else not inside
