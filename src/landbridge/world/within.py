"""The areas that the name of a bloc, a format, a record or an area means on the day, and the rows that say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from landbridge.errors import InputError, nearest
from landbridge.world.intervals import holds
from landbridge.world.membership import area_set, members
from landbridge.world.names import folded

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.world.world import World

_NAMED: Final[Mapping[str, str]] = MappingProxyType({"blocs": "name", "formats": "name", "records": "name"})
_ALIASES: Final[Mapping[str, str]] = MappingProxyType(
    {"blocs": "bloc_id", "formats": "format_id", "records": "record_id"}
)
MEMBERS: Final = "members on the day"
SIDES: Final = "areas of the format"
NAMED: Final = "areas that the record names; nobody is a member on the day"
AREA: Final = "one area"
LETTERS: Final = 4
"""Names of so few letters are written in capitals."""


@dataclass(frozen=True, slots=True)
class Within:
    """A group of areas by name.

    Attributes
    ----------
    id, name
        As the tables call it.
    basis
        What makes an area one of it: members on the day, areas of the format, areas that the record names, one area.
    areas
        In alphabetical order.
    rows
        Tables and ids that say so.
    """

    id: str
    name: str
    basis: str
    areas: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]


@lru_cache(maxsize=4)
def _names(facts: Facts) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Every name, folded, with the rows that it may mean: blocs first, then formats, then records."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for table, column in _ALIASES.items():
        for row in facts.table("alliance_names").rows:
            if row[column] is not None:
                found.setdefault(folded(row["alias"]), {})[table, row[column]] = None
        for row in facts.table(table).rows:
            for text in (row["id"], row[_NAMED[table]]):
                found.setdefault(folded(text), {})[table, row["id"]] = None
    return MappingProxyType({name: tuple(rows) for name, rows in found.items()})


def complaint(facts: Facts, text: str) -> InputError | None:
    """What is wrong with the name of a group of areas; None where the facts have it.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> complaint(load(), "OTS") is None, complaint(load(), "KAZ") is None
    (True, True)
    >>> print(complaint(load(), "ots2"))
    field within: no bloc, format, record or area 'ots2'; nearest valid: OTS
    """
    areas, known = facts.table("areas").by_id, _names(facts)
    if text.upper() in areas or folded(text) in known:
        return None
    near = nearest(folded(text), {**{key.casefold(): None for key in areas}, **dict.fromkeys(known)}, 2)
    shown = tuple(one.upper() if len(one) <= LETTERS else one for one in near)
    return InputError(f"no bloc, format, record or area {text!r}", field="within", nearest=shown)


def within(world: World, text: str) -> Within:
    """The areas that a name means on the day.

    Parameters
    ----------
    text
        A bloc, a format or a record by id, name or other name, or the code of an area.

    Raises
    ------
    InputError
        If the facts have no such name.

    Notes
    -----
    Of one name for several things the first that has areas on the day is taken: a bloc by its members, with those
    whom scenarios let join and without those whom they let leave; a format by its sides; a record by the areas that
    it names, which for a body that was never founded are those of the proposal.

    Examples
    --------
    >>> from landbridge.world import World
    >>> within(World.at("2025-06-01"), "OTS").areas
    ('AZE', 'KAZ', 'KGZ', 'TUR', 'UZB')
    >>> proposed = within(World.at("2025-06-01"), "5+3")
    >>> proposed.basis, len(proposed.areas)
    ('areas that the record names; nobody is a member on the day', 8)
    """
    wrong = complaint(world.facts, text)
    if wrong is not None:
        raise wrong
    rows = _names(world.facts).get(folded(text), ())
    for table, key in rows:
        row = world.facts.row(table, key)
        areas, basis, said = _areas(world, table, row)
        if areas:
            return Within(key, row["name"], basis, tuple(sorted(areas)), tuple(said))
    if rows:
        table, key = rows[0]
        return Within(key, world.facts.row(table, key)["name"], MEMBERS, (), ((table, key),))
    code = text.upper()
    return Within(code, world.facts.row("areas", code)["name"], AREA, (code,), (("areas", code),))


def _areas(world: World, table: str, row: Mapping[str, Any]) -> tuple[set[str], str, Iterator[tuple[str, str]]]:
    own = iter(((table, str(row["id"])),))
    if table == "blocs":
        found = members(world, row["id"])
        return set(found), MEMBERS, _memberships(world, row["id"], found)
    if table == "formats":
        return set(row["areas"] or ()), SIDES, own
    none: set[str] = set()
    return none.union(*(area_set(world, token) for token in row["areas"] or ())), NAMED, own


def _memberships(world: World, bloc: str, found: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The rows of the memberships; of an area that a scenario lets join there is none."""
    for row in world.facts.table("memberships").where(bloc=bloc):
        if row["area"] in found and row["pair_with"] is None and holds(row, world.day, world.known_on):
            yield ("memberships", str(row["id"]))
