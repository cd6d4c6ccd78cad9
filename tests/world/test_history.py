"""Days of the past against what is generally known of them: members, posts, passages, banners."""

import pytest

from landbridge.world import (
    Trip,
    World,
    border_effects,
    crossing_state,
    line_state,
    members,
    passage_state,
    port_state,
    resolve,
)

MEMBERS = [
    ("1992-06-01", "eu", 12, "GRC", "SWE"),
    ("1992-06-01", "efta", 7, "AUT", "POL"),
    ("1992-06-01", "nato", 16, "TUR", "POL"),
    ("1998-06-01", "eu", 15, "FIN", "POL"),
    ("1998-06-01", "efta", 4, "NOR", "AUT"),
    ("1998-06-01", "cis", 12, "GEO", "EST"),
    ("1998-06-01", "csto", 9, "UZB", "TKM"),
    ("2004-05-02", "eu", 25, "CYP", "BGR"),
    ("2004-05-02", "nato", 26, "EST", "ALB"),
    ("2004-05-02", "eurasec", 5, "TJK", "ARM"),
    ("2010-07-02", "eacu", 3, "KAZ", "ARM"),
    ("2010-07-02", "cis", 10, "UKR", "GEO"),
    ("2010-07-02", "schengen", 25, "CHE", "LIE"),
    ("2014-08-10", "eu", 28, "HRV", "TUR"),
    ("2014-08-10", "brics", 5, "ZAF", "IRN"),
    ("2015-06-01", "eaeu", 4, "ARM", "KGZ"),
    ("2015-06-01", "eurasec", 0, "", "KAZ"),
    ("2020-04-01", "eu", 27, "HRV", "GBR"),
    ("2020-04-01", "nato", 30, "MKD", "FIN"),
    ("2020-04-01", "sco", 8, "IND", "IRN"),
    ("2023-11-30", "nato", 31, "FIN", "SWE"),
    ("2023-11-30", "schengen", 27, "HRV", "ROU"),
    ("2024-02-01", "brics", 9, "IRN", "IDN"),
    ("2025-08-10", "sco", 10, "BLR", "TUR"),
    ("2025-08-10", "schengen", 29, "ROU", "CYP"),
    ("2026-07-01", "eaeu", 5, "KGZ", "UZB"),
]


@pytest.mark.parametrize(("day", "bloc", "count", "inside", "outside"), MEMBERS)
def test_members_of_the_day(day, bloc, count, inside, outside):
    found = members(World.at(day), bloc)
    assert len(found) == count
    assert not inside or inside in found
    assert outside not in found


POSTS = [
    ("1992-06-01", "ARM-TUR-akhurik-rail", "rail", "TUR", "ARM", "all"),
    ("1998-06-01", "ARM-TUR-akhurik-rail", "rail", "TUR", "ARM", "none"),
    ("1993-06-01", "AZE-RUS-samur", "road", "AZE", "RUS", "all"),
    ("1995-06-01", "AZE-RUS-samur", "road", "AZE", "RUS", "none"),
    ("1995-06-01", "AZE-RUS-yalama", "rail", "AZE", "RUS", "none"),
    ("1995-06-01", "GEO-RUS-upper-lars", "road", "GEO", "RUS", "none"),
    ("1997-06-01", "GEO-RUS-upper-lars", "road", "GEO", "RUS", "all"),
    ("1998-06-01", "AZE-RUS-samur", "road", "AZE", "RUS", "all"),
    ("2004-10-01", "GEO-RUS-upper-lars", "road", "GEO", "RUS", "none"),
    ("2004-11-01", "GEO-RUS-upper-lars", "road", "GEO", "RUS", "all"),
    ("2008-06-01", "GEO-RUS-upper-lars", "road", "GEO", "RUS", "none"),
    ("2010-07-02", "GEO-RUS-upper-lars", "road", "GEO", "RUS", "all"),
    ("1992-06-01", "IRQ-SYR-al-qaim", "road", "IRQ", "SYR", "none"),
    ("2010-07-02", "IRQ-SYR-al-qaim", "road", "IRQ", "SYR", "all"),
    ("2015-06-01", "IRQ-SYR-al-qaim", "road", "IRQ", "SYR", "none"),
    ("2010-07-02", "SYR-TUR-qamishli", "road", "TUR", "SYR", "all"),
    ("2018-07-01", "CHN-PRK-dandong", "rail", "CHN", "PRK", "all"),
    ("2020-04-01", "CHN-PRK-dandong", "rail", "CHN", "PRK", "none"),
    ("2020-04-01", "AFG-PAK-torkham", "road", "PAK", "AFG", "none"),
    ("2021-06-01", "MDA-UKR-kuchurhan", "road", "MDA", "UKR", "all"),
    ("2022-03-10", "MDA-UKR-kuchurhan", "road", "MDA", "UKR", "none"),
    ("2022-03-10", "RUS-UKR-hoptivka", "road", "RUS", "UKR", "none"),
    ("2023-11-30", "FIN-RUS-vaalimaa", "road", "FIN", "RUS", "none"),
    ("1999-03-23", "FRA-ITA-mont-blanc", "road", "ITA", "FRA", "all"),
    ("1999-03-24", "FRA-ITA-mont-blanc", "road", "ITA", "FRA", "none"),
    ("2002-03-10", "FRA-ITA-mont-blanc", "road", "FRA", "ITA", "none"),
    ("2005-06-01", "FRA-ITA-mont-blanc", "road", "FRA", "ITA", "all"),
    ("2023-11-30", "GEO-TUR-kartsakhi-rail", "rail", "GEO", "TUR", "none"),
    ("2025-08-10", "AFG-PAK-torkham", "road", "PAK", "AFG", "all"),
    ("2026-07-01", "AFG-PAK-torkham", "road", "PAK", "AFG", "none"),
]


@pytest.mark.parametrize(("day", "post", "mode", "start", "end", "freight"), POSTS)
def test_freight_of_the_day(day, post, mode, start, end, freight):
    assert crossing_state(World.at(day), post, mode, start, end).freight == freight


LINES = [
    ("1996-06-01", "salang", True),
    ("1999-06-01", "salang", False),
    ("2001-12-01", "salang", False),
    ("2002-06-01", "salang", True),
]


@pytest.mark.parametrize(("day", "line", "usable"), LINES)
def test_lines_of_the_day(day, line, usable):
    assert line_state(World.at(day), line).usable == usable


PORTS = [("2019-06-01", "rajin", True), ("2021-06-01", "rajin", False), ("2023-06-01", "rajin", True)]


@pytest.mark.parametrize(("day", "port", "usable"), PORTS)
def test_ports_of_the_day(day, port, usable):
    assert port_state(World.at(day), port).usable == usable


CUSTOMS = [
    ("1992-06-01", "FRA", False),
    ("2019-06-01", "FRA", True),
    ("2020-02-01", "FRA", True),
    ("2020-12-31", "IRL", True),
    ("2021-01-01", "FRA", False),
]


@pytest.mark.parametrize(("day", "other", "free"), CUSTOMS)
def test_the_united_kingdom_keeps_the_single_market_to_the_end_of_its_transition(day, other, free):
    world = World.at(day)
    for ends in (("GBR", other), (other, "GBR")):
        effect = border_effects(world, *ends, "road")
        assert effect.no_border_check == free


CARS = [("KOR", "2024-06-01"), ("JPN", "2023-05-01"), ("JPN", "2024-06-01")]


@pytest.mark.parametrize(("origin", "day"), CARS)
def test_a_ban_of_some_cars_is_told_and_bars_not_all(origin, day):
    rules = resolve(World.at(day), Trip(origin, "RUS", cargo="cars"))
    assert rules.trade_refusals == ()
    assert any(note.id.startswith(("kor22-r-2024-cars", "jpn22-r-cars")) for note in rules.notes)


PASSAGES = [
    ("2014-08-10", "suez", "open"),
    ("2022-03-10", "volga-don", "closed"),
    ("2024-02-01", "bab-el-mandeb", "restricted"),
    ("2025-08-10", "hormuz", "open"),
    ("2026-07-01", "hormuz", "restricted"),
]


@pytest.mark.parametrize(("day", "passage", "state"), PASSAGES)
def test_passages_of_the_day(day, passage, state):
    assert passage_state(World.at(day), passage).open == state


BANNERS = [
    ("1992-06-01", ("Karabakh", "Yugoslavia", "Iraq", "Tajikistan")),
    ("1995-06-01", ("Chechnya",)),
    ("1999-11-15", ("Second war in Chechnya", "Civil war in Afghanistan", "north of Sri Lanka")),
    ("2001-10-20", ("air strikes",)),
    ("2008-06-01", ("north of Sri Lanka",)),
    ("2001-11-05", ("Gotthard",)),
    ("2021-06-01", ("Northern Ireland",)),
    ("2008-08-10", ("Georgia",)),
    ("2014-08-10", ("Donbas", "Syria")),
    ("2018-06-01", ("Qatar", "Yemen")),
    ("2020-04-01", ("Covid",)),
    ("2022-03-10", ("War in Ukraine",)),
    ("2023-11-30", ("Gaza", "Red Sea")),
    ("2024-02-01", ("round the Cape",)),
    ("2025-08-10", ("India and Pakistan", "Thailand and Cambodia")),
    ("2026-07-01", ("Hormuz", "Afghanistan and Pakistan")),
]


@pytest.mark.parametrize(("day", "words"), BANNERS)
def test_banners_of_the_day(day, words):
    told = " ".join(World.at(day).banners)
    assert all(word in told for word in words)


def test_a_post_whose_record_begins_with_its_closure_was_there_before():
    from landbridge.facts import check, load

    assert [one for one in check(load()) if one.check == "beginnings"] == []
