"""How much must move in a year for what a scenario builds to pay: the yearly cost of its capital over its saving."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from landbridge.errors import gathered
from landbridge.files import Where

if TYPE_CHECKING:
    from landbridge.studies.compare import Change

KEYS: Final = ("musd", "years", "rate_pct")
SAVED: Final = ("usd", "generalised_usd")
"""What a shipment saves: money alone, and money with time."""
MOST_YEARS: Final = 200.0
MOST_RATE_PCT: Final = 100.0


@dataclass(frozen=True, slots=True)
class Capital:
    """What a work costs, over how many years it is written off, at what interest.

    Parameters
    ----------
    musd
        Cost of the work [10^6 USD].
    years
        Years of even payments.
    rate_pct
        Interest a year [%].
    """

    musd: float
    years: float = 30.0
    rate_pct: float = 5.0

    @property
    def usd_a_year(self) -> float:
        """The even yearly payment [USD].

        Examples
        --------
        >>> round(Capital(100.0, 20.0, 5.0).usd_a_year)
        8024259
        >>> Capital(100.0, 20.0, 0.0).usd_a_year
        5000000.0
        """
        rate = self.rate_pct / 100
        share = 1 / self.years if rate == 0 else rate / (1 - (1 + rate) ** -self.years)
        return self.musd * 1e6 * share

    def to_dict(self) -> dict[str, float]:
        """As plain data for JSON."""
        return {name: getattr(self, name) for name in KEYS}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], where: Where) -> Capital:
        """From plain data, refusing unknown keys and amounts that make no sense."""
        wrong = list(where.unknown_keys(data, KEYS, "the capital of a comparison"))
        for key, most in zip(KEYS, (math.inf, MOST_YEARS, MOST_RATE_PCT), strict=True):
            value = data.get(key)
            if value is None and key != "musd":
                continue
            number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
            # Money may be lent for nothing; a work that costs nothing has no volume to ask for.
            least = "0 or more" if key == "rate_pct" else "above 0"
            if not number or float(value or 0) < 0 or (key != "rate_pct" and not value):
                wrong.append(where.complaint(data, key, f"{key} is {value!r}, but must be a number {least}"))
            elif float(value or 0) > most:
                wrong.append(where.complaint(data, key, f"{key} is {value!r}, but must be at most {most:g}"))
        if wrong:
            raise gathered(wrong)
        return cls(**{key: float(data[key]) for key in KEYS if data.get(key) is not None})


@dataclass(frozen=True, slots=True)
class Worth:
    """The yearly number of shipments at which the saving pays for the capital.

    Attributes
    ----------
    saved
        usd, or generalised_usd: with the worth of the time.
    usd_a_shipment
        Saved by one shipment; below 0 where the scenario costs more.
    shipments_a_year, teu_a_year
        At which both worlds cost the same in all; None where nothing is saved, or where the shipment has no boxes.
    """

    subject: str
    saved: str
    usd_a_year: float
    usd_a_shipment: float | None
    shipments_a_year: float | None
    teu_a_year: float | None

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


def worth(capital: Capital, changes: Sequence[Change], teu: float | None) -> tuple[Worth, ...]:
    """The volume at which what a scenario builds pays, for each subject of a comparison.

    Parameters
    ----------
    teu
        Boxes of one shipment [TEU]; None where the cargo is not in boxes.

    Examples
    --------
    >>> from landbridge.answers import Indicator
    >>> from landbridge.studies.compare import changes
    >>> told = changes([Indicator("usd", "A - B", "USD", 1500.0)], [Indicator("usd", "A - B", "USD", 1000.0)])
    >>> worth(Capital(100.0, 20.0, 0.0), told, 2.0)[0].teu_a_year
    20000.0
    """
    found = []
    for one in changes:
        if one.name in SAVED:
            saving = None if one.delta is None else -one.delta
            pays = saving is not None and saving > 0
            shipments = capital.usd_a_year / saving if saving is not None and pays else None
            boxes = None if shipments is None or teu is None else shipments * teu
            found.append(Worth(one.subject, one.name, capital.usd_a_year, saving, shipments, boxes))
    return tuple(found)
