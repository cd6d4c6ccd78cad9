"""Places on the command line: coordinates south of the equator or west of Greenwich begin as an option would.

What a command is given is read here where that is plain. What reads it otherwise brings a library of schemas, which
takes a tenth of an answer's time to load.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any, get_args, get_origin

from typer.core import TyperCommand, TyperGroup

_SOUTH = re.compile(r"-\d+(\.\d*)?\s*,\s*-?\d+(\.\d*)?")
_MINUS = "\N{MINUS SIGN}"
"""Stands for the hyphen while the options are read."""
_NUMBER = {int: re.compile(r"[0-9]{1,15}"), float: re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?")}
"""Numbers that every reader reads alike."""
_UNREAD = object()


def _plainly(parameter: Any, usual: Callable[[Any, Any], Any], ctx: Any, value: Any) -> Any:
    """A value: nothing, text and numbers without signs as they stand, else what the usual reader makes of it."""
    read = _read(parameter, value)
    if read is _UNREAD:
        return usual(ctx, value)
    return read if parameter.callback is None else parameter.callback(ctx, parameter, read)


def _read(parameter: Any, value: Any) -> Any:
    """A plain value of a parameter; `_UNREAD` where it is not plain, or missing, or the library is an older one."""
    descriptor = getattr(parameter, "type_descriptor", None)
    if descriptor is None or getattr(descriptor.parameter_info, "parser", None) is not None:
        return _UNREAD
    many = parameter.multiple or parameter.nargs == -1
    if value is None or (many and not value):
        return _UNREAD if parameter.required else () if many else None
    if type(value) is bool and descriptor.annotation is bool:
        return value
    if not many:
        return _one(descriptor, descriptor.annotation, value)
    if get_origin(descriptor.annotation) is not list or not isinstance(value, list | tuple):
        return _UNREAD
    read = [_one(descriptor, get_args(descriptor.annotation)[0], one) for one in value]
    return _UNREAD if _UNREAD in read else read


def _one(descriptor: Any, annotation: Any, value: Any) -> Any:
    """One plain value, text or a number within its bounds."""
    if annotation is str and type(value) is str:
        return value
    if annotation not in _NUMBER or getattr(descriptor.parameter_info, "clamp", False):
        return _UNREAD
    if type(value) is str and _NUMBER[annotation].fullmatch(value):
        value = annotation(value)
    low, high = descriptor.parameter_info.min, descriptor.parameter_info.max
    if type(value) is not annotation or (low is not None and value < low) or (high is not None and value > high):
        return _UNREAD
    return value


class _Plain:
    """A command or group whose parameters read for themselves what is plain."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, that for help among them."""
        found: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for one in found:
            if "process_value" not in vars(one):
                one.process_value = partial(_plainly, one, one.process_value)
        return found


class PlainGroup(_Plain, TyperGroup):
    """A group of commands that reads its own options plainly."""


class PlaceCommand(_Plain, TyperCommand):
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
