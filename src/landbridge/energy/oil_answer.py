"""The answer to an oil question: balances by area, flows, passages, ways round them, whose oil it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from landbridge._version import __version__
from landbridge.answers import Evidence, Indicator, Reliance, WorldRef
from landbridge.energy.oil_question import OilQuestion

if TYPE_CHECKING:
    import pandas as pd

BALANCE = ("demand", "production", "net_import", "shortage", "stranded")
"""The numbers of a balance, each in kb/d and in million t a year. Production is what is made: what the area could make
less what is stranded. Production + net import + shortage is demand."""


SLACK_KBD = 1e-3
"""A way with less room than this is full [kb/d]."""


@dataclass(frozen=True, slots=True)
class OilArea:
    """The balance of an area.

    Attributes
    ----------
    kbd
        The numbers of `BALANCE` [10^3 barrels a day].
    shortage_pct, by_sharing
        Shortage as a share of demand, by the sharing asked for and by each [%].
    stock_days
        Days that the known strategic stock lasts against the shortage; None without a shortage or a known stock.
    worth
        World shortage that one more barrel given here would avoid [barrels]: the price of the demand, 1 when nothing
        stands in between; of several right prices (a degenerate program) the one that the solver found.
    origins, passages
        Shares of origins in what is used, and of what has come through each strait or canal.
    origins_known
        The share of what is used that the last known trade tells the origin of, in a world that leaves it as it was;
        the other origins are those of the shortest haul.
    """

    area: str
    kbd: Mapping[str, float]
    shortage_pct: float
    by_sharing: Mapping[str, float]
    stock_days: float | None
    worth: float
    origins: Mapping[str, float]
    passages: Mapping[str, float]
    origins_known: float
    production_year: int | None
    demand_year: int | None
    grade: str

    def to_dict(self, kbd_of_mt: float) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "area": self.area,
            **{f"{name}_kbd": self.kbd[name] for name in BALANCE},
            **{f"{name}_mt_y": self.kbd[name] / kbd_of_mt for name in BALANCE},
            "shortage_pct": self.shortage_pct,
            "shortage_pct_low": min(self.by_sharing.values()),
            "shortage_pct_high": max(self.by_sharing.values()),
            "shortage_pct_by_sharing": dict(self.by_sharing),
            "days_until_stock_empty": self.stock_days,
            "worth": self.worth,
            "origins": dict(self.origins),
            "passages": dict(self.passages),
            "origins_known": self.origins_known,
            "production_year": self.production_year,
            "demand_year": self.demand_year,
            "grade": self.grade,
        }


@dataclass(frozen=True, slots=True)
class OilFlow:
    """What passes a point [kb/d]; `capacity_kbd` is None where no limit is known.

    `worth` is the world shortage that one more barrel of capacity would avoid [barrels].
    """

    id: str
    tail: str
    head: str
    kind: str
    pipeline: str
    bypasses: str
    kbd: float
    capacity_kbd: float | None
    usual_kbd: float | None
    worth: float
    reason: str

    @property
    def spare_kbd(self) -> float | None:
        """What more could pass; None where no limit is known."""
        if self.capacity_kbd is None:
            return None
        left = self.capacity_kbd - self.kbd
        return left if left > SLACK_KBD else 0.0

    def to_dict(self, kbd_of_mt: float) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "id": self.id,
            "from": self.tail,
            "to": self.head,
            "kind": self.kind,
            "pipeline": self.pipeline or None,
            "bypasses": self.bypasses or None,
            "kbd": self.kbd,
            "mt_y": self.kbd / kbd_of_mt,
            "capacity_kbd": self.capacity_kbd,
            "spare_kbd": self.spare_kbd,
            "usual_kbd": self.usual_kbd,
            "worth": self.worth,
            "reason": self.reason or None,
        }


@dataclass(frozen=True, slots=True)
class OilPassage:
    """What passes a strait or canal both ways [kb/d]."""

    id: str
    kbd: float
    open: bool
    capacity_kbd: float | None
    reason: str

    def to_dict(self, kbd_of_mt: float) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "id": self.id,
            "kbd": self.kbd,
            "mt_y": self.kbd / kbd_of_mt,
            "open": self.open,
            "capacity_kbd": self.capacity_kbd,
            "reason": self.reason or None,
        }


@dataclass(frozen=True, repr=False)
class OilAnswer:
    """Who runs short of oil and what is stranded when the state of the day lasts a year."""

    schema: ClassVar[str] = "oil/1"

    question: OilQuestion
    world: WorldRef
    areas: tuple[OilArea, ...]
    totals: Mapping[str, float]
    difference_kbd: float
    flows: tuple[OilFlow, ...]
    passages: tuple[OilPassage, ...]
    no_balance: str
    remarks: tuple[str, ...]
    kbd_of_mt: float
    grade: str
    grade_shares: Mapping[str, float]
    rests_on: tuple[Reliance, ...] = field(default=())
    evidence: tuple[Evidence, ...] = field(default=())

    @property
    def answered(self) -> bool:
        """False when no balance of the world is known near the day."""
        return not self.no_balance

    @property
    def bypasses(self) -> tuple[OilFlow, ...]:
        """The pipes that go round a strait or canal: what they carry and what they have to spare."""
        return tuple(one for one in self.flows if one.bypasses and one.kind == "pipe")

    def indicators(self) -> tuple[Indicator, ...]:
        """By area shortage with its range over the ways of sharing, production, imports; by passage the flow."""
        found: list[Indicator] = []
        for one in self.areas:
            whole, shares = one.kbd["demand"] / 100.0, one.by_sharing.values()
            low, high = min(shares) * whole, max(shares) * whole
            rows = (
                ("oil_shortage", "kb/d", one.kbd["shortage"], low, high, "lower"),
                ("oil_shortage_share", "%", one.shortage_pct, min(shares), max(shares), "lower"),
                ("oil_stranded", "kb/d", one.kbd["stranded"], None, None, "lower"),
                ("oil_production", "kb/d", one.kbd["production"], None, None, "higher"),
                ("oil_net_import", "kb/d", one.kbd["net_import"], None, None, "neither"),
            )
            found += [
                Indicator(name, one.area, unit, value, least, most, one.grade, better)  # type: ignore[arg-type]
                for name, unit, value, least, most, better in rows
            ]
        found += [Indicator("oil_passage", one.id, "kb/d", one.kbd, None, None, self.grade) for one in self.passages]
        return tuple(found)

    def reliances(self) -> tuple[Reliance, ...]:
        """The rows of production and consumption, and of points, with the oil that hangs on each."""
        return self.rests_on

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON, schema `oil/1`."""
        factor = self.kbd_of_mt
        return {
            "schema": self.schema,
            "version": __version__,
            "question": self.question.to_dict(),
            "world": self.world.to_dict(),
            "sharing": self.question.sharing,
            "no_balance": self.no_balance or None,
            "totals": {f"{name}_kbd": value for name, value in self.totals.items()}
            | {f"{name}_mt_y": value / factor for name, value in self.totals.items()},
            "difference_kbd": self.difference_kbd,
            "areas": [one.to_dict(factor) for one in self.areas],
            "flows": [one.to_dict(factor) for one in self.flows],
            "passages": [one.to_dict(factor) for one in self.passages],
            "bypasses": [
                {"id": one.id, "bypasses": one.bypasses, "kbd": one.kbd, "spare_kbd": one.spare_kbd}
                for one in self.bypasses
            ],
            "remarks": list(self.remarks),
            "grade": self.grade,
            "grade_shares": dict(self.grade_shares),
            "evidence": [one.to_dict() for one in self.evidence],
        }

    def to_frame(self) -> pd.DataFrame:
        """As a table: one row for each area."""
        import pandas as pd

        names = [f"{name}_{unit}" for unit in ("kbd", "mt_y") for name in BALANCE]
        columns = ["area", *names, "shortage_pct", "shortage_pct_low", "shortage_pct_high", "days_until_stock_empty",
                   "worth", "grade"]  # fmt: skip
        return pd.DataFrame([one.to_dict(self.kbd_of_mt) for one in self.areas], columns=columns)

    def flows_frame(self) -> pd.DataFrame:
        """Flows as a table: one row for each point."""
        import pandas as pd

        return pd.DataFrame([one.to_dict(self.kbd_of_mt) for one in self.flows])

    def __repr__(self) -> str:
        """Day, sharing, and who is most short."""
        worst = sorted(self.areas, key=lambda one: (-one.shortage_pct, one.area))[:4]
        told = ", ".join(f"{one.area} {one.shortage_pct:.0f} %" for one in worst if one.shortage_pct >= 0.5)
        if self.no_balance:
            told = "no balance known"
        return f"OilAnswer({self.world.date}, {self.question.sharing} sharing, short: {told or 'nobody'})"
