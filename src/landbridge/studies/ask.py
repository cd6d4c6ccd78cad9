"""Ask any question from plain data or a file; ask an answer's question again and compare."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.answers import Answer, Question
from landbridge.errors import InputError
from landbridge.studies.kinds import kind_of

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.world import World

Progress = Callable[[int, int], None]
TOLERANCE = 1e-9
WORLD_KEYS = ("on", "scenario", "scenarios")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a file asks: a question with the day and the scenarios it names, or an answer to be made again."""

    question: Question
    on: str | None = None
    scenarios: tuple[str, ...] = ()
    answer: Mapping[str, Any] | None = None


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
        A question, or plain data with its `kind` ("route", "routes", "matrix", "compare").
    progress
        Called with (parts done, parts in all) by questions of many parts.

    Examples
    --------
    >>> from landbridge.world import World
    >>> ask(World.at("2024-06-01"), {"kind": "route", "from": "Kyiv", "to": "Moscow"}).answered
    False
    """
    asked = to_question(question) if isinstance(question, Mapping) else question
    return kind_of(asked.kind).answer(world, asked, progress)


def to_question(data: Mapping[str, Any], *, file: str | None = None) -> Question:
    """A question from plain data; unknown kinds and keys are refused.

    Examples
    --------
    >>> to_question({"kind": "route", "from": "Baku", "to": "Tbilisi"}).kind
    'route'
    """
    if not isinstance(data, Mapping):
        raise InputError("a question is a mapping with its kind", file=file)
    question: Question = kind_of(data.get("kind"), file=file).question_class().from_dict(data, file=file)
    return question


def read_asked(path: str | Path) -> Asked:
    """Read a question (YAML or JSON, with `on` and `scenario` if it likes) or an answer (JSON) from a file.

    Raises
    ------
    InputError
        If the file cannot be read or does not hold a question.
    """
    data = _read(Path(path))
    file = str(path)
    if not isinstance(data, Mapping):
        raise InputError("a question or an answer is a mapping", file=file, line=1)
    if "schema" in data and "question" in data:
        world = data.get("world") or {}
        return Asked(
            question=to_question(data["question"], file=file),
            on=world.get("date"),
            scenarios=tuple(world.get("scenarios") or ()),
            answer=data,
        )
    given = data.get("scenarios", data.get("scenario")) or ()
    scenarios = (given,) if isinstance(given, str) else tuple(str(one) for one in given)
    rest = {key: value for key, value in data.items() if key not in WORLD_KEYS}
    on = data.get("on")
    return Asked(to_question(rest, file=file), None if on is None else str(on), scenarios)


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
    import json

    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise InputError(f"cannot be read: {reason}", file=str(path)) from error
    if path.suffix.casefold() == ".json":
        try:
            return json.loads(text)
        except json.JSONDecodeError as error:
            raise InputError(f"not JSON: {error.msg}", file=str(path), line=error.lineno) from error
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return YAML(typ="safe", pure=True).load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise InputError(f"not YAML: {error.problem or error.context}", file=str(path), line=line) from error
    except YAMLError as error:
        raise InputError(f"not YAML: {error}", file=str(path)) from error
