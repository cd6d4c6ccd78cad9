"""Measures in force: the rows of `measure_rules` and the bans of scenarios, in one shape, with areas worked out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from landbridge.facts import Row
from landbridge.facts.notes import of_the_row
from landbridge.world.intervals import holds
from landbridge.world.membership import areas_of, memo_of_blocs

if TYPE_CHECKING:
    from landbridge.world.world import World

LAND = frozenset(("road", "rail"))
MOVES = frozenset(("road", "rail", "sea", "river", "air"))
NEVER_BY_DEFAULT = frozenset(("disputed", "announced_only"))
"""Certainties that do not close a link unless asked to."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One part of a measure on the day of a world."""

    table: str
    id: str
    measure_id: str
    imposer_words: tuple[str, ...]
    imposers: frozenset[str]
    targets: frozenset[str]
    everyone: bool
    what: frozenset[str]
    direction: str
    modes: frozenset[str]
    cargo: tuple[str, ...]
    hs: tuple[str, ...]
    applies_to: frozenset[str]
    effect: str
    value: float | None
    value_high: float | None
    unit: str
    territory: frozenset[str]
    gates: tuple[str, ...]
    ports: tuple[str, ...]
    lines: tuple[str, ...]
    detours: tuple[str, ...]
    handling: str
    exempt: frozenset[str]
    certainty: str
    note: str
    exemptions: str = ""

    @property
    def of_carriers_only(self) -> bool:
        """It tests who carries, not what is carried or where."""
        return not self.applies_to & {"origin", "destination", "territory_crossed"}

    @property
    def where(self) -> frozenset[str]:
        """The imposers' own ground on which it bites."""
        if self.territory and self.territory <= self.imposers:
            return self.territory
        return self.imposers or self.territory

    @property
    def all_modes(self) -> bool:
        """Whether no way of carrying escapes it."""
        return self.modes >= MOVES


def _modes(words: tuple[str, ...] | list[str]) -> frozenset[str]:
    if "all" in words:
        return MOVES | {"pipeline"}
    # A measure on ships means those of rivers too.
    return frozenset(words) | ({"river"} if "sea" in words else frozenset())


def measures(world: World) -> tuple[Measure, ...]:
    """All measures in force on the day, with what scenarios lift and add.

    Examples
    --------
    >>> from landbridge.world import World
    >>> "arm-aze89-r-transit" in [measure.id for measure in measures(World.at("2023-06-01"))]
    True
    """
    found = world.memo.get(("measures",))
    if found is None:
        found = world.memo[("measures",)] = (*_of_tables(world), *_of_scenarios(world))
    return found


_GATES = ("crossing", "pair", "passage", "ferry")


def _named(gates: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """Ids of one kind among gates written KIND:ID."""
    return tuple(gate.partition(":")[2] for gate in gates if gate.startswith(f"{kind}:"))


def _detours(world: World, lines: tuple[str, ...]) -> tuple[str, ...]:
    """Other lines between the same two ends: who uses them wants to know why."""
    table = world.facts.table("lines")
    ends = {(row["from"], row["to"], row["mode"]) for key in lines if (row := table.by_id.get(key)) is not None}
    return tuple(
        row["id"] for row in table.rows if (row["from"], row["to"], row["mode"]) in ends and row["id"] not in lines
    )


def _of_tables(world: World) -> list[Measure]:
    facts = world.facts
    scopes = {row["rule"]: row for row in facts.table("rule_scopes").rows}
    # What a rule says hangs on the facts and on memberships; whether it is in force, on the scenarios too.
    memo = memo_of_blocs(world)
    found = []
    for row in facts.table("measure_rules").rows:
        switch = world.effects.get(("measure", row["id"]))
        active = holds(row, world.day, world.known_on) if switch is None else switch.value["in_force"]
        if not active:
            continue
        measure = memo.get(("measure", row["id"]))
        if measure is None:
            measure = memo["measure", row["id"]] = _of_row(world, row, scopes.get(row["id"]))
        found.append(measure)
    return found


def _of_row(world: World, row: Row, scope: Row | None) -> Measure:
    gates = row["territory_gates"] or ()
    return Measure(
        table="measure_rules",
        id=row["id"],
        measure_id=row["measure_id"],
        # who acts is named, not the state on whose ground it happens
        imposer_words=(row["imposer_actor"],) if row["imposer_actor"] else row["imposer_codes"] or (),
        imposers=areas_of(world, row["imposer_codes"]),
        targets=areas_of(world, row["target_codes"]),
        everyone="ALL" in (row["target_codes"] or ()),
        what=frozenset(row["what"]),
        direction=row["direction"],
        modes=_modes(row["modes"]),
        cargo=row["cargo"] or (),
        hs=row["hs"] or (),
        applies_to=frozenset(row["applies_to"]),
        effect=row["effect"],
        value=row["value"],
        value_high=row["value_high"],
        unit=row["unit"] or "",
        territory=areas_of(world, row["territory_areas"]),
        gates=tuple(gate for gate in gates if gate.partition(":")[0] in _GATES),
        ports=(scope["ports"] if scope else None) or _named(gates, "port"),
        lines=_named(gates, "line"),
        detours=_detours(world, _named(gates, "line")),
        handling=scope["handling"] if scope else "close",
        exempt=areas_of(world, scope["exempt_areas"]) if scope else frozenset(),
        certainty=row["certainty"],
        note=of_the_row(row["note"] or ""),
        exemptions=row["exemptions"] or "",
    )


def _of_scenarios(world: World) -> list[Measure]:
    found = []
    for (topic, *_), effect in world.effects.items():
        if topic != "ban":
            continue
        ban = effect.value
        table, key = effect.evidence[0]
        gates = (*(f"crossing:{one}" for one in ban["crossings"]), *(f"passage:{one}" for one in ban["passages"]))
        found.append(
            Measure(
                table=table,
                id=key,
                measure_id=key,
                imposer_words=tuple(ban["imposers"]),
                imposers=areas_of(world, tuple(ban["imposers"])),
                targets=areas_of(world, tuple(ban["targets"])),
                everyone="ALL" in ban["targets"],
                what=frozenset(ban["what"]),
                direction=ban["direction"],
                modes=_modes(ban["modes"]),
                cargo=tuple(ban["cargo"]),
                hs=tuple(ban["hs"]),
                applies_to=frozenset(ban["applies_to"]),
                effect=ban["effect"],
                value=None,
                value_high=None,
                unit="",
                territory=areas_of(world, tuple(ban["territory"])),
                gates=gates,
                ports=tuple(ban["ports"]),
                lines=(),
                detours=(),
                handling="close",
                exempt=frozenset(),
                certainty="certain",
                note=effect.note,
            )
        )
    return found
