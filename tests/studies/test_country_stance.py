"""Transit by pole: shares of trade in boxes whose best way crosses areas of each pole."""

from dataclasses import replace

import pytest

import landbridge as lb
from landbridge.politics.alignment import UNITS, other_poles
from landbridge.studies.country.question import CountryQuestion
from landbridge.studies.country.stance import passed, years_with_ways
from landbridge.studies.country.trade import trade
from landbridge.world import World
from tests.profiles import full, quick


@pytest.fixture(scope="module")
def armenia():
    return quick("ARM", "2022-05-16", 4)


def transit(answer):
    return next(one for one in answer.alignment if one.name == "transit")


def test_every_part_is_told_once_in_order_or_says_why_not(armenia):
    for answer in (armenia, quick("X_PMR", "2022-05-16"), quick("ISL", "2022-05-16")):
        assert [one.name for one in answer.alignment] == list(UNITS)
        assert all(bool(one.values) == (one.missing is None) for one in answer.alignment)


def test_transit_is_that_of_the_routes_of_the_profile(armenia):
    one = transit(armenia)
    by_area = {row.id: row.box_share for row in armenia.dependence.transit.areas}
    for pole in ("russia", "iran", "turkey", "china", "india"):
        alone = {"russia": "RUS", "iran": "IRN", "turkey": "TUR", "china": "CHN", "india": "IND"}[pole]
        assert one.values[pole] == pytest.approx(by_area.get(alone, 0.0))
    assert one.year == armenia.dependence.trade.year
    assert one.outside is not None
    assert 0 <= one.outside <= 1


def test_the_ends_of_a_way_are_no_transit_and_a_way_across_two_poles_counts_for_both():
    world, routes = World.at("2022-05-16"), full().access.partners
    first, second = (
        replace(routes[0], to_area="DEU", areas=("ARM", "GEO", "RUS", "DEU"), box_share=0.3),
        replace(routes[0], to_area="CHN", areas=("ARM", "IRN", "TUR", "POL", "CHN"), box_share=0.1),
    )
    one = passed(world, "ARM", (first, second), 2020)
    assert {name: round(value, 6) for name, value in one.values.items()} == {
        "russia": 0.75, "iran": 0.25, "turkey": 0.25, "west": 0.25, "china": 0.0, "india": 0.0}  # fmt: skip
    assert (one.outside, one.year) == (0.0, 2020)
    through_georgia = replace(first, to_area="RUS", areas=("ARM", "GEO", "RUS"))
    one = passed(world, "ARM", (through_georgia,), 2020)
    assert (set(one.values.values()), one.outside, one.balance) == ({0.0}, 1.0, None)
    assert set(passed(world, "RUS", (second,), 2020).values) == set(other_poles(world, "RUS"))


def test_without_ways_or_weights_it_cannot_be_told():
    world, route = World.at("2022-05-16"), full().access.partners[0]
    assert passed(world, "ARM", (), 2020).missing == "no-ways"
    assert passed(world, "ARM", (replace(route, hours=None),), 2020).missing == "no-ways"
    assert passed(world, "ARM", (route, replace(route, box_share=None)), 2020).missing == "no-weights"
    assert passed(world, "ARM", (replace(route, box_share=0.0),), 2020).missing == "no-weights"
    assert transit(quick("X_PMR", "2022-05-16")).missing == "no-weights"


def test_the_json_tells_the_years_with_the_day_of_each(armenia):
    data = armenia.to_dict()
    assert [row["year"] for row in data["alignment_years"]] == list(range(1991, 2023))
    assert data["alignment_years"][-1]["on"] == "2022-05-16"
    last = {one["part"]: one for one in data["alignment_years"][-1]["parts"]}
    today = {one["part"]: one for one in data["alignment"]}
    for name in ("memberships", "obligations", "transit", "ties", "measures"):
        assert last[name] == today[name]
    assert {"part", "unit", "values", "balance", "year", "outside", "frozen", "untold", "missing"} <= set(last["ties"])


def test_transit_is_told_for_every_year_from_the_first_with_trade():
    years = {one.year: {part.name: part for part in one.parts} for one in full().alignment_years}
    assert all(list(parts) == list(UNITS) for parts in years.values())
    told = {year: parts["transit"] for year, parts in years.items()}
    assert {one.missing for year, one in told.items() if year < 2015} == {"no-trade-year:2015-2020"}
    for year in range(2015, 2022):
        assert told[year].year == min(year, 2020)
        assert told[year].outside is not None
        # Nothing to the first two partners crosses Türkiye, but for boxes to Germany that change ships at its ports.
        to_germany = "DEU" in {one.area for one in trade(World.at("2022-05-16"), "ARM", last=year).partners[:2]}
        assert told[year].values["turkey"] == 0.0 or to_germany
        assert years[year]["trade"].missing == (None if year <= 2020 else "no-trade-year:2015-2020")
    assert told[2022] == transit(full())
    # both ways from Yerevan to Moscow and to Shanghai are its own of each day
    assert len({tuple(one.values.items()) for one in told.values() if one.values}) > 1


def test_a_year_is_told_as_a_profile_of_its_last_day_would():
    year = {one.year: one for one in full().alignment_years}[2019]
    routes = lb.country(World.at("2019-12-31"), "ARM", partners=4, quick=True).access.partners
    ways = {one.to_area: frozenset(one.areas) for one in routes}
    weights = {one.area: one.box_share for one in trade(World.at("2019-12-31"), "ARM", last=2019).partners[:2]}
    assert set(weights) <= set(ways)
    through = sum(weights[area] for area in weights if "RUS" in ways[area] - {area})
    part = next(one for one in year.parts if one.name == "transit")
    assert part.values["russia"] == pytest.approx(through / sum(weights.values()))


def test_a_quick_profile_says_that_it_left_the_years_out(armenia):
    told = {one.year: next(part for part in one.parts if part.name == "transit") for one in armenia.alignment_years}
    assert {one.missing for year, one in told.items() if year < 2022} == {"quick"}
    assert told[2022] == transit(armenia)
    steps = []
    lb.country(
        World.at("2018-05-16"), "ISL", partners=1, quick=True, progress=lambda done, of: steps.append((done, of))
    )
    assert steps[-1][0] == steps[-1][1]


def test_the_progress_of_a_full_profile_counts_the_years():
    question = CountryQuestion("ARM")
    assert years_with_ways(World.at("2022-05-16"), "ARM", question) == tuple(range(2015, 2022))
    assert years_with_ways(World.at("2015-05-16"), "ARM", question) == ()
    assert years_with_ways(World.at("2022-05-16"), "X_ABK", question) == ()
