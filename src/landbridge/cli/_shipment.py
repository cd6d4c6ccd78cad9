"""The options that describe a shipment, and the question they make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from landbridge.errors import InputError

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
Team = Annotated[
    bool | None, typer.Option("--team/--one-driver", help="Two drivers in the lorry, or one. Default: as is usual.")
]
Factors = Annotated[
    str,
    typer.Option("--factors", help="CO2e factors: nearest (published nearest to each leg), desnz (United Kingdom)."),
]
Hs = Annotated[str | None, typer.Option("--hs", help="Chapter or heading of the Harmonized System: 27, 2709.")]
Objective = Annotated[
    str, typer.Option("--objective", help="What the first way minimises: generalised, usd, hours, kg_co2e.")
]


OPTIONS = {
    "from": "FROM",
    "to": "TO",
    "modes": "--mode",
    "value_usd": "--value-usd",
    "stood_days": "--stood-days",
    **{name: f"--{name}" for name in ("cargo", "teu", "tonnes", "carrier", "service", "hs", "factors", "via", "avoid",
                                      "objective", "at", "within")},
}  # fmt: skip
"""What the command line calls the keys of a question."""


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
    team: bool | None = None,
    hs: str | None = None,
    factors: str = "nearest",
) -> dict[str, Any]:
    """The shipment that the options describe, as keys of a question."""
    return {
        "cargo": cargo,
        "teu": teu,
        "tonnes": tonnes,
        "value_usd": value_usd,
        "carrier": carrier.upper() if carrier else None,
        "service": service,
        "modes": list(modes or ()),
        "via": list(via or ()),
        "avoid": list(avoid or ()),
        "team": team,
        "hs": hs,
        "factors": factors,
    }


def asked(world: Any, data: dict[str, Any], wrong: Sequence[InputError] = ()) -> Any:
    """The question that the options make, checked as a whole: one message for all that is wrong.

    `wrong` holds what is wrong with a file that belongs to the question; its places are then not looked for.
    """
    from landbridge.errors import InputError, gathered
    from landbridge.files import Where
    from landbridge.studies import to_question

    try:
        question = to_question(data, Where(names=OPTIONS), world)
    except InputError as error:
        raise gathered([*wrong, *(one for one in error.complaints if not (wrong and one.field == "places"))]) from None
    return question
