"""Showcases as Atom, for readers of feeds: what everybody sees, whoever asks."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from house.access.routes import OPEN, route
from house.access.viewer import VISITOR
from house.showcase import queries
from house.showcase.models import Showcase

MOST = 30


@require_safe
@route(OPEN)
def feed(request: HttpRequest) -> HttpResponse:
    """The same for everybody: a feed reader carries no session, and a shared one must not."""
    made = Atom1Feed(
        title=_("Showcases of the Sharing Cities Alliance"),
        link=settings.BASE_URL + reverse("showcase:home"),
        feed_url=settings.BASE_URL + reverse("showcase:feed"),
        description=_("What partner cities show the world."),
        language="en",
    )
    for found in queries.shown(VISITOR)[:MOST]:
        _add(made, found)
    response = HttpResponse(
        made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def _add(made: Atom1Feed, found: Showcase) -> None:
    assert found.current is not None  # noqa: S101 -- a database constraint, told to mypy
    changed: datetime | None = found.changed_at or found.published_at
    made.add_item(
        title=found.current.title,
        link=settings.BASE_URL + found.get_absolute_url(),
        description=found.current.summary,
        author_name=found.city.name,
        unique_id=f"{settings.BASE_URL}/showcase/{found.code}",
        pubdate=found.published_at,
        updateddate=changed,
        categories=[topic.label("en") for topic in found.topics.all()],
    )
