"""Pages open without internet, can be read by all, and tell unit and source of every number."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from landbridge.report import checks, page, versus

VOID = {"meta", "input", "br", "link", "img"}


class Tree(HTMLParser):
    """Checks that elements close in order; gathers ids, links, tables, headings."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.inner: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        row = dict(attrs)
        self.tags.append((tag, row))
        if row.get("id"):
            self.ids.append(str(row["id"]))
        if (row.get("href") or "").startswith("#"):
            self.inner.append(str(row["href"])[1:])
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


def read(text: str) -> Tree:
    tree = Tree()
    tree.feed(text)
    tree.close()
    assert tree.open == []
    return tree


@pytest.fixture
def pages(
    answer: dict[str, Any], shapes: dict[str, Any], none: dict[str, Any], comparison: dict[str, Any]
) -> dict[str, str]:
    return {
        "route": page.page(answer, shapes),
        "none": page.page(none, {"features": []}),
        "versus": versus.page(comparison, shapes, shapes),
        "versus-none": versus.page({**comparison, "other": none}, shapes, {"features": []}),
    }


KINDS = ["route", "none", "versus", "versus-none"]


@pytest.mark.parametrize("kind", KINDS)
def test_well_formed_and_accessible(pages: dict[str, str], kind: str) -> None:
    text = pages[kind]
    assert text.startswith('<!doctype html>\n<html lang="en">')
    tree = read(text)
    assert len(tree.ids) == len(set(tree.ids))
    assert set(tree.inner) <= set(tree.ids)
    names = [tag for tag, _ in tree.tags]
    assert names.count("h1") == 1
    assert names.count("title") >= 1
    assert "main" in names
    assert "header" in names
    assert names.count("caption") == names.count("table")
    assert all(row.get("scope") in ("row", "col") for tag, row in tree.tags if tag == "th")
    for tag, row in tree.tags:
        if tag == "svg":
            assert row["role"] == "img"
            assert all(name in tree.ids for name in str(row["aria-labelledby"]).split())
        if row.get("tabindex"):
            assert row.get("aria-label")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_fetched(pages: dict[str, str], kind: str) -> None:
    assert checks.loads(pages[kind]) == ()
    assert "<script" not in pages[kind]
    assert "default-src 'none'" in html.unescape(pages[kind])


@pytest.mark.parametrize("kind", ["route", "versus"])
def test_every_number_has_unit_and_source(pages: dict[str, str], kind: str) -> None:
    assert checks.unsourced(pages[kind]) == ()


def test_the_page_tells_all(pages: dict[str, str], answer: dict[str, Any]) -> None:
    text = pages["route"]
    for word in ("6,060", "INSTC, western branch", "Evidence", "UNCTAD Review", "w-3f9c2a71d0", "f-88ab01c2",
                 "landbridge route Mumbai Moscow --on 2025-06-01 --teu 2", "Natural Earth", "prefers-color-scheme",
                 "Most mainline container carriers", "avoided since 2023-12", "There by"):  # fmt: skip
        assert word in text
    for route in answer["routes"]:
        assert f'id="way-{route["rank"]}"' in text


def test_no_route_names_rows_and_imposer(pages: dict[str, str]) -> None:
    text = pages["none"]
    assert "No route: trade banned." in text
    assert "imposed by UKR" in text
    assert "measures/ukr-rus-embargo-2022" in text
    assert "A way would open without" in text


def test_comparison_tells_who_loses(pages: dict[str, str]) -> None:
    text = pages["versus"]
    assert "1 loses" in text
    assert 'id="base-map-title"' in text
    assert 'id="other-map-title"' in text
    assert "landbridge compare --question question.json --on 2025-06-01 --scenario suez-closed" in text
    assert "with this in question.json" in text
    assert "OpenStreetMap contributors, ODbL" in text
    assert "No route: trade banned" in pages["versus-none"]


def test_what_a_user_names_is_escaped(answer: dict[str, Any], shapes: dict[str, Any]) -> None:
    answer["question"]["from"] = "<script>alert(1)</script>"
    answer["routes"][0]["label"] = "<img src=x>"
    answer["routes"][0]["evidence"][0]["url"] = "javascript:alert(1)"
    text = page.page(answer, shapes)
    assert "<script" not in text
    assert "<img" not in text
    assert "javascript:" not in text
    read(text)


# the law: take the source away and the check fails


def test_a_fact_without_source_is_found(answer: dict[str, Any], shapes: dict[str, Any]) -> None:
    answer["routes"][0]["evidence"][0]["source"] = ""
    for route in answer["routes"]:
        for item in route["evidence"]:
            if item["id"] == "rail-speed-caspian":
                item["source"] = ""
    assert any("rail-speed-caspian has no source" in text for text in checks.unsourced(answer))
    assert any("rail-speed-caspian" in text for text in checks.unsourced(page.page(answer, shapes)))


def test_a_way_without_evidence_is_found(answer: dict[str, Any], shapes: dict[str, Any]) -> None:
    answer["routes"][1]["evidence"] = []
    assert "way 2: its numbers have no source" in checks.unsourced(answer)
    assert checks.unsourced(page.page(answer, shapes))


@pytest.mark.parametrize("attribute", ["data-source", "data-unit"])
def test_a_number_stripped_of_an_attribute_is_found(pages: dict[str, str], attribute: str) -> None:
    text = re.sub(rf'(<data [^>]*?) {attribute}="[^"]*"', r"\1", pages["route"], count=1)
    assert text != pages["route"]
    assert len(checks.unsourced(text)) == 1


def test_every_single_source_counts(pages: dict[str, str]) -> None:
    text = pages["route"]
    for found in set(re.findall(r' data-origin="([^"]+)"', text)):
        assert checks.unsourced(text.replace(f' data-origin="{found}"', "")), found


def test_a_bare_number_is_found(pages: dict[str, str]) -> None:
    text = pages["route"].replace("</main>", "<p>about 500 dollars</p></main>")
    assert checks.unsourced(text) == ("'500' in 'about 500 dollars' has no unit and no source",)


def test_numbers_of_an_answer_need_known_units(answer: dict[str, Any]) -> None:
    assert checks.unsourced(answer) == ()
    answer["routes"][0]["legs"][0]["weight"] = 3.0
    answer["routes"][0]["usd"] = float("nan")
    told = checks.unsourced(answer)
    assert "way 1, leg 1: weight has no unit" in told
    assert "way 1: usd is nan" in told


def test_evidence_of_a_leg_must_be_among_that_of_the_way(answer: dict[str, Any]) -> None:
    answer["routes"][0]["legs"][0]["evidence"] = [{"table": "parameters", "id": "nowhere"}]
    assert any("parameters/nowhere is not among the evidence" in text for text in checks.unsourced(answer))


def test_an_event_of_a_scenario_is_worded() -> None:
    from landbridge.report.evidence import Ledger

    ledger = Ledger()
    ledger.add([{"table": "scenario", "id": "hormuz-closed#1"}])
    ledger.complete()
    shown = str(ledger.markup())
    assert "an event of the scenario hormuz-closed" in shown


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_with_a_map_names_the_sources_of_the_map(pages: dict[str, str], kind: str) -> None:
    text = html.unescape(pages[kind])
    maps = text.count('class="lb-map" role="img"') if kind != "none" else 0
    assert text.count("© OpenStreetMap contributors, ODbL") == (2 if maps else 1)
    assert "Natural Earth (public domain), world-atlas" in text


def test_the_command_of_a_comparison_can_be_run(comparison: dict[str, Any]) -> None:
    from landbridge.routing import RouteQuestion
    from landbridge.studies import default_question

    def command(inner: dict[str, Any]) -> str:
        asked = {"kind": "compare", "scenarios": ["my file.yaml"], "question": inner}
        return html.unescape(versus.page({**comparison, "question": asked}))

    day = "--on 2025-06-01 --scenario 'my file.yaml'"
    assert f"landbridge compare {day}" in command(default_question().to_dict())
    plain = RouteQuestion("Aktau, KAZ", "Poti").to_dict()
    assert f"landbridge compare 'Aktau, KAZ' Poti {day}" in command(plain)
    text = command({**plain, "teu": 2.0})
    assert f"landbridge compare --question question.json {day}" in text
    assert '"teu": 2.0' in text


def test_scenarios_of_ones_own_are_told(answer: dict[str, Any], shapes: dict[str, Any]) -> None:
    changed = {**answer, "world": {**answer["world"], "scenarios": ["suez-closed", "mine"]}}
    assert "Your own scenarios (mine) are given by their files." in page.page(changed, shapes)
    assert "Your own scenarios" not in page.page(answer, shapes)


def test_ways_beyond_those_shown_are_named(answer: dict[str, Any], shapes: dict[str, Any]) -> None:
    other = {"label": "INSTC via Armenia", "areas": ["IND", "IRN", "ARM", "GEO", "RUS"], "hours": 700.0, "usd": 4000.0}
    text = page.page({**answer, "others": [other]}, shapes)
    assert "INSTC via Armenia" in text
    assert "IND &gt; IRN &gt; ARM &gt; GEO &gt; RUS" in text
    assert "Also found" not in page.page({**answer, "others": []}, shapes)
