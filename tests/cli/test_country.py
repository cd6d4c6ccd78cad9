"""`landbridge country` in this process: exit codes, files, complaints."""

import json

import pytest


def test_an_unknown_area_is_told_with_the_nearest(run):
    ran = run("country", "AMR", "--on", "2022-05-16")
    assert ran.code == 2
    assert "no area 'AMR'" in ran.err
    assert "ARM" in ran.err
    assert "ISO3" in ran.err
    assert not ran.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("ISL", "--partners", "9"), "1 to 8"),
        (("ISL", "--teu", "0"), "above 0"),
        (("ISL", "--on", "1980-01-01"), "1991-01-01"),
        (("ISL", "--scenario", "suez-close"), "suez-closed"),
        (("ISL", "-o", "x.xls"), ".csv or .parquet"),
    ],
)
def test_bad_options_are_refused_before_anything_is_computed(run, words, told):
    ran = run("country", *words)
    assert ran.code == 2
    assert told in ran.err


def test_json_page_and_geojson(run, tmp_path):
    page, shapes = tmp_path / "isl.html", tmp_path / "isl.geojson"
    ran = run("country", "Iceland", "--on", "2022-05-16", "--quick", "--partners", "1", "--json", "--html", str(page),
              "--geojson", str(shapes))  # fmt: skip
    assert ran.code == 0
    assert not ran.err
    data = json.loads(ran.out)
    assert (data["area"], data["question"]["quick"], data["scenarios"]) == ("ISL", True, None)
    assert data["access"]["closures"] is None
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert json.loads(shapes.read_text(encoding="utf-8"))["type"] == "FeatureCollection"
