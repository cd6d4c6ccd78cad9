"""Where states stand between poles: parts, balance, what is left out."""

import pytest

from landbridge.facts import load
from landbridge.politics.alignment import alignment, balance, poles
from landbridge.world import World
from landbridge.world.events import Event
from landbridge.world.scenario import Scenario

FACTS = load()


def parts(area, day, *events):
    world = World.at(day)
    if events:
        world = world.apply(Scenario(name="x", events=tuple(Event.model_validate(one) for one in events)))
    return {one.name: one for one in alignment(world, area)}


@pytest.mark.parametrize("area", ["ARM", "AZE", "GEO", "KAZ", "TUR", "IRN", "SRB", "RUS", "USA"])
@pytest.mark.parametrize("day", ["2005-06-01", "2022-05-16", "2026-06-01"])
def test_balance_lies_between_all_with_one_and_even(area, day):
    for one in parts(area, day).values():
        assert all(value >= 0 for value in one.values.values())
        assert any(one.values.values())
        if one.name == "measures":
            assert one.balance is None
        else:
            assert 1 / len(one.values) - 1e-9 <= one.balance <= 1 + 1e-9
        assert one.year is None or one.year < int(day[:4])


def test_balance_of_even_and_of_one():
    assert balance({"a": 1.0, "b": 1.0, "c": 1.0}) == pytest.approx(1)
    assert balance({"a": 5.0, "b": 0.0, "c": 0.0}) == pytest.approx(1 / 3)
    assert balance({}) is None


def test_a_pole_is_not_told_of_its_own_areas():
    assert "russia" not in parts("RUS", "2022-05-16")["votes"].values
    assert "west" not in parts("FRA", "2022-05-16")["memberships"].values
    west = poles(World.at("2022-05-16"))["west"]
    assert {"USA", "GBR", "DEU", "CAN"} <= west
    assert "TUR" not in west


def test_armenia_is_bound_to_russia_and_buys_elsewhere_later():
    early, late = parts("ARM", "2021-06-01"), parts("ARM", "2025-06-01")
    assert early["obligations"].values["russia"] > 0 == early["obligations"].values["west"]
    assert late["ties"].balance > early["ties"].balance
    assert {name for name, value in late["ties"].values.items() if value} >= {"russia", "west", "india"}


def test_leaving_a_bloc_lowers_what_is_shared():
    before = parts("ARM", "2024-06-01")
    after = parts("ARM", "2024-06-01", {"kind": "leave", "bloc": "eaeu", "areas": "ARM"},
                  {"kind": "leave", "bloc": "csto", "areas": "ARM"})  # fmt: skip
    assert after["memberships"].values["russia"] == before["memberships"].values["russia"] - 1
    assert after["obligations"].values["russia"] < before["obligations"].values["russia"]


def test_gas_is_told_only_where_most_of_it_is_known():
    turkey = parts("TUR", "2022-05-16")["gas"]
    assert turkey.year == 2020
    assert turkey.values["russia"] > turkey.values["iran"] > 0
    assert "gas" not in parts("ARM", "2022-05-16")
    assert "gas" not in parts("RUS", "2022-05-16")


def test_a_called_off_exercise_is_no_tie():
    held = parts("KGZ", "2022-12-01")["ties"].values["russia"]
    row = FACTS.row("ties", "ex-csto-brotherhood-22")
    assert not row["held"]
    facts = FACTS.with_rows("ties", [{"id": row["id"], "held": True}])
    world = World.at("2022-12-01", facts)
    assert {one.name: one for one in alignment(world, "KGZ")}["ties"].values["russia"] == held + 1


def test_arms_told_in_several_rows_are_one_tie():
    rows = [
        row
        for row in FACTS.table("ties").rows
        if row["kind"] == "arms" and row["by_areas"] == ("RUS",) and "SRB" in row["with_areas"]
    ]
    others = [
        row
        for row in FACTS.table("ties").rows
        if row["kind"] in ("base", "concession", "exercise")
        and {"RUS", "SRB"} <= {*(row["by_areas"] or ()), *row["with_areas"]}
    ]
    assert len(rows) > 1
    assert not others
    assert parts("SRB", "2024-06-01")["ties"].values["russia"] == 1
