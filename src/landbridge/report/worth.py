"""The volume at which what a scenario builds pays, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from landbridge.report.numbers import grouped

SAVED: Final = {"usd": "money alone", "generalised_usd": "money with time"}


def lines(answer: Mapping[str, Any]) -> Iterator[str]:
    """One line for each subject and measure of saving; nothing where no capital was asked about.

    Examples
    --------
    >>> capital = {"musd": 100.0, "years": 20.0, "rate_pct": 0.0}
    >>> row = {"subject": "A - B", "saved": "usd", "usd_a_year": 5e6, "usd_a_shipment": 500.0,
    ...        "shipments_a_year": 10000.0, "teu_a_year": 20000.0}
    >>> for line in lines({"question": {"capital": capital}, "worth": [row]}):
    ...     print(line)
    Capital 100 million USD, over 20 years at 0 %: 5,000,000 USD a year.
    A - B, money alone: 500 USD saved by a shipment; it pays from 20,000 TEU a year.
    Upkeep, cargo that comes anew and gains of others are not counted; all the saving goes to the capital.
    """
    capital = (answer.get("question") or {}).get("capital")
    rows = answer.get("worth") or ()
    if capital is None or not rows:
        return
    yield (
        f"Capital {capital['musd']:g} million USD, over {capital['years']:g} years at {capital['rate_pct']:g} %: "
        f"{grouped(rows[0]['usd_a_year'])} USD a year."
    )
    for row in rows:
        head = f"{row['subject']}, {SAVED[row['saved']]}: "
        if row["usd_a_shipment"] is None:
            yield f"{head}cannot tell, for one of the two worlds has no way."
        elif row["shipments_a_year"] is None:
            yield f"{head}nothing is saved, so no volume pays."
        else:
            boxes = row["teu_a_year"]
            volume = f"{grouped(row['shipments_a_year'])} shipments" if boxes is None else f"{grouped(boxes)} TEU"
            yield f"{head}{grouped(row['usd_a_shipment'])} USD saved by a shipment; it pays from {volume} a year."
    yield "Upkeep, cargo that comes anew and gains of others are not counted; all the saving goes to the capital."
