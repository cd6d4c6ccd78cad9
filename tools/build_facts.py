"""Build the packaged fact tables from the raw reference folder and the hand-made patches.

    python tools/build_facts.py [--reference ../shared/reference] [--only GROUP ...]

Rerunning gives the same files. A group is a module of tools/facts with `build(context)`, listed in GROUPS.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.facts.common import PATCHES, TABLES, Context, column_names, read_csv, write_table
from tools.facts.corrections import correct
from tools.facts.gates import measure

GROUPS = ("areas", "borders", "gates", "rules", "handmade", "parameters", "places")
"""Modules of tools/facts, in the order in which they are built; those not there yet are named and passed over."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reference", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "reference")
    parser.add_argument("--only", nargs="*", choices=GROUPS, help="build these groups, keep the other tables")
    options = parser.parse_args()
    context = Context(options.reference.resolve())
    tables: dict[str, list[dict[str, str]]] = {}
    for name in options.only or GROUPS:
        if not (Path(__file__).parent / "facts" / f"{name}.py").exists():
            print(f"no module tools/facts/{name}.py: passed over")
            continue
        for table, rows in importlib.import_module(f"tools.facts.{name}").build(context).items():
            tables.setdefault(table, []).extend(rows)
    for path in sorted((PATCHES / "rows").glob("*.csv")):
        if path.stem in tables:
            added = [context.finish(row) for row in context.patch(f"rows/{path.stem}")]
            ids = {row["id"] for row in added}
            tables[path.stem] = [row for row in tables[path.stem] if row["id"] not in ids] + added
    correct(context, tables)
    if "crossings" in tables:
        measure(context, tables["crossings"])
    columns = column_names()
    for table, rows in sorted(tables.items()):
        if table not in columns:
            print(f"{table}: passed over, its columns are not declared in columns.csv")
            continue
        print(f"{table:20} {write_table(table, rows, columns[table]):6} rows")
    # every source that a table on disk cites is kept, also those of tables that were not built this time
    known = {row["id"]: row for row in read_csv(TABLES / "sources.csv")} if (TABLES / "sources.csv").exists() else {}
    known |= {row["id"]: row for row in context.patch("sources")} | context.sources.rows
    cited = {"user"}
    for table, names in columns.items():
        path = TABLES / f"{table}.csv"
        pointers = [name for name in names if name.endswith("source_id")]
        if pointers and path.exists():
            cited |= {item for row in read_csv(path) for name in pointers for item in row[name].split(";") if item}
    missing = sorted(cited - set(known))
    if missing:
        raise SystemExit(f"rows cite sources that are not known: {missing[:5]}")
    print(f"{'sources':20} {write_table('sources', [known[key] for key in cited], columns['sources']):6} rows")


if __name__ == "__main__":
    main()
