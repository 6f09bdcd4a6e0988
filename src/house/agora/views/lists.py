"""The front of the room, one's own posts, and the public's feed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from house.access.routes import OPEN, route
from house.access.viewer import VISITOR
from house.agora.models import Answer, Kind, Post, State, Unsent
from house.agora.queries import FILTERS, listing
from house.agora.telling import credited
from house.agora.views.rescue import led_to_sign_in
from house.ground.htmx import render_part
from house.ground.text import shorten
from house.partners import rights

_FEED = 50


@require_safe
@route(OPEN)
def post_list(request: HttpRequest) -> HttpResponse:
    """What peers ask, struggle with, managed and look for, as far as the viewer may read it."""
    chosen = {name: request.GET.get(name, "")[:100] for name in FILTERS}
    found = listing(
        request.viewer, chosen, number=_number(request), first=request.GET.get("first", "")
    )
    context = {
        "found": found,
        "page": found.page,
        "chosen": chosen,
        "first": request.GET.get("first", ""),
        "is_filtered": any(chosen.values()),
        "states": [
            (State.OPEN, _("Open")),
            (State.SOLVED, _("Solved")),
            (State.CLOSED, _("Closed")),
        ],
        "write": rights.decide(request.viewer, "agora.write"),
    }
    return render_part(request, "agora/post_list.html", context, part="results")


def _number(request: HttpRequest) -> int:
    value = request.GET.get("page", "1")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1


@require_safe
@route("agora.read", stranger=led_to_sign_in)
def my_posts(request: HttpRequest) -> HttpResponse:
    """Her drafts, what she is typing, what she asked and where she answered: for her alone."""
    viewer = request.viewer
    mine = Post.objects.visible_to(viewer).filter(author_id=viewer.person_id).for_cards()
    answered = Answer.objects.visible_to(viewer).filter(author_id=viewer.person_id)
    context = {
        "drafts": mine.filter(state=State.DRAFT).order_by("-pk"),
        "posts": mine.exclude(state=State.DRAFT).newest_first()[:100],
        "answered": answered.select_related("post").order_by("-published_at", "code")[:100],
        "unsent": Unsent.objects.visible_to(viewer).order_by("-saved_at")[:50],
    }
    return render(request, "agora/my_posts.html", context)


@require_safe
@route(OPEN)
def post_feed(request: HttpRequest) -> HttpResponse:
    """What everybody may read, for feed readers: the same for whoever asks."""
    feed = Atom1Feed(
        title=_("Agora of the Sharing Cities Alliance"),
        link=settings.BASE_URL + reverse("agora:post_list"),
        description=_("What cities ask each other."),
        feed_url=settings.BASE_URL + request.path,
    )
    posts = Post.objects.visible_to(VISITOR).published().select_related("author", "city")
    for post in posts.newest_first()[:_FEED]:
        feed.add_item(
            title=post.title,
            link=settings.BASE_URL + post.get_absolute_url(),
            description=shorten(post.body, 400),
            unique_id=f"tag:agora:{post.code}",
            author_name=credited(post),
            pubdate=post.published_at,
            categories=[str(Kind(post.kind).label)],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
