"""What ALEX asks of a person: each with the exact words that would be used, and her answer."""

from typing import Any

from django.contrib import messages as toasts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.doors import allow
from house.access.routes import SIGNED_IN, route
from house.ground.errors import Forbidden, Refused
from house.memory import actions
from house.memory.forms import ConsentForm
from house.memory.models import Consent, NeverAsk, Offer
from house.memory.offers import label_of
from house.memory.queries import Asked, asked_of, entry_of, offered_by
from house.people.sudo import led_to_sign_in

MOST = 50


@require_safe
@route(SIGNED_IN, stranger=led_to_sign_in)
def consents(request: HttpRequest) -> HttpResponse:
    """What waits for her answer first, then what she answered, then what she offered herself."""
    viewer = request.viewer
    mine = Consent.objects.visible_to(viewer).select_related("offer").order_by("-pk")
    open_states = [Offer.State.ASKING, Offer.State.TAKEN]
    asked = asked_of(mine.filter(offer__state__in=open_states)[:MOST], viewer)
    context = {
        "waiting": [each for each in asked if not each.consent.answer],
        "answered": [each for each in asked if each.consent.answer],
        "offered": offered_by(viewer, limit=MOST),
        "never": NeverAsk.objects.visible_to(viewer).first(),
    }
    return render(request, "memory/consents.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN, stranger=led_to_sign_in)
def consent(request: HttpRequest, code: str) -> HttpResponse:
    """The words, and three buttons: agree, leave out, never ask again."""
    viewer = request.viewer
    found = get_object_or_404(Consent.objects.visible_to(viewer).select_related("offer"), code=code)
    asked = asked_of([found], viewer)[0]
    answer = request.POST.get("answer", "")
    if request.method == "POST" and answer in {"leave_out", "never"}:
        actions.refuse_consent(found, by=viewer, never=answer == "never")
        toasts.success(request, _("Left out: neither your words nor your name."))
        return redirect("memory:consents")
    form = _form(request, asked)
    if request.method == "POST" and form.is_valid():
        return _agree(request, asked, form)
    return _page(request, asked, form)


def _agree(request: HttpRequest, asked: Asked, form: ConsentForm) -> HttpResponse:
    try:
        actions.give_consent(
            asked.consent,
            by=request.viewer,
            texts=form.texts(),
            candour=form.cleaned_data["candour"],
            described_as=form.cleaned_data.get("described_as", ""),
        )
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        return _page(request, asked, form)
    toasts.success(request, _("Thank you. You can take it back until it is published."))
    return redirect("memory:consents")


def _form(request: HttpRequest, asked: Asked) -> ConsentForm:
    data = request.POST if request.method == "POST" else None
    labels = {
        span.field: label_of(asked.consent.offer.template, span.field) for span in asked.spans
    }
    return ConsentForm(data, consent=asked.consent, spans=asked.spans, labels=labels)


def _page(request: HttpRequest, asked: Asked, form: ConsentForm) -> HttpResponse:
    context: dict[str, Any] = {
        "asked": asked,
        "consent": asked.consent,
        "offer": asked.consent.offer,
        "form": form,
        "entry": entry_of(asked.consent.offer, request.viewer),
    }
    return render(request, "memory/consent.html", context, status=422 if form.is_bound else 200)


@require_POST
@route(SIGNED_IN)
def ask_again(request: HttpRequest) -> HttpResponse:
    actions.ask_again(by=request.viewer)
    toasts.success(request, _("ALEX may ask you again."))
    return redirect("memory:consents")


@require_POST
@route(SIGNED_IN)
def offer_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    offer = get_object_or_404(Offer.objects.visible_to(request.viewer), code=code)
    allow(request.viewer, "withdraw", offer)
    actions.withdraw_offer(offer, by=request.viewer)
    toasts.success(request, _("Taken back. Nothing of it goes to ALEX."))
    return redirect("memory:consents")
