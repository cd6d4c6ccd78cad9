"""Ships that may not sail between the ports of two areas: by the ends of the trip, by day, by direction, by ferry."""

import pytest

from landbridge.facts import load
from landbridge.world import Trip, World, resolve
from landbridge.world.index import index


def ports_of(area):
    return set(index(load()).ports_of_area[area])


def shut(day, origin, destination, **more):
    """Ports that a trip may not use, with the measure of each; empty where no measure says so."""
    found = resolve(World.at(day), Trip(origin, destination, **more)).port_refusals.items()
    measure = {row["id"]: row["measure_id"] for row in load().table("measure_rules").rows}
    return {port: measure[one.id] if one.table == "measure_rules" else "" for port, one in found}


BARRED = [
    ("2023-06-01", "ARM", "RUS", "UKR", "ukr22-sea"),
    ("2023-06-01", "RUS", "TUR", "UKR", "ukr22-sea"),
    ("2016-06-01", "X_CRI", "TUR", "UKR", "ukr14-crimea-ports"),
    ("2016-06-01", "UKR", "TUR", "X_CRI", "ukr14-crimea-ports"),
    ("2018-06-01", "TUR", "RUS", "X_CRI", "tur17-crimea"),
    ("2023-06-01", "CYP", "GEO", "TUR", "tur97-cyp"),
    ("2023-06-01", "GRC", "TUR", "CYP", "tur97-cyp"),
    ("2023-06-01", "ISR", "GRC", "LBN", "arab-boycott"),
    ("2023-06-01", "GRC", "LBN", "ISR", "arab-boycott"),
    ("2023-06-01", "ISR", "IND", "IRN", "isr-irn"),
    ("2026-01-15", "TUR", "JOR", "ISR", "tur-isr24"),
    ("2025-06-01", "CHN", "PAK", "IND", "ind-pak25"),
    ("2018-06-01", "QAT", "DEU", "ARE", "qat17"),
    ("2022-06-01", "KOR", "CHN", "PRK", "kor10-may24"),
    ("2023-06-01", "JPN", "RUS", "PRK", "jpn06-prk"),
]


@pytest.mark.parametrize(("day", "origin", "destination", "area", "measure"), BARRED)
def test_who_trades_with_the_one_side_keeps_off_the_ports_of_the_other(day, origin, destination, area, measure):
    found = shut(day, origin, destination)
    assert ports_of(area) <= set(found)
    assert measure in {found[port] for port in ports_of(area)}


FREE = [
    ("2021-06-01", "ARM", "RUS", "UKR"),
    ("2017-01-01", "TUR", "RUS", "X_CRI"),
    ("2025-08-01", "TUR", "JOR", "ISR"),
    ("2025-05-01", "CHN", "PAK", "IND"),
    ("2021-06-01", "QAT", "DEU", "ARE"),
    ("2023-06-01", "TUR", "CYP", "CYP"),
    ("1996-06-01", "CYP", "GEO", "TUR"),
]


@pytest.mark.parametrize(("day", "origin", "destination", "area"), FREE)
def test_outside_the_dates_and_against_the_direction_nothing_is_barred(day, origin, destination, area):
    found = shut(day, origin, destination)
    assert not {port for port in ports_of(area) if found.get(port)}


def test_only_the_ports_that_the_rule_names_are_shut_on_the_far_side():
    found = shut("2023-06-01", "UKR", "KAZ")
    assert "novorossiysk" in found
    assert not {"vladivostok", "st-petersburg-bronka", "astrakhan"} & set(found)


def test_an_area_without_a_coast_uses_the_ports_of_its_neighbour():
    found = shut("2024-06-01", "MDA", "KAZ")
    assert "odesa" not in found
    assert "novorossiysk" in found
    assert "odesa" in shut("2024-06-01", "ROU", "KAZ")


def test_between_the_two_sides_themselves_the_imposers_quays_are_shut_and_the_way_by_land_is_left():
    found = shut("2023-06-01", "CYP", "TUR")
    assert "mersin" in found
    assert "limassol" not in found


def test_ferries_between_the_two_sides_do_not_sail_for_anybody():
    rows = [row for row in load().table("ferries").rows if {row["area_a"], row["area_b"]} == {"UKR", "RUS"}]
    found = resolve(World.at("2023-06-01"), Trip("GEO", "DEU"))
    assert all(row["id"] in found.ferry_refusals for row in rows)


def test_trade_that_stopped_step_by_step_over_the_line_to_crimea_and_in_the_donbas():
    def said(day, origin, destination):
        found = resolve(World.at(day), Trip(origin, destination))
        by_road, by_rail = (found.area_refusal(origin, mode) for mode in ("road", "rail"))
        return (
            {one.id for one in found.trade_refusals},
            by_road.id if by_road else None,
            by_rail.id if by_rail else None,
        )

    assert said("2015-09-19", "UKR", "X_CRI") == (set(), None, None)
    assert said("2015-12-01", "UKR", "X_CRI") == (set(), "ukr15-crimea-r-civic", None)
    assert said("2016-01-17", "UKR", "X_CRI")[0] == {"ukr15-crimea-r-decree"}
    assert said("2021-06-01", "X_CRI", "UKR")[0] == {"ukr15-crimea-r-decree"}
    assert said("2017-01-24", "UKR", "X_DNR") == (set(), None, None)
    assert said("2017-02-10", "UKR", "X_DNR") == (set(), None, "ukr17-donbas-r-rail")
    assert said("2017-03-15", "X_DNR", "UKR")[0] == {"ukr17-donbas-r-decree"}
