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
    mode: options.Modes = None,
    via: options.Via = None,
    capital_musd: Annotated[
        float | None,
        typer.Option("--capital-musd", metavar="N", help="What the scenario costs to build [10^6 USD]: tell the volume "
                     "at which it pays."),
    ] = None,
    years: Annotated[float, typer.Option("--years", metavar="N", help="Years over which it is paid.")] = 30.0,
    rate_pct: Annotated[float, typer.Option("--rate-pct", metavar="N", help="Interest a year [%].")] = 5.0,
    on: common.On = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write one page with both maps.")] = None,
    as_json: common.AsJson = False,
    facts: common.FactsFolder = None,
    quiet: common.Quiet = False,
) -> None:  # fmt: skip
    """Who gains and who loses by a scenario, and by how much."""
    from landbridge.errors import InputError, gathered
    from landbridge.files import Where
    from landbridge.studies import compare as compare_worlds
    from landbridge.studies import read_asked
    from landbridge.studies.worth import Capital
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
        goods = {"modes": list(mode or ()), "via": list(via or ())}
        asked = options.asked(world, {"kind": "route", "from": origin, "to": destination, **goods}, wrong)
    elif mode or via:
        wrong.append(InputError("modes and stops belong to a route: give its two places", field="--via"))
    capital = None
    if capital_musd is not None:
        names = {key: f"--{key.replace('_', '-')}" for key in ("years", "rate_pct")} | {"musd": "--capital-musd"}
        try:
            given = {"musd": capital_musd, "years": years, "rate_pct": rate_pct}
            capital = Capital.from_dict(given, Where(names=names))
        except InputError as error:
            wrong.append(error)
    if wrong:
        raise gathered(wrong)
    with common.progress("Parts", quiet) as told:
        answer = compare_worlds(world, scenario, asked, capital=capital, progress=told)
    if as_json:
        common.show_json(answer.to_dict())
    else:
        from landbridge.report import terminal
        from landbridge.report.names import Names

        common.show(terminal.compare(answer.to_dict(), Names(world.facts, world.day)))
    if html is not None:
        from landbridge.report.page import save_page

        save_page(answer, html, world.facts)
    common.leave(answer.answered)
