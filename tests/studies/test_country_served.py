"""Ships that are assumed where no row of the tables knows one are marked."""

import pytest

import landbridge as lb
from landbridge.report.country_words import route_row
from landbridge.studies.country.ways import Spot, main_place, standard_route
from landbridge.world import World

FACTS = lb.load_facts()
GWADAR = Spot("port:gwadar", "Gwadar", "PAK", 25.11, 62.34)


@pytest.mark.parametrize(
    ("start", "goal", "day", "ports"),
    [
        ("Gwadar", "OMN", "2024-06-01", ("Gwadar",)),
        ("LKA", "DEU", "2026-06-01", ()),
        ("ISL", "GBR", "2022-05-16", ()),
        ("ARM", "GEO", "2022-05-16", ()),
    ],
)
def test_a_way_says_at_which_ports_no_line_is_known(start, goal, day, ports):
    begin = GWADAR if start == "Gwadar" else main_place(FACTS, start)
    one = standard_route(World.at(day), begin, main_place(FACTS, goal), 2.0)
    used = {leg.ref[1] for leg in one.way.legs if leg.kind == "transfer" and leg.ref and leg.ref[0] == "ports"}
    assert set(one.unserved) <= {FACTS.row("ports", key)["name"] for key in used}
    assert one.unserved == ports
    assert ("in the tables" in route_row(one.to_dict())[2]) == bool(ports)
