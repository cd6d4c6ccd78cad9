"""Checks of where things are: crossings against the border of their areas, ends of ferries against their ports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from landbridge.facts.checks.complaint import Complaint
from landbridge.facts.store import Facts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def limits(facts: Facts) -> Mapping[str, float]:
    """The distances above which a position is doubted or refused, in km, from the table of limits."""
    return {row["id"]: row["value"] for row in facts.table("check_limits").rows}


def border_lines(facts: Facts) -> dict[frozenset[str], list[NDArray[np.float64]]]:
    """The shipped border lines of each pair of areas, as arrays of (lat, lon)."""
    import numpy as np

    found: dict[frozenset[str], list[NDArray[np.float64]]] = {}
    for row in facts.table("borders").rows:
        lines = [
            np.array([point.split() for point in line.split(",")], dtype=np.float64) for line in row["lines"].split(";")
        ]
        found.setdefault(frozenset((row["area_a"], row["area_b"])), []).extend(lines)
    return found


def line_km(lat: float, lon: float, line: NDArray[np.float64]) -> float:
    """Kilometres from a point to a polyline of (lat, lon), on a plane through the point.

    Examples
    --------
    >>> import numpy as np
    >>> round(line_km(0.0, 0.0, np.array([[-1.0, 1.0], [1.0, 1.0]])), 1)
    111.2
    """
    import numpy as np

    from landbridge.geo import EARTH_RADIUS_KM

    scale = np.radians(1.0) * EARTH_RADIUS_KM
    x = (line[:, 1] - lon) * np.cos(np.radians(lat)) * scale
    y = (line[:, 0] - lat) * scale
    if len(line) == 1:
        return float(np.hypot(x, y).min())
    dx, dy = np.diff(x), np.diff(y)
    length2 = np.maximum(dx * dx + dy * dy, 1e-12)
    along = np.clip(-(x[:-1] * dx + y[:-1] * dy) / length2, 0.0, 1.0)
    return float(np.hypot(x[:-1] + along * dx, y[:-1] + along * dy).min())


def crossings(facts: Facts) -> Iterator[Complaint]:
    """A crossing joins two areas and lies at their border."""
    lines = border_lines(facts)
    bound = limits(facts)
    disputed = facts.table("areas").where(status="disputed")
    sovereign = {row["id"]: row["de_jure"][0] for row in disputed if row["de_jure"]}
    for row in facts.table("crossings").rows:
        if row["area_a"] == row["area_b"]:
            yield _complain("error", row, "area_b", "both sides are the same area", "name the two areas that it joins")
            continue
        pair = frozenset((row["area_a"], row["area_b"]))
        drawn = lines.get(pair) or lines.get(frozenset(sovereign.get(area, area) for area in pair))
        if not drawn:
            remedy = "nothing to do for a bridge, tunnel or causeway; else check the areas"
            problem = "the base map has no land border between its areas"
            if "sea" not in (row["doubt"] or "") and "bridge" not in (row["note"] or "").casefold():
                yield _complain("doubt", row, "lat", problem, remedy)
            continue
        km = min(line_km(row["lat"], row["lon"], line) for line in drawn)
        problem = f"it lies {km:.0f} km from the border of {row['area_a']} and {row['area_b']}"
        if km > bound["border_error_km"]:
            # an inferred position is that of a link of a coarse network, and graded so
            severity = "doubt" if row["inferred"] else "error"
            yield _complain(severity, row, "lat", problem, "mend latitude and longitude (not exchanged?) or the areas")
        elif km > bound["border_doubt_km"]:
            yield _complain("doubt", row, "lat", problem, "look the position up")


def _complain(severity: Any, row: Mapping[str, Any], field: str, problem: str, remedy: str) -> Complaint:
    return Complaint(severity, "crossings", "crossings", row["id"], field, problem, remedy)


def berths(facts: Facts) -> Iterator[Complaint]:
    """The ends of a ferry lie near the ports that they name."""
    from landbridge.geo import great_circle_km

    bound = limits(facts)
    ports = facts.table("ports").by_id
    for row in facts.table("ferries").rows:
        for end in "ab":
            port = ports.get(row[f"port_{end}_id"] or "")
            if port is None:
                continue
            km = float(great_circle_km(row[f"lat_{end}"], row[f"lon_{end}"], port["lat"], port["lon"]))
            if km > bound["berth_doubt_km"]:
                problem = f"the end lies {km:.0f} km from {port['name']}"
                yield Complaint("doubt", "berths", "ferries", row["id"], f"lat_{end}", problem, "check the port")
