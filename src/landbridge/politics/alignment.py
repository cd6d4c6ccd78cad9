"""Where a state stands between poles: votes, memberships, obligations, trade, gas, other ties and measures, apart.

*Multi-vector* means here no more than balance: how evenly a part is spread over the poles. The balance of a part is the
number of poles that would give the same concentration if all had equal shares (1 / sum of squared shares), over the
number of poles: 1 is even, 1 / number of poles is all with one. There is no score over the parts. What is frozen stands
beside a part and counts in no value.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from landbridge.politics.membership import whole
from landbridge.politics.obligations import AID, Duty, duties
from landbridge.politics.parameters import value
from landbridge.politics.spans import without
from landbridge.politics.ties import recent, standing
from landbridge.politics.votes import last_seen, votes
from landbridge.world.intervals import holds
from landbridge.world.membership import FROZEN, MEMBER, area_set, standings

if TYPE_CHECKING:
    from landbridge.world import World

Areas = frozenset[str]
NOTHING: Final = 1e-9
"""What rounding leaves of a sum."""
OWED: Final = AID | {"consult", "may-aid"}
"""Duties that tie a state to a pole; restraint and rules of trade do not."""
TIES: Final = frozenset({"base", "arms", "exercise", "concession"})
CONTRACTED: Final = "origin"
"""Rows of gas trade that tell whose gas it is; border flows hold transit."""
MEASURES: Final = "measures"
UNITS: Final = {
    "votes": "mean agreement",
    "memberships": "blocs shared",
    "obligations": "duties of help or consultation",
    "trade": "share of trade",
    "transit": "share of trade in boxes",
    "gas": "bcm bought",
    "ties": "bases, arms, concessions; exercises of the last years",
    MEASURES: "measures in force between them",
}
"""The parts in the order in which they are told, with their units."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the alignment of an area.

    Attributes
    ----------
    values
        By pole: mean agreement with its areas; number of shared blocs, of duties owed or given, of ties, of measures;
        shares of trade and of what passes; bcm of gas bought. A pole that has the area in it, or of which nothing is
        known, has no value.
    balance
        How evenly the values are spread, 1 / poles to 1; None without values. Measures have none: they set apart.
    year
        Of the data, where they are yearly; of transit, of the trade that weighs its ways.
    outside
        What goes to no pole, of the same unit; of trade, transit and gas alone. The balance is among the poles.
    frozen
        By pole: shared blocs and duties in which one of the two sides froze its part; they are in no value.
    untold
        Of the same unit, trade with partners and gas from origins that the tables do not name: some of it may be with a
        pole.
    missing
        Why there are no values, as a code, with the years that the tables have where they have some; None where there
        are.
    """

    name: str
    values: Mapping[str, float]
    balance: float | None
    year: int | None = None
    outside: float | None = None
    frozen: Mapping[str, float] = field(default_factory=dict)
    untold: float | None = None
    missing: str | None = None

    @property
    def unit(self) -> str:
        """The unit of the values."""
        return UNITS[self.name]

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "part": self.name,
            "unit": self.unit,
            "values": dict(self.values),
            "balance": self.balance,
            "year": self.year,
            "outside": self.outside,
            "frozen": dict(self.frozen),
            "untold": self.untold,
            "missing": self.missing,
        }


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What the alignment of all areas on one day rests on.

    Attributes
    ----------
    year
        Votes, trade and gas are told of this year alone; None takes the last known one before the day, for each.
    standings
        Who stands how in each bloc whose list of members is whole.
    ties
        Kind, id and the two sides of each tie that counts.
    measures
        Who imposes and who bears each measure in force.
    """

    world: World
    year: int | None
    poles: Mapping[str, Areas]
    standings: tuple[Mapping[str, str], ...]
    duties: tuple[Duty, ...]
    ties: tuple[tuple[str, str, Areas, Areas], ...]
    measures: tuple[tuple[Areas, Areas], ...]


def balance(values: Mapping[str, float]) -> float | None:
    """How evenly values are spread: 1 when even, 1 / their number when all with one; None when there is nothing.

    Examples
    --------
    >>> balance({"russia": 2.0, "west": 2.0}), balance({"russia": 2.0, "west": 0.0}), balance({"russia": 0.0})
    (1.0, 0.5, None)
    """
    whole = sum(values.values())
    if whole <= 0:
        return None
    return 1 / sum((one / whole) ** 2 for one in values.values()) / len(values)


def poles(world: World) -> dict[str, frozenset[str]]:
    """The areas of each pole on the day."""
    return {
        row["id"]: frozenset().union(*(area_set(world, token) for token in row["areas"]))
        for row in world.facts.table("poles").rows
    }


def other_poles(world: World, area: str) -> dict[str, Areas]:
    """The poles that the area is not part of itself.

    Examples
    --------
    >>> from landbridge.world import World
    >>> sorted(other_poles(World.at("2022-05-16"), "RUS"))
    ['china', 'india', 'iran', 'turkey', 'west']
    """
    return {name: areas for name, areas in poles(world).items() if area not in areas}


def ground(world: World, told: Collection[Duty] | None = None, year: int | None = None) -> Ground:
    """What the alignment of every area on the day rests on; `told` are the duties, where they are at hand."""
    return Ground(
        world=world,
        year=year,
        poles=poles(world),
        standings=tuple(standings(world, row["id"]) for row in whole(world.facts)),
        duties=tuple(duties(world) if told is None else told),
        ties=tuple(_tied(world)),
        measures=tuple(_imposed(world)),
    )


def alignment(world: World, area: str) -> tuple[Part, ...]:
    """Where an area stands between the poles on the day, part by part; what cannot be told says why.

    Transit is not among them: it needs ways, which the profile of a country has.

    Examples
    --------
    >>> from landbridge.world import World
    >>> parts = {one.name: one for one in alignment(World.at("2022-05-16"), "ARM")}
    >>> parts["obligations"].values["russia"] > parts["obligations"].values["west"]
    True
    >>> parts["votes"].year, parts["trade"].year, round(parts["trade"].values["russia"], 2), parts["gas"].missing
    (2019, 2020, 0.35, 'no-gas-origins')
    """
    return aligned(ground(world), area)


def aligned(day: Ground, area: str) -> tuple[Part, ...]:
    """The same of one area among many on one day."""
    others = {name: areas for name, areas in day.poles.items() if area not in areas}
    return (
        _votes(day, area, others),
        _memberships(day, area, others),
        _obligations(day, area, others),
        _trade(day, area, others),
        _gas(day, area, others),
        _ties(day, area, others),
        _measures(day, area, others),
    )


def part(name: str, values: Mapping[str, float], **more: Any) -> Part:
    """A part with its balance."""
    return Part(name, values, None if name == MEASURES else balance(values), **more)


def absent(name: str, why: str) -> Part:
    """A part of which nothing can be told."""
    return Part(name, {}, None, missing=why)


def _votes(day: Ground, area: str, others: Mapping[str, Areas]) -> Part:
    data = votes(day.world.facts)
    year = min(last_seen(day.world), data.last_year) if day.year is None else day.year
    found = {name: data.between(area, areas, year) for name, areas in others.items()}
    values = {name: one[0] for name, one in found.items() if one is not None}
    if values:
        return part("votes", values, year=year)
    known = [one for one in range(data.first_year, data.last_year + 1) if data.known((area,), one)]
    return absent("votes", without("no-votes", known))


def _memberships(day: Ground, area: str, others: Mapping[str, Areas]) -> Part:
    values, frozen = dict.fromkeys(others, 0.0), dict.fromkeys(others, 0.0)
    for inside in day.standings:
        if area not in inside:
            continue
        for name, areas in others.items():
            there = {inside[one] for one in areas if one in inside}
            if inside[area] == MEMBER and MEMBER in there:
                values[name] += 1.0
            elif there and FROZEN in {inside[area], *there}:
                frozen[name] += 1.0
    return part("memberships", values, frozen=_some(frozen))


def _obligations(day: Ground, area: str, others: Mapping[str, Areas]) -> Part:
    values, frozen = dict.fromkeys(others, 0.0), dict.fromkeys(others, 0.0)
    for duty in day.duties:
        if duty.kind not in OWED or not duty.binding:
            continue
        owes, owed = area in duty.owed_by, area in duty.owed_to
        sides = {*(duty.owed_to if owes else ()), *(duty.owed_by if owed else ())}
        for name, areas in others.items():
            partners = sides & areas
            if partners and area not in duty.frozen and not partners <= set(duty.frozen):
                values[name] += 1.0
            elif partners:
                frozen[name] += 1.0
    return part("obligations", values, frozen=_some(frozen))


def _some(counts: Mapping[str, float]) -> dict[str, float]:
    return {name: n for name, n in counts.items() if n > 0}


def _trade(day: Ground, area: str, others: Mapping[str, Areas]) -> Part:
    """Shares of all trade with the partners that the table names; a pole none of whose areas is named has no value."""
    years: dict[int, dict[str | None, float]] = {}
    for row in day.world.facts.table("area_trade").where(area=area):
        years.setdefault(row["year"], {})[row["partner"]] = row["exports_musd"] + row["imports_musd"]
    known = [one for one in years if (one <= last_seen(day.world) if day.year is None else one == day.year)]
    amounts = years[max(known)] if known else {}
    total = amounts.pop(None, 0.0)
    if total <= 0:
        return absent("trade", without("no-trade", years))
    values = {
        name: sum(amounts[one] for one in amounts if one in areas) / total
        for name, areas in others.items()
        if not areas.isdisjoint(one for one in amounts if one is not None)
    }
    named = sum(amounts.values()) / total
    return Part("trade", values, balance({**dict.fromkeys(others, 0.0), **values}), max(known),
                max(named - sum(values.values()), 0.0), untold=max(1.0 - named, 0.0))  # fmt: skip


def _gas(day: Ground, area: str, others: Mapping[str, Areas]) -> Part:
    """Gas bought by origin in the last year whose origins are known for most of what was needed from abroad."""
    facts = day.world.facts
    needs = {
        row["year"]: row["consumption_bcm"] - row["production_bcm"]
        for row in facts.table("gas_years").where(area=area)
        if None not in (row["consumption_bcm"], row["production_bcm"])
    }
    bought: dict[int, dict[str, float]] = {}
    for row in facts.table("gas_trade").where(importer=area):
        if row["basis"] == CONTRACTED and row["first_month"] is None and row["origin"] not in ("ALL", area):
            by_origin = bought.setdefault(row["year"], {})
            by_origin[row["origin"]] = by_origin.get(row["origin"], 0.0) + row["bcm"]
    last = last_seen(day.world)
    years = [one for one in needs if (one <= last if day.year is None else one == day.year)]
    least = value(facts, "least-gas-known")
    for year in sorted(years, reverse=True):
        amounts = bought.get(year, {})
        if needs[year] > 0 and sum(amounts.values()) >= least * needs[year]:
            of_pole = {
                name: sum((bcm for origin, bcm in amounts.items() if origin in areas), 0.0)
                for name, areas in others.items()
            }
            taken = sum(amounts.values())
            outside, untold = _rest(taken, sum(of_pole.values())), _rest(needs[year], taken)
            return part("gas", of_pole, year=year, outside=outside, untold=untold)
    if years and needs[max(years)] <= 0:
        return absent("gas", "no-gas-needed")
    return absent("gas", "no-gas-origins" if years else without("no-gas", needs))


def _rest(whole: float, known: float) -> float:
    """What is left of a sum; what rounding leaves is nothing."""
    left = whole - known
    return left if left > NOTHING else 0.0


def _tied(world: World) -> Iterator[tuple[str, str, Areas, Areas]]:
    """Bases, arms and concessions on the day, and exercises of the years before."""
    for row in world.facts.table("ties").rows:
        if row["kind"] in TIES and row["held"] and (recent(world, row) or standing(world, row)):
            yield row["kind"], row["id"], frozenset(row["by_areas"] or ()), frozenset(row["with_areas"])


def _ties(day: Ground, area: str, others: Mapping[str, Areas]) -> Part:
    found: dict[str, set[tuple[str, ...]]] = {name: set() for name in others}
    for kind, key, *sides in day.ties:
        for one, other in (sides, sides[::-1]):
            if area in one:
                for name, areas in others.items():
                    if other & areas:
                        # Several rows may tell of arms from one to another: that is one tie.
                        found[name].add((kind, *sorted(other & areas)) if kind == "arms" else (key,))
    return part("ties", {name: float(len(keys)) for name, keys in found.items()})


def _imposed(world: World) -> Iterator[tuple[Areas, Areas]]:
    """Who imposes and who bears each measure in force."""
    for row in world.facts.table("measures").rows:
        if holds(row, world.day, world.known_on):
            yield _meant(world, row["imposer_codes"]), _meant(world, row["target_codes"])


def _measures(day: Ground, area: str, others: Mapping[str, Areas]) -> Part:
    """Measures in force between the area and a pole, imposed by either: they set apart, so they have no balance."""
    values = dict.fromkeys(others, 0.0)
    for by, on in day.measures:
        for name, areas in others.items():
            values[name] += bool((area in by and on & areas) or (area in on and by & areas))
    return part(MEASURES, values)


def _meant(world: World, tokens: tuple[str, ...] | None) -> frozenset[str]:
    """The areas that tokens mean; ALL is left out: a measure on everybody tells nothing of one."""
    found: frozenset[str] = frozenset()
    return found.union(*(area_set(world, token) for token in tokens or () if token != "ALL"))
