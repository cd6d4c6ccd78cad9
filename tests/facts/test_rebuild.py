"""The shipped tables are what the build gives, built as a whole or in part; needs the raw folder beside the project."""

import importlib
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT.parent / "shared" / "reference"
SHIPPED = ROOT / "src" / "landbridge" / "facts" / "tables"
GROUPS = ("areas", "borders", "gates", "rules", "handmade", "parameters", "places", "gas", "oil_net", "politics",
          "trade")  # fmt: skip


@pytest.fixture(scope="module")
def tools():
    sys.path.insert(0, str(ROOT))
    try:
        yield importlib.import_module("tools.build_facts")
    finally:
        sys.path.remove(str(ROOT))


@pytest.fixture(scope="module")
def built(tools, tmp_path_factory):
    if not REFERENCE.is_dir():
        pytest.skip("the raw tables are not beside the project")
    folder = tmp_path_factory.mktemp("tables")
    shutil.copy(SHIPPED / "columns.csv", folder)
    context = tools.Context(REFERENCE, folder)
    return context, tools.clean(context)


def different(folder):
    names = {path.name for path in SHIPPED.iterdir()} | {path.name for path in folder.iterdir()}
    return sorted(
        name
        for name in names
        if not (folder / name).exists() or (folder / name).read_bytes() != (SHIPPED / name).read_bytes()
    )


def test_a_full_build_gives_the_shipped_tables_to_the_byte(tools, built):
    context, groups = built
    tools.write(context, groups)
    assert different(context.tables) == []


@pytest.mark.parametrize("group", GROUPS)
def test_a_part_changes_nothing_else(tools, built, group, tmp_path):
    context, groups = built
    folder = tmp_path / "tables"
    shutil.copytree(SHIPPED, folder)
    tools.write(tools.Context(REFERENCE, folder, context.sources), groups, [group])
    assert different(folder) == []


def test_the_groups_are_all_of_them(tools):
    assert tools.GROUPS == GROUPS


def test_added_rows_are_laid_over_in_one_place(tools):
    readers = [path.name for path in (ROOT / "tools").rglob("*.py") if "rows/" in path.read_text(encoding="utf-8")]
    assert readers == ["build_facts.py"]


def test_a_row_with_an_unquoted_comma_is_named(tools, tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("id,source\nfirst,BNS\nsecond,BNS, 2022\n")
    with pytest.raises(SystemExit, match=r"rows.csv, line 3: more cells than columns"):
        tools.read_csv(path)
