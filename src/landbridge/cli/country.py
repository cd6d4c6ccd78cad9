"""`landbridge country`: what binds a country, what passes its borders, how it reaches the sea, on whom it depends."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from landbridge.cli import _common as common


def country(
    area: Annotated[
        str, typer.Argument(metavar="ISO3", help="A country or de facto entity, by code or name: ARM, Armenia, X_ABK.")
    ],
    on: common.On = None,
    also: Annotated[
        list[str] | None,
        typer.Option("--and", metavar="DATE", help="Another day: tell what changed since the one before; repeat it."),
    ] = None,
    scenario: common.Scenarios = None,
    teu: Annotated[
        float, typer.Option("--teu", metavar="N", help="Size of the shipment on the standard routes; 2 is a 40' box.")
    ] = 2.0,
    partners: Annotated[
        int, typer.Option("--partners", metavar="N", help="Routes to so many of the main partners, 1 to 8.")
    ] = 8,
    quick: Annotated[
        bool, typer.Option("--quick", help="Leave out what closed borders and the scenarios of the library do.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "--csv", "-o", metavar="O.csv|O.parquet", help="One row for each number."),
    ] = None,
    geojson: Annotated[
        Path | None, typer.Option("--geojson", metavar="FILE", help="Write routes and border posts as GeoJSON.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write one page with map, charts and evidence.")
    ] = None,
    as_json: common.AsJson = False,
    facts: common.FactsFolder = None,
    quiet: common.Quiet = False,
) -> None:
    """Memberships, obligations, borders, ways to the sea and to partners, dependence, measures, votes, crises.

    With --and, what changed between the days.
    """
    from landbridge.files import Where
    from landbridge.report.frames import check_table
    from landbridge.studies import ask, to_question

    if output is not None:
        check_table(output)
    common.check_asked(geojson, html)
    world = common.make_world(on, scenario, facts)
    others = [common.make_world(day, scenario, facts, "--and") for day in also or ()]
    asked = {"kind": "country", "area": area, "teu": teu, "partners": partners, "quick": quick}
    names = {"area": "ISO3", "teu": "--teu", "partners": "--partners"}
    question: Any = to_question(asked, Where(names=names), world)
    with common.progress("Profile" if not others else "Profiles", quiet) as progress:
        answer: Any
        if others:
            from landbridge.studies.country import country_changes

            answer = country_changes([world, *others], question, progress=progress)
        else:
            answer = ask(world, question, progress=progress)
    common.write_asked(answer, world.facts, geojson=geojson, html=html)
    common.finish_table(answer, output, as_json, "country", world.facts)
