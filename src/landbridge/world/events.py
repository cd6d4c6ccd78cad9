"""The events of a scenario: what each kind may say, checked before anything is computed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from landbridge.errors import DateError
from landbridge.world.intervals import read_day

Kind = Literal[
    "close",
    "open",
    "restrict",
    "build",
    "delay",
    "fee",
    "ban",
    "tariff",
    "capacity",
    "cut",
    "swap",
    "join",
    "leave",
    "freeze",
    "demand",
]
Mode = Literal["rail", "road", "sea", "river", "air", "pipeline"]
Unit = Literal["lorry", "wagon", "teu", "tonne", "consignment"]
What = Literal[
    "import", "export", "transit", "carrier", "port_call", "vessel", "aircraft", "passage", "crossing", "finance"
]


def _listed(value: Any) -> Any:
    """One word may stand for a list of one."""
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


def _day_text(value: Any) -> Any:
    """A day in a scenario: YYYY, YYYY-MM or YYYY-MM-DD."""
    if value is None:
        return None
    text = value.isoformat()[:10] if isinstance(value, date) else str(value)
    try:
        read_day(text)
    except DateError:
        raise ValueError(f"{text!r} is not a date: write YYYY-MM-DD") from None
    return text


Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Modes = Annotated[tuple[Mode, ...], BeforeValidator(_listed)]
Whats = Annotated[tuple[What, ...], BeforeValidator(_listed)]
DayText = Annotated[str | None, BeforeValidator(_day_text)]


class Strict(BaseModel):
    """Frozen, with unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class LinkSpec(Strict):
    """A link that no table has: ends as places or "lat,lon", and how it is built."""

    mode: Literal["rail", "road", "sea", "river"]
    tail: str = Field(alias="from", description='place or "lat,lon" where it starts')
    head: str = Field(alias="to", description='place or "lat,lon" where it ends')
    waypoints: tuple[tuple[float, float], ...] = Field((), description="points [lat, lon] on the way")
    km: float | None = Field(None, gt=0, description="length [km]; by the great circle through the waypoints if absent")
    gauge_mm: Literal[1000, 1067, 1435, 1520, 1524, 1668, 1676] | None = Field(None, description="track gauge [mm]")
    speed_kmh: float | None = Field(None, gt=0)
    hours: float | None = Field(None, gt=0, description="travel time [h]; beats speed_kmh")
    crossings: Words = Field((), description="ids of the border crossings that it uses, in order")
    both_ways: bool = True
    id: str | None = None

    @model_validator(mode="after")
    def _gauge_of_rail(self) -> Self:
        if self.mode == "rail" and self.gauge_mm is None:
            raise ValueError("a rail link needs gauge_mm")
        if self.mode != "rail" and self.gauge_mm is not None:
            raise ValueError(f"a {self.mode} link has no gauge_mm")
        return self


class PipeSpec(Strict):
    """A pipe that no table has: what flows, its ends, and how much of it."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="short name in lower case, of its own")
    tail: str = Field(alias="from", description="gas zone, or area (of one zone for gas), that it leaves")
    head: str = Field(alias="to", description="gas zone or area that it enters")
    commodity: Literal["gas", "oil"] = "gas"
    bcm_y: float | None = Field(None, gt=0, description="most gas of a year [10^9 m3]")
    kbd: float | None = Field(None, gt=0, description="most oil of a day [10^3 barrels]")
    both_ways: bool = Field(False, description="the same capacity backwards too")

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        wanted, other = ("bcm_y", "kbd") if self.commodity == "gas" else ("kbd", "bcm_y")
        if getattr(self, wanted) is None or getattr(self, other) is not None:
            raise ValueError(f"a pipe for {self.commodity} needs {wanted}, and has no {other}")
        return self


class BanSpec(Strict):
    """A measure: who forbids what, of whom, where."""

    imposers: Words = Field(min_length=1, description="areas or groups: RUS, EU, bloc:eaeu")
    targets: Words = Field(("ALL",), description="areas or groups whose goods, carriers or ships are meant")
    what: Whats = Field(min_length=1)
    direction: Literal["in", "out", "through", "both", "any"] = "both"
    modes: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ("all",)
    cargo: Words = ("all",)
    hs: Words = ()
    applies_to: Annotated[
        tuple[Literal["origin", "destination", "carrier", "flag", "owner", "territory_crossed"], ...],
        BeforeValidator(_listed),
    ] = ("origin", "destination")
    territory: Words = Field((), description="areas where it bites; the imposers if absent")
    crossings: Words = ()
    passages: Words = ()
    ports: Words = ()
    effect: Literal["forbidden", "limited", "allowed", "lifted"] = "forbidden"


class Event(Strict):
    """One event. Without dates it always holds; with dates, inside [from, to)."""

    kind: Kind
    note: str = ""
    start: DayText = Field(None, alias="from", description="first day")
    end: DayText = Field(None, alias="to", description="first day on which it no longer holds")
    subjects: Words = Field((), alias="subject", description="one or more KIND:ID")
    modes: Modes = ()
    direction: str | None = Field(None, description='"both" or FROM>TO with area codes')
    # restrict and open
    freight: Literal["all", "listed"] | None = None
    only: str | None = Field(None, description='what passes: "only: ..." or "not: ..."')
    carriers: str | None = Field(None, description='"all", "not:BLR;RUS" or "only:EU"')
    carrier_classes: Words = Field((), description="classes of sea carriers that are turned away, or that return")
    all_year: bool = Field(False, description="no closed season")
    # build
    project: str | None = None
    link: LinkSpec | None = None
    pipe: PipeSpec | None = None
    # delay, fee, capacity, cut, tariff, swap, demand
    hours: float = Field(0.0, ge=0)
    hours_sd: float = Field(0.0, ge=0)
    closed_share: float = Field(0.0, ge=0, le=1, description="share of days shut; 1 shuts it")
    usd: float = Field(0.0, ge=0)
    unit: Unit | None = Field(
        None, description="what pays; a lorry or wagon on land, a TEU or tonne over water if absent"
    )
    share: float = Field(1.0, ge=0, le=1, description="of the usual capacity, 0 shuts it; for cut: the share lost")
    pct: float | None = None
    bcm_y: float | None = Field(
        None, ge=0, description="gas of a year [10^9 m3]: capacity of a pipe, or the most that is swapped"
    )
    kbd: float | None = Field(None, ge=0, description="capacity of an oil pipe [10^3 barrels a day]")
    factor: float | None = Field(None, ge=0, description="times the usual: 2 doubles, 0 shuts")
    out_per_in: float = Field(1.0, gt=0, le=1, description="what a swap hands on of what it is given")
    goods: Words = Field(
        (),
        description="cargo classes; of events on energy gas or oil, of a cut of an area also pipe-gas or lng",
    )
    imposer: str | None = None
    target: str | None = None
    giver: str | None = None
    via: str | None = None
    receiver: str | None = None
    # ban, join, leave, freeze
    ban: BanSpec | None = None
    bloc: str | None = None
    areas: Words = ()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        given = self.model_fields_set - {"kind", "note", "start", "end"}
        needed, allowed = FIELDS[self.kind]
        missing = [name for name in needed if name not in given]
        if self.kind == "build" and not given & {"project", "link", "pipe"}:
            missing.append("project or link or pipe")
        if missing:
            raise ValueError(f"the event {self.kind} needs {', '.join(_outer(name) for name in missing)}")
        extra = given - set(needed) - set(allowed)
        if extra:
            raise ValueError(
                f"the event {self.kind} has no field {', '.join(sorted(_outer(name) for name in extra))}"
                f" (it has {', '.join(sorted(_outer(name) for name in (*needed, *allowed)))})"
            )
        some = SOME_OF.get(self.kind, ())
        if some and not given & set(some):
            raise ValueError(f"the event {self.kind} needs one of {', '.join(_outer(name) for name in some)}")
        if self.kind == "capacity" and len(given & set(some)) > 1:
            raise ValueError(f"the event capacity takes one of {', '.join(some)}")
        first, last = self.first_day(), self.last_day()
        if first is not None and last is not None and first >= last:
            raise ValueError(f"it ends ({self.end}) before it starts ({self.start})")
        return self

    def first_day(self) -> date | None:
        """The first day on which it holds."""
        return None if self.start is None else read_day(self.start)

    def last_day(self) -> date | None:
        """The first day on which it no longer holds."""
        return None if self.end is None else read_day(self.end)


def _outer(name: str) -> str:
    """The name of a field as it stands in a file."""
    return Event.model_fields[name].alias or name if name in Event.model_fields else name


_STATUS = ("modes", "direction", "all_year")
FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "close": (("subjects",), ("modes", "direction")),
    "open": (("subjects",), (*_STATUS, "carriers", "carrier_classes")),
    "restrict": (("subjects",), (*_STATUS, "freight", "only", "carriers", "carrier_classes")),
    "build": ((), ("project", "link", "pipe")),
    "delay": (("subjects",), ("modes", "direction", "hours", "hours_sd", "closed_share")),
    "fee": (("subjects", "usd"), ("modes", "direction", "unit")),
    "ban": (("ban",), ()),
    "tariff": (("imposer", "target", "pct"), ("goods",)),
    "capacity": (("subjects",), ("modes", "direction", "share", "factor", "bcm_y", "kbd", "goods")),
    "cut": (("subjects", "share"), ("goods",)),
    "swap": (("giver", "via", "receiver", "bcm_y"), ("goods", "out_per_in")),
    "join": (("bloc", "areas"), ()),
    "leave": (("bloc", "areas"), ()),
    "freeze": (("bloc", "areas"), ()),
    "demand": (("areas", "factor"), ("goods",)),
}
"""For each kind: the fields that it needs and those that it may have."""

SOME_OF: dict[str, tuple[str, ...]] = {
    "capacity": ("share", "factor", "bcm_y", "kbd"),
    "delay": ("hours", "hours_sd", "closed_share"),
    "restrict": ("freight", "only", "carriers", "carrier_classes"),
}
"""For kinds that say nothing by their subject alone: the fields of which they need one."""
