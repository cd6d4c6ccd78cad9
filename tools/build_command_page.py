"""Write docs/commands.md from the command line itself: every command, argument and option.

Run: ``python tools/build_command_page.py``; a test checks that the page is the one that this writes.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any, get_args

from typer.models import ArgumentInfo

from landbridge.cli.app import app

PAGE = Path(__file__).resolve().parents[1] / "docs/commands.md"
HEAD = """# Commands

Made by `python tools/build_command_page.py` from the command line; do not edit.

Every command takes a day (`--on`, by default the last day that the facts cover), scenarios (`--scenario`, repeatable,
in order) and `--json` where it makes sense. Only the answer goes to standard output; progress bars go to standard
error, and only when that is a terminal.

| exit code | meaning |
| --- | --- |
| 0 | answered |
| 1 | answered with "no": no route, an answer that comes out differently, errors in the facts |
| 2 | bad input: one message that names file, line, field, the problem and the nearest valid value |

A file is written beside its place and renamed, so half a file is never seen; a place that cannot be written is named.
"""


def text() -> str:
    """The page."""
    out = [HEAD]
    for command in app.registered_commands:
        out += _section(f"landbridge {command.name}", command.callback)
    for group in app.registered_groups:
        inner: Any = group.typer_instance
        out += [f"\n## landbridge {group.name}\n", str(inner.info.help)]
        for command in inner.registered_commands:
            name = command.name or command.callback.__name__
            out += _section(f"landbridge {group.name} {name}", command.callback)
    return "\n".join(out) + "\n"


def _section(title: str, function: Any) -> list[str]:
    out = [f"\n{'##' if title.count(' ') == 1 else '###'} {title}\n", inspect.cleandoc(function.__doc__)]
    rows = [_row(one) for one in inspect.signature(function, eval_str=True).parameters.values()]
    if rows:
        out += ["", "| argument or option | what |", "| --- | --- |", *rows]
    return out


def _row(one: inspect.Parameter) -> str:
    kind, about = get_args(one.annotation)
    told = str(about.help or "").replace("|", "\\|")
    if isinstance(about, ArgumentInfo):
        name = (about.metavar or one.name.upper()).strip("[]")
    else:
        # inside Annotated, typer keeps the first name where the default would stand
        names = [word for word in (about.default, *about.param_decls) if isinstance(word, str)]
        name = ", ".join(sorted(names, key=len, reverse=True))
        if kind is not bool:
            number = {int, float} & {kind, *get_args(kind)}
            name += f" {about.metavar or ('N' if number else 'TEXT')}"
        if one.default not in (None, False, inspect.Parameter.empty):
            told += f" Default: {one.default}."
    return f"| `{name.replace('|', ' or ')}` | {told} |"


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
    print(f"{PAGE.name}: {len(text().splitlines())} lines")
