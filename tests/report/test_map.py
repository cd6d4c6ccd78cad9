"""The map: valid, the same each time, every way drawn, labels apart from each other."""

from __future__ import annotations

import gzip
import re
import xml.etree.ElementTree as ET
from importlib.resources import files
from typing import Any

import pytest

from landbridge.report import basemap, labels, map, projection  # noqa: A004

SVG = "{http://www.w3.org/2000/svg}"


def test_base_map_is_small_and_whole() -> None:
    packed = files("landbridge.report").joinpath("data", "basemap.json.gz").read_bytes()
    assert len(packed) < 400_000
    assert len(gzip.decompress(packed)) < 2_000_000
    chart = basemap.load()
    assert len(chart.land) > 1000
    assert len(chart.borders) > 200
    assert len(chart.disputed) > 60
    points = [point for piece in chart.land for ring in piece for point in ring]
    assert min(lat for _, lat in points) > -60
    assert max(lat for _, lat in points) < 90
    # no piece is wide, so none can hold the point opposite to the centre of a map
    assert all(max(x for x, _ in piece[0]) - min(x for x, _ in piece[0]) <= 20.05 for piece in chart.land)


def test_disputed_lines_are_dashed_not_solid() -> None:
    chart = basemap.load()
    perekop = [line for line in chart.disputed if any(33 < x < 35 and 45.8 < y < 46.4 for x, y in line)]
    assert perekop
    assert not [line for line in chart.borders if any(33.4 < x < 34.9 and 45.8 < y < 46.3 for x, y in line)]


def test_svg_parses_and_tells_what_it_shows(answer: dict[str, Any], shapes: dict[str, Any]) -> None:
    text = map.draw(answer, shapes)
    root = ET.fromstring(text)
    assert root.get("role") == "img"
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert all(name in ids for name in (root.get("aria-labelledby") or "").split())
    for route in answer["routes"]:
        drawn = [g for g in root.iter(f"{SVG}g") if f"route-{route['rank']}" in (g.get("class") or "").split()]
        assert len(drawn) == 1
        assert list(drawn[0].iter(f"{SVG}path"))
    words = [element.text for element in root.iter(f"{SVG}text")]
    for word in ("Mumbai", "Moscow", "rail", "sea", "road", "disputed line", "border crossing"):
        assert word in words
    assert any(word and word.endswith(" km") for word in words)


def test_same_answer_same_map(answer: dict[str, Any], shapes: dict[str, Any]) -> None:
    assert map.draw(answer, shapes) == map.draw(answer, shapes)


def test_labels_do_not_meet(answer: dict[str, Any], shapes: dict[str, Any]) -> None:
    wanted = [labels.Wanted(f"Place {n}", 50 + 7 * n, 50 + 3 * n, 12, n, "crossing") for n in range(20)]
    boxes = []
    for one in labels.place(wanted, 400, 200):
        wide = len(one.text) * one.size * labels.GLYPH
        left = one.x - {"start": 0, "middle": wide / 2, "end": wide}[one.anchor]
        boxes.append((left, one.y - one.size * 0.8, left + wide, one.y + one.size * 0.25))
    assert len(boxes) > 4
    for n, a in enumerate(boxes):
        assert a[0] >= 0
        assert a[2] <= 400
        for b in boxes[n + 1 :]:
            assert not (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3])


@pytest.mark.parametrize(
    "places",
    [
        [(37.6, 55.7), (72.9, 19.0)],
        [(43.1, 40.6), (43.8, 40.8)],
        [(121.5, 31.2), (4.5, 51.9), (18.5, -35.0)],
        [(139.7, 35.6), (-118.2, 33.7)],
        [(30.0, 60.0)],
        [],
    ],
)
def test_every_place_lies_in_the_picture(places: list[tuple[float, float]]) -> None:
    view = projection.fit(places, 1000, 600)
    for lon, lat in places:
        x, y = view.xy(view.near(lon), lat)
        assert 0 <= x <= 1000
        assert 0 <= y <= 600
    assert view.km_px() * 1000 >= projection.NARROWEST_KM * 0.8


def test_a_way_over_the_date_line_is_one_stroke() -> None:
    line = [[150.0, 40.0], [175.0, 45.0], [-170.0, 46.0], [-125.0, 40.0]]
    route = {"rank": 1, "label": "Pacific", "areas": [], "legs": [
        {"kind": "move", "mode": "sea", "from": "A", "to": "B"}]}  # fmt: skip
    shape = {"features": [{"properties": {"rank": 1, "leg": 1},
                           "geometry": {"type": "LineString", "coordinates": line}}]}  # fmt: skip
    root = ET.fromstring(map.draw({"routes": [route]}, shape))
    way = next(path for path in root.iter(f"{SVG}path") if "sea-way" in (path.get("class") or ""))
    start, steps = (way.get("d") or "").removeprefix("M").split("l")
    numbers = [float(part) for part in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", steps)]
    assert all(dx > 0 for dx in numbers[::2])
    assert 0 < float(start.split()[0]) < float(start.split()[0]) + sum(numbers[::2]) < 1000


def test_names_are_escaped() -> None:
    route = {"rank": 1, "label": "<b>&", "areas": [], "legs": [
        {"kind": "move", "mode": "rail", "from": "<i>", "to": '"'}]}  # fmt: skip
    shape = {"features": [{"properties": {"rank": 1, "leg": 1},
                           "geometry": {"type": "LineString", "coordinates": [[10, 50], [20, 51]]}}]}  # fmt: skip
    text = map.draw({"routes": [route]}, shape)
    assert "<b>" not in text
    assert "<i>" not in text
    ET.fromstring(text)


@pytest.mark.parametrize("seed", range(5))
def test_paths_are_written_short_but_exact(seed: int) -> None:
    from random import Random

    from landbridge.report.svg import path

    dice = Random(seed)
    points = [(dice.uniform(-50, 1050), dice.uniform(-50, 800)) for _ in range(40)]
    text = path(points)
    start, steps = text.removeprefix("M").split("l")
    x, y = (float(part) for part in start.split())
    numbers = [float(part) for part in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", steps)]
    assert len(numbers) == 2 * (len(points) - 1)
    for (px, py), dx, dy in zip(points[1:], numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        assert abs(x - px) < 0.051
        assert abs(y - py) < 0.051


def test_a_closer_map_when_the_sea_leg_is_long(answer: dict[str, Any], shapes: dict[str, Any]) -> None:
    land = map.overland(answer, shapes)
    assert land
    near = map.draw(answer, shapes, "near", frame=land, keyed=False)
    assert "disputed line" not in near
    answer["routes"] = answer["routes"][:1]
    answer["routes"][0]["legs"] = answer["routes"][0]["legs"][3:]
    shapes["features"] = [
        {**feature, "properties": {"rank": 1, "leg": feature["properties"]["leg"] - 3}}
        for feature in shapes["features"]
        if feature["properties"]["rank"] == 1 and feature["properties"]["leg"] > 3
    ]
    assert map.overland(answer, shapes) == []
