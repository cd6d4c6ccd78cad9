"""Numbers that the estimates use, from the table `politics_parameters`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from landbridge.facts import Facts

WEIGHTS = "pooling-weight-"


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


def weights(facts: Facts) -> tuple[float, ...]:
    """The weights that a case of another kind may count with, smallest first."""
    rows = facts.table("politics_parameters").rows
    return tuple(sorted(row["value"] for row in rows if row["id"].startswith(WEIGHTS)))
