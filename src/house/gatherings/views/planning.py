"""Planning a programme: sessions, rooms, tracks, files, and letting a version out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.routes import route
from house.gatherings import actions, times
from house.gatherings.forms import PartForm, PublishForm, ScheduleForm, SessionForm
from house.gatherings.models import Event, Room, ScheduleFile, Session, Speaker, Track
from house.gatherings.programme.diffs import differences
from house.gatherings.programme.drawing import drawn
from house.gatherings.programme.snapshot import names_of, snapshot
from house.gatherings.queries import version_of
from house.gatherings.schedule.planning import plan_of
from house.gatherings.schedule.reading import read
from house.gatherings.views.managing import found_or_404, looked_after_or_404
from house.gatherings.views.programme import session_or_404
from house.gatherings.views.reading import zone_of
from house.ground.errors import Refused


@require_safe
@route("gatherings.host", also="gatherings.run")
def programme_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The working copy, and what the next version would change."""
    return _plan_page(request, looked_after_or_404(request, slug))


def _plan_page(
    request: HttpRequest, event: Event, *, status: int = 200, **forms: Any
) -> HttpResponse:
    viewer = request.viewer
    version = version_of(event, viewer)
    sessions = (
        Session.objects.visible_to(viewer)
        .filter(event=event, is_dropped=False)
        .select_related("room", "track")
        .order_by("starts_at", "pk")
    )
    rows = [
        (session, times.span(session.starts_at, session.ends_at, event.tz)) for session in sessions
    ]
    context = {
        "event": event,
        "version": version,
        "changes": differences(version.content if version else {}, snapshot(event)),
        "rows": rows,
        "event_rooms": Room.objects.visible_to(viewer).filter(event=event),
        "tracks": Track.objects.visible_to(viewer).filter(event=event),
        "room_form": forms.get("room") or PartForm(initial={"sort": "room"}, prefix="room"),
        "track_form": forms.get("track") or PartForm(initial={"sort": "track"}, prefix="track"),
        "publish_form": PublishForm(),
    }
    return render(request, "gatherings/programme_edit.html", context, status=status)


@require_safe
@route("gatherings.host", also="gatherings.run")
def programme_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """The working copy as readers would see it, and what the next version would change."""
    event = looked_after_or_404(request, slug)
    content = snapshot(event)
    last = version_of(event, request.viewer)
    context = {
        "event": event,
        "drawn": drawn(content, names_of(event), zone_of(request)),
        "changes": differences(last.content if last else {}, content),
        "version": last,
    }
    return render(request, "gatherings/programme_draft.html", context)


@require_POST
@route("gatherings.host", also="gatherings.run")
def programme_publish(request: HttpRequest, slug: str) -> HttpResponse:
    event = looked_after_or_404(request, slug)
    form = PublishForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    try:
        version = actions.publish_programme(event, by=request.viewer, note=note)
    except Refused as problem:
        messages.warning(request, problem.message)
        return redirect("gatherings:programme_edit", event.slug)
    said = _("Version %(number)s is out. Those whose sessions it touches are told.")
    messages.success(request, said % {"number": version.number})
    return redirect("gatherings:programme", event.slug)


@require_POST
@route("gatherings.host", also="gatherings.run")
def part_add(request: HttpRequest, slug: str) -> HttpResponse:
    event = looked_after_or_404(request, slug)
    sort = "track" if "track-name" in request.POST else "room"
    form = PartForm(request.POST, prefix=sort)
    if not form.is_valid():
        return _plan_page(request, event, status=422, **{sort: form})
    name = form.cleaned_data["name"]
    if sort == "room":
        actions.add_room(
            event, by=request.viewer, name=name, capacity=form.cleaned_data["capacity"]
        )
    else:
        actions.add_track(event, by=request.viewer, name=name)
    return redirect("gatherings:programme_edit", event.slug)


@require_POST
@route("gatherings.host", also="gatherings.run")
def part_remove(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    event = looked_after_or_404(request, slug)
    model = Track if request.POST.get("sort") == "track" else Room
    actions.remove_part(found_or_404(request, model, event=event, code=code), by=request.viewer)
    return redirect("gatherings:programme_edit", event.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@route("gatherings.host", also="gatherings.run")
def session_new(request: HttpRequest, slug: str) -> HttpResponse:
    event = looked_after_or_404(request, slug)
    initial = {"begins": event.starts_at.astimezone(event.tz), "minutes": 45}
    form = SessionForm(request.POST or None, event=event, viewer=request.viewer, initial=initial)
    if form.is_bound and form.is_valid() and _save(request, event, form, None):
        return redirect("gatherings:programme_edit", event.slug)
    status = 422 if form.is_bound else 200
    return render(
        request, "gatherings/session_edit.html", {"event": event, "form": form}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
@route("gatherings.host", also="gatherings.run")
def session_edit(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    event = looked_after_or_404(request, slug)
    session = session_or_404(request, event, code)
    if request.method == "POST" and "remove" in request.POST:
        actions.remove_session(session, by=request.viewer)
        messages.success(request, _("Taken out. Readers see it with the next version."))
        return redirect("gatherings:programme_edit", event.slug)
    speakers = list(
        Speaker.objects.visible_to(request.viewer).filter(session=session).select_related("person")
    )
    initial = SessionForm.initial_of(session, speakers)
    form = SessionForm(request.POST or None, event=event, viewer=request.viewer, initial=initial)
    if form.is_bound and form.is_valid() and _save(request, event, form, session):
        return redirect("gatherings:programme_edit", event.slug)
    context = {"event": event, "form": form, "session": session, "speakers": speakers}
    status = 422 if form.is_bound else 200
    return render(request, "gatherings/session_edit.html", context, status=status)


def _save(
    request: HttpRequest, event: Event, form: SessionForm, session: Session | None
) -> Session | None:
    try:
        saved = actions.save_session(event, by=request.viewer, session=session, **form.facts())
    except Refused as problem:
        form.add_error(None, f"{problem.message} {problem.remedy}".strip())
        return None
    actions.put_speakers(saved, form.cleaned_data["speakers"], by=request.viewer)
    messages.success(request, _("Saved in the working copy."))
    return saved


@require_http_methods(["GET", "HEAD", "POST"])
@route("gatherings.host", also="gatherings.run")
def schedule_import(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a file. Nothing is changed by that."""
    event = looked_after_or_404(request, slug)
    form = ScheduleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.keep_schedule(event, form.cleaned_data["file"], by=request.viewer)
        except Refused as problem:
            form.add_error("file", problem.message)
        else:
            return redirect("gatherings:schedule_preview", event.slug, kept.code)
    status = 422 if form.is_bound else 200
    return render(
        request, "gatherings/schedule_import.html", {"event": event, "form": form}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
@route("gatherings.host", also="gatherings.run")
def schedule_preview(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """What would be added, changed and taken out; confirming does that and nothing else."""
    event = looked_after_or_404(request, slug)
    kept = found_or_404(request, ScheduleFile, event=event, code=code)
    kept.event = event
    if request.method == "POST":
        try:
            plan = actions.apply_schedule(
                kept, by=request.viewer, digest=request.POST.get("digest", "")
            )
        except Refused as problem:
            messages.warning(request, f"{problem.message} {problem.remedy}".strip())
            return redirect("gatherings:schedule_preview", slug, code)
        said = _("Taken in: %(added)s added, %(changed)s changed, %(removed)s taken out.")
        counts = {name: len(getattr(plan, name)) for name in ("added", "changed", "removed")}
        messages.success(request, said % counts)
        return redirect("gatherings:programme_edit", event.slug)
    found = read(bytes(kept.data))
    context = {"event": event, "kept": kept, "found": found, "plan": plan_of(event, found)}
    return render(request, "gatherings/schedule_preview.html", context)
