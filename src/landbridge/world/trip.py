"""A shipment as the rules see it, and what the rules answer: refusals, fees, notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from landbridge.world.types import Evidences

if TYPE_CHECKING:
    from landbridge.world.formalities import Formality

OTHER_CARRIERS = "other carriers"
"""Why a rule closes nothing: it binds carriers that this shipment does not need."""
CrossingKey = tuple[str, str, str]
"""Crossing id, mode, direction written FROM>TO."""


@dataclass(frozen=True, slots=True)
class Trip:
    """What the rules need to know of a shipment.

    Parameters
    ----------
    origin_area, destination_area
        Codes of the areas where the goods come from and go to.
    cargo
        An id of `cargo_classes`.
    hs
        Chapter or heading of the Harmonized System, when known; it then decides what a list of goods means.
    carriers
        Code of the only state whose carriers may move it, or None for any lawful combination.
    flag
        Code of the ship's or lorry's flag; the carrier's state when None.
    carrier_class
        Class of sea carrier, as in `carrier_policies`.
    """

    origin_area: str
    destination_area: str
    cargo: str = "container"
    hs: str | None = None
    carriers: str | None = None
    flag: str | None = None
    carrier_class: str = "mainline container"

    @property
    def ends(self) -> tuple[str, str]:
        """The areas where the goods come from and go to."""
        return self.origin_area, self.destination_area

    @property
    def carrier_area(self) -> str | None:
        """The state whose carriers or flag are meant, if any."""
        return self.flag or self.carriers


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not be used, as data: the row that says so and how sure it is.

    `kind` is measure, status, season, policy, event or carrier; `table` and `id` name the row (table `scenario` for
    events); `subject_kind` and `subject` what is refused; `modes` is empty for all modes.
    """

    kind: str
    table: str
    id: str
    subject_kind: str
    subject: str
    modes: tuple[str, ...] = ()
    certainty: str = "certain"
    imposers: tuple[str, ...] = ()
    reason: str = ""

    @property
    def imposer(self) -> str:
        """Who imposed it, as one text."""
        return " ".join(self.imposers)

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "kind": self.kind,
            "table": self.table,
            "id": self.id,
            "subject_kind": self.subject_kind,
            "subject": self.subject,
            "modes": list(self.modes),
            "certainty": self.certainty,
            "imposer": self.imposer,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Fee:
    """Money taken at a subject: `usd` per `unit`, or `pct` of the value as duty."""

    subject_kind: str
    subject: str
    usd: float | None
    usd_low: float | None
    usd_high: float | None
    pct: float | None
    unit: str
    modes: tuple[str, ...]
    evidence: Evidences
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A measure or policy that closes nothing for this shipment but must be shown where it bears.

    `why` says why it does not close: disputed, announced_only, limited, quota, other carriers, goods, policy,
    secondary, practice, finance. `areas` and `gates` say where it bears (both empty: on no way in particular);
    `detours` are gates that it does not name, on ways round one that it does: it is told there too. What bears on the
    trade between two ends, as a choice of those who send by a corridor, bears where a way touches an area of each.
    """

    table: str
    id: str
    why: str
    certainty: str
    imposers: tuple[str, ...]
    areas: frozenset[str] = frozenset()
    gates: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    reason: str = ""
    detours: tuple[str, ...] = ()
    ends: tuple[frozenset[str], ...] = ()

    @property
    def imposer(self) -> str:
        """Who imposed it, as one text."""
        return " ".join(self.imposers)

    @property
    def subject_kind(self) -> str:
        """What it is about: the kind of its first gate, else area, else trade."""
        if self.gates:
            return self.gates[0].partition(":")[0]
        return "area" if self.areas else "trade"

    @property
    def subject(self) -> str:
        """What it is about: its gates, else its areas."""
        return ";".join(gate.partition(":")[2] for gate in self.gates) or ";".join(sorted(self.areas))

    def bears_on(self, crossed: frozenset[tuple[str, str]], gates: frozenset[tuple[str, str]]) -> bool:
        """Whether it bears on a way: by one of its gates, else by an area that the way crosses by one of its modes.

        What binds other carriers bears by its gates alone: a planner who may choose the carrier meets it nowhere else.
        """
        if not self.gates and self.why == OTHER_CARRIERS:
            return False
        if not all(any(area in end for area, _ in crossed) for end in self.ends):
            return False
        places, passed = (frozenset((*self.gates, *self.detours)), gates) if self.gates else (self.areas, crossed)
        return any(place in places and (not self.modes or mode in self.modes) for place, mode in passed)

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "table": self.table,
            "id": self.id,
            "why": self.why,
            "certainty": self.certainty,
            "imposer": self.imposer,
            "areas": sorted(self.areas),
            "gates": list(self.gates),
            "detours": list(self.detours),
            "modes": list(self.modes),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class WarRisk:
    """Premium of a sea carrier's hull for one passage or call, in percent of the hull's value."""

    pct: float
    low: float
    high: float
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Crossed:
    """What an allowed crossing costs this shipment beyond the usual: more hours, a change of tractor."""

    extra_hours: float
    swap: bool
    evidence: Evidences


@dataclass(frozen=True)
class Rules:
    """What a shipment may and may not use in a world; whatever is not named here is allowed."""

    trip: Trip
    trade_refusals: tuple[Refusal, ...] = ()
    area_transit: Mapping[str, tuple[Refusal, ...]] = field(default_factory=dict)
    crossing_refusals: Mapping[CrossingKey, Refusal] = field(default_factory=dict)
    crossed: Mapping[CrossingKey, Crossed] = field(default_factory=dict)
    passage_refusals: Mapping[str, Refusal] = field(default_factory=dict)
    port_refusals: Mapping[str, Refusal] = field(default_factory=dict)
    fetched: frozenset[tuple[str, str]] = frozenset()
    """Ports, with "export" or "import", that the ships of its class keep off and small ones serve from a hub."""
    ferry_refusals: Mapping[str, Refusal] = field(default_factory=dict)
    line_refusals: Mapping[str, Refusal] = field(default_factory=dict)
    airspace: Mapping[str, Refusal] = field(default_factory=dict)
    flights: Mapping[tuple[str, str], Refusal] = field(default_factory=dict)
    """Pairs of areas between which nobody flies straight: each keeps out the aircraft of the other."""
    overflight: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """(area, airspace): the row by which aircraft of the area keep out of that airspace; the area is "" for all."""
    swaps: Mapping[str, Refusal] = field(default_factory=dict)
    war_risk: Mapping[tuple[str, str], WarRisk] = field(default_factory=dict)
    fees: tuple[Fee, ...] = ()
    notes: tuple[Note, ...] = ()
    formalities: Mapping[tuple[str, str], tuple[Formality, ...]] = field(default_factory=dict)

    def notes_on(self, crossed: Iterable[tuple[str, str]], gates: Iterable[tuple[str, str]] = ()) -> tuple[Note, ...]:
        """The notes that bear on a way: those about one of its gates first, then the disputed, then those of few areas.

        Parameters
        ----------
        crossed
            (area, mode) of each area that the way crosses or touches.
        gates
            (gate, mode) of each gate that it passes, the gate written KIND:ID.

        Examples
        --------
        >>> from landbridge.world import Trip, World, resolve
        >>> rules = resolve(World.at("2021-12-15"), Trip("IRN", "ARM"))
        >>> [note.id for note in rules.notes_on((), [("line:arm-goris-kapan-old", "road")])]
        ['aze-gorkap-ctl-r']
        """
        some, used = frozenset(crossed), frozenset(gates)
        found = [note for note in self.notes if note.bears_on(some, used)]
        found.sort(key=lambda note: (not note.gates, note.certainty != "disputed", len(note.areas), note.id))
        return tuple(found)

    def area_refusal(self, area: str, mode: str) -> Refusal | None:
        """The refusal that keeps this shipment from moving in an area by a mode, if any.

        Examples
        --------
        >>> from landbridge.world import Trip, World, resolve
        >>> rules = resolve(World.at("2023-06-01"), Trip("ARM", "RUS"))
        >>> rules.area_refusal("AZE", "road").id
        'arm-aze89-r-transit'
        """
        return next((one for one in self.area_transit.get(area, ()) if not one.modes or mode in one.modes), None)
