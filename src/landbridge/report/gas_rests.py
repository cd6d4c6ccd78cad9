"""Which rows of the tables the numbers of a gas page rest on: the weightiest of each area, and of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from landbridge.report.evidence import Key, Ledger, anchors
from landbridge.report.names import Names
from landbridge.report.svg import Markup, el

if TYPE_CHECKING:
    from landbridge.facts import Facts

Row = Mapping[str, Any]
OF_AREA: Final = 5
OF_ALL: Final = 40
OF_EVENTS: Final = 40
"""So many rows are named for each area, of the whole, and of dated cuts."""
ALWAYS: Final = ("scenario", "gas_events")
"""Tables whose rows tell what was cut: no gas hangs on them, and the answer turns on them."""


def rests(area: str | None) -> str:
    """The id of the list of rows that the numbers of an area rest on; None is the whole answer."""
    return f"rests-{area or 'all'}"


@dataclass(frozen=True, slots=True)
class Rested:
    """The rows named for each area and for the whole, and how many there are in all."""

    by_area: Mapping[str | None, tuple[Key, ...]]
    used: int

    def markup(self, ledger: Ledger, names: Names) -> Markup:
        """The lists, which numbers of the page point to."""
        named = len({key for keys in self.by_area.values() for key in keys})
        whole = self.by_area[None]
        left = self.used - named
        text = (
            f"{self.used:,} rows of the tables were used. Named are those on which most gas hangs, up to {OF_AREA} of"
        )
        text += f" each area, and what was cut; the other {left:,} are in JSON." if left > 0 else " each area."
        lists = [
            el("li", f"{names.area(str(area))}: ", ledger.links(list(keys)), id=rests(area), data_rests=anchors(keys))
            for area, keys in sorted(self.by_area.items(), key=lambda item: names.area(str(item[0])))
            if area is not None
        ]
        return el(
            "section",
            el("h2", "What the numbers rest on"),
            el("p", text, class_="quiet", data_count=True),
            el("p", "The whole: ", ledger.links(list(whole)), id=rests(None), data_rests=anchors(whole)),
            el("details", el("summary", "By area"), el("ul", *lists)) if lists else None,
        )


def gather(answer: Row, ledger: Ledger) -> Rested:
    """Note the rows of an answer that its page names; they come weightiest first.

    Examples
    --------
    >>> row = {"table": "gas_years", "id": "BGR-2008", "grade": "B", "source": "a yearbook"}
    >>> gather({"areas": [{"area": "BGR"}], "flows": [], "evidence": [row]}, Ledger()).by_area["BGR"]
    (('gas_years', 'BGR-2008'),)
    """
    rows = list(answer.get("evidence") or ())
    events = [one for one in rows if one["table"] in ALWAYS][:OF_EVENTS]
    whole = tuple(ledger.add([*events, *rows[:OF_ALL]]))
    areas = {one["area"] for one in answer["areas"]}
    areas |= {str(one[end]) for one in answer["flows"] for end in ("from_area", "to_area") if one[end]}
    found: dict[str, list[Row]] = {area: [] for area in areas}
    zones = _zones(answer)
    for row in rows:
        for area in _areas(row, ledger.facts, zones) & found.keys():
            if len(found[area]) < OF_AREA:
                found[area].append(row)
    by_area: dict[str | None, tuple[Key, ...]] = {None: whole}
    for area, chosen in found.items():
        by_area[area] = tuple(ledger.add(chosen)) or whole
    return Rested(by_area, len(rows))


def _zones(answer: Row) -> dict[str, str]:
    """The area of each zone that a flow touches."""
    return {
        str(one[zone]): str(one[area])
        for one in answer["flows"]
        for zone, area in (("from", "from_area"), ("to", "to_area"))
        if one[area]
    }


def _areas(row: Row, facts: Facts | None, zones: Mapping[str, str]) -> set[str]:
    """The areas that a row speaks of: those in its cells, else those in its id."""
    table, key = str(row["table"]), str(row["id"])
    known = facts.table(table).by_id.get(key) if facts is not None and table in facts.names else None
    cells: list[Any] = []
    for cell in known.values() if known is not None else key.replace(">", "-").split("-"):
        cells += cell if isinstance(cell, tuple | list) else [cell]
    words = {cell for cell in cells if isinstance(cell, str)}
    return words | {zones[word] for word in words if word in zones}
