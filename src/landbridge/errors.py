"""The errors of landbridge.

The tree::

    LandbridgeError
    ├── InputError (ValueError)        what the user gave cannot be used: exit code 2
    │   ├── GatheredError              several of these in one message
    │   ├── PlaceError                 a place name that is unknown or ambiguous
    │   ├── DateError                  a date out of range or not a date
    │   ├── FactError                  a row of a table that cannot be read
    │   └── ScenarioError              a scenario file that cannot be read
    │       └── GatheredScenarioError  several complaints about one
    ├── MissingExtraError (ImportError)  an optional package is not installed
    └── StoreError (OSError)           a packaged or cached file is damaged and cannot be rebuilt
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Final, Self

_WORD: Final = re.compile(r"[\W_]+")
"""What stands between the words of a name or an id."""


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
            text += f"; nearest valid: {', '.join(_quoted(self.nearest))}"
        if remedy:
            text += f"; {remedy}"
        super().__init__(text)

    @property
    def complaints(self) -> tuple[InputError, ...]:
        """All that is wrong, each by itself; of an error that says one thing, the error."""
        return (self,)

    def at(self, *, file: str | None = None, line: int | None = None, field: str | None = None) -> Self:
        """The same complaint with where it stands; a file that it names already stays, with its line and field.

        Examples
        --------
        >>> print(PlaceError("no place 'Mumbay'", field="from").at(file="q.yaml", line=2, field="question.from"))
        q.yaml, line 2, field question.from: no place 'Mumbay'
        """
        if self.file is not None:
            return self
        copy = type(self).__new__(type(self))
        copy.__dict__.update(self.__dict__)
        InputError.__init__(
            copy, self.problem, file=file, line=line, field=field or self.field, nearest=self.nearest,
            remedy=self.remedy,
        )  # fmt: skip
        return copy


class PlaceError(InputError):
    """A place name that is unknown or ambiguous."""


class DateError(InputError):
    """A date that cannot be read, or lies outside what the facts cover."""


class FactError(InputError):
    """A row of a fact table that cannot be read."""


class ScenarioError(InputError):
    """A scenario file that cannot be read or names what does not exist."""


class GatheredError(InputError):
    """Several complaints in one message, each on a line of its own."""

    def __init__(self, complaints: Iterable[InputError]) -> None:
        self._complaints = tuple(complaints)
        listed = "".join(f"\n  {one}" for one in self._complaints)
        super().__init__(f"{len(self._complaints)} problems{listed}")

    @property
    def complaints(self) -> tuple[InputError, ...]:
        """Each of them."""
        return self._complaints

    def at(self, *, file: str | None = None, line: int | None = None, field: str | None = None) -> Self:
        """The same complaints, each with where it stands."""
        return type(self)(one.at(file=file, line=line, field=field) for one in self._complaints)


class GatheredScenarioError(GatheredError, ScenarioError):
    """Several complaints about a scenario in one message."""


def gathered(complaints: Iterable[InputError]) -> InputError:
    """One error for one or more complaints, in the order of their lines; what is said twice is said once.

    Examples
    --------
    >>> print(gathered([InputError("one", field="a"), InputError("two", field="b")]))
    2 problems
      field a: one
      field b: two
    """
    found = {str(one): one for error in complaints for one in error.complaints}
    in_order = sorted(found.values(), key=lambda one: (one.file or "", one.line or 0))
    if len(in_order) == 1:
        return in_order[0]
    alike = all(isinstance(one, ScenarioError) for one in in_order)
    return GatheredScenarioError(in_order) if alike else GatheredError(in_order)


class MissingExtraError(LandbridgeError, ImportError):
    """An optional package is needed; the message says which extra to install."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"this needs the package {package}: install it with  pip install 'landbridge[{extra}]'")


class StoreError(LandbridgeError, OSError):
    """A packaged or cached file is damaged and could not be rebuilt."""


def _quoted(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words that hold a comma between quotes, so that a list of them can be read."""
    return tuple(f'"{word}"' if "," in word else word for word in words)


def nearest(word: str, choices: Iterable[str], n: int = 3, *, always: bool = False) -> tuple[str, ...]:
    """Return up to `n` choices that look like `word`, best first, ignoring case; `always` at least the most alike.

    Choices of which it is one of the words go before those that are only written alike, but for a letter or so.

    Examples
    --------
    >>> nearest("hormus", ["hormuz", "suez"])
    ('hormuz',)
    >>> nearest("bananas", ["cars", "oil"]), nearest("bananas", ["cars", "oil"], always=True)
    ((), ('cars',))
    >>> nearest("oil", ["gold", "crude_oil", "foil"])
    ('crude_oil', 'foil')
    """
    by_folded: dict[str, str] = {}
    for choice in choices:
        by_folded.setdefault(choice.casefold(), choice)
    key = word.casefold()
    holding = [choice for choice in by_folded if key in _WORD.split(choice)]
    close = difflib.get_close_matches(key, list(by_folded), n=n, cutoff=0.6)
    closest = difflib.get_close_matches(key, close, n=n, cutoff=0.88)
    hits = list(dict.fromkeys((*closest, *difflib.get_close_matches(key, holding, n=n, cutoff=0.0), *close)))
    if always and not hits:
        hits = difflib.get_close_matches(key, list(by_folded), n=1, cutoff=0.0)
    return tuple(by_folded[hit] for hit in hits[:n])
