"""Comparisons of a record: intervals against textbooks and sums by hand, what the data cannot tell is said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2

from landbridge.facts import load
from landbridge.politics.bases import hosts, with_base
from landbridge.politics.field import field
from landbridge.politics.forecast import forecast
from landbridge.politics.intervals import difference, rate_ratio, shuffled, wilson
from landbridge.politics.mixture import BASED, SPLITS, THREATS, differ
from landbridge.politics.record import RESPONSES, cases
from landbridge.politics.recording import record
from landbridge.report import expected, record_compared
from landbridge.world import World

FACTS = load()
FEW = settings(max_examples=40, deadline=None)


def of(name, day, kind):
    return [one for one in record(World.at(day), name).comparisons if one.kind == kind]


@pytest.mark.parametrize(("name", "day", "kind"), [
    ("csto-secretariat-chair", "2026-06-01", "office"),
    ("csto-arms-to-aze", "2021-06-01", "tie"),
    ("csto-exercises-2022", "2022-12-01", "exercises"),
    ("rus-peacekeepers-nk", "2024-07-01", "counts"),
])  # fmt: skip
def test_what_cannot_be_told_is_said_with_its_numbers(name, day, kind):
    found = of(name, day, kind)
    assert found
    for one in found:
        assert not one.tells
        assert one.why
        assert sum(group.n for group in one.groups) > 0
        text = " ".join(record_compared.lines([one.to_dict()]))
        assert "Cannot tell: " in text
        assert all(word in record_compared.WHY for word in one.why)


def test_appeals_fall_under_the_chair_of_their_day():
    chair = next(one for one in of("csto-secretariat-chair", "2026-06-01", "office") if one.subject == "chair")
    under = {group.name: group for group in chair.groups}
    assert under["ARM"].seen == {"deployed": 1.0, "consultations": 1.0, "declined": 1.0}
    assert under["TJK"].n == 2
    assert 0 < chair.effect < 1
    for effect, low, high in chair.effects.values():
        assert -1 <= low <= effect <= high <= 1


def test_no_appeal_is_told_before_its_day():
    early = next(one for one in of("csto-secretariat-chair", "2021-12-01", "office") if one.subject == "chair")
    assert sum(group.n for group in early.groups) == 3


def test_years_that_hold_the_first_day_count_on_neither_side():
    for one in of("rus-peacekeepers-nk", "2026-06-01", "counts"):
        before, during = one.groups
        assert all(int(year) < 2020 for year in before.seen)
        assert all(2021 <= int(year) <= 2023 for year in during.seen)


def test_counts_of_one_side_alone_tell_nothing():
    assert all("no-count-during" in one.why for one in of("rus-peacekeepers-nk", "2021-06-01", "counts"))


def test_the_alliance_is_held_against_other_blocs_in_the_same_years():
    one = of("csto-arms-to-aze", "2021-06-01", "tie")[0]
    without, with_it = one.groups
    assert one.effect == pytest.approx(with_it.value - without.value)
    assert one.low < one.effect < one.high
    assert one.beside["blocs"] > 10
    assert "one-switch" in one.why


@FEW
@given(st.integers(0, 40), st.integers(1, 6), st.integers(0, 60), st.integers(1, 9))
def test_the_ratio_of_rates_is_that_of_the_exact_test(seen, years, before, years_before):
    found = rate_ratio(seen, years, before, years_before)
    if seen + before == 0:
        assert found is None
        return
    ratio, low, high = found
    assert low <= ratio <= high
    ends = binomtest(seen, seen + before).proportion_ci(0.8, "exact")
    scale = years_before / years
    assert low == pytest.approx(ends.low / (1 - ends.low) * scale)
    if before:
        assert high == pytest.approx(ends.high / (1 - ends.high) * scale)


@FEW
@given(st.integers(0, 9), st.integers(1, 9), st.integers(0, 9), st.integers(1, 9))
def test_a_difference_of_shares_lies_in_its_interval_and_turns_round(seen, n, other, m):
    seen, other = min(seen, n), min(other, m)
    effect, low, high = difference(seen, n, other, m)
    assert -1 <= low <= effect <= high <= 1
    back = difference(other, m, seen, n)
    assert (-back[0], -back[2], -back[1]) == pytest.approx((effect, low, high))


def test_a_rate_has_the_exact_interval_of_a_poisson_count():
    before = of("rus-peacekeepers-nk", "2024-07-01", "counts")[0].groups[0]
    n = sum(before.seen.values())
    assert before.low == pytest.approx(chi2.ppf(0.1, 2 * n) / 2 / before.n)
    assert before.high == pytest.approx(chi2.ppf(0.9, 2 * n + 2) / 2 / before.n)


def test_chance_of_a_difference_of_years():
    assert shuffled([9.0, 9.0], [1.0, 1.0, 1.0]) == pytest.approx(0.1)
    assert shuffled([1.0], [1.0, 1.0]) == 1.0
    assert wilson(0.5, 10)[0] < 0.5 < wilson(0.5, 10)[1]


def test_more_cases_apart_make_it_likelier_that_groups_differ():
    told = [differ(FACTS, [("a", "deployed")] * n + [("b", "declined")] * n) for n in (1, 3, 6, 12)]
    assert told == sorted(told)
    assert differ(FACTS, []) is None


DAYS = ["2016-01-01", "2022-05-16", "2026-06-01"]


@pytest.mark.parametrize("day", DAYS)
def test_the_field_of_a_base_is_measured_and_does_not_change_the_forecast(day):
    world = World.at(day)
    known = cases(world)
    held = with_base(world, known)
    found = field(FACTS, known, "csto", held, hosts(world, ["RUS", "TJK"]))
    told, score = forecast(FACTS, known, "csto")
    assert found.brier == pytest.approx(score.brier)
    assert found.gain == pytest.approx(found.brier - found.brier_with)
    assert sum(found.seen_with.values()) + sum(found.seen_without.values()) == score.n
    assert found.hosts == ("TJK",)
    plain = {(one.threat, one.response): one.p for one in told}
    for threat in THREATS:
        some = [one for one in found.chances if one.threat == threat]
        for name in ("p", "p_with", "p_without"):
            assert sum(getattr(one, name) for one in some) == pytest.approx(1)
        assert all(one.p == pytest.approx(plain[one.threat, one.response]) for one in some)
    assert found.helps in ("yes", "no", "cannot tell")
    assert (found.helps == "yes") == (not found.why)
    assert "Does it help" in " ".join(expected.field_lines(found.to_dict()))


def test_the_field_would_be_found_where_it_decides():
    """Cases made so that hosts are always answered by forces and others never."""
    from dataclasses import replace

    model = next(one for one in cases(World.at("2026-06-01")) if one.counted)
    made = [replace(model, id=f"case-{n}", group=f"g{n % 5}", threat=THREATS[n % 4], comparison=False,
                    response=RESPONSES[0 if n % 2 else 2]) for n in range(24)]  # fmt: skip
    held = {one.id for n, one in enumerate(made) if n % 2}
    found = field(FACTS, made, "g0", held)
    assert found.helps == "yes"
    by = {(one.threat, one.response): one for one in found.chances}
    assert by["state", "deployed"].p_with > 0.8 > 0.2 > by["state", "deployed"].p_without
    assert field(FACTS, made, "g0", set()).helps == "cannot tell"


def test_each_way_of_taking_cases_as_alike_has_its_twin_with_the_field():
    assert len(BASED) == len(SPLITS)
    assert all("base" in one for one in BASED)


def test_bases_count_on_the_day_of_the_appeal():
    world = World.at("2026-06-01")
    held = with_base(world, cases(world))
    assert "csto-tjk-2021" in held
    assert "nato5-2001" not in held
    rows = FACTS.table("crises").by_id
    assert all(rows[key]["counted"] for key in held)
    assert hosts(World.at("2022-05-16"), ["RUS"]) == ()
