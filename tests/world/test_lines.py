"""Railways that were opened after 1991: not there before their day, and each hangs in the network on its row."""

from datetime import timedelta

import pytest

from landbridge.facts import load
from landbridge.network import load as load_network
from landbridge.world import World
from landbridge.world.states import line_state, project_state

DATED = [row["id"] for row in load().table("lines").rows if row["opened"] and row["status"] == "operational"]

BORDERS = {
    "GEO-TUR-kartsakhi-rail": "2017-10-30",
    "AFG-IRN-rozanak-rail": "2020-12-10",
    "CHN-KAZ-khorgos-rail": "2012-12-22",
    "CHN-LAO-mohan": "2021-12-03",
    "CHN-RUS-tongjiang-rail": "2022-11-16",
    "IRN-TKM-incheh-borun-rail": "2014-12-03",
    "IRN-TKM-sarakhs-rail": "1996-05-13",
    "KAZ-TKM-bolashak": "2013-05-11",
    "auto-RUS-X_CRI-rail-45.3-36.6": "2020-06-30",
}
PROJECTS = {
    "btk-georgia": "2017-10-30",
    "qazvin-rasht": "2019-03-06",
    "rasht-caspian": "2024-06-20",
    "uzen-bereket-gorgan": "2014-12-03",
    "zhezkazgan-beyneu": "2014-08-01",
    "astara-astara": "2018-03-29",
    "tavantolgoi-gashuun": "2022-09-09",
}


@pytest.mark.parametrize("line", DATED)
def test_a_line_is_not_there_before_its_day(line):
    opened = load().row("lines", line)["opened"].first
    assert not line_state(World.at((opened - timedelta(days=1)).isoformat()), line).usable
    assert line_state(World.at(opened.isoformat()), line).open != "planned"


@pytest.mark.parametrize("line", [row["id"] for row in load().table("lines").rows])
def test_every_line_hangs_in_the_network_on_its_row(line):
    assert len(load_network().gated_by("lines", line)) > 0


@pytest.mark.parametrize(("crossing", "opened"), sorted(BORDERS.items()))
def test_a_railway_over_a_border_is_shut_before_its_day(crossing, opened):
    from landbridge.world.crossings import crossing_state

    row = load().row("crossings", crossing)
    day = World.at(opened).day
    for when, freight in ((day - timedelta(days=1), "none"), (day, "all")):
        state = crossing_state(World.at(when.isoformat()), crossing, "rail", row["area_a"], row["area_b"])
        assert (state.freight == "none") == (freight == "none"), when


@pytest.mark.parametrize(("project", "opened"), sorted(PROJECTS.items()))
def test_a_project_is_shut_before_its_day(project, opened):
    day = World.at(opened).day
    assert not project_state(World.at((day - timedelta(days=1)).isoformat()), project).usable
    assert project_state(World.at(opened), project).usable
    assert len(load_network().gated_by("projects", project)) > 0


@pytest.mark.parametrize(("day", "shut"), [("2019-01-15", True), ("2019-07-15", False), ("2024-01-15", True)])
def test_manali_to_leh_is_shut_by_winter(day, shut):
    assert line_state(World.at(day), "manali-leh").usable != shut


@pytest.mark.parametrize(
    ("project", "last", "shut"),
    [
        ("zangilan-agdam", "1993-06-15", "1993-08-01"),
        ("nakhchivan-rail-restoration", "1992-01-15", "1992-03-01"),
        ("gyumri-kars", "1993-06-15", "1993-08-01"),
    ],
)
def test_railways_of_soviet_days_that_wars_shut(project, last, shut):
    assert project_state(World.at("1991-06-01"), project).usable
    assert project_state(World.at(last), project).usable
    assert not project_state(World.at(shut), project).usable
    assert not project_state(World.at("2010-06-01"), project).usable
