"""Many rows answered on several cores, straight to the rows of the table that is written: no answer is kept whole.

Each process takes whole runs of rows that share day, shipment class and lane, so that their weightings are made once.
Nothing is shared but the question: a process makes its own plans from the same world, and answers are those of one
process, in the order of the rows.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from landbridge.routing.answering import answer_route
from landbridge.routing.batch import OUT, RoutesQuestion, checked_worlds, in_order, kin, out_rows
from landbridge.routing.question import RouteQuestion

if TYPE_CHECKING:
    import pandas as pd

    from landbridge.world import World

FEW = 100
"""So few different questions are answered here: a process takes some seconds until it has read facts and network."""
RUNS = 8
"""Each process gets about so many runs of rows or more, so that none waits long for the other."""
CORES_MOST = 4
"""A process takes up to 1.2 GB."""

Asked = tuple[str | None, RouteQuestion]


@dataclass(frozen=True, eq=False, slots=True)
class RoutesTable:
    """The rows of the table of a `RoutesQuestion`, in its order, and whether any has a route."""

    rows: tuple[dict[str, Any], ...]
    answered: bool

    def to_frame(self) -> pd.DataFrame:
        """One row for each id and rank."""
        import pandas as pd

        return pd.DataFrame(list(self.rows), columns=list(OUT))


def routes_table(
    world: World,
    question: RoutesQuestion,
    *,
    cores: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> RoutesTable:
    """Answer all rows as `answer_routes` does, and keep of each answer what the table shows.

    Parameters
    ----------
    cores
        How many processes at most; as many as there are cores, up to `CORES_MOST`, when not given.
    progress
        Called with (rows done, rows in all).

    Examples
    --------
    >>> from landbridge.routing import RouteRow
    >>> from landbridge.world import World
    >>> table = routes_table(World.at("2024-06-01"), RoutesQuestion((RouteRow("a", RouteQuestion("Kyiv", "Moscow")),)))
    >>> [row["rank"] for row in table.rows], table.answered
    ([0], False)
    """
    worlds = checked_worlds(world, question)
    order = in_order(world, question)
    asked = {(row.on, row.question): row for row in (question.rows[i] for i in order)}
    crew = min(cores or os.cpu_count() or 1, CORES_MOST) if len(asked) > FEW else 1
    every = len(question.rows)
    found: dict[Asked, list[dict[str, Any]]] = {}
    families = [list(some) for _, some in groupby(asked, key=lambda one: kin(world, asked[one]))]
    # One process tells how far it is after each question.
    runs = [[one] for one in asked] if crew == 1 else runs_of(families, crew)
    for run, rows in _answered(worlds, runs, crew):
        found.update(zip(run, rows, strict=True))
        if progress is not None:
            progress(every * len(found) // len(asked), every)
    told = [{**one, "id": row.id} for row in question.rows for one in found[row.on, row.question]]
    return RoutesTable(tuple(told), any(one["rank"] for one in told))


def runs_of(families: Sequence[Sequence[Asked]], crew: int) -> list[list[Asked]]:
    """Questions as runs for a crew: those that share their weightings stay together unless there are too many.

    Examples
    --------
    >>> one, other = (None, RouteQuestion("Kyiv", "Moscow")), (None, RouteQuestion("Baku", "Tbilisi"))
    >>> [len(run) for run in runs_of([[one] * 30, [other] * 3, [one] * 5], 1)]
    [5, 5, 5, 5, 5, 5, 3, 5]
    """
    size = max(-(-sum(map(len, families)) // (crew * RUNS)), 1)
    runs: list[list[Asked]] = []
    here: list[Asked] = []
    for family in families:
        if len(here) + len(family) > size:
            runs.append(here)
            here = []
        pieces = -(-len(family) // size)
        part = -(-len(family) // pieces)
        *whole, last = [list(family[start : start + part]) for start in range(0, len(family), part)]
        runs += whole
        here += last
    return [run for run in (*runs, here) if run]


def _answered(
    worlds: Mapping[str | None, World], runs: Sequence[Sequence[Asked]], crew: int
) -> Iterator[tuple[Sequence[Asked], list[list[dict[str, Any]]]]]:
    """The rows of each question, run by run in order."""
    if crew == 1:
        for run in runs:
            yield run, answer_run([(worlds[on], one) for on, one in run])
        return
    with ProcessPoolExecutor(crew, mp_context=get_context("spawn")) as pool:
        done: list[Future[list[list[dict[str, Any]]]]] = [
            pool.submit(answer_run, [(worlds[on], one) for on, one in run]) for run in runs
        ]
        try:
            for run, future in zip(runs, done, strict=True):
                yield run, future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def answer_run(asked: Sequence[tuple[World, RouteQuestion]]) -> list[list[dict[str, Any]]]:
    """The rows of the table for each of some questions, without an id."""
    return [list(out_rows("", answer_route(world, one, in_brief=True))) for world, one in asked]
