"""Every kind of question, and what answers it: the one table that a new domain adds a row to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from landbridge.answers import Answer, Question
from landbridge.errors import InputError, nearest


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question: where its class and the function (world, question) -> answer are found."""

    module: str
    question: str
    function: str
    counts: bool = False
    """Whether the function tells how far it is, by an argument `progress`."""

    def question_class(self) -> Any:
        """The class of the question."""
        return getattr(import_module(self.module), self.question)

    def answer(
        self, world: Any, question: Question, progress: Callable[[int, int], None] | None = None
    ) -> Answer:
        """Answer a question of this kind."""
        function = getattr(import_module(self.module), self.function)
        answer: Answer = function(world, question, progress=progress) if self.counts else function(world, question)
        return answer


KINDS: Final[Mapping[str, Kind]] = {
    "route": Kind("landbridge.routing", "RouteQuestion", "answer_route"),
    "routes": Kind("landbridge.routing", "RoutesQuestion", "answer_routes", counts=True),
    "matrix": Kind("landbridge.routing", "MatrixQuestion", "answer_matrix", counts=True),
    "compare": Kind("landbridge.studies.compare", "CompareQuestion", "answer_compare", counts=True),
}


def kind_of(name: Any, *, file: str | None = None) -> Kind:
    """The kind with this name.

    Examples
    --------
    >>> kind_of("rout")
    Traceback (most recent call last):
    landbridge.errors.InputError: field kind: unknown kind of question 'rout'; nearest valid: route, routes
    """
    if not isinstance(name, str) or name not in KINDS:
        problem = "a question needs its kind" if name is None else f"unknown kind of question '{name}'"
        raise InputError(problem, file=file, field="kind", nearest=nearest(str(name), KINDS) or tuple(KINDS))
    return KINDS[name]
