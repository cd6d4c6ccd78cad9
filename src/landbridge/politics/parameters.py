"""Numbers that the estimates use, from the table `politics_parameters`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from landbridge.facts import Facts

POOLING = "pooling-cases-"


def value(facts: Facts, name: str) -> float:
    """One parameter.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> value(load(), "quantile-low")
    0.1
    """
    found: float = facts.row("politics_parameters", name)["value"]
    return found


def pooling(facts: Facts) -> tuple[float, ...]:
    """How tightly alike cases may be drawn around the mean of all, as numbers of cases, smallest first.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> pooling(load())[:3]
    (0.5, 1.0, 2.0)
    """
    rows = facts.table("politics_parameters").rows
    return tuple(sorted(row["value"] for row in rows if row["id"].startswith(POOLING)))
