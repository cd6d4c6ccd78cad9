"""Build the packaged fact tables from the raw reference folder and the hand-made patches.

    python tools/build_facts.py [--reference ../shared/reference] [--only GROUP ...] [--into DIR]

Rerunning gives the same files, and so does building a part. A group is a module of tools/facts with `build(context)`
and, for what follows from finished tables, `derive(context, tables)`.
"""

from __future__ import annotations

import argparse
import importlib
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.facts.common import PATCHES, TABLES, Context, column_names, read_csv, write_table
from tools.facts.corrections import correct, date_months, remark, settle
from tools.facts.gates import measure

GROUPS = ("areas", "borders", "gates", "rules", "handmade", "parameters", "places", "gas", "oil_net", "politics",
          "trade")  # fmt: skip
"""Modules of tools/facts, in the order in which they are built."""

Tables = dict[str, list[dict[str, str]]]


def clean(context: Context) -> dict[str, Tables]:
    """All tables by group: built, the added rows laid over, single cells corrected, then what follows from them.

    Every group is cleaned even when only some are written: the grade of a source is its best over all rows that cite
    it, so what one group says of a source depends on the others.
    """
    modules = {name: importlib.import_module(f"tools.facts.{name}") for name in GROUPS}
    groups: dict[str, Tables] = {}
    for name, module in modules.items():
        groups[name] = _mended(context, _own(name, module.build(context), groups))
    finished = {table: rows for tables in groups.values() for table, rows in tables.items()}
    for name, module in modules.items():
        if hasattr(module, "derive"):
            groups[name] |= _mended(context, _own(name, module.derive(context, finished), groups))
    known = {table for tables in groups.values() for table in tables}
    for path in sorted((PATCHES / "rows").glob("*.csv")):
        if path.stem not in known:
            raise SystemExit(f"patches/rows/{path.name}: no group builds that table")
    return groups


def _own(name: str, tables: Tables, groups: Mapping[str, Tables]) -> Tables:
    """The tables of a group, none of which another has."""
    again = sorted(set(tables) & {table for built in groups.values() for table in built})
    if again:
        raise SystemExit(f"{name}: tables of another group: {again}")
    return tables


def _mended(context: Context, tables: Tables) -> Tables:
    """Tables with the added rows laid over and single cells corrected."""
    for table in tables:
        added = [context.finish(row) for row in context.patch(f"rows/{table}")]
        ids = {row["id"] for row in added}
        tables[table] = [row for row in tables[table] if row["id"] not in ids] + added
    settled = settle(context, tables)
    date_months(context, tables)
    correct(context, tables)
    remark(tables, settled)
    if "crossings" in tables:
        measure(context, tables["crossings"])
    return tables


def write(context: Context, groups: Mapping[str, Tables], chosen: Iterable[str] = GROUPS) -> dict[str, int]:
    """Write the tables of the chosen groups and the sources that all tables in the folder cite; rows of each."""
    folder, counts = context.tables, {}
    columns = column_names(folder)
    for name in chosen:
        for table, rows in sorted(groups[name].items()):
            if table not in columns:
                raise SystemExit(f"{table}: its columns are not declared in columns.csv")
            counts[table] = write_table(table, rows, columns[table], folder)
    # a table that was not written may still cite a source that its group has dropped since
    listed = folder / "sources.csv"
    known = {row["id"]: row for row in read_csv(listed)} if listed.exists() else {}
    known |= {row["id"]: row for row in context.patch("sources")} | context.sources.rows
    cited = {"user"}
    for table, names in columns.items():
        path = folder / f"{table}.csv"
        pointers = [name for name in names if name.endswith("source_id")]
        if pointers and path.exists():
            cited |= {item for row in read_csv(path) for name in pointers for item in row[name].split(";") if item}
    missing = sorted(cited - set(known))
    if missing:
        raise SystemExit(f"rows cite sources that are not known: {missing[:5]}")
    counts["sources"] = write_table("sources", [known[key] for key in cited], columns["sources"], folder)
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reference", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "reference")
    parser.add_argument("--only", nargs="*", choices=GROUPS, help="write these groups, keep the other tables")
    parser.add_argument("--into", type=Path, help="folder to write to, filled from the shipped tables (the package)")
    options = parser.parse_args()
    context = Context(options.reference.resolve(), options.into or TABLES)
    if options.into:
        shutil.copytree(TABLES, options.into, dirs_exist_ok=True)
    for table, rows in write(context, clean(context), options.only or GROUPS).items():
        print(f"{table:20} {rows:6} rows")


if __name__ == "__main__":
    main()
