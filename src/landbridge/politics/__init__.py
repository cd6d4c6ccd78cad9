"""Alliances: who is bound to whom, what came when it was asked for, how alike members vote, where states stand."""

from landbridge.politics.answer import AllianceAnswer
from landbridge.politics.answering import alliance, answer_alliance
from landbridge.politics.question import AllianceQuestion

__all__ = ["AllianceAnswer", "AllianceQuestion", "alliance", "answer_alliance"]
