"""Read the published values and how each is put to landbridge."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Trip:
    """A question: the trip that a published value speaks of."""

    origin: str
    destination: str
    on: str
    options: dict[str, Any]
    simple_via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A published value [km, days or kg] with its tolerated range, and the trip that it is compared with.

    `trip` is None when the row cannot be put, and `note` says why.
    """

    id: str
    group: str
    what: str
    low: float
    central: float
    high: float
    trip: Trip | None
    measure: str
    note: str = ""


def read(name: str) -> list[dict[str, str]]:
    """The rows of a table of bench/data."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split(cell: str | None) -> tuple[str, ...]:
    """The values of a cell that holds several."""
    return tuple(part.strip() for part in (cell or "").split(";") if part.strip())


def options(row: dict[str, str]) -> dict[str, Any]:
    """What a row of a question table says about the shipment; empty cells leave the default."""
    found: dict[str, Any] = {key: split(row.get(key)) for key in ("modes", "via", "avoid")}
    found.update({key: float(row[key]) for key in ("teu", "tonnes") if row.get(key)})
    found.update({key: row[key] for key in ("carrier", "service", "cargo", "factors") if row.get(key)})
    if row.get("team"):
        found["team"] = row["team"] == "yes"
    return found


def distances(table: str = "distances") -> list[Row]:
    """Published distances [km]; the range is the row's own tolerance."""
    questions = {row["id"]: row for row in read(f"{table}_questions")}
    rows = []
    for row in read(table):
        question = questions[row["id"]]
        km, tolerance = float(row["km"]), float(row["tol_pct"]) / 100.0
        trip = Trip(
            f"{row['from_lat']},{row['from_lon']}",
            f"{row['to_lat']},{row['to_lon']}",
            question["on"],
            {**options(question), "modes": (row["mode"],)},
            split(question["simple_via"]),
        )
        what = f"{row['from']} - {row['to']}" + (f" by {row['via']}" if row["via"] else "")
        rows.append(
            Row(row["id"], row["mode"], what, km * (1 - tolerance), km, km * (1 + tolerance), trip, row["mode"])
        )
    return rows


WIDENED = 0.10
"""By how much the published range of a transit time is widened on both sides."""


def times(table: str = "times") -> list[Row]:
    """Published transit times [days]; the range is the published one widened by 10 %."""
    published = {row["id"]: row for row in read(table)}
    rows = []
    for question in read(f"{table}_questions"):
        row = published[question["row"]]
        given = [float(row[key]) for key in ("days_min", "days", "days_max") if row[key]]
        low = float(question["days_min_used"] or row["days_min"] or given[0])
        high = float(question["days_max_used"] or row["days_max"] or given[-1])
        central = min(max(float(row["days"] or (low + high) / 2.0), low), high)
        posed = question["posed"] == "yes"
        via = split(question["simple_via"])
        trip = Trip(question["from"], question["to"], question["on"], options(question), via)
        told = (row.get("corridor"), row.get("branch"), row.get("service"), row["year"] or "undated")
        what = f"{row['origin']} - {row['destination']} ({', '.join(part for part in told if part)})"
        rows.append(
            Row(
                question["id"],
                chain(split(question["modes"])),
                what,
                low * (1 - WIDENED),
                central,
                high * (1 + WIDENED),
                trip if posed else None,
                question["measure"],
                question["note"],
            )
        )
    return rows


QUOTE_WIDENED = 0.40
"""By how much the published range of a price is widened on both sides: two quotes of one trip differ as much."""


def money(name: str = "money") -> list[Row]:
    """Published tariffs and quotes [USD per unit]; the group tells whether the tables stand on the same index."""
    published = {row["id"]: row for row in read(name)}
    rows = []
    for question in read(f"{name}_questions"):
        row = published[question["row"]]
        given = [float(row[key]) for key in ("usd_low", "usd", "usd_high") if row[key]]
        trip = Trip(question["from"], question["to"], question["on"], options(question), split(question["simple_via"]))
        told = ", ".join(
            part for part in (row["corridor"], row["branch"], row["year"] or "undated", row["unit"]) if part
        )
        rows.append(
            Row(
                question["id"],
                question["kin"],
                f"{row['origin']} - {row['destination']} ({told})",
                given[0] * (1 - QUOTE_WIDENED),
                float(row["usd"] or (given[0] + given[-1]) / 2.0),
                given[-1] * (1 + QUOTE_WIDENED),
                trip if question["posed"] == "yes" else None,
                f"{question['measure']};{question['per'] or 1}",
                question["note"],
            )
        )
    return rows


def co2e() -> list[Row]:
    """Worked examples of emissions [kg CO2e]; the range is 10 %, or the example's own tolerance where wider."""
    published = {row["id"]: row for row in read("co2e_examples")}
    rows = []
    for question in read("co2e_questions"):
        row = published[question["id"]]
        kg = float(row["result"])
        tolerance = max(10.0, float(row["tol_pct"])) / 100.0
        trip = Trip(question["from"], question["to"], question["on"], options(question))
        rows.append(
            Row(
                question["id"],
                row["mode"],
                row["example"],
                kg * (1 - tolerance),
                kg,
                kg * (1 + tolerance),
                trip if question["posed"] == "yes" else None,
                question["measure"],
                question["note"],
            )
        )
    return rows


def co2e_modes() -> list[Row]:
    """Published factors of CO2e by mode [g a tonne-km], each within 10 %, and a trip by that mode."""
    rows = []
    for row in read("co2e_modes"):
        grams = float(row["g_tkm"])
        trip = Trip(row["from"], row["to"], row["on"], options(row))
        what = f"{row['what']} ({row['factors']})"
        range_g = (0.9 * grams, grams, 1.1 * grams)
        rows.append(Row(row["id"], row["group"], what, *range_g, trip, row["tonnes"], row["note"]))
    return rows


def chain(modes: tuple[str, ...]) -> str:
    """The row of the simple rule for a set of modes: a single mode, or mixed."""
    main = set(modes) - {"road"} if "air" in modes else set(modes)
    return next(iter(main)) if len(main) == 1 else "mixed"
