"""The register of rows: no row loses its source, and none changes without a line of the changelog."""

from __future__ import annotations

import csv
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from landbridge.facts import Facts, load

ROOT = Path(__file__).resolve().parents[2]
TABLES = ("places", "ports", "seasons", "sources")
CHANGELOG = "# Changelog\n\n### Added\n\n- Poti has more boxes elsewhere.\n\n### Data\n\n- Poti has one box a year.\n"


@pytest.fixture(scope="module")
def tool() -> Iterator[Any]:
    sys.path.insert(0, str(ROOT))
    try:
        yield importlib.import_module("tools.fact_register")
    finally:
        sys.path.remove(str(ROOT))


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load()


@pytest.fixture(scope="module")
def register(tool: Any, facts: Facts) -> Any:
    return tool.make_register(facts, TABLES)


def poti(facts: Facts, **cells: Any) -> Facts:
    row = facts.row("ports", "poti")
    return facts.with_rows("ports", [{"id": "poti", "source_id": row["source_id"], "grade": row["grade"], **cells}])


def test_the_tables_are_as_registered(tool: Any, facts: Facts) -> None:
    wrong = tool.complaints(tool.differences(tool.read_register(), tool.make_register(facts)))
    assert not wrong, "\n".join(wrong)


def test_the_changes_name_their_lines(tool: Any) -> None:
    with tool.CHANGES.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows
    assert all(row["line"].startswith("- ") and row["day"] for row in rows)


def test_each_row_has_its_place(tool: Any, facts: Facts, register: Any) -> None:
    assert tool.differences(register, tool.make_register(facts, TABLES)) == ((), (), (), ())
    assert ("ports", "poti") in register
    assert register["ports", "poti"].sourced == 1
    assert register["places", tool.WHOLE].sourced > 1000
    assert "sources" not in {table for table, _ in register}


def test_a_changed_row_is_told_with_the_command(tool: Any, facts: Facts, register: Any) -> None:
    found = tool.differences(register, tool.make_register(poti(facts, annual_teu=1), TABLES))
    assert found == ((), (("ports", "poti"),), (), ())
    (told,) = tool.complaints(found)
    assert "ports:poti" in told
    assert "CHANGELOG.md" in told
    assert "python tools/fact_register.py --line" in told


def test_added_and_removed_rows_are_told(tool: Any, facts: Facts, register: Any) -> None:
    fewer = facts.with_rows("seasons", [{"id": "volga-don-closed-12-01", "remove": True}])
    other = tool.make_register(fewer, TABLES)
    assert tool.differences(register, other).removed == (("seasons", "volga-don-closed-12-01"),)
    assert tool.differences(other, register).added == (("seasons", "volga-don-closed-12-01"),)


@pytest.mark.parametrize("none", ["general-knowledge", "user"])
def test_a_row_that_loses_its_source_is_told(tool: Any, facts: Facts, register: Any, none: str) -> None:
    found = tool.differences(register, tool.make_register(poti(facts, source_id=(none,)), TABLES))
    assert found.unsourced == (("ports", "poti"),)
    assert "had a source" in tool.complaints(found)[0]


def test_an_empty_new_column_changes_nothing(tool: Any) -> None:
    assert tool._hash(("id", "b"), ("x", "1")) == tool._hash(("id", "a", "b"), ("x", "", "1"))
    assert tool._hash(("id", "b"), ("x", "1")) != tool._hash(("id", "a"), ("x", "1"))


def test_it_is_read_as_it_was_written(tool: Any, register: Any, tmp_path: Path) -> None:
    path = tmp_path / "register.csv.gz"
    tool.write_register(register, path)
    first = path.read_bytes()
    assert tool.read_register(path) == register
    tool.write_register(dict(reversed(register.items())), path)
    assert path.read_bytes() == first
    assert len(first) < 300_000


def test_a_line_stands_under_data(tool: Any) -> None:
    assert tool.line_of("- Poti has one", CHANGELOG) == "- Poti has one box a year."
    for words in ("Poti has more", "one", "nothing of the kind"):
        with pytest.raises(SystemExit):
            tool.line_of(words, CHANGELOG)


def test_a_batch_needs_its_line_and_is_kept(
    tool: Any, facts: Facts, register: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {name: tmp_path / name for name in ("REGISTER", "CHANGES", "CHANGELOG")}
    for name, path in files.items():
        monkeypatch.setattr(tool, name, path)
    made = tool.make_register
    monkeypatch.setattr(tool, "make_register", lambda known, _=TABLES: made(known, TABLES))
    monkeypatch.setattr(tool.read_register, "__defaults__", (files["REGISTER"],))
    monkeypatch.setattr(tool.write_register, "__defaults__", (files["REGISTER"],))
    files["CHANGELOG"].write_text(CHANGELOG)
    tool.write_register(register)
    monkeypatch.setattr(tool, "load", lambda: poti(facts, annual_teu=1))
    with pytest.raises(SystemExit, match="no line under Data"):
        tool.refresh(["Poti has two boxes"])
    tool.refresh(["Poti has one box"])
    assert tool.read_register() == tool.make_register(poti(facts, annual_teu=1), TABLES)
    assert files["CHANGES"].read_text().splitlines()[1].endswith("- Poti has one box a year.,0,1,0,ports 1")
    monkeypatch.setattr(tool, "load", lambda: poti(facts, source_id=("general-knowledge",)))
    with pytest.raises(SystemExit, match="had a source"):
        tool.refresh(["Poti has one box"])
    tool.refresh(["Poti has one box"], ["ports:poti"])
    assert tool.read_register()["ports", "poti"].sourced == 0
