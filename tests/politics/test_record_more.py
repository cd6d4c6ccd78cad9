"""Ground by law and by control, posts by year, causes of delay, paths to targets, ranges of prices."""

import json

import pytest

import landbridge as lb
from landbridge.politics.record_more import Bargain, bargains
from landbridge.politics.record_parts import Figure
from landbridge.report import checks
from landbridge.world import World


def record(name, day):
    return lb.record(World.at(day), name)


@pytest.mark.parametrize(
    ("name", "day", "ground"),
    [
        ("ukr-2014", "2014-03-01", set()),
        ("ukr-2014", "2014-04-01", {"X_CRI"}),
        ("ukr-2014", "2014-06-01", {"X_CRI", "X_DNR"}),
        ("geo-2008", "2010-06-01", {"X_ABK", "X_SOS"}),
        ("tri-2020", "2021-06-01", {"X_NKR"}),
        ("tri-2020", "2024-06-01", set()),
    ],
)
def test_areas_of_which_law_and_control_differ(name, day, ground):
    found = {one.id for one in record(name, day).territories if one.kind == "area"}
    assert found == ground


def test_both_views_are_kept():
    held = {one.id: one for one in record("ukr-2014", "2014-06-01").territories}
    crimea = held["X_CRI"]
    assert (crimea.de_jure, crimea.de_facto, crimea.counted_with) == (("UKR",), "X_CRI", ("RUS",))
    assert "territories-both-views" in record("ukr-2014", "2014-06-01").remarks


def test_places_by_day():
    for day, shown in (("2022-06-01", True), ("2023-06-01", False)):
        assert ("kherson-ukr" in {one.id for one in record("ukr-2014", day).territories}) == shown


def test_ground_as_points_of_a_map():
    answer = record("ukr-2014", "2022-06-01")
    shapes = json.loads(json.dumps(answer.to_geojson()))
    assert len(shapes["features"]) == len(answer.territories) > 10
    for one in shapes["features"]:
        lon, lat = one["geometry"]["coordinates"]
        assert 20 < lon < 45
        assert 43 < lat < 53
        assert set(one["properties"]) >= {"de_jure", "de_facto", "since", "grade"}
    rows = {(item.table, item.id) for item in answer.evidence}
    assert {row for one in answer.territories for row in one.rows} <= rows


def test_posts_by_year_are_those_of_the_day():
    answer = record("irn-tur-partnership", "2023-07-01")
    last = [one for one in answer.posts_by_year if one.year == 2023]
    for one in last:
        now = [post for post in answer.posts if (post.pair, post.mode) == (one.pair, one.mode)]
        assert one.posts == len(now)
        assert one.open == sum(post.now != "none" for post in now)
    assert min(one.year for one in answer.posts_by_year) == 2014


def test_causes_of_delay_are_ranked_and_later_ones_not_told_before():
    late = record("rasht-astara", "2026-06-01").delays
    assert [one.rank for one in late] == list(range(1, len(late) + 1))
    assert [one.months for one in late] == sorted((one.months for one in late), reverse=True)
    early = record("rasht-astara", "2017-06-01").delays
    assert [one.since for one in early] == ["2005"]
    assert early[0].months == pytest.approx(12 * 12.4, abs=2)


def test_paths_are_straight_and_known_by_the_day():
    assert {one.target_year for one in record("paris-climate", "2024-06-01").paths} == {2030}
    for one in record("paris-climate", "2026-06-01").paths:
        assert one.last + one.per_year * (one.target_year - one.last_year) == pytest.approx(one.target)
        assert one.target == pytest.approx(one.base * one.percent / 100)
        assert one.target_low <= one.target <= one.target_high
        share = (one.last_year - one.base_year) / (one.target_year - one.base_year)
        assert one.line == pytest.approx(one.base + share * (one.target - one.base))
    assert not record("paris-climate", "2019-06-01").paths


def figure(measure, value, low=None, high=None):
    return Figure("x", "BLR", measure, "usdkcm", "2019", value, low, high, "", "", "C", "")


@pytest.mark.parametrize(
    ("price", "seller", "buyer", "share"),
    [(100.0, (50.0, None, None), (150.0, None, None), 0.5), (100.0, (90.0, 80.0, 120.0), (110.0, 105.0, 130.0), None)],
)
def test_a_range_by_what_each_side_has_elsewhere(price, seller, buyer, share):
    told = [figure("gas_price_usdkcm", price), figure("seller_alternative_gas_price_usdkcm", *seller),
            figure("buyer_alternative_gas_price_usdkcm", *buyer)]  # fmt: skip
    (one,) = bargains(told)
    assert isinstance(one, Bargain)
    assert one.share == share
    assert bargains(told[:2]) == ()


def test_the_share_lies_in_its_range_and_more_paid_is_more_to_the_seller():
    one = next(row for row in record("blr-gas-price", "2021-06-01").bargains if row.year == 2019)
    assert one.share_low <= one.share <= one.share_high
    assert one.seller < one.price < one.buyer
    (dearer,) = bargains([figure("gas_price_usdkcm", one.price + 10),
                          figure("seller_alternative_gas_price_usdkcm", one.seller),
                          figure("buyer_alternative_gas_price_usdkcm", one.buyer)])  # fmt: skip
    assert dearer.share > one.share


@pytest.mark.parametrize(
    ("name", "day"), [("ukr-2014", "2022-06-01"), ("tri-2020", "2021-06-01"), ("adb", "2020-06-01")]
)
def test_a_page_opens_without_internet_and_every_number_has_its_source(name, day, tmp_path):
    answer = record(name, day)
    path = tmp_path / "page.html"
    lb.save_page(answer, path)
    text = path.read_text(encoding="utf-8")
    assert checks.loads(text) == ()
    assert checks.unsourced(text) == ()
    assert ("By law and by control" in text) == bool(answer.territories)
    for one in answer.territories:
        assert one.name in text
