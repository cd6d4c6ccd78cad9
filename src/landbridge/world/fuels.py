"""What an event on gas and oil is about: kinds of subject, words for goods, and the points that a subject means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from landbridge.errors import ScenarioError, nearest
from landbridge.facts import Facts, Row
from landbridge.world.pipe_facts import LNG, SEA_KINDS, Commodity, Point, points

if TYPE_CHECKING:
    from landbridge.world.events import Event
    from landbridge.world.subjects import Subject

PIPES: Final = ("pipeline", "gas_point", "oil_point", "terminal")
"""Kinds of subject that mean points of pipes, or of sea terminals for liquefied gas."""
SITES: Final = ("production", "storage")
ENERGY: Final = (*PIPES, *SITES)
"""Kinds of subject that only the energy room feels."""
COMMODITIES: Final[tuple[Commodity, ...]] = ("gas", "oil")
GOODS_OF_CUT: Final = ("gas", "pipe-gas", "lng", "oil")
"""What a cut of an area can be about: gas is pipe-gas and lng together; without goods all that leaves it is meant."""


def speaks_of_energy(event: Event) -> bool:
    """Whether an event changes pipes, wells, stores, demand for gas and oil, or swaps.

    Examples
    --------
    >>> from landbridge.world.events import Event
    >>> [speaks_of_energy(Event(kind="close", subjects=(one,))) for one in ("passage:suez", "pipeline:scp")]
    [False, True]
    """
    if event.kind in ("swap", "cut") or event.pipe is not None:
        return True
    if event.kind == "demand":
        return not event.goods or bool({"all", *COMMODITIES} & set(event.goods))
    return any(_kind(text) in ENERGY for text in event.subjects)


def speaks_of_energy_alone(event: Event) -> bool:
    """Whether no shipment and no trade in other goods can feel an event.

    Examples
    --------
    >>> from landbridge.world.events import Event
    >>> speaks_of_energy_alone(Event(kind="close", subjects=("passage:suez", "pipeline:scp")))
    False
    """
    if event.kind == "demand":
        return bool(event.goods) and set(event.goods) <= set(COMMODITIES)
    if event.kind == "build":
        return event.project is None and event.link is None
    return event.kind in ("swap", "cut") or (
        bool(event.subjects) and all(_kind(text) in ENERGY for text in event.subjects)
    )


def _kind(text: str) -> str:
    return text.partition(":")[0].strip()


def zones_of(facts: Facts, key: str, commodity: Commodity = "gas") -> tuple[str, ...]:
    """The zones of an area, or the zone of that name; none when it has none, or the table of zones is absent.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> zones_of(load(), "IRN"), zones_of(load(), "RUS_W")
    (('IRN_NE', 'IRN_R'), ('RUS_W',))
    """
    rows = _zones(facts, commodity)
    return (key,) if key in rows else tuple(zone for zone, row in rows.items() if row["area"] == key)


def _zones(facts: Facts, commodity: Commodity) -> Mapping[str, Row]:
    table = f"{commodity}_zones"
    return facts.table(table).by_id if table in facts.names else {}


def area_of(facts: Facts, zone: str, commodity: Commodity = "gas") -> str:
    """The area of a zone; the zone itself where it belongs to none: a pool, a sea.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> area_of(load(), "RUS_W"), area_of(load(), "LNG")
    ('RUS', 'LNG')
    """
    row = _zones(facts, commodity).get(zone)
    return zone if row is None else str(row["area"] or zone)


def is_zone(facts: Facts, zone: str, commodity: Commodity) -> bool:
    """Whether a zone produces or consumes: no node, pool or sea."""
    return bool(_zones(facts, commodity)[zone]["kind"] == "zone")


def one_zone(facts: Facts, key: str, commodity: Commodity = "gas") -> str:
    """The zone that a zone, or an area of one zone, means; a ScenarioError where an area has several or none.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> one_zone(load(), "DEU")
    'DEU'
    """
    rows = _zones(facts, commodity)
    if key in rows:
        return key
    zones = [zone for zone in zones_of(facts, key, commodity) if is_zone(facts, zone, commodity)]
    if len(zones) == 1:
        return zones[0]
    if zones:
        raise ScenarioError(f"the area {key} has several {commodity} zones", nearest=zones, remedy="name the zone")
    raise ScenarioError(f"no {commodity} zone or area {key!r}", nearest=nearest(key, rows))


def points_of(facts: Facts, subject: Subject, goods: tuple[str, ...] = ()) -> Iterator[tuple[Commodity, Point]]:
    """The points of pipes that a subject means; of an area those that lead out of it, by the goods of a cut.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> from landbridge.world.subjects import parse_subject
    >>> [point.id for _, point in points_of(load(), parse_subject(load(), "pipeline:nord-stream-2"))]
    ['nord-stream-2']
    """
    for commodity in COMMODITIES:
        known = points(facts, commodity)
        if subject.kind == "area":
            found = [one for one in known.values() if _leaves(facts, subject.id, commodity, one, goods)]
        elif subject.kind == "pipeline":
            found = [one for one in known.values() if one.pipeline == subject.id]
        elif subject.kind == f"{commodity}_point" or (subject.kind == "terminal" and commodity == "gas"):
            found = [known[subject.id]] if subject.id in known else []
        else:
            found = []
        yield from ((commodity, one) for one in found)


def _leaves(facts: Facts, area: str, commodity: Commodity, point: Point, goods: tuple[str, ...]) -> bool:
    """Whether a point leads out of an area and carries the goods; nothing is named: all that leaves."""
    if area_of(facts, point.tail, commodity) != area or area_of(facts, point.head, commodity) == area:
        return False
    words = set(goods) or {"all"}
    if commodity == "oil":
        return bool(words & {"all", "oil"})
    return bool(words & {"all", "gas", "lng" if point.head == LNG else "pipe-gas"})


@lru_cache(maxsize=32)
def point_ids(facts: Facts, kind: str) -> Mapping[str, None]:
    """The ids that a kind of subject may have; none where its table is absent."""
    if kind in ("gas_point", "terminal"):
        of_gas = points(facts, "gas").values()
        return dict.fromkeys(one.id for one in of_gas if kind == "gas_point" or one.kind in SEA_KINDS)
    if kind == "oil_point":
        return dict.fromkeys(points(facts, "oil"))
    areas = dict.fromkeys(facts.table("areas").by_id)
    if kind == "storage":
        return areas
    zones = {zone for fuel in COMMODITIES for zone in _zones(facts, fuel) if is_zone(facts, zone, fuel)}
    return areas | dict.fromkeys(sorted(zones.difference(areas)))
