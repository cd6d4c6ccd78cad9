"""What a check says about a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["error", "doubt"]


@dataclass(frozen=True, slots=True, order=True)
class Complaint:
    """One thing that is wrong (`error`) or not sure (`doubt`) in the facts, with what to do about it.

    `file` and `line` are given where the row was laid over by a user.
    """

    severity: Severity
    check: str
    table: str
    id: str
    field: str
    problem: str
    remedy: str
    file: str = ""
    line: int | None = None

    def __str__(self) -> str:
        """As one line."""
        place = f"{self.file}, line {self.line}" if self.line is not None else self.table
        where = ", ".join(part for part in (place, self.id, self.field) if part)
        return f"{self.severity}: {where}: {self.problem}; {self.remedy}"

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}
