"""Camps by votes and ties: sums by hand, laws of silhouettes and modularity, answers that must come out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.facts import load
from landbridge.politics.answering import answer_alliance
from landbridge.politics.camps import by_votes, camps
from landbridge.politics.clustering import merged, modularity, silhouette
from landbridge.politics.obligations import duties
from landbridge.politics.question import AllianceQuestion
from landbridge.report import camps as told
from landbridge.world import World

FACTS = load()
FEW = settings(max_examples=40, deadline=None)
GRAPHS = st.integers(2, 9).flatmap(
    lambda n: st.lists(st.integers(0, 2), min_size=n * n, max_size=n * n).map(lambda some: _graph(n, some))
)


def _graph(n, some):
    half = np.triu(np.array(some, dtype=float).reshape(n, n), 1)
    return half + half.T


@pytest.fixture(scope="module")
def trilateral():
    world = World.at("2026-06-01")
    return camps(world, ["AZE", "PAK", "TUR", "X_NKR"], duties(world))


def test_the_three_do_not_vote_as_one_camp(trilateral):
    votes, _ = trilateral
    assert votes.tells
    assert votes.years == (2015, 2019)
    assert {(one.first, one.second): one.told for one in votes.pairs} == {
        ("AZE", "PAK"): "same", ("AZE", "TUR"): "apart", ("PAK", "TUR"): "apart"
    }  # fmt: skip
    assert votes.unknown == ("X_NKR",)
    assert max(votes.tried.values()) == votes.strength
    assert len(votes.camps) == max(votes.tried, key=votes.tried.get)


def test_every_state_is_in_one_camp(trilateral):
    for one in trilateral:
        areas = [area for camp in one.camps for area in camp.areas]
        assert len(areas) == len(set(areas)) > 50
        assert all(0 <= pair.share <= 1 for pair in one.pairs)


def test_ties_follow_votes_more_than_chance(trilateral):
    votes, ties = trilateral
    assert 0 < votes.ties_expected < votes.ties_within < 1
    assert ties.strength > 0


def test_a_pair_is_told_only_where_the_draws_agree(trilateral):
    for one in trilateral:
        for pair in one.pairs:
            sure = (pair.share if pair.same else 1 - pair.share) >= 0.9
            assert (pair.told != "cannot tell") == (sure and "no-structure" not in one.why)


def test_votes_after_the_day_do_not_count():
    world = World.at("2012-06-01")
    assert by_votes(world, ["AZE", "TUR"]).years == (2007, 2011)
    assert by_votes(World.at("1999-06-01"), ["AZE", "TUR"]) is None


def test_members_of_the_union_vote_in_one_camp():
    world = World.at("2019-06-01")
    found = by_votes(world, ["FRA", "DEU", "POL", "RUS"])
    assert {one.told for one in found.pairs if "RUS" not in (one.first, one.second)} == {"same"}
    assert {one.told for one in found.pairs if "RUS" in (one.first, one.second)} == {"apart"}


@FEW
@given(GRAPHS)
def test_merging_never_loses_modularity(weights):
    """Against every state alone and against all in one."""
    labels = merged(weights)
    found = modularity(weights, labels)
    n = len(weights)
    assert found >= modularity(weights, np.arange(n)) - 1e-9
    assert found >= modularity(weights, np.zeros(n, dtype=int)) - 1e-9
    assert found <= 1


@FEW
@given(GRAPHS, st.randoms(use_true_random=False))
def test_modularity_does_not_depend_on_the_order_of_states(weights, order):
    n = len(weights)
    places = list(range(n))
    order.shuffle(places)
    labels = merged(weights)
    assert modularity(weights[np.ix_(places, places)], labels[places]) == pytest.approx(modularity(weights, labels))


def by_hand(distance, labels):
    widths = []
    for i, own in enumerate(labels):
        mates = [j for j, other in enumerate(labels) if other == own and j != i]
        if not mates:
            widths.append(0.0)
            continue
        inner = sum(distance[i][j] for j in mates) / len(mates)
        outer = min(
            sum(distance[i][j] for j, other in enumerate(labels) if other == group) / list(labels).count(group)
            for group in set(labels) - {own}
        )
        widths.append((outer - inner) / max(outer, inner) if max(outer, inner) else 0.0)
    return sum(widths) / len(widths)


@FEW
@given(GRAPHS, st.randoms(use_true_random=False))
def test_silhouettes_are_those_summed_by_hand(distance, order):
    n = len(distance)
    labels = [0, 1, *(order.randrange(2) for _ in range(n - 2))]
    assert silhouette(distance, np.array(labels)) == pytest.approx(by_hand(distance, labels))


def test_camps_are_told_where_they_are_asked_for_alone():
    world = World.at("2026-06-01")
    plain = answer_alliance(world, AllianceQuestion("tur-aze-pak"))
    assert plain.camps is None
    assert list(told.lines(plain.to_dict()["camps"])) == []
    asked = answer_alliance(world, AllianceQuestion("tur-aze-pak", camps=True))
    text = " ".join(told.lines(asked.to_dict()["camps"]))
    assert "AZE - TUR: in two camps" in text
    assert {("vote_pairs", "AZE-PAK"), ("ties", "arms-pak-aze")} <= {(one.table, one.id) for one in asked.evidence}
    assert AllianceQuestion.from_dict(asked.question.to_dict()) == asked.question


def test_what_is_no_truth_value_is_refused():
    with pytest.raises(ValueError, match="neither true nor false"):
        AllianceQuestion.from_dict({"kind": "alliance", "bloc": "CSTO", "camps": "yes"})
