"""The standard questions: of a file, and of all corridors, alliances, records and some areas, each on its days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from landbridge.errors import InputError
from landbridge.files import Where, read_text, read_yaml
from landbridge.studies.ask import Asked, to_question

if TYPE_CHECKING:
    from landbridge.facts import Facts

STANDARD: Final = Path(__file__).parent / "standard.yaml"
"""The questions whose answers are weighed when no others are given."""
KEYS: Final = ("questions", "corridors_on", "alliances_on", "records_on", "profiles_on", "profiles_of")
PARTNERS: Final = 4
"""To how many partners the ways of a profile lead."""


def standard_questions(facts: Facts, path: Path = STANDARD) -> tuple[Asked, ...]:
    """Questions from a file, each with its day and scenarios; those of corridors, alliances ... on its days.

    A branch of a corridor is asked for from its first gate to its last by way of the others.

    Raises
    ------
    InputError
        If the file does not hold questions.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> standard_questions(load())[0].question.destination
    'Moscow'
    """
    file = str(path)
    data = read_yaml(read_text(path), file)
    if not isinstance(data, Mapping) or not isinstance(data.get("questions", []), list):
        raise InputError("a file of questions is a mapping with a list `questions`", file=file, line=1)
    where = Where(file)
    for key in data:
        if key not in KEYS:
            raise where.complaint(data, key, "unknown key of a file of questions", near=KEYS)
    asked = [_asked(item, Where(file, path=f"questions.{n}")) for n, item in enumerate(data.get("questions", []))]
    for day in data.get("corridors_on") or ():
        asked += _corridor_questions(facts, str(day))
    for day in data.get("alliances_on") or ():
        asked += _alliance_questions(facts, str(day))
    for day in data.get("records_on") or ():
        ids = (row["id"] for row in facts.table("records").rows)
        asked += [Asked(to_question({"kind": "record", "record": key}), str(day)) for key in ids]
    for day in data.get("profiles_on") or ():
        for area in data.get("profiles_of") or ():
            profile = {"kind": "country", "area": str(area), "partners": PARTNERS, "quick": True}
            asked.append(Asked(to_question(profile, Where(file, path="profiles_of")), str(day)))
    return tuple(asked)


def name_of(asked: Asked) -> str:
    """A question in few words: what, for whom, on which day, changed by what.

    Examples
    --------
    >>> from landbridge.studies.ask import to_question
    >>> name_of(Asked(to_question({"kind": "route", "from": "Baku", "to": "Poti"}), "2023-06-01", ("suez-closed",)))
    'route Baku - Poti, 2023-06-01, suez-closed'
    """
    if asked.name:
        return f"{asked.name}, {asked.on}"
    data = asked.question.to_dict()
    words = [f"{data['from']} - {data['to']}"] if data["kind"] == "route" else []
    words += [str(data[key]) for key in ("bloc", "area", "record") if data.get(key)]
    if data["kind"] == "route":
        words += [f"by {', '.join(data[key])}" for key in ("modes", "via") if data.get(key)]
        words += [f"{key} {data[key]}" for key in ("carrier", "team") if data.get(key)]
    parts = [" ".join([data["kind"], *words[:1]]), *words[1:], asked.on or "", *asked.scenarios]
    return ", ".join(part for part in parts if part)


def _asked(item: Any, where: Where) -> Asked:
    if not isinstance(item, Mapping):
        raise InputError("a question is a mapping with its kind", file=where.file, field=where.path)
    on, scenario = item.get("on"), item.get("scenario")
    question = to_question({key: value for key, value in item.items() if key not in ("on", "scenario")}, where)
    return Asked(question, None if on is None else str(on), (str(scenario),) if scenario else ())


def _corridor_questions(facts: Facts, day: str) -> Iterator[Asked]:
    """A question for each branch, with what stands in the table as its gates; those that are not built have no way."""
    for row in facts.table("corridors").rows:
        gates = [str(gate) for gate in row["gates"]]
        while gates[-1].startswith("ferry:"):
            # no trip ends on a ferry; its quays are gates of their own
            gates.pop()
        stops = [_stop(gate) for gate in gates]
        data = {"kind": "route", "from": stops[0], "to": stops[-1], "via": stops[1:-1], "n": 1}
        yield Asked(to_question(data), day, name=f"branch {row['id']}")


def _stop(gate: str) -> str:
    """A gate of the table as a question names it: a position for a place, or else its id."""
    _, at, spot = gate.rpartition("@")
    return spot.replace(" ", ",") if at else gate.partition(":")[2]


def _alliance_questions(facts: Facts, day: str) -> Iterator[Asked]:
    for table in ("blocs", "formats"):
        for row in facts.table(table).rows:
            yield Asked(to_question({"kind": "alliance", "bloc": row["id"]}), day)
