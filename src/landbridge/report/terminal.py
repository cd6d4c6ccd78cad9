"""Answers as tables for a terminal. Gives renderables of `rich`; only the command line prints them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from landbridge.report import banners, changes, inside, papers, questions, refusals, words, worth
from landbridge.report.boxes import boxed
from landbridge.report.names import Names
from landbridge.report.numbers import DASH, days, grouped
from landbridge.report.ways import Fitted, arrow, indented, legs, remarks, ways

if TYPE_CHECKING:
    from rich.console import Group


Answer = Mapping[str, Any]


def route(answer: Answer, names: Names | None = None) -> Group:
    """A route answer: the ways, the legs of the first, why, what is doubtful.

    Examples
    --------
    >>> from rich.console import Console
    >>> none = {"question": {"from": "Kyiv", "to": "Moscow"}, "world": {}, "no_route": {"reason": "trade banned"}}
    >>> Console(width=60).print(route(none))
    Kyiv to Moscow
    No route: trade banned.
    """
    from rich.console import Group
    from rich.text import Text

    world = answer.get("world") or {}
    out: list[Any] = [Text(questions.question(answer.get("question") or {}, world.get("date")), style="bold")]
    out += _world_lines(answer, names)
    routes = answer.get("routes") or ()
    if not routes:
        out += [Text(line) for line in refusals.no_route(answer, names)]
        return Group(*out)
    out.append(Fitted(ways(routes, world.get("date"), names), ways(routes, world.get("date"), names, narrow=True)))
    out.append(legs(routes[0], names))
    out += inside.parts(answer, names)
    out += [indented(text) for text in remarks(answer, names)]
    return Group(*out)


def routes(answer: Answer, names: Names | None = None) -> Group:
    """The first way of each of many questions."""
    from rich.console import Group

    table = boxed()
    for title, right in (("Id", False), ("Question", False), ("Along", False), ("Days", True), ("USD", True),
                         ("kg CO2e", True), ("Areas", False), ("Grade", False)):  # fmt: skip
        table.add_column(title, justify="right" if right else "left", overflow="fold")
    for row, one in zip(answer["question"]["rows"], answer["answers"], strict=True):
        asked = f"{one['question'].get('from')} {DASH} {one['question'].get('to')}"
        if not one["routes"]:
            table.add_row(str(row["id"]), asked, refusals.no_route(one, names)[0], "", "", "", "", "")
            continue
        first = one["routes"][0]
        table.add_row(str(row["id"]), asked, words.label(first, names), days(first["hours"]), grouped(first["usd"]),
                      grouped(first["kg_co2e"]), arrow(first), str(first["grade"]))  # fmt: skip
    return Group(*_world_lines(answer, names), table)


def matrix(answer: Answer, names: Names | None = None) -> Group:
    """The cells of a matrix."""
    from rich.console import Group

    table = boxed()
    for title, right in (("From", False), ("To", False), ("km", True), ("Days", True), ("USD", True),
                         ("kg CO2e", True)):  # fmt: skip
        table.add_column(title, justify="right" if right else "left")
    for cell in answer["cells"]:
        if cell["km"] is None:
            table.add_row(cell["from"], cell["to"], "no route", "", "", "")
        else:
            table.add_row(cell["from"], cell["to"], grouped(cell["km"]), days(cell["hours"]), grouped(cell["usd"]),
                          grouped(cell["kg_co2e"]))  # fmt: skip
    return Group(*_world_lines(answer, names), table)


def gas(answer: Answer, names: Names | None = None) -> Group:
    """Who is short of gas, what came instead, which flows changed."""
    from rich.console import Group
    from rich.text import Text

    from landbridge.report import gas as told
    from landbridge.report import gas_words

    return Group(Text(gas_words.title(answer), style="bold"), *_world_lines(answer, names), *told.parts(answer, names))


def oil(answer: Answer, names: Names | None = None) -> Group:
    """Balances of oil, straits, ways round them."""
    from rich.console import Group
    from rich.text import Text

    from landbridge.report import oil as told

    return Group(Text(told.title(answer), style="bold"), *_world_lines(answer, names), *told.parts(answer, names))


def supply(answer: Answer, names: Names | None = None) -> Group:
    """Where gas came from by year, and what made up for a change."""
    from rich.console import Group
    from rich.text import Text

    from landbridge.report import supply as told

    # What is told are years that are over: the banners of the day do not concern them.
    return Group(Text(told.title(answer), style="bold"), *told.parts(answer, names))


def alliance(answer: Answer, names: Names | None = None) -> Group:
    """Members, obligations, record, forecast, cohesion of an alliance."""
    from rich.console import Group
    from rich.text import Text

    from landbridge.report import alliance as told

    return Group(Text(told.title(answer), style="bold"), *_world_lines(answer, names), *told.parts(answer, names))


def country(answer: Answer, names: Names | None = None) -> Group:
    """A country: memberships, obligations, borders, access, dependence, measures, votes, crises; or what changed."""
    from rich.console import Group
    from rich.text import Text

    from landbridge.report import country as told
    from landbridge.report import country_between

    if country_between.speaks_of(answer):
        return Group(Text(country_between.title(answer), style="bold"), *country_between.parts(answer, names))

    return Group(
        Text(told.title(answer, names), style="bold"), *_world_lines(answer, names), *told.parts(answer, names)
    )


def record(answer: Answer, names: Names | None = None) -> Group:
    """Status, clauses, meetings, events, figures, borders and ties of one record."""
    from rich.console import Group
    from rich.text import Text

    from landbridge.report import record as told

    return Group(Text(told.title(answer), style="bold"), *_world_lines(answer, names), *told.parts(answer, names))


def claims(answer: Answer, names: Names | None = None) -> Group:
    """What is claimed of ways, what comes out, and a verdict."""
    from rich.console import Group
    from rich.text import Text

    from landbridge.report import claims as told

    return Group(Text(told.title(answer), style="bold"), *_world_lines(answer, names), *told.parts(answer))


def compare(answer: Answer, names: Names | None = None) -> Group:
    """Who gains and who loses by how much, one row for each subject and indicator."""
    from rich.console import Group
    from rich.text import Text

    world, changed = answer["world"], answer["changed"]
    title = Text(f"{world['date']}: base world against {' + '.join(changed.get('scenarios') or ())}", style="bold")
    table, left = changes.table(answer, names)
    lines = [f"And {left} more areas that change (all with --json or --html)."] if left else []
    lines += worth.lines(answer)
    lines += [*words.told_by_scenario(answer), *papers.lines(answer, names or Names())]
    return Group(
        title, *_world_lines(answer, names), table, *[Text(line) for line in [*lines, *changes.summary(answer)]]
    )


def _world_lines(answer: Answer, names: Names | None) -> list[Any]:
    from rich.text import Text

    world = answer.get("world") or {}
    out: list[Any] = []
    if world.get("scenarios"):
        out.append(Text(f"Changed by: {', '.join(world['scenarios'])}", style="dim"))
    facts = names.facts if names else None
    out += [Text(f"! {banner}", style="yellow") for banner in banners.concerning(answer, facts)]
    return out
