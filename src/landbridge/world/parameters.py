"""Thresholds of the rules of reading, from the table `world_parameters`."""

from __future__ import annotations

from landbridge.facts import Facts


def value(facts: Facts, name: str) -> float:
    """The value of a threshold.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> value(load(), "policy_closes_share")
    0.5
    """
    return float(facts.table("world_parameters").by_id[name]["value"])
