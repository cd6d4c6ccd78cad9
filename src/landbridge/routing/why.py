"""Why one alternative differs from another: the three largest differences, as data."""

from __future__ import annotations

from collections.abc import Sequence

from landbridge.answers import Reason
from landbridge.routing.answer import Leg

SHOWN = 3


def breakdown(legs: Sequence[Leg]) -> dict[tuple[str, str], float]:
    """Hours and dollars by factor: (factor, unit) -> amount.

    Examples
    --------
    >>> leg = Leg("move", "rail", "A", "B", (), km=10.0, hours=1.0, usd=5.0, kg_co2e=1.0)
    >>> breakdown([leg])
    {('rail', 'h'): 1.0, ('rail', 'usd'): 5.0}
    """
    found: dict[tuple[str, str], float] = {}
    for leg in legs:
        name = factor(leg)
        for unit, amount in (("h", leg.hours), ("usd", leg.usd)):
            if amount:
                found[name, unit] = found.get((name, unit), 0.0) + amount
    return found


def factor(leg: Leg) -> str:
    """What a leg counts as when alternatives are compared."""
    if leg.kind == "move":
        return "ferry" if leg.ref is not None and leg.ref[0] == "ferries" else leg.mode
    if leg.kind == "crossing":
        return f"{leg.mode} borders"
    if leg.kind == "transfer":
        return "change of gauge" if "gauge" in leg.note else "change of mode or tractor"
    return {"wait": "waiting", "handling": "handling and documents", "passage": "passages"}[leg.kind]


def reasons(legs: Sequence[Leg], others: Sequence[Leg], against: int, usd_per_h: float) -> tuple[Reason, ...]:
    """The three largest differences of `legs` to `others`, weighed in money, largest first.

    A negative delta means that this alternative needs less.
    """
    mine, theirs = breakdown(legs), breakdown(others)
    rows = []
    for key in sorted(mine.keys() | theirs.keys()):
        delta = mine.get(key, 0.0) - theirs.get(key, 0.0)
        weight = abs(delta) * (usd_per_h if key[1] == "h" else 1.0)
        rows.append((weight, abs(delta), key, delta))
    rows.sort(key=lambda row: (-row[0], -row[1], row[2]))
    return tuple(
        Reason(key[0], against, delta, key[1]) for _, magnitude, key, delta in rows[:SHOWN] if magnitude > 1e-9
    )
