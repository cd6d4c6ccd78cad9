"""Who belongs to what on the day: blocs, groups of areas, and tokens such as `EU`, `bloc:eaeu`, `ARM`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from landbridge.facts import Facts
from landbridge.world.index import index
from landbridge.world.intervals import holds

if TYPE_CHECKING:
    from landbridge.world.effects import Effect, Key
    from landbridge.world.world import World

MEMBER = "member"
FROZEN = "frozen"


@lru_cache(maxsize=512)
def _table_members(facts: Facts, bloc: str, day: date, known_on: date | None) -> frozenset[str]:
    rows = index(facts).memberships.get(bloc, ())
    return frozenset(
        row["area"]
        for row in rows
        if row["status"] == MEMBER and row["pair_with"] is None and holds(row, day, known_on)
    )


def members(world: World, bloc: str) -> frozenset[str]:
    """Areas that are members of a bloc on the day, after the scenario's `join` and `leave`.

    Examples
    --------
    >>> from landbridge.world import World
    >>> sorted(members(World.at("2024-06-01"), "eaeu"))
    ['ARM', 'BLR', 'KAZ', 'KGZ', 'RUS']
    """
    found = _table_members(world.facts, bloc, world.day, world.known_on)
    for (_, *key), effect in _joined(world):
        if key[0] == bloc:
            found = found | {key[1]} if effect.value["member"] else found - {key[1]}
    return found


def standing_of(value: Mapping[str, Any]) -> str | None:
    """What an effect on a membership makes of it: member, frozen, or None."""
    return MEMBER if value["member"] else value.get("status")


@lru_cache(maxsize=512)
def _table_frozen(facts: Facts, bloc: str, day: date, known_on: date | None) -> frozenset[str]:
    rows = index(facts).memberships.get(bloc, ())
    return frozenset(
        row["area"]
        for row in rows
        if row["status"] == FROZEN and row["pair_with"] is None and holds(row, day, known_on)
    )


def standings(world: World, bloc: str) -> dict[str, str]:
    """Members and frozen members of a bloc on the day, after the scenario's events.

    Examples
    --------
    >>> from landbridge.world import World
    >>> sorted(area for area, how in standings(World.at("2024-06-01"), "csto").items() if how == "frozen")
    ['ARM']
    """
    found = dict.fromkeys(_table_frozen(world.facts, bloc, world.day, world.known_on), FROZEN)
    found |= dict.fromkeys(_table_members(world.facts, bloc, world.day, world.known_on), MEMBER)
    for (_, *key), effect in _joined(world):
        if key[0] == bloc:
            found.pop(key[1], None)
            how = standing_of(effect.value)
            if how is not None:
                found[key[1]] = how
    return found


def _joined(world: World) -> tuple[tuple[Key, Effect], ...]:
    """Who joins or leaves what by the scenarios of a world."""
    found: tuple[tuple[Key, Effect], ...] | None = world.memo.get(("joined",))
    if found is None:
        found = world.memo["joined",] = tuple(item for item in world.effects.items() if item[0][0] == "member")
    return found


@lru_cache(maxsize=16)
def _memo_of(facts: Facts, day: date, known_on: date | None) -> dict[tuple[str, ...], Any]:
    return {}


def memo_of_blocs(world: World) -> dict[tuple[str, ...], Any]:
    """Where to keep what hangs on the facts of the day, on memberships and on agreements alone.

    Worlds of one day share it, whatever their scenarios shut or build, but for those who change a bloc.
    """
    return world.memo if blocs_changed(world) else _memo_of(world.facts, world.day, world.known_on)


def blocs_changed(world: World) -> bool:
    """Whether scenarios let areas join or leave something on the day, or an agreement start or end.

    Examples
    --------
    >>> from landbridge.world import World
    >>> blocs_changed(World.at("2025-06-01").apply("suez-closed"))
    False
    """
    found: bool | None = world.memo.get(("blocs changed",))
    if found is None:
        found = world.memo["blocs changed",] = any(key[0] in ("member", "agreement") for key in world.effects)
    return found


def left_by_scenario(world: World, bloc: str) -> frozenset[str]:
    """Members of a bloc by the facts that are none in this world.

    Examples
    --------
    >>> from landbridge.world import World
    >>> left_by_scenario(World.at("2025-06-01"), "eaeu")
    frozenset()
    """
    if not blocs_changed(world):
        return frozenset()
    return _table_members(world.facts, bloc, world.day, world.known_on) - members(world, bloc)


def suspended_pairs(world: World, bloc: str) -> frozenset[frozenset[str]]:
    """Pairs of members between whom the bloc's rules do not apply on the day.

    Examples
    --------
    >>> from landbridge.world import World
    >>> [sorted(pair) for pair in suspended_pairs(World.at("2024-06-01"), "cisfta")]
    [['RUS', 'UKR']]
    """
    return frozenset(
        frozenset((row["area"], row["pair_with"]))
        for row in index(world.facts).memberships.get(bloc, ())
        if row["pair_with"] is not None and holds(row, world.day, world.known_on)
    )


@lru_cache(maxsize=8)
def _areas(facts: Facts) -> frozenset[str]:
    return frozenset(row["id"] for row in facts.table("areas").rows)


@lru_cache(maxsize=1024)
def _group(facts: Facts, group: str, day: date, known_on: date | None) -> frozenset[str]:
    return frozenset(row["area"] for row in facts.table("area_groups").where(group=group) if holds(row, day, known_on))


def area_set(world: World, token: str) -> frozenset[str]:
    """The areas that a token means: an area's code, a group (`EU`, `G7`, `ALL`), or `bloc:ID`.

    Examples
    --------
    >>> from landbridge.world import World
    >>> w = World.at("2021-01-01")
    >>> area_set(w, "ARM"), "GBR" in area_set(w, "EU"), len(area_set(w, "bloc:eaeu"))
    (frozenset({'ARM'}), False, 5)
    """
    if token.startswith("bloc:"):
        return members(world, token.removeprefix("bloc:"))
    if token == "ALL":
        return _areas(world.facts)
    found = _group(world.facts, token, world.day, world.known_on)
    lower = token.lower()
    if lower in index(world.facts).memberships:
        # A group that is also a bloc follows the scenario's join and leave.
        return members(world, lower) or found
    return found or frozenset((token,))


def areas_of(world: World, tokens: tuple[str, ...] | None) -> frozenset[str]:
    """The areas that any of several tokens mean."""
    key = ("areas of", *(tokens or ()))
    memo = memo_of_blocs(world)
    found: frozenset[str] | None = memo.get(key)
    if found is None:
        # Asked for every rule at every border.
        none: frozenset[str] = frozenset()
        found = memo[key] = none.union(*(area_set(world, token) for token in tokens or ()))
    return found
