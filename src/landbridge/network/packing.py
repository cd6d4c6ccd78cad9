"""How arrays are laid out in the file so that they pack well: steps, small integers, each pair of twins once.

Unpacking gives back every array bit for bit; what does not fit a layout is stored as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from landbridge.network.model import ARRAYS

STEPS: Final = ("tail", "shape_start")
SCALES: Final[Mapping[str, float]] = {"lat": 1e4, "lon": 1e4, "km": 1e2}


def pack(arrays: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Arrays of a network as they are stored.

    Examples
    --------
    >>> from landbridge.network.store import load
    >>> network = load()
    >>> arrays = {name: getattr(network, name) for name in ARRAYS}
    >>> back = unpack(pack(arrays))
    >>> all(bool((back[name] == arrays[name]).all()) for name in ARRAYS)
    True
    """
    packed = dict(arrays)
    reverse = reverse_arcs(arrays["tail"], arrays["head"])
    paired = arrays["twin"] >= 0
    if bool((arrays["twin"][paired] == reverse[paired]).all()):
        del packed["twin"]
        packed["paired"] = paired
        second = paired & (arrays["tail"] > arrays["head"])
        if bool((arrays["km"][second] == arrays["km"][reverse[second]]).all()):
            packed["km"] = arrays["km"][~second]
    for name, scale in SCALES.items():
        whole = np.round(packed[name].astype(np.float64) * scale)
        if np.array_equal((whole / scale).astype(np.float32), packed[name]):
            packed[f"{name}_scaled"] = whole.astype(np.int32)
            del packed[name]
    packed["head"] = arrays["head"] - arrays["tail"]
    for name in STEPS:
        packed[name] = np.diff(arrays[name], prepend=arrays[name].dtype.type(0))
    if len(arrays["shape"]):
        packed["shape"] = np.ascontiguousarray(arrays["shape"].reshape(-1, 2).T)
    return packed


def unpack(packed: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The arrays that `pack` was given."""
    arrays = dict(packed)
    for name in STEPS:
        arrays[name] = np.cumsum(packed[name], dtype=packed[name].dtype)
    arrays["head"] = packed["head"] + arrays["tail"]
    arrays["shape"] = np.ascontiguousarray(packed["shape"].T).reshape(-1)
    for name, scale in SCALES.items():
        if f"{name}_scaled" in arrays:
            arrays[name] = (arrays.pop(f"{name}_scaled") / scale).astype(np.float32)
    if "paired" in arrays:
        paired = arrays.pop("paired")
        reverse = reverse_arcs(arrays["tail"], arrays["head"])
        arrays["twin"] = np.where(paired, reverse, -1).astype(np.int32)
        if len(arrays["km"]) < len(paired):
            second = paired & (arrays["tail"] > arrays["head"])
            km = np.empty(len(paired), dtype=np.float32)
            km[~second] = arrays["km"]
            km[second] = km[reverse[second]]
            arrays["km"] = km
    return {name: arrays[name] for name in ARRAYS}


def reverse_arcs(tail: NDArray[np.int32], head: NDArray[np.int32]) -> NDArray[np.int64]:
    """For each arc of a list sorted by (tail, head) the arc that goes back, or -1.

    Examples
    --------
    >>> reverse_arcs(np.array([0, 1, 1]), np.array([1, 0, 2])).tolist()
    [1, 0, -1]
    """
    if not len(tail):
        return np.empty(0, dtype=np.int64)
    size = np.int64(max(int(tail.max()), int(head.max())) + 1)
    forth = tail.astype(np.int64) * size + head
    back = head.astype(np.int64) * size + tail
    at = np.minimum(np.searchsorted(forth, back), len(forth) - 1)
    found: NDArray[np.int64] = np.where(forth[at] == back, at, -1)
    return found
