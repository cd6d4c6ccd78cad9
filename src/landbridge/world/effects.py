"""From the events of scenarios to what they change: one effect per subject, the later event wins, no-changes drop out.

An effect has a key (topic, subject ..., mode, direction) and a plain value. Because an effect that only says what the
facts say already is dropped, events that undo one another leave the first world, with its id.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from landbridge.world.agreements import agreement_in_force
from landbridge.world.crossings import base_pass, crossing_row, modes_of
from landbridge.world.fuels import speaks_of_energy, speaks_of_energy_alone
from landbridge.world.index import index
from landbridge.world.membership import FROZEN, standing_of, standings
from landbridge.world.states import ferry_base, line_base, passage_base, port_base, project_base
from landbridge.world.subjects import Subject, parse_subject
from landbridge.world.types import Evidences, Link, State

if TYPE_CHECKING:
    from landbridge.world.events import Event, LinkSpec
    from landbridge.world.scenario import Scenario
    from landbridge.world.world import World

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Applied:
    """An event with where it came from: the scenario's name and its place in it, from 1."""

    scenario: str
    number: int
    event: Event

    @property
    def evidence(self) -> Evidences:
        """How an answer cites this event."""
        return (("scenario", f"{self.scenario}#{self.number}"),)


@dataclass(frozen=True, slots=True)
class Effect:
    """What the scenarios change about one key, and the event that says so."""

    value: Mapping[str, Any]
    evidence: Evidences
    note: str = ""


def in_force(applied: Iterable[Applied], world: World) -> Iterator[Applied]:
    """Events that hold on the day: those without dates always, those with dates inside them."""
    for item in applied:
        event = item.event
        first, last = event.first_day(), event.last_day()
        if (first is None or first <= world.day) and (last is None or world.day < last):
            yield item


def _crossing_keys(world: World, crossing_id: str, event: Event) -> Iterator[Key]:
    row = crossing_row(world, crossing_id)
    for mode in modes_of(row):
        if event.modes and mode not in event.modes:
            continue
        for direction in (f"{row['area_a']}>{row['area_b']}", f"{row['area_b']}>{row['area_a']}"):
            if event.direction in (None, "both", direction):
                yield (crossing_id, mode, direction)


def _crossings_of(world: World, subject: Subject) -> tuple[str, ...]:
    found = index(world.facts)
    if subject.kind == "pair":
        return found.crossings_of_pair.get(subject.id, ())
    if subject.kind == "area":
        return found.crossings_of_area.get(subject.id, ())
    return (subject.id,) if subject.kind == "crossing" else ()


def _plain_subjects(world: World, subject: Subject, event: Event) -> Iterator[Key]:
    """Keys of subjects without mode and direction; an area means its ports too (unless only land modes are meant)."""
    if subject.kind in {"passage", "ferry", "port", "project", "line"}:
        yield (subject.kind, subject.id)
    elif subject.kind == "area" and (not event.modes or "sea" in event.modes):
        for port in index(world.facts).ports_of_area.get(subject.id, ()):
            yield ("port", port)
    if subject.kind == "area" and (not event.modes or "air" in event.modes):
        yield ("airspace", subject.id)


def _status(world: World, item: Applied, effects: dict[Key, Effect]) -> None:
    event = item.event
    freight = {"close": "none", "open": "all", "restrict": event.freight or "listed"}[event.kind]
    openness = {"close": "closed", "open": "open", "restrict": "restricted"}[event.kind]
    # A restriction speaks of what passes the borders, of the ships that call, or of both.
    on_land = event.kind != "restrict" or bool({"freight", "only", "carriers"} & event.model_fields_set)
    afloat = event.kind != "restrict" or bool(event.carrier_classes)
    for text in event.subjects:
        subject = parse_subject(world.facts, text)
        for crossing in _crossings_of(world, subject) if on_land else ():
            for key in _crossing_keys(world, crossing, event):
                _reopened(event, effects, "crossing", *key)
                effects[("status", "crossing", *key)] = Effect(
                    {
                        "kind": event.kind,
                        "freight": freight,
                        "cargo_note": event.only or "",
                        "carriers": event.carriers or "all",
                        "all_year": event.all_year,
                    },
                    item.evidence,
                    event.note,
                )
        for key in _plain_subjects(world, subject, event) if afloat else ():
            _reopened(event, effects, *key)
            effects[("status", *key)] = Effect(
                {"open": openness, "carrier_classes": list(event.carrier_classes), "all_year": event.all_year},
                item.evidence,
                event.note,
            )
        if subject.kind == "agreement":
            effects[("agreement", subject.id)] = Effect({"in_force": event.kind == "open"}, item.evidence, event.note)
        if subject.kind == "measure":
            for rule in world.facts.table("measure_rules").rows:
                if subject.id in (rule["id"], rule["measure_id"]):
                    effects[("measure", rule["id"])] = Effect(
                        {"in_force": event.kind == "close"}, item.evidence, event.note
                    )


def _reopened(event: Event, effects: dict[Key, Effect], *subject: str) -> None:
    """Opening ends what shut a thing before: days shut without end, capacity that was all lost."""
    if event.kind == "open":
        for topic, name, shut in (("delay", "closed_share", 1.0), ("capacity", "share", 0.0)):
            before = effects.get((topic, *subject))
            if before is not None and before.value[name] == shut:
                del effects[(topic, *subject)]


def _added(topic: str, value: Callable[[Event], dict[str, Any]]) -> Callable[[World, Applied, dict[Key, Effect]], None]:
    def fold(world: World, item: Applied, effects: dict[Key, Effect]) -> None:
        event = item.event
        for text in event.subjects:
            subject = parse_subject(world.facts, text)
            effect = Effect(value(event), item.evidence, event.note)
            for crossing in _crossings_of(world, subject):
                for key in _crossing_keys(world, crossing, event):
                    effects[(topic, "crossing", *key)] = effect
            for key in _plain_subjects(world, subject, event):
                effects[(topic, *key)] = effect

    return fold


def _build(world: World, item: Applied, effects: dict[Key, Effect]) -> None:
    event = item.event
    if event.project is not None:
        subject = parse_subject(world.facts, f"project:{event.project}")
        effects[("status", "project", subject.id)] = Effect(
            {"open": "open", "carrier_classes": [], "all_year": False}, item.evidence, event.note
        )
    if event.link is not None:
        link = event.link
        effects[("link", _canonical(link.model_dump(mode="json", by_alias=True)))] = Effect(
            {"built": True, "link": make_link(link)}, item.evidence, event.note
        )


def make_link(spec: LinkSpec) -> Link:
    """The built link of a scenario; its id follows from its mode and ends."""
    return Link(
        id=spec.id or f"link-{spec.mode}-{spec.tail}-{spec.head}".replace(" ", "_").lower(),
        mode=spec.mode,
        tail=spec.tail,
        head=spec.head,
        waypoints=tuple((lat, lon) for lat, lon in spec.waypoints),
        km=spec.km,
        gauge_mm=spec.gauge_mm,
        speed_kmh=spec.speed_kmh,
        hours=spec.hours,
        crossings=spec.crossings,
        both_ways=spec.both_ways,
    )


def links_of(scenario: Scenario) -> tuple[Link, ...]:
    """The links that a scenario builds on any day, in the order of its events."""
    return tuple(make_link(event.link) for event in scenario.events if event.link is not None)


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def _ban(world: World, item: Applied, effects: dict[Key, Effect]) -> None:
    event = item.event
    assert event.ban is not None
    body = event.ban.model_dump(mode="json", exclude={"effect"})
    effects[("ban", _canonical(body))] = Effect({**body, "effect": event.ban.effect}, item.evidence, event.note)


def _member(world: World, item: Applied, effects: dict[Key, Effect]) -> None:
    event = item.event
    value: dict[str, Any] = {"member": event.kind == "join"}
    if event.kind == "freeze":
        value["status"] = FROZEN
    for area in event.areas:
        effects[("member", str(event.bloc), area)] = Effect(value, item.evidence, event.note)


def _other(world: World, item: Applied, effects: dict[Key, Effect]) -> None:
    """Events that trade reads: tariff, and demand for other goods than gas and oil."""
    event = item.event
    if speaks_of_energy_alone(event):
        return
    value = event.model_dump(mode="json", exclude_none=True, exclude={"kind", "note", "start", "end", "out_per_in"})
    about = {key: value[key] for key in ("areas", "goods", "imposer", "target") if key in value}
    effects[(event.kind, _canonical(about))] = Effect(value, item.evidence, event.note)


_FOLD: Mapping[str, Callable[[Any, Applied, dict[Key, Effect]], None]] = {
    "close": _status,
    "open": _status,
    "restrict": _status,
    "build": _build,
    "delay": _added(
        "delay", lambda event: {"hours": event.hours, "hours_sd": event.hours_sd, "closed_share": event.closed_share}
    ),
    "fee": _added("fee", lambda event: {"usd": event.usd, "unit": event.unit or ""}),
    "capacity": _added("capacity", lambda event: {"share": event.share}),
    "ban": _ban,
    "join": _member,
    "leave": _member,
    "freeze": _member,
    "tariff": _other,
    "demand": _other,
}


def _what_passes(freight: str, cargo_note: str, carriers: str) -> tuple[str, ...]:
    """What a user can do at a crossing: notes count only where some freight passes, carriers only where any does."""
    if freight == "none":
        return (freight,)
    return (freight, cargo_note if freight == "listed" else "", carriers)


def _same_state(base: State, value: Mapping[str, Any]) -> bool:
    """A state is what a user can do: two ways of being unusable are one."""
    if value["carrier_classes"] or value["all_year"]:
        return False
    return base.open == value["open"] or (not base.usable and value["open"] in {"closed", "planned"})


def _changes(base: World, key: Key, effect: Effect) -> bool:
    """Whether an effect says anything that the facts do not say."""
    value = effect.value
    topic = key[0]
    if topic == "status" and key[1] == "crossing":
        frm, to = key[4].split(">")
        was, _ = base_pass(base, key[2], key[3], frm, to)
        return value["all_year"] or _what_passes(was.freight, was.cargo_note, was.carriers) != _what_passes(
            value["freight"], value["cargo_note"], value["carriers"]
        )
    if topic == "status":
        if key[1] == "airspace":
            return bool(value["open"] == "closed")
        of_kind = {
            "passage": passage_base,
            "port": port_base,
            "ferry": ferry_base,
            "project": project_base,
            "line": line_base,
        }
        if key[1] in ("passage", "port") and value["open"] == "open" and _named_by_measure(base, key[1], key[2]):
            return True
        return not _same_state(of_kind[key[1]](base, key[2]), value)
    if topic == "delay":
        return any(value[name] for name in ("hours", "hours_sd", "closed_share"))
    neutral: Mapping[str, Callable[[], bool]] = {
        "fee": lambda: bool(value["usd"] == 0),
        "capacity": lambda: bool(value["share"] == 1),
        "member": lambda: standings(base, key[1]).get(key[2]) == standing_of(value),
        "agreement": lambda: agreement_in_force(base, key[1]) is value["in_force"],
        "measure": lambda: rule_in_force(base, key[1]) is value["in_force"],
        "ban": lambda: bool(value["effect"] == "lifted"),
        "tariff": lambda: value.get("pct") == 0,
        "demand": lambda: value.get("factor") == 1,
    }
    return not (topic in neutral and neutral[topic]())


def _named_by_measure(base: World, kind: str, key: str) -> bool:
    """Whether a measure in force names this passage or port: then opening it says something."""
    from landbridge.world.measures import measures

    gate = f"{kind}:{key}"
    return any(gate in one.gates or (kind == "port" and key in one.ports) for one in measures(base))


def rule_in_force(world: World, rule_id: str) -> bool:
    """Whether a measure rule holds on the day by the facts alone."""
    from landbridge.world.intervals import holds

    return holds(world.facts.table("measure_rules").by_id[rule_id], world.day, world.known_on)


def fold(base: World, applied: Iterable[Applied]) -> dict[Key, Effect]:
    """All effects of the events on a world of facts alone, in applied order, without those that change nothing."""
    applied = tuple(applied)
    effects: dict[Key, Effect] = {}
    for item in in_force(applied, base):
        if item.event.kind in _FOLD:
            _FOLD[item.event.kind](base, item, effects)
    changing = {key: effect for key, effect in effects.items() if _changes(base, key, effect)}
    if any(speaks_of_energy(item.event) for item in applied):
        from landbridge.world.energy_events import energy_effects

        changing |= energy_effects(base, applied)
    return {key: changing[key] for key in sorted(changing)}
