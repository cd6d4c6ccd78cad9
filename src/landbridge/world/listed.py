"""What a crossing lets through when only some freight passes: its cargo note read through the table `listed_scopes`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from landbridge.world.goods import goods_match
from landbridge.world.trip import Trip
from landbridge.world.types import Evidences

if TYPE_CHECKING:
    from landbridge.world.world import World


@dataclass(frozen=True, slots=True)
class Listed:
    """Whether a shipment passes, and what it then costs."""

    passes: bool
    extra_hours: float = 0.0
    swap: bool = False
    evidence: Evidences = ()


def _within(world_areas: tuple[str, ...] | None, area: str) -> bool:
    return not world_areas or area in world_areas


def listed(world: World, note: str, trip: Trip) -> Listed:
    """Read a cargo note for a shipment; a note that the table does not know lists classes of cargo.

    Examples
    --------
    >>> from landbridge.world import Trip, World
    >>> w = World.at("2023-06-01")
    >>> listed(w, "only: between RUS and X_ABK", Trip("ARM", "RUS")).passes
    False
    >>> listed(w, "only: food; medicine", Trip("ARM", "RUS", cargo="wine")).passes
    True
    """
    rows = world.facts.table("listed_scopes").where(cargo_note=note)
    if not rows:
        how, _, words = note.partition(":")
        goods = tuple(word.strip() for word in words.replace(",", ";").split(";") if word.strip())
        match = goods_match(world.facts, trip.cargo, trip.hs, goods, ()) if goods else "no"
        # Without words of its own a restricted post lets an ordinary consignment pass.
        return Listed(not note or (match != "yes" if how == "not" else match == "yes"))
    row = rows[0]
    match = goods_match(world.facts, trip.cargo, trip.hs, row["cargo"] or (), ()) if row["cargo"] else "no"
    passes = {
        "general": True,
        "none": False,
        "goods": match == "yes",
        "except": match != "yes",
        "between": _within(row["areas"], trip.origin_area)
        and _within(row["areas"], trip.destination_area)
        and _within(row["from_areas"], trip.origin_area)
        and _within(row["to_areas"], trip.destination_area),
    }[row["passes"]]
    return Listed(passes, row["extra_hours"] or 0.0, bool(row["swap"]), (("listed_scopes", row["id"]),))
