"""What differs between two sets of facts, row by row and field by field."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from landbridge.errors import FactError
from landbridge.facts import changed_files, changed_rows, export, load, read_whole
from landbridge.facts.schema import TABLES_FOLDER, read_schema


def test_added_replaced_removed_and_as_it_was() -> None:
    ours = load()
    port = ours.row("ports", "poti")
    same = {"id": "aktau", "source_id": ours.row("ports", "aktau")["source_id"], "grade": "D"}
    known = {name: port[name] for name in ("name", "area", "lat", "lon", "kind", "locode_checked")}
    more = ours.with_rows("ports", [
        {**known, "id": "new-port", "annual_teu": 7},
        {"id": "poti", "annual_teu": 1, "source_id": port["source_id"], "grade": port["grade"]},
    ]).with_rows("seasons", [{"id": "volga-don-closed-12-01", "remove": True}])  # fmt: skip
    found = {one.id: one for one in changed_rows(ours, more)}
    assert {key: one.kind for key, one in found.items()} == {
        "new-port": "added", "poti": "replaced", "volga-don-closed-12-01": "removed"
    }  # fmt: skip
    (field,) = found["poti"].fields
    assert (field.column, field.after) == ("annual_teu", "1")
    assert found["volga-don-closed-12-01"].after == {}
    back = {one.id: one.kind for one in changed_rows(more, ours)}
    assert back == {"new-port": "removed", "poti": "replaced", "volga-don-closed-12-01": "added"}
    assert changed_rows(ours, ours) == ()
    again = ours.with_rows("ports", [{**same, "grade": ours.row("ports", "aktau")["grade"]}])
    assert [(one.kind, one.id) for one in changed_rows(ours, again)] == [("same", "aktau")]


def test_only_evidence() -> None:
    ours = load()
    row = {"id": "poti", "source_id": ours.row("ports", "poti")["source_id"], "grade": "A", "note": "looked up"}
    (change,) = changed_rows(ours, ours.with_rows("ports", [row]))
    assert change.only_evidence
    (change,) = changed_rows(ours, ours.with_rows("ports", [{**row, "annual_teu": 1}]))
    assert not change.only_evidence


def test_an_export_is_as_the_shipped_tables(tmp_path: Path) -> None:
    export(load(), tmp_path, "csv")
    assert changed_files(tmp_path, TABLES_FOLDER, read_schema()) == ()
    assert read_whole(TABLES_FOLDER).facts_id == load().facts_id


def test_tables_of_another_version_compare_by_the_columns_that_they_have(tmp_path: Path) -> None:
    shutil.copy(TABLES_FOLDER / "coverage.csv", tmp_path)
    lines = (TABLES_FOLDER / "sea_basins.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "sea_basins.csv").write_text("\n".join([f"{lines[0]},old", *(f"{line},x" for line in lines[1:])]))
    found = changed_files(tmp_path, TABLES_FOLDER, read_schema())
    assert {one.kind for one in found} == {"replaced"}
    assert {field.column for one in found for field in one.fields} == {"old"}
    with pytest.raises(FactError, match="columns differ"):
        read_whole(tmp_path)


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FactError, match="has no table"):
        changed_files(tmp_path, TABLES_FOLDER, read_schema())
    with pytest.raises(FactError, match="does not hold all tables"):
        read_whole(tmp_path)
    (tmp_path / "ports.csv").write_text("name\nPoti\n")
    with pytest.raises(FactError, match="id is missing"):
        changed_files(tmp_path, TABLES_FOLDER, read_schema())
