"""The land borders of an area: what passes at each post by road and rail on the day, and what shuts the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal

from landbridge.facts.notes import sentences
from landbridge.studies.country.rows import Evidences, Told
from landbridge.world.crossings import crossing_state, modes_of
from landbridge.world.index import pair_id
from landbridge.world.measures import measures
from landbridge.world.places import resolve
from landbridge.world.sayings import said_on
from landbridge.world.states import line_state

if TYPE_CHECKING:
    from landbridge.facts import Facts, Row
    from landbridge.world import Pass, World

State = Literal["open", "limited", "shut", "not there"]
STATES: Final[tuple[State, ...]] = ("open", "limited", "shut", "not there")
NOT_THERE: Final = "not there yet"


@dataclass(frozen=True, slots=True)
class Post(Told):
    """One mode at one crossing.

    Attributes
    ----------
    state
        open: all freight both ways; limited: some goods, some carriers or one way only; shut; not there: not built.
    out, into
        What freight passes out of the area and into it: all, listed, none.
    sure
        Whether reports agree.
    why
        What the rows say of it; empty when nothing.
    """

    id: str
    name: str
    mode: str
    state: State
    out: str
    into: str
    cargo: str
    carriers: str
    closed_share: float
    sure: bool
    why: str
    lat: float
    lon: float
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Border(Told):
    """The border with one neighbour.

    Attributes
    ----------
    status, de_jure, de_facto
        Of the neighbour: a disputed one is told with both who claims it and who holds it.
    counts
        By mode: number of posts in each state.
    measures
        Rules in force that name the border or one of its posts.
    """

    area: str
    status: str
    de_jure: tuple[str, ...]
    de_facto: tuple[str, ...]
    counts: dict[str, dict[str, int]]
    posts: tuple[Post, ...]
    measures: tuple[str, ...]
    evidence: Evidences

    @property
    def passable(self) -> bool:
        """Whether any freight passes on the day."""
        return any(one.state in ("open", "limited") for one in self.posts)


@lru_cache(maxsize=4)
def _crossings(facts: Facts) -> dict[str, dict[str, tuple[Row, ...]]]:
    """Rows of crossings by area and neighbour, with neighbours that no crossing leads to."""
    found: dict[str, dict[str, list[Row]]] = {}
    for row in facts.table("crossings").rows:
        for area, other in ((row["area_a"], row["area_b"]), (row["area_b"], row["area_a"])):
            found.setdefault(area, {}).setdefault(other, []).append(row)
    known = facts.table("areas").by_id
    for row in facts.table("borders").rows:
        for area, other in ((row["area_a"], row["area_b"]), (row["area_b"], row["area_a"])):
            if area in known and other in known:
                found.setdefault(area, {}).setdefault(other, [])
    return {area: {other: tuple(rows) for other, rows in sides.items()} for area, sides in found.items()}


def borders(world: World, area: str) -> tuple[Border, ...]:
    """Each land border of an area on the day of a world, by the code of the neighbour.

    Examples
    --------
    >>> from landbridge.world import World
    >>> told = {one.area: one for one in borders(World.at("2022-05-16"), "ARM")}
    >>> {name: one.passable for name, one in told.items()}
    {'AZE': True, 'GEO': True, 'IRN': True, 'TUR': False}
    """
    sides = _crossings(world.facts).get(area, {})
    return tuple(_border(world, area, other, sides[other]) for other in sorted(sides))


def posts_on_ground(world: World, area: str) -> tuple[Border, ...]:
    """Posts on the ground of a de facto entity that the tables have under the state it belongs to de jure.

    A post lies there if its position or its name does. Empty for areas that are not disputed.

    Examples
    --------
    >>> from landbridge.world import World
    >>> found = posts_on_ground(World.at("2022-05-16"), "X_ABK")
    >>> [(one.area, sorted(post.mode for post in one.posts)) for one in found]
    [('RUS', ['rail', 'road'])]
    """
    row = world.facts.row("areas", area)
    if row["status"] != "disputed":
        return ()
    found = []
    for state in row["de_jure"] or ():
        for other, rows in sorted(_crossings(world.facts).get(state, {}).items()):
            here = tuple(one for one in rows if _lies_in(world.facts, one, area, row["name"]))
            if here and other != area:
                found.append(_border(world, state, other, here))
    return tuple(found)


def _lies_in(facts: Facts, row: Row, area: str, name: str) -> bool:
    named = any(f"({name})" in row[side] for side in ("name_a", "name_b"))
    return named or resolve(f"{row['lat']},{row['lon']}", facts).area == area


def _border(world: World, area: str, other: str, rows: tuple[Row, ...]) -> Border:
    posts = tuple(post for row in sorted(rows, key=lambda row: row["id"]) for post in _posts(world, area, other, row))
    counts: dict[str, dict[str, int]] = {}
    for post in posts:
        of_mode = counts.setdefault(post.mode, dict.fromkeys(STATES, 0))
        of_mode[post.state] += 1
    row = world.facts.row("areas", other)
    line = world.facts.table("borders").by_id.get(pair_id(area, other))
    gates = {f"pair:{pair_id(area, other)}", *(f"crossing:{one['id']}" for one in rows)}
    named = tuple(one.id for one in measures(world) if gates & set(one.gates))
    return Border(
        area=other,
        status=row["status"],
        de_jure=tuple(row["de_jure"] or ()),
        de_facto=tuple(row["de_facto"] or ()),
        counts=counts,
        posts=posts,
        measures=named,
        evidence=(("areas", other), *((("borders", line["id"]),) if line is not None else ())),
    )


def _posts(world: World, area: str, other: str, row: Row) -> Iterator[Post]:
    for mode in modes_of(row):
        out = crossing_state(world, row["id"], mode, area, other)
        into = crossing_state(world, row["id"], mode, other, area)
        rows = (("crossings", row["id"]), *out.evidence, *into.evidence)
        worse = min((out, into), key=lambda one: ("none", "listed", "all").index(one.freight))
        yield Post(
            id=row["id"],
            name=f"{row['name_a']} – {row['name_b']}",
            mode=mode,
            state=_state(row, out, into),
            out=out.freight,
            into=into.freight,
            cargo="; ".join(dict.fromkeys(filter(None, (said_on(one.cargo_note, world.day) for one in (out, into))))),
            carriers="; ".join(dict.fromkeys(one.carriers for one in (out, into) if one.carriers != "all")),
            closed_share=max(out.closed_probability, into.closed_probability),
            sure=out.certainty == into.certainty == "sure",
            why="" if worse.reason in ("no row: open", "open") else _once(said_on(worse.reason, world.day)),
            lat=row["lat"],
            lon=row["lon"],
            evidence=tuple(dict.fromkeys(rows)),
        )


def _once(text: str) -> str:
    """What several rows say alike, told once."""
    return "; ".join(dict.fromkeys(sentences(text)))


def _state(row: Row, out: Pass, into: Pass) -> State:
    passing = {out.freight, into.freight}
    if passing == {"none"}:
        planned = row["status"] == "planned" or out.reason == NOT_THERE
        return "not there" if planned and out.level != "event" else "shut"
    whole = passing == {"all"} and out.carriers == into.carriers == "all"
    return "open" if whole else "limited"


@dataclass(frozen=True, slots=True)
class LineTold(Told):
    """A named railway or road inside the area whose state has dated rows, or that is not simply open."""

    id: str
    name: str
    mode: str
    state: str
    sure: bool
    why: str
    evidence: Evidences


def lines(world: World, area: str) -> tuple[LineTold, ...]:
    """Named lines of an area that are not simply open on the day, or were not at another time.

    Examples
    --------
    >>> from landbridge.world import World
    >>> [(one.id, one.state) for one in lines(World.at("2022-05-16"), "ARM") if "goris" in one.id]
    [('arm-goris-kapan-old', 'closed')]
    """
    dated = {row["line"] for row in world.facts.table("line_status").rows}
    found = []
    for row in world.facts.table("lines").where(area=area):
        state = line_state(world, row["id"])
        if state.open != "open" or row["id"] in dated:
            rows = tuple(dict.fromkeys((("lines", row["id"]), *state.evidence)))
            why = said_on(state.reason or "; ".join(_said(world, state.evidence)), world.day)
            sure = state.certainty == "sure"
            found.append(LineTold(row["id"], row["name"], row["mode"], state.open, sure, why, rows))
    return tuple(sorted(found, key=lambda one: one.id))


def _said(world: World, rows: Evidences) -> Iterator[str]:
    """What rows of line_status note."""
    for table, key in rows:
        if table == "line_status" and world.facts.row(table, key)["note"]:
            yield world.facts.row(table, key)["note"]


def counted(some: tuple[Border, ...]) -> dict[str, int]:
    """Posts of all borders in each state, both modes together.

    Examples
    --------
    >>> counted(())
    {'open': 0, 'limited': 0, 'shut': 0, 'not there': 0}
    """
    found: dict[str, Any] = dict.fromkeys(STATES, 0)
    for one in some:
        for post in one.posts:
            found[post.state] += 1
    return found
