"""Seaports of a way at which the tables know no ship for boxes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.routing.answer import Itinerary

PORT: Final = "port:"
BOXES: Final = frozenset(("container", "hub"))
"""Words in the kind of a port that takes box ships."""


def unserved(facts: Facts, way: Itinerary) -> tuple[str, ...]:
    """The names of the seaports where a way changes to or from a ship that no row of the tables knows to call there.

    Known to call is who carries boxes in a row of ports, and who runs a line of services or ferries.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from landbridge.facts import load
    >>> legs = [SimpleNamespace(kind="transfer", ref=("ports", key)) for key in ("rotterdam", "gwadar")]
    >>> unserved(load(), SimpleNamespace(legs=legs))
    ('Gwadar',)
    """
    used = dict.fromkeys(leg.ref[1] for leg in way.legs if leg.kind == "transfer" and leg.ref and leg.ref[0] == "ports")
    rows = [facts.row("ports", key) for key in used]
    known = _served(facts)
    return tuple(row["name"] for row in rows if row["id"] not in known)


@lru_cache(maxsize=4)
def _served(facts: Facts) -> frozenset[str]:
    """The ports with boxes or a line in the tables."""
    ports = facts.table("ports").rows
    boxes = {row["id"] for row in ports if row["annual_teu"] or BOXES & set(re.split(r"\W+", row["kind"] or ""))}
    gates = (gate for row in facts.table("services").rows for gate in row["via_gates"] or ())
    lines = {gate.removeprefix(PORT) for gate in gates if gate.startswith(PORT)}
    ferries = {row[name] for row in facts.table("ferries").rows for name in ("port_a_id", "port_b_id")}
    return frozenset(boxes | lines | (ferries - {None}))
