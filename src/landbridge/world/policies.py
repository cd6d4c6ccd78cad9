"""What carriers decide for themselves: who avoids which sea, what insurers ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from landbridge.facts import Row
from landbridge.world.collect import Findings
from landbridge.world.index import index
from landbridge.world.intervals import holds, starts
from landbridge.world.membership import areas_of
from landbridge.world.parameters import value
from landbridge.world.trip import Note, Refusal, Trip, WarRisk

if TYPE_CHECKING:
    from landbridge.world.world import World

CONTAINER = ("mainline container", "regional container")
_NOT_AT_SEA = frozenset(("bank", "insurer", "airline", "rail forwarder"))


def _active(world: World) -> tuple[Row, ...]:
    known = world.memo.get(("policies",))
    if known is None:
        rows = world.facts.table("carrier_policies").rows
        known = world.memo[("policies",)] = tuple(row for row in rows if holds(row, world.day, world.known_on))
    return known


def verdict(world: World, rows: Iterable[Row]) -> tuple[float, Row] | None:
    """The share of a class that avoids a subject, and the row to cite.

    A row of the whole class speaks for it (the latest one); else several named carriers do, by their mean; fewer do
    not speak for the class.
    """
    rows = [row for row in rows if row["share_avoiding"] is not None]
    whole = [row for row in rows if row["carrier"].startswith("all")]
    if whole:
        row = max(whole, key=lambda row: (starts(row), row["id"]))
        return row["share_avoiding"], row
    if len(rows) < value(world.facts, "policy_min_carriers"):
        return None
    row = max(rows, key=lambda row: (row["share_avoiding"], row["id"]))
    return sum(row["share_avoiding"] for row in rows) / len(rows), row


def _speaks(world: World, rows: Iterable[Row], trip: Trip) -> tuple[float, Row] | None:
    """The share that avoids a subject among those who may carry the shipment, and the row to cite.

    With a carrier's state given, the firms of that state speak for themselves; where none of them is known the class
    does.
    """
    rows = list(rows)
    own = [row for row in rows if trip.carriers in areas_of(world, row["states"]) and row["share_avoiding"] is not None]
    if trip.carriers is None or not own:
        return verdict(world, rows)
    row = max(own, key=lambda row: (starts(row), row["id"]))
    return row["share_avoiding"], row


def _by_subject(
    world: World, classes: Iterable[str], ends: Collection[str | None] = ()
) -> dict[tuple[str, str], list[Row]]:
    """The rows of some classes by what they avoid, without those that do not speak of a trade between some ends.

    A row on an area or port speaks of the trade of that area itself, unless it leaves the area out by name.
    """
    found: dict[tuple[str, str], list[Row]] = {}
    for row in _active(world):
        if row["class"] not in classes:
            continue
        spared = areas_of(world, row["spares"])
        for subject in row["subjects"] or ():
            kind, _, key = subject.partition(":")
            if spared.isdisjoint(ends) or _own(world, kind, key) in set(ends) - spared:
                found.setdefault((kind, key), []).append(row)
    return found


def _own(world: World, kind: str, key: str) -> str:
    """The area whose own trade goes by a subject; none has a passage."""
    if kind == "port":
        return str(world.facts.row("ports", key)["area"])
    return key if kind == "area" else ""


def _refusal(row: Row, kind: str, key: str) -> Refusal:
    certainty = "certain" if row["grade"] in ("A", "B") else "probable"
    return Refusal(
        "policy", "carrier_policies", row["id"], kind, key, ("sea",), certainty, (row["carrier"],), row["what"] or ""
    )


def _note(world: World, row: Row, kind: str, key: str) -> Note:
    modes: tuple[str, ...] = () if row["class"] in _NOT_AT_SEA else ("sea", "river")
    areas: set[str] = {key} if kind in ("area", "airspace") else set()
    ends: tuple[frozenset[str], ...] = ()
    if kind == "corridor":
        branches = [one["areas"] for one in world.facts.table("corridors").where(corridor_id=key) if one["areas"]]
        areas = {area for branch in branches for area in branch}
        # Who sends by it sends from end to end: what passes a part of it alone is not meant.
        ends = tuple(frozenset(branch[side] for branch in branches) for side in (0, -1))
        modes = ("rail",)
    gates = () if kind in ("area", "airspace", "corridor") else (f"{kind}:{key}",)
    return Note(
        "carrier_policies",
        row["id"],
        "policy",
        "probable",
        (row["carrier"],),
        frozenset(areas),
        gates,
        modes,
        row["what"] or "",
        ends=ends,
    )


def apply_policies(world: World, trip: Trip, found: Findings) -> None:
    """Refuse passages and ports that the class of sea carrier avoids; note the other policies."""
    limit = value(world.facts, "policy_closes_share")
    for (kind, key), rows in sorted(_by_subject(world, (trip.carrier_class,), trip.ends).items()):
        said = _speaks(world, rows, trip)
        if _returns(world, trip.carrier_class, kind, key):
            continue
        if kind == "passage" and said is not None and said[0] >= limit:
            found.passages.setdefault(key, _refusal(said[1], kind, key))
        elif said is not None and said[0] > 0.0:
            found.note(_note(world, said[1], kind, key))
    for where, effect in world.effects.items():
        turned_away = where[0] == "status" and effect.value.get("open") == "restricted"
        if turned_away and trip.carrier_class in effect.value["carrier_classes"]:
            table, row_id = effect.evidence[0]
            refusal = Refusal("event", table, row_id, where[1], where[2], ("sea",), reason=effect.note)
            {"passage": found.passages, "port": found.ports}.get(where[1], {}).setdefault(where[2], refusal)
    _ports(world, trip, found, limit)
    for (kind, key), rows in sorted(_by_subject(world, ("airline",)).items()):
        if kind == "airspace":
            _airspace(world, found, key, rows, limit)
    for (kind, key), rows in sorted(_by_subject(world, ("rail forwarder",)).items()):
        newest = max(rows, key=lambda row: (starts(row), row["id"]))
        if kind == "corridor" and newest["share_avoiding"]:
            found.note(_note(world, newest, kind, key))


def _airspace(world: World, found: Findings, area: str, rows: Iterable[Row], limit: float) -> None:
    """Whose airlines keep out of an airspace: all, or those of the states that a row names."""
    for row in sorted(rows, key=lambda row: (starts(row), row["id"]), reverse=True):
        everyone = ("",) if row["carrier"].startswith("all") else ()
        for owner in everyone or sorted(areas_of(world, row["states"])):
            if (row["share_avoiding"] or 0.0) >= limit and owner != area:
                found.avoided.setdefault((owner, area), row["id"])


def _returns(world: World, carrier_class: str, kind: str, key: str) -> bool:
    """Whether a scenario opens this to a class of carriers that avoided it."""
    effect = world.effects.get(("status", kind, key))
    return effect is not None and effect.value["open"] == "open" and carrier_class in effect.value["carrier_classes"]


def _ports(world: World, trip: Trip, found: Findings, limit: float) -> None:
    """A port is lost only when no class that carries such cargo calls any more: feeders keep it open.

    A carrier that was asked for has no feeders of other states.
    """
    shared = trip.carriers is None and trip.carrier_class in CONTAINER
    classes = CONTAINER if shared else (trip.carrier_class,)
    subjects = _by_subject(world, classes, trip.ends)
    for (kind, key), rows in sorted(subjects.items()):
        if kind not in ("area", "port"):
            continue
        own = [row for row in rows if row["class"] == trip.carrier_class]
        said = _speaks(world, own, trip)
        if said is None or said[0] < limit:
            # Where all ships of the class that call are small ones of near seas, boxes from further off change too.
            near = [row for row in own if row["reach"] and (trip.carriers is None or row["carrier"].startswith("all"))]
            if kind == "port" and near and near == own:
                _fetch(world, trip, found, key, near)
            continue
        ports = _outside_own_seas(world, index(world.facts).ports_of_area.get(key, ())) if kind == "area" else (key,)
        for port in ports:
            if (effect := world.effects.get(("status", "port", port))) is not None and effect.value["open"] == "open":
                continue
            at_port = _calling(subjects.get(("port", port), ()), limit)
            # A row of the port itself is closer than one of the whole area.
            calling = at_port or (_calling(rows, limit) if shared else [])
            if not calling:
                found.ports.setdefault(port, _refusal(said[1], "port", port))
            elif all(row["reach"] and row["class"] != trip.carrier_class for row in calling):
                _fetch(world, trip, found, port, calling)


def _calling(rows: Iterable[Row], limit: float) -> list[Row]:
    """The rows of those who still call."""
    return [row for row in rows if row["share_avoiding"] is not None and row["share_avoiding"] < limit]


def _fetch(world: World, trip: Trip, found: Findings, port: str, calling: Sequence[Row]) -> None:
    """Note by which side boxes of large lines come to a port, or leave it, on a small ship from a hub or to one.

    Ships that still call sail only so far: what comes from an end within their reach, or goes to one, stays on board.
    """
    own = world.facts.row("ports", port)["area"]
    within = {own}.union(*(areas_of(world, row["reach"]) for row in calling))
    for direction, end in (("import", trip.origin_area), ("export", trip.destination_area)):
        if end and end not in within:
            found.fetched.add((port, direction))


def avoided_by_some(world: World, carrier_class: str, ends: Collection[str | None]) -> frozenset[str]:
    """The passages that a class of ships which carries the same cargo between some ends avoids on the day.

    Examples
    --------
    >>> from landbridge.world import World
    >>> sorted(avoided_by_some(World.at("2024-02-01"), "regional container", ("CHN", "DEU")))
    ['bab-el-mandeb', 'nsr', 'panama']
    """
    classes = CONTAINER if carrier_class in CONTAINER else (carrier_class,)
    limit = value(world.facts, "policy_closes_share")
    found: set[str] = set()
    for one in classes:
        for (kind, key), rows in _by_subject(world, (one,), ends).items():
            said = verdict(world, rows)
            if kind == "passage" and said is not None and said[0] >= limit and not _returns(world, one, kind, key):
                found.add(key)
    return frozenset(found)


def _outside_own_seas(world: World, ports: tuple[str, ...]) -> tuple[str, ...]:
    """Ports that ocean lines could call at: not those of a sea with a fleet of its own (the Caspian)."""
    basins = world.facts.table("sea_basins").where(product="river-sea")
    table = world.facts.table("ports").by_id
    return tuple(
        port
        for port in ports
        if not any(
            basin["lat_min"] <= table[port]["lat"] <= basin["lat_max"]
            and basin["lon_min"] <= table[port]["lon"] <= basin["lon_max"]
            for basin in basins
        )
    )


def war_risks(world: World) -> dict[tuple[str, str], WarRisk]:
    """Insurers' premium by passage or port on the day, in percent of the hull's value.

    Examples
    --------
    >>> from landbridge.world import World
    >>> war_risks(World.at("2024-02-01"))[("passage", "bab-el-mandeb")].pct
    0.7
    """
    known = world.memo.get(("war risk",))
    if known is not None:
        return known  # type: ignore[no-any-return]
    found: dict[tuple[str, str], tuple[tuple[object, ...], WarRisk]] = {}
    for row in _active(world):
        pct = row["premium_pct_hull"]
        low, high = row["premium_pct_hull_low"], row["premium_pct_hull_high"]
        if pct is None and low is not None and high is not None:
            pct = (low * high) ** 0.5
        if row["class"] in _NOT_AT_SEA - {"insurer"} or pct is None:
            continue
        risk = WarRisk(
            pct, pct if low is None else low, pct if high is None else high, (("carrier_policies", row["id"]),)
        )
        # A row that names the passage itself is closer than one of a whole sea; then the later start counts.
        rank = (row["subject_kind"] in ("passage", "port"), starts(row), row["id"])
        for subject in row["subjects"] or ():
            kind, _, key = subject.partition(":")
            if (kind, key) not in found or found[(kind, key)][0] < rank:
                found[(kind, key)] = (rank, risk)
    risks = {key: risk for key, (_, risk) in sorted(found.items())}
    world.memo[("war risk",)] = risks
    return risks
