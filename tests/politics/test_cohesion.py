"""Agreement in votes: against sums by hand, against chance, trend and break, ideal points."""

import random

import numpy as np
import pytest

from landbridge.facts import load
from landbridge.politics.cohesion import Agreement, _trend, agreement, cohesion, members_in, spread
from landbridge.politics.grouping import find
from landbridge.politics.intervals import wilson
from landbridge.politics.votes import last_seen, points, votes
from landbridge.world import World
from landbridge.world.membership import members

FACTS = load()
YEARS = range(2003, 2020)


def told(bloc, day):
    world = World.at(day)
    return cohesion(world, find(FACTS, bloc), sorted(members(world, bloc)))


def test_agreement_is_the_mean_over_pairs():
    rows = {row["id"]: row for row in FACTS.table("vote_pairs").rows}
    areas, at = ("ARM", "BLR", "KAZ"), 2015 - rows["ARM-BLR"]["first_year"]
    pairs = [rows[key] for key in ("ARM-BLR", "ARM-KAZ", "BLR-KAZ")]
    expected = np.mean([int(row["halves"][at]) / 2 / int(row["common"][at]) for row in pairs])
    found = agreement(FACTS, areas, 2015)
    assert found.agreement == pytest.approx(expected)
    assert (found.voters, found.of) == (3, 3)


def test_the_votes_are_those_of_the_raw_table():
    raw = FACTS.row("vote_pairs", "ARM-AZE")
    at = 2019 - raw["first_year"]
    alike, common = int(raw["alike"][at]), int(raw["common"][at])
    assert 0 < alike <= common
    assert votes(FACTS).between("ARM", ("AZE",), 2019) == (int(raw["halves"][at]) / 2 / common, common)


@pytest.mark.parametrize("year", YEARS)
def test_the_union_votes_more_alike_than_the_treaty_organisation(year):
    union = agreement(FACTS, members_in(FACTS, "eu", year), year)
    treaty = agreement(FACTS, members_in(FACTS, "csto", year), year)
    assert union.agreement > treaty.agreement


def test_order_and_doubles_do_not_matter():
    areas = sorted(members(World.at("2018-01-01"), "eu"))
    shuffled = [*areas, *areas[:3]]
    random.Random(4).shuffle(shuffled)
    assert agreement(FACTS, areas, 2017) == agreement(FACTS, shuffled, 2017)


@pytest.mark.parametrize(("share", "n"), [(0.0, 10.0), (1.0, 10.0), (0.5, 80.0), (0.9, 90.0)])
def test_the_interval_holds_the_share(share, n):
    low, high = wilson(share, n)
    assert 0 <= low <= share <= high <= 1


def test_no_votes_of_too_few():
    assert agreement(FACTS, ("ARM",), 2019) is None
    assert agreement(FACTS, ("ARM", "X_ABK", "X_SOS", "VAT", "XKX"), 2019) is None
    assert agreement(FACTS, ("ARM", "RUS"), 1999) is None
    assert told("csto", "2000-06-01") is None


def test_only_votes_of_years_before_the_day_are_used():
    assert told("csto", "2012-06-01").now.year == 2011
    assert max(one.year for one in told("csto", "2012-06-01").series) == 2011
    assert max(one.year for one in told("csto", "2012-06-01").spreads) == 2011
    assert last_seen(World.at("2022-05-16", known_on="2015-02-01")) == 2014


def test_against_chance_and_other_blocs():
    found = told("eu", "2022-05-16")
    assert found.random_below > 0.99
    assert found.random_low < found.random_mean < found.random_high < found.now.low
    others = dict(found.others)
    assert "eu" not in others
    assert others["csto"].agreement < found.now.agreement
    assert [one.agreement for _, one in found.others] == sorted(
        (one.agreement for _, one in found.others), reverse=True
    )
    assert told("eu", "2022-05-16") == found


def test_frozen_members_are_told_apart():
    world = World.at("2024-06-01")
    inside = sorted(members(world, "csto"))
    found = cohesion(world, find(FACTS, "csto"), inside, ["ARM"])
    assert (found.now.voters, found.with_frozen.voters) == (5, 6)
    assert cohesion(world, find(FACTS, "csto"), inside).with_frozen is None


def series(values):
    return [Agreement(2000 + n, value, value, value, 5, 5, 80.0) for n, value in enumerate(values)]


def test_a_break_is_told_where_there_is_one_and_not_where_there_is_a_slope():
    noise = random.Random(1)
    level = [0.9 + noise.uniform(-0.01, 0.01) for _ in range(20)]
    assert _trend(FACTS, series(level)).break_year is None
    slope = [0.95 - 0.01 * n + noise.uniform(-0.005, 0.005) for n in range(20)]
    assert _trend(FACTS, series(slope)).break_year is None
    assert _trend(FACTS, series(slope)).per_year == pytest.approx(-0.01, abs=0.001)
    broken = [one - (0.1 if n >= 12 else 0) for n, one in enumerate(level)]
    found = _trend(FACTS, series(broken))
    assert found.break_year == 2012
    assert found.before - found.after == pytest.approx(0.1, abs=0.02)
    assert _trend(FACTS, series([0.9] * 5)) is None
    assert _trend(FACTS, series([0.9] * 8)).break_year is None


def test_distance_of_ideal_points_by_hand():
    known = points(FACTS)[2020]
    areas = ("ARM", "BLR", "KAZ", "USA")
    pairs = [(a, b) for n, a in enumerate(areas) for b in areas[n + 1 :]]
    expected = np.mean([abs(known[a][0] - known[b][0]) for a, b in pairs])
    found = spread(FACTS, areas, 2020)
    assert found.spread == pytest.approx(expected)
    assert 0 <= found.low <= found.spread <= found.high


def test_its_spread_agrees_with_draws_of_the_points():
    known = points(FACTS)[2020]
    areas = ("ARM", "BLR", "KAZ", "RUS", "USA", "FRA")
    drawn = np.random.default_rng(3).normal([known[a][0] for a in areas], [known[a][1] for a in areas], (4000, 6))
    rows, columns = np.triu_indices(6, 1)
    drawn_spread = np.abs(drawn[:, rows] - drawn[:, columns]).mean(axis=1)
    found = spread(FACTS, areas, 2020)
    assert np.quantile(drawn_spread, [0.1, 0.9]) == pytest.approx([found.low, found.high], abs=0.03)
