"""Two worlds, the same question: who gains, who loses, by how much. Reads nothing of an answer but its indicators."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from landbridge._version import __version__
from landbridge.answers import GRADES, Answer, Indicator, Question, WorldRef
from landbridge.errors import InputError, gathered, nearest
from landbridge.files import Where
from landbridge.studies.ask import ask, to_question
from landbridge.studies.kinds import KINDS
from landbridge.studies.worth import Capital, Worth, worth
from landbridge.world.papers import ChangedEffect, changed_effects

if TYPE_CHECKING:
    import pandas as pd

    from landbridge.facts import Facts
    from landbridge.world import World

Outcome = Literal["gains", "loses", "same", "changes", "opens", "shuts", "never"]
EQUAL = 1e-5
"""Values that differ by less, of their size, are the same: the search adds up whole units, so that ways which differ by
less than one count as equally good, and which of them is taken may change with the world."""
RELATIONS = Path(__file__).parent / "relations.yaml"
"""The questions that are compared when none is given."""


@dataclass(frozen=True, slots=True)
class Change:
    """One indicator in two worlds.

    `outcome` is gains or loses by the indicator's better direction; changes where neither is better; opens or shuts
    when only one world has an answer; never when none has.
    """

    name: str
    subject: str
    unit: str
    better: str
    base: float | None
    other: float | None
    delta: float | None
    percent: float | None
    base_low: float | None
    base_high: float | None
    other_low: float | None
    other_high: float | None
    grade: str
    outcome: Outcome

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class CompareQuestion:
    """Ask a question in a world and in the same world changed by scenarios."""

    kind: ClassVar[str] = "compare"

    question: Question
    scenarios: tuple[str, ...]
    capital: Capital | None = None
    """What the scenarios cost to build: then the volume at which they pay is told."""

    def to_dict(self) -> dict[str, Any]:
        """As plain data for YAML or JSON."""
        capital = {} if self.capital is None else {"capital": self.capital.to_dict()}
        return {"kind": self.kind, "scenarios": list(self.scenarios), **capital, "question": self.question.to_dict()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], where: Where = Where()) -> CompareQuestion:  # noqa: B008
        """From plain data, refusing unknown keys.

        Examples
        --------
        >>> inner = {"kind": "route", "from": "Baku", "to": "Tbilisi"}
        >>> CompareQuestion.from_dict({"kind": "compare", "scenarios": ["suez-closed"], "question": inner}).scenarios
        ('suez-closed',)
        """
        wrong: list[InputError] = []
        known = ("kind", "scenarios", "capital", "question")
        for key in data:
            if key not in known:
                near = nearest(str(key), known)
                wrong.append(where.complaint(data, key, "unknown key of a compare question", near=near))
        given = data.get("scenarios")
        names = (given,) if isinstance(given, str) else given or ()
        if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
            wrong.append(where.complaint(data, "scenarios", f"{given!r} is not a list of names of scenarios"))
        elif not names:
            wrong.append(where.complaint(data, "scenarios", "a compare question needs at least one scenario"))
        capital: Capital | None = None
        if data.get("capital") is not None:
            try:
                capital = Capital.from_dict(data["capital"], where.inside(data, "capital"))
            except InputError as error:
                wrong.append(error)
        asked: Question | None = None
        try:
            inner = data.get("question")
            asked = default_question() if inner is None else to_question(inner, where.inside(data, "question"))
        except InputError as error:
            wrong.append(error)
        if asked is None or wrong:
            raise gathered(wrong)
        return cls(asked, tuple(str(name) for name in names), capital)


def unknown_names(
    data: Mapping[str, Any], facts: Facts, where: Where, links: Collection[str] = ()
) -> Iterator[InputError]:
    """What a compare question, as plain data, names that is not in the facts: scenarios, and in its question."""
    from landbridge.world import read_scenario

    given = data.get("scenarios") or ()
    built = set(links)
    for name in (given,) if isinstance(given, str) else given if isinstance(given, list | tuple) else ():
        if not isinstance(name, str):
            continue
        try:
            scenario = read_scenario(name, facts)
        except InputError as error:
            yield where.at(error, data, "scenarios")
        else:
            built |= {event.link.id for event in scenario.events if event.link is not None and event.link.id}
    inner = data.get("question")
    if isinstance(inner, Mapping) and isinstance(inner.get("kind"), str) and inner["kind"] in KINDS:
        yield from KINDS[inner["kind"]].unknown_names(inner, facts, where.inside(data, "question"), built)


@dataclass(frozen=True, slots=True)
class CompareAnswer:
    """The same question answered in two worlds, and what changed.

    `bloc_effects` is what the scenarios begin and end on paper, by blocs and agreements, whatever the question.
    """

    schema: ClassVar[str] = "compare/1"

    question: CompareQuestion
    world: WorldRef
    changed: WorldRef
    base: Answer
    other: Answer
    changes: tuple[Change, ...] = field(default=())
    bloc_effects: tuple[ChangedEffect, ...] = field(default=())
    worth: tuple[Worth, ...] = field(default=())
    """The volume at which the capital of the question pays."""
    version: str = __version__

    @property
    def answered(self) -> bool:
        """Whether either world has an answer."""
        return self.base.answered or self.other.answered

    def indicators(self) -> tuple[Indicator, ...]:
        """The differences as indicators of their own."""
        return tuple(
            Indicator(f"{change.name}_change", change.subject, change.unit, change.delta, None, None, change.grade,
                      change.better)  # type: ignore[arg-type]
            for change in self.changes
        )  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON, schema `compare/1`."""
        return {
            "schema": self.schema,
            "version": self.version,
            "question": self.question.to_dict(),
            "world": self.world.to_dict(),
            "changed": self.changed.to_dict(),
            "changes": [change.to_dict() for change in self.changes],
            "bloc_effects": [one.to_dict() for one in self.bloc_effects],
            **({"worth": [one.to_dict() for one in self.worth]} if self.question.capital is not None else {}),
            "base": self.base.to_dict(),
            "other": self.other.to_dict(),
        }

    def to_frame(self) -> pd.DataFrame:
        """One row for each indicator."""
        import pandas as pd

        return pd.DataFrame([change.to_dict() for change in self.changes], columns=list(Change.__slots__))

    def __repr__(self) -> str:
        """Counts the outcomes of the subjects' first indicator."""
        counts: dict[str, int] = {}
        for change in first_of_each(self.changes):
            counts[change.outcome] = counts.get(change.outcome, 0) + 1
        told = ", ".join(f"{n} {outcome}" for outcome, n in sorted(counts.items()))
        return f"<CompareAnswer {' + '.join(self.question.scenarios)} on {self.world.date}: {told or 'nothing'}>"


def compare(
    world: World,
    scenarios: str | Sequence[str],
    question: Question | Mapping[str, Any] | None = None,
    *,
    capital: Capital | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> CompareAnswer:
    """Answer a question in a world and in that world changed by scenarios, and tell what changed.

    Parameters
    ----------
    world
        The world to start from.
    scenarios
        Names or files of scenarios, applied in order.
    question
        Any question; None asks a fixed list of well known relations.
    capital
        What the scenarios cost to build: then the volume at which they pay is told.
    progress
        Called with (parts done, parts in all).

    Examples
    --------
    >>> from landbridge.world import World
    >>> inner = {"kind": "route", "from": "Shanghai", "to": "Rotterdam", "modes": ["sea"], "n": 1}
    >>> answer = compare(World.at("2023-06-01"), "suez-closed", inner)
    >>> {change.outcome for change in answer.changes if change.name == "generalised_usd"}
    {'loses'}
    """
    names = (scenarios,) if isinstance(scenarios, str) else tuple(scenarios)
    if question is None:
        asked = default_question()
    else:
        asked = question if isinstance(question, Question) else to_question(question, world=world)
    return answer_compare(world, CompareQuestion(asked, names, capital), progress=progress)


def answer_compare(
    world: World, question: CompareQuestion, *, progress: Callable[[int, int], None] | None = None
) -> CompareAnswer:
    """Answer a `CompareQuestion` in a world."""
    changed = world.apply(*question.scenarios)

    def part(first: bool) -> Callable[[int, int], None] | None:
        if progress is None:
            return None
        return lambda done, total: progress(done + (0 if first else total), 2 * total)

    counts = KINDS[question.question.kind].counts
    base = ask(world, question.question, progress=part(True))
    if progress is not None and not counts:
        progress(1, 2)
    other = ask(changed, question.question, progress=part(False))
    if progress is not None and not counts:
        progress(2, 2)
    told = changes(base.indicators(), other.indicators())
    paid = () if question.capital is None else worth(question.capital, told, _boxes(world, question.question))
    return CompareAnswer(question, world.ref(), changed.ref(), base, other, told, changed_effects(world, changed), paid)


def _boxes(world: World, question: Question) -> float | None:
    """Boxes of one shipment of a route question [TEU], as its cost counts them; None for other cargo and questions."""
    from landbridge.routing.costs import complete

    shipment = getattr(question, "shipment", None)
    if shipment is None:
        return None
    boxes: float | None = complete(shipment, world.facts).teu
    return boxes or None


def changes(base: Sequence[Indicator], other: Sequence[Indicator]) -> tuple[Change, ...]:
    """Each indicator of both answers, in the order of the first.

    Examples
    --------
    >>> one = [Indicator("hours", "A - B", "h", 10.0, better="lower")]
    >>> two = [Indicator("hours", "A - B", "h", 12.0, better="lower")]
    >>> changes(one, two)[0].outcome, changes(one, two)[0].delta
    ('loses', 2.0)
    """
    before = {(item.name, item.subject): item for item in base}
    after = {(item.name, item.subject): item for item in other}
    return tuple(_change(before.get(key), after.get(key)) for key in dict.fromkeys([*before, *after]))


def first_of_each(rows: Sequence[Change]) -> tuple[Change, ...]:
    """The first change of each subject."""
    seen: dict[str, Change] = {}
    for row in rows:
        seen.setdefault(row.subject, row)
    return tuple(seen.values())


def default_question() -> Question:
    """The fixed list of relations."""
    from ruamel.yaml import YAML

    return to_question(YAML(typ="safe", pure=True).load(RELATIONS.read_text(encoding="utf-8")))


def _change(base: Indicator | None, other: Indicator | None) -> Change:
    known = base or other
    assert known is not None
    a = None if base is None else base.value
    b = None if other is None else other.value
    delta = None if a is None or b is None else b - a
    return Change(
        name=known.name,
        subject=known.subject,
        unit=known.unit,
        better=known.better,
        base=a,
        other=b,
        delta=delta,
        percent=None if delta is None or not a else 100.0 * delta / abs(a),
        base_low=None if base is None else base.low,
        base_high=None if base is None else base.high,
        other_low=None if other is None else other.low,
        other_high=None if other is None else other.high,
        grade=max((item.grade for item in (base, other) if item is not None and item.value is not None),
                  default="D", key=_worse),
        outcome=_outcome(known.better, a, b),
    )  # fmt: skip


def _worse(grade: str) -> int:
    return [*GRADES].index(grade) if grade in GRADES else len(GRADES)


def _outcome(better: str, a: float | None, b: float | None) -> Outcome:
    if a is None or b is None:
        return "never" if a is None and b is None else "opens" if a is None else "shuts"
    if abs(b - a) <= EQUAL * max(abs(a), abs(b), 1.0):
        return "same"
    if better == "neither":
        return "changes"
    return "gains" if (b < a) == (better == "lower") else "loses"
