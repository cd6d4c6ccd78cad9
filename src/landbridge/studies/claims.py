"""What is claimed of a way, held against what both ways need in a world: kilometres, time or money."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

from landbridge._version import __version__
from landbridge.answers import Evidence, Indicator, WorldRef, grade_of
from landbridge.errors import InputError, gathered, nearest
from landbridge.facts.evidence import evidence, shares_of
from landbridge.files import Where
from landbridge.routing import RouteAnswer, RouteQuestion, answer_route
from landbridge.routing.shipment import Shipment

if TYPE_CHECKING:
    import pandas as pd

    from landbridge.facts import Facts, Row
    from landbridge.routing.answer import Itinerary
    from landbridge.world import World

Verdict = Literal["holds", "cannot tell", "too strong", "the other way round", "no way"]
KEYS: Final = ("kind", "about")
NEAR_POINTS: Final = 5.0
"""A claim holds when what comes out is as strong to so many points of percent."""


@dataclass(frozen=True, slots=True)
class ClaimsQuestion:
    """Ask whether what is claimed of ways holds in a world.

    Parameters
    ----------
    about
        What the claims are about, or the id of one; None asks all.
    """

    kind: ClassVar[str] = "claims"

    about: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """As plain data for YAML or JSON."""
        return {"kind": self.kind, "about": self.about}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], where: Where = Where()) -> ClaimsQuestion:  # noqa: B008
        """From plain data, refusing unknown keys.

        Examples
        --------
        >>> ClaimsQuestion.from_dict({"kind": "claims", "about": "instc"}).about
        'instc'
        """
        wrong = list(where.unknown_keys(data, KEYS, "a claims question"))
        about = data.get("about")
        if about is not None and not isinstance(about, str):
            wrong.append(where.complaint(data, "about", f"{about!r} is not the name of a claim"))
        if wrong:
            raise gathered(wrong)
        return cls(about)


def unknown_names(
    data: Mapping[str, Any], facts: Facts, where: Where, links: Collection[str] = ()
) -> Iterator[InputError]:
    """What a claims question, as plain data, names that the facts do not have."""
    del links
    about = data.get("about")
    known = dict.fromkeys(row[name] for name in ("about", "id") for row in facts.table("claims").rows)
    if isinstance(about, str) and about not in known:
        yield where.complaint(data, "about", f"no claim is about {about!r}", near=nearest(about, known) or tuple(known))


@dataclass(frozen=True, slots=True)
class Held:
    """A claim held against both ways.

    Attributes
    ----------
    origin, destination
        The places between which both ways run.
    claimed_pct
        The change that is claimed [%], below 0 for less.
    way, against
        The value of each way [km, h or USD]; None without one.
    percent, low, high
        The change that comes out, and its ends: the best of one against the worst of the other.
    verdict
        holds; cannot tell, where the claim lies within the ends; too strong, where it is so but by less; the other way
        round; no way, where one of the two is shut.
    why
        What shuts a way; empty else.
    """

    id: str
    about: str
    claim: str
    origin: str
    destination: str
    measure: str
    claimed_pct: float
    way_label: str
    against_label: str
    way: float | None
    against: float | None
    percent: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    why: str
    grade: str

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class ClaimsAnswer:
    """Claims held against a world, each with its verdict."""

    schema: ClassVar[str] = "claims/1"

    question: ClaimsQuestion
    world: WorldRef
    claims: tuple[Held, ...]
    grade: str
    grade_shares: Mapping[str, float]
    evidence: tuple[Evidence, ...] = field(repr=False)

    @property
    def answered(self) -> bool:
        """False when no claim was made by the day."""
        return bool(self.claims)

    def indicators(self) -> tuple[Indicator, ...]:
        """The change that comes out for each claim."""
        return tuple(
            Indicator(f"{one.measure}_change", one.id, "%", one.percent, one.low, one.high, one.grade)
            for one in self.claims
        )

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON, schema `claims/1`."""
        return {
            "schema": self.schema,
            "version": __version__,
            "question": self.question.to_dict(),
            "world": self.world.to_dict(),
            "claims": [one.to_dict() for one in self.claims],
            "grade": self.grade,
            "grade_shares": dict(self.grade_shares),
            "evidence": [one.to_dict() for one in self.evidence],
        }

    def to_frame(self) -> pd.DataFrame:
        """One row for each claim."""
        import pandas as pd

        return pd.DataFrame([one.to_dict() for one in self.claims], columns=list(Held.__slots__))


def claims(world: World, about: str | None = None) -> ClaimsAnswer:
    """Whether what is claimed of ways holds in a world.

    Parameters
    ----------
    world
        The world: both ways are those of its day.
    about
        What the claims are about, or the id of one; None asks all.

    Returns
    -------
    ClaimsAnswer
        For each claim both ways, the change that comes out [%] with its ends, and a verdict.

    Raises
    ------
    InputError
        If no claim is about that.

    Examples
    --------
    >>> from landbridge.world import World
    >>> [one.verdict for one in claims(World.at("2023-06-01"), "instc-shorter-2018").claims]
    ['too strong']
    """
    return answer_claims(world, ClaimsQuestion(about))


def answer_claims(world: World, question: ClaimsQuestion) -> ClaimsAnswer:
    """Answer a question on claims in a world; a claim is held against days before it was made too."""
    wrong = list(unknown_names(question.to_dict(), world.facts, Where()))
    if wrong:
        raise gathered(wrong)
    rows = [row for row in world.facts.table("claims").rows if question.about in (None, row["about"], row["id"])]
    asked: dict[RouteQuestion, RouteAnswer] = {}
    held, cited = [], {}
    for row in rows:
        one, said = _held(world, row, asked)
        held.append(one)
        cited.update({(item.table, item.id): item for item in said})
    shares = shares_of(cited.values())
    return ClaimsAnswer(question, world.ref(), tuple(held), grade_of(shares), shares, tuple(cited.values()))


def _held(world: World, row: Row, asked: dict[RouteQuestion, RouteAnswer]) -> tuple[Held, tuple[Evidence, ...]]:
    found: list[Itinerary | None] = []
    why = ""
    for side in ("", "against_"):
        shipment = Shipment(via=row[f"{side}via"] or (), modes=row[f"{side}modes"] or ())
        question = RouteQuestion(row["origin"], row["destination"], shipment, n=1)
        if question not in asked:
            asked[question] = answer_route(world, question, with_avoided=False)
        answer = asked[question]
        found.append(answer.routes[0] if answer.routes else None)
        if answer.no_route is not None:
            why = why or answer.no_route.reason
    way, against = found
    said = (evidence(world.facts, "claims", row["id"]), *(item for one in found if one is not None
                                                         for item in one.evidence))  # fmt: skip
    values = [None if one is None else getattr(one, row["measure"]) for one in found]
    percent = low = high = None
    if way is not None and against is not None:
        percent = _change(getattr(way, row["measure"]), getattr(against, row["measure"]))
        low = _change(_end(way, row["measure"], "low"), _end(against, row["measure"], "high"))
        high = _change(_end(way, row["measure"], "high"), _end(against, row["measure"], "low"))
    return Held(
        id=row["id"],
        about=row["about"],
        claim=row["claim"],
        origin=row["origin"],
        destination=row["destination"],
        measure=row["measure"],
        claimed_pct=row["percent"],
        way_label="" if way is None else way.label,
        against_label="" if against is None else against.label,
        way=values[0],
        against=values[1],
        percent=percent,
        low=low,
        high=high,
        verdict=verdict(row["percent"], percent, low, high),
        why=why,
        grade=max([row["grade"], *(one.grade for one in found if one is not None)]),
    ), said


def _end(way: Itinerary, measure: str, which: str) -> float:
    """An end of the range of a value; a length has none."""
    value: float = getattr(way, measure if measure == "km" else f"{measure}_{which}")
    return value


def _change(value: float, against: float) -> float:
    return 100.0 * (value / against - 1.0)


def verdict(claimed: float, percent: float | None, low: float | None, high: float | None) -> Verdict:
    """What becomes of a claimed change [%].

    Examples
    --------
    >>> verdict(-30.0, -35.0, -50.0, -10.0), verdict(-30.0, -12.0, -20.0, -5.0), verdict(-30.0, 8.0, -5.0, 20.0)
    ('holds', 'too strong', 'the other way round')
    >>> verdict(-30.0, -12.0, -40.0, 10.0), verdict(-30.0, None, None, None)
    ('cannot tell', 'no way')
    """
    if percent is None or low is None or high is None:
        return "no way"
    sign = 1.0 if claimed >= 0 else -1.0
    if sign * percent >= sign * claimed - NEAR_POINTS:
        return "holds"
    if low <= claimed <= high:
        return "cannot tell"
    return "too strong" if sign * percent > 0 else "the other way round"
