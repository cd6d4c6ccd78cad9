"""Many routes in one call, from rows or from a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.errors import InputError

if TYPE_CHECKING:
    from landbridge.routing import RoutesAnswer
    from landbridge.world import World


def routes(
    world: World,
    rows: str | Path | Sequence[Mapping[str, Any]],
    *,
    n: int = 5,
    progress: Callable[[int, int], None] | None = None,
) -> RoutesAnswer:
    """Route many shipments.

    Parameters
    ----------
    rows
        A CSV file with the columns id, origin, destination and, if wanted, on, cargo, modes, via, avoid, teu,
        tonnes, value_usd, carrier, service, hs; or mappings with these keys.
    n
        How many alternatives at most for each row.
    progress
        Called with (rows done, rows in all).

    Examples
    --------
    >>> from landbridge.world import World
    >>> rows = [{"id": "a", "origin": "Kyiv", "destination": "Moscow"}]
    >>> routes(World.at("2024-06-01"), rows).to_frame()["rank"].tolist()
    [0]
    """
    from landbridge.routing import RoutesQuestion, answer_routes, read_rows

    found = read_rows(Path(rows), n=n) if isinstance(rows, str | Path) else tuple(_row(row, n) for row in rows)
    if not found:
        file = str(rows) if isinstance(rows, str | Path) else None
        raise InputError("no rows to route", file=file, remedy="write one row for each shipment")
    return answer_routes(world, RoutesQuestion(found), progress=progress)


def _row(row: Mapping[str, Any], n: int) -> Any:
    from landbridge.routing import RouteQuestion, RouteRow

    for key in ("id", "origin", "destination"):
        if not row.get(key):
            raise InputError("a row needs this key", field=key)
    rest = {key: value for key, value in row.items() if key not in ("id", "origin", "destination", "on")}
    question = RouteQuestion.from_dict({"from": row["origin"], "to": row["destination"], "n": n, **rest})
    return RouteRow(str(row["id"]), question, row.get("on"))
