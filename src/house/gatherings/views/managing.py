"""For those who look after an event: the office, its organisers, and the city that hosts it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.doors import allow, may
from house.access.routes import route
from house.gatherings import actions
from house.gatherings.forms import CancelForm, EventForm, RepeatForm, SeriesForm
from house.gatherings.models import Event, JoinLink, Kind, Mode, Question, Session, State
from house.gatherings.queries import version_of
from house.gatherings.views.reading import event_or_404, seats
from house.ground.errors import Refused
from house.vocabulary.models import City

_MOST_ASKED = 12


def looked_after_or_404(request: HttpRequest, slug: str) -> Event:
    """Through its door; who sees it but does not look after it is told why not."""
    event = event_or_404(request, slug)
    allow(request.viewer, "edit", event)
    return event


@require_http_methods(["GET", "HEAD", "POST"])
@route("gatherings.host", also="gatherings.run")
def event_new(request: HttpRequest) -> HttpResponse:
    form = EventForm(request.POST or None, viewer=request.viewer, initial=_fresh(request))
    if form.is_bound and form.is_valid():
        event = _tried(form, lambda: actions.create_event(by=request.viewer, **form.facts()))
        if event is not None:
            messages.success(request, _("The draft is kept. Readers see it once it is announced."))
            return redirect("gatherings:event_manage", event.slug)
    status = 422 if form.is_bound else 200
    return render(
        request,
        "gatherings/event_edit.html",
        {"form": form, "may_run": request.viewer.can("gatherings.run")},
        status=status,
    )


def _fresh(request: HttpRequest) -> dict[str, Any]:
    """Where the city of who makes it is, at a working hour."""
    city = City.objects.visible_to(request.viewer).filter(pk__in=request.viewer.city_ids).first()
    hour = timezone.localtime().replace(hour=14, minute=0, second=0, microsecond=0)
    begins = hour + timezone.timedelta(days=28)
    return {
        "zone": city.time_zone if city else str(timezone.get_current_timezone()),
        "host_city": city.pk if city else "",
        "kind": Kind.SEMINAR,
        "mode": Mode.ONLINE,
        "audience": "alliance",
        "begins": begins,
        "ends": begins + timezone.timedelta(minutes=90),
        "languages": ["en"],
        "takes_registrations": True,
    }


def _tried(form: Any, act: Any) -> Any:
    """What the action gives; what it refuses stands above the form, which keeps what was typed."""
    try:
        return act()
    except Refused as problem:
        if problem.status == 403 and not problem.remedy:
            raise
        form.add_error(None, f"{problem.message} {problem.remedy}".strip())
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@route("gatherings.host", also="gatherings.run")
def event_edit(request: HttpRequest, slug: str) -> HttpResponse:
    event = looked_after_or_404(request, slug)
    form = EventForm(
        request.POST or None, viewer=request.viewer, initial=EventForm.initial_of(event)
    )
    if form.is_bound and form.is_valid():
        saved = _tried(form, lambda: _change(request, event, form))
        if saved is not None:
            said = _("Saved. Who lost a place is told why by mail.")
            messages.success(request, said if form.releasing() else _("Saved."))
            return redirect("gatherings:event_manage", event.slug)
    status = 422 if form.is_bound else 200
    return render(
        request, "gatherings/event_edit.html", {"form": form, "event": event}, status=status
    )


def _change(request: HttpRequest, event: Event, form: EventForm) -> Event | None:
    try:
        return actions.change_event(
            event, by=request.viewer, releasing=form.releasing(), **form.facts()
        )
    except actions.LoseSight as problem:
        form.ask_to_release(problem)
        return None


@require_safe
@route("gatherings.host", also="gatherings.run")
def event_manage(request: HttpRequest, slug: str) -> HttpResponse:
    """How it stands, and what can be done next."""
    event = looked_after_or_404(request, slug)
    return _manage_page(request, event)


def _manage_page(
    request: HttpRequest, event: Event, *, status: int = 200, **forms: Any
) -> HttpResponse:
    viewer = request.viewer
    context = {
        "event": event,
        "seats": seats(event),
        "may_publish": may(viewer, "publish", event),
        "is_draft": event.state == State.DRAFT,
        "is_running": event.state == State.PUBLISHED,
        "version": version_of(event, viewer),
        "sessions": Session.objects.visible_to(viewer)
        .filter(event=event, is_dropped=False)
        .count(),
        "questions": Question.objects.visible_to(viewer).filter(event=event),
        "typed": forms.get("typed"),
        "has_link": JoinLink.objects.visible_to(viewer).filter(event=event).exists(),
        "cancel_form": forms.get("cancel") or CancelForm(),
        "repeat_form": forms.get("repeat") or RepeatForm(),
        "may_run": viewer.can("gatherings.run"),
    }
    return render(request, "gatherings/event_manage.html", context, status=status)


@require_POST
@route("gatherings.host", also="gatherings.run")
def event_publish(request: HttpRequest, slug: str) -> HttpResponse:
    event = looked_after_or_404(request, slug)
    try:
        actions.publish_event(event, by=request.viewer)
    except Refused as problem:
        if problem.status == 403:
            raise
        messages.warning(request, f"{problem.message} {problem.remedy}".strip())
    else:
        messages.success(request, _("Announced. Those who follow its topics and city are told."))
    return redirect("gatherings:event_manage", event.slug)


@require_POST
@route("gatherings.host", also="gatherings.run")
def event_cancel(request: HttpRequest, slug: str) -> HttpResponse:
    event = looked_after_or_404(request, slug)
    form = CancelForm(request.POST)
    if form.is_valid() and _tried(
        form,
        lambda: actions.cancel_event(event, by=request.viewer, reason=form.cleaned_data["reason"]),
    ):
        messages.success(request, _("Cancelled. Everybody who registered is told."))
        return redirect("gatherings:event_manage", event.slug)
    return _manage_page(request, event, status=422, cancel=form)


@require_POST
@route("gatherings.host", also="gatherings.run")
def event_repeat(request: HttpRequest, slug: str) -> HttpResponse:
    event = looked_after_or_404(request, slug)
    form = RepeatForm(request.POST)
    if form.is_valid():
        made = _tried(
            form, lambda: actions.repeat_event(event, by=request.viewer, **form.cleaned_data)
        )
        if made:
            said = _("%(count)s drafts were made, the last for %(day)s.")
            last = made[-1].starts_at.astimezone(event.tz).date()
            messages.success(request, said % {"count": len(made), "day": last})
            return redirect("gatherings:my_gatherings")
    return _manage_page(request, event, status=422, repeat=form)


@require_http_methods(["GET", "HEAD", "POST"])
@route("gatherings.run")
def series_new(request: HttpRequest) -> HttpResponse:
    form = SeriesForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.make_series(by=request.viewer, title=form.cleaned_data["title"])
        messages.success(request, _("The series is there: choose it in the form of an event."))
        return redirect("gatherings:event_new")
    status = 422 if form.is_bound else 200
    return render(request, "gatherings/series_new.html", {"form": form}, status=status)


@require_POST
@route("gatherings.host", also="gatherings.run")
def event_questions(request: HttpRequest, slug: str) -> HttpResponse:
    """One question on each line; a star at its end says that it must be answered."""
    event = looked_after_or_404(request, slug)
    typed = request.POST.get("questions", "")
    lines = [line.strip() for line in typed.split("\n")]
    rows = [(line.rstrip("* "), line.endswith("*")) for line in lines if line.rstrip("* ")]
    if len(rows) > _MOST_ASKED or any(len(text) > 300 for text, _is_needed in rows):
        messages.warning(
            request,
            _("Ask at most %(most)s questions, each of 300 letters at most.")
            % {"most": _MOST_ASKED},
        )
        return _manage_page(request, event, status=422, typed=typed)
    actions.put_questions(event, rows, by=request.viewer)
    messages.success(request, _("Saved. Who registers from now on is asked this."))
    return redirect("gatherings:event_manage", event.slug)


def found_or_404(request: HttpRequest, model: Any, **facts: Any) -> Any:
    return get_object_or_404(model.objects.visible_to(request.viewer), **facts)
