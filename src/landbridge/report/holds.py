"""What holds in a world, as rows to show: crossings, passages, ferries, projects, pipes, corridors, measures ..."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from landbridge.errors import InputError, nearest
from landbridge.world.sayings import said_on

if TYPE_CHECKING:
    from landbridge.facts import Row
    from landbridge.world import World

Rows = Iterator[dict[str, Any]]


def rows(world: World, what: str, only: str | None = None) -> list[dict[str, Any]]:
    """What holds on the day of a world.

    Parameters
    ----------
    what
        One of `SUBJECTS`.
    only
        An id or a part of one, an area code or a part of a name; None shows all.

    Examples
    --------
    >>> from landbridge.world import World
    >>> [row["state"] for row in rows(World.at("2023-06-01"), "passages", "suez")]
    ['open']
    """
    if what not in SUBJECTS:
        raise InputError(f"nothing called '{what}' to show", nearest=nearest(what, SUBJECTS) or tuple(SUBJECTS))
    found = list(SUBJECTS[what](world))
    if only is None:
        return found
    kept = [row for row in found if _matches(row, only)]
    if not kept:
        known = [str(row["id"]) for row in found]
        raise InputError(f"no {what} with the id, area or name '{only}'", nearest=nearest(only, known))
    return kept


def columns(found: list[dict[str, Any]]) -> list[str]:
    """The columns of rows, without those that are empty in all of them.

    Examples
    --------
    >>> columns([{"id": "a", "note": ""}, {"id": "b", "note": None}])
    ['id']
    """
    names = dict.fromkeys(name for row in found for name in row)
    return [name for name in names if any(row.get(name) not in (None, "", ()) for row in found)]


def counts(world: World) -> list[dict[str, Any]]:
    """How many subjects of each kind there are, by state."""
    out = []
    for what in SUBJECTS:
        tally: dict[str, int] = {}
        for row in SUBJECTS[what](world):
            state = str(row.get("state") or "in force")
            tally[state] = tally.get(state, 0) + 1
        told = ", ".join(f"{n} {state}" for state, n in sorted(tally.items()))
        out.append({"what": what, "count": sum(tally.values()), "by state": told})
    return out


def _matches(row: Mapping[str, Any], only: str) -> bool:
    word = only.casefold()
    if word in str(row["id"]).casefold() or word == str(row.get("bloc") or "").casefold():
        return True
    areas = row.get("areas") or ()
    if only.upper() in ((areas,) if isinstance(areas, str) else areas):
        return True
    return word in str(row.get("name") or "").casefold()


def _crossings(world: World) -> Rows:
    from landbridge.world import crossing_state

    for row in world.facts.table("crossings").rows:
        for mode in row["modes"] or ():
            ways = ((row["area_a"], row["area_b"]), (row["area_b"], row["area_a"]))
            states = [crossing_state(world, row["id"], mode, start, end) for start, end in ways]
            alike = states[0] == states[1]
            for (start, end), state in list(zip(ways, states, strict=True))[: 1 if alike else 2]:
                yield {
                    "id": row["id"],
                    "name": f"{row['name_a']} – {row['name_b']}",
                    "areas": (start, end),
                    "direction": "both" if alike else f"{start}>{end}",
                    "mode": mode,
                    "state": {"all": "open", "none": "closed"}.get(state.freight, state.freight),
                    "persons": state.persons,
                    "carriers": None if state.carriers == "all" else state.carriers,
                    "certainty": state.certainty,
                    "extra_h": state.extra_hours or None,
                    "fee_usd": state.fee_usd or None,
                    "note": said_on(state.cargo_note or state.reason, world.day),
                    "rests_on": _keys(state.evidence),
                }


def _stated(table: str, function: str, name: Callable[[Row], str], areas: Callable[[Row], Any]) -> Any:
    def found(world: World) -> Rows:
        import landbridge.world as room

        state_of = getattr(room, function)
        for row in world.facts.table(table).rows:
            state = state_of(world, row["id"])
            yield {
                "id": row["id"],
                "name": name(row),
                "areas": areas(row),
                "mode": row.get("mode"),
                "state": state.open,
                "certainty": state.certainty,
                "extra_h": state.slow_hours or None,
                "shut_share": state.closed_probability or None,
                "payload_share": state.draft_payload_share,
                "fee_usd": state.fee_usd or None,
                "note": said_on(state.reason, world.day),
                "rests_on": _keys(state.evidence),
            }

    return found


def _corridors(world: World) -> Rows:
    for row in world.facts.table("corridors").rows:
        yield {
            "id": row["id"],
            "corridor": row["corridor_id"],
            "name": row["name"],
            "areas": row["areas"],
            "modes": row["mode_chain"],
            "gates": row["gates"],
            "history": row["status_by_date"],
            "note": row["note"],
            "rests_on": (f"corridors/{row['id']}",),
        }


def _dated(table: str, shown: Mapping[str, str]) -> Any:
    def found(world: World) -> Rows:
        from landbridge.world.intervals import holds

        for row in world.facts.table(table).rows:
            if holds(row, world.day, world.known_on):
                values = {name: row.get(column) for name, column in shown.items()}
                yield {"id": row["id"], **values, "rests_on": (f"{table}/{row['id']}",)}

    return found


def _memberships(world: World) -> Rows:
    """Blocs with their members, and who stands to them otherwise; of those who were asked or named, by whom."""
    from landbridge.politics.grouping import find
    from landbridge.politics.membership import OUTSIDE, standings_of
    from landbridge.world import members

    for row in world.facts.table("blocs").rows:
        inside = members(world, row["id"])
        others = [one for one in standings_of(world, find(world.facts, row["id"])) if one.status != "member"]
        if inside or others:
            yield {
                "id": row["id"],
                "name": row.get("name"),
                "areas": tuple(sorted(inside)),
                "others": tuple(f"{one.area} {one.status}" for one in others),
                "note": "; ".join(dict.fromkeys(one.note for one in others if one.status in OUTSIDE and one.note)),
                "rests_on": (f"blocs/{row['id']}",),
            }


def _pipes(world: World) -> Rows:
    """Points of pipes and terminals: those open on the day with their capacity, and those shut that were open once."""
    from landbridge.errors import DateError
    from landbridge.world import pipe_states
    from landbridge.world.fuels import COMMODITIES, area_of
    from landbridge.world.pipe_facts import points

    for commodity in COMMODITIES:
        try:
            now = pipe_states(world, [world.day], commodity=commodity)
        except DateError:
            continue
        known, day = points(world.facts, commodity, world.known_on), world.day.toordinal()
        ever = {key for key, one in known.items() if any(p.undisturbed and p.start <= day for p in one.capacities)}
        for number, point in enumerate(now.points):
            capacity = float(now.capacity[number, 0])
            if capacity > 0.0 or point in ever:
                ends = now.from_zones[number], now.to_zones[number]
                yield {
                    "id": point,
                    "name": now.pipelines[number] or point,
                    "areas": tuple(dict.fromkeys(area_of(world.facts, end, commodity) for end in ends)),
                    "commodity": commodity,
                    "direction": ">".join(ends),
                    "kind": now.kinds[number],
                    "state": "open" if capacity > 0.0 else "closed",
                    "capacity": capacity,
                    "unit": "mcm/d" if commodity == "gas" else "kb/d",
                    "rests_on": _keys(now.evidence[number]),
                }


def _keys(evidence: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{table}/{key}" for table, key in evidence))


def _word(row: Row, *names: str) -> str:
    return " – ".join(str(row[name]) for name in names if row.get(name))


SUBJECTS: Final[Mapping[str, Callable[[World], Rows]]] = {
    "crossings": _crossings,
    "passages": _stated("passages", "passage_state", lambda row: row["name"], lambda row: row["areas"]),
    "ferries": _stated(
        "ferries", "ferry_state", lambda row: _word(row, "port_a", "port_b"), lambda row: (row["area_a"], row["area_b"])
    ),
    "ports": _stated("ports", "port_state", lambda row: row["name"], lambda row: (row["area"],)),
    "projects": _stated("projects", "project_state", lambda row: row["name"], lambda row: None),
    "pipes": _pipes,
    "corridors": _corridors,
    "measures": _dated(
        "measures",
        {"imposers": "imposer_codes", "targets": "target_codes", "name": "kind", "goods_modes": "goods_modes",
         "from": "from", "to": "to", "note": "effect", "doubt": "doubt"},
    ),
    "policies": _dated(
        "carrier_policies",
        {"class": "class", "name": "what", "subjects": "subjects", "from": "from", "to": "to",
         "share_avoiding": "share_avoiding", "note": "note", "doubt": "doubt"},
    ),
    "memberships": _memberships,
}  # fmt: skip
"""What can be shown, and how its rows are found."""
