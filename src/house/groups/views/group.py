"""A group: what it is about, its page, and what its leads settle."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.doors import allow, may
from house.access.routes import route
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.groups import actions, queries
from house.groups.forms import GroupForm, ReadersForm
from house.groups.forms.group import kept
from house.groups.models import (
    Admission,
    Draft,
    Group,
    GroupFile,
    Page,
    PageVersion,
    Task,
    cities_of,
)
from house.groups.offering import SOURCE
from house.groups.views.frame import frame, group_or_404, tie
from house.memory import queries as memory


@require_safe
@route("agora.read")
def group(request: HttpRequest, code: str) -> HttpResponse:
    """Name, problem, aim and cities to whoever may know of it; the page to whoever reads it."""
    found = group_or_404(request, code)
    viewer: Viewer = request.viewer
    context = frame(request, found, "group")
    cities = cities_of([found])[found.pk] if found.is_open else queries.cities_ever(found)
    context |= {
        "topics": found.topics.all(),
        "cities": cities,
        "page": Page.objects.visible_to(viewer).filter(pk=found.pk).first(),
        "admission": Admission.objects.visible_to(viewer)
        .filter(group=found, person=viewer.person_id)
        .waiting()
        .first(),
        "may_join": may(viewer, "join", found),
        "may_close": may(viewer, "close", found),
        "entries": []
        if found.is_open
        else memory.entries_of(SOURCE, [found.pk], viewer).get(found.pk, []),
        **(_inside(found, viewer) if context["is_inside"] else _outside(found, viewer)),
    }
    return render(request, "groups/group.html", context)


def _inside(found: Group, viewer: Viewer) -> dict[str, Any]:
    newest = PageVersion.objects.visible_to(viewer).filter(group=found)
    tasks = Task.objects.visible_to(viewer).filter(group=found).open().for_list()
    return {
        "newest": newest.select_related("made_by", "city").first(),
        "draft": Draft.objects.visible_to(viewer).filter(group=found).first(),
        "next_meetings": queries.coming_meetings(found, viewer)[:2],
        "my_tasks": [task for task in tasks if task.owner_id == viewer.person_id][:5],
        "waiting": Admission.objects.visible_to(viewer)
        .filter(group=found, sort=Admission.Sort.ASKED)
        .waiting()
        .exclude(person=viewer.person_id)
        .select_related("person", "city"),
    }


def _outside(found: Group, viewer: Viewer) -> dict[str, Any]:
    """Files, where all partner cities read what the group works on."""
    files = GroupFile.objects.visible_to(viewer).filter(group=found)
    return {"files": files}


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.write")
def group_edit(request: HttpRequest, code: str) -> HttpResponse:
    found = group_or_404(request, code)
    allow(request.viewer, "lead", found)
    form = GroupForm(request.POST or None, initial=kept(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_group(found, form.about(), by=request.viewer)
        except Refused as refused:
            tie(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    context = {**frame(request, found, "group"), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "groups/group_edit.html", context, status=status)


@require_POST
@route("agora.write")
def group_start(request: HttpRequest, code: str) -> HttpResponse:
    found = group_or_404(request, code)
    try:
        actions.start_group(found, by=request.viewer)
    except Refused as refused:
        if refused.status == 403:
            raise
        messages.error(request, f"{refused.message} {refused.remedy}".strip())
        return redirect("groups:people", code)
    messages.success(request, _("The group has begun."))
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.write")
def group_readers(request: HttpRequest, code: str) -> HttpResponse:
    """The circle of readers: which cities read along without joining."""
    found = group_or_404(request, code)
    allow(request.viewer, "lead", found)
    initial = {"cities": list(found.circle.cities.values_list("pk", flat=True))}
    form = ReadersForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        actions.set_readers(found, form.chosen(), by=request.viewer)
        messages.success(request, _("Saved. What these cities may read counts at once."))
        return redirect("groups:people", code)
    context = {**frame(request, found, "people"), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "groups/group_readers.html", context, status=status)
