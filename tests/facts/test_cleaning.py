"""The cleaning of raw tables: sources, doubts, lists, corrections, and the same result each time."""

import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def common():
    sys.path.insert(0, str(ROOT))
    try:
        import tools.facts.common as module
    finally:
        sys.path.remove(str(ROOT))
    return module


@pytest.fixture
def corrections(common):
    spec = importlib.util.find_spec("tools.facts.corrections")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_sources_joined_in_one_cell_are_told_apart(common):
    sources = common.Sources()
    ids = sources.cite("A daily 2024; B weekly 2025", "https://a.example/1; https://b.example/2").split(";")
    assert [sources.rows[key]["url"] for key in ids] == ["https://a.example/1", "https://b.example/2"]
    assert [sources.rows[key]["source"] for key in ids] == ["A daily 2024", "B weekly 2025"]


def test_one_address_belongs_to_the_whole_text(common):
    sources = common.Sources()
    (key,) = sources.cite("Title; publisher; 2021", "https://a.example/1").split(";")
    assert sources.rows[key]["source"] == "Title; publisher; 2021"


@pytest.mark.parametrize(
    ("text", "url"),
    [("general knowledge", "general knowledge, unverified"), ("general knowledge, unverified", ""), ("", "")],
)
def test_what_was_recalled_is_one_source_of_grade_d(common, text, url):
    sources = common.Sources()
    assert sources.cite(text, url) == "general-knowledge"
    assert sources.rows["general-knowledge"]["grade"] == "D"


def test_ids_of_sources_depend_on_text_and_address_alone(common):
    first, second = common.Sources(), common.Sources()
    first.cite("Other", "https://x.example")
    assert first.cite("Paper 2024", "https://a.example") == second.cite("Paper 2024", "https://a.example")
    assert first.cite("Paper 2024", "https://b.example") != second.cite("Paper 2024", "https://a.example")


def test_licences_are_read_from_the_source(common):
    sources = common.Sources()
    key = sources.cite("GEM wiki (2022 data snapshot)", "https://www.gem.wiki/X")
    assert sources.rows[key]["licence"] == "CC BY 4.0"


def test_doubts_are_the_sentences_that_doubt(common):
    row = {"note": "Opened 2010. Position approximate. Busy."}
    assert common.doubt_of(row) == "Position approximate"
    assert common.doubt_of({"note": "Busy.", "certainty": "disputed"}) == "disputed"
    assert common.doubt_of({"note": "Busy."}) == ""


@pytest.mark.parametrize(
    ("note", "doubt"),
    [
        (
            "One a week (days recalled; later state not found); Busy.",
            "One a week (days recalled; later state not found)",
        ),
        ("2017-01:agreed;2025:under works (recalled)", "2025:under works (recalled)"),
        ("shut by the conflict of 2023", ""),
        ("dated 06-14 to 06-18 by different sources", "dated 06-14 to 06-18 by different sources"),
        ("further than this the position is doubted", ""),
    ],
)
def test_a_doubt_is_a_whole_sentence_about_what_is_known(common, note, doubt):
    assert common.doubt_of({"note": note}) == doubt


@given(st.lists(st.sampled_from(["Busy", "3.5 t (a; b. c)", "shut 2.4 times", "x (y"]), max_size=5))
def test_sentences_lose_nothing(common, parts):
    text = "; ".join(parts)
    joined = "".join(common.sentences(text))
    assert {sign for sign in text if sign.isalnum()} == {sign for sign in joined if sign.isalnum()}


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("Approximate", "position approximate"),
        ("Reopened 2023-24; not verified", "Reopened 2023-24; service not verified"),
        ("frequency not verified", "frequency not verified"),
        ("Mt 2024 approximate", "Mt 2024 approximate"),
    ],
)
def test_a_word_alone_says_what_it_speaks_of(common, note, said):
    from tools.facts.gates import _said

    assert _said(note) == said


@given(st.lists(st.sampled_from(["ARM", "GEO", "X_ABK", "EU"]), max_size=6))
def test_lists_keep_order_and_lose_repeats(items):
    sys.path.insert(0, str(ROOT))
    from tools.facts.common import words

    assert words(" ".join(items)) == words("; ".join(items)) == ";".join(dict.fromkeys(items))


def test_finish_derives_grade_and_doubt(common, tmp_path):
    context = common.Context(tmp_path)
    looked_up = context.finish({"id": "a", "source": "Paper 2024", "url": "https://a.example", "note": "not verified"})
    assert (looked_up["grade"], looked_up["doubt"]) == ("B", "not verified")
    recalled = context.finish({"id": "b", "source": "general knowledge", "url": "general knowledge, unverified"})
    assert (recalled["grade"], recalled["source_id"]) == ("D", "general-knowledge")


def test_rows_that_share_an_id_get_one_from_their_content(common):
    rows = common.unique_ids([{"id": "x", "v": "1"}, {"id": "x", "v": "2"}, {"id": "y", "v": "3"}])
    again = common.unique_ids([{"id": "x", "v": "2"}, {"id": "y", "v": "3"}, {"id": "x", "v": "1"}])
    assert {row["id"] for row in rows} == {row["id"] for row in again}
    assert len({row["id"] for row in rows}) == 3


def test_a_stale_correction_stops_the_build(corrections, common):
    class Patched:
        sources = common.Sources()

        def patch(self, name):
            return [
                {
                    "table": "t",
                    "id": "a",
                    "column": "x",
                    "value": "2",
                    "was": "1",
                    "note": "why",
                    "source": "",
                    "url": "",
                }
            ]

    tables = {"t": [{"id": "a", "x": "1", "note": ""}]}
    corrections.correct(Patched(), tables)
    assert tables["t"] == [{"id": "a", "x": "2", "note": "corrected: why"}]
    with pytest.raises(SystemExit, match="is '2', not '1'"):
        corrections.correct(Patched(), tables)


def test_a_found_source_settles_recalled_rows_and_no_others(corrections, common):
    class Patched:
        sources = common.Sources()

        def __init__(self, *lines):
            self.lines = lines

        def patch(self, name):
            keys = ("table", "ids", "source", "url", "grade", "note")
            return [dict(zip(keys, line, strict=True)) for line in self.lines]

    def rows():
        return {"t": [{"id": one, "source_id": common.RECALLED, "grade": "D", "note": ""} for one in "abc"]}

    tables = rows()
    listed = ("t", "a b", "List 2020", "https://one", "B", "named")
    corrections.settle(
        Patched(listed, ("t", "a", "Law", "https://two", "A", ""), ("t", "c", "", "", "", "why")), tables
    )
    assert [row["grade"] for row in tables["t"]] == ["A", "B", "D"]
    assert [len(row["source_id"].split(";")) for row in tables["t"]] == [2, 1, 1]
    assert [row["note"] for row in tables["t"]] == ["named", "named", "why"]
    assert tables["t"][2]["source_id"] == common.RECALLED
    with pytest.raises(SystemExit, match="has a source already"):
        corrections.settle(Patched(listed), tables)
    with pytest.raises(SystemExit, match="no row z"):
        corrections.settle(Patched(("t", "z", "List", "https://one", "B", "")), rows())


def test_a_found_source_of_a_post_says_that_its_state_stands_elsewhere(corrections, common):
    class Patched:
        sources = common.Sources()

        def patch(self, name):
            keys = ("table", "ids", "source", "url", "grade", "note")
            return [dict(zip(keys, ("t", "a b", "List 2015", "https://one", "B", ""), strict=True))]

    tables = {
        "t": [
            {"id": "a", "source_id": common.RECALLED, "grade": "D", "note": "n", "status_since": "2023-11-28"},
            {"id": "b", "source_id": common.RECALLED, "grade": "D", "note": "", "status_since": ""},
        ]
    }
    corrections.remark(tables, corrections.settle(Patched(), tables))
    assert [row["note"] for row in tables["t"]] == [f"n; {corrections.POST_ALONE}", ""]


def test_the_directions_of_waits_are_those_of_the_pair():
    sys.path.insert(0, str(ROOT))
    from tools.facts.gates import _direction

    assert _direction("both", "KAZ", "CHN") == "both"
    assert _direction("outbound", "KAZ", "CHN") == "KAZ>CHN"
    assert _direction("inbound", "KAZ", "CHN") == "CHN>KAZ"
    assert _direction("to China", "KAZ", "CHN") == "KAZ>CHN"
    assert _direction("westbound", "CHN", "KAZ") == "CHN>KAZ"
    assert _direction("westbound", "POL", "BLR") == "BLR>POL"
    with pytest.raises(SystemExit, match="unknown direction"):
        _direction("sideways", "POL", "BLR")
