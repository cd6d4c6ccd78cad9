"""Where the findings of the measures are gathered while one shipment is looked at."""

from __future__ import annotations

from dataclasses import dataclass, field

from landbridge.world.measures import Measure
from landbridge.world.sayings import FREE
from landbridge.world.trip import Crossed, CrossingKey, Fee, Note, Refusal, WarRisk

EVERY_STATE = "UN"
"""Word for an imposer whose measures bind on all ground alike."""


@dataclass
class Findings:
    """Refusals, fees and notes found so far; the first refusal of a subject is kept."""

    trade: dict[str, Refusal] = field(default_factory=dict)
    areas: dict[str, dict[str, Refusal]] = field(default_factory=dict)
    crossings: dict[CrossingKey, Refusal] = field(default_factory=dict)
    crossed: dict[CrossingKey, Crossed] = field(default_factory=dict)
    passages: dict[str, Refusal] = field(default_factory=dict)
    ports: dict[str, Refusal] = field(default_factory=dict)
    fetched: set[tuple[str, str]] = field(default_factory=set)
    ferries: dict[str, Refusal] = field(default_factory=dict)
    lines: dict[str, Refusal] = field(default_factory=dict)
    airspace: dict[str, Refusal] = field(default_factory=dict)
    flags: dict[tuple[str, str], Measure] = field(default_factory=dict)
    """(area, airspace): what keeps the aircraft of the area out of that airspace."""
    avoided: dict[tuple[str, str], str] = field(default_factory=dict)
    """(area, airspace): the row of carriers of the area, or of all for "", who keep out of that airspace by choice."""
    swaps: dict[str, Refusal] = field(default_factory=dict)
    war_risk: dict[tuple[str, str], WarRisk] = field(default_factory=dict)
    fees: list[Fee] = field(default_factory=list)
    notes: dict[tuple[str, str], Note] = field(default_factory=dict)

    def refuse_area(self, area: str, refusal: Refusal) -> None:
        """Keep a refusal of an area for its modes."""
        self.areas.setdefault(area, {}).setdefault(refusal.id, refusal)

    def note(self, note: Note) -> None:
        """Keep a note once."""
        self.notes.setdefault((note.table, note.id), note)


def refusal_of(measure: Measure, subject_kind: str, subject: str, modes: frozenset[str] = frozenset()) -> Refusal:
    """A refusal that cites a measure."""
    kind = "event" if measure.table == "scenario" else "carrier" if measure.of_carriers_only else "measure"
    return Refusal(
        kind=kind,
        table=measure.table,
        id=measure.id,
        subject_kind=subject_kind,
        subject=subject,
        modes=tuple(sorted(modes)),
        certainty=measure.certainty,
        imposers=measure.imposer_words,
        reason="; ".join(filter(None, (measure.note, measure.exemptions and f"{FREE}{measure.exemptions}"))),
    )


def note_of(measure: Measure, why: str) -> Note:
    """A note that cites a measure; one of all the world's states bears where its targets are."""
    where = measure.territory or measure.imposers
    return Note(
        table=measure.table,
        id=measure.id,
        why=why,
        certainty=measure.certainty,
        imposers=measure.imposer_words,
        areas=measure.targets if EVERY_STATE in measure.imposer_words and not measure.everyone else where,
        gates=(
            *measure.gates,
            *(f"port:{port}" for port in measure.ports),
            *(f"line:{line}" for line in measure.lines),
        ),
        detours=tuple(f"line:{line}" for line in measure.detours),
        modes=() if measure.all_modes else tuple(sorted(measure.modes)),
        reason=measure.note,
    )
