"""What events add to a crossing, passage, port, ferry or line: delays, fees, days shut, lost capacity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from landbridge.world.types import Evidences

TOPICS = ("delay", "fee", "capacity")


@dataclass(frozen=True, slots=True)
class Added:
    """What the events of a day add to one subject.

    `share` is the share of the usual capacity that is left; `closed_share` the share of days shut, by the rows
    `closed_by`; `reason` the note of the event that shuts it altogether.
    """

    hours: float = 0.0
    var_h2: float = 0.0
    fee_usd: float = 0.0
    fee_unit: str = ""
    closed_share: float = 0.0
    closed_by: Evidences = ()
    share: float = 1.0
    reason: str = ""
    evidence: Evidences = ()

    @property
    def shuts(self) -> bool:
        """Whether nothing passes any more: no capacity is left, or it is shut on every day."""
        return self.share <= 0.0 or self.closed_share >= 1.0


NOTHING = Added()


def added_by(effects: Mapping[tuple[str, ...], Any], *subject: str) -> Added:
    """What the effects of a world add to a subject: its kind and id, of a crossing also mode and direction.

    Examples
    --------
    >>> from landbridge.world import World
    >>> added_by(World.at("2023-06-01").apply("caspian-storm-season").effects, "port", "aktau").shuts
    False
    """
    delay, fee, capacity = (effects.get((topic, *subject)) for topic in TOPICS)
    found = [one for one in (capacity, fee, delay) if one is not None]
    if not found:
        return NOTHING
    late: Mapping[str, Any] = {} if delay is None else delay.value
    paid: Mapping[str, Any] = {} if fee is None else fee.value
    closed = late.get("closed_share", 0.0)
    share = 1.0 if capacity is None else capacity.value["share"]
    by = capacity if capacity is not None and share <= 0.0 else delay
    ordered = ([by] if by is not None else []) + [one for one in found if one is not by]
    return Added(
        hours=late.get("hours", 0.0),
        var_h2=late.get("hours_sd", 0.0) ** 2,
        fee_usd=paid.get("usd", 0.0),
        fee_unit=paid.get("unit", ""),
        closed_share=closed,
        closed_by=delay.evidence if delay is not None and closed > 0.0 else (),
        share=share,
        reason="" if by is None else by.note,
        evidence=tuple(row for one in ordered for row in one.evidence),
    )
