"""`landbridge record`: what became of an agreement, a format, an institution, a crisis or a measure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli import _common as common

if TYPE_CHECKING:
    from landbridge.world import World


def record(
    name: Annotated[
        str,
        typer.Argument(
            metavar="RECORD",
            help="An agreement, format, institution, crisis or measure, by any of its names: tri-2020. "
            "Ids of agreements, blocs, formats, crises, measures and ties count too. `list` lists them.",
        ),
    ],
    area: Annotated[
        list[str] | None,
        typer.Option("--area", metavar="ISO3", help="Ties, votes and measures among these areas; repeat it."),
    ] = None,
    of: Annotated[
        list[str] | None,
        typer.Option(
            "--of", metavar="TABLE", help="With list: agreements, formats, blocs, crises, measures, ties or all."
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write one page with the map of control and evidence."),
    ] = None,
    on: common.On = None,
    scenario: common.Scenarios = None,
    output: common.AreaTable = None,
    geojson: Annotated[
        Path | None,
        typer.Option("--geojson", metavar="FILE", help="Write ground of which law and control differ as GeoJSON."),
    ] = None,
    as_json: common.AsJson = False,
    facts: common.FactsFolder = None,
    quiet: common.Quiet = False,
) -> None:
    """Status, clauses carried out, meetings and who came, events, figures, borders before and now, ties, votes."""
    if name == "list":
        _list(of or ["records"], as_json, common.make_world(on, scenario, facts))
        return
    common.check_asked(geojson, html)
    data = {"kind": "record", "record": name} | ({"areas": [one.upper() for one in area]} if area else {})
    names = {"record": "RECORD", "areas": "--area"}
    common.ask_table(data, names, on, scenario, output, as_json, facts, geojson, html)


def _list(tables: list[str], as_json: bool, world: World) -> None:
    """What may be asked of on the day, by kind, with its first day and the day on which it was over."""
    from landbridge.errors import InputError
    from landbridge.politics.listing import listing
    from landbridge.politics.subject import TABLES

    try:
        rows = [one.to_dict() for one in listing(world, TABLES if "all" in tables else tables)]
    except InputError as error:
        raise error.at(field="--of") from None
    if as_json:
        common.show_json(rows)
        return
    common.show_rows(rows, ("kind", "id", "name", "since", "until"), f"{len(rows)} to ask of on {world.day}")
    if tables == ["records"]:
        rest = ", ".join(one for one in TABLES if one != "records")
        common.show_text(f"Rows of {rest} count too: landbridge record list --of TABLE, or --of all.")
