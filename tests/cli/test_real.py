"""The commands on the packaged network: real questions, the JSON contract, files, answers made again."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from landbridge.report import checks

ROUTE = {"rank", "label", "km", "hours", "hours_p10", "hours_p90", "hours_low", "hours_high", "usd", "usd_low",
         "usd_high", "generalised_usd", "kg_co2e", "modes", "areas", "legs", "crossings", "passages", "grade",
         "grade_shares", "why", "evidence"}  # fmt: skip
LEG = {"kind", "mode", "from", "to", "km", "hours", "usd", "kg_co2e"}
KINDS = {"move", "crossing", "transfer", "wait", "handling", "passage"}
ASKED = ("route", "Baku", "Poti", "--on", "2023-06-01", "-n", "2", "--teu", "2")


@pytest.fixture
def baku_poti(run: Callable[..., Any], tmp_path: Path) -> dict[str, Any]:
    ran = run(*ASKED, "--json", "--html", str(tmp_path / "r.html"), "--geojson", str(tmp_path / "r.geojson"),
              "--gmns", str(tmp_path / "gmns"))  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    answer: dict[str, Any] = json.loads(ran.out)
    return answer


def test_route_keeps_the_contract(baku_poti: dict[str, Any], tmp_path: Path) -> None:
    answer = baku_poti
    assert answer["schema"] == "route/1"
    assert {"date", "id", "facts_id", "scenarios"} <= answer["world"].keys()
    assert answer["no_route"] is None
    for rank, route in enumerate(answer["routes"], 1):
        assert route["rank"] == rank
        assert route.keys() >= ROUTE
        for leg in route["legs"]:
            assert leg.keys() >= LEG
            assert leg["kind"] in KINDS
        for name in ("km", "hours", "usd", "kg_co2e"):
            assert sum(leg[name] for leg in route["legs"]) == pytest.approx(route[name], rel=1e-9)
        for row in route["crossings"]:
            assert route["legs"][row["leg"] - 1]["kind"] == "crossing"
        for row in route["passages"]:
            assert route["legs"][row["leg"] - 1]["kind"] == "passage"
    assert checks.unsourced(answer) == ()
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert checks.unsourced(page) == ()
    assert checks.loads(page) == ()
    shapes = json.loads((tmp_path / "r.geojson").read_text(encoding="utf-8"))
    legs = sum(len(route["legs"]) for route in answer["routes"])
    assert len(shapes["features"]) == legs
    with (tmp_path / "gmns" / "link.csv").open() as file:
        assert len(list(csv.DictReader(file))) > 0


def test_an_answer_made_again_is_the_same(baku_poti: dict[str, Any], run: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(baku_poti))
    ran = run("ask", str(path))
    assert (ran.code, ran.out) == (0, "The same answer.\n")
    baku_poti["routes"][0]["usd"] *= 1.001
    path.write_text(json.dumps(baku_poti))
    ran = run("ask", str(path), "--json")
    told = json.loads(ran.out)
    assert ran.code == 1
    assert [item["where"] for item in told["differences"]] == ["routes.0.usd"]
    assert told["same_world"] is True


def test_the_table_says_days_dollars_areas(run: Callable[..., Any]) -> None:
    ran = run(*ASKED)
    assert ran.code == 0
    for word in ("Baku to Poti, container, 2 TEU, 2023-06-01", "AZE > GEO", "There by", "Legs of way 1", "sum"):
        assert word in ran.out


def test_no_route_is_an_answer_with_exit_1(run: Callable[..., Any], tmp_path: Path) -> None:
    words = ("route", "Kyiv", "Moscow", "--on", "2024-06-01")
    ran = run(*words, "--html", str(tmp_path / "n.html"))
    assert ran.code == 1
    assert "No route" in ran.out
    assert "Ukraine" in ran.out
    assert checks.unsourced((tmp_path / "n.html").read_text(encoding="utf-8")) == ()
    answer = json.loads(run(*words, "--json").out)
    assert answer["routes"] == []
    assert answer["no_route"]["blocked_by"]
    assert all(row["table"] and row["id"] for row in answer["no_route"]["blocked_by"])


def test_unknown_place_names_the_nearest(run: Callable[..., Any]) -> None:
    ran = run("route", "Mumbbai", "Moscow", "--on", "2024-06-01")
    assert ran.code == 2
    assert "Mumbai" in ran.err


def test_many_routes(run: Callable[..., Any], tmp_path: Path) -> None:
    source, goal = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("id,origin,destination,on,modes\na,Baku,Poti,2023-06-01,rail;road\nb,Kyiv,Moscow,2024-06-01,\n")
    ran = run("routes", str(source), "-o", str(goal), "-n", "2")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    with goal.open() as file:
        rows = list(csv.DictReader(file))
    assert [row["rank"] for row in rows if row["id"] == "b"] == ["0"]
    assert next(row["rank"] for row in rows if row["id"] == "a") == "1"


def test_matrix(run: Callable[..., Any], tmp_path: Path) -> None:
    source, goal = tmp_path / "places.csv", tmp_path / "m.csv"
    source.write_text("place\nBaku\nTbilisi\n")
    ran = run("matrix", str(source), "-o", str(goal), "--on", "2023-06-01", "--mode", "road")
    assert (ran.code, ran.out) == (0, "")
    with goal.open() as file:
        rows = {(row["from"], row["to"]): row for row in csv.DictReader(file)}
    assert len(rows) == 4
    assert float(rows["Baku", "Tbilisi"]["km"]) > 400
    assert float(rows["Baku", "Baku"]["km"]) == 0


def test_compare(run: Callable[..., Any], tmp_path: Path) -> None:
    question = tmp_path / "q.yaml"
    question.write_text("kind: route\nfrom: Shanghai\nto: Rotterdam\nmodes: [sea, road]\nn: 1\non: 2023-06-01\n")
    ran = run("compare", "--scenario", "suez-closed", "--question", str(question), "--json", "--html",
              str(tmp_path / "c.html"))  # fmt: skip
    assert ran.code == 0
    answer = json.loads(ran.out)
    outcomes = {row["name"]: row["outcome"] for row in answer["changes"]}
    assert outcomes["generalised_usd"] == "loses"
    assert answer["world"]["id"] != answer["changed"]["id"]
    page = (tmp_path / "c.html").read_text(encoding="utf-8")
    assert checks.unsourced(page) == ()
    assert checks.loads(page) == ()


def test_the_network_is_written_with_the_links_of_scenarios(run: Callable[..., Any], tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.write_text("name: l\nevents:\n  - kind: build\n    link: {id: mine, mode: road, from: Baku, to: Tbilisi, "
                    "crossings: AZE-GEO-boyuk-kesik}\n")  # fmt: skip
    ran = run("world", "network", str(tmp_path / "out"), "--scenario", str(link), "--json")
    assert ran.code == 0
    nodes, links = (Path(one) for one in json.loads(ran.out))
    with nodes.open() as file:
        known = {row["node_id"] for row in csv.DictReader(file)}
    with links.open() as file:
        mine = [row for row in csv.DictReader(file) if row["ref_id"] == "mine"]
    assert mine
    assert {row["from_node_id"] for row in mine} <= known


def test_cargo_stuck_at_a_shut_border_finds_its_ways_out(run: Callable[..., Any], tmp_path: Path) -> None:
    shut = tmp_path / "astara.yaml"
    shut.write_text("name: astara shut\nevents:\n  - kind: close\n"
                    "    subject: [crossing:AZE-IRN-astara-road, crossing:AZE-IRN-astara-rail]\n")  # fmt: skip
    words = ("route", "Tehran", "Moscow", "--at", "Astara, IRN", "--on", "2025-06-01", "-n", "3")
    answer = json.loads(run(*words, "--scenario", str(shut), "--json").out)
    crossed = {row["id"] for route in answer["routes"] for row in route["crossings"]}
    assert len(answer["routes"]) >= 2
    assert not crossed & {"AZE-IRN-astara-road", "AZE-IRN-astara-rail"}
    for route in answer["routes"]:
        assert "new papers" in str(route["legs"][0]["note"])
        assert route["legs"][0]["usd"] > 0


def test_world_diff(run: Callable[..., Any]) -> None:
    ran = run("world", "diff", "--on", "2023-06-01", "--scenario", "suez-closed", "--json")
    rows = json.loads(ran.out)["rows"]
    assert [(row["subject"], row["after"]) for row in rows] == [("suez", "closed")]
    assert run("scenario", "diff", "suez-closed", "--on", "2023-06-01").code == 0
    assert run("world", "diff", "--on", "2023-06-01", "--with", "2023-06-01").code == 1
