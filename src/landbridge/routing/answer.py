"""What a route question is answered with: itineraries of legs, or a reasoned "no route"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from landbridge._version import __version__
from landbridge.answers import Evidence, Indicator, Reason, Reliance, WorldRef
from landbridge.routing.inside import by_area

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from landbridge.routing.costs import Amounts
    from landbridge.routing.inside import Inside
    from landbridge.routing.question import RouteQuestion
    from landbridge.world.within import Within

NUMBERS = frozenset(("parameters", "price_index"))
"""Tables that hold numbers alone: no row of theirs says that a way is open."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A part of the trip; the legs of an itinerary partition it, so its totals are their sums.

    Parameters
    ----------
    kind
        move, crossing, transfer (change of mode, gauge or tractor), wait, handling, passage.
    mode
        rail, road, sea, river or air.
    start, end
        Names of where it begins and ends.
    areas
        Areas on its two sides (equal inside one area; empty at sea).
    km, hours, usd, kg_co2e
        For the whole shipment.
    variance_h2
        Trip-to-trip variance of its hours [h2].
    ref
        Table and id of the crossing, passage, ferry or port it is about.
    note
        What is done, or what alone passes.
    doubts
        What is not sure about the thing it is about, on the day of the trip.
    points
        Its line on the map as (lat, lon).
    evidence
        Rows that its hours and dollars rest on.
    arcs
        The arcs of the network that it runs over, until its line is drawn.
    """

    kind: str
    mode: str
    start: str
    end: str
    areas: tuple[str, ...]
    km: float
    hours: float
    usd: float
    kg_co2e: float
    variance_h2: float = 0.0
    gauge_mm: int | None = None
    ref: tuple[str, str] | None = None
    note: str = ""
    doubts: tuple[str, ...] = ()
    points: Sequence[tuple[float, float]] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    arcs: NDArray[np.int64] | None = field(default=None, compare=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "kind": self.kind,
            "mode": self.mode,
            "from": self.start,
            "to": self.end,
            "areas": list(self.areas),
            "km": self.km,
            "hours": self.hours,
            "usd": self.usd,
            "kg_co2e": self.kg_co2e,
            "variance_h2": self.variance_h2,
            "gauge_mm": self.gauge_mm,
            "ref": None if self.ref is None else {"table": self.ref[0], "id": self.ref[1]},
            "note": self.note,
            "doubts": list(self.doubts),
            "evidence": [{"table": table, "id": row} for table, row in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class Itinerary:
    """One alternative."""

    rank: int
    label: str
    legs: tuple[Leg, ...]
    km: float
    hours: float
    usd: float
    kg_co2e: float
    generalised_usd: float
    hours_p10: float
    hours_p80: float
    hours_p90: float
    hours_low: float
    hours_high: float
    usd_low: float
    usd_high: float
    grade: str
    grade_shares: tuple[tuple[str, float], ...]
    modes: tuple[str, ...]
    areas: tuple[str, ...]
    crossings: tuple[tuple[str, str, str, int], ...]
    """(id, from area, to area, number of the leg)."""
    passages: tuple[tuple[str, int], ...]
    why: tuple[Reason, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    notes: tuple[str, ...] = ()
    best_for: tuple[str, ...] = ()
    """Objectives of which it is the optimum."""
    order_flips: float | None = None
    """Share of draws of the uncertain facts in which its order against the next way turns round."""
    fragile: bool = False
    """Whether that happens too often for the order to be relied on."""
    basis: Amounts | None = field(default=None, repr=False, compare=False)
    """Its hours and dollars by the rows that they rest on."""
    number: int = field(default=-1, repr=False, compare=False)
    """Its place among the candidates of which it was chosen."""
    within: tuple[Inside, ...] = ()
    """What part of it lies in each group of areas that was asked for."""
    spread_hours: float = field(default=0.0, repr=False)
    """Its hours with the rests of lorry drivers spread evenly over the way: those that the search compares."""
    spread_usd: float = field(default=0.0, repr=False)
    """Its dollars with the hire of boxes for those hours."""
    spread_generalised_usd: float = field(default=0.0, repr=False)
    """Those dollars and the value of those hours."""

    def to_summary(self) -> dict[str, Any]:
        """Its name and totals as plain data, for a way that is only named."""
        return {
            "label": self.label,
            "km": self.km,
            "hours": self.hours,
            "usd": self.usd,
            "kg_co2e": self.kg_co2e,
            "modes": list(self.modes),
            "areas": list(self.areas),
            "best_for": list(self.best_for),
        }

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON, named as in the schema `route/1`."""
        return {
            "rank": self.rank,
            "label": self.label,
            "km": self.km,
            "hours": self.hours,
            "hours_p10": self.hours_p10,
            "hours_p80": self.hours_p80,
            "hours_p90": self.hours_p90,
            "hours_low": self.hours_low,
            "hours_high": self.hours_high,
            "usd": self.usd,
            "usd_low": self.usd_low,
            "usd_high": self.usd_high,
            "generalised_usd": self.generalised_usd,
            "kg_co2e": self.kg_co2e,
            "modes": list(self.modes),
            "areas": list(self.areas),
            "legs": [leg.to_dict() for leg in self.legs],
            "by_area": [part.to_dict() for part in by_area(self.legs)],
            "within": [one.to_dict() for one in self.within],
            "crossings": [{"id": row, "from": start, "to": end, "leg": leg} for row, start, end, leg in self.crossings],
            "passages": [{"id": row, "leg": leg} for row, leg in self.passages],
            "grade": self.grade,
            "grade_shares": dict(self.grade_shares),
            "why": [reason.to_dict() for reason in self.why],
            "evidence": [item.to_dict() for item in self.evidence],
            "notes": list(self.notes),
            "best_for": list(self.best_for),
            "order_flips": self.order_flips,
            "fragile": self.fragile,
        }


@dataclass(frozen=True, slots=True)
class NoRoute:
    """Why there is no route: what blocks it, and the smallest change found that would open one.

    `blocked_by` and `opens_with` hold one mapping for each refusal: table, id, subject, imposer, certainty, reason.
    """

    reason: str
    blocked_by: tuple[dict[str, Any], ...] = ()
    opens_with: tuple[dict[str, Any], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "reason": self.reason,
            "blocked_by": [dict(item) for item in self.blocked_by],
            "opens_with": [dict(item) for item in self.opens_with],
        }


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The best way for an objective that is not offered on purpose, and why."""

    reason: str
    objective: str
    route: Itinerary

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {"reason": self.reason, "objective": self.objective, **self.route.to_summary()}


@dataclass(frozen=True, slots=True)
class RouteAnswer:
    """The answer to a `RouteQuestion`."""

    schema: ClassVar[str] = "route/1"

    question: RouteQuestion
    world: WorldRef
    routes: tuple[Itinerary, ...] = ()
    no_route: NoRoute | None = None
    notes: tuple[str, ...] = ()
    refusals: tuple[dict[str, Any], ...] = field(default=())
    """Measures and policies in force that bear on the ways shown, or on the two ends, each with its row."""
    refusals_elsewhere: int = 0
    """How many others were looked at and touch none of it."""
    avoided: tuple[dict[str, Any], ...] = ()
    """What better ways would use and is refused to this shipment on the day: the refusal, its row and the way."""
    others: tuple[Itinerary, ...] = ()
    """Ways found beyond those asked for: first the best in one measure, then as more alternatives would show them."""
    left_out: tuple[LeftOut, ...] = ()
    """The best of an objective that are neither shown nor named on purpose."""
    within: tuple[Within, ...] = ()
    """The groups of areas that were asked for, as they are on the day."""
    version: str = __version__

    @property
    def answered(self) -> bool:
        """Whether there is a route."""
        return bool(self.routes)

    def indicators(self) -> tuple[Indicator, ...]:
        """Days, dollars and CO2e of the best route for the objective asked for."""
        subject = f"{self.question.origin} - {self.question.destination}"
        if not self.routes:
            return tuple(
                Indicator(name, subject, unit, None, None, None, "D", "lower")
                for name, unit in (("hours", "h"), ("usd", "USD"), ("kg_co2e", "kg"), ("generalised_usd", "USD"))
            )
        best = self.routes[0]
        return (
            Indicator("hours", subject, "h", best.hours, best.hours_low, best.hours_high, best.grade, "lower"),
            Indicator("usd", subject, "USD", best.usd, best.usd_low, best.usd_high, best.grade, "lower"),
            Indicator("kg_co2e", subject, "kg", best.kg_co2e, None, None, best.grade, "lower"),
            Indicator("km", subject, "km", best.km, None, None, best.grade, "neither"),
            Indicator("generalised_usd", subject, "USD", best.generalised_usd, None, None, best.grade, "lower"),
        )

    def reliances(self) -> tuple[Reliance, ...]:
        """The hours and the dollars of the best route by the rows that they rest on, and what says open or shut.

        A row that no hour or dollar rests on, a state or a refusal, carries a verdict: that a way is open or shut.
        """
        best = self.routes[0] if self.routes else None
        amounts: tuple[Reliance, ...] = ()
        if best is not None and best.basis is not None:
            amounts = tuple(
                Reliance(table, row, name, unit, amount.central)
                for name, unit, basis in (("hours", "h", best.basis.hours), ("usd", "USD", best.basis.usd))
                for (table, row), amount in basis.items()
            )
        said = [(one.table, one.id) for one in best.evidence if one.table not in NUMBERS] if best is not None else []
        refusing = self.avoided if self.no_route is None else self.no_route.blocked_by
        said += [(one["table"], one["id"]) for one in refusing if one.get("table") and one.get("id")]
        weighed = {(one.table, one.id) for one in amounts}
        verdicts = (row for row in dict.fromkeys(said) if row not in weighed)
        return (*amounts, *(Reliance(*row, "verdicts", "rows", 1.0) for row in verdicts))

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON, schema `route/1`."""
        return {
            "schema": self.schema,
            "version": self.version,
            "question": self.question.to_dict(),
            "world": self.world.to_dict(),
            "routes": [route.to_dict() for route in self.routes],
            "no_route": None if self.no_route is None else self.no_route.to_dict(),
            "notes": list(self.notes),
            "refusals": [dict(item) for item in self.refusals],
            "refusals_elsewhere": self.refusals_elsewhere,
            "avoided": [dict(item) for item in self.avoided],
            "others": [one.to_summary() for one in self.others],
            "left_out": [one.to_dict() for one in self.left_out],
            "within": [
                {"id": one.id, "name": one.name, "basis": one.basis, "areas": list(one.areas)} for one in self.within
            ],
        }

    def to_frame(self) -> pd.DataFrame:
        """One row for each alternative."""
        import pandas as pd

        columns = (
            "rank", "label", "km", "hours", "hours_p10", "hours_p80", "hours_p90", "hours_low", "hours_high",
            "usd", "usd_low", "usd_high", "generalised_usd", "kg_co2e", "grade",
        )  # fmt: skip
        rows = [
            {**{name: getattr(route, name) for name in columns}, "modes": ";".join(route.modes),
             "areas": ";".join(route.areas), "crossings": ";".join(item[0] for item in route.crossings),
             "passages": ";".join(item[0] for item in route.passages)}
            for route in self.routes
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=[*columns, "modes", "areas", "crossings", "passages"])

    def legs_frame(self) -> pd.DataFrame:
        """One row for each leg of each alternative."""
        import pandas as pd

        return pd.DataFrame(
            [
                {"rank": route.rank, "leg": number, **{
                    key: value for key, value in leg.to_dict().items()
                    if key not in {"evidence", "ref", "areas", "doubts"}}}
                for route in self.routes
                for number, leg in enumerate(route.legs, 1)
            ]
        )  # fmt: skip

    def to_geojson(self) -> dict[str, Any]:
        """A GeoJSON FeatureCollection (RFC 7946): one feature for each leg that moves, and one for each border."""
        features: list[dict[str, Any]] = []
        for route in self.routes:
            for number, leg in enumerate(route.legs, 1):
                if not leg.points:
                    continue
                coordinates = [[round(lon, 4), round(lat, 4)] for lat, lon in leg.points]
                geometry: dict[str, Any] = (
                    {"type": "Point", "coordinates": coordinates[0]}
                    if len(coordinates) == 1
                    else {"type": "LineString", "coordinates": coordinates}
                )
                properties = {key: value for key, value in leg.to_dict().items() if key != "evidence"}
                features.append(
                    {
                        "type": "Feature",
                        "geometry": geometry,
                        "properties": {"rank": route.rank, "label": route.label, "leg": number, **properties},
                    }
                )
        return {"type": "FeatureCollection", "features": features}

    def __repr__(self) -> str:
        """A line for each alternative."""
        head = f"<RouteAnswer {self.question.origin} - {self.question.destination} on {self.world.date}"
        if not self.routes:
            reason = self.no_route.reason if self.no_route else "not computed"
            return f"{head}: no route ({reason})>"
        lines = [
            f"  {route.rank}. {route.label}: {route.hours / 24:.1f} d ({route.hours_p10 / 24:.0f}-"
            f"{route.hours_p90 / 24:.0f}), {route.usd:,.0f} USD, {route.kg_co2e:,.0f} kg CO2e, grade {route.grade}"
            for route in self.routes
        ]
        return "\n".join([f"{head}: {len(self.routes)} routes", *lines]) + ">"
