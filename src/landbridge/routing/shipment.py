"""What is sent: the cargo, how much of it, in what service, under whose flag, by which modes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

Mode = Literal["rail", "road", "sea", "river", "air"]
MODES: tuple[Mode, ...] = ("rail", "road", "sea", "river", "air")
Service = Literal["auto", "block train", "regular slot", "single wagon", "groupage", "full lorry"]
SERVICES: tuple[Service, ...] = ("auto", "block train", "regular slot", "single wagon", "groupage", "full lorry")
Factors = Literal["nearest", "desnz"]
NEAREST: Factors = "nearest"
FACTORS: tuple[Factors, ...] = (NEAREST, "desnz")
"""Sets of CO2e factors: what was measured or published nearest to each leg, or those of one government."""


@dataclass(frozen=True, slots=True)
class Shipment:
    """One shipment.

    Parameters
    ----------
    cargo
        An id of the table `cargo_classes` ("container", "bulk", "food" ...).
    teu, tonnes
        How much: containers count in TEU with a weight [t]; other cargo in tonnes alone. None is
        filled in by `routing.costs.complete` from the table of cargo classes.
    value_usd
        Value of the goods [USD]; drives the value of time.
    carrier
        Area code of the only lawful carrier's state, or None for any lawful combination.
    service
        How it travels on rail and road; "auto" takes the product that the amount allows.
    modes
        Modes that may carry it; empty means all.
    via, avoid
        Places, crossings or passages that must, or must not, be used.
    team
        Two drivers in the lorry, or one; None for as many as are usual in an area and on a lane (`usual_drivers`).
    hs
        Chapter of the Harmonized System, where a measure depends on it.
    factors
        By which set of factors CO2e is counted: "nearest", what is published nearest to each leg (GLEC, Clean Cargo,
        railways), or "desnz", those of the government of the United Kingdom where they have the mode.
    origin_area, destination_area
        Areas where the goods come from and go to; filled in from the question, they decide which
        measures bind (`world.rules`).
    """

    cargo: str = "container"
    teu: float | None = None
    tonnes: float | None = None
    value_usd: float | None = None
    carrier: str | None = None
    service: Service = "auto"
    modes: tuple[Mode, ...] = ()
    via: tuple[str, ...] = ()
    avoid: tuple[str, ...] = field(default=())
    team: bool | None = None
    hs: str | None = None
    factors: Factors = "nearest"
    origin_area: str | None = None
    destination_area: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "cargo": self.cargo,
            "teu": self.teu,
            "tonnes": self.tonnes,
            "value_usd": self.value_usd,
            "carrier": self.carrier,
            "service": self.service,
            "modes": list(self.modes),
            "via": list(self.via),
            "avoid": list(self.avoid),
            "team": self.team,
            "hs": self.hs,
            "factors": self.factors,
        }

    def with_(self, **changes: Any) -> Shipment:
        """A copy with some fields changed.

        Examples
        --------
        >>> Shipment().with_(cargo="food").cargo
        'food'
        """
        return replace(self, **changes)
