"""What a bloc or an agreement does to freight on the day, row by row, and what in the model feels it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from landbridge.politics.grouping import Grouping
from landbridge.world.freight import Felt, effects_of, felt_in

if TYPE_CHECKING:
    from landbridge.world import World


@dataclass(frozen=True, slots=True)
class FreightEffect:
    """One effect on freight.

    Attributes
    ----------
    kind
        As in the table `bloc_effects`: no_duty, no_border_check, transit_document, permit_free ...
    from_areas, to_areas
        Where the trip comes from and goes to, as the table has it: areas, groups, `bloc:ID`.
    felt
        By whom: the carriage of a shipment (hours, papers, permits), trade (duties), or nothing in the model.
    use
        little or unverified, where the text is not known to be used and so does nothing; None otherwise.
    """

    id: str
    kind: str
    from_areas: tuple[str, ...]
    to_areas: tuple[str, ...]
    both_ways: bool
    modes: tuple[str, ...]
    cargo: str
    since: str
    until: str | None
    value: float | None
    unit: str | None
    document: str | None
    felt: Felt
    use: str | None
    grade: str
    note: str

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        found = {name: getattr(self, name) for name in self.__slots__}
        return {name: list(one) if isinstance(one, tuple) else one for name, one in found.items()}


def freight(world: World, grouping: Grouping) -> tuple[FreightEffect, ...]:
    """The effects on freight of a bloc, or of an agreement or the agreements of a format, that hold on the day.

    Examples
    --------
    >>> from landbridge.politics.grouping import find
    >>> from landbridge.world import World
    >>> world = World.at("2026-06-01")
    >>> sorted({one.kind for one in freight(world, find(world.facts, "irn-eaeu-2023"))})
    ['duty_pct', 'no_duty']
    """
    bloc = grouping.id if grouping.kind == "bloc" else None
    rows = effects_of(world, bloc, () if bloc is not None else grouping.agreements)
    return tuple(
        FreightEffect(
            id=row["id"],
            kind=row["kind"],
            from_areas=row["from_area_set"],
            to_areas=row["to_area_set"],
            both_ways=row["both_ways"],
            modes=row["mode"],
            cargo=row["cargo"],
            since=str(row["from"]),
            until=None if row["to"] is None else str(row["to"]),
            value=row["value"],
            unit=row["unit"],
            document=row["document"],
            felt=felt_in(row),
            use=row["use"],
            grade=row["grade"],
            note=row["note"] or "",
        )
        for row in rows
    )
