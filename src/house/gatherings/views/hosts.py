"""Who comes: the hosts' list, checking in, the table of it, where to enter, places beside the line."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.routes import route
from house.gatherings import actions
from house.gatherings.forms import ComersForm, GivePlaceForm, LinksForm
from house.gatherings.models import (
    Event,
    JoinLink,
    Question,
    Registration,
    RegistrationQuerySet,
    RegistrationState,
)
from house.gatherings.queries import choosable
from house.gatherings.queries_comers import (
    by_city,
    comers,
    of_name,
    of_session,
    sessions_of,
    totals,
)
from house.gatherings.views.managing import looked_after_or_404
from house.gatherings.views.reading import seats
from house.ground.errors import Refused
from house.ground.tables import FORMS, table_response

PAGE = 50
PRINTED = 5000  # on paper, more than any hall holds
_GROUPS = {
    RegistrationState.CONFIRMED: gettext_lazy("Have a place"),
    RegistrationState.OFFERED: gettext_lazy("Were offered a place"),
    RegistrationState.WAITING: gettext_lazy("Wait, in order"),
    RegistrationState.LAPSED: gettext_lazy("Let an offer pass"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@route("gatherings.host", also="gatherings.run")
def event_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who comes, from which cities, what they answered and need; the office may give a place."""
    event = looked_after_or_404(request, slug)
    runs = request.viewer.can("gatherings.run")
    form = GivePlaceForm(request.POST or None, event=event, viewer=request.viewer)
    if runs and form.is_bound and form.is_valid() and _give(request, event, form):
        return redirect("gatherings:event_people", event.slug)
    everybody = comers(event, request.viewer)
    came = everybody.coming().filter(came_at__isnull=False).count()
    counts = totals(everybody)
    context = _listed(request, event, everybody, counts) | {
        "event": event,
        "seats": seats(event),
        "cities": by_city(everybody),
        "came": came,
        "coming": counts.get(RegistrationState.CONFIRMED, 0),
        "form": form if runs else None,
    }
    return render(
        request, "gatherings/event_people.html", context, status=422 if form.is_bound else 200
    )


def _listed(
    request: HttpRequest, event: Event, everybody: RegistrationQuerySet, counts: dict[str, int]
) -> dict[str, Any]:
    """One page of those who were asked for, by how they stand; all of them for paper."""
    sessions = choosable(event, request.viewer)
    asked = ComersForm(request.GET, sessions=sessions)
    told = asked.cleaned_data if asked.is_valid() else {}
    rows = of_name(everybody, told["name"]) if told.get("name") else everybody
    rows = of_session(rows, told["session"]) if told.get("session") else rows
    if rows is not everybody:
        counts = totals(rows)
    is_whole = request.GET.get("all") == "1"
    pages = Paginator(rows, PRINTED if is_whole else PAGE)
    pages.count = sum(counts.values())  # known already
    page = pages.get_page(request.GET.get("page"))
    people = list(page.object_list)
    _say_more(request, event, people)
    return {
        "asked": asked,
        "is_narrowed": any(told.values()),
        "page": page,
        "is_whole": is_whole or page.paginator.num_pages == 1,
        "groups": [
            (label, counts[state], [each for each in people if each.state == state])
            for state, label in _GROUPS.items()
            if counts.get(state)
        ],
    }


def _say_more(request: HttpRequest, event: Event, people: list[Registration]) -> None:
    """What they answered, and which sessions they chose."""
    questions = Question.objects.visible_to(request.viewer).filter(event=event)
    asked = [(question.text, question.code) for question in questions]
    hers = Registration.objects.visible_to(request.viewer).filter(pk__in=[p.pk for p in people])
    chosen = sessions_of(hers)
    for each in people:
        each.said = [(text, each.answers[code]) for text, code in asked if code in each.answers]
        each.chosen = chosen.get(each.pk, [])


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
    page, asked = reverse("gatherings:event_people", args=[event.slug]), request.GET.urlencode()
    return redirect(f"{page}?{asked}#person-{registration.code}")


@require_safe
@route("gatherings.host", also="gatherings.run")
def event_people_table(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """As CSV or a workbook. Without addresses: the house carries mails."""
    event = looked_after_or_404(request, slug)
    if form not in FORMS:
        raise Http404
    questions = list(Question.objects.visible_to(request.viewer).filter(event=event))
    people = comers(event, request.viewer)
    chosen = sessions_of(people)
    head = [
        _("Code"), _("Name"), _("City"), _("How they come"), _("State"), _("Registered at"), _("Came at"),
        _("Needs"), _("Sessions"), *(question.text for question in questions),
    ]  # fmt: skip
    rows = [
        [
            each.code, each.person.name, each.city.label() if each.city else "", each.get_seat_display(),
            each.get_state_display(), each.made_at, each.came_at, each.needs,
            "; ".join(place.session.title for place in chosen.get(each.pk, []) if not place.is_waiting),
            *(each.answers.get(question.code, "") for question in questions),
        ]
        for each in people
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
