"""What all commands share: options, the world they ask for, printing, progress, exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from landbridge.facts import Facts
    from landbridge.world import World

ANSWERED, NO, BAD_INPUT = 0, 1, 2
WIDE = 150
"""Width of tables that do not go to a terminal [letters]."""

On = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The day, YYYY-MM-DD. Default: the last day of the facts.")
]
Scenarios = Annotated[
    list[str] | None,
    typer.Option("--scenario", metavar="NAME|FILE", help="Change the world by a scenario; repeat it, in order."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
FactsFolder = Annotated[
    Path | None, typer.Option("--facts", metavar="DIR", help="Lay the rows of this folder over the facts.")
]
AreaTable = Annotated[
    Path | None, typer.Option("--output", "--csv", "-o", metavar="O.csv|O.parquet", help="One row for each area.")
]
Areas = Annotated[list[str] | None, typer.Option("--area", metavar="ISO3", help="Tell of this area alone; repeat it.")]
Quiet = Annotated[
    bool,
    typer.Option("--quiet", "-q", help="No progress bar. Every question about a day takes it, with a bar or without."),
]


def load_facts(folder: Path | None) -> Facts:
    """The facts, with a user's folder laid over."""
    from landbridge.facts import load

    return load(folder)


def make_world(on: str | None, scenarios: Sequence[str] | None, folder: Path | None, option: str = "--on") -> World:
    """The world that the options ask for; `option` is the one that names the day."""
    from landbridge.errors import InputError
    from landbridge.world import World

    known = load_facts(folder)
    try:
        world = World.at(on, known)
    except InputError as error:
        raise error.at(field=option) from None
    return changed(world, scenarios or ())


def changed(world: World, scenarios: Sequence[str]) -> World:
    """A world changed by the scenarios that the options name."""
    from landbridge.errors import InputError

    for name in scenarios:
        try:
            world = world.apply(name)
        except InputError as error:
            raise error.at(field="--scenario") from None
    return world


def console() -> Console:
    """Standard output; wide when it is no terminal, unless COLUMNS says how wide."""
    from rich.console import Console

    told = sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit()
    return Console(width=None if told else WIDE, highlight=False, soft_wrap=False)


def show(thing: Any) -> None:
    """Print a renderable of `rich`."""
    console().print(thing)


def show_json(data: Any) -> None:
    """Print plain data as JSON."""
    import json

    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def show_text(text: str) -> None:
    """Print text as it is."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


def tell(text: str) -> None:
    """Say something beside the answer, on standard error."""
    sys.stderr.write(f"{text}\n")


def show_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], title: str | None = None) -> None:
    """Print rows as a table, as many columns as there is room for."""
    from landbridge.report.cells import Rows

    show(Rows(tuple(rows), tuple(columns), title))


def ask_table(
    data: Mapping[str, Any], names: Mapping[str, str], on: str | None, scenarios: Sequence[str] | None,
    output: Path | None, as_json: bool, folder: Path | None, geojson: Path | None = None,
    html: Path | None = None,
) -> None:  # fmt: skip
    """Ask a question whose answer is a table and end the command; `names` tells what its fields are called there."""
    from landbridge.files import Where
    from landbridge.report.frames import check_table
    from landbridge.studies import ask, to_question

    if output is not None:
        check_table(output)
    world = make_world(on, scenarios, folder)
    question = to_question(dict(data), Where(names=dict(names)), world)
    answer = ask(world, question)
    write_asked(answer, world.facts, geojson=geojson, html=html)
    finish_table(answer, output, as_json, str(data["kind"]), world.facts)


@contextmanager
def progress(what: str, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error when that is a terminal; else None."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
                   console=Console(stderr=True), transient=True)  # fmt: skip
    with bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def check_asked(*files: Path | None) -> None:
    """Refuse files that cannot be written, before anything is computed."""
    from landbridge.writing import check_writable

    for file in files:
        if file is not None:
            check_writable(file)


def write_asked(answer: Any, facts: Facts, *, geojson: Path | None, html: Path | None) -> None:
    """Write an answer's shapes and its page where they were asked for."""
    if geojson is not None:
        from landbridge.report import geojson as shapes
        from landbridge.writing import write_beside

        write_beside(geojson, shapes.text_of(answer))
    if html is not None:
        from landbridge.report.page import save_page

        save_page(answer, html, facts)


def leave(answered: bool) -> None:
    """Exit 0 when answered, 1 when the answer is no."""
    raise typer.Exit(ANSWERED if answered else NO)


def finish_table(answer: Any, output: Path | None, as_json: bool, words: str, facts: Facts) -> None:
    """End a command whose answer is a table: a file where one is named, JSON or words on the terminal, the exit code.

    `words` names the function of `report.terminal` that puts the answer into words. When the file cannot be written
    after all, the table goes to standard output, so that what was computed is not lost.
    """
    if as_json:
        show_json(answer.to_dict())
    if output is not None:
        from landbridge.errors import InputError
        from landbridge.report.frames import write_frame

        try:
            write_frame(answer.to_frame(), output)
        except InputError as error:
            if as_json:
                raise
            show_text(answer.to_frame().to_csv(index=False, lineterminator="\n"))
            remedy = "the table was written to standard output instead"
            raise InputError(error.problem, file=error.file, remedy=remedy) from None
    elif not as_json:
        show(in_words(answer, words, facts))
    leave(answer.answered)


def in_words(answer: Any, words: str, facts: Facts) -> Any:
    """An answer as the function of `report.terminal` of that name puts it, with names as of its day."""
    from landbridge.report import terminal
    from landbridge.report.names import Names

    told = answer.to_dict()
    return getattr(terminal, words)(told, Names(facts).on((told.get("world") or {}).get("date")))
