"""The gazetteer: places by name, in many spellings, read as cells because typing all of them would cost too much."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

from landbridge.facts import Facts
from landbridge.world.types import Evidences

Kind = Literal["city", "station", "site", "port", "crossing", "passage", "coordinates", "terminal"]


@dataclass(frozen=True, slots=True)
class Place:
    """A point with a name.

    `id` is the id of its row in `places`, `ports`, `crossings` or `passages`, empty for bare coordinates; `area` is
    the area that holds it (of bare coordinates and passages: that of the nearest place), empty when unknown.
    """

    id: str
    name: str
    area: str
    lat: float
    lon: float
    kind: Kind
    population: int = 0
    evidence: Evidences = ()

    @property
    def label(self) -> str:
        """Name and area: what `resolve` reads back.

        Examples
        --------
        >>> Place("baku-aze", "Baku", "AZE", 40.4, 49.9, "city").label
        'Baku, AZE'
        """
        return f"{self.name}, {self.area}" if self.area and self.kind != "coordinates" else self.name


def fold(text: str) -> str:
    """Lower case, no accents, letters and digits alone: two spellings that differ in these are one.

    Examples
    --------
    >>> fold("Małaszewicze") == fold("malaszewicze"), fold("Xi'an"), fold("Çeşme")
    (True, 'xian', 'cesme')
    """
    if text.isascii():
        return text.lower().translate(_SIGNS)
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(sign for sign in plain.casefold() if sign.isalnum() and not unicodedata.combining(sign))


_PLAIN: Final = str.maketrans({"ı": "i", "ə": "a", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D"})
_SIGNS: Final = str.maketrans("", "", string.punctuation + string.whitespace)


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """The cells of the tables of places, as they stand: typing all of them would cost more than the answer."""

    places: tuple[tuple[str, ...], ...]
    at: Mapping[str, int]
    names: tuple[tuple[str, str], ...]
    by_id: Mapping[str, int]
    by_name: Mapping[str, tuple[int, ...]]


@lru_cache(maxsize=4)
def gazetteer(facts: Facts) -> Gazetteer:
    """The places of the facts as cells, with their main names folded."""
    cells = facts.cells("places")
    at = {name: number for number, name in enumerate(cells.header)}
    other = facts.cells("place_names")
    key, names = other.header.index("id"), other.header.index("names")
    by_name: dict[str, list[int]] = {}
    ids: dict[str, int] = {}
    for number, row in enumerate(cells.rows):
        by_name.setdefault(fold(row[at["name"]]), []).append(number)
        ids[row[at["id"]]] = number
    return Gazetteer(
        places=cells.rows,
        at=at,
        names=tuple((row[key], row[names]) for row in other.rows),
        by_id=ids,
        by_name={name: tuple(numbers) for name, numbers in by_name.items()},
    )


def place_at(facts: Facts, number: int) -> Place:
    """The place of one row of the gazetteer."""
    book = gazetteer(facts)
    row, at = book.places[number], book.at
    people = row[at["population"]]
    key = row[at["id"]]
    return Place(
        key,
        row[at["name"]],
        row[at["area"]],
        float(row[at["lat"]]),
        float(row[at["lon"]]),
        row[at["kind"]],  # type: ignore[arg-type]
        int(float(people)) if people else 0,
        (("places", key),),
    )


@lru_cache(maxsize=4)
def other_names(facts: Facts) -> dict[str, tuple[int, ...]]:
    """Every other name, folded: a quarter of a second, so only for names that are not found as typed."""
    book = gazetteer(facts)
    gathered: dict[str, list[int]] = {}
    for key, names in book.names:
        if key in book.by_id:
            for name in names.split(";"):
                gathered.setdefault(fold(name), []).append(book.by_id[key])
    return {key: tuple(numbers) for key, numbers in gathered.items()}


def with_other_name(facts: Facts, text: str) -> list[int]:
    """Places that have the text among their other names, as typed but for capitals."""
    book = gazetteer(facts)
    forms = {text, text.title(), text.capitalize(), text.upper()}
    found = []
    for key, names in book.names:
        if any(form in names for form in forms) and not forms.isdisjoint(names.split(";")) and key in book.by_id:
            found.append(book.by_id[key])
    return found


def nearest_place(facts: Facts, lat: float, lon: float, area: str = "") -> Place:
    """The place of the gazetteer that is nearest to a point; with `area` the nearest of that area, if it has any.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> nearest_place(load(), 40.4, 49.9).name
    'Baku'
    """
    import numpy as np

    from landbridge.geo import great_circle_km

    lats, lons, areas = _positions(facts)
    km = great_circle_km(lats, lons, lat, lon)
    inside = areas == area if area else np.zeros(km.shape, dtype=bool)
    return place_at(facts, int(np.argmin(np.where(inside, km, np.inf) if inside.any() else km)))


@lru_cache(maxsize=4)
def _positions(facts: Facts) -> tuple[Any, Any, Any]:
    """Latitudes, longitudes and areas of all places as arrays."""
    import numpy as np

    book = gazetteer(facts)
    lats, lons = (np.array([float(row[book.at[name]]) for row in book.places]) for name in ("lat", "lon"))
    return lats, lons, np.array([row[book.at["area"]] for row in book.places])
