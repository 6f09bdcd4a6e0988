"""The verbs of memory. Each checks its own permission, runs in one transaction and may be repeated."""

from house.memory.actions.consenting import ask_again, give_consent, refuse_consent
from house.memory.actions.offering import offer, withdraw_offer
from house.memory.actions.questions import keep_question
from house.memory.actions.settling import close_unanswered, let_go_of, mark_published

__all__ = [
    "ask_again",
    "close_unanswered",
    "give_consent",
    "keep_question",
    "let_go_of",
    "mark_published",
    "offer",
    "refuse_consent",
    "withdraw_offer",
]
