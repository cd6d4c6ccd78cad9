"""How long a user waits and how much memory it takes; each command in a process of its own.

Times are of the processor, so that they hold on a machine that does other things too; for commands those of the clock
stand beside them.
"""

from __future__ import annotations

import compileall
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.many import many_rows
from bench.process import Run, run

ROUTE = ("route", "Mumbai", "Moscow", "--teu", "2", "--on", "2025-06-01", "--json")
PLACES = (("Chennai", "Kazan"), ("Delhi", "Novosibirsk"), ("Mundra", "Yekaterinburg"))
"""Other ends of the same shipment."""
GOODS = (("Shanghai", "Duisburg", "40"), ("Istanbul", "Almaty", "1"), ("Hamburg", "Tehran", "4"))
"""Other areas and amounts, in TEU."""
PACKAGE = Path(__file__).parent.parent / "src" / "landbridge"


def measure() -> str:
    """A table of what is measured and what is asked for."""
    command = ("-c", "from landbridge.cli.app import main; main()")
    compileall.compile_dir(PACKAGE, quiet=1)  # as an installation does
    with tempfile.TemporaryDirectory() as home:
        first = run((*command, *ROUTE), home)
        later = [run((*command, *ROUTE), home) for _ in range(3)]
        places = [run((*command, "route", *ends, *ROUTE[3:]), home) for ends in PLACES]
        goods = [run((*command, "route", *ends, "--teu", teu, *ROUTE[5:]), home) for *ends, teu in GOODS]
        helped = [run((*command, "--help"), home) for _ in range(3)]
        imported = [run(("-c", "import landbridge"), home) for _ in range(3)]
        bare = [run(("-c", "pass"), home) for _ in range(3)]
        ours = json.loads(run(("-m", "bench.timed", "ours"), home).out)
        rivals = json.loads(run(("-m", "bench.timed", "rivals"), home).out)
    many = many_rows(command)
    peak = max(item.peak_mb for item in (first, *later, *places, *goods))
    start_up = best(imported) - best(bare)
    rows = [
        ("first answer of the command line after install", told([first]), "4 s"),
        ("later answers of the command line", told(later), "1.5 s"),
        ("the same between places never asked for", told(places), "1.5 s"),
        ("the same for areas and amounts never asked for", told(goods), ""),
        ("`landbridge --help`", told(helped), "0.5 s"),
        ("`import landbridge`, beyond Python itself", f"{start_up:.2f} s", "0.3 s"),
        ("one question with five alternatives, asked before", f"{ours['again_ms']:.0f} ms", "20 ms"),
        ("the same between other places, known weighting", f"{ours['known_ms']:.0f} ms", "20 ms"),
        ("a new scenario of 50 closures: best way", f"{ours['scenario_first_ms']:.0f} ms", "150 ms"),
        ("a new scenario of 50 closures: all alternatives", f"{ours['scenario_all_ms']:.0f} ms", "600 ms"),
        ("a new shipment class of another amount: best way", f"{ours['class_first_ms']:.0f} ms", "300 ms"),
        ("a new shipment class of another amount: all alternatives", f"{ours['class_all_ms']:.0f} ms", "1,000 ms"),
        ("the same of another value alone: best way", f"{ours['value_first_ms']:.0f} ms", ""),
        ("the same of another value alone: all alternatives", f"{ours['value_all_ms']:.0f} ms", ""),
        ("weights of the best ways of 1,000 x 1,000 terminals", f"{ours['search_s']:.1f} s", "1.5 s"),
        ("`matrix` with km, hours, dollars and CO2e, a cell", f"{ours['cells_ms']:.1f} ms", ""),
        *many,
        *versus(rivals),
        ("peak memory of an answer", f"{peak:,.0f} MB", "1,200 MB"),
        ("size of the wheel", f"{wheel_mb():.1f} MB", "25 MB"),
    ]
    lines = ["| what | measured | at most |", "| --- | --- | --- |"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def told(runs: list[Run]) -> str:
    """The median of some runs by the processor, and by the clock."""
    busy, clock = (statistics.median(getattr(one, name) for one in runs) for name in ("busy", "seconds"))
    return f"{busy:.2f} s ({clock:.2f} s by the clock)"


def versus(times: dict[str, float]) -> list[tuple[str, str, str]]:
    """Rows against rivals: their path against ours with kilometres, hours, dollars, CO2e and line, and a whole answer.

    What is asked is how many times faster ours is.
    """
    pairs = (
        ("one way by sea against searoute", "sea", "searoute_ms", 5),
        ("one way by sea against scgraph's marnet, in Python as released with it (2.15)", "sea", "marnet_ms", 3),
        ("one way by sea against scgraph's marnet, searched in native code (3.6)", "sea", "marnet_native_ms", 3),
        ("one way by rail against scgraph's world network", "rail", "scgraph_rail_ms", 20),
        ("one way by road, Germany to France, against scgraph's world network", "road", "scgraph_road_ms", 20),
        ("one way by road, Germany to Kazakhstan, against the same", "far_road", "scgraph_far_road_ms", 20),
    )
    return [
        (
            what,
            f"{times[f'{own}_ms']:.1f} ms ({times[f'{own}_whole_ms']:.0f} ms with alternatives, legs and evidence) "
            f"against {times[other]:.1f} ms: {times[other] / times[f'{own}_ms']:.1f} times faster",
            f"{limit} times faster",
        )
        for what, own, other, limit in pairs
        if other in times
    ]


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
