"""The page of tables is in step with the declared columns."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_tables_is_up_to_date():
    spec = importlib.util.spec_from_file_location("build_tables_page", ROOT / "tools" / "build_tables_page.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    page = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    assert page == tool.render(), "run: python tools/build_tables_page.py"
