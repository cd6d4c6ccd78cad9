"""The columns of the tables of costs."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from tools.facts.common import declare, read_csv

TAIL = (
    ("source_id", "refs:sources", "", "true", "sources of the row", ""),
    (
        "grade",
        "grade",
        "",
        "true",
        "grade of evidence: A official or measured, B published, C derived, D judgement or unverified",
        "",
    ),
    ("note", "text", "", "false", "remarks", ""),
    ("doubt", "text", "", "false", "what is not sure about this row; empty when nothing is known to be doubtful", ""),
)


def _triple(stem: str, unit: str, what: str) -> tuple[tuple[str, ...], ...]:
    return (
        (f"{stem}_low", "float", unit, "false", f"{what}, 10 % quantile", ""),
        (stem, "float", unit, "false", what, "low_high"),
        (f"{stem}_high", "float", unit, "false", f"{what}, 90 % quantile", ""),
    )


YEARS = (
    ("year", "int", "", "false", "first year that the value speaks of", ""),
    ("year_to", "int", "", "false", "last year, where it is a span", ""),
)
MONTHS = (
    ("month_from", "int", "", "false", "first month that the value speaks of; empty: no month is named", ""),
    ("month_to", "int", "", "false", "last month; before the first: over New Year, in each year of a span", ""),
)
ID = (("id", "id", "", "true", "stable id", ""),)
COLUMNS: dict[str, tuple[tuple[str, ...], ...]] = {
    "parameters": (
        *ID,
        ("parameter", "str", "", "true", "name with its unit, such as speed_kmh, rate_usd_teu_km, wtw_g_tkm", ""),
        ("mode", "str", "", "false", "rail, road, sea, river, air, ferry or wait; empty = any", ""),
        ("product", "str", "", "false", "product or ship class; empty = any", ""),
        ("area", "str", "", "false", "area code, region of cost_regions, basin or passage; empty = anywhere", ""),
        ("lane", "str", "", "false", "from>to of areas or regions; transit: neither end in the area; empty = any", ""),
        *YEARS,
        *MONTHS,
        ("cargo", "str", "", "false", "cargo class or `bulk`; empty = any", ""),
        ("low", "float", "", "false", "10 % quantile", ""),
        ("value", "float", "", "true", "central value", "low_high"),
        ("high", "float", "", "false", "90 % quantile", ""),
        *TAIL,
    ),
    "terminal_times": (
        *ID,
        ("name", "str", "", "true", "terminal as the source names it", ""),
        ("ports", "list", "", "false", "ids of ports", ""),
        ("area", "str", "", "false", "area code", ""),
        ("kind", "str", "", "false", "kind of terminal", ""),
        ("operation", "str", "", "true", "what is timed or charged", ""),
        ("direction", "str", "", "false", "direction of the cargo", ""),
        *YEARS,
        *MONTHS,
        (
            "use",
            "str",
            "",
            "false",
            "dwell, dwell of full trains, transfer: read by routing; empty = kept for study",
            "",
        ),
        (
            "traffic",
            "enum:home|transit",
            "",
            "false",
            "home: of goods that begin or end their way in the area of the port; transit: of others; empty: of both",
            "",
        ),
        *_triple("hours", "h", "time"),
        *_triple("usd", "USD", "charge"),
        ("unit", "str", "", "true", "unit as in the source (h, h per train, USD/TEU ...)", ""),
        *TAIL,
    ),
    "gauge_breaks": (
        *ID,
        ("place", "str", "", "true", "place as the source names it", ""),
        ("crossings", "list", "", "false", "ids of crossings", ""),
        ("area_a", "str", "", "false", "area code", ""),
        ("area_b", "str", "", "false", "area code", ""),
        ("gauge_a_mm", "int", "mm", "false", "gauge", ""),
        ("gauge_b_mm", "int", "mm", "false", "gauge", ""),
        ("method", "str", "", "false", "how the gauge is changed", ""),
        (
            "use",
            "str",
            "",
            "false",
            "read: base, charge (a TEU), fee (a wagon), rule, whole border (holds it); for study: congestion",
            "",
        ),
        *YEARS,
        *_triple("hours", "h", "time of the change"),
        ("usd", "float", "USD", "false", "charge", "grade"),
        ("usd_unit", "str", "", "false", "unit of the charge", ""),
        *TAIL,
    ),
    "products": (
        *ID,
        ("record", "str", "", "true", "product, lane, balance, rule, box, demurrage, subsidy", ""),
        ("product", "str", "", "true", "name of the product", ""),
        ("modes", "list", "", "false", "modes", ""),
        ("lane_from", "list", "", "false", "where it is sold from", ""),
        ("lane_to", "list", "", "false", "where to", ""),
        ("from_region", "list", "", "false", "area codes or regions of cost_regions", ""),
        ("to_region", "list", "", "false", "area codes or regions of cost_regions", ""),
        ("from", "day", "", "false", "first day", ""),
        ("to", "day", "", "false", "day after the last", ""),
        ("min_units", "float", "", "false", "least amount", ""),
        ("min_unit", "str", "", "false", "unit of the least amount", ""),
        ("min_teu", "float", "TEU", "false", "least amount in TEU", ""),
        ("price_basis", "str", "", "false", "", ""),
        ("value", "float", "", "false", "price or share, in `unit`", ""),
        ("value_high", "float", "", "false", "", ""),
        ("unit", "str", "", "false", "unit of value", ""),
        ("factor", "float", "1", "false", "price against the headhaul of the same months", "grade"),
        ("free_days", "float", "d", "false", "days without charge", ""),
        ("rule", "text", "", "false", "", ""),
        *TAIL,
    ),
    "cargo_classes": (
        *ID,
        ("name", "str", "", "true", "", ""),
        ("unit", "enum:teu|tonne", "", "true", "unit that costs are counted in", ""),
        ("tonnes_per_teu", "float", "t", "false", "weight of the goods in a TEU", ""),
        ("usd_per_t", "float", "USD/t", "true", "value of the goods", "grade"),
        ("time_class", "ref:value_of_time", "", "true", "class of the value of time", ""),
        ("default_t", "float", "t", "true", "amount where none is given", ""),
        ("bulk", "bool", "", "true", "loose, not in boxes", ""),
        ("hs", "list", "", "false", "chapters of the Harmonized System", ""),
        ("parents", "list", "", "false", "wider classes that rules may name", ""),
        ("also", "list", "", "false", "other words for what it holds, by which it is found when none has the name", ""),
        *TAIL,
    ),
    "value_of_time": (
        *ID,
        ("low", "float", "%/d", "false", "", ""),
        ("value", "float", "%/d", "true", "per cent of the value of the goods a day", "low_high"),
        ("high", "float", "%/d", "false", "", ""),
        *TAIL,
    ),
    "price_index": (
        *ID,
        ("year", "int", "", "true", "", ""),
        ("index", "float", "", "true", "US consumer prices, 1982-84 = 100", ""),
        *TAIL,
    ),
    "crossing_wait_rules": (
        *ID,
        ("kind", "enum:open|persons|pair|side|post|note|document", "", "true", "which rule", ""),
        ("crossing", "ref:crossings", "", "false", "the post that a rule of kind post speaks of", ""),
        ("mode", "enum:road|rail", "", "true", "", ""),
        (
            "area_a",
            "str",
            "",
            "false",
            "areas, regions or bloc:id, blank-separated; empty = any; of a post its side",
            "",
        ),
        ("area_b", "str", "", "false", "as area_a", ""),
        ("direction", "enum:both|inbound|outbound", "", "true", "seen from area_a", ""),
        ("priority", "int", "", "true", "the highest that fits wins", ""),
        *YEARS,
        *MONTHS,
        *_triple("hours", "h", "hours at the border"),
        ("holds_loco", "bool", "", "false", "the hours are the stay of a train, its change of locomotive among it", ""),
        *_triple("usd", "USD", "fees for a lorry or wagon"),
        *TAIL,
    ),
    "grade_spread": (
        *ID,
        ("low_ratio", "float", "1", "true", "10 % quantile as a share of the value", ""),
        ("high_ratio", "float", "1", "true", "90 % quantile as a share of the value", ""),
        *TAIL,
    ),
    "cost_regions": (*ID, ("region", "str", "", "true", "", ""), ("area", "str", "", "true", "area code", ""), *TAIL),
    "sea_basins": (
        *ID,
        ("lat_min", "float", "deg", "true", "", ""),
        ("lat_max", "float", "deg", "true", "", ""),
        ("lon_min", "float", "deg", "true", "", ""),
        ("lon_max", "float", "deg", "true", "", ""),
        ("product", "str", "", "true", "class of ship that sails there", ""),
        *TAIL,
    ),
    "passage_costs": (
        *ID,
        ("passage", "str", "", "true", "id of the passage", ""),
        *YEARS,
        *_triple("hours", "h", "wait and transit beyond sailing"),
        *_triple("usd_teu", "USD/TEU", "toll"),
        *_triple("usd_t", "USD/t", "toll of bulk"),
        *TAIL,
    ),
    "ferry_costs": (
        *ID,
        *_triple("headway_h", "h", "hours between departures"),
        *_triple("usd_lorry", "USD", "fare of a lorry"),
        *_triple("usd_teu", "USD/TEU", "fare of a TEU on a wagon or trailer"),
        ("passages", "refs:passages", "", "false", "straits and canals on the way", ""),
        ("year", "int", "", "true", "", ""),
        *TAIL,
    ),
    "year_regimes": (
        *ID,
        ("year", "int", "", "true", "", ""),
        ("area", "str", "", "false", "empty = everywhere", ""),
        (
            "parameter",
            "str",
            "",
            "false",
            "what it speaks of alone: a parameter, wait_road, wait_rail; empty = all",
            "",
        ),
        ("regime", "str", "", "true", "years of another regime are used only where there is nothing else", ""),
        *TAIL,
    ),
    "wait_metrics": (
        *ID,
        ("metric", "str", "", "true", "metric of crossing_waits", ""),
        ("scope", "enum:side|whole|unused", "", "true", "one side of the border, the whole of it, or not used", ""),
        ("rank", "int", "", "true", "the lowest is preferred", ""),
        ("share", "float", "1", "true", "share of the figure that is taken as the usual wait", "grade"),
        ("all_shipments", "bool", "", "true", "a mean over all shipments, single wagons among them", ""),
        ("holds_loco", "bool", "", "true", "the stay of a train, its change of locomotive among it", ""),
        ("one_day", "bool", "", "true", "the wait on one day, which says nothing of its month", ""),
        *TAIL,
    ),
    "carrier_classes": (
        *ID,
        ("carrier", "ref:areas", "", "false", "state of the carrier; empty = any", ""),
        ("trade", "ref:areas", "", "false", "area at an end of the trip; empty = any", ""),
        ("cargo", "ref:cargo_classes", "", "false", "kind of loose goods; empty = boxes", ""),
        ("from", "day", "", "false", "first day", ""),
        ("to", "day", "", "false", "first day on which it no longer holds", ""),
        ("class", "str", "", "true", "class of sea carriers, as in carrier_policies", ""),
        *TAIL,
    ),
    "port_trades": (
        *ID,
        ("word", "str", "", "true", "word in the kind of a port", ""),
        ("boxes", "bool", "", "true", "whether such a trade handles boxes; one that does is enough", ""),
        *TAIL,
    ),
    "port_roles": (
        *ID,
        ("kind", "str", "", "true", "beginning of the kind of a port", ""),
        (
            "role",
            "enum:feeder|river|river feeder|direct",
            "",
            "true",
            "how boxes get there: by feeder or river-sea ship from a hub, or direct; the longest beginning wins",
            "",
        ),
        ("routes", "list", "", "false", "subjects of seasons (kind route) on the way to such a port", ""),
        *TAIL,
    ),
}


def declare_columns(folder: Path) -> None:
    """Write the columns of this group into columns.csv; what stands there already is not touched."""
    names = ("column", "type", "unit", "required", "description", "spread")
    known: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for row in read_csv(folder / "columns.csv"):
        known[row["table"]].append(tuple(row[name] for name in names))
    for table, rows in COLUMNS.items():
        if known[table] != list(rows):
            declare(table, rows, folder)
