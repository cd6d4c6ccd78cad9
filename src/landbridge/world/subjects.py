"""What an event is about: `crossing:ID`, `pair:ARM-AZE`, `passage:ID`, `port:ID`, `area:ISO3`, `pipeline:ID` ..."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from landbridge.errors import ScenarioError, nearest
from landbridge.facts import Facts
from landbridge.world.agreements import agreement_rows
from landbridge.world.alike import alike
from landbridge.world.fuels import ENERGY, point_ids
from landbridge.world.index import index, pair_id

TABLE_OF_KIND: Final = {
    "crossing": "crossings",
    "passage": "passages",
    "ferry": "ferries",
    "port": "ports",
    "area": "areas",
    "project": "projects",
    "line": "lines",
    "measure": "measures",
    "bloc": "blocs",
}
KINDS: Final = (*TABLE_OF_KIND, "agreement", "pair", *ENERGY)


@dataclass(frozen=True, slots=True)
class Subject:
    """The kind and id of what an event is about."""

    kind: str
    id: str


def _ids(facts: Facts, kind: str) -> Iterable[str]:
    if kind == "measure":
        return [*facts.table("measures").by_id, *facts.table("measure_rules").by_id]
    if kind == "agreement":
        return agreement_rows(facts)
    if kind in ENERGY and kind != "pipeline":
        return point_ids(facts, kind)
    table = {**TABLE_OF_KIND, "pipeline": "pipelines"}[kind]
    return facts.table(table).by_id if table in facts.names else ()


def parse_subject(facts: Facts, text: str) -> Subject:
    """Read a subject; an unknown kind or id is a ScenarioError with the nearest valid ones.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> parse_subject(load(), "pair:RUS-GEO")
    Subject(kind='pair', id='GEO-RUS')
    """
    kind, colon, key = text.partition(":")
    kind, key = kind.strip(), key.strip()
    if not colon or kind not in KINDS:
        kinds = nearest(kind, KINDS)
        meant = [f"{word}:{key}" for word in kinds if key and word in ENERGY and key in _ids(facts, word)]
        raise ScenarioError(
            f"{text!r} is not a subject",
            nearest=meant or alike(facts, key or kind, TABLE_OF_KIND) or [f"{word}:..." for word in kinds],
            remedy=f"write KIND:ID with one of the kinds {', '.join(KINDS)}",
        )
    if kind == "pair":
        first, dash, second = key.partition("-")
        pair = pair_id(first, second)
        pairs = index(facts).crossings_of_pair
        if not dash or pair not in pairs:
            raise ScenarioError(f"no land border between areas {key!r}", nearest=nearest(pair, pairs))
        return Subject(kind, pair)
    if kind == "project":
        alias = facts.table("project_aliases").by_id.get(key)
        key = alias["project"] if alias is not None else key
    ids = _ids(facts, kind)
    if key not in ids:
        if kind == "agreement" and key in facts.table("agreements").by_id:
            raise ScenarioError(
                f"the agreement {key} changes nothing about freight: no row of bloc_effects stands on it",
                nearest=[f"{kind}:{hit}" for hit in nearest(key, ids)],
            )
        likely = () if kind == "agreement" else alike(facts, key, (kind,))
        near = likely or [f"{kind}:{hit}" for hit in nearest(key, ids)]
        others = ENERGY if kind in ENERGY else TABLE_OF_KIND
        raise ScenarioError(f"no {kind} with the id {key!r}", nearest=near or alike(facts, key, others))
    return Subject(kind, key)
