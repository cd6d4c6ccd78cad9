"""What the questions of gas and oil check alike in plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from landbridge.errors import InputError, nearest
from landbridge.files import Where

if TYPE_CHECKING:
    from landbridge.facts import Facts


def complaints(
    data: Mapping[str, Any], where: Where, what: str, keys: Sequence[str], choices: Mapping[str, Sequence[str]]
) -> Iterator[InputError]:
    """Unknown keys, words that a field cannot hold, areas that are no list.

    Parameters
    ----------
    what
        The question with its article: "a gas question".
    """
    yield from where.unknown_keys(data, keys, what)
    for key, words in choices.items():
        value = data.get(key)
        if value is not None and value not in words:
            near = nearest(str(value), words) or tuple(words)
            yield where.complaint(data, key, f"unknown {key} {str(value)!r}", near=near)
    areas = data.get("areas")
    if areas is not None and not isinstance(areas, str | list | tuple):
        yield where.complaint(data, "areas", f"{areas!r} is not a list of areas")


def area_names(data: Mapping[str, Any]) -> tuple[str, ...]:
    """The areas that plain data names: one word, a list, or none.

    Examples
    --------
    >>> area_names({"areas": "BGR"}), area_names({})
    (('BGR',), ())
    """
    areas = data.get("areas") or ()
    names = (areas,) if isinstance(areas, str) else areas if isinstance(areas, list | tuple) else ()
    return tuple(str(name) for name in names)


def unknown_areas(data: Mapping[str, Any], facts: Facts, where: Where, fuel: str, table: str) -> Iterator[InputError]:
    """Areas that no zone of a fuel's table stands for."""
    known = sorted({row["area"] for row in facts.table(table).rows if row["area"]})
    for name in area_names(data):
        if name not in known:
            yield where.complaint(data, "areas", f"no {fuel} is told of area {name!r}", near=nearest(name, known))
