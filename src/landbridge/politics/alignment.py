"""Where a state stands between poles: votes, memberships, obligations, gas, other ties and measures, each by itself.

*Multi-vector* means here no more than balance: how evenly a part is spread over the poles. The balance of a part is the
number of poles that would give the same concentration if all had equal shares (1 / sum of squared shares), over the
number of poles: 1 is even, 1 / number of poles is all with one. There is no score over the parts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from landbridge.politics.membership import whole
from landbridge.politics.obligations import AID, YEAR_DAYS, Duty, duties, edges
from landbridge.politics.parameters import value
from landbridge.politics.votes import last_seen, votes
from landbridge.world.intervals import holds, starts
from landbridge.world.membership import area_set, standings

if TYPE_CHECKING:
    from landbridge.world import World

OWED: Final = AID | {"consult", "may-aid"}
"""Duties that tie a state to a pole; restraint and rules of trade do not."""
TIES: Final = frozenset({"base", "arms", "exercise", "concession"})
CONTRACTED: Final = "origin"
"""Rows of gas trade that tell whose gas it is; border flows hold transit."""
MEASURES: Final = "measures"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the alignment of an area.

    Attributes
    ----------
    values
        By pole: mean agreement with its areas; number of shared blocs, of duties owed or given, of ties, of measures;
        bcm of gas bought. A pole that has the area in it, or of which nothing is known, has no value.
    balance
        How evenly the values are spread, 1 / poles to 1; None without values. Measures have none: they set apart.
    year
        Of the data, where they are yearly.
    outside
        What goes to no pole, of the same unit; told of gas alone. The balance is among the poles.
    """

    name: str
    unit: str
    values: Mapping[str, float]
    balance: float | None
    year: int | None = None
    outside: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "part": self.name,
            "unit": self.unit,
            "values": dict(self.values),
            "balance": self.balance,
            "year": self.year,
            "outside": self.outside,
        }


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


def alignment(world: World, area: str, told: Collection[Duty] | None = None) -> tuple[Part, ...]:
    """Where an area stands between the poles on the day, part by part; parts of which nothing is known are left out.

    Examples
    --------
    >>> from landbridge.world import World
    >>> parts = {one.name: one for one in alignment(World.at("2022-05-16"), "ARM")}
    >>> parts["obligations"].values["russia"] > parts["obligations"].values["west"]
    True
    >>> parts["votes"].year
    2019
    """
    others = {name: areas for name, areas in poles(world).items() if area not in areas}
    found = (
        _votes(world, area, others),
        _memberships(world, area, others),
        _obligations(area, others, duties(world) if told is None else told),
        _gas(world, area, others),
        _ties(world, area, others),
        _measures(world, area, others),
    )
    return tuple(one for one in found if one is not None)


def _part(name: str, unit: str, values: dict[str, float], year: int | None = None) -> Part | None:
    if not any(values.values()):
        return None
    return Part(name, unit, values, None if name == MEASURES else balance(values), year)


def _votes(world: World, area: str, others: Mapping[str, frozenset[str]]) -> Part | None:
    data = votes(world.facts)
    year = min(last_seen(world), data.last_year)
    found = {name: data.between(area, areas, year) for name, areas in others.items()}
    return _part("votes", "mean agreement", {name: one[0] for name, one in found.items() if one is not None}, year)


def _memberships(world: World, area: str, others: Mapping[str, frozenset[str]]) -> Part | None:
    values = dict.fromkeys(others, 0.0)
    for row in whole(world.facts):
        inside = standings(world, row["id"])
        if inside.get(area) == "member":
            for name, areas in others.items():
                values[name] += any(inside.get(one) == "member" for one in areas)
    return _part("memberships", "blocs shared", values)


def _obligations(area: str, others: Mapping[str, frozenset[str]], told: Collection[Duty]) -> Part | None:
    ties = {(debtor, creditor, key) for debtor, creditor, kind, key in edges(told) if kind in OWED}
    values = {
        name: float(len({key for debtor, creditor, key in ties if _joins(debtor, creditor, area, areas)}))
        for name, areas in others.items()
    }
    return _part("obligations", "duties of help or consultation", values)


def _joins(debtor: str, creditor: str, area: str, areas: frozenset[str]) -> bool:
    return (debtor == area and creditor in areas) or (creditor == area and debtor in areas)


def _gas(world: World, area: str, others: Mapping[str, frozenset[str]]) -> Part | None:
    """Gas bought by origin in the last year whose origins are known for most of what was needed from abroad."""
    facts, last = world.facts, last_seen(world)
    needs = {
        row["year"]: row["consumption_bcm"] - row["production_bcm"]
        for row in facts.table("gas_years").rows
        if row["area"] == area and None not in (row["consumption_bcm"], row["production_bcm"])
    }
    bought: dict[int, dict[str, float]] = {}
    for row in facts.table("gas_trade").rows:
        told = row["basis"] == CONTRACTED and row["first_month"] is None and row["origin"] not in ("ALL", area)
        if told and row["importer"] == area:
            by_origin = bought.setdefault(row["year"], {})
            by_origin[row["origin"]] = by_origin.get(row["origin"], 0.0) + row["bcm"]
    share = value(facts, "least-gas-known")
    for year in sorted((one for one in bought if one <= last), reverse=True):
        amounts = bought[year]
        if needs.get(year, 0.0) > 0 and sum(amounts.values()) >= share * needs[year]:
            of_pole = {
                name: sum((bcm for origin, bcm in amounts.items() if origin in areas), 0.0)
                for name, areas in others.items()
            }
            outside = max(sum(amounts.values()) - sum(of_pole.values()), 0.0)
            return Part("gas", "bcm bought", of_pole, balance(of_pole), year, outside)
    return None


def _ties(world: World, area: str, others: Mapping[str, frozenset[str]]) -> Part | None:
    """Bases, arms and concessions between the area and a pole on the day, and exercises of the years before."""
    found: dict[str, set[tuple[str, ...]]] = {name: set() for name in others}
    since = world.day - timedelta(days=round(value(world.facts, "exercise-years") * YEAR_DAYS))
    for row in world.facts.table("ties").rows:
        if row["kind"] not in TIES or not row["held"]:
            continue
        past = row["kind"] == "exercise" and since <= starts(row) <= world.day
        if past or holds(row, world.day, world.known_on):
            sides = (set(row["by_areas"] or ()), set(row["with_areas"]))
            for name, areas in others.items():
                for one, other in (sides, sides[::-1]):
                    if area in one and other & areas:
                        # Several rows may tell of arms from one to another: that is one tie.
                        found[name].add(("arms", *sorted(other & areas)) if row["kind"] == "arms" else (row["id"],))
    values = {name: float(len(keys)) for name, keys in found.items()}
    return _part("ties", "bases, arms, concessions; exercises of the last years", values)


def _measures(world: World, area: str, others: Mapping[str, frozenset[str]]) -> Part | None:
    """Measures in force between the area and a pole, imposed by either: they set apart, so they have no balance."""
    values = dict.fromkeys(others, 0.0)
    for row in world.facts.table("measures").rows:
        if not holds(row, world.day, world.known_on):
            continue
        by, on = (_meant(world, row[name]) for name in ("imposer_codes", "target_codes"))
        for name, areas in others.items():
            values[name] += bool((area in by and on & areas) or (area in on and by & areas))
    return _part(MEASURES, "measures in force between them", values)


def _meant(world: World, tokens: tuple[str, ...] | None) -> frozenset[str]:
    """The areas that tokens mean; ALL is left out: a measure on everybody tells nothing of one."""
    found: frozenset[str] = frozenset()
    return found.union(*(area_set(world, token) for token in tokens or () if token != "ALL"))
