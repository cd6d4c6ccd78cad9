"""Sorting arcs into classes."""

from __future__ import annotations

import numpy as np
import pytest

from landbridge.routing.costs.classes import _distinct_rows


@pytest.mark.parametrize("most", [3, 2_000_000_000])
def test_rows_read_as_numbers_sort_like_rows(most: int):
    rows = np.random.default_rng(7).integers(-1, most, size=(500, 9), dtype=np.int64).astype(np.int32)
    rows[250:] = rows[:250]
    rows[::5] = rows[0]
    _, first, inverse = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    found = _distinct_rows(rows)
    assert np.array_equal(found[0], first)
    assert np.array_equal(found[1], inverse.reshape(-1))


def test_no_rows_have_no_classes():
    first, numbers = _distinct_rows(np.zeros((0, 3), dtype=np.int32))
    assert first.size == numbers.size == 0
