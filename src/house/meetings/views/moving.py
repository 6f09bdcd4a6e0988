"""The pages on which a session changes: another time, other hands, other words, or not at all."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from house.access.doors import allow, may
from house.access.routes import route
from house.ground.errors import Refused
from house.ground.text import number_in
from house.meetings import remedies, rules, units
from house.meetings.actions import booking, handing
from house.meetings.forms import (
    ColleagueForm,
    ExpertForm,
    MomentForm,
    PreparationForm,
    ReasonForm,
    WordForm,
)
from house.meetings.models import Availability, Case, Joiner, Preparation
from house.meetings.people import may_join
from house.meetings.views.booking import _moment, page_of_slots
from house.meetings.views.frame import (
    add_refusal,
    session_of,
    status_of,
    tell_refusal,
    topics_for,
    viewer_of,
    zone_of,
)


@require_http_methods(["GET", "HEAD", "POST"])
@route("meetings.book")
def session_move(request: HttpRequest, code: str) -> HttpResponse:
    """Another time of the same expert; also the one that she proposed."""
    found = session_of(request, code)
    viewer = viewer_of(request)
    allow(viewer, "move", found)
    status = 200
    if request.method == "POST":
        starts_at = _moment(request.POST.get("at", ""))
        try:
            booking.move(
                found,
                # Where no time was chosen: the one it has, which is refused with a word.
                starts_at=starts_at or found.starts_at,
                by=viewer,
                sequence=number_in(request.POST.get("sequence", "")),
            )
        except Refused as refused:
            status = 422
            tell_refusal(request, refused)
        else:
            messages.success(request, _("Moved. Your calendar takes it over from a mail."))
            return redirect(found)
    # every row: the expert's own, of which the page tells free hours alone
    availability = get_object_or_404(Availability.objects.filter(person=found.expert_id))
    begins = remedies.first_for_move(found, timezone.now())
    context = {
        "session": found,
        "zone": zone_of(request),
        "begins": begins,
        **page_of_slots(request, availability, found.length, moved=found, begins=begins),
    }
    return render(request, "meetings/session_move.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@route("meetings.book", also="meetings.offer")
def session_cancel(request: HttpRequest, code: str) -> HttpResponse:
    """What becomes of the unit is told before it is done. An expert declines with a reason."""
    found, viewer = session_of(request, code), viewer_of(request)
    allow(viewer, "cancel", found)
    is_city = found.city_id in viewer.city_ids and found.expert_id != viewer.person_id
    form = (WordForm if is_city else ReasonForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            word = form.cleaned_data["word"]
            ended = (
                booking.cancel(found, by=viewer, word=word)
                if is_city
                else booking.decline(found, by=viewer, word=word)
            )
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, f"{_('Cancelled.')} {units.told(ended.unit)}")
            return redirect(found)
    found_rules = rules.rulings()
    ruling = (
        rules.city_cancels(found.starts_at, timezone.now()) if is_city else found_rules[Case.EXPERT]
    )
    context = {
        "session": found, "form": form, "zone": zone_of(request), "is_city": is_city, "ruling": ruling,
        "early": found_rules[Case.CITY_EARLY],
    }  # fmt: skip
    return render(request, "meetings/session_cancel.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@route("meetings.book")
def session_prepare(request: HttpRequest, code: str) -> HttpResponse:
    """What was written before the session, and who joins."""
    found, viewer = session_of(request, code), viewer_of(request)
    allow(viewer, "prepare", found)
    written = get_object_or_404(Preparation.objects.visible_to(viewer), session=found)
    joins = Joiner.objects.visible_to(viewer).filter(session=found)
    form = PreparationForm(
        request.POST or None, request.FILES or None, people=may_join(viewer, found.city_id),
        topics=topics_for(viewer),
        initial={
            "goal": written.goal, "tried": written.tried, "questions": written.questions,
            "others": written.others, "language": written.language, "topic": found.topic_id,
            "consents": found.consents_city, "key": "edit",
            "joiners": [row.person.code for row in joins.select_related("person")],
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            booking.prepare(found, form.asked(), by=viewer)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("Saved. The expert sees it."))
            return redirect(found)
    context = {"session": found, "form": form, "zone": zone_of(request)}
    return render(request, "meetings/session_prepare.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@route("meetings.book", also="meetings.offer")
def session_hand(request: HttpRequest, code: str) -> HttpResponse:
    """To a colleague: the city's to one of its own, the expert's to another expert."""
    found, viewer = session_of(request, code), viewer_of(request)
    is_city = may(viewer, "hand_over", found)
    allow(viewer, "hand_over" if is_city else "pass_on", found)
    if is_city:
        form = ColleagueForm(
            request.POST or None,
            people=may_join(viewer, found.city_id).exclude(pk=found.booked_by_id),
        )
    else:
        others = Availability.objects.visible_to(viewer).open().exclude(person=found.expert_id)
        form = ExpertForm(request.POST or None, experts=others.for_cards())
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            if is_city:
                handing.hand_over(found, to=told["person"], by=viewer)
            else:
                handing.pass_on(found, to=told["expert"], word=told["word"], by=viewer)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("It is in other hands now; both hear of it."))
            return redirect(found if is_city else "meetings:home")
    choices = form.fields["person" if is_city else "expert"].queryset
    context = {
        "session": found,
        "form": form if choices.exists() else None,
        "zone": zone_of(request),
        "is_city": is_city,
    }
    return render(request, "meetings/session_hand.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@route("meetings.offer")
def session_propose(request: HttpRequest, code: str) -> HttpResponse:
    """Another time that the expert would rather have; the city decides."""
    found, viewer, zone = session_of(request, code), viewer_of(request), zone_of(request)
    allow(viewer, "propose", found)
    form = MomentForm(request.POST or None, zone=zone)
    if request.method == "POST" and form.is_valid():
        starts_at, word = form.cleaned_data["starts_at"], form.cleaned_data["word"]
        try:
            handing.propose(found, starts_at=starts_at, word=word, by=viewer)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(
                request, _("Proposed. The booked time counts until the city takes yours.")
            )
            return redirect(found)
    context = {"session": found, "form": form, "zone": zone}
    return render(request, "meetings/session_propose.html", context, status=status_of(form))
