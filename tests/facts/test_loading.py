import pickle
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.errors import FactError
from landbridge.facts import Day, load
from landbridge.facts.schema import Column, reader, write_value
from landbridge.facts.store import lay_cells
from landbridge.facts.tables import Cells, Row, type_cells


def test_every_declared_table_loads():
    facts = load()
    for name in facts.names:
        table = facts.table(name)
        assert table.name == name
        assert len(table.by_id) == len(table)
        assert all(set(row) == {column.name for column in table.columns} for row in table.rows)


def test_values_have_their_types():
    row = load().row("crossing_status", "bs-afg-irn-islam-qala-road-20210708")
    assert isinstance(row["from"], Day)
    assert str(row["from"]) == "2021-07-08"
    assert row["cargo_note"] is None
    assert isinstance(row["source_id"], tuple)
    assert all(isinstance(source, str) for source in row["source_id"])
    assert isinstance(load().row("areas", "KAZ")["landlocked"], bool)


def test_the_same_files_give_the_same_object():
    assert load() is load()


def test_a_row_cannot_be_changed():
    row = load().row("areas", "ARM")
    with pytest.raises(TypeError, match="cannot be changed"):
        row["name"] = "x"
    with pytest.raises(TypeError):
        row |= {"name": "x"}
    for verb in ("clear", "popitem", "update", "setdefault", "pop"):
        with pytest.raises(TypeError):
            getattr(row, verb)()


def test_unknown_names_get_the_nearest():
    facts = load()
    with pytest.raises(FactError, match="nearest valid: crossings"):
        facts.table("crossing")
    with pytest.raises(FactError, match="hormuz"):
        facts.row("passages", "hormus")
    with pytest.raises(KeyError, match="no column"):
        facts.table("ports").where(colour="red")


def test_where_finds_rows_by_columns():
    ports = load().table("ports")
    found = ports.where(area="GEO")
    assert {row["area"] for row in found} == {"GEO"}
    assert ports.where(area="GEO") is found
    assert ports.where(area="XXX") == ()


def test_facts_and_tables_can_be_pickled():
    facts = load().with_rows("ports", [{"id": "poti", "annual_teu": 5}])
    again = pickle.loads(pickle.dumps(facts))
    assert again.facts_id == facts.facts_id
    assert again.row("ports", "poti") == facts.row("ports", "poti")
    table = pickle.loads(pickle.dumps(facts.table("ports")))
    assert table.by_id["poti"]["annual_teu"] == 5.0
    assert isinstance(table.by_id["poti"], Row)


def test_the_id_is_that_of_the_content_not_of_the_order(tmp_path):
    facts = load()
    first = facts.with_rows("ports", [{"id": "poti", "annual_teu": 5}, {"id": "batumi", "annual_teu": 6}])
    second = facts.with_rows("ports", [{"id": "batumi", "annual_teu": 6}, {"id": "poti", "annual_teu": 5}])
    assert first.facts_id == second.facts_id != facts.facts_id
    kept = facts.row("ports", "poti")
    assert first.with_rows("ports", [kept, facts.row("ports", "batumi")]).facts_id == facts.facts_id


def test_the_id_does_not_depend_on_the_order_of_lines(tmp_path):
    import shutil

    from landbridge.facts.schema import TABLES_FOLDER, read_schema
    from landbridge.facts.store import Facts

    shutil.copytree(TABLES_FOLDER, tmp_path / "tables")
    path = tmp_path / "tables" / "ports.csv"
    head, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(head + "".join(reversed(lines)), encoding="utf-8")
    assert Facts(read_schema(tmp_path / "tables"), tmp_path / "tables").facts_id == load().facts_id


def test_repr_counts():
    text = repr(load())
    assert f"{len(load().table('crossing_status')):,}" in text
    assert load().facts_id in text


def test_importing_facts_reads_nothing_and_loads_nothing_heavy():
    code = (
        "import sys, builtins; real = builtins.open\n"
        "import landbridge.facts\n"
        "assert not {'numpy', 'pandas', 'scipy', 'shapely'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


CELL = {
    "str": st.text(alphabet="abc xyz", min_size=1, max_size=8).map(str.strip).filter(bool),
    "float": st.floats(allow_nan=False, allow_infinity=False, width=64),
    "int": st.integers(-(10**9), 10**9),
    "bool": st.booleans(),
    "list": st.lists(st.text(alphabet="abc:@-", min_size=1, max_size=6), min_size=1, max_size=4).map(tuple),
}


@pytest.mark.parametrize("kind", CELL)
def test_cells_read_back_as_they_were_written(kind):
    column = Column("t", "x", kind, (), "", "", False, "")

    @given(CELL[kind])
    def round_trip(value):
        assert reader(column)(write_value(value)) == value

    round_trip()


@pytest.mark.parametrize(
    ("kind", "text"),
    [("float", "many"), ("float", "nan"), ("float", "inf"), ("int", "1.5"), ("bool", "yes"), ("month_day", "02-30"),
     ("url", "example.org"), ("grade", "E"), ("day", "2020-1")],
)  # fmt: skip
def test_bad_cells_are_problems_with_file_line_and_field(kind, text):
    columns = (Column("t", "id", "id", (), "", "", True, ""), Column("t", "x", kind, (), "", "", False, ""))
    table, problems = type_cells("t", columns, Cells("t.csv", ("id", "x"), (("a", ""), ("b", text)), (2, 3)))
    assert table.by_id["b"]["x"] is None
    assert [(p.file, p.line, p.field) for p in problems] == [("t.csv", 3, "x")]


def test_rows_laid_over_replace_add_and_remove():
    from landbridge.facts.store import LaidRow

    cells = Cells("t.csv", ("id", "x", "y"), (("a", "1", "2"), ("b", "3", "4")), (2, 3))
    laid = [
        LaidRow("a", (("x", "9"),), False, "u.csv", 2),
        LaidRow("b", (), True, "u.csv", 3),
        LaidRow("c", (("x", "5"), ("id", "c")), False, "u.csv", 4),
    ]
    assert lay_cells(cells, laid).rows == (("a", "9", "2"), ("c", "5", ""))
