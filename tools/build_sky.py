"""Builds the packaged sky: ``python tools/build_sky.py [--shared ../shared] [--raw .raw]``.

Which areas lie under the straight ways between the airports of the network, and between points of a net over the globe
by which a flight may go round some of them. Run after the network was built; polygons as for the network.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

sys.path.insert(0, str(Path(__file__).parent))

from network.areas import AreaMap

from landbridge.facts import load as load_facts
from landbridge.geo import great_circle_km, unit_vectors
from landbridge.network import MODES, load, sky

ROOT = Path(__file__).parent.parent
SEA = Path(__file__).parent / "network" / "patches" / "sea_airspace.csv"
"""Waters far off a shore that those keep out of who are kept out of the airspace of the state on it."""
STEP_DEG = 5.0
"""Points of the net lie about so far apart."""
SOUTH, NORTH = -15.0, 85.0
REACH_KM = 2_000.0
"""A flight that goes round something flies straight for at most so long between two points of the net."""
SAMPLE_KM = 20.0
SHORE_DEG = 0.2
"""Airspace reaches twelve nautical miles out to sea."""


def net() -> NDArray[np.float64]:
    """Latitude and longitude of the points of the net, about as far apart everywhere."""
    rings = []
    for lat in np.arange(SOUTH, NORTH + 0.1, STEP_DEG):
        count = max(round(360.0 * float(np.cos(np.radians(lat))) / STEP_DEG), 6)
        rings.append(np.stack([np.full(count, lat), np.arange(count) * 360.0 / count - 180.0], axis=1))
    return np.vstack(rings)


def areas_under(
    lat: NDArray[np.float64], lon: NDArray[np.float64], pairs: NDArray[np.int64], area_map: AreaMap, law: list[str]
) -> list[frozenset[str]]:
    """The areas under the great circle of each pair of points, by whose airspace it is."""
    with SEA.open(encoding="utf-8", newline="") as file:
        waters = [
            (row["area"], *(float(row[side]) for side in ("south", "north", "west", "east")))
            for row in csv.DictReader(file)
        ]
    vectors = unit_vectors(lat, lon)
    km = great_circle_km(lat[pairs[:, 0]], lon[pairs[:, 0]], lat[pairs[:, 1]], lon[pairs[:, 1]])
    found: list[frozenset[str]] = []
    for part in np.array_split(np.arange(len(pairs)), max(len(pairs) // 500, 1)):
        counts = np.maximum(np.ceil(km[part] / SAMPLE_KM).astype(int), 1) + 1
        owner = np.repeat(np.arange(part.size), counts)
        share = np.concatenate([np.linspace(0.0, 1.0, n) for n in counts.tolist()])[:, None]
        first, last = vectors[pairs[part, 0]][owner], vectors[pairs[part, 1]][owner]
        angle = np.arccos(np.clip((first * last).sum(axis=1), -1.0, 1.0))[:, None]
        between = (np.sin((1.0 - share) * angle) * first + np.sin(share * angle) * last) / np.maximum(
            np.sin(angle), 1e-12
        )
        spot_lat = np.degrees(np.arcsin(np.clip(between[:, 2], -1.0, 1.0)))
        spot_lon = np.degrees(np.arctan2(between[:, 1], between[:, 0]))
        under = area_map.at(spot_lat, spot_lon, nearest_deg=SHORE_DEG)
        some = [{law[j] for j in np.unique(under[owner == i]).tolist() if j >= 0} for i in range(part.size)]
        for area, south, north, west, east in waters:
            off = (under < 0) & (spot_lat >= south) & (spot_lat <= north) & ((spot_lon - west) % 360.0 <= east - west)
            for i in np.unique(owner[off]).tolist():
                some[i].add(area)
        found += map(frozenset, some)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--raw", type=Path, default=ROOT / ".raw")
    parser.add_argument("--out", type=Path, default=sky.SHIPPED)
    options = parser.parse_args()
    network = load()
    area_map = AreaMap(options.raw, options.shared / "basemap")
    de_jure = {row["id"]: row["de_jure"] or () for row in load_facts().table("areas").rows}
    # The airspace above a disputed area is that of the state to which it belongs by law, where one alone does.
    law = [some[0] if len(some := de_jure.get(code, ())) == 1 else code for code in area_map.codes]
    ports = np.flatnonzero(network.node_mode == MODES.index("air"))
    count = ports.size
    spots = np.vstack([np.stack([network.lat[ports], network.lon[ports]], axis=1).astype(np.float64), net()])
    lat, lon = spots[:, 0], spots[:, 1]
    straight = np.array(list(itertools.combinations(range(count), 2)), dtype=np.int64)
    one, two = np.triu_indices(len(spots), 1)
    near = (two >= count) & (great_circle_km(lat[one], lon[one], lat[two], lon[two]) <= REACH_KM)
    hops = np.stack([one[near], two[near]], axis=1).astype(np.int64)
    pairs = np.vstack([straight, hops])
    under = areas_under(lat, lon, pairs, area_map, law)
    km = great_circle_km(lat[hops[:, 0]], lon[hops[:, 0]], lat[hops[:, 1]], lon[hops[:, 1]])
    graph = csr_array((km, (hops[:, 0], hops[:, 1])), shape=(len(spots), len(spots)))
    net_km = dijkstra(graph, directed=False, indices=np.arange(count))[:, :count]
    sky.save(sky.make(spots, count, hops, under, net_km), options.out)
    print(
        f"{count} airports, {len(spots) - count} points of the net, {len(hops)} hops, "
        f"{options.out.stat().st_size / 1e3:.0f} kB"
    )


if __name__ == "__main__":
    main()
