"""`landbridge scenario`: the scenarios that ship, and checking one's own."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from landbridge.cli import _common as common

app = typer.Typer(help="Scenarios: dated events that change a world.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="NAME|FILE", help="A shipped scenario or a YAML file.")]


@app.command("list")
def list_(as_json: common.AsJson = False) -> None:
    """List the scenarios that ship."""
    from landbridge.world import list_scenarios, read_scenario

    rows = [{"name": name, "events": len(one.events), "note": one.note}
            for name in list_scenarios() for one in [read_scenario(name)]]  # fmt: skip
    if as_json:
        common.show_json(rows)
    else:
        common.show_rows(rows, ["name", "events", "note"])


@app.command()
def check(name: Name, facts: common.FactsFolder = None, as_json: common.AsJson = False) -> None:
    """Check a scenario: its form, that everything it names exists, and that its links can be laid."""
    from landbridge.world import read_scenario
    from landbridge.world.effects import links_of

    table = common.load_facts(facts)
    one = read_scenario(name, table)
    links = links_of(one)
    if links:
        from landbridge.network import load, overlay

        overlay(load(), links, table)
    if as_json:
        common.show_json({"name": one.name, "events": len(one.events), "valid": True})
    else:
        common.show_text(f"{one.name}: valid, {len(one.events)} events")


@app.command()
def show(name: Name, facts: common.FactsFolder = None, as_json: common.AsJson = False) -> None:
    """Show the events of a scenario."""
    from landbridge.world import read_scenario

    one = read_scenario(name, common.load_facts(facts))
    data = one.to_dict()
    if as_json:
        common.show_json(data)
        return
    common.show_text(f"{one.name}: {one.note}".rstrip(": "))
    rows = [_shown(number, event) for number, event in enumerate(data.get("events") or (), 1)]
    common.show_rows(rows, ["no", "kind", "what", "more"])
    for source in data.get("sources") or ():
        common.show_text(f"Source: {source}")


@app.command()
def diff(
    name: Name,
    on: common.On = None,
    facts: common.FactsFolder = None,
    as_json: common.AsJson = False,
    quiet: common.Quiet = False,
) -> None:
    """What a scenario changes on a day."""
    from landbridge.cli.world import diff as world_diff

    world_diff(on=on, scenario=[name], as_json=as_json, facts=facts)


@app.command()
def schema() -> None:
    """Print the JSON schema of a scenario file."""
    from landbridge.world import scenario_schema

    common.show_json(scenario_schema())


def _shown(number: int, event: dict[str, Any]) -> dict[str, Any]:
    from landbridge.report.cells import cell

    pipe, parts = event.get("pipe") or {}, {**(event.get("link") or {}), **(event.get("ban") or {})}
    subjects = event.get("subjects") or event.get("subject") or event.get("project") or event.get("bloc") or ""
    told = ("kind", "subjects", "subject", "project", "bloc", "pipe", "link", "ban", "id")
    whole = pipe | parts | event
    rest = {key: value for key, value in whole.items() if key not in told and value not in (None, [], "")}
    more = "; ".join(f"{key} {cell(value)}" for key, value in rest.items())
    return {"no": number, "kind": event.get("kind"), "what": subjects or pipe.get("id", ""), "more": more}
