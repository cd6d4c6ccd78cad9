"""The protocol of questions and answers; nothing here knows any domain."""

from landbridge.answers.grades import GRADES, grade_of, grade_shares
from landbridge.answers.protocol import Answer, Evidence, Indicator, Question, Reason, Reliance, Relying, WorldRef

__all__ = [
    "GRADES",
    "Answer",
    "Evidence",
    "Indicator",
    "Question",
    "Reason",
    "Reliance",
    "Relying",
    "WorldRef",
    "grade_of",
    "grade_shares",
]
