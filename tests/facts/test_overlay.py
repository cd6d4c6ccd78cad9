import pytest

from landbridge.errors import FactError
from landbridge.facts import FolderError, load


def write(folder, name, text):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_same_id_replaces_and_other_columns_stay(tmp_path):
    facts = load(write(tmp_path, "ports.csv", "id,annual_teu\npoti,123456\n"))
    row = facts.row("ports", "poti")
    assert row["annual_teu"] == 123456.0
    assert row["name"] == load().row("ports", "poti")["name"]
    assert row["source_id"] == ("user",)
    assert row["grade"] == "D"
    assert facts.facts_id != load().facts_id


def test_new_rows_are_added(tmp_path):
    text = (
        "id,subject,subject_kind,mode,direction,from,to,freight,persons,carriers,precision,certainty\n"
        "bs-geo-rus-upper-lars-road-20160706,GEO-RUS-upper-lars,crossing,road,both,2016-07-06,2030,all,all,all,day,sure\n"
        "mine,GEO-RUS-upper-lars,crossing,road,both,2030,,none,none,all,year,sure\n"
    )
    facts = load(write(tmp_path, "crossing_status.csv", text))
    assert facts.row("crossing_status", "mine")["freight"] == "none"
    assert len(facts.table("crossing_status")) == len(load().table("crossing_status")) + 1


def test_remove_removes(tmp_path):
    facts = load(write(tmp_path, "seasons.csv", "id,remove\nvolga-don-closed-12-01,true\n"))
    assert "volga-don-closed-12-01" in load().table("seasons").by_id
    assert "volga-don-closed-12-01" not in facts.table("seasons").by_id


def test_a_folder_is_read_again_when_it_changes(tmp_path):
    folder = write(tmp_path, "ports.csv", "id,annual_teu\npoti,1\n")
    assert load(folder).row("ports", "poti")["annual_teu"] == 1.0
    write(tmp_path, "ports.csv", "id,annual_teu\npoti,22\n")
    assert load(folder).row("ports", "poti")["annual_teu"] == 22.0


def test_own_sources_may_be_named(tmp_path):
    write(tmp_path, "sources.csv", "id,source,url,grade,licence,may_ship\nlog,our own log,,A,ours,false\n")
    facts = load(write(tmp_path, "ports.csv", "id,annual_teu,source_id,grade\npoti,7,log,A\n"))
    assert facts.row("ports", "poti")["grade"] == "A"


@pytest.mark.parametrize(
    ("name", "text", "line", "field", "words"),
    [
        ("port.csv", "id\nx\n", None, None, "no table 'port'; nearest valid: ports.csv"),
        ("ports.csv", "id,anual_teu\npoti,1\n", 1, "anual_teu", "nearest valid: annual_teu"),
        ("ports.csv", "name\nPoti\n", 1, "id", "the column id is missing"),
        ("ports.csv", "id,annual_teu\npoti,many\n", 2, "annual_teu", "'many' is not a number"),
        ("ports.csv", "id,annual_teu\n,5\n", 2, "id", "the id is empty"),
        ("ports.csv", "id,area\npoti,GOE\n", 2, "area", "no row 'GOE'"),
        ("ports.csv", "id,area\nnew,GEO\n", 2, "name", "name is empty"),
        ("ports.csv", "id,annual_teu\npoti,1,2\n", 2, None, "more cells than columns"),
        ("ports.csv", "id,remove\npoti,yes\n", 2, "remove", "'yes' is not true or false"),
        ("ports.csv", "id,remove\npotti,true\n", 2, "id", "no row 'potti' to remove from ports; nearest valid: poti"),
        ("ports.csv", "id,annual_teu\npoti,1\npoti,2\n", 3, "id", "stands in line 2 already"),
        ("ports.csv", 'id,name\npoti,"Poti\n', 2, None, "the quotes do not match"),
        ("ports.csv", "id;annual_teu\npoti;1\n", 1, "id", "separate columns by commas"),
        ("crossings.csv", "id,status\nGEO-RUS-roki,opened\n", 2, "status", "nearest valid: open"),
        ("measures.csv", "id,from\narm-aze89,1989-13\n", 2, "from", "a day as YYYY, YYYY-MM or YYYY-MM-DD"),
        ("ferries.csv", "id,remove\nalat-aktau,true\n", 2, "id", "remove alat-aktau-"),
    ],
)
def test_a_bad_row_names_file_line_field_and_remedy(tmp_path, name, text, line, field, words):
    with pytest.raises(FactError) as caught:
        load(write(tmp_path, name, text))
    problems = caught.value.problems
    assert any(words in str(problem) for problem in problems), problems
    hit = next(problem for problem in problems if words in str(problem))
    assert (hit.file, hit.line, hit.field) == (name, line, field)


HEAD = "id,subject,subject_kind,mode,direction,from,to,freight,persons,cargo_note,carriers,precision,certainty\n"
SLIDE = "mine,GEO-RUS-upper-lars,crossing,road,both,2026-07-01,,none,none,,all,day,sure\n"
FERRY = "id,ferry,from,to,status,certainty\n"


@pytest.mark.parametrize(
    ("name", "text", "line", "field", "words"),
    [
        ("crossing_status.csv", HEAD + SLIDE.replace("upper-lars", "uper-lars"), 2, "subject", "upper-lars"),
        ("crossing_status.csv", HEAD + SLIDE, 2, "from", "contradicts bs-geo-rus-upper-lars-road-20160706"),
        ("crossing_status.csv", HEAD + SLIDE.replace("2026-07-01,", "2009-01-01,"), 2, "to", "end it on"),
        ("crossing_status.csv", HEAD + SLIDE.replace("01,,", "01,2026-06-01,"), 2, "to", "before it begins"),
        ("crossing_status.csv", HEAD + SLIDE.replace("both", "GEO>RUS"), 2, "direction", "both directions"),
        ("crossing_status.csv", HEAD + SLIDE.replace("both", "GEO>ARM"), 2, "direction", "does not lead between"),
        ("crossing_status.csv", HEAD + SLIDE.replace("all,day", "not:RSU,day"), 2, "carriers", "'RSU' is no area"),
        ("crossing_status.csv", HEAD + SLIDE.replace("none,none", "listed,none"), 2, "cargo_note", "begin cargo_note"),
        ("ferry_status.csv", FERRY + "mine,alat-aktau,2025,,closed,sure\n", 2, "from", "contradicts"),
        ("measure_rules.csv", "id,target_codes\narm-aze89-r-transit,ARN\n", 2, "target_codes", "is no area, group"),
        ("corridors.csv", "id,gates\ninstc-west,crossing:AZE-RUS-yalma\n", 2, "gates", "AZE-RUS-yalama"),
        ("seasons.csv", "id,year_from,year_to\nvolga-don-closed-12-01,2025,2020\n", 2, "year_to", "before it begins"),
        ("crossing_waits.csv", "id,hours_low,hours,hours_high\n{wait},9,5,20\n", 2, "hours", "not in order"),
    ],
)
def test_own_rows_are_held_to_the_checks_of_the_facts_when_they_are_loaded(tmp_path, name, text, line, field, words):
    wait = load().table("crossing_waits").rows[0]["id"]
    with pytest.raises(FolderError) as caught:
        load(write(tmp_path, name, text.replace("{wait}", wait)))
    hits = [problem for problem in caught.value.problems if words in str(problem)]
    assert hits, caught.value
    assert (hits[0].file, hits[0].line, hits[0].field) == (name, line, field)
    assert hits[0].remedy


def test_cells_references_and_days_are_told_in_one_list(tmp_path):
    write(tmp_path, "ports.csv", "id,annual_teu\npoti,many\n")
    write(tmp_path, "measure_rules.csv", "id,target_codes\narm-aze89-r-transit,ARN\n")
    write(
        tmp_path,
        "crossing_status.csv",
        HEAD + SLIDE + SLIDE.replace("mine,", "next,").replace("none,none", "some,none"),
    )
    with pytest.raises(FolderError) as caught:
        load(tmp_path)
    told = {(problem.file, problem.line, problem.field) for problem in caught.value.problems}
    assert told == {
        ("ports.csv", 2, "annual_teu"),
        ("measure_rules.csv", 2, "target_codes"),
        ("crossing_status.csv", 2, "from"),
        ("crossing_status.csv", 3, "freight"),
    }


def test_doubts_about_own_rows_do_not_stand_in_the_way(tmp_path):
    ended = SLIDE.replace("mine,", "bs-geo-rus-upper-lars-road-20160706,").replace(
        "2026-07-01,,none,none", "2016-07-06,2026-07-01,all,all"
    )
    assert load(write(tmp_path, "crossing_status.csv", HEAD + ended + SLIDE)).row("crossing_status", "mine")


def test_all_problems_of_a_folder_come_in_one_error(tmp_path):
    write(tmp_path, "ports.csv", "id,annual_teu,area\npoti,many,GOE\n")
    write(tmp_path, "ferrys.csv", "id\n")
    with pytest.raises(FolderError, match="3 problems") as caught:
        load(tmp_path)
    assert len(caught.value.problems) == 3
    assert "ports.csv, line 2, field annual_teu" in str(caught.value)


def test_one_problem_is_told_as_itself(tmp_path):
    with pytest.raises(FolderError) as caught:
        load(write(tmp_path, "ports.csv", "id,annual_teu\npoti,many\n"))
    assert (caught.value.file, caught.value.line, caught.value.field) == ("ports.csv", 2, "annual_teu")


def test_a_missing_folder_says_so(tmp_path):
    with pytest.raises(FactError, match="there is no folder"):
        load(tmp_path / "nowhere")


def test_an_empty_folder_says_so(tmp_path):
    with pytest.raises(FactError, match=r"holds no \.csv file"):
        load(tmp_path)


def test_text_that_is_not_utf8_says_so(tmp_path):
    (tmp_path / "ports.csv").write_bytes("id,name\npoti,P\xf6ti\n".encode("latin-1"))
    with pytest.raises(FactError, match="save it as UTF-8"):
        load(tmp_path)


def test_blank_lines_and_a_byte_order_mark_are_fine(tmp_path):
    (tmp_path / "ports.csv").write_bytes("\ufeffid,annual_teu\r\n\r\npoti,3\r\n".encode())
    assert load(tmp_path).row("ports", "poti")["annual_teu"] == 3.0


def test_with_rows_complains_like_a_folder():
    facts = load()
    with pytest.raises(FactError, match="no column 'colour'"):
        facts.with_rows("ports", [{"id": "poti", "colour": "red"}])
    with pytest.raises(FactError, match="GOE"):
        facts.with_rows("ports", [{"id": "poti", "area": "GOE"}])
    gone = facts.with_rows("seasons", [{"id": "volga-don-closed-12-01", "remove": True}])
    assert "volga-don-closed-12-01" not in gone.table("seasons").by_id


def test_a_point_of_ours_must_end_where_yours_begins(tmp_path):
    head = "id,point,from_zone,to_zone,capacity_mcmd,from,to,kind\n"
    mine = "mine,badajoz-esp-prt,ESP,PRT,5,2025-01-01,,physical\n"
    (tmp_path / "gas_points.csv").write_text(head + mine)
    with pytest.raises(FactError, match=r"contradicts badajoz-esp-prt-20070101"):
        load(tmp_path)
    ours = "badajoz-esp-prt-20070101,badajoz-esp-prt,ESP,PRT,12,2007-01-01,2025-01-01,physical\n"
    (tmp_path / "gas_points.csv").write_text(head + ours + mine)
    assert load(tmp_path).row("gas_points", "mine")["capacity_mcmd"] == 5.0
