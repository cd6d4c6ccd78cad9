"""What a world answers about a crossing, a passage, a season, a built link."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Evidences = tuple[tuple[str, str], ...]
Freight = Literal["all", "listed", "none"]
Openness = Literal["open", "restricted", "closed", "planned"]


@dataclass(frozen=True, slots=True)
class Season:
    """What the time of the year does to a subject.

    `closed_probability` is 1 for a closed season and else the share of days shut; `slow_hours` is the mean delay
    [h] and `slow_var_h2` its variance [h2]; `draft_payload_share` is the mean share of the usual payload, `draft_m`
    the permitted draft [m], each None where nothing is known to bind.
    """

    closed_probability: float = 0.0
    slow_hours: float = 0.0
    slow_var_h2: float = 0.0
    draft_payload_share: float | None = None
    draft_m: float | None = None
    evidence: Evidences = ()


NO_SEASON = Season()


@dataclass(frozen=True, slots=True)
class Pass:
    """What passes a crossing, by one mode in one direction, on the day of the world.

    `level` names the row that decides: crossing, pair, area, event, or none (no row: open). `extra_hours` [h] and
    `fee_usd` (for each `fee_unit`, "" is a vehicle) come from seasons and events; `closed_probability` is the share of
    days shut in this season, and `closed_by` the rows that say so.
    """

    freight: Freight
    cargo_note: str = ""
    carriers: str = "all"
    persons: str = "unknown"
    certainty: str = "uncertain"
    evidence: Evidences = ()
    extra_hours: float = 0.0
    extra_var_h2: float = 0.0
    fee_usd: float = 0.0
    fee_unit: str = ""
    closed_probability: float = 0.0
    closed_by: Evidences = ()
    capacity_share: float = 1.0
    reason: str = ""
    level: str = "none"

    @property
    def shut(self) -> bool:
        """Nothing passes at all."""
        return self.freight == "none"

    @property
    def slow_hours(self) -> float:
        """The mean delay of season and events [h], as a `State` has it."""
        return self.extra_hours

    @property
    def slow_var_h2(self) -> float:
        """The variance of that delay [h2]."""
        return self.extra_var_h2


@dataclass(frozen=True, slots=True)
class State:
    """The state of a passage, port, ferry, project or line on the day of the world.

    `slow_hours` [h] holds the mean of seasonal and event delays; `carrier_classes` names the classes of carriers
    that an event turns away (empty: none); `fee_usd` is for each `fee_unit` ("": what usually pays); `closed_by` holds
    the rows that say `closed_probability`.
    """

    open: Openness
    certainty: str = "sure"
    slow_hours: float = 0.0
    slow_var_h2: float = 0.0
    closed_probability: float = 0.0
    draft_payload_share: float | None = None
    draft_m: float | None = None
    fee_usd: float = 0.0
    fee_unit: str = ""
    closed_by: Evidences = ()
    capacity_share: float = 1.0
    carrier_classes: tuple[str, ...] = ()
    reason: str = ""
    evidence: Evidences = ()

    @property
    def usable(self) -> bool:
        """Whether anything can go there on this day."""
        return self.open in {"open", "restricted"}


@dataclass(frozen=True, slots=True)
class Link:
    """A link that a scenario invents; `network.overlay` turns it into arcs.

    `tail` and `head` are place texts or "lat,lon"; `waypoints` are (lat, lon) pairs on the way; `crossings` name the
    border posts that it uses, in order.
    """

    id: str
    mode: str
    tail: str
    head: str
    waypoints: tuple[tuple[float, float], ...] = ()
    km: float | None = None
    gauge_mm: int | None = None
    speed_kmh: float | None = None
    hours: float | None = None
    crossings: tuple[str, ...] = field(default=())
    both_ways: bool = True
