"""From what a person types to a point: cities, border stations, ports, quays of ferries, crossings, coordinates."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from landbridge.errors import PlaceError, nearest
from landbridge.facts import Facts, Row
from landbridge.world.alike import FIRST, alike, near_areas, spellings
from landbridge.world.control import held_by, keeper
from landbridge.world.gazetteer import (
    Place,
    fold,
    gazetteer,
    nearest_place,
    other_names,
    place_at,
    spellings_of_places,
    with_other_name,
)
from landbridge.world.parameters import value

if TYPE_CHECKING:
    from landbridge.world.world import World

__all__ = ["Place", "fold", "holder", "nearest_place", "read_area", "resolve", "taken_by"]

_POINT: Final = re.compile(r"\s*([+-]?\d+(?:\.\d+)?)\s*[,;]\s*([+-]?\d+(?:\.\d+)?)\s*")
_LOCODE: Final = re.compile(r"([A-Z]{2})\s?([A-Z2-9]{3})")
KEPT: Final = 16384
"""Places kept once found: a table of many shipments names each again and again."""
_CODE: Final = re.compile(r"[A-Z]{2,3}|X_[A-Z]{3}")
"""How the code of an area is written; who writes so means the area, though a village may bear the same letters."""
_ID_LIKE: Final = re.compile(r"\w+:.*|[^\s,]*-[^\s,]*")
"""How an id is written: a kind in front, or words joined by hyphens."""


@lru_cache(maxsize=4)
def _gate_names(facts: Facts) -> dict[str, tuple[tuple[str, Row], ...]]:
    gathered: dict[str, dict[tuple[str, str], tuple[str, Row]]] = {}
    for kind, table in (("port", "ports"), ("passage", "passages")):
        for row in facts.table(table).rows:
            for spelling in (*spellings(row["name"]), row["id"]):
                if fold(spelling):
                    gathered.setdefault(fold(spelling), {}).setdefault((kind, row["id"]), (kind, row))
    return {key: tuple(rows.values()) for key, rows in gathered.items()}


@lru_cache(maxsize=4)
def _quay_names(facts: Facts) -> dict[str, tuple[Place, ...]]:
    """Quays of ferries by their names, each once: small towns that live by a ferry are in no list of cities."""
    gathered: dict[str, dict[tuple[str, str], Place]] = {}
    for row in facts.table("ferries").rows:
        for end in ("a", "b"):
            name, area = row[f"port_{end}"], row[f"area_{end}"]
            quay = Place("", name, area, row[f"lat_{end}"], row[f"lon_{end}"], "terminal", 0, (("ferries", row["id"]),))
            for spelling in (name, *spellings(name)):
                if fold(spelling):
                    gathered.setdefault(fold(spelling), {}).setdefault((area, name), quay)
    return {key: tuple(quays.values()) for key, quays in gathered.items()}


@lru_cache(maxsize=4)
def _area_words(facts: Facts) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in facts.table("areas").rows:
        for word in (row["id"], row["iso2"], row["name"], *spellings(row["name"])):
            if word:
                found.setdefault(fold(word), row["id"])
    for row in facts.table("area_aliases").rows:
        found.setdefault(fold(row["id"]), row["area"])
    return found


def read_area(facts: Facts, text: str) -> str | None:
    """The code of an area from its code, two-letter code or name.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> read_area(load(), "Iran"), read_area(load(), "KZ"), read_area(load(), "nowhere")
    ('IRN', 'KAZ', None)
    """
    return _area_words(facts).get(fold(text))


def _port(row: Row) -> Place:
    return Place(row["id"], row["name"], row["area"], row["lat"], row["lon"], "port", 0, (("ports", row["id"]),))


def _passage(row: Row) -> Place:
    areas = row["areas"] or ()
    return Place(
        row["id"],
        row["name"],
        areas[0] if areas else "",
        row["lat"],
        row["lon"],
        "passage",
        0,
        (("passages", row["id"]),),
    )


def _crossing(row: Row) -> Place:
    name = f"{row['name_a']} - {row['name_b']}"
    return Place(row["id"], name, row["area_a"], row["lat"], row["lon"], "crossing", 0, (("crossings", row["id"]),))


_MAKE: Final[Mapping[str, Any]] = {
    "crossing": ("crossings", _crossing),
    "port": ("ports", _port),
    "passage": ("passages", _passage),
}


def _by_id(facts: Facts, text: str) -> Place | None:
    """A crossing, port, passage or place by id, with or without its kind in front."""
    kind, colon, key = text.partition(":")
    if colon and kind == "place":
        ids = gazetteer(facts).by_id
        if key not in ids:
            raise PlaceError(f"no place with the id {key!r}", nearest=nearest(key, ids))
        return place_at(facts, ids[key][-1])
    if colon and kind in _MAKE:
        table, make = _MAKE[kind]
        rows = facts.table(table).by_id
        if key not in rows:
            other = [f"{one}:{key}" for one, (name, _) in _MAKE.items() if key in facts.table(name).by_id]
            near = other or alike(facts, key, (kind,)) or alike(facts, key, _MAKE)
            raise PlaceError(f"no {kind} with the id {key!r}", nearest=near)
        return make(rows[key])  # type: ignore[no-any-return]
    crossings = facts.table("crossings").by_id
    if text in crossings:
        return _crossing(crossings[text])
    return None


def _point(facts: Facts, text: str) -> Place | None:
    shape = _POINT.fullmatch(text)
    if shape is None:
        return None
    lat, lon = float(shape[1]), float(shape[2])
    if not (-90.0 <= lat <= 90.0 and -180.0 <= lon <= 180.0):
        raise PlaceError(f"{text!r} is not a point", remedy="write latitude, longitude in degrees: 40.37, 49.83")
    near = nearest_place(facts, lat, lon)
    return Place("", f"{lat:g},{lon:g}", near.area, lat, lon, "coordinates", 0, near.evidence)


def _people(facts: Facts, place: Place) -> float:
    """People of a place; one without a figure counts as a village."""
    return max(float(place.population), value(facts, "place_village_people"))


def _weight(facts: Facts, place: Place) -> float:
    """How likely a place is meant: by its people, and more where freight goes by land in the network."""
    where = (("cost_regions", "area"), ("crossings", "area_a"), ("crossings", "area_b"))
    reached = any(facts.table(table).where(**{column: place.area}) for table, column in where)
    return _people(facts, place) * (value(facts, "place_reached_ratio") if reached else 1.0)


def _claims(facts: Facts, area: str) -> tuple[str, ...]:
    """The codes under which a place of an area may be asked for: its own, and the one it belongs to de jure."""
    row = facts.table("areas").by_id.get(area)
    return (area,) if row is None or row["status"] != "disputed" else (area, *(row["de_jure"] or ()))


def _candidates(facts: Facts, text: str, area: str | None) -> list[Place]:
    """Places of that name, the larger first.

    Those that bear it as their main name count alone, unless one that has it as another spelling is so much larger
    that it must be meant (St Petersburg in Russia, whose main name is written Saint Petersburg). A port says where
    freight means a name: Olbia and Augusta are no towns that were called so in old times (Antalya, Augsburg).
    """

    def sorted_places(numbers: Iterable[int]) -> list[Place]:
        places = [place_at(facts, number) for number in dict.fromkeys(numbers)]
        chosen = [place for place in places if area is None or area in _claims(facts, place.area)]
        return sorted(chosen, key=lambda place: (-_people(facts, place), place.id))

    main = sorted_places(gazetteer(facts).by_name.get(fold(text), ()))
    other = sorted_places(with_other_name(facts, text))
    gates = _gates(facts, text, area)
    ports = [gate for gate in gates if gate.kind == "port"] if other else []
    if main and other and other[0].id != main[0].id:
        ratio = _people(facts, other[0]) / _people(facts, main[0])
        at_port = any(_one_spot([port, main[0]]) for port in ports)
        return other if ratio >= value(facts, "place_dominance_ratio") and not at_port else main
    if ports and not main and not any(port.area == place.area for port in ports for place in other):
        return ports
    words = len(text.split())
    if main and all(len(place.name.split()) != words for place in main):
        # The port of Mongla is no town of two words, Mong La.
        return gates if gates and len(gates[0].name.split()) == words else main
    known = main or other or gates or sorted_places(other_names(facts).get(fold(text), ()))
    return known or [
        quay for quay in _quay_names(facts).get(fold(text), ()) if area in {None, *_claims(facts, quay.area)}
    ]


def _gates(facts: Facts, text: str, area: str | None) -> list[Place]:
    """Ports and passages of that name."""
    gates = [(_port if kind == "port" else _passage)(row) for kind, row in _gate_names(facts).get(fold(text), ())]
    return [place for place in gates if area is None or area in _claims(facts, place.area)]


def _spelt(facts: Facts, text: str, area: str | None) -> list[Place]:
    """Places that are written so in some language; asked last, so none takes a name that another is known by."""
    places = [place_at(facts, number) for number in spellings_of_places(facts).get(fold(text), ())]
    return [place for place in places if area is None or area in _claims(facts, place.area)]


def resolve(text: str, facts: Facts, world: World | None = None) -> Place:
    """The place that a text means.

    Parameters
    ----------
    text
        A name ("Aktau", "Aktau, KAZ", "Баку") of a city, port, passage or quay of ferries, the UN/LOCODE of a port
        ("NLRTM"), "lat,lon", or the id of a crossing, port or passage, also as "port:aktau".
    facts
        The facts whose places are searched.
    world
        Not needed; a world may be given where one is at hand.

    Raises
    ------
    PlaceError
        When the name is unknown, or means several places none of which is much larger than the others; those in areas
        whose roads and railways are in the network go before others.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> resolve("Zahedan", load()).area, resolve("NLRTM", load()).kind, resolve("Astara, Iran", load()).id
    ('IRN', 'port', 'astara-irn')
    """
    del world
    return _resolve(text.strip(), facts)


@lru_cache(maxsize=KEPT)
def _resolve(text: str, facts: Facts) -> Place:
    if not text:
        raise PlaceError(
            "an empty place", remedy="name a city, the UN/LOCODE of a port, a point or the id of a crossing"
        )
    sure = _by_id(facts, text) or _point(facts, text)
    if sure is not None:
        return sure
    shape = _LOCODE.fullmatch(text)
    if shape is not None:
        ports = facts.table("ports").where(unlocode=f"{shape[1]}{shape[2]}")
        if ports:
            return _port(ports[0])
    code = _area_words(facts).get(fold(text)) if _CODE.fullmatch(text) else None
    if code is not None:
        raise _area_alone(facts, text, code)
    name, area = _split(facts, text)
    found = _candidates(facts, name, area)
    if not found:
        numbers = gazetteer(facts).by_id.get(text.lower())
        if numbers is not None:
            return place_at(facts, numbers[-1])
        found = [] if area is None and fold(text) in _area_words(facts) else _spelt(facts, name, area)
    if not found:
        raise _unknown(facts, text, name, area)
    if len(found) > 1:
        found = sorted(found, key=lambda place: -_weight(facts, place))
        first, second = _weight(facts, found[0]), _weight(facts, found[1])
        if first < second * value(facts, "place_dominance_ratio") and not _one_spot(found):
            many = found[: int(value(facts, "place_candidates"))]
            # Namesakes in one area are not told apart by it.
            apart = len({place.area for place in many}) == len(many)
            raise PlaceError(
                f"{text!r} means several places",
                nearest=_labels(many),
                remedy="add the area: NAME, AREA" if apart else "give one of these, the area with it, or lat,lon",
            )
    return found[0]


def holder(world: World, place: Place) -> str:
    """The area whose rules hold for goods from and for a place on the day of a world.

    The place itself stays where it is in the network; who holds it may change. Of bare coordinates it is who holds the
    nearest place.

    Examples
    --------
    >>> from landbridge.world import World
    >>> world = World.at("2019-06-01")
    >>> stepanakert = resolve("Stepanakert", world.facts)
    >>> stepanakert.area, holder(world, stepanakert), holder(World.at("2024-06-01"), stepanakert)
    ('AZE', 'X_NKR', 'AZE')
    """
    return taken_by(world, place) or keeper(world, place.area)


def taken_by(world: World, place: Place) -> str | None:
    """Who holds a place by a row of its own in the table of control; None where it has none on the day.

    Examples
    --------
    >>> from landbridge.world import World
    >>> world = World.at("2023-06-01")
    >>> [taken_by(world, resolve(text, world.facts)) for text in ("Mariupol", "Lviv")]
    ['X_DNR', None]
    """
    keys = (key for table, key in place.evidence if table == "places")
    return next(filter(None, (held_by(world, key) for key in keys)), None)


def _one_spot(places: list[Place]) -> bool:
    """Whether all candidates are one place seen twice (a city and its station)."""
    first = places[0]
    return all(
        place.area == first.area and abs(place.lat - first.lat) < 0.3 and abs(place.lon - first.lon) < 0.4
        for place in places
    )


def _split(facts: Facts, text: str) -> tuple[str, str | None]:
    """A name and the area behind its last comma."""
    head, comma, tail = text.rpartition(",")
    if not comma:
        return text, None
    area = read_area(facts, tail)
    if area is None:
        raise PlaceError(f"no area {tail.strip()!r} in {text!r}", nearest=near_areas(facts, tail))
    return head.strip(), area


def _labels(places: Iterable[Place]) -> list[str]:
    """Labels that `resolve` reads back: name and area, or the id where that is not enough."""
    places = list(places)
    labels = [place.label for place in places]
    return [
        f"place:{place.id}" if labels.count(label) > 1 and place.kind not in ("port", "passage") else label
        for place, label in zip(places, labels, strict=True)
    ]


def _alike(key: str, words: Iterable[str], like: float) -> list[str]:
    """Words that resemble a key; those of another beginning and length are not compared."""
    found = []
    for word in words:
        if abs(len(word) - len(key)) <= 3 and (word[:1] == key[:1] or word[1:3] == key[1:3]):
            matcher = difflib.SequenceMatcher(None, key, word)
            if matcher.real_quick_ratio() >= like and matcher.quick_ratio() >= like and matcher.ratio() >= like:
                found.append(word)
    return found


def _near_ids(facts: Facts, text: str) -> tuple[str, ...]:
    """Ids of crossings, ports and passages that a text may mean, as `resolve` reads them back."""
    hits = alike(facts, text, _MAKE)
    return tuple(hit.removeprefix("crossing:") for hit in hits)


def _in_area(facts: Facts, area: str) -> list[Place]:
    """What may be meant by the name of an area: its capital, and its largest ports."""
    row = facts.table("areas").by_id[area]
    capital = _candidates(facts, row["capital"], area)[:1] if row["capital"] else []
    ports = sorted(facts.table("ports").where(area=area), key=lambda port: (-(port["annual_teu"] or 0.0), port["id"]))
    return [*capital, *(_port(port) for port in ports[:2])]


def _area_alone(facts: Facts, text: str, area: str) -> PlaceError:
    """What to say of an area where a place is asked for; a place of the same letters is told with its area."""
    remedy = "name a city or port in it"
    namesakes = _candidates(facts, text, None)
    if namesakes:
        best = max(namesakes, key=lambda place: _weight(facts, place))
        remedy += f"; the place of that name is written {f'{text.title()}, {best.area}'!r}"
    return PlaceError(f"{text!r} is an area, no place", nearest=_labels(_in_area(facts, area)), remedy=remedy)


def _unknown(facts: Facts, text: str, name: str, area: str | None) -> PlaceError:
    key = fold(name)
    elsewhere = _candidates(facts, name, None) if area else []
    if elsewhere:
        return PlaceError(f"no place {name!r} in {area}", nearest=_labels(elsewhere[:5]))
    code = None if area else _area_words(facts).get(key)
    if code is not None and _in_area(facts, code):
        return _area_alone(facts, text, code)
    like = value(facts, "place_likeness")
    pool: dict[str, list[Place]] = {}
    for names in (gazetteer(facts).by_name, other_names(facts), spellings_of_places(facts)):
        for word in _alike(key, names, like):
            pool.setdefault(word, []).extend(place_at(facts, number) for number in names[word])
    gate_names = _gate_names(facts)
    for word in _alike(key, gate_names, like):
        pool.setdefault(word, []).extend((_port if kind == "port" else _passage)(row) for kind, row in gate_names[word])
    for word in _alike(key, quays := _quay_names(facts), like):
        pool.setdefault(word, []).extend(quays[word])
    scored: dict[str, tuple[float, int, Place]] = {}
    for word, places in pool.items():
        ratio = round(difflib.SequenceMatcher(None, key, word).ratio(), 2) + (FIRST if key[:1] == word[:1] else 0.0)
        for place in places:
            score = (ratio, place.population, place)
            if (area is None or place.area == area) and scored.get(place.label, (0.0, 0))[:2] < score[:2]:
                scored[place.label] = score
    best = sorted(scored.values(), key=lambda item: (-item[0], -item[1], item[2].id))
    count = int(value(facts, "place_candidates"))
    remedy = "give a city, the UN/LOCODE of a port, lat,lon, or the id of a crossing, port or passage"
    meant = _area_of_locode(facts, text)
    if meant is not None:
        # Letters alike by chance lead nowhere: the first two say which area is meant.
        return PlaceError(
            f"no port with the UN/LOCODE {text!r}", nearest=_labels(_in_area(facts, meant)), remedy=remedy
        )
    ids = _near_ids(facts, text) if not best or _ID_LIKE.fullmatch(text) else ()
    return PlaceError(
        f"no place {text!r}",
        nearest=[*ids, *_labels(place for *_, place in best[:count])][:count],
        remedy=remedy,
    )


def _area_of_locode(facts: Facts, text: str) -> str | None:
    """The area of a text that is written as a UN/LOCODE, None where it is not or the area is not known.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> _area_of_locode(load(), "UZTAS"), _area_of_locode(load(), "Tashkent")
    ('UZB', None)
    """
    shape = _LOCODE.fullmatch(text)
    return next((row["id"] for row in facts.table("areas").rows if shape and row["iso2"] == shape[1]), None)
