"""What may be asked of on a day, what bodies were called then, who looks on and how far."""

from itertools import pairwise

import pytest

from landbridge.facts import load
from landbridge.politics.answering import alliance
from landbridge.politics.listing import listing
from landbridge.politics.subject import TABLES
from landbridge.report import alliance as shown
from landbridge.report.names import Names
from landbridge.world import World
from landbridge.world.intervals import ends, starts

FACTS = load()


@pytest.mark.parametrize("day", ["1995-06-01", "2012-01-01", "2022-05-16"])
def test_nothing_is_listed_before_it_begins_nor_its_end_before_it_ends(day):
    told = listing(World.at(day), TABLES)
    assert told
    assert all(one.since is None or one.since <= day for one in told)
    assert all(one.until is None or one.until <= day for one in told)
    everything = {(one.table, one.id) for one in listing(World.at("2026-07-01"), TABLES)}
    assert {(one.table, one.id) for one in told} < everything


@pytest.mark.parametrize(("bloc", "day", "name"), [
    ("ots", "2015-06-01", "Cooperation Council of Turkic Speaking States (Turkic Council)"),
    ("ots", "2021-11-12", "Organization of Turkic States"),
    ("oic", "2010-01-01", "Organisation of the Islamic Conference"),
    ("oic", "2012-01-01", "Organisation of Islamic Cooperation"),
    ("osce", "1993-01-01", "Conference on Security and Co-operation in Europe"),
    ("eu", "1992-01-01", "European Communities"),
    ("eu", "1994-01-01", "European Union"),
    ("csto", "1996-01-01", "Collective Security Treaty"),
])  # fmt: skip
def test_a_body_has_the_name_of_the_day(bloc, day, name):
    assert alliance(World.at(day), bloc).to_dict()["name"] == name


def test_an_area_has_the_name_of_the_day():
    names = Names(FACTS)
    assert names.on("2019-02-11").area("MKD") == "Macedonia (FYROM)"
    assert names.on("2019-02-12").area("MKD") == names.area("MKD") == "North Macedonia"
    assert Names().on("2015-01-01").area("MKD") == "MKD"


def test_names_of_one_thing_do_not_overlap():
    rows = sorted(FACTS.table("names_by_day").rows, key=lambda row: (row["bloc"] or "", row["area"] or "", starts(row)))
    assert all((row["bloc"] is None) != (row["area"] is None) for row in rows)
    for one, after in pairwise(rows):
        if (one["bloc"], one["area"]) == (after["bloc"], after["area"]):
            assert ends(one) <= starts(after)


def test_the_terminal_tells_how_far_an_observer_looks_on():
    told = alliance(World.at("2022-05-16"), "CSTO").to_dict()
    lines = list(shown.asked_lines(told, Names(FACTS)))
    assert any("Serbia" in line and "Parliamentary Assembly only" in line for line in lines)
    assert not any("corrected" in line for line in lines)


def test_none_of_a_sample_is_none_in_the_tables():
    from landbridge.report.poles import told

    assert told({"part": "obligations", "values": {"russia": 0.0}, "balance": None}) == "none in the tables"
