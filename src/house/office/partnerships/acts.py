"""The forms by which a partnership changes. Each shows what was typed again when it is refused."""

import datetime
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from house.access.routes import route
from house.ground.errors import Refused
from house.office.partnerships.forms import (
    CityForm,
    EndForm,
    LevelForm,
    LongerForm,
    NotesForm,
    OpenForm,
    SeatsForm,
    a_year_on,
)
from house.office.partnerships.pages import CAPABILITY, address_of, find, query_of
from house.partners import terms
from house.partners.actions import partnerships as acts
from house.partners.actions.cancelling import cancel_partnership
from house.partners.actions.cities import add_city
from house.partners.changes import Preview, preview
from house.partners.models import Level, Partnership, PartnershipChange
from house.people.sudo import fresh_sign_in
from house.vocabulary.models import City

_FORM = ["GET", "HEAD", "POST"]
T = TypeVar("T")


@require_http_methods(_FORM)
@route(CAPABILITY)
def partnership_open(request: HttpRequest) -> HttpResponse:
    chosen = (
        City.objects.visible_to(request.viewer).filter(slug=request.GET.get("city", "")).first()
    )
    initial = {"city": chosen, "starts_on": _today()}
    form = OpenForm(request.POST or None, viewer=request.viewer, initial=initial)
    if form.is_valid():
        opened = _tried(form, lambda: acts.open_partnership(**form.cleaned_data, by=request.viewer))
        if opened is not None:
            messages.success(request, _("The partnership is open."))
            return redirect("office:partnership", slug=opened.city.slug)
    context = {"form": form, "city_url": reverse("office:partnership_city")}
    return render(request, "office/partnership_open.html", context, status=_status(form))


@require_http_methods(_FORM)
@route(CAPABILITY)
def partnership_city(request: HttpRequest) -> HttpResponse:
    """A city that is new in the house; then on to its partnership."""
    form = CityForm(request.POST or None)
    if form.is_valid():
        city = _tried(form, lambda: add_city(**form.cleaned_data, by=request.viewer))
        if city is not None:
            messages.success(request, _("The city is in the house. Now open its partnership."))
            query = urlencode({"city": city.slug})
            return redirect(f"{reverse('office:partnership_open')}?{query}")
    return render(request, "office/partnership_city.html", {"form": form}, status=_status(form))


@require_http_methods(_FORM)
@route(CAPABILITY)
def partnership_level(request: HttpRequest, slug: str) -> HttpResponse:
    found = find(request, slug)
    form = LevelForm(request.POST or None, initial={"on": _today()})
    shown = None
    if form.is_valid():
        facts = form.cleaned_data
        shown = _tried(form, lambda: _foreseen(found, facts["level"], facts["on"]))
        if shown is not None and request.POST.get("stamp") == shown.stamp:
            change = _tried(form, lambda: acts.plan_level(found, **facts, by=request.viewer))
            if change is not None:
                level, day = Level(change.level).label, _say(change.effective_on)
                messages.success(
                    request,
                    _("%(level)s from %(day)s on.") % {"level": level, "day": day},
                )
                return redirect(address_of(request, found))
    return _change_page(request, found, form, shown, _("Change the level"))


def _foreseen(partnership: Partnership, level: str, on: datetime.date) -> Preview:
    terms.check_day_of_change(partnership, on)
    return preview(partnership, level=level, on=on)


@require_http_methods(_FORM)
@fresh_sign_in
@route(CAPABILITY)
def partnership_end(request: HttpRequest, slug: str) -> HttpResponse:
    found = find(request, slug)
    form = EndForm(
        request.POST or None, initial={"ends_on": _today(), "grace_days": found.grace_days}
    )
    shown = None
    if form.is_valid():
        facts = form.cleaned_data
        shown = _tried(form, lambda: _foreseen_end(found, facts))
        if shown is not None and request.POST.get("stamp") == shown.stamp:
            change = _tried(form, lambda: acts.end(found, **facts, by=request.viewer))
            if change is not None:
                messages.success(
                    request, _("It ends on %(day)s.") % {"day": _say(facts["ends_on"])}
                )
                return redirect(address_of(request, found))
    return _change_page(request, found, form, shown, _("End the partnership"))


def _foreseen_end(partnership: Partnership, facts: dict[str, Any]) -> Preview:
    """On the first day on which nothing is open any more."""
    terms.check_end(partnership, facts["ends_on"], facts["grace_days"], facts["reason"])
    closes = facts["ends_on"] + datetime.timedelta(days=facts["grace_days"] + 1)
    return preview(partnership, level="", on=max(closes, _today()))


def _change_page(
    request: HttpRequest,
    partnership: Partnership,
    form: forms.Form,
    shown: Preview | None,
    title: str,
) -> HttpResponse:
    """The form, or once it makes sense what comes of it with the button that does it.

    The button carries the stamp of what was shown: if that is no longer so, it is shown again.
    """
    context = {
        "partnership": partnership,
        "city": partnership.city,
        "form": form,
        "shown": shown,
        "is_shown_again": bool(shown and request.POST.get("stamp")),
        "title": title,
        "back": address_of(request, partnership),
    }
    return render(request, "office/partnership_change.html", context, status=_status(form))


@require_http_methods(_FORM)
@route(CAPABILITY)
def partnership_extend(request: HttpRequest, slug: str) -> HttpResponse:
    return _longer(
        request, find(request, slug), acts.extend, _("Extend"),
        _("The same term lasts longer. For a new term of the contract, renew it instead."),
    )  # fmt: skip


@require_http_methods(_FORM)
@route(CAPABILITY)
def partnership_renew(request: HttpRequest, slug: str) -> HttpResponse:
    return _longer(
        request, find(request, slug), acts.renew, _("Renew"),
        _("A new term follows the one that ends, without a gap. To change the level too, plan that next."),
    )  # fmt: skip


def _longer(
    request: HttpRequest,
    found: Partnership,
    verb: Callable[..., PartnershipChange],
    title: str,
    lead: str,
) -> HttpResponse:
    initial = {"ends_on": a_year_on(found.ends_on)} if found.ends_on else {}
    form = LongerForm(request.POST or None, initial=initial)
    if form.is_valid() and _tried(
        form, lambda: verb(found, **form.cleaned_data, by=request.viewer)
    ):
        day = _say(form.cleaned_data["ends_on"])
        messages.success(request, _("It lasts until %(day)s.") % {"day": day})
        return redirect(address_of(request, found))
    return _form_page(request, found, form, title, lead)


@require_http_methods(_FORM)
@route(CAPABILITY)
def partnership_seats(request: HttpRequest, slug: str) -> HttpResponse:
    found = find(request, slug)
    form = SeatsForm(request.POST or None, initial={"seats": found.seats})
    if form.is_valid():
        # Nothing to change answers `None`: that is no refusal.
        _tried(form, lambda: acts.set_seats(found, **form.cleaned_data, by=request.viewer))
        if not form.errors:
            messages.success(request, _("The number of seats is set."))
            return redirect(address_of(request, found))
    lead = _("A number for this city alone. What each level brings stands in the table of rights.")
    return _form_page(request, found, form, _("Seats"), lead)


@require_http_methods(_FORM)
@route(CAPABILITY)
def partnership_notes(request: HttpRequest, slug: str) -> HttpResponse:
    found = find(request, slug)
    form = NotesForm(request.POST or None, initial={"notes": found.notes, "seen": found.notes})
    if form.is_valid():
        facts = {key: value.replace("\r\n", "\n") for key, value in form.cleaned_data.items()}
        if _tried(form, lambda: acts.note(found, **facts, by=request.viewer)):
            messages.success(request, _("The notes are saved."))
            return redirect(address_of(request, found))
        # She has seen now what the other wrote: it stands beside the form, and saving again joins them.
        form.data = {**form.data.dict(), "seen": found.notes}
    return _form_page(request, found, form, _("Notes"), "", beside=found.notes)


def _form_page(
    request: HttpRequest,
    partnership: Partnership,
    form: forms.Form,
    title: str,
    lead: str,
    *,
    beside: str = "",
) -> HttpResponse:
    context = {
        "partnership": partnership,
        "city": partnership.city,
        "form": form,
        "title": title,
        "lead": lead,
        "beside": beside if form.errors else "",
        "back": address_of(request, partnership),
    }
    return render(request, "office/partnership_form.html", context, status=_status(form))


@require_POST
@route(CAPABILITY)
def partnership_take_back(request: HttpRequest, slug: str) -> HttpResponse:
    found = find(request, slug)
    changes = PartnershipChange.objects.visible_to(request.viewer).filter(partnership=found)
    change = get_object_or_404(changes, code=request.POST.get("change", ""))
    try:
        acts.take_back(change, by=request.viewer)
        messages.success(request, _("Taken back. It stands as before."))
    except Refused as problem:
        messages.error(request, f"{problem.message} {problem.remedy}".strip())
    return redirect(f"{reverse('office:partnership', args=[slug])}{query_of(request)}")


@require_POST
@route(CAPABILITY)
def partnership_cancel(request: HttpRequest, slug: str) -> HttpResponse:
    found = find(request, slug)
    try:
        cancel_partnership(found, by=request.viewer)
    except Refused as problem:
        messages.error(request, f"{problem.message} {problem.remedy}".strip())
        return redirect(address_of(request, found))
    messages.success(request, _("The partnership was never opened. The journal keeps that it was."))
    return redirect("office:partnerships")


def _tried(form: forms.Form, act: Callable[[], T]) -> T | None:
    """What the act gives; a refusal becomes an error of the form, and nothing typed is lost."""
    try:
        return act()
    except Refused as problem:
        form.add_error(None, f"{problem.message} {problem.remedy}".strip())
        return None


def _status(form: forms.Form) -> int:
    return 422 if form.errors else 200


def _say(day: datetime.date) -> str:
    return date_format(day, "j F Y")


def _today() -> datetime.date:
    return timezone.now().date()
