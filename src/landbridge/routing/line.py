"""The line of a leg on the map, worked out when somebody looks at it: most answers are read without a map."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from landbridge.network import Network

Spot = tuple[float, float]


class Line(Sequence[Spot]):
    """The points of a path as (lat, lon), equal to a tuple of the same points; pickled and copied as that tuple.

    Parameters
    ----------
    network, arcs
        Where the path runs.

    Examples
    --------
    >>> from landbridge.network import load
    >>> line = Line(load(), np.array([0]))
    >>> len(line) >= 2, line == tuple(line), line[0] == line[:1][0]
    (True, True, True)
    """

    def __init__(self, network: Network, arcs: NDArray[np.int64]) -> None:
        self._network, self._arcs = network, arcs

    @cached_property
    def _points(self) -> tuple[Spot, ...]:
        from landbridge.network import path_points

        return tuple((lat, lon) for lat, lon in path_points(self._network, self._arcs).tolist())

    @overload
    def __getitem__(self, at: int) -> Spot: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Spot, ...]: ...

    def __getitem__(self, at: int | slice) -> Spot | tuple[Spot, ...]:
        """A point, or some."""
        return self._points[at]

    def __len__(self) -> int:
        """How many points it has."""
        return len(self._points)

    def __eq__(self, other: object) -> bool:
        """Whether the points are the same."""
        return isinstance(other, Line | tuple) and self._points == tuple(other)

    def __hash__(self) -> int:
        """Hash of the points."""
        return hash(self._points)

    def __repr__(self) -> str:
        """The points."""
        return repr(self._points)

    def __reduce__(self) -> tuple[Any, ...]:
        """As a plain tuple: the network stays behind."""
        return tuple, (self._points,)
