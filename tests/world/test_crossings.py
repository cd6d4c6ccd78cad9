"""What passes a crossing on a day, by the rules of reading and on real posts."""

import pytest

from landbridge.errors import InputError
from landbridge.facts import load
from landbridge.world import World, crossing_state, parse_scenario


def passes(day, crossing, mode, frm, to):
    return crossing_state(World.at(day), crossing, mode, frm, to)


@pytest.mark.parametrize(
    ("day", "crossing", "mode", "frm", "to", "freight"),
    [
        ("2005-01-01", "GEO-RUS-upper-lars", "road", "GEO", "RUS", "all"),
        ("2008-01-01", "GEO-RUS-upper-lars", "road", "GEO", "RUS", "none"),
        ("2010-03-01", "GEO-RUS-upper-lars", "road", "GEO", "RUS", "all"),
        ("2023-05-15", "GEO-TUR-kartsakhi-rail", "rail", "GEO", "TUR", "all"),
        ("2023-05-16", "GEO-TUR-kartsakhi-rail", "rail", "GEO", "TUR", "none"),
        ("2024-05-19", "GEO-TUR-kartsakhi-rail", "rail", "TUR", "GEO", "none"),
        ("2024-05-20", "GEO-TUR-kartsakhi-rail", "rail", "TUR", "GEO", "all"),
        ("2016-01-01", "GEO-TUR-kartsakhi-rail", "rail", "GEO", "TUR", "none"),
        ("2022-06-01", "ARM-TUR-akhurik-rail", "rail", "TUR", "ARM", "none"),
        ("2022-06-01", "ARM-TUR-margara", "road", "TUR", "ARM", "none"),
        ("2025-03-25", "ARM-TUR-margara", "road", "ARM", "TUR", "listed"),
        ("2025-03-25", "ARM-TUR-margara", "road", "TUR", "ARM", "none"),
        ("2021-12-15", "ARM-IRN-agarak", "road", "IRN", "ARM", "all"),
        ("2023-06-01", "ARM-GEO-bagratashen", "road", "ARM", "GEO", "all"),
        ("2022-06-01", "IRN-PAK-mirjaveh-road", "road", "PAK", "IRN", "all"),
        ("2022-06-01", "IRN-TUR-bazargan", "road", "IRN", "TUR", "all"),
        ("2024-06-01", "EST-RUS-narva-road", "road", "EST", "RUS", "none"),
        ("2024-06-01", "EST-RUS-luhamaa", "road", "EST", "RUS", "all"),
        ("2025-10-24", "BLR-LTU-salcininkai", "road", "LTU", "BLR", "all"),
        ("2025-10-28", "BLR-LTU-salcininkai", "road", "LTU", "BLR", "none"),
        ("2025-11-21", "BLR-LTU-salcininkai", "road", "LTU", "BLR", "all"),
        ("2026-01-15", "AFG-PAK-torkham", "road", "PAK", "AFG", "none"),
        ("2026-01-15", "AFG-PAK-chaman", "road", "PAK", "AFG", "none"),
        ("2015-06-01", "ARM-AZE-eyvazli", "road", "ARM", "AZE", "none"),
        ("2014-06-01", "HUN-SRB-roszke-rail", "rail", "SRB", "HUN", "none"),
        ("2022-07-31", "HUN-SRB-roszke-rail", "rail", "SRB", "HUN", "none"),
        ("2022-08-01", "HUN-SRB-roszke-rail", "rail", "SRB", "HUN", "all"),
        ("2023-11-28", "HUN-SRB-roszke-rail", "rail", "SRB", "HUN", "all"),
        ("2015-06-01", "IRQ-JOR-trebil", "road", "JOR", "IRQ", "all"),
        ("2016-06-01", "IRQ-JOR-trebil", "road", "JOR", "IRQ", "none"),
        ("2020-04-07", "CHN-RUS-turiy-rog", "road", "CHN", "RUS", "none"),
        ("2021-06-01", "CHN-RUS-turiy-rog", "road", "CHN", "RUS", "listed"),
        ("2023-10-01", "CHN-RUS-dongning", "road", "CHN", "RUS", "none"),
        ("2024-06-01", "CHN-RUS-markovo", "road", "CHN", "RUS", "none"),
        ("2020-12-01", "MNG-RUS-kyakhta", "road", "RUS", "MNG", "none"),
        ("2021-06-01", "MNG-RUS-kyakhta", "road", "RUS", "MNG", "listed"),
        ("2020-06-07", "CHN-KGZ-torugart", "road", "CHN", "KGZ", "none"),
        ("2010-06-01", "BGD-IND-radhikapur-rail", "rail", "IND", "BGD", "none"),
        ("2025-06-01", "KAZ-UZB-gisht-kuprik", "road", "KAZ", "UZB", "none"),
        ("2025-06-01", "KAZ-UZB-atameken", "road", "KAZ", "UZB", "all"),
        ("2022-06-01", "KAZ-UZB-kaplanbek", "road", "KAZ", "UZB", "all"),
        ("2024-06-01", "KAZ-UZB-kaplanbek", "road", "KAZ", "UZB", "none"),
        ("2020-06-01", "KAZ-KGZ-korday", "road", "KGZ", "KAZ", "none"),
        ("2021-06-01", "KAZ-KGZ-korday", "road", "KGZ", "KAZ", "all"),
        ("2025-06-01", "KGZ-UZB-uchkurgan", "road", "KGZ", "UZB", "all"),
        ("2024-06-01", "IRQ-TUR-uzumlu", "road", "TUR", "IRQ", "none"),
        ("2022-06-01", "BLR-LTU-sumskas", "road", "BLR", "LTU", "none"),
        ("2026-03-05", "IRN-IRQ-tamarchin", "road", "IRN", "IRQ", "none"),
        ("2011-06-01", "MMR-THA-myawaddy", "road", "THA", "MMR", "none"),
        ("2005-06-01", "LTU-LVA-renge-rail", "rail", "LTU", "LVA", "all"),
        ("2015-06-01", "LTU-LVA-renge-rail", "rail", "LTU", "LVA", "none"),
        ("2005-07-01", "FRA-ITA-frejus-road", "road", "FRA", "ITA", "none"),
        ("2016-01-01", "HRV-HUN-koprivnica-rail", "rail", "HRV", "HUN", "none"),
        ("2014-06-01", "BGR-GRC-makaza", "road", "BGR", "GRC", "listed"),
        ("2016-06-01", "AFG-PAK-ghulam-khan", "road", "PAK", "AFG", "none"),
        ("2018-06-01", "AFG-PAK-ghulam-khan", "road", "PAK", "AFG", "all"),
        ("2021-05-05", "CHN-KAZ-bakhty-road", "road", "CHN", "KAZ", "listed"),
        ("2025-06-01", "SYR-TUR-bab-al-hawa", "road", "TUR", "SYR", "listed"),
        ("2025-10-01", "SYR-TUR-bab-al-hawa", "road", "TUR", "SYR", "all"),
        ("2010-06-01", "auto-MDA-X_PMR-rail-46.8-29.5", "rail", "MDA", "X_PMR", "none"),
        ("2015-06-01", "auto-DJI-ETH-rail-11.1-42.6", "rail", "DJI", "ETH", "none"),
        ("2010-06-01", "auto-EGY-SDN-road-22.1-31.2", "road", "EGY", "SDN", "none"),
        ("2024-05-01", "auto-LBY-TUN-road-33.1-11.5", "road", "TUN", "LBY", "none"),
        ("2015-06-01", "auto-CHN-HKG-rail-22.5-114.1", "rail", "CHN", "HKG", "none"),
        ("2025-06-01", "auto-DZA-TUN-rail-36.4-8.4", "rail", "DZA", "TUN", "none"),
    ],
)
def test_real_posts(day, crossing, mode, frm, to, freight):
    assert passes(day, crossing, mode, frm, to).freight == freight


def test_every_afghan_pakistani_post_is_shut():
    world = World.at("2026-01-15")
    for row in load().table("crossings").where(area_a="AFG", area_b="PAK"):
        for mode in row["modes"]:
            assert crossing_state(world, row["id"], mode, "PAK", "AFG").shut, row["id"]


def test_every_finnish_road_post_is_shut():
    world = World.at("2024-06-01")
    for row in load().table("crossings").where(area_a="FIN", area_b="RUS"):
        if "road" in row["modes"]:
            assert crossing_state(world, row["id"], "road", "FIN", "RUS").shut, row["id"]


def test_a_pair_opening_never_opens_a_post_shut_by_its_own_row():
    """Poland reopened the border of Belarus on 2025-09-25; Bruzgi stayed shut until November."""
    facts = load()
    opening = {row["id"]: row for row in facts.table("crossing_status").where(subject="BLR-POL")}
    assert any(row["freight"] == "all" and str(row["from"]) == "2025-09-25" for row in opening.values())
    assert passes("2025-10-15", "BLR-POL-bruzgi", "road", "BLR", "POL").shut


def test_no_row_at_any_level_is_open():
    facts = load()
    extra = {
        "id": "auto-FRA-DEU-rail-1",
        "name_a": "x",
        "area_a": "FRA",
        "name_b": "y",
        "area_b": "DEU",
        "lat": 48.6,
        "lon": 7.8,
        "modes": ("rail",),
        "status": "open",
        "freight_now": "all",
        "inferred": True,
        "source_id": ("general-knowledge",),
        "grade": "D",
    }
    world = World.at("2023-06-01", facts.with_rows("crossings", [extra]))
    state = crossing_state(world, "auto-FRA-DEU-rail-1", "rail", "FRA", "DEU")
    assert (state.freight, state.level) == ("all", "none")


def test_a_crossing_without_rows_takes_those_of_its_pair():
    facts = load()
    extra = {
        "id": "auto-BLR-POL-rail-1",
        "name_a": "x",
        "area_a": "BLR",
        "name_b": "y",
        "area_b": "POL",
        "lat": 52.6,
        "lon": 23.8,
        "modes": ("rail",),
        "status": "open",
        "freight_now": "all",
        "inferred": True,
        "source_id": ("general-knowledge",),
        "grade": "D",
    }
    world = World.at("2025-09-20", facts.with_rows("crossings", [extra]))
    state = crossing_state(world, "auto-BLR-POL-rail-1", "rail", "BLR", "POL")
    assert (state.freight, state.level) == ("none", "pair")
    assert state.evidence == (("crossing_status", "bs-blr-pol-rail-20250912"),)


def test_a_mode_that_a_crossing_has_not():
    assert passes("2023-06-01", "GEO-RUS-upper-lars", "rail", "GEO", "RUS").shut


def test_persons_and_freight_are_two_things():
    state = passes("2023-06-01", "AZE-IRN-astara-road", "road", "IRN", "AZE")
    assert (state.freight, state.persons) == ("all", "listed")


def test_the_row_is_cited():
    state = passes("2026-01-15", "AFG-PAK-torkham", "road", "PAK", "AFG")
    assert state.evidence[0] == ("crossing_status", "bs-afg-pak-torkham-road-20251101")


def test_an_unknown_crossing_names_the_nearest():
    with pytest.raises(InputError, match="GEO-RUS-upper-lars"):
        passes("2023-06-01", "GEO-RUS-uper-lars", "road", "GEO", "RUS")


def test_a_crossing_joins_its_own_areas_alone():
    with pytest.raises(InputError, match="does not join"):
        passes("2023-06-01", "GEO-RUS-upper-lars", "road", "GEO", "TUR")


def test_snow_days_at_upper_lars():
    winter = passes("2023-01-15", "GEO-RUS-upper-lars", "road", "GEO", "RUS")
    assert winter.freight == "all"
    assert winter.closed_probability == pytest.approx(0.2)
    assert winter.extra_hours == pytest.approx(0.4 * 48)
    assert passes("2023-10-15", "GEO-RUS-upper-lars", "road", "GEO", "RUS").closed_probability == 0


def test_khunjerab_in_winter():
    before = passes("2019-01-15", "CHN-PAK-khunjerab", "road", "CHN", "PAK")
    assert before.shut
    lately = passes("2025-01-15", "CHN-PAK-khunjerab", "road", "CHN", "PAK")
    assert lately.freight == "all"
    assert lately.certainty == "uncertain"


def test_a_season_that_passes_the_new_year_counts_by_its_start():
    """The closed season of Khunjerab ends with 2022: it still holds in January 2023, not in December 2023."""
    from landbridge.world import season_effects

    assert season_effects(World.at("2023-01-15"), "crossing", "CHN-PAK-khunjerab").closed_probability == 1
    assert season_effects(World.at("2023-12-15"), "crossing", "CHN-PAK-khunjerab").closed_probability == 0


def test_before_its_record_begins_a_post_is_taken_as_it_then_stood_and_told_as_unsure():
    inside = crossing_state(World.at("2019-06-01"), "IND-NPL-sunauli", "road", "IND", "NPL")
    before = crossing_state(World.at("2012-06-01"), "IND-NPL-sunauli", "road", "IND", "NPL")
    assert (inside.freight, inside.certainty) == (before.freight, "sure")
    assert before.certainty == "uncertain"
    assert "its record begins, 2018-01-01" in before.reason


OLD = [
    ("AZE-RUS", "1995-06-01", "Russia shut the border to isolate Chechnya"),
    ("HRV-SRB", "1993-06-01", "cut at the front lines"),
    ("BIH-SRB", "1993-06-01", "war, no row of any post"),
    ("BIH-HRV", "1993-06-01", "war, no row of any post"),
    ("IRN-IRQ", "1995-06-01", "embargo, no row of any post"),
    ("IRQ-KWT", "2001-06-01", "sealed from 1990 to 2003"),
    ("AFG-TJK", "1998-06-01", "no bridge before 2002"),
]


@pytest.mark.parametrize(("pair", "day", "why"), OLD, ids=[f"{pair}-{day}" for pair, day, _ in OLD])
def test_no_post_of_a_pair_shut_as_a_whole_is_open_for_want_of_a_row(pair, day, why):
    world, (a, b) = World.at(day), pair.split("-")
    posts = [row for row in load().table("crossings").rows if {row["area_a"], row["area_b"]} == {a, b}]
    assert posts
    for row in posts:
        for mode in row["modes"]:
            for frm, to in ((a, b), (b, a)):
                assert crossing_state(world, row["id"], mode, frm, to).freight == "none", (row["id"], why)


def test_a_time_of_war_shuts_only_the_pairs_that_it_names():
    """Georgia stands among the areas of the war in Chechnya; its border with Azerbaijan stayed open."""
    assert passes("1995-06-01", "AZE-GEO-red-bridge", "road", "AZE", "GEO").freight == "all"
    assert passes("1993-06-01", "HRV-SVN-bregana", "road", "HRV", "SVN").freight == "all"
    found = passes("1995-06-01", "IRN-IRQ-khosravi", "road", "IRN", "IRQ")
    assert found.certainty == "uncertain"
    assert found.evidence == (("exceptional_times", "iraq-embargo-1990"),)
    assert "treated as shut" in found.reason


@pytest.mark.parametrize(
    ("crossing", "mode", "opened"),
    [
        ("AZE-RUS-khanoba", "road", "2019-09-01"),
        ("AFG-TJK-tem", "road", "2002-11-03"),
        ("LAO-THA-nong-khai-road", "road", "1994-04-08"),
        ("LAO-THA-savannakhet", "road", "2006-12-20"),
        ("ISR-JOR-sheikh-hussein", "road", "1994-11-10"),
        ("MYS-SGP-tuas", "road", "1998-01-02"),
        ("CHN-VNM-pingxiang-rail", "rail", "1996-02-14"),
        ("CHN-PRK-jian", "road", "2019-04-08"),
        ("HUN-ROU-bors2", "road", "2020-09-04"),
    ],
)
def test_a_post_is_shut_before_it_was_opened(crossing, mode, opened):
    from datetime import date, timedelta

    row = load().row("crossings", crossing)
    a, b = row["area_a"], row["area_b"]
    day = date.fromisoformat(opened)
    assert passes(day, crossing, mode, a, b).freight == "all"
    assert passes(day - timedelta(days=1), crossing, mode, a, b).freight == "none"


def test_a_bridge_with_an_opening_year_in_its_note_is_not_taken_as_older_than_that_year():
    """`opened YYYY` in the note of a post binds: no row says that it stood before."""
    import re

    old = []
    facts = load()
    for row in facts.table("crossings").rows:
        said = re.search(r"(?<!re)(?<!Re)opened ((?:19|20)\d\d)", row["note"] or "")
        if said is None or "new bridge" in (row["note"] or ""):
            continue
        world = World.at(f"{int(said[1]) - 1}-06-01")
        old += [
            (row["id"], mode, said[0])
            for mode in row["modes"]
            if crossing_state(world, row["id"], mode, row["area_a"], row["area_b"]).freight == "all"
        ]
    assert old == []


def test_a_planned_railway_passes_no_post_before_it_is_opened():
    """A post of road has no rails that a built line could use: each railway has a state of its own there."""
    facts = load()
    posts = facts.table("crossings").by_id
    planned = {"five-nations": ("CHN-KGZ-irkeshtam", "KGZ-TJK-karamyk", "AFG-TJK-panji-poyon"),
               "torghundi-herat": ("AFG-PAK-chaman",), "kermanshah-khosravi": ("IRN-IRQ-khosravi",)}  # fmt: skip
    for project, gates in planned.items():
        text = f"name: built\nnote: x\nsources: [x]\nevents:\n- kind: build\n  project: {project}\n"
        opens = f"- kind: open\n  subject: [{', '.join(f'crossing:{gate}' for gate in gates)}]\n  modes: rail\n"
        world = World.at("2026-01-15").apply(parse_scenario(text))
        running = World.at("2026-01-15").apply(parse_scenario(text + opens))
        for gate in gates:
            frm, to = posts[gate]["area_a"], posts[gate]["area_b"]
            assert "rail" in posts[gate]["modes"]
            assert crossing_state(world, gate, "rail", frm, to).freight == "none"
            assert crossing_state(running, gate, "rail", frm, to).freight == "all"
    assert passes("2025-09-15", "AFG-PAK-chaman", "road", "AFG", "PAK").freight == "all"
