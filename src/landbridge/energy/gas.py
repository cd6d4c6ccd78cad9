"""The verb: who runs short of gas in a world, who helps, what flows turn round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from landbridge.answers import Evidence, Reliance, grade_of, grade_shares
from landbridge.energy.answer import AreaBalance, Flow, GasAnswer, GasPeriod, PeriodBalance, Untaken
from landbridge.energy.balances import Balances, balances
from landbridge.energy.obligations import LANDED
from landbridge.energy.program import make_program
from landbridge.energy.question import GasQuestion, horizon_of
from landbridge.energy.run import Run, after, read_run, solve_before, solver_of
from landbridge.energy.sharing import SHARINGS, share
from landbridge.energy.system import System, make_systems
from landbridge.energy.tracing import cut_deliveries, origins
from landbridge.facts.evidence import evidence

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.world import World

Floats = npt.NDArray[np.float64]
SMALL_BCM = 1e-6
"""Amounts below this are told as 0 [bcm]."""
LEAST_ORIGIN = 0.005
"""Origins with less than this share are told together as OTHER."""


def gas(
    world: World,
    *,
    start: str | None = None,
    end: str | None = None,
    **options: Any,
) -> GasAnswer:
    """Who runs short of gas in a world, by area and period.

    Parameters
    ----------
    world
        The world: its facts, its day, its scenarios.
    start, end
        First and last day; twelve months from the world's day without them.
    options
        Further fields of `GasQuestion`: step, sharing, cold, basis, areas.

    Returns
    -------
    GasAnswer
        Balances [bcm], relative shortage [%] with its range over three ways of sharing, flows [bcm].

    Notes
    -----
    A linear program over zones, directed points, stores and the LNG pool (as in Eser, Chokani and Abhari 2019 and the
    models of network operators), solved once without cuts and once with them; what usually flows is the pattern of the
    last year known before.

    Examples
    --------
    >>> from landbridge.world import World
    >>> answer = gas(World.at("2009-01-07"), start="2009-01-07", end="2009-01-19", areas=("BGR", "FRA"))
    >>> [(one.area, one.shortage_pct > 40) for one in answer.areas]
    [('BGR', True), ('FRA', False)]
    """
    return answer_gas(world, GasQuestion(start, end, **options))


def answer_gas(world: World, question: GasQuestion) -> GasAnswer:
    """Answer a gas question in a world."""
    horizon = horizon_of(world, question)
    before_system, disturbed = make_systems(world, horizon, basis=question.basis, cold=question.cold)
    before = solve_before(before_system)
    system = after(disturbed, before)
    program = make_program(system)
    areas = tuple(sorted(program.short_areas))
    was = balances(before, areas)
    cut = _is_cut(before_system, disturbed)
    order = [areas.index(area) for area in program.short_areas]
    floor = was.total("shortage")
    lost = np.maximum(before_system.lng.firm_mcmd + before_system.lng.usual_pool_mcmd
                      - disturbed.lng.firm_mcmd - disturbed.lng.usual_pool_mcmd, 0.0)  # fmt: skip
    cuts = cut_deliveries(before, system.capacity_mcmd, areas, lost) if cut else None
    if cuts is not None:
        solver = solver_of(program)
        asked = program.short_demand_bcm
        gone = np.divide(cuts[order], asked, out=np.zeros_like(asked), where=asked > SMALL_BCM)
        runs = {one: share(program, solver, one, floor[order], gone) for one in SHARINGS}
    else:
        only = read_run(program, solver_of(program).solve())
        runs = dict.fromkeys(SHARINGS, only)
    told = {one: balances(run, areas) for one, run in runs.items()}
    run, now = runs[question.sharing], told[question.sharing]
    chosen = [a for a, area in enumerate(areas) if (not question.areas or area in question.areas)]
    chosen = [a for a in chosen if question.areas or _matters(now, was, a)]
    whose = _origins(world.facts, run, areas)
    # under equal sharing the prices are those of holding the levels, not of gas
    priced = cuts is None or question.sharing != "equal"
    shares, reliances, rows = _evidence(world.facts, disturbed)
    return GasAnswer(
        question=question,
        world=world.ref(),
        step=horizon.step,
        start=horizon.start.isoformat(),
        end=horizon.periods[-1].each_day()[-1].isoformat(),
        cut=cut,
        periods=_periods(system, now, chosen, priced),
        areas=tuple(_area(a, now, was, told, cuts, run, whose[areas[a]], priced) for a in chosen),
        flows=_flows(world.facts, run, before),
        untaken=_untaken(run),
        remarks=_remarks(world, disturbed, question, cut),
        grade=grade_of(shares),
        grade_shares=shares,
        rests_on=reliances,
        evidence=rows,
        sites={row["zone"]: (row["lon"], row["lat"]) for row in world.facts.table("gas_zone_sites").rows},
    )


def _is_cut(before: System, now: System) -> bool:
    """Whether anything differs from the undisturbed system."""
    return not (
        np.array_equal(before.capacity_mcmd, now.capacity_mcmd)
        and np.array_equal(before.demand.mcmd, now.demand.mcmd)
        and np.array_equal(before.production.most_mcmd, now.production.most_mcmd)
        and np.array_equal(before.lng.export_mcmd, now.lng.export_mcmd)
        and before.stores == now.stores
        and [one.id for one in before.swaps] == [one.id for one in now.swaps]
    )


def _matters(now: Balances, was: Balances, a: int) -> bool:
    """Whether an area has anything to tell."""
    items = ("demand", "production", "pipe_import", "shortage")
    return bool(max(now.total(item)[a] + was.total(item)[a] for item in items) > 1e-3)


def _numbers(told: Balances, a: int, t: int | None = None) -> dict[str, float]:
    """The numbers of a balance in a period, or over the horizon [bcm]."""

    def of(item: str) -> float:
        row = told.bcm[item][a]
        return _plain(row.sum() if t is None else row[t])

    return {
        "demand_bcm": of("demand"),
        "production_bcm": of("production"),
        "net_import_bcm": of("pipe_import") + of("lng_import") - of("pipe_export") - of("lng_export"),
        "lng_import_bcm": of("lng_import"),
        "withdrawal_bcm": of("withdrawal"),
        "injection_bcm": of("injection"),
        "losses_bcm": of("losses"),
        "switched_bcm": of("switched"),
        "shortage_bcm": of("shortage"),
    }


def _plain(value: Any) -> float:
    number = float(value)
    return 0.0 if abs(number) < 1e-12 else number


def _asked(numbers: dict[str, float]) -> float:
    return numbers["demand_bcm"] + numbers["losses_bcm"] + numbers["switched_bcm"]


def _pct(part: float, whole: float) -> float:
    return 100 * part / whole if whole > SMALL_BCM and part > SMALL_BCM else 0.0


def _periods(system: System, now: Balances, chosen: Sequence[int], priced: bool) -> tuple[GasPeriod, ...]:
    found = []
    for t, period in enumerate(system.horizon.periods):
        rows = []
        for a in chosen:
            numbers = _numbers(now, a, t)
            held = now.held_bcm[a, t]
            rows.append(
                PeriodBalance(
                    area=now.areas[a],
                    numbers=numbers,
                    shortage_pct=_pct(numbers["shortage_bcm"], _asked(numbers)),
                    held_bcm=None if np.isnan(held) else _plain(held),
                    price_usd_kcm=_plain(now.price[a, t]) if priced else None,
                )
            )
        last = period.each_day()[-1].isoformat()
        found.append(GasPeriod(period.label, period.start.isoformat(), last, period.days, tuple(rows)))
    return tuple(found)


def _area(
    a: int,
    now: Balances,
    was: Balances,
    told: dict[Any, Balances],
    cuts: Floats | None,
    run: Run,
    whose: dict[str, float],
    priced: bool,
) -> AreaBalance:
    numbers = _numbers(now, a)
    every = {name: _numbers(one, a) for name, one in told.items()}
    unbalanced = float(was.total("shortage")[a])
    beyond = numbers["shortage_bcm"] - unbalanced
    stores = [one for one in run.system.stores if run.system.areas[one.zone] == now.areas[a]]
    held = now.held_bcm[a, -1]
    lost = None if cuts is None else _plain(cuts[a])
    return AreaBalance(
        area=now.areas[a],
        numbers=numbers,
        before=_numbers(was, a),
        export_bcm=_plain(now.total("pipe_export")[a] + now.total("lng_export")[a]),
        export_before_bcm=_plain(was.total("pipe_export")[a] + was.total("lng_export")[a]),
        transit_bcm=_plain(np.minimum(now.bcm["pipe_import"][a], now.bcm["pipe_export"][a]).sum()),
        transit_before_bcm=_plain(np.minimum(was.bcm["pipe_import"][a], was.bcm["pipe_export"][a]).sum()),
        shortage_pct=_pct(numbers["shortage_bcm"], _asked(numbers)),
        by_sharing={name: _pct(one["shortage_bcm"], _asked(one)) for name, one in every.items()},
        lacking_pct=_pct(numbers["shortage_bcm"] + numbers["switched_bcm"], _asked(numbers)),
        lacking_by_sharing={
            name: _pct(one["shortage_bcm"] + one["switched_bcm"], _asked(one)) for name, one in every.items()
        },
        cut_bcm=lost,
        shortage_of_cut_pct=None if lost is None or lost <= SMALL_BCM else _pct(beyond, lost),
        unbalanced_bcm=unbalanced if unbalanced > SMALL_BCM else 0.0,
        days_until_empty=now.empty_days[a],
        stored_start_bcm=sum(one.start_bcm for one in stores) if stores else None,
        stored_end_bcm=None if np.isnan(held) else _plain(held),
        price_usd_kcm=_plain(now.price[a] @ run.system.days / run.system.days.sum()) if priced else None,
        origins=whose,
    )


def _origins(facts: Facts, run: Run, areas: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """Whose gas each area takes, largest share first."""
    of_zone = {row["id"]: row["area"] for row in facts.table("gas_zones").rows}
    exporters = {
        name: next((of_zone[zone] for zone in zones if of_zone.get(zone)), "OTHER")
        for name, zones in zip(run.system.lng.exporters, run.system.lng.zones, strict=True)
    }
    found = origins(run, areas, exporters)
    out: dict[str, dict[str, float]] = {}
    for a, area in enumerate(areas):
        shares = {name: float(found.share[a, o]) for o, name in enumerate(found.origins)}
        small = sum(part for part in shares.values() if part < LEAST_ORIGIN)
        kept = {name: part for name, part in shares.items() if part >= LEAST_ORIGIN}
        if small > 1e-9:
            kept["OTHER"] = kept.get("OTHER", 0.0) + small
        out[area] = dict(sorted(kept.items(), key=lambda item: (-item[1], item[0])))
    return out


def _flows(facts: Facts, run: Run, before: Run) -> tuple[Flow, ...]:
    """What passes each point, with what passed before; points that carry nothing either way are left out."""
    system = run.system
    per_day = system.days / 1000
    of_zone = {row["id"]: row["area"] for row in facts.table("gas_zones").rows}
    ends = system.ends
    now, was = run.flow @ per_day, before.flow @ per_day
    known = dict.fromkeys(ends, 0.0)
    for (tail, head), amount in zip(ends, was, strict=True):
        known[tail, head] += float(amount)
    found = []
    for p, point in enumerate(system.points):
        if max(now[p], was[p]) <= SMALL_BCM:
            continue
        tail, head = ends[p]
        back = known.get((head, tail), 0.0)
        found.append(
            Flow(
                id=point,
                tail=tail,
                head=head,
                from_area=of_zone.get(tail),
                to_area=of_zone.get(head),
                pipeline=system.pipelines[p],
                kind=system.kinds[p],
                bcm=_plain(now[p]),
                before_bcm=_plain(was[p]),
                capacity_bcm=_plain(system.capacity_mcmd[p] @ per_day),
                turned=bool(now[p] > SMALL_BCM and known[tail, head] <= SMALL_BCM and back > SMALL_BCM),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.bcm, one.id)))


def _untaken(run: Run) -> tuple[Untaken, ...]:
    return tuple(
        Untaken(duty.id, duty.buyer, duty.bcm, _plain(left))
        for duty, left in zip(run.system.duties, run.untaken, strict=True)
        if left > SMALL_BCM and not duty.id.startswith(LANDED)
    )


def _remarks(world: World, system: System, question: GasQuestion, cut: bool) -> tuple[str, ...]:
    """What has to be said of an answer, as codes with their numbers; `report` words them."""
    found = dict.fromkeys(system.used.remarks)
    last = world.facts.last_day
    if system.horizon.end > last:
        found[f"after-last-day:{last.isoformat()}"] = None
    if question.basis == "before":
        found[f"demand-of:{system.horizon.start.year - 1}"] = None
    if not cut:
        found["no-cut"] = None
    return tuple(found)


def _evidence(facts: Facts, system: System) -> tuple[dict[str, float], tuple[Reliance, ...], tuple[Evidence, ...]]:
    """Shares by grade of the gas that hangs on the rows, how much on each, and the rows themselves."""
    weights: dict[str, float] = {}
    reliances: list[Reliance] = []
    ordered = sorted(system.used.bcm.items(), key=lambda item: (-item[1], item[0]))
    rows = []
    for (table, key), bcm in ordered:
        one = evidence(facts, table, key)
        rows.append(one)
        weights[one.grade] = weights.get(one.grade, 0.0) + float(bcm)
        if bcm > 0:
            reliances.append(Reliance(table, key, "gas", "bcm", float(bcm)))
    return grade_shares(weights), tuple(reliances), tuple(rows)
