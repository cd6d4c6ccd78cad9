"""A way found between two places, before anything is known of it but its weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.chain import Way

NO_GATES: Final = (0, 0)
"""Of a way that was not looked for along a corridor."""


@dataclass(frozen=True, eq=False, slots=True)
class Candidate:
    """A path found, why it was looked for, and its ways at the doors."""

    arcs: NDArray[np.int64]
    reason: str
    begin: Way
    end: Way
    units: int
    corridor_share: float = 0.0
    """Share of the kilometres between the first and the last gate of the corridor it was looked for."""
    gates: tuple[int, int] = NO_GATES
    """Positions in `arcs` of that first gate and of the end of that last one."""
    between: bool = False
    """Whether it was looked for beside those found first, at prices that hang on them."""
    calls: tuple[int, ...] = ()
    """Positions in `arcs` where its ship calls at a port that was asked for, with the cargo on board."""
