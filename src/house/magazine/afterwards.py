"""Wagtail publishes by a verb of its nouns; what follows is an action of this room (see `apps.py`)."""

from collections.abc import Callable
from typing import Any

_follows: dict[str, Callable[..., None]] = {}


def register(*, issue: Callable[[Any, Any], None], article: Callable[[Any], None]) -> None:
    _follows.update(issue=issue, article=article)


def issue_changed(issue: Any, by: Any) -> None:
    """`by` is the person who pressed the button; None where its time has come."""
    _follows["issue"](issue, by)


def article_changed(article: Any) -> None:
    _follows["article"](article)
