"""The page that a group writes together."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.doors import allow
from house.access.routes import route
from house.access.viewer import Viewer
from house.ground.differences import Block, blocks, lines_of
from house.ground.errors import Refused
from house.ground.html import to_text
from house.groups import actions
from house.groups.actions import Saved
from house.groups.forms import PageForm
from house.groups.models import Draft, Group, Page, PageVersion
from house.groups.views.frame import frame, inside_or_404, tie


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.write")
def page_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Her own draft of it, else the page. Where two texts meet, both stand on the page that comes back."""
    group = inside_or_404(request, code)
    viewer: Viewer = request.viewer
    allow(viewer, "work", group)
    page = get_object_or_404(Page.objects.visible_to(viewer), pk=group.pk)
    draft = Draft.objects.visible_to(viewer).filter(group=group).first()
    if request.method == "POST":
        return _sent(request, group, page)
    if "fresh" in request.GET:
        draft = None
    form = PageForm(initial={"html": draft.html if draft else page.html})
    based_on = draft.based_on if draft else page.number
    return _form_page(request, group, form, based_on=based_on, draft=draft, page=page)


def _sent(request: HttpRequest, group: Group, page: Page) -> HttpResponse:
    form = PageForm(request.POST)
    based_on = _number(request.POST.get("based_on"), 0)
    if request.POST.get("then") == "discard":
        actions.discard_draft(group, by=request.viewer)
        messages.success(request, _("Your draft is gone; the page stands as it was."))
        return redirect(group)
    if form.is_valid():
        try:
            saved = actions.save_page(
                group,
                by=request.viewer,
                based_on=based_on,
                **form.cleaned_data,
            )
        except Refused as refused:
            tie(form, refused, "html")
        else:
            return _after(request, group, saved)
    return _form_page(request, group, form, based_on=based_on, page=page, status=422)


def _after(request: HttpRequest, group: Group, saved: Saved) -> HttpResponse:
    if saved.theirs is None:
        messages.success(request, _("Saved as version %(number)d.") % {"number": saved.page.number})
        return redirect(group)
    mine = request.POST.get("html", "")
    form = PageForm(initial={"html": saved.both or mine, "note": request.POST.get("note", "")})
    return _form_page(
        request,
        group,
        form,
        based_on=saved.page.number,
        page=saved.page,
        met=saved,
        difference=_between(saved.theirs.html, mine),
        status=422,
    )


def _form_page(
    request: HttpRequest,
    group: Group,
    form: PageForm,
    *,
    based_on: int,
    page: Page,
    draft: Draft | None = None,
    met: Saved | None = None,
    difference: list[Block] | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        **frame(request, group, "group"),
        "form": form,
        "page": page,
        "based_on": based_on,
        "draft": draft,
        "met": met,
        "difference": difference,
        "is_behind": draft is not None and draft.based_on != page.number,
    }
    return render(request, "groups/page_edit.html", context, status=status)


def _between(old: str, new: str) -> list[Block]:
    return list(blocks(lines_of(to_text(old)), lines_of(to_text(new))))


@require_POST
@route("agora.write")
def page_keep(request: HttpRequest, code: str) -> HttpResponse:
    """Keeps the form every few seconds, for its writer alone. Answers with the hour and the new lock."""
    group = inside_or_404(request, code)
    draft, meanwhile = actions.keep_draft(
        group,
        request.POST.get("html", ""),
        by=request.viewer,
        based_on=_number(request.POST.get("based_on"), 0),
        revision=_number(request.POST.get("lock"), 0),
    )
    answer: dict[str, Any] = {
        "saved": time_format(timezone.localtime(), "H:i"),
        "lock": draft.revision,
    }
    if meanwhile:
        answer["copy"] = {"who": _("Another window of yours"), "theirs": {"html": [meanwhile]}}
    return JsonResponse(answer)


def _number(value: str | None, otherwise: int) -> int:
    return (
        int(value)
        if value and value.isascii() and value.isdigit() and len(value) < 8
        else otherwise
    )


@require_safe
@route("agora.read")
def page_history(request: HttpRequest, code: str) -> HttpResponse:
    group = inside_or_404(request, code)
    versions = PageVersion.objects.visible_to(request.viewer).filter(group=group)
    context = {
        **frame(request, group, "group"),
        "versions": versions.defer("html").select_related("made_by", "city"),
    }
    return render(request, "groups/page_history.html", context)


@require_safe
@route("agora.read")
def page_version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    group = inside_or_404(request, code)
    version = _version(request, group, number)
    page = get_object_or_404(Page.objects.visible_to(request.viewer), pk=group.pk)
    context = {
        **frame(request, group, "group"),
        "version": version,
        "is_old": page.number != version.number,
    }
    return render(request, "groups/page_version.html", context)


@require_safe
@route("agora.read")
def page_diff(request: HttpRequest, code: str) -> HttpResponse:
    """What changed between any two; unasked, between the last two."""
    group = inside_or_404(request, code)
    page = get_object_or_404(Page.objects.visible_to(request.viewer), pk=group.pk)
    newest = _number(request.GET.get("to"), page.number)
    old = _version(request, group, _number(request.GET.get("from"), max(newest - 1, 1)))
    new = _version(request, group, newest)
    context = {
        **frame(request, group, "group"),
        "old": old,
        "new": new,
        "difference": _between(old.html, new.html),
    }
    return render(request, "groups/page_diff.html", context)


def _version(request: HttpRequest, group: Group, number: int) -> PageVersion:
    versions = PageVersion.objects.visible_to(request.viewer).filter(group=group)
    return get_object_or_404(versions.select_related("made_by", "city"), number=number)


@require_POST
@route("agora.write")
def page_restore(request: HttpRequest, code: str, number: int) -> HttpResponse:
    group = inside_or_404(request, code)
    version = actions.restore_page(group, number, by=request.viewer)
    messages.success(
        request,
        _("Version %(old)d stands again, as version %(new)d.")
        % {"old": number, "new": version.number},
    )
    return redirect(group)
