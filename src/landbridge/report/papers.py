"""What a scenario changes on paper: the effects of blocs and agreements that begin or end, and who feels them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from landbridge.report.freight import FELT, KINDS, USE, by, size
from landbridge.report.names import Names
from landbridge.report.numbers import DASH

Row = Mapping[str, Any]
FEW_BESIDE: Final = 3
"""So many areas beside the members of a body are named."""
MOST_OF_ALL: Final = 0.9
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
        day = (answer.get("world") or {}).get("date")
        sides = sorted((areas(row[name], names, day) for name in ("areas", "others")), key=len)
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


def areas(codes: Sequence[str], names: Names, day: str | None = None) -> str:
    """Areas by name; many by the body whose members they all are on the day, else by their number.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> from landbridge.world import World
    >>> from landbridge.world.membership import members
    >>> union = sorted(members(World.at("2026-06-01"), "eu"))
    >>> areas(union, Names(load()), "2026-06-01"), areas([*union, "TUR"], Names(load()), "2026-06-01")
    ('members of European Union', 'Turkiye and members of European Union')
    >>> areas(["ARM", "GEO"], Names(load()))
    'Armenia, Georgia'
    """
    if len(codes) <= MOST_NAMED:
        return ", ".join(map(names.area, codes))
    if names.facts is not None and len(codes) > MOST_OF_ALL * len(names.facts.table("areas").rows):
        return "all others"
    body = _body(codes, names, day)
    if body is None:
        return f"{len(codes)} areas"
    bloc, inside = body
    rest = [names.area(code) for code in codes if code not in inside]
    return " and ".join(filter(None, (", ".join(rest), f"members of {names.area(bloc)}")))


def _body(codes: Sequence[str], names: Names, day: str | None) -> tuple[str, frozenset[str]] | None:
    """The largest body all whose members are among some areas, with few of these left over."""
    if names.facts is None or day is None:
        return None
    from landbridge.world import World
    from landbridge.world.membership import members

    world = World.at(day, names.facts)
    found = [(row["id"], members(world, row["id"])) for row in names.facts.table("blocs").rows]
    some = [one for one in found if one[1] and one[1] <= set(codes) and len(codes) - len(one[1]) <= FEW_BESIDE]
    return max(some, key=lambda one: (len(one[1]), one[0] == "eu", one[0]), default=None)
