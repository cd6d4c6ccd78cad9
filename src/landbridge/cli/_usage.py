"""What the command line itself cannot use, told as every other bad input is: in one line, with the field."""

from __future__ import annotations

from typing import Any, Final

import typer

from landbridge.errors import InputError

USAGE: Final[tuple[type[Exception], ...]] = (typer.BadParameter.__bases__[0],)
"""All errors of usage; the library has the class under other names from version to version."""
NO_WORDS: Final = "NoArgsIsHelpError"
"""What is raised after help was shown to a command without words."""
TOO_MANY: Final = "Got unexpected extra argument"
"""How it begins that there are more words than the command takes."""


def complaint(error: Any) -> InputError | None:
    """An error of usage as bad input; None where the help was shown instead."""
    if type(error).__name__ == NO_WORDS:
        return None
    command = getattr(error.ctx, "command_path", "landbridge")
    remedy = f"`{command} -h` tells what there is"
    if hasattr(error, "possibilities"):
        near = sorted(error.possibilities or ())
        return InputError(f"no such option {error.option_name!r}", nearest=near, remedy=remedy)
    if (error.message or "").startswith(TOO_MANY):
        # a city of two words without quotes is two words to the shell
        remedy = f"put a name of several words in quotes, as 'Kuwait City'; {remedy}"
    parameter = getattr(error, "param", None)
    text = error.message or error.format_message()
    problem = text[:1].lower() + text[1:].rstrip(".")
    if parameter is None or not error.message:
        return InputError(problem.replace(". Did", "; did").rstrip("?"), remedy=remedy)
    field = parameter.get_error_hint().strip("'").split("'")[0]
    return InputError(problem.replace("input should", "the value should"), field=field, remedy=remedy)
