"""Kilograms of CO2e of a kilometre: a factor of the mode, or for a train its traction and the power of the area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from landbridge.routing.costs.parts import Part, of
from landbridge.routing.shipment import NEAREST

if TYPE_CHECKING:
    from landbridge.routing.costs.moves import Trip
    from landbridge.routing.costs.values import Value

CO2E = "co2e"


def grams_tkm(trip: Trip, mode: str, product: str = "", area: str = "") -> Value:
    """Well-to-wheel grams of CO2e of a tonne over a kilometre, by the set asked for where it has such a figure."""
    return _of_set(trip, mode, product, area) or trip.book.get("wtw_g_tkm", mode=mode, product=product, area=area)


def co2_part(trip: Trip, mode: str, product: str = "", area: str = "") -> Part:
    """Well-to-wheel kilograms for a kilometre."""
    grams = grams_tkm(trip, mode, product, area)
    return of(grams, CO2E, kg_km=grams.value * trip.kg_per_g_tkm)


def train_co2_parts(trip: Trip, product: str, area: str) -> list[Part]:
    """Well-to-wheel kilograms of a kind of train for a kilometre in an area.

    What the railway of the area itself tells stands. Else the share of the freight that goes by electric locomotives
    burns what the power stations of the area burn, and the rest diesel; where the share or the power is not known,
    the general figure stands. A long train needs less for a tonne, and boxes and their wagons weigh more than others.
    """
    book = trip.book
    general = [co2_part(trip, "rail", area=area)]
    own = book.find("wtw_g_tkm", mode="rail", area=area)
    share = book.find("rail_electric_share", mode="rail", area=area)
    told = own is not None and book.facts.row(*own.row)["area"] == area
    if told or share is None or _of_set(trip, "rail", "", area) is not None:
        return general
    parts = [of(share, CO2E)]
    if share.value > 0.0:
        grid = book.find("grid_g_kwh", area=area)
        if grid is None:
            return general
        power = book.get("rail_kwh_tkm", mode="rail", product=product, area=area)
        grams = share.value * power.value * grid.value
        parts += [of(grid, CO2E, kg_km=grams * trip.kg_per_g_tkm), of(power, CO2E)]
    if share.value < 1.0:
        diesel = book.get("rail_diesel_g_tkm", mode="rail", product=product, area=area)
        parts.append(of(diesel, CO2E, kg_km=(1.0 - share.value) * diesel.value * trip.kg_per_g_tkm))
    return parts


def _of_set(trip: Trip, mode: str, product: str, area: str) -> Value | None:
    """The figure of the set of factors that the shipment asks for, None where that set has none for the mode."""
    if trip.shipment.factors == NEAREST:
        return None
    return trip.book.find(f"wtw_g_tkm_{trip.shipment.factors}", mode=mode, product=product, area=area)
