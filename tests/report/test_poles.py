"""Where a state stands between poles, in words: one wording for alliances, profiles and several days, by year too."""

import io
import xml.etree.ElementTree as ET

import pytest

from landbridge.politics.alignment import UNITS, alignment
from landbridge.politics.alignment_years import alignment_years
from landbridge.report import alliance, country_between, poles, poles_charts, poles_section
from landbridge.report.checks import unsourced
from landbridge.studies.country import CountryQuestion, country_changes
from landbridge.world import World
from tests.profiles import quick


def shown(*parts, width=170):
    from rich.console import Console

    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False)
    for one in parts:
        console.print(one)
    return out.getvalue()


def test_every_part_and_every_reason_has_words():
    assert list(poles.PART_WORDS) == list(UNITS)
    codes = set()
    for area in ("ARM", "RUS", "X_ABK", "TUR", "DEU"):
        for day in ("1995-06-01", "2022-05-16"):
            for one in alignment(World.at(day), area):
                codes.add(one.missing)
                assert poles.told(one.to_dict())
    names = {str(one).partition(":")[0] for one in codes - {None, poles.NOT_NEEDED}}
    assert names <= set(poles.MISSING_WORDS)
    assert {"no-votes", "no-trade", "no-trade-year", "no-gas", "no-gas-origins"} <= names
    assert poles.NOT_NEEDED in codes
    years = [one.to_dict() for one in alignment_years(World.at("2022-05-16"), ("TUR",))["TUR"]]
    told = list(poles.untold_years(years))
    assert "Share of trade, 1991-2014, 2021: its trade by partner is in the tables of 2015-2020 alone." in told
    assert "Share of trade, 2022: the year is not over." in told
    assert not any("{}" in line for line in told)


@pytest.mark.parametrize("name", UNITS)
def test_one_wording_for_all_that_tell_of_a_part(name):
    values = {"russia": 0.4, "west": 0.2} if name in ("votes", "trade", "transit") else {"russia": 4.0, "west": 2.0}
    row = {"part": name, "values": values, "balance": 0.9, "year": 2020, "outside": None, "untold": None, "frozen": {},
           "missing": None}  # fmt: skip
    told = poles.told(row)
    assert country_between.cells({"kind": "part", "section": "alignment", "values": [row, None]}) == [told, "–"]
    assert " ".join(told.split()) in " ".join(shown(alliance.aligned({"ARM": [row]})).split())
    assert list(poles.lines([row])) == ([] if name == "votes" else [f"By pole, {poles.PART_WORDS[name]}: {told}."])


def test_several_days_name_the_year_of_trade_and_of_gas():
    worlds = [World.at(day) for day in ("2017-06-01", "2022-05-16")]
    data = country_changes(worlds, CountryQuestion("TUR", partners=3, quick=True)).to_dict()
    rows = {row["id"]: country_between.cells(row) for row in data["changes"] if row["section"] == "alignment"}
    assert [("(of 2016)" in rows["trade"][0]), ("(of 2020)" in rows["trade"][1])] == [True, True]
    assert all("(of trade of " in cell for cell in rows["transit"])
    assert "(of 2020)" in rows["gas"][1]


def test_what_is_frozen_is_told_beside_and_by_year():
    answer = quick("ARM", "2026-06-01").to_dict()
    lines = list(poles.lines(answer["alignment"]))
    duties = next(line for line in lines if "duties" in line)
    assert duties == "By pole, duties of help or consultation: russia 3; frozen, not counted: russia 4; balance 0.17."
    text = shown(poles.years_table(answer["alignment_years"]))
    frozen = [line for line in text.splitlines() if "russia, frozen" in line]
    assert [line.split()[-4:] for line in frozen] == [["0", "1", "1", "1"], ["0", "4", "4", "4"]]
    years = [*range(1995, 2020, 5), 2019, *range(2020, 2027)]
    assert text.splitlines()[2].split()[2:] == [str(year) for year in years]


@pytest.mark.parametrize(("area", "day"), [("ARM", "2022-05-16"), ("ISL", "2022-05-16"), ("X_PMR", "2022-05-16")])
def test_charts_and_tables_of_the_page_have_units_and_sources(area, day):
    told = quick(area, day).to_dict()
    section = poles_section.section(told)
    page = f'{section}<p id="world" data-origin="world">world</p>'
    assert unsourced(page) == ()
    for one in poles_charts.charts(told["alignment_years"]):
        ET.fromstring(one)
        assert "NaN" not in one
        assert "nan" not in one
    if area == "ARM":
        assert section.count("<svg") == 6
        assert "cannot tell: the origins of most of its gas" in section
