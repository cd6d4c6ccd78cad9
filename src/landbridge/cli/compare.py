"""`landbridge compare`: the base world against a scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from landbridge.cli import _common as common
from landbridge.cli import _shipment as options


def compare(
    scenario: Annotated[
        list[str], typer.Option("--scenario", metavar="NAME|FILE", help="What changes; repeat it, in order.")
    ],
    origin: Annotated[str | None, typer.Argument(metavar="[FROM", help="Compare one route.")] = None,
    destination: Annotated[str | None, typer.Argument(metavar="TO]", help="The other end.")] = None,
    question: Annotated[
        Path | None,
        typer.Option("--question", metavar="Q.yaml", help="Any question. Default: a list of well known relations."),
    ] = None,
    on: common.On = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write one page with both maps.")] = None,
    as_json: common.AsJson = False,
    facts: common.FactsFolder = None,
    quiet: common.Quiet = False,
) -> None:
    """Who gains and who loses by a scenario, and by how much."""
    from landbridge.errors import InputError, gathered
    from landbridge.studies import compare as compare_worlds
    from landbridge.studies import read_asked
    from landbridge.writing import check_writable

    if html is not None:
        check_writable(html)
    if origin is not None and question is not None:
        raise InputError("give two places or a question file, not both", field="--question")
    if origin is not None and destination is None:
        raise InputError("the second place is missing", field="TO")
    asked: Any = None
    wrong: list[InputError] = []
    if question is not None:
        try:
            found = read_asked(question, common.load_facts(facts), on=on)
            asked, on = found.question, on or found.on
        except InputError as error:
            wrong.append(error)
    world = common.make_world(on, None, facts)
    try:
        common.changed(world, scenario)
    except InputError as error:
        wrong.append(error)
    if origin is not None:
        asked = options.asked(world, {"kind": "route", "from": origin, "to": destination}, wrong)
    if wrong:
        raise gathered(wrong)
    with common.progress("Parts", quiet) as told:
        answer = compare_worlds(world, scenario, asked, progress=told)
    if as_json:
        common.show_json(answer.to_dict())
    else:
        from landbridge.report import terminal
        from landbridge.report.names import Names

        common.show(terminal.compare(answer.to_dict(), Names(world.facts)))
    if html is not None:
        from landbridge.report.page import save_page

        save_page(answer, html, world.facts)
    common.leave(answer.answered)
