"""The editor of a day, its brief as page, PDF and calendar."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from house.access.routes import route
from house.ground.errors import Forbidden, Refused
from house.ground.text import number_in
from house.meetings import briefing, events, pdf, programme
from house.meetings.actions import programmes
from house.meetings.forms_visits import CopyForm, NoteForm, RowFormSet
from house.meetings.models import Programme, ProgrammeRow, Visit
from house.meetings.people import people_of
from house.meetings.programme import Row
from house.meetings.views.frame import viewer_of, visit_of
from house.notices.ics.lines import line
from house.notices.ics.writing import calendar, vevent, vtimezones
from house.people.models import Person

_BLANK = 3


@require_http_methods(["GET", "HEAD", "POST"])
@route("visits.plan")
def visit_programme(request: HttpRequest, code: str) -> HttpResponse:
    """Rows that are typed in any order: saving puts them in order and says what does not fit."""
    found, act = visit_of(request, code), request.POST.get("act", "")
    forms, refused = _forms(request, found, act), None
    if request.method == "POST" and act != "more":
        if act not in _ACTS:
            raise Http404
        try:
            if forms[act].is_valid():
                messages.success(request, _ACTS[act](request, found, forms[act]))
                return redirect(found if act == "share" else request.path)
        except Forbidden:
            raise
        except Refused as problem:
            refused = problem
    rows = programmes.rows_of(found)
    context = {
        "visit": found, "forms": forms, "act": act, "refused": refused, "is_empty": not rows,
        "findings": programme.findings([programmes.plain(row) for row in rows]),
    }  # fmt: skip
    status = 422 if request.method == "POST" and act != "more" else 200
    return render(request, "meetings/visit_programme.html", context, status=status)


def _forms(request: HttpRequest, found: Visit, act: str) -> dict[str, Any]:
    return {
        "save": _rows_form(request, found, act),
        "share": NoteForm(request.POST if act == "share" else None),
        "copy": CopyForm(request.POST if act == "copy" else None, others=_others(request, found)),
    }


def _rows_form(request: HttpRequest, found: Visit, act: str) -> Any:
    people = [(str(each.pk), _named(each)) for each in people_of(found)]
    data = None
    if act in {"save", "more"}:
        data = request.POST.copy()
        if act == "more":
            total = number_in(data.get("row-TOTAL_FORMS", "")) or 0
            data["row-TOTAL_FORMS"] = str(min(total, 37) + _BLANK)
    return RowFormSet(data, initial=_kept(found), prefix="row", form_kwargs={"people": people})


def _named(person: Person) -> str:
    return f"{person.name} · {person.job_title}" if person.job_title else person.name


def _kept(found: Visit) -> list[dict[str, Any]]:
    kept = [
        {
            "begins": row.begins, "ends": row.ends, "format": row.format, "title": row.title,
            "team": row.team, "people": row.people, "place": row.place, "notes": row.notes,
            "travel": row.travel, "members": [str(person.pk) for person in row.members.all()],
        }
        for row in programmes.rows_of(found)
    ]  # fmt: skip
    return [*kept, *({} for _n in range(_BLANK))]


def _others(request: HttpRequest, found: Visit) -> list[tuple[str, str]]:
    """Days of other visits that may be copied."""
    planned = ProgrammeRow.objects.visible_to(viewer_of(request)).values("visit")
    others = (
        Visit.objects.visible_to(viewer_of(request)).filter(pk__in=planned).exclude(pk=found.pk)
    )
    return [
        (each.code, f"{each.city.label()}, {each.day or each.asked_at.date()}")
        for each in others.for_lists()[:20]
    ]


def _share(request: HttpRequest, found: Visit, form: Any) -> str:
    shared = programmes.share(found, note=form.cleaned_data["note"], by=viewer_of(request))
    return _("Version %(number)s is with the city.") % {"number": shared.number}


def _copy(request: HttpRequest, found: Visit, form: Any) -> str:
    rows = _template(request, form.cleaned_data["template"])
    programmes.copy_into(found, rows, by=viewer_of(request))
    return _("Copied. Now fill in people and places.")


def _save(request: HttpRequest, found: Visit, form: Any) -> str:
    seen = number_in(request.POST.get("revision", ""))
    planned = [each for row in form if (each := row.planned()) is not None]
    programmes.save_programme(
        found, planned, by=viewer_of(request), revision=-1 if seen is None else seen
    )
    return _("Saved.")


_ACTS: dict[str, Callable[[HttpRequest, Visit, Any], str]] = {
    "save": _save,
    "share": _share,
    "copy": _copy,
}


def _template(request: HttpRequest, name: str) -> list[Row]:
    made = programme.templates()
    if name in made:
        return made[name][1]
    other = get_object_or_404(Visit.objects.visible_to(viewer_of(request)), code=name)
    return [programmes.plain(row) for row in programmes.rows_of(other)]


# -- The brief --------------------------------------------------------------------------------------


def _brief_of(request: HttpRequest, code: str) -> briefing.Brief:
    """The latest shared version, or the one in the address; who plans sees the plan before any is shared."""
    found, viewer = visit_of(request, code), viewer_of(request)
    versions = Programme.objects.visible_to(viewer).filter(visit=found)
    asked = request.GET.get("version", "")
    if (number := number_in(asked)) is not None:
        return briefing.of_version(found, get_object_or_404(versions, number=number))
    if (latest := versions.first()) is not None and asked != "plan":
        return briefing.of_version(found, latest)
    if not viewer.can("visits.plan"):
        raise Http404
    return briefing.of_plan(found, programmes.rows_of(found))


@require_safe
@route("meetings.book", also="meetings.offer")
def visit_brief(request: HttpRequest, code: str) -> HttpResponse:
    context = {"brief": _brief_of(request, code), "has_pdf": pdf.is_available()}
    return render(request, "meetings/visit_brief.html", context)


@require_safe
@route("meetings.book", also="meetings.offer")
def visit_brief_pdf(request: HttpRequest, code: str) -> HttpResponse:
    brief = _brief_of(request, code)
    context = {
        "brief": brief,
        "address": settings.BASE_URL + brief.visit.get_absolute_url(),
    }
    try:
        made = pdf.pdf_of(render_to_string("meetings/visit_brief_pdf.html", context))
    except pdf.NoPrinter as refused:
        context = {"brief": brief, "has_pdf": False, "refused": refused}
        return render(request, "meetings/visit_brief.html", context, status=refused.status)
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="visit-{brief.visit.code}.pdf"'
    return answer


@require_safe
@route("meetings.book", also="meetings.offer")
def visit_brief_ics(request: HttpRequest, code: str) -> HttpResponse:
    """The hours of the version as events, for a calendar that takes files."""
    brief = _brief_of(request, code)
    found = events.of_brief(brief)
    if not found:
        raise Http404
    now = timezone.now()
    parts = [vevent(each, stamped_at=now, sequence=each.sequence) for each in found]
    raw = calendar([*vtimezones(found), *parts], head=[line("METHOD", "PUBLISH")])
    answer = HttpResponse(raw, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="visit-{brief.visit.code}.ics"'
    return answer
