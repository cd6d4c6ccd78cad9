"""The forecast of a response: laws of probabilities, against sums by hand, against what was not yet known."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.facts import load
from landbridge.politics.forecast import THREATS, forecast
from landbridge.politics.record import RESPONSES, cases
from landbridge.world import World

FACTS = load()
KNOWN = cases(World.at("2026-06-01"))
MODEL = next(one for one in KNOWN if one.counted)
FEW = settings(max_examples=25, deadline=None)


def case(number, group, threat, response):
    return replace(MODEL, id=f"case-{number}", group=group, threat=threat, response=response, counted=True,
                   comparison=False)  # fmt: skip


CASES = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from(THREATS), st.sampled_from(RESPONSES)), max_size=12
).map(lambda rows: [case(n, *row) for n, row in enumerate(rows)])


def by(told):
    return {(one.threat, one.response): one for one in told}


@FEW
@given(CASES, st.sampled_from(["a", "d", None]))
def test_laws_of_probabilities(known, group):
    told, score = forecast(FACTS, known, group)
    assert len(told) == len(THREATS) * len(RESPONSES)
    for one in told:
        assert 0 <= one.low <= one.p <= one.high <= 1
        assert 0 <= one.n <= one.n_body <= len(known)
        assert one.n_effective <= len(known) + 1e-9
    for threat in THREATS:
        assert sum(one.p for one in told if one.threat == threat) == pytest.approx(1)
    if score.brier is not None:
        assert 0 <= score.brier <= 2
        assert 0 <= score.brier_base <= 2


@FEW
@given(CASES, st.randoms(use_true_random=False))
def test_the_order_of_cases_does_not_matter(known, order):
    shuffled = list(known)
    order.shuffle(shuffled)
    first, second = forecast(FACTS, known, "a"), forecast(FACTS, shuffled, "a")
    assert [one.p for one in first[0]] == pytest.approx([one.p for one in second[0]], abs=1e-9)
    assert first[1].brier == (None if second[1].brier is None else pytest.approx(second[1].brier, abs=1e-9))


@FEW
@given(CASES, st.sampled_from(THREATS))
def test_one_more_deployment_makes_another_likelier(known, threat):
    """With the weights held: they are found anew from the cases, so a single weight stands for the grid."""
    rows = [{"id": row["id"], "remove": True} for row in FACTS.table("politics_parameters").rows
            if row["id"].startswith("pooling-weight-") and row["id"] != "pooling-weight-025"]  # fmt: skip
    fixed = FACTS.with_rows("politics_parameters", rows)
    before, _ = forecast(fixed, known, "a")
    after, _ = forecast(fixed, [*known, case(99, "a", threat, "deployed")], "a")
    assert by(after)[threat, "deployed"].p > by(before)[threat, "deployed"].p


def test_without_cases_all_is_open():
    told, score = forecast(FACTS, [], "a")
    assert all(one.p == pytest.approx(1 / 3) and not one.tells for one in told)
    assert score.brier is None


def test_the_posterior_is_the_mean_over_the_grid_by_hand():
    """Two bodies, one threat each; one weight for all strangers: points are prior + own cases + weight x strangers."""
    keep = {"pooling-weight-050"}
    rows = [{"id": row["id"], "remove": True} for row in FACTS.table("politics_parameters").rows
            if row["id"].startswith("pooling-weight-") and row["id"] not in keep]  # fmt: skip
    known = [case(1, "a", "state", "deployed"), case(2, "a", "state", "declined"), case(3, "b", "state", "deployed")]
    told, score = forecast(FACTS.with_rows("politics_parameters", rows), known, "a")
    points = np.array([0.5 + 1 + 0.5, 0.5, 0.5 + 1])
    expected = points / points.sum()
    assert [by(told)["state", one].p for one in RESPONSES] == pytest.approx(list(expected))
    from scipy.stats import beta

    deployed = by(told)["state", "deployed"]
    ends = beta(points[0], points[1:].sum()).ppf([0.1, 0.9])
    assert [deployed.low, deployed.high] == pytest.approx(list(ends), abs=1e-9)
    assert score.weights == (0.5, 0.5, 0.5)


def test_the_base_rate_is_that_of_the_other_cases():
    known = [case(n, "a", "state", "deployed") for n in range(3)] + [case(9, "b", "state", "declined")]
    _, score = forecast(FACTS, known, "a")
    misses = []
    for left in known:
        rest = [one for one in known if one is not left]
        share = np.array([0.5 + sum(one.response == word for one in rest) for word in RESPONSES]) / (len(rest) + 1.5)
        seen = np.array([left.response == word for word in RESPONSES])
        misses.append(((share - seen) ** 2).sum())
    assert score.brier_base == pytest.approx(np.mean(misses))


def test_what_came_later_is_not_known():
    before = forecast(FACTS, cases(World.at("2022-01-05")), "csto")
    after = forecast(FACTS, cases(World.at("2022-01-06")), "csto")
    assert before[1].n + 1 == after[1].n
    key = ("internal unrest", "deployed")
    assert by(before[0])[key].p < by(after[0])[key].p
    assert by(before[0])[key].n == 1


def test_bodies_kept_for_comparison_teach_nothing():
    alone = [one for one in KNOWN if not one.comparison]
    assert forecast(FACTS, KNOWN, "csto") == forecast(FACTS, alone, "csto")


def test_it_says_where_the_data_cannot_tell():
    csto, nato, none = (by(forecast(FACTS, KNOWN, group)[0]) for group in ("csto", "nato", None))
    assert csto["state", "deployed"].tells
    assert not nato["internal unrest", "deployed"].tells
    assert nato["internal unrest", "deployed"].n == 0
    assert not any(one.tells for one in none.values())


def test_a_body_that_always_came_is_expected_to_come():
    known = [case(n, "a", random.Random(n).choice(THREATS), "deployed") for n in range(12)]
    known += [case(50 + n, "b", random.Random(n).choice(THREATS), "declined") for n in range(12)]
    told, score = forecast(FACTS, known, "a")
    assert all(one.p > 0.8 for one in told if one.response == "deployed")
    assert score.skill > 0.5
