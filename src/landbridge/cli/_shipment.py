"""The options that describe a shipment, and the question they make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from landbridge.routing import Shipment

Cargo = Annotated[str, typer.Option("--cargo", help="Class of cargo, an id of the table cargo_classes.")]
Teu = Annotated[float | None, typer.Option("--teu", min=0, help="Containers in TEU.")]
Tonnes = Annotated[float | None, typer.Option("--tonnes", min=0, help="Weight in tonnes.")]
ValueUsd = Annotated[float | None, typer.Option("--value-usd", min=0, help="Value of the goods in USD.")]
Carrier = Annotated[
    str | None, typer.Option("--carrier", metavar="ISO3", help="Only carriers of this area. Default: any lawful.")
]
Modes = Annotated[
    list[str] | None, typer.Option("--mode", "-m", help="Only these modes: rail, road, sea, river, air; repeat it.")
]
Via = Annotated[
    list[str] | None, typer.Option("--via", help="Place, crossing, port or passage to pass; repeat it, in order.")
]
Avoid = Annotated[list[str] | None, typer.Option("--avoid", help="What must not be used; repeat it.")]
Service = Annotated[
    str, typer.Option("--service", help="auto, block train, regular slot, single wagon, groupage, full lorry.")
]
Team = Annotated[bool, typer.Option("--team", help="Two drivers in the lorry.")]
Hs = Annotated[str | None, typer.Option("--hs", help="Chapter of the Harmonized System.")]
Objective = Annotated[
    str, typer.Option("--objective", help="What the first way minimises: generalised, usd, hours, kg_co2e.")
]


def shipment(
    cargo: str,
    teu: float | None,
    tonnes: float | None,
    value_usd: float | None,
    carrier: str | None,
    modes: Sequence[str] | None,
    via: Sequence[str] | None = None,
    avoid: Sequence[str] | None = None,
    service: str = "auto",
    team: bool = False,
    hs: str | None = None,
) -> Shipment:
    """The shipment that the options describe."""
    from landbridge.routing import Shipment

    fields: dict[str, Any] = {
        "cargo": cargo,
        "teu": teu,
        "tonnes": tonnes,
        "value_usd": value_usd,
        "carrier": carrier.upper() if carrier else None,
        "service": service,
        "modes": tuple(modes or ()),
        "via": tuple(via or ()),
        "avoid": tuple(avoid or ()),
        "team": team,
        "hs": hs,
    }
    return Shipment(**fields)
