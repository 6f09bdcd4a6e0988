"""The history of an entry: its versions, what changed between two, and the way back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from house.access.doors import may
from house.access.routes import OPEN, SIGNED_IN, route
from house.alex import actions
from house.alex.diff import difference
from house.alex.models import Entry, Version
from house.alex.parts import content_of
from house.alex.queries import versions_of
from house.alex.views.reading import entry_or_404
from house.alex.views.rescue import led_to_sign_in


@require_safe
@route(OPEN)
def entry_versions(request: HttpRequest, slug: str) -> HttpResponse:
    entry = entry_or_404(request, slug)
    context = {
        "entry": entry,
        "versions": versions_of(entry, request.viewer),
        "may_restore": may(request.viewer, "restore", entry) and entry.is_published,
    }
    return render(request, "alex/entry_versions.html", context)


@require_safe
@route(OPEN)
def entry_diff(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed between any two; unasked, between the last two that the viewer may see."""
    entry = entry_or_404(request, slug)
    versions = versions_of(entry, request.viewer)
    numbers = [version.number for version in versions]
    newest = _number(request, "to", numbers[0] if numbers else 0)
    before = max((number for number in numbers if number < newest), default=newest)
    old = _version(request, entry, _number(request, "from", before))
    new = _version(request, entry, newest)
    context = {
        "entry": entry,
        "versions": versions,
        "old": old,
        "new": new,
        "differences": difference(entry.kind, content_of(old), content_of(new)),
    }
    return render(request, "alex/entry_diff.html", context)


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    value = request.GET.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 8 else otherwise


def _version(request: HttpRequest, entry: Entry, number: int) -> Version:
    versions = Version.objects.visible_to(request.viewer)
    return get_object_or_404(versions, entry=entry, number=number)


@require_POST
@route(SIGNED_IN, stranger=led_to_sign_in)
def entry_restore(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    entry = entry_or_404(request, slug)
    actions.restore_version(entry, number, by=request.viewer)
    messages.success(
        request, _("Version %(number)d is what readers see again.") % {"number": number}
    )
    return redirect(entry)
