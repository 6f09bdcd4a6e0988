"""Acts on the ledger, each one form on a page of its own: grant, correct, decide, take back, a benefit."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from house.access.routes import route
from house.ground.errors import Refused
from house.office.ledger import lists
from house.office.ledger.forms import BenefitForm, CorrectForm, DecideForm, GrantForm, ReasonForm
from house.office.ledger.views import NEEDS, account_of
from house.partners import ledger
from house.partners.actions.benefits import keep_benefit
from house.partners.models import Benefit, Hold, Movement
from house.vocabulary.models import City

_FORM = ["GET", "HEAD", "POST"]


def _act(
    request: HttpRequest, form: forms.BaseForm, do: Callable[[dict[str, Any]], object], **page: Any
) -> HttpResponse:
    """Show the form; do what it asks and go back to `page["back"]`. A refusal keeps what was typed."""
    if form.is_bound and form.is_valid():
        try:
            do(form.cleaned_data)
        except Refused as problem:
            form.add_error(None, f"{problem.message} {problem.remedy}".strip())
        else:
            messages.success(request, page["done"])
            return redirect(page["back"])
    status = 422 if form.is_bound else 200
    return render(request, "office/ledger_act.html", {"form": form, **page}, status=status)


def _statement(city: City) -> str:
    return reverse("office:ledger_city", args=[city.slug])


@require_http_methods(_FORM)
@route(NEEDS)
def grant(request: HttpRequest, slug: str) -> HttpResponse:
    city = get_object_or_404(City.objects.visible_to(request.viewer), slug=slug)
    form = GrantForm(request.POST or None, viewer=request.viewer)
    return _act(
        request,
        form,
        lambda said: ledger.grant(
            city,
            said["benefit"],
            units=said["units"],
            key=said["key"],
            by=request.viewer,
            reason=said["reason"],
        ),
        title=_("Grant units to %(city)s") % {"city": city.name},
        lead=_("Beyond what the table of rights gives, in the period that runs now."),
        label=_("Grant"),
        back=_statement(city),
        back_label=city.name,
        done=_("Granted."),
    )


@require_http_methods(_FORM)
@route(NEEDS)
def correct(request: HttpRequest, code: str) -> HttpResponse:
    account = account_of(request, code)
    form = CorrectForm(request.POST or None)
    facts = {"benefit": account.benefit.name, "city": account.city.name}
    return _act(
        request,
        form,
        lambda said: ledger.correct(
            account, units=said["units"], key=said["key"], by=request.viewer, reason=said["reason"]
        ),
        title=_("Correct %(benefit)s of %(city)s") % facts,
        lead=_("Left now: %(left)s. The correction is a row of its own; nothing is overwritten.")
        % {"left": account.left},
        label=_("Correct"),
        back=_statement(account.city),
        back_label=account.city.name,
        done=_("Corrected."),
    )


@require_http_methods(_FORM)
@route(NEEDS)
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """It took place, or the city gets its unit back."""
    holds = Hold.objects.visible_to(request.viewer).for_lists()
    kept = get_object_or_404(holds, code=code)
    form = DecideForm(request.POST or None)

    def do(said: dict[str, Any]) -> None:
        verb = ledger.refund if "refund" in request.POST else ledger.use
        verb(kept, key=said["key"], by=request.viewer, reason=said["reason"])

    return _act(
        request,
        form,
        do,
        title=f"{kept.account.benefit.name}: {kept.account.city.name}",
        hold=kept,
        label=_("It took place") if kept.state == Hold.State.HELD else "",
        other=_("Give the unit back"),
        back=_statement(kept.account.city),
        back_label=kept.account.city.name,
        done=_("Written into the ledger."),
    )


@require_http_methods(_FORM)
@route(NEEDS)
def undo(request: HttpRequest, code: str) -> HttpResponse:
    rows = Movement.objects.visible_to(request.viewer).for_statements()
    row = get_object_or_404(rows, code=code)
    form = ReasonForm(request.POST or None)
    city = row.account.city
    facts = {"kind": row.get_kind_display(), "benefit": row.account.benefit.name}
    return _act(
        request,
        form,
        lambda said: ledger.undo(row, key=said["key"], by=request.viewer, reason=said["reason"]),
        title=_("Take back “%(kind)s”: %(benefit)s") % facts,
        lead=_("Its opposite is written as a new row. Both stay in the statement."),
        label=_("Take it back"),
        back=_statement(city),
        back_label=city.name,
        done=_("Taken back."),
    )


@require_safe
@route(NEEDS)
def benefits(request: HttpRequest) -> HttpResponse:
    """What a partnership can bring, for all levels."""
    context = {
        "tabs": lists.tabs("ledger_benefits"),
        "benefits": Benefit.objects.visible_to(request.viewer),
    }
    return render(request, "office/ledger_benefits.html", context)


@require_http_methods(_FORM)
@route(NEEDS)
def benefit_new(request: HttpRequest) -> HttpResponse:
    return _benefit(request, Benefit(), _("A new benefit"), _("Add"))


@require_http_methods(_FORM)
@route(NEEDS)
def benefit_edit(request: HttpRequest, code: str) -> HttpResponse:
    benefit = get_object_or_404(Benefit.objects.visible_to(request.viewer), code=code)
    return _benefit(request, benefit, benefit.name, _("Save"))


def _benefit(request: HttpRequest, benefit: Benefit, title: str, label: str) -> HttpResponse:
    return _act(
        request,
        BenefitForm(request.POST or None, instance=benefit),
        lambda _said: keep_benefit(benefit, by=request.viewer),
        title=title,
        lead=_("How much of it each level receives stands in the table of rights."),
        label=label,
        back=reverse("office:ledger_benefits"),
        back_label=_("Benefits"),
        done=_("Saved."),
    )
