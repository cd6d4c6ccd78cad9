"""oil_years and pipelines (of both fuels)."""

from __future__ import annotations

from tools.facts.common import words
from tools.facts.energy_sources import Cited

Rows = list[dict[str, str]]
UNITS = {"bcm/yr": "bcm/y", "Mt/yr": "mt/y"}


def build(cited: Cited) -> dict[str, Rows]:
    return {
        "oil_years": [_year(cited, row) for row in cited.context.raw("oil_years")],
        "pipelines": [_pipeline(cited, row) for row in cited.context.raw("pipelines")],
    }


def _year(cited: Cited, raw: dict[str, str]) -> dict[str, str]:
    row = {"id": f"{raw['iso3']}-{raw['year']}", "area": raw["iso3"]}
    row |= {key: raw[key] for key in ("year", "production_mt", "consumption_mt")}
    return cited.finish({**row, **cited.tail(raw)})


def _pipeline(cited: Cited, raw: dict[str, str]) -> dict[str, str]:
    row = {
        "id": raw["id"],
        "name": raw["name"],
        "commodity": raw["commodity"],
        "from_place": raw["from"],
        "to_place": raw["to"],
        "areas": words(raw["countries"]),
        "waypoints": ";".join(point.strip() for point in raw["waypoints"].split(";")),
        "capacity_unit": UNITS[raw["capacity_unit"]],
    }
    row |= {
        key: raw[key] for key in ("length_km", "capacity", "flow", "flow_year", "status", "status_date", "start_date")
    }
    tail = {key: raw[key] for key in ("source", "url", "note")}
    return cited.finish({**row, **tail})
