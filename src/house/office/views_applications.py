"""The pipeline of those who want to come in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access import journal
from house.access.routes import route
from house.access.viewer import Viewer
from house.ground import tables
from house.ground.errors import Refused
from house.ground.htmx import render_part
from house.office.forms_applications import (
    CareForm,
    CityForm,
    FilterForm,
    JoinForm,
    MailForm,
    MoveForm,
    NoteForm,
    OpenForm,
)
from house.partners import letters
from house.partners.actions import applications as verbs
from house.partners.actions.cities import add_city
from house.partners.models import CLOSED, PIPELINE, Application, ApplicationEvent, Stage
from house.partners.places import same_name
from house.people.models import Person

NEEDS = "office.partnerships"


def _rows(viewer: Viewer) -> QuerySet[Application]:
    """With `followers`: how many were put together with it."""
    followers = (
        Application.objects.visible_to(viewer)
        .filter(joined_to=OuterRef("pk"))
        .order_by()
        .values("joined_to")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        Application.objects.visible_to(viewer)
        .leading()
        .for_board()
        .annotate(followers=Coalesce(Subquery(followers), 0))
    )


@require_safe
@route(NEEDS)
def applications(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    rows = list(form.applied_to(_rows(request.viewer), request.viewer))
    shown = {"closed": CLOSED, "all": (*PIPELINE, *CLOSED)}.get(
        request.GET.get("show", ""), PIPELINE
    )
    context = {
        "form": form,
        "columns": [
            {
                "stage": stage,
                "next": _next(stage),
                "rows": [row for row in rows if row.stage == stage],
            }
            for stage in shown
        ],
        "count": len(rows),
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "stages": Stage.choices,
        "moved": _moved(request),
    }
    return render_part(request, "office/applications.html", context, part="board")


def _next(stage: Stage) -> Stage | None:
    """Where it goes when all goes well; the last steps are taken on its own page."""
    if stage in CLOSED or stage in (Stage.SIGNED, Stage.WELCOME):
        return None
    return PIPELINE[PIPELINE.index(stage) + 1]


def _moved(request: HttpRequest) -> ApplicationEvent | None:
    """The move that was just made, so that it can be taken back."""
    return (
        ApplicationEvent.objects.visible_to(request.viewer)
        .filter(code=request.GET.get("moved", "")[:12], undoes=None)
        .select_related("application__city")
        .first()
        if request.GET.get("moved")
        else None
    )


@require_safe
@route(NEEDS)
def applications_export(request: HttpRequest, form: str) -> HttpResponse:
    """What the board shows, as a table; the journal remembers who took it."""
    if form not in tables.FORMS:
        raise Http404
    rows = FilterForm(request.GET).applied_to(_rows(request.viewer), request.viewer)
    head = [
        _("Code"), _("Who applies"), _("City"), _("Country"), _("Name"), _("Role"), _("Department"),
        _("E-mail address"), _("Level"), _("Stage"), _("In this stage since"), _("Received"),
        _("Looked after by"), _("Next step"), _("On"), _("Why"), _("To share"),
    ]  # fmt: skip
    cells = [
        [
            row.code, row.get_kind_display(), row.city_label, row.country_name, row.name, row.role,
            row.department, row.email, row.get_level_display(), row.get_stage_display(),
            row.stage_at.date(), row.made_at.date(), row.looked_after_by and row.looked_after_by.name,
            row.next_step, row.next_on, row.why, row.shares,
        ]
        for row in rows
    ]  # fmt: skip
    journal.record("application.exported", None, by=request.viewer, facts={"rows": len(cells)})
    return tables.table_response(form, "applications", head, cells)


@require_safe
@route(NEEDS)
def application(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, _found(request, code))


def _found(request: HttpRequest, code: str) -> Application:
    return get_object_or_404(_all(request.viewer), code=code)


def _all(viewer: Viewer) -> QuerySet[Application]:
    return Application.objects.visible_to(viewer).select_related(
        "city", "looked_after_by", "joined_to__city", "partnership__city"
    )


def _page(
    request: HttpRequest,
    found: Application,
    *,
    status: int = 200,
    problem: Refused | None = None,
    conflict: list[tuple[str, Any, Any]] | None = None,
    **forms: Any,
) -> HttpResponse:
    viewer = request.viewer
    events = list(
        ApplicationEvent.objects.visible_to(viewer).filter(application=found).select_related("by")
    )
    newest = verbs.moves_in_force(found).first()
    is_signed = (
        found.stage == Stage.SIGNED and found.partnership_id is None and found.joined_to is None
    )
    is_city = found.kind == Application.Kind.CITY
    context = {
        "application": found,
        "topics": found.topics.all(),
        "events": events,
        "undoable": newest.code if newest and newest.became == found.stage else "",
        "followers": Application.objects.visible_to(viewer).filter(joined_to=found),
        "alike": _alike(found, viewer),
        "stages": [stage for stage in Stage if stage != found.stage],
        "next": _next(Stage(found.stage)),
        "problem": problem,
        "conflict": conflict,
        "patterns": letters.PATTERNS.values(),
        "care_form": CareForm(
            instance=found, initial={"version": found.version}, viewer=viewer, prefix="care"
        ),
        "note_form": NoteForm(prefix="note"),
        "join_form": None
        if found.joined_to or found.partnership_id
        else JoinForm(application=found, viewer=viewer, prefix="join"),
        "city_form": CityForm(
            viewer=viewer,
            prefix="city",
            initial={
                "name": found.city_name,
                "country_name": found.country_name,
                "languages": found.languages,
            },
        )
        if is_city and found.city is None
        else None,
        "open_form": OpenForm(application=found, viewer=viewer, prefix="open")
        if is_signed and is_city and found.city
        else None,
        **forms,
    }
    return render(request, "office/application.html", context, status=status)


def _alike(found: Application, viewer: Viewer) -> QuerySet[Application]:
    """Others of a city of this name that were not put together with it."""
    others = Application.objects.visible_to(viewer).filter(place__startswith=same_name(found.place))
    return (
        others.exclude(pk__in=[found.pk, found.joined_to_id or found.pk])
        .exclude(joined_to=found)
        .select_related("city")
    )


@require_POST
@route(NEEDS)
def application_act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """One act of the office on one application; what is refused shows the page again with every word."""
    found = _found(request, code)
    if act not in _ACTS:
        raise Http404
    try:
        return _ACTS[act](request, found) or redirect(found)
    except verbs.ChangedMeanwhile as problem:
        return _page(request, _found(request, code), status=409, problem=problem)
    except Refused as problem:
        return _page(request, _found(request, code), status=422, problem=problem)


def _move(request: HttpRequest, found: Application) -> HttpResponse:
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Choose a stage of the list; the reason has 300 letters at most."))
    event = verbs.move(
        found,
        Stage(form.cleaned_data["stage"]),
        by=request.viewer,
        seen=form.cleaned_data["version"],
        reason=form.cleaned_data["reason"],
    )
    if "board" in request.POST:
        return redirect(f"{reverse('office:applications')}?moved={event.code}")
    return redirect(f"{found.get_absolute_url()}?moved={event.code}")


def _undo(request: HttpRequest, found: Application) -> HttpResponse | None:
    event = get_object_or_404(
        ApplicationEvent.objects.visible_to(request.viewer),
        application=found,
        code=request.POST.get("event", "")[:12],
    )
    verbs.undo_move(found, event, by=request.viewer)
    messages.success(
        request,
        _("Taken back: it stands at “%(stage)s” again.") % {"stage": found.get_stage_display()},
    )
    return redirect("office:applications") if "board" in request.POST else None


def _care(request: HttpRequest, found: Application) -> HttpResponse | None:
    """When somebody else was faster, both versions stand side by side, and hers stays in the form."""
    form = CareForm(request.POST, instance=found, viewer=request.viewer, prefix="care")
    if not form.is_valid():
        return _page(request, _found(request, found.code), status=422, care_form=form)
    wanted = form.cleaned_data
    fresh = _found(request, found.code)
    try:
        verbs.care_for(
            fresh,
            by=request.viewer,
            seen=wanted["version"],
            looked_after_by=wanted["looked_after_by"],
            next_step=wanted["next_step"],
            next_on=wanted["next_on"],
        )
    except verbs.ChangedMeanwhile as problem:
        names = ("looked_after_by", "next_step", "next_on")
        conflict = [
            (form.fields[name].label, wanted[name], getattr(fresh, name))
            for name in names
            if wanted[name] != getattr(fresh, name)
        ]
        again = request.POST.copy()
        again["care-version"] = str(fresh.version)
        kept = CareForm(
            again, instance=_found(request, found.code), viewer=request.viewer, prefix="care"
        )
        return _page(request, fresh, status=409, problem=problem, conflict=conflict, care_form=kept)
    messages.success(request, _("Saved."))
    return None


def _note(request: HttpRequest, found: Application) -> HttpResponse | None:
    form = NoteForm(request.POST, prefix="note")
    if not form.is_valid():
        return _page(request, found, status=422, note_form=form)
    verbs.note(found, form.cleaned_data["text"], by=request.viewer)
    return None


def _join(request: HttpRequest, found: Application) -> HttpResponse | None:
    form = JoinForm(request.POST, application=found, viewer=request.viewer, prefix="join")
    if not form.is_valid():
        return _page(request, found, status=422, join_form=form)
    verbs.put_together(found, form.cleaned_data["leader"], by=request.viewer)
    return None


def _separate(request: HttpRequest, found: Application) -> None:
    verbs.take_apart(found, by=request.viewer)


def _city(request: HttpRequest, found: Application) -> HttpResponse | None:
    form = CityForm(request.POST, viewer=request.viewer, prefix="city")
    if not form.is_valid():
        return _page(request, found, status=422, city_form=form)
    try:
        city = form.cleaned_data["city"] or add_city(**form.facts(), by=request.viewer)
    except Refused as problem:
        form.add_error(None, f"{problem.message} {problem.remedy}")
        return _page(request, found, status=422, city_form=form)
    verbs.settle_city(found, city, by=request.viewer)
    return None


def _open(request: HttpRequest, found: Application) -> HttpResponse | None:
    form = OpenForm(request.POST, application=found, viewer=request.viewer, prefix="open")
    if not form.is_valid():
        return _page(request, found, status=422, open_form=form)
    wanted = form.cleaned_data
    try:
        verbs.open_from(
            found,
            by=request.viewer,
            seen=wanted["version"],
            level=wanted["level"],
            starts_on=wanted["starts_on"],
            ends_on=wanted["ends_on"],
            invited=list(wanted["invited"]),
        )
    except ValidationError as problem:  # an address that the city's domains forbid
        form.add_error("invited", problem)
        return _page(request, _found(request, found.code), status=422, open_form=form)
    messages.success(request, _("The partnership is open, and the invitations are on their way."))
    return None


_ACTS = {
    "move": _move,
    "undo": _undo,
    "care": _care,
    "note": _note,
    "join": _join,
    "separate": _separate,
    "city": _city,
    "open": _open,
}


@require_http_methods(["GET", "HEAD", "POST"])
@route(NEEDS)
def application_mail(request: HttpRequest, code: str) -> HttpResponse:
    """A mail to the applicant, begun from a pattern."""
    found = _found(request, code)
    pattern = letters.PATTERNS.get(request.GET.get("pattern", ""), letters.PATTERNS["plain"])
    if request.method == "POST":
        form = MailForm(request.POST)
        if form.is_valid():
            verbs.write(
                found,
                by=request.viewer,
                subject=form.cleaned_data["subject"],
                body=form.cleaned_data["body"],
            )
            messages.success(request, _("Sent to %(name)s.") % {"name": found.name})
            return redirect(found)
    else:
        me = Person.objects.visible_to(request.viewer).get(pk=request.viewer.person_id)
        subject, body = letters.begun(pattern, found, me=me.name)
        form = MailForm(initial={"subject": subject, "body": body})
    context = {
        "application": found,
        "form": form,
        "patterns": [
            (f"?pattern={each.name}", each.label, each is pattern, None)
            for each in letters.PATTERNS.values()
        ],
    }
    return render(
        request, "office/application_mail.html", context, status=422 if form.errors else 200
    )
