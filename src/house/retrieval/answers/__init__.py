"""Answers that can be checked. The door is `answer(question, viewer=…) -> Answer`."""

from house.retrieval.answers.compose import answer
from house.retrieval.answers.shapes import Answer, Line, Near, Quote

__all__ = ["Answer", "Line", "Near", "Quote", "answer"]
