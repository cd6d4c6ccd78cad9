"""A command in a process of its own: how long it takes and how much memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass

UNSET = ("PYTHONDONTWRITEBYTECODE", "LANDBRIDGE_CACHE")
"""Variables that a user does not have."""


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of the clock and of the processor with all its children, and peak memory [MB] of the largest process."""

    seconds: float
    busy: float
    peak_mb: float
    out: str


def run(arguments: tuple[str, ...], home: str) -> Run:
    """Run Python with a home of its own, so that what an earlier run cached counts only when it shares that home."""
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    kept |= {"HOME": home, "XDG_CACHE_HOME": f"{home}/.cache"}
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], env=kept, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{' '.join(arguments)[:80]} ended with {os.waitstatus_to_exitcode(status)}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, peak_mb(usage), out)


def peak_mb(usage: resource.struct_rusage) -> float:
    """Peak resident memory [MB]; Linux counts in KB, macOS in bytes."""
    return usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
