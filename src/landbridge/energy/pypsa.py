"""The gas program as a network of PyPSA: buses are zones, links points, what is not served is generated at its harm.

PyPSA (Brown, Hoersch and Schlachtberger 2018) is no part of the installation: `pip install 'landbridge[pypsa]'`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from landbridge.energy.bindings import SWITCHED
from landbridge.energy.demand import TIERS
from landbridge.energy.program import Program, make_program, terminals_of
from landbridge.energy.question import GasQuestion, horizon_of
from landbridge.energy.run import after, solve_before
from landbridge.energy.system import make_systems
from landbridge.errors import LandbridgeError, MissingExtraError

if TYPE_CHECKING:
    from landbridge.world import World

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
SEA: Final = "LNG"
"""The bus of the pool of divertible cargoes."""
GAS: Final = "gas"
OUTSIDE: Final = "outside"
"""The bus of what leaves the balance: cargoes loaded."""
FREE: Final = 1e6
"""A bound that never binds [million m3 a day]."""
ALONE: Final = ("missing", "missing_last", "over", "untaken", "sent")
"""Columns of a whole horizon, and of gas sent to who leases a store: added to the model beside the network."""
MCM_PER_BCM: Final = 1000.0


def to_pypsa(problem: Program | World, **options: Any) -> Any:
    """A PyPSA network of a gas program at least cost.

    Parameters
    ----------
    problem
        A program, or a world: then the program of the gas question that `options` give (see `GasQuestion`).

    Returns
    -------
    pypsa.Network
        Snapshots are periods, power is million m3 a day, energy bcm, money million USD. Loads are what is asked for
        less what is usually made and usually flows, so that links and generators stand for what changes: `up POINT`
        and `down POINT`, `more ZONE`, `less ZONE` and `far ZONE`, `short TIER ZONE`, `switch TIER ZONE`, `gap ZONE`,
        stores `held NAME` with links `out NAME` and `back NAME`, gas in pipes `pack ZONE`, cargoes `draw NAME`,
        `yield NAME`, `tank NAME`.
        What PyPSA has no component for (curves of withdrawal, ceilings, swaps, virtual reverse flow, contracts) is in
        `rules_of`; `solve` takes both.

    Raises
    ------
    MissingExtraError
        When PyPSA is not installed.

    Examples
    --------
    >>> from landbridge.world import World
    >>> network = to_pypsa(World.at("2022-01-01"), start="2022-01-01", end="2022-02-28")  # doctest: +SKIP
    >>> "DEU" in network.buses.index  # doctest: +SKIP
    True
    """
    try:
        import pypsa
    except ImportError as error:
        raise MissingExtraError("pypsa", "pypsa") from error
    program = problem if isinstance(problem, Program) else _program(problem, options)
    system, blocks, days = program.system, program.blocks, program.system.days
    network = pypsa.Network()
    network.set_snapshots([period.label for period in system.horizon.periods])
    for column in network.snapshot_weightings.columns:
        network.snapshot_weightings[column] = days / MCM_PER_BCM
    network.add("Carrier", GAS)
    add = _Adder(network, program)
    zones = list(system.zones)
    apart = [*(f"store {one.name}" for one in system.stores), *(f"{SEA} {name}" for name in system.lng.importers)]
    network.add("Bus", [*zones, SEA, OUTSIDE, *apart], carrier=GAS)
    network.add(
        "Load", [f"load {zone}" for zone in zones], bus=zones, carrier=GAS,
        p_set=add.table(program.row_low[program.balance]),
    )  # fmt: skip
    tails, heads = _ends(program)
    points = list(system.points)
    add.links("up", points, tails, heads, blocks["up"])
    add.links("down", points, heads, tails, blocks["down"])
    add.generators("more", zones, zones, blocks["more"])
    for word in ("less", "far"):
        add.generators(word, zones, zones, blocks[word], sign=-1)
    for k, tier in enumerate(TIERS):
        add.generators(f"short {tier}", zones, zones, blocks["short"][:, k])
    for s, k in enumerate(SWITCHED):
        add.generators(f"switch {TIERS[k]}", zones, zones, blocks["switch"][:, s])
    add.generators("gap", zones, zones, blocks["gap"])
    network.add("Generator", "outside", bus=OUTSIDE, carrier=GAS, p_nom=FREE, p_min_pu=-1.0)
    _stores(network, add)
    _cargoes(network, add)
    return network


def solve(network: Any, program: Program, **options: Any) -> float:
    """Solve a network with the rules of its program; the value of the objective [million USD].

    Raises
    ------
    LandbridgeError
        When PyPSA found no optimum.
    """
    given = {"solver_name": "highs", "include_objective_constant": False, **options}
    status = network.optimize(extra_functionality=rules_of(program), **given)
    if status[1] != "optimal":
        raise LandbridgeError(f"PyPSA did not solve the gas program: {status[1]}")
    return float(network.model.objective.value)


def flows(network: Any, program: Program) -> Floats:
    """What passes each point in a solved network [points, periods; million m3 a day]."""
    names = list(program.system.points)
    passed = network.links_t.p0
    up = passed[[f"up {name}" for name in names]].to_numpy().T
    down = passed[[f"down {name}" for name in names]].to_numpy().T
    found: Floats = program.system.usual_mcmd + up - down
    return found


def rules_of(program: Program) -> Callable[[Any, Any], None]:
    """What PyPSA has no component for, as rows over its variables: the `extra_functionality` of `optimize`."""

    def rules(network: Any, _: Any) -> None:
        import xarray as xr
        from linopy import LinearExpression

        model = network.model
        label = np.full(len(program.cost), -1, dtype=np.int64)
        factor = np.ones(len(program.cost))
        _label(network, program, label, factor)
        cost: Any = model.objective.expression
        for name in ALONE:
            columns = program.blocks[name].ravel()
            if columns.size:
                axis = xr.DataArray(np.arange(columns.size), dims=[name])
                low, high = (axis.copy(data=side[columns]) for side in (program.low, program.high))
                found = model.add_variables(low, high, name=name)
                label[columns] = found.labels.to_numpy()
                cost = cost + (axis.copy(data=program.cost[columns]) * found).sum()
        model.add_objective(cost, overwrite=True)
        rows, terms, values = _rows(program)
        if (label[terms[terms >= 0]] < 0).any():
            raise LandbridgeError("a column of the gas program has no variable in PyPSA")
        at = np.maximum(terms, 0)
        inside = terms >= 0
        made = {
            "coeffs": (("rule", "_term"), np.where(inside, values * factor[at], np.nan)),
            "vars": (("rule", "_term"), np.where(inside, label[at], -1)),
        }
        for sign, side in (("<=", program.row_high[rows]), (">=", program.row_low[rows])):
            some = np.isfinite(side)
            if some.any():
                data = xr.Dataset({key: (dims, table[some]) for key, (dims, table) in made.items()})
                data = data.assign_coords(rule=np.arange(int(some.sum())))
                right = xr.DataArray(side[some], dims=["rule"], coords={"rule": data["rule"]})
                model.add_constraints(LinearExpression(data, model), sign, right, name=f"rules {sign}")

    return rules


def _program(world: World, options: dict[str, Any]) -> Program:
    question = GasQuestion(**options)
    horizon = horizon_of(world, question)
    before, now = make_systems(world, horizon, basis=question.basis, cold=question.cold)
    return make_program(after(now, solve_before(before)))


class _Adder:
    """Adds the columns of a block to a network as components of one kind."""

    def __init__(self, network: Any, program: Program) -> None:
        self.network, self.program = network, program
        self.days = program.system.days

    def table(self, values: Floats) -> Any:
        """A row for each period and a column for each component, in the shape that `add` takes."""
        return np.asarray(values, dtype=float).T

    def per_unit(self, columns: Ints) -> Any:
        """The cost of one million m3 a day over a period of a day's weight [USD per 1000 m3]."""
        return self.table(self.program.cost[columns] / (self.days / MCM_PER_BCM))

    def most(self, columns: Ints) -> Any:
        """The bound above; what has none gets one that never binds."""
        return self.table(np.minimum(self.program.high[columns], FREE))

    def links(self, word: str, names: list[str], tails: list[str], heads: list[str], columns: Ints) -> None:
        """Links of a block, from and to buses."""
        if names:
            self.network.add(
                "Link", [f"{word} {name}" for name in names], bus0=tails, bus1=heads, carrier=GAS, p_nom=1.0,
                p_max_pu=self.most(columns), marginal_cost=self.per_unit(columns),
            )  # fmt: skip

    def generators(self, word: str, names: list[str], buses: list[str], columns: Ints, sign: int = 1) -> None:
        """Generators of a block; with sign -1 they take out what the column stands for."""
        if names:
            self.network.add(
                "Generator", [f"{word} {name}" for name in names], bus=buses, carrier=GAS, p_nom=1.0, sign=sign,
                p_max_pu=self.most(columns), marginal_cost=self.per_unit(columns),
            )  # fmt: skip


def _ends(program: Program) -> tuple[list[str], list[str]]:
    """The buses at the ends of each point: terminals take from the bus of their importer."""
    system = program.system
    zones = system.zones
    tails = [zones[z] if z >= 0 else OUTSIDE for z in system.tails]
    heads = [zones[z] if z >= 0 else OUTSIDE for z in system.heads]
    for name in system.lng.importers:
        for p in terminals_of(system, name):
            tails[p] = f"{SEA} {name}"
    return tails, heads


def _stores(network: Any, add: _Adder) -> None:
    """Stores on buses of their own, and what can be drawn from pipes."""
    program, system, blocks = add.program, add.program.system, add.program.blocks
    names = [one.name for one in system.stores]
    buses = [f"store {name}" for name in names]
    zones = [system.zones[one.zone] for one in system.stores]
    if names:
        network.add(
            "Store", [f"held {name}" for name in names], bus=buses, carrier=GAS, e_nom=1.0,
            e_initial=[one.start_bcm for one in system.stores],
            e_min_pu=add.table(program.low[blocks["held"]]), e_max_pu=add.table(program.high[blocks["held"]]),
        )  # fmt: skip
    add.links("out", names, buses, zones, blocks["out"])
    add.links("back", names, zones, buses, blocks["back"])
    if blocks["pack"].size:
        # what was drawn is a stock below zero
        network.add(
            "Store", [f"pack {zone}" for zone in system.zones], bus=list(system.zones), carrier=GAS,
            e_nom=1.0, e_max_pu=0.0,
            e_min_pu=add.table(-program.high[blocks["pack"]] / MCM_PER_BCM),
            marginal_cost_storage=-MCM_PER_BCM * add.per_unit(blocks["pack"]),
        )  # fmt: skip


def _cargoes(network: Any, add: _Adder) -> None:
    """What arrives at an importer, what it draws from the pool and leaves to it, and what the pool has to spare."""
    program, blocks = add.program, add.program.blocks
    names = list(program.system.lng.importers)
    buses = [f"{SEA} {name}" for name in names]
    add.links("draw", names, [SEA] * len(names), buses, blocks["draw"])
    add.links("yield", names, buses, [SEA] * len(names), blocks["yield"])
    if blocks["tank"].size:
        network.add(
            "Store", [f"tank {name}" for name in names], bus=buses, carrier=GAS, e_nom=1.0, e_max_pu=0.0,
            e_min_pu=add.table(-program.high[blocks["tank"]] / MCM_PER_BCM),
            marginal_cost_storage=-MCM_PER_BCM * add.per_unit(blocks["tank"]),
        )  # fmt: skip
    arriving, spare = _limits(program)
    if names:
        network.add(
            "Generator", [f"arrive {name}" for name in names], bus=buses, carrier=GAS, p_nom=1.0,
            p_min_pu=-FREE, p_max_pu=add.table(arriving),
        )  # fmt: skip
    network.add("Generator", "spare", bus=SEA, carrier=GAS, p_nom=1.0, p_min_pu=-FREE, p_max_pu=spare)


def _limits(program: Program) -> tuple[Floats, Floats]:
    """What arrives beyond the usual at each importer [importers, periods] and what the pool spares [periods]."""
    gives = program.blocks["yield"]
    arriving, spare = np.zeros(gives.shape), np.zeros(gives.shape[1])
    place = {int(column): at for at, column in np.ndenumerate(gives)}
    for row, column, value in zip(program.row, program.col, program.value, strict=True):
        at = place.get(int(column))
        if at is not None and value > 0:
            arriving[at] = program.row_high[row]
        elif at is not None:
            spare[at[1]] = program.row_high[row]
    return arriving, spare


def _label(network: Any, program: Program, label: Ints, factor: Floats) -> None:
    """The variable of PyPSA that stands for each column, and what one unit of the column is of it."""
    system, blocks = program.system, program.blocks
    link = network.model["Link-p"].labels.to_pandas()
    made = network.model["Generator-p"].labels.to_pandas()
    for word, names in (
        ("up", system.points), ("down", system.points),
        ("out", [one.name for one in system.stores]), ("back", [one.name for one in system.stores]),
        ("draw", system.lng.importers), ("yield", system.lng.importers),
    ):  # fmt: skip
        label[blocks[word]] = link[[f"{word} {name}" for name in names]].to_numpy().T
    for word in ("more", "less", "far", "gap"):
        label[blocks[word]] = made[[f"{word} {zone}" for zone in system.zones]].to_numpy().T
    for word, tiers in (("short", TIERS), ("switch", [TIERS[k] for k in SWITCHED])):
        for k, tier in enumerate(tiers):
            label[blocks[word][:, k]] = made[[f"{word} {tier} {zone}" for zone in system.zones]].to_numpy().T
    if "Store-e" in network.model.variables:
        held = network.model["Store-e"].labels.to_pandas()
        label[blocks["held"]] = held[[f"held {one.name}" for one in system.stores]].to_numpy().T
        if blocks["pack"].size:
            label[blocks["pack"]] = held[[f"pack {zone}" for zone in system.zones]].to_numpy().T
            factor[blocks["pack"]] = -MCM_PER_BCM
        if blocks["tank"].size:
            label[blocks["tank"]] = held[[f"tank {name}" for name in system.lng.importers]].to_numpy().T
            factor[blocks["tank"]] = -MCM_PER_BCM


def _rows(program: Program) -> tuple[Ints, Ints, Floats]:
    """The rows that no component stands for: their indexes, the columns of each padded with -1, and the entries."""
    inside = np.zeros(len(program.row_low), dtype=bool)
    inside[np.isfinite(program.row_low) | np.isfinite(program.row_high)] = True
    inside[program.balance.ravel()] = False
    # stocks of stores and pipes follow from the component
    held = np.isin(program.col, program.blocks["held"])
    inside[program.row[held & (program.row_low[program.row] == program.row_high[program.row])]] = False
    cargoes = np.isin(program.col, np.concatenate([program.blocks["draw"].ravel(), program.blocks["yield"].ravel()]))
    inside[program.row[cargoes]] = False
    keep = inside[program.row]
    order = np.argsort(program.row[keep], kind="stable")
    row, col, value = program.row[keep][order], program.col[keep][order], program.value[keep][order]
    rows, first, counts = np.unique(row, return_index=True, return_counts=True)
    width = int(counts.max()) if len(counts) else 0
    terms = np.full((len(rows), width), -1, dtype=np.int64)
    values = np.zeros((len(rows), width))
    at = np.arange(len(row)) - np.repeat(first, counts)
    terms[np.repeat(np.arange(len(rows)), counts), at] = col
    values[np.repeat(np.arange(len(rows)), counts), at] = value
    return rows, terms, values
