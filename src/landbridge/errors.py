"""The errors of landbridge.

The tree::

    LandbridgeError
    ├── InputError (ValueError)        what the user gave cannot be used: exit code 2
    │   ├── PlaceError                 a place name that is unknown or ambiguous
    │   ├── DateError                  a date out of range or not a date
    │   ├── FactError                  a row of a table that cannot be read
    │   └── ScenarioError              a scenario file that cannot be read
    ├── MissingExtraError (ImportError)  an optional package is not installed
    └── StoreError (OSError)           a packaged or cached file is damaged and cannot be rebuilt
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class LandbridgeError(Exception):
    """Base of all errors raised by landbridge on purpose."""


class InputError(LandbridgeError, ValueError):
    """Something the user gave cannot be used; the message names where, what and the nearest valid value.

    Parameters
    ----------
    problem
        What is wrong, in one sentence without a full stop.
    file, line, field
        Where it stands, when it came from a file.
    nearest
        Valid values close to what was given.
    remedy
        What to do about it.

    Examples
    --------
    >>> print(InputError("no area with the code 'ARN'", file="s.yaml", line=3, field="area", nearest=["ARM"]))
    s.yaml, line 3, field area: no area with the code 'ARN'; nearest valid: ARM
    """

    def __init__(
        self,
        problem: str,
        *,
        file: str | None = None,
        line: int | None = None,
        field: str | None = None,
        nearest: Iterable[str] = (),
        remedy: str | None = None,
    ) -> None:
        self.problem = problem
        self.file = file
        self.line = line
        self.field = field
        self.nearest = tuple(nearest)
        self.remedy = remedy
        where = ", ".join(
            part
            for part in (file, f"line {line}" if line is not None else None, f"field {field}" if field else None)
            if part
        )
        text = f"{where}: {problem}" if where else problem
        if self.nearest:
            text += f"; nearest valid: {', '.join(self.nearest)}"
        if remedy:
            text += f"; {remedy}"
        super().__init__(text)


class PlaceError(InputError):
    """A place name that is unknown or ambiguous."""


class DateError(InputError):
    """A date that cannot be read, or lies outside what the facts cover."""


class FactError(InputError):
    """A row of a fact table that cannot be read."""


class ScenarioError(InputError):
    """A scenario file that cannot be read or names what does not exist."""


class MissingExtraError(LandbridgeError, ImportError):
    """An optional package is needed; the message says which extra to install."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"this needs the package {package}: install it with  pip install 'landbridge[{extra}]'")


class StoreError(LandbridgeError, OSError):
    """A packaged or cached file is damaged and could not be rebuilt."""


def nearest(word: str, choices: Iterable[str], n: int = 3) -> tuple[str, ...]:
    """Return up to `n` choices that look like `word`, best first, ignoring case.

    Examples
    --------
    >>> nearest("hormus", ["hormuz", "suez"])
    ('hormuz',)
    """
    by_folded: dict[str, str] = {}
    for choice in choices:
        by_folded.setdefault(choice.casefold(), choice)
    hits = difflib.get_close_matches(word.casefold(), list(by_folded), n=n, cutoff=0.6)
    return tuple(by_folded[hit] for hit in hits)
