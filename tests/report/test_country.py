"""A country profile in words, tables and one page: every number with unit and source, nothing fetched."""

import io

import pytest

import landbridge as lb
from landbridge.report import country, country_charts, country_gas, country_map, country_page, country_words, terminal
from landbridge.report.banners import concerning
from landbridge.report.checks import loads, unsourced
from landbridge.report.names import Names
from landbridge.report.questions import command
from tests.profiles import full, quick

FACTS = lb.load_facts()
TITLES = (
    "Standard routes",
    "To the sea and to partners",
    "If a neighbour shuts its land border",
    "What scenarios do to these routes",
    "Land borders",
    "Trade in 2020",
    "What the routes to partners pass",
    "Gas",
    "Blocs, formats, agreements",
    "Obligations",
    "Measures",
    "Votes in the UN",
    "Between poles",
    "Crises",
    "What cannot be told",
    "Evidence",
    "Ask again",
)


@pytest.fixture(scope="module")
def page():
    return country_page.page_of(full(), FACTS)


def shown(answer, width=150):
    from rich.console import Console

    out = io.StringIO()
    Console(file=out, width=width, highlight=False).print(terminal.country(answer.to_dict(), Names(FACTS)))
    return out.getvalue()


def test_every_number_of_the_page_has_a_unit_and_a_source(page):
    assert unsourced(page) == ()
    assert loads(page) == ()
    assert "<script" not in page


@pytest.mark.parametrize("area", ["ARM", "X_PMR"])
def test_every_number_of_the_json_has_a_unit_and_a_source(area):
    data = (full() if area == "ARM" else quick(area, "2022-05-16")).to_dict()
    assert unsourced(data) == ()
    told = {**data, "evidence": data["evidence"][:-1], "access": {**data["access"], "teus": 2.0}}
    assert len(unsourced(told)) >= 2


def test_a_number_without_its_fact_is_found(page):
    first = page.index('data-origin="', page.index('<ol class="evidence"'))
    last = page.index('"', first + len('data-origin="'))
    assert unsourced(page[:first] + page[last + 1 :])


def test_the_page_has_every_section_maps_and_charts(page):
    for title in TITLES:
        assert f"<h2>{title}</h2>" in page or f">{title}</h2>" in page, title
    assert page.count("<svg") >= 7
    assert "landbridge country ARM --on 2022-05-16 --partners 2" in page
    assert len(page) < 1_500_000


@pytest.mark.parametrize(("area", "day"), [("X_PMR", "2022-05-16"), ("ISL", "2022-05-16")])
def test_pages_of_areas_of_which_little_is_known(area, day):
    text = country_page.page_of(quick(area, day), FACTS)
    assert unsourced(text) == ()
    assert "NaN" not in text
    assert "None" not in text.partition("<ol")[0]


def test_the_terminal_tells_every_section():
    text = shown(full())
    for words in ("Armenia (ARM), UN member, landlocked, on 2022-05-16", "Member of 19 blocs", "Obligations",
                  "Land borders on the day", "From Yerevan, 2 TEU", "If a neighbour shuts", "Trade in 2020",
                  "What the 2 standard routes", "cannot tell by mixing", "Gas by contracts in force",
                  "% of trade of", "Party to 16 agreements in force", "Bears ", "Votes in the UN in 2019", "Crises",
                  "scenarios change none", "Cannot tell: Trade is that of 2020", "Grade D."):  # fmt: skip
        assert words in text, words
    assert "nan" not in text.lower().replace("finan", "")


def test_readings_of_a_response_stand_side_by_side(page):
    text = " ".join(shown(full()).split())
    assert "consultations (disputed)" in text
    told = ("Disputed, csto-arm-2021: RUS BLR KAZ KGZ TJK (2021-07-03): consultations, a border incident",
            "Disputed, csto-arm-2021: ARM (2022-05-16): declined, the organisation did not act")  # fmt: skip
    for words in told:
        assert words in text
        assert f"<br>{words}" in page
    assert "Disputed, csto-arm-2022" not in text


def test_the_terminal_says_what_it_does_not_know():
    text = shown(quick("X_PMR", "2022-05-16"))
    assert "disputed, de jure Moldova, held by Transnistria" in text
    assert "unknown" in text
    assert "Trade by partner is not in the tables" in text


def test_banners_are_those_of_the_areas_concerned():
    data = quick("ISL", "2022-05-16").to_dict()
    banner = FACTS.row("exceptional_times", "syria-war-2011")["banner"]
    data["world"] = {**data["world"], "banners": [banner]}
    assert concerning(data, FACTS) == []


@pytest.mark.parametrize(
    ("row", "day", "areas", "told"),
    [
        ("ind-pak-2025", "2025-06-01", ["IND", "NPL"], False),
        ("ind-pak-2025", "2025-06-01", ["IND", "PAK"], True),
        ("syria-war-2011", "2020-06-01", ["TUR", "ITA"], False),
        ("syria-war-2011", "2020-06-01", ["RUS", "SYR"], True),
        ("qatar-2017", "2020-06-01", ["CHN", "EGY", "DEU"], False),
        ("qatar-2017", "2020-06-01", ["CHN", "QAT"], True),
        ("red-sea-2023", "2025-06-01", ["JOR", "SAU"], False),
        ("red-sea-2023", "2025-06-01", ["CHN", "EGY", "DEU"], True),
        ("yemen-war-2015", "2020-06-01", ["CHN", "YEM", "DJI", "EGY", "DEU"], False),
        ("yemen-war-2015", "2020-06-01", ["SAU", "YEM"], True),
    ],
)
def test_a_banner_is_told_to_those_whom_it_concerns(row, day, areas, told):
    banner = FACTS.row("exceptional_times", row)["banner"]
    answer = {"world": {"date": day, "banners": [banner]}, "routes": [{"areas": areas}]}
    assert concerning(answer, FACTS) == ([banner] if told else [])


def test_the_command_that_asks_again():
    asked = {"kind": "country", "area": "ARM", "teu": 1.0, "partners": 8, "quick": True}
    assert command(asked, {"date": "2022-05-16"}) == "landbridge country ARM --on 2022-05-16 --teu 1 --quick"


def test_every_code_of_what_is_unknown_has_words():
    for code in country_words.UNKNOWN_WORDS:
        assert list(country_words.unknown({"unknown": [f"{code}:0.5"]}))


def test_gas_by_mixing_is_told_as_molecules():
    told = {"bought": [], "contracts": [], "traced": {"AZE": 1.0}, "traced_reason": "", "traced_from": "a",
            "traced_to": "b"}  # fmt: skip
    assert list(country_gas.gas_lines(told, Names())) == [
        "Molecules by mixing in the pipes, not whose gas is bought, a to b: AZE 100 %."
    ]


def test_partners_without_a_way_are_named_beside_their_trade():
    data = full().to_dict()
    first = data["access"]["partners"][0]
    first |= {"hours": None, "no_route": "trade is forbidden"}
    shut = country_words.without_way(data)
    assert shut == {first["to_area"]: "trade is forbidden"}
    text = list(country.trade_lines(data["dependence"]["trade"], Names(), shut))
    assert "No way on the day, whatever was traded in 2020: RUS (trade is forbidden)." in text


def test_the_page_tells_posts_on_the_ground_of_an_entity():
    text = country_page.page_of(quick("X_ABK", "2026-06-01"), FACTS)
    assert "Psou" in text
    assert unsourced(text) == ()
    assert "Posts on its ground that stand under GEO" in shown(quick("X_ABK", "2026-06-01"))


def test_a_post_that_lets_freight_out_only_says_so():
    post = {"out": "all", "into": "none"}
    assert country_words.one_way(post) == "out only"
    assert country_words.one_way({"out": "none", "into": "none"}) == ""


def test_maps_and_charts_have_words_for_who_does_not_see_them():
    drawn = country_map.draw(full().to_dict()["borders"], "Posts")
    assert "<desc" in drawn
    assert "rail open" in drawn
    assert country_charts.shares([("A", None)], "t", "t") is None
    assert country.title(full().to_dict()).startswith("Armenia")


def test_what_is_frozen_and_what_a_standing_rests_on_are_told():
    answer = quick("ARM", "2026-06-01")
    lines = list(country.bound_lines(answer.to_dict(), Names(FACTS)))
    assert any(line.startswith("eu: Law on starting an EU accession process") for line in lines)
    assert any(line.startswith("csto: Participation frozen by own statement") for line in lines)
    text = " ".join(shown(answer).split())
    assert "frozen by ARM" in text
    assert "None," not in text


def test_a_threat_is_not_told_twice():
    assert country_words.threat({"threat": "internal unrest", "threat_from": "internal unrest"}) == "internal unrest"
    assert country_words.threat({"threat": "state", "threat_from": ""}) == "state"
