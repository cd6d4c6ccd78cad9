"""Terminal tables, frames and GMNS."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from rich.console import Console

from landbridge.errors import InputError
from landbridge.facts import load
from landbridge.report import frames, gmns, questions, refusals, terminal
from landbridge.report.banners import concerning
from landbridge.report.names import Names
from landbridge.report.numbers import arrival_p80, days, grouped, hours_p80, signed, span
from landbridge.report.ways import remarks
from landbridge.world import World


def shown(thing: Any, width: int = 170) -> str:
    console = Console(width=width)
    with console.capture() as caught:
        console.print(thing)
    return caught.get()


def test_a_planner_can_read_the_ways(answer: dict[str, Any]) -> None:
    text = shown(terminal.route(answer))
    for word in ("Mumbai to Moscow", "INSTC, western branch", "20.0", "16.0–26.9", "2025-06-24", "6,060",
                 "4,848–7,878", "IND > IRN > AZE > RUS", "kg CO2e", "Legs of way 1", "6,815", "Why", "Against 2",
                 "Doubts", "no railway yet", "! Most mainline"):  # fmt: skip
        assert word in text, word


def test_no_route_in_words(none: dict[str, Any]) -> None:
    text = shown(terminal.route(none))
    assert "No route: trade banned." in text
    assert "Blocked by:" in text
    assert "imposed by UKR" in text


@pytest.mark.parametrize("width", [60, 80, 100, 115, 120, 130, 140, 150, 160])
def test_narrow_terminals_lose_nothing(answer: dict[str, Any], width: int) -> None:
    text = shown(terminal.route(answer), width)
    assert all(len(line) <= width for line in text.splitlines())
    head = next(line for line in text.splitlines() if "Along" in line)
    assert width < 80 or "Grade" in head
    above = text.split("Legs of way 1")[0]
    assert all(area in above for route in answer["routes"] for area in route["areas"])


def test_comparison(comparison: dict[str, Any]) -> None:
    text = shown(terminal.compare(comparison))
    assert "+4.2 days" in text
    assert "-60.0 USD" in text
    assert "loses" in text
    assert "By cost and time together: 1 loses." in text


def test_many_and_matrix(answer: dict[str, Any], none: dict[str, Any]) -> None:
    many = {"world": answer["world"], "question": {"rows": [{"id": "a"}, {"id": "b"}]}, "answers": [answer, none]}
    text = shown(terminal.routes(many))
    assert "INSTC, western branch" in text
    assert "No route: trade banned." in text
    cells = [{"from": "A", "to": "B", "km": 1.0, "hours": 24.0, "usd": 5.0, "kg_co2e": 2.0},
             {"from": "B", "to": "A", "km": None, "hours": None, "usd": None, "kg_co2e": None}]  # fmt: skip
    text = shown(terminal.matrix({"world": {}, "cells": cells}))
    assert "no route" in text


def test_numbers() -> None:
    assert days(None) == "unknown"
    assert grouped(-0.2) == "0"
    assert span(None, 3.0) == ""
    assert signed(0.0, "h") == "0 h"
    assert hours_p80({"hours": 10.0}) is None
    assert arrival_p80({"hours": 10.0, "hours_p80": 30.0}, "2025-12-31") == "2026-01-01"
    assert arrival_p80({"hours": 10.0}, "2025-12-31") == "unknown"
    assert arrival_p80({"hours": 10.0, "hours_p80": 30.0}, None) == "unknown"


def test_the_command_repeats_the_question(answer: dict[str, Any]) -> None:
    asked = {**answer["question"], "modes": ["rail", "sea"], "via": ["Aktau, KAZ"], "team": True, "n": 3}
    text = questions.command(asked, {**answer["world"], "scenarios": ["suez-closed"]})
    assert text == (
        "landbridge route Mumbai Moscow --on 2025-06-01 --scenario suez-closed --teu 2 --tonnes 28 --value-usd 100000 "
        "--mode rail --mode sea --via 'Aktau, KAZ' --team -n 3"
    )


def test_frames(answer: dict[str, Any], tmp_path: Path) -> None:
    ways, legs = frames.ways(answer), frames.legs(answer)
    assert len(ways) == len(answer["routes"])
    assert ways["crossings"][0] == "AZE-IRN-astara-rail;AZE-RUS-yalama"
    assert len(legs) == sum(len(route["legs"]) for route in answer["routes"])
    path = frames.write_frame(ways, tmp_path / "w.csv")
    assert len(pd.read_csv(path)) == len(ways)
    with pytest.raises(InputError, match=r"nearest valid|end the name"):
        frames.write_frame(ways, tmp_path / "w.xls")


def test_places_file(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("place\nBaku\nTbilisi\n")
    assert frames.read_places(path) == (("Baku", "Tbilisi"), ())
    path.write_text("place,role\nBaku,from\nTbilisi,to\nPoti,both\n")
    assert frames.read_places(path) == (("Baku", "Poti"), ("Tbilisi", "Poti"))
    for text, told in (("plaec\nBaku\n", "line 1, field plaec: unknown column; nearest valid: place"),
                       ("place,role\nBaku,form\n", "line 2, field role: 'form' is no role; nearest valid: from"),
                       ("place,role\n,from\nBaku,to\n", "line 2, field place: this cell must not be empty"),
                       ("place\n", "no place to start from")):  # fmt: skip
        path.write_text(text)
        with pytest.raises(InputError, match=told):
            frames.read_places(path)
    with pytest.raises(InputError, match="cannot be read"):
        frames.read_places(tmp_path / "none.csv")


def test_gmns_of_ways(answer: dict[str, Any], shapes: dict[str, Any], tmp_path: Path) -> None:
    nodes, links, _ = gmns.write_ways(tmp_path / "out", answer, shapes)
    with nodes.open() as file:
        known = {row["node_id"] for row in csv.DictReader(file)}
    with links.open() as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert {row["from_node_id"] for row in rows} | {row["to_node_id"] for row in rows} <= known
    assert all(row["geometry"].startswith("LINESTRING (") for row in rows)
    assert {row["facility_type"] for row in rows} == {"sea", "rail", "road"}
    with (tmp_path / "out" / "leg.csv").open() as file:
        legs = list(csv.DictReader(file))
    assert {row["link_id"] for row in legs} - {""} == {row["link_id"] for row in rows}
    for route in answer["routes"]:
        mine = [row for row in legs if int(row["rank"]) == route["rank"]]
        for name in ("km", "hours", "usd", "kg_co2e"):
            assert sum(float(row[name]) for row in mine) == pytest.approx(sum(leg[name] for leg in route["legs"]))
    assert "OpenStreetMap contributors, ODbL" in (tmp_path / "out" / "UNITS.txt").read_text(encoding="utf-8")


def test_parquet_keeps_what_csv_keeps(answer: dict[str, Any], tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    ways = frames.ways(answer)
    path = frames.write_frame(ways, tmp_path / "w.parquet")
    assert pd.read_parquet(path)["label"].tolist() == ways["label"].tolist()


def test_places_that_the_facts_lack_are_named(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("place,role\nBaku,\nBakku,form\n")
    with pytest.raises(InputError) as caught:
        frames.read_places(path, load())
    assert [(one.line, one.field) for one in caught.value.complaints] == [(3, "place"), (3, "role")]


def test_banners_of_other_places_are_left_out() -> None:
    facts = load()
    day = World.at("2025-06-01", facts)
    world = {"date": "2025-06-01", "banners": list(day.banners)}
    far = {"world": world, "question": {"from": "Helsinki", "to": "Berlin"}, "routes": [{"areas": ["FIN", "DEU"]}]}
    assert day.banners
    assert concerning(far, facts) == []
    assert concerning(far, None) == list(day.banners)
    near = {**far, "routes": [{"areas": ["FIN", "RUS"]}]}
    assert [text.partition(" since")[0] for text in concerning(near, facts)] == [
        "Finland keeps its road posts with Russia shut",
        "War in Ukraine",
    ]
    by_sea = {**far, "routes": [{"areas": ["FIN"], "passages": [{"id": "bab-el-mandeb", "leg": 1}]}]}
    assert any("Red Sea" in text for text in concerning(by_sea, facts))
    shut = {"world": world, "question": {"from": "Kyiv", "to": "Berlin"}, "routes": [], "no_route": {"reason": "x"}}
    assert any("Ukraine" in text for text in concerning(shut, facts))


def test_doubts_are_told_once_with_all_that_they_are_about(answer: dict[str, Any]) -> None:
    for route in answer["routes"]:
        route["notes"] = ["position approximate"]
        for number, leg in enumerate(route["legs"]):
            leg["doubts"] = ["position approximate"] if number < 2 else []
    lines = [line for line in remarks(answer) if "position approximate" in line]
    assert len(lines) == 1
    assert lines[0].strip().startswith(", ".join(str(route["rank"]) for route in answer["routes"]))


def test_rules_are_worded_with_names_and_what_they_are_about() -> None:
    names = Names(load())
    said = refusals.refusal(
        {"why": "announced_only", "certainty": "announced_only", "areas": ["RUS"], "modes": ["road"]}
    )
    assert said == "RUS: announced only, by road"
    silent = {"table": "measure_rules", "id": "afg-us-r", "why": "limited", "areas": ["AFG"], "imposer": "USA UN"}
    assert refusals.refusal(silent, names).startswith("Afghanistan: in part, finance, imposed by United States and UN")
    pair = refusals.refusal({"gates": ["pair:BLR-POL"], "why": "other carriers"}, names)
    assert pair.startswith("border of Belarus and Poland: other carriers")
    many = [row["id"] for row in load().table("areas").rows][:20]
    assert refusals.refusal({"areas": many, "imposer": "EU", "why": "goods"}, names).startswith(
        "European Union: some goods"
    )


def test_a_ban_is_told_as_one_and_what_shuts_two_ways_alike_once() -> None:
    row = {"table": "measure_rules", "id": "m", "kind": "measure", "subject_kind": "area", "subject": "POL"}
    assert refusals.refusal({**row, "reason": "24 products"}).startswith(
        "cargo on the territory of POL: barred, 24 products"
    )
    assert refusals.refusal({**row, "reason": "24 products", "why": "goods"}).endswith(
        "POL: some goods, 24 products (measure_rules/m)"
    )
    ways = [{**row, "way": {"hours": hours, "usd": 1.0, "areas": ["UKR", "POL"]}} for hours in (24.0, 48.0)]
    (text, _), *rest = refusals.avoided(ways)
    assert "1.0 days" in text
    assert not rest


def test_a_narrow_terminal_loses_no_number_and_no_grade() -> None:
    row = {"rank": 1, "label": "Road", "modes": ["road"], "km": 12_151.0, "hours": 106.0, "hours_p10": 70.0,
           "hours_p90": 150.0, "usd": 11_794.0, "usd_low": 11_490.0, "usd_high": 12_361.0, "kg_co2e": 11_531.0,
           "areas": ["IRN", "ARM"], "grade": "D", "legs": []}  # fmt: skip
    answer = {"question": {"from": "A", "to": "B"}, "world": {"date": "2021-09-15"}, "routes": [row]}
    for width in (80, 140):
        said = shown(terminal.route(answer), width)
        for part in ("11,490–12,361", "2.9–6.2", "2021-09-20", "12,151", "IRN > ARM", "11,531", " D "):
            assert part in said, (width, part)


def test_what_is_not_used_is_told_with_the_way_that_it_closes() -> None:
    way = {"hours": 720.0, "usd": 2800.0, "passages": ["bab-el-mandeb", "suez"], "areas": ["NLD"]}
    row = {"table": "carrier_policies", "id": "p1", "kind": "policy", "subject_kind": "passage", "reason": "",
           "subject": "bab-el-mandeb", "imposer": "all mainline lines", "since": "2024-01-15", "way": way}  # fmt: skip
    said = "\n".join(remarks({"routes": [], "avoided": [row]}, Names(load())))
    assert "Not used" in said
    assert "Bab el-Mandeb: avoided by all mainline lines, since 2024-01-15 (carrier_policies/p1)" in said
    assert "The way by Bab el-Mandeb and Suez Canal would take 30.0 days and 2,800 USD" in said


def test_banners_of_what_is_gone_round_are_shown() -> None:
    text = "Attacks on merchant ships in the Red Sea"
    facts = load()
    banner = next(row["banner"] for row in facts.table("exceptional_times").rows if row["banner"].startswith(text))
    answer = {"question": {"from": "Shanghai", "to": "Rotterdam"}, "world": {"banners": [banner]},
              "routes": [{"areas": ["CHN", "NLD"]}]}  # fmt: skip
    assert not concerning(answer, facts)
    gone_round = {"subject_kind": "passage", "subject": "bab-el-mandeb"}
    assert concerning({**answer, "avoided": [gone_round]}, facts) == [banner]


def test_a_table_of_dated_questions_has_the_banners_of_their_days() -> None:
    old, new = "War between Israel and Iran", "a flood"
    answers = [{"world": {"banners": [old]}, "question": {}, "routes": []}]
    assert concerning({"world": {"banners": [new]}, "answers": answers}, None) == [old]


def test_gmns_nodes_have_a_type_and_passages_their_shores(tmp_path: Path) -> None:
    legs = [
        {"kind": "move", "mode": "sea", "from": "A", "to": "S", "areas": [], "km": 1.0},
        {"kind": "passage", "mode": "sea", "from": "S", "to": "S", "areas": [], "km": 1.0,
         "ref": {"table": "passages", "id": "suez"}},
    ]  # fmt: skip
    lines = [[[1.0, 1.0], [2.0, 2.0]], [[2.0, 2.0], [3.0, 3.0]]]
    drawn = [({"rank": 1, "leg": n}, {"type": "LineString", "coordinates": line}) for n, line in enumerate(lines, 1)]
    shapes = {"features": [{"properties": told, "geometry": line} for told, line in drawn]}
    gmns.write_ways(tmp_path, {"routes": [{"rank": 1, "legs": legs}]}, shapes, load())
    nodes = list(csv.DictReader((tmp_path / "node.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["name"], row["node_type"], row["area"]) for row in nodes] == [
        ("A", "sea", ""), ("S", "passage", "EGY"), ("S", "passage", "EGY"),
    ]  # fmt: skip
