"""Who carries a box at sea: the large lines with their hubs, or regional lines that sail direct."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from landbridge.routing.shipment import Shipment
    from landbridge.world import World

BULK: Final = "bulk"
MAINLINE: Final = "mainline container"
FEEDER: Final = "feeder container"
"""The ships that fetch the boxes of the large lines from a hub: no class of a shipment, but of one leg of it."""


def carrier_class(world: World, shipment: Shipment) -> str:
    """The class of ships that carries a shipment: by the carrier's state, else by the ends of the trip.

    A state may have lines of one class in a trade and of another elsewhere: the row that names both goes first. Loose
    goods that sail in ships of their own (gas) have a row that names them; all others are bulk.

    Examples
    --------
    >>> from landbridge.routing.shipment import Shipment
    >>> from landbridge.world import World
    >>> world = World.at("2024-06-01")
    >>> carrier_class(world, Shipment(carrier="DNK")), carrier_class(world, Shipment(carrier="RUS"))
    ('mainline container', 'regional container')
    >>> carrier_class(world, Shipment(cargo="lng")), carrier_class(world, Shipment(cargo="wheat"))
    ('gas carrier', 'bulk')
    """
    loose = world.facts.row("cargo_classes", shipment.cargo)["unit"] != "teu"
    ends = {shipment.origin_area, shipment.destination_area}
    rows = world.facts.table("carrier_classes").rows
    for row in sorted(rows, key=lambda row: row["carrier"] is None or row["trade"] is None):
        if row["cargo"] != (shipment.cargo if loose else None):
            continue
        early = row["from"] is not None and world.day < row["from"].first
        late = row["to"] is not None and world.day >= row["to"].first
        if early or late:
            continue
        trade_fits = row["trade"] is None or row["trade"] in ends
        if row["carrier"] == shipment.carrier and trade_fits:
            return str(row["class"])
    return BULK if loose else MAINLINE
