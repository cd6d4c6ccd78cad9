"""What an answer says and what it rests on, in few numbers: enough to weigh rows and to compare; kept on disk."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from landbridge import shelf
from landbridge.answers import Answer, Indicator, Reliance, Relying
from landbridge.studies.ask import Asked, ask

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.world import World

RowKey = tuple[str, str]
"""Table and id of a row."""
STOPS = ("crossing", "transfer", "wait", "handling", "passage")
"""Kinds of legs that stand at one place."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Hours and dollars of the best way at one place (crossing, port, terminal), and the rows named for them."""

    table: str
    id: str
    hours: float
    usd: float
    rows: tuple[RowKey, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer says and rests on.

    Parameters
    ----------
    answered
        False for a reasoned no.
    label
        Name of the best way; why there is none; empty where an answer has no ways.
    indicators
        What two answers are compared by.
    reliances
        What rests on which row.
    stands
        Where the best way stands, and for how long.
    cited
        All rows that the answer names, those of ways not taken and of refusals too.
    areas
        Areas that any of its ways passes.
    ends
        First and last point of the best way (lat, lon); empty without one.
    reach_km
        Length of the longest of its ways; 0 without one.
    """

    answered: bool
    label: str
    indicators: tuple[Indicator, ...]
    reliances: tuple[Reliance, ...]
    stands: tuple[Stand, ...] = ()
    cited: frozenset[RowKey] = frozenset()
    areas: frozenset[str] = frozenset()
    ends: tuple[tuple[float, float], ...] = ()
    reach_km: float = 0.0

    def to_plain(self) -> dict[str, Any]:
        """As plain data that JSON keeps to the last digit."""
        return {
            "answered": self.answered,
            "label": self.label,
            "indicators": [[getattr(one, name) for name in Indicator.__slots__] for one in self.indicators],
            "reliances": [[getattr(one, name) for name in Reliance.__slots__] for one in self.reliances],
            "stands": [[one.table, one.id, one.hours, one.usd, [list(row) for row in one.rows]] for one in self.stands],
            "cited": sorted(map(list, self.cited)),
            "areas": sorted(self.areas),
            "ends": [list(point) for point in self.ends],
            "reach_km": self.reach_km,
        }

    @classmethod
    def from_plain(cls, data: Mapping[str, Any]) -> Told:
        """The inverse of `to_plain`."""
        return cls(
            data["answered"],
            data["label"],
            tuple(Indicator(*one) for one in data["indicators"]),
            tuple(Reliance(*one) for one in data["reliances"]),
            tuple(
                Stand(table, row, hours, usd, tuple((t, r) for t, r in rows))
                for table, row, hours, usd, rows in data["stands"]
            ),
            frozenset((table, row) for table, row in data["cited"]),
            frozenset(data["areas"]),
            tuple((lat, lon) for lat, lon in data["ends"]),
            data["reach_km"],
        )


class Desk:
    """Asks questions in worlds of the same facts; worlds are made once, answers are kept on disk.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> from landbridge.studies.ask import to_question
    >>> desk = Desk(load())
    >>> told = desk.tell(Asked(to_question({"kind": "route", "from": "Baku", "to": "Tbilisi"}), "2023-06-01"))
    >>> told.answered, sorted(told.areas)
    (True, ['AZE', 'GEO'])
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._worlds: dict[tuple[str | None, tuple[str, ...]], World] = {}

    def world(self, asked: Asked) -> World:
        """The world that a question is asked in."""
        from landbridge.world import World

        key = (asked.on, asked.scenarios)
        if key not in self._worlds:
            self._worlds[key] = World.at(asked.on, self.facts).apply(*asked.scenarios)
        return self._worlds[key]

    def kept(self, asked: Asked) -> Told | None:
        """What was told before, in this process or another; None where it was not asked yet."""
        key = self._key(asked)
        found = shelf.fetch("told", key) if key else None
        return None if found is None else Told.from_plain(found.meta)

    def tell(self, asked: Asked) -> Told:
        """Ask a question, or take what was told before."""
        known = self.kept(asked)
        if known is not None:
            return known
        told = told_of(ask(self.world(asked), asked.question))
        key = self._key(asked)
        if key:
            shelf.keep("told", key, told.to_plain(), {})
        return told

    def _key(self, asked: Asked) -> tuple[str, ...]:
        facts = self.facts.kept_as
        if not facts:
            return ()
        asked_in = self.world(asked)
        return (*facts, asked_in.id, *asked_in.scenarios, json.dumps(asked.question.to_dict(), sort_keys=True))


def told_of(answer: Answer) -> Told:
    """What an answer of any kind says and rests on."""
    data = answer.to_dict()
    routes: list[Mapping[str, Any]] = data.get("routes") or []
    ways = [*routes, *(data.get("others") or ())]
    no_way = data.get("no_route")
    best = routes[0] if routes else None
    lines = [leg.points for leg in answer.routes[0].legs if leg.points] if best and hasattr(answer, "routes") else []
    reliances = answer.reliances() if isinstance(answer, Relying) else ()
    return Told(
        answered=answer.answered,
        label=best["label"] if best else no_way["reason"] if no_way else data.get("nobody") or "",
        indicators=answer.indicators(),
        reliances=reliances,
        stands=tuple(_stands(best)) if best else (),
        cited=frozenset(_cited(data)) | {(one.table, one.id) for one in reliances},
        areas=frozenset(area for way in ways for area in way.get("areas") or ()),
        ends=(tuple(lines[0][0]), tuple(lines[-1][-1])) if lines else (),
        reach_km=max((float(way["km"]) for way in ways), default=0.0),
    )


def _stands(best: Mapping[str, Any]) -> Iterator[Stand]:
    found: dict[RowKey, tuple[float, float, tuple[RowKey, ...]]] = {}
    for leg in best.get("legs") or ():
        if leg["kind"] not in STOPS or leg["ref"] is None:
            continue
        key = (leg["ref"]["table"], leg["ref"]["id"])
        hours, usd, rows = found.get(key, (0.0, 0.0, ()))
        named = tuple((one["table"], one["id"]) for one in leg["evidence"])
        found[key] = (hours + leg["hours"], usd + leg["usd"], tuple(dict.fromkeys((*rows, *named))))
    for key, (hours, usd, rows) in found.items():
        yield Stand(*key, hours, usd, rows)


def _cited(data: Any) -> Iterator[RowKey]:
    """Every row named anywhere in plain data: a mapping with `table` and `id`."""
    if isinstance(data, Mapping):
        if isinstance(data.get("table"), str) and isinstance(data.get("id"), str):
            yield data["table"], data["id"]
        for value in data.values():
            yield from _cited(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _cited(value)
