"""Write docs/tables.md, the page of all fact tables, from columns.csv.

python tools/build_tables_page.py
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLES = ROOT / "src" / "landbridge" / "facts" / "tables"
PAGE = ROOT / "docs" / "tables.md"
TAIL = ("source_id", "grade", "note", "doubt")
HEAD = """# The fact tables

This page is made from `src/landbridge/facts/tables/columns.csv` by `python tools/build_tables_page.py`; do not edit it.

Every table is a CSV file. A cell with several values joins them by `;`. A day is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; an
interval runs from the first day to the day before `to`. An empty cell is unknown, 0 means none. Unless said otherwise a
table also has `source_id` (ids of `sources`), `grade` (A official or measured, B published, C derived, D judgement or
unverified), `note`, and `doubt` (what is not sure about the row; empty when nothing is known to be doubtful).

To lay your own rows over these tables, put files with the same names and columns in a folder and give it with
`--facts DIR`: a row with a known id replaces ours (columns that your file leaves out keep our value), a new id is
added, and `remove` = `true` removes. A row that names no source counts as your own word, of grade D.

| type | a cell holds |
| --- | --- |
| `id` | the key of the row |
| `str`, `text` | words |
| `float`, `int` | a number in the unit of the column |
| `bool` | `true` or `false` |
| `day`, `month_day` | a day, or a day of any year as MM-DD |
| `list` | several words |
| `enum:...`, `enums:...` | one, or several, of the words named |
| `ref:T`, `refs:T` | one id, or several, of table T |
| `area_set` | areas, groups of `area_groups`, `bloc:ID`, or ALL |
| `gates` | gates such as `crossing:ID`, `port:ID`, `pair:AAA-BBB`, `place:NAME@LAT LON` |
| `subject` | an id of the table that the column `subject_kind` names |
| `url`, `grade` | an address; a grade |

"Spread" says how a draw of uncertain values moves a number: `low_high` between its low and high columns, `grade` by the
ratios in `grade_spread`, `parts:area` by the same ratios and then scaled, so that the rows of an area add up as before.
"""


def render() -> str:
    with (TABLES / "columns.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    by_table: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_table.setdefault(row["table"], []).append(row)
    parts = [HEAD]
    for table, columns in sorted(by_table.items()):
        parts.append(f"\n## {table}\n\n| column | type | unit | description |\n| --- | --- | --- | --- |\n")
        parts.extend(_lines(row for row in columns if row["column"] not in TAIL))
        missing = [name for name in TAIL if name not in {row["column"] for row in columns}]
        if missing and missing != list(TAIL):
            parts.append(f"\nWithout {', '.join(f'`{name}`' for name in missing)}.\n")
    return "".join(parts)


def _lines(columns: Iterable[dict[str, str]]) -> Iterable[str]:
    for row in columns:
        kind = row["type"].replace("|", ", ")
        words = row["description"].replace("|", "\\|")
        if row["required"] == "true":
            words += " (required)"
        if row["spread"]:
            words += f"; spread {row['spread']}"
        yield f"| {row['column']} | {kind} | {row['unit']} | {words} |\n"


def main() -> None:
    PAGE.write_text(render(), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} written", file=sys.stderr)


if __name__ == "__main__":
    main()
