"""`landbridge matrix`: all pairs of places."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from landbridge.cli import _common as common
from landbridge.cli import _shipment as options


def matrix(
    source: Annotated[
        Path, typer.Argument(metavar="PLACES.csv", help="A column place; with a column role (from, to) not all pairs.")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="M.csv|M.parquet", help="One row for each pair.")
    ] = None,
    on: common.On = None,
    scenario: common.Scenarios = None,
    cargo: options.Cargo = "container",
    teu: options.Teu = None,
    tonnes: options.Tonnes = None,
    value_usd: options.ValueUsd = None,
    carrier: options.Carrier = None,
    mode: options.Modes = None,
    service: options.Service = "auto",
    team: options.Team = None,
    factors: options.Factors = "nearest",
    objective: options.Objective = "generalised",
    as_json: common.AsJson = False,
    facts: common.FactsFolder = None,
    quiet: common.Quiet = False,
) -> None:
    """Kilometres, hours, dollars and CO2e between all pairs of places, as in the first way of `route`."""
    from landbridge.errors import InputError
    from landbridge.report.frames import check_table, read_places
    from landbridge.routing import answer_matrix

    if output is not None:
        check_table(output)
    goods = options.shipment(cargo, teu, tonnes, value_usd, carrier, mode, service=service, team=team, factors=factors)
    world = common.make_world(on, scenario, facts)
    wrong: list[InputError] = []
    starts: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    try:
        starts, goals = read_places(source, world.facts)
    except InputError as error:
        wrong.append(error)
    asked = {"kind": "matrix", "places": starts, "destinations": goals, **goods, "objective": objective}
    question = options.asked(world, asked, wrong)
    with common.progress("Pairs", quiet) as told:
        answer = answer_matrix(world, question, progress=told)
    common.finish_table(answer, output, as_json, "matrix", world.facts)
