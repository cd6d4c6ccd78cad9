"""The answer to a gas question: balances by area and period, flows, whose gas it is, what the data lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from landbridge._version import __version__
from landbridge.answers import Evidence, Indicator, Reliance, WorldRef
from landbridge.energy.question import GasQuestion

if TYPE_CHECKING:
    import pandas as pd

BALANCE = (
    "demand_bcm", "production_bcm", "net_import_bcm", "lng_import_bcm", "withdrawal_bcm", "injection_bcm", "losses_bcm",
    "switched_bcm", "shortage_bcm",
)  # fmt: skip
"""The numbers of a balance in one period [bcm]: production + net import + withdrawal + shortage is demand + injection +
losses; `lng_import` is part of the net import, `switched` what another fuel serves, which is no part of the demand."""


@dataclass(frozen=True, slots=True)
class PeriodBalance:
    """The balance of an area in one period [bcm], its relative shortage [%] and what is left in store [bcm]."""

    area: str
    numbers: Mapping[str, float]
    shortage_pct: float
    held_bcm: float | None
    price_usd_kcm: float | None

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "area": self.area,
            **self.numbers,
            "shortage_pct": self.shortage_pct,
            "held_bcm": self.held_bcm,
            "price_usd_kcm": self.price_usd_kcm,
        }


@dataclass(frozen=True, slots=True)
class AreaBalance:
    """The balance of an area over the horizon.

    Attributes
    ----------
    numbers
        As in a period [bcm].
    before
        The same numbers without the cut [bcm].
    transit_bcm, transit_before_bcm
        What only passes through.
    shortage_pct
        Of what was asked for, losses included; `low` and `high` over the ways of sharing, `by_sharing` each.
    lacking_pct
        Shortage and what another fuel had to serve, of what was asked for.
    cut_bcm
        What the cut takes away when nobody reacts; None without a cut.
    shortage_of_cut_pct
        What is short beyond what the data lacks anyhow, of the cut deliveries; above 100 where others keep more.
    unbalanced_bcm
        What is short without any cut: the data does not balance by that much.
    days_until_empty
        Of its stores; None when they last.
    origins
        Whose gas it takes: shares by area, STORE for what was in store, OTHER for cargoes of others.
    """

    area: str
    numbers: Mapping[str, float]
    before: Mapping[str, float]
    export_bcm: float
    export_before_bcm: float
    transit_bcm: float
    transit_before_bcm: float
    shortage_pct: float
    by_sharing: Mapping[str, float]
    lacking_pct: float
    lacking_by_sharing: Mapping[str, float]
    cut_bcm: float | None
    shortage_of_cut_pct: float | None
    unbalanced_bcm: float
    days_until_empty: float | None
    stored_start_bcm: float | None
    stored_end_bcm: float | None
    price_usd_kcm: float | None
    origins: Mapping[str, float]

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "area": self.area,
            **self.numbers,
            "shortage_pct": self.shortage_pct,
            "shortage_pct_low": min(self.by_sharing.values()),
            "shortage_pct_high": max(self.by_sharing.values()),
            "shortage_pct_by_sharing": dict(self.by_sharing),
            "lacking_pct": self.lacking_pct,
            "lacking_pct_by_sharing": dict(self.lacking_by_sharing),
            "cut_bcm": self.cut_bcm,
            "shortage_of_cut_pct": self.shortage_of_cut_pct,
            "unbalanced_bcm": self.unbalanced_bcm,
            "days_until_empty": self.days_until_empty,
            "stored_start_bcm": self.stored_start_bcm,
            "stored_end_bcm": self.stored_end_bcm,
            "export_bcm": self.export_bcm,
            "export_before_bcm": self.export_before_bcm,
            "transit_bcm": self.transit_bcm,
            "transit_before_bcm": self.transit_before_bcm,
            "price_usd_kcm": self.price_usd_kcm,
            "origins": dict(self.origins),
            "before": dict(self.before),
        }


@dataclass(frozen=True, slots=True)
class Flow:
    """What passes a point over the horizon [bcm], before the cut and what could pass."""

    id: str
    tail: str
    head: str
    from_area: str | None
    to_area: str | None
    pipeline: str
    kind: str
    bcm: float
    before_bcm: float
    capacity_bcm: float
    turned: bool

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "id": self.id,
            "from": self.tail,
            "to": self.head,
            "from_area": self.from_area,
            "to_area": self.to_area,
            "pipeline": self.pipeline or None,
            "kind": self.kind,
            "bcm": self.bcm,
            "before_bcm": self.before_bcm,
            "capacity_bcm": self.capacity_bcm,
            "turned": self.turned,
        }


@dataclass(frozen=True, slots=True)
class Untaken:
    """What a buyer does not take of what a contract obliges it to [bcm]."""

    contract: str
    buyer: str
    owed_bcm: float
    untaken_bcm: float

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class GasPeriod:
    """One period with the balance of each area."""

    label: str
    start: str
    end: str
    days: int
    areas: tuple[PeriodBalance, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "label": self.label,
            "from": self.start,
            "to": self.end,
            "days": self.days,
            "areas": [one.to_dict() for one in self.areas],
        }


@dataclass(frozen=True, slots=True)
class GasAnswer:
    """Who runs short of gas, who helps, over a horizon."""

    schema: ClassVar[str] = "gas/1"

    question: GasQuestion
    world: WorldRef
    step: str
    start: str
    end: str
    cut: bool
    periods: tuple[GasPeriod, ...]
    areas: tuple[AreaBalance, ...]
    flows: tuple[Flow, ...]
    untaken: tuple[Untaken, ...]
    remarks: tuple[str, ...]
    grade: str
    grade_shares: Mapping[str, float]
    rests_on: tuple[Reliance, ...] = field(repr=False)
    evidence: tuple[Evidence, ...] = field(repr=False)
    sites: Mapping[str, tuple[float, float]] = field(default_factory=dict, repr=False)
    """Where each zone stands on a map: longitude and latitude [degrees]."""

    @property
    def answered(self) -> bool:
        """True: a shortage is an answer."""
        return True

    def indicators(self) -> tuple[Indicator, ...]:
        """By area: shortage with its range over the ways of sharing, imports, exports, transit, stores."""
        found: list[Indicator] = []
        for one in self.areas:
            whole = sum(one.numbers[key] for key in ("demand_bcm", "losses_bcm", "switched_bcm"))
            shares = one.by_sharing.values()
            rows = (
                ("shortage", "bcm", one.numbers["shortage_bcm"], min(shares) * whole / 100, max(shares) * whole / 100,
                 "lower"),
                ("shortage_share", "%", one.shortage_pct, min(shares), max(shares), "lower"),
                ("switched", "bcm", one.numbers["switched_bcm"], None, None, "lower"),
                ("net_import", "bcm", one.numbers["net_import_bcm"], None, None, "neither"),
                ("lng_import", "bcm", one.numbers["lng_import_bcm"], None, None, "neither"),
                ("production", "bcm", one.numbers["production_bcm"], None, None, "higher"),
                ("export", "bcm", one.export_bcm, None, None, "higher"),
                ("transit", "bcm", one.transit_bcm, None, None, "higher"),
                ("stored_at_end", "bcm", one.stored_end_bcm, None, None, "higher"),
            )  # fmt: skip
            found.extend(
                Indicator(name, one.area, unit, value, low, high, self.grade, better)  # type: ignore[arg-type]
                for name, unit, value, low, high, better in rows
            )
        return tuple(found)

    def reliances(self) -> tuple[Reliance, ...]:
        """The rows of the facts with the gas that hangs on each."""
        return self.rests_on

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON, schema `gas/1`."""
        return {
            "schema": self.schema,
            "version": __version__,
            "question": self.question.to_dict(),
            "world": self.world.to_dict(),
            "sharing": self.question.sharing,
            "step": self.step,
            "from": self.start,
            "to": self.end,
            "cut": self.cut,
            "periods": [one.to_dict() for one in self.periods],
            "areas": [one.to_dict() for one in self.areas],
            "flows": [one.to_dict() for one in self.flows],
            "untaken": [one.to_dict() for one in self.untaken],
            "remarks": list(self.remarks),
            "grade": self.grade,
            "grade_shares": dict(self.grade_shares),
            "evidence": [one.to_dict() for one in self.evidence],
        }

    def to_frame(self) -> pd.DataFrame:
        """As a table: one row for each area and period, and `whole` for the horizon."""
        import pandas as pd

        rows = [
            {"area": one.area, "period": period.label, **one.numbers, "shortage_pct": one.shortage_pct,
             "held_bcm": one.held_bcm}
            for period in self.periods
            for one in period.areas
        ]  # fmt: skip
        rows += [
            {"area": one.area, "period": "whole", **one.numbers, "shortage_pct": one.shortage_pct,
             "held_bcm": one.stored_end_bcm}
            for one in self.areas
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=["area", "period", *BALANCE, "shortage_pct", "held_bcm"])

    def flows_frame(self) -> pd.DataFrame:
        """Flows as a table: one row for each point."""
        import pandas as pd

        return pd.DataFrame([one.to_dict() for one in self.flows])

    def to_geojson(self) -> dict[str, Any]:
        """Flows as GeoJSON (RFC 7946): a straight line between two zones, or the place where cargoes land or load.

        Zones stand where the table `gas_zone_sites` puts them, so a line shows who is joined, not where a pipe lies. A
        point at a zone without a place has no geometry.
        """
        features = [
            {"type": "Feature", "id": one.id, "geometry": self._line(one), "properties": one.to_dict()}
            for one in self.flows
        ]
        return {
            "type": "FeatureCollection",
            "features": features,
            "question": self.question.to_dict(),
            "world": self.world.to_dict(),
        }

    def _line(self, flow: Flow) -> dict[str, Any] | None:
        ends = [list(self.sites[zone]) for zone in (flow.tail, flow.head) if zone in self.sites]
        if len(ends) == 2:
            return {"type": "LineString", "coordinates": ends}
        landed = flow.kind in ("lng-import", "lng-export") and ends
        return {"type": "Point", "coordinates": ends[0]} if landed else None

    def __repr__(self) -> str:
        """Horizon, sharing, and who is most short."""
        worst = sorted(self.areas, key=lambda one: (-one.shortage_pct, one.area))[:4]
        told = ", ".join(f"{one.area} {one.shortage_pct:.0f} %" for one in worst if one.shortage_pct >= 0.5)
        return (
            f"GasAnswer({self.start} to {self.end} by {self.step}s, {self.question.sharing} sharing,"
            f" short: {told or 'nobody'})"
        )
