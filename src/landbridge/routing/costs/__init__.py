"""What a shipment costs: hours, money and kilograms of every arc, from the tables alone."""

from landbridge.routing.costs.amounts import (
    Load,
    arc_factors,
    complete,
    lane_factors,
    load_of,
    mode_factors,
    unit_amount,
    value_of_time_usd_h,
)
from landbridge.routing.costs.arcs import ArcCosts, arc_costs, rate_notes, rules_of
from landbridge.routing.costs.doors import End, Site, door_costs, exported
from landbridge.routing.costs.landed import landed_apart
from landbridge.routing.costs.moves import home_lorries
from landbridge.routing.costs.parts import DoorPart, Group, Part
from landbridge.routing.costs.ports import home_ends
from landbridge.routing.costs.ranges import Amount, Amounts, Ranges, path_amounts, path_ranges, ranges_of
from landbridge.routing.costs.returns import returned_once
from landbridge.routing.costs.runs import Haul, Rested, Stretch, rests_of_runs, stretch_of
from landbridge.routing.costs.values import Book, Value, book

__all__ = [
    "Amount",
    "Amounts",
    "ArcCosts",
    "Book",
    "DoorPart",
    "End",
    "Group",
    "Haul",
    "Load",
    "Part",
    "Ranges",
    "Rested",
    "Site",
    "Stretch",
    "Value",
    "arc_costs",
    "arc_factors",
    "book",
    "complete",
    "door_costs",
    "exported",
    "home_ends",
    "home_lorries",
    "landed_apart",
    "lane_factors",
    "load_of",
    "mode_factors",
    "path_amounts",
    "path_ranges",
    "ranges_of",
    "rate_notes",
    "rests_of_runs",
    "returned_once",
    "rules_of",
    "stretch_of",
    "unit_amount",
    "value_of_time_usd_h",
]
