"""The dated rows of the facts gathered by subject, once for each facts, so that a world costs little."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from landbridge.facts import Facts, Row

Rows = tuple[Row, ...]
Grouped = Mapping[str, Rows]


@dataclass(frozen=True, eq=False)
class Index:
    """Dated rows by subject."""

    crossing_status: Grouped
    pair_status: Grouped
    area_status: Grouped
    passage_status: Grouped
    port_status: Grouped
    ferry_status: Grouped
    project_status: Grouped
    line_status: Grouped
    seasons: Mapping[tuple[str, str], Rows]
    memberships: Grouped
    control: Grouped
    crossings_of_pair: Mapping[str, tuple[str, ...]]
    crossings_of_area: Mapping[str, tuple[str, ...]]
    ports_of_area: Mapping[str, tuple[str, ...]]


def _grouped(rows: Rows, column: str) -> Grouped:
    gathered: dict[str, list[Row]] = {}
    for row in rows:
        gathered.setdefault(row[column], []).append(row)
    return MappingProxyType({key: tuple(group) for key, group in gathered.items()})


def pair_id(area_a: str, area_b: str) -> str:
    """The id of a pair of areas, whichever comes first.

    Examples
    --------
    >>> pair_id("RUS", "GEO")
    'GEO-RUS'
    """
    return "-".join(sorted((area_a, area_b)))


@lru_cache(maxsize=4)
def index(facts: Facts) -> Index:
    """Gather the dated rows of the facts."""
    status: dict[str, list[Row]] = {"crossing": [], "pair": [], "area": []}
    for row in facts.table("crossing_status").rows:
        status[row["subject_kind"]].append(row)
    pairs: dict[str, list[str]] = {}
    areas: dict[str, list[str]] = {}
    for row in facts.table("crossings").rows:
        pairs.setdefault(pair_id(row["area_a"], row["area_b"]), []).append(row["id"])
        for area in {row["area_a"], row["area_b"]}:
            areas.setdefault(area, []).append(row["id"])
    ports: dict[str, list[str]] = {}
    for row in facts.table("ports").rows:
        ports.setdefault(row["area"], []).append(row["id"])
    seasons: dict[tuple[str, str], list[Row]] = {}
    for row in facts.table("seasons").rows:
        seasons.setdefault((row["subject_kind"], row["subject"]), []).append(row)

    def of(table: str, column: str) -> Grouped:
        return _grouped(facts.table(table).rows, column)

    return Index(
        crossing_status=_grouped(tuple(status["crossing"]), "subject"),
        pair_status=_grouped(tuple(status["pair"]), "subject"),
        area_status=_grouped(tuple(status["area"]), "subject"),
        passage_status=of("passage_status", "passage"),
        port_status=of("port_status", "port"),
        ferry_status=of("ferry_status", "ferry"),
        project_status=of("project_status", "project"),
        line_status=of("line_status", "line"),
        seasons=MappingProxyType({key: tuple(group) for key, group in seasons.items()}),
        memberships=of("memberships", "bloc"),
        control=of("control", "subject"),
        crossings_of_pair=MappingProxyType({key: tuple(sorted(ids)) for key, ids in pairs.items()}),
        crossings_of_area=MappingProxyType({key: tuple(sorted(ids)) for key, ids in areas.items()}),
        ports_of_area=MappingProxyType({key: tuple(sorted(ids)) for key, ids in ports.items()}),
    )
