"""The world of one day: the facts, what holds, what scenarios change. Nothing in it is changed in place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from landbridge.answers import WorldRef
from landbridge.errors import DateError
from landbridge.facts import Facts, load
from landbridge.world.effects import Applied, Effect, Key, fold
from landbridge.world.intervals import FIRST_DAY, holds, read_day
from landbridge.world.sayings import said_on
from landbridge.world.types import Link

if TYPE_CHECKING:
    from landbridge.world.scenario import Scenario


@dataclass(frozen=True, eq=False, repr=False)
class World:
    """What holds on a day, changed by scenarios.

    Two worlds are equal when their ids are: the same facts, the same day, the same state. The names of the scenarios
    that led there are kept as provenance in `scenarios` and do not count.

    Examples
    --------
    >>> world = World.at("2023-06-01")
    >>> world.apply("suez-closed").id == world.id, world.apply("suez-closed").scenarios
    (False, ('suez-closed',))
    """

    day: date
    facts: Facts
    known_on: date | None = None
    scenarios: tuple[str, ...] = ()
    events: tuple[Applied, ...] = ()
    effects: Mapping[Key, Effect] = field(default_factory=lambda: MappingProxyType({}))
    id: str = ""
    memo: dict[tuple[str, ...], Any] = field(default_factory=dict)
    """States already worked out; derived from the other fields, so it never changes an answer."""

    @classmethod
    def at(
        cls, day: date | str | None = None, facts: Facts | None = None, *, known_on: date | str | None = None
    ) -> World:
        """The world of a day.

        Parameters
        ----------
        day
            The day, as a date or as YYYY-MM-DD; None is the last day that the facts cover.
        facts
            The facts; None is those of the package.
        known_on
            Study the day as it was known on this earlier day: later rows do not count, later ends are blank.

        Raises
        ------
        DateError
            Before 1991 or after the last day of the facts.
        """
        facts = load() if facts is None else facts
        last = facts.last_day
        when = last if day is None else read_day(day)
        if not FIRST_DAY <= when <= last:
            raise DateError(
                f"the facts cover {FIRST_DAY} to {last}, not {when}",
                field="date",
                nearest=[str(FIRST_DAY if when < FIRST_DAY else last)],
            )
        seen = None if known_on is None else read_day(known_on, field="known_on")
        return _make(when, facts, seen, (), (), {})

    def apply(self, *scenarios: Scenario | str) -> World:
        """Another world: this one changed by scenarios (or their names, or files), in order.

        Examples
        --------
        >>> World.at("2023-06-01").apply("suez-closed", "hormuz-closed").scenarios
        ('suez-closed', 'hormuz-closed')
        """
        from landbridge.world.library import check_scenario, read_scenario
        from landbridge.world.scenario import Scenario

        for one in scenarios:
            if isinstance(one, Scenario):
                check_scenario(one, self.facts)
        read = [one if isinstance(one, Scenario) else read_scenario(one, self.facts) for one in scenarios]
        names = (*self.scenarios, *(name for one in read for name in one.names()))
        events = (*self.events, *(item for one in read for item in one.applied()))
        base = _make(self.day, self.facts, self.known_on, (), (), {})
        return _make(self.day, self.facts, self.known_on, names, events, fold(base, events))

    def on(self, day: date | str) -> World:
        """The same facts and scenarios on another day.

        Examples
        --------
        >>> World.at("2023-06-01").on("2024-06-01").day
        datetime.date(2024, 6, 1)
        """
        base = World.at(day, self.facts, known_on=self.known_on)
        if not self.events:
            return base
        return _make(base.day, self.facts, self.known_on, self.scenarios, self.events, fold(base, self.events))

    @property
    def facts_id(self) -> str:
        """The id of the facts."""
        return self.facts.facts_id

    @property
    def base(self) -> World:
        """The world of the same day without scenarios."""
        return _make(self.day, self.facts, self.known_on, (), (), {})

    @property
    def links(self) -> tuple[Link, ...]:
        """Links that the scenarios build and that no table has, in a fixed order."""
        found = {
            effect.value["link"].id: effect.value["link"] for key, effect in self.effects.items() if key[0] == "link"
        }
        return tuple(found[key] for key in sorted(found))

    @property
    def banners(self) -> tuple[str, ...]:
        """Words on exceptional times: a war, a blockade, an epidemic that holds on the day, as it could be told then.

        Examples
        --------
        >>> World.at("2025-11-01").banners[0]
        'All main posts between Afghanistan and Pakistan are shut to trade since 2025-10-12'
        """
        rows = self.facts.table("exceptional_times").rows
        told = (said_on(row["banner"], self.day) for row in rows if holds(row, self.day, self.known_on))
        return tuple(one for one in told if one)

    def ref(self) -> WorldRef:
        """How an answer names this world."""
        return WorldRef(self.day.isoformat(), self.id, self.facts_id, self.scenarios, self.banners)

    def __eq__(self, other: object) -> bool:
        """Equal ids."""
        return isinstance(other, World) and self.id == other.id

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        """Day, id, scenarios and how much they change."""
        what = f", {' + '.join(self.scenarios)}: {len(self.effects)} changes" if self.scenarios else ""
        as_known = f", as known on {self.known_on}" if self.known_on else ""
        return f"World({self.day}, {self.id}{as_known}{what})"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle without the memory of states."""
        effects = dict(self.effects)
        return _remake, (self.day, self.facts, self.known_on, self.scenarios, self.events, effects)


def _remake(
    day: date,
    facts: Facts,
    known_on: date | None,
    scenarios: tuple[str, ...],
    events: tuple[Applied, ...],
    effects: Mapping[Key, Effect],
) -> World:
    return _make(day, facts, known_on, scenarios, events, effects)


def _make(
    day: date,
    facts: Facts,
    known_on: date | None,
    scenarios: tuple[str, ...],
    events: tuple[Applied, ...],
    effects: Mapping[Key, Effect],
) -> World:
    return World(
        day=day,
        facts=facts,
        known_on=known_on,
        scenarios=scenarios,
        events=events,
        effects=MappingProxyType(dict(effects)),
        id=_world_id(day, facts, known_on, effects),
    )


def _world_id(day: date, facts: Facts, known_on: date | None, effects: Mapping[Key, Effect]) -> str:
    """Hash of the facts, the day and what differs from them; who said so is left out."""
    changes = sorted(
        (list(key), {name: item for name, item in effect.value.items() if name != "link"})
        for key, effect in effects.items()
    )
    body = json.dumps(
        [facts.facts_id, day.isoformat(), None if known_on is None else known_on.isoformat(), changes],
        sort_keys=True,
        separators=(",", ":"),
        default=str,
    )
    return hashlib.sha256(body.encode()).hexdigest()[:16]
