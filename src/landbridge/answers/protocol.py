"""What every question and every answer has, so that comparing, sampling and printing are written once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    import pandas as pd

Better = Literal["lower", "higher", "neither"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact that an answer rests on: the row of a table, its grade, its source."""

    table: str
    id: str
    grade: str
    source: str = ""
    url: str = ""
    note: str = ""

    def to_dict(self) -> dict[str, str]:
        """As plain data for JSON."""
        return {
            "table": self.table,
            "id": self.id,
            "grade": self.grade,
            "source": self.source,
            "url": self.url,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number of an answer with its range; `studies` compares answers through these alone."""

    name: str
    subject: str
    unit: str
    value: float | None
    low: float | None = None
    high: float | None = None
    grade: str = "D"
    better: Better = "neither"


@dataclass(frozen=True, slots=True)
class Reliance:
    """How much of an answer rests on a row of the facts: an amount of one of its indicators, with the unit of that.

    What the indicators of an answer share a unit for (hours of a route, gas of a balance) may be added up over answers.
    """

    table: str
    id: str
    name: str
    unit: str
    amount: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one alternative differs from another, as data: `report` puts it into words."""

    factor: str
    against: int | str
    delta: float
    unit: str

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {"factor": self.factor, "against": self.against, "delta": self.delta, "unit": self.unit}


@dataclass(frozen=True, slots=True)
class WorldRef:
    """Which world an answer was computed in."""

    date: str
    id: str
    facts_id: str
    scenarios: tuple[str, ...] = ()
    banners: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "date": self.date,
            "id": self.id,
            "facts_id": self.facts_id,
            "scenarios": list(self.scenarios),
            "banners": list(self.banners),
        }


@runtime_checkable
class Question(Protocol):
    """A frozen, serialisable question."""

    kind: ClassVar[str]

    def to_dict(self) -> dict[str, Any]:
        """As plain data for YAML or JSON, with its kind."""
        ...


@runtime_checkable
class Answer(Protocol):
    """A typed answer that carries its question, its world and its evidence."""

    schema: ClassVar[str]

    @property
    def answered(self) -> bool:
        """False when the answer is a "no" with its reasons (exit code 1)."""
        ...

    def indicators(self) -> tuple[Indicator, ...]:
        """The numbers that two answers of this kind can be compared by."""
        ...

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        ...

    def to_frame(self) -> pd.DataFrame:
        """As a table."""
        ...


@runtime_checkable
class Relying(Protocol):
    """An answer that tells how much of it rests on each row."""

    def reliances(self) -> tuple[Reliance, ...]:
        """One for each row and indicator; those of an indicator add up to its value."""
        ...


def plain(value: Any) -> Any:
    """Turn mappings and tuples into what JSON knows; keep everything else as it is.

    Examples
    --------
    >>> plain({"a": (1, 2)})
    {'a': [1, 2]}
    """
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return [plain(item) for item in items]
    return value
