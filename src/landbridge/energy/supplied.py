"""Where the gas of areas came from, year by year, as it was told: production, imports by origin, stores, the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from landbridge.answers import grade_of
from landbridge.energy.supplied_answer import Change, Source, SupplyAnswer, SupplyYear
from landbridge.energy.supplied_question import SupplyQuestion
from landbridge.facts.evidence import evidence, shares_of
from landbridge.world.membership import area_set
from landbridge.world.within import within

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.world import World

Row = Mapping[str, Any]
Cited = tuple[tuple[str, str], ...]
SOLD: Final = ("origin", "origin-own-heat", "declared", "sales", "recalled")
"""By whose gas it is, best first: origin by contract, the partner that was declared, what the seller sold."""
WHOLE: Final = frozenset({"origin", "origin-own-heat", "declared"})
"""Those that tell of all sellers; a seller's own sales and what is recalled do not."""
PHYSICAL: Final = "physical"
OTHERS: Final = "OTHER"
"""Origins that a total holds and no row names."""
LEAST_BCM: Final = 0.05
MOST_REST: Final = 0.3
"""Where no source tells of more than this share of what was used and sold, or of more than was traded, whose gas it
was counts as not told."""
ROUTES: Final = ("pipeline", "lng")


def supply(world: World, areas: Sequence[str], *, first: int | None = None, last: int | None = None) -> SupplyAnswer:
    """Where the gas of areas came from, year by year.

    Parameters
    ----------
    world
        The world: its facts; blocs have their members of its day, and years that are over on it are told.
    areas
        Codes of areas, or names of blocs and formats; taken together as one.
    first, last
        First and last year; None is the first and last of which anything is known.

    Returns
    -------
    SupplyAnswer
        For each year consumption, production, imports by origin, sales abroad, what stores gave and the rest [10^9 m3];
        flows over the borders beside them; the change between the first and the last year by source.

    Raises
    ------
    InputError
        If an area is not known.

    Examples
    --------
    >>> from landbridge.world import World
    >>> answer = supply(World.at("2026-06-01"), ("TUR",), first=2018, last=2020)
    >>> [one.year for one in answer.years]
    [2018, 2019, 2020]
    """
    return answer_supply(world, SupplyQuestion(tuple(areas), first, last))


def answer_supply(world: World, question: SupplyQuestion) -> SupplyAnswer:
    """Answer a question about the supply of gas by year."""
    groups = tuple(within(world, text) for text in question.areas)
    areas = frozenset(area for group in groups for area in group.areas)
    sums, rests = _words(world, areas)
    told = [_year(world, areas, sums, rests, year) for year in _years(world.facts, areas, sums)]
    years = tuple(
        one
        for one in told
        if (question.first is None or one.year >= question.first)
        and (question.last is None or one.year <= question.last)
        and one.year < world.day.year
    )
    rows = dict.fromkeys(row for one in years for row in one.rows)
    cited = tuple(evidence(world.facts, table, key) for table, key in rows)
    shares = shares_of(cited)
    return SupplyAnswer(
        question=question,
        world=world.ref(),
        areas=tuple(sorted(areas)),
        years=years,
        changes=tuple(_changes(years)),
        remarks=tuple(_remarks(years, areas)),
        grade=grade_of(shares),
        grade_shares=shares,
        evidence=cited,
    )


def _words(world: World, areas: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Words of tables that mean just these areas together, and those of the rest of such a sum."""
    found: dict[str, set[str]] = {"sum": set(), "rest": set()}
    for row in world.facts.table("energy_areas").rows:
        none: frozenset[str] = frozenset()
        meant = none.union(*(area_set(world, token) for token in row["areas"] or ()))
        if meant == areas and row["kind"] in found:
            found[row["kind"]].add(row["id"])
    return frozenset(found["sum"]), frozenset(found["rest"])


def _years(facts: Facts, areas: Collection[str], sums: Collection[str]) -> list[int]:
    """Years of which imports, sales or consumption are told."""
    names = {*areas, *sums}
    trade = {int(row["year"]) for row in facts.table("gas_trade").rows if {row["importer"], row["origin"]} & names}
    return sorted(trade | {int(row["year"]) for row in facts.table("gas_years").rows if row["area"] in areas})


def _year(world: World, areas: frozenset[str], sums: frozenset[str], rests: frozenset[str], year: int) -> SupplyYear:
    facts = world.facts
    own = areas | sums | rests
    of_year = facts.table("gas_trade").where(year=year)
    # Of several areas a word such as "other Europe" may hold gas that one of them sold on to another.
    vague = _of_kind(facts, "rest") if len(areas) > 1 else frozenset()
    every = _of_kind(facts, "all")
    into, out, unnamed = [], [], []
    for route in ROUTES:
        rows = [row for row in of_year if row["route"] == route and row["first_month"] is None]
        bought = [row for row in rows if row["importer"] in own and row["origin"] not in own]
        basis = _basis(bought)
        # A row of the whole holds those of its parts.
        whole = [row for row in bought if row["importer"] in sums and row["basis"] == basis]
        best = whole or [row for row in bought if row["basis"] == basis]
        named = [row for row in best if row["origin"] not in vague | every]
        into += _sources(named, route, "origin")
        into += _others(
            [row for row in best if row["origin"] in every], [row for row in best if row not in named], named
        )
        unnamed += _sources([row for row in best if row["origin"] in vague], route, "origin")
        sold = [row for row in rows if row["origin"] in own and row["importer"] not in own | vague | every]
        out += _sources([row for row in sold if row["basis"] == _basis(sold)], route, "importer")
    crossed = [row for row in of_year if row["basis"] == PHYSICAL]
    flows = [
        *_sources([row for row in crossed if row["importer"] in areas and row["origin"] not in areas], "", "origin"),
        *_sources([row for row in crossed if row["origin"] in areas and row["importer"] not in areas], "", "importer",
                  out=True),
    ]  # fmt: skip
    made, made_rows, made_lacks = _sum(facts, areas, year, "production_bcm")
    used, used_rows, used_lacks = _sum(facts, areas, year, "consumption_bcm")
    stock, stock_rows = _stock_draw(facts, areas, sums, year)
    rest = None
    if used is not None and whole_told(into, made, buys=_buys(facts, areas, own)):
        rest = used - (made or 0.0) - sum(one.bcm for one in into) + sum(one.bcm for one in out) - (stock or 0.0)
        traded = sum(one.bcm for one in (*into, *out))
        if abs(rest) > MOST_REST * (used + sum(one.bcm for one in out)) or (into and abs(rest) > traded):
            rest = None
    cited = (*made_rows, *used_rows, *stock_rows, *(row for one in (*into, *out, *unnamed, *flows) for row in one.rows))
    return SupplyYear(
        year=year,
        consumption_bcm=used,
        production_bcm=made,
        imports=tuple(sorted(into, key=lambda one: (-one.bcm, one.partner, one.route))),
        exports=tuple(sorted(out, key=lambda one: (-one.bcm, one.partner, one.route))),
        unnamed=tuple(unnamed),
        stock_draw_bcm=stock,
        rest_bcm=rest,
        flows=tuple(flows),
        lacks=tuple(sorted({*made_lacks, *used_lacks})),
        rows=tuple(dict.fromkeys(cited)),
    )


@lru_cache(maxsize=8)
def _of_kind(facts: Facts, kind: str) -> frozenset[str]:
    return frozenset(row["id"] for row in facts.table("energy_areas").rows if row["kind"] == kind)


def _buys(facts: Facts, areas: Collection[str], own: Collection[str]) -> bool:
    """Whether any year tells of gas that came to the areas by pipe."""
    rows = facts.table("gas_trade").where(route="pipeline")
    return any(row["importer"] in areas and row["origin"] not in own for row in rows)


def whole_told(imports: Iterable[Source], production_bcm: float | None = None, *, buys: bool = True) -> bool:
    """Whether imports by pipe are told by a source that tells of all sellers; else what is untold is no rest.

    Who makes gas and buys none by pipe in any year needs no such source.

    Examples
    --------
    >>> whole_told([Source("RUS", "pipeline", "sales", 23.8, None, False, ())])
    False
    """
    pipes = [one for one in imports if one.route == "pipeline"]
    return any(one.basis in WHOLE for one in pipes) or (not buys and bool(production_bcm))


def _others(totals: Sequence[Row], unnamed: Sequence[Row], named: Sequence[Row]) -> list[Source]:
    """What a total over all origins holds beyond those that are named."""
    found = []
    for row in totals:
        own = [one for one in (*named, *unnamed) if one["importer"] == row["importer"] and one is not row]
        left = float(row["bcm"]) - sum(float(one["bcm"]) for one in own)
        if left > LEAST_BCM:
            cited = (("gas_trade", str(row["id"])),)
            found.append(Source(OTHERS, row["route"], row["basis"], left, None, False, cited))
    if len(found) > 1:
        rows = tuple(row for one in found for row in one.rows)
        found = [Source(OTHERS, found[0].route, found[0].basis, sum(one.bcm for one in found), None, False, rows)]
    return found


def _basis(rows: Iterable[Row]) -> str | None:
    """The best basis that any row has: one alone, for parts told on two bases would be counted twice."""
    told = {row["basis"] for row in rows}
    return next((basis for basis in SOLD if basis in told), None)


def _sources(rows: Iterable[Row], route: str, partner: str, *, out: bool = False) -> list[Source]:
    """Rows of one partner added up."""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        found.setdefault((row[partner], route or row["route"], row["basis"]), []).append(row)
    return [
        Source(
            partner=name,
            route=how,
            basis=basis,
            bcm=sum(float(row["bcm"]) for row in some),
            months=None if some[0]["first_month"] is None else some[0]["last_month"] - some[0]["first_month"] + 1,
            out=out,
            rows=tuple(("gas_trade", str(row["id"])) for row in some),
        )
        for (name, how, basis), some in found.items()
    ]


def _sum(facts: Facts, areas: Iterable[str], year: int, column: str) -> tuple[float | None, Cited, list[str]]:
    """The sum over areas, the rows behind it, and the areas that lack the year."""
    rows = {row["area"]: row for row in facts.table("gas_years").where(year=year) if row[column] is not None}
    used = [rows[area] for area in sorted(areas) if area in rows]
    known = {row["area"] for row in facts.table("gas_years").rows}
    lacks = [area for area in sorted(areas) if area in known and area not in rows]
    if not used:
        return None, (), lacks
    return sum(float(row[column]) for row in used), tuple(("gas_years", str(row["id"])) for row in used), lacks


def _stock_draw(facts: Facts, areas: frozenset[str], sums: frozenset[str], year: int) -> tuple[float | None, Cited]:
    """What stores gave over a year, below 0 where they took; None unless both ends of the year are known."""
    names = sorted(sums) or sorted(areas) if len(areas) == 1 or sums else []
    for name in names:
        rows = facts.table("gas_fills").where(area=name)
        ends = [_held(rows, date(one, 12, 31)) for one in (year - 1, year)]
        if ends[0] is not None and ends[1] is not None:
            return ends[0][0] - ends[1][0], tuple(dict.fromkeys((*ends[0][1], *ends[1][1])))
    return None, ()


def _held(rows: Sequence[Row], day: date) -> tuple[float, Cited] | None:
    """What was in store on a day: the nearest row within a day of it; a fill alone by the capacity of the nearest day.

    The stock between two days is not guessed: a year whose end is not told has none.
    """
    near = [row for row in rows if abs(row["date"].first - day) <= timedelta(days=1)]
    if not near:
        return None
    row = min(near, key=lambda one: abs(one["date"].first - day))
    if row["stored_bcm"] is not None:
        return float(row["stored_bcm"]), (("gas_fills", str(row["id"])),)
    sized = [one for one in rows if one["stored_bcm"] is not None and one["fill_pct"]]
    if row["fill_pct"] is None or not sized:
        return None
    by = min(sized, key=lambda one: abs(one["date"].first - day))
    held = float(row["fill_pct"]) * float(by["stored_bcm"]) / float(by["fill_pct"])
    return held, (("gas_fills", str(row["id"])), ("gas_fills", str(by["id"])))


def _changes(years: Sequence[SupplyYear]) -> Iterator[Change]:
    """What each source gave more or less in the last year than in the first; with the fall of demand they add to 0."""
    whole = [one for one in years if one.consumption_bcm is not None and one.rest_bcm is not None]
    if len(whole) < 2:
        return
    start, end = whole[0], whole[-1]
    before, after = _items(start), _items(end)
    rows = [
        Change(name, start.year, end.year, before.get(name, 0.0), after.get(name, 0.0))
        for name in dict.fromkeys((*before, *after))
        if before.get(name) or after.get(name)
    ]
    lost = sum(max(-one.delta, 0.0) for one in rows)
    yield from (
        Change(one.item, one.first, one.last, one.before_bcm, one.after_bcm, one.delta / lost if lost > 0 else None)
        for one in sorted(rows, key=lambda one: (one.delta, one.item))
    )


def _items(year: SupplyYear) -> dict[str, float]:
    """What made up the gas of a year; what was asked for less counts as help, so it stands with its sign turned."""
    found = {
        "production": year.production_bcm or 0.0,
        "stores": year.stock_draw_bcm or 0.0,
        "rest": year.rest_bcm or 0.0,
        "demand": -(year.consumption_bcm or 0.0),
    }
    for one in year.imports:
        key = f"{one.route}:{one.partner}" if one.route == "pipeline" else "lng"
        found[key] = found.get(key, 0.0) + one.bcm
    sold = sum(one.bcm for one in year.exports)
    if sold:
        found["exports"] = -sold
    return found


def _remarks(years: Sequence[SupplyYear], areas: Collection[str]) -> Iterator[str]:
    """What has to be said, as codes with what they are about."""
    if not years:
        yield "nothing-told"
        return
    bases = {one.basis for year in years for one in (*year.imports, *year.exports)}
    if len(bases) > 1:
        yield f"bases:{', '.join(sorted(bases))}"
    for year in years:
        amount = sum(one.bcm for one in year.unnamed)
        if amount:
            yield f"unnamed:{year.year}:{amount:.1f}"
        if year.lacks:
            yield f"lacks:{year.year}:{' '.join(year.lacks)}"
        if any(one.months is not None for one in year.flows):
            months = max(one.months for one in year.flows if one.months is not None)
            yield f"months:{year.year}:{months}"
    if len(areas) > 1:
        yield "members-of-the-day"
    untold = [year.year for year in years if year.consumption_bcm is not None and year.rest_bcm is None]
    if untold:
        yield f"untold:{', '.join(map(str, untold))}"
    if any(year.stock_draw_bcm is None and year.rest_bcm is not None for year in years):
        yield "stores-unknown:" + ", ".join(
            str(year.year) for year in years if year.stock_draw_bcm is None and year.rest_bcm is not None
        )
