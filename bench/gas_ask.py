"""Put questions of gas and read from the answers the number that a published row speaks of."""

from __future__ import annotations

from dataclasses import dataclass, field

from bench.rows import DATA, split
from landbridge.energy import GasAnswer, gas
from landbridge.facts import load
from landbridge.world import World
from landbridge.world.membership import area_set

NOT_EUROPE = frozenset(
    split(
        "AGO;ARE;ARM;AUS;AZE;BGD;BHR;BLR;BRN;CAN;CHN;CMR;COG;DZA;EGY;GEO;GNQ;IDN;IND;IRN;IRQ;ISR;JOR;JPN;KAZ;KGZ;KOR;"
        "KWT;LBY;MAR;MEX;MMR;MOZ;MRT;MYS;NGA;OMN;PAK;PER;PHL;PNG;QAT;RUS;SAU;SGP;SYR;THA;TJK;TKM;TTO;TUN;TWN;UKR;USA;"
        "UZB;VNM;YEM"
    )
)
"""Areas that a study of Europe and Turkey leaves out."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question: the day of the world, the horizon, what is changed, how shortage is shared.

    `cold` is a spell of `GasQuestion`, or spell@day for one that begins on a day.
    """

    on: str
    start: str
    end: str
    scenarios: tuple[str, ...] = ()
    sharing: str = "national"
    cold: str = ""
    basis: str = "before"


def ask_of(row: dict[str, str], sharing: str = "") -> Ask:
    """The question of a row of a table."""
    return Ask(row["on"], row["from"], row["to"], split(row["scenarios"]), sharing or row["sharing"], row["cold"])


@dataclass(slots=True)
class Desk:
    """Asks, keeping worlds and answers."""

    worlds: dict[tuple[str, ...], World] = field(default_factory=dict)
    answers: dict[Ask, GasAnswer] = field(default_factory=dict)

    def world(self, ask: Ask) -> World:
        """The world of a question."""
        key = (ask.on, *ask.scenarios)
        if key not in self.worlds:
            world = World.at(ask.on)
            names = [DATA / f"{one}.yaml" if (DATA / f"{one}.yaml").exists() else one for one in ask.scenarios]
            self.worlds[key] = world.apply(*names) if names else world
        return self.worlds[key]

    def answer(self, ask: Ask) -> GasAnswer:
        """The answer to a question."""
        if ask not in self.answers:
            cold, _, first = ask.cold.partition("@")
            options = {"cold": cold or None, "cold_from": first or None, "basis": ask.basis, "sharing": ask.sharing}
            self.answers[ask] = gas(self.world(ask), start=ask.start, end=ask.end, **options)
        return self.answers[ask]


def crossings(answer: GasAnswer) -> dict[str, tuple[float, float, float]]:
    """What passes, passed before and could pass by border and by point [bcm]; a landing node is no area of its own.

    Keys are `NOR>DEU` and `point:ID`.
    """
    nodes = {row["id"] for row in load().table("gas_zones").rows if row["kind"] == "node"}
    feeders = {one.head: one.from_area for one in answer.flows if one.head in nodes}
    found: dict[str, tuple[float, float, float]] = {}
    for one in answer.flows:
        keys = [f"point:{one.id}"]
        if one.head not in nodes and not one.kind.startswith("lng"):
            tail = feeders.get(one.tail) if one.tail in nodes else one.from_area
            if tail != one.to_area:
                keys.append(f"{tail}>{one.to_area}")
        for key in keys:
            was = found.get(key, (0.0, 0.0, 0.0))
            found[key] = (was[0] + one.bcm, was[1] + one.before_bcm, was[2] + one.capacity_bcm)
    return found


def summed(answer: GasAnswer, borders: str) -> tuple[float, float, float]:
    """The sum over borders and points joined by +, of flow, flow before and capacity [bcm]."""
    known = crossings(answer)
    parts = [known.get(key, (0.0, 0.0, 0.0)) for key in borders.split("+")]
    return sum(one[0] for one in parts), sum(one[1] for one in parts), sum(one[2] for one in parts)


def days_of(answer: GasAnswer) -> int:
    """The length of the horizon [days]."""
    return sum(one.days for one in answer.periods)


def members(answer: GasAnswer, world: World, area: str) -> list[str]:
    """The areas of an answer that a name means."""
    every = [one.area for one in answer.areas]
    if area == "EU":
        union = area_set(world, "EU")
        return [one for one in every if one in union]
    if area == "EUROPE":
        return [one for one in every if one not in NOT_EUROPE]
    return [area] if area in every else []


def read(desk: Desk, ask: Ask, measure: str) -> float | None:
    """The number that a measure names; None when the answer says nothing of it.

    `lacking_pct:BGR@2015-02`, `shortage_pct:EU`, `lacking_bcm:POL`, `fall_pct:BGR>TUR`, `mcmd:UKR>SVK+UKR>HUN`,
    `mcmd:withdrawal:HUN`, `origin:RUS:DEU`.
    """
    answer = desk.answer(ask)
    word, _, rest = measure.partition(":")
    if word == "fall_pct":
        now, before, _ = summed(answer, rest)
        return 100 * (1 - now / before) if before > 0 else None
    if word == "mcmd" and ">" in rest:
        return summed(answer, rest)[0] * 1000 / days_of(answer)
    if word == "origin":
        origin, _, area = rest.partition(":")
        found = [one for one in answer.areas if one.area == area]
        whole = 1 - found[0].origins.get("STORE", 0.0) if found else 0.0
        share = sum(found[0].origins.get(one, 0.0) for one in origin.split("+")) if found else 0.0
        return 100 * share / whole if whole > 0 else None
    if word == "mcmd":
        item, _, area = rest.partition(":")
        found = [one for one in answer.areas if one.area == area]
        more = ("losses_bcm",) if item == "demand" else ()
        return sum(found[0].numbers[key] for key in (f"{item}_bcm", *more)) * 1000 / days_of(answer) if found else None
    area, _, label = rest.partition("@")
    return lacking(answer, members(answer, desk.world(ask), area), word, label)


def lacking(answer: GasAnswer, areas: list[str], word: str, label: str) -> float | None:
    """Shortage, with what another fuel serves for `lacking`, in bcm or in % of what was asked for."""
    if not areas:
        return None
    # a month that a cold spell cuts in two is the sum of its parts
    told = [period.areas for period in answer.periods if period.label.startswith(label)] if label else [answer.areas]
    if not told:
        return None
    some = [one.numbers for rows in told for one in rows if one.area in areas]
    lost = sum(one["shortage_bcm"] + (one["switched_bcm"] if word.startswith("lacking") else 0.0) for one in some)
    asked = sum(one["demand_bcm"] + one["losses_bcm"] + one["switched_bcm"] for one in some)
    return lost if word.endswith("bcm") else 100 * lost / asked if asked > 0 else None
