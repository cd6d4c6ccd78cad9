"""How long a user waits and how much memory it takes; each command in a process of its own."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROUTE = ("route", "Mumbai", "Moscow", "--teu", "2", "--on", "2025-06-01", "--json")
WARM = """
import json, statistics, time
from landbridge.routing import route
from landbridge.world import World
world = World.at("2025-06-01")
pairs = [
    ("Mumbai", "Moscow"),
    ("Xi'an", "Duisburg"),
    ("Tehran", "Yerevan"),
    ("Shanghai", "Rotterdam"),
    ("Kashgar", "Tashkent"),
]
for pair in pairs:
    route(world, *pair)
spent = []
for pair in pairs * 4:
    start = time.perf_counter()
    route(world, *pair)
    spent.append(time.perf_counter() - start)
start = time.perf_counter()
route(world.apply("suez-closed"), "Mumbai", "Moscow")
print(json.dumps([statistics.median(spent), time.perf_counter() - start]))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds and peak memory [MB] of one process."""

    seconds: float
    peak_mb: float
    out: str


def run(arguments: tuple[str, ...], home: str) -> Run:
    """Run Python with a home of its own, so that what an earlier run cached counts only when it shares that home."""
    kept = {**os.environ, "HOME": home, "XDG_CACHE_HOME": f"{home}/.cache"}
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], env=kept, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{' '.join(arguments)[:80]} ended with {os.waitstatus_to_exitcode(status)}")
    return Run(seconds, peak_mb(usage), out)


def peak_mb(usage: resource.struct_rusage) -> float:
    """Peak resident memory [MB]; Linux counts in KB, macOS in bytes."""
    return usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def measure() -> str:
    """A table of what is measured and what is asked for."""
    command = ("-c", "from landbridge.cli.app import main; main()")
    with tempfile.TemporaryDirectory() as home:
        first = run((*command, *ROUTE), home)
        later = [run((*command, *ROUTE), home) for _ in range(3)]
        helped = [run((*command, "--help"), home) for _ in range(3)]
        imported = [run(("-c", "import landbridge"), home) for _ in range(3)]
        bare = [run(("-c", "pass"), home) for _ in range(3)]
        warm, scenario = json.loads(run(("-c", WARM), home).out)
    peak = max(item.peak_mb for item in (first, *later))
    start_up = best(imported) - best(bare)
    rows = [
        ("first answer of the command line after install", f"{first.seconds:.2f} s", "4 s"),
        ("later answers of the command line", f"{statistics.median(item.seconds for item in later):.2f} s", ""),
        ("`landbridge --help`", f"{best(helped):.2f} s", "0.5 s"),
        ("`import landbridge`, beyond Python itself", f"{start_up:.2f} s", "0.3 s"),
        ("one question with five alternatives, known weighting, in one process", f"{1000 * warm:.0f} ms", ""),
        ("the same in a new scenario", f"{1000 * scenario:.0f} ms", ""),
        ("peak memory of an answer", f"{peak:,.0f} MB", "1,500 MB"),
        ("size of the wheel", f"{wheel_mb():.1f} MB", "25 MB"),
    ]
    lines = ["| what | measured | at most |", "| --- | --- | --- |"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def best(runs: list[Run]) -> float:
    """The fastest of a few runs: what the program needs when nothing else disturbs it."""
    return min(item.seconds for item in runs)


def wheel_mb() -> float:
    """Size of the wheel that would be published [MB]."""
    root = Path(__file__).parent.parent
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
            cwd=root,
            check=True,
            capture_output=True,
        )
        return sum(file.stat().st_size for file in Path(folder).glob("*.whl")) / 1e6
