"""Every number in a report has a unit and a source; take any one source away and the check fails."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

import landbridge as lb
from landbridge.report import checks
from landbridge.report.page import page


@pytest.fixture(scope="module")
def real() -> tuple[dict[str, Any], dict[str, Any]]:
    answer = lb.route(lb.World.at("2023-06-01"), "Baku", "Poti", n=2)
    return answer.to_dict(), answer.to_geojson()


def test_an_answer_and_its_page_pass(real: tuple[dict[str, Any], dict[str, Any]]) -> None:
    data, shapes = real
    assert checks.unsourced(data) == ()
    text = page(data, shapes, lb.load_facts())
    assert checks.unsourced(text) == ()
    assert text.count("<data ") > 60


def test_each_fact_counts(real: tuple[dict[str, Any], dict[str, Any]]) -> None:
    data, shapes = real
    rows = {(item["table"], item["id"]) for route in data["routes"] for item in route["evidence"]}
    assert len(rows) > 10
    for key in rows:
        bare = copy.deepcopy(data)
        for route in bare["routes"]:
            for item in route["evidence"]:
                if (item["table"], item["id"]) == key:
                    item["source"] = ""
        assert checks.unsourced(bare), key
    text = page(data, shapes, lb.load_facts())
    for found in set(re.findall(r' id="(ev-[^"]+)"', text)):
        stripped = re.sub(rf'( id="{re.escape(found)}"[^>]*?) data-origin="[^"]*"', r"\1", text)
        assert stripped != text
        assert checks.unsourced(stripped), found


def test_a_number_without_a_unit_is_found(real: tuple[dict[str, Any], dict[str, Any]]) -> None:
    data, _ = real
    assert checks.unsourced({**data, "routes": [{**data["routes"][0], "score": 1.0}]}) == ("way 1: score has no unit",)
