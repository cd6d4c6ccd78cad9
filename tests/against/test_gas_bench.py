"""The tables of the gas bench: every row is put or says why not, has a source, and names what is known."""

from __future__ import annotations

from datetime import date

import pytest

from bench import gas, gas_flows
from bench.gas import Shortfall
from bench.rows import DATA, read, split
from landbridge.facts import load
from landbridge.world.library import list_scenarios

TABLES = ("gas_cuts", "gas_cuts_further")
FACTS = load()
AREAS = {row["area"] for row in FACTS.table("gas_zones").rows} | {"EU", "EUROPE"}
POINTS = {row["point"] for row in FACTS.table("gas_points").rows}


@pytest.mark.parametrize("table", TABLES)
def test_every_row_is_put_or_says_why_not(table: str) -> None:
    rows, questions = read(table), read(f"{table}_questions")
    assert [row["id"] for row in rows] == [one["row"] for one in questions]
    for row, one in zip(rows, questions, strict=True):
        assert row["source"]
        assert row["url"]
        assert float(row["low"]) <= float(row["value"]) <= float(row["high"])
        if one["posed"] == "yes":
            assert date.fromisoformat(one["from"]) <= date.fromisoformat(one["to"])
            assert one["sharing"] in gas.ORDER
            assert one["measure"]
            for name in split(one["scenarios"]):
                assert name in list_scenarios() or (DATA / f"{name}.yaml").exists()
        else:
            assert one["note"]


def test_orderings_compare_the_same_thing_and_name_known_areas() -> None:
    for row in read("gas_orderings"):
        words = [row[side].partition(":") for side in ("more", "less")]
        assert words[0][0] == words[1][0]
        for _, _, rest in words:
            assert rest.partition(":")[0].partition("@")[0] in AREAS
            assert rest.rpartition(":")[2] in gas.ORDER
        assert row["source"]


def test_the_list_of_january_2009() -> None:
    rows = read("gas_2009")
    assert len({row["area"] for row in rows}) == len(rows)
    assert {row["state"] for row in rows} == {"short", "between", "not-short"}
    assert {row["area"] for row in rows} <= AREAS
    assert all(row["source"] and row["url"] for row in rows)


def test_flows_name_borders_or_points_that_exist() -> None:
    for row in read("gas_flows"):
        assert int(row["months"]) in gas_flows.LAST_DAYS
        assert float(row["bcm"]) >= 0
        assert row["source"]
        for key in row["border"].split("+"):
            name = key.removeprefix("point:")
            assert name in POINTS if key.startswith("point:") else set(name.split(">")) <= AREAS


def test_the_year_before_is_a_sum_only_of_parts_that_are_all_known() -> None:
    known = {("A>B", 2020): 3.0, ("C>D", 2020): 2.0}
    assert gas_flows.before(known, "A>B+C>D", 2020) == 5.0
    assert gas_flows.before(known, "A>B+X>Y", 2020) is None


def test_scores_by_hand() -> None:
    row = {"low": "40", "high": "60", "value": "50", "unit": "%", "kind": "model"}
    some = [Shortfall(row, {}, 45.0, 70.0), Shortfall({**row, "value": "55"}, {}, None, 10.0)]
    assert gas.score(some)[:3] == ["1 of 2 (50 %)", "1 of 2 (50 %)", "5.0"]
    assert gas.score(some, simple=True)[:3] == ["2 of 2 (100 %)", "0 of 2 (0 %)", "32.5"]
