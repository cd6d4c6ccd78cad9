"""Names of areas, crossings, passages, ports and ferries for readers; codes stay where no facts are at hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from landbridge.world.intervals import read_day
from landbridge.world.names import name_on

if TYPE_CHECKING:
    from landbridge.facts import Facts, Row

TABLES = {"crossing": "crossings", "passage": "passages", "port": "ports", "ferry": "ferries", "project": "projects",
          "line": "lines", "waterway": "waterways"}  # fmt: skip
SPLIT = re.compile(r"[;,\s]+")


@dataclass(frozen=True, slots=True)
class Names:
    """Where names are looked up.

    Examples
    --------
    >>> from landbridge.facts import load
    >>> Names(load()).areas("ARM;GEO"), Names().areas("ARM;GEO")
    ('Armenia and Georgia', 'ARM and GEO')
    >>> Names(load()).on("2018-01-01").area("MKD"), Names(load()).area("MKD")
    ('Macedonia (FYROM)', 'North Macedonia')
    """

    facts: Facts | None = None
    day: date | None = None

    def on(self, day: date | str | None) -> Names:
        """The same names as of a day: what a body or an area was called then."""
        return self if day is None or self.facts is None else Names(self.facts, read_day(day))

    def area(self, code: str) -> str:
        """The name of an area, else its code."""
        if self.facts is None:
            return code
        row = self.facts.table("areas").by_id.get(code)
        kind: Literal["area", "bloc"] = "area" if row is not None else "bloc"
        row = row or self.facts.table("blocs").by_id.get(code.casefold())
        if row is None:
            return code
        then = None if self.day is None else name_on(self.facts, kind, row["id"], self.day)
        return then or str(row["name"])

    def zone(self, key: str) -> str:
        """The name of a zone of gas, else its id."""
        if self.facts is None or "gas_zones" not in self.facts.names:
            return key
        row = self.facts.table("gas_zones").by_id.get(key)
        return key if row is None else str(row["name"])

    def areas(self, text: str) -> str:
        """Areas and groups written with spaces, commas or semicolons between them, in words."""
        codes = [code for code in SPLIT.split(text) if code]
        if any(not re.fullmatch(r"[A-Z][A-Z0-9_]{1,7}", code) for code in codes):
            return text
        shown = [self.area(code) for code in codes]
        return " and ".join(part for part in (", ".join(shown[:-1]), *shown[-1:]) if part)

    def subject(self, kind: str, key: str) -> str:
        """What a rule is about, in words."""
        if kind == "trade":
            start, arrow, end = key.partition(">")
            if arrow:
                return f"trade from {self.area(start)} to {self.area(end)}"
            return f"trade with {self.areas(key)}" if key else "trade"
        if kind == "area":
            return f"cargo on the territory of {self.areas(key)}"
        if kind == "airspace":
            return f"the airspace of {self.areas(key)}"
        return "; ".join(self.gate(kind, one) for one in key.split(";") if one)

    def gate(self, kind: str, key: str) -> str:
        """The name of a crossing, passage, port, ferry, project or line, else its id."""
        if kind == "pair":
            return f"border of {self.areas(key.replace('-', ' '))}"
        start, arrow, end = key.partition(">")
        if kind == "crossing" and arrow:
            return f"border from {self.area(start)} to {self.area(end)}"
        table = TABLES.get(kind)
        if self.facts is None or table is None or table not in self.facts.names:
            return key
        row = self.facts.table(table).by_id.get(key)
        return key if row is None else f"{_name(row)}{self._where(row)}"

    def post(self, key: str) -> str:
        """The name of a crossing without its areas, else its id."""
        row = None if self.facts is None else self.facts.table("crossings").by_id.get(key)
        return key if row is None else _name(row)

    def rule(self, table: str, key: str) -> str:
        """What a rule without a remark of its own is about, in the words of its row."""
        if self.facts is None or table != "measure_rules":
            return ""
        row = self.facts.table(table).by_id.get(key)
        return "" if row is None else ", ".join(str(what).replace("_", " ") for what in row["what"] or ())

    def _where(self, row: Row) -> str:
        sides = [str(row[name]) for name in ("area_a", "area_b") if row.get(name)]
        return f" ({' / '.join(self.area(one) for one in sides)})" if sides else ""


def _name(row: Row) -> str:
    if row.get("name"):
        return str(row["name"])
    ends = [str(row[name]) for name in ("name_a", "name_b", "port_a", "port_b") if row.get(name)]
    return " – ".join(ends) or str(row["id"])
