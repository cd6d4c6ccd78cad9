"""The answer about a record: status on the day, clauses, meetings, events, figures, borders, ties and votes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from landbridge._version import __version__
from landbridge.answers import Evidence, Indicator, Reliance, WorldRef
from landbridge.politics.cohesion import Agreement
from landbridge.politics.compared import Compared
from landbridge.politics.obligations import Duty
from landbridge.politics.record import Case
from landbridge.politics.record_more import Bargain, Delay, Path, PostYear, Territory
from landbridge.politics.record_parts import Act, Clause, Event, Figure, Meeting, Post, Series, Text, Work
from landbridge.politics.record_question import RecordQuestion
from landbridge.politics.subject import Subject
from landbridge.politics.tension import Tension

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("part", "id", "date", "state", "what", "value", "unit", "grade")


@dataclass(frozen=True, slots=True)
class RecordAnswer:
    """What became of an agreement, a format, an institution, a crisis or a measure, on the day.

    Attributes
    ----------
    status
        Its state on the day: in force, over, not known ...
    nothing
        Why there is nothing to tell: it has not begun; None otherwise.
    votes
        Agreement of its areas in UN votes by year.
    pressure
        Measures in force between its areas, by year.
    comparisons
        What its rows allow to hold against each other: offices, counts before and during, votes with and without a tie.
    tension
        Signs of strain and easing by year, where its areas or those asked for are two.
    effects
        What its blocs and agreements do to freight on the day, as rows.
    """

    schema: ClassVar[str] = "record/1"

    question: RecordQuestion
    world: WorldRef
    subject: Subject
    areas: tuple[str, ...]
    since: str | None
    until: str | None
    status: str
    nothing: str | None
    agreements: tuple[Text, ...]
    clauses: tuple[Clause, ...]
    meetings: tuple[Meeting, ...]
    events: tuple[Event, ...]
    figures: tuple[Figure, ...]
    series: tuple[Series, ...]
    obligations: tuple[Duty, ...]
    crises: tuple[Case, ...]
    measures: tuple[Act, ...]
    pressure: Mapping[int, int]
    posts: tuple[Post, ...]
    works: tuple[Work, ...]
    ties: tuple[Mapping[str, Any], ...]
    effects: tuple[Mapping[str, Any], ...]
    votes: tuple[Agreement, ...]
    territories: tuple[Territory, ...]
    posts_by_year: tuple[PostYear, ...]
    delays: tuple[Delay, ...]
    paths: tuple[Path, ...]
    bargains: tuple[Bargain, ...]
    remarks: tuple[str, ...]
    grade: str
    grade_shares: Mapping[str, float]
    evidence: tuple[Evidence, ...] = field(repr=False)
    comparisons: tuple[Compared, ...] = ()
    tension: Tension | None = None

    @property
    def answered(self) -> bool:
        """False when it has not begun on the day."""
        return self.nothing is None

    def indicators(self) -> tuple[Indicator, ...]:
        """Agreements in force, clauses by state, meetings, posts shut, measures, last figures, votes."""
        name, grade = self.subject.id, self.grade
        found = [
            Indicator("in_force", name, "agreements", _count(self.agreements, "in force"), grade=grade),
            Indicator("meetings", name, "meetings", float(len(self.meetings)), grade=grade),
            Indicator("measures", name, "in force", _count(self.measures, "in force"), grade=grade),
            Indicator("obligations", name, "duties", float(len(self.obligations)), grade=grade),
        ]
        states = dict.fromkeys(one.state for one in self.clauses)
        found += [Indicator(f"clauses:{state}", name, "clauses", _count(self.clauses, state), grade=grade)
                  for state in states]  # fmt: skip
        if self.posts:
            for when in ("before", "now"):
                shut = float(sum(getattr(one, when) == "none" for one in self.posts))
                found.append(Indicator(f"posts_shut:{when}", name, "posts and modes", shut, grade=grade))
        latest = {(one.measure, one.subject, one.by): one for one in self.figures}
        found += [
            Indicator(measure, f"{name} {subject}{f' by {by}' if by else ''}", one.unit, one.value, one.low, one.high,
                      one.grade)
            for (measure, subject, by), one in latest.items()
        ]  # fmt: skip
        found += [
            Indicator(f"compared:{one.kind}", f"{name} {one.subject}", one.unit, one.effect, one.low, one.high, grade)
            for one in self.comparisons
            if one.effect is not None
        ]
        if self.tension is not None and self.tension.years:
            found.append(Indicator("strain", f"{name} {' '.join(self.tension.between)}", "kinds of 7",
                                   float(self.tension.years[-1].index), grade=grade))  # fmt: skip
        if self.votes:
            last = self.votes[-1]
            found.append(Indicator("agreement", name, "share", last.agreement, last.low, last.high, "B"))
        found += [Indicator(f"needed_a_year:{one.id}", name, one.unit, one.per_year, grade=one.grade)
                  for one in self.paths]  # fmt: skip
        found += [
            Indicator(f"seller_share:{one.year}", name, "share", one.share, one.share_low, one.share_high, one.grade)
            for one in self.bargains
            if one.share is not None
        ]
        return tuple(found)

    def reliances(self) -> tuple[Reliance, ...]:
        """Each row that it rests on carries a verdict: what was agreed, carried out, asked for, answered."""
        return tuple(Reliance(one.table, one.id, "verdicts", "rows", 1.0) for one in self.evidence)

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON, schema `record/1`."""
        return {
            "schema": self.schema,
            "version": __version__,
            "question": self.question.to_dict(),
            "world": self.world.to_dict(),
            "record": self.subject.id,
            "table": self.subject.table,
            "date": self.world.date,
            "name": self.subject.name,
            "kind": self.subject.kind,
            "what": self.subject.what,
            "areas": list(self.areas),
            "since": self.since,
            "until": self.until,
            "status": self.status,
            "nothing": self.nothing,
            **{part: [one.to_dict() for one in getattr(self, part)] for part in _PARTS},
            "pressure": {str(year): n for year, n in self.pressure.items()},
            "comparisons": [one.to_dict() for one in self.comparisons],
            "tension": None if self.tension is None else self.tension.to_dict(),
            "ties": [dict(one) for one in self.ties],
            "effects": [dict(one) for one in self.effects],
            "remarks": list(self.remarks),
            "grade": self.grade,
            "grade_shares": dict(self.grade_shares),
            "evidence": [one.to_dict() for one in self.evidence],
        }

    def to_geojson(self) -> dict[str, Any]:
        """A GeoJSON FeatureCollection (RFC 7946) of points: ground of which law and control differ, with both."""
        return {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": [round(one.lon, 4), round(one.lat, 4)]},
                    "properties": {
                        "record": self.subject.id,
                        "date": self.world.date,
                        **{key: value for key, value in one.to_dict().items() if key not in ("lat", "lon", "rows")},
                    },
                }
                for one in self.territories
            ],
        }

    def to_frame(self) -> pd.DataFrame:
        """As a table: one row for each agreement, clause, meeting, event, measure and figure."""
        import pandas as pd

        rows: list[dict[str, Any]] = [
            *({"part": "agreement", "id": one.id, "date": one.signed, "state": one.state, "what": one.title,
               "grade": one.grade} for one in self.agreements),
            *({"part": "clause", "id": one.id, "date": one.done_on, "state": one.state, "what": one.asks,
               "grade": one.grade} for one in self.clauses),
            *({"part": "meeting", "id": one.id, "date": one.date, "state": one.level, "what": one.result,
               "grade": one.grade} for one in self.meetings),
            *({"part": "event", "id": one.id, "date": one.since, "state": one.kind, "what": one.what,
               "grade": one.grade} for one in self.events),
            *({"part": "measure", "id": one.id, "date": one.since, "state": one.state, "what": one.effect,
               "grade": one.grade} for one in self.measures),
            *({"part": "figure", "id": one.id, "date": one.date, "what": f"{one.subject} {one.measure}",
               "value": one.value, "unit": one.unit, "grade": one.grade} for one in self.figures),
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=list(COLUMNS))

    def __repr__(self) -> str:
        """Name, day, status, how much is on record."""
        told = [f"{len(getattr(self, part))} {part}" for part in ("clauses", "meetings", "events", "figures")
                if getattr(self, part)]  # fmt: skip
        return (
            f"RecordAnswer({self.subject.id} on {self.world.date}: {', '.join([self.nothing or self.status, *told])})"
        )


_PARTS = ("agreements", "clauses", "meetings", "events", "figures", "series", "obligations", "crises", "measures",
          "posts", "works", "votes", "territories", "posts_by_year", "delays", "paths", "bargains")  # fmt: skip


def _count(rows: tuple[Any, ...], state: str) -> float:
    return float(sum(one.state == state for one in rows))
