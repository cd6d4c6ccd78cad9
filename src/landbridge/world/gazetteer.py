"""The gazetteer: places by name, in many spellings, read as text because typing all of it would cost too much.

The cells stand in one long text, which is kept on disk with the folded names; a name is found by looking through it.
"""

from __future__ import annotations

import string
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any, Final, Literal, overload

from landbridge import shelf
from landbridge.facts import Facts
from landbridge.world.parameters import value
from landbridge.world.types import Evidences

ABOUT: Final = 1e-12
"""Cosines that differ by less are taken for equal: far more than they are rounded by, and less than a metre tells."""

PART_KM: Final = 10.0
"""A place this close to the middle of a far larger city is a part of it."""

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


_PLAIN: Final = str.maketrans(
    {"ı": "i", "ə": "a", "Ə": "A", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D"}
)
_SIGNS: Final = str.maketrans("", "", string.punctuation + string.whitespace)


ROW: Final = "\x1e"
CELL: Final = "\x1f"
"""What stands after each row and between its cells; no cell holds them."""


class Lines(Sequence[str]):
    """Rows of a text, each found by its number."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._ends: list[int] = []

    @classmethod
    def of(cls, rows: Iterable[str]) -> Lines:
        """The rows as one text, each after a mark and the last before one."""
        return cls(ROW + "".join(f"{row}{ROW}" for row in rows))

    @property
    def ends(self) -> list[int]:
        """Where the mark before each row stands, and the last one."""
        if not self._ends:
            self._ends = [*accumulate((len(row) + 1 for row in self.text[1:-1].split(ROW)), initial=0)]
        return self._ends

    def find(self, part: str) -> list[int]:
        """The numbers of the rows that hold a text, in order; a mark in it is the end of a row."""
        found: dict[int, None] = {}
        at = self.text.find(part)
        while at >= 0:
            found[bisect_right(self.ends, at) - 1] = None
            at = self.text.find(part, at + 1)
        return list(found)

    @overload
    def __getitem__(self, number: int) -> str: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...

    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        """A row, or some."""
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        at = range(len(self))[number]
        return self.text[self.ends[at] + 1 : self.ends[at + 1]]

    def __iter__(self) -> Iterator[str]:
        """All rows."""
        return iter(self.text[1:-1].split(ROW) if len(self) else ())

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.ends) - 1 if len(self.text) > 1 else 0


class Words(Mapping[str, tuple[int, ...]]):
    """The numbers of the rows that are a word."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def __getitem__(self, word: str) -> tuple[int, ...]:
        """The rows of a word, in order."""
        found = self._lines.find(f"{ROW}{word}{ROW}") if ROW not in word else []
        if not found:
            raise KeyError(word)
        return tuple(found)

    def __iter__(self) -> Iterator[str]:
        """Each word once."""
        return iter(dict.fromkeys(self._lines))

    def __len__(self) -> int:
        """How many words there are."""
        return len(set(self._lines))


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """The tables of places as text.

    Parameters
    ----------
    places, at
        The cells of each place, and where those of a column stand.
    others, owners
        Other names of places between semicolons, and the place of each such row, -1 where there is none.
    by_id, by_name
        The places of an id, and of a main name folded.
    """

    places: Lines
    at: Mapping[str, int]
    others: Lines
    owners: Sequence[int]
    by_id: Words
    by_name: Words

    def cells(self, number: int) -> list[str]:
        """The cells of a place."""
        return self.places[number].split(CELL)


@lru_cache(maxsize=4)
def gazetteer(facts: Facts) -> Gazetteer:
    """The places of the facts, with their main names folded; kept on disk."""
    known = shelf.fetch("places", facts.kept_as) if facts.kept_as else None
    if known is None:
        meta = _read(facts)
        if facts.kept_as:
            shelf.keep("places", facts.kept_as, meta, {})
    else:
        meta = known.meta
    return Gazetteer(
        places=Lines(meta["places"]),
        at=meta["at"],
        others=Lines(meta["others"]),
        owners=meta["owners"],
        by_id=Words(Lines(meta["ids"])),
        by_name=Words(Lines(meta["names"])),
    )


def _read(facts: Facts) -> dict[str, Any]:
    """The tables of places as plain data."""
    cells, other = facts.cells("places"), facts.cells("place_names")
    at = {name: number for number, name in enumerate(cells.header)}
    key, names = other.header.index("id"), other.header.index("names")
    rows, others = (_clean(one.rows) if facts.laid else one.rows for one in (cells, other))
    numbers = {row[at["id"]]: number for number, row in enumerate(rows)}
    return {
        "places": Lines.of(CELL.join(row) for row in rows).text,
        "at": at,
        "others": Lines.of(f";{row[names]};" for row in others).text,
        "owners": [numbers.get(row[key], -1) for row in others],
        "ids": Lines.of(row[at["id"]] for row in rows).text,
        "names": Lines.of(fold(row[at["name"]]) for row in rows).text,
    }


def _clean(rows: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Cells that a user wrote, without the marks."""
    return tuple(tuple(cell.replace(ROW, " ").replace(CELL, " ") for cell in row) for row in rows)


def place_at(facts: Facts, number: int) -> Place:
    """The place of one row of the gazetteer."""
    book = gazetteer(facts)
    row, at = book.cells(number), book.at
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
    for owner, names in zip(book.owners, book.others, strict=True):
        if owner >= 0:
            for name in names[1:-1].split(";"):
                gathered.setdefault(fold(name), []).append(owner)
    return {key: tuple(numbers) for key, numbers in gathered.items()}


def with_other_name(facts: Facts, text: str) -> list[int]:
    """Places that have the text among their other names, as typed but for capitals."""
    book = gazetteer(facts)
    forms = {text, text.title(), text.capitalize(), text.upper()}
    rows = {row for form in forms if not {";", ROW} & set(form) for row in book.others.find(f";{form};")}
    return [book.owners[row] for row in sorted(rows) if book.owners[row] >= 0]


@lru_cache(maxsize=4)
def spellings_of_places(facts: Facts) -> dict[str, tuple[int, ...]]:
    """Further spellings, which stand folded in a table of their own: for names that are found nowhere else."""
    if "place_spellings" not in facts.names:
        return {}
    book, cells = gazetteer(facts), facts.cells("place_spellings")
    key, words = cells.header.index("id"), cells.header.index("spellings")
    numbers = {name: number for number, name in enumerate(book.by_id)}
    gathered: dict[str, list[int]] = {}
    for row in cells.rows:
        for word in row[words].split(";"):
            gathered.setdefault(word, []).append(numbers[row[key]])
    return {word: tuple(owners) for word, owners in gathered.items()}


def nearest_place(facts: Facts, lat: float, lon: float, area: str = "") -> Place:
    """The place of the gazetteer that is nearest to a point; with `area` the nearest of that area, if it has any.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> nearest_place(load(), 40.4, 49.9).name
    'Baku'
    """
    import numpy as np

    from landbridge.geo import great_circle_km, unit_vectors

    lats, lons, vectors, of_area = _positions(facts)
    some = of_area.get(area) if area else None
    towards = (vectors if some is None else vectors[some]) @ unit_vectors(lat, lon)
    # Products of vectors tell apart all but a few at once; those that are about as near are measured.
    near = np.flatnonzero(towards >= towards.max() - ABOUT)
    near = near if some is None else some[near]
    return place_at(facts, int(near[np.argmin(great_circle_km(lats[near], lons[near], lat, lon))]))


@lru_cache(maxsize=1024)
def city_of(facts: Facts, place: Place) -> Place:
    """The city that a place is a part of, by whose name people call it; the place where there is none.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> from landbridge.world.places import resolve
    >>> [city_of(load(), resolve(name, load())).name for name in ("Presnenskiy", "Baku")]
    ['Moscow', 'Baku']
    """
    import numpy as np

    from landbridge.geo import great_circle_km

    lats, lons, _, of_area = _positions(facts)
    some = of_area.get(place.area, np.empty(0, dtype=np.int64))
    close = some[great_circle_km(lats[some], lons[some], place.lat, place.lon) <= PART_KM]
    towns = [place_at(facts, number) for number in close.tolist()]
    largest = max(towns, key=lambda town: (town.population, town.id), default=place)
    least = value(facts, "place_dominance_ratio") * max(place.population, value(facts, "place_village_people"))
    return largest if largest.population >= least else place


@lru_cache(maxsize=4)
def _positions(facts: Facts) -> tuple[Any, Any, Any, Mapping[str, Any]]:
    """Latitudes, longitudes and unit vectors of all places as arrays, and the numbers of those of each area."""
    import numpy as np

    from landbridge.geo import unit_vectors

    book = gazetteer(facts)
    rows = [row.split(CELL) for row in book.places]
    lats, lons = (np.array([float(row[book.at[name]]) for row in rows]) for name in ("lat", "lon"))
    numbers: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        numbers.setdefault(row[book.at["area"]], []).append(number)
    return lats, lons, unit_vectors(lats, lons), {area: np.array(some) for area, some in numbers.items()}
