"""The state of passages, ports, ferries, projects and lines on the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from landbridge.errors import InputError, nearest
from landbridge.facts import Row
from landbridge.world.added import added_by
from landbridge.world.index import Grouped, index
from landbridge.world.intervals import holds, known, starts
from landbridge.world.membership import memo_of_blocs
from landbridge.world.parameters import value
from landbridge.world.seasons import season_effects
from landbridge.world.types import Evidences, Openness, State

if TYPE_CHECKING:
    from landbridge.world.world import World

OPENNESS: Mapping[str, Openness] = {
    "open": "open",
    "operational": "open",
    "restricted": "restricted",
    "limited": "restricted",
    "closed": "closed",
    "defunct": "closed",
    "destroyed": "closed",
    "abandoned": "closed",
    "occupied": "closed",
    "suspended": "closed",
    "planned": "planned",
    "proposed": "planned",
    "stalled": "planned",
    "under construction": "planned",
}
"""What a status word of the tables means for a user of the thing."""

SEASON_OF: Mapping[str, str] = {"line": "pass"}
"""The kind of subject that seasons name a thing by where it is not its own: a line over a pass has the name of it."""


def _row(world: World, table: str, key: str, word: str) -> Row:
    rows = world.facts.table(table).by_id
    if key not in rows:
        raise InputError(f"no {word} with the id {key!r}", nearest=nearest(key, rows))
    return rows[key]


def _dated(world: World, grouped: Grouped, key: str) -> tuple[Row | None, Row | None]:
    """The dated row of the day, and the first row when the day lies before it."""
    rows = grouped.get(key, ())
    active = [row for row in rows if holds(row, world.day, world.known_on)]
    if active:
        return max(active, key=lambda row: (starts(row), row["id"])), None
    seen = [row for row in rows if known(row, world.known_on)] or list(rows)
    if seen:
        first = min(seen, key=lambda row: (starts(row), row["id"]))
        if world.day < starts(first):
            return None, first
    return None, None


def _finish(world: World, kind: str, key: str, base: State, mode: str | None = None) -> State:
    """Add the season and the scenario's events to what the dated rows say."""
    effects = world.effects
    status = effects.get(("status", kind, key))
    openness, certainty, reason, evidence = base.open, base.certainty, base.reason, base.evidence
    classes: tuple[str, ...] = ()
    all_year = False
    if status is not None:
        opens = status.value["open"] == "open"
        classes = () if opens else tuple(status.value["carrier_classes"])
        all_year = status.value["all_year"]
        evidence, reason = (*status.evidence, *evidence), status.note
        if not classes:
            openness, certainty = status.value["open"], "sure"
    hours, var, closed = base.slow_hours, base.slow_var_h2, 0.0
    closed_by: Evidences = ()
    draft_share, draft_m = base.draft_payload_share, base.draft_m
    if openness in ("open", "restricted") and not all_year:
        season = season_effects(world, SEASON_OF.get(kind, kind), key, mode)
        hours += season.slow_hours
        var += season.slow_var_h2
        closed, closed_by = season.closed_probability, season.evidence
        draft_share = season.draft_payload_share if draft_share is None else draft_share
        draft_m = season.draft_m if draft_m is None else draft_m
        evidence += season.evidence
        if closed >= 1.0:
            openness, reason = "closed", "closed season"
    added = added_by(effects, kind, key)
    evidence = (*added.evidence, *evidence)
    if added.closed_share > closed:
        closed, closed_by = added.closed_share, added.closed_by
    if openness in ("open", "restricted") and added.shuts:
        openness, certainty, reason = "closed", "sure", added.reason
    return State(
        open=openness,
        certainty=certainty,
        slow_hours=hours + added.hours,
        slow_var_h2=var + added.var_h2,
        closed_probability=closed,
        closed_by=closed_by,
        draft_payload_share=draft_share,
        draft_m=draft_m,
        fee_usd=base.fee_usd + added.fee_usd,
        fee_unit=added.fee_unit,
        capacity_share=added.share,
        carrier_classes=classes,
        reason=reason,
        evidence=evidence,
    )


def _of_row(table: str, row: Row) -> State:
    return State(
        open=OPENNESS[row["status"]],
        certainty=row.get("certainty") or ("uncertain" if row["grade"] == "D" else "sure"),
        slow_hours=row.get("extra_hours") or 0.0,
        slow_var_h2=(row.get("extra_hours_sd") or 0.0) ** 2,
        reason=row["note"] or "",
        evidence=((table, row["id"]),),
    )


def _memo_of(world: World, kind: str, key: str) -> dict[Any, Any]:
    """Where the state of a thing is kept: what no event names is the same in all worlds of the day."""
    named: frozenset[tuple[str, ...]] | None = world.memo.get(("named things",))
    if named is None:
        named = world.memo["named things",] = frozenset(one[1:3] for one in world.effects)
    # A ferry hangs on its ports as well.
    return world.memo if kind == "ferry" or (kind, key) in named else memo_of_blocs(world)


def _memo(world: World, kind: str, key: str) -> State | None:
    return _memo_of(world, kind, key).get((kind, key))


def _keep(world: World, kind: str, key: str, state: State) -> State:
    _memo_of(world, kind, key)[kind, key] = state
    return state


def passage_base(world: World, passage_id: str) -> State:
    """What the facts alone say of a strait, canal or sea route; without a dated row it is open."""
    _row(world, "passages", passage_id, "passage")
    row, _ = _dated(world, index(world.facts).passage_status, passage_id)
    if row is not None:
        return _of_row("passage_status", row)
    return State("open", certainty="sure", evidence=(("passages", passage_id),))


def passage_state(world: World, passage_id: str) -> State:
    """The state of a strait, canal or sea route.

    Examples
    --------
    >>> from landbridge.world import World
    >>> passage_state(World.at("2021-03-25"), "suez").open, passage_state(World.at("2021-04-05"), "suez").open
    ('closed', 'open')
    """
    found = _memo(world, "passage", passage_id)
    return found or _keep(
        world, "passage", passage_id, _finish(world, "passage", passage_id, passage_base(world, passage_id))
    )


def port_base(world: World, port_id: str) -> State:
    """What the facts alone say of a port; without a dated row it is open."""
    _row(world, "ports", port_id, "port")
    row, before = _dated(world, index(world.facts).port_status, port_id)
    if row is not None:
        return _of_row("port_status", row)
    if before is not None and OPENNESS[before["status"]] == "planned":
        return _of_row("port_status", before)
    return State("open", certainty="sure", evidence=(("ports", port_id),))


def port_state(world: World, port_id: str) -> State:
    """The state of a port.

    Examples
    --------
    >>> from landbridge.world import World
    >>> port_state(World.at("2022-06-01"), "odesa").open
    'closed'
    """
    found = _memo(world, "port", port_id)
    return found or _keep(world, "port", port_id, _finish(world, "port", port_id, port_base(world, port_id)))


def ferry_base(world: World, ferry_id: str) -> State:
    """What the facts alone say of a ferry line."""
    line = _row(world, "ferries", ferry_id, "ferry line")
    row, before = _dated(world, index(world.facts).ferry_status, ferry_id)
    if row is not None:
        return _of_row("ferry_status", row)
    if before is not None:
        # The record begins in one year for every line that already ran; a later first row is a start of service.
        if starts(before).year == value(world.facts, "ferry_record_first_year"):
            return State(
                OPENNESS[before["status"]],
                certainty="uncertain",
                reason="before the record of this line begins",
                evidence=(("ferry_status", before["id"]),),
            )
        return State("planned", reason="not running yet", evidence=(("ferry_status", before["id"]),))
    return State(OPENNESS[line["status"]], certainty="uncertain", evidence=(("ferries", ferry_id),))


def ferry_state(world: World, ferry_id: str) -> State:
    """The state of a ferry line.

    Examples
    --------
    >>> from landbridge.world import World
    >>> ferry_state(World.at("2023-06-01"), "alat-aktau").usable
    True
    """
    found = _memo(world, "ferry", ferry_id)
    if found is None:
        found = _berthed(world, ferry_id, _finish(world, "ferry", ferry_id, ferry_base(world, ferry_id), "sea"))
        _keep(world, "ferry", ferry_id, found)
    return found


def _berthed(world: World, ferry_id: str, state: State) -> State:
    """A ferry runs only between ports that are open."""
    line, ports = world.facts.table("ferries").by_id[ferry_id], world.facts.table("ports").by_id
    for port in (line["port_a_id"], line["port_b_id"]):
        berth = port_state(world, port) if port in ports else None
        if state.usable and berth is not None and not berth.usable:
            return replace(
                state, open=berth.open, certainty=berth.certainty, reason=berth.reason, evidence=berth.evidence
            )
    return state


def project_base(world: World, project_id: str) -> State:
    """What the facts alone say of a project: built and in use, shut, or still planned."""
    project = _row(world, "projects", project_id, "project")
    row, before = _dated(world, index(world.facts).project_status, project_id)
    if row is not None:
        return _of_row("project_status", row)
    if before is not None:
        # A first row that says "shut for rebuilding" speaks of a line that ran before.
        ran = before["status"] == "closed"
        return State(
            "open" if ran else "planned",
            certainty="uncertain" if ran else "sure",
            reason="before the first dated row",
            evidence=(("project_status", before["id"]),),
        )
    return State(OPENNESS[project["status"]], certainty="uncertain", evidence=(("projects", project_id),))


def project_id(world: World, name: str) -> str:
    """The id of a project from an id or another name that the table `project_aliases` knows.

    Examples
    --------
    >>> from landbridge.world import World
    >>> project_id(World.at("2024-01-01"), "tripp")
    'tripp-meghri'
    """
    alias = world.facts.table("project_aliases").by_id.get(name)
    return alias["project"] if alias is not None else name


def project_state(world: World, name: str) -> State:
    """The state of a project; only `open` and `restricted` ones can be used.

    Examples
    --------
    >>> from landbridge.world import World
    >>> project_state(World.at("2024-01-01"), "rasht-astara").open
    'planned'
    """
    key = project_id(world, name)
    found = _memo(world, "project", key)
    return found or _keep(world, "project", key, _finish(world, "project", key, project_base(world, key)))


def line_base(world: World, line_id: str) -> State:
    """What the facts alone say of a line: a dated row of `line_status`, else the standing status of the line."""
    row, before = _dated(world, index(world.facts).line_status, line_id)
    if row is not None:
        return _of_row("line_status", row)
    if before is not None:
        return State("planned", reason="before the first dated row", evidence=(("line_status", before["id"]),))
    line = _row(world, "lines", line_id, "line")
    opened, closed = line["opened"], line["closed"]
    if opened is not None and world.day < opened.first:
        return State("planned", reason="not opened yet", evidence=(("lines", line_id),))
    if closed is not None and world.day < closed.first:
        return State("open", certainty="uncertain", evidence=(("lines", line_id),))
    return State(OPENNESS[line["status"]], certainty="uncertain", evidence=(("lines", line_id),))


def line_state(world: World, line_id: str) -> State:
    """The state of a railway or road line that is not always there.

    Examples
    --------
    >>> from landbridge.world import World
    >>> line_state(World.at("2021-12-15"), "arm-goris-kapan-old").open
    'closed'
    """
    found = _memo(world, "line", line_id)
    return found or _keep(world, "line", line_id, _finish(world, "line", line_id, line_base(world, line_id)))
