"""A gas answer for readers: terminal, page, map, diagrams; sums that add up, words for what is doubtful."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from rich.console import Console

from landbridge.facts import load
from landbridge.report import (
    checks,
    fuel_changes,
    gas,
    gas_charts,
    gas_edges,
    gas_map,
    gas_page,
    gas_rests,
    gas_words,
    questions,
    terminal,
)  # fmt: skip
from landbridge.report.banners import concerning
from landbridge.report.evidence import Ledger
from landbridge.report.names import Names
from tests.report.gas_answers import gas_answer, gas_shapes, numbers

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def told() -> dict[str, Any]:
    return gas_answer()


@pytest.fixture
def shapes(told: dict[str, Any]) -> dict[str, Any]:
    return gas_shapes(told)


def shown(thing: Any, width: int = 100) -> str:
    console = Console(width=width)
    with console.capture() as caught:
        console.print(thing)
    return caught.get()


def plain(text: str) -> str:
    return " ".join(text.split())


def test_a_planner_can_read_who_is_short(told: dict[str, Any]) -> None:
    text = shown(terminal.gas(told, Names(load())))
    assert max(len(line.rstrip()) for line in text.splitlines()) <= 100
    for words in (
        "Gas, 2009-01-07 to 2009-01-08 by days: each area keeps what it has",
        "Changed by: ukraine-transit-stop",
        "Short of what was asked for: Bulgaria 45 %.",
        "mcm: million m3 at 15 C",
        "Bulgaria 1,000 450 45 (30–45) 50 700 64 12",
        "Kyrgyzstan * 1,000 500 50",
        "Short without any cut: its data do not balance.",
        "Ukraine > Bulgaria a-ukr-bgr 0 700 -700 0 cut",
        "Turned round: Greece > Bulgaria (200 mcm).",
        "Lost: Ukraine -3,000 (of 3,000).",
        "Bulgaria: out of store 60 %, Bulgaria 40 %.",
        "Bulgargaz (BGR): 500 of 500 mcm.",
        "Demand, production and usual flows are those of 2008",
        "The facts end on 2026-07-01",
        "What was in store on 2009-01-07 is not known for Bulgaria",
        "the data do not balance: short of Kyrgyzstan 500 mcm",
        "Grade D: 10 % on grade A, 40 % on B, 50 % on D",
    ):
        assert words in plain(text), words


@pytest.mark.parametrize("width", [80, 100, 120, 160])
def test_no_line_is_wider_than_the_terminal(told: dict[str, Any], width: int) -> None:
    text = shown(terminal.gas(told, Names(load())), width)
    assert all(len(line.rstrip()) <= width for line in text.splitlines())


def test_nobody_short_is_said(told: dict[str, Any]) -> None:
    for one in told["areas"]:
        one |= {"shortage_pct": 0.0, "shortage_pct_low": 0.0, "shortage_pct_high": 0.0}
    assert gas.headline(told, Names()) == "Nobody runs short of gas."
    told["question"]["areas"] = ["BGR"]
    assert gas.headline(told, Names()) == "None of the areas asked for runs short of gas."
    told["areas"][0]["shortage_pct_high"] = 20.0
    assert gas.headline(told, Names()).endswith("by another way of sharing BGR by up to 20 %.")


def test_changes_of_an_area_add_up(told: dict[str, Any]) -> None:
    for one in told["areas"]:
        moved = gas_words.changes(one)
        asked = gas_words.asked_for(one) - gas_words.asked_for(one["before"])
        assert sum(moved.values()) == pytest.approx(asked, abs=1e-9)


def test_both_sides_of_a_diagram_add_up(told: dict[str, Any]) -> None:
    exporter = numbers(2.0, 5.0, -3.0, 0.0, 0.0, 0.5, 0.25, 0.0, 0.75)
    for one in (*told["areas"], *[area["before"] for area in told["areas"]], exporter):
        supply, use = gas_charts.sides(one)
        assert sum(supply.values()) == pytest.approx(sum(use.values()), abs=1e-9)


@pytest.mark.parametrize(
    ("now", "before", "most", "turned", "word"),
    [
        (0.0, 2.0, 0.0, False, "cut"),
        (1.0, 2.0, 1.0, False, "cut in part"),
        (1.0, 2.0, 5.0, False, "less"),
        (3.0, 2.0, 5.0, False, "more"),
        (3.0, 0.0, 5.0, False, "from none"),
        (3.0, 0.0, 5.0, True, "turned round"),
        (2.0, 2.0, 5.0, False, "as before"),
    ],
)
def test_what_became_of_a_flow(now: float, before: float, most: float, turned: bool, word: str) -> None:
    assert gas_words.flow_word({"bcm": now, "before_bcm": before, "capacity_bcm": most, "turned": turned}) == word


def test_weeks_weigh_days_by_what_they_ask_for() -> None:
    days = [{"label": f"2009-01-{n:02d}", "areas": [{"area": "A", "shortage_bcm": float(n == 1), "demand_bcm": 1.0,
                                                    "losses_bcm": 0.0, "switched_bcm": 0.0}]}
            for n in range(1, 32)]  # fmt: skip
    weeks = gas_words.blocks(days)
    assert [len(week.periods) for week in weeks] == [7, 7, 7, 7, 3]
    assert gas_words.shortage_in({"periods": days}, "A", weeks[0]) == pytest.approx(100 / 7)
    assert gas_words.shortage_in({"periods": days}, "B", weeks[0]) is None


def test_the_map_shows_flows_and_shortage(told: dict[str, Any], shapes: dict[str, Any]) -> None:
    text = gas_map.draw(told, shapes, Names(load()))
    root = ET.fromstring(text)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    groups = [element.get("class") or "" for element in root.iter(f"{SVG}g")]
    assert any("flow-cut" in one for one in groups)
    assert any("flow-turned" in one for one in groups)
    words = [element.text for element in root.iter(f"{SVG}text")]
    for word in ("Bulgaria 45 %", "cut (dashed: before)", "60 and more", "not short, or by its data alone"):
        assert word in words
    assert not any(word and word.startswith("Kyrgyzstan 5") for word in words)
    assert any(word and re.fullmatch(r"700 mcm", word) for word in words)
    assert gas_map.draw(told, shapes, Names(load())) == text


def test_edges_put_the_points_of_two_zones_together(told: dict[str, Any]) -> None:
    found = {(one.tail, one.head): one for one in gas_edges.edges(told)}
    assert set(found) == {("UKR", "BGR"), ("GRC", "BGR")}
    turned = found["GRC", "BGR"]
    assert (turned.bcm, turned.before_bcm, turned.state) == (0.2, -0.2, "turned")
    assert found["UKR", "BGR"].state == "cut"


def test_every_zone_stands_in_its_area() -> None:
    facts = load()
    zones = {row["id"] for row in facts.table("gas_zones").rows if row["kind"] != "pool"}
    assert {row["zone"] for row in facts.table("gas_zone_sites").rows} == zones


@pytest.fixture(scope="module")
def page() -> str:
    answer = gas_answer()
    return gas_page.page_of(answer, gas_shapes(answer), load())


def test_the_page_tells_all(page: str) -> None:
    for word in ("Short of what was asked for: Bulgaria 45 %.", "Who is short", "Balances", "By period", "Flows",
                 "Transit", "Whose gas they take", "What is unsure", "a yearbook", "Natural Earth",
                 "landbridge gas --on 2009-01-07 --scenario ukraine-transit-stop --from 2009-01-07",
                 'id="gas-title"', 'id="close-title"', 'id="balance-BGR-title"'):  # fmt: skip
        assert word in page, word
    assert checks.loads(page) == ()
    assert "<script" not in page


def test_every_number_of_the_page_has_unit_and_source(page: str) -> None:
    assert checks.unsourced(page) == ()
    assert page.count("<data ") > 60
    for found in set(re.findall(r' id="(ev-[^"]+)"', page)):
        stripped = re.sub(rf'( id="{re.escape(found)}"[^>]*?) data-origin="[^"]*"', r"\1", page)
        assert stripped != page
        assert checks.unsourced(stripped), found


def test_numbers_of_an_answer_have_unit_and_source(told: dict[str, Any]) -> None:
    assert checks.unsourced(told) == ()
    told["areas"][0]["score"] = 1.0
    told["flows"][0]["bcm"] = float("nan")
    told["evidence"][0]["source"] = ""
    found = checks.unsourced(told)
    assert "area BGR: score has no unit" in found
    assert "flow a-ukr-bgr: bcm is nan" in found
    assert "gas: gas_years/BGR-consumption-2008 has no source" in found
    assert "gas: its numbers have no source" in checks.unsourced({**told, "evidence": []})


def test_a_page_names_the_weightiest_rows_and_counts_the_rest(told: dict[str, Any]) -> None:
    many = [{"table": "gas_years", "id": f"DEU-{n}", "grade": "B", "source": "x"} for n in range(500)]
    told["evidence"] = [*many, *told["evidence"]]
    ledger = Ledger()
    rested = gas_rests.gather(told, ledger)
    assert ("scenario", "ukraine-transit-stop#1") in rested.by_area[None]
    assert rested.by_area["BGR"] == (("gas_years", "BGR-consumption-2008"),)
    assert len(ledger.rows) < 60
    assert "502 rows of the tables were used" in rested.markup(ledger, Names())


def test_what_a_user_names_is_escaped(told: dict[str, Any], shapes: dict[str, Any]) -> None:
    told["world"]["scenarios"] = ["<script>alert(1)</script>"]
    told["flows"][0]["id"] = "<img src=x>"
    text = gas_page.page_of(told, shapes, load())
    assert "<script" not in text
    assert "<img" not in text


def test_only_exceptional_times_of_areas_concerned_are_told(told: dict[str, Any]) -> None:
    rows = load().table("exceptional_times").rows
    of_two = next(str(row["banner"]) for row in rows if set(row["areas"] or ()) == {"IND", "PAK"})
    told["world"] |= {"date": "2025-06-01", "banners": [of_two]}
    assert concerning(told, load()) == []
    # what lies between two areas concerns neither of them alone among others
    told["question"]["areas"] = ["PAK"]
    assert concerning(told, load()) == []
    told["question"]["areas"] = ["IND", "PAK"]
    assert concerning(told, load()) == [of_two]


def test_the_question_in_one_line(told: dict[str, Any]) -> None:
    asked = {**told["question"], "sharing": "equal", "cold": "season", "areas": ["BGR", "SRB"]}
    line = questions.question(asked, "2009-01-07")
    assert line.startswith("Gas, 2009-01-07 to 2009-01-08, neighbours share")
    assert line.endswith("in a cold winter, of BGR and SRB")
    command = questions.command(asked, told["world"])
    assert command.endswith("--to 2009-01-08 --sharing equal --cold season --area BGR --area SRB")
    spell = {**asked, "cold": "14-days", "cold_from": "2009-01-02"}
    assert "in the two coldest weeks of a winter from 2009-01-02" in questions.question(spell, "2009-01-07")
    assert "--cold 14-days --cold-from 2009-01-02" in questions.command(spell, told["world"])


def changes(*rows: tuple[str, str, str, float, float]) -> dict[str, Any]:
    return {
        "question": {"question": {"kind": "gas"}},
        "changes": [
            {"subject": subject, "name": name, "unit": unit, "base": base, "other": other, "delta": other - base}
            for subject, name, unit, base, other in rows
        ],
    }


def test_a_comparison_tells_what_differs() -> None:
    answer = changes(
        ("BGR", "shortage", "bcm", 0.0, 0.5), ("BGR", "shortage_share", "%", 0.0, 12.0),
        ("BGR", "production", "bcm", 1.0, 1.0), ("DEU", "shortage", "bcm", 0.0, 0.0),
        ("DEU", "transit", "bcm", 80.0, 40.0), ("FRA", "transit", "bcm", 10.0, 10.001),
    )  # fmt: skip
    told = [(row["subject"], row["name"]) for row in fuel_changes.shown(answer)]
    assert told == [("BGR", "shortage"), ("BGR", "shortage_share"), ("DEU", "transit")]
    assert fuel_changes.summary(answer) == ["Shortage grows in 1 area, shrinks in 0 and stays in 1."]
    rows, left = fuel_changes.first_subjects(fuel_changes.shown(answer), 1)
    assert ({row["subject"] for row in rows}, left) == ({"BGR"}, 1)
