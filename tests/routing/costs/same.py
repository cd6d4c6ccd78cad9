"""Whether costs are the same to the last bit."""

from __future__ import annotations

from landbridge.routing.costs.arcs import ArcCosts


def check_same(one: ArcCosts, other: ArcCosts) -> None:
    for name in ("hours", "usd", "kg_co2e", "allowed", "blocked", "wanted", "group", "km"):
        assert getattr(one, name).tobytes() == getattr(other, name).tobytes(), name
    for name in ("var_h2", "wait_hours", "grade_hours", "grade_usd", "ev_hours", "ev_usd"):
        assert getattr(one, name)[:].tobytes() == getattr(other, name)[:].tobytes(), name
    assert (one.evidence, one.refusals, one.unit) == (other.evidence, other.refusals, other.unit)
    assert list(one.groups) == list(other.groups)
