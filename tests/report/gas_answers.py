"""A gas answer as plain data, small enough to read: B loses what came through C, D helps, E is short by its data."""

from __future__ import annotations

from typing import Any

NAMES = (
    "demand",
    "production",
    "net_import",
    "lng_import",
    "withdrawal",
    "injection",
    "losses",
    "switched",
    "shortage",
)


def numbers(*values: float) -> dict[str, float]:
    return {f"{name}_bcm": value for name, value in zip(NAMES, values, strict=True)}


def area(code: str, now: dict[str, float], before: dict[str, float], **more: Any) -> dict[str, Any]:
    asked = now["demand_bcm"] + now["losses_bcm"] + now["switched_bcm"]
    share = 100 * now["shortage_bcm"] / asked
    lacking = 100 * (now["shortage_bcm"] + now["switched_bcm"]) / asked
    by_sharing = more.pop("by_sharing", {"national": share, "equal": share, "least-cost": share})
    return {
        "area": code, **now, "shortage_pct": share, "shortage_pct_low": min(by_sharing.values()),
        "shortage_pct_high": max(by_sharing.values()), "shortage_pct_by_sharing": by_sharing, "lacking_pct": lacking,
        "lacking_pct_by_sharing": dict.fromkeys(by_sharing, lacking), "cut_bcm": 0.0, "shortage_of_cut_pct": None,
        "unbalanced_bcm": 0.0, "days_until_empty": None, "stored_start_bcm": None, "stored_end_bcm": None,
        "export_bcm": 0.0, "export_before_bcm": 0.0, "transit_bcm": 0.0, "transit_before_bcm": 0.0,
        "price_usd_kcm": 400.0, "origins": {}, "before": before, **more,
    }  # fmt: skip


def flow(name: str, tail: str, head: str, now: float, before: float, most: float, **more: Any) -> dict[str, Any]:
    return {"id": name, "from": tail, "to": head, "from_area": tail, "to_area": head, "pipeline": None,
            "kind": "physical", "bcm": now, "before_bcm": before, "capacity_bcm": most, "turned": False,
            **more}  # fmt: skip


def gas_answer() -> dict[str, Any]:
    """Ten days of January 2009 with four areas."""
    whole = numbers(0.9, 0.1, 0.2, 0.0, 0.2, 0.0, 0.05, 0.05, 0.45)
    first = numbers(0.45, 0.05, 0.1, 0.0, 0.1, 0.0, 0.025, 0.025, 0.225)
    days = [f"2009-01-{day:02d}" for day in (7, 8)]
    asked: dict[str, Any] = {
        "kind": "gas", "from": days[0], "to": days[1], "step": None, "sharing": "national", "cold": None,
        "basis": "before", "areas": [],
    }  # fmt: skip
    return {
        "schema": "gas/1",
        "version": "0.1.0",
        "question": asked,
        "world": {"date": days[0], "id": "w-1", "facts_id": "f-1", "scenarios": ["ukraine-transit-stop"],
                  "banners": []},
        "sharing": "national",
        "step": "day",
        "from": days[0],
        "to": days[1],
        "cut": True,
        "periods": [
            {"label": day, "from": day, "to": day, "days": 1,
             "areas": [{"area": "BGR", **first, "shortage_pct": 45.0, "held_bcm": 0.3, "price_usd_kcm": 4000.0}]}
            for day in days
        ],
        "areas": [
            area("BGR", whole, numbers(0.95, 0.1, 0.7, 0.0, 0.2, 0.0, 0.05, 0.0, 0.0), cut_bcm=0.7,
                 shortage_of_cut_pct=64.0, days_until_empty=12.0, stored_start_bcm=0.5, stored_end_bcm=0.3,
                 by_sharing={"national": 45.0, "equal": 30.0, "least-cost": 35.0}, origins={"STORE": 0.6, "BGR": 0.4}),
            area("GRC", numbers(1.0, 0.0, 1.0, 0.6, 0.0, 0.0, 0.0, 0.0, 0.0),
                 numbers(1.0, 0.0, 1.0, 0.4, 0.0, 0.0, 0.0, 0.0, 0.0), cut_bcm=0.2, shortage_of_cut_pct=0.0,
                 origins={"RUS": 0.5, "DZA": 0.5}),
            area("UKR", numbers(5.0, 2.0, 2.5, 0.0, 0.5, 0.0, 0.0, 0.0, 0.0),
                 numbers(5.0, 2.0, 2.5, 0.0, 0.5, 0.0, 0.0, 0.0, 0.0), transit_bcm=0.0, transit_before_bcm=3.0),
            area("KGZ", numbers(1.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5),
                 numbers(1.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5), unbalanced_bcm=0.5),
        ],
        "flows": [
            flow("a-ukr-bgr", "UKR", "BGR", 0.0, 0.7, 0.0),
            flow("b-grc-bgr", "GRC", "BGR", 0.2, 0.0, 0.3, turned=True),
            flow("c-bgr-grc", "BGR", "GRC", 0.0, 0.2, 0.5),
            flow("lng-grc", "LNG", "GRC", 0.6, 0.4, 1.0, kind="lng-import", from_area=None),
        ],
        "untaken": [{"contract": "one", "buyer": "Bulgargaz (BGR)", "owed_bcm": 0.5, "untaken_bcm": 0.5}],
        "remarks": ["demand-of:2008", "after-last-day:2026-07-01",
                    "fill-unknown:BGR:2009-01-07"],
        "grade": "D",
        "grade_shares": {"A": 0.1, "B": 0.4, "C": 0.0, "D": 0.5},
        "evidence": [
            {"table": "gas_years", "id": "BGR-consumption-2008", "grade": "B", "source": "a yearbook", "url": "",
             "note": ""},
            {"table": "scenario", "id": "ukraine-transit-stop#1", "grade": "D", "source": "a supposition", "url": "",
             "note": ""},
        ],
    }  # fmt: skip


def gas_shapes(answer: dict[str, Any]) -> dict[str, Any]:
    """Its flows as GeoJSON."""
    places = {"UKR": [31.3, 49.1], "BGR": [25.2, 42.7], "GRC": [22.3, 39.6]}
    features = []
    for one in answer["flows"]:
        ends = [places[zone] for zone in (one["from"], one["to"]) if zone in places]
        shape = (
            {"type": "LineString", "coordinates": ends} if len(ends) == 2 else {"type": "Point", "coordinates": ends[0]}
        )
        features.append({"type": "Feature", "id": one["id"], "geometry": shape, "properties": one})
    return {"type": "FeatureCollection", "features": features}
