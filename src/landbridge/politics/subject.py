"""What a question on a record may name: an agreement, format, institution, crisis, measure or tie, by its names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from landbridge.errors import InputError, nearest
from landbridge.facts import Facts
from landbridge.world.names import folded

if TYPE_CHECKING:
    from landbridge.facts import Row
    from landbridge.facts.days import Day

TABLES: Final = ("records", "agreements", "formats", "blocs", "crises", "measures", "ties")
"""Where subjects are looked for, in this order; a row of `records` gathers rows of the others."""
_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {"records": "name", "agreements": "title", "formats": "name", "blocs": "name"}
)
_ALIASES: Final[Mapping[str, str]] = MappingProxyType(
    {"bloc_id": "blocs", "format_id": "formats", "agreement_id": "agreements"}
)
_GATHERED: Final[Mapping[str, str]] = MappingProxyType(
    {"agreements": "agreement_ids", "formats": "format_ids", "blocs": "bloc_ids"}
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a record is about, and the rows of other tables that belong to it.

    Attributes
    ----------
    table, id
        The row that it is.
    since, until
        First day, and first day on which it is over; None where not known, or where its one agreement says it.
    areas
        Areas, groups and `bloc:ID` that it concerns.
    pairs
        Pairs of areas AAA-BBB whose border posts are compared with the day `before`.
    """

    table: str
    id: str
    name: str
    kind: str
    what: str
    areas: tuple[str, ...]
    since: Day | None
    until: Day | None
    agreements: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    blocs: tuple[str, ...] = ()
    crises: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    ties: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    before: Day | None = None


@lru_cache(maxsize=4)
def subject_names(facts: Facts) -> Mapping[str, tuple[str, str]]:
    """Every name by which a subject is found, folded, with the table and id that it means.

    Names given to a record or a measure come first, then ids, then other names.
    """
    found: dict[str, tuple[str, str]] = {}
    for row in facts.table("alliance_names").rows:
        for column, table in (("record_id", "records"), ("measure_id", "measures")):
            if row[column] is not None:
                found.setdefault(folded(row["alias"]), (table, row[column]))
    for table in TABLES:
        for row in facts.table(table).rows:
            found.setdefault(folded(row["id"]), (table, row["id"]))
    for table, column in _NAMES.items():
        for row in facts.table(table).rows:
            for name in (row[column], *(row.get("aliases") or ())):
                found.setdefault(folded(name), (table, row["id"]))
    for row in facts.table("alliance_names").rows:
        for column, table in _ALIASES.items():
            if row[column] is not None:
                found.setdefault(folded(row["alias"]), (table, row[column]))
    gathered = dict(_gathered(facts))
    return MappingProxyType({name: gathered.get(hit, hit) for name, hit in found.items()})


def _gathered(facts: Facts) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Agreements, formats and blocs that are one record by themselves, and no other: their names mean the record."""
    alone: dict[tuple[str, str], list[str]] = {}
    for row in facts.table("records").rows:
        ids = [(table, one) for table, column in _GATHERED.items() for one in row[column] or ()]
        if len(ids) == 1:
            alone.setdefault(ids[0], []).append(row["id"])
    for one, records in alone.items():
        if len(records) == 1:
            yield one, ("records", records[0])


def find_subject(facts: Facts, text: str) -> Subject:
    """The subject that a name means.

    Raises
    ------
    InputError
        If there is none; it names the nearest.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> find_subject(load(), "Zurich protocols").agreements, find_subject(load(), "air22-eu").kind
    (('zurich-2009',), 'measure')
    >>> find_subject(load(), "zurich-2008")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    landbridge.errors.InputError: field record: nothing on record as 'zurich-2008'; nearest valid: zurich-2009; ...
    """
    known = subject_names(facts)
    hit = known.get(folded(text))
    if hit is None:
        ids = [row["id"] for table in TABLES for row in facts.table(table).rows]
        near = nearest(text, ids, 1) or tuple(known[one][1] for one in nearest(folded(text), known, 2, always=True))
        raise InputError(f"nothing on record as {text!r}", field="record", nearest=tuple(dict.fromkeys(near)),
                         remedy="list what there is with: landbridge record list")  # fmt: skip
    return subject_of(facts, *hit)


def subject_of(facts: Facts, table: str, key: str) -> Subject:
    """The subject that a row of one of the tables is."""
    return _MAKERS[table](facts.row(table, key))


def _of_record(row: Row) -> Subject:
    return Subject("records", row["id"], row["name"], row["kind"], row["what"], row["areas"] or (), row["from"],
                   row["to"], row["agreement_ids"] or (), row["format_ids"] or (), row["bloc_ids"] or (),
                   row["crisis_ids"] or (), row["measure_ids"] or (), row["tie_ids"] or (),
                   row["project_ids"] or (), row["pairs"] or (), row["before"])  # fmt: skip


def _of_agreement(row: Row) -> Subject:
    return Subject("agreements", row["id"], row["title"], "agreement", row["content"], row["party_codes"] or (),
                   None, None, agreements=(row["id"],))  # fmt: skip


def _of_format(row: Row) -> Subject:
    return Subject("formats", row["id"], row["name"], "format", row["what"], row["areas"], row["from"], row["to"],
                   row["agreement_ids"] or (), formats=(row["id"],))  # fmt: skip


def _of_bloc(row: Row) -> Subject:
    return Subject("blocs", row["id"], row["name"], "bloc", row["kind"], (f"bloc:{row['id']}",), row["founded"],
                   row["dissolved"], blocs=(row["id"],))  # fmt: skip


def _of_crisis(row: Row) -> Subject:
    areas = tuple(dict.fromkeys((*(row["appeal_areas"] or ()), *(row["threat_areas"] or ()))))
    return Subject("crises", row["id"], row["place"], "crisis", row["decision"], areas, row["date"], row["ended"],
                   crises=(row["id"],))  # fmt: skip


def _of_measure(row: Row) -> Subject:
    areas = tuple(dict.fromkeys((*(row["imposer_codes"] or ()), *(row["target_codes"] or ()))))
    name = f"{row['imposers']} on {row['targets']}: {row['kind']}"
    return Subject("measures", row["id"], name, "measure", row["effect"], areas, row["from"], row["to"],
                   measures=(row["id"],))  # fmt: skip


def _of_tie(row: Row) -> Subject:
    areas = tuple(dict.fromkeys((*(row["by_areas"] or ()), *row["with_areas"])))
    return Subject("ties", row["id"], row["what"], row["kind"], row["what"], areas, row["from"], row["to"],
                   ties=(row["id"],))  # fmt: skip


_MAKERS: Final = MappingProxyType(
    {
        "records": _of_record,
        "agreements": _of_agreement,
        "formats": _of_format,
        "blocs": _of_bloc,
        "crises": _of_crisis,
        "measures": _of_measure,
        "ties": _of_tie,
    }
)
