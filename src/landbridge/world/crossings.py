"""What passes a border crossing: the most specific dated row wins, then the season, then the scenario's events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from landbridge.errors import InputError, nearest
from landbridge.facts import Row
from landbridge.world.added import added_by
from landbridge.world.index import index, pair_id
from landbridge.world.intervals import ends, holds, known, starts
from landbridge.world.membership import memo_of_blocs
from landbridge.world.parameters import value
from landbridge.world.seasons import season_effects
from landbridge.world.types import Evidences, Pass

if TYPE_CHECKING:
    from landbridge.world.world import World


def modes_of(row: Row) -> tuple[str, ...]:
    """The modes of a crossing.

    Examples
    --------
    >>> modes_of({"modes": ("both",)})
    ('road', 'rail')
    """
    found: list[str] = []
    for mode in row["modes"]:
        found.extend(("road", "rail") if mode == "both" else (mode,))
    return tuple(dict.fromkeys(found))


def _fits(row: Row, mode: str, direction: str) -> bool:
    return row["mode"] in (mode, "both") and row["direction"] in ("both", direction)


def _latest(rows: Sequence[Row], day: date, known_on: date | None) -> Row | None:
    active = [row for row in rows if holds(row, day, known_on)]
    # The later start wins; a row of one direction or one mode beats the general one of the same day.
    return max(
        active,
        key=lambda row: (starts(row), row["direction"] != "both", row["mode"] != "both", row["id"]),
        default=None,
    )


def _own_row(rows: Sequence[Row], day: date, known_on: date | None) -> tuple[Row | None, bool]:
    """The crossing's own row for the day, and whether it existed at all."""
    found = _latest(rows, day, known_on)
    if found is not None:
        return found, True
    seen = [row for row in rows if known(row, known_on)] or list(rows)
    first = min(seen, key=lambda row: (starts(row), row["id"]))
    if day < starts(first):
        return (first, True) if first["precision"] == "before" else (None, False)
    return None, True


def _from_row(row: Row, level: str) -> Pass:
    return Pass(
        freight=row["freight"],
        cargo_note=row["cargo_note"] or "",
        carriers=row["carriers"] or "all",
        persons=row["persons"] or "unknown",
        certainty=row["certainty"] or "uncertain",
        evidence=(("crossing_status", row["id"]),),
        reason=row["reason"] or "",
        level=level,
    )


_OPENNESS = {"none": 0, "listed": 1, "all": 2}


def _older_than_the_record(found: Pass, row: Row) -> Pass:
    """What stood when the record of a post begins is taken for the days before it, and told as unsure."""
    said = f"taken as when its record begins, {starts(row)}"
    return replace(found, certainty="uncertain", reason=f"{said}: {found.reason}" if found.reason else said)


def _in_exceptional_times(world: World, area_a: str, area_b: str) -> Pass | None:
    """Shut and unsure: a war or an embargo names the pair on the day, and no dated row speaks of the post."""
    named = world.memo.get(("unsure pairs",))
    if named is None:
        named = world.memo["unsure pairs",] = {
            gate.partition(":")[2]: row
            for row in world.facts.table("exceptional_times").rows
            if holds(row, world.day, world.known_on)
            for gate in row["unsure_pairs"] or ()
        }
    row = named.get(pair_id(area_a, area_b))
    if row is None:
        return None
    return Pass(
        "none",
        certainty="uncertain",
        evidence=(("exceptional_times", row["id"]),),
        reason=f"not known, treated as shut: no dated row of this post for the time of {row['name']}",
        level="pair",
    )


def _general_row(world: World, area_a: str, area_b: str, mode: str, direction: str) -> tuple[Row, str] | None:
    """The row of the pair, else the stricter of the rows of its two areas."""
    found = index(world.facts)
    rows = [row for row in found.pair_status.get(pair_id(area_a, area_b), ()) if _fits(row, mode, direction)]
    row = _latest(rows, world.day, world.known_on)
    if row is not None:
        return row, "pair"
    of_areas = [
        row
        for area in sorted((area_a, area_b))
        for row in [
            _latest(
                [row for row in found.area_status.get(area, ()) if _fits(row, mode, direction)],
                world.day,
                world.known_on,
            )
        ]
        if row is not None
    ]
    if not of_areas:
        return None
    return min(of_areas, key=lambda row: (_OPENNESS[row["freight"]], row["id"])), "area"


def base_pass(world: World, crossing_id: str, mode: str, frm: str, to: str) -> tuple[Pass, Row | None]:
    """What the facts alone say passes, and the dated row that says it."""
    crossing = crossing_row(world, crossing_id)
    direction = f"{frm}>{to}"
    if {frm, to} != {crossing["area_a"], crossing["area_b"]}:
        raise InputError(
            f"the crossing {crossing_id} does not join {frm} and {to}",
            nearest=(f"{crossing['area_a']} and {crossing['area_b']}",),
        )
    here = (("crossings", crossing_id),)
    if mode not in modes_of(crossing):
        return Pass(
            "none", certainty="sure", evidence=here, reason=f"no {mode} at this crossing", level="crossing"
        ), None
    found, own = Pass("all", evidence=here, reason="no row: open", level="none"), None
    general = _general_row(world, crossing["area_a"], crossing["area_b"], mode, direction)
    rows = [row for row in index(world.facts).crossing_status.get(crossing_id, ()) if _fits(row, mode, direction)]
    if rows:
        own, existed = _own_row(rows, world.day, world.known_on)
        if not existed:
            if general is not None and general[0]["freight"] == "none":
                return _from_row(*general), general[0]
            return Pass("none", certainty="sure", evidence=here, reason="not there yet", level="crossing"), None
        if own is not None:
            found = _from_row(own, "crossing")
            if starts(own) <= world.day:
                return found, own
            found = _older_than_the_record(found, own)
    # No own row covers the day. A dated row of the pair does, unless the post was shut even when its record begins.
    if general is not None:
        if own is None or _OPENNESS[general[0]["freight"]] < _OPENNESS[found.freight]:
            return _from_row(*general), general[0]
        return found, own
    if found.freight != "none":
        unsure = _in_exceptional_times(world, crossing["area_a"], crossing["area_b"])
        if unsure is not None:
            return unsure, None
    return found, own


def crossing_row(world: World, crossing_id: str) -> Row:
    """The row of a crossing; an unknown id is an InputError with the nearest ones."""
    table = world.facts.table("crossings").by_id
    if crossing_id not in table:
        raise InputError(f"no crossing with the id {crossing_id!r}", nearest=nearest(crossing_id, table))
    return table[crossing_id]


def _season_binds(world: World, row: Row | None) -> bool:
    """A dated row that is itself about one season beats the closed season of the table; a standing row does not."""
    if row is None or row["subject_kind"] != "crossing":
        return True
    last = ends(row, world.known_on)
    return last == date.max or (last - starts(row)).days > value(world.facts, "dated_row_beats_season_days")


def crossing_state(world: World, crossing_id: str, mode: str, frm: str, to: str) -> Pass:
    """What passes a crossing on the day of the world, by one mode in one direction.

    Parameters
    ----------
    world
        The world.
    crossing_id
        Id of a row of `crossings`.
    mode
        "road" or "rail".
    frm, to
        Codes of the areas left and entered.

    Returns
    -------
    Pass
        Freight, cargo, carriers and persons, with the rows that say so.

    Examples
    --------
    >>> from landbridge.world import World
    >>> crossing_state(World.at("2026-01-15"), "AFG-PAK-torkham", "road", "PAK", "AFG").freight
    'none'
    """
    # Asked for every crossing by every question; what no event touches is the same in all worlds of the day.
    memo = world.memo if crossing_id in touched(world) else memo_of_blocs(world)
    key = ("crossing", crossing_id, mode, f"{frm}>{to}")
    state: Pass | None = memo.get(key)
    if state is None:
        state = memo[key] = _crossing_state(world, crossing_id, mode, frm, to)
    return state


def touched(world: World) -> frozenset[str]:
    """The crossings that events of the world's scenarios speak of."""
    found: frozenset[str] | None = world.memo.get(("touched crossings",))
    if found is None:
        found = frozenset(key[2] for key in world.effects if key[1:2] == ("crossing",))
        world.memo["touched crossings",] = found
    return found


def _crossing_state(world: World, crossing_id: str, mode: str, frm: str, to: str) -> Pass:
    base, row = base_pass(world, crossing_id, mode, frm, to)
    direction = f"{frm}>{to}"
    effects = world.effects
    status = effects.get(("status", "crossing", crossing_id, mode, direction))
    freight, cargo_note, carriers, level = base.freight, base.cargo_note, base.carriers, base.level
    certainty, reason, evidence = base.certainty, base.reason, base.evidence
    hours = var = closed = 0.0
    closed_by: Evidences = ()
    if status is not None:
        freight, cargo_note = status.value["freight"], status.value["cargo_note"]
        carriers, level, certainty = status.value["carriers"], "event", "sure"
        reason, evidence = status.note, (*status.evidence, *base.evidence)
    if freight != "none" and not (status is not None and status.value["all_year"]):
        season = season_effects(world, "crossing", crossing_id, mode)
        hours, var = season.slow_hours, season.slow_var_h2
        if _season_binds(world, row if status is None else None):
            closed, closed_by = season.closed_probability, season.evidence
        evidence += season.evidence
        if closed >= 1.0:
            freight, reason, closed = "none", "closed season", 1.0
    added = added_by(effects, "crossing", crossing_id, mode, direction)
    evidence = (*added.evidence, *evidence)
    if added.closed_share > closed:
        closed, closed_by = added.closed_share, added.closed_by
    if freight != "none" and added.shuts:
        freight, certainty, reason, level = "none", "sure", added.reason, "event"
    return Pass(
        freight=freight,
        cargo_note=cargo_note,
        carriers=carriers,
        persons=base.persons,
        certainty=certainty,
        evidence=evidence,
        extra_hours=hours + added.hours,
        extra_var_h2=var + added.var_h2,
        fee_usd=added.fee_usd,
        fee_unit=added.fee_unit,
        closed_probability=closed,
        closed_by=closed_by,
        capacity_share=added.share,
        reason=reason,
        level=level,
    )
