"""Single cells mended by hand: patches/corrections.csv says which, why, and what stood there before."""

from __future__ import annotations

from tools.facts.common import Context


def correct(context: Context, tables: dict[str, list[dict[str, str]]]) -> None:
    """Apply the corrections of the tables that were built; a stale one (other value found) stops the build."""
    for fix in context.patch("corrections"):
        if fix["table"] not in tables:
            continue
        rows = [row for row in tables[fix["table"]] if row["id"] == fix["id"]]
        if not rows:
            raise SystemExit(f"corrections: no row {fix['id']} in {fix['table']}")
        for row in rows:
            if fix["column"] == "*":
                tables[fix["table"]].remove(row)
                continue
            found = row.get(fix["column"], "")
            if found != fix["was"]:
                where = f"{fix['table']} {fix['id']} {fix['column']}"
                raise SystemExit(f"corrections: {where} is {found!r}, not {fix['was']!r}")
            row[fix["column"]] = fix["value"]
            if fix["source"]:
                row["source_id"] = context.sources.cite(fix["source"], fix["url"])
            if fix["note"]:
                row["note"] = "; ".join(filter(None, (row.get("note", ""), f"corrected: {fix['note']}")))
