"""How much is sent and in what: TEU, tonnes, boxes, lorries, and the product that the amount allows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import InputError, nearest
from landbridge.routing.shipment import MODES, SERVICES, Service, Shipment

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.network import Network

BLOCK: Final = "block train"
SLOT: Final = "regular slot"
WAGON: Final = "single wagon"
GROUPAGE: Final = "groupage"
LORRY: Final = "full lorry"
DAY_H: Final = 24.0
BOX_TEU: Final = 2.0
"""A box of 40 feet is two TEU."""


@dataclass(frozen=True, slots=True)
class Load:
    """A complete shipment as the costs see it.

    Parameters
    ----------
    boxed
        In containers (counted in TEU) or loose (counted in tonnes).
    units
        TEU or tonnes that are paid for: whole boxes, or the share of one in groupage.
    lone
        The TEU in a box of 20 feet: boxes of 40 feet are taken as far as they go.
    lorries
        Whole lorries, or the share of one in groupage.
    rail_units
        Units paid on rail: a block train is paid full.
    """

    cargo: str
    boxed: bool
    teu: float
    tonnes: float
    units: float
    lone: float
    lorries: float
    rail_units: float
    product: str
    groupage: bool

    @property
    def bulk(self) -> str:
        """The word that rows of loose cargo carry."""
        return "" if self.boxed else "bulk"


def cargo_row(cargo: str, facts: Facts) -> Any:
    """The row of a cargo class; a wrong name gets the nearest ones."""
    rows = facts.table("cargo_classes").by_id
    if cargo not in rows:
        raise InputError(f"no cargo class {cargo!r}", field="cargo", nearest=nearest(cargo, rows) or sorted(rows)[:6])
    return rows[cargo]


def cargo_names(cargo: str, facts: Facts) -> frozenset[str]:
    """A cargo class and the wider ones that rules may name.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> sorted(cargo_names("seafood", load()))
    ['container', 'food', 'seafood']
    """
    return frozenset((cargo, *(cargo_row(cargo, facts)["parents"] or ())))


def complete(shipment: Shipment, facts: Facts) -> Shipment:
    """Fill in what a shipment leaves open: TEU, tonnes, value and service.

    A container without amounts is one TEU of 14 t worth 50,000 USD. Tonnes alone give the boxes that they need; TEU
    alone give the usual weight, of a box of 40 feet no more than its lorry carries. "auto" takes the product that the
    amount allows: a full train only from the least amount of the table of products, so one box never gets the price of
    a block train.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> done = complete(Shipment(), load())
    >>> done.teu, done.tonnes, round(done.value_usd), done.service
    (1.0, 14.0, 50000, 'regular slot')
    >>> complete(Shipment(teu=2.0), load()).tonnes
    24.0
    """
    row = cargo_row(shipment.cargo, facts)
    _check(shipment)
    per_teu = row["tonnes_per_teu"]
    teu, tonnes = shipment.teu, shipment.tonnes
    if row["unit"] == "teu":
        if tonnes is None:
            tonnes = row["default_t"] if teu is None else _usual_weight(teu, per_teu, facts)
        if teu is None:
            boxes = tonnes / per_teu
            limit = _number(facts, "groupage_max_teu")
            small = shipment.service == GROUPAGE or (shipment.service == "auto" and boxes <= limit)
            teu = boxes if small else float(math.ceil(boxes - 1e-9))
        _check_weight(teu, tonnes, _number(facts, "box_payload_t"))
    else:
        if teu is not None:
            raise InputError(f"{row['name']} is loose and counted in tonnes, not in TEU", field="teu")
        if tonnes is None:
            tonnes = row["default_t"]
    value = tonnes * row["usd_per_t"] if shipment.value_usd is None else shipment.value_usd
    service = shipment.service if shipment.service != "auto" else _product(teu, tonnes, facts)
    return shipment.with_(
        teu=None if teu is None else float(teu), tonnes=float(tonnes), value_usd=float(value), service=service
    )


def _usual_weight(teu: float, per_teu_t: float, facts: Facts) -> float:
    """The weight of boxes told by their number alone [t]: of each lorry full of them no more than it carries."""
    places, payload = _number(facts, "lorry_capacity_teu"), _number(facts, "lorry_payload_t")
    full, rest = divmod(teu, places)
    return full * min(places * per_teu_t, payload) + min(rest * per_teu_t, payload)


def _check_weight(teu: float, tonnes: float, limit_t: float) -> None:
    """Refuse boxes that weigh more than a box can hold."""
    if tonnes > teu * limit_t * (1.0 + 1e-9):
        each = round(tonnes / teu, 1)
        raise InputError(
            f"{tonnes:,.10g} t in {teu:g} TEU are {each:,.10g} t in a TEU; a TEU holds at most {limit_t:g} t",
            field="tonnes",
            nearest=[f"{teu * limit_t:g}"],
            remedy=f"or take {math.ceil(tonnes / limit_t):d} TEU",
        )


def _check(shipment: Shipment) -> None:
    for name in ("teu", "tonnes", "value_usd"):
        number = getattr(shipment, name)
        if number is not None and not (math.isfinite(number) and (number > 0 or (name == "value_usd" and number == 0))):
            raise InputError(f"{name} must be a number above zero, not {number}", field=name)
    if shipment.service not in SERVICES:
        raise InputError(
            f"no service {shipment.service!r}", field="service", nearest=nearest(shipment.service, SERVICES)
        )
    for mode in shipment.modes:
        if mode not in MODES:
            raise InputError(f"no mode {mode!r}", field="modes", nearest=nearest(mode, MODES) or MODES)


def _number(facts: Facts, parameter: str) -> float:
    return float(facts.table("parameters").where(parameter=parameter)[0]["value"])


def _product(teu: float | None, tonnes: float, facts: Facts) -> Service:
    if teu is not None and teu <= _number(facts, "groupage_max_teu"):
        return GROUPAGE
    if teu is not None:
        return BLOCK if teu >= train_teu(facts) else SLOT
    return BLOCK if tonnes >= train_t(facts) else WAGON


def train_teu(facts: Facts) -> float:
    """The least container train that has the price of one [TEU]."""
    rows = facts.table("products").where(record="product", product=BLOCK)
    return float(min(row["min_teu"] for row in rows if row["min_teu"]))


def train_t(facts: Facts) -> float:
    """The least train of wagons that has the price of one [t]."""
    rows = facts.table("products").where(record="product", product="block train 1520")
    wagons = min(row["min_units"] for row in rows if row["min_unit"] == "wagon")
    return float(wagons * _number(facts, "wagon_payload_t"))


def load_of(shipment: Shipment, facts: Facts) -> Load:
    """What a complete shipment needs of boxes and lorries."""
    shipment = shipment if shipment.tonnes is not None and shipment.service != "auto" else complete(shipment, facts)
    boxed = cargo_row(shipment.cargo, facts)["unit"] == "teu"
    teu, tonnes = float(shipment.teu or 0.0), float(shipment.tonnes or 0.0)
    groupage = shipment.service == GROUPAGE
    payload, places = _number(facts, "lorry_payload_t"), _number(facts, "lorry_capacity_teu")
    units = (teu if groupage else float(math.ceil(teu - 1e-9))) if boxed else tonnes
    share = max(teu / places if boxed else 0.0, tonnes / payload)
    lorries = share if groupage else float(math.ceil(share - 1e-9))
    rail_units = units
    if shipment.service == BLOCK:
        rail_units = max(units, train_teu(facts) if boxed else train_t(facts))
    product = str(shipment.service)
    if product in {GROUPAGE, LORRY}:
        product = SLOT if boxed else WAGON
    lone = units % BOX_TEU if boxed and not groupage else 0.0
    return Load(shipment.cargo, boxed, teu, tonnes, units, lone, lorries, rail_units, product, groupage)


def unit_amount(shipment: Shipment, facts: Facts) -> float:
    """How many weighting units a shipment is: TEU paid for, or tonnes of loose cargo.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> unit_amount(Shipment(tonnes=50.0), load()), unit_amount(Shipment(cargo="grain", tonnes=50.0), load())
    (4.0, 50.0)
    """
    return load_of(shipment, facts).units


def mode_factors(shipment: Shipment, facts: Facts) -> Mapping[str, float]:
    """What multiplies the money and kilograms of an arc for the whole shipment, by mode of the arc.

    An arc of a road costs so much for a lorry, and a shipment takes whole lorries; an arc of any other mode costs so
    much for a TEU (or a tonne of loose cargo). On rail a block train is paid full.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> factors = mode_factors(Shipment(teu=5.0), load())
    >>> factors["road"], factors["sea"]
    (3.0, 5.0)
    """
    load = load_of(shipment, facts)
    factors: dict[str, float] = dict.fromkeys(MODES, load.units)
    factors["road"] = load.lorries
    factors["rail"] = load.rail_units
    return factors


def arc_factors(network: Network, factors: Mapping[str, float]) -> NDArray[np.float64]:
    """The factor of each arc by its mode, shape (m,)."""
    from landbridge.network import MODES as ARC_MODES

    return np.array([factors[mode] for mode in ARC_MODES], dtype=np.float64)[network.mode]


def value_of_time_usd_h(shipment: Shipment, facts: Facts) -> float:
    """What an hour on the way costs the whole shipment [USD/h]: a share of its value, by cargo.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> round(value_of_time_usd_h(Shipment(), load()), 2)
    1.46
    """
    done = complete(shipment, facts)
    row = facts.row("value_of_time", cargo_row(done.cargo, facts)["time_class"])
    return float(done.value_usd or 0.0) * float(row["value"]) / 100.0 / DAY_H


BOXES: Final = frozenset({"TEU", "FEU"})


def lane_factors(shipment: Shipment, facts: Facts, day: date) -> dict[str, tuple[float, str]]:
    """`lane_factor` of the shipment's direction for each mode that has lanes."""
    ends = (shipment.origin_area, shipment.destination_area)
    boxed = cargo_row(shipment.cargo, facts)["unit"] == "teu"
    return {mode: lane_factor(facts, mode, *ends, day, boxed=boxed) for mode in ("rail", "road", "sea", "air")}


def lane_factor(
    facts: Facts, mode: str, origin: str | None, destination: str | None, day: date, *, boxed: bool = True
) -> tuple[float, str]:
    """The price of a lane against its headhaul, and the row of `products` that says so ("" where there is none).

    Rows priced by the box tell where empty boxes pile up: they speak of goods in boxes alone.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> lane_factor(load(), "rail", "CHN", "DEU", date(2023, 6, 1))[0]
    1.0
    >>> lane_factor(load(), "rail", "DEU", "CHN", date(2023, 6, 1))[0]
    0.45
    """
    if origin is None or destination is None:
        return 1.0, ""
    regions: dict[str, set[str]] = {origin: {origin}, destination: {destination}}
    for row in facts.table("cost_regions").rows:
        if row["area"] in regions:
            regions[row["area"]].add(row["region"])
    best: tuple[tuple[int, int, str], Any] | None = None
    for row in facts.table("products").where(record="lane"):
        if row["factor"] is None or mode not in row["modes"] or (row["min_unit"] in BOXES and not boxed):
            continue
        start, goal = set(row["from_region"] or ()), set(row["to_region"] or ())
        if not (start & regions[origin] and goal & regions[destination]):
            continue
        first = row["from"].first if row["from"] is not None else date.min
        last = row["to"].first if row["to"] is not None else date.max
        gap = max((first - day).days, (day - last).days, 0)
        exact = (origin in start) + (destination in goal)
        rank = (exact, -gap, row["id"])
        if best is None or rank > best[0]:
            best = (rank, row)
    return (1.0, "") if best is None else (float(best[1]["factor"]), str(best[1]["id"]))
