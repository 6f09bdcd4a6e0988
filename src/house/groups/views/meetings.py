"""When a group talks: planned in hours that are fair to all its cities, and what came of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.doors import allow, may
from house.access.routes import route
from house.access.viewer import Viewer
from house.ground.errors import Forbidden, Refused
from house.groups import actions, hours
from house.groups.forms import MeetingForm, MinutesForm
from house.groups.forms.meeting import kept
from house.groups.models import Group, Meeting, MeetingAnswer, cities_of
from house.groups.views.frame import frame, inside_or_404, tie
from house.vocabulary.hours import burdens, hours_of


@require_safe
@route("agora.read")
def meeting_list(request: HttpRequest, code: str) -> HttpResponse:
    group = inside_or_404(request, code)
    meetings = Meeting.objects.visible_to(request.viewer).filter(group=group)
    context = {
        **frame(request, group, "meeting_list"),
        "coming": list(meetings.coming()),
        "past": list(meetings.past()),
        "cancelled": list(meetings.filter(cancelled_at__isnull=False).order_by("-starts_at")[:5]),
    }
    return render(request, "groups/meeting_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.write")
def meeting_new(request: HttpRequest, code: str) -> HttpResponse:
    group = inside_or_404(request, code)
    allow(request.viewer, "work", group)
    form = _form(request, group, {"zone": _own_zone(request)} | _asked(request))
    if request.method == "POST" and form.is_valid() and not _only_hours(request):
        try:
            made = actions.plan_meeting(group, form.date(), by=request.viewer)
        except Refused as refused:
            tie(form, refused)
        else:
            messages.success(
                request, _("Planned. All members get an invitation for their calendar.")
            )
            return redirect(made)
    return _form_page(request, group, form, "groups/meeting_new.html")


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.write")
def meeting_edit(request: HttpRequest, code: str, meeting: str) -> HttpResponse:
    group = inside_or_404(request, code)
    found = _meeting(request, group, meeting)
    allow(request.viewer, "work", group)
    form = _form(request, group, kept(found), has_link=bool(found.join_url))
    if request.method == "POST" and form.is_valid() and not _only_hours(request):
        try:
            actions.change_meeting(found, form.date(), by=request.viewer)
        except Refused as refused:
            tie(form, refused)
        else:
            messages.success(
                request, _("Saved. Who is invited gets it anew where the date changed.")
            )
            return redirect(found)
    return _form_page(request, group, form, "groups/meeting_edit.html", meeting=found)


def _form(
    request: HttpRequest, group: Group, initial: dict[str, Any], *, has_link: bool = False
) -> MeetingForm:
    zones = [_own_zone(request), *(city.time_zone for city in cities_of([group])[group.pk])]
    return MeetingForm(request.POST or None, initial=initial, zones=zones, has_link=has_link)


def _own_zone(request: HttpRequest) -> str:
    return str(request.user.time_zone)


def _asked(request: HttpRequest) -> dict[str, str]:
    """A proposal that she chose from the page fills the form."""
    names = ("day", "time", "zone", "title", "minutes_long")
    return {name: request.GET[name][:160] for name in names if request.GET.get(name)}


def _only_hours(request: HttpRequest) -> bool:
    return request.POST.get("then") == "hours"


def _form_page(
    request: HttpRequest,
    group: Group,
    form: MeetingForm,
    template: str,
    meeting: Meeting | None = None,
) -> HttpResponse:
    viewer: Viewer = request.viewer
    compared = None
    if form.is_bound and (moment := form.moment()):
        length = form.cleaned_data.get("minutes_long") or 60
        compared = hours.compared(group, moment, length, viewer)
    cities = cities_of([group])[group.pk]
    context = {
        **frame(request, group, "meeting_list"),
        "form": form,
        "meeting": meeting,
        "compared": compared,
        "zone": _own_zone(request),
        "proposals": hours.proposals(cities, burdens(hours.before(group, viewer), cities)),
    }
    is_wrong = form.is_bound and (bool(form.errors) or not _only_hours(request))
    return render(request, template, context, status=422 if is_wrong else 200)


@require_safe
@route("agora.read")
def meeting(request: HttpRequest, code: str, meeting: str) -> HttpResponse:
    group = inside_or_404(request, code)
    viewer: Viewer = request.viewer
    found = _meeting(request, group, meeting)
    answers = MeetingAnswer.objects.visible_to(viewer).filter(meeting=found)
    said = list(answers.select_related("person", "person__city").order_by("answer", "person__name"))
    context = {
        **frame(request, group, "meeting_list"),
        "meeting": found,
        "hours": hours_of(found.starts_at, found.ends_at, cities_of([group])[group.pk]),
        "answers": said,
        "mine": next((each for each in said if each.person_id == viewer.person_id), None),
        "choices": (
            ("accepted", _("I come")),
            ("tentative", _("Perhaps")),
            ("declined", _("I can't come")),
        ),
        "is_over": found.is_over(),
    }
    # The address itself is never on the page: `meeting_join` leads there, when it is time.
    context["may_enter"] = context["may_work"] and found.is_joinable()
    return render(request, "groups/meeting.html", context)


@require_POST
@route("agora.write")
def meeting_cancel(request: HttpRequest, code: str, meeting: str) -> HttpResponse:
    group = inside_or_404(request, code)
    found = _meeting(request, group, meeting)
    actions.cancel_meeting(found, by=request.viewer)
    messages.success(request, _("Called off. It goes from everybody's calendar."))
    return redirect("groups:meeting_list", code)


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.write")
def meeting_minutes(request: HttpRequest, code: str, meeting: str) -> HttpResponse:
    group = inside_or_404(request, code)
    found = _meeting(request, group, meeting)
    allow(request.viewer, "work", group)
    initial = {"minutes": found.minutes, "seen": found.minutes}
    form = MinutesForm(request.POST or None, initial=initial)
    theirs = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_minutes(found, by=request.viewer, **form.cleaned_data)
        except Refused as refused:
            tie(form, refused)
            theirs = found.minutes
            form.data = {**form.data.dict(), "seen": theirs}  # what she sees now
        else:
            messages.success(request, _("Saved. The group is told."))
            return redirect(found)
    context = {**frame(request, group, "meeting_list"), "meeting": found, "form": form}
    context["theirs"] = theirs
    status = 422 if form.is_bound else 200
    return render(request, "groups/meeting_minutes.html", context, status=status)


@require_POST
@route("agora.write")
def meeting_answer(request: HttpRequest, code: str, meeting: str) -> HttpResponse:
    group = inside_or_404(request, code)
    found = _meeting(request, group, meeting)
    try:
        actions.answer_meeting(found, request.POST.get("answer", ""), by=request.viewer)
        messages.success(request, _("Noted."))
    except Refused as refused:
        if refused.status == 403:
            raise
        messages.error(request, refused.message)
    return redirect(found)


@require_safe
@route("agora.read")
def meeting_join(request: HttpRequest, code: str, meeting: str) -> HttpResponse:
    """Leads members to where the meeting takes place, from a quarter of an hour before until its end."""
    group = inside_or_404(request, code)
    found = _meeting(request, group, meeting)
    if not may(request.viewer, "work", group):
        raise Forbidden(_("Members of the group come in here."), remedy=_("Ask to join the group."))
    if not found.is_joinable():
        messages.error(
            request, _("The way in opens a quarter of an hour before the meeting, until its end.")
        )
        return redirect(found)
    response = HttpResponseRedirect(found.join_url)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _meeting(request: HttpRequest, group: Group, code: str) -> Meeting:
    meetings = Meeting.objects.visible_to(request.viewer).filter(group=group)
    return get_object_or_404(meetings.select_related("group", "made_by", "minutes_by"), code=code)
