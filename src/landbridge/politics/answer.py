"""The answer about an alliance: members, obligations, record, cohesion, forecast, where its members stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from landbridge._version import __version__
from landbridge.answers import Evidence, Indicator, Reliance, WorldRef
from landbridge.politics.alignment import Part
from landbridge.politics.camps import Camps
from landbridge.politics.cohesion import Cohesion
from landbridge.politics.field import Field
from landbridge.politics.forecast import Expected, Score
from landbridge.politics.freight import FreightEffect
from landbridge.politics.grouping import Grouping
from landbridge.politics.membership import BOUND, Overlap, Standing
from landbridge.politics.obligations import Conflict, Duty
from landbridge.politics.question import AllianceQuestion
from landbridge.politics.record import Case

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("area", "status", "since", "pair_with", "by_scenario", "grade")


@dataclass(frozen=True, slots=True)
class Delay:
    """Days from appeal to response of the counted cases whose days are known."""

    response: str
    n: int
    median_days: float
    least_days: int
    most_days: int

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class AllianceAnswer:
    """Who is bound to whom, what came when it was asked for, and what to expect.

    Attributes
    ----------
    nobody
        Why there is no answer: nobody is bound on the day; None otherwise.
    uses
        Counted appeals by the article invoked.
    forecast
        By kind of threat and response; empty where no help is owed and none was asked for.
    alignment
        By area that is bound, part by part.
    camps
        Camps of all states by votes and by ties, where it was asked for; None otherwise.
    based
        Whether a base of the one asked on the soil of the one that asks belongs to the model of responses; None where
        nothing is foretold.
    freight
        What it does to duties, borders, papers, permits and visas; each row has its own grade, outside `grade_shares`.
    """

    schema: ClassVar[str] = "alliance/1"

    question: AllianceQuestion
    world: WorldRef
    grouping: Grouping
    nobody: str | None
    members: tuple[Standing, ...]
    overlaps: tuple[Overlap, ...]
    obligations: tuple[Duty, ...]
    conflicts: tuple[Conflict, ...]
    record: tuple[Case, ...]
    uses: Mapping[str, int]
    delays: tuple[Delay, ...]
    cohesion: Cohesion | None
    forecast: tuple[Expected, ...]
    score: Score | None
    alignment: Mapping[str, tuple[Part, ...]]
    ties: tuple[Mapping[str, Any], ...]
    remarks: tuple[str, ...]
    grade: str
    grade_shares: Mapping[str, float]
    evidence: tuple[Evidence, ...] = field(repr=False)
    history: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    freight: tuple[FreightEffect, ...] = ()
    camps: tuple[Camps, ...] | None = None
    based: Field | None = None

    @property
    def answered(self) -> bool:
        """False when nobody is bound on the day."""
        return self.nobody is None

    @property
    def bound(self) -> tuple[str, ...]:
        """Areas that the texts bind on the day."""
        return tuple(dict.fromkeys(one.area for one in self.members if one.status in BOUND and not one.pair_with))

    def indicators(self) -> tuple[Indicator, ...]:
        """Members, obligations, appeals, agreement in votes, probability of each response by kind of threat."""
        name = self.grouping.id
        full = [one for one in self.members if one.status in ("member", "party") and not one.pair_with]
        counted = [one for one in self.record if one.counted]
        came = sum(one.response == "deployed" for one in counted)
        found = [
            Indicator("members", name, "areas", float(len(full)), grade=self.grade),
            Indicator("bound", name, "areas", float(len(self.bound)), grade=self.grade),
            Indicator("obligations", name, "duties", float(len(self.obligations)), grade=self.grade),
            Indicator("appeals", name, "counted", float(len(counted)), grade=self.grade),
            Indicator("deployments", name, "counted", float(came), grade=self.grade),
        ]
        if self.cohesion is not None:
            now = self.cohesion.now
            found.append(Indicator("agreement", name, "share", now.agreement, now.low, now.high, self.grade))
        found += [
            Indicator(f"response:{one.response}", f"{name} {one.threat}", "probability", one.p, one.low, one.high, "C")
            for one in self.forecast
        ]
        return tuple(found)

    def reliances(self) -> tuple[Reliance, ...]:
        """Each row that it rests on carries a verdict: who belongs, what is owed, what came."""
        return tuple(Reliance(one.table, one.id, "verdicts", "rows", 1.0) for one in self.evidence)

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON, schema `alliance/1`."""
        group = self.grouping
        return {
            "schema": self.schema,
            "version": __version__,
            "question": self.question.to_dict(),
            "world": self.world.to_dict(),
            "bloc": group.id,
            "date": self.world.date,
            "kind": group.kind,
            "name": group.name,
            "form": group.form,
            "nobody": self.nobody,
            "members": [one.to_dict() for one in self.members],
            "obligations": [one.to_dict() for one in self.obligations],
            "record": [one.to_dict() for one in self.record],
            "cohesion": None if self.cohesion is None else self.cohesion.to_dict(),
            "forecast": [one.to_dict() for one in self.forecast],
            "forecast_score": None if self.score is None else self.score.to_dict(),
            "forecast_field": None if self.based is None else self.based.to_dict(),
            "uses": dict(self.uses),
            "delays": [one.to_dict() for one in self.delays],
            "conflicts": [one.to_dict() for one in self.conflicts],
            "overlaps": [one.to_dict() for one in self.overlaps],
            "alignment": {area: [part.to_dict() for part in parts] for area, parts in self.alignment.items()},
            "ties": [dict(one) for one in self.ties],
            "freight": [one.to_dict() for one in self.freight],
            "camps": None if self.camps is None else [one.to_dict() for one in self.camps],
            "history": [dict(one) for one in self.history],
            "remarks": list(self.remarks),
            "grade": self.grade,
            "grade_shares": dict(self.grade_shares),
            "evidence": [one.to_dict() for one in self.evidence],
        }

    def to_frame(self) -> pd.DataFrame:
        """As a table: one row for each area and its standing."""
        import pandas as pd

        return pd.DataFrame([one.to_dict() for one in self.members], columns=list(COLUMNS))

    def __repr__(self) -> str:
        """Name, day, members, appeals, agreement."""
        if self.nobody is not None:
            return f"AllianceAnswer({self.grouping.id} on {self.world.date}: {self.nobody})"
        counted = [one for one in self.record if one.counted]
        came = sum(one.response == "deployed" for one in counted)
        alike = "" if self.cohesion is None else f", {100 * self.cohesion.now.agreement:.0f} % alike in votes"
        return (
            f"AllianceAnswer({self.grouping.id} on {self.world.date}: {len(self.bound)} bound, "
            f"{len(self.obligations)} obligations, {len(counted)} appeals, {came} deployed{alike})"
        )
