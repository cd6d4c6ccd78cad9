"""`landbridge alliance`: who is bound to whom, what came when it was asked for, what to expect."""

from __future__ import annotations

from typing import Annotated

import typer

from landbridge.cli import _common as common


def alliance(
    bloc: Annotated[
        str, typer.Argument(metavar="BLOC", help="A bloc, format of states or agreement, by any of its names: CSTO.")
    ],
    camps: Annotated[
        bool, typer.Option("--camps", help="Who votes like whom and is tied to whom: camps of all states.")
    ] = False,
    on: common.On = None,
    scenario: common.Scenarios = None,
    output: common.AreaTable = None,
    as_json: common.AsJson = False,
    facts: common.FactsFolder = None,
    quiet: common.Quiet = False,
) -> None:
    """Members, obligations, disputed readings, appeals and what came, votes, forecast of a response, alignment."""
    data = {"kind": "alliance", "bloc": bloc} | ({"camps": True} if camps else {})
    common.ask_table(data, {"bloc": "BLOC", "camps": "--camps"}, on, scenario, output, as_json, facts)
