"""The form of a question in plain data: keys that it has, values of the right kind, each complaint with its place."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from landbridge.errors import InputError, gathered, nearest
from landbridge.files import Where
from landbridge.routing.shipment import FACTORS, MODES, SERVICES, Shipment
from landbridge.routing.weights import OBJECTIVES

SHIPMENT_KEYS = tuple(item.name for item in fields(Shipment) if not item.name.endswith("_area"))
WORDS = ("cargo", "carrier", "service", "hs", "factors")
NUMBERS = ("teu", "tonnes", "value_usd")
LISTS = ("modes", "via", "avoid")
ROUTE_KEYS = ("kind", "from", "to", "objective", "n", "at", "stood_days", "within", *SHIPMENT_KEYS)
MATRIX_KEYS = ("kind", "places", "destinations", "objective", *SHIPMENT_KEYS)
MOST = 50
"""How many alternatives can be asked for."""
MOST_DAYS = 366.0
"""The longest standing [days] that can be asked for."""
TOO_MUCH = 1e9


def refuse(complaints: Iterable[InputError]) -> None:
    """Raise one error for all complaints; nothing when there are none."""
    found = list(complaints)
    if found:
        raise gathered(found)


def route_form(data: Mapping[str, Any], where: Where) -> Iterator[InputError]:
    """What is wrong with the form of a route question."""
    yield from where.unknown_keys(data, ROUTE_KEYS, "a route question")
    for key in ("from", "to"):
        if data.get(key) is None:
            yield where.complaint(data, key, "a route question needs a place here")
        else:
            yield from text_form(data, key, data[key], where)
    if data.get("at") is not None:
        yield from text_form(data, "at", data["at"], where)
    yield from stood_form(data, where)
    if data.get("within"):
        yield from list_form(data, "within", where)
    yield from objective_form(data, where)
    n = data.get("n")
    if n is not None and (isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= MOST):
        yield where.complaint(data, "n", f"n is {n!r}, but must be a whole number from 1 to {MOST}")
    yield from shipment_form(data, where)


def stood_form(data: Mapping[str, Any], where: Where) -> Iterator[InputError]:
    """What is wrong with the days that the cargo has stood, if anything."""
    days = data.get("stood_days")
    if days is None:
        return
    if isinstance(days, bool) or not isinstance(days, int | float) or not 0 <= days <= MOST_DAYS:
        yield where.complaint(
            data, "stood_days", f"stood_days is {days!r}, but must be a number from 0 to {MOST_DAYS:.0f}"
        )
    elif data.get("at") is None:
        yield where.complaint(data, "stood_days", "stood_days speaks of cargo that stands somewhere", remedy="add at")


def matrix_form(data: Mapping[str, Any], where: Where) -> Iterator[InputError]:
    """What is wrong with the form of a matrix question."""
    yield from where.unknown_keys(data, MATRIX_KEYS, "a matrix question")
    if not data.get("places"):
        yield where.complaint(data, "places", "a matrix needs at least one place")
    for key in ("places", "destinations"):
        if data.get(key):
            yield from list_form(data, key, where)
    yield from objective_form(data, where)
    yield from shipment_form(data, where)


def objective_form(data: Mapping[str, Any], where: Where) -> Iterator[InputError]:
    """What is wrong with the objective, if anything."""
    if data.get("objective") is not None:
        yield from choice_form(data, "objective", data["objective"], OBJECTIVES, where)


def text_form(data: Mapping[str, Any], key: str, value: Any, where: Where) -> Iterator[InputError]:
    """Whether a value is a text that says something."""
    if isinstance(value, bool | int | float):
        yield where.complaint(data, key, f"{value!r} is not a text", remedy=f'write it in quotes: "{value}"')
    elif not isinstance(value, str):
        yield where.complaint(data, key, f"{kind_word(value)} stands where a text is needed")
    elif not value.strip():
        yield where.complaint(data, key, "an empty text")


def choice_form(
    data: Mapping[str, Any], key: str, value: Any, choices: Sequence[str], where: Where, word: str = ""
) -> Iterator[InputError]:
    """Whether a value is one of a few words."""
    if not isinstance(value, str):
        yield from text_form(data, key, value, where)
    elif value not in choices:
        near = nearest(value, choices) or tuple(choices)
        yield where.complaint(data, key, f"unknown {word or key} '{value}'", near=near)


def list_form(data: Mapping[str, Any], key: str, where: Where) -> Iterator[InputError]:
    """Whether the value of a key is a list of texts; one text may stand for a list of one."""
    value = data[key]
    if isinstance(value, str):
        yield from text_form(data, key, value, where)
    elif not isinstance(value, list | tuple):
        yield where.complaint(data, key, f"{kind_word(value)} stands where a list of texts is needed")
    elif len(value) > 1 and all(isinstance(item, str) and len(item) == 1 for item in value):
        word = "".join(value)
        yield where.complaint(data, key, f"'{word}' was taken letter by letter", remedy=f"give a list: ['{word}']")
    else:
        for item in value:
            yield from text_form(data, key, item, where)


def shipment_form(data: Mapping[str, Any], where: Where) -> Iterator[InputError]:
    """What is wrong with the form of a shipment."""
    for key in WORDS:
        if data.get(key) is None:
            continue
        if key == "service":
            yield from choice_form(data, key, data[key], SERVICES, where)
        elif key == "factors":
            yield from choice_form(data, key, data[key], FACTORS, where, "set of factors")
        elif key == "hs" and isinstance(data[key], int):
            digits = str(data[key])
            yield where.complaint(data, key, f"{data[key]!r} is not a text",
                                  remedy=f'write it in quotes: "{"0" * (len(digits) % 2)}{digits}"')  # fmt: skip
        else:
            yield from text_form(data, key, data[key], where)
    for key in NUMBERS:
        if data.get(key) is not None:
            yield from _number_form(data, key, where)
    for key in LISTS:
        if data.get(key) is not None:
            wrong = list(list_form(data, key, where))
            yield from wrong
            if key == "modes" and not wrong:
                for mode in listed(data[key]):
                    yield from choice_form(data, key, mode, MODES, where, "mode")
    if data.get("team") is not None and not isinstance(data["team"], bool):
        yield where.complaint(data, "team", f"{data['team']!r} is not true or false")


def _number_form(data: Mapping[str, Any], key: str, where: Where) -> Iterator[InputError]:
    value = data[key]
    least = "at least 0" if key == "value_usd" else "above 0"
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield where.complaint(data, key, f"{value!r} is not a number")
    elif not math.isfinite(value) or not (value > 0 or (value == 0 and key == "value_usd")) or value >= TOO_MUCH:
        yield where.complaint(data, key, f"{key} is {value}, but must be {least} and below {TOO_MUCH:.0e}")


def kind_word(value: Any) -> str:
    """What a value is, in a word."""
    if isinstance(value, Mapping):
        return "a mapping"
    return "a list" if isinstance(value, list | tuple) else f"{value!r}"


def listed(value: Any) -> tuple[str, ...]:
    """A list of texts; one text is a list of one.

    Examples
    --------
    >>> listed("rail"), listed(["rail", "sea"]), listed(None)
    (('rail',), ('rail', 'sea'), ())
    """
    if value is None:
        return ()
    return (str(value),) if isinstance(value, str) else tuple(str(item) for item in value)
