"""`landbridge world`: what holds on a day, and how two worlds differ."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from landbridge.cli import _common as common

app = typer.Typer(help="What holds on a day.", no_args_is_help=True)


@app.command()
def show(
    what: Annotated[
        str | None,
        typer.Argument(
            help="crossings, passages, ferries, ports, projects, pipes, corridors, measures, policies or memberships. "
            "Default: how many of each."
        ),
    ] = None,
    only: Annotated[
        str | None, typer.Argument(help="An id or a part of one, an area code, or a part of a name.")
    ] = None,
    on: common.On = None,
    scenario: common.Scenarios = None,
    as_json: common.AsJson = False,
    facts: common.FactsFolder = None,
    quiet: common.Quiet = False,
) -> None:
    """Show what holds: what passes each crossing and pipe, what is open, in force, built, a member."""
    from landbridge.report import holds
    from landbridge.report.frames import plain_cells

    world = common.make_world(on, scenario, facts)
    rows = holds.counts(world) if what is None else holds.rows(world, what, only)
    ref = world.ref().to_dict()
    if as_json:
        common.show_json({"schema": "world/1", "world": ref, "what": what, "rows": plain_cells(rows)})
        return
    for banner in world.banners:
        common.show_text(f"! {banner}")
    common.show_rows(rows, holds.columns(rows), f"{what or 'World'} on {world.day}")


@app.command()
def diff(
    other: Annotated[
        str | None, typer.Option("--with", metavar="DATE", help="Another day to compare --on with.")
    ] = None,
    on: common.On = None,
    scenario: common.Scenarios = None,
    as_json: common.AsJson = False,
    facts: common.FactsFolder = None,
    quiet: common.Quiet = False,
) -> None:
    """What differs between a day and the same day changed by scenarios, or between two days."""
    from landbridge.errors import InputError
    from landbridge.report import holds
    from landbridge.report.frames import plain_cells

    if other is None and not scenario:
        raise InputError("two worlds are needed", remedy="give --scenario, or another day by --with")
    from landbridge.world import diff as differ

    first = common.make_world(on, None, facts)
    second = common.make_world(other or on, scenario, facts, "--on" if other is None else "--with")
    rows: list[dict[str, Any]] = [row.to_dict() for row in differ(first, second)]
    if as_json:
        worlds = {"base": first.ref().to_dict(), "changed": second.ref().to_dict()}
        common.show_json({"schema": "world_diff/1", **worlds, "rows": plain_cells(rows)})
    elif rows:
        common.show_rows(rows, holds.columns(rows))
    else:
        common.show_text("No difference.")
    common.leave(bool(rows))


@app.command()
def network(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write; made when missing.")],
    on: common.On = None,
    scenario: common.Scenarios = None,
    as_json: common.AsJson = False,
    facts: common.FactsFolder = None,
    quiet: common.Quiet = False,
) -> None:
    """Write the whole network, with the links that scenarios build, as GMNS tables: node.csv, link.csv."""
    from landbridge.report.gmns import write_network
    from landbridge.routing.answering import network_of
    from landbridge.writing import check_folder

    check_folder(folder)
    written = write_network(folder, network_of(common.make_world(on, scenario, facts)))
    if as_json:
        common.show_json([str(path) for path in written])
    else:
        common.show_text("\n".join(str(path) for path in written))
