"""`landbridge ask`: any question from a file, or an answer made again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from landbridge.cli import _common as common

PAGES = ("route", "gas", "compare")
"""Kinds of questions whose answers make a page."""


def ask(
    source: Annotated[
        Path, typer.Argument(metavar="QUESTION.yaml|ANSWER.json", help="A question, or an answer to make again.")
    ],
    on: common.On = None,
    scenario: common.Scenarios = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write the answer as one page.")] = None,
    as_json: common.AsJson = False,
    facts: common.FactsFolder = None,
    quiet: common.Quiet = False,
) -> None:
    """Answer any question; an answer file is made again and compared (exit 1 when it differs)."""
    from landbridge.errors import InputError
    from landbridge.studies import ask as answer_question
    from landbridge.studies import read_asked, rerun
    from landbridge.writing import check_writable

    if html is not None:
        check_writable(html)
    asked = read_asked(source, common.load_facts(facts), on=on, scenarios=scenario)
    world = asked.world
    assert world is not None
    if html is not None and asked.question.kind not in PAGES:
        raise InputError(f"no page can be made of a question of the kind {asked.question.kind}", field="--html",
                         nearest=PAGES, remedy="leave --html out, or print --json")  # fmt: skip
    with common.progress("Parts", quiet) as told:
        if asked.answer is not None:
            again = rerun(asked.answer, world=world, progress=told)
            answer: Any = again.answer
        else:
            again = None
            answer = answer_question(world, asked.question, progress=told)
    if again is not None:
        if as_json:
            common.show_json(again.to_dict())
        else:
            common.show_text(told_again(again))
    elif as_json:
        common.show_json(answer.to_dict())
    else:
        common.show(shown(answer, world.facts))
    if html is not None:
        from landbridge.report.page import save_page

        save_page(answer, html, world.facts)
    common.leave(answer.answered if again is None else again.same)


def shown(answer: Any, facts: Any) -> Any:
    """The table of an answer of any kind."""
    return common.in_words(answer, str(answer.schema).split("/", maxsplit=1)[0], facts)


def told_again(again: Any) -> str:
    """What came of making an answer again."""
    lines = ["The same answer." if again.same else f"{len(again.differences)} values differ."]
    parts = ((again.same_version, "version is"), (again.same_facts, "facts are"), (again.same_world, "world is"))
    lines += [f"The {name} not that of then." for same, name in parts if not same]
    lines += [f"  {item.where}: {item.before} -> {item.after}" for item in again.differences[:20]]
    if len(again.differences) > 20:
        lines.append(f"  and {len(again.differences) - 20} more (all with --json)")
    return "\n".join(lines)
