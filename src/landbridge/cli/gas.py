"""`landbridge gas`: who runs short of gas, who helps, which flows turn round."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from landbridge.cli import _common as common

if TYPE_CHECKING:
    from landbridge.world import World

OPTIONS: Final = {"from": "--from", "to": "--to", "step": "--step", "sharing": "--sharing", "cold": "--cold",
                  "cold_from": "--cold-from", "basis": "--basis", "areas": "--area", "date": "--from",
                  "day": "--from"}  # fmt: skip
"""What the command line calls the keys of a question."""


def gas(
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="The world's day, YYYY-MM-DD; alone it asks for twelve months from "
                     "its month. Default: the day of --from, else the last day of the facts."),
    ] = None,
    scenario: common.Scenarios = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day of a cut of days.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day, itself within.")] = None,
    step: Annotated[
        str | None, typer.Option("--step", metavar="STEP", help="day, month or season; days for up to 62 of them.")
    ] = None,
    sharing: Annotated[
        str, typer.Option("--sharing", metavar="HOW", help="How shortage is shared: national, equal or least-cost. "
                          "The range over all three is always told.")
    ] = "national",
    cold: Annotated[
        str | None,
        typer.Option("--cold", metavar="SPELL", help="A cold spell: cold-january, 14-days, peak-day or season."),
    ] = None,
    cold_from: Annotated[
        str | None,
        typer.Option("--cold-from", metavar="DATE", help="First day of a spell of 14 days or of the peak day; without "
                     "it every day of the winter is as cold."),
    ] = None,
    basis: Annotated[
        str, typer.Option("--basis", metavar="YEAR", help="Whose demand and supply: before, the last year before, or "
                          "observed, the year itself.")
    ] = "before",
    area: common.Areas = None,
    output: Annotated[
        Path | None,
        typer.Option("--csv", "-o", metavar="O.csv|O.parquet", help="Write one row for each area and period."),
    ] = None,
    flows: Annotated[
        Path | None, typer.Option("--flows", metavar="F.csv|F.parquet", help="Write one row for each flow.")
    ] = None,
    geojson: Annotated[
        Path | None, typer.Option("--geojson", metavar="FILE", help="Write the flows as GeoJSON lines.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write one page with map, balances and evidence.")
    ] = None,
    as_json: common.AsJson = False,
    facts: common.FactsFolder = None,
    quiet: common.Quiet = False,
) -> None:  # fmt: skip
    """Who runs short of gas, by area and day or month; what stores, LNG and other pipes give; which flows turn."""
    from landbridge.errors import InputError
    from landbridge.files import Where
    from landbridge.report.frames import check_table, write_frame
    from landbridge.studies import ask, to_question

    for table in (output, flows):
        if table is not None:
            check_table(table)
    common.check_asked(geojson, html)
    world = make_world(on, start, scenario, facts)
    chosen = [one.upper() for one in area or ()]
    asked = {"kind": "gas", "from": start, "to": end, "step": step, "sharing": sharing, "cold": cold,
             "cold_from": cold_from, "basis": basis, "areas": chosen}  # fmt: skip
    question = to_question(asked, Where(names=OPTIONS), world)
    try:
        answer: Any = ask(world, question)
    except InputError as error:
        field = OPTIONS.get(error.field or "", error.field)
        raise error.at(field="--on" if field == "--from" and start is None else field) from None
    if as_json:
        common.show_json(answer.to_dict())
    else:
        from landbridge.report import terminal
        from landbridge.report.names import Names

        common.show(terminal.gas(answer.to_dict(), Names(world.facts, world.day)))
    for frame, table in ((answer.to_frame, output), (answer.flows_frame, flows)):
        if table is not None:
            write_frame(frame(), table)
    common.write_asked(answer, world.facts, geojson=geojson, html=html)
    common.leave(answer.answered)


def make_world(on: str | None, start: str | None, scenarios: Any, facts: Path | None) -> World:
    """The world of `--on`, else of `--from`, at most the last day of the facts."""
    from landbridge.world.intervals import read_day

    known = common.load_facts(facts)
    if on is None and start is not None:
        day = min(read_day(start, field="--from"), known.last_day)
        return common.make_world(day.isoformat(), scenarios, facts, "--from")
    return common.make_world(on, scenarios, facts)
