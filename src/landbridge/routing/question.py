"""The questions of this room: one route, many routes, a matrix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, ClassVar

from landbridge.errors import InputError, nearest
from landbridge.routing.shipment import MODES, SERVICES, Shipment
from landbridge.routing.weights import OBJECTIVES, Objective

SHIPMENT_KEYS = tuple(item.name for item in fields(Shipment) if not item.name.endswith("_area"))


@dataclass(frozen=True, slots=True)
class RouteQuestion:
    """Ask how a shipment gets from `origin` to `destination`.

    Parameters
    ----------
    origin, destination
        Places: a city, UN/LOCODE, "lat,lon", or the id of a crossing, port or passage.
    shipment
        What is sent.
    objective
        What the first route minimises: generalised (money and time), usd, hours, kg_co2e.
    n
        How many alternatives at most.
    at
        Where the cargo already stands; it is stored and re-documented there and moves on to the destination.
    """

    kind: ClassVar[str] = "route"

    origin: str
    destination: str
    shipment: Shipment = field(default_factory=Shipment)
    objective: Objective = "generalised"
    n: int = 5
    at: str | None = None

    def __post_init__(self) -> None:
        """Refuse what no later stage could make sense of."""
        check_shipment(self.shipment)
        if self.objective not in OBJECTIVES:
            raise InputError(
                f"unknown objective '{self.objective}'", field="objective", nearest=nearest(self.objective, OBJECTIVES)
            )
        if not 1 <= self.n <= 50:
            raise InputError(f"n is {self.n}, but 1 to 50 alternatives can be asked for", field="n")

    def to_dict(self) -> dict[str, Any]:
        """As plain data for YAML or JSON."""
        return {
            "kind": self.kind,
            "from": self.origin,
            "to": self.destination,
            **self.shipment.to_dict(),
            "objective": self.objective,
            "n": self.n,
            "at": self.at,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], *, file: str | None = None) -> RouteQuestion:
        """From plain data, refusing unknown keys.

        Examples
        --------
        >>> RouteQuestion.from_dict({"kind": "route", "from": "Mumbai", "to": "Moscow"}).destination
        'Moscow'
        """
        known = {"kind", "from", "to", "objective", "n", "at", *SHIPMENT_KEYS}
        for key in data:
            if key not in known:
                raise InputError("unknown key of a route question", file=file, field=key, nearest=nearest(key, known))
        for key in ("from", "to"):
            if not isinstance(data.get(key), str) or not data[key].strip():
                raise InputError("a route question needs a place here", file=file, field=key)
        shipment = shipment_from(data, file=file)
        rest = {key: data[key] for key in ("objective", "n", "at") if data.get(key) is not None}
        return cls(origin=data["from"], destination=data["to"], shipment=shipment, **rest)


_WORDS = ("cargo", "carrier", "service", "hs")
_NUMBERS = ("teu", "tonnes", "value_usd")
_LISTS = ("modes", "via", "avoid")


def shipment_from(data: Mapping[str, Any], *, file: str | None = None) -> Shipment:
    """The shipment in plain data; keys that are no fields of a shipment are left to the caller.

    Raises
    ------
    InputError
        If a value is of a wrong kind.

    Examples
    --------
    >>> shipment_from({"teu": 2, "modes": ["rail"]}).modes
    ('rail',)
    """
    given = {key: data[key] for key in SHIPMENT_KEYS if data.get(key) is not None}

    def refuse(key: str, wanted: str) -> InputError:
        return InputError(f"{given[key]!r} is not {wanted}", file=file, field=key)

    for key in _WORDS:
        if key in given and not isinstance(given[key], str):
            raise refuse(key, "a text")
    for key in _NUMBERS:
        if key in given:
            if isinstance(given[key], bool) or not isinstance(given[key], int | float):
                raise refuse(key, "a number")
            given[key] = float(given[key])
    for key in _LISTS:
        if key in given:
            if isinstance(given[key], str) or not all(isinstance(item, str) for item in given[key]):
                raise refuse(key, "a list of texts")
            given[key] = tuple(given[key])
    if "team" in given and not isinstance(given["team"], bool):
        raise refuse("team", "true or false")
    return replace(Shipment(), **given)


def check_shipment(shipment: Shipment) -> None:
    """Refuse unknown modes and services and amounts that are not positive.

    Examples
    --------
    >>> check_shipment(Shipment(modes=("trian",)))
    Traceback (most recent call last):
    landbridge.errors.InputError: field modes: unknown mode 'trian'; nearest valid: rail, road, sea, river, air
    """
    for mode in shipment.modes:
        if mode not in MODES:
            raise InputError(f"unknown mode '{mode}'", field="modes", nearest=nearest(mode, MODES) or MODES)
    if shipment.service not in SERVICES:
        raise InputError(
            f"unknown service '{shipment.service}'", field="service", nearest=nearest(shipment.service, SERVICES)
        )
    for name in ("teu", "tonnes", "value_usd"):
        value = getattr(shipment, name)
        if value is not None and not 0 < value < 1e9:
            raise InputError(f"{name} is {value}, but must be above 0 and below 1e9", field=name)
