"""What was mended by hand in finished rows: sources looked up since (patches/found_sources.csv), months that figures
speak of (patches/months.csv), single cells (patches/corrections.csv says which, why, and what stood there before)."""

from __future__ import annotations

from tools.facts.common import RECALLED, Context

POST_ALONE = "the sources tell that the post is there; since when its state holds stands in crossing_status"


def settle(context: Context, tables: dict[str, list[dict[str, str]]]) -> set[tuple[str, str]]:
    """Give recalled rows the sources that were found for them, one list for many ids; without a source only a note.

    Several lines may speak of one row: the sources add up and the best grade holds. A row that has another source
    already stops the build. Returned are table and id of what has got a source.
    """
    settled: dict[tuple[str, str], list[str]] = {}
    for line in context.patch("found_sources"):
        table = line["table"]
        if table not in tables:
            continue
        known = {row["id"]: row for row in tables[table]}
        for key in line["ids"].split():
            row = known.get(key)
            if row is None:
                raise SystemExit(f"found_sources: no row {key} in {table}")
            row["note"] = "; ".join(filter(None, (row.get("note", ""), line["note"])))
            if not line["source"]:
                continue
            before = settled.setdefault((table, key), [])
            if not before and row["source_id"] != RECALLED:
                raise SystemExit(f"found_sources: {table} {key} has a source already: {row['source_id']}")
            cited = context.sources.cite(line["source"], line["url"], line["grade"]).split(";")
            row["grade"] = min(row["grade"], line["grade"]) if before else line["grade"]
            before += [one for one in cited if one not in before]
            row["source_id"] = ";".join(before)
    return set(settled)


def date_months(context: Context, tables: dict[str, list[dict[str, str]]]) -> None:
    """Say which months a figure speaks of (patches/months.csv), one list for many ids."""
    for line in context.patch("months"):
        if line["table"] not in tables:
            continue
        known = {row["id"]: row for row in tables[line["table"]]}
        for key in line["ids"].split():
            if key not in known:
                raise SystemExit(f"months: no row {key} in {line['table']}")
            row = known[key]
            row |= {"month_from": line["month_from"], "month_to": line["month_to"]}
            row["note"] = "; ".join(filter(None, (row.get("note", ""), line["note"])))


def remark(tables: dict[str, list[dict[str, str]]], settled: set[tuple[str, str]]) -> None:
    """Rows that tell since when a state holds, and were settled by lists, say that the lists tell of the post alone."""
    for table, rows in tables.items():
        for row in rows:
            if (table, row["id"]) in settled and row.get("status_since"):
                row["note"] = "; ".join(filter(None, (row["note"], POST_ALONE)))


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
