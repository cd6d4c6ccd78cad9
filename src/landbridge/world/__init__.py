"""What holds on a day: worlds, scenarios, rules, places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from landbridge.world.borders import BorderEffect, border_effects
from landbridge.world.control import effects_within, held_sides, keeper
from landbridge.world.crossings import crossing_state
from landbridge.world.diff import Change, diff
from landbridge.world.formalities import Formality
from landbridge.world.gazetteer import city_of
from landbridge.world.membership import area_set, blocs_changed, members, memo_of_blocs, suspended_pairs
from landbridge.world.places import Place, nearest_place, read_area
from landbridge.world.remarks import Remark, remark
from landbridge.world.rules import resolve, resolve_apart
from landbridge.world.seasons import season_effects
from landbridge.world.states import (
    ferry_state,
    line_state,
    passage_state,
    port_state,
    project_id,
    project_state,
)
from landbridge.world.trip import Crossed, Fee, Note, Refusal, Rules, Trip, WarRisk
from landbridge.world.types import Link, Pass, Season, State
from landbridge.world.world import World

if TYPE_CHECKING:
    from landbridge.world.events import Event
    from landbridge.world.library import check_scenario, list_scenarios, parse_scenario, read_scenario
    from landbridge.world.lng import lng_import_states, lng_states, passage_shares, shipping_evidence
    from landbridge.world.pipes import PipeStates, demand_factors, pipe_states, production_factors, storage_factors
    from landbridge.world.scenario import Scenario, scenario_schema
    from landbridge.world.swaps import SwapRule, swaps_on

__all__ = [
    "BorderEffect",
    "Change",
    "Crossed",
    "Event",
    "Fee",
    "Formality",
    "Link",
    "Note",
    "Pass",
    "PipeStates",
    "Place",
    "Refusal",
    "Remark",
    "Rules",
    "Scenario",
    "Season",
    "State",
    "SwapRule",
    "Trip",
    "WarRisk",
    "World",
    "area_set",
    "blocs_changed",
    "border_effects",
    "check_scenario",
    "city_of",
    "crossing_state",
    "demand_factors",
    "diff",
    "effects_within",
    "ferry_state",
    "held_sides",
    "keeper",
    "line_state",
    "list_scenarios",
    "lng_import_states",
    "lng_states",
    "members",
    "memo_of_blocs",
    "nearest_place",
    "parse_scenario",
    "passage_shares",
    "passage_state",
    "pipe_states",
    "port_state",
    "production_factors",
    "project_id",
    "project_state",
    "read_area",
    "read_scenario",
    "remark",
    "resolve",
    "resolve_apart",
    "scenario_schema",
    "season_effects",
    "shipping_evidence",
    "storage_factors",
    "suspended_pairs",
    "swaps_on",
]

_LATE = {
    "Event": "events",
    "PipeStates": "pipes",
    "Scenario": "scenario",
    "SwapRule": "swaps",
    "check_scenario": "library",
    "demand_factors": "pipes",
    "list_scenarios": "library",
    "lng_import_states": "lng",
    "lng_states": "lng",
    "parse_scenario": "library",
    "passage_shares": "lng",
    "pipe_states": "pipes",
    "production_factors": "pipes",
    "read_scenario": "library",
    "scenario_schema": "scenario",
    "shipping_evidence": "lng",
    "storage_factors": "pipes",
    "swaps_on": "swaps",
}


def __getattr__(name: str) -> Any:
    """What scenarios, pipes and ships of gas need is imported when first asked for: an answer on freight needs none."""
    if name in _LATE:
        from importlib import import_module

        return getattr(import_module(f"landbridge.world.{_LATE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
