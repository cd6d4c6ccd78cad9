"""`landbridge claims`: whether what is claimed of ways holds on a day."""

from __future__ import annotations

from typing import Annotated

import typer

from landbridge.cli import _common as common


def claims(
    about: Annotated[
        str | None, typer.Argument(metavar="[ABOUT]", help="What they are about, or the id of one: instc. All without.")
    ] = None,
    on: common.On = None,
    scenario: common.Scenarios = None,
    output: common.AreaTable = None,
    as_json: common.AsJson = False,
    facts: common.FactsFolder = None,
    quiet: common.Quiet = False,
) -> None:
    """Headlines on corridors held against the ways of the day: shorter, faster, cheaper by how much; a verdict."""
    asked = {"kind": "claims", "about": about}
    common.ask_table(asked, {"about": "ABOUT"}, on, scenario, output, as_json, facts)
