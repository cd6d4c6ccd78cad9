"""Where gas came from by year: balances add up, nothing is counted twice, what is untold is not told as a rest."""

import pytest

import landbridge as lb
from landbridge.energy.supplied import supply
from landbridge.studies import ask
from landbridge.world import World


@pytest.fixture(scope="module")
def world():
    return World.at("2026-06-01")


@pytest.fixture(scope="module")
def europe(world):
    return supply(world, ("EU",), first=2021, last=2022)


def whole(answer):
    return [one for one in answer.years if one.rest_bcm is not None]


@pytest.mark.parametrize("names", [("EU",), ("TUR",), ("RUS",), ("DEU", "FRA"), ("NOR",)])
def test_each_year_adds_up(world, names):
    for year in whole(supply(world, names)):
        comes = sum(one.bcm for one in year.imports) + (year.production_bcm or 0.0) + (year.stock_draw_bcm or 0.0)
        goes = year.consumption_bcm + sum(one.bcm for one in year.exports)
        assert comes + year.rest_bcm == pytest.approx(goes)


def test_changes_add_up_to_nothing_and_losses_are_made_up(europe):
    assert sum(one.delta for one in europe.changes) == pytest.approx(0.0, abs=1e-9)
    assert sum(one.share for one in europe.changes if one.delta < 0) == pytest.approx(-1.0)
    assert sum(one.share for one in europe.changes if one.delta > 0) == pytest.approx(1.0)


def test_the_year_2022_of_the_union_beside_what_was_published(europe):
    change = {one.item: one.delta for one in europe.changes}
    # The agency told of 140 bcm by pipe before and about 60 after, 50 more as LNG, 50 less asked for.
    assert -90 < change["pipeline:RUS"] < -60
    assert 40 < change["lng"] < 60
    assert 40 < change["demand"] < 60
    assert change["stores"] < -40
    assert min(change, key=change.__getitem__) == "pipeline:RUS"


def test_a_sum_is_not_counted_beside_its_parts(europe):
    for year in europe.years:
        pipes = [one for one in year.imports if one.route == "pipeline"]
        assert len({one.partner for one in pipes}) == len(pipes)
        assert all(one.partner not in europe.areas for one in year.imports)
        assert abs(year.rest_bcm) < 0.1 * year.consumption_bcm


def test_gas_that_may_be_their_own_sold_on_is_left_out_and_told(europe):
    assert any(code.startswith("unnamed:2022:") for code in europe.remarks)
    assert not [one for year in europe.years for one in year.imports if one.partner.startswith(("OTHER", "REST"))]


def test_one_seller_is_no_whole(world):
    (year,) = supply(world, ("TUR",), first=2008, last=2008).years
    assert [one.basis for one in year.imports] == ["sales"]
    assert year.rest_bcm is None


def test_a_total_tells_the_others(world):
    (year,) = supply(world, ("TUR",), first=2017, last=2017).years
    assert {one.partner: round(one.bcm, 1) for one in year.imports if one.route == "pipeline"} == {
        "RUS": 27.5,
        "OTHER": 15.1,
    }


def test_flows_by_neighbour_stand_beside(world):
    (year,) = supply(world, ("TUR",), first=2018, last=2018).years
    flows = {(one.partner, one.out): one.bcm for one in year.flows}
    assert flows["BGR", False] > 10 > flows["IRN", False] > 5
    assert flows["GRC", True] < 1


def test_years_that_are_not_over_are_not_told():
    years = supply(World.at("2020-06-01"), ("TUR",)).years
    assert max(one.year for one in years) == 2019


def test_every_row_is_evidence_and_plain_data_keep_the_answer(world, europe):
    rows = {(item.table, item.id) for item in europe.evidence}
    assert {row for year in europe.years for row in year.rows} <= rows
    again = ask(world, europe.to_dict()["question"])
    assert again.to_dict() == europe.to_dict()
    assert set(europe.to_frame().columns) == {"year", "item", "partner", "route", "basis", "months", "bcm"}


def test_bad_names_and_years_are_refused(world):
    with pytest.raises(lb.InputError, match="no bloc, format, record or area 'TURX'"):
        ask(world, {"kind": "supply", "areas": ["TURX"]})
    with pytest.raises(lb.InputError, match="2018 is before 2020"):
        ask(world, {"kind": "supply", "areas": ["TUR"], "first": 2020, "last": 2018})
    with pytest.raises(lb.InputError, match="needs an area"):
        ask(world, {"kind": "supply"})


def test_nothing_told_is_a_no(world):
    answer = supply(world, ("TUR",), first=1990, last=1991)
    assert not answer.answered
    assert answer.remarks == ("nothing-told",)
