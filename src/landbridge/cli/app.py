"""The command `landbridge`: arguments in, an answer out."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from typing import Annotated

import typer

from landbridge.cli import (
    alliance,
    ask,
    cache,
    claims,
    compare,
    country,
    facts,
    gas,
    matrix,
    oil,
    record,
    route,
    routes,
    scenario,
    supply,
    world,
)
from landbridge.cli._common import ANSWERED, BAD_INPUT, NO, tell
from landbridge.cli._places import PlaceCommand, PlainGroup
from landbridge.cli._usage import USAGE, complaint
from landbridge.errors import LandbridgeError

OBJECTS_BETWEEN = 200_000
"""New objects before those that hold each other are looked for; Python's 700 cost a tenth of an answer's time."""

app = typer.Typer(
    name="landbridge",
    cls=PlainGroup,
    help="What happens to Eurasia's freight when a border opens or closes, with evidence for every number.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("route", cls=PlaceCommand)(route.route)
app.command("routes")(routes.routes)
app.command("matrix")(matrix.matrix)
app.command("ask")(ask.ask)
app.command("compare", cls=PlaceCommand)(compare.compare)
app.command("claims")(claims.claims)
app.command("gas")(gas.gas)
app.command("oil")(oil.oil)
app.command("supply")(supply.supply)
app.command("alliance")(alliance.alliance)
app.command("record")(record.record)
app.command("country")(country.country)
app.add_typer(world.app, name="world")
app.add_typer(scenario.app, name="scenario")
app.add_typer(facts.app, name="facts")
app.add_typer(cache.app, name="cache")


def _version(wanted: bool) -> None:
    if wanted:
        from landbridge._version import __version__

        typer.echo(f"landbridge {__version__}")
        raise typer.Exit


@app.callback()
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
            left = app(prog_name="landbridge", standalone_mode=False)
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
