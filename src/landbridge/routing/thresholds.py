"""Thresholds of choosing alternatives, from the table `selection_rules`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from landbridge.facts import Facts


@dataclass(frozen=True, slots=True)
class Thresholds:
    """One field for each row of the table; what it means and its unit stand there."""

    equal_share: float
    near_share: float
    clearly_share: float
    clearly_named_share: float
    gain_share: float
    clean_times: float
    as_different: float
    idle_times: float
    far_times: float
    far_unnamed_times: float
    far_paid_times: float
    named_merit: float
    established_merit: float
    similar_likeness: float
    unlike_weight: float
    same_likeness: float
    more_ways: float
    sensible_times: float
    sensible_corridor_times: float
    post_weight: float
    afloat_share: float
    leading_share: float
    aside_km_times: float
    corridor_km_share: float
    served_share: float
    chained_gauge_breaks: float
    named_gates_share: float
    left_early_share: float
    passed_km: float
    told_mode_share: float
    told_km: float
    told_ship_km: float
    place_km: float
    dear_times: float
    hidden_share: float
    more_searches: float
    joined_share: float
    more_joined: float
    detour_km_times: float
    detour_cost_times: float
    behind_times: float
    behind_km: float
    turn_share: float
    turn_km: float
    through_share: float
    beside_km: float
    beside_share: float
    beside_least_km: float
    fragile_share: float


@lru_cache(maxsize=8)
def thresholds(facts: Facts) -> Thresholds:
    """The thresholds of some facts.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> thresholds(load()).sensible_times
    2.0
    """
    rows = facts.table("selection_rules").by_id
    return Thresholds(**{one.name: float(rows[one.name]["value"]) for one in fields(Thresholds)})
