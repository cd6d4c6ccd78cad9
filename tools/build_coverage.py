"""Write docs/coverage.md: for each system that landbridge must answer for, the command that answers it now.

Run `python tools/build_coverage.py`, or with `--check` to complain when the page is behind.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
SYSTEMS = ROOT / "tools" / "coverage" / "systems.csv"
COMMANDS = ROOT / "tools" / "coverage" / "commands.csv"
PAGE = ROOT / "docs" / "coverage.md"

HEAD = """# Coverage

The systems that landbridge must in the end answer for, each with its question, and the command that answers it now.
Written by `make pages` from `tools/coverage`; tests run every command of this page.

"""


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def commands() -> dict[str, list[dict[str, str]]]:
    """The commands of each system, in their order; a system that is not listed is a mistake."""
    known = {row["id"] for row in read(SYSTEMS)}
    found = defaultdict(list)
    for row in read(COMMANDS):
        if row["id"] not in known:
            raise SystemExit(f"{COMMANDS}: no system with the id {row['id']}")
        found[row["id"]].append(row)
    return found


def page() -> str:
    systems, answered = read(SYSTEMS), commands()
    kinds = sorted({row["kind"] for row in systems}, key=lambda kind: (-share(systems, answered, kind), kind))
    now = sum(row["id"] in answered for row in systems)
    lines = [HEAD + f"{now} of {len(systems)} systems are answered now."]
    for kind in kinds:
        rows = [row for row in systems if row["kind"] == kind]
        done = sum(row["id"] in answered for row in rows)
        lines += [
            f"\n## {kind[0].upper()}{kind[1:]}: {done} of {len(rows)}\n",
            "| system | question | now |",
            "| --- | --- | --- |",
        ]
        for row in rows:
            ways = [f"`{way['command']}` ({way['shows']})" for way in answered.get(row["id"], [])]
            lines.append(f"| {row['system']} | {row['question']} | {'<br>'.join(ways) or 'not yet'} |")
    return "\n".join(lines) + "\n"


def share(systems: list[dict[str, str]], answered: dict[str, list[dict[str, str]]], kind: str) -> float:
    rows = [row for row in systems if row["kind"] == kind]
    return sum(row["id"] in answered for row in rows) / len(rows)


def main() -> None:
    text = page()
    if "--check" in sys.argv[1:]:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
            raise SystemExit(f"{PAGE.relative_to(ROOT)} is behind: run  make pages")
        return
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
