"""Where states stand between poles: parts, balance, what is left out."""

from dataclasses import replace

import pytest

from landbridge.facts import load
from landbridge.politics.alignment import UNITS, aligned, alignment, balance, ground, poles
from landbridge.politics.alignment_years import alignment_years
from landbridge.politics.obligations import duties
from landbridge.politics.texts import NOT_BINDING
from landbridge.politics.votes import last_seen
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
    found = parts(area, day)
    others = [name for name, areas in poles(World.at(day)).items() if area not in areas]
    assert list(found) == [name for name in UNITS if name != "transit"]
    for one in found.values():
        assert all(value >= 0 for value in one.values.values())
        assert set(one.values) <= set(others)
        assert all(value > 0 for value in one.frozen.values())
        assert (one.missing is None) == bool(one.values)
        if one.name == "measures" or not any(one.values.values()):
            assert one.balance is None
        else:
            assert 1 / len(others) - 1e-9 <= one.balance <= 1 + 1e-9
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
    assert (before["memberships"].frozen, after["memberships"].frozen) == ({"russia": 1.0}, {})
    assert after["obligations"].values["russia"] == before["obligations"].values["russia"] > 0
    assert (before["obligations"].frozen, after["obligations"].frozen) == ({"russia": 4.0}, {})
    early = parts("ARM", "2021-06-01")
    left = parts("ARM", "2021-06-01", {"kind": "leave", "bloc": "csto", "areas": "ARM"})
    assert left["obligations"].values["russia"] < early["obligations"].values["russia"]


@pytest.mark.parametrize("area", ["ARM", "KAZ", "RUS"])
def test_what_is_frozen_stands_apart_and_in_no_share(area):
    """A freeze by scenario takes as much from the counts as it adds beside them, on both sides of a bond."""
    freeze = {"kind": "freeze", "bloc": "csto", "areas": area}
    for one in ("ARM", "KAZ", "RUS"):
        before, after = parts(one, "2022-05-16"), parts(one, "2022-05-16", freeze)
        for name in ("memberships", "obligations"):
            for pole, n in before[name].values.items():
                assert after[name].values[pole] + after[name].frozen.get(pole, 0.0) == n
            assert not before[name].frozen
    assert parts("ARM", "2022-05-16", {**freeze, "areas": "RUS"})["memberships"].frozen == {"russia": 1.0}


@pytest.mark.parametrize("area", ["ARM", "KAZ", "TUR", "SRB", "DEU", "CHN"])
def test_trade_by_pole_adds_up_to_all_trade(area):
    one = parts(area, "2022-05-16")["trade"]
    assert sum(one.values.values()) + one.outside + one.untold == pytest.approx(1.0, abs=1e-9)
    rows = {row["partner"]: row for row in FACTS.table("area_trade").where(area=area) if row["year"] == one.year}
    total = rows[None]["exports_musd"] + rows[None]["imports_musd"]
    if "china" in one.values:
        assert one.values["china"] == pytest.approx((rows["CHN"]["exports_musd"] + rows["CHN"]["imports_musd"]) / total)
    assert ("india" in one.values) == ("IND" in rows)


def test_trade_before_the_first_year_of_the_table_cannot_be_told():
    one = parts("ARM", "2010-06-01")["trade"]
    assert (dict(one.values), one.balance, one.missing) == ({}, None, "no-trade-year:2015-2020")
    assert parts("X_ABK", "2022-05-16")["trade"].missing == "no-trade"


def test_years_hold_what_their_last_day_and_their_own_data_say():
    world = World.at("2026-06-01")
    years = alignment_years(world, ("ARM", "RUS"))["ARM"]
    assert [one.year for one in years] == list(range(1991, 2027))
    assert [str(one.on) for one in years[-2:]] == ["2025-12-31", "2026-06-01"]
    for one in years:
        told = {part.name: part for part in one.parts}
        day = parts("ARM", str(one.on))
        for name in ("memberships", "obligations", "ties", "measures"):
            assert told[name] == day[name], (one.year, name)
        for name in ("votes", "trade", "gas"):
            assert told[name].missing or told[name].year == one.year
    by_year = {one.year: {part.name: part for part in one.parts} for one in years}
    assert by_year[2019]["votes"].values == parts("ARM", "2022-05-16")["votes"].values
    assert by_year[2020]["trade"].values == parts("ARM", "2022-05-16")["trade"].values
    assert (by_year[2021]["trade"].missing, by_year[2020]["votes"].missing) == (
        "no-trade-year:2015-2020",
        "no-votes-year:2000-2019",
    )
    before, after = (by_year[year]["obligations"] for year in (2023, 2024))
    assert (before.values["russia"], before.frozen) == (7.0, {})
    assert (after.values["russia"], after.frozen) == (3.0, {"russia": 4.0})


def test_years_know_no_later_year_than_the_question_and_no_scenario_but_on_its_day():
    leave = Scenario(name="x", events=(Event.model_validate({"kind": "leave", "bloc": "csto", "areas": "ARM"}),))
    world = World.at("2022-05-16")
    plain, changed = (alignment_years(one, ("ARM",))["ARM"] for one in (world, world.apply(leave)))
    assert plain[:-1] == changed[:-1]
    assert plain[-1] != changed[-1]
    seen = last_seen(world)
    assert all(part.missing or part.year is None or part.year <= seen for one in plain for part in one.parts)
    early = alignment_years(World.at("2022-05-16", known_on="2015-06-01"), ("ARM",))["ARM"]
    assert all(part.missing or part.year is None or part.year <= 2014 for one in early for part in one.parts)


def test_gas_is_told_only_where_most_of_it_is_known():
    turkey = parts("TUR", "2022-05-16")["gas"]
    assert turkey.year == 2020
    assert turkey.values["russia"] > turkey.values["iran"] > 0
    assert parts("ARM", "2022-05-16")["gas"].missing == "no-gas-origins"
    assert parts("RUS", "2022-05-16")["gas"].missing == "no-gas-needed"
    assert parts("X_ABK", "2022-05-16")["gas"].missing == "no-gas"


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


def test_duties_of_texts_that_are_not_in_force_count_nowhere():
    """Marking every text of a day as not in force leaves no duty to count."""
    world = World.at("2022-05-16")
    told = duties(world)
    unbound = [replace(one, state=next(iter(NOT_BINDING))) for one in told]
    plain, none = (aligned(ground(world, some), "ARM")[2] for some in (told, unbound))
    assert (plain.name, plain.values["russia"]) == ("obligations", 7.0)
    assert (set(none.values.values()), none.frozen, none.balance) == ({0.0}, {}, None)
