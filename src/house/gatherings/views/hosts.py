"""Who comes: the hosts' list, checking in, the table of it, where to enter, places beside the line."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.routes import route
from house.gatherings import actions
from house.gatherings.forms import GivePlaceForm, LinksForm
from house.gatherings.models import (
    Event,
    JoinLink,
    Question,
    Registration,
    RegistrationState,
)
from house.gatherings.views.managing import looked_after_or_404
from house.gatherings.views.reading import seats
from house.ground.errors import Refused
from house.ground.tables import FORMS, table_response


def _people(request: HttpRequest, event: Event) -> list[Registration]:
    return list(
        Registration.objects.visible_to(request.viewer)
        .filter(event=event)
        .exclude(state=RegistrationState.CANCELLED)
        .select_related("person", "city")
        .order_by("state", "queued_at", "pk")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@route("gatherings.host", also="gatherings.run")
def event_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who comes, from which cities, what they answered and need; the office may give a place."""
    event = looked_after_or_404(request, slug)
    runs = request.viewer.can("gatherings.run")
    form = GivePlaceForm(request.POST or None, event=event, viewer=request.viewer)
    if runs and form.is_bound and form.is_valid() and _give(request, event, form):
        return redirect("gatherings:event_people", event.slug)
    people = _people(request, event)
    questions = list(Question.objects.visible_to(request.viewer).filter(event=event))
    coming = [each for each in people if each.is_coming]
    context: dict[str, Any] = {
        "event": event,
        "seats": seats(event),
        "groups": [
            (_("Have a place"), coming),
            (_("Were offered a place"), [p for p in people if p.state == "offered"]),
            (_("Wait, in order"), [p for p in people if p.state == "waiting"]),
            (_("Let an offer pass"), [p for p in people if p.state == "lapsed"]),
        ],
        "cities": Counter(each.city.label() if each.city else "–" for each in coming).most_common(),
        "came": sum(1 for each in coming if each.came_at),
        "coming": len(coming),
        "questions": questions,
        "form": form if runs else None,
    }
    for each in people:
        each.said = [(q.text, each.answers[q.code]) for q in questions if q.code in each.answers]
    return render(
        request, "gatherings/event_people.html", context, status=422 if form.is_bound else 200
    )


def _give(request: HttpRequest, event: Event, form: GivePlaceForm) -> Registration | None:
    try:
        given = actions.give_place(
            event,
            form.cleaned_data["email"],
            by=request.viewer,
            seat=form.cleaned_data["seat"],
            reason=form.cleaned_data["reason"],
        )
    except Refused as problem:
        form.add_error(None, problem.message)
        return None
    messages.success(request, _("She has a place. The reason stands in the journal."))
    return given


@require_POST
@route("gatherings.host", also="gatherings.run")
def check_in(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    event = looked_after_or_404(request, slug)
    registration = get_object_or_404(
        Registration.objects.visible_to(request.viewer), event=event, code=code
    )
    registration.event = event
    actions.check_in(registration, by=request.viewer, came=request.POST.get("came") == "yes")
    return redirect("gatherings:event_people", event.slug)


@require_safe
@route("gatherings.host", also="gatherings.run")
def event_people_table(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """As CSV or a workbook. Without addresses: the house carries mails."""
    event = looked_after_or_404(request, slug)
    if form not in FORMS:
        raise Http404
    questions = list(Question.objects.visible_to(request.viewer).filter(event=event))
    head = [
        _("Code"), _("Name"), _("City"), _("How they come"), _("State"), _("Registered at"), _("Came at"),
        _("Needs"), *(question.text for question in questions),
    ]  # fmt: skip
    rows = [
        [
            each.code, each.person.name, each.city.label() if each.city else "", each.get_seat_display(),
            each.get_state_display(), each.made_at, each.came_at, each.needs,
            *(each.answers.get(question.code, "") for question in questions),
        ]
        for each in _people(request, event)
    ]  # fmt: skip
    return table_response(form, f"people-{event.code}", head, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@route("gatherings.host", also="gatherings.run")
def event_links(request: HttpRequest, slug: str) -> HttpResponse:
    """Where to enter. The addresses that are kept are shown to nobody here either: only that they are."""
    event = looked_after_or_404(request, slug)
    form = LinksForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _put_links(request, event, form):
        return redirect("gatherings:event_links", event.slug)
    links = JoinLink.objects.visible_to(request.viewer).filter(event=event)
    context = {
        "event": event,
        "form": form,
        "has_one": links.filter(person=None).exists(),
        "own": links.exclude(person=None).count(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "gatherings/event_links.html", context, status=status)


def _put_links(request: HttpRequest, event: Event, form: LinksForm) -> bool:
    try:
        if form.cleaned_data["url"] or "clear" in request.POST:
            actions.put_join_link(event, form.cleaned_data["url"], by=request.viewer)
            messages.success(request, _("Saved."))
        if form.cleaned_data["own"]:
            kept, unknown = actions.put_own_links(
                event, form.cleaned_data["own"], by=request.viewer
            )
            said = _(
                "%(kept)s own addresses were kept; %(unknown)s rows named nobody who registered."
            )
            messages.success(request, said % {"kept": kept, "unknown": len(unknown)})
    except Refused as problem:
        form.add_error(None, f"{problem.message} {problem.remedy}".strip())
        return False
    return True
