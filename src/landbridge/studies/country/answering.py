"""The verb: the profile of an area on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from landbridge.answers import GRADES, Evidence, grade_of, grade_shares
from landbridge.facts.evidence import grade_of_row
from landbridge.geo import great_circle_km
from landbridge.politics.citing import cited
from landbridge.studies.country.answer import Access, CountryAnswer
from landbridge.studies.country.belonging import memberships, obligations, overlaps, texts_covered
from landbridge.studies.country.borders import Border, borders, lines, posts_on_ground
from landbridge.studies.country.depends import Dependence, gas, transit
from landbridge.studies.country.losses import Loss, closed, in_scenario, scenarios_of
from landbridge.studies.country.question import CountryQuestion, area_of
from landbridge.studies.country.record import crises, measures_of
from landbridge.studies.country.rows import rows_in
from landbridge.studies.country.stance import TRANSIT, stance, stance_years, years_with_ways
from landbridge.studies.country.trade import Trade, trade
from landbridge.studies.country.voting import voting
from landbridge.studies.country.ways import StandardRoute, best_port, held_by, main_place, standard_route, ways_to_sea
from landbridge.world.states import ferry_state

if TYPE_CHECKING:
    from landbridge.facts import Facts, Row
    from landbridge.world import World

Progress = Callable[[int, int], None]
MOST_COMPARED: Final = 16
"""With so many neighbours and partners at most are shared blocs and votes told one by one."""


def country(
    world: World,
    area: str,
    *,
    teu: float = 2.0,
    partners: int = 8,
    quick: bool = False,
    progress: Progress | None = None,
) -> CountryAnswer:
    """What binds an area, what passes its borders, how it reaches the sea and its partners, on whom it depends.

    Parameters
    ----------
    world
        The world: its facts, its day, its scenarios.
    area
        A country or de facto entity, by code or name.
    teu
        Size of the shipment on the standard routes [TEU]: 2 is one box of 40 foot.
    partners
        To how many of its main partners standard routes are looked for, 1 to 8.
    quick
        Leave out what is lost if a neighbour shuts, and what the scenarios of the library do.
    progress
        Called with (parts done, parts in all).

    Returns
    -------
    CountryAnswer
        Sections of rows, each with the facts that it rests on; hours [h] and dollars [USD] of standard routes.

    Raises
    ------
    InputError
        If no area has that code or name.

    Examples
    --------
    >>> from landbridge.world import World
    >>> answer = country(World.at("2022-05-16"), "Armenia", partners=1, quick=True)
    >>> [one.area for one in answer.borders if one.passable], answer.access.partners[0].to
    (['AZE', 'GEO', 'IRN'], 'Moscow')
    """
    return answer_country(world, CountryQuestion(area, teu, partners, quick), progress=progress)


def answer_country(world: World, question: CountryQuestion, *, progress: Progress | None = None) -> CountryAnswer:
    """Answer a `CountryQuestion` in a world."""
    facts = world.facts
    area = area_of(facts, question.area)
    row = facts.row("areas", area)
    sides = borders(world, area)
    told_trade = trade(world, area)
    start = main_place(facts, area)
    goals = _goals(told_trade, _stand_ins(world, area, sides), question.partners)
    spots = [(main_place(facts, other), partner) for other, partner in goals]
    names = () if question.quick else tuple(scenarios_of(world))
    shut = () if question.quick else sides
    parts = len(spots) + len(shut) + len(names) + len(years_with_ways(world, area, question)) + 2
    done = _counter(progress, parts)
    routes = [done(standard_route(world, start, spot, question.teu, partner)) for spot, partner in spots]
    ports = done(ways_to_sea(world, start, question.teu))
    sea = best_port(ports)
    losses = tuple(done(closed(world, area, one, [*routes, *ports], question.teu)) for one in shut)
    standard = [*routes, *((sea,) if sea is not None else ())]
    changed = tuple(done(in_scenario(world, name, standard, question.teu)) for name in names)
    others = tuple(dict.fromkeys([*(one.area for one in sides), *(other for other, _ in goals)]))[:MOST_COMPARED]
    depends = Dependence(told_trade, transit(area, routes), done(gas(world, area)))
    access = Access(
        start=start.name,
        teu=question.teu,
        ports=tuple(ports),
        best_port=None if sea is None else sea.to,
        partners=tuple(routes),
        closures=None if question.quick else losses,
    )
    sections: dict[str, Any] = {
        "memberships": memberships(world, area, others),
        "overlaps": overlaps(world, area, others),
        "obligations": obligations(world, area),
        "borders": sides,
        "posts_on_ground": posts_on_ground(world, area),
        "lines": lines(world, area),
        "access": access,
        "dependence": depends,
        "measures": measures_of(world, area),
        "votes": voting(world, area, others),
        "crises": crises(world, area),
    }
    between = stance(world, area, routes, told_trade)
    grades = {name: _grades(facts, name, part) for name, part in sections.items()}
    grades = {name: shares for name, shares in grades.items() if any(shares.values())}
    shares: dict[str, float] = {
        grade: sum(one[grade] for one in grades.values()) / max(len(grades), 1) for grade in GRADES
    }
    return CountryAnswer(
        question=question,
        world=world.ref(),
        area=area,
        name=row["name"],
        status=row["status"],
        de_jure=tuple(row["de_jure"] or ()),
        de_facto=held_by(world, area),
        landlocked=row["landlocked"],
        alignment=between,
        alignment_years=stance_years(world, area, question, next(one for one in between if one.name == TRANSIT), done),
        scenarios=None if question.quick else changed,
        unknown=tuple(_unknown(row, told_trade, depends, sections, routes, ports, texts_covered(facts))),
        grade=grade_of(shares),
        grade_shares=shares,
        grades=grades,
        evidence=_evidence(world, sections, changed),
        facts=facts,
        **sections,
    )


def _counter(progress: Progress | None, parts: int) -> Callable[[Any], Any]:
    """A function that hands on what it is given and tells that one more part is done."""
    told = iter(range(1, parts + 1))

    def done(part: Any) -> Any:
        if progress is not None:
            progress(next(told), parts)
        return part

    return done


def _stand_ins(world: World, area: str, sides: Sequence[Border]) -> list[str]:
    """Where routes lead while trade is not known: to the neighbours whose border passes freight, and over ferries.

    Of an entity without an open border of its own they are, too, the state under which its posts stand and that state's
    neighbours, the nearest first.
    """
    row, facts = world.facts.row("areas", area), world.facts
    near = [one.area for one in sides if one.passable]
    if near or row["status"] != "disputed":
        return near
    here = main_place(facts, area)
    found = dict.fromkeys(_over_water(world, area))
    found |= dict.fromkeys(row["de_jure"] or ())
    found |= dict.fromkeys(one.area for state in row["de_jure"] or () for one in borders(world, state))
    found.pop(area, None)

    def far(other: str) -> float:
        spot = main_place(facts, other)
        return float(great_circle_km(here.lat, here.lon, spot.lat, spot.lon))

    return sorted(found, key=lambda other: (far(other), other))


def _over_water(world: World, area: str) -> list[str]:
    """The areas to which a ferry runs on the day."""
    ends = [(row["area_a"], row["area_b"]) for row in world.facts.table("ferries").rows
            if area in (row["area_a"], row["area_b"]) and ferry_state(world, row["id"]).usable]  # fmt: skip
    return [other for pair in ends for other in pair if other not in (area, None)]


def _goals(told: Trade | None, neighbours: Sequence[str], n: int) -> list[tuple[str, Any]]:
    """Where standard routes lead: to the main partners; where trade is not known, to the neighbours that are open."""
    if told is None:
        return [(other, None) for other in neighbours[:n]]
    return [(one.area, one) for one in told.partners[:n]]


def _unknown(
    row: Row,
    told: Trade | None,
    depends: Dependence,
    sections: Mapping[str, Any],
    routes: Sequence[StandardRoute],
    ports: Sequence[StandardRoute],
    texts: int,
) -> Iterable[str]:
    """What cannot be told, as codes with their numbers; `report` words them.

    `texts` is how many blocs and agreements the table of obligations covers.
    """
    if told is None:
        yield "no-trade"
    else:
        yield f"{'trade-later' if told.ahead else 'trade-of'}:{told.year}"
        yield f"trade-listed:{told.listed_share:.3f}"
        yield f"no-boxes:{' and '.join(told.left_out)}"
    if depends.gas is None:
        yield "no-gas"
    elif depends.gas.traced_reason:
        yield f"gas-at-odds:{depends.gas.traced_reason}"
    elif depends.gas.traced is None:
        yield "gas-not-traced"
    elif not depends.gas.bought:
        yield "gas-not-bought"
    if not (sections["obligations"].given or sections["obligations"].taken):
        yield f"no-duties:{texts}"
    if sections["votes"] is None:
        yield "no-votes"
    apart = row["status"] == "disputed" and row["id"] not in row["de_jure"]
    if apart and sections["posts_on_ground"]:
        yield f"borders-under:{' '.join(row['de_jure'])}"
    elif not sections["borders"]:
        yield "no-posts" if apart else "no-land-border"
    if not routes:
        yield "no-routes"
    if not any(one.there for one in ports):
        yield "no-port"


def _grades(facts: Facts, name: str, part: Any) -> dict[str, float]:
    """Shares by grade of a section: of routes by hours and dollars, of the others by rows."""
    if name == "access":
        some = [one.grade_shares for one in (*part.partners, *part.ports) if one.there]
        return {grade: sum(one.get(grade, 0.0) for one in some) / max(len(some), 1) for grade in GRADES}
    weights: dict[str, float] = dict.fromkeys(GRADES, 0.0)
    for table, key in dict.fromkeys(rows_in(part)):
        weights[grade_of_row(facts, table, key)] += 1.0
    return grade_shares(weights)


def _evidence(world: World, sections: Mapping[str, Any], changed: tuple[Loss, ...]) -> tuple[Evidence, ...]:
    """Every row that the profile rests on, once, in the order of the sections."""
    rows = dict.fromkeys(row for part in (*sections.values(), changed) for row in rows_in(part))
    return tuple(cited(world, table, key) for table, key in rows)
