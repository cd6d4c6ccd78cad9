"""What every group of tables shares: reading raw rows, sources, grades, doubts, writing in a stable form."""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from landbridge.facts.notes import sentences
from landbridge.facts.schema import canonical, read_schema

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "src" / "landbridge" / "facts" / "tables"
PATCHES = Path(__file__).resolve().parent / "patches"
RECALLED = "general-knowledge"
TAIL = ("source_id", "grade", "note", "doubt")

_DOUBT = re.compile(
    r"not verified|unverified|approximate|recalled|uncertain|guess|inferred|disputed|\bdoubt(ful)?\b|not confirmed"
    r"|disagree|not checked|not found|\bunknown\b(?! one)|rumou?r|placeholder|imprecise|estimate|assumed|\bdiffers?\b"
    r"|\bconflicting\b|\b(sources|figures|dates|reports) conflict|different sources|told differently",
    re.IGNORECASE,
)
_URL_SPLIT = re.compile(r";\s+(?=https?:|doi:|www\.)")
_LICENCES = (
    (re.compile(r"(Energy Institute|BP) Statistical Review"), "quoted with attribution: Energy Institute / BP"),
    (re.compile(r"IEA Gas Trade Flows"), "IEA terms: sums and single facts"),
    (re.compile(r"GIE AGSI"), "GIE AGSI, with attribution"),
    (re.compile(r"Eurostat NRG"), "CC BY 4.0"),
    (re.compile(r"Bailey-Strezhnev-Voeten"), "Harvard Dataverse, CC0 1.0 by default; cite the authors"),
    (
        re.compile(r"Growth Lab at Harvard"),
        "CC0 1.0 (Harvard Dataverse, doi:10.7910/DVN/T4CHWJ), not checked; cite the Growth Lab",
    ),
    (re.compile(r"dgrtwo/unvotes"), "MIT (package unvotes); counts of votes"),
    (re.compile(r"World Bank|WDI|datasets/(population|gdp)", re.I), "CC BY 4.0"),
    (re.compile(r"geonames", re.I), "CC BY 4.0"),
    (re.compile(r"gem\.wiki|GEM wiki|Global Energy Monitor", re.I), "CC BY 4.0"),
    (re.compile(r"mledoze|openstreetmap", re.I), "ODbL 1.0"),
    (re.compile(r"Natural Earth", re.I), "public domain"),
    (re.compile(r"OWID|ourworldindata", re.I), "CC BY 4.0"),
    (re.compile(r"wikipedia|wanweibaike", re.I), "CC BY-SA 4.0 (facts only)"),
)


def read_csv(path: Path) -> list[dict[str, str]]:
    """Rows of a file of cells; a row with more cells than the header stops the build, it holds an unquoted comma."""
    rows = []
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        for row in reader:
            if None in row:
                raise SystemExit(f"{path.name}, line {reader.line_num}: more cells than columns; quote the comma")
            rows.append({key: (value or "").strip() for key, value in row.items()})
    return rows


def slug(text: str, length: int = 60) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:length].strip("-")


def digest(*parts: str, size: int = 3) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=size).hexdigest()


def words(cell: str, sep: str | None = None) -> str:
    """A cell of several values as the ;-joined list of the cleaned tables, order kept, repeats dropped."""
    items = cell.split(sep) if sep else re.split(r"[;\s]+", cell)
    return ";".join(dict.fromkeys(item.strip() for item in items if item.strip()))


def doubt_of(row: Mapping[str, str], *columns: str) -> str:
    """The sentences of the given columns that say that something is not sure."""
    found = [one for column in columns or ("note",) for one in sentences(row.get(column, "")) if _DOUBT.search(one)]
    if row.get("certainty") in {"uncertain", "disputed", "announced_only"}:
        found.insert(0, row["certainty"].replace("_", " "))
    return "; ".join(dict.fromkeys(found))


@dataclass
class Sources:
    """Collects the sources that rows cite and gives each a stable id."""

    rows: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, source: str, url: str = "", grade: str = "") -> str:
        """Register one source; return its id."""
        source, url = source.strip(), url.strip()
        recalled = re.match(r"general knowledge|recalled", source, re.I) and not url.startswith(("http", "doi"))
        if recalled or not source:
            self.rows[RECALLED] = {
                "id": RECALLED,
                "source": "general knowledge, unverified",
                "url": "",
                "grade": "D",
                "licence": "facts",
                "may_ship": "true",
                "note": "recalled, not looked up",
            }
            return RECALLED
        url = "" if url.startswith("general knowledge") else url
        if url.startswith("doi:"):
            url = "https://doi.org/" + url.removeprefix("doi:")
        elif url and not url.startswith("http"):
            url = "https://" + url
        url = url.replace(" ", "%20")
        key = f"{slug(source, 40)}-{digest(source, url)}"
        licence = next((name for test, name in _LICENCES if test.search(f"{source} {url}")), "facts")
        old = self.rows.get(key, {}).get("grade", "")
        best = min(filter(None, (old, grade or "B")))
        self.rows[key] = {
            "id": key,
            "source": source,
            "url": url,
            "grade": best,
            "licence": licence,
            "may_ship": "true",
            "note": "",
        }
        return key

    def cite(self, source: str, url: str = "", grade: str = "") -> str:
        """Register the sources of a raw cell ("A; B" with "url A; url B"); return the ;-joined ids."""
        urls = [part.strip() for part in _URL_SPLIT.split(url) if part.strip()]
        texts = [part.strip() for part in source.split(";") if part.strip()]
        if len(urls) <= 1:
            pairs = [(source, urls[0] if urls else "")]
        elif len(texts) == len(urls):
            pairs = list(zip(texts, urls, strict=True))
        else:
            pairs = [(source, one) for one in urls]
        return ";".join(dict.fromkeys(self.add(text, one, grade) for text, one in pairs))


@dataclass
class Context:
    """What a group's `build(context)` gets: raw folder, patches, folder of the tables, collector of sources."""

    reference: Path
    tables: Path = TABLES
    sources: Sources = field(default_factory=Sources)

    def raw(self, name: str) -> list[dict[str, str]]:
        """Rows of a raw table of the reference folder."""
        return read_csv(self.reference / f"{name}.csv")

    def patch(self, name: str) -> list[dict[str, str]]:
        """Rows of a hand-made file under tools/facts/patches (empty when there is none)."""
        path = PATCHES / f"{name}.csv"
        return read_csv(path) if path.exists() else []

    def finish(self, row: Mapping[str, str], *doubt_columns: str) -> dict[str, str]:
        """Replace `source` and `url` of a raw row by `source_id`, derive grade and doubt where they are missing."""
        out = {key: value for key, value in row.items() if key not in {"source", "url"}}
        if not out.get("source_id"):
            out["source_id"] = self.sources.cite(row.get("source", ""), row.get("url", ""), row.get("grade", ""))
        if not out.get("grade"):
            out["grade"] = "D" if set(out["source_id"].split(";")) == {RECALLED} else "B"
        out.setdefault("note", "")
        if not out.get("doubt"):
            out["doubt"] = doubt_of(out, *(doubt_columns or ("note",)))
        return out


def unique_ids(rows: Iterable[dict[str, str]], *detail: str) -> list[dict[str, str]]:
    """Make ids unique without counters: rows that share an id get the first detail column that tells them apart."""
    rows = list(rows)
    groups: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        groups.setdefault(row["id"], []).append(row)
    for key, group in groups.items():
        if len(group) == 1:
            continue
        for row in group:
            row["id"] = f"{key}-{digest(*(row.get(column, '') for column in (detail or tuple(sorted(row)))))}"
    return rows


def column_names(folder: Path = TABLES) -> dict[str, list[str]]:
    """The declared columns of each table, in order."""
    names: dict[str, list[str]] = {}
    for row in read_csv(folder / "columns.csv"):
        names.setdefault(row["table"], []).append(row["column"])
    return names


def write_table(name: str, rows: Iterable[Mapping[str, str]], columns: Iterable[str], folder: Path = TABLES) -> int:
    """Write one table, rows by id, columns as declared; return the number of rows."""
    columns = list(columns)
    ordered = [{key: " ".join(str(cell).split()) for key, cell in row.items()} for row in rows]
    ordered.sort(key=lambda row: row["id"])
    forms = {column.name: column for column in read_schema(folder)[name]}
    for row in ordered:
        extra = set(row) - set(columns)
        if extra:
            raise SystemExit(f"{name}: columns not declared in columns.csv: {sorted(extra)}")
        row.update({key: canonical(forms[key], cell) for key, cell in row.items()})
    path = folder / f"{name}.csv"
    partial = path.with_suffix(".csv.part")
    with partial.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(ordered)
    partial.replace(path)
    return len(ordered)


def declare(table: str, rows: Iterable[Iterable[str]], folder: Path = TABLES) -> None:
    """Replace the rows of a table in columns.csv: (column, type, unit, required, description[, spread, low, high])."""
    path = folder / "columns.csv"
    header = ["table", "column", "type", "unit", "required", "description", "spread", "low", "high"]
    kept = read_csv(path) if path.exists() else []
    old = {row["column"]: row for row in kept if row["table"] == table}
    kept = [row for row in kept if row["table"] != table]
    for cells in rows:
        row = dict(zip(header, [table, *cells], strict=False))
        # what is said by hand in the list stays when the new declaration leaves it open
        for name in ("unit", "description", "low", "high"):
            row[name] = row.get(name) or old.get(row["column"], {}).get(name, "")
        kept.append(row)
    kept.sort(key=lambda row: row["table"])
    partial = path.with_suffix(".csv.part")
    with partial.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, header, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(kept)
    partial.replace(path)
