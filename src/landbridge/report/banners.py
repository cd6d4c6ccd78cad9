"""Which exceptional times concern an answer: those of the areas and passages of its ways, or of its two ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from landbridge.report import gas_words
from landbridge.report.names import TABLES
from landbridge.world.sayings import said_on

if TYPE_CHECKING:
    from landbridge.facts import Facts

Answer = Mapping[str, Any]


def concerning(answer: Answer, facts: Facts | None) -> list[str]:
    """The banners of an answer's world that concern it.

    A banner that no row of exceptional times holds, and all banners when no facts are at hand, are kept.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> text = "War between Israel and Iran"
    >>> concerning({"world": {"banners": [text]}, "routes": [{"areas": ["DEU", "POL"]}]}, load())
    ['War between Israel and Iran']
    """
    if answer.get("answers"):
        # Each of many questions has its own day.
        return list(dict.fromkeys(text for one in answer["answers"] for text in concerning(one, facts)))
    texts = list((answer.get("world") or {}).get("banners") or ())
    if facts is None or not texts or "exceptional_times" not in facts.names:
        return texts
    touched = areas(answer, facts)
    if not touched:
        return texts
    day = date.fromisoformat(str(answer["world"].get("date") or date.max))
    # as an answer of that day words them
    about = {said_on(row["banner"], day): row for row in facts.table("exceptional_times").rows}
    return [text for text in texts if text not in about or _touches(about[text], touched)]


def _touches(row: Mapping[str, Any], touched: set[str]) -> bool:
    """Whether an answer touches as many areas of an exceptional time as it takes to be concerned.

    An answer about one area alone is concerned by what befalls a border of it.
    """
    some = set(row["areas"] or ())
    return not some or len(some & touched) >= min(row["least_areas"] or 1, len(touched))


def areas(answer: Answer, facts: Facts) -> set[str]:
    """Areas that the ways of an answer of any kind pass, those of passages, of its places and of what it goes round."""
    found: set[str] = set()
    for one in (answer, answer.get("base"), answer.get("other")):
        if isinstance(one, Mapping) and one.get("schema") == "gas/1":
            found |= gas_words.concerned(one)
        if isinstance(one, Mapping) and one.get("schema") == "alliance/1":
            found |= {str(row["area"]) for row in one.get("members") or ()}
        if isinstance(one, Mapping) and one.get("schema") == "country/1":
            found |= country_areas(one)
        if isinstance(one, Mapping) and one.get("schema") == "record/1":
            found |= set(one.get("areas") or ())
    for route in _routes(answer):
        found.update(route.get("areas") or ())
        for passage in route.get("passages") or ():
            found.update(_of_gate(facts, "passage", str(passage.get("id"))))
    for row in _avoided(answer):
        found.update(_of_gate(facts, str(row.get("subject_kind")), str(row.get("subject"))))
    return found | _of_places(answer, facts)


def country_areas(answer: Answer) -> set[str]:
    """The area of a profile, its neighbours, and the areas that its standard routes pass."""
    routes = [*answer["access"]["partners"], *answer["access"]["ports"]]
    sides = {str(row["area"]) for row in answer.get("borders") or ()}
    return {str(answer["area"]), *sides, *(area for one in routes for area in one["areas"])}


def _of_gate(facts: Facts, kind: str, key: str) -> set[str]:
    """Areas on the shores of a passage, at the sides of a crossing, of a port, ferry or line."""
    if kind == "area":
        return {key}
    table = TABLES.get(kind)
    row = facts.table(table).by_id.get(key) if table in facts.names else None
    if row is None:
        return set()
    found = {str(row[name]) for name in ("area", "area_a", "area_b") if row.get(name)}
    return found | {str(area) for area in row.get("areas") or ()}


def _avoided(answer: Answer) -> Iterator[Mapping[str, Any]]:
    """What ways of an answer of any kind go round."""
    yield from answer.get("avoided") or ()
    for one in (*(answer.get("answers") or ()), answer.get("base"), answer.get("other")):
        if isinstance(one, Mapping):
            yield from _avoided(one)


def _routes(answer: Answer) -> Iterator[Mapping[str, Any]]:
    yield from answer.get("routes") or ()
    for one in (*(answer.get("answers") or ()), answer.get("base"), answer.get("other")):
        if isinstance(one, Mapping):
            yield from _routes(one)


def _of_places(answer: Answer, facts: Facts) -> set[str]:
    from landbridge.errors import InputError
    from landbridge.world.places import resolve

    found = set()
    for name in _places(answer.get("question") or {}):
        try:
            place = resolve(name, facts)
        except InputError:
            continue
        if place.area:
            found.add(place.area)
    return found


def _places(question: Mapping[str, Any]) -> Iterator[str]:
    for key in ("from", "to", "at"):
        value = question.get(key)
        if isinstance(value, str):
            yield value
        else:
            yield from (str(one) for one in value or ())
    yield from (str(one) for one in question.get("origins") or question.get("places") or ())
    yield from (str(one) for one in question.get("destinations") or ())
    if isinstance(question.get("question"), Mapping):
        yield from _places(question["question"])
    for row in question.get("rows") or ():
        yield from _places(row)
