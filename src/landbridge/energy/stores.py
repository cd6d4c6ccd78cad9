"""Gas in store: working gas, rates that fall as it empties, what was in it on a day, what must stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from landbridge.energy.horizon import Basis, Horizon
from landbridge.energy.leases import leased
from landbridge.energy.lookup import Used, latest_until, parameters

if TYPE_CHECKING:
    from landbridge.facts import Facts

Floats = npt.NDArray[np.float64]
EU = "EU27"
NEAR_DAYS = 60
"""A measured fill counts for a day this far from it [days]; between two nearer than a year it is interpolated."""
MOST_LINES = 4
"""The most lines that bound how fast a store gives."""
DEPLETED = "depleted-field"


@dataclass(frozen=True, slots=True)
class Store:
    """All stores of an area, as one; what another area leases of them is a store of its own.

    Attributes
    ----------
    zone
        Index of the zone that it feeds.
    owner
        Whose gas it holds: the area itself, or who leases it.
    curve
        Lines (rate, slope): the most withdrawn is at most rate + slope x gas in store [million m3 a day, per bcm].
    end_told
        Whether `usual_end_bcm` is what was in store, so that more of it is no truer than less.
    """

    area: str
    zone: int
    working_bcm: float
    withdrawal_mcmd: float
    injection_mcmd: float
    start_bcm: float
    usual_end_bcm: float
    strategic_bcm: float
    curve: tuple[tuple[float, float], ...]
    owner: str
    end_told: bool = False

    @property
    def name(self) -> str:
        """The area, and who leases the store if it is another one."""
        return self.area if self.owner == self.area else f"{self.area} for {self.owner}"


def stores(
    facts: Facts,
    zones: Sequence[Mapping[str, Any]],
    weights: Floats,
    horizon: Horizon,
    used: Used,
    basis: Basis = "before",
    union: frozenset[str] = frozenset(),
) -> tuple[Store, ...]:
    """The store of each area that has one.

    Parameters
    ----------
    weights
        Demand of each zone; an area's stores stand in its largest zone unless their row names one.
    basis
        With "observed", what was in store at the end is that of the year itself where it was measured.
    union
        Areas whose stores are measured together: one that was not measured by itself is as full as they were.

    Examples
    --------
    >>> from datetime import date
    >>> from landbridge.energy.horizon import make_horizon
    >>> from landbridge.facts import load
    >>> zones = [row for row in load().table("gas_zones").rows if row["id"] == "DEU"]
    >>> found = stores(load(), zones, np.ones(1), make_horizon(date(2021, 10, 1), date(2022, 3, 31)), Used())
    >>> found[0].area, 10 < found[0].start_bcm < 20 < found[0].working_bcm < 28
    ('DEU', True)
    """
    table = facts.table("gas_storages")
    home = _homes(zones, weights)
    numbers = parameters(facts)
    found: list[Store] = []
    year = horizon.start.year
    for area in sorted(home):
        rows = {
            item: latest_until(
                [(_year(row), row) for row in table.where(area=area, item=item) if row["scope"] == "full"], year
            )
            for item in ("working-gas", "withdrawal", "injection")
        }
        volume = rows["working-gas"]
        if volume is None or not volume["value"] or _year(volume) > year:
            continue
        working = float(volume["value"])
        out = rows["withdrawal"]
        rate = float(out["value"]) if out is not None else working * 1000 / numbers["storage_days_to_empty"]
        back = rows["injection"]
        inward = float(back["value"]) if back is not None else rate * numbers["storage_injection_share"]
        start = _in_store(facts, area, horizon.start, working, used, union)
        drift = start / working - _typical(facts, horizon.start)
        end = float(np.clip(_typical(facts, horizon.end) + drift, 0, 1)) * working
        told = False
        if basis == "observed":
            seen = _measured(facts, area, horizon.end, working, used, union)
            if seen is None and area in union:
                seen = _with_union(facts, horizon, start / working, used, working)
            told = seen is not None
            end = end if seen is None else seen
        for row in rows.values():
            if row is not None:
                used.row("gas_storages", row, working)
        whole = Store(
            area, home[area], working, rate, inward, start, end,
            min(_strategic(facts, area, horizon.start, used), start), _curve(facts, area, rate, working, used), area,
            told,
        )  # fmt: skip
        found.extend(_parted(whole, leased(facts, area, horizon.start, used)))
    return tuple(found)


def _parted(whole: Store, rows: Sequence[Mapping[str, Any]]) -> list[Store]:
    """The store that an area has for itself, and those that others lease of it: as full and as fast as the whole.

    What the state holds back lies in its own part; a rate that a lease tells is all that its owner draws.
    """
    parts: list[Store] = []
    volume = rate = 1.0
    for row in rows:
        share = min(float(row["working_bcm"]) / whole.working_bcm, volume)
        told = row["withdrawal_mcmd"]
        speed = share if told is None or not whole.withdrawal_mcmd else float(told) / whole.withdrawal_mcmd
        speed = min(speed, rate)
        volume, rate = volume - share, rate - speed
        if share > 0:
            parts.append(replace(_part(whole, share, speed), owner=row["owner"], strategic_bcm=0.0))
    if not parts:
        return [whole]
    if volume <= 1e-9:
        return parts
    own = _part(whole, volume, rate)
    return [replace(own, strategic_bcm=min(whole.strategic_bcm, own.start_bcm)), *parts]


def _part(store: Store, volume: float, rate: float) -> Store:
    """A share of the volume of a store, with a share of its rates."""
    return replace(
        store, working_bcm=store.working_bcm * volume, withdrawal_mcmd=store.withdrawal_mcmd * rate,
        injection_mcmd=store.injection_mcmd * volume, start_bcm=store.start_bcm * volume,
        usual_end_bcm=store.usual_end_bcm * volume,
        curve=tuple((most * rate, slope * rate / volume) for most, slope in store.curve),
    )  # fmt: skip


def _homes(zones: Sequence[Mapping[str, Any]], weights: Floats) -> dict[str, int]:
    homes: dict[str, int] = {}
    for z, zone in enumerate(zones):
        if zone["kind"] != "zone":
            continue
        for name in {zone["area"], zone["id"]} - {None}:
            if name == zone["id"] or name not in homes or weights[z] > weights[homes[name]]:
                homes[name] = z
    return homes


def _year(row: Mapping[str, Any]) -> int:
    first = row["valid_from"]
    return int(first.first.year if hasattr(first, "first") else first)


def _with_union(facts: Facts, horizon: Horizon, start_share: float, used: Used, working: float) -> float | None:
    """What was in store at the end, had it filled or emptied as the Union's did [bcm]; None when that is not known."""
    first, last = (_measured(facts, EU, day, 1.0, used) for day in (horizon.start, horizon.end))
    return None if first is None or last is None else float(np.clip(start_share + last - first, 0, 1)) * working


def _in_store(
    facts: Facts, area: str, day: date, working: float, used: Used, union: frozenset[str] = frozenset()
) -> float:
    """What was in store on a day [bcm]: measured, between two measured days, or as full as the Union's or as usual."""
    seen = _measured(facts, area, day, working, used, union)
    if seen is not None:
        return seen
    rows = _fills(facts, area, working)
    near = min(rows, key=lambda item: abs((item[0] - day).days), default=None)
    if near is not None and abs((near[0] - day).days) <= NEAR_DAYS:
        used.row("gas_fills", near[1], working)
        drift = float(_bcm(near[1], working) or 0) / working - _typical(facts, near[0])
        return float(np.clip(_typical(facts, day) + drift, 0, 1)) * working
    whole = _measured(facts, EU, day, 1.0, used) if area in union else None
    if whole is not None:
        return whole * working
    used.say(f"fill-unknown:{area}:{day}")
    return _typical(facts, day) * working


def _fills(facts: Facts, area: str, working: float) -> list[tuple[date, Mapping[str, Any]]]:
    """The rows that tell what was in the stores of an area, by day."""
    told = [row for row in facts.table("gas_fills").where(area=area) if _bcm(row, working) is not None]
    return sorted(((row["date"].first, row) for row in told), key=lambda item: item[0])


def _measured(
    facts: Facts, area: str, day: date, working: float, used: Used, union: frozenset[str] = frozenset()
) -> float | None:
    """What was in store on a day [bcm], measured shortly before or between two measured days; None when it was not."""
    rows = _fills(facts, area, working)
    before = [item for item in rows if item[0] <= day]
    after = [item for item in rows if item[0] > day]
    if before and (day - before[-1][0]).days <= NEAR_DAYS / 4:
        used.row("gas_fills", before[-1][1], working)
        return min(float(_bcm(before[-1][1], working) or 0), working)
    if before and after and (after[0][0] - before[-1][0]).days <= 200:
        span = (after[0][0] - before[-1][0]).days
        part = (day - before[-1][0]).days / span
        one, other = float(_bcm(before[-1][1], working) or 0), float(_bcm(after[0][1], working) or 0)
        for row in (before[-1][1], after[0][1]):
            used.row("gas_fills", row, working / 2)
        bent = 0.0
        if area in union:
            # between the two it filled and emptied as the Union's did
            course = [_measured(facts, EU, one_day, 1.0, used) for one_day in (before[-1][0], day, after[0][0])]
            if None not in course:
                first, now, last = (float(share or 0) for share in course)
                bent = (now - first - (last - first) * part) * working
        return float(np.clip(one + (other - one) * part + bent, 0.0, working))
    return None


def _bcm(row: Mapping[str, Any], working: float) -> float | None:
    """What a row says was in store [bcm]."""
    if row["fill_pct"] is not None:
        return float(row["fill_pct"]) / 100 * working
    return None if row["stored_bcm"] is None else float(row["stored_bcm"])


def _typical(facts: Facts, day: date) -> float:
    """How full stores are on a day of the year: the mean of the Union's rows, by month and day [share]."""
    at: dict[int, list[float]] = {}
    for row in facts.table("gas_fills").where(area=EU):
        if row["fill_pct"] is not None:
            at.setdefault(row["date"].first.timetuple().tm_yday, []).append(float(row["fill_pct"]) / 100)
    if not at:
        return 0.6
    days = sorted(at)
    means = [float(np.mean(at[one])) for one in days]
    return float(np.interp(day.timetuple().tm_yday, days, means, period=365))


def _strategic(facts: Facts, area: str, day: date, used: Used) -> float:
    """What the state holds back [bcm]."""
    held = 0.0
    for row in facts.table("gas_strategic_stocks").where(area=area):
        first, last = row["from"], row["to"]
        if (first is None or first.first <= day) and (last is None or day < last.first):
            held = max(held, float(row["stock_bcm"]))
            used.row("gas_strategic_stocks", row, held)
    return held


def _curve(facts: Facts, area: str, rate: float, working: float, used: Used) -> tuple[tuple[float, float], ...]:
    """Lines above the most that can be withdrawn, from how fast each kind of store slows down as it empties."""
    mix = {row["kind"]: float(row["share"]) for row in facts.table("gas_storage_mix").where(area=area)}
    for row in facts.table("gas_storage_mix").where(area=area):
        used.row("gas_storage_mix", row)
    total = sum(mix.values())
    shares = {kind: part / total for kind, part in mix.items()} if total > 0 else {DEPLETED: 1.0}
    points: dict[float, float] = {}
    for kind, share in shares.items():
        for row in facts.table("gas_withdrawal_curves").where(kind=kind):
            fill = float(row["fill_pct"]) / 100
            points[fill] = points.get(fill, 0.0) + share * float(row["rate_share"])
    lines = _upper_lines(sorted(points.items()))
    # a few lines bound it nearly as well, and each is a row for every period
    kept = sorted({round(n * (len(lines) - 1) / (MOST_LINES - 1)) for n in range(MOST_LINES)})
    return tuple((lines[n][0] * rate, lines[n][1] * rate / working) for n in kept)


def _upper_lines(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The lines of the smallest concave curve above points, as (value at 0, slope).

    Examples
    --------
    >>> _upper_lines([(0.0, 0.0), (0.5, 0.8), (1.0, 1.0)])
    [(0.0, 1.6), (0.6, 0.4)]
    """
    hull: list[tuple[float, float]] = []
    for x, y in points:
        while len(hull) >= 2:
            (x1, y1), (x2, y2) = hull[-2], hull[-1]
            if (y2 - y1) * (x - x2) > (y - y2) * (x2 - x1):
                break
            hull.pop()
        hull.append((x, y))
    lines = []
    for (x1, y1), (x2, y2) in pairwise(hull):
        slope = (y2 - y1) / (x2 - x1)
        lines.append((round(y1 - slope * x1, 12), round(slope, 12)))
    return lines
