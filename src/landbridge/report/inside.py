"""What part of each way lies in the areas of a bloc, a format or one area, in words and as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from landbridge.report.boxes import boxed
from landbridge.report.numbers import DASH, grouped, significant

if TYPE_CHECKING:
    from rich.table import Table

    from landbridge.report.names import Names

NOWHERE: Final = "at sea or in no area"
RULE: Final = "A border post counts half to each side; what lies at sea counts to nobody."


def parts(answer: Mapping[str, Any], names: Names | None = None) -> list[Any]:
    """Who belongs to each group on the day, its part of each way, and the first way by area; empty if not asked."""
    from rich.text import Text

    groups = answer.get("within") or ()
    if not groups:
        return []
    routes = answer["routes"]
    return [*(Text(line) for line in lines(groups, routes, names)), areas(routes[0], groups, names), Text(RULE)]


def lines(
    groups: Sequence[Mapping[str, Any]], routes: Sequence[Mapping[str, Any]], names: Names | None = None
) -> list[str]:
    """Each group and its part of each way.

    Examples
    --------
    >>> part = {"group": "ots", "areas": ["KAZ"], "km": 300.0, "km_share": 0.375, "km_share_of_areas": 0.75,
    ...         "hours": 30.0, "hours_share": 0.5, "usd": 100.0, "usd_share": 0.25}
    >>> for line in lines([{"id": "ots", "name": "Turkic States", "basis": "members on the day", "areas": ["KAZ"]}],
    ...                   [{"rank": 1, "within": [part]}]):
    ...     print(line)
    Within Turkic States (members on the day: KAZ)
      Way 1: 300 km, 38 % of the way and 75 % of what is not at sea; 30.0 h, 50 %; 100 USD, 25 % (KAZ)
    """
    out = []
    for at, group in enumerate(groups):
        listed = [names.area(area) if names is not None else area for area in group["areas"]]
        out.append(f"Within {group['name']} ({group['basis']}: {', '.join(listed) or 'nobody'})")
        for route in routes:
            part = route["within"][at]
            told = [
                f"{grouped(part['km'])} km, {_percent(part['km_share'])} of the way"
                f" and {_percent(part['km_share_of_areas'])} of what is not at sea",
                f"{significant(part['hours'])} h, {_percent(part['hours_share'])}",
                f"{grouped(part['usd'])} USD, {_percent(part['usd_share'])}",
            ]
            out.append(f"  Way {route['rank']}: {'; '.join(told)} ({' '.join(part['areas']) or 'none of them'})")
    return out


def areas(route: Mapping[str, Any], groups: Sequence[Mapping[str, Any]], names: Names | None = None) -> Table:
    """The first way by area, and which group each area belongs to."""
    table = boxed(title=f"Way {route['rank']} by area")
    table.add_column("Area")
    table.add_column("Of", overflow="fold")
    for title in ("km", "h", "USD", "kg CO2e"):
        table.add_column(title, justify="right")
    for row in route["by_area"]:
        code = row["area"]
        name = NOWHERE if not code else names.area(code) if names is not None else code
        of = " ".join(group["id"] for group in groups if code in group["areas"])
        table.add_row(name, of or DASH, grouped(row["km"]), significant(row["hours"]), grouped(row["usd"]),
                      grouped(row["kg_co2e"]))  # fmt: skip
    return table


def _percent(share: float | None) -> str:
    return DASH if share is None else f"{100 * share:.0f} %"
