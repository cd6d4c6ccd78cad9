"""Many route questions at once, from and to a table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from landbridge._version import __version__
from landbridge.answers import Indicator, WorldRef
from landbridge.errors import InputError
from landbridge.files import Where, read_table
from landbridge.routing.answer import RouteAnswer
from landbridge.routing.answering import answer_route
from landbridge.routing.checking import invented, unknown_names
from landbridge.routing.forms import LISTS, NUMBERS, WORDS, refuse, route_form, text_form
from landbridge.routing.question import RouteQuestion

if TYPE_CHECKING:
    import pandas as pd

    from landbridge.facts import Facts
    from landbridge.world import World

NEEDED = ("id", "origin", "destination")
ENDS = {"from": "origin", "to": "destination"}
"""What a table calls the keys of a question."""
COLUMNS = (*NEEDED, "on", *WORDS, *LISTS, *NUMBERS)
OUT = (
    "id", "rank", "label", "km", "hours", "hours_p10", "hours_p80", "hours_p90", "hours_low", "hours_high", "usd",
    "usd_low", "usd_high", "generalised_usd", "kg_co2e", "modes", "areas", "crossings", "passages", "grade", "no_route",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RouteRow:
    """One row: its id, its own day if it names one, its question, and where it was written."""

    id: str
    question: RouteQuestion
    on: str | None = None
    where: Where = field(default_factory=Where, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class RoutesQuestion:
    """Ask many route questions at once."""

    kind: ClassVar[str] = "routes"

    rows: tuple[RouteRow, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain data for YAML or JSON."""
        return {
            "kind": self.kind,
            "rows": [{"id": row.id, "on": row.on, "question": row.question.to_dict()} for row in self.rows],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], where: Where = Where()) -> RoutesQuestion:  # noqa: B008
        """From plain data, refusing unknown keys and values of a wrong kind, all of them in one message."""
        refuse(routes_form(data, where))
        inside = where.inside(data, "rows")
        rows = []
        for number, item in enumerate(data["rows"]):
            here = inside.inside(data["rows"], number)
            question = RouteQuestion.from_dict(item["question"])
            on = None if item.get("on") is None else str(item["on"])
            rows.append(RouteRow(str(item.get("id", number + 1)), question, on, here.inside(item, "question")))
        return cls(tuple(rows))


def routes_form(data: Mapping[str, Any], where: Where) -> Iterator[InputError]:
    """What is wrong with the form of a question of many routes."""
    yield from where.unknown_keys(data, ("kind", "rows"), "a routes question")
    rows = data.get("rows")
    if not isinstance(rows, list | tuple) or not rows:
        yield where.complaint(data, "rows", "a routes question needs a list of rows, each with id and question")
        return
    inside = where.inside(data, "rows")
    seen: set[str] = set()
    for number, item in enumerate(rows):
        here = inside.inside(rows, number)
        if not isinstance(item, Mapping) or not isinstance(item.get("question"), Mapping):
            yield inside.complaint(rows, number, "a row needs a question, a mapping with from and to")
            continue
        yield from here.unknown_keys(item, ("id", "on", "question"), "a row of a routes question")
        name = str(item.get("id", number + 1))
        if name in seen:
            yield here.complaint(item, "id", f"the id '{name}' comes twice")
        seen.add(name)
        if item.get("on") is not None:
            yield from text_form(item, "on", item["on"], here)
        yield from route_form(item["question"], here.inside(item, "question"))


@dataclass(frozen=True, slots=True)
class RoutesAnswer:
    """The answers to a `RoutesQuestion`, in its order."""

    schema: ClassVar[str] = "routes/1"

    question: RoutesQuestion
    world: WorldRef
    answers: tuple[RouteAnswer, ...]
    version: str = __version__

    @property
    def answered(self) -> bool:
        """Whether any row has a route."""
        return any(answer.answered for answer in self.answers)

    def indicators(self) -> tuple[Indicator, ...]:
        """Those of all rows, each under its id."""
        return tuple(
            Indicator(item.name, f"{row.id}: {item.subject}", item.unit, item.value, item.low, item.high, item.grade,
                      item.better)
            for row, answer in zip(self.question.rows, self.answers, strict=True)
            for item in answer.indicators()
        )  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON, schema `routes/1`."""
        return {
            "schema": self.schema,
            "version": self.version,
            "question": self.question.to_dict(),
            "world": self.world.to_dict(),
            "answers": [answer.to_dict() for answer in self.answers],
        }

    def rows(self) -> Iterator[dict[str, Any]]:
        """One row for each id and rank; rank 0 with the reason where there is no route."""
        for row, answer in zip(self.question.rows, self.answers, strict=True):
            yield from out_rows(row.id, answer)

    def to_frame(self) -> pd.DataFrame:
        """One row for each id and rank."""
        import pandas as pd

        return pd.DataFrame(list(self.rows()), columns=list(OUT))

    def __repr__(self) -> str:
        """Counts the rows."""
        joined = sum(answer.answered for answer in self.answers)
        return f"<RoutesAnswer on {self.world.date}: {len(self.answers)} questions, {joined} with a route>"


def unknown_row_names(
    data: Mapping[str, Any], facts: Facts, where: Where, links: Collection[str] = ()
) -> Iterator[InputError]:
    """What the rows of a routes question, as plain data, name that is not in the facts."""
    rows = data.get("rows")
    inside = where.inside(data, "rows")
    for number, item in enumerate(rows if isinstance(rows, list | tuple) else ()):
        if isinstance(item, Mapping) and isinstance(item.get("question"), Mapping):
            here = inside.inside(rows, number)
            yield from _wrong_day(facts, item.get("on"), here, item)
            yield from unknown_names(item["question"], facts, here.inside(item, "question"), links)


def read_rows(path: Path, *, n: int = 5, world: World | None = None) -> tuple[RouteRow, ...]:
    """Read a CSV of questions with the columns id, origin, destination and any other of `COLUMNS`.

    Several values in a cell are split by ";". All bad rows are named in one message.

    Parameters
    ----------
    path
        The file.
    n
        How many alternatives at most for each row.
    world
        The world whose facts must have what the rows name; None reads the form of the rows alone.

    Raises
    ------
    InputError
        If the file cannot be read, a column is unknown or missing, an id comes twice, a value cannot be used.
    """
    rows = [
        (_data(cells, n), cells.get("on"), Where(str(path), line, names=ENDS))
        for line, cells in read_table(path, COLUMNS, NEEDED)
    ]
    return read_data(rows, world)


def read_data(rows: Iterable[tuple[Mapping[str, Any], Any, Where]], world: World | None = None) -> tuple[RouteRow, ...]:
    """Rows from plain data: a route question with its `id`, the day, where it was written."""
    found: list[RouteRow] = []
    wrong: list[InputError] = []
    seen: set[str] = set()
    for data, on, where in rows:
        asked = {key: value for key, value in data.items() if key != "id"}
        row_id = "" if data.get("id") is None else str(data["id"])
        here = list(_row_form(data, row_id, asked, on, where, seen))
        seen.add(row_id)
        if world is not None:
            here += unknown_names(asked, world.facts, where, invented(world))
            here += _wrong_day(world.facts, on, where)
        wrong += here
        if not here:
            found.append(RouteRow(row_id, RouteQuestion.from_dict(asked), None if on is None else str(on), where))
    refuse(wrong)
    return tuple(found)


def _wrong_day(facts: Facts, on: Any, where: Where, data: Any = None) -> Iterator[InputError]:
    """Whether the facts do not cover the day of a row."""
    from landbridge.world import World

    if isinstance(on, str) and on.strip():
        try:
            World.at(on, facts)
        except InputError as error:
            yield where.at(error, data, "on")


def _row_form(
    data: Mapping[str, Any], row_id: str, asked: Mapping[str, Any], on: Any, where: Where, seen: set[str]
) -> Iterator[InputError]:
    if not row_id:
        yield where.complaint(data, "id", "this cell must not be empty")
    elif row_id in seen:
        yield where.complaint(data, "id", f"the id '{row_id}' comes twice")
    for key in ENDS:
        if not asked.get(key):
            yield where.complaint(data, key, "this cell must not be empty")
    if on is not None:
        yield from text_form({"on": on}, "on", on, where)
    filled = {key: value for key, value in asked.items() if key not in ENDS or value}
    yield from route_form({**dict.fromkeys(ENDS, "?"), **filled}, where)


def _data(cells: Mapping[str, str], n: int) -> dict[str, Any]:
    """The cells of a row as a question in plain data."""
    data: dict[str, Any] = {"id": cells.get("id"), "n": n}
    data |= {key: cells.get(column) for key, column in ENDS.items()}
    data |= {key: cells[key] for key in WORDS if key in cells}
    data |= {key: _number(cells[key]) for key in NUMBERS if key in cells}
    data |= {key: [item.strip() for item in cells[key].split(";") if item.strip()] for key in LISTS if key in cells}
    return data


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def answer_routes(
    world: World, question: RoutesQuestion, *, progress: Callable[[int, int], None] | None = None
) -> RoutesAnswer:
    """Answer all rows, those of one day, shipment class and lane together, and give them back in their order.

    What several rows ask alike is answered once.
    """
    worlds = checked_worlds(world, question)
    order = in_order(world, question)
    found: dict[tuple[str | None, RouteQuestion], RouteAnswer] = {}
    for done, i in enumerate(order, 1):
        row = question.rows[i]
        if (row.on, row.question) not in found:
            found[row.on, row.question] = answer_route(worlds[row.on], row.question, with_avoided=False)
        if progress is not None:
            progress(done, len(order))
    return RoutesAnswer(question, world.ref(), tuple(found[row.on, row.question] for row in question.rows))


def checked_worlds(world: World, question: RoutesQuestion) -> dict[str | None, World]:
    """The world of each day that rows name; what is wrong with any row is told in one message."""
    worlds, wrong = _worlds(world, question)
    for row in question.rows:
        wrong += unknown_names(row.question.to_dict(), world.facts, row.where, invented(worlds.get(row.on)))
    refuse(wrong)
    return worlds


def in_order(world: World, question: RoutesQuestion) -> list[int]:
    """The numbers of the rows, those of one day, shipment class, lane and origin together."""

    def key(i: int) -> tuple[Any, ...]:
        row = question.rows[i]
        return *kin(world, row), row.question.origin, i

    return sorted(range(len(question.rows)), key=key)


def kin(world: World, row: RouteRow) -> tuple[str, str, tuple[str, str]]:
    """The day, shipment class and lane of a row: those that have them in common share their weightings."""
    return row.on or "", _class(row), _lane(world, row)


def _worlds(world: World, question: RoutesQuestion) -> tuple[dict[str | None, World], list[InputError]]:
    """The world of each day that rows name, and what is wrong with those days."""
    worlds: dict[str | None, World] = {None: world}
    wrong: list[InputError] = []
    for row in question.rows:
        outer = replace(row.where, path=row.where.path.removesuffix("question").rstrip("."))
        complaints = list(_wrong_day(world.facts, row.on, outer))
        wrong += complaints
        if not complaints and row.on not in worlds:
            worlds[row.on] = world.on(str(row.on))
    return worlds, wrong


def _class(row: RouteRow) -> str:
    return repr(sorted(row.question.shipment.with_(via=()).to_dict().items()))


def _lane(world: World, row: RouteRow) -> tuple[str, str]:
    """The areas of the two ends, which decide what binds the shipment: rows of one lane share a weighting."""
    from landbridge.world.places import resolve

    start, goal = (
        resolve(text, world.facts, world).area or "" for text in (row.question.origin, row.question.destination)
    )
    return start, goal


def out_rows(row_id: str, answer: RouteAnswer) -> Sequence[dict[str, Any]]:
    """An answer as rows of the output table."""
    if not answer.routes:
        reason = answer.no_route.reason if answer.no_route else ""
        return [{**dict.fromkeys(OUT), "id": row_id, "rank": 0, "no_route": reason}]
    return [
        {
            **{name: getattr(route, name, None) for name in OUT},
            "id": row_id,
            "modes": ";".join(route.modes),
            "areas": ";".join(route.areas),
            "crossings": ";".join(item[0] for item in route.crossings),
            "passages": ";".join(item[0] for item in route.passages),
            "no_route": None,
        }
        for route in answer.routes
    ]
