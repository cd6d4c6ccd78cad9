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
        assert one.n_effective >= 0
        assert 0 <= one.n_response <= one.n
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
@given(CASES, st.sampled_from(["a", "b", "d"]), st.sampled_from(THREATS), st.sampled_from(RESPONSES))
def test_one_more_response_makes_another_likelier(known, group, threat, response):
    """Whatever the cases teach anew of how much bodies and threats differ."""
    before, _ = forecast(FACTS, known, group)
    after, _ = forecast(FACTS, [*known, case(99, group, threat, response)], group)
    assert by(after)[threat, response].p > by(before)[threat, response].p


def test_without_cases_all_is_open():
    told, score = forecast(FACTS, [], "a")
    assert all(one.p == pytest.approx(1 / 3) and not one.tells for one in told)
    assert score.brier is None


def beta_function(points):
    from math import gamma, prod

    return prod(gamma(one) for one in points) / gamma(sum(points))


def test_the_posterior_is_the_sum_over_means_tightness_and_splits_by_hand(monkeypatch):
    """One tightness and three means: two bodies, one threat; probabilities and weights of splits by plain sums."""
    from landbridge.politics import mixture as module

    monkeypatch.setattr(module, "STEPS", 2)
    rows = [{"id": row["id"], "remove": True} for row in FACTS.table("politics_parameters").rows
            if row["id"].startswith("pooling-cases-") and row["id"] != "pooling-cases-020"]  # fmt: skip
    known = [case(1, "a", "state", "deployed"), case(2, "a", "state", "declined"), case(3, "b", "state", "deployed")]
    told, score = forecast(FACTS.with_rows("politics_parameters", rows), known, "a")
    means = np.array([[4, 1, 1], [1, 4, 1], [1, 1, 4]]) / 6
    prior, tight = 0.5, 2.0
    a, b = np.array([1.0, 0, 1]), np.array([1.0, 0, 0])
    start = np.prod(means ** (prior - 1), axis=1)
    start /= start.sum()

    def likely(points, counts):
        return beta_function(points + counts) / beta_function(points)

    whole = {  # the cells of each split, and what is asked of one
        "none": (np.array([likely(np.full(3, prior), a + b)]), [np.full(3, prior) + a + b]),
        "threat": (start * [likely(tight * m, a + b) for m in means], [tight * m + a + b for m in means]),
        "body": (start * [likely(tight * m, a) * likely(tight * m, b) for m in means], [tight * m + a for m in means]),
    }
    whole["body and threat"] = whole["body"]
    total = sum(weights.sum() for weights, _ in whole.values())
    p = sum(
        w * point / point.sum() for weights, points in whole.values() for w, point in zip(weights, points, strict=True)
    )
    assert [by(told)["state", one].p for one in RESPONSES] == pytest.approx(list(p / total))
    assert score.splits == pytest.approx({name: weights.sum() / total for name, (weights, _) in whole.items()})

    from scipy.stats import beta

    def below(x):
        return sum(w * beta(point[0], point[1:].sum()).cdf(x) for weights, points in whole.values()
                   for w, point in zip(weights, points, strict=True)) / total  # fmt: skip

    deployed = by(told)["state", "deployed"]
    assert [below(deployed.low), below(deployed.high)] == pytest.approx([0.1, 0.9], abs=1e-9)


def test_a_finer_grid_tells_the_same(monkeypatch):
    from landbridge.politics import mixture as module

    coarse, _ = forecast(FACTS, KNOWN, "csto")
    monkeypatch.setattr(module, "STEPS", 2 * module.STEPS)
    fine, _ = forecast(FACTS, KNOWN, "csto")
    assert max(abs(one.p - other.p) for one, other in zip(coarse, fine, strict=True)) <= 0.002


def test_where_bodies_differ_the_split_by_body_is_found():
    known = [case(n, "a", "state", "deployed") for n in range(8)]
    known += [case(50 + n, "b", "state", "declined") for n in range(8)]
    _, score = forecast(FACTS, known, "a")
    assert score.bodies_apart > 0.99
    assert sum(score.splits.values()) == pytest.approx(1)


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


@pytest.mark.parametrize("group", ["csto", "nato", "gcc", "rus-arm", None])
@pytest.mark.parametrize("day", ["2016-01-01", "2022-05-16", "2024-06-01", "2026-06-01"])
def test_it_says_where_the_data_cannot_tell_and_why(day, group):
    """The rule as the parameters state it, computed here from what is told."""
    known = cases(World.at(day))
    told, score = forecast(FACTS, known, group)
    row = {row["id"]: row["value"] for row in FACTS.table("politics_parameters").rows}
    used = [one for one in known if one.counted and not one.comparison]
    for one in told:
        own = [case for case in used if case.group == group and case.threat == one.threat]
        assert (one.n, one.n_response) == (len(own), sum(case.response == one.response for case in own))
        expected = set()
        if len(own) < row["least-own-cases"]:
            expected.add("few-cases")
        if one.high - one.low > row["widest-told"]:
            expected.add("wide")
        for gain, error, code in ((score.gain, score.gain_error, "no-better"),
                                  (score.body_gain, score.body_gain_error, "no-better-here")):  # fmt: skip
            if error is None or gain <= 0 or gain <= row["least-gain-errors"] * error:
                expected.add(code)
        assert set(one.why) == expected
        assert one.tells is (not expected)


def test_the_least_own_cases_are_those_that_narrow_a_share_by_themselves():
    """Jeffreys' prior and so many cases: an interval no wider than the widest that is told, and no fewer cases do."""
    from scipy.stats import beta

    row = {row["id"]: row["value"] for row in FACTS.table("politics_parameters").rows}

    def widest(n):
        ends = [beta(0.5 + k, 1.0 + n - k).ppf([0.1, 0.9]) for k in range(n + 1)]
        return max(high - low for low, high in ends)

    least = int(row["least-own-cases"])
    assert widest(least) <= row["widest-told"] < widest(least - 1)


def test_a_body_that_always_came_is_expected_to_come():
    known = [case(n, "a", random.Random(n).choice(THREATS), "deployed") for n in range(12)]
    known += [case(50 + n, "b", random.Random(n).choice(THREATS), "declined") for n in range(12)]
    told, score = forecast(FACTS, known, "a")
    assert all(one.p > 0.8 for one in told if one.response == "deployed")
    assert score.skill > 0.5
    assert all(one.tells is (one.n >= 3) for one in told)
