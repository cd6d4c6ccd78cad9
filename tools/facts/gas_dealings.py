"""gas_swaps, gas_contracts, gas_events."""

from __future__ import annotations

import re

from tools.facts.common import slug, unique_ids, words
from tools.facts.energy_sources import Cited, next_day

Rows = list[dict[str, str]]
SWAP_KINDS = (
    ("halted", "halted"),
    ("virtual", "virtual-reverse"),
    ("above the Iranian contract", "above-contract"),
    ("kWh", "electricity"),
    ("processed", "exchange"),
    ("equal volumes", "exchange"),
    ("frees", "exchange"),
    ("<=", "flow"),
)
"""The kind of a swap by words of its rule, the first that fits."""
AREAS = {"Georgia": "GEO", "Armenia": "ARM", "Belarus": "BLR", "Iraq": "IRQ", "Myanmar": "MMR"}
PIPES = {"TASS in pipelines.csv": {"Power of Siberia": "power-of-siberia-1", "Far Eastern route": "far-eastern-route"}}
_CODE = re.compile(r"\b[A-Z]{3}\b")


def build(cited: Cited) -> dict[str, Rows]:
    context = cited.context
    room = Room(context.raw("gas_points"))
    points = {row["contract"]: row["points"] for row in context.patch("gas_contract_points")}
    contracts = unique_ids((_contract(cited, row) for row in context.raw("gas_contracts")), "bcm_y", "delivery_point")
    unknown = set(points) - {row["id"] for row in contracts}
    if unknown:
        raise SystemExit(f"gas_contract_points: no contract {sorted(unknown)}")
    for row in contracts:
        row["points"] = words(points.get(row["id"], ""))
    return {
        "gas_swaps": [_swap(cited, row) for row in context.raw("gas_swaps")],
        "gas_contracts": contracts,
        "gas_events": [_event(cited, row, room) for row in context.raw("gas_events")],
    }


class Room:
    """What the raw points let through on a day."""

    def __init__(self, points: Rows) -> None:
        self._spans: dict[str, list[tuple[str, str, float]]] = {}
        for row in points:
            span = (row["from"], row["to"] or "9999", float(row["capacity_mcmd"]))
            self._spans.setdefault(row["id"], []).append(span)

    def __call__(self, point: str, day: str) -> float | None:
        """Capacity [mcm/d] on a day; None outside the days of the record."""
        return next((room for first, last, room in self._spans.get(point, ()) if first <= day <= last), None)


def _swap(cited: Cited, raw: dict[str, str]) -> dict[str, str]:
    kind = next(kind for word, kind in SWAP_KINDS if word in raw["rule"])
    electric = kind == "electricity"
    row = {
        "id": "-".join(filter(None, (raw["id"], raw["from"].replace("-", "")))),
        "swap": raw["id"],
        "kind": kind,
        "in_points": words(raw["in_point"]),
        # what comes back from Armenia is power, which flows through no point
        "out_points": "" if electric else words(raw["out_point"]),
        "out_per_in": raw["out_per_in"],
        "cap_mcmd": raw["cap_mcmd"],
        "pays_with": "electricity" if electric else raw["pays_with"],
        "from": raw["from"],
        "to": next_day(raw["to"]),
    }
    tail = cited.tail(raw)
    tail["note"] = "; ".join(filter(None, (raw["rule"], raw["note"])))
    return cited.finish({**row, **tail})


def _parties(text: str) -> str:
    inside = re.findall(r"\(([^)]*)\)", text)
    codes = _CODE.findall(" ".join(inside)) if inside else []
    codes = [code for code in codes if code != "LNG"] or [code for code in _CODE.findall(text) if "buyers" in text]
    if "NOR shelf" in text:
        codes = ["NOR"]
    return ";".join(codes) or AREAS.get(text, "")


def _contract(cited: Cited, raw: dict[str, str]) -> dict[str, str]:
    buyers = _parties(raw["buyer"])
    row = {
        "id": "-".join((slug(raw["seller"], 30), slug(raw["buyer"], 30), raw["from"].replace("-", ""))),
        "kind": "transit" if raw["buyer"].startswith("transit by") else "sale",
        "seller": raw["seller"],
        "buyer": raw["buyer"],
        "seller_area": _parties(raw["seller"]),
        "buyer_area": "" if ";" in buyers else buyers,
        "buyer_areas": buyers,
        "bcm_y": raw["bcm_y"],
        "take_or_pay_share": raw["take_or_pay_share"],
        "from": raw["from"],
        "to": next_day(raw["to"]),
        "delivery_point": raw["delivery_point"],
    }
    pipeline = PIPES.get(raw["source"], {}).get(raw["delivery_point"], "")
    return cited.finish({**row, **cited.tail(raw, pipeline=pipeline)})


def _effect(raw: dict[str, str], room: Room) -> str:
    """What an event does to the flow; only what has an end bounds it by itself, the points know lasting changes."""
    bounded = raw["limit_mcmd"] or raw["share_left"]
    if raw["action"] in {"info", "restart", "raise", "reverse_start"} and not (raw["until"] and bounded):
        return "told"
    if not bounded:
        return "contract"
    if raw["until"]:
        return "limit"
    left = room(raw["point"], raw["date"])
    return "in-points" if left is not None and left <= float(raw["limit_mcmd"] or 0) else "told"


def _event(cited: Cited, raw: dict[str, str], room: Room) -> dict[str, str]:
    action = raw["action"].replace("_", "-")
    row = {
        "id": f"{raw['point'] or raw['zone']}-{raw['date'].replace('-', '')}-{action}",
        "date": raw["date"],
        "time": raw["time"],
        "point": raw["point"],
        "zone": raw["zone"],
        "action": action,
        "effect": _effect(raw, room),
        "limit_mcmd": raw["limit_mcmd"],
        "share_left": raw["share_left"],
        "to": next_day(raw["until"]),
        "episode": raw["episode"],
    }
    return cited.finish({**row, **cited.tail(raw, point=raw["point"])})
