"""Many routes in one call, from rows or from a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.errors import InputError
from landbridge.files import Where

if TYPE_CHECKING:
    from landbridge.routing import RoutesAnswer, RoutesQuestion
    from landbridge.routing.crew import RoutesTable
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
    from landbridge.routing import answer_routes

    return answer_routes(world, _question(world, rows, n), progress=progress)


def routes_table(
    world: World,
    rows: str | Path | Sequence[Mapping[str, Any]],
    *,
    n: int = 5,
    cores: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> RoutesTable:
    """Route many shipments as `routes` does, on several cores, and keep only what the table shows.

    Parameters
    ----------
    rows, n, progress
        As for `routes`.
    cores
        How many processes at most; as many as there are cores when not given.

    Examples
    --------
    >>> from landbridge.world import World
    >>> rows = [{"id": "a", "origin": "Kyiv", "destination": "Moscow"}]
    >>> routes_table(World.at("2024-06-01"), rows).answered
    False
    """
    from landbridge.routing.crew import routes_table as table

    return table(world, _question(world, rows, n), cores=cores, progress=progress)


def _question(world: World, rows: str | Path | Sequence[Mapping[str, Any]], n: int) -> RoutesQuestion:
    from landbridge.routing import RoutesQuestion, read_rows
    from landbridge.routing.batch import read_data

    if isinstance(rows, str | Path):
        found = read_rows(Path(rows), n=n, world=world)
    else:
        found = read_data([_row(row, number, n) for number, row in enumerate(rows)], world)
    if not found:
        file = str(rows) if isinstance(rows, str | Path) else None
        raise InputError("no rows to route", file=file, remedy="write one row for each shipment")
    return RoutesQuestion(found)


def _row(row: Mapping[str, Any], number: int, n: int) -> tuple[dict[str, Any], Any, Where]:
    """A mapping as `read_data` takes it: the keys of a question, the day, where it stands."""
    from landbridge.routing.batch import ENDS

    where = Where(path=f"rows.{number}", names=ENDS)
    if not isinstance(row, Mapping):
        raise InputError(f"{row!r} is not a row", field=where.path, remedy="give mappings with id, origin, destination")
    keys = {column: key for key, column in ENDS.items()}
    data = {keys.get(key, key): value for key, value in row.items() if key != "on"}
    return {"n": n, **data}, row.get("on"), where
