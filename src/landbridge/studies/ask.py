"""Ask any question from plain data or a file; ask an answer's question again and compare."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from landbridge.answers import Answer, Question
from landbridge.errors import InputError, gathered
from landbridge.files import Where, read_json, read_text, read_yaml
from landbridge.studies.kinds import KINDS, kind_of

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.world import World

Progress = Callable[[int, int], None]
TOLERANCE = 1e-9
WORLD_KEYS = ("on", "scenario", "scenarios")
"""Keys of a file that name the world; of a question that compares, `scenarios` is its own."""
BY_NAME = "an answer names its scenarios by name: give your own files again, by --scenario FILE, in order"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a file asks: a question with the day and the scenarios it names, or an answer to be made again.

    `world` is the world that it is asked in, where the facts were given; `name` is what a list of questions calls it.
    """

    question: Question
    on: str | None = None
    scenarios: tuple[str, ...] = ()
    answer: Mapping[str, Any] | None = None
    world: World | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A value of an answer that came out differently."""

    where: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Rerun:
    """An answer made again: whether world, facts and version are those of then, and what differs."""

    answer: Answer
    same_world: bool
    same_facts: bool
    same_version: bool
    differences: tuple[Difference, ...]

    @property
    def same(self) -> bool:
        """Whether every number and word came out as before."""
        return not self.differences

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON, schema `rerun/1`."""
        return {
            "schema": "rerun/1",
            "same": self.same,
            "same_world": self.same_world,
            "same_facts": self.same_facts,
            "same_version": self.same_version,
            "differences": [
                {"where": item.where, "before": item.before, "after": item.after} for item in self.differences
            ],
            "answer": self.answer.to_dict(),
        }


def ask(world: World, question: Question | Mapping[str, Any], *, progress: Progress | None = None) -> Answer:
    """Answer any question in a world.

    Parameters
    ----------
    question
        A question, or plain data with its `kind` ("route", "routes", "matrix", "gas", "compare").
    progress
        Called with (parts done, parts in all) by questions of many parts.

    Examples
    --------
    >>> from landbridge.world import World
    >>> ask(World.at("2024-06-01"), {"kind": "route", "from": "Kyiv", "to": "Moscow"}).answered
    False
    """
    asked = question if isinstance(question, Question) else to_question(question, world=world)
    return KINDS[asked.kind].answer(world, asked, progress)


def to_question(data: Any, where: Where = Where(), world: World | None = None) -> Question:  # noqa: B008
    """A question from plain data; unknown kinds and keys are refused, and what the facts of a world do not have.

    Examples
    --------
    >>> to_question({"kind": "route", "from": "Baku", "to": "Tbilisi"}).kind
    'route'
    """
    if not isinstance(data, Mapping):
        raise InputError("a question is a mapping with its kind", file=where.file, line=where.line or 1,
                         field=where.path or None)  # fmt: skip
    kind = kind_of(data, where)
    wrong: list[InputError] = []
    question: Question | None = None
    try:
        question = kind.question_class().from_dict(data, where)
    except InputError as error:
        wrong.append(error)
    if world is not None:
        links = frozenset(link.id for link in world.links)
        wrong.extend(kind.unknown_names(data, world.facts, where, links))
    if question is None or wrong:
        raise gathered(wrong)
    return question


def read_asked(
    path: str | Path, facts: Facts | None = None, *, on: str | None = None, scenarios: Sequence[str] | None = None
) -> Asked:
    """Read a question (YAML or JSON, with `on` and `scenario` if it likes) or an answer (JSON) from a file.

    Parameters
    ----------
    facts
        Facts that must have what the file names; with them the world that it is asked in is made.
    on, scenarios
        Instead of those of the file.

    Raises
    ------
    InputError
        If the file cannot be read or does not hold a question; every complaint with its line and field.
    """
    data = _read(Path(path))
    where = Where(str(path))
    if not isinstance(data, Mapping):
        raise InputError("a question or an answer is a mapping", file=str(path), line=1)
    is_answer = "schema" in data and "question" in data
    inner, inside = (data["question"], where.inside(data, "question")) if is_answer else (data, where)
    holder, outside = (data.get("world") or {}, where.inside(data, "world")) if is_answer else (data, where)
    if not isinstance(holder, Mapping):
        raise where.complaint(data, "world", "the world of an answer is a mapping with date and scenarios")
    day = "date" if is_answer else "on"
    own = not is_answer and data.get("kind") == "compare"
    word = "scenarios" if is_answer or ("scenarios" in holder and not own) else "scenario"
    asked_on, applied, wrong = _world_keys(holder, day, word, outside)
    world: World | None = None
    if facts is not None:
        chosen = applied if scenarios is None else tuple(scenarios)
        world, more = _world_of(facts, on or asked_on, chosen)
        for what, error in more:
            if is_answer and what == "scenario" and error.file is None:
                error = InputError(error.problem, nearest=error.nearest, remedy=BY_NAME)  # noqa: PLW2901
            given = on is not None if what == "on" else scenarios is not None
            wrong.append(error if given else outside.at(error, holder, day if what == "on" else word))
    if not is_answer:
        for key in WORLD_KEYS[:2] if own else WORLD_KEYS:
            data.pop(key, None)  # type: ignore[attr-defined]
    question: Question | None = None
    try:
        question = to_question(inner, inside, world)
    except InputError as error:
        wrong.append(error)
    if question is None or wrong:
        raise gathered(wrong)
    return Asked(question, asked_on, applied, data if is_answer else None, world)


def _world_keys(
    holder: Mapping[str, Any], day: str, word: str, where: Where
) -> tuple[str | None, tuple[str, ...], list[InputError]]:
    """The day and the scenarios that a file names, and what is wrong with their form."""
    wrong: list[InputError] = []
    on, given = holder.get(day), holder.get(word)
    if on is not None and not isinstance(on, str | int):
        wrong.append(where.complaint(holder, day, f"{on!r} is not a date", remedy="write it as YYYY-MM-DD"))
        on = None
    names = (given,) if isinstance(given, str) else given or ()
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        wrong.append(where.complaint(holder, word, f"{given!r} is not the name or a list of names of scenarios"))
        names = ()
    return None if on is None else str(on), tuple(str(name) for name in names), wrong


def _world_of(
    facts: Facts, on: str | None, scenarios: Sequence[str]
) -> tuple[World, list[tuple[Literal["on", "scenario"], InputError]]]:
    """A world, as far as it can be made, and why not further."""
    from landbridge.world import World

    wrong: list[tuple[Literal["on", "scenario"], InputError]] = []
    try:
        world = World.at(on, facts)
    except InputError as error:
        wrong.append(("on", error))
        world = World.at(None, facts)
    try:
        world = world.apply(*scenarios)
    except InputError as error:
        wrong.append(("scenario", error))
    return world, wrong


def rerun(
    answer: Mapping[str, Any], facts: Facts | None = None, *, world: World | None = None,
    progress: Progress | None = None,
) -> Rerun:  # fmt: skip
    """Make an answer again in the world it names (or in `world`) and compare every value.

    Numbers count as equal when they agree to 1e-9 of their size.

    Parameters
    ----------
    answer
        An answer as plain data.
    facts
        The facts to use; None is those of the package.
    world
        The world to use instead of the one that the answer names.
    """
    from landbridge.world import World

    then = answer.get("world") or {}
    if world is None:
        world = World.at(then.get("date"), facts).apply(*then.get("scenarios") or ())
    if "question" not in answer:
        raise InputError("an answer holds its question", field="question")
    again = ask(world, answer["question"], progress=progress)
    data = again.to_dict()
    now = data["world"]
    before = {key: value for key, value in answer.items() if key not in ("world", "version")}
    after = {key: value for key, value in data.items() if key not in ("world", "version")}
    return Rerun(
        answer=again,
        same_world=now["id"] == then.get("id"),
        same_facts=now["facts_id"] == then.get("facts_id"),
        same_version=data.get("version") == answer.get("version"),
        differences=tuple(differences(before, after)),
    )


def differences(before: Any, after: Any, where: str = "") -> Iterator[Difference]:
    """Values that are not equal, numbers to 1e-9 of their size.

    Examples
    --------
    >>> [item.where for item in differences({"a": [1.0, 2.0]}, {"a": [1.0, 2.1]})]
    ['a.1']
    """
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in sorted({*before, *after}, key=str):
            yield from differences(before.get(key), after.get(key), f"{where}.{key}" if where else str(key))
    elif isinstance(before, list | tuple) and isinstance(after, list | tuple):
        if len(before) != len(after):
            yield Difference(where, f"{len(before)} items", f"{len(after)} items")
        for n, (one, other) in enumerate(zip(before, after, strict=False)):
            yield from differences(one, other, f"{where}.{n}" if where else str(n))
    elif _is_number(before) and _is_number(after):
        if not math.isclose(before, after, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
            yield Difference(where, before, after)
    elif before != after or isinstance(before, bool) != isinstance(after, bool):
        yield Difference(where, before, after)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _read(path: Path) -> Any:
    text = read_text(path)
    if not text.strip():
        raise InputError("the file is empty", file=str(path), remedy="write a question with its kind, from and to")
    read = read_json if path.suffix.casefold() == ".json" else read_yaml
    return read(text, str(path))
