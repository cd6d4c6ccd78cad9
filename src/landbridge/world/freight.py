"""What a bloc or an agreement does to freight: its rows of `bloc_effects`, and what in the model feels each kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal

from landbridge.world.agreements import agreement_of, agreement_rows, effects_in_force

if TYPE_CHECKING:
    from landbridge.facts import Facts, Row
    from landbridge.world.world import World

Felt = Literal["carriage", "trade", "nothing"]
FELT_BY: Final[Mapping[str, Felt]] = {
    "no_border_check": "carriage",
    "transit_document": "carriage",
    "permit_free": "carriage",
    "visa_free_driver": "carriage",
    "shorter_border_h": "carriage",
    "fee_usd": "carriage",
    "no_duty": "trade",
    "duty_pct": "trade",
    "duty_cut_pct": "trade",
}
"""Who feels a kind of effect: the carriage of a shipment, trade (duties); nothing yet where it is not named."""
RULES: Final[Mapping[str, tuple[str, ...]]] = {
    "measure_rules": ("imposer_codes", "target_codes", "territory_areas"),
    "crossing_wait_rules": ("area_a", "area_b"),
}
"""Tables with rules that name blocs or groups, and their columns."""


def felt_in(row: Row) -> Felt:
    """Who feels an effect: nobody in the model where the text is not known to be used.

    Examples
    --------
    >>> felt_in({"kind": "no_duty", "use": None}), felt_in({"kind": "no_duty", "use": "unverified"})
    ('trade', 'nothing')
    """
    return FELT_BY.get(row["kind"], "nothing") if row["use"] is None else "nothing"


def effects_of(world: World, bloc: str | None, agreements: Collection[str] = ()) -> tuple[Row, ...]:
    """The rows of `bloc_effects` of a bloc, or of some agreements, that hold on the day.

    Examples
    --------
    >>> from landbridge.world import World
    >>> sorted({row["kind"] for row in effects_of(World.at("2026-06-01"), None, ["irn-eaeu-2023"])})
    ['duty_pct', 'no_duty']
    """
    return tuple(
        row
        for row in effects_in_force(world)
        if (bloc is not None and row["bloc_id"] == bloc) or agreement_of(row) in agreements
    )


def felt_by(facts: Facts, bloc: str | None, agreement: str | None = None) -> frozenset[Felt]:
    """Who feels it when areas join or leave a bloc, or an agreement starts or ends.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> felt_by(load(), "cisfta"), felt_by(load(), None, "irn-eaeu-2023"), "carriage" in felt_by(load(), "eaeu")
    (frozenset({'trade'}), frozenset({'trade'}), True)
    """
    if agreement is not None:
        return frozenset(FELT_BY.get(row["kind"], "nothing") for row in agreement_rows(facts).get(agreement, ()))
    token = f"bloc:{bloc}"
    found: set[Felt] = {
        FELT_BY.get(row["kind"], "nothing")
        for row in facts.table("bloc_effects").rows
        if row["use"] is None and (row["bloc_id"] == bloc or token in (*row["from_area_set"], *row["to_area_set"]))
    }
    if token in _named(facts) or str(bloc).upper() in _named(facts) or bloc in ("cim", "smgs"):
        # Consignment notes hang on membership itself.
        found.add("carriage")
    return frozenset(found)


@lru_cache(maxsize=4)
def _named(facts: Facts) -> frozenset[str]:
    """The blocs and groups that rules of measures and of waits name."""
    cells: list[Any] = [
        row[name] for table, names in RULES.items() for row in facts.table(table).rows for name in names
    ]
    return frozenset(word for cell in cells if cell for word in (cell.split() if isinstance(cell, str) else cell))
