"""Where an expert says when she may be booked."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from house.access.routes import route
from house.ground.errors import Refused
from house.ground.text import number_in
from house.meetings import queries
from house.meetings.actions import availability as verbs
from house.meetings.forms_hours import CalendarForm, DayForm, HoursFormSet, TermsForm
from house.meetings.models import Availability, DayChange, WeeklyHours
from house.meetings.views.frame import add_refusal, viewer_of, zone_of
from house.people.models import Person

_BLANK = 3


@require_http_methods(["GET", "HEAD", "POST"])
@route("meetings.offer")
def availability(request: HttpRequest) -> HttpResponse:
    act = request.POST.get("act", "")
    own = verbs.own(viewer_of(request)) if request.method == "POST" else _looked_at(request)
    forms = _forms(request, own, act)
    if request.method == "POST":
        if act == "more":  # another blank row, and what was typed stays
            return _page(request, own, forms, act, status=200)
        if act not in _ACTS:
            raise Http404
        try:
            if said := _ACTS[act](request, own, forms):
                messages.success(request, said)
                return redirect("meetings:availability")
        except Refused as refused:
            add_refusal(forms[act if act in forms else "terms"], refused)
    return _page(request, own, forms, act, status=422 if request.method == "POST" else 200)


def _looked_at(request: HttpRequest) -> Availability:
    """Her own; before she has saved any, as it would begin."""
    viewer = viewer_of(request)
    # `filter` by herself: the office sees those of others too
    found = Availability.objects.visible_to(viewer).filter(person=viewer.person_id).first()
    if found is not None:
        return found
    person = Person.objects.visible_to(viewer).get(pk=viewer.person_id)
    return Availability(
        person=person, zone=person.time_zone, languages=person.languages, lengths=[30, 60],
        about=person.can_help_with,
    )  # fmt: skip


def _forms(request: HttpRequest, own: Availability, act: str) -> dict[str, Any]:
    def data(name: str) -> Any:
        return request.POST if act == name or (name == "hours" and act == "more") else None

    return {
        "terms": TermsForm(data("terms"), instance=own),
        "hours": HoursFormSet(
            _more(request) if act == "more" else data("hours"), initial=_week_of(own), prefix="week"
        ),
        "day": DayForm(data("day")),
        "calendar": CalendarForm(data("calendar"), initial={"kind": own.busy_kind}),
    }


def _more(request: HttpRequest) -> Any:
    """What was typed, with room for some rows more."""
    told = request.POST.copy()
    total = number_in(told.get("week-TOTAL_FORMS", "")) or 0
    told["week-TOTAL_FORMS"] = str(min(total, 37) + _BLANK)
    return told


def _week_of(own: Availability) -> list[dict[str, Any]]:
    if own.pk is None:
        return [{} for _n in range(_BLANK)]
    # every row: her own, who is the only one to open this page
    rows = WeeklyHours.objects.filter(availability=own)
    week = [
        {"weekday": r.weekday, "begins": r.begins, "ends": r.ends, "zone": r.zone} for r in rows
    ]
    return [*week, *({} for _n in range(_BLANK))]


def _terms(request: HttpRequest, own: Availability, forms: dict[str, Any]) -> str:
    if not forms["terms"].is_valid():
        return ""
    forms["terms"].save()
    return _("Your terms are saved.")


def _hours(request: HttpRequest, own: Availability, forms: dict[str, Any]) -> str:
    if not forms["hours"].is_valid():
        return ""
    rows = [row for each in forms["hours"] if (row := each.hours(own.zone)) is not None]
    verbs.set_hours(own, rows, by=viewer_of(request))
    return _("Your week is saved. Sessions that are booked stay booked.")


def _day(request: HttpRequest, own: Availability, forms: dict[str, Any]) -> str:
    form = forms["day"]
    if not form.is_valid():
        return ""
    told = form.cleaned_data
    verbs.change_day(
        own, days=form.days(), is_off=told["sort"] == "off", begins=told["begins"], ends=told["ends"],
        by=viewer_of(request),
    )  # fmt: skip
    return _("Saved.")


def _day_out(request: HttpRequest, own: Availability, forms: dict[str, Any]) -> str:
    viewer = viewer_of(request)
    found = DayChange.objects.visible_to(viewer).filter(code=request.POST.get("code", "")).first()
    if found is None:
        raise Http404
    verbs.remove_day(found, by=viewer)
    return _("This day is as the week says again.")


def _calendar(request: HttpRequest, own: Availability, forms: dict[str, Any]) -> str:
    if not forms["calendar"].is_valid():
        return ""
    verbs.set_calendar(own, **forms["calendar"].cleaned_data, by=viewer_of(request))
    return (
        _("Saved. The house reads it within a minute or two.")
        if own.busy_url
        else _("Your calendar is not read any more, and what was read is forgotten.")
    )


_ACTS = {"terms": _terms, "hours": _hours, "day": _day, "day_out": _day_out, "calendar": _calendar}


def _page(
    request: HttpRequest, own: Availability, forms: dict[str, Any], act: str, *, status: int
) -> HttpResponse:
    now, viewer = timezone.now(), viewer_of(request)
    days = DayChange.objects.visible_to(viewer).filter(day__gte=now.date())
    context = {
        "availability": own,
        "forms": forms,
        "act": act,
        "zone": zone_of(request),
        "days": days,
        "next": queries.next_slots([own], now, most=5)[own.pk] if own.pk and own.is_open else [],
        "zones": ZONES,
    }
    return render(request, "meetings/availability.html", context, status=status)


# What a field suggests; any zone may be typed.
ZONES = (
    "Europe/Amsterdam", "Europe/Brussels", "Europe/Stockholm", "Europe/London", "Europe/Madrid",
    "America/New_York", "America/Toronto", "America/Bogota", "Africa/Johannesburg", "Asia/Seoul",
    "Asia/Singapore", "Asia/Jerusalem", "UTC",
)  # fmt: skip
