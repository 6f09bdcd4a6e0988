"""The front of the room, and one's own entries."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from house.access.routes import OPEN, SIGNED_IN, route
from house.access.viewer import Viewer
from house.alex.access import reviews
from house.alex.kinds import KINDS
from house.alex.models import Entry, Outcome
from house.alex.models.entry import EntryQuerySet
from house.alex.views.rescue import led_to_sign_in
from house.ground.htmx import render_part
from house.partners import rights
from house.vocabulary.likeness import by_likeness
from house.vocabulary.models import Topic


@require_safe
@route(OPEN)
def entry_list(request: HttpRequest) -> HttpResponse:
    """Everything published that the viewer may read; unfiltered, with the failures worth reading first."""
    viewer = request.viewer
    readable = Entry.objects.visible_to(viewer).published()
    chosen = {name: request.GET.get(name, "") for name in ("kind", "outcome", "topic")}
    rows = _filtered(readable, chosen).for_cards()
    order = request.GET.get("order", "")
    if order == "alike":
        rows = by_likeness(rows, "shown_city", viewer)
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "chosen": chosen,
        "order": order,
        "is_filtered": any(chosen.values()),
        "kinds": _kinds(readable, chosen["kind"]),
        "outcomes": [
            (value, label, value == chosen["outcome"]) for value, label in Outcome.choices
        ],
        "topics": _topics(viewer),
        "topic": Topic.objects.visible_to(viewer).filter(pk=chosen["topic"]).first(),
        "may_write": rights.decide(viewer, "alex.write").allowed,
    }
    if not context["is_filtered"] and not order and page.number == 1:
        lessons = readable.filter(outcome__in=[Outcome.FAILED, Outcome.MIXED])
        context["lessons"] = lessons.select_related("shown_city").order_by(
            "outcome", "-published_at"
        )[:3]
    return render_part(request, "alex/entry_list.html", context, part="results")


def _filtered(entries: EntryQuerySet, chosen: dict[str, str]) -> EntryQuerySet:
    for name, column in (("kind", "kind"), ("outcome", "outcome"), ("topic", "topics__pk")):
        if chosen[name]:
            entries = entries.filter(**{column: chosen[name]})
    return entries


def _kinds(readable: EntryQuerySet, chosen: str) -> list[dict[str, Any]]:
    """Each kind with how many of it this viewer may read."""
    counts = dict(readable.order_by().values_list("kind").annotate(Count("pk")))
    return [
        {"key": key, "label": kind.plural, "count": counts.get(key, 0), "is_current": key == chosen}
        for key, kind in KINDS.items()
    ]


def _topics(viewer: Viewer) -> list[tuple[Topic, int]]:
    """The topics most written about, counted behind the door."""
    readable = Entry.objects.visible_to(viewer).published()
    counts = readable.order_by().values("topics").annotate(entries=Count("pk", distinct=True))
    most = sorted(
        ((row["topics"], row["entries"]) for row in counts if row["topics"]),
        key=lambda row: (-row[1], row[0]),
    )[:14]
    topics = Topic.objects.visible_to(viewer).in_bulk([pk for pk, _count in most])
    return [(topics[pk], count) for pk, count in most if pk in topics]


@require_safe
@route(SIGNED_IN, stranger=led_to_sign_in)
def my_entries(request: HttpRequest) -> HttpResponse:
    """What she wrote or stands for, at every stage."""
    viewer = request.viewer
    own = (
        Entry.objects.visible_to(viewer)
        .filter(Q(author_id=viewer.person_id) | Q(owner_seat__person_id=viewer.person_id))
        .select_related("draft", "shown_city")
        .order_by("-created_at", "-pk")
    )
    page = Paginator(own, 30).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "may_write": rights.decide(viewer, "alex.write").allowed,
        "may_review": reviews(viewer),
    }
    return render(request, "alex/my_entries.html", context)
