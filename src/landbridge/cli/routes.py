"""`landbridge routes`: many shipments from a table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from landbridge.cli import _common as common


def routes(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="IN.csv",
            help="Columns id,origin,destination and, if wanted, on,cargo,modes,via,avoid,teu,tonnes,value_usd,carrier,"
            "service,hs,factors; several values in a cell are split by ;",
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="OUT.csv", help="One row for each id and rank.")
    ] = None,
    on: common.On = None,
    scenario: common.Scenarios = None,
    n: Annotated[int, typer.Option("-n", min=1, max=50, help="How many ways at most for each row.")] = 5,
    as_json: common.AsJson = False,
    facts: common.FactsFolder = None,
    quiet: common.Quiet = False,
) -> None:
    """Route many shipments at once."""
    from landbridge.report.frames import check_table
    from landbridge.studies import routes as route_many
    from landbridge.studies import routes_table

    if output is not None:
        check_table(output)
    world = common.make_world(on, scenario, facts)
    with common.progress("Routes", quiet) as told:
        whole = output is None or as_json
        answer: Any = (route_many if whole else routes_table)(world, source, n=n, progress=told)
    common.finish_table(answer, output, as_json, "routes", world.facts)
