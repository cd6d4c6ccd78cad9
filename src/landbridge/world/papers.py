"""Which effects of blocs and agreements on freight begin or end between two worlds, for whom, and who feels them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from landbridge.facts import evidence
from landbridge.world.agreements import effects_in_force
from landbridge.world.borders import effect_sides
from landbridge.world.freight import Felt, felt_in
from landbridge.world.membership import blocs_changed

if TYPE_CHECKING:
    from landbridge.facts import Row
    from landbridge.world.world import World

Sides = tuple[frozenset[str], frozenset[str]]
Pairs = frozenset[tuple[str, str]]
NOBODY: Sides = (frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class ChangedEffect:
    """A row of `bloc_effects` that holds for some areas in one of two worlds alone.

    Attributes
    ----------
    begins
        Whether it holds in the second world; else it ends.
    areas, others
        Who came or went, and those with whom it holds; of an agreement, its two sides.
    stays_by
        Rows that do the same between all of them in the world where this one does not: nothing changes then but the
        text on which it stands. A row of which that holds for some alone is told twice, for them and for the others.
    felt
        By whom: the carriage of a shipment (hours, papers, permits, visas), trade (duties), or nothing in the model.
    use
        little or unverified, where the text is not known to be used and so does nothing; None otherwise.
    source, url
        Where the row comes from.
    """

    id: str
    kind: str
    begins: bool
    areas: tuple[str, ...]
    others: tuple[str, ...]
    modes: tuple[str, ...]
    cargo: str
    value: float | None
    unit: str | None
    document: str | None
    stays_by: tuple[str, ...]
    felt: Felt
    use: str | None
    source: str
    url: str | None
    grade: str
    note: str

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        found = {name: getattr(self, name) for name in self.__slots__}
        return {name: list(one) if isinstance(one, tuple) else one for name, one in found.items()}


def changed_effects(base: World, world: World) -> tuple[ChangedEffect, ...]:
    """What joining, leaving and agreements change on paper from one world to another, in the order of the table.

    Examples
    --------
    >>> from landbridge.world import World
    >>> base = World.at("2026-06-01")
    >>> found = changed_effects(base, base.apply("moldova-outside-cis"))
    >>> [(one.kind, one.areas, one.others) for one in found if one.felt == "carriage"]
    [('visa_free_driver', ('MDA',), ('KGZ', 'TJK'))]
    >>> changed_effects(base, base.apply("suez-closed"))
    ()
    """
    if not (blocs_changed(base) or blocs_changed(world)):
        return ()
    before, after = _sides(base), _sides(world)
    found = []
    for row in world.facts.table("bloc_effects").rows:
        was, now = before.get(row["id"], NOBODY), after.get(row["id"], NOBODY)
        for begins, more, less, lacking in ((False, was, now, after), (True, now, was, before)):
            areas, others = _apart(more, less)
            if areas and others:
                pairs = _pairs(row, more) - _pairs(row, less)
                found += [
                    _changed(world, row, begins, (areas, some), stays_by)
                    for some, stays_by in _by_cover(world, row, pairs, (areas, others), lacking)
                ]
    return tuple(found)


def _by_cover(
    world: World, row: Row, pairs: Pairs, ends: Sides, lacking: dict[str, Sides]
) -> list[tuple[frozenset[str], tuple[str, ...]]]:
    """Those with whom a row changes: first those with whom other rows do the same, then those with whom none does."""
    areas, others = ends
    of_each = {one: frozenset(pair for pair in pairs if one in pair) for one in others}
    kept = frozenset(one for one, some in of_each.items() if some and _covering(world, row, some, lacking))
    if kept == others or not kept or areas & others:
        return [(others, _covering(world, row, pairs, lacking))]
    left = others - kept
    pairs_kept = frozenset(pair for pair in pairs if not left & set(pair))
    return [(kept, _covering(world, row, pairs_kept, lacking)), (left, ())]


def _sides(world: World) -> dict[str, Sides]:
    """By row the areas from which and to which it holds; what leaves a bloc is in none of its rows."""
    found = {row["id"]: effect_sides(world, row) for row in effects_in_force(world)}
    return {key: sides for key, sides in found.items() if all(sides)}


def _apart(more: Sides, less: Sides) -> Sides:
    """Who is in a row in one world and not in the other, and with whom it holds there."""
    new = [one - other for one, other in zip(more, less, strict=True)]
    if not any(new):
        return NOBODY
    if less == NOBODY:
        return more
    areas = new[0] | new[1]
    return areas, frozenset().union(*(more[1 - side] for side in (0, 1) if new[side])) - areas


def _pairs(row: Row, sides: Sides) -> Pairs:
    """From whom to whom a row holds."""
    there = frozenset((one, other) for one in sides[0] for other in sides[1] if one != other)
    return there | frozenset((other, one) for one, other in there) if row["both_ways"] else there


def _covering(world: World, row: Row, pairs: Pairs, sides: dict[str, Sides]) -> tuple[str, ...]:
    """The rows that do the same between all of some pairs; none where they leave one out."""
    alike = {
        other["id"]: _pairs(other, sides[other["id"]]) & pairs
        for other in world.facts.table("bloc_effects").rows
        if other["id"] != row["id"] and other["id"] in sides and _does_the_same(other, row)
    }
    return tuple(key for key, some in alike.items() if some) if pairs <= frozenset().union(*alike.values()) else ()


def _does_the_same(other: Row, row: Row) -> bool:
    return (
        (other["kind"], other["unit"], other["document"], other["use"])
        == (row["kind"], row["unit"], row["document"], row["use"])
        and other["cargo"] in ("all", row["cargo"])
        and ("all" in other["mode"] or set(row["mode"]) <= set(other["mode"]))
        # Hours or a share saved: as much at least.
        and (row["kind"] != "shorter_border_h" or (other["value"] or 0.0) <= (row["value"] or 0.0))
    )


def _changed(world: World, row: Row, begins: bool, ends: Sides, stays_by: tuple[str, ...]) -> ChangedEffect:
    cited = evidence(world.facts, "bloc_effects", row["id"])
    return ChangedEffect(
        id=row["id"],
        kind=row["kind"],
        begins=begins,
        areas=tuple(sorted(ends[0])),
        others=tuple(sorted(ends[1])),
        modes=row["mode"],
        cargo=row["cargo"],
        value=row["value"],
        unit=row["unit"],
        document=row["document"],
        stays_by=stays_by,
        felt=felt_in(row),
        use=row["use"],
        source=cited.source,
        url=cited.url or None,
        grade=cited.grade,
        note=row["note"] or "",
    )
