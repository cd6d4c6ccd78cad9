"""A profile as a list of things that may differ on another day: each with what names it, what holds, and its facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from landbridge.studies.country.answer import CountryAnswer
from landbridge.studies.country.rows import Evidences

if TYPE_CHECKING:
    from landbridge.studies.country.borders import Border
    from landbridge.studies.country.losses import Loss
    from landbridge.studies.country.ways import StandardRoute

PASSED: Final = ("areas", "passages")
"""Of what routes pass, the kinds that are compared; crossings follow from them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a profile.

    Attributes
    ----------
    section, kind, id
        Which thing it is: the same on every day.
    about
        What names it for a reader.
    value
        What holds on the day.
    compared
        The names in `value` by which it is told whether two days are alike.
    """

    section: str
    kind: str
    id: str
    about: dict[str, Any]
    value: dict[str, Any]
    compared: tuple[str, ...]
    evidence: Evidences

    @property
    def key(self) -> tuple[str, str, str]:
        """What is the same on every day."""
        return self.section, self.kind, self.id


def entries(answer: CountryAnswer, routes: Iterable[StandardRoute]) -> Iterator[Entry]:
    """Everything of a profile that may differ on another day, in the order of its sections.

    Parameters
    ----------
    answer
        The profile of one day.
    routes
        Its standard routes, with those to the goals that only other days have.
    """
    yield from _memberships(answer)
    yield from _obligations(answer)
    for border in answer.borders:
        yield from _posts(border)
    for border in answer.posts_on_ground:
        yield from _posts(border)
    for line in answer.lines:
        about = {"name": line.name, "mode": line.mode}
        value = {"state": line.state, "sure": line.sure, "why": line.why}
        yield Entry("borders", "line", line.id, about, value, ("state",), line.evidence)
    for route in routes:
        yield _route(route)
    for loss in answer.access.closures or ():
        yield _closure(loss)
    yield from _dependence(answer)
    yield from _measures(answer)
    yield from _votes(answer)
    yield from _alignment(answer)
    yield from _crises(answer)


def _memberships(answer: CountryAnswer) -> Iterator[Entry]:
    for one in answer.memberships:
        key = one.id if one.pair_with is None else f"{one.id} {one.pair_with}"
        about = {"id": one.id, "name": one.name, "pair_with": one.pair_with}
        value = {"status": one.status, "state": one.state, "since": one.since}
        yield Entry("memberships", one.kind, key, about, value, ("status", "state"), one.evidence)


def _obligations(answer: CountryAnswer) -> Iterator[Entry]:
    duties = answer.obligations
    taken = {one.id for one in duties.taken}
    given = {one.id for one in duties.given}
    for one in {duty.id: duty for duty in (*duties.taken, *duties.given)}.values():
        way = "both ways" if one.id in given & taken else "owed by it" if one.id in given else "owed to it"
        about = {"article": one.article, "text": one.agreement or one.bloc, "duty": one.kind}
        value = {"direction": way, "with_areas": list(one.with_areas), "frozen": list(one.frozen), "state": one.state}
        yield Entry("obligations", "duty", one.id, about, value, tuple(value), one.evidence)


def _posts(border: Border) -> Iterator[Entry]:
    for post in border.posts:
        about = {"name": post.name, "mode": post.mode, "neighbour": border.area}
        names = ("state", "out", "into", "cargo", "carriers", "sure", "why")
        value = {name: getattr(post, name) for name in names}
        yield Entry("borders", "post", f"{post.id} {post.mode}", about, value, names[:5], post.evidence)


def _route(one: StandardRoute) -> Entry:
    value = {
        "hours": one.hours,
        "usd": one.usd,
        "label": one.label,
        "areas": list(one.areas),
        "no_route": one.no_route,
        "unserved": list(one.unserved),
    }
    about = {"to": one.to, "to_area": one.to_area}
    compared = ("hours", "usd", "label", "areas", "no_route")
    return Entry("access", one.kind, one.ask[1], about, value, compared, one.evidence)


def _closure(one: Loss) -> Entry:
    names = (
        "shut_box_share",
        "mean_delta_hours",
        "mean_delta_usd",
        "mean_delta_generalised_usd",
        "sea_delta_hours",
        "sea_shut",
        "note",
    )
    value = {**{name: getattr(one, name) for name in names}, "touched": len(one.changed)}
    return Entry("access", "closure", one.name, {"area": one.name}, value, (*names, "touched"), one.evidence)


def _dependence(answer: CountryAnswer) -> Iterator[Entry]:
    told = answer.dependence
    value: dict[str, Any]
    if told.trade is not None:
        for partner in told.trade.partners:
            value = {"share": partner.share, "year": told.trade.year}
            about = {"area": partner.area}
            yield Entry("dependence", "trade", partner.area, about, value, ("share",), partner.evidence)
    for name in PASSED:
        for passed in getattr(told.transit, name):
            value = {"box_share": passed.box_share, "routes": passed.routes, "partners": list(passed.partners)}
            about = {"id": passed.id}
            yield Entry("dependence", f"through {name}", passed.id, about, value, ("box_share",), passed.evidence)
    if told.gas is None:
        return
    for bought in told.gas.bought:
        value = {"bcm": bought.bcm, "share": bought.share, "year": told.gas.bought_year}
        about = {"origin": bought.origin}
        yield Entry("dependence", "gas bought", bought.origin, about, value, ("bcm",), bought.evidence)
    for sale in told.gas.contracts:
        about = {"origin": sale.origin, "seller": sale.seller}
        yield Entry("dependence", "gas contract", sale.id, about, {"bcm_y": sale.bcm_y}, ("bcm_y",), sale.evidence)


def _measures(answer: CountryAnswer) -> Iterator[Entry]:
    told = answer.measures
    for kind, some in (("imposed", told.imposed), ("un", told.un), ("borne", told.borne)):
        for one in some:
            about = {"imposers": one.imposers, "targets": one.targets, "kind": one.kind, "what": one.what}
            value = {"since": one.since, "since_precision": one.since_precision, "as_part_of": list(one.as_part_of)}
            yield Entry("measures", kind, one.id, about, value, (), one.evidence)


def _votes(answer: CountryAnswer) -> Iterator[Entry]:
    if answer.votes is None:
        return
    for one in answer.votes.alike:
        if one.kind == "pole":
            value = {"agreement": one.agreement, "low": one.low, "high": one.high, "year": answer.votes.year}
            yield Entry("votes", one.kind, one.with_, {"with": one.with_}, value, ("agreement",), one.evidence)
    for point in answer.votes.ideal_points[-1:]:
        value = {"value": point.value, "low": point.low, "high": point.high, "year": point.year}
        yield Entry("votes", "ideal point", answer.area, {}, value, ("value",), point.evidence)


def _alignment(answer: CountryAnswer) -> Iterator[Entry]:
    for part in answer.alignment:
        if part.name != "votes":
            about = {"part": part.name}
            yield Entry("alignment", "part", part.name, about, part.to_dict(), ("values", "frozen", "missing"), ())


def _crises(answer: CountryAnswer) -> Iterator[Entry]:
    told = answer.crises
    for role in ("made", "received", "named_as_threat", "without_appeal"):
        for one in getattr(told, role):
            about = {"date": one.date, "date_precision": one.date_precision, "appeal_date": one.appeal_date,
                     "appeal_by": list(one.appeal_by), "addressee": one.addressee, "threat": one.threat,
                     "threat_from": one.threat_from}  # fmt: skip
            otherwise = {
                " ".join(read.read_by): read.response for read in one.readings if read.response != one.response
            }
            value = {"response": one.response, "delay_days": one.delay_days, "otherwise": otherwise}
            rows = (*one.evidence, *(row for read in one.readings for row in read.evidence))
            yield Entry("crises", role, one.id, about, value, ("response", "otherwise"), rows)
