"""Whether the one that is asked for help has a base on the soil of the one that asks: a field of the cases."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from landbridge.politics.record import Case
from landbridge.world.intervals import FIRST_DAY, ends, starts
from landbridge.world.membership import area_set, standings

if TYPE_CHECKING:
    from landbridge.facts import Facts, Row
    from landbridge.world import World


def with_base(world: World, told: Sequence[Case]) -> frozenset[str]:
    """Ids of the cases in which one that was asked had a base on the soil of one that asked, when it asked.

    Those that are asked are the areas that the appeal names, the members of the body on that day and the parties of a
    treaty without a body. Bases are those of the table `ties`, a sample: one that is missing there counts as none.

    Examples
    --------
    >>> from landbridge.politics.record import cases
    >>> from landbridge.world import World
    >>> world = World.at("2026-06-01")
    >>> found = with_base(world, cases(world))
    >>> "csto-tjk-2021" in found, "csto-arm-2021" in found, "nato5-2001" in found
    (True, True, False)
    """
    rows = world.facts.table("crises").by_id
    return frozenset(one.id for one in told if one.counted and _had(world.facts, rows[one.id]))


def hosts(world: World, areas: Collection[str]) -> tuple[str, ...]:
    """Those of some areas on whose soil another of them has a base on the day.

    Examples
    --------
    >>> from landbridge.world import World
    >>> hosts(World.at("2022-05-16"), ["ARM", "BLR", "KGZ", "RUS", "TJK"])
    ('ARM', 'BLR', 'KGZ', 'TJK')
    """
    return tuple(sorted(one for one in areas if _hosted(world.facts, {one}, set(areas) - {one}, world.day)))


def _had(facts: Facts, row: Row) -> bool:
    day = (row["appeal_date"] or row["date"]).first
    by = set(row["appeal_areas"] or ())
    return _hosted(facts, by, _asked(facts, row["id"], day) - by, day)


@lru_cache(maxsize=1024)
def _asked(facts: Facts, crisis: str, day: date) -> frozenset[str]:
    """Areas that an appeal went to."""
    from landbridge.world import World

    row = facts.row("crises", crisis)
    # memberships begin with the first day of the facts; an older appeal is read by them
    then = World.at(max(day, FIRST_DAY), facts)
    found = set(row["addressee_areas"] or ())
    if row["bloc_id"] is not None:
        found.update(standings(then, row["bloc_id"]))
    else:
        for key in row["agreement_ids"] or ():
            for token in facts.row("agreements", key)["party_codes"] or ():
                found |= area_set(then, token)
    return frozenset(found)


def _hosted(facts: Facts, soil: Collection[str], holders: Collection[str], day: date) -> bool:
    return any(
        row["kind"] == "base" and row["held"] and starts(row) <= day < ends(row)
        and set(row["by_areas"] or ()) & set(holders) and set(row["with_areas"]) & set(soil)
        for row in facts.table("ties").rows
    )  # fmt: skip
