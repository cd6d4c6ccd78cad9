"""gas_storages, gas_withdrawal_curves, gas_storage_mix, gas_fills, gas_strategic_stocks, gas_observed_withdrawals."""

from __future__ import annotations

import re

from tools.facts.energy_sources import Cited, next_day

Rows = list[dict[str, str]]
ITEMS = {
    "storage_working": "working-gas",
    "storage_withdrawal": "withdrawal",
    "storage_injection": "injection",
    "lng_regas": "lng-regas",
    "lng_sendout": "lng-sendout",
    "lng_liquefaction": "lng-liquefaction",
}
SCOPES = {"full": "full", "partial": "partial", "terminals with a stated capacity": "stated"}
_POINTS = re.compile(r"\+-(\d+) points")


def build(cited: Cited) -> dict[str, Rows]:
    raw = cited.context.raw("gas_storage_curve")
    by_item: dict[str, Rows] = {}
    for row in raw:
        by_item.setdefault(row["item"], []).append(row)
    return {
        "gas_storages": _storages(cited),
        "gas_withdrawal_curves": [_curve(cited, row) for row in by_item["withdrawal_curve"]],
        "gas_storage_mix": [_mix(cited, row) for row in by_item["storage_mix"]],
        "gas_fills": [_fill(cited, row) for row in by_item["fill"]],
        "gas_strategic_stocks": [_stock(cited, row) for row in by_item["strategic_stock"]],
        "gas_observed_withdrawals": [_observed(cited, row) for row in by_item["observed_max_withdrawal"]],
    }


def _storages(cited: Cited) -> Rows:
    """One row of each item, scope and day; of two that say the same the better graded one with more to tell stays."""
    kept: dict[str, dict[str, str]] = {}
    for row in (_storage(cited, raw) for raw in cited.context.raw("gas_storage_lng")):
        other = kept.get(row["id"])
        if other is not None and other["value"] != row["value"]:
            raise SystemExit(f"gas_storage_lng: two values of {row['id']}: {other['value']} and {row['value']}")
        if other is None or (other["grade"], -len(other["note"])) > (row["grade"], -len(row["note"])):
            kept[row["id"]] = row
    return list(kept.values())


def _storage(cited: Cited, raw: dict[str, str]) -> dict[str, str]:
    item, scope = ITEMS[raw["item"]], SCOPES[raw["scope"]]
    parts = [raw["iso3"], item, raw["valid_from"].replace("-", ""), "" if scope == "full" else scope]
    row = {"id": "-".join(part for part in parts if part), "area": raw["iso3"], "item": item}
    row |= {"valid_from": raw["valid_from"], "value": raw["value"], "unit": raw["unit"], "scope": scope}
    return cited.finish({**row, **cited.tail(raw)})


def _curve(cited: Cited, raw: dict[str, str]) -> dict[str, str]:
    kind = raw["kind"].replace("_", "-")
    row = {"id": f"{kind}-{raw['fill_pct'].zfill(3)}", "kind": kind}
    row |= {"fill_pct": raw["fill_pct"], "rate_share": raw["value"]}
    return cited.finish({**row, **cited.tail(raw)})


def _mix(cited: Cited, raw: dict[str, str]) -> dict[str, str]:
    kind = raw["kind"].replace("_", "-")
    row = {"id": f"{raw['area']}-{kind}", "area": raw["area"], "kind": kind, "share": raw["value"]}
    return cited.finish({**row, **cited.tail(raw)})


def _fill(cited: Cited, raw: dict[str, str]) -> dict[str, str]:
    row = {"id": f"{raw['area']}-{raw['date'].replace('-', '')}", "area": raw["area"], "date": raw["date"]}
    row |= {"fill_pct": raw["fill_pct"], "fill_pct_low": "", "fill_pct_high": "", "stored_bcm": raw["value"]}
    if raw["fill_pct"]:
        # a measured stock does not move; a recalled one by the points that its note tells
        told = _POINTS.search(raw["note"])
        reach = float(told[1]) if told else 0.0
        fill = float(raw["fill_pct"])
        row["fill_pct_low"] = f"{max(fill - reach, 0.0):g}"
        row["fill_pct_high"] = f"{max(min(fill + reach, 100.0), fill):g}"
    return cited.finish({**row, **cited.tail(raw)})


def _stock(cited: Cited, raw: dict[str, str]) -> dict[str, str]:
    row = {"id": f"{raw['area']}-{raw['date'].replace('-', '')}", "area": raw["area"], "from": raw["date"]}
    row |= {"to": next_day(raw["to"]), "stock_bcm": raw["value"]}
    return cited.finish({**row, **cited.tail(raw)})


def _observed(cited: Cited, raw: dict[str, str]) -> dict[str, str]:
    low, high = raw["fill_pct"].split("-")
    _, measure = raw["unit"].split()
    row = {
        "id": f"{raw['area']}-{measure}-{raw['date'].replace('-', '')}-{low.zfill(2)}",
        "area": raw["area"],
        "from": raw["date"],
        "to": next_day(raw["to"]),
        "fill_pct_from": low,
        "fill_pct_to": high,
        "rate_mcmd": raw["value"],
        "measure": measure,
        "share_of_highest": raw["kind"].removesuffix(" of the highest"),
    }
    return cited.finish({**row, **cited.tail(raw)})
