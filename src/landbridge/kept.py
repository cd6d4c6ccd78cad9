"""What was worked out once and is kept while it is used, within bounds, for threads too."""

from __future__ import annotations

import contextlib
import gc
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@contextlib.contextmanager
def without_collection() -> Iterator[None]:
    """While many objects are made that all stay, nobody looks for circles of garbage among them: a third of the time.

    Examples
    --------
    >>> with without_collection():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class Kept(Generic[T]):
    """At most `most` values by key; the one longest unused goes first.

    Two threads that ask for the same new key may both work it out; all get the value that came first.

    Examples
    --------
    >>> squares = Kept[int](2)
    >>> [squares.get(n, lambda: n * n) for n in (2, 3, 2, 4)], len(squares)
    ([4, 9, 4, 16], 2)
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._values: OrderedDict[Hashable, T] = OrderedDict()
        self.made = 0
        """How many values were worked out."""

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of a key, made where it is not kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            self.made += 1
            value = self._values.setdefault(key, value)
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return value

    def peek(self, key: Hashable) -> T | None:
        """The value of a key where it is kept."""
        with self._lock:
            return self._values.get(key)

    def put(self, values: Iterable[tuple[Hashable, T]]) -> None:
        """Keep values that were worked out before, the one used last at the end."""
        with self._lock:
            for key, value in values:
                self._values[key] = value
                self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)

    def clear(self) -> None:
        """Keep nothing any more."""
        with self._lock:
            self._values.clear()

    def items(self) -> list[tuple[Any, T]]:
        """Keys and values, the one used last at the end."""
        with self._lock:
            return list(self._values.items())

    def __len__(self) -> int:
        """How many values are kept."""
        return len(self._values)
