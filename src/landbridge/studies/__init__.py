"""Over all questions: ask any of them, ask again, compare two worlds."""

from landbridge.studies.ask import Asked, Difference, Rerun, ask, differences, read_asked, rerun, to_question
from landbridge.studies.compare import Change, CompareAnswer, CompareQuestion, changes, compare, default_question
from landbridge.studies.kinds import KINDS, Kind, kind_of
from landbridge.studies.many import routes, routes_table

__all__ = [
    "KINDS",
    "Asked",
    "Change",
    "CompareAnswer",
    "CompareQuestion",
    "Difference",
    "Kind",
    "Rerun",
    "ask",
    "changes",
    "compare",
    "default_question",
    "differences",
    "kind_of",
    "read_asked",
    "rerun",
    "routes",
    "routes_table",
    "to_question",
]
