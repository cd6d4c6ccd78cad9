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


def test_another_day_tells_what_changed(run, tmp_path):
    page, shapes, rows = tmp_path / "isl.html", tmp_path / "isl.geojson", tmp_path / "isl.csv"
    words = ("country", "ISL", "--on", "2019-06-01", "--and", "2024-06-01", "--quick", "--partners", "1")
    ran = run(*words, "--json", "--html", str(page), "--geojson", str(shapes), "-o", str(rows))
    assert ran.code == 0
    data = json.loads(ran.out)
    assert (data["schema"], data["dates"]) == ("country_changes/1", ["2019-06-01", "2024-06-01"])
    assert "what changed between 2019-06-01 and 2024-06-01" in page.read_text(encoding="utf-8")
    assert "OpenStreetMap" in json.loads(shapes.read_text(encoding="utf-8"))["attribution"]
    assert {line.partition(",")[0] for line in rows.read_text(encoding="utf-8").splitlines()} >= set(data["dates"])
    assert "what changed between" in run(*words).out


def test_another_day_that_is_none_is_refused(run):
    ran = run("country", "ISL", "--on", "2022-05-16", "--and", "2022-13-01")
    assert ran.code == 2
    assert "--and" in ran.err
