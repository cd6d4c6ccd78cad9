"""Years in few words, and why a part of whole years cannot be told in one."""

from __future__ import annotations

from collections.abc import Iterable


def spans(years: Iterable[int]) -> str:
    """Years as runs from first to last.

    Examples
    --------
    >>> spans([2021, 2008, 2009, 2022, 2023]), spans([2015]), spans([])
    ('2008-2009, 2021-2023', '2015', '')
    """
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


def without(code: str, known: Iterable[int]) -> str:
    """Why a part has no values: the years in which the tables tell it, or that they never do.

    Examples
    --------
    >>> without("no-trade", [2015, 2016]), without("no-trade", [])
    ('no-trade-year:2015-2016', 'no-trade')
    """
    told = spans(known)
    return f"{code}-year:{told}" if told else code
