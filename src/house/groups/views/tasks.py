"""What is to be done, by whom and until when."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.doors import allow
from house.access.routes import route
from house.ground.errors import Refused
from house.groups import actions
from house.groups.forms import TaskForm
from house.groups.forms.task import kept
from house.groups.models import Group, Task
from house.groups.views.frame import frame, inside_or_404, members_of, tie


@require_safe
@route("agora.read")
def task_list(request: HttpRequest, code: str) -> HttpResponse:
    group = inside_or_404(request, code)
    rows = Task.objects.visible_to(request.viewer).filter(group=group).for_list()
    today = timezone.localdate()
    context = {
        **frame(request, group, "task_list"),
        "open": [(task, task.is_overdue(today)) for task in rows if task.done_at is None],
        "done": [task for task in rows if task.done_at is not None],
    }
    return render(request, "groups/task_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.write")
def task_new(request: HttpRequest, code: str) -> HttpResponse:
    group = inside_or_404(request, code)
    allow(request.viewer, "work", group)
    members = members_of(group, request.viewer)
    form = TaskForm(request.POST or None, members=members)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_task(group, by=request.viewer, **form.told())
        except Refused as refused:
            tie(form, refused)
        else:
            messages.success(request, _("The task is there; who does it is told."))
            return redirect("groups:task_list", code)
    context = {**frame(request, group, "task_list"), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "groups/task_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.read", acts="agora.write")
def task(request: HttpRequest, code: str, task: str) -> HttpResponse:
    """One task; for members, as a form."""
    group = inside_or_404(request, code)
    found = _task(request, group, task)
    context = {**frame(request, group, "task_list"), "task": found}
    context["is_overdue"] = found.is_overdue(timezone.localdate())
    members = members_of(group, request.viewer)
    form = TaskForm(request.POST or None, members=members, initial=kept(found, members))
    if request.method == "POST":
        allow(request.viewer, "work", group)
        if form.is_valid():
            try:
                actions.edit_task(found, by=request.viewer, **form.told())
            except Refused as refused:
                tie(form, refused)
            else:
                messages.success(request, _("Saved."))
                return redirect("groups:task_list", code)
    context["form"] = form
    return render(request, "groups/task.html", context, status=422 if form.is_bound else 200)


@require_POST
@route("agora.write")
def task_act(request: HttpRequest, code: str, task: str) -> HttpResponse:
    """Done, or open again."""
    group = inside_or_404(request, code)
    found = _task(request, group, task)
    if request.POST.get("act") == "reopen":
        actions.reopen_task(found, by=request.viewer)
    else:
        actions.finish_task(found, by=request.viewer)
        messages.success(request, _("Done: %(task)s") % {"task": found.title})
    return redirect("groups:task_list", code)


def _task(request: HttpRequest, group: Group, code: str) -> Task:
    tasks = Task.objects.visible_to(request.viewer).filter(group=group)
    return get_object_or_404(
        tasks.select_related("group", "owner", "made_by", "done_by"), code=code
    )
