"""The page of tables is in step with the declared columns."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_on_facts_names_every_check_and_its_example_works(tmp_path):
    from landbridge.facts import check, load
    from landbridge.facts.checks import CHECKS

    page = (ROOT / "docs" / "facts.md").read_text(encoding="utf-8")
    assert [name for name in CHECKS if name not in page] == []
    example = page.split("$ cat mine/crossing_status.csv\n")[1].split("$ ")[0]
    (tmp_path / "crossing_status.csv").write_text(example, encoding="utf-8")
    facts = load(tmp_path)
    assert facts.row("crossing_status", "lars-slide")["freight"] == "none"
    assert [str(one) for one in check(facts) if one.severity == "error" and "lars" in str(one)] == []


def test_the_page_of_tables_is_up_to_date():
    spec = importlib.util.spec_from_file_location("build_tables_page", ROOT / "tools" / "build_tables_page.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    page = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    assert page == tool.render(), "run: python tools/build_tables_page.py"


def test_the_example_of_a_contribution_works(tmp_path):
    from landbridge.facts import changed_rows, load

    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    example = page.split("$ cat mine/crossing_waits.csv\n")[1].split("$ ")[0]
    (tmp_path / "crossing_waits.csv").write_text(example, encoding="utf-8")
    (change,) = changed_rows(load(), load(tmp_path))
    assert [field.column for field in change.fields] == ["hours"]


def test_the_counted_parts_of_the_page_on_facts_are_up_to_date():
    spec = importlib.util.spec_from_file_location("build_facts_page", ROOT / "tools" / "build_facts_page.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.PAGE.read_text(encoding="utf-8") == tool.page(), "run: python tools/build_facts_page.py"
