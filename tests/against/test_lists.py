"""Two lists from dated sources: trips that must be impossible, and corridors that must exist with the gates they pass.

A row of `data/impossible.csv` is a trip that has no way (`no_route`) or whose ways use none of the gates named
(`never`). A row of `data/corridors.csv` is a corridor that has a way on its day through all that it is known to pass.
A row that the tool cannot answer yet says in `fault` what is wrong; it must fail until that is mended.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from landbridge.facts import load
from landbridge.geo import great_circle_km
from landbridge.routing import RouteAnswer, route
from landbridge.world import World
from landbridge.world.places import resolve

Row = dict[str, str]

DATA = Path(__file__).parent / "data"
NEAR_KM = 25
"""A place is passed when a line comes this near to it: stations stand outside towns, lines are drawn simplified."""
PAIR = re.compile(r"[A-Z_]{3,}-[A-Z_]{3,}")
PLAIN = re.compile(r"[a-z0-9-]+|[A-Z_]{3,}-[A-Z_]{3,}-[a-z0-9-]+")


def rows(name: str) -> list[Row]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cases() -> list[Any]:
    """The rows of both lists, sorted so that those of one world and kind of shipment follow each other."""
    both = [(name, row) for name in ("impossible", "corridors") for row in rows(name)]
    both.sort(key=lambda case: [case[1].get(key, "") for key in ("on", "scenario", "modes", "cargo", "carrier", "id")])
    return [
        pytest.param(
            name,
            row,
            id=f"{name}-{row['id']}",
            marks=[pytest.mark.xfail(reason=row["fault"], strict=True)] if row["fault"] else [],
        )
        for name, row in both
    ]


def several(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


@lru_cache(maxsize=4)
def world_of(day: str, scenario: str) -> World:
    """The world of a day; the rows are sorted by it, so few need to be kept."""
    return World.at(day).apply(scenario) if scenario else World.at(day)


def ask(row: Row) -> RouteAnswer:
    options: dict[str, Any] = {"modes": several(row["modes"]), "n": 3}
    for name in ("via", "avoid"):
        if row.get(name):
            options[name] = several(row[name])
    for name in ("cargo", "carrier"):
        if row.get(name):
            options[name] = row[name]
    return route(world_of(row["on"], row.get("scenario", "")), row["origin"], row["destination"], **options)


def gates(way: dict[str, Any]) -> set[str]:
    """The crossings, passages, ports, ferries and lines that a way uses."""
    used = {one["id"] for one in (*way["crossings"], *way["passages"])}
    return used | {leg["ref"]["id"] for leg in way["legs"] if leg["ref"]}


def uses(way: dict[str, Any], gate: str) -> bool:
    """Whether a way passes a gate, or any crossing between the two areas of a pair."""
    if PAIR.fullmatch(gate):
        return any({one["from"], one["to"]} == set(gate.split("-")) for one in way["crossings"])
    return gate in gates(way)


def lines(answer: RouteAnswer, rank: int) -> np.ndarray:
    """The points of a way as drawn, latitude and longitude, with points between corners that lie far apart."""
    parts = []
    for feature in answer.to_geojson()["features"]:
        if feature["properties"]["rank"] != rank:
            continue
        drawn = np.atleast_2d(np.array(feature["geometry"]["coordinates"]))[:, ::-1]
        parts.append(drawn)
        gaps = great_circle_km(drawn[:-1, 0], drawn[:-1, 1], drawn[1:, 0], drawn[1:, 1])
        for start, end, gap in zip(drawn[:-1], drawn[1:], gaps, strict=True):
            if gap > NEAR_KM / 2:
                parts.append(np.linspace(start, end, 2 + int(2 * gap / NEAR_KM)))
    return np.concatenate(parts)


def near(line: np.ndarray, lat: float, lon: float) -> bool:
    return bool(great_circle_km(line[:, 0], line[:, 1], lat, lon).min() <= NEAR_KM)


def missed(answer: RouteAnswer, way: dict[str, Any], passes: tuple[str, ...]) -> list[str]:
    """What a way does not pass of the gates and places it should."""
    ends = {str(leg[side]) for leg in way["legs"] for side in ("from", "to")}
    lacks = []
    for one in passes:
        if uses(way, one) or one in ends:
            continue
        if PLAIN.fullmatch(one) or PAIR.fullmatch(one):
            lacks.append(one)
            continue
        place = resolve(one, load())
        if not near(lines(answer, way["rank"]), place.lat, place.lon):
            lacks.append(one)
    return lacks


@pytest.mark.parametrize("name", ["impossible", "corridors"])
def test_the_list_is_long_and_each_row_has_its_day_and_source(name: str) -> None:
    listed = rows(name)
    assert len(listed) >= 60
    assert len({row["id"] for row in listed}) == len(listed)
    for row in listed:
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", row["on"]), row["id"]
        assert row["source"], row["id"]
        assert row["url"].startswith("http"), row["id"]


def check_impossible(row: Row, answer: RouteAnswer) -> None:
    told = answer.to_dict()
    ways = [*told["routes"], *(one.to_dict() for one in answer.others)]
    for gate in several(row["never"]):
        assert not [way["rank"] for way in ways if uses(way, gate)], gate
    if row["expect"] == "no_route":
        assert not ways, [sorted(gates(way)) for way in ways]
    if not ways:
        assert told["no_route"]["reason"]
        assert told["no_route"]["blocked_by"] or row["expect"] == "never"


def check_corridor(row: Row, answer: RouteAnswer) -> None:
    told = answer.to_dict()
    assert told["routes"], told["no_route"]
    lacks = {way["rank"]: missed(answer, way, several(row["passes"])) for way in told["routes"]}
    through = [way for way in told["routes"] if not lacks[way["rank"]]]
    assert through, lacks
    if row["max_km"]:
        assert min(way["km"] for way in through) <= float(row["max_km"])


@pytest.mark.parametrize(("name", "row"), cases())
def test_a_listed_trip_is_answered_as_its_source_says(name: str, row: Row) -> None:
    answer = ask(row)
    if name == "impossible":
        assert row["expect"] in {"no_route", "never"}
        check_impossible(row, answer)
    else:
        check_corridor(row, answer)
