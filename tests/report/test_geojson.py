"""GeoJSON by RFC 7946: one feature for each leg, nothing beyond 180 degrees, numbers with units in their names."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from landbridge.report import geojson


def test_one_feature_for_each_leg(answer: dict[str, Any], shapes: dict[str, Any]) -> None:
    found = geojson.collection(answer, shapes)
    assert found["type"] == "FeatureCollection"
    assert len(found["features"]) == sum(len(route["legs"]) for route in answer["routes"])
    ids = [feature["id"] for feature in found["features"]]
    assert len(set(ids)) == len(ids)
    for feature in found["features"]:
        leg = answer["routes"][feature["properties"]["rank"] - 1]["legs"][feature["properties"]["leg"] - 1]
        assert feature["properties"]["hours"] == leg["hours"]
        assert feature["geometry"]["type"] in ("Point", "LineString", "MultiLineString")
    assert found["world"]["id"] == answer["world"]["id"]


def test_text_is_json_without_nan(answer: dict[str, Any], shapes: dict[str, Any]) -> None:
    text = geojson.text(answer, shapes)
    assert "NaN" not in text
    assert json.loads(text)["features"]


def test_a_leg_without_geometry_stays(answer: dict[str, Any]) -> None:
    found = geojson.collection(answer, {"features": []})
    assert all(feature["geometry"] is None for feature in found["features"])


points = st.lists(st.tuples(st.floats(-180, 180), st.floats(-85, 85)), min_size=2, max_size=20)


@given(points)
def test_cut_lines_stay_within_the_world(line: list[tuple[float, float]]) -> None:
    for part in geojson.cut(line):
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in part)
        assert all(abs(b[0] - a[0]) <= 180 for a, b in pairwise(part))


def test_the_date_line_is_cut_once() -> None:
    shape = geojson.geometry([(160.0, 40.0), (179.0, 50.0), (-170.0, 50.0), (-150.0, 48.0)])
    assert shape is not None
    assert shape["type"] == "MultiLineString"
    west, east = shape["coordinates"]
    assert west[-1] == [180.0, 50.0]
    assert east[0] == [-180.0, 50.0]


def test_longitudes_beyond_180_are_turned() -> None:
    assert geojson.geometry([(190.0, 10.0), (200.0, 12.0)]) == {
        "type": "LineString",
        "coordinates": [[-170.0, 10.0], [-160.0, 12.0]],
    }
