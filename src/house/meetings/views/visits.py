"""Visits: the list, asking for one, and the page on which the city and the foundation talk."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from house.access import doors
from house.access.doors import allow
from house.access.routes import route
from house.ground.codes import short_code
from house.ground.errors import Forbidden, Refused
from house.meetings import briefing, programme, remedies, rules, units
from house.meetings.actions import programmes, promises, visits
from house.meetings.forms import PromiseForm, ReasonForm, WordForm
from house.meetings.forms_visits import (
    AnswerForm,
    DayForm,
    LeadForm,
    ReportForm,
    TalkForm,
    VisitForm,
)
from house.meetings.models import Case, Programme, Promise, Visit, VisitWord
from house.meetings.people import foundation, people_of
from house.meetings.views.frame import (
    add_refusal,
    city_of,
    status_of,
    viewer_of,
    visit_of,
)
from house.partners import ledger
from house.partners.ledger.holds import NoneLeft
from house.partners.periods import today_in


@require_safe
@route("meetings.book", also="meetings.offer")
def visit_list(request: HttpRequest) -> HttpResponse:
    """By state, the oldest first: what has waited longest stands on top."""
    viewer, state = viewer_of(request), request.GET.get("state", "")
    found = Visit.objects.visible_to(viewer)
    counts = {name: 0 for name, _label in Visit.State.choices}
    for name in found.values_list("state", flat=True):
        counts[name] += 1
    shown = found.filter(state=state) if state in counts else found.open()
    context = {
        "visits": shown.for_lists().order_by("asked_at", "pk")[:200],
        "state": state if state in counts else "",
        "states": [(name, label, counts[name]) for name, label in Visit.State.choices],
        "open_count": sum(counts[name] for name in Visit.OPEN),
        "may_ask": viewer.can("visits.request") and bool(viewer.city_ids),
        "may_plan": viewer.can("visits.plan"),
    }
    return render(request, "meetings/visit_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@route("visits.request")
def visit_new(request: HttpRequest) -> HttpResponse:
    viewer, city = viewer_of(request), city_of(request)
    form = VisitForm(
        request.POST or None,
        initial={"key": short_code(16), "languages": ["en"], "contact_name": request.user.name},
    )
    remedy = None
    if request.method == "POST" and form.is_valid():
        wish = form.wish()
        try:
            visit = visits.ask(city, wish, by=viewer)
        except NoneLeft as refused:
            when = visits.noon(wish.days[0], city.time_zone)
            remedy = remedies.ways_on(viewer, city, when, benefit=units.VISIT)
            add_refusal(form, refused)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("Asked for. The foundation has it and answers here."))
            return redirect(visit)
    context = {
        "form": form,
        "city": city,
        "remedy": remedy,
        "balances": [row for row in ledger.balances(city) if row.benefit.pk == units.VISIT],
        "next_day": remedies.next_day(city, units.VISIT, timezone.now()),
    }
    return render(request, "meetings/visit_new.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@route("meetings.book", also="meetings.offer")
def visit(request: HttpRequest, code: str) -> HttpResponse:
    found = visit_of(request, code)
    forms, act = _forms(request, found), request.POST.get("act", "")
    if request.method == "POST":
        if act not in _ACTS:
            raise Http404
        form = forms.get(act)
        try:
            if form is None or form.is_valid():
                messages.success(request, _ACTS[act](request, found, form))
                return redirect(found)
        except Forbidden:
            raise
        except Refused as refused:
            add_refusal(form if form is not None else forms["talk"], refused)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "meetings/visit.html", _context(request, found, forms, act), status=status
    )


def _forms(request: HttpRequest, found: Visit) -> dict[str, Any]:
    def bound(act: str) -> Any:
        return request.POST if request.POST.get("act") == act else None

    latest = Programme.objects.visible_to(viewer_of(request)).filter(visit=found).first()
    day = found.day or (found.proposed[0] if found.days else None)
    return {
        "talk": TalkForm(bound("talk"), auto_id="talk_%s"),
        "day": DayForm(bound("day"), initial={"day": day, "place": found.place}, auto_id="day_%s"),
        "lead": LeadForm(bound("lead"), people=foundation().order_by("name"), auto_id="lead_%s"),
        "answer": AnswerForm(
            bound("answer"), initial={"number": latest.number if latest else 0}, auto_id="answer_%s"
        ),
        "report": ReportForm(
            bound("report"), initial={"report": found.report}, auto_id="report_%s"
        ),
        "promise": PromiseForm(bound("promise"), people=people_of(found), auto_id="promise_%s"),
    }


def _talk(request: HttpRequest, found: Visit, form: Any) -> str:
    visits.say(found, text=form.cleaned_data["text"], by=viewer_of(request))
    return _("Sent. The other side gets a mail.")


def _day(request: HttpRequest, found: Visit, form: Any) -> str:
    visits.choose_day(found, **form.cleaned_data, by=viewer_of(request))
    return _("The day is chosen. Everybody who has a part in it is invited.")


def _lead(request: HttpRequest, found: Visit, form: Any) -> str:
    visits.take_lead(found, person=form.cleaned_data["person"], by=viewer_of(request))
    return _("Saved.")


def _answer(request: HttpRequest, found: Visit, form: Any) -> str:
    told = form.cleaned_data
    programmes.answer(
        found,
        number=told["number"],
        agrees=bool(told["agrees"]),
        word=told["word"],
        by=viewer_of(request),
    )
    return _("Thank you. The foundation has your answer.")


def _held(request: HttpRequest, found: Visit, form: Any) -> str:
    visits.mark_held(found, by=viewer_of(request))
    return _("The visit took place, and the unit is used. Now the report and the promises.")


def _report(request: HttpRequest, found: Visit, form: Any) -> str:
    visits.report(found, text=form.cleaned_data["report"], by=viewer_of(request))
    return _("The report is with the city.")


def _promise(request: HttpRequest, found: Visit, form: Any) -> str:
    promises.promise(found, **form.cleaned_data, by=viewer_of(request))
    return _("Noted. The owner is reminded before the day.")


_ACTS: dict[str, Callable[[HttpRequest, Visit, Any], str]] = {
    "talk": _talk, "day": _day, "lead": _lead, "answer": _answer, "held": _held, "report": _report,
    "promise": _promise,
}  # fmt: skip


def _context(request: HttpRequest, found: Visit, forms: dict[str, Any], act: str) -> dict[str, Any]:
    viewer = viewer_of(request)
    versions = list(
        Programme.objects.visible_to(viewer).filter(visit=found).select_related("answered_by")
    )
    latest = versions[0] if versions else None
    promised = Promise.objects.visible_to(viewer).filter(visit=found).for_lists()
    today = today_in(found.zone, timezone.now())
    return {
        "visit": found,
        "forms": forms,
        "sent": forms.get(act),
        "words": VisitWord.objects.visible_to(viewer).filter(visit=found).select_related("author"),
        "brief": briefing.of_version(found, latest) if latest else None,
        "versions": versions,
        "latest": latest,
        "promises": [(each, doors.may(viewer, "end", each)) for each in promised],
        "odd_days": {day: programme.odd_day(day, found.city.country) for day in found.proposed},
        "may_plan": viewer.can("visits.plan") and found.is_open,
        "may_talk": doors.may(viewer, "talk", found),
        "may_answer": doors.may(viewer, "answer", found)
        and found.state == Visit.State.SHARED
        and latest is not None,
        "may_end": found.is_open and (doors.may(viewer, "take_back", found) or viewer.can("visits.plan")),
        "may_mark": viewer.can("visits.plan")
        and found.is_open
        and found.day is not None
        and found.day <= today,
        "may_report": viewer.can("visits.plan") and found.state == Visit.State.HELD,
        "may_promise": doors.may(viewer, "promise", found),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@route("meetings.book", also="meetings.offer")
def visit_end(request: HttpRequest, code: str) -> HttpResponse:
    """The city takes it back, the foundation declines. What becomes of the unit is told first."""
    found, viewer = visit_of(request, code), viewer_of(request)
    is_city = doors.may(viewer, "take_back", found)
    allow(viewer, "take_back" if is_city else "plan", found)
    form = (WordForm if is_city else ReasonForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        end = visits.take_back if is_city else visits.decline
        try:
            ended = end(found, word=form.cleaned_data["word"], by=viewer)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, units.told(ended.unit))
            return redirect(found)
    rulings, today = rules.rulings(), today_in(found.zone, timezone.now())
    ruling = rules.city_takes_back(found.day, today) if is_city else rulings[Case.VISIT_OURS]
    context = {"visit": found, "form": form, "is_city": is_city, "ruling": ruling}
    return render(request, "meetings/visit_end.html", context, status=status_of(form))
