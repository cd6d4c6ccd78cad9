"""What a bloc or an agreement does to freight, as a table for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from landbridge.report.boxes import boxed
from landbridge.report.numbers import DASH

if TYPE_CHECKING:
    from rich.table import Table

Row = Mapping[str, Any]
KINDS: Final = {
    "no_duty": "no duty",
    "no_border_check": "no control at the border",
    "transit_document": "transit paper or consignment note",
    "permit_free": "lorries without permit",
    "visa_free_driver": "drivers without visa",
    "mutual_recognition": "certificates recognised",
    "duty_pct": "duty",
    "shorter_border_h": "less time at the border",
    "fee_usd": "fee",
    "quota": "quota of permits",
    "duty_cut_pct": "lower duty",
    "e_permit": "electronic permits",
    "transit_tariff_cut": "lower transit tariff",
}
SAID: Final = ("pct", "permits", "visa", "h")
"""Units of nought that the name of the effect says already."""
CONTROLS: Final = {"h customs": "customs", "h persons": "passports"}
FELT: Final = {"carriage": "hours and money of a route", "trade": "trade: no part of the freight bill",
               "nothing": "listed, not modelled"}  # fmt: skip

USE: Final = {"little": "listed: little used", "unverified": "listed: no use known"}


def table(rows: Sequence[Row]) -> Table:
    """One row for each effect, in the order of the answer."""
    found = boxed("What it does to freight")
    for word in ("Effect", "Between", "By", "How much", "Since", "Felt by", "Grade"):
        found.add_column(word, overflow="fold")
    for row in rows:
        found.add_row(KINDS.get(row["kind"], row["kind"]), between(row), by(row), size(row), row["since"],
                      USE.get(str(row.get("use")), FELT[row["felt"]]), row["grade"])  # fmt: skip
    return found


def between(row: Row) -> str:
    """From where to where it holds.

    Examples
    --------
    >>> between({"from_areas": ["bloc:eaeu"], "to_areas": ["bloc:eaeu"], "both_ways": True})
    'members'
    >>> between({"from_areas": ["IRN"], "to_areas": ["bloc:eaeu"], "both_ways": False})
    'IRN to eaeu'
    """
    one, other = (
        " ".join("all areas" if text == "ALL" else text.removeprefix("bloc:") for text in row[name])
        for name in ("from_areas", "to_areas")
    )
    if one == other:
        return "members" if all(text.startswith("bloc:") for text in row["from_areas"]) else f"{one}, each other"
    return f"{one} and {other}" if row["both_ways"] else f"{one} to {other}"


def by(row: Row) -> str:
    """Modes and cargo."""
    modes = "all modes" if "all" in row["modes"] else ", ".join(row["modes"])
    return modes if row["cargo"] == "all" else f"{modes}; {row['cargo']}"


def size(row: Row) -> str:
    """Document, or value with its unit; nothing where the effect says all.

    Examples
    --------
    >>> size({"document": None, "value": -0.5, "unit": "ratio of customs time"})
    '-0.5 ratio of customs time'
    """
    if row["document"] and row["document"] != "none":
        return str(row["document"])
    unit = row["unit"] or ""
    if row["value"] is None or (row["value"] == 0 and unit in SAID):
        return DASH
    if row["value"] == 0 and unit in CONTROLS:
        return CONTROLS[unit]
    return f"{row['value']:g} {unit}".strip()


def lines(answer: Row) -> Iterator[str]:
    """What the table does not say.

    Examples
    --------
    >>> list(lines({"freight": []}))
    []
    """
    if any(row["felt"] == "carriage" for row in answer["freight"]):
        yield (
            "A scenario that lets an area join or leave, or opens or closes the agreement, changes routes by the"
            " difference (docs/politics.md)."
        )
