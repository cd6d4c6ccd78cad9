"""Who belongs to a grouping on a day and how, who sits in which others too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from landbridge.facts.notes import sentences
from landbridge.politics.grouping import Grouping
from landbridge.world.index import index
from landbridge.world.intervals import ends, holds, starts
from landbridge.world.membership import area_set, standings
from landbridge.world.sayings import said_on

if TYPE_CHECKING:
    from landbridge.facts import Facts, Row
    from landbridge.world import World

Evidences = tuple[tuple[str, str], ...]
BOUND: Final = ("member", "frozen", "party")
"""Kinds of standing in which the texts of a grouping bind an area."""
OUTSIDE: Final = ("applied", "invited", "declined", "proposed")
"""Kinds of standing of areas that asked, were asked or were named; the note says who did so and when."""
ORDER: Final = ("member", "party", "frozen", "suspended", "candidate", *OUTSIDE, "partner", "observer", "named")
_NOUNS: Final = frozenset(("member", "candidate", "partner", "observer"))


@dataclass(frozen=True, slots=True)
class Standing:
    """How an area stands to a grouping on a day.

    Attributes
    ----------
    status
        member, frozen, suspended, candidate, partner, observer; applied, invited, declined, proposed for a body that
        has not come about; party to an agreement or format; named in an idea. `columns.csv` defines those of blocs.
    since, since_precision
        First day in this status; None where not known, or where a scenario says so; whether the day, the month or the
        year of it is known.
    pair_with
        The other area, when only the relations with it are suspended.
    by_scenario
        Whether a scenario says so.
    """

    area: str
    status: str
    since: date | None
    pair_with: str | None = None
    by_scenario: bool = False
    grade: str = "D"
    note: str = ""
    evidence: Evidences = ()
    since_precision: str = ""

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "area": self.area,
            "status": self.status,
            "since": None if self.since is None else self.since.isoformat(),
            "since_precision": self.since_precision,
            "pair_with": self.pair_with,
            "by_scenario": self.by_scenario,
            "grade": self.grade,
            "note": self.note,
        }


def standings_of(world: World, grouping: Grouping) -> tuple[Standing, ...]:
    """How every area stands to a grouping on the day: members first, then by status and code.

    Examples
    --------
    >>> from landbridge.politics.grouping import find
    >>> from landbridge.world import World
    >>> world = World.at("2024-06-01")
    >>> told = standings_of(world, find(world.facts, "CSTO"))
    >>> [(one.area, one.status, str(one.since)) for one in told if one.status == "frozen"]
    [('ARM', 'frozen', '2024-02-22')]
    """
    found = _of_bloc(world, grouping.id) if grouping.kind == "bloc" else _of_parties(world, grouping)
    return tuple(sorted(found, key=lambda one: (ORDER.index(one.status), one.area, one.pair_with or "")))


def _of_bloc(world: World, bloc: str) -> list[Standing]:
    now = standings(world, bloc)
    rows = [row for row in index(world.facts).memberships.get(bloc, ()) if holds(row, world.day, world.known_on)]
    found = []
    told = set()
    for row in rows:
        area, status = row["area"], row["status"]
        # What a scenario says of members and frozen members beats the row; other standings stay unless it lets them in.
        if row["pair_with"] is None and (status in BOUND or area in now) and now.get(area) != status:
            continue
        if row["pair_with"] is not None and area not in now:
            continue
        told.add(area if row["pair_with"] is None else None)
        found.append(_of_row(world, row))
    for area, status in now.items():
        if area not in told:
            effect = world.effects[("member", bloc, area)]
            found.append(Standing(area, status, None, by_scenario=True, note=effect.note, evidence=effect.evidence))
    return found


def _of_row(world: World, row: Row) -> Standing:
    since = None if row["from"] is None else row["from"].first
    told = (said_on(row[name], world.day) for name in ("note", "doubt"))
    note = "; ".join(dict.fromkeys(sentence for text in told for sentence in sentences(text)))
    return Standing(row["area"], row["status"], since, row["pair_with"], False, row["grade"], note,
                    (("memberships", row["id"]),), "" if since is None else row["from"].precision)  # fmt: skip


def _of_parties(world: World, grouping: Grouping) -> list[Standing]:
    """Parties of an agreement or format; nobody before it began and after it ended."""
    if not alive(world, grouping):
        return []
    row = world.facts.row(grouping.table, grouping.id)
    status = "named" if grouping.form == "idea" else "party"
    tokens = row["areas"] if grouping.kind == "format" else row["party_codes"]
    evidence = ((grouping.table, grouping.id),)
    known = world.facts.table("areas").by_id
    first = row["from"] if grouping.kind == "format" else row["in_force"] or row["signed"]
    precision = "" if first is None else first.precision
    found: dict[str, Standing] = {}
    for token in tokens or ():
        if token.startswith("bloc:"):
            inside = [one for one in _of_bloc(world, token.removeprefix("bloc:")) if one.status in BOUND]
            found |= {one.area: _as_party(one, grouping, row, precision) for one in inside if one.pair_with is None}
            continue
        # Who is a party as a member of a group became one when it joined the group, which the text does not tell.
        since, exact = (grouping.since, precision) if token in known else (None, "")
        for area in area_set(world, token):
            if area in known and (area not in found or token == area):
                found[area] = Standing(area, status, since, grade=row["grade"], evidence=evidence,
                                       since_precision=exact)  # fmt: skip
    observers = (row["observers"] or ()) if grouping.kind == "format" else ()
    return [*found.values(), *(Standing(area, "observer", None, grade=row["grade"], evidence=evidence)
                               for area in observers)]  # fmt: skip


def _as_party(one: Standing, grouping: Grouping, row: Row, precision: str) -> Standing:
    """A member of a bloc as a party of its text: since the later of both days."""
    of_text = one.since is None or (grouping.since is not None and grouping.since >= one.since)
    return replace(
        one,
        status="party",
        since=grouping.since if of_text else one.since,
        since_precision=precision if of_text else one.since_precision,
        grade=max(one.grade, row["grade"]),
        note="",
        evidence=((grouping.table, grouping.id), *one.evidence),
    )


def alive(world: World, grouping: Grouping) -> bool:
    """Whether a grouping is there on the day, by its founding and end."""
    begun = grouping.since is None or grouping.since <= world.day
    return begun and (grouping.until is None or world.day < grouping.until)


def bound(standings: tuple[Standing, ...]) -> tuple[str, ...]:
    """Areas that the texts bind: members, frozen members, parties.

    Examples
    --------
    >>> bound((Standing("SRB", "observer", None), Standing("ARM", "frozen", None)))
    ('ARM',)
    """
    return tuple(dict.fromkeys(one.area for one in standings if one.status in BOUND and one.pair_with is None))


def counted(status: str, number: int) -> str:
    """So many areas of one standing, in words.

    Examples
    --------
    >>> counted("observer", 2), counted("party", 2), counted("proposed", 8)
    ('2 observers', '2 parties', '8 proposed')
    """
    word = "parties" if status == "party" else f"{status}s" if status in _NOUNS else status
    return f"{number} {status if number == 1 else word}"


def whole(facts: Facts) -> tuple[Row, ...]:
    """The blocs of which all members that are areas are listed.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> found = {row["id"] for row in whole(load())}
    >>> "osce" in found, "bri" in found
    (True, False)
    """
    return tuple(row for row in facts.table("blocs").rows if row["unlisted"] is None)


@dataclass(frozen=True, slots=True)
class Overlap:
    """A bloc that areas of a grouping sit in too."""

    bloc: str
    kind: str
    areas: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {"bloc": self.bloc, "kind": self.kind, "areas": list(self.areas)}


def overlaps(world: World, areas: tuple[str, ...], but: str = "") -> tuple[Overlap, ...]:
    """Blocs in which at least one of the areas is a member or frozen member, those with most of them first.

    A bloc whose list of members is not whole is left out: it would tell of some what holds for others too.

    Examples
    --------
    >>> from landbridge.world import World
    >>> found = {one.bloc: one.areas for one in overlaps(World.at("2022-05-16"), ("ARM", "KAZ"), but="csto")}
    >>> found["pfp"], found["ots"]
    (('ARM', 'KAZ'), ('KAZ',))
    """
    found = []
    for row in whole(world.facts):
        inside = standings(world, row["id"])
        shared = tuple(area for area in areas if area in inside)
        if shared and row["id"] != but:
            found.append(Overlap(row["id"], row["kind"], shared))
    return tuple(sorted(found, key=lambda one: (-len(one.areas), one.bloc)))


def history(world: World, grouping: Grouping) -> tuple[dict[str, Any], ...]:
    """Every status that the tables tell of, up to the day, for a timeline; scenarios are not in it."""
    if grouping.kind != "bloc":
        return ()
    rows = index(world.facts).memberships.get(grouping.id, ())
    told = [row for row in rows if starts(row) <= world.day]
    return tuple(
        {
            "area": row["area"],
            "status": row["status"],
            "from": None if row["from"] is None else str(row["from"]),
            "to": str(row["to"]) if row["to"] is not None and ends(row, world.known_on) <= world.day else None,
            "pair_with": row["pair_with"],
        }
        for row in sorted(told, key=lambda row: (starts(row), row["area"], row["status"]))
    )
