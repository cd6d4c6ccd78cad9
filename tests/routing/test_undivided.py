"""Areas that are drawn apart for what came later are one where one party holds both on the day."""

import pytest

from landbridge.routing import route
from landbridge.world import World

WAYS = [
    ("Kyiv", "Simferopol", "rail", "X_CRI", "2014-03-01", "2014-04-01"),
    ("Kyiv", "Simferopol", "road", "X_CRI", "2012-06-01", "2015-06-01"),
    ("Kyiv", "Donetsk, UKR", "rail", "X_DNR", "2012-06-01", "2015-06-01"),
    ("Luhansk", "Kharkiv", "road", "X_DNR", "2005-06-01", "2015-06-01"),
]


@pytest.mark.parametrize(("origin", "destination", "mode", "area", "before", "since"), WAYS)
def test_no_border_lies_between_areas_that_one_party_holds(origin, destination, mode, area, before, since):
    told = [
        route(World.at(day), origin, destination, modes=(mode,), n=1).to_dict()["routes"][0] for day in (before, since)
    ]
    assert [bool(way["crossings"]) for way in told] == [False, True]
    assert told[0]["areas"] == ["UKR"]
    assert {"UKR", area} <= set(told[1]["areas"])
    assert {part["area"] for part in told[0]["by_area"]} - {""} == {"UKR"}
    # The mode is changed at the ends alone, and each haul is one leg.
    assert sum(leg["kind"] == "move" and leg["mode"] == mode and leg["km"] > 10 for leg in told[0]["legs"]) == 1
