"""The answer about a country: all sections of the profile with the rows that they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar

from landbridge._version import __version__
from landbridge.answers import Evidence, Indicator, Reliance, WorldRef
from landbridge.politics.alignment import Part
from landbridge.politics.alignment_years import Stance
from landbridge.routing.answer import RouteAnswer
from landbridge.routing.question import RouteQuestion
from landbridge.studies.country.belonging import Membership, Obligations, Overlap
from landbridge.studies.country.borders import Border, LineTold, counted
from landbridge.studies.country.depends import Dependence
from landbridge.studies.country.losses import Loss
from landbridge.studies.country.question import CountryQuestion
from landbridge.studies.country.record import Crises, Measures
from landbridge.studies.country.rows import Told
from landbridge.studies.country.voting import Votes
from landbridge.studies.country.ways import StandardRoute, best_port, shipment

if TYPE_CHECKING:
    import pandas as pd

    from landbridge.facts import Facts

COLUMNS = ("section", "name", "subject", "unit", "value", "low", "high", "grade", "better")


@dataclass(frozen=True, slots=True)
class Access(Told):
    """Ways to the sea and to partners, and what is lost when a neighbour shuts its border.

    Attributes
    ----------
    start
        Where the routes begin: the largest place of the area.
    closures
        None when not asked for.
    """

    start: str
    teu: float
    ports: tuple[StandardRoute, ...]
    best_port: str | None
    partners: tuple[StandardRoute, ...]
    closures: tuple[Loss, ...] | None


@dataclass(frozen=True, slots=True)
class CountryAnswer:
    """What binds an area, what passes its borders, how it reaches the sea and its partners, on whom it depends.

    Attributes
    ----------
    name, status, de_jure, de_facto, landlocked
        Of the area; who claims a disputed one and who holds it on the day.
    posts_on_ground
        Posts of a de facto entity that the tables have under the state it belongs to de jure.
    alignment, alignment_years
        Where it stands between poles on the day, and stood at the end of each year: part by part.
    scenarios
        What each scenario of the library does to the standard routes; None when not asked for.
    grades
        Shares by grade of each section: of routes by hours and dollars, of the others by rows.
    unknown
        What cannot be told, as codes.
    """

    schema: ClassVar[str] = "country/1"

    question: CountryQuestion
    world: WorldRef
    area: str
    name: str
    status: str
    de_jure: tuple[str, ...]
    de_facto: tuple[str, ...]
    landlocked: bool | None
    memberships: tuple[Membership, ...]
    overlaps: tuple[Overlap, ...]
    obligations: Obligations
    borders: tuple[Border, ...]
    posts_on_ground: tuple[Border, ...]
    lines: tuple[LineTold, ...]
    access: Access
    dependence: Dependence
    measures: Measures
    votes: Votes | None
    alignment: tuple[Part, ...]
    alignment_years: tuple[Stance, ...]
    crises: Crises
    scenarios: tuple[Loss, ...] | None
    unknown: tuple[str, ...]
    grade: str
    grade_shares: Mapping[str, float]
    grades: Mapping[str, Mapping[str, float]]
    evidence: tuple[Evidence, ...] = field(repr=False)
    facts: Facts = field(repr=False, compare=False)

    @property
    def answered(self) -> bool:
        """True: a profile is told of every area, with what is not known of it."""
        return True

    @property
    def routes(self) -> tuple[StandardRoute, ...]:
        """All standard routes: those to partners, then those to ports."""
        return (*self.access.partners, *self.access.ports)

    def reliances(self) -> tuple[Reliance, ...]:
        """Each row that it rests on carries a verdict: what binds, what is open, who depends on whom."""
        rows = (one for one in self.evidence if one.table != "parameters")
        return tuple(Reliance(one.table, one.id, "verdicts", "rows", 1.0) for one in rows)

    def indicators(self) -> tuple[Indicator, ...]:
        """Every number of the profile that two worlds can be compared by."""
        return tuple(one for _, one in self.by_section())

    def by_section(self) -> Iterator[tuple[str, Indicator]]:
        """The numbers with the section that each is in."""
        for section, found in (
            ("memberships", self._bound()),
            ("borders", self._posts()),
            ("access", self._access()),
            ("dependence", self._dependence()),
            ("measures", self._measures()),
            ("votes", self._votes()),
            ("crises", self._crises()),
            ("scenarios", self._scenarios()),
        ):
            for one in found:
                yield section, one

    def _of(self, section: str) -> str:
        from landbridge.answers import grade_of

        shares = self.grades.get(section)
        return grade_of(shares) if shares else "D"

    def _bound(self) -> Iterator[Indicator]:
        blocs = [one for one in self.memberships if one.kind == "bloc" and one.status == "member" and not one.pair_with]
        yield Indicator("blocs", self.area, "blocs", float(len(blocs)), grade=self._of("memberships"))
        owed = self.obligations
        for name, some in (("obligations given", owed.given), ("obligations taken", owed.taken)):
            yield Indicator(name, self.area, "duties", float(len(some)), grade=self._of("obligations"))

    def _posts(self) -> Iterator[Indicator]:
        for border in self.borders:
            for mode, states in sorted(border.counts.items()):
                passing = float(states["open"] + states["limited"])
                yield Indicator(f"{mode} posts that pass freight", f"{self.area} - {border.area}", "posts", passing,
                                grade=self._of("borders"), better="higher")  # fmt: skip
        found = counted(self.borders)
        yield Indicator("posts that pass freight", self.area, "posts", float(found["open"] + found["limited"]),
                        grade=self._of("borders"), better="higher")  # fmt: skip

    def _access(self) -> Iterator[Indicator]:
        sea = best_port(self.access.ports)
        for one, subject in ((sea, "best seaport"), *((one, one.to_area) for one in self.access.partners)):
            told = f"{self.area} - {subject}"
            if one is None or not one.there:
                yield from (Indicator(name, told, unit, None, better="lower") for name, unit in
                            (("hours", "h"), ("usd", "USD")))  # fmt: skip
                continue
            yield Indicator("hours", told, "h", one.hours, one.hours_low, one.hours_high, one.grade, "lower")
            yield Indicator("usd", told, "USD", one.usd, one.usd_low, one.usd_high, one.grade, "lower")
        for loss in self.access.closures or ():
            told = f"{self.area} without {loss.name}"
            yield Indicator("trade without a way", told, "share of trade in boxes", loss.shut_box_share, grade="D",
                            better="lower")  # fmt: skip
            yield Indicator("mean delay", told, "h", loss.mean_delta_hours, grade="D", better="lower")
            yield Indicator("mean extra cost", told, "USD", loss.mean_delta_usd, grade="D", better="lower")

    def _dependence(self) -> Iterator[Indicator]:
        told = self.dependence
        if told.trade is not None:
            for partner in told.trade.partners:
                yield Indicator("share of trade", f"{self.area} - {partner.area}", "share", partner.share,
                                grade=self._of("dependence"))  # fmt: skip
        for kind, some in (("area", told.transit.areas), ("passage", told.transit.passages),
                           ("crossing", told.transit.crossings)):  # fmt: skip
            for one in some:
                yield Indicator(f"trade in boxes through {kind}", f"{self.area} via {one.id}", "share", one.box_share,
                                grade="D")  # fmt: skip
        if told.gas is not None:
            for bought in told.gas.bought:
                yield Indicator("gas bought", f"{self.area} - {bought.origin}", "bcm", bought.bcm,
                                grade=self._of("dependence"))  # fmt: skip
            by_origin: dict[str, float] = {}
            for sale in told.gas.contracts:
                by_origin[sale.origin] = by_origin.get(sale.origin, 0.0) + sale.bcm_y
            for origin, bcm_y in by_origin.items():
                yield Indicator("gas contracted", f"{self.area} - {origin}", "bcm/y", bcm_y,
                                grade=self._of("dependence"))  # fmt: skip
            for origin, share in (told.gas.traced or {}).items():
                yield Indicator("gas by mixing", f"{self.area} - {origin}", "share", share,
                                grade=told.gas.traced_grade or "D")  # fmt: skip

    def _measures(self) -> Iterator[Indicator]:
        told = self.measures
        for name, some in (
            ("measures imposed", told.imposed),
            ("measures of the UN", told.un),
            ("measures borne", told.borne),
        ):
            yield Indicator(name, self.area, "measures", float(len(some)), grade=self._of("measures"))

    def _votes(self) -> Iterator[Indicator]:
        if self.votes is None:
            return
        for one in self.votes.alike:
            yield Indicator("agreement in votes", f"{self.area} - {one.with_}", "share", one.agreement, one.low,
                            one.high, self._of("votes"))  # fmt: skip
        for point in self.votes.ideal_points[-1:]:
            yield Indicator("ideal point", self.area, "standard deviations", point.value, point.low, point.high,
                            self._of("votes"))  # fmt: skip

    def _crises(self) -> Iterator[Indicator]:
        for name, some in (("appeals made", self.crises.made), ("appeals received", self.crises.received)):
            yield Indicator(name, self.area, "crises", float(len(some)), grade=self._of("crises"))

    def _scenarios(self) -> Iterator[Indicator]:
        for loss in self.scenarios or ():
            if not loss.alike:
                told = f"{self.area} in {loss.name}"
                yield Indicator("mean delay", told, "h", loss.mean_delta_hours, grade="D", better="lower")
                yield Indicator("mean extra cost", told, "USD", loss.mean_delta_usd, grade="D", better="lower")

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON, schema `country/1`."""
        facts = self.facts
        return {
            "schema": self.schema,
            "version": __version__,
            "question": self.question.to_dict(),
            "world": self.world.to_dict(),
            "area": self.area,
            "date": self.world.date,
            "name": self.name,
            "status": self.status,
            "de_jure": list(self.de_jure),
            "de_facto": list(self.de_facto),
            "landlocked": self.landlocked,
            "memberships": [one.to_dict(facts) for one in self.memberships],
            "overlaps": [one.to_dict(facts) for one in self.overlaps],
            "obligations": self.obligations.to_dict(facts),
            "borders": [one.to_dict(facts) for one in self.borders],
            "posts_on_ground": [one.to_dict(facts) for one in self.posts_on_ground],
            "lines": [one.to_dict(facts) for one in self.lines],
            "access": self.access.to_dict(facts),
            "dependence": self.dependence.to_dict(facts),
            "measures": self.measures.to_dict(facts),
            "votes": None if self.votes is None else self.votes.to_dict(facts),
            "alignment": [one.to_dict() for one in self.alignment],
            "alignment_years": [one.to_dict() for one in self.alignment_years],
            "crises": self.crises.to_dict(facts),
            "scenarios": self._told_scenarios(),
            "unknown": list(self.unknown),
            "grade": self.grade,
            "grade_shares": dict(self.grade_shares),
            "grades": {name: dict(shares) for name, shares in self.grades.items()},
            "evidence": [one.to_dict() for one in self.evidence],
        }

    def _told_scenarios(self) -> dict[str, Any] | None:
        """Those that change a route, and how many change none."""
        if self.scenarios is None:
            return None
        return {
            "changing": [one.to_dict(self.facts) for one in self.scenarios if not one.alike],
            "no_change": sum(one.alike and not one.note for one in self.scenarios),
            "not_applied": [{"name": one.name, "why": one.note} for one in self.scenarios if one.note],
        }

    def to_frame(self) -> pd.DataFrame:
        """As a table: one row for each number with its section, subject, unit and range."""
        import pandas as pd

        rows = [
            (section, one.name, one.subject, one.unit, one.value, one.low, one.high, one.grade, one.better)
            for section, one in self.by_section()
        ]
        return pd.DataFrame(rows, columns=list(COLUMNS))

    def ways(self) -> RouteAnswer:
        """The standard routes to partners and to the best seaport as ways of one answer, for a map."""
        sea = best_port(self.access.ports)
        some = [*self.access.partners, *((sea,) if sea is not None else ())]
        ways = [(one, one.way) for one in some if one.way is not None]
        start, goal = some[0].ask if some else (self.access.start, "-")
        question = RouteQuestion(start, goal, shipment(self.access.teu))
        ranked = tuple(
            replace(way, rank=rank, label=f"{one.to}: {way.label}") for rank, (one, way) in enumerate(ways, 1)
        )
        return RouteAnswer(question, self.world, ranked)

    def to_geojson(self) -> dict[str, Any]:
        """The standard routes and the border posts as a GeoJSON FeatureCollection (RFC 7946)."""
        lines: list[dict[str, Any]] = self.ways().to_geojson()["features"]
        posts = [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [post.lon, post.lat]},
                "properties": {"crossing": post.id, "name": post.name, "neighbour": border.area, "mode": post.mode,
                               "state": post.state},
            }
            for border in self.borders
            for post in border.posts
        ]  # fmt: skip
        return {"type": "FeatureCollection", "features": [*lines, *posts]}

    def __repr__(self) -> str:
        """Name, day, blocs, borders, the way to the sea, the first partner."""
        blocs = sum(one.kind == "bloc" and one.status == "member" for one in self.memberships)
        passable = sum(one.passable for one in self.borders)
        sea = best_port(self.access.ports)
        to_sea = "no way to the sea" if sea is None else f"{sea.to} in {sea.hours / 24:.1f} d"  # type: ignore[operator]
        trade = self.dependence.trade
        first = ""
        if trade is not None and trade.partners:
            first = f", {100 * trade.partners[0].share:.0f} % of trade with {trade.partners[0].area} ({trade.year})"
        return (
            f"<CountryAnswer {self.area} on {self.world.date}: {blocs} blocs, "
            f"{passable} of {len(self.borders)} land borders pass freight, {to_sea}{first}, grade {self.grade}>"
        )
