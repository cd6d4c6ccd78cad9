"""The volume at which what a scenario builds pays."""

import io

import pytest
from rich.console import Console

import landbridge as lb
from landbridge.files import Where
from landbridge.report import terminal
from landbridge.studies import ask, compare
from landbridge.studies.worth import Capital, worth
from landbridge.world import World

ASKED = {"kind": "route", "from": "Tabriz", "to": "Tbilisi", "modes": ["rail"], "n": 1, "teu": 2}


@pytest.fixture(scope="module")
def built():
    capital = Capital(66.5, 30.0, 5.0)
    return compare(World.at("2025-06-01"), "jolfa-yerevan-rebuilt", ASKED, capital=capital)


def test_at_that_volume_both_worlds_cost_the_same(built):
    assert {one.saved for one in built.worth} == {"usd", "generalised_usd"}
    for one in built.worth:
        assert one.usd_a_shipment > 0
        assert one.shipments_a_year * one.usd_a_shipment == pytest.approx(one.usd_a_year)
        assert one.teu_a_year == pytest.approx(2 * one.shipments_a_year)


def test_the_saving_is_that_of_the_comparison(built):
    change = {one.name: one.delta for one in built.changes}
    for one in built.worth:
        assert one.usd_a_shipment == pytest.approx(-change[one.saved])


def test_a_dearer_work_needs_more_and_so_does_higher_interest(built):
    def volume(*capital):
        return worth(Capital(*capital), built.changes, 2.0)[0].teu_a_year

    assert volume(100.0, 30.0, 5.0) < volume(200.0, 30.0, 5.0)
    assert volume(100.0, 30.0, 2.0) < volume(100.0, 30.0, 5.0)
    assert volume(100.0, 30.0, 5.0) < volume(100.0, 15.0, 5.0)


def test_what_saves_nothing_never_pays():
    answer = compare(World.at("2025-06-01"), "suez-closed", ASKED, capital=Capital(10.0))
    assert all(one.teu_a_year is None for one in answer.worth)
    assert "worth" in answer.to_dict()


def test_the_question_comes_back_from_plain_data(built):
    again = ask(World.at("2025-06-01"), built.to_dict()["question"])
    assert again.to_dict()["worth"] == built.to_dict()["worth"]


def test_without_capital_nothing_is_told():
    answer = compare(World.at("2025-06-01"), "suez-closed", ASKED)
    assert answer.worth == ()
    assert "worth" not in answer.to_dict()
    assert "capital" not in answer.to_dict()["question"]


def test_words(built):
    stream = io.StringIO()
    Console(width=160, file=stream).print(terminal.compare(built.to_dict()))
    assert "it pays from" in stream.getvalue()


@pytest.mark.parametrize("bad", [{"musd": 0}, {"musd": "x"}, {"musd": 1, "years": 900}, {"musd": 1, "rate_pct": -1},
                                 {"musd": 1, "rate": 5}, {}])  # fmt: skip
def test_capital_that_makes_no_sense_is_refused(bad):
    with pytest.raises(lb.InputError):
        Capital.from_dict(bad, Where())


def test_the_railway_by_julfa_needs_both_sides():
    world = World.at("2025-06-01")
    before = lb.route(world, "Tabriz", "Tbilisi", modes=("rail",), n=1).routes[0]
    after = lb.route(world.apply("jolfa-yerevan-rebuilt"), "Tabriz", "Tbilisi", modes=("rail",), n=1).routes[0]
    assert "AZE" in after.areas
    assert "ARM" in after.areas
    assert after.km < before.km
    assert after.usd < before.usd
