"""`landbridge route`: the ways of one shipment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from landbridge.cli import _common as common
from landbridge.cli import _shipment as options


def route(
    origin: Annotated[str, typer.Argument(metavar="FROM", help='City, UN/LOCODE of a port, "lat,lon", or an id.')],
    destination: Annotated[str, typer.Argument(metavar="TO", help="The same.")],
    on: common.On = None,
    scenario: common.Scenarios = None,
    cargo: options.Cargo = "container",
    teu: options.Teu = None,
    tonnes: options.Tonnes = None,
    value_usd: options.ValueUsd = None,
    carrier: options.Carrier = None,
    mode: options.Modes = None,
    via: options.Via = None,
    avoid: options.Avoid = None,
    at: Annotated[str | None, typer.Option("--at", metavar="PLACE", help="Where the cargo stands already.")] = None,
    stood_days: Annotated[
        float | None, typer.Option("--stood-days", min=0, help="How long it has stood there; with --at.")
    ] = None,
    within: Annotated[
        list[str] | None,
        typer.Option("--within", metavar="BLOC", help="Tell what part of each way lies in the members of this bloc on "
                     "the day, in the areas of this format, or in this area; repeat it.")
    ] = None,
    service: options.Service = "auto",
    team: options.Team = None,
    hs: options.Hs = None,
    factors: options.Factors = "nearest",
    objective: options.Objective = "generalised",
    n: Annotated[int, typer.Option("-n", min=1, max=50, help="How many ways at most.")] = 5,
    geojson: Annotated[
        Path | None, typer.Option("--geojson", metavar="FILE", help="Write the ways as GeoJSON.")
    ] = None,
    gmns: Annotated[
        Path | None, typer.Option("--gmns", metavar="DIR", help="Write the ways as GMNS: node.csv, link.csv.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write one page with map, legs and evidence.")
    ] = None,
    as_json: common.AsJson = False,
    facts: common.FactsFolder = None,
    quiet: common.Quiet = False,
) -> None:  # fmt: skip
    """How a shipment gets from one place to another: days, dollars, CO2e, borders, reasons, evidence."""
    from landbridge.studies import ask
    from landbridge.writing import check_folder

    common.check_asked(geojson, html)
    if gmns is not None:
        check_folder(gmns)
    goods = options.shipment(cargo, teu, tonnes, value_usd, carrier, mode, via, avoid, service, team, hs, factors)
    world = common.make_world(on, scenario, facts)
    asked = {"kind": "route", "from": origin, "to": destination, **goods, "objective": objective, "n": n, "at": at}
    if within:
        asked["within"] = list(within)
    if stood_days is not None:
        asked["stood_days"] = stood_days
    answer: Any = ask(world, options.asked(world, asked))
    if as_json:
        common.show_json(answer.to_dict())
    else:
        from landbridge.report import terminal
        from landbridge.report.names import Names

        common.show(terminal.route(answer.to_dict(), Names(world.facts, world.day)))
    common.write_asked(answer, world.facts, geojson=geojson, html=html)
    if gmns is not None:
        from landbridge.report.gmns import write_ways

        write_ways(gmns, answer.to_dict(), answer.to_geojson(), world.facts)
    common.leave(answer.answered)
