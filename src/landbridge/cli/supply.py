"""`landbridge supply`: where the gas of areas came from, year by year."""

from __future__ import annotations

from typing import Annotated

import typer

from landbridge.cli import _common as common


def supply(
    areas: Annotated[
        list[str],
        typer.Argument(metavar="AREA...", help="Codes of areas, or blocs and formats: TUR, EU; taken together as one."),
    ],
    first: Annotated[int | None, typer.Option("--from", metavar="YEAR", help="First year.")] = None,
    last: Annotated[int | None, typer.Option("--to", metavar="YEAR", help="Last year.")] = None,
    on: common.On = None,
    scenario: common.Scenarios = None,
    output: common.AreaTable = None,
    as_json: common.AsJson = False,
    facts: common.FactsFolder = None,
    quiet: common.Quiet = False,
) -> None:
    """Where gas came from year by year, as told: production, imports by origin, stores; what made up for a change."""
    asked = {"kind": "supply", "areas": list(areas), "first": first, "last": last}
    names = {"areas": "AREA", "first": "--from", "last": "--to"}
    common.ask_table(asked, names, on, scenario, output, as_json, facts)
