"""The pages that show what an entry says."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from house.access.doors import may
from house.access.routes import OPEN, route
from house.alex.models import Entry, Version
from house.alex.views import family, sheet
from house.retrieval.search import similar


def entry_or_404(request: HttpRequest, slug: str) -> Entry:
    """Through the door, with what the page reads."""
    entries: QuerySet[Entry] = Entry.objects.visible_to(request.viewer).for_page()
    return get_object_or_404(entries, slug=slug)


@require_safe
@route(OPEN)
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """What it says now. An entry that was never published has only its draft."""
    found = entry_or_404(request, slug)
    if found.current is None:
        return redirect("alex:entry_preview", slug)
    context = sheet.of_version(request, found, found.current)
    context |= sheet.around(request, found)
    return render(request, "alex/entry.html", context)


@require_safe
@route(OPEN)
def entry_similar(request: HttpRequest, slug: str) -> HttpResponse:
    """What is near in meaning, for the page to fetch when its reader comes there."""
    found = entry_or_404(request, slug)
    near = [each for each in similar(found, viewer=request.viewer) if isinstance(each, Entry)]
    context = {"similar": near or family.same_topics(found, request.viewer)}
    return render(request, "alex/_similar.html", context)


@require_safe
@route(OPEN)
def entry_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What it said then, to those who were its audience then."""
    found = entry_or_404(request, slug)
    version = get_object_or_404(
        Version.objects.visible_to(request.viewer), entry=found, number=number
    )
    context = sheet.of_version(request, found, version)
    context["is_old"] = found.current_id != version.pk
    context["may_restore"] = may(request.viewer, "restore", found)
    return render(request, "alex/entry_version.html", context)


@require_safe
@route(OPEN)
def entry_share(request: HttpRequest, slug: str) -> HttpResponse:
    """An address to copy, with who will be able to open it."""
    found = entry_or_404(request, slug)
    context: dict[str, Any] = {
        "entry": found,
        "address": settings.BASE_URL + found.get_absolute_url(),
    }
    return render(request, "alex/entry_share.html", context)
