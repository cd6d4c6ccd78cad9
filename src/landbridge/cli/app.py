"""The command `landbridge`: arguments in, an answer out."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Annotated, Final

import typer
from typer.core import TyperCommand

from landbridge.cli._common import ANSWERED, BAD_INPUT, NO, tell
from landbridge.cli._places import PlaceCommand, PlainGroup
from landbridge.cli._usage import USAGE, complaint
from landbridge.errors import LandbridgeError

OBJECTS_BETWEEN = 200_000
"""New objects before those that hold each other are looked for; Python's 700 cost a tenth of an answer's time."""

COMMANDS: Final[Mapping[str, type[TyperCommand] | None]] = {
    "route": PlaceCommand,
    "routes": TyperCommand,
    "matrix": TyperCommand,
    "ask": TyperCommand,
    "compare": PlaceCommand,
    "claims": TyperCommand,
    "gas": TyperCommand,
    "oil": TyperCommand,
    "supply": TyperCommand,
    "alliance": TyperCommand,
    "record": TyperCommand,
    "country": TyperCommand,
    "world": None,
    "scenario": None,
    "facts": None,
    "cache": None,
}
"""All commands in the order in which they are shown, each in a module of its name; None for a group of commands."""


def commands(some: Iterable[str] = tuple(COMMANDS)) -> typer.Typer:
    """The program with some of its commands: to make all of them takes a twentieth of an answer's time."""
    found = typer.Typer(
        name="landbridge",
        cls=PlainGroup,
        help="What happens to Eurasia's freight when a border opens or closes, with evidence for every number.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    found.callback()(_all)
    for name in some:
        module, kind = import_module(f"landbridge.cli.{name}"), COMMANDS[name]
        if kind is None:
            found.add_typer(module.app, name=name)
        else:
            found.command(name, cls=kind)(getattr(module, name))
    return found


def __getattr__(name: str) -> typer.Typer:
    """The program with all its commands, made when it is first asked for."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    made = globals()["app"] = commands()
    return made


def _version(wanted: bool) -> None:
    if wanted:
        from landbridge._version import __version__

        typer.echo(f"landbridge {__version__}")
        raise typer.Exit


def _all(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command; bad input gives one message on standard error and exit code 2, never a traceback."""
    gc.set_threshold(OBJECTS_BETWEEN, *gc.get_threshold()[1:])
    if sys.stdout is None:
        tell("landbridge: standard output is closed, so no answer can be given")
        sys.exit(BAD_INPUT)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        try:
            asked = sys.argv[1:2]
            program = commands(asked if asked and asked[0] in COMMANDS else COMMANDS)
            left = program(prog_name="landbridge", standalone_mode=False)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # the reader has gone: nothing is left to say
        _drop_output()
        sys.exit(NO)
    except LandbridgeError as error:
        tell(f"landbridge: {error}")
        sys.exit(BAD_INPUT)
    except USAGE as error:
        wrong = complaint(error)
        if wrong is not None:
            tell(f"landbridge: {wrong}")
        sys.exit(BAD_INPUT)
    except typer.Abort:
        sys.exit(NO)
    except OSError as error:
        name = f"{error.filename}: " if error.filename else "output: "
        tell(f"landbridge: {name}{error.strerror or error}")
        if not error.filename:
            _drop_output()
        sys.exit(BAD_INPUT)
    sys.exit(left if isinstance(left, int) else ANSWERED)


def _drop_output() -> None:
    """Send what is still buffered nowhere, so that closing the stream at the end cannot fail again."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
