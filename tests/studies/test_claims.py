"""Headlines on ways held against the ways of a day."""

import pytest

import landbridge as lb
from landbridge.report.claims import held
from landbridge.studies import ask
from landbridge.studies.claims import claims, verdict
from landbridge.world import World


@pytest.fixture(scope="module")
def instc():
    return claims(World.at("2023-06-01"), "instc")


def test_the_change_is_that_of_the_two_ways(instc):
    world = World.at("2023-06-01")
    one = next(row for row in instc.claims if row.id == "instc-shorter-2018")
    way, against = (lb.route(world, "Mumbai", "Moscow", via=(via,), n=1).routes[0] for via in ("Bandar Abbas", "suez"))
    assert (one.way, one.against) == (way.km, against.km)
    assert one.percent == pytest.approx(100 * (way.km / against.km - 1))
    assert one.low == one.percent == one.high


def test_every_claim_has_a_verdict_by_its_numbers(instc):
    assert len(instc.claims) == 4
    for one in instc.claims:
        assert one.low <= one.percent <= one.high
        assert one.verdict == verdict(one.claimed_pct, one.percent, one.low, one.high)


def test_claims_of_the_same_words_are_told_apart_by_their_places(instc):
    alike = [row for row in instc.claims if row.claim == "30 % cheaper than by Suez"]
    assert [(row.origin, row.destination) for row in alike] == [("Mumbai", "Moscow"), ("Mumbai", "St Petersburg")]
    shown = held(instc.to_dict())
    assert list(shown.columns[1].cells)[:2] == ["Mumbai – Moscow", "Mumbai – St Petersburg"]


def test_a_shut_way_is_told(instc):
    told = claims(World.at("2023-06-01").apply("suez-closed"), "instc-cheaper-2018").claims[0]
    assert told.verdict == "no way"
    assert told.why
    assert told.percent is None


@pytest.mark.parametrize(
    ("claimed", "out", "said"),
    [
        (-30.0, (-26.0, -40.0, -10.0), "holds"),
        (-30.0, (-24.0, -28.0, -20.0), "too strong"),
        (-30.0, (5.0, -35.0, 40.0), "cannot tell"),
        (-30.0, (5.0, -3.0, 40.0), "the other way round"),
        (20.0, (16.0, 10.0, 30.0), "holds"),
        (20.0, (4.0, 2.0, 6.0), "too strong"),
        (20.0, (-4.0, -8.0, -1.0), "the other way round"),
    ],
)
def test_verdicts(claimed, out, said):
    assert verdict(claimed, *out) == said


def test_plain_data_and_names(instc):
    world = World.at("2023-06-01")
    assert ask(world, instc.to_dict()["question"]).to_dict() == instc.to_dict()
    with pytest.raises(lb.InputError, match="no claim is about 'instk'"):
        ask(world, {"kind": "claims", "about": "instk"})
    rows = {(item.table, item.id) for item in instc.evidence}
    assert {("claims", one.id) for one in instc.claims} <= rows
