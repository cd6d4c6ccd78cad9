"""What the energy tables share: days after the last, sources that name other raw tables, doubts told in a list."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tools.facts.common import RECALLED, Context

_RECALLED = re.compile(r"general knowledge|recalled|gas_balances\.csv \(recalled", re.I)
_PARTS = re.compile(r";\s*")


def next_day(text: str) -> str:
    """The first day, month or year after the last one: the raw energy tables give the last, ours the first after."""
    if not text:
        return ""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return str(parts[0] + 1)
    if len(parts) == 2:
        return f"{parts[0] + parts[1] // 12}-{parts[1] % 12 + 1:02d}"
    return (date(*parts) + timedelta(days=1)).isoformat()


class Cited:
    """The context, with sources that name a raw table resolved to the sources of the row that they mean."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.pipelines = {row["id"]: row for row in context.raw("pipelines")}
        self.pipe_of_point = {row["id"]: row["pipe"] for row in context.raw("gas_points") if row["pipe"]}
        self.hormuz = next(row for row in context.raw("chokepoints") if row["id"] == "hormuz")
        self.ratios = {
            row["id"]: (float(row["low_ratio"]), float(row["high_ratio"])) for row in context.patch("grade_spread")
        }
        self._trade: dict[str, list[dict[str, str]]] = {}
        for row in context.raw("gas_trade"):
            if row["route"] == "LNG" and row["basis"].startswith("origin"):
                self._trade.setdefault(row["year"], []).append(row)

    def tail(self, raw: dict[str, str], pipeline: str = "", point: str = "") -> dict[str, str]:
        """`source_id`, `grade` and `note` of a raw row; `pipeline` or `point` says which row of pipelines is meant."""
        pipeline = pipeline or self.pipe_of_point.get(point, "")
        source, url, grade = raw["source"], raw["url"], raw["grade"]
        ids = [part for part in self._cite(source, url, grade, pipeline, raw.get("year", "")).split(";") if part]
        known = [one for one in ids if one != RECALLED]
        # what was recalled stays named beside what was looked up
        ids = [*known, *([RECALLED] if len(known) < len(ids) else [])]
        if ids == [RECALLED] and grade in {"A", "B"}:
            grade = "D"
        return {"source_id": ";".join(dict.fromkeys(ids)), "grade": grade, "note": raw.get("note", "")}

    def finish(self, row: dict[str, str]) -> dict[str, str]:
        return self.context.finish(row)

    def _cite(self, source: str, url: str, grade: str, pipeline: str, year: str) -> str:
        cite = self.context.sources.cite
        if "pipelines.csv" in source and pipeline:
            row = self.pipelines[pipeline]
            rest = "; ".join(part for part in _PARTS.split(source) if not part.startswith(("pipelines.csv", "TASS in")))
            there = cite(row["source"], row["url"], "" if _RECALLED.match(row["source"]) else grade)
            return ";".join(filter(None, (cite(rest, url, grade) if rest and url else "", there)))
        if source == "chokepoints.csv (Hormuz)":
            return cite(self.hormuz["source"], self.hormuz["url"], grade)
        if source == "sum of gas_trade.csv":
            rows = {(row["source"], row["url"]) for row in self._trade[year]}
            return ";".join(cite(text, address, grade) for text, address in sorted(rows))
        parts = _PARTS.split(source)
        recalled = [part for part in parts if _RECALLED.match(part)]
        rest = [part for part in parts if part not in recalled]
        ids = [RECALLED] if recalled else []
        if recalled:
            cite("general knowledge, unverified")
        if rest:
            text = "; ".join(part.removesuffix(" (in gas_storage_lng.csv)") for part in rest)
            ids.append(cite(text, url, grade))
        return ";".join(ids)


def doubts(context: Context, tables: dict[str, list[dict[str, str]]]) -> None:
    """Add the doubts of patches/gas_doubts.csv to the rows that they are about; one that fits none stops the build."""
    for told in context.patch("gas_doubts"):
        columns = [told["column"], told["column_2"]]
        tests = [re.compile(told["matches"]), re.compile(told["matches_2"])]
        found = 0
        for row in tables[told["table"]]:
            pairs = [(c, t) for c, t in zip(columns, tests, strict=True) if c]
            if all(test.fullmatch(row.get(column, "")) for column, test in pairs):
                row["doubt"] = "; ".join(filter(None, (row["doubt"], told["doubt"])))
                found += 1
        if not found:
            raise SystemExit(f"gas_doubts: no row of {told['table']} fits: {told['doubt']}")
