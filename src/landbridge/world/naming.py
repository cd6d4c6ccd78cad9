"""Whether what a scenario names is in the facts, and whether its days are covered by them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from landbridge.errors import InputError, ScenarioError, nearest
from landbridge.facts import Facts
from landbridge.world.acting import idle_in_event
from landbridge.world.alike import near_areas
from landbridge.world.energy_checks import goods_of
from landbridge.world.fuels import COMMODITIES, speaks_of_energy_alone
from landbridge.world.subjects import parse_subject

if TYPE_CHECKING:
    from landbridge.world.events import BanSpec, Event, LinkSpec

MODES: Final = ("rail", "road", "sea", "river", "air", "pipeline", "all")
Named = Iterator[tuple[tuple[str, ...], InputError]]
"""What is wrong, each with the keys that lead to it inside the event."""


def unknown_in_event(event: Event, facts: Facts, beside: Iterable[Event] = ()) -> Named:
    """What an event names that the facts do not have; `beside` are the events of the same scenario.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> from landbridge.world.events import Event
    >>> event = Event(kind="close", subjects=("passage:hormus",))
    >>> [(keys, error.nearest) for keys, error in unknown_in_event(event, load())]
    [(('subject',), ('passage:hormuz',))]
    """
    yield from _each("subject", event.subjects, lambda text: parse_subject(facts, text))
    yield from _each("project", _one(event.project), lambda text: parse_subject(facts, text), "project")
    yield from _each("bloc", _one(event.bloc), lambda text: parse_subject(facts, text), "bloc")
    yield from _each("areas", event.areas, lambda key: _token(facts, key))
    for name in ("imposer", "target"):
        yield from _each(name, _one(getattr(event, name)), lambda key: _token(facts, key))
    if event.direction not in (None, "both"):
        yield from _each("direction", (str(event.direction),), lambda text: _direction(facts, text))
    yield from _each("carrier_classes", event.carrier_classes, lambda word: _carrier_class(facts, word))
    yield from _each("goods", event.goods, lambda key: _goods(facts, event, key))
    if event.ban is not None:
        yield from ((("ban", *keys), error) for keys, error in _ban(event.ban, facts))
    if event.link is not None:
        yield from ((("link", *keys), error) for keys, error in _link(event.link, facts))
    yield from idle_in_event(event, facts, beside)
    yield from _days(event, facts)


def _ban(ban: BanSpec, facts: Facts) -> Named:
    for name in ("imposers", "targets", "territory"):
        yield from _each(name, getattr(ban, name), lambda key: _token(facts, key))
    for kind in ("crossing", "passage", "port"):
        yield from _each(f"{kind}s", getattr(ban, f"{kind}s"), lambda text: parse_subject(facts, text), kind)
    yield from _each("modes", ban.modes, lambda word: _choice("mode", word, MODES))
    yield from _each("cargo", ban.cargo, lambda key: _cargo(facts, key))


def _link(link: LinkSpec, facts: Facts) -> Named:
    from landbridge.world.places import resolve

    yield from _each("from", (link.tail,), lambda text: resolve(text, facts))
    yield from _each("to", (link.head,), lambda text: resolve(text, facts))
    yield from _each("crossings", link.crossings, lambda text: parse_subject(facts, text), "crossing")


def _days(event: Event, facts: Facts) -> Named:
    """An event outside the days of the facts changes no world that can be asked for."""
    first, last = event.first_day(), event.last_day()
    # a question on gas and oil may look beyond the last day of the facts
    if first is not None and first > facts.last_day and not speaks_of_energy_alone(event):
        yield ("from",), ScenarioError(f"it starts on {event.start}, after the last day of the facts",
                                       nearest=[str(facts.last_day)])  # fmt: skip
    if last is not None and last <= facts.first_day:
        yield ("to",), ScenarioError(f"it ends on {event.end}, before the first day of the facts",
                                     nearest=[str(facts.first_day)])  # fmt: skip


def _one(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def _each(key: str, values: Iterable[str], check: Callable[[str], Any], kind: str = "") -> Named:
    """Check each value; what is wrong is a complaint about the key, where a `kind` goes without saying."""
    for value in values:
        try:
            check(f"{kind}:{value}" if kind else value)
        except InputError as error:
            near = [hit.removeprefix(f"{kind}:") for hit in error.nearest]
            yield (key,), ScenarioError(error.problem, nearest=near, remedy=error.remedy)


def _direction(facts: Facts, text: str) -> None:
    first, arrow, second = text.partition(">")
    if not arrow:
        raise ScenarioError(f"{text!r} is not a direction", remedy='write "both" or FROM>TO, as IRN>AZE')
    for area in (first.strip(), second.strip()):
        parse_subject(facts, f"area:{area}")


def _row(facts: Facts, table: str, key: str) -> None:
    rows = facts.table(table).by_id
    if key not in rows:
        raise ScenarioError(f"the table {table} has no row {key!r}", nearest=nearest(key, rows) or tuple(rows)[:6])


def _carrier_class(facts: Facts, word: str) -> None:
    classes = {row["class"] for table in ("carrier_classes", "carrier_policies") for row in facts.table(table).rows}
    _choice("class of carriers", word, sorted(classes))


def _goods(facts: Facts, event: Event, key: str) -> None:
    """Words of goods: classes of cargo, and for events on gas and oil what these may be."""
    words = goods_of(event)
    if words is not None:
        _choice("kind of goods here", key, words)
    elif event.kind == "demand":
        _choice("kind of goods", key, (*COMMODITIES, "all", *facts.table("cargo_classes").by_id))
    else:
        _cargo(facts, key)


def _cargo(facts: Facts, key: str) -> None:
    if key != "all":
        _row(facts, "cargo_classes", key)


def _choice(what: str, word: str, choices: Iterable[str]) -> None:
    choices = tuple(choices)
    if word not in choices:
        raise ScenarioError(f"{word!r} is no {what}", nearest=nearest(word, choices) or choices)


def _token(facts: Facts, token: str) -> None:
    """An area, a group of areas, or a bloc."""
    if token.startswith("bloc:"):
        parse_subject(facts, token)
        return
    groups = {row["group"] for row in facts.table("area_groups").rows} | {"ALL"}
    if token in groups or token.lower() in facts.table("blocs").by_id or token in facts.table("areas").by_id:
        return
    raise ScenarioError(f"no area or group {token!r}", nearest=[*near_areas(facts, token), *nearest(token, groups)])
