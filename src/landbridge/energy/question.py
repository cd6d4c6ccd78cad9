"""The question of a gas balance, from plain data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final, get_args

from landbridge.energy.demand import SEASON, SPELL_DAYS, Cold
from landbridge.energy.forms import area_names, complaints, unknown_areas
from landbridge.energy.horizon import MOST_DAYS, Basis, Horizon, Period, Step, make_horizon, year_from
from landbridge.energy.sharing import SHARINGS, Sharing
from landbridge.errors import DateError, InputError, gathered
from landbridge.files import Where
from landbridge.world.intervals import read_day

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.world import World

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "step": get_args(Step),
    "sharing": SHARINGS,
    "cold": get_args(Cold),
    "basis": get_args(Basis),
}
"""The words that a field may hold."""
KEYS: Final = ("kind", "from", "to", *CHOICES, "cold_from", "areas")


@dataclass(frozen=True, slots=True)
class GasQuestion:
    """Ask who runs short of gas, and who helps.

    Parameters
    ----------
    start, end
        First and last day, YYYY-MM-DD. Without them: the days of a dated cut of the scenarios, or of the facts on the
        world's day, when they are few; else twelve months from the month of the world's day.
    step
        day, month or season; days for up to 62 of them if not said.
    sharing
        How shortage is shared: national, equal or least-cost. The range over all three is always told.
    cold
        A cold spell: cold-january, 14-days, peak-day (in winter months) or season (October to March).
    cold_from
        The first day of a spell of 14 days or of a peak day; without it every day of the winter is as cold.
    basis
        before: demand and supply of the last year before the horizon; observed: those of its own years, for a replay.
    areas
        Areas to tell of; all when empty.
    """

    kind: ClassVar[str] = "gas"

    start: str | None = None
    end: str | None = None
    step: Step | None = None
    sharing: Sharing = "national"
    cold: Cold | None = None
    cold_from: str | None = None
    basis: Basis = "before"
    areas: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As plain data for YAML or JSON."""
        data: dict[str, Any] = {"kind": self.kind, "from": self.start, "to": self.end}
        return data | {item.name: getattr(self, item.name) for item in fields(self)[2:-1]} | {"areas": list(self.areas)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], where: Where = Where()) -> GasQuestion:  # noqa: B008
        """From plain data, refusing unknown keys and values, all of them in one message.

        Examples
        --------
        >>> GasQuestion.from_dict({"kind": "gas", "from": "2009-01-06", "to": "2009-01-20"}).start
        '2009-01-06'
        >>> GasQuestion.from_dict({"kind": "gas", "sharing": "equl"})
        Traceback (most recent call last):
        landbridge.errors.InputError: field sharing: unknown sharing 'equl'; nearest valid: equal
        """
        wrong = list(_complaints(data, where))
        if wrong:
            raise gathered(wrong)
        given = {key: data[key] for key in CHOICES if data.get(key) is not None}
        return cls(
            start=_text(data.get("from")), end=_text(data.get("to")), cold_from=_text(data.get("cold_from")),
            areas=area_names(data), **given,
        )  # fmt: skip


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _complaints(data: Mapping[str, Any], where: Where) -> Iterator[InputError]:
    yield from complaints(data, where, "a gas question", KEYS, CHOICES)
    for key in ("from", "to", "cold_from"):
        if data.get(key) is not None:
            try:
                day = read_day(str(data[key]), field=key)
            except DateError as error:
                yield where.at(error, data, key)
                continue
            if key == "cold_from":
                yield from (where.at(one, data, key) for one in _misplaced(day, data.get("cold")))


def _misplaced(day: date, cold: Any) -> Iterator[InputError]:
    """What is wrong with the first day of a cold spell."""
    if cold not in SPELL_DAYS:
        yield InputError(f"a spell that begins on a day is one of {', '.join(SPELL_DAYS)}", field="cold_from",
                         nearest=tuple(SPELL_DAYS))  # fmt: skip
    elif day.month not in SEASON:
        yield InputError(f"a cold spell begins between October and March, not on {day}", field="cold_from")


def unknown_names(
    data: Mapping[str, Any], facts: Facts, where: Where, links: Collection[str] = ()
) -> Iterator[InputError]:
    """What a gas question, as plain data, names that the facts do not have."""
    del links
    return unknown_areas(data, facts, where, "gas", "gas_zones")


def horizon_of(world: World, question: GasQuestion) -> Horizon:
    """The horizon that a question means in a world."""
    spell = _spell(question)
    if question.start is None and question.end is None:
        dated = _dated(world)
        if dated is not None:
            return make_horizon(*dated, question.step, spell)
        if question.step == "day":
            return make_horizon(world.day, world.day + timedelta(days=MOST_DAYS - 1), "day", spell)
        return year_from(world.day, question.step, spell)
    start = read_day(question.start, field="--from") if question.start else world.day
    if question.end:
        end = read_day(question.end, field="--to")
    elif question.step == "day":
        end = start + timedelta(days=MOST_DAYS - 1)
    else:
        end = year_from(start).end - timedelta(days=1)
    return make_horizon(start, end, question.step, spell)


def _spell(question: GasQuestion) -> Period | None:
    """The days of a dated cold spell."""
    if question.cold_from is None or question.cold is None:
        return None
    first = read_day(question.cold_from, field="--cold-from")
    return Period(first, first + timedelta(days=SPELL_DAYS[question.cold]))


def _dated(world: World) -> tuple[date, date] | None:
    """First and last day of a short cut: of dated events of the scenarios, or of the facts on the day."""
    from landbridge.world.fuels import speaks_of_energy

    spans = [(item.event.first_day(), item.event.last_day()) for item in world.events if speaks_of_energy(item.event)]
    known = [(first, last) for first, last in spans if first is not None and last is not None]
    if len(known) < len(spans) or not known:
        known = [
            (row["date"].first, row["to"].first)
            for row in world.facts.table("gas_events").where(effect="limit")
            if row["to"] is not None and row["date"].first <= world.day < row["to"].first
        ]
    if not known:
        return None
    start, after = min(first for first, _ in known), max(last for _, last in known)
    return (start, after - timedelta(days=1)) if (after - start).days <= MOST_DAYS else None
