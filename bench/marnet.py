"""The sea network of scgraph (marnet), which its last release with that network inside (2.15.0) still holds.

Later releases load it from the internet. The old one goes into a folder of its own, for its successor is needed too:

    pip install --target DIR scgraph==2.15.0
    LANDBRIDGE_BENCH_MARNET=DIR python -m bench speed

Measured are the old release as it is, in Python, and its network searched by the new release in native code. Run as a
program this module is the part that runs with the old release: it reads what is asked and writes times and network.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

FOLDER = "LANDBRIDGE_BENCH_MARNET"
Ends = tuple[tuple[float, float], tuple[float, float]]


def times(asked: Sequence[Ends]) -> dict[str, float]:
    """Milliseconds of one route by either release; nothing where no folder holds the old one."""
    folder = os.environ.get(FOLDER)
    if not folder:
        return {}
    from scgraph.geograph import GeoGraph

    with tempfile.TemporaryDirectory() as work:
        there, back = Path(work) / "asked.json", Path(work) / "found.json"
        there.write_text(json.dumps(asked), encoding="utf-8")
        command = [sys.executable, __file__, folder, str(there), str(back)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": folder})
        found = json.loads(back.read_text(encoding="utf-8"))
    arcs = [{int(head): km for head, km in node.items()} for node in found["graph"]]
    native = GeoGraph(graph=arcs, nodes=found["nodes"])
    return {"marnet_ms": found["ms"], "marnet_native_ms": _median(native.get_shortest_path, asked, silent=True)}


def _median(search: Callable[..., Any], asked: Sequence[Ends], **more: Any) -> float:
    """The median of the time of the processor [ms]; the first is asked once before."""
    spent = []
    for origin, destination in (asked[0], *asked):
        spots = [{"latitude": lat, "longitude": lon} for lat, lon in (origin, destination)]
        start = time.process_time()
        search(origin_node=spots[0], destination_node=spots[1], **more)
        spent.append(time.process_time() - start)
    return 1e3 * statistics.median(spent[1:])


def _old(folder: str, there: str, back: str) -> None:
    sys.path.insert(0, folder)
    from importlib import import_module

    marnet = import_module("scgraph.geographs.marnet").marnet_geograph
    asked = json.loads(Path(there).read_text(encoding="utf-8"))
    found = {"ms": _median(marnet.get_shortest_path, asked), "graph": marnet.graph, "nodes": marnet.nodes}
    Path(back).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    _old(*sys.argv[1:])
