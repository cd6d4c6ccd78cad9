"""Write the parts of docs/facts.md that are counted: coverage, shares by grade, what was to be looked up, conflicts.

python tools/build_facts_page.py                  counts the tables, with the weights that are kept
python tools/build_facts_page.py --weights FILE   takes other weights: what landbridge facts weight --all --json gave
python tools/build_facts_page.py --check          complains when the page is behind

Weights are kept in tools/facts/weights.csv.gz (what rests on each row) and tools/facts/places.csv (hours and dollars at
places). Grades are those of the tables as they stand, so that a look-up moves the shares without asking anew.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from landbridge.facts import Facts, Row, load

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "facts.md"
WEIGHTS, PLACES = ROOT / "tools" / "facts" / "weights.csv.gz", ROOT / "tools" / "facts" / "places.csv"
BEGIN, END = "<!-- counted -->", "<!-- /counted -->"
GRADES: Final = ("A", "B", "C", "D")
UNITS: Final = {"hours": "h", "usd": "USD", "gas": "bcm", "oil": "kb/d", "verdicts": "rows"}
WORDS: Final = {"hours": "hours of routes", "usd": "dollars of routes", "gas": "gas", "oil": "oil",
                "verdicts": "rows that say what is open, bound or barred"}  # fmt: skip
BLOCS: Final = ("csto", "cis", "cisfta", "eaeu", "union-state", "sco", "nato", "pfp", "eu", "ots", "eco", "carec",
                "traceca", "brics", "wto", "tir", "cim", "smgs")  # fmt: skip
NODES, POINTS, WEIGHTY, SHOWN = 40, 60, 30, 25
LEAST_GONE: Final = 0.1
"""A share that is told [%]."""
WAITS: Final = frozenset(("crossing_waits", "crossing_wait_rules", "terminal_times", "ferry_costs", "seasons",
                          "gauge_breaks", "passage_costs"))  # fmt: skip
"""Tables that say how long one stands at a place."""
STANDING: Final = frozenset(("port_dwell_h", "queue_h", "closure_h", "release_h", "train_wait_h", "ferry_load_h",
                             "loco_change_h", "swap_h"))  # fmt: skip
"""Parameters that say so for places without a row of their own."""
DAYS: Final = re.compile(r"\b(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?\b")
SEARCHED: Final = re.compile(
    r"not found|no page|no figure|nothing found|no source|looked for|not compiled", re.IGNORECASE
)
DISAGREE: Final = re.compile(
    r"disagree|differ|contradict|conflict|disput|other sources?|another source|others (?:say|give|have)|instead of",
    re.IGNORECASE,
)


STANDARD: Final = """\
The standard questions (`landbridge facts weight --help`) are the routes of the tests, the best way of each branch of a
corridor on three days, the scenarios of gas and oil, all alliances and records, and 40 areas. Shares by grade of the
rows that they rest on: A and B are looked up, C is derived, D is recalled or judged. Aimed at: at most 15 % of hours
and of dollars on D.
"""
NEWEST: Final = """\
Looked up are A and B. The newest fact is the last day or year that a row speaks of, the newest source the last that a
cited source bears in its name.
"""
Key = tuple[str, str]


def keep(found: Mapping[str, Any]) -> None:
    """Write the weights of rows and places, from the schema `weight/1`."""
    if found["left"] or {"A", "D"} - {row["grade"] for row in found["rows"]}:
        raise SystemExit("these are not the weights of all questions and grades: landbridge facts weight --all --json")
    names = [name for name in UNITS if name in found["units"]]
    rows = sorted(found["rows"], key=lambda row: (row["table"], row["id"]))
    _write(WEIGHTS, ["table", "id", *names, "answers"],
           ([row["table"], row["id"], *(f"{row[name]:.4g}" if row[name] else "" for name in names), row["answers"]]
            for row in rows))  # fmt: skip
    _write(PLACES, ["table", "id", "hours", "usd", "answers", "rows"],
           ([place["table"], place["id"], f"{place['hours']:.4g}", f"{place['usd']:.4g}", place["answers"],
             ";".join(f"{row['table']}:{row['id']}" for row in place["rows"])]
            for place in found["places"]))  # fmt: skip


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    plain = text.getvalue().encode()
    path.write_bytes(gzip.compress(plain, 9, mtime=0) if path.suffix == ".gz" else plain)


def _read(path: Path) -> list[dict[str, str]]:
    plain = path.read_bytes()
    text = (gzip.decompress(plain) if path.suffix == ".gz" else plain).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def kept() -> dict[Key, dict[str, float]]:
    """What rests on each row, by what is counted."""
    return {(row["table"], row["id"]): {name: float(row.get(name) or 0) for name in UNITS} for row in _read(WEIGHTS)}


def weights(facts: Facts) -> dict[Key, dict[str, float]]:
    """The same of rows that there still are."""
    return {
        (table, key): row
        for (table, key), row in kept().items()
        if table not in facts.names or key in facts.table(table).by_id
    }


def gone(carried: Mapping[Key, Mapping[str, float]]) -> float:
    """The share of what was weighed that rested on rows which were since taken out, averaged [%]."""
    whole = kept().values()
    parts = [
        1 - sum(row[name] for row in carried.values()) / total
        for name in UNITS
        if (total := sum(row[name] for row in whole))
    ]
    return 100 * sum(parts) / len(parts)


def grade(facts: Facts, key: Key) -> str:
    return str(facts.row(*key).get("grade") or "D") if key[0] in facts.names else "D"


def counted(facts: Facts) -> str:
    """The counted parts of the page."""
    carried = weights(facts)
    parts = (shares(facts, carried), wanted(facts), nodes(facts), points(facts, carried), weighty(facts, carried),
             conflicts(facts, carried), searched(facts, carried), coverage(facts))  # fmt: skip
    return "\n".join(line for part in parts for line in part)


def shares(facts: Facts, carried: Mapping[Key, Mapping[str, float]]) -> Iterator[str]:
    yield "## What the standard answers rest on\n"
    yield STANDARD
    yield from _head("of", *(f"{one} [%]" for one in GRADES), "rows", "in all", right=(1, 2, 3, 4, 5, 6))
    for name, unit in UNITS.items():
        amounts = dict.fromkeys(GRADES, 0.0)
        count = 0
        for key, row in carried.items():
            amounts[grade(facts, key)] += row[name]
            count += row[name] > 0
        total = sum(amounts.values())
        if total:
            cells = [f"{100 * amounts[one] / total:.1f}" for one in GRADES]
            yield _row(WORDS[name], *cells, f"{count:,}", f"{total:,.0f} {unit}")
    lost = gone(carried)
    if lost >= LEAST_GONE:
        yield f"\n{lost:.1f} % of what was weighed rested on rows that have since been taken out."
    yield ""


def wanted(facts: Facts) -> Iterator[str]:
    """Memberships, statuses on corridors, agreements and crises: how many are looked up."""
    yield "## What was to be looked up\n"
    yield "Rows looked up (grade A or B), aimed at 90 %.\n"
    yield from _head("rows", "all", "looked up", "%", right=(1, 2, 3))
    rows = facts.table("memberships").rows
    for bloc in BLOCS:
        yield _looked_up(
            f"memberships of {facts.row('blocs', bloc)['name']}", [row for row in rows if row["bloc"] == bloc]
        )
    groups = facts.table("area_groups").rows
    yield _looked_up("members of the WTO as a group (`area_groups`)", [row for row in groups if row["group"] == "WTO"])
    gates = {gate.partition(":")[2] for row in facts.table("corridors").rows for gate in row["gates"]}
    status = [row for row in facts.table("crossing_status").rows if row["subject"] in gates]
    yield _looked_up("`crossing_status` of crossings on a corridor", status)
    for table in ("agreements", "crises", "obligations", "formats", "clauses", "records"):
        if table in facts.names:
            yield _looked_up(f"`{table}`", facts.table(table).rows)
    yield ""


def _looked_up(name: str, rows: Sequence[Row]) -> str:
    good = sum(row["grade"] in ("A", "B") for row in rows)
    return _row(name, f"{len(rows)}", f"{good}", f"{100 * good / len(rows):.0f}" if rows else "")


def nodes(facts: Facts) -> Iterator[str]:
    """Waits and dwell at the places where the best ways stand longest."""
    found = _read(PLACES)[:NODES]
    grades: list[Counter[str]] = []
    for place in found:
        keys: list[Key] = [(table, row) for table, _, row in (one.partition(":") for one in place["rows"].split(";"))]
        known = [key for key in keys if key[1] in facts.table(key[0]).by_id and _stands(facts, key)]
        grades.append(Counter(grade(facts, key) for key in known))
    yield f"### Waits and dwell at the {NODES} places that carry most\n"
    yield "Hours of the best ways at one place, and the grades of the rows that say how long one stands there. At"
    yield f"{sum(not told['D'] for told in grades)} of {len(found)} no row of grade D says so.\n"
    yield from _head("place", "hours", "answers", "rows by grade", right=(1, 2))
    for place, told in zip(found, grades, strict=True):
        key = (place["table"], place["id"])
        yield _row(
            _name(facts, key), f"{float(place['hours']):,.0f}", place["answers"], _by_grade(told) or "rates alone"
        )
    yield ""


def _stands(facts: Facts, key: Key) -> bool:
    """Whether a row says how long one stands somewhere."""
    table, name = key
    return table in WAITS or (table == "parameters" and facts.row(table, name)["parameter"] in STANDING)


def _by_grade(told: Mapping[str, int]) -> str:
    return ", ".join(f"{told[one]} {one}" for one in GRADES if told.get(one))


def points(facts: Facts, carried: Mapping[Key, Mapping[str, float]]) -> Iterator[str]:
    """Gas points with most gas on their rows."""
    gas: defaultdict[str, float] = defaultdict(float)
    rows: dict[str, list[Row]] = {}
    for (table, key), row in carried.items():
        if table == "gas_points":
            fact = facts.row(table, key)
            name = str(fact["point"])
            gas[name] += row["gas"]
            rows.setdefault(name, []).append(fact)
    first = sorted(gas, key=lambda point: (-gas[point], point))[:POINTS]
    good = [point for point in first if all(row["grade"] in ("A", "B") for row in rows[point])]
    yield f"### The {POINTS} gas points that carry most\n"
    yield f"{len(good)} of {len(first)} rest on looked-up rows alone. The others, with the gas that hangs on them:\n"
    yield from _head("point", "bcm", "rows by grade", right=(1,))
    for point in first:
        if point not in good:
            told = Counter(row["grade"] for row in rows[point])
            yield _row(
                f"`{point}`", f"{gas[point]:,.0f}", ", ".join(f"{told[one]} {one}" for one in GRADES if told[one])
            )
    yield ""


def _ranked(carried: Mapping[Key, Mapping[str, float]], keep_it: Callable[[Key], bool]) -> list[tuple[float, Key]]:
    """Rows by their share, averaged over what is counted, the weightiest first."""
    totals = {name: sum(row[name] for row in carried.values()) for name in UNITS}
    names = [name for name in UNITS if totals[name]]
    found = [(sum(row[name] / totals[name] for name in names) / len(names), key) for key, row in carried.items()]
    return sorted((one for one in found if keep_it(one[1])), key=lambda one: (-one[0], one[1]))


def weighty(facts: Facts, carried: Mapping[Key, Mapping[str, float]]) -> Iterator[str]:
    """Rows of grade D with most on them, and their share of each thing that is counted."""
    ranked = _ranked(carried, lambda key: key[0] in facts.names and grade(facts, key) == "D")
    totals = {name: sum(row[name] for row in carried.values()) or 1.0 for name in UNITS}
    yield f"### The {WEIGHTY} rows of grade D that carry most\n"
    yield "By their share of each of the above, averaged; `landbridge facts weight` gives all. Shares in per cent.\n"
    yield from _head("table", "row", *UNITS, "note", right=range(2, 2 + len(UNITS)))
    for _, key in ranked[:WEIGHTY]:
        row = facts.row(*key)
        cells = [f"{100 * carried[key][name] / totals[name]:.1f}" if carried[key][name] else "" for name in UNITS]
        yield _row(key[0], f"`{key[1]}`", *cells, _short(row.get("note") or row.get("doubt")))
    yield ""


def conflicts(facts: Facts, carried: Mapping[Key, Mapping[str, float]]) -> Iterator[str]:
    """Rows with several sources or whose words tell of a conflict, and doubts."""
    told: dict[Key, str] = {}
    several: Counter[str] = Counter()
    doubtful: Counter[str] = Counter()
    for table, row in _rows(facts):
        several[table] += len(row.get("source_id") or ()) > 1
        doubtful[table] += bool(row.get("doubt"))
        words = str(row.get("doubt") or row.get("note") or "")
        if DISAGREE.search(words):
            told[table, row["id"]] = words
    yield "## Conflicts\n"
    yield f"{sum(several.values()):,} rows name two or more sources, {sum(doubtful.values()):,} say what is doubtful"
    yield f"about them, {len(told):,} tell that sources or sides differ; both views stand in the row. Of the last,"
    yield "those that carry most:\n"
    yield from _head("table", "row", "what is said")
    for _, key in _ranked(carried, lambda key: key in told)[:SHOWN]:
        yield _row(key[0], f"`{key[1]}`", _short(told[key], 160))
    yield ""
    yield from _head("table", "rows with several sources", "doubtful rows", right=(1, 2))
    for table in sorted({*several, *doubtful}, key=lambda one: (-doubtful[one] - several[one], one))[:SHOWN]:
        yield _row(f"`{table}`", f"{several[table]}", f"{doubtful[table]}")
    yield ""


def searched(facts: Facts, carried: Mapping[Key, Mapping[str, float]]) -> Iterator[str]:
    """Rows that say what was looked for in vain."""
    told = {
        (table, row["id"]): str(row.get("note") or row.get("doubt"))
        for table, row in _rows(facts)
        if row.get("grade") in ("C", "D") and SEARCHED.search(f"{row.get('note') or ''} {row.get('doubt') or ''}")
    }
    yield "## What could not be found\n"
    yield f"{len(told)} rows of grade C or D say what was looked for in vain. Those on which standard answers rest, the"
    yield "weightiest first:\n"
    yield from _head("table", "row", "what was tried")
    for _, key in _ranked(carried, lambda key: key in told)[:SHOWN]:
        yield _row(key[0], f"`{key[1]}`", _short(told[key], 200))
    yield ""


def coverage(facts: Facts) -> Iterator[str]:
    """Each table: rows by grade, the last day that a row speaks of, the last day that a cited source bears."""
    yield "## Coverage by table\n"
    yield NEWEST
    yield from _head(
        "table", "rows", *GRADES, "looked up [%]", "newest fact", "newest source", right=(1, 2, 3, 4, 5, 6)
    )
    sources = facts.table("sources").by_id
    total: Counter[str] = Counter()
    for table in facts.names:
        columns = {column.name for column in facts.schema[table]}
        if "grade" not in columns or table == "sources":
            continue
        rows = facts.table(table).rows
        counts = Counter(str(row["grade"]) for row in rows)
        total.update(counts)
        cited = {source for row in rows for source in row.get("source_id") or ()}
        bears = _newest(
            facts, (day for one in cited if one in sources for day in DAYS.findall(str(sources[one]["source"])))
        )
        yield _table_row(f"`{table}`", counts, _newest(facts, _spoken(facts, table)), bears)
    yield _table_row("all", total, "", "")
    yield ""


def _table_row(name: str, counts: Mapping[str, int], fact: str, source: str) -> str:
    rows = sum(counts.values())
    good = 100 * (counts.get("A", 0) + counts.get("B", 0)) / rows if rows else 0
    return _row(name, f"{rows:,}", *(f"{counts.get(one, 0):,}" for one in GRADES), f"{good:.0f}", fact, source)


def _spoken(facts: Facts, table: str) -> Iterator[str]:
    for column in facts.schema[table]:
        if column.kind == "day" or column.name in ("year", "year_to"):
            yield from (str(row[column.name]) for row in facts.table(table).rows if row[column.name] is not None)


def _newest(facts: Facts, days: Iterable[str]) -> str:
    """The last day that is not ahead of the last day that the facts cover."""
    last = facts.last_day.isoformat()
    return max((day for day in days if day <= last[: len(day)]), default="")


def _rows(facts: Facts) -> Iterator[tuple[str, Row]]:
    for table in facts.names:
        if table != "sources" and "grade" in {column.name for column in facts.schema[table]}:
            yield from ((table, row) for row in facts.table(table).rows)


def _name(facts: Facts, key: Key) -> str:
    row: Mapping[str, Any] = facts.table(key[0]).by_id.get(key[1], {}) if key[0] in facts.names else {}
    names = dict.fromkeys(str(row[name]) for name in ("name", "name_a", "name_b") if row.get(name))
    return f"{' - '.join(names)} (`{key[1]}`)" if names else f"`{key[1]}`"


def _short(text: Any, most: int = 120) -> str:
    words = str(text or "").replace("|", "/").replace("\n", " ")
    return words if len(words) <= most else f"{words[: most - 4].rsplit(' ', 1)[0]} ..."


def _head(*names: str, right: Sequence[int] = ()) -> Iterator[str]:
    yield _row(*names)
    yield _row(*("---:" if number in right else "---" for number in range(len(names))))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def page() -> str:
    """The whole page, its counted part made anew."""
    text = PAGE.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        raise SystemExit(f"{PAGE.relative_to(ROOT)} has lost its marks {BEGIN} and {END}")
    head, _, rest = text.partition(BEGIN)
    return f"{head}{BEGIN}\n\n{counted(load())}\n{END}{rest.partition(END)[2]}"


def main() -> None:
    if "--weights" in sys.argv[1:]:
        keep(json.loads(Path(sys.argv[sys.argv.index("--weights") + 1]).read_text(encoding="utf-8")))
    made = page()
    if "--check" in sys.argv[1:]:
        if PAGE.read_text(encoding="utf-8") != made:
            raise SystemExit(f"{PAGE.relative_to(ROOT)} is behind: run  python tools/build_facts_page.py")
        return
    PAGE.write_text(made, encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} written", file=sys.stderr)


if __name__ == "__main__":
    main()
