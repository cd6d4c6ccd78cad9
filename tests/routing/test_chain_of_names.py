"""A way as told goes on where it stood: each leg begins where the one before it ended."""

from itertools import pairwise

import pytest

from landbridge.routing import route
from landbridge.world import World

WAYS = [
    ("Muscat", "Aden", "2016-06-01", ("sea",)),
    ("Mykolaiv", "Istanbul", "2024-06-01", ("sea",)),
    ("Amman", "Damascus", "2005-06-01", ("rail",)),
    ("Tehran", "Makhachkala", "2005-06-01", ("sea", "rail")),
    ("Shanghai", "Rotterdam", "2021-03-26", ()),
    ("Minsk", "Chennai", "2024-06-01", ()),
    ("Kyiv", "Simferopol", "2012-06-01", ("rail",)),
    ("Almaty", "Istanbul", "2019-06-01", ()),
    ("Warsaw", "Lisbon", "2019-06-01", ("road",)),
    ("Tbilisi", "Moscow", "2009-06-01", ("air",)),
]


@pytest.mark.parametrize(("origin", "destination", "day", "modes"), WAYS)
def test_each_leg_begins_where_the_one_before_it_ended(origin, destination, day, modes):
    for way in route(World.at(day), origin, destination, modes=modes, n=3).to_dict()["routes"]:
        broken = [(one["to"], other["from"]) for one, other in pairwise(way["legs"]) if one["to"] != other["from"]]
        assert not broken, (way["label"], broken)
