"""What each kind of event can act on: an event that could change nothing is refused when it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from landbridge.errors import InputError, ScenarioError
from landbridge.world.crossings import modes_of
from landbridge.world.energy_checks import FIELDS_OF_ENERGY, idle_demand, idle_on_energy, idle_pipe, idle_swap
from landbridge.world.fuels import PIPES, SITES
from landbridge.world.index import index
from landbridge.world.subjects import Subject, parse_subject

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.world.events import BanSpec, Event

LAND: Final = ("crossing", "pair", "area")
STATES: Final = (*LAND, "passage", "ferry", "port", "line")
ACTS_ON: Final[Mapping[str, tuple[str, ...]]] = {
    "close": (*STATES, "project", "measure", "agreement", *PIPES),
    "open": (*STATES, "project", "measure", "agreement", *PIPES),
    "restrict": (*LAND, "passage", "port"),
    "delay": STATES,
    "fee": STATES,
    "capacity": (*STATES, *PIPES, *SITES),
    "cut": (*PIPES, "area", *SITES),
}
"""For each kind of event with a subject: the kinds of subject that it can change."""
INSTEAD: Final[Mapping[str, str]] = {
    "measure": "use open to lift a measure, close to put it in force",
    "agreement": "use open to put an agreement in force, close to end or suspend it",
    "project": "use build, open or close: a project is there or not",
    "bloc": "use join, leave or freeze: a bloc changes by its members",
    **dict.fromkeys(PIPES, "use close, open, capacity, or cut with the share that is lost"),
    **dict.fromkeys(SITES, "use capacity with a factor, or cut with the share that is lost"),
    "ferry": "use close, delay, fee or capacity",
    "line": "use close, delay, fee or capacity",
}
"""What to use for a kind of subject that an event cannot change."""
FIELDS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "modes": LAND,
    "direction": LAND,
    "freight": LAND,
    "only": LAND,
    "carriers": LAND,
    "carrier_classes": ("area", "passage", "port"),
    **FIELDS_OF_ENERGY,
}
"""Fields that speak of some kinds of subject alone."""
ON_LAND: Final = ("lorry", "wagon")
MODE_OF_UNIT: Final[Mapping[str, str]] = {"lorry": "road", "wagon": "rail"}

Idle = Iterator[tuple[tuple[str, ...], InputError]]


def idle_in_event(event: Event, facts: Facts, beside: Iterable[Event] = ()) -> Idle:
    """What makes an event change nothing, with the keys that lead to it inside the event.

    `beside` are the events of the same scenario: a swap may use a pipe that one of them builds.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> from landbridge.world.events import Event
    >>> event = Event(kind="delay", subjects=("project:rasht-astara",), hours=5)
    >>> [(keys, error.remedy) for keys, error in idle_in_event(event, load())]
    [(('subject',), 'use build, open or close: a project is there or not')]
    """
    for text in event.subjects:
        try:
            subject = parse_subject(facts, text)
        except InputError:
            continue
        wrong = tuple(_of_subject(event, subject, text))
        yield from wrong
        if not wrong:
            yield from _of_ways(event, subject, text, facts)
            if subject.kind in (*PIPES, *SITES) or event.kind == "cut":
                yield from idle_on_energy(event, subject, text, facts)
    if event.pipe is not None:
        yield from ((("pipe", *keys), error) for keys, error in idle_pipe(event.pipe, facts))
    if event.kind == "swap":
        yield from idle_swap(event, facts, beside)
    if event.kind == "demand":
        yield from idle_demand(event, facts)
    if event.ban is not None:
        yield from ((("ban", *keys), error) for keys, error in _of_ban(event.ban))


def _of_subject(event: Event, subject: Subject, text: str) -> Idle:
    """A kind of subject that the event cannot change, and fields that do not speak of it."""
    kinds = ACTS_ON.get(event.kind, ())
    if subject.kind not in kinds:
        yield (
            ("subject",),
            ScenarioError(
                f"{event.kind} changes nothing about {text}: it acts on {', '.join(kinds)}",
                remedy=INSTEAD.get(subject.kind),
            ),
        )
        return
    given = [name for name in FIELDS_OF if getattr(event, name) not in (None, "", ())]
    wrong = [name for name in given if subject.kind not in FIELDS_OF[name]]
    for name in wrong:
        yield (
            (name,),
            ScenarioError(
                f"{name} says nothing about {text}: it speaks of {', '.join(FIELDS_OF[name])}",
                remedy="leave it out, or put the subject in an event of its own",
            ),
        )
    if event.kind == "restrict" and subject.kind in ("passage", "port") and not (wrong or event.carrier_classes):
        yield (
            ("carrier_classes",),
            ScenarioError(
                f"restrict on {text} needs the carrier_classes that are turned away",
                remedy="use close to shut it to all",
            ),
        )
    if event.unit in ON_LAND and subject.kind in ("passage", "port"):
        yield ("unit",), ScenarioError(f"no {event.unit} pays at {text}", nearest=("teu", "tonne", "consignment"))


def _of_ways(event: Event, subject: Subject, text: str, facts: Facts) -> Idle:
    """Modes, a direction or a unit that the subject does not have."""
    if subject.kind == "measure":
        rules = facts.table("measure_rules").rows
        if not any(subject.id in (row["id"], row["measure_id"]) for row in rules):
            yield ("subject",), ScenarioError(f"the measure {subject.id} has no rule that could be switched")
    if subject.kind not in LAND or event.kind == "cut":
        return
    has = _modes_at(event, subject, facts)
    unknown = [mode for mode in event.modes if mode not in has]
    if unknown:
        yield (
            ("modes",),
            ScenarioError(f"no {' or '.join(unknown)} at {text} that {event.kind} could change", nearest=has),
        )
    elif not has:
        yield ("subject",), ScenarioError(f"{text} has no crossing or port that {event.kind} could change")
    mode = MODE_OF_UNIT.get(event.unit or "")
    if mode is not None and mode not in (event.modes or has):
        yield ("unit",), ScenarioError(f"no {event.unit} pays at {text}", nearest=("teu", "tonne", "consignment"))
    ways = _directions_at(subject, facts)
    if event.direction not in (None, "both") and event.direction not in ways:
        yield ("direction",), ScenarioError(f"{event.direction} is no direction of {text}", nearest=(*ways[:6], "both"))


def _crossings_at(subject: Subject, facts: Facts) -> tuple[str, ...]:
    found = index(facts)
    if subject.kind == "crossing":
        return (subject.id,)
    of = found.crossings_of_pair if subject.kind == "pair" else found.crossings_of_area
    return of.get(subject.id, ())


def _modes_at(event: Event, subject: Subject, facts: Facts) -> tuple[str, ...]:
    """The modes of a crossing, pair or area by which the event can change something."""
    rows = facts.table("crossings").by_id
    has = dict.fromkeys(mode for key in _crossings_at(subject, facts) for mode in modes_of(rows[key]))
    if subject.kind == "area":
        if index(facts).ports_of_area.get(subject.id):
            has["sea"] = None
        if event.kind == "close":
            has["air"] = None
    return tuple(has)


def _directions_at(subject: Subject, facts: Facts) -> tuple[str, ...]:
    rows = facts.table("crossings").by_id
    pairs = dict.fromkeys((rows[key]["area_a"], rows[key]["area_b"]) for key in _crossings_at(subject, facts))
    return tuple(dict.fromkeys(f"{one}>{other}" for pair in pairs for one, other in (pair, pair[::-1])))


GATES_OF_BAN: Final[Mapping[str, tuple[str, ...]]] = {
    "crossings": ("transit", "carrier", "crossing"),
    "passages": ("transit", "carrier", "passage", "port_call", "vessel"),
    "ports": ("port_call", "vessel"),
}
"""For each list of named places in a ban: what it can forbid there."""
NEEDED_BY_BAN: Final[Mapping[str, str]] = {"crossing": "crossings", "passage": "passages"}


def _of_ban(ban: BanSpec) -> Idle:
    """Parts of a ban that would change nothing, or more than they say."""
    for what in ban.what:
        name = NEEDED_BY_BAN.get(what)
        if name is not None and not getattr(ban, name):
            yield ("what",), ScenarioError(f"a ban of {what} needs {name}", remedy=f"name the {name} that it shuts")
    for name, fits in GATES_OF_BAN.items():
        if getattr(ban, name) and not set(ban.what) & set(fits):
            yield (
                (name,),
                ScenarioError(
                    f"{name} say nothing about a ban of {', '.join(ban.what)}: they go with {', '.join(fits)}",
                    remedy="leave them out, or use close on each",
                ),
            )
    if ban.effect == "allowed":
        yield (
            ("effect",),
            ScenarioError("a ban that allows changes nothing", remedy="use open on the measure that forbids it"),
        )
