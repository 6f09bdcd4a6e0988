"""Coming, waiting, taking an offer, staying away; choosing sessions; going in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.doors import allow
from house.access.routes import SIGNED_IN, route
from house.gatherings import actions, times
from house.gatherings.actions.coming import ENTRY_OPENS
from house.gatherings.forms import RegisterForm
from house.gatherings.models import (
    Event,
    Registration,
    RegistrationState,
    Session,
    SessionPlace,
    Speaker,
)
from house.gatherings.queries import overlapping, registration_of
from house.gatherings.views.programme import session_or_404
from house.gatherings.views.reading import event_or_404, seats, zone_of
from house.ground.errors import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@route("gatherings.attend")
def event_register(request: HttpRequest, slug: str) -> HttpResponse:
    """The form. What was typed stays, whatever is wrong with it."""
    event = event_or_404(request, slug)
    allow(request.viewer, "attend", event)
    mine = registration_of(event, request.viewer)
    changes = mine is not None and mine.is_live
    form = RegisterForm(request.POST or None, event=event, viewer=request.viewer, mine=mine)
    if form.is_bound and form.is_valid() and _register(request, event, form, changes=changes):
        return redirect("gatherings:event", slug)
    context = {
        "event": event,
        "form": form,
        "changes": changes,
        "seats": seats(event),
        "when": times.told(
            event.starts_at, event.ends_at, event.zone, zone_of(request) or event.zone
        ),
    }
    status = 422 if form.is_bound else 200
    return render(request, "gatherings/register.html", context, status=status)


def _register(
    request: HttpRequest, event: Event, form: RegisterForm, *, changes: bool
) -> Registration | None:
    try:
        made = actions.register(
            event,
            by=request.viewer,
            seat=form.cleaned_data["seat"],
            answers=form.answers(),
            needs=form.cleaned_data["needs"],
        )
    except Refused as problem:
        form.add_error(None, f"{problem.message} {problem.remedy}".strip())
        return None
    messages.success(request, _("Saved.") if changes else _said(made))
    return made


def _said(registration: Registration) -> str:
    match registration.state:
        case RegistrationState.CONFIRMED:
            return _("You have a place. An invitation for your calendar is on its way.")
        case RegistrationState.OFFERED:
            return _("A place is offered to you: take it on this page.")
        case _:
            return _("All places are taken: you are in line, and see here where you stand.")


@require_POST
@route(SIGNED_IN)
def registration_act(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the offered place, or give back what she holds or waits for. One press."""
    event = event_or_404(request, slug)
    mine = get_object_or_404(
        Registration.objects.visible_to(request.viewer),
        event=event,
        person=request.viewer.person_id,
    )
    mine.event = event
    try:
        if request.POST.get("act") == "accept":
            actions.accept_offer(mine, by=request.viewer)
            messages.success(request, _said(mine))
        elif request.POST.get("act") == "leave":
            actions.cancel_registration(mine, by=request.viewer)
            messages.success(request, _("Done. What you held or waited for goes to the next."))
    except Refused as problem:
        if problem.status == 403:
            raise
        messages.warning(request, f"{problem.message} {problem.remedy}".strip())
    return redirect("gatherings:event", slug)


@require_POST
@route("gatherings.attend")
def session_choose(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    event = event_or_404(request, slug)
    session = session_or_404(request, event, code)
    mine = get_object_or_404(
        Registration.objects.visible_to(request.viewer),
        event=event,
        person=request.viewer.person_id,
    )
    mine.event = event
    try:
        if request.POST.get("choose") == "yes":
            place = actions.choose_session(session, mine, by=request.viewer)
            _say_chosen(request, session, mine, is_waiting=place.is_waiting)
        else:
            actions.leave_session(session, mine, by=request.viewer)
            messages.success(request, _("You gave the place in this session back."))
    except Refused as problem:
        if problem.status == 403:
            raise
        messages.warning(request, f"{problem.message} {problem.remedy}".strip())
    return redirect("gatherings:session", slug, code)


def _say_chosen(
    request: HttpRequest, session: Session, mine: Registration, *, is_waiting: bool
) -> None:
    if is_waiting:
        messages.success(request, _("It is full: you wait for a place in this session."))
    else:
        messages.success(request, _("You have a place in this session."))
    places = SessionPlace.objects.visible_to(request.viewer).filter(registration=mine)
    chosen = list(
        Session.objects.visible_to(request.viewer).filter(
            pk__in=places.order_by().values("session")
        )
    )
    others = [
        one if other.pk == session.pk else other
        for one, other in overlapping(chosen)
        if session.pk in {one.pk, other.pk}
    ]
    for other in others:
        messages.warning(
            request,
            _("“%(title)s”, which you also chose, takes place at the same time.")
            % {"title": other.title},
        )


@never_cache
@require_safe
@route(SIGNED_IN)
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """The way in: leads who has a place straight to the room, in time; else says why not yet.

    The address stands in no page, only in this answer. (A form could not lead there: the policy of our
    pages lets forms end on our own site alone.) What a browser fetches ahead opens nothing.
    """
    event = event_or_404(request, slug)
    problem = None
    is_ahead = "prefetch" in request.headers.get("Sec-Purpose", "") or request.method == "HEAD"
    if not is_ahead:
        try:
            return redirect(actions.enter(event, by=request.viewer))
        except Refused as refused:
            problem = refused
    context = {
        "event": event,
        "problem": problem,
        "registration": registration_of(event, request.viewer),
        "opens_at": event.starts_at - ENTRY_OPENS,
        "when": times.told(
            event.starts_at, event.ends_at, event.zone, zone_of(request) or event.zone
        ),
    }
    return render(request, "gatherings/join.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN)
def speaking(request: HttpRequest, code: str) -> HttpResponse:
    """May she be named? It counts at once, and can be taken back at any time."""
    speaker = get_object_or_404(
        Speaker.objects.visible_to(request.viewer)
        .filter(person=request.viewer.person_id, person__isnull=False)
        .select_related("session__event"),
        code=code,
    )
    if request.method == "POST":
        actions.consent(speaker, by=request.viewer, agrees=request.POST.get("agrees") == "yes")
        messages.success(request, _("Noted. It counts at once, everywhere."))
        return redirect("gatherings:speaking", code)
    context = {"speaker": speaker, "event": speaker.session.event}
    return render(request, "gatherings/speaking.html", context)
