"""The browser keeps what is typed until the house has it; the next writing page tells it what was taken."""

from django.http import HttpRequest

_TAKEN = "taken"


def take(request: HttpRequest, draft: str) -> None:
    """`draft` is the form's `data-draft`. Without this word its text would be put back after it was sent."""
    request.session[_TAKEN] = draft


def taken(request: HttpRequest) -> str:
    """What was taken since the last writing page, told once."""
    return str(request.session.pop(_TAKEN, ""))
