"""Places on the command line: coordinates south of the equator or west of Greenwich begin as an option would."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand

_SOUTH = re.compile(r"-\d+(\.\d*)?\s*,\s*-?\d+(\.\d*)?")
_MINUS = "\N{MINUS SIGN}"
"""Stands for the hyphen while the options are read."""


class PlaceCommand(TyperCommand):
    """A command whose arguments and options may be places: "-6.1,106.8" is one of them and no option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments with the hyphen of coordinates hidden."""
        hidden = [_MINUS + word[1:] if _SOUTH.fullmatch(word.strip()) else word for word in args]
        rest = super().parse_args(ctx, hidden)
        ctx.params = {name: _shown(value) for name, value in ctx.params.items()}
        return [str(_shown(word)) for word in rest]


def _shown(value: Any) -> Any:
    """A value with the hyphen put back."""
    if isinstance(value, str) and value.startswith(_MINUS) and _SOUTH.fullmatch("-" + value[1:]):
        return "-" + value[1:]
    if isinstance(value, list | tuple):
        return type(value)(_shown(one) for one in value)
    return value
