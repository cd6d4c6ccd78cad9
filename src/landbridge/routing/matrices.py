"""All pairs of places: kilometres, hours, dollars and CO2e of the best route, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from landbridge._version import __version__
from landbridge.answers import Indicator, WorldRef
from landbridge.files import Where
from landbridge.routing.answering import Setting, door_ways, path_totals, prepare
from landbridge.routing.checking import check_question
from landbridge.routing.forms import listed, matrix_form, refuse
from landbridge.routing.question import RouteQuestion, shipment_from
from landbridge.routing.shipment import Shipment
from landbridge.routing.weights import Objective, Variant

if TYPE_CHECKING:
    import pandas as pd

    from landbridge.world import World

MEASURES = ("km", "hours", "usd", "kg_co2e")


@dataclass(frozen=True, slots=True)
class MatrixQuestion:
    """Ask for the best route of one shipment between all pairs of `places`, or of `places` and `destinations`."""

    kind: ClassVar[str] = "matrix"

    places: tuple[str, ...]
    destinations: tuple[str, ...] = ()
    shipment: Shipment = field(default_factory=Shipment)
    objective: Objective = "generalised"

    def __post_init__(self) -> None:
        """Refuse an empty list of places and a bad shipment."""
        refuse(matrix_form(self.to_dict(), Where()))

    def to_dict(self) -> dict[str, Any]:
        """As plain data for YAML or JSON."""
        return {
            "kind": self.kind,
            "places": list(self.places),
            "destinations": list(self.destinations),
            **self.shipment.to_dict(),
            "objective": self.objective,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], where: Where = Where()) -> MatrixQuestion:  # noqa: B008
        """From plain data, refusing unknown keys and values of a wrong kind, all of them in one message."""
        refuse(matrix_form(data, where))
        return cls(
            places=listed(data["places"]),
            destinations=listed(data.get("destinations")),
            shipment=shipment_from(data),
            objective=data.get("objective") or "generalised",
        )


@dataclass(frozen=True, slots=True)
class MatrixAnswer:
    """The answer to a `MatrixQuestion`: one cell for each pair, null where there is no route."""

    schema: ClassVar[str] = "matrix/1"

    question: MatrixQuestion
    world: WorldRef
    cells: tuple[tuple[str, str, float | None, float | None, float | None, float | None], ...]
    """(origin, destination, km, hours, usd, kg_co2e) in the order of the question."""
    version: str = __version__

    @property
    def answered(self) -> bool:
        """Whether any pair has a route."""
        return any(cell[2] is not None for cell in self.cells)

    def indicators(self) -> tuple[Indicator, ...]:
        """Hours, dollars and CO2e of each pair."""
        units = (("hours", "h", 3), ("usd", "USD", 4), ("kg_co2e", "kg", 5))
        return tuple(
            Indicator(name, f"{cell[0]} - {cell[1]}", unit, cell[column], None, None, "D", "lower")  # type: ignore[arg-type]
            for cell in self.cells
            for name, unit, column in units
        )

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON, schema `matrix/1`."""
        names = ("from", "to", *MEASURES)
        return {
            "schema": self.schema,
            "version": self.version,
            "question": self.question.to_dict(),
            "world": self.world.to_dict(),
            "cells": [dict(zip(names, cell, strict=True)) for cell in self.cells],
        }

    def to_frame(self) -> pd.DataFrame:
        """One row for each pair."""
        import pandas as pd

        return pd.DataFrame(self.cells, columns=["from", "to", *MEASURES])

    def __repr__(self) -> str:
        """Counts the pairs."""
        joined = sum(cell[2] is not None for cell in self.cells)
        return f"<MatrixAnswer on {self.world.date}: {len(self.cells)} pairs, {joined} with a route>"


def matrix(
    world: World,
    places: Sequence[str],
    destinations: Sequence[str] = (),
    *,
    objective: Objective = "generalised",
    progress: Callable[[int, int], None] | None = None,
    **shipment: Any,
) -> MatrixAnswer:
    """Kilometres, hours, dollars and CO2e between all pairs of places, as `best_way` gives them.

    That is the first way of `route` but where one of its other ways is better by the rests of drivers; see `best_way`.

    Parameters
    ----------
    places, destinations
        Origins, and destinations when they differ.
    progress
        Called with (pairs done, pairs in all).
    **shipment
        Fields of `Shipment`.

    Examples
    --------
    >>> from landbridge.world import World
    >>> answer = matrix(World.at("2025-06-01"), ["Baku", "Tbilisi"])
    >>> len(answer.cells)
    4
    """
    question = MatrixQuestion(tuple(places), tuple(destinations), Shipment(**shipment), objective)
    return answer_matrix(world, question, progress=progress)


def answer_matrix(
    world: World, question: MatrixQuestion, *, progress: Callable[[int, int], None] | None = None
) -> MatrixAnswer:
    """Answer a `MatrixQuestion` in a world; a place to itself is 0."""
    check_question(world, question)
    cells: list[tuple[str, str, float | None, float | None, float | None, float | None]] = []
    goals = question.destinations or question.places
    total = len(question.places) * len(goals)
    for origin in question.places:
        for destination in goals:
            cells.append(_cell(world, question, origin, destination))
            if progress is not None:
                progress(len(cells), total)
    return MatrixAnswer(question, world.ref(), tuple(cells))


def _same(world: World, origin: str, destination: str) -> bool:
    """Whether two texts mean one spot."""
    from landbridge.world.places import resolve

    if origin == destination:
        return True
    one, other = (resolve(text, world.facts) for text in (origin, destination))
    return (one.lat, one.lon) == (other.lat, other.lon)


def _cell(
    world: World, question: MatrixQuestion, origin: str, destination: str
) -> tuple[str, str, float | None, float | None, float | None, float | None]:
    if _same(world, origin, destination):
        return (origin, destination, 0.0, 0.0, 0.0, 0.0)
    setting = prepare(world, RouteQuestion(origin, destination, question.shipment, question.objective, 1))
    totals = _best_totals(setting, question.objective)
    return (origin, destination, None, None, None, None) if totals is None else (origin, destination, *totals)


def _best_totals(setting: Setting, objective: Objective) -> tuple[float, float, float, float] | None:
    the_plan = setting.plan
    if the_plan.rules.trade_refusals or not setting.begin or not setting.end:
        return None
    variant = Variant(objective, objective)
    begin, end = door_ways(setting, variant)
    found = the_plan.weighted(variant).best(begin, end)
    if found is None:
        return None
    return path_totals(setting, found.arcs, found.ways[0], found.ways[-1])
