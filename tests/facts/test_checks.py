"""Every check finds what it is for, says a remedy, and finds no error in the shipped tables."""

import pytest

from landbridge.facts import check, grouped, load
from landbridge.facts.checks import CHECKS, Complaint
from landbridge.facts.schema import TABLES_FOLDER, read_schema
from landbridge.facts.store import Facts, LaidRow

STATE = {
    "subject": "ARM-IRN-agarak", "subject_kind": "crossing", "mode": "road", "direction": "both", "freight": "none",
    "persons": "none", "carriers": "all", "precision": "day", "certainty": "sure", "source_id": "general-knowledge",
    "grade": "D",
}  # fmt: skip

POINT = {
    "point": "badajoz-esp-prt", "from_zone": "ESP", "to_zone": "PRT", "capacity_mcmd": "5", "kind": "physical",
    "source_id": "general-knowledge", "grade": "D",
}  # fmt: skip


def spoilt(table, key, **cells):
    """The shipped facts with one row laid over without the care that `load` and `with_rows` take."""
    row = LaidRow(key, tuple({"id": key, **cells}.items()), False, "spoilt.csv", 2)
    return Facts(load().schema, TABLES_FOLDER, ((table, row),))


def found(facts, name, key):
    return [complaint for complaint in CHECKS[name](facts) if complaint.id == key]


CASES = [
    ("filled", "ports", "poti", {"name": ""}, "error", "the cell is empty"),
    ("types", "ports", "poti", {"annual_teu": "many"}, "error", "'many' is not a number"),
    ("types", "crossings", "GEO-RUS-roki", {"status": "opened"}, "error", "'opened' is not one of"),
    ("bounds", "ports", "poti", {"lat": "142"}, "error", "142 is outside -90..90 deg"),
    ("bounds", "crossing_waits", "new", {"hours_low": "9", "hours": "5", "hours_high": "20"}, "error", "not in order"),
    ("references", "ports", "poti", {"area": "GOE"}, "error", "areas has no row 'GOE'"),
    ("references", "ports", "poti", {"source_id": "rumour"}, "error", "sources has no row 'rumour'"),
    ("areas", "measures", "arm-aze89", {"target_codes": "ARM;ARN"}, "error", "'ARN' is no area"),
    ("gates", "corridors", "instc-west", {"gates": "crossing:AZE-RUS-yalma"}, "error", "no crossing 'AZE-RUS-yalma'"),
    ("gates", "corridors", "instc-west", {"gates": "bridge:kerch"}, "error", "of no known kind"),
    ("gates", "corridors", "instc-west", {"gates": "place:Baku"}, "error", "no position"),
    ("gates", "corridors", "instc-west", {"gates": "pair:AZE-XXX"}, "error", "no pair of areas"),
    ("subjects", "crossing_status", "new", {**STATE, "subject": "ARM-IRN-agrak"}, "error", "no crossing"),
    ("subjects", "crossing_status", "new", {**STATE, "subject": "TUR-ARM", "subject_kind": "pair"}, "error", "no pair"),
    ("ways", "crossing_status", "new", {**STATE, "direction": "ARM>GEO"}, "error", "does not lead between"),
    ("listed", "crossing_status", "new", {**STATE, "freight": "listed"}, "error", "not said"),
    ("listed", "crossing_status", "new", {**STATE, "cargo_note": "only: grain"}, "error", "lists cargo"),
    ("carriers", "crossing_status", "new", {**STATE, "carriers": "not:BLR;RSU"}, "error", "'RSU' is no area"),
    ("carriers", "crossing_status", "new", {**STATE, "carriers": "none"}, "error", "names no carriers"),
    ("corridors", "corridors", "instc-west", {"areas": "RUS;IRN"}, "doubt", "lies in AZE"),
    ("corridors", "corridors", "khosravi", {"gates": "crossing:IRN-IRQ-mehran"}, "error", "a post of road alone"),
    ("territories", "measure_rules", "us-emb-cuba-r", {"territory_areas": ""}, "doubt", "no area or gate"),
    ("months", "crossing_waits", "red-bridge-road-outbound-2022", {"month_to": ""}, "error", "one of its two months"),
    ("months", "crossing_waits", "red-bridge-road-outbound-2022", {"month_to": "3"}, "error", "run over New Year"),
    ("months", "terminal_times", "rotterdam-dwell-2021", {"month_from": ""}, "error", "one of its two months"),
    ("months", "crossing_wait_rules", "iran-rail", {"month_from": "1", "month_to": "2"}, "error", "all the year"),
    ("months", "crossing_wait_rules", "post-blr-pol-brest-rail-2021-08", {"month_to": "10"}, "error", "same months"),
    ("months", "crossing_wait_rules", "post-blr-pol-brest-rail-2022", {"year": "2020"}, "error", "same months"),
    (
        "months",
        "crossing_waits",
        "dorohusk-yahodyn-road-to-poland-2022",
        {"month_from": "8", "month_to": "8"},
        "error",
        "says nothing of a whole month",
    ),
    ("bounds", "crossing_waits", "red-bridge-road-outbound-2022", {"month_to": "13"}, "error", "13 is outside 1..12"),
    ("crossings", "crossings", "GEO-RUS-roki", {"lat": "52.6", "inferred": "true"}, "doubt", "km from the border"),
    ("crossings", "crossings", "GEO-RUS-roki", {"lat": "52.6"}, "error", "km from the border"),
    ("crossings", "crossings", "GEO-RUS-roki", {"lat": "42.75"}, "doubt", "km from the border"),
    ("crossings", "crossings", "GEO-RUS-roki", {"area_b": "GEO"}, "error", "both sides are the same"),
    ("crossings", "crossings", "GEO-RUS-roki", {"area_b": "PRT"}, "doubt", "no land border"),
    ("berths", "ferries", "alat-aktau", {"lat_a": "41.5"}, "doubt", "km from Baku (Alat)"),
    ("empty", "measures", "arm-aze89", {"from": "2020", "to": "2019-05"}, "error", "before it begins"),
    (
        "empty",
        "seasons",
        "volga-don-closed-12-01",
        {"year_from": "2025", "year_to": "2020"},
        "error",
        "before it begins",
    ),
    ("overlaps", "crossing_status", "new", {**STATE, "from": "2024-01-01"}, "error", "contradicts"),
    (
        "overlaps",
        "ferry_status",
        "new",
        {"ferry": "alat-aktau", "from": "2025", "status": "closed"},
        "error",
        "contradict",
    ),
    (
        "directions",
        "crossing_status",
        "new",
        {**STATE, "from": "2024", "direction": "ARM>IRN"},
        "error",
        "both directions",
    ),
    (
        "beginnings",
        "crossing_status",
        "bs-geo-tur-vale-road-19950101",
        {**STATE, "subject": "GEO-TUR-vale", "from": "1995-01-01", "reason": "shut by Turkey"},
        "doubt",
        "begins with a closure",
    ),
    ("open_closures", "crossing_status", "new", {**STATE, "from": "2026-06-30"}, "doubt", "without an end"),
    ("ahead", "crossing_status", "new", {**STATE, "from": "2031"}, "doubt", "after the last day"),
    ("within_measure", "measure_rules", "arm-aze89-r-border", {"from": "1950"}, "doubt", "outside its measure"),
    ("last_states", "ferries", "alat-aktau", {"status": "defunct"}, "doubt", "defunct here, but open"),
    ("last_states", "ferries", "new", {"status": "open"}, "error", "no row in ferry_status"),
    ("last_states", "crossings", "new", {"inferred": "false"}, "doubt", "no row in crossing_status"),
    ("points", "gas_points", "new", {**POINT, "from": "2025-01-01"}, "error", "contradicts"),
    ("points", "gas_points", "badajoz-esp-prt-20070101", {"to_zone": "ESP"}, "error", "leads back"),
    ("points", "gas_points", "lng-krk-20070101", {"kind": "physical"}, "error", "physical from LNG to HRV"),
    ("points", "gas_points", "larrau-esp-fra-20130401", {"from": "2013-05-01"}, "error", "30 days after"),
    ("points", "gas_points", "larrau-esp-fra-20130401", {"from_zone": "PRT"}, "error", "PRT here, ESP in"),
    (
        "named_points",
        "gas_swaps",
        "tkm-irn-aze-20240107",
        {"in_points": "sarakhs-tkm"},
        "error",
        "no point 'sarakhs-tkm'",
    ),
    ("named_points", "gas_events", "blue-stream-20090103-raise", {"point": "blue"}, "error", "no point 'blue'"),
    ("named_points", "gas_swaps", "virtual-igb-bgr-grc", {"out_points": "igb-grc-bgr"}, "error", "against its pair"),
    ("fuel_areas", "gas_years", "MDA-2015", {"area": "MDQ"}, "error", "'MDQ' is no area, zone or word"),
    ("fuel_areas", "gas_trade", "CAN-USA-2014-pipeline-origin-own-heat", {"origin": "OTHER"}, "error", "'OTHER' is no"),
    (
        "parts",
        "gas_demand_tiers",
        "AUT-district-heat",
        {"share_annual": "0.2"},
        "error",
        "the parts of AUT add up to 1.16",
    ),
    ("parts", "oil_trade", "jpn-sau-2023", {"share": "0.6"}, "error", "the origins of JPN 2023 add up to 1.137"),
    ("parts", "oil_trade", "jpn-sau-2023", {"origin": "JPN"}, "error", "an area imports its own oil"),
    ("parts", "gas_shapes", "AUT-2016-2019", {"m01": "0.2"}, "error", "the months add up to 1.0584"),
    ("stores", "gas_fills", "AUT-20081231", {"fill_pct": "104"}, "doubt", "104 % of the working gas"),
    ("stores", "gas_withdrawal_curves", "cavern-020", {"rate_share": "0.1"}, "error", "less than at 10 %"),
    ("stores", "gas_withdrawal_curves", "cavern-100", {"rate_share": "0.99"}, "error", "less than at 90 %"),
    ("energy_events", "gas_events", "blue-stream-20090103-raise", {"zone": "TUR"}, "error", "a point and a zone"),
    ("energy_events", "gas_events", "blue-stream-20090103-raise", {"effect": "limit"}, "error", "its end"),
    ("energy_events", "gas_events", "blue-stream-20090103-raise", {"to": "2009-01-01"}, "error", "before it begins"),
    ("bounds", "gas_points", "badajoz-esp-prt-20070101", {"capacity_mcmd": "-1"}, "error", "-1 is outside"),
    ("references", "gas_points", "badajoz-esp-prt-20070101", {"to_zone": "POR"}, "error", "gas_zones has no row 'POR'"),
    ("references", "gas_points", "badajoz-esp-prt-20070101", {"pipeline": "p1"}, "error", "pipelines has no row 'p1'"),
    ("readings", "obligations", "cst-4-arm-2021", {"read_by": ""}, "error", "nobody holds"),
    ("readings", "obligations", "cst-4-aid", {"read_by": "ARM"}, "error", "of no text"),
    ("readings", "obligations", "cst-4-arm-2021", {"reading_of": "cst-4-csto-2021"}, "error", "itself a reading"),
    ("aliases", "alliance_names", "odkb", {"format_id": "quad"}, "error", "means 2 things"),
    ("responses", "crises", "csto-kaz-2022", {"response_date": "2022-01-04"}, "error", "before the appeal"),
    ("responses", "crises", "csto-nk-2023", {"counted": "true"}, "error", "'no appeal'"),
    ("response_readings", "crisis_readings", "rus-arm-2022-09-rus", {"read_by": "ARM"}, "error", "one side twice"),
    (
        "response_readings",
        "crisis_readings",
        "rus-arm-2022-09-arm",
        {"response": "consultations"},
        "error",
        "as it is coded",
    ),
    ("votes", "vote_pairs", "ARM-AZE", {"common": "5;6"}, "error", "differ in length"),
    ("votes", "vote_pairs", "ARM-AZE", {"common": "5", "alike": "6", "halves": "10"}, "error", "more votes alike"),
    ("votes", "vote_pairs", "ARM-AZE", {"common": "5", "alike": "x", "halves": "10"}, "error", "whole numbers"),
    ("clauses", "clauses", "tri-2020-2", {"done_on": ""}, "error", "done, but on no day"),
    ("clauses", "clauses", "tri-2020-9", {"done_on": "2021-01-01"}, "error", "not done, but on 2021-01-01"),
    ("clauses", "clauses", "tri-2020-3", {"ended_on": "2020-01-01"}, "error", "run backwards"),
    ("measured", "figures", "us-ukr-aid-ukr-appropriated-fiscal-year-musd-2016", {"low": "300"}, "error", "outside"),
    (
        "measured",
        "figures",
        "us-ukr-aid-ukr-appropriated-fiscal-year-musd-2016",
        {"measure": "aid_of_the_year"},
        "error",
        "no unit that is known",
    ),
    ("pairs", "records", "kaz-2022", {"pairs": "KAZ-ARM"}, "error", "no border post between KAZ-ARM"),
    ("trade_groups", "area_trade", "ARM-RUS-2019", {"exports_by_group_musd": "1;2"}, "error", "2 groups of goods"),
    ("trade_groups", "area_trade", "ARM-RUS-2019", {"imports_musd": "17"}, "error", "add up to"),
    ("trade_groups", "area_trade", "ARM-RUS-2019", {"imports_by_group_musd": "x"}, "error", "else than numbers"),
    ("trade_wholes", "area_trade", "ARM-RUS-2019", {"exports_musd": "9000"}, "error", "more trade than"),
    ("trade_wholes", "area_trade", "ARM-RUS-2019", {"year": "1999"}, "error", "no row for all partners"),
    ("grades", "ports", "poti", {"source_id": "general-knowledge", "grade": "A"}, "error", "general knowledge alone"),
    ("shipping", "ports", "poti", {"source_id": "user"}, "doubt", "may not be passed on"),
    ("doubts", "ports", "poti", {"doubt": "position guessed"}, "doubt", "position guessed"),
]


@pytest.mark.parametrize(("name", "table", "key", "cells", "severity", "words"), CASES)
def test_each_check_finds_what_it_is_for(name, table, key, cells, severity, words):
    complaints = found(spoilt(table, key, **cells), name, key)
    hits = [complaint for complaint in complaints if words in complaint.problem]
    assert hits, complaints
    assert {complaint.severity for complaint in hits} == {severity}
    assert all(complaint.remedy for complaint in hits)
    assert all(complaint.table == table for complaint in hits)


def test_every_check_has_a_case_or_a_test_of_its_own():
    assert set(CHECKS) == {case[0] for case in CASES} | {"columns", "keys", "gaps"}


def test_a_gap_between_states_is_doubted():
    key = next(row for row in load().table("crossing_status").rows if row["subject"] == "ARM-IRN-agarak")["id"]
    facts = spoilt("crossing_status", key, **STATE, **{"from": "1989", "to": "1990"})
    later = LaidRow("later", (("id", "later"), *{**STATE, "from": "2000"}.items()), False, "spoilt.csv", 3)
    facts = Facts(facts.schema, TABLES_FOLDER, (*facts.laid, ("crossing_status", later)))
    assert any("has no state for 3652 days" in complaint.problem for complaint in found(facts, "gaps", "later"))


def test_rows_that_share_an_id_are_found(tmp_path):
    import shutil

    shutil.copytree(TABLES_FOLDER, tmp_path / "tables")
    path = tmp_path / "tables" / "ports.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[-1], "," + lines[-1].partition(",")[2]]), encoding="utf-8")
    complaints = check(Facts(read_schema(tmp_path / "tables"), tmp_path / "tables"))
    assert {complaint.check for complaint in complaints} == {"keys", "filled"}
    assert {complaint.severity for complaint in complaints} == {"error"}


def test_wrong_declarations_are_found(tmp_path):
    import shutil

    shutil.copytree(TABLES_FOLDER, tmp_path / "tables")
    path = tmp_path / "tables" / "columns.csv"
    text = path.read_text(encoding="utf-8")
    text = text.replace("ports,area,ref:areas", "ports,area,ref:countries").replace("ports,kind,str", "ports,kind,word")
    path.write_text(text, encoding="utf-8")
    problems = [c.problem for c in CHECKS["columns"](Facts(read_schema(tmp_path / "tables"), tmp_path / "tables"))]
    assert "there is no type 'word'" in problems
    assert any("'countries', which is not declared" in problem for problem in problems)


def test_the_shipped_tables_have_no_error():
    assert [str(complaint) for complaint in check(load()) if complaint.severity == "error"] == []


def test_complaints_come_errors_first_and_as_plain_data():
    facts = spoilt("ports", "poti", area="GOE")
    complaints = check(facts)
    assert [c.severity for c in complaints] == sorted((c.severity for c in complaints), reverse=True)
    mine = next(complaint for complaint in complaints if complaint.id == "poti" and complaint.severity == "error")
    assert isinstance(mine, Complaint)
    assert mine.to_dict()["table"] == "ports"
    assert str(mine).startswith("error: spoilt.csv, line 2, poti, area: ")


def test_a_complaint_about_a_row_laid_over_names_its_file_and_line():
    facts = spoilt("ports", "poti", area="GOE")
    mine = next(one for one in check(facts) if one.id == "poti" and one.severity == "error")
    assert (mine.file, mine.line) == ("spoilt.csv", 2)
    assert str(mine).startswith("error: spoilt.csv, line 2, poti, area: ")
    others = [one for one in check(facts) if one.id != "poti"]
    assert others
    assert all(one.line is None and one.file == "" for one in others)


def test_groups_hold_every_complaint_once():
    complaints = check(spoilt("ports", "poti", area="GOE"))
    groups = grouped(complaints)
    assert sum(group.rows for group in groups) == len(complaints)
    assert len(groups) < len(complaints) / 10
    assert groups[0].severity == "error"
    keys = {(one.check, one.table, one.id) for one in complaints}
    assert all((group.check, group.table, group.example) in keys for group in groups)
    assert all(group.kinds and group.remedy for group in groups)


def test_what_differs_between_rows_alone_is_one_kind():
    def far(key, text):
        return Complaint("doubt", "crossings", "crossings", key, "lat", text, "look it up")

    texts = ("it lies 7 km from the border of BRN and MYS", "it lies 118.5 km from the border of EGY and X_SOM")
    (group,) = grouped([far("a", texts[0]), far("b", texts[1])])
    assert group.kinds == (("it lies . km from the border of . and .", 2),)
    doubts = [Complaint("doubt", "doubts", "ports", key, "doubt", text, "look it up")
              for key, text in (("a", "uncertain; day approximate"), ("b", "uncertain"))]  # fmt: skip
    assert grouped(doubts)[0].kinds == (("uncertain", 2), ("day approximate", 1))
    assert grouped(doubts)[0].to_dict()["kinds"][0] == {"what": "uncertain", "rows": 2}
