"""What has to be known of a gas answer, in sentences: what its data are, what they lack, what contracts leave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from landbridge.report.gas_words import asked_for, unit_of
from landbridge.report.phrases import listed

if TYPE_CHECKING:
    from landbridge.report.names import Names

Row = Mapping[str, Any]
LEAST_UNTAKEN: Final = 0.01
"""Less than this share of what a contract obliges to is not told as untaken."""


def remarks(answer: Row, names: Names, most: int = 1000) -> list[str]:
    """What has to be known of an answer, in sentences; of long lists of areas so many are named.

    Examples
    --------
    >>> from landbridge.report.names import Names
    >>> remarks({"remarks": ["demand-of:2008"], "areas": [], "step": "day"}, Names())
    ['Demand, production and usual flows are those of 2008, the year before, or of the nearest year with figures.']
    """
    out: list[str] = []
    unknown: dict[str, list[str]] = {}
    for text in answer.get("remarks") or ():
        code, _, value = str(text).partition(":")
        if code == "fill-unknown":
            area, _, day = value.partition(":")
            unknown.setdefault(day, []).append(names.area(area))
        elif code == "demand-of":
            out.append(
                f"Demand, production and usual flows are those of {value}, the year before, or of the nearest year with"
                " figures."
            )
        elif code == "no-cut":
            out.append("Nothing is cut or changed in that time, so the three ways of sharing give one answer.")
        elif code == "after-last-day":
            out.append(
                f"The facts end on {value}: pipes, terminals and dated cuts stay as they were known on that day."
            )
        else:
            out.append(_sentence(str(text)))
    for day, areas in unknown.items():
        told = listed([*areas[:most], f"{len(areas) - most} more areas"] if len(areas) > most + 1 else areas)
        out.append(
            f"What was in store on {day} is not known for {told}: taken as full as stores are on that day of a usual"
            " year."
        )
    return out + lacking_data(answer, names)


def lacking_data(answer: Row, names: Names) -> list[str]:
    """Where the data do not balance even without a cut, and by how much."""
    unit = unit_of(answer)
    rows = sorted((one for one in answer["areas"] if one["unbalanced_bcm"] > 0), key=lambda one: -one["unbalanced_bcm"])
    told = [f"{names.area(one['area'])} {unit.text(one['unbalanced_bcm'])} {unit.name}" for one in rows
            if one["unbalanced_bcm"] > 1e-3 * max(asked_for(one), 1e-9)]  # fmt: skip
    if not told:
        return []
    return [f"Even without any cut the data do not balance: short of {listed(told)}. That part is no effect of a cut."]


def untaken(answer: Row) -> list[str]:
    """What buyers do not take of what contracts oblige them to, the largest first."""
    unit = unit_of(answer)
    rows = sorted(answer.get("untaken") or (), key=lambda one: -one["untaken_bcm"])
    return [
        f"{one['buyer']}: {unit.text(one['untaken_bcm'])} of {unit.text(one['owed_bcm'])} {unit.name}"
        for one in rows
        if one["untaken_bcm"] > LEAST_UNTAKEN * one["owed_bcm"]
    ]


def grades(shares: Mapping[str, float]) -> str:
    """On which grades an answer rests.

    Examples
    --------
    >>> grades({"A": 0.25, "B": 0.75, "C": 0.0})
    '25 % on grade A, 75 % on B'
    """
    told = [f"{100 * part:.0f} % on {'' if n else 'grade '}{name}" for n, (name, part) in
            enumerate((name, part) for name, part in shares.items() if part >= 0.005)]  # fmt: skip
    return ", ".join(told)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"
