"""Says for each crossing, port, ferry, passage, project, line and corridor gate whether the network has it.

``python tools/network/coverage.py`` writes docs/network.md from the packaged network, the fact tables and the report
that the last build left.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import validate

from landbridge.facts import load as load_facts
from landbridge.network import KINDS, MODES, Network, load, nearest

ROOT = Path(__file__).parents[2]
PLACE_KM = 30.0


def gate_state(network: Network, facts: Any, gate: str) -> str:
    """Empty when the gate has a node or arc in the network, else what is missing."""
    kind, _, name = gate.partition(":")
    if kind == "place":
        _, _, spot = name.partition("@")
        lat, lon = map(float, spot.split())
        nodes, _km = nearest(network, lat, lon, modes=("rail", "road"), max_km=PLACE_KM)
        return "" if len(nodes) else f"{name}: no rail or road node within {PLACE_KM:.0f} km"
    if kind == "port":
        ids = [r["id"] for r in facts.table("ports").rows if name in (r["id"], r["name"])]
        return "" if ids and network.terminal_nodes(ids[0]) else f"port {name}: no terminal"
    table = {"crossing": "crossings", "passage": "passages", "ferry": "ferries"}[kind]
    if len(network.arcs_of(table, name)):
        return ""
    return f"{kind} {name}: no arc"


def missing_rows(network: Network, facts: Any, table: str) -> list[str]:
    find = network.gated_by if table == "lines" else network.arcs_of
    return [r["id"] for r in facts.table(table).rows if not len(find(table, r["id"]))]


def stations(network: Network) -> tuple[int, int, list[str]]:
    """City terminals with rail, how many of them lie in the largest rail piece of their gauge family, and the rest."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    ok = (network.mode == MODES.index("rail")) & (network.kind != KINDS.index("ferry"))
    matrix = csr_matrix((np.ones(int(ok.sum())), (network.tail[ok], network.head[ok])), shape=(network.n, network.n))
    _, label = connected_components(matrix, directed=False)
    rail = [(i, n) for n, i in enumerate(network.node_terminal.tolist()) if i >= 0 and network.node_mode[n] == 0]
    counts = Counter(int(label[n]) for _, n in rail)
    main = counts.most_common(1)[0][0]
    inside = {i for i, n in rail if label[n] == main}
    every = {i for i, _ in rail}
    away = Counter(network.terminals[i].area for i in every - inside)
    return len(every), len(inside), [f"{area} {count}" for area, count in away.most_common()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", type=Path, default=ROOT / ".raw" / "network_report.json")
    parser.add_argument("--distances", type=Path, default=ROOT / "bench" / "data" / "distances.csv")
    options = parser.parse_args()
    network, facts = load(), load_facts()
    report = json.loads(options.report.read_text())
    lines = [
        "# The network",
        "",
        "Made by `python tools/network/coverage.py`; the network itself by `python tools/build_network.py`.",
        "",
    ]
    lines += (Path(__file__).parent / "about.md").read_text().splitlines()
    kinds = Counter(KINDS[k] for k in network.kind.tolist())
    modes = Counter(MODES[k] for k in network.mode.tolist())
    nodes = Counter(MODES[k] for k in network.node_mode.tolist())
    lines += [
        "",
        "## Counts",
        "",
        "| what | number |",
        "| --- | --- |",
        f"| nodes | {network.n:,} ({', '.join(f'{k} {v:,}' for k, v in nodes.most_common())}) |",
        f"| arcs by mode | {network.m:,} ({', '.join(f'{k} {v:,}' for k, v in modes.most_common())}) |",
        f"| arcs by kind | {', '.join(f'{k} {v:,}' for k, v in kinds.most_common())} |",
        f"| terminals | {len(network.terminals):,} |",
        f"| file | {report['network']['bytes'] / 1e6:.2f} MB |",
        f"| content hash | `{network.id[:16]}` |",
    ]
    total, inside, away = stations(network)
    lines += [
        f"| terminals with rail | {total:,}, of which {inside:,} reach each other by rail "
        "(planned and shut lines counted, ferries not) |",
        f"| terminals with rail elsewhere | {', '.join(away)} |",
    ]
    lines += ["", "## Coverage", "", "| table | rows | with an arc or node | without |", "| --- | --- | --- | --- |"]
    notes: list[str] = []
    for table in ("crossings", "passages", "ferries", "lines"):
        rows = facts.table(table).rows
        gone = missing_rows(network, facts, table)
        lines.append(f"| {table} | {len(rows)} | {len(rows) - len(gone)} | {len(gone)} |")
        if gone:
            why = {**report["rail_crossings_missing"], **report["road_crossings_missing"], **report["ferries"]}
            notes.append(
                f"- {table} without an arc: " + "; ".join(f"`{g}` ({why.get(g, _why(table, g))})" for g in gone) + "."
            )
    ports = facts.table("ports").rows
    no_port = [p["id"] for p in ports if not network.terminal_nodes(p["id"])]
    by_mode = {
        m: sum(any(network.node_mode[n] == MODES.index(m) for n in network.terminal_nodes(p["id"])) for p in ports)
        for m in ("sea", "road", "rail")
    }
    lines.append(
        f"| ports | {len(ports)} | {len(ports) - len(no_port)} (sea {by_mode['sea']}, road {by_mode['road']}, "
        f"rail {by_mode['rail']}) | {len(no_port)} |"
    )
    no_rail = [p["id"] for p in ports if not any(network.node_mode[n] == 0 for n in network.terminal_nodes(p["id"]))]
    notes.append("- ports without rail in the network: " + ", ".join(f"`{p}`" for p in no_rail) + ".")
    projects = facts.table("projects").rows
    gated = [p["id"] for p in projects if len(network.gated_by("projects", p["id"]))]
    lines.append(f"| projects that gate arcs | {len(projects)} | {len(gated)} | {len(projects) - len(gated)} |")
    notes.append(
        "- projects that gate no arc (ports, pipes, services, works on a line that the base has anyway, or not drawn): "
        + ", ".join(f"`{p['id']}`" for p in projects if p["id"] not in gated)
        + "."
    )
    branches = facts.table("corridors").rows
    faults = {b["id"]: [f for f in (gate_state(network, facts, g) for g in b["gates"]) if f] for b in branches}
    whole = [b for b, f in faults.items() if not f]
    lines.append(
        f"| corridor branches, all gates found | {len(branches)} | {len(whole)} | {len(branches) - len(whole)} |"
    )
    for branch, fault in faults.items():
        if fault:
            notes.append(f"- corridor branch `{branch}`: {'; '.join(fault)}.")
    lines += ["", *notes]
    lines += [
        "",
        "Crossing rows by how the base meets them (rail, road): "
        + "; ".join(
            f"{mode}: "
            + ", ".join(
                f"{k} {v}" for k, v in Counter(_how(h) for h in report[f"{mode}_crossings"].values()).most_common()
            )
            for mode in ("rail", "road")
        )
        + ".",
        "",
        "Edges of the base between two areas that no row allows, and that were cut (number): "
        + "; ".join(
            f"{mode}: " + ", ".join(f"{pair} {value[0]}" for pair, value in sorted(report[f"{mode}_cut"].items()))
            for mode in ("rail", "road")
        )
        + ".",
    ]
    if options.distances.exists():
        import csv

        validate.OPEN = validate.in_use(ROOT / "src" / "landbridge" / "facts" / "tables")
        with options.distances.open(newline="") as file:
            rows = validate.measure(network, [r for r in csv.DictReader(file) if r["mode"] in MODES])
        lines += [
            "",
            "## Lengths against published distances",
            "",
            "`python tools/network/validate.py bench/data/distances.csv`; every crossing open, lines in use.",
            "",
            "| mode | rows | routed | median error | mean error | within 5 % |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        for mode in ("sea", "rail", "road"):
            errors = np.array([abs(float(str(r["error_pct"]))) for r in rows if r["mode"] == mode])
            if len(errors):
                ok = errors[np.isfinite(errors)]
                lines.append(
                    f"| {mode} | {len(errors)} | {len(ok)} | {np.median(ok):.2f} % | {ok.mean():.2f} % "
                    f"| {(ok <= 5).sum()} |"
                )
    (ROOT / "docs" / "network.md").write_text("\n".join(lines) + "\n")
    print(f"corridors {len(whole)} of {len(branches)}; faults: {[(b, f) for b, f in faults.items() if f]}")


def _how(text: str) -> str:
    return (
        "by a hand-written link"
        if text.startswith("link ")
        else "joined to the nearest node"
        if text.startswith("linked")
        else text
    )


def _why(table: str, name: str) -> str:
    if table == "passages":
        return "no single link of the sea or rail net"
    return "the base has no line there"


if __name__ == "__main__":
    main()
