"""Profiles that several tests read, each made once in a process."""

from __future__ import annotations

from functools import lru_cache
from unittest.mock import patch

import landbridge as lb

SCENARIOS = ("caspian-storm-season", "cku-built", "suez-closed", "turkey-armenia-open", "upper-lars-closed")
"""Some of the library: all of them take the tests too long."""


@lru_cache(maxsize=4)
def full() -> lb.CountryAnswer:
    """Armenia with closures and some scenarios, to its first two partners."""
    with patch("landbridge.studies.country.answering.scenarios_of", lambda world: iter(SCENARIOS)):
        return lb.country(lb.World.at("2022-05-16"), "ARM", partners=2)


@lru_cache(maxsize=64)
def quick(area: str, day: str, partners: int = 1, *scenarios: str) -> lb.CountryAnswer:
    """An area without closures and scenarios."""
    return lb.country(lb.World.at(day).apply(*scenarios), area, partners=partners, quick=True)
