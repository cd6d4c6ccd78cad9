"""One draw of all uncertain values.

A value is moved so that its median over draws is the central value and 10 % of draws lie under its low and 10 % above
its high value: a lognormal law with another width on each side (a normal one where a side touches zero). Low and high
are the row's own where it has them, else the central value times the ratios of its grade. The random number of a value
is a hash of (seed, k, table, id, column): new rows, other rows and their order never shift it. A share moves by its
odds, so that it stays between 0 and 1 and one near 1 is as sure as one near 0. Parts of a whole (spread `parts:` with
the columns that name the whole) are moved each by itself and then scaled, so that they add up to what they did.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import Any, Final

from landbridge.facts.schema import Column, wholes
from landbridge.facts.store import Draw, Facts
from landbridge.facts.tables import Row, Table, make_table

_NORMAL: Final = NormalDist()
_Z90: Final = _NORMAL.inv_cdf(0.9)
_TAIL: Final = 0.005
"""Draws beyond this tail on either side are pulled to it, so that one draw is never absurd."""
SHARE_UNIT: Final = "share"
MIXED_UNIT: Final = "see unit"
"""The unit of columns whose rows tell their own; of these, amounts of `AMOUNTS` and shares are moved."""
AMOUNTS: Final = frozenset(("h", "usd", "ratio", "bcm", "mcm"))
_ALMOST: Final = 1.0 - 1e-9


def draw(facts: Facts, seed: int, k: int) -> Facts:
    """The facts with every uncertain value moved once, the k-th draw of a seed.

    Parameters
    ----------
    facts
        Any facts; of facts that are a draw themselves the central values are drawn anew.
    seed, k
        Together they name the draw; the same pair gives the same values.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> drawn = draw(load(), seed=1, k=7)
    >>> drawn.facts_id == draw(load(), seed=1, k=7).facts_id != load().facts_id
    True
    """
    return Facts(facts.schema, facts.folder, facts.laid, Draw(int(seed), int(k)))


def uniform(seed: int, k: int, table: str, key: str, column: str) -> float:
    """A number between 0 and 1 that belongs to one value of one draw.

    Examples
    --------
    >>> 0.0 < uniform(1, 0, "ports", "poti", "annual_teu") < 1.0
    True
    """
    text = "\x1f".join((str(seed), str(k), table, key, column))
    number = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
    return (number + 0.5) / 2.0**64


def deviate(u: float) -> float:
    """The deviate at a quantile, in units that make -1 and 1 the 10 % and 90 % points; tails are pulled in.

    Examples
    --------
    >>> [round(deviate(u), 6) for u in (0.1, 0.5, 0.9)]
    [-1.0, 0.0, 1.0]
    """
    return _NORMAL.inv_cdf(min(max(u, _TAIL), 1.0 - _TAIL)) / _Z90


def moved(central: float, low: float, high: float, u: float) -> float:
    """The value at the quantile `u` of the law with this median and 10-90 % range.

    Examples
    --------
    >>> [round(moved(10.0, 5.0, 30.0, u), 6) for u in (0.1, 0.5, 0.9)]
    [5.0, 10.0, 30.0]
    """
    z = deviate(u)
    end = low if z < 0.0 else high
    reach = abs(z)
    if central > 0.0 and end > 0.0:
        return central * math.exp(reach * math.log(end / central))
    value = central + reach * (end - central)
    return max(value, 0.0) if central >= 0.0 and min(low, high) >= 0.0 else value


def draw_table(table: Table, spreads: tuple[Row, ...], seed: int, k: int) -> Table:
    """A table with its uncertain columns moved."""
    uncertain = [column for column in table.columns if column.spread]
    if not uncertain:
        return table
    ratios = {row["id"]: (row["low_ratio"], row["high_ratio"]) for row in spreads}
    names = {column.name for column in table.columns}
    rows: list[Row] = []
    for row in table.rows:
        changed: dict[str, Any] = {}
        for column in uncertain:
            span = _span(row, column, names, ratios)
            if span is not None:
                value = moved(*span, uniform(seed, k, table.name, row["id"], column.name))
                changed[column.name] = value / (1.0 + value) if _is_share(row, column) else value
        rows.append(Row({**row, **changed}) if changed else row)
    for column in uncertain:
        if wholes(column):
            rows = _scaled(table.rows, rows, column)
    return make_table(table.name, table.columns, rows)


def _scaled(before: Sequence[Row], after: Sequence[Row], column: Column) -> list[Row]:
    """The moved rows with the parts of each whole scaled to their sum before."""
    name, keys = column.name, wholes(column)
    sums: dict[tuple[Any, ...], list[float]] = {}
    for old, new in zip(before, after, strict=True):
        if old[name] is not None:
            both = sums.setdefault(tuple(old[key] for key in keys), [0.0, 0.0])
            both[0] += old[name]
            both[1] += new[name]
    rows: list[Row] = []
    for row in after:
        whole = sums.get(tuple(row[key] for key in keys))
        if row[name] is None or whole is None or whole[1] <= 0.0:
            rows.append(row)
        else:
            rows.append(Row({**row, name: row[name] * whole[0] / whole[1]}))
    return rows


def _grade(row: Row, column: Column) -> str:
    """The grade of a cell: that of its column where the row has one (`x_grade`, unit left out), else of the row."""
    for stem in (column.name, column.name.rpartition("_")[0]):
        if grade := row.get(f"{stem}_grade"):
            return str(grade)
    return str(row.get("grade") or "")


def _is_share(row: Row, column: Column) -> bool:
    """Whether a cell is a share, by the unit of its column or else of its row."""
    unit = str(row.get("unit") or "") if column.unit == MIXED_UNIT else column.unit
    return unit == SHARE_UNIT or unit.endswith(f" {SHARE_UNIT}")


def _is_amount(row: Row, column: Column) -> bool:
    """Whether a cell is an amount that may move: where rows tell their own unit, laws, counts and drafts stay."""
    if column.unit != MIXED_UNIT:
        return True
    return str(row.get("unit") or "").replace("/", " ").partition(" ")[0] in AMOUNTS or _is_share(row, column)


def odds(share: float) -> float:
    """The odds of a share.

    Examples
    --------
    >>> odds(0.5), odds(0.8)
    (1.0, 4.0)
    """
    return round(min(share, _ALMOST) / (1.0 - min(share, _ALMOST)), 12)


def siblings(column: Column, names: set[str]) -> tuple[str | None, str | None]:
    """The columns that hold the low and the high value of a column (`x_low`, `x_high`; or plain `low`, `high`)."""
    low = next((name for name in (f"{column.name}_low", "low") if name in names), None)
    high = next((name for name in (f"{column.name}_high", "high") if name in names), None)
    return low, high


def _span(
    row: Row, column: Column, names: set[str], ratios: Mapping[str, tuple[float, float]]
) -> tuple[float, float, float] | None:
    """Central, low and high value of a cell, as odds if it is a share; None when it does not vary."""
    central: float | None = row[column.name]
    low = high = None
    if column.spread == "low_high":
        low_name, high_name = siblings(column, names)
        low = row[low_name] if low_name else None
        high = row[high_name] if high_name else None
        if central is None and low is not None and high is not None:
            central = math.sqrt(low * high) if low > 0.0 else (low + high) / 2.0
    if central is None or not _is_amount(row, column):
        return None
    if _is_share(row, column):
        if central in {0.0, 1.0}:
            return None
        central = odds(central)
        low = None if low is None else odds(low)
        high = None if high is None else odds(high)
    by_grade = ratios.get(_grade(row, column), (1.0, 1.0))
    if low is None:
        low = central * by_grade[0] if central >= 0.0 else central * by_grade[1]
    if high is None:
        high = central * by_grade[1] if central >= 0.0 else central * by_grade[0]
    return central, min(low, central), max(high, central)
