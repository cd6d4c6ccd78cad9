"""`landbridge oil`: who runs short of oil, what is stranded, which ways carry it."""

from __future__ import annotations

from typing import Annotated

import typer

from landbridge.cli import _common as common


def oil(
    on: common.On = None,
    scenario: common.Scenarios = None,
    area: common.Areas = None,
    sharing: Annotated[
        str, typer.Option("--sharing", metavar="HOW", help="How shortage is shared: national, equal or least-cost.")
    ] = "national",
    output: common.AreaTable = None,
    as_json: common.AsJson = False,
    facts: common.FactsFolder = None,
    quiet: common.Quiet = False,
) -> None:
    """Oil by area, had the day's state lasted a year: shortage, stranded production, straits, ways round them."""
    asked = {"kind": "oil", "sharing": sharing, "areas": list(area or ())}
    common.ask_table(asked, {"areas": "--area", "sharing": "--sharing"}, on, scenario, output, as_json, facts)
