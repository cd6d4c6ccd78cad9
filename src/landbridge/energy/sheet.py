"""Columns and rows of a program while they are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Blocks = dict[str, Ints]
NEAR: Final = 1e-3
"""By how much costs that are one in kind differ, of their size, by name and period."""


@dataclass(slots=True)
class Sheet:
    """The columns, rows and entries so far."""

    cost: list[Floats] = field(default_factory=list)
    low: list[Floats] = field(default_factory=list)
    high: list[Floats] = field(default_factory=list)
    row: list[Ints] = field(default_factory=list)
    col: list[Ints] = field(default_factory=list)
    value: list[Floats] = field(default_factory=list)
    row_low: list[Floats] = field(default_factory=list)
    row_high: list[Floats] = field(default_factory=list)
    columns: int = 0
    rows: int = 0

    def add(self, low: Floats | float, high: Floats, cost: Floats | float) -> Ints:
        """Columns in the shape of `high`; their indexes."""
        shape = high.shape
        count = int(np.prod(shape))
        self.low.append(np.array(np.broadcast_to(low, shape), dtype=float).ravel())
        self.high.append(np.array(high, dtype=float).ravel())
        self.cost.append(np.array(np.broadcast_to(cost, shape), dtype=float).ravel())
        found = np.arange(self.columns, self.columns + count, dtype=np.int64).reshape(shape)
        self.columns += count
        return found

    def bind(self, low: Floats | float, high: Floats | float, shape: tuple[int, ...]) -> Ints:
        """Rows in a shape; their indexes."""
        count = int(np.prod(shape))
        self.row_low.append(np.array(np.broadcast_to(low, shape), dtype=float).ravel())
        self.row_high.append(np.array(np.broadcast_to(high, shape), dtype=float).ravel())
        found = np.arange(self.rows, self.rows + count, dtype=np.int64).reshape(shape)
        self.rows += count
        return found

    def put(self, rows: Ints, cols: Ints, value: Floats | float) -> None:
        """Entries of the matrix, for rows and columns of one shape."""
        self.row.append(np.asarray(rows).ravel())
        self.col.append(np.asarray(cols).ravel())
        self.value.append(np.broadcast_to(np.asarray(value, dtype=float), np.shape(rows)).ravel())


def put_flow(
    sheet: Sheet, blocks: Blocks, rows: Ints, p: int, factor: Floats | float, periods: Ints | None = None
) -> None:
    """The flow at a point, beyond its usual flow, in rows."""
    chosen = slice(None) if periods is None else periods
    sheet.put(rows, blocks["up"][p, chosen], factor)
    sheet.put(rows, blocks["down"][p, chosen], -factor)


def own_share(names: Sequence[str]) -> Floats:
    """A number between 0 and 1 for each name, the same on every machine.

    Examples
    --------
    >>> own_share(["nord-stream-1", "uzhhorod-ukr-svk"]).round(3).tolist()
    [0.151, 0.823]
    """
    return np.array([int.from_bytes(blake2b(name.encode(), digest_size=4).digest(), "big") / 2**32 for name in names])
