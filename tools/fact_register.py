"""Keep a register of the rows of the facts, so that none loses its source and none changes without a word.

python tools/fact_register.py                          tells what differs from the register; exit 1 if anything does
python tools/fact_register.py --line "words of a line" takes the changes into the register, for a line of the changelog
                                                       under Data (repeat it for several); counts docs/facts.md anew
    --unsourced TABLE:ID     this row may lose its source, as the line says; repeat it

tools/facts/register.csv.gz holds table, id, a hash of the filled cells, whether a source is named, and the grade of
each row; of long series the whole table in one row. tools/facts/register_changes.csv holds the lines with their day
and what was changed. A test compares the tables with the register.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from landbridge.facts import Facts, load
from landbridge.facts.changes import NO_SOURCES

ROOT = Path(__file__).resolve().parents[1]
REGISTER = ROOT / "tools" / "facts" / "register.csv.gz"
CHANGES = ROOT / "tools" / "facts" / "register_changes.csv"
CHANGELOG = ROOT / "CHANGELOG.md"
HEADER: Final = ("table", "id", "hash", "sourced", "grade")
SERIES: Final = frozenset(
    ("area_trade", "gas_trade", "place_names", "place_spellings", "places", "vote_pairs", "vote_points")
)
"""Long tables, compiled as a whole; each is one row of the register, and `sourced` counts its rows with a source."""
SKIPPED: Final = frozenset(("sources",))
"""The id of a source is a hash of its text and address, so that another source makes another row where it is cited."""
WHOLE: Final = "*"
LEAST_WORDS: Final = 3
SHOWN: Final = 8
COMMAND: Final = 'python tools/fact_register.py --line "first words of the line"'

Key = tuple[str, str]


class Entry(NamedTuple):
    """A row in the register: hash of its cells, rows with a source (0 or 1, of a series more), grade."""

    hash: str
    sourced: int
    grade: str


Register = Mapping[Key, Entry]


class Differences(NamedTuple):
    """What the tables have otherwise than the register."""

    added: tuple[Key, ...]
    changed: tuple[Key, ...]
    removed: tuple[Key, ...]
    unsourced: tuple[Key, ...]
    """Rows that named a source and no longer do."""

    def __bool__(self) -> bool:
        return any(self[:])


def make_register(facts: Facts, tables: Iterable[str] = ()) -> dict[Key, Entry]:
    """The register of facts as they are, of all tables or some."""
    return dict(_entries(facts, tables or facts.names))


def _entries(facts: Facts, tables: Iterable[str]) -> Iterator[tuple[Key, Entry]]:
    for table in tables:
        if table in SKIPPED:
            continue
        cells = facts.cells(table)
        at = {name: number for number, name in enumerate(cells.header)}
        rows = [(row[at["id"]], Entry(_hash(cells.header, row), _sourced(row, at), _cell(row, at, "grade")))
                for row in cells.rows]  # fmt: skip
        if table not in SERIES:
            yield from (((table, key), entry) for key, entry in rows)
        else:
            whole = hashlib.blake2b(
                "".join(sorted(entry.hash for _, entry in rows)).encode(), digest_size=8
            ).hexdigest()
            yield (table, WHOLE), Entry(whole, sum(entry.sourced for _, entry in rows), "")


def _hash(header: Sequence[str], row: Sequence[str]) -> str:
    """Hash of the filled cells with their columns: an empty new column changes nothing."""
    filled = sorted(f"{name}={text}" for name, text in zip(header, row, strict=True) if text)
    return hashlib.blake2b("\x1f".join(filled).encode(), digest_size=3).hexdigest()


def _cell(row: Sequence[str], at: Mapping[str, int], name: str) -> str:
    return row[at[name]] if name in at else ""


def _sourced(row: Sequence[str], at: Mapping[str, int]) -> int:
    return int(bool({one for one in _cell(row, at, "source_id").split(";") if one} - NO_SOURCES))


def read_register(path: Path = REGISTER) -> dict[Key, Entry]:
    """The register as it was written; empty before the first time."""
    if not path.exists():
        return {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        return {(row[0], row[1]): Entry(row[2], int(row[3]), row[4]) for row in list(csv.reader(stream))[1:]}


def write_register(register: Register, path: Path = REGISTER) -> None:
    """Write it so that the same register gives the same bytes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows((*key, *register[key]) for key in sorted(register))
    path.write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))


def differences(register: Register, now: Register) -> Differences:
    both = sorted(register.keys() & now.keys())
    return Differences(
        tuple(sorted(now.keys() - register.keys())),
        tuple(key for key in both if register[key].hash != now[key].hash),
        tuple(sorted(register.keys() - now.keys())),
        tuple(key for key in both if register[key].sourced > now[key].sourced),
    )


def complaints(found: Differences) -> list[str]:
    """What is wrong, and the command that puts it right."""
    told = []
    if found.unsourced:
        head = f"{_count(found.unsourced)} had a source and name none now: {_names(found.unsourced)}"
        told.append(f'{head}; name it again, or say why in the changelog and run: {COMMAND} --unsourced "TABLE:ID"')
    words = [f"{len(keys)} {word} ({_names(keys)})"
             for word, keys in (("added", found.added), ("changed", found.changed), ("removed", found.removed))
             if keys]  # fmt: skip
    if words:
        head = f"rows differ from the register: {'; '.join(words)}"
        told.append(f"{head}. Write a line under Data in CHANGELOG.md and run: {COMMAND}")
    return told


def _count(keys: Sequence[Key]) -> str:
    return f"{len(keys)} row{'s' if len(keys) > 1 else ''}"


def _names(keys: Sequence[Key]) -> str:
    shown = ", ".join(f"{table}:{key}" for table, key in keys[:SHOWN])
    return f"{shown} and {len(keys) - SHOWN} more" if len(keys) > SHOWN else shown


def data_lines(changelog: str) -> list[str]:
    """The lines under the headings Data of the changelog."""
    found, inside = [], False
    for line in changelog.splitlines():
        if line.startswith("#"):
            inside = line.strip("# ").casefold() == "data"
        elif inside and line.startswith("- "):
            found.append(line)
    return found


def line_of(words: str, changelog: str) -> str:
    """The line of the changelog that begins with, or holds, some words.

    Examples
    --------
    >>> line_of("Waits at Lars", "### Data\\n- Waits at Lars in 2023 looked up.\\n")
    '- Waits at Lars in 2023 looked up.'
    """
    plain = " ".join(words.removeprefix("- ").split())
    if len(plain.split()) < LEAST_WORDS:
        raise SystemExit(f"--line {words!r}: give at least {LEAST_WORDS} words of the line")
    hits = [line for line in data_lines(changelog) if plain in " ".join(line.split())]
    if not hits:
        raise SystemExit(f"--line {words!r}: no line under Data in CHANGELOG.md has these words; write it first")
    return hits[0]


def refresh(lines: Sequence[str], unsourced: Iterable[str] = ()) -> None:
    """Take the tables into the register, for lines of the changelog."""
    told = [line_of(line, CHANGELOG.read_text(encoding="utf-8")) for line in lines]
    now = make_register(load())
    found = differences(read_register(), now)
    lost = [key for key in found.unsourced if ":".join(key) not in set(unsourced)]
    if lost:
        raise SystemExit("\n".join(complaints(Differences((), (), (), tuple(lost)))))
    if not found:
        print("The register is up to date.", file=sys.stderr)
        return
    write_register(now)
    counts = Counter(table for keys in found[:3] for table, _ in keys)
    fresh = not CHANGES.exists()
    with CHANGES.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        if fresh:
            writer.writerow(["day", "line", "added", "changed", "removed", "tables"])
        tables = "; ".join(f"{table} {count}" for table, count in sorted(counts.items()))
        day = datetime.now(UTC).date().isoformat()
        writer.writerow([day, " ".join(told), len(found.added), len(found.changed), len(found.removed), tables])
    print(
        f"{len(found.added)} rows added, {len(found.changed)} changed, {len(found.removed)} removed.", file=sys.stderr
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="The register of the rows of the facts.")
    parser.add_argument("--line", action="append", default=[], help="words of a line under Data in CHANGELOG.md")
    parser.add_argument("--unsourced", action="append", default=[], metavar="TABLE:ID", help="may lose its source")
    told = parser.parse_args()
    if told.line:
        refresh(told.line, told.unsourced)
        sys.path.insert(0, str(ROOT))
        from tools.build_facts_page import PAGE, page

        PAGE.write_text(page(), encoding="utf-8")
        return
    wrong = complaints(differences(read_register(), make_register(load())))
    if wrong:
        raise SystemExit("\n".join(wrong))
    print("The register is up to date.", file=sys.stderr)


if __name__ == "__main__":
    main()
