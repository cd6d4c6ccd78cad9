"""Posts that are told as not used: of the border of the best way, and none that never took such lorries."""

import pytest

from landbridge.routing import route
from landbridge.world import World


@pytest.fixture(scope="module")
def round_the_finnish_border():
    return route(World.at("2024-06-01"), "Helsinki", "St Petersburg", modes=("road",), n=1)


def test_the_border_of_the_best_way_is_told_where_its_posts_were_shut_on_several_days(round_the_finnish_border):
    # Most Finnish posts were shut on days of their own; by those that share one the way would be no better.
    best, *others = sorted(round_the_finnish_border.avoided, key=lambda row: row["way"]["usd"])
    assert best["subject"] == "FIN-RUS-vaalimaa"
    assert {"FIN-RUS-nuijamaa", "FIN-RUS-imatra-road"} <= {other["subject"] for other in best["beside"]}
    assert best["way"]["areas"] == ["FIN", "RUS"]
    assert 350.0 < best["way"]["km"] < 450.0
    assert "EST-RUS-narva-road" in {row["subject"] for row in others}, "the next better way is told too"


def test_of_the_posts_of_a_border_the_one_shut_last_is_told_by_which_lorries_went_until_then():
    # Bruzgi, by which the way would be shorter, has been shut since 2021; Kozlovichi for three days.
    answer = route(World.at("2025-09-15"), "Warsaw", "Minsk", modes=("road",), n=1)
    (row,) = (one for one in answer.avoided if one["way"]["areas"] == ["POL", "BLR"])
    assert (row["subject"], row["since"]) == ("BLR-POL-kozlovichi", "2025-09-12")
    assert "BLR-POL-bruzgi" in {other["subject"] for other in row["beside"]}


@pytest.mark.parametrize("day", ["2019-06-01", "2024-06-01"])
def test_a_post_for_cars_and_small_lorries_is_no_way_for_a_container_and_not_missed(day):
    answer = route(World.at(day), "Istanbul", "Bucharest", modes=("road",), n=3)
    used = {crossing[0] for way in answer.routes for crossing in way.crossings}
    assert "BGR-TUR-kapikule-road" in used
    assert "BGR-TUR-malko-tarnovo" not in used
    assert "BGR-TUR-malko-tarnovo" not in {row["subject"] for row in answer.avoided}


def test_two_borders_shut_on_one_way_are_both_told():
    answer = route(World.at("2026-01-15"), "Delhi", "Kabul", n=1)
    posts = {row["subject"] for row in answer.avoided} | {
        one["subject"] for row in answer.avoided for one in row["beside"]
    }
    assert any(post.startswith("IND-PAK-") for post in posts)
    assert any(post.startswith("AFG-PAK-") for post in posts)
