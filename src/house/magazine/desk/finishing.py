"""What follows when a second reader approved: named in settings as the end of Wagtail's review."""

from typing import Any


def finished(workflow_state: Any, user: Any = None) -> None:
    """An article is published (or waits for its issue); an issue too, unless an article would be left out.

    Then it stays approved, and its editor is shown what is missing (`desk.views.going_out`).
    """
    from house.magazine.models import Issue  # noqa: PLC0415 -- Wagtail loads this before our nouns
    from house.magazine.readiness import must_ask  # noqa: PLC0415 -- as above

    thing = workflow_state.content_object
    if isinstance(thing, Issue) and not thing.live and must_ask(thing):
        return
    thing.get_latest_revision().publish(user=user)
