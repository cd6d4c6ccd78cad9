"""What must hold of the shipped tables, and the facts that the rest of the project leans on."""

from datetime import date

import pytest

from landbridge.facts import evidence, load
from landbridge.facts.schema import TABLES_FOLDER, read_schema
from landbridge.geo import great_circle_km

BARE = {"sources"}
"""Tables whose rows are not facts themselves."""


def test_every_row_has_a_source_and_a_grade():
    facts = load()
    for name in set(facts.names) - BARE:
        for row in facts.table(name).rows:
            assert row["source_id"], (name, row["id"])
            assert row["grade"] in {"A", "B", "C", "D"}, (name, row["id"])


NO_ADDRESS = {
    "alashankou-trucks-2021", "bakhty-trucks-2021", "brest-pairs", "chabahar-mt", "dostyk-teu", "instc-west-aze",
    "khorgosgw-trains", "nurzholy-trucks-2021", "razi-wagons", "saryagash-mt", "southern-uzb",
    "ukraine-other-entries-rus-ukr-20151012-restart", "UKR-20241015",
}  # fmt: skip
"""Looked-up rows whose source is named without an address."""


def test_looked_up_rows_keep_the_address_of_their_source():
    facts = load()
    with_address = {row["id"] for row in facts.table("sources").rows if row["url"]}
    bare = {
        row["id"]
        for name in set(facts.names) - BARE
        for row in facts.table(name).rows
        if row["grade"] in {"A", "B"} and not with_address & set(row["source_id"])
    }
    assert bare <= NO_ADDRESS


def test_every_declared_table_has_a_file_and_every_file_is_declared():
    files = {path.stem for path in TABLES_FOLDER.glob("*.csv")} - {"columns"}
    assert files == set(read_schema())


def test_the_id_is_the_first_column_and_every_column_is_described():
    for name, columns in read_schema().items():
        assert columns[0].name == "id", name
        assert all(column.description for column in columns)
        names = [column.name for column in columns]
        assert len(names) == len(set(names)), name


def test_numbers_name_their_unit():
    free = {"int", "id"}
    for columns in read_schema().values():
        for column in columns:
            if column.kind == "float" and column.kind not in free:
                assert column.unit, (column.table, column.name)


def test_the_facts_cover_1991_to_mid_2026():
    assert load().first_day == date(1991, 1, 1)
    assert load().last_day == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("table", "key", "column", "value"),
    [
        ("crossings", "GEO-RUS-upper-lars", "modes", ("road",)),
        ("areas", "XKX", "de_jure", ("XKX", "SRB")),
        ("areas", "X_CRI", "de_facto", ("RUS",)),
        ("areas", "ESP", "gauge_mm", 1668),
        ("passages", "kerch", "areas", ("RUS", "UKR")),
        ("ferries", "alat-aktau", "port_a_id", "baku-alat"),
        ("measure_rules", "arm-aze89-r-border", "territory_gates", ("pair:ARM-AZE",)),
        ("measure_rules", "g7-cap-r-prod", "value_high", 100.0),
        ("carrier_policies", "maersk-bab-el-mandeb-2023-12-15", "subjects", ("passage:bab-el-mandeb",)),
        ("bloc_effects", "eaeu-no-duty-2015-01-01", "from_area_set", ("bloc:eaeu",)),
    ],
)
def test_cells_are_cleaned(table, key, column, value):
    assert load().row(table, key)[column] == value


def test_doubt_stays_with_the_row():
    row = load().row("crossing_status", "bs-afg-irn-islam-qala-road-20210708")
    assert "uncertain" in row["doubt"]
    assert "doubt: " in evidence(load(), "crossing_status", row["id"]).note


def test_a_doubt_that_the_note_tells_is_not_told_again():
    facts = load()
    for name in facts.names:
        if {"note", "doubt"} <= {column.name for column in facts.schema[name]}:
            for row in facts.table(name).where(grade="D"):
                said, _, doubts = evidence(facts, name, row["id"]).note.partition("doubt: ")
                assert not [one for one in doubts.split("; ") if one and one in said], (name, row["id"])


def test_a_crossing_does_not_tell_the_state_of_one_day_in_its_note():
    told = [row["id"] for row in load().table("crossings").rows if "persons" in (row["doubt"] or "")]
    assert not told
    assert not [row["id"] for row in load().table("crossings").rows if ", persons " in (row["note"] or "")[:30]]


def test_a_state_of_a_post_is_told_of_a_mode_that_goes_through_it():
    facts = load()
    modes = {row["id"]: set(row["modes"]) for row in facts.table("crossings").rows}
    for row in facts.table("crossing_status").rows:
        if row["subject_kind"] == "crossing":
            assert modes[row["subject"]] & ({"road", "rail"} if row["mode"] == "both" else {row["mode"]}), row["id"]


def test_evidence_names_every_source():
    found = evidence(load(), "passages", "suez")
    assert found.grade == "B"
    assert "Informare" in found.source
    assert "Daily Sabah" in found.source
    assert found.url.startswith("https://www.informare.it")


def test_waits_are_matched_to_crossings_where_they_tell_of_one():
    waits = load().table("crossing_waits").rows
    assert sum(row["crossing"] is not None for row in waits) / len(waits) > 0.85
    lars = load().table("crossing_waits").where(crossing="GEO-RUS-upper-lars")
    assert {row["direction"] for row in lars} >= {"RUS>GEO", "GEO>RUS"}


def test_the_banner_of_a_day_can_be_found():
    def holds(day):
        return {
            row["id"]
            for row in load().table("exceptional_times").rows
            if row["from"].first <= day and (row["to"] is None or day < row["to"].first)
        }

    assert holds(date(2006, 6, 1)) == set()
    assert "covid-2020" in holds(date(2021, 6, 1))
    assert holds(date(2023, 6, 1)) == {
        "kgz-tjk-2021",
        "lachin-2022",
        "northern-ireland-2021",
        "syria-war-2011",
        "ukraine-war-2022",
    }
    assert {"hormuz-2026", "iran-war-2026", "afg-pak-2025", "ind-pak-2025", "red-sea-2023"} <= holds(date(2026, 5, 1))


def test_banners_and_measures_use_neutral_words():
    words = ("aggressor", "terrorist", "regime of", "liberat", "occupier", "illegal")
    for table, column in (("exceptional_times", "banner"), ("measures", "effect"), ("areas", "note")):
        for row in load().table(table).rows:
            text = (row[column] or "").casefold()
            assert not any(word in text for word in words), (row["id"], text)


def test_groups_of_areas_answer_for_a_day():
    def members(group, day):
        return {
            row["area"]
            for row in load().table("area_groups").where(group=group)
            if (row["from"] is None or row["from"].first <= day) and (row["to"] is None or day < row["to"].first)
        }

    assert len(members("EU", date(2019, 1, 1))) == 28
    assert len(members("EU", date(2026, 1, 1))) == 27
    assert members("EAEU", date(2026, 1, 1)) == {"ARM", "BLR", "KAZ", "KGZ", "RUS"}
    assert members("EFTA", date(2026, 1, 1)) == {"CHE", "ISL", "LIE", "NOR"}


def test_a_branch_by_rail_goes_by_the_railway_post_where_there_is_one():
    known = load()
    crossings = known.table("crossings").by_id

    def railway_beside(row):
        near = (other for other in crossings.values() if "rail" in (other["modes"] or ()))
        return [
            other["id"]
            for other in near
            if {other["area_a"], other["area_b"]} == {row["area_a"], row["area_b"]}
            and great_circle_km(row["lat"], row["lon"], other["lat"], other["lon"]) < 50.0
        ]

    wrong = {
        (branch["id"], gate): railway_beside(crossings[gate.removeprefix("crossing:")])
        for branch in known.table("corridors").rows
        if "rail" in branch["mode_chain"] and "road" not in branch["mode_chain"]
        for gate in branch["gates"]
        if gate.startswith("crossing:") and "rail" not in crossings[gate.removeprefix("crossing:")]["modes"]
    }
    assert {key: posts for key, posts in wrong.items() if posts} == {}
