"""What a question on an alliance may name: a bloc, a format of states, an agreement, by any of its names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from landbridge.errors import InputError, nearest
from landbridge.facts import Facts
from landbridge.world.names import folded, name_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from landbridge.facts import Row
    from landbridge.world import World

Kind = Literal["bloc", "format", "agreement"]
TABLES: Final[Mapping[Kind, str]] = MappingProxyType({"bloc": "blocs", "format": "formats", "agreement": "agreements"})


@dataclass(frozen=True, slots=True)
class Grouping:
    """A bloc, a format or an agreement, with the agreements that it rests on.

    Attributes
    ----------
    since, until
        First day, and first day on which it no longer is; None where not known.
    form
        Kind of bloc (mutual defence, customs union ...), of format (bilateral, format, idea) or of agreement.
    """

    kind: Kind
    id: str
    name: str
    form: str
    since: date | None
    until: date | None
    agreements: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """The table that its row stands in."""
        return TABLES[self.kind]


@lru_cache(maxsize=4)
def names(facts: Facts) -> Mapping[str, tuple[Kind, str]]:
    """Every name by which a grouping is found, folded; of one name for two things the bloc comes first."""
    found: dict[str, tuple[Kind, str]] = {}
    for row in facts.table("alliance_names").rows:
        for kind in TABLES:
            if row[f"{kind}_id"] is not None:
                found.setdefault(folded(row["alias"]), (kind, row[f"{kind}_id"]))
    for kind, table in TABLES.items():
        for row in facts.table(table).rows:
            found.setdefault(folded(row["id"]), (kind, row["id"]))
    for kind, table in TABLES.items():
        for row in facts.table(table).rows:
            found.setdefault(folded(row.get("name") or row["title"]), (kind, row["id"]))
    return MappingProxyType(found)


def find(facts: Facts, text: str) -> Grouping:
    """The grouping that a name means.

    Raises
    ------
    InputError
        If there is none; it names the nearest.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> find(load(), "ODKB").id, find(load(), "Shanghai Cooperation Organisation").id, find(load(), "shusha").kind
    ('csto', 'sco', 'format')
    >>> find(load(), "CSTA")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    landbridge.errors.InputError: field bloc: no alliance, bloc, format or agreement 'CSTA'; nearest valid: cisfta, ...
    """
    known = names(facts)
    hit = known.get(folded(text))
    if hit is None:
        ids = [row["id"] for table in TABLES.values() for row in facts.table(table).rows]
        near = nearest(text, ids, 2) or tuple(known[one][1] for one in nearest(folded(text), known, 2, always=True))
        problem = f"no alliance, bloc, format or agreement {text!r}"
        remedy = "list them with: landbridge record list --of blocs --of formats --of agreements"
        raise InputError(problem, field="bloc", nearest=tuple(dict.fromkeys(near)), remedy=remedy)
    kind, key = hit
    return _make(kind, facts.row(TABLES[kind], key), facts)


def named_on(world: World, grouping: Grouping) -> Grouping:
    """A grouping by the name that it had on the day.

    Examples
    --------
    >>> from landbridge.world import World
    >>> world = World.at("2015-01-01")
    >>> named_on(world, find(world.facts, "OTS")).name
    'Cooperation Council of Turkic Speaking States (Turkic Council)'
    """
    then = name_on(world.facts, "bloc", grouping.id, world.day) if grouping.kind == "bloc" else None
    return grouping if then is None else replace(grouping, name=then)


def _make(kind: Kind, row: Row, facts: Facts) -> Grouping:
    if kind == "bloc":
        return Grouping(kind, row["id"], row["name"], row["kind"], _first(row, "founded"), _first(row, "dissolved"),
                        tuple(agreements_of(facts, row["id"])))  # fmt: skip
    if kind == "format":
        return Grouping(kind, row["id"], row["name"], row["kind"], _first(row, "from"), _first(row, "to"),
                        tuple(row["agreement_ids"] or ()))  # fmt: skip
    since = _first(row, "in_force") or _first(row, "signed")
    return Grouping(kind, row["id"], row["title"], row["kind"], since, _first(row, "ended"), (row["id"],))


def _first(row: Row, column: str) -> date | None:
    value = row[column]
    return None if value is None else value.first


def agreements_of(facts: Facts, bloc: str) -> Iterator[str]:
    """Agreements that the obligations and crises of a bloc name, in the order of the tables."""
    named = [row["agreement_id"] for row in facts.table("obligations").rows if row["bloc_id"] == bloc]
    yield from dict.fromkeys(one for one in named if one is not None)
