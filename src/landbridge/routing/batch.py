"""Many route questions at once, from and to a table."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from landbridge._version import __version__
from landbridge.answers import Indicator, WorldRef
from landbridge.errors import InputError, nearest
from landbridge.routing.answer import RouteAnswer
from landbridge.routing.answering import answer_route
from landbridge.routing.question import RouteQuestion, check_shipment
from landbridge.routing.shipment import Shipment

if TYPE_CHECKING:
    import pandas as pd

    from landbridge.world import World

LISTS = ("modes", "via", "avoid")
NUMBERS = ("teu", "tonnes", "value_usd")
WORDS = ("cargo", "carrier", "service", "hs")
COLUMNS = ("id", "origin", "destination", "on", *WORDS, *LISTS, *NUMBERS)
OUT = (
    "id", "rank", "label", "km", "hours", "hours_p10", "hours_p80", "hours_p90", "hours_low", "hours_high", "usd",
    "usd_low", "usd_high", "generalised_usd", "kg_co2e", "modes", "areas", "crossings", "passages", "grade", "no_route",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RouteRow:
    """One row: its id, its own day if it names one, its question."""

    id: str
    question: RouteQuestion
    on: str | None = None


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
    def from_dict(cls, data: Mapping[str, Any], *, file: str | None = None) -> RoutesQuestion:
        """From plain data, refusing unknown keys."""
        for key in data:
            if key not in {"kind", "rows"}:
                raise InputError("unknown key of a routes question", file=file, field=key)
        rows = []
        for number, item in enumerate(data.get("rows", ()), 1):
            question = RouteQuestion.from_dict(item.get("question", {}), file=file)
            rows.append(RouteRow(str(item.get("id", number)), question, item.get("on")))
        return cls(tuple(rows))


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


def read_rows(path: Path, *, n: int = 5) -> tuple[RouteRow, ...]:
    """Read a CSV of questions with the columns id, origin, destination and any other of `COLUMNS`.

    Several values in a cell are split by ";". All bad rows are named in one message.

    Raises
    ------
    InputError
        If the file cannot be read, a column is unknown or missing, an id comes twice, a value cannot be used.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as reason:
        raise InputError(f"cannot be read ({reason})", file=str(path)) from reason
    reader = csv.DictReader(text.splitlines())
    for column in reader.fieldnames or ():
        if column not in COLUMNS:
            raise InputError("unknown column", file=str(path), line=1, field=column, nearest=nearest(column, COLUMNS))
    for column in ("id", "origin", "destination"):
        if column not in (reader.fieldnames or ()):
            raise InputError("this column is missing", file=str(path), line=1, field=column)
    rows: list[RouteRow] = []
    complaints: list[InputError] = []
    seen: set[str] = set()
    for line, cells in enumerate(reader, 2):
        try:
            row = _row(cells, n, str(path), line)
            if row.id in seen:
                raise InputError(f"the id '{row.id}' comes twice", file=str(path), line=line, field="id")
            seen.add(row.id)
            rows.append(row)
        except InputError as complaint:
            complaints.append(complaint)
    if complaints:
        raise InputError("\n".join(str(item) for item in complaints))
    return tuple(rows)


def _row(cells: Mapping[str, Any], n: int, file: str, line: int) -> RouteRow:
    value = {key: (cells.get(key) or "").strip() for key in COLUMNS}
    for key in ("id", "origin", "destination"):
        if not value[key]:
            raise InputError("this cell must not be empty", file=file, line=line, field=key)
    numbers: dict[str, float] = {}
    for key in NUMBERS:
        if value[key]:
            try:
                numbers[key] = float(value[key])
            except ValueError:
                raise InputError(f"'{value[key]}' is not a number", file=file, line=line, field=key) from None
    lists = {key: tuple(item.strip() for item in value[key].split(";") if item.strip()) for key in LISTS}
    words = {key: value[key] for key in WORDS if value[key]}
    shipment = Shipment(**words, **lists, **numbers)  # type: ignore[arg-type]
    try:
        check_shipment(shipment)
        question = RouteQuestion(value["origin"], value["destination"], shipment, n=n)
    except InputError as complaint:
        raise InputError(
            complaint.problem, file=file, line=line, field=complaint.field, nearest=complaint.nearest
        ) from complaint
    return RouteRow(value["id"], question, value["on"] or None)


def answer_routes(
    world: World, question: RoutesQuestion, *, progress: Callable[[int, int], None] | None = None
) -> RoutesAnswer:
    """Answer all rows, those of one day and shipment class together, and give them back in their order."""
    worlds: dict[str | None, World] = {None: world}
    order = sorted(range(len(question.rows)), key=lambda i: (question.rows[i].on or "", _class(question.rows[i]), i))
    found: dict[int, RouteAnswer] = {}
    for done, i in enumerate(order, 1):
        row = question.rows[i]
        if row.on not in worlds:
            worlds[row.on] = world.on(str(row.on))
        found[i] = answer_route(worlds[row.on], row.question)
        if progress is not None:
            progress(done, len(order))
    return RoutesAnswer(question, world.ref(), tuple(found[i] for i in range(len(question.rows))))


def _class(row: RouteRow) -> str:
    return repr(sorted(row.question.shipment.with_(via=()).to_dict().items()))


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
