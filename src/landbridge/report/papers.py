"""What a scenario changes on paper: the effects of blocs and agreements that begin or end, and who feels them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from landbridge.report.freight import FELT, KINDS, USE, by, size
from landbridge.report.names import Names
from landbridge.report.numbers import DASH

Row = Mapping[str, Any]
MOST_NAMED: Final = 6
"""So many areas are named, of more their number is told."""
NOTHING: Final = (
    "None of these effects changes hours, papers, permits, visas or carriers of a shipment that the model knows: "
    "a duty is no part of the freight bill."
)


def lines(answer: Row, names: Names) -> Iterator[str]:
    """One line for each effect that begins or ends, with its source; at the end, whether carriage feels any.

    Examples
    --------
    >>> row = {"id": "a", "kind": "no_duty", "begins": False, "areas": ["MDA"], "others": ["UKR"], "modes": ["all"],
    ...        "cargo": "all", "value": 0.0, "unit": "pct", "document": None, "stays_by": [], "felt": "trade",
    ...        "use": None, "source": "X 2024", "grade": "B"}
    >>> list(lines({"bloc_effects": [row]}, Names()))[0]
    'Ends: no duty, MDA with UKR (all modes); felt by trade: no part of the freight bill (X 2024; grade B)'
    """
    told = answer.get("bloc_effects") or ()
    merged: dict[tuple[str, ...], dict[str, None]] = {}
    for row in told:
        sides = sorted((_areas(row["areas"], names), _areas(row["others"], names)), key=len)
        amount = size(row)
        kind = KINDS.get(row["kind"], row["kind"]) + ("" if amount == DASH else f" ({amount})")
        begun = f"{'Begins' if row['begins'] else 'Ends'}: {kind}, {sides[0]} with {sides[1]} ({by(row)})"
        key = (begun, _felt(row), f"{row['source']}; grade {row['grade']}")
        merged.setdefault(key, {}).update(dict.fromkeys(row["stays_by"]))
    for (begun, felt, source), rows in merged.items():
        kept = f" by {', '.join(rows)}" if rows else ""
        yield f"{begun}; {felt}{kept} ({source})"
    if told and not any(row["felt"] == "carriage" and not row["stays_by"] for row in told):
        yield NOTHING


def _felt(row: Row) -> str:
    if row["stays_by"]:
        return "was so before" if row["begins"] else "stays so"
    if row["felt"] == "nothing":
        return USE.get(str(row["use"]), FELT["nothing"])
    return f"felt by {FELT[row['felt']]}"


def _areas(codes: list[str], names: Names) -> str:
    return ", ".join(map(names.area, codes)) if len(codes) <= MOST_NAMED else f"{len(codes)} areas"
