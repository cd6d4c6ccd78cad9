"""landbridge: what happens to Eurasia's freight when a border opens or closes, with evidence for every number.

Examples
--------
>>> import landbridge as lb
>>> lb.route(lb.World.at("2024-06-01"), "Kyiv", "Moscow").answered
False
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from landbridge._version import __version__
from landbridge.errors import (
    DateError,
    FactError,
    InputError,
    LandbridgeError,
    MissingExtraError,
    PlaceError,
    ScenarioError,
    StoreError,
)

if TYPE_CHECKING:
    from landbridge.energy import GasAnswer, GasQuestion
    from landbridge.energy.gas import gas
    from landbridge.facts import Facts, draw
    from landbridge.facts import load as load_facts
    from landbridge.network import load as load_network
    from landbridge.politics import AllianceAnswer, AllianceQuestion, alliance
    from landbridge.politics.recording import record
    from landbridge.report.page import save_page
    from landbridge.routing import (
        MatrixAnswer,
        MatrixQuestion,
        RouteAnswer,
        RouteQuestion,
        RoutesAnswer,
        Shipment,
        matrix,
        route,
    )
    from landbridge.studies.ask import ask, rerun
    from landbridge.studies.compare import CompareAnswer, compare
    from landbridge.studies.country import CountryAnswer, CountryQuestion, country
    from landbridge.studies.many import routes
    from landbridge.world import Scenario, World, list_scenarios, read_scenario
    from landbridge.world.places import Place
    from landbridge.world.places import resolve as resolve_place

__all__ = [
    "AllianceAnswer",
    "AllianceQuestion",
    "CompareAnswer",
    "CountryAnswer",
    "CountryQuestion",
    "DateError",
    "FactError",
    "Facts",
    "GasAnswer",
    "GasQuestion",
    "InputError",
    "LandbridgeError",
    "MatrixAnswer",
    "MatrixQuestion",
    "MissingExtraError",
    "Place",
    "PlaceError",
    "RouteAnswer",
    "RouteQuestion",
    "RoutesAnswer",
    "Scenario",
    "ScenarioError",
    "Shipment",
    "StoreError",
    "World",
    "__version__",
    "alliance",
    "ask",
    "compare",
    "country",
    "draw",
    "gas",
    "list_scenarios",
    "load_facts",
    "load_network",
    "matrix",
    "read_scenario",
    "record",
    "rerun",
    "resolve_place",
    "route",
    "routes",
    "save_page",
]

_LATE = {
    "AllianceAnswer": ("politics", "AllianceAnswer"),
    "AllianceQuestion": ("politics", "AllianceQuestion"),
    "CompareAnswer": ("studies", "CompareAnswer"),
    "CountryAnswer": ("studies.country", "CountryAnswer"),
    "CountryQuestion": ("studies.country", "CountryQuestion"),
    "Facts": ("facts", "Facts"),
    "GasAnswer": ("energy", "GasAnswer"),
    "GasQuestion": ("energy", "GasQuestion"),
    "MatrixAnswer": ("routing", "MatrixAnswer"),
    "MatrixQuestion": ("routing", "MatrixQuestion"),
    "Place": ("world.places", "Place"),
    "RouteAnswer": ("routing", "RouteAnswer"),
    "RouteQuestion": ("routing", "RouteQuestion"),
    "RoutesAnswer": ("routing", "RoutesAnswer"),
    "Scenario": ("world", "Scenario"),
    "Shipment": ("routing", "Shipment"),
    "World": ("world", "World"),
    "alliance": ("politics", "alliance"),
    "ask": ("studies", "ask"),
    "compare": ("studies", "compare"),
    "country": ("studies.country", "country"),
    "draw": ("facts", "draw"),
    "gas": ("energy", "gas"),
    "list_scenarios": ("world", "list_scenarios"),
    "load_facts": ("facts", "load"),
    "load_network": ("network", "load"),
    "matrix": ("routing", "matrix"),
    "read_scenario": ("world", "read_scenario"),
    "record": ("politics.recording", "record"),
    "rerun": ("studies", "rerun"),
    "resolve_place": ("world.places", "resolve"),
    "route": ("routing", "route"),
    "routes": ("studies", "routes"),
    "save_page": ("report.page", "save_page"),
}
"""Public names that are imported when first asked for, so that `import landbridge` stays quick."""


def __getattr__(name: str) -> Any:
    """Import a public name when first asked for."""
    if name in _LATE:
        from importlib import import_module

        room, inside = _LATE[name]
        return getattr(import_module(f"{__name__}.{room}"), inside)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
