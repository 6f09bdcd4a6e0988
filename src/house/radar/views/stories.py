"""What everybody may see: the list, one story with all who tell it, and the feed of public picks."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from house.access.routes import OPEN, route
from house.access.viewer import VISITOR, Viewer
from house.ground.htmx import render_part
from house.ground.text import clean
from house.notices.following import state_of
from house.radar import queries
from house.radar.access import curates, reads
from house.radar.models import State, Step, Story
from house.radar.telling import KIND
from house.vocabulary.languages import LANGUAGES, name_of

FEED = 40


@require_safe
@route(OPEN)
def story_list(request: HttpRequest) -> HttpResponse:
    """Picked ones first. A visitor sees what was picked for everyone."""
    viewer: Viewer = request.viewer
    asked = {name: clean(request.GET.get(name, "")[:80]) for name in queries.FILTERS}
    stories = queries.narrowed(queries.listed(viewer), viewer, asked).for_list()
    page = Paginator(stories, 20).get_page(request.GET.get("page"))
    choices = queries.choices(viewer)
    context: dict[str, Any] = {
        "page": page,
        "rows": queries.told_by(page.object_list, viewer),
        "asked": asked,
        "chosen": _chosen(asked, choices),
        "groups": _groups(asked, choices),
        "follow": _follow(viewer, asked),
        "reads": reads(viewer),
        "curates": curates(viewer),
    }
    return render_part(request, "radar/story_list.html", context, part="results")


def _groups(
    asked: dict[str, str], choices: dict[str, list[tuple[str, str, int]]]
) -> list[dict[str, Any]]:
    """What to narrow by, each with the address that does so; only what there is more than one of."""
    titles = {
        "topic": _("Topic"),
        "city": _("City"),
        "language": _("Language"),
        "source": _("Source"),
    }
    return [
        {
            "name": name,
            "title": title,
            "rows": [
                {"value": value, "label": label, "count": count, "is_chosen": value == asked[name]}
                for value, label, count in choices[name]
            ],
        }
        for name, title in titles.items()
        if len(choices[name]) > 1 or asked[name]
    ]


def _chosen(
    asked: dict[str, str], choices: dict[str, list[tuple[str, str, int]]]
) -> list[tuple[str, str]]:
    """(filter, what it is called) of those in use; a value that nobody knows is called by itself."""
    labels = {name: {value: label for value, label, _n in rows} for name, rows in choices.items()}
    return [(name, labels[name].get(value, value)) for name, value in asked.items() if value]


def _follow(viewer: Viewer, asked: dict[str, str]) -> dict[str, str] | None:
    """What a member can follow here: the topic or city that she looks at, else all picks."""
    if not reads(viewer) or viewer.person_id is None:
        return None
    if asked["topic"]:
        target = f"topic:{asked['topic']}"
    elif asked["city"]:
        target = f"city:{asked['city']}"
    else:
        target = f"kind:{KIND}"
    return {"target": target, "state": state_of(target, viewer)}


@require_safe
@route(OPEN)
def story(request: HttpRequest, code: str) -> HttpResponse:
    viewer: Viewer = request.viewer
    rows = Story.objects.visible_to(viewer).prefetch_related("topics", "cities")
    found = get_object_or_404(rows.select_related("merged_into"), code=code)
    if found.state == State.MERGED and found.merged_into is not None:
        return redirect(found.merged_into)
    told = queries.told_by([found], viewer)[0]
    steps = Step.objects.visible_to(viewer).filter(story=found).select_related("by", "other")
    context = {
        "story": found,
        "told": told,
        "languages": [(tag, name_of(tag)) for tag in {item.language for item in told.items}],
        "steps": steps if curates(viewer) else [],
        "may_undo": any(step.undone_at is None for step in steps) if curates(viewer) else False,
        "curates": curates(viewer),
        "reads": reads(viewer),
    }
    return render(request, "radar/story.html", context)


@require_safe
@route(OPEN)
def story_feed(request: HttpRequest) -> HttpResponse:
    """Public picks as Atom, for whoever asks: it knows no viewer. Our note, and links to the sources."""
    stories = Story.objects.visible_to(VISITOR).picked().order_by("-picked_at", "-pk")[:FEED]
    feed = Atom1Feed(
        title=_("Radar · Digital House"),
        link=settings.BASE_URL + reverse("radar:story_list"),
        description=_("What moves cities elsewhere, picked by the foundation."),
        feed_url=settings.BASE_URL + request.path,
        language="en",
    )
    for told in queries.told_by(stories, VISITOR):
        picked = told.story
        address = settings.BASE_URL + picked.get_absolute_url()
        feed.add_item(
            title=picked.title,
            link=address,
            description=picked.note,
            author_name=told.first.source.name if told.first else None,
            pubdate=picked.picked_at,
            updateddate=picked.picked_at,
            unique_id=address,
            categories=[LANGUAGES.get(picked.language, picked.language)],
        )
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )
