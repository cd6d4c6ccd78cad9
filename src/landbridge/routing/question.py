"""The question of one route, and its shipment, from plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from landbridge.files import Where
from landbridge.routing.forms import LISTS, NUMBERS, SHIPMENT_KEYS, WORDS, listed, refuse, route_form, shipment_form
from landbridge.routing.shipment import Shipment
from landbridge.routing.weights import Objective


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
    stood_days
        How long it has stood there before the day of the question: paid as storage or standing, no part of the hours.
    within
        Blocs, formats, records or areas of which it is told what part of each way lies in them.
    """

    kind: ClassVar[str] = "route"

    origin: str
    destination: str
    shipment: Shipment = field(default_factory=Shipment)
    objective: Objective = "generalised"
    n: int = 5
    at: str | None = None
    stood_days: float | None = None
    within: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no later stage could make sense of."""
        refuse(route_form(self.to_dict(), Where()))

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
            "stood_days": self.stood_days,
            **({"within": list(self.within)} if self.within else {}),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], where: Where = Where()) -> RouteQuestion:  # noqa: B008
        """From plain data, refusing unknown keys and values of a wrong kind, all of them in one message.

        Examples
        --------
        >>> RouteQuestion.from_dict({"kind": "route", "from": "Mumbai", "to": "Moscow"}).destination
        'Moscow'
        """
        refuse(route_form(data, where))
        rest = {key: data[key] for key in ("objective", "n", "at", "stood_days") if data.get(key) is not None}
        groups = listed(data["within"]) if data.get("within") else ()
        return cls(str(data["from"]), str(data["to"]), shipment_from(data), within=groups, **rest)


def shipment_from(data: Mapping[str, Any], where: Where = Where()) -> Shipment:  # noqa: B008
    """The shipment in plain data; keys that are no fields of a shipment are left to the caller.

    Raises
    ------
    InputError
        With every value of a wrong kind.

    Examples
    --------
    >>> shipment_from({"teu": 2, "modes": ["rail"]}).modes
    ('rail',)
    """
    refuse(shipment_form(data, where))
    given = {key: data[key] for key in SHIPMENT_KEYS if data.get(key) is not None}
    for key in set(given) & set(WORDS):
        given[key] = str(given[key])
    for key in set(given) & set(NUMBERS):
        given[key] = float(given[key])
    for key in set(given) & set(LISTS):
        given[key] = listed(given[key])
    return replace(Shipment(), **given)


def check_shipment(shipment: Shipment) -> None:
    """Refuse unknown modes and services and amounts that are not positive.

    Examples
    --------
    >>> check_shipment(Shipment(modes=("trian",)))
    Traceback (most recent call last):
    landbridge.errors.InputError: field modes: unknown mode 'trian'; nearest valid: rail, road, sea, river, air
    """
    refuse(shipment_form(shipment.to_dict(), Where()))
