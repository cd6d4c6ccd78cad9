"""Every kind of question, and what answers it: the one table that a new domain adds a row to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from landbridge.answers import Answer, Question
from landbridge.errors import InputError, nearest
from landbridge.files import Where


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question: where its class, what answers it and what checks it are found."""

    module: str
    question: str
    function: str
    """Name of the function (world, question) -> answer."""
    names: str
    """Module and name of the function (data, facts, where, links) -> complaints about what the facts do not have."""
    counts: bool = False
    """Whether the function tells how far it is, by an argument `progress`."""

    def question_class(self) -> Any:
        """The class of the question."""
        return getattr(import_module(self.module), self.question)

    def unknown_names(
        self, data: Mapping[str, Any], facts: Any, where: Where, links: Collection[str] = ()
    ) -> Iterable[InputError]:
        """What a question of this kind, as plain data, names that the facts do not have."""
        module, _, name = self.names.rpartition(".")
        found: Iterable[InputError] = getattr(import_module(module), name)(data, facts, where, links)
        return found

    def answer(self, world: Any, question: Question, progress: Callable[[int, int], None] | None = None) -> Answer:
        """Answer a question of this kind."""
        function = getattr(import_module(self.module), self.function)
        answer: Answer = function(world, question, progress=progress) if self.counts else function(world, question)
        return answer


_ROUTING = "landbridge.routing"
_CLAIMS = "landbridge.studies.claims"
_COMPARE = "landbridge.studies.compare"
_OIL = "landbridge.energy.oil"
_ENERGY = "landbridge.energy"
_POLITICS = "landbridge.politics"
_COUNTRY = "landbridge.studies.country"
KINDS: Final[Mapping[str, Kind]] = {
    "route": Kind(_ROUTING, "RouteQuestion", "answer_route", f"{_ROUTING}.checking.unknown_names"),
    "routes": Kind(_ROUTING, "RoutesQuestion", "answer_routes", f"{_ROUTING}.batch.unknown_row_names", counts=True),
    "matrix": Kind(_ROUTING, "MatrixQuestion", "answer_matrix", f"{_ROUTING}.checking.unknown_names", counts=True),
    "gas": Kind(_ENERGY, "GasQuestion", "answer_gas", f"{_ENERGY}.question.unknown_names"),
    "oil": Kind(_OIL, "OilQuestion", "answer_oil", "landbridge.energy.oil_question.unknown_names"),
    "supply": Kind(
        f"{_ENERGY}.supplied", "SupplyQuestion", "answer_supply", f"{_ENERGY}.supplied_question.unknown_names"
    ),
    "alliance": Kind(_POLITICS, "AllianceQuestion", "answer_alliance", f"{_POLITICS}.question.unknown_names"),
    "country": Kind(_COUNTRY, "CountryQuestion", "answer_country", f"{_COUNTRY}.question.unknown_names", counts=True),
    "record": Kind(
        f"{_POLITICS}.recording", "RecordQuestion", "answer_record", f"{_POLITICS}.record_question.unknown_names"
    ),
    "claims": Kind(_CLAIMS, "ClaimsQuestion", "answer_claims", f"{_CLAIMS}.unknown_names"),
    "compare": Kind(_COMPARE, "CompareQuestion", "answer_compare", f"{_COMPARE}.unknown_names", counts=True),
}


def kind_of(data: Mapping[str, Any], where: Where = Where()) -> Kind:  # noqa: B008
    """The kind of a question in plain data.

    Examples
    --------
    >>> kind_of({"kind": "rout"})
    Traceback (most recent call last):
    landbridge.errors.InputError: field kind: unknown kind of question 'rout'; nearest valid: route, routes
    """
    name = data.get("kind")
    if not isinstance(name, str) or name not in KINDS:
        problem = "a question needs its kind" if name is None else f"unknown kind of question {str(name)!r}"
        raise where.complaint(data, "kind", problem, near=nearest(str(name), KINDS) or tuple(KINDS))
    return KINDS[name]
