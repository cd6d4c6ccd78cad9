"""`landbridge alliance`: who is bound to whom, what came when it was asked for, what to expect."""

from __future__ import annotations

from typing import Annotated

import typer

from landbridge.cli import _common as common


def alliance(
    bloc: Annotated[
        str, typer.Argument(metavar="BLOC", help="A bloc, format of states or agreement, by any of its names: CSTO.")
    ],
    on: common.On = None,
    scenario: common.Scenarios = None,
    output: common.AreaTable = None,
    as_json: common.AsJson = False,
    facts: common.FactsFolder = None,
) -> None:
    """Members, obligations, disputed readings, appeals and what came, votes, forecast of a response, alignment."""
    from landbridge.files import Where
    from landbridge.report.frames import check_table
    from landbridge.studies import ask, to_question

    if output is not None:
        check_table(output)
    world = common.make_world(on, scenario, facts)
    question = to_question({"kind": "alliance", "bloc": bloc}, Where(names={"bloc": "BLOC"}), world)
    common.finish_table(ask(world, question), output, as_json, "alliance", world.facts)
