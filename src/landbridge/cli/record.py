"""`landbridge record`: what became of an agreement, a format, an institution, a crisis or a measure."""

from __future__ import annotations

from typing import Annotated

import typer

from landbridge.cli import _common as common


def record(
    name: Annotated[
        str,
        typer.Argument(
            metavar="RECORD",
            help="An agreement, format, institution, crisis or measure, by any of its names: tri-2020. "
            "Ids of agreements, blocs, formats, crises, measures and ties count too.",
        ),
    ],
    area: Annotated[
        list[str] | None,
        typer.Option("--area", metavar="ISO3", help="Ties, votes and measures among these areas; repeat it."),
    ] = None,
    on: common.On = None,
    scenario: common.Scenarios = None,
    output: common.AreaTable = None,
    as_json: common.AsJson = False,
    facts: common.FactsFolder = None,
) -> None:
    """Status, clauses carried out, meetings and who came, events, figures, borders before and now, ties, votes."""
    from landbridge.files import Where
    from landbridge.report.frames import check_table
    from landbridge.studies import ask, to_question

    if output is not None:
        check_table(output)
    world = common.make_world(on, scenario, facts)
    data = {"kind": "record", "record": name} | ({"areas": [one.upper() for one in area]} if area else {})
    question = to_question(data, Where(names={"record": "RECORD", "areas": "--area"}), world)
    common.finish_table(ask(world, question), output, as_json, "record", world.facts)
