"""GMNS tables (General Modeling Network Specification): `node.csv` and `link.csv`, for ways or for the network.

Beside the links of ways stands `leg.csv` with every leg: those that stand still have no link, but hours and dollars.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.report.geojson import CREDIT, lines_of
from landbridge.writing import make_folder, write_beside

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.network import Network

NODE = ("node_id", "name", "x_coord", "y_coord", "node_type", "area", "gauge_mm")
LINK = ("link_id", "name", "from_node_id", "to_node_id", "directed", "length", "facility_type", "allowed_uses",
        "geometry", "rank", "leg", "kind", "hours", "usd", "kg_co2e", "ref_table", "ref_id")  # fmt: skip
PLAIN = (None, "sea", "road", "rail", "river", "air")
"""Types of nodes that give way to what happens at the node."""
LEG = ("rank", "leg", "link_id", "kind", "mode", "from", "to", "km", "hours", "usd", "kg_co2e", "note")
UNITS = "length and km in km, coordinates in degrees (WGS 84), hours in h, usd in USD, kg_co2e in kg\n"
CREDITS = f"railways and roads {CREDIT}; sea lanes from searoute (Apache-2.0)\n"


def write_ways(
    folder: Path, answer: Mapping[str, Any], shapes: Mapping[str, Any], facts: Facts | None = None
) -> tuple[Path, ...]:
    """Write the legs of all ways of a route answer as nodes and links, and as a table whose sums are the totals.

    With `facts` the ends of a passage have the areas on its shores.

    Examples
    --------
    >>> import tempfile
    >>> [path.name for path in write_ways(Path(tempfile.mkdtemp()), {"routes": []}, {"features": []})]
    ['node.csv', 'link.csv', 'leg.csv']
    """
    lines = {
        (feature["properties"].get("rank"), feature["properties"].get("leg")): lines_of(feature.get("geometry"))
        for feature in shapes.get("features", ())
    }
    nodes: dict[tuple[str, float, float], dict[str, Any]] = {}
    links: list[dict[str, Any]] = []
    legs: list[dict[str, Any]] = []

    def node(name: str, at: Sequence[float], area: str, kind: str) -> int:
        made = nodes.setdefault((name, round(at[0], 4), round(at[1], 4)), {"node_id": len(nodes) + 1})
        made["area"] = made.get("area") or area
        made["node_type"] = (
            kind if made.get("node_type") in (None, "sea", "road", "rail", "river") else made["node_type"]
        )
        return int(made["node_id"])

    for route in answer.get("routes") or ():
        for n, leg in enumerate(route["legs"], 1):
            points = [point for line in lines.get((route["rank"], n), ()) for point in line]
            drawn = len(points) > 1
            legs.append({"rank": route["rank"], "leg": n, "link_id": len(links) + 1 if drawn else None}
                        | {name: leg.get(name) for name in LEG[3:]})  # fmt: skip
            if not drawn:
                continue
            ref = leg.get("ref") or {}
            areas = leg.get("areas") or [_shores(facts, ref)]
            kind = str(leg.get("mode") if leg.get("kind") == "move" else leg.get("kind"))
            links.append({
                "link_id": len(links) + 1,
                "name": f"{leg.get('from')} - {leg.get('to')}",
                "from_node_id": node(str(leg.get("from")), points[0], areas[0], kind),
                "to_node_id": node(str(leg.get("to")), points[-1], areas[-1], kind),
                "directed": "true",
                "length": leg.get("km"),
                "facility_type": leg.get("mode"),
                "allowed_uses": "freight",
                "geometry": well_known(points),
                "rank": route["rank"],
                "leg": n,
                "kind": leg.get("kind"),
                "hours": leg.get("hours"),
                "usd": leg.get("usd"),
                "kg_co2e": leg.get("kg_co2e"),
                "ref_table": ref.get("table"),
                "ref_id": ref.get("id"),
            })  # fmt: skip
    rows = ({**made, "name": name, "x_coord": lon, "y_coord": lat, "area": made["area"] or None}
            for (name, lon, lat), made in nodes.items())  # fmt: skip
    written = _write(folder, rows, links)
    return (*written, write_beside(folder / "leg.csv", _table(legs, LEG)))


def _shores(facts: Facts | None, ref: Mapping[str, Any]) -> str:
    """The areas on the shores of a passage, joined by ;."""
    if facts is None or ref.get("table") != "passages":
        return ""
    row = facts.table("passages").by_id.get(str(ref.get("id")))
    return "" if row is None else ";".join(row["areas"] or ())


def write_network(folder: Path, network: Network) -> tuple[Path, Path]:
    """Write all nodes and arcs of a network, each arc with the row that it refers to."""
    from landbridge.network import KINDS, MODES

    def nodes() -> Iterable[dict[str, Any]]:
        for n in range(len(network.lon)):
            terminal, area, gauge = int(network.node_terminal[n]), int(network.node_area[n]), int(network.node_gauge[n])
            yield {
                "node_id": n,
                "name": network.terminals[terminal].name if terminal >= 0 else None,
                "x_coord": round(float(network.lon[n]), 5),
                "y_coord": round(float(network.lat[n]), 5),
                "node_type": MODES[int(network.node_mode[n])],
                "area": network.areas[area] if area >= 0 else None,
                "gauge_mm": gauge or None,
            }

    def links() -> Iterable[dict[str, Any]]:
        for arc in range(len(network.tail)):
            number = int(network.ref[arc])
            table, row = network.refs[number] if number >= 0 else (None, None)
            yield {
                "link_id": arc,
                "from_node_id": int(network.tail[arc]),
                "to_node_id": int(network.head[arc]),
                "directed": "true",
                "length": round(float(network.km[arc]), 3),
                "facility_type": MODES[int(network.mode[arc])],
                "allowed_uses": "freight",
                "kind": KINDS[int(network.kind[arc])],
                "ref_table": table,
                "ref_id": row,
            }

    return _write(folder, nodes(), links())


def well_known(points: Sequence[Sequence[float]]) -> str:
    """A line as well known text.

    Examples
    --------
    >>> well_known([(1.0, 2.0), (3.5, 4.0)])
    'LINESTRING (1 2, 3.5 4)'
    """
    return f"LINESTRING ({', '.join(f'{lon:.6g} {lat:.6g}' for lon, lat in points)})"


def _write(folder: Path, nodes: Iterable[Mapping[str, Any]], links: Iterable[Mapping[str, Any]]) -> tuple[Path, Path]:
    make_folder(folder)
    write_beside(folder / "UNITS.txt", UNITS + CREDITS)
    return (
        write_beside(folder / "node.csv", _table(nodes, NODE)),
        write_beside(folder / "link.csv", _table(links, LINK)),
    )


def _table(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
